from django.urls import path, re_path

from dialogues import views

app_name = "dialogues"
urlpatterns = [
    path("dialoger/", views.dialogue_list, name="dialogue-list"),
    path("dialoger/ny/", views.dialogue_edit, name="dialogue-add"),
    path("dialoger/<id:pk>/", views.dialogue_detail, name="dialogue-detail"),
    path("dialoger/<id:pk>/andra/", views.dialogue_edit, name="dialogue-edit"),
    path("dialoger/<id:pk>/inspel/", views.statements_sort, name="statements-sort"),
    re_path(
        r"^dialoger/(?P<pk>[1-9][0-9]{0,14})/(?P<step>bekrafta|publicera|dra-tillbaka)/$",
        views.dialogue_step,
        name="dialogue-step",
    ),
]
