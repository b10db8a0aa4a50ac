"""Reminders by e-mail: to whom, about what, at most once a week, and never about another organisation."""

import datetime as dt
import re
import smtplib
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from organisation.models import Membership, User
from organisation.places import place_of
from program.models import FollowUp
from reports.models import DigestSent
from reports.outgoing import reminders
from tests import factories

PAGE = "/ostra/-/paminnelser/"
ON = dt.date(2026, 11, 16)
SITE = "https://ledstang.example.se"


class OneFails(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["editor@example.org"]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings):
    settings.SITE_URL, settings.EMAIL_URL = SITE, "smtp://localhost"


@pytest.fixture
def addressed(world):
    """Everybody has an e-mail address, in both organisations."""
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save()
    return world


def run(*args) -> dict[str, str]:
    """What the command says of each member; fails as the command does."""
    out = StringIO()
    call_command("send_reminders", "--on", str(ON), *args, stdout=out, stderr=StringIO())
    return _lines(out)


def _lines(out: StringIO) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in out.getvalue().splitlines())


def late(program, title="Sen", **fields):
    return factories.activity(
        program, title, deadline=str(ON - dt.timedelta(days=3)), on=dt.date(2026, 1, 1), **fields
    )


def member(world, kind: str) -> Membership:
    return getattr(world.users, kind).memberships.select_related("organisation", "user").get()


def test_it_goes_out_once_a_week(addressed):
    late(addressed.program)
    assert run() == {
        "ostra/department_head": "skipped: nothing to say",
        "ostra/director": "skipped: nothing to say",
        "ostra/editor": "sent: Chefer: 1 försenad",
        "ostra/secretary": "skipped: nothing to say",
        "vastra/outsider": "skipped: nothing to say",
    }
    assert run()["ostra/editor"] == "skipped: already this week"
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["editor@example.org"], "Chefer: 1 försenad")
    ]
    assert [row.week for row in DigestSent.objects.all()] == ["2026-W47"]
    out = StringIO()
    call_command("send_reminders", "--on", "2026-11-23", stdout=out)
    assert _lines(out)["ostra/editor"].startswith("sent")


def test_why_somebody_gets_none_is_told(addressed):
    late(addressed.program, departments=[addressed.home])
    Membership.objects.filter(kind="department_head").update(wants_reminders=False)
    User.objects.filter(username="editor").update(email="")
    User.objects.filter(username="director").update(is_active=False)
    told = run()
    assert told["ostra/department_head"] == "skipped: opted out"
    assert told["ostra/editor"] == "skipped: no e-mail address"
    assert told["ostra/director"] == "skipped: the account is closed"
    assert mail.outbox == []
    assert not DigestSent.objects.exists()


def test_department_heads_hear_of_their_own_departments(addressed):
    late(addressed.program, "Egen", departments=[addressed.home, addressed.other])
    FollowUp.objects.create(
        activity=late(addressed.program, "Andras", departments=[addressed.other]), planned_on=ON
    )
    late(addressed.program, "Allas")
    digest = reminders.digest_of(place_of(member(addressed, "department_head")), ON)
    assert [item.label for section in digest.sections for g in section.groups for item in g.items] == ["Egen"]
    assert reminders.digest_of(place_of(member(addressed, "editor")), ON).subject == (
        "Chefer: 3 försenade, 1 uppföljning"
    )


@pytest.mark.parametrize("kind", ["manager", "reader", "admin"])
def test_those_who_do_not_report_get_none(addressed, kind):
    late(addressed.program, departments=[addressed.home])
    factories.report(addressed.program, cut_off=ON, meets_on=ON)
    assert reminders.digest_of(place_of(member(addressed, kind)), ON).is_empty
    assert f"ostra/{kind}" not in run()


def test_a_report_waits_for_the_director_and_then_the_secretary(addressed):
    texts = {key: "Text." for key in ("proposal", "summary", "matter", "assessment")}
    report = factories.report(
        addressed.program, "2026H2", cut_off=ON, meets_on=ON + dt.timedelta(days=20), texts=texts
    )
    director, secretary = (place_of(member(addressed, kind)) for kind in ("director", "secretary"))
    assert reminders.digest_of(director, ON).subject == "Chefer: 1 rapport väntar på dig"
    assert reminders.digest_of(secretary, ON).is_empty
    report.approved_by, report.approved_at = (
        director.membership.user,
        dt.datetime(2026, 11, 16, tzinfo=dt.UTC),
    )
    report.save()
    assert reminders.digest_of(director, ON).is_empty
    assert reminders.digest_of(secretary, ON).subject == "Chefer: 1 rapport väntar på dig"


