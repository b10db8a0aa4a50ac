from django.urls import path, re_path

from dialogues.views import dialogue

app_name = "dialogues"
urlpatterns = [
    path("dialoger/", dialogue.dialogue_list, name="dialogue-list"),
    path("dialoger/ny/", dialogue.dialogue_edit, name="dialogue-add"),
    path("dialoger/<id:pk>/", dialogue.dialogue_detail, name="dialogue-detail"),
    path("dialoger/<id:pk>/andra/", dialogue.dialogue_edit, name="dialogue-edit"),
    path("dialoger/<id:pk>/inspel/", dialogue.statements_sort, name="statements-sort"),
    re_path(
        r"^dialoger/(?P<pk>[1-9][0-9]{0,14})/(?P<step>bekrafta|publicera|dra-tillbaka)/$",
        dialogue.dialogue_step,
        name="dialogue-step",
    ),
]
