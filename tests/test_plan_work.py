"""Working in the plan: many at once, order of steps, follow-up meetings, files, copies, how it stood."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from organisation.access import Kind
from program.models import (
    Activity,
    Attachment,
    ChangeSet,
    Document,
    FollowUp,
    FollowUpAnswer,
    PlanLink,
    StatusUpdate,
    Step,
)
from tests import factories
from tests.factories import DAY


def url(name: str, *args) -> str:
    return reverse(f"program:{name}", args=["ostra", "chefer", *args])


@pytest.fixture
def three(world):
    return [factories.activity(world.program, f"Aktivitet {n}", number=str(n)) for n in (1, 2, 3)]


def picks(*activities) -> list[str]:
    return [f"{row.pk}:{Activity.objects.get(pk=row.pk).revision}" for row in activities]


def stands(activity, on=None) -> Activity:
    return Activity.objects.with_state(on or timezone.localdate()).get(pk=activity.pk)


def change(client, data: dict, rows=()):
    """Preview and then make a change of many."""
    preview = client.post(url("activity-many"), {"pick": picks(*rows), **data})
    seen = preview.context["seen"]
    return preview, client.post(
        url("activity-many"), {"pick": picks(*rows), **data, "seen": seen}, follow=True
    )


def test_one_change_for_many_is_shown_made_and_taken_back(hr, world, three):
    other = world.program.areas.create(name="Annat område", order=9)
    role = factories.role(world.ours, "Ekonomichef")
    data = {
        "status": "under_way",
        "deadline": "hösten 2027",
        "area": other.pk,
        "responsible": [role.pk],
        "comment": "Nu",
    }
    preview, done = change(hr, data, three[:2])
    assert len(preview.context["preview"]) == 2
    assert "Det här skulle ändra 2 aktiviteter" in preview.content.decode()
    state = stands(three[0])
    assert (state.state_status, state.state_words, state.area_id) == ("under_way", "hösten 2027", other.pk)
    assert list(state.responsible.all()) == [role]
    assert stands(three[2]).state_status == "planned"
    assert "2 aktiviteter är ändrade." in done.content.decode()
    made = ChangeSet.objects.get()
    factories.status(three[1], "under_way")
    Activity.objects.filter(pk=three[1].pk).update(revision=9)
    back = hr.post(url("change-set-undo", made.pk), follow=True).content.decode()
    state = stands(three[0])
    assert (state.state_status, state.state_deadline, state.area_id) == (
        "planned",
        dt.date(2026, 12, 31),
        three[0].area_id,
    )
    assert list(state.responsible.all()) == []
    assert stands(three[1]).area_id == other.pk
    assert "1 aktivitet är som förut." in back
    assert "1 har ändrats efteråt och lämnas som den är." in back
    assert "redan ångrad" in hr.post(url("change-set-undo", made.pk), follow=True).content.decode()
    assert StatusUpdate.objects.filter(activity=three[0]).count() == 3


def test_a_preview_alone_writes_nothing_and_a_changed_form_is_shown_anew(hr, three):
    data = {"pick": picks(three[0]), "status": "under_way"}
    seen = hr.post(url("activity-many"), data).context["seen"]
    again = hr.post(url("activity-many"), data | {"status": "stopped", "comment": "x", "seen": seen})
    assert again.status_code == 200
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"status": "under_way"}, "Välj minst en aktivitet."),
        ({"pick": "one"}, "Välj vad som ska ändras."),
        ({"pick": "one", "status": "stopped"}, "Skriv varför aktiviteterna stoppas."),
        ({"pick": "one", "deadline": "2025-13-40"}, "Datumet finns inte"),
        ({"pick": "one", "status": "completed", "completed_on": "2099-01-01"}, "Dagen ligger framåt i tiden"),
        ({"pick": "one", "area": "999999"}, "Välj ett giltigt alternativ"),
        ({"pick": "x:1", "status": "under_way"}, "Välj minst en aktivitet."),
    ],
)
def test_wrong_input_of_many_is_told_and_nothing_is_changed(hr, three, data, said):
    if data.get("pick") == "one":
        data = data | {"pick": picks(three[0])}
    page = hr.post(url("activity-many"), data).content.decode()
    assert said in page
    assert not ChangeSet.objects.exists()


def test_many_stops_when_somebody_saved_in_between_and_changes_none(hr, three):
    data = {"pick": picks(*three), "status": "under_way"}
    seen = hr.post(url("activity-many"), data).context["seen"]
    Activity.objects.filter(pk=three[2].pk).update(revision=4)
    page = hr.post(url("activity-many"), data | {"seen": seen}, follow=True).content.decode()
    assert "Någon annan sparade" in page
    assert {stands(row).state_status for row in three} == {"planned"}


def test_another_programmes_activity_is_never_among_the_many(hr, world):
    theirs = factories.activity(world.hidden, "Hemlig aktivitet")
    page = hr.post(url("activity-many"), {"pick": picks(theirs), "status": "under_way"})
    assert page.context["planned"] == []
    hidden = ChangeSet.objects.create(program=world.hidden, what="Hemlig ändring")
    assert hr.get(url("change-set", hidden.pk)).status_code == 404
    assert hr.post(url("change-set-undo", hidden.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_many_asks_as_much_for_30_as_for_1(hr, world, count, django_assert_num_queries):
    for number in range(count):
        factories.activity(world.program, f"A {number}", responsible=[world.ours.roles.first()])
    with django_assert_num_queries(11):
        hr.get(url("activity-many"))


def test_unfinished_work_is_carried_into_the_next_year(hr, three):
    factories.status(three[1], "completed", completed_on=DAY)
    page = hr.get(url("next-year") + "?year=2026")
    assert [row[0].pk for row in page.context["rows"]] == [three[0].pk, three[2].pk]
    hr.post(url("next-year") + "?year=2026", {"pick": picks(three[0])})
    assert stands(three[0]).state_deadline == dt.date(2027, 12, 31)
    assert StatusUpdate.objects.filter(activity=three[0]).first().comment == "Flyttad från 2026 till 2027."
    assert stands(three[2]).state_deadline == dt.date(2026, 12, 31)


@pytest.fixture
def steps(three):
    return [
        Step.objects.create(activity=three[0], number=str(n), text=f"Steg {n}", order=n) for n in (1, 2, 3)
    ]


def order_of(activity) -> list[tuple[str, str]]:
    return list(Step.objects.filter(activity=activity).values_list("text", "number"))


def test_steps_move_by_button_and_are_numbered_anew(hr, three, steps):
    first, second, third = (step.pk for step in steps)
    data = {"revision": 1, "order": [first, second, third]}
    hr.post(url("step-order", three[0].pk), data | {"move": f"{third}:up"})
    assert order_of(three[0]) == [("Steg 1", "1"), ("Steg 3", "3"), ("Steg 2", "2")]
    hr.post(url("step-order", three[0].pk), {"revision": 2, "order": [third, first, second], "renumber": "1"})
    assert order_of(three[0]) == [("Steg 3", "1"), ("Steg 1", "2"), ("Steg 2", "3")]
    page = hr.post(url("step-order", three[0].pk), data, follow=True).content.decode()
    assert "Någon annan sparade aktiviteten" in page
    assert order_of(three[0])[0] == ("Steg 3", "1")


def test_a_move_says_where_the_step_went_and_keeps_the_focus(hr, three, steps):
    data = {"revision": 1, "order": [step.pk for step in steps], "move": f"{steps[2].pk}:up"}
    page = hr.post(url("step-order", three[0].pk), data, follow=True).content.decode()
    assert "Delåtgärden är nu nummer 2 av 3." in page
    assert f'value="{steps[2].pk}:up" autofocus' in page
    assert (
        hr.post(url("step-order", three[0].pk), {"revision": 2, "move": "9" * 5000 + ":up"}).status_code
        == 302
    )


@pytest.mark.parametrize("order", [["x", "²", "999999999999999999"], [], ["1", "1"]])
def test_an_odd_order_loses_no_step(hr, three, steps, order):
    hr.post(url("step-order", three[0].pk), {"revision": 1, "order": order, "move": "²:up"})
    assert len(order_of(three[0])) == 3


def test_a_step_is_removed_after_a_question_and_the_trail_keeps_it(hr, three, steps):
    path = url("part-remove", three[0].pk, "delatgard", steps[0].pk)
    assert "Steg 1" in hr.get(path).content.decode()
    assert Step.objects.count() == 3
    hr.post(path)
    assert [text for text, _number in order_of(three[0])] == ["Steg 2", "Steg 3"]
    assert "Steg 1" in hr.get(url("program-changes")).content.decode()


def test_a_held_follow_up_cannot_be_removed(hr, three):
    row = FollowUp.objects.create(activity=three[0], planned_on=DAY, held_on=DAY, outcome="Bra")
    hr.post(url("part-remove", three[0].pk, "uppfoljning", row.pk))
    assert FollowUp.objects.filter(pk=row.pk).exists()


def test_a_follow_up_asks_the_five_questions_and_the_programmes_own(hr, world, three):
    world.program.standing_questions = "Gör vi det vi säger?\nGer det resultat?"
    world.program.save()
    row = FollowUp.objects.create(activity=three[0], planned_on=DAY)
    path = url("follow-up-meeting", three[0].pk, row.pk)
    page = hr.get(path)
    assert len(page.context["form"].groups()) == 7
    data = {
        "held_on": "2026-05-01", "carried_out_verdict": "yes", "carried_out_text": "Enligt plan.", "effect_verdict": "partly",
        "insight_text": "Möten tar tid.", "own0_text": "Ja, oftast.", "outcome": "Fortsätt.",
    }  # fmt: skip
    assert hr.post(path, data | {"seen": page.context["form"].initial["seen"]}).status_code == 302
    told = list(FollowUpAnswer.objects.values_list("question", "verdict", "text"))
    assert told == [
        ("Genomfördes aktiviteten som planerat?", "yes", "Enligt plan."),
        ("Gav den önskad effekt?", "partly", ""),
        ("Gav den ny insikt?", "", "Möten tar tid."),
        ("Gör vi det vi säger?", "", "Ja, oftast."),
    ]
    row.refresh_from_db()
    assert (row.held_on, row.outcome) == (dt.date(2026, 5, 1), "Fortsätt.")
    assert "Möten tar tid." in hr.get(three[0].get_absolute_url()).content.decode()
    stale = hr.post(path, data | {"seen": page.context["form"].initial["seen"], "carried_out_text": "Annat"})
    assert "Någon annan ändrade" in stale.content.decode()
    assert FollowUpAnswer.objects.filter(text="Annat").count() == 0


@pytest.mark.parametrize(
    ("day", "said"),
    [("2099-01-01", "Dagen ligger framåt i tiden"), ("", "måste fyllas i"), ("31 februari", "giltigt")],
)
def test_a_meeting_wants_a_day_and_keeps_what_was_typed(hr, three, day, said):
    row = FollowUp.objects.create(activity=three[0], planned_on=DAY)
    page = hr.post(
        url("follow-up-meeting", three[0].pk, row.pk), {"held_on": day, "insight_text": "Behåll mig"}
    ).content.decode()
    assert said in page
    assert "Behåll mig" in page
    assert not FollowUpAnswer.objects.exists()


def test_a_department_head_holds_follow_ups_of_the_own_department_only(sign_in, world):
    client = sign_in(world.users.department_head)
    for department, status in ((world.home, 200), (world.other, 403)):
        activity = factories.activity(world.program, f"För {department}", departments=[department])
        row = FollowUp.objects.create(activity=activity, planned_on=DAY)
        assert client.get(url("follow-up-meeting", activity.pk, row.pk)).status_code == status


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_follow_ups(hr, world, three, count, django_assert_num_queries):
    for number in range(count):
        FollowUp.objects.create(activity=three[0], planned_on=DAY + dt.timedelta(days=number))
    with django_assert_num_queries(5):
        page = hr.get(url("follow-up-list"))
    assert sum(map(len, page.context["groups"].values())) == count


PDF = b"%PDF-1.7 underlag\nstartxref\n0\n%%EOF\n"


def attach(client, path, content=PDF, name="Underlag å.pdf"):
    return client.post(path, {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_attached_and_served_as_a_download_only(hr, world, three):
    attach(hr, url("attachment-add", "aktiviteter", three[0].pk))
    kept = Attachment.objects.get()
    answer = hr.get(url("attachment", kept.pk))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Underlag%20%C3%A5.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Underlag å.pdf" in hr.get(three[0].get_absolute_url()).content.decode()
    hr.post(url("attachment-remove", kept.pk))
    assert not Attachment.objects.exists()


def test_a_basis_document_carries_its_file(hr, world):
    document = Document.objects.create(program=world.program, title="Underlag", number=1)
    attach(hr, url("attachment-add", "underlag", document.pk))
    assert document.attachments.get().name == "Underlag å.pdf"
    assert "Underlag å.pdf" in hr.get(url("assignment")).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<script>", "sida.html", "sparas inte här"), (b"MZ\x90", "fil.pdf", "inte det som namnet säger"),
        (b"", "tom.pdf", "tom"), (b"%PDF-" + b"x" * (10 * 1024 * 1024), "stor.pdf", "större än 10 MB"),
        (b"<svg/>", "bild.svg", "sparas"),
    ],
)  # fmt: skip
def test_files_that_are_not_kept(hr, three, content, name, said):
    page = attach(hr, url("attachment-add", "aktiviteter", three[0].pk), content, name).content.decode()
    assert said in page.replace("kan inte sparas här", "sparas inte här")
    assert not Attachment.objects.exists()


def test_files_of_another_organisation_are_not_found(hr, world):
    theirs = factories.activity(world.hidden, "Hemlig aktivitet")
    kept = Attachment.objects.create(
        program=world.hidden, activity=theirs, name="hemlig.pdf", content_type="application/pdf", size=1, sha256="x", content=b"x"
    )  # fmt: skip
    assert hr.get(url("attachment", kept.pk)).status_code == 404
    assert hr.post(url("attachment-remove", kept.pk)).status_code == 404
    assert attach(hr, url("attachment-add", "aktiviteter", theirs.pk)).status_code == 404


def test_a_link_to_a_plan_with_its_year_once(hr, three):
    data = {"plan": "budget", "year": "2027", "note": "mål 3"}
    assert hr.post(url("plan-link-add", three[0].pk), data).status_code == 302
    assert "redan kopplad" in hr.post(url("plan-link-add", three[0].pk), data).content.decode()
    link = PlanLink.objects.get()
    assert "Budget 2027" in hr.get(three[0].get_absolute_url()).content.decode()
    hr.post(url("part-remove", three[0].pk, "koppling", link.pk))
    assert not PlanLink.objects.exists()


def test_a_copy_and_the_next_round(hr, world, three):
    row = three[0]
    row.responsible.set([world.ours.roles.first()])
    Step.objects.create(activity=row, number="1", text="a", deadline=dt.date(2026, 6, 30), completed_on=DAY)
    FollowUp.objects.create(activity=row, planned_on=dt.date(2026, 9, 30), held_on=DAY, outcome="x")
    hr.post(url("activity-duplicate", row.pk))
    copy = Activity.objects.latest("pk")
    assert (copy.title, copy.carried_from, copy.follow_ups.count()) == ("Kopia av Aktivitet 1", row, 0)
    hr.post(url("activity-duplicate", row.pk), {"years": "1"})
    later = stands(Activity.objects.latest("pk"))
    assert (later.title, later.state_deadline, later.state_status) == (
        "Aktivitet 1",
        dt.date(2027, 12, 31),
        "planned",
    )
    assert list(later.responsible.all()) == [world.ours.roles.first()]
    assert later.steps.get().deadline == dt.date(2027, 6, 30)
    assert later.steps.get().completed_on is None
    assert (later.follow_ups.get().planned_on, later.follow_ups.get().held_on) == (dt.date(2027, 9, 30), None)


def test_an_activity_as_it_stood_on_a_day(hr, world, today):
    before, after = today - dt.timedelta(days=40), today - dt.timedelta(days=20)
    activity = factories.activity(world.program, "Nuvarande rubrik", on=before, measure="Ny text")
    step = Step.objects.create(activity=activity, text="Steget")
    factories.status(activity, "under_way", on=after)
    backdate(activity, step, day=before)
    activity.title = "Ändrad rubrik"
    activity.save()
    step.delete()
    path = url("activity-history", activity.pk)
    then = hr.get(f"{path}?dag={before}").context["then"]
    assert (then.title, then.status) == ("Nuvarande rubrik", "planned")
    assert [(row.values["text"], row.is_gone) for row in then.steps] == [("Steget", True)]
    now = hr.get(f"{path}?dag={today}").context["then"]
    assert (now.title, now.status, now.steps) == ("Ändrad rubrik", "under_way", [])
    assert hr.get(f"{path}?dag={before - dt.timedelta(days=1)}").context["then"] is None
    assert "Dagen finns inte" in hr.get(f"{path}?dag=2025-13-40").content.decode()


def backdate(*rows, day):
    """Put what the trail has told of rows so far on an earlier day."""
    from auditlog.models import LogEntry

    at = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    for row in rows:
        LogEntry.objects.get_for_object(row).update(timestamp=at)


def test_what_changed_between_two_days_and_who(hr, sign_in, world, today):
    activity = factories.activity(world.program, "Flyttad", on=today - dt.timedelta(days=90))
    quiet = factories.activity(world.program, "Orörd", on=today - dt.timedelta(days=90))
    backdate(activity, quiet, day=today - dt.timedelta(days=90))
    factories.status(activity, "under_way", on=today, deadline="2027-06-30", comment="Flyttas")
    hr.post(url("activity-edit", activity.pk), form_data(activity) | {"title": "Flyttad och omdöpt"})
    page = hr.get(url("program-changes"))
    (told,) = page.context["told"]
    assert told.stood == [
        ("Status", "planerad", "pågår"),
        ("Klart senast", "31 december 2026", "30 juni 2027"),
    ]
    assert [row.comment for row in told.updates] == ["Flyttas"]
    assert [(edit.by, [field.new for field in edit.fields]) for edit in told.edits] == [
        ("editor", ["Flyttad och omdöpt"])
    ]
    wrong = hr.get(url("program-changes") + "?first=2026-05-01&last=2026-04-01").content.decode()
    assert "Den sista dagen ligger före den första" in wrong
    assert sign_in(world.users.reader).get(url("program-changes")).status_code == 403


def form_data(activity) -> dict:
    return {
        "title": activity.title,
        "area": activity.area_id,
        "level": activity.level,
        "kind": activity.kind,
        "revision": 1,
    }


@pytest.mark.parametrize("count", [1, 20])
def test_history_of_the_programme_asks_as_much_for_20(hr, world, count, today, django_assert_num_queries):
    for number in range(count):
        factories.activity(world.program, f"A {number}", on=today)
    hr.get(url("program-changes"))
    with django_assert_num_queries(8):
        hr.get(url("program-changes"))


WRITES = [
    ("activity-many", []), ("next-year", []), ("plan-upload", []), ("step-order", ["a"]), ("activity-duplicate", ["a"]),
    ("plan-link-add", ["a"]), ("attachment-add", ["aktiviteter", "a"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), WRITES, ids=[name for name, _args in WRITES])
def test_only_hr_works_in_the_plan(sign_in, world, name, args):
    activity = factories.activity(world.program)
    path = url(name, *[activity.pk if arg == "a" else arg for arg in args])
    for kind in Kind.values:
        if kind != Kind.EDITOR:
            assert sign_in(getattr(world.users, kind)).post(path).status_code == 403, kind
