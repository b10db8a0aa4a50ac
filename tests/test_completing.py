"""Completing a report: the checklist, reminders of it, suggested wording, deviations, new reports and the list."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from organisation.models import Membership, User
from organisation.places import place_of
from program.models import AnnualEvent, ProcessStep, Response, StatusUpdate
from reports import actions
from reports.checklist import judge as k
from reports.checklist import queries as checklist_queries
from reports.checklist import wording
from reports.models import ChecklistSent, Section
from reports.outgoing import reminders
from tests import factories

LIST = "/ostra/chefer/rapporter/"
PAGE = f"{LIST}2026H2/checklista/"
REMIND = f"{PAGE}paminn/"
BEFORE, CUT_OFF = dt.date(2026, 5, 20), dt.date(2026, 11, 20)
SITE = "https://ledstang.example.se"


@pytest.fixture
def today(monkeypatch) -> dt.date:
    """Ten days before the cut-off."""
    day = dt.date(2026, 11, 10)
    monkeypatch.setattr(timezone, "localdate", lambda *args: day)
    return day


@pytest.fixture
def report(world, today):
    """The second report of a programme, of which something of every kind is wanted."""
    first = factories.report(
        world.program, texts={"next": "Nästa steg är\nfler dialoger.", "matter": "Ärendet."}
    )
    freeze(first, world)
    factories.activity(world.program, "Tyst", on=dt.date(2026, 1, 10), departments=[world.home],
                       responsible=[factories.role(world.ours)])  # fmt: skip
    spoken = factories.activity(world.program, "Omtalad", on=dt.date(2026, 1, 10))
    factories.status(spoken, "under_way", on=dt.date(2026, 9, 1))
    factories.activity(world.program, "Klar i våras", on=dt.date(2026, 1, 10))
    factories.status(
        world.program.activities.get(title="Klar i våras"), "completed", on=dt.date(2026, 2, 1),
        completed_on=dt.date(2026, 2, 1),
    )  # fmt: skip
    factories.indicator(world.program, "Utlovat", promised="varje månad")
    drafted = factories.indicator(world.program, "Antal möten", kind="count")
    factories.observation(
        drafted, dt.date(2026, 9, 30), value=3, state="draft", entered_by=world.users.editor
    )
    dialogue = factories.dialogue(
        world.program, departments=[world.home], held_on=dt.date(2026, 9, 1), statements=["Ett"],
        confirmed_at=timezone.now(), confirmed_by=world.users.editor,
    )  # fmt: skip
    dialogue.statements.get().needs.add(factories.need(world.program))
    texts = {"next": "Nästa steg är fler dialoger.", "matter": "Nytt."}
    return factories.report(
        world.program, "2026H2", cut_off=CUT_OFF, meets_on=dt.date(2026, 12, 4), texts=texts,
        texts_due_on=dt.date(2026, 11, 25),
    )  # fmt: skip


def freeze(report, world):
    Section.objects.filter(report=report, text="", key__in=["proposal", "summary", "assessment"]).update(
        text="x"
    )
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision)


def member(world, kind: str) -> Membership:
    return getattr(world.users, kind).memberships.select_related("organisation", "user").get()


def gathered(world, report, today, kind="editor") -> k.Checklist:
    place = factories.place(world.program, kind, [world.home] if kind == "department_head" else [])
    return checklist_queries.checklist(place, report, today)


def owed(found: k.Checklist) -> dict[str, list[str]]:
    return {group.kind: [item.label for item in group.owed] for group in found.groups if group.owed}


def test_everything_that_is_owed_is_found(world, report, today):
    found = gathered(world, report, today)
    told = owed(found)
    assert told.pop("texts")[0] == "Förslag till beslut"
    assert told == {
        "updates": ["Tyst"],
        "values": ["Utlovat"],
        "approvals": ["Antal möten"],
        "dialogues": ["Hemtjänsten, 1 september 2026"],
        "answers": ["Enklare system (Hemtjänsten)"],
    }
    who = {item.label: item.who for item in found.owed}
    assert who["Tyst"] == "HR-chef, department_head"
    assert who["Hemtjänsten, 1 september 2026"] == "department_head, HR"
    counts = {group.kind: (group.done, len(group.items)) for group in found.groups}
    assert counts["updates"] == (1, 2)
    assert counts["values"] == (0, 1)


def test_what_is_done_is_counted_as_done(world, report, today):
    factories.status(world.program.activities.get(title="Tyst"), "under_way", on=today)
    factories.observation(
        world.program.indicators.get(name="Utlovat"), dt.date(2026, 10, 31), counts=(20, 40, 50)
    )
    world.program.indicators.get(name="Antal möten").observations.update(state="approved")
    dialogue = world.program.dialogues.get()
    dialogue.head_agreed_at = dialogue.hr_agreed_at = dialogue.published_at = timezone.now()
    dialogue.head_agreed_by = dialogue.hr_agreed_by = world.users.editor
    dialogue.save()
    Response.objects.create(need=world.program.needs.get(), outcome="declined", text="Nej.", on=today)
    Section.objects.filter(report=report).update(text="Skrivet.")
    found = gathered(world, report, today)
    assert owed(found) == {}
    assert found.done == found.all


def test_an_update_after_the_cut_off_does_not_reach_the_report(world, report):
    late = CUT_OFF + dt.timedelta(days=3)
    factories.status(world.program.activities.get(title="Tyst"), "under_way", on=late)
    assert owed(gathered(world, report, late))["updates"] == ["Tyst"]


def test_a_text_word_for_word_as_in_the_last_report_is_flagged(world, report, today, sign_in):
    found = gathered(world, report, today)
    assert {item.label: item.flag for item in found.flagged} == {"Det som kommer": "ordagrant som i 2026H1"}
    section = report.sections.get(key="next")
    page = sign_in(world.users.editor).get(f"{LIST}2026H2/avsnitt/{section.pk}/").content.decode()
    assert "Texten är ordagrant som i 2026H1." in page


def test_a_fixed_text_is_a_text(world, report, today):
    world.ours.section_layouts.create(
        kind="half_year", part="report", key="consultation", fixed_text="Samverkat."
    )
    assert "Samverkan med de fackliga organisationerna" not in owed(gathered(world, report, today))["texts"]


def test_a_department_head_sees_the_own_part_alone(world, report, today, sign_in):
    factories.activity(world.program, "Andras", on=dt.date(2026, 1, 10), departments=[world.other])
    client = sign_in(world.users.department_head)
    page = client.get(PAGE)
    assert owed(page.context["found"]) == {
        "updates": ["Tyst"],
        "dialogues": ["Hemtjänsten, 1 september 2026"],
    }
    assert "Andras" not in page.content.decode()
    assert "Var och en får ett brev" not in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "status"),
    [("editor", 200), ("director", 200), ("secretary", 200), ("department_head", 200), ("manager", 403),
     ("reader", 403), ("admin", 403)],
)  # fmt: skip
def test_who_sees_the_checklist(world, report, sign_in, kind, status):
    assert sign_in(getattr(world.users, kind)).get(PAGE).status_code == status


def test_the_secretary_sees_no_dialogue_that_is_not_published(world, report, today):
    assert {item.kind for item in gathered(world, report, today, "secretary").items} == {
        "texts", "updates", "values",
    }  # fmt: skip


def test_the_secretary_is_told_how_much_waits_elsewhere(world, report, today, sign_in):
    asked = {member(world, "editor").pk, member(world, "director").pk}
    hidden = [
        item
        for item in gathered(world, report, today).owed
        if item.kind in ("approvals", "dialogues", "answers") and item.owners & asked
    ]
    assert len(hidden) > 1
    page = sign_in(world.users.secretary).get(PAGE).content.decode()
    assert f"{len(hidden)} saker väntar hos HR och direktören." in page
    assert "saker väntar hos HR" not in sign_in(world.users.editor).get(PAGE).content.decode()
    assert wording.whole(k.Checklist(()), 1) == (
        "Allt som du kan se här finns på plats. 1 sak väntar hos HR och direktören."
    )


@pytest.mark.parametrize("rows", [1, 5])
def test_the_checklist_takes_the_same_queries_whatever_there_is(
    world, report, today, rows, django_assert_num_queries
):
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        activity = factories.activity(world.program, f"Nr {number}", departments=[world.home], needs=[need])
        activity.responsible.add(factories.role(world.ours, f"Roll {number}"))
        dialogue = factories.dialogue(world.program, departments=[world.home], statements=["Ett"],
                                      confirmed_at=timezone.now(), confirmed_by=world.users.editor)  # fmt: skip
        dialogue.statements.get().needs.add(need)
        factories.observation(
            factories.indicator(world.program, f"Mått {number}", promised="varje månad"), today, value=1,
            state="draft",
        )  # fmt: skip
    place = factories.place(world.program)
    with django_assert_num_queries(20):
        checklist_queries.checklist(place, report, today)


# Reminders


class OneFails(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["director@example.org"]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture
def addressed(world, settings):
    settings.SITE_URL, settings.EMAIL_URL = SITE, "smtp://localhost"
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save()
    return world


def test_each_gets_the_own_rows_once_a_day(addressed, report, today, sign_in):
    client = sign_in(addressed.users.editor)
    page = client.post(REMIND, follow=True).content.decode()
    assert "Påminnelser är skickade till department_head, director." in page
    letters = {letter.to[0].split("@")[0]: letter for letter in mail.outbox}
    assert set(letters) == {"department_head", "director"}
    head = letters["department_head"]
    assert head.subject == "Chefer, rapport 2026H2: 1 lägesrapport, 1 dialog"
    assert (
        f"{SITE}/ostra/chefer/aktiviteter/{addressed.program.activities.get(title='Tyst').pk}/lage/"
        in head.body
    )
    assert "Enklare system" not in head.body
    assert "editor påminner om rapport 2026H2." in head.body
    assert "Antal möten" in letters["director"].body
    assert "Tyst" not in letters["director"].body
    assert client.post(REMIND, follow=True).context["debtors"][0].why_not == "har fått en påminnelse i dag"
    assert len(mail.outbox) == 2
    assert ChecklistSent.objects.filter(report=report, on=today).count() == 2


def test_why_somebody_gets_none_is_said(addressed, report, sign_in):
    Membership.objects.filter(kind="department_head").update(wants_reminders=False)
    User.objects.filter(username="director").update(email="")
    client = sign_in(addressed.users.editor)
    found = {row.name: row.why_not for row in client.get(PAGE).context["debtors"]}
    assert found == {
        "department_head": "har valt bort påminnelser",
        "director": "har ingen e-postadress här",
        "editor": "det är du",
    }
    assert "Det fanns ingen att påminna." in client.post(REMIND, follow=True).content.decode()
    assert mail.outbox == []


def test_one_letter_that_fails_stops_no_other_and_can_be_tried_again(addressed, report, sign_in, settings):
    settings.EMAIL_BACKEND = f"{__name__}.OneFails"
    page = sign_in(addressed.users.editor).post(REMIND, follow=True).content.decode()
    assert "E-postservern tog inte emot brevet till director." in page
    assert [letter.to for letter in mail.outbox] == [["department_head@example.org"]]
    assert [row.membership.user.username for row in ChecklistSent.objects.all()] == ["department_head"]


def test_without_a_mail_server_nothing_is_sent_and_that_is_said(world, report, sign_in, settings):
    settings.SITE_URL = settings.EMAIL_URL = ""
    client = sign_in(world.users.editor)
    assert "SITE_URL, EMAIL_URL saknas" in client.get(PAGE).content.decode()
    assert "EMAIL_URL saknas" in client.post(REMIND, follow=True).content.decode()
    assert not ChecklistSent.objects.exists()


@pytest.mark.parametrize("kind", ["department_head", "director", "secretary", "reader", "manager", "admin"])
def test_only_hr_reminds(addressed, report, sign_in, kind):
    assert sign_in(getattr(addressed.users, kind)).post(REMIND).status_code in (403, 404)
    assert mail.outbox == []


def test_the_weekly_digest_has_the_reports_rows(addressed, report, today):
    head = reminders.digest_of(place_of(member(addressed, "department_head")), today)
    labels = {item.label for section in head.sections for group in section.groups for item in group.items}
    assert labels == {"Tyst", "Hemtjänsten, 1 september 2026"}
    director = reminders.digest_of(place_of(member(addressed, "director")), today)
    assert director.subject == "Chefer: 1 mått att godkänna"
    editor = reminders.digest_of(place_of(member(addressed, "editor")), today)
    headings = {group.heading for section in editor.sections for group in section.groups}
    assert "Texter i rapporten till rapport 2026H2, senast 25 november 2026" in headings


def test_a_text_with_a_writer_is_asked_of_the_writer(addressed, report, today):
    other = factories.add_member(organisation=addressed.ours, username="kollega", kind="editor")
    report.sections.filter(key="summary").update(writer=other.user)
    found = gathered(addressed, report, today)
    summary = next(item for item in found.items if item.label == "Sammanfattning")
    assert (summary.who, summary.owners) == ("kollega", frozenset({other.pk}))


# Writing a section


def section_url(report, key="done") -> str:
    return f"{LIST}2026H2/avsnitt/{report.sections.get(key=key).pk}/"


def test_wording_from_the_data_is_taken_in_only_when_asked_for(world, report, sign_in):
    client, url = sign_in(world.users.editor), section_url(report)
    page = client.get(url)
    passage = page.context["computed"][0].text
    assert "Sedan 20 maj 2026" in passage
    assert page.context["form"]["text"].value() == ""
    taken = client.post(url, {"text": "Eget.", "initial-text": "", "revision": 1, "take": passage})
    assert taken.context["form"]["text"].value() == f"Eget.\n\n{passage}"
    assert report.sections.get(key="done").text == ""
    assert next(row for row in taken.context["computed"] if row.text == passage).is_taken
    typed = taken.context["form"]["text"].value()
    assert client.post(url, {"text": typed, "initial-text": "", "revision": 1}).status_code == 302
    assert report.sections.get(key="done").text == typed


def test_the_last_reports_text_is_offered(world, report, sign_in):
    page = sign_in(world.users.editor).get(section_url(report, "matter"))
    assert [row.text for row in page.context["earlier"]] == ["Ärendet."]


def test_hr_chooses_who_writes(world, report, sign_in, today):
    url, client = section_url(report), sign_in(world.users.editor)
    form = client.get(url).context["form"]
    assert [row.username for row in form.fields["writer"].queryset] == ["editor"]
    client.post(url, {"text": "", "revision": 1, "writer": world.users.editor.pk})
    assert report.sections.get(key="done").writer == world.users.editor
    assert client.post(url, {"text": "", "revision": 2, "writer": world.users.outsider.pk}).status_code == 200


def test_two_in_different_sections_lose_nothing(world, report, sign_in):
    client = sign_in(world.users.editor)
    for key in ("done", "burden"):
        client.post(section_url(report, key), {"text": f"Om {key}", "initial-text": "", "revision": 1})
    assert {row.text for row in report.sections.filter(key__in=["done", "burden"])} == {
        "Om done",
        "Om burden",
    }
    answer = client.post(
        section_url(report), {"text": "Min", "initial-text": "", "revision": 1, "writer": ""}
    )
    assert [(row.saved, row.mine) for row in answer.context["form"].clashes] == [("Om done", "Min")]


# Deviations


def test_the_secretary_sees_what_differs_without_a_reason(world, report, sign_in):
    activity = world.program.activities.get(title="Omtalad")
    factories.status(activity, "under_way", on=dt.date(2026, 10, 1), deadline="2027-06-30")
    explained = world.program.activities.get(title="Tyst")
    factories.status(
        explained, "under_way", on=dt.date(2026, 10, 1), deadline="2027-06-30", comment="Vakans."
    )
    StatusUpdate.objects.filter(activity__title="Klar i våras").update(on=dt.date(2026, 2, 1))
    page = sign_in(world.users.secretary).get(f"{LIST}2026H2/avvikelser/")
    assert [(row.activity.title, row.what) for row in page.context["unexplained"]] == [
        ("Omtalad", "later"), ("Omtalad", "status"),
    ]  # fmt: skip
    told = [item["row"] for item in page.context["differences"]]
    assert any("Omtalad" in row.row for row in told)  # dated before the cut-off, recorded after the freezing
    links = {item["row"].row: item["path"] for item in page.context["differences"]}
    assert links["Omtalad"] == activity.get_absolute_url()


@pytest.mark.parametrize(
    ("kind", "status"),
    [("secretary", 200), ("editor", 200), ("director", 403), ("department_head", 403), ("reader", 403)],
)
def test_who_sees_deviations(world, report, sign_in, kind, status):
    assert sign_in(getattr(world.users, kind)).get(f"{LIST}2026H2/avvikelser/").status_code == status


def test_deviations_of_a_first_report_have_nothing_to_lie_beside(world, sign_in):
    factories.report(world.program)
    page = sign_in(world.users.secretary).get(f"{LIST}2026H1/avvikelser/").content.decode()
    assert "Ingen tidigare rapport är fastställd." in page


# The list and a new report


def test_the_list_groups_the_kinds_and_tells_how_far(world, report, sign_in):
    factories.report(world.program, "2026-10", kind="monthly", cut_off=dt.date(2026, 10, 31),
                     meets_on=dt.date(2026, 12, 4))  # fmt: skip
    page = sign_in(world.users.editor).get(LIST)
    groups = {group.key: [row.report.period for row in group.rows] for group in page.context["groups"]}
    assert groups == {"plan": ["2026H2", "2026H1"], "monthly": ["2026-10"]}
    row = page.context["groups"][0].rows[0]
    assert (row.next_is, row.next_day) == ("cut_off", CUT_OFF)
    assert f"{row.found.done} av {row.found.all}" in page.content.decode()


def test_readers_get_no_checklist_in_the_list(world, report, sign_in):
    page = sign_in(world.users.reader).get(LIST)
    rows = [row for group in page.context["groups"] for row in group.rows]
    assert [(row.found, row.stage, row.next_is) for row in rows] == [(None, "frozen", "")]
    assert "texterna klara" not in page.content.decode()


def test_a_new_report_starts_with_sensible_days(world, report, sign_in):
    AnnualEvent.objects.create(program=world.program, name="Bokslut", months=[5])
    AnnualEvent.objects.create(program=world.program, name="Budget", months=[9])
    forum = world.ours.forums.get()
    ProcessStep.objects.create(program=world.program, text="Nämnd", forum=forum, first_day=dt.date(2027, 6, 10),
                               last_day=dt.date(2027, 6, 10))  # fmt: skip
    page = sign_in(world.users.editor).get(f"{LIST}ny/")
    form = page.context["form"]
    assert [str(form[name].value()) for name in ("kind", "period", "cut_off", "meets_on")] == [
        "half_year", "2027H1", "2027-05-19", "2027-06-10",
    ]  # fmt: skip
    assert page.context["suggested"].at_the_same_time == ["Bokslut"]
    month = sign_in(world.users.editor).get(f"{LIST}ny/?slag=monthly").context["form"]
    assert (month["kind"].value(), month["period"].value()) == ("monthly", "2026-11")
    assert (form["meets_on"].label, month["meets_on"].label) == ("Nämnden sammanträder", "Lämnas")


def test_texts_are_wanted_before_the_meeting(world, report, sign_in):
    data = {"kind": "half_year", "period": "2027H1", "cut_off": "2027-05-20", "texts_due_on": "2027-06-20",
            "meets_on": "2027-06-10"}  # fmt: skip
    response = sign_in(world.users.editor).post(f"{LIST}ny/", data)
    assert list(response.context["form"].errors) == ["texts_due_on"]
