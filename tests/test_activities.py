"""HR edits the programme: the list, its rows, one activity, and two people at once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from program.actions import record_status
from program.models import Activity, Status, StatusUpdate
from tests import factories

LIST = "/ostra/chefer/aktiviteter/"


def titles(response) -> list[str]:
    return [row.record.title for row in response.context["table"].paginated_rows]


@pytest.mark.parametrize("rows", [3, 60])
def test_list_takes_ten_queries_whatever_it_holds(hr, world, rows, django_assert_num_queries):
    role = factories.role(world.ours)
    for number in range(rows):
        factories.activity(world.program, f"Aktivitet {number}", responsible=[role])
    hr.get(LIST)
    with django_assert_num_queries(10):
        response = hr.get(LIST)
    assert len(titles(response)) == min(rows, 50)


@pytest.mark.parametrize("rows", [3, 60])
def test_edit_form_takes_twelve_queries(hr, world, rows, django_assert_num_queries):
    for number in range(rows):
        activity = factories.activity(world.program, f"Aktivitet {number}")
    with django_assert_num_queries(12):
        hr.get(f"{LIST}{activity.pk}/andra/")


def test_saving_takes_at_most_22_queries(hr, world, django_assert_max_num_queries):
    role, need = factories.role(world.ours), factories.need(world.program)
    activity = factories.activity(world.program, responsible=[role])
    data = form_data(hr, activity) | {
        "title": "Ny rubrik",
        "needs": [need.pk],
        "departments": [world.home.pk],
    }
    with django_assert_max_num_queries(22):
        response = hr.post(f"{LIST}{activity.pk}/andra/", data)
    assert response.status_code == 302


def form_data(client, activity) -> dict:
    """What a browser would send back of an untouched edit form."""
    form = client.get(f"{LIST}{activity.pk}/andra/").context["form"]
    data = {"revision": activity.revision}
    for name in form.fields:
        value = form[name].value()
        if value in (None, "", []) or name == "revision":
            value = [] if isinstance(value, list) else ""
        if name != "revision":
            data[f"initial-{name}"] = value
            if value is not False:
                data[name] = value
    return data


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=completed", ["Klar"]),
        ("standing=late", ["Försenad"]),
        ("standing=due", ["Snart"]),
        ("q=försen", ["Försenad"]),
        ("q=finns+inte", []),
        ("area=999999", ["Försenad", "Klar", "Snart"]),
        ("status=nonsense&page=99&sort=nonsense", ["Försenad", "Klar", "Snart"]),
    ],
)
def test_filters_choose_rows(hr, world, today, query, expected):
    start = today - dt.timedelta(days=90)
    factories.activity(world.program, "Försenad", deadline=str(today - dt.timedelta(days=1)), on=start)
    factories.activity(world.program, "Snart", deadline=str(today + dt.timedelta(days=60)), on=start)
    done = factories.activity(world.program, "Klar", deadline=str(today - dt.timedelta(days=9)), on=start)
    factories.status(done, "completed", on=today, completed_on=today)
    assert sorted(titles(hr.get(f"{LIST}?{query}"))) == expected


def test_filters_by_department_and_role(hr, world):
    role = factories.role(world.ours, "Ekonomichef")
    factories.activity(world.program, "Vår", departments=[world.home], responsible=[role])
    factories.activity(world.program, "Deras", departments=[world.other])
    factories.activity(world.program, "Allas")
    assert sorted(titles(hr.get(f"{LIST}?department={world.home.pk}"))) == ["Allas", "Vår"]
    assert titles(hr.get(f"{LIST}?responsible={role.pk}")) == ["Vår"]


def test_titles_sort_in_swedish_order(hr, world):
    for title in ("Ärende", "Åtgärd", "Zon", "ö-trafik", "Arbete", "ånger"):
        factories.activity(world.program, title)
    assert titles(hr.get(f"{LIST}?sort=title")) == ["Arbete", "Zon", "ånger", "Åtgärd", "Ärende", "ö-trafik"]
    assert titles(hr.get(f"{LIST}?sort=-title"))[0] == "ö-trafik"


def test_htmx_gets_the_results_alone(hr, world):
    factories.activity(world.program)
    page = hr.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "Rimliga chefsområden" in page


def test_adding_an_activity_starts_it_as_planned(hr, world, today):
    area = world.program.areas.first()
    data = {
        "title": "Ny <script>alert(1)</script>",
        "area": area.pk,
        "level": "leader",
        "deadline_text": "hösten 2027",
    }
    response = hr.post(f"{LIST}ny/", data, follow=True)
    update = StatusUpdate.objects.get()
    assert (update.status, update.deadline, update.deadline_words) == (
        "planned",
        dt.date(2027, 11, 30),
        "hösten 2027",
    )
    assert update.by == world.users.editor
    page = response.content.decode()
    assert "<script>alert(1)" not in page
    assert "hösten 2027" in page


def row_data(activity, **changes) -> dict:
    return {
        "revision": activity.revision,
        "status": "under_way",
        "deadline": "2026-12-31",
        "comment": "",
    } | changes


def test_a_row_is_changed_in_place(hr, world, today):
    role = factories.role(world.ours)
    activity = factories.activity(world.program)
    url = f"{LIST}{activity.pk}/rad/"
    assert "<form" in hr.get(url, headers={"HX-Request": "true"}).content.decode()
    data = row_data(activity, deadline="våren 2027", responsible=[role.pk])
    response = hr.post(url, data, headers={"HX-Request": "true"})
    assert "våren 2027" in response.content.decode()
    state = Activity.objects.with_state(today).get()
    assert (state.state_status, state.state_deadline) == ("under_way", dt.date(2027, 5, 31))
    assert list(state.responsible.all()) == [role]


def test_a_row_without_javascript_comes_back_to_the_filtered_list(hr, world):
    activity = factories.activity(world.program)
    back = f"{LIST}?standing=late"
    response = hr.get(f"{LIST}{activity.pk}/rad/", headers={"Referer": f"http://testserver{back}"})
    assert response.context["back"] == back
    response = hr.post(f"{LIST}{activity.pk}/rad/", row_data(activity, next=back))
    assert response["Location"] == back
    activity.refresh_from_db()
    response = hr.post(f"{LIST}{activity.pk}/rad/", row_data(activity, next="https://elsewhere.example/"))
    assert response["Location"] == LIST


def test_stopping_wants_a_reason(hr, world, today):
    activity = factories.activity(world.program)
    response = hr.post(f"{LIST}{activity.pk}/lage/", row_data(activity, status="stopped"))
    assert response.context["form"].errors == {"comment": ["Skriv varför aktiviteten stoppas."]}
    response = hr.post(
        f"{LIST}{activity.pk}/lage/", row_data(activity, status="stopped", comment="Tar för mycket tid.")
    )
    assert response.status_code == 302
    assert Activity.objects.with_state(today).get().state_status == "stopped"


def test_completing_without_a_day_means_today(hr, world, today):
    activity = factories.activity(world.program)
    hr.post(f"{LIST}{activity.pk}/lage/", row_data(activity, status="completed"))
    assert Activity.objects.with_state(today).get().state_completed_on == today


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"deadline": "2025-13-40"},
            "deadline",
            "Datumet finns inte: 2025-13-40. Skriv till exempel 2025-12-31, hösten 2025 eller 2025H2.",
        ),
        (
            {"status": "completed", "completed_on": "2999-01-01"},
            "completed_on",
            "Dagen ligger framåt i tiden.",
        ),
        (
            {"comment": "rad ett\nrad\x07två"},
            "comment",
            "Rad 2 innehåller ett osynligt styrtecken (kod U+0007). Ta bort det och spara igen.",
        ),
    ],
)
def test_wrong_input_is_told_at_its_place_and_changes_nothing(hr, world, changes, field, message):
    activity = factories.activity(world.program)
    response = hr.post(f"{LIST}{activity.pk}/lage/", row_data(activity, **changes))
    assert response.context["form"].errors == {field: [message]}
    assert activity.updates.count() == 1
    activity.refresh_from_db()
    assert activity.revision == 1


def test_text_of_100000_characters_is_refused_and_kept(hr, world):
    activity = factories.activity(world.program)
    long = "å" * 100_000
    response = hr.post(f"{LIST}{activity.pk}/andra/", form_data(hr, activity) | {"measure": long})
    assert list(response.context["form"].errors) == ["measure"]
    assert long in response.content.decode()


@pytest.mark.parametrize("text", ["Grattis 🎉", "مرحبا بالعالم", "<b>fet</b> & 'citat'", "a\tb"])
def test_unusual_text_is_kept_as_it_is(hr, world, text):
    activity = factories.activity(world.program)
    hr.post(f"{LIST}{activity.pk}/andra/", form_data(hr, activity) | {"measure": text})
    activity.refresh_from_db()
    assert activity.measure == text


def test_a_deadline_before_the_start_is_refused(hr, world):
    area = world.program.areas.first()
    data = {
        "title": "Ny",
        "area": area.pk,
        "level": "leader",
        "starts_text": "2026-05-01",
        "deadline_text": "april 2026",
    }
    response = hr.post(f"{LIST}ny/", data)
    assert response.context["form"].errors == {"deadline_text": ["Slutdatumet ligger före starten."]}


def test_the_second_editor_sees_what_the_first_changed_and_chooses(hr, world):
    activity = factories.activity(world.program, "Första", measure="Åtgärd")
    data = form_data(hr, activity)
    hr.post(f"{LIST}{activity.pk}/andra/", data | {"title": "Den ena", "measure": "Den enas åtgärd"})
    response = hr.post(f"{LIST}{activity.pk}/andra/", data | {"title": "Den andra"})
    form = response.context["form"]
    assert [(row.name, row.saved, row.mine) for row in form.clashes] == [("title", "Den ena", "Den andra")]
    assert [(row.name, row.saved) for row in form.taken_in] == [("measure", "Den enas åtgärd")]
    activity.refresh_from_db()
    assert (activity.title, activity.measure) == ("Den ena", "Den enas åtgärd")

    again = {key: form.data.getlist(key) for key in form.data}
    hr.post(f"{LIST}{activity.pk}/andra/", again | {"choose-title": "mine"})
    activity.refresh_from_db()
    assert (activity.title, activity.measure) == ("Den andra", "Den enas åtgärd")


def test_the_second_editor_may_choose_the_saved(hr, world):
    activity = factories.activity(world.program, "Första")
    data = form_data(hr, activity)
    hr.post(f"{LIST}{activity.pk}/andra/", data | {"title": "Den ena"})
    form = hr.post(f"{LIST}{activity.pk}/andra/", data | {"title": "Den andra"}).context["form"]
    again = {key: form.data.getlist(key) for key in form.data}
    hr.post(f"{LIST}{activity.pk}/andra/", again | {"choose-title": "saved"})
    activity.refresh_from_db()
    assert activity.title == "Den ena"


def test_two_status_updates_at_once_do_not_overwrite(hr, world):
    activity = factories.activity(world.program)
    hr.post(f"{LIST}{activity.pk}/lage/", row_data(activity, deadline="2027-01-31"))
    response = hr.post(f"{LIST}{activity.pk}/lage/", row_data(activity, status="completed"))
    assert response.context["form"].is_stale
    assert activity.updates.count() == 2


def test_the_page_shows_who_changed_what(hr, world):
    activity = factories.activity(world.program, "Förr")
    hr.post(f"{LIST}{activity.pk}/andra/", form_data(hr, activity) | {"title": "Nu"})
    change = hr.get(f"{LIST}{activity.pk}/").context["changes"][0]
    assert (change.by, [(field.label, field.old, field.new) for field in change.fields]) == (
        "editor",
        [("rubrik", "Förr", "Nu")],
    )


def test_readers_do_not_see_who_changed(sign_in, world):
    activity = factories.activity(world.program)
    response = sign_in(world.users.reader).get(f"{LIST}{activity.pk}/")
    assert response.status_code == 200
    assert response.context["changes"] == []


def test_steps_and_follow_ups_are_added_and_changed(hr, world):
    activity = factories.activity(world.program)
    hr.post(f"{LIST}{activity.pk}/delatgard/ny/", {"text": "Rekrytera", "deadline_text": "Q1 2027"})
    hr.post(f"{LIST}{activity.pk}/uppfoljning/ny/", {"kind": "evaluation", "planned_text": "2027-04-01"})
    step, follow_up = activity.steps.get(), activity.follow_ups.get()
    assert (step.deadline, step.deadline_words) == (dt.date(2027, 3, 31), "Q1 2027")
    url = f"{LIST}{activity.pk}/uppfoljning/{follow_up.pk}/"
    response = hr.post(url, {"kind": "evaluation", "planned_text": "2027-04-01", "outcome": "Bra"})
    assert "Ange vilken dag den hölls." in response.content.decode()
    hr.post(
        url, {"kind": "evaluation", "planned_text": "2027-04-01", "outcome": "Bra", "held_on": "2027-04-02"}
    )
    assert activity.follow_ups.get().outcome == "Bra"


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "completed", "completed_on": None},
        {"status": "planned", "completed_on": dt.date(2026, 3, 1)},
        {"status": "completed", "completed_on": dt.date(2026, 3, 2)},
        {"status": "stopped", "comment": ""},
    ],
)
def test_the_database_holds_what_a_status_update_must_be(world, fields):
    activity = factories.activity(world.program)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusUpdate.objects.create(activity=activity, on=factories.DAY, **fields)


def test_an_action_refuses_what_the_form_would(world):
    activity = factories.activity(world.program)
    with pytest.raises(ValidationError):
        record_status(
            activity=activity, status=Status.STOPPED, deadline=None, completed_on=None, comment="",
            on=factories.DAY, by=None,
        )  # fmt: skip
    assert activity.updates.count() == 1


def test_a_state_is_the_latest_update_on_or_before_the_day(world):
    activity = factories.activity(world.program, on=dt.date(2026, 1, 10))
    factories.status(activity, "under_way", on=dt.date(2026, 2, 10))
    states = [
        Activity.objects.with_state(dt.date(2026, month, day)).get().state_status
        for month, day in ((1, 9), (1, 10), (2, 9), (2, 10))
    ]
    assert states == [None, "planned", "planned", "under_way"]


@pytest.mark.parametrize(
    "noun", ["arbetsgang", "omrade", "samverkan", "risk", "underlag", "stod", "oklarhet", "del"]
)
def test_the_framework_is_edited(hr, world, noun):
    data = {
        "arbetsgang": {"when": "april–maj 2026", "text": "Dialoger"},
        "omrade": {"name": "Nytt område", "order": "3"},
        "samverkan": {"forum": world.ours.forums.get().pk, "held_on": "2026-04-10"},
        "risk": {"title": "Vakanser", "weight": "large", "seen_on": "2026-04-10"},
        "underlag": {"title": "Rapport", "dated": "2026-04-10"},
        "stod": {"kind": "system", "name": "Beslutsstöd"},
        "oklarhet": {"text": "Fem eller fyra.", "pinned_on": "2026-04-10"},
        "del": {"number": "1", "covers": "Inventering"},
    }[noun]
    response = hr.post(f"/ostra/chefer/uppdrag/{noun}/ny/", data)
    assert response.status_code == 302, response.context["form"].errors


def test_two_needs_with_one_title_are_told_apart_from_an_error(hr, world):
    factories.need(world.program, "Handledning")
    response = hr.post("/ostra/chefer/behov/nytt/", {"title": "Handledning", "level": "leader"})
    assert response.status_code == 200
    assert "Det finns redan ett behov med den här rubriken." in response.content.decode()
