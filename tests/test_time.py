"""Managers' time: the annual wheel, what a change would do, the timeline, and the fields that tell it."""

import datetime as dt
from decimal import Decimal

import pytest

from organisation.access import Kind
from program.models import AnnualEvent, FollowUp, ProcessStep, Step
from reports.models import Hearing
from reports.timeline.rows import PICTURED, timeline
from tests import factories
from tests.test_activities import form_data

WHEEL = "/ostra/chefer/arshjul/"
TIMELINE = "/ostra/chefer/tidslinje/"
LIST = "/ostra/chefer/aktiviteter/"


@pytest.fixture
def year(world, today) -> int:
    """The year that the pages show unasked."""
    world.program.first_year, world.program.last_year = today.year - 1, today.year + 1
    world.program.save()
    return today.year


def event(program, name="Lönesamtal", *, departments=(), **fields) -> AnnualEvent:
    row = AnnualEvent.objects.create(program=program, name=name, **{"months": [3]} | fields)
    row.departments.set(departments)
    return row


def training(program, title, year, **fields):
    days = {"starts": dt.date(year, 1, 1), "deadline": f"{year}-12-31", "on": dt.date(2024, 1, 1)}
    return factories.activity(program, title, **{"kind": "training"} | days | fields)


# The wheel


@pytest.mark.parametrize("rows", [1, 30])
def test_the_wheel_takes_nine_queries_whatever_it_holds(hr, world, year, rows, django_assert_num_queries):
    for number in range(rows):
        event(world.program, f"Process {number}", departments=[world.home])
        training(
            world.program, f"Kurs {number}", year, months=[3], hours_per_manager=2, departments=[world.home]
        )
    hr.get(WHEEL)
    with django_assert_num_queries(9):
        assert hr.get(WHEEL).status_code == 200


@pytest.mark.parametrize("kind", Kind.values)
def test_every_role_reads_the_wheel_and_hr_alone_changes_it(sign_in, world, kind):
    row = event(world.program)
    client = sign_in(getattr(world.users, kind))
    page = client.get(WHEEL)
    assert page.status_code == 200
    assert "Lönesamtal" in page.content.decode()
    assert ("arshjul/ny/" in page.content.decode()) is (kind == Kind.EDITOR)
    for path in ("ny/", "tak/", f"{row.pk}/", f"{row.pk}/ta-bort/"):
        expected = 200 if kind == Kind.EDITOR else 403
        assert client.get(f"{WHEEL}{path}").status_code == expected, path
    if kind != Kind.EDITOR:
        assert client.post(f"{WHEEL}{row.pk}/ta-bort/").status_code == 403
        assert AnnualEvent.objects.exists()


def test_an_empty_wheel_says_what_belongs_there(hr, world):
    response = hr.get(WHEEL)
    assert response.context["found"].entries == []
    assert "arshjul/ny/" in response.content.decode()


def test_hours_pass_the_ceiling_in_words(hr, world, year):
    world.program.hours_ceiling = Decimal(10)
    world.program.save()
    event(world.program, hours_per_manager=8)
    training(world.program, "Kurs", year, months=[3], hours_per_manager=4, departments=[world.home])
    response = hr.get(WHEEL)
    assert response.context["found_words"]["over"] == [
        "I mars går upp till 12 timmar åt för varje chef i Hemtjänsten. Taket är 10 timmar."
    ]
    loads = {name: [cell.hours for _month, cell in cells] for name, cells in response.context["loads"]}
    assert {name: hours[2] for name, hours in loads.items()} == {"Hemtjänsten": 12, "Myndigheten": 8}
    assert [sum(hours) for hours in loads.values()] == [12, 8]


def test_what_is_meant_for_new_managers_is_held_against_the_ceiling_for_them(hr, world, year):
    world.program.hours_ceiling = Decimal(10)
    world.program.save()
    event(world.program, hours_per_manager=8)
    training(world.program, "Kurs", year, months=[3], hours_per_manager=4, audiences=["new"])
    found = hr.get(WHEEL).context["found"]
    assert [(row.month, row.hours, row.audience) for row in found.over] == [(3, 12, "new")]
    assert found.peak.hours == 8
    assert hr.get(f"{WHEEL}?audience=new").context["found"].peak.hours == 12
    assert hr.get(f"{WHEEL}?audience=nonsense").context["found"].peak.hours == 8


def test_collisions_are_told_in_words(hr, world, year):
    event(world.program, weeks="10–12")
    for title, weeks in (("Samtalskurs", "10"), ("Arbetsrätt", "11–12")):
        training(world.program, title, year + 1, weeks=weeks)
    response = hr.get(f"{WHEEL}?year={year + 1}")
    assert response.context["found_words"]["ahead"] == [
        "Två utbildningar ligger i samma veckor som lönesamtal (vecka 10–12) för samma chefer: "
        "Samtalskurs och Arbetsrätt."
    ]
    assert hr.get(f"{WHEEL}?year={year - 1}").context["found_words"]["ahead"] == []