def test_a_report_whose_letter_lacks_texts_waits_for_nobody_else(addressed):
    factories.report(addressed.program, cut_off=ON, meets_on=ON, texts={"proposal": "Text."})
    assert reminders.digest_of(place_of(member(addressed, "director")), ON).is_empty


def test_status_updates_missing_before_the_cut_off(addressed):
    def plain(title):
        return factories.activity(addressed.program, title, deadline="2027-12-31", on=dt.date(2026, 1, 1))

    plain("Tyst")
    factories.status(plain("Nyss"), "under_way", on=dt.date(2026, 10, 1), deadline="2027-12-31")
    factories.report(addressed.program)
    factories.report(addressed.program, "2026H2", cut_off=ON, meets_on=dt.date(2026, 12, 10))
    digest = reminders.digest_of(place_of(member(addressed, "editor")), ON)
    group, *_texts = digest.sections[0].groups
    assert group.heading == "Lägesrapport behövs före stoppdatumet 16 november 2026"
    assert [item.label for item in group.items] == ["Tyst"]


def test_another_organisation_is_never_in_it(addressed):
    late(addressed.hidden, "Hemlig aktivitet")
    FollowUp.objects.create(activity=late(addressed.hidden, "Hemlig två"), planned_on=ON)
    factories.report(addressed.hidden, cut_off=ON, meets_on=ON)
    late(addressed.program)
    assert run()["vastra/outsider"].startswith("sent: Hemligt: 2 försenade")
    letter = next(row for row in mail.outbox if row.to == ["editor@example.org"])
    assert "emlig" not in letter.body + letter.alternatives[0].content + letter.subject


def test_the_letter_is_text_and_html_with_a_way_out(addressed, settings):
    activity = late(addressed.program, "Stöd & <råd>", number="3")
    run()
    (letter,) = mail.outbox
    (html,) = letter.alternatives
    link = f"{SITE}/ostra/chefer/aktiviteter/{activity.pk}/"
    assert f"- 3. Stöd & <råd>\n  3 dagar försenad, klart senast 13 november 2026\n  {link}\n" in letter.body
    assert f'<a href="{link}" style="color:#0b5566">3. Stöd &amp; &lt;råd&gt;</a>' in html.content
    assert html.mimetype == "text/html"
    assert "<script" not in html.content
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(rf"<{SITE}(/paminnelser/.+/)>", letter.extra_headers["List-Unsubscribe"])[1]
    assert f"{SITE}{address}" in letter.body
    assert f"{SITE}{address}" in html.content
    assert letter.from_email == settings.DEFAULT_FROM_EMAIL


def test_a_failure_for_one_leaves_the_others_and_is_tried_again(addressed, settings):
    late(addressed.program, departments=[addressed.home])
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.test_reminders.OneFails"
    out, told = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 of 5 could not be reminded"):
        call_command("send_reminders", "--on", str(ON), stdout=out, stderr=told)
    assert _lines(out)["ostra/editor"] == "failed, tried again next time"
    assert "SMTPRecipientsRefused" in told.getvalue()
    assert [row.to for row in mail.outbox] == [["department_head@example.org"]]
    assert [row.membership.kind for row in DigestSent.objects.all()] == ["department_head"]
    settings.EMAIL_BACKEND = backend
    assert run()["ostra/editor"].startswith("sent")


def test_two_runs_at_once_send_one(addressed):
    """Both have made their digest when the first claims the week."""
    late(addressed.program)
    editor = member(addressed, "editor")
    digest = reminders.digest_of(place_of(editor), ON)
    assert [reminders.deliver(digest, editor, ON, site=SITE) for _run in range(2)] == [True, False]
    assert len(mail.outbox) == 1


def test_a_dry_run_sends_and_claims_nothing(addressed, settings):
    late(addressed.program)
    settings.SITE_URL = ""
    assert run("--dry-run")["ostra/editor"] == "would send: Chefer: 1 försenad"
    assert mail.outbox == []
    assert not DigestSent.objects.exists()


@pytest.mark.parametrize(("name", "value"), [("SITE_URL", ""), ("EMAIL_URL", "")])
def test_missing_settings_are_one_clear_error(addressed, settings, name, value):
    setattr(settings, name, value)
    with pytest.raises(CommandError, match=f"^{name} is missing: .*"):
        run()


