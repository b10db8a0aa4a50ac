from django.urls import path, re_path

from dialogues.views import answers, ballot, department, dialogue, grouping, matrix, notes, words

app_name = "dialogues"
urlpatterns = [
    path("dialoger/", dialogue.dialogue_list, name="dialogue-list"),
    path("dialoger/ny/", dialogue.dialogue_edit, name="dialogue-add"),
    path("dialoger/las-in/", notes.notes_read, name="notes-read"),
    path("dialoger/<id:pk>/", dialogue.dialogue_detail, name="dialogue-detail"),
    path("dialoger/<id:pk>/andra/", dialogue.dialogue_edit, name="dialogue-edit"),
    path("dialoger/<id:pk>/inspel/", dialogue.statements_sort, name="statements-sort"),
    path("dialoger/<id:pk>/inspel/<id:part_pk>/ratta/", words.statement_correct, name="statement-correct"),
    path("dialoger/<id:pk>/radera/", words.words_erase, name="words-erase"),
    re_path(
        r"^dialoger/(?P<pk>[1-9][0-9]{0,14})/(?P<step>bekrafta|publicera|dra-tillbaka|ta-bort)/$",
        dialogue.dialogue_step,
        name="dialogue-step",
    ),
    path("behov/", answers.need_list, name="need-list"),
    path("behov/gruppera/", grouping.need_group, name="need-group"),
    path("behov/<id:pk>/sla-ihop/", grouping.need_merge, name="need-merge"),
    path("behov/<id:pk>/ta-bort/", grouping.need_remove, name="need-remove"),
    path("behov/likheter/", matrix.need_matrix, name="need-matrix"),
    path("behov/likheter.xlsx", matrix.matrix_download, name="matrix-file"),
    path("inspel/teman/", matrix.theme_matrix, name="theme-matrix"),
    path("avdelningar/", department.department_list, name="department-list"),
    path("avdelningar/<id:pk>/", department.department_detail, name="department-detail"),
    path("avdelningar/<id:pk>/sa-menade-vi-inte/<id:part_pk>/", answers.objection_add, name="objection-add"),
    path(
        "avdelningar/<id:pk>/sa-menade-vi-inte/<id:part_pk>/ta-tillbaka/",
        answers.objection_withdraw,
        name="objection-withdraw",
    ),
    path("behov/aterkoppling/", answers.need_answers, name="need-answers"),
    path("behov/<id:pk>/aterkoppling/", answers.need_answer, name="need-answer"),
    path("behov/<id:pk>/invandning/<id:part_pk>/", answers.objection_reply, name="need-objection"),
    path("prioriteringar/", ballot.ballot_list, name="ballot-list"),
    path("prioriteringar/ny/", ballot.ballot_edit, name="ballot-add"),
    path("prioriteringar/rapporterad/", ballot.ballot_edit, {"reported": True}, name="ballot-elsewhere"),
    path("prioriteringar/<id:pk>/", ballot.ballot_detail, name="ballot-detail"),
    path("prioriteringar/<id:pk>/andra/", ballot.ballot_edit, name="ballot-edit"),
    path("prioriteringar/<id:pk>/visa/", ballot.ballot_present, name="ballot-present"),
    re_path(
        r"^prioriteringar/(?P<pk>[1-9][0-9]{0,14})/(?P<step>oppna|stang|publicera|kopiera|ta-bort)/$",
        ballot.ballot_step,
        name="ballot-step",
    ),
    path("prioriteringar/<id:pk>/skal/", ballot.reason_add, name="reason-add"),
    path("prioriteringar/<id:pk>/skal/<id:part_pk>/ta-bort/", ballot.reason_remove, name="reason-remove"),
]
