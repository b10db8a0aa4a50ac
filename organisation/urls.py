from django.urls import path, re_path

from organisation import views

app_name = "organisation"
urlpatterns = [
    path("struktur/", views.structure, name="structure"),
    re_path(
        r"^struktur/(?P<noun>avdelning|chefsomrade|roll|forum|foregangare)/ny/$",
        views.structure_edit,
        name="structure-add",
    ),
    re_path(
        r"^struktur/(?P<noun>avdelning|chefsomrade|roll|forum|foregangare)/(?P<pk>[1-9][0-9]{0,14})/$",
        views.structure_edit,
        name="structure-edit",
    ),
    path("installningar/", views.settings_edit, name="settings"),
    path("anvandare/", views.member_list, name="member-list"),
    path("anvandare/ny/", views.member_add, name="member-add"),
    path("anvandare/<id:pk>/", views.member_edit, name="member-edit"),
    path("anvandare/<id:pk>/nytt-losenord/", views.member_password, name="member-password"),
    path("anvandare/<id:pk>/ta-bort/", views.member_remove, name="member-remove"),
    path("utkast/", views.draft_save, name="draft-save"),
    path("utkast/<id:pk>/kasta/", views.draft_discard, name="draft-discard"),
]
