from django.urls import path, re_path

from program.views import activities, exchange, framework, history, many, parts, support, texts, wheel

app_name = "program"
NOUN = "(?P<noun>arbetsgang|omrade|del|samverkan|risk|underlag|stod|oklarhet)"
urlpatterns = [
    path("uppdrag/", framework.assignment, name="assignment"),
    re_path(rf"^uppdrag/{NOUN}/ny/$", framework.framework_edit, name="framework-add"),
    re_path(
        rf"^uppdrag/{NOUN}/(?P<pk>[1-9][0-9]{{0,14}})/$", framework.framework_edit, name="framework-edit"
    ),
    path("uppdrag/att-sats/<id:pk>/", framework.clause_edit, name="clause-edit"),
    path("programmet/", texts.program_text, name="program-text"),
    path("programmet/andra/", texts.program_text_edit, name="program-text-edit"),
    path("programmet/bakgrund/markera/", texts.words_mark, {"source": "background"}, name="background-mark"),
    path("programmet/sammanfattning/markera/", texts.words_mark, {"source": "summary"}, name="summary-mark"),
    path("omraden/<id:pk>/", texts.area_detail, name="area-detail"),
    path("omraden/<id:pk>/markera/", texts.words_mark, name="area-mark"),
    path("textstallen/<id:pk>/ta-bort/", texts.passage_remove, name="passage-remove"),
    path("stod/", support.support, name="support"),
    path("arshjul/", wheel.wheel_page, name="wheel"),
    path("arshjul/ny/", wheel.event_edit, name="wheel-event-add"),
    path("arshjul/tak/", wheel.ceiling_edit, name="wheel-ceiling"),
    path("arshjul/<id:pk>/", wheel.event_edit, name="wheel-event-edit"),
    path("arshjul/<id:pk>/ta-bort/", wheel.event_delete, name="wheel-event-delete"),
    path("aktiviteter/", activities.activity_list, name="activity-list"),
    path("aktiviteter/ny/", activities.activity_add, name="activity-add"),
    re_path(r"^aktiviteter/plan\.(?P<form>xlsx|csv)$", exchange.plan_file, name="plan-file"),
    path("aktiviteter/las-in/", exchange.plan_upload, name="plan-upload"),
    path("aktiviteter/las-in/<id:pk>/", exchange.plan_preview, name="plan-preview"),
    path("aktiviteter/flera/", many.activity_many, name="activity-many"),
    path("aktiviteter/flera/<id:pk>/", many.change_set, name="change-set"),
    path("aktiviteter/flera/<id:pk>/angra/", many.change_set_undo, name="change-set-undo"),
    path("aktiviteter/nasta-ar/", many.next_year, name="next-year"),
    path("aktiviteter/uppfoljningar/", parts.follow_up_list, name="follow-up-list"),
    path("andringar/", history.program_changes, name="program-changes"),
    path("bilagor/<id:pk>/", parts.attachment, name="attachment"),
    path("bilagor/<id:pk>/ta-bort/", parts.attachment_remove, name="attachment-remove"),
    re_path(
        r"^(?P<owner>aktiviteter|underlag)/(?P<pk>[1-9][0-9]{0,14})/bilaga/$",
        parts.attachment_add,
        name="attachment-add",
    ),
    path("aktiviteter/<id:pk>/", activities.activity_detail, name="activity-detail"),
    path("aktiviteter/<id:pk>/andra/", activities.activity_edit, name="activity-edit"),
    path("aktiviteter/<id:pk>/lage/", activities.activity_status, name="activity-status"),
    path("aktiviteter/<id:pk>/rad/", activities.activity_row, name="activity-row"),
    path("aktiviteter/<id:pk>/som-det-var/", history.activity_as_it_was, name="activity-history"),
    path("aktiviteter/<id:pk>/kopiera/", parts.activity_duplicate, name="activity-duplicate"),
    path("aktiviteter/<id:pk>/ordning/", parts.step_order, name="step-order"),
    path("aktiviteter/<id:pk>/koppling/ny/", activities.plan_link_edit, name="plan-link-add"),
    path("aktiviteter/<id:pk>/koppling/<id:part_pk>/", activities.plan_link_edit, name="plan-link-edit"),
    re_path(
        r"^aktiviteter/(?P<pk>[1-9][0-9]{0,14})/(?P<noun>delatgard|uppfoljning|koppling)/"
        r"(?P<part_pk>[1-9][0-9]{0,14})/ta-bort/$",
        parts.part_remove,
        name="part-remove",
    ),
    path(
        "aktiviteter/<id:pk>/uppfoljning/<id:part_pk>/mote/",
        parts.follow_up_meeting,
        name="follow-up-meeting",
    ),
    path("aktiviteter/<id:pk>/delatgard/ny/", activities.step_edit, name="step-add"),
    path("aktiviteter/<id:pk>/delatgard/<id:part_pk>/", activities.step_edit, name="step-edit"),
    path("aktiviteter/<id:pk>/uppfoljning/ny/", activities.follow_up_edit, name="follow-up-add"),
    path("aktiviteter/<id:pk>/uppfoljning/<id:part_pk>/", activities.follow_up_edit, name="follow-up-edit"),
    path("behov/nytt/", framework.need_edit, name="need-add"),
    path("behov/<id:pk>/andra/", framework.need_edit, name="need-edit"),
]
