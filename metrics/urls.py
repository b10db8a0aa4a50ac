from django.urls import path

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
]