@pytest.mark.parametrize("status", ["completed", "stopped"])
def test_what_is_completed_or_stopped_takes_no_time_afterwards(hr, world, year, today, status):
    row = training(world.program, "Kurs", year, deadline=f"{year + 1}-12-31", months=[3], is_recurring=True, hours_per_manager=4)  # fmt: skip
    before = hr.get(f"{WHEEL}?year={year + 1}").context["found"].peak
    done = {"completed_on": today} if status == "completed" else {"comment": "Tar för mycket tid."}
    factories.status(row, status, on=today, deadline=f"{year + 1}-12-31", **done)
    after = hr.get(f"{WHEEL}?year={year + 1}").context["found"].peak
    assert (before.hours, after) == (4, None)


def test_hours_without_a_time_are_told(hr, world, year):
    training(world.program, "Kurs", year, starts=None, deadline="", hours_per_manager=4)
    assert "Kurs" in hr.get(WHEEL).context["found_words"]["unplaced"]


@pytest.mark.parametrize(
    "query", ["year=1800", "year=2²", "year=nonsense", "year=", "activity=x", "activity="]
)
def test_a_strange_address_shows_the_wheel_all_the_same(hr, world, year, query):
    event(world.program)
    response = hr.get(f"{WHEEL}?{query}")
    assert (response.status_code, response.context["found"].year) == (200, year)


# What if


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("change=stop", [("mars", "12", "8", False)]),
        ("change=move&months=1", [("april", "0", "4", False), ("mars", "12", "8", False)]),
        ("change=move&months=-2", [("januari", "0", "4", False), ("mars", "12", "8", False)]),
    ],
)
def test_what_a_change_does_to_the_load(hr, world, year, change, expected):
    world.program.hours_ceiling = Decimal(10)
    world.program.save()
    event(world.program, hours_per_manager=8)
    row = training(world.program, "Kurs", year + 1, months=[3], hours_per_manager=4)
    url = f"{WHEEL}?year={year + 1}&activity=activity-{row.pk}&{change}"
    answer = hr.get(url).context["answer"]
    found = [(m.name.split()[0], m.before, m.after, m.is_over) for m in answer["months"]]
    assert sorted(found) == expected
    assert {m.departments for m in answer["months"]} == {"alla avdelningar"}
    assert f"hamnar mars {year + 1} inom taket" in answer["sentence"]
    row.refresh_from_db()
    assert row.months == [3]


def test_a_what_if_tells_which_collisions_go_and_come(hr, world, year):
    event(world.program, weeks="10–12")
    event(world.program, "Bokslut", months=[4])
    row = training(world.program, "Kurs", year + 1, weeks="10")
    answer = hr.get(f"{WHEEL}?year={year + 1}&activity=activity-{row.pk}&change=move&months=1").context[
        "answer"
    ]
    assert ["lönesamtal" in text for text in answer["gone"]] == [True]
    assert ["bokslut" in text for text in answer["new"]] == [True]


def test_moving_wants_a_number_of_months(hr, world, year):
    row = training(world.program, "Kurs", year + 1, months=[3], hours_per_manager=4)
    response = hr.get(f"{WHEEL}?year={year + 1}&activity=activity-{row.pk}&change=move")
    assert list(response.context["form"].errors) == ["months"]
    assert response.context["answer"] is None


# Processes and the ceiling


def test_a_process_is_added_changed_and_deleted(hr, world):
    data = {"name": "Budget", "months": ["8", "9"], "weeks": "34–36", "hours_per_manager": "9.5",
            "departments": [world.home.pk], "audiences": ["new"]}  # fmt: skip
    assert hr.post(f"{WHEEL}ny/", data).status_code == 302
    row = AnnualEvent.objects.get()
    assert (row.months, row.weeks, row.hours_per_manager, row.audiences) == ([8, 9], "34–36", Decimal("9.5"), ["new"])  # fmt: skip
    assert list(row.departments.all()) == [world.home]
    hr.post(f"{WHEEL}{row.pk}/", data | {"months": ["9"], "weeks": "", "departments": []})
    row.refresh_from_db()
    assert (row.months, row.weeks, row.departments.count()) == ([9], "", 0)
    hr.post(f"{WHEEL}{row.pk}/ta-bort/")
    assert not AnnualEvent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"weeks": "12–10"}, "weeks",
         "Det här är inga veckor: 12–10. Skriv till exempel 10–12, 40. Ett år har veckorna 1–53."),
        ({"weeks": "40"}, "weeks", "Vecka 40 ligger inte i någon av de valda månaderna."),
        ({"months": [], "weeks": ""}, "months", "Välj månaderna, eller skriv veckorna, då den tar tid."),
        ({"months": ["13"]}, "months", None),
        ({"hours_per_manager": "-1"}, "hours_per_manager", None),
        ({"audiences": ["everybody"]}, "audiences", None),
        ({"name": "Lönesamtal"}, "name", "Det finns redan en process med det här namnet."),
    ],
)  # fmt: skip
def test_wrong_input_is_told_at_its_place_and_kept(hr, world, changes, field, message):
    event(world.program)
    data = {"name": "Budget <b>", "months": ["3"], "weeks": "10"} | changes
    response = hr.post(f"{WHEEL}ny/", data)
    errors = response.context["form"].errors
    assert field in errors or "__all__" in errors
    if message and field in errors:
        assert errors[field] == [message]
    assert AnnualEvent.objects.count() == 1
    assert "Budget &lt;b&gt;" in response.content.decode() or "name" in changes


