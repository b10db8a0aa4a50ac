from django.urls import path, re_path

from program.views import activities, framework

app_name = "program"
NOUN = "(?P<noun>arbetsgang|omrade|del|samverkan|underlag|stod)"
urlpatterns = [
    path("uppdrag/", framework.assignment, name="assignment"),
    re_path(rf"^uppdrag/{NOUN}/ny/$", framework.framework_edit, name="framework-add"),
    re_path(
        rf"^uppdrag/{NOUN}/(?P<pk>[1-9][0-9]{{0,14}})/$", framework.framework_edit, name="framework-edit"
    ),
    path("uppdrag/att-sats/<id:pk>/", framework.clause_edit, name="clause-edit"),
    path("aktiviteter/", activities.activity_list, name="activity-list"),
    path("aktiviteter/ny/", activities.activity_add, name="activity-add"),
    path("aktiviteter/<id:pk>/", activities.activity_detail, name="activity-detail"),
    path("aktiviteter/<id:pk>/andra/", activities.activity_edit, name="activity-edit"),
    path("aktiviteter/<id:pk>/lage/", activities.activity_status, name="activity-status"),
    path("aktiviteter/<id:pk>/rad/", activities.activity_row, name="activity-row"),
    path("aktiviteter/<id:pk>/delatgard/ny/", activities.step_edit, name="step-add"),
    path("aktiviteter/<id:pk>/delatgard/<id:part_pk>/", activities.step_edit, name="step-edit"),
    path("aktiviteter/<id:pk>/uppfoljning/ny/", activities.follow_up_edit, name="follow-up-add"),
    path("aktiviteter/<id:pk>/uppfoljning/<id:part_pk>/", activities.follow_up_edit, name="follow-up-edit"),
    path("behov/", framework.need_list, name="need-list"),
    path("behov/nytt/", framework.need_edit, name="need-add"),
    path("behov/<id:pk>/andra/", framework.need_edit, name="need-edit"),
]
