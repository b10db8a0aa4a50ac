from django.urls import path

from metrics import expectation_views as effects
from metrics import views

app_name = "metrics"
urlpatterns = [
    path("chefsomraden/", views.span_page, name="span"),
    path("chefsomraden/<id:pk>/bedomning/", views.assessment_add, name="assessment-add"),
    path("matt/", views.indicator_list, name="indicator-list"),
    path("matt/ny/", views.indicator_edit, name="indicator-add"),
    path("matt/<id:pk>/", views.indicator_edit, name="indicator-edit"),
    path("matt/<id:pk>/varde/ny/", views.observation_edit, name="observation-add"),
    path("matt/<id:pk>/varde/<id:observation_pk>/", views.observation_edit, name="observation-edit"),
    path("aktiviteter/<id:pk>/effekt/", effects.effect_list, name="activity-effects"),
    path("aktiviteter/<id:pk>/effekt/ny/", effects.effect_edit, name="activity-effect-add"),
    path("aktiviteter/<id:pk>/effekt/<id:part_pk>/", effects.effect_edit, name="activity-effect-edit"),
    path(
        "aktiviteter/<id:pk>/effekt/<id:part_pk>/ta-bort/",
        effects.effect_remove,
        name="activity-effect-remove",
    ),
]