def test_a_department_of_another_organisation_is_refused(hr, world):
    theirs = world.theirs.departments.get()
    response = hr.post(f"{WHEEL}ny/", {"name": "Budget", "months": ["3"], "departments": [theirs.pk]})
    assert list(response.context["form"].errors) == ["departments"]


def test_the_ceiling_is_set_and_taken_away(hr, world):
    for text, stored in (("24.5", Decimal("24.5")), ("", None)):
        assert hr.post(f"{WHEEL}tak/", {"hours_ceiling": text}).status_code == 302
        world.program.refresh_from_db()
        assert world.program.hours_ceiling == stored
    assert hr.post(f"{WHEEL}tak/", {"hours_ceiling": "0"}).status_code == 200


# The activity's own fields


def test_an_activity_tells_when_it_takes_time(hr, world):
    activity = factories.activity(world.program)
    data = form_data(hr, activity) | {
        "kind": "training", "months": ["3", "10"], "weeks": "10–11, 41", "is_recurring": "on", "audiences": ["new"],
    }  # fmt: skip
    assert hr.post(f"{LIST}{activity.pk}/andra/", data).status_code == 302
    activity.refresh_from_db()
    assert (activity.kind, activity.months, activity.weeks, activity.is_recurring, activity.audiences) == (
        "training", [3, 10], "10–11, 41", True, ["new"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"), [({"weeks": "mars"}, "weeks"), ({"weeks": "40", "months": ["3"]}, "weeks")]
)
def test_an_activity_s_weeks_are_told_at_their_place(hr, world, changes, field):
    activity = factories.activity(world.program)
    response = hr.post(f"{LIST}{activity.pk}/andra/", form_data(hr, activity) | changes)
    assert list(response.context["form"].errors) == [field]


def test_two_editors_of_months_meet(hr, world):
    activity = factories.activity(world.program, months=[3, 4], audiences=["new"])
    data = form_data(hr, activity)
    hr.post(f"{LIST}{activity.pk}/andra/", data | {"months": ["3", "5"], "audiences": []})
    form = hr.post(f"{LIST}{activity.pk}/andra/", data | {"months": ["4"]}).context["form"]
    assert [(row.name, row.saved, row.mine) for row in form.clashes] == [("months", "Mars, Maj", "April")]
    assert [row.name for row in form.taken_in] == ["audiences"]
    again = {key: form.data.getlist(key) for key in form.data}
    hr.post(f"{LIST}{activity.pk}/andra/", again | {"choose-months": "saved"})
    activity.refresh_from_db()
    assert (activity.months, activity.audiences) == ([3, 5], [])


def test_months_that_nobody_touched_are_no_clash(hr, world):
    activity = factories.activity(world.program, months=[3, 10])
    data = form_data(hr, activity)
    hr.post(f"{LIST}{activity.pk}/andra/", data | {"title": "Den ena"})
    form = hr.post(f"{LIST}{activity.pk}/andra/", data | {"weeks": "10"}).context["form"]
    assert (form.clashes, [row.name for row in form.taken_in]) == ([], ["title"])


# The timeline


def fill(world, rows):
    forum = world.ours.forums.get()
    for number in range(rows):
        row = factories.activity(world.program, f"Aktivitet {number}", starts=dt.date(2026, 1, 1))
        Step.objects.create(activity=row, text="Steg", deadline=dt.date(2026, 5, 1))
        FollowUp.objects.create(activity=row, planned_on=dt.date(2027, 1, 20))
        ProcessStep.objects.create(
            program=world.program, text="Dialog", first_day=dt.date(2026, 4, 1), last_day=dt.date(2026, 5, 31), forum=forum,
        )  # fmt: skip
    return forum


@pytest.mark.parametrize("rows", [1, 30])
def test_the_timeline_takes_eleven_queries_whatever_it_holds(hr, world, rows, django_assert_num_queries):
    forum = fill(world, rows)
    Hearing.objects.create(report=factories.report(world.program), forum=forum, held_on=dt.date(2026, 5, 27))
    hr.get(TIMELINE)
    with django_assert_num_queries(11):
        assert hr.get(TIMELINE).status_code == 200


@pytest.mark.parametrize("kind", Kind.values)
def test_every_role_sees_the_timeline_and_the_meetings_it_may(sign_in, world, kind):
    fill(world, 1)
    factories.report(world.program)
    response = sign_in(getattr(world.users, kind)).get(TIMELINE)
    assert response.status_code == 200
    meetings = [item["row"].period for item in response.context["moments"] if item["is_committee"]]
    sees = kind in (Kind.EDITOR, Kind.DIRECTOR, Kind.SECRETARY, Kind.DEPARTMENT_HEAD)
    assert meetings == (["2026H1"] if sees else [])


def test_the_timeline_says_what_it_shows(hr, world, today):
    row = factories.activity(
        world.program, "Kurs", starts=today, deadline=str(today + dt.timedelta(days=90)), on=today
    )
    factories.status(row, "under_way", on=today)
    late = str(today - dt.timedelta(days=1))
    factories.activity(world.program, "Sen", deadline=late, on=today)
    Step.objects.create(activity=row, text="Boka lokal", deadline=today)
    sentences = hr.get(TIMELINE).context["sentences"]
    assert sentences[0] == "1 aktivitet pågår och 1 försenad."
    assert sentences[1].startswith("Närmast väntar en delåtgärd i ”Kurs”, ")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Förr", "Nu", "Utan datum"]),
        ("year=2025", ["Förr"]),
        ("year=2026", ["Nu"]),
        ("year=1999", ["Förr", "Nu", "Utan datum"]),
        ("area=nonsense&year=²", ["Förr", "Nu", "Utan datum"]),
    ],
)
def test_the_timeline_is_filtered_by_year(hr, world, query, expected):
    factories.activity(world.program, "Förr", starts=dt.date(2025, 1, 1), deadline="2025-06-30")
    factories.activity(world.program, "Nu", starts=dt.date(2026, 1, 1), deadline="2026-06-30")
    factories.activity(world.program, "Utan datum", deadline="")
    found = hr.get(f"{TIMELINE}?{query}").context["found"]
    assert [bar.title for bar in found.bars] == expected