def test_a_wrong_day_is_told(db):
    with pytest.raises(CommandError, match="Not a date: 2026-13-01"):
        call_command("send_reminders", "--on", "2026-13-01")


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("kind", "queries"), [("editor", 5), ("department_head", 6), ("director", 3)])
def test_a_digest_takes_few_queries_whatever_there_is(
    addressed, rows, kind, queries, django_assert_num_queries
):
    """Departments for their heads; then programmes, activities, follow-ups, reports and their releases."""
    for program in (addressed.program, factories.program(addressed.ours, "andra")):
        for number in range(rows):
            activity = late(program, f"Sen {number}", departments=[addressed.home])
            FollowUp.objects.create(activity=activity, planned_on=ON)
        factories.report(program)
    someone = member(addressed, kind)
    with django_assert_num_queries(queries):
        reminders.digest_of(place_of(someone), ON)


def test_the_page_shows_the_letter_and_lets_one_choose(sign_in, addressed):
    late(addressed.program, "Stöd & <råd>")
    client = sign_in(addressed.users.editor)
    page = client.get(PAGE).content.decode()
    assert "Stöd &amp; &lt;råd&gt;" in page
    assert "editor@example.org" in page
    assert "Ingen har skickats än." in page
    assert client.post(PAGE, {}).status_code == 302
    assert not member(addressed, "editor").wants_reminders
    client.post(PAGE, {"wants_reminders": "on"})
    assert member(addressed, "editor").wants_reminders
    DigestSent.objects.create(membership=member(addressed, "editor"), week="2026-W47")
    assert "Den senaste skickades" in client.get(PAGE).content.decode()


def test_the_page_says_who_adds_a_missing_address(sign_in, world):
    page = sign_in(world.users.editor).get(PAGE).content.decode()
    assert "Du har ingen e-postadress här" in page
    assert "admin" in page
    assert "Ingenting väntar på dig i dag" in page
    assert "Din roll får inga påminnelser" in sign_in(world.users.reader).get(PAGE).content.decode()


def test_the_letters_link_asks_and_then_stops_them(client, addressed):
    path = reminders.stop_path(member(addressed, "editor"))
    assert "Sluta få påminnelser?" in client.get(path).content.decode()
    assert member(addressed, "editor").wants_reminders
    client.handler.enforce_csrf_checks = True  # a mail program's own button sends no token
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not member(addressed, "editor").wants_reminders
    assert "Påminnelserna är avslagna" in client.get(path).content.decode()
    pk = member(addressed, "director").pk
    for forged in (f"{pk}", f"{pk}.x", path.split("/")[2].replace(path.split("/")[2].split(".")[0], str(pk))):
        assert client.post(f"/paminnelser/{forged}/").status_code == 404
    assert member(addressed, "director").wants_reminders


def test_the_system_owner_sets_the_address(sign_in, world):
    client = sign_in(world.users.admin)
    editor = member(world, "editor")
    path = f"/ostra/-/anvandare/{editor.pk}/"
    assert 'name="email"' in client.get(path).content.decode()
    client.post(path, {"kind": "editor", "email": "hr@example.org"})
    assert member(world, "editor").user.email == "hr@example.org"
    refused = client.post(path, {"kind": "editor", "email": "inte en adress"})
    assert refused.status_code == 200
    assert "inte en adress" in refused.content.decode()
    assert member(world, "editor").user.email == "hr@example.org"


def test_nobody_sets_the_address_of_another_organisations_member(sign_in, world):
    """The letters of the other organisation would go to the new address."""
    User.objects.filter(username="outsider").update(email="outsider@example.org")
    both = factories.add_member(organisation=world.ours, username="outsider", kind="reader")
    client = sign_in(world.users.admin)
    path = f"/ostra/-/anvandare/{both.pk}/"
    assert "har en roll i en annan förvaltning också" in client.get(path).content.decode()
    client.post(path, {"kind": "reader", "email": "kapad@example.org"})
    assert User.objects.get(username="outsider").email == "outsider@example.org"


def test_a_title_with_markup_is_words_on_the_preview(sign_in, addressed):
    late(addressed.program, '<h1 id="inj">X</h1><meta http-equiv="refresh" content="1">')
    page = sign_in(addressed.users.editor).get(PAGE).content.decode()
    assert '<h1 id="inj">' not in page
    assert "<meta http-equiv" not in page
    assert "&lt;h1 id=" in page
