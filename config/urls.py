"""Every address. Below an organisation all views go through the one door in `organisation/places.py`."""

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, register_converter
from django.views.i18n import set_language

from dialogues.views import voting
from organisation import views as organisation
from program.views import framework as program
from reports.views import own, retention
from ui.converters import IdConverter

register_converter(IdConverter, "id")

program_urls = [
    path("", include("reports.urls")),
    path("", include("program.urls")),
    path("", include("dialogues.urls")),
    path("", include("metrics.urls")),
]

urlpatterns = [
    path("", organisation.start, name="start"),
    path("healthz", organisation.healthz, name="healthz"),
    path("sprak/", login_not_required(set_language), name="set-language"),
    path("konto/logga-in/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("konto/logga-ut/", auth.LogoutView.as_view(), name="logout"),
    path(
        "konto/nytt-losenord/<uidb64>/<token>/",
        login_not_required(organisation.NewPasswordView.as_view()),
        name="password_reset_confirm",
    ),
    path(
        "konto/nytt-losenord/klart/",
        login_not_required(auth.PasswordResetCompleteView.as_view()),
        name="password_reset_complete",
    ),
    path("konto/byt-losenord/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("konto/byt-losenord/klart/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("kalender/<str:secret>.ics", own.calendar_feed, name="calendar-feed"),
    path("paminnelser/<str:token>/", own.reminders_stop, name="reminders-stop"),
    path("rosta/", voting.vote_start, name="vote-start"),
    path("rosta/<str:code>/", voting.vote, name="vote"),
    path("rosta/<str:code>/skal/", voting.vote_reason, name="vote-reason"),
    path("<slug:organisation>/-/kalender/", own.calendar_key, name="calendar"),
    path("<slug:organisation>/-/paminnelser/", own.reminders_edit, name="reminders"),
    path("<slug:organisation>/-/gallring/", retention.retention_list, name="retention"),
    path("<slug:organisation>/-/gallring/<slug:record>/", retention.retention_edit, name="retention-edit"),
    path(
        "<slug:organisation>/-/gallring/<slug:record>/ta-bort/",
        retention.retention_remove,
        name="retention-remove",
    ),
    path("<slug:organisation>/-/", include("organisation.urls")),
    path("<slug:organisation>/", program.organisation_start, name="organisation-start"),
    path("<slug:organisation>/<slug:program>/", include(program_urls)),
]

if settings.DEBUG:
    from ui.views import styleguide

    urlpatterns.insert(1, path("styleguide/", styleguide, name="styleguide"))

handler403 = "ui.views.forbidden"