def test_the_timeline_is_filtered_by_area_and_those_below_it(hr, world):
    home = world.program.areas.get()
    below = factories.area(world.program, "Under", parent=home, order=1)
    beside = factories.area(world.program, "Bredvid", order=2)
    for title, area in (("A", home), ("B", below), ("C", beside)):
        factories.activity(world.program, title, area=area)
    found = hr.get(f"{TIMELINE}?area={home.pk}").context["found"]
    assert [bar.title for bar in found.bars] == ["A", "B"]
    hidden = world.hidden.areas.get()
    assert len(hr.get(f"{TIMELINE}?area={hidden.pk}").context["found"].bars) == 3


def test_a_picture_of_hundreds_holds_the_nearest_and_says_so(hr, world):
    for number in range(PICTURED + 5):
        factories.activity(world.program, f"Aktivitet {number}", deadline=f"2026-{number % 12 + 1:02}-15")
    response = hr.get(TIMELINE)
    assert len(response.context["found"].pictured) == PICTURED
    assert f"{PICTURED} av {PICTURED + 5}" in response.context["left_out"]
    assert response.content.decode().count("/aktiviteter/") >= PICTURED + 5


def test_bars_end_when_nothing_more_is_done(world, today):
    done, stopped = (factories.activity(world.program, title) for title in ("Klar", "Stoppad"))
    factories.status(done, "completed", on=dt.date(2026, 5, 2), completed_on=dt.date(2026, 5, 1))
    factories.status(stopped, "stopped", on=dt.date(2026, 6, 1), comment="Ingen tid.")
    found = timeline(factories.place(world.program), dt.date(2026, 7, 1))
    assert [(bar.title, bar.last) for bar in found.bars] == [
        ("Klar", dt.date(2026, 5, 1)), ("Stoppad", dt.date(2026, 6, 1)),
    ]  # fmt: skip


def test_unusual_names_are_drawn(hr, world, year):
    event(world.program, "Budget 🎉 <script>")
    training(world.program, "Kurs <script>alert(1)</script> " + "å" * 150, year, months=[3])
    for path in (WHEEL, TIMELINE):
        page = hr.get(path).content.decode()
        assert "<script>alert(1)" not in page
