from django.urls import path

from metrics.views import assessments, effects, indicators, observations, span

app_name = "metrics"
urlpatterns = [
    path("chefsomraden/", span.span_page, name="span"),
    path("chefsomraden/<id:pk>/bedomning/", assessments.assessment_add, name="assessment-add"),
    path("matt/", indicators.indicator_list, name="indicator-list"),
    path("matt/ny/", indicators.indicator_edit, name="indicator-add"),
    path("matt/<id:pk>/", indicators.indicator_edit, name="indicator-edit"),
    path("matt/<id:pk>/varde/ny/", observations.observation_edit, name="observation-add"),
    path("matt/<id:pk>/varde/<id:observation_pk>/", observations.observation_edit, name="observation-edit"),
    path("aktiviteter/<id:pk>/effekt/", effects.effect_list, name="activity-effects"),
    path("aktiviteter/<id:pk>/effekt/ny/", effects.effect_edit, name="activity-effect-add"),
    path("aktiviteter/<id:pk>/effekt/<id:part_pk>/", effects.effect_edit, name="activity-effect-edit"),
    path(
        "aktiviteter/<id:pk>/effekt/<id:part_pk>/ta-bort/",
        effects.effect_remove,
        name="activity-effect-remove",
    ),
]
