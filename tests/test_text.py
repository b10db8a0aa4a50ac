"""The plan as text: words become activities that keep their places, and what does not add up is pinned there."""

import datetime as dt

import pytest

from program.models import Activity, Doubt, Passage, Program, Resource
from tests import factories

HOME = "/ostra/chefer/"
NARRATIVE = "Arbetet **pågår**. Grupputveckling startar för alla grupper i höst.\n\n- Vi rekryterar tidigt.\n- Vi lyssnar."
GROUPS = "Grupputveckling startar för alla grupper i höst."


@pytest.fixture
def area(world):
    return factories.area(world.program, "Arbetsklimat", order=2, narrative=NARRATIVE)


def mark_url(area) -> str:
    return f"{HOME}omraden/{area.pk}/markera/"


def new(area, *quotes, **fields) -> dict:
    """What the form sends for a new activity."""
    return {
        "quotes": quotes, "what": "new", "title": "Grupputveckling", "area": area.pk, "status": "planned", "when": "",
    } | fields  # fmt: skip


def passage(area, quote, activity=None) -> Passage:
    return Passage.objects.create(program=area.program, area=area, quote=quote, activity=activity)


def test_sentences_are_chosen_and_then_told_what_they_are(hr, area):
    page = hr.get(mark_url(area))
    assert [row.words for row in page.context["choices"]] == [
        "Arbetet pågår.", GROUPS, "Vi rekryterar tidigt.", "Vi lyssnar.",
    ]  # fmt: skip
    form = hr.get(f"{mark_url(area)}?s=1&s=99&s=x&go=1").context["form"]
    assert form["quotes"].value() == [GROUPS]
    assert form["title"].value() == GROUPS.rstrip(".")
    assert form["area"].value() == area.pk


def test_going_on_with_nothing_ticked_is_told(hr, area):
    assert "Kryssa i minst en mening." in hr.get(f"{mark_url(area)}?go=1").content.decode()


def test_words_become_one_activity_with_several_places(hr, area, today):
    response = hr.post(mark_url(area), new(area, GROUPS, "Vi rekryterar tidigt.", when="hösten 2027"))
    assert response["Location"] == mark_url(area)
    activity = Activity.objects.with_state(today).get()
    assert (activity.title, activity.area, activity.state_status, activity.state_words) == (
        "Grupputveckling", area, "planned", "hösten 2027",
    )  # fmt: skip
    assert sorted(activity.passages.values_list("quote", flat=True)) == [GROUPS, "Vi rekryterar tidigt."]
    page = hr.get(f"{HOME}omraden/{area.pk}/").content.decode()
    assert f'<mark class="measure">{GROUPS}</mark>' in page
    assert "planeras<span" in page


def test_one_activity_stands_in_four_areas(hr, world):
    activity = factories.activity(world.program, "Grupputveckling")
    for number in range(4):
        area = factories.area(world.program, f"Område {number}", narrative=f"Inledning {number}. {GROUPS}")
        data = {"quotes": [GROUPS], "what": "existing", "activity": activity.pk}
        assert hr.post(mark_url(area), data).status_code == 302
    page = hr.get(f"{HOME}aktiviteter/{activity.pk}/")
    assert [row.area.name for row in page.context["passages"]] == [f"Område {number}" for number in range(4)]
    assert "Står på 4 ställen:" in page.content.decode()
    assert [row.title for row in hr.get(f"{HOME}omraden/{area.pk}/").context["records"]] == [
        "Grupputveckling"
    ]
    assert Activity.objects.count() == 1


def test_the_summary_is_marked_and_a_stance_is_no_activity(hr, world):
    Program.objects.filter(pk=world.program.pk).update(summary="Vi kämpar för att behålla medarbetare.")
    url = f"{HOME}programmet/sammanfattning/markera/"
    hr.post(url, {"quotes": ["Vi kämpar för att behålla medarbetare."], "what": "stance"})
    assert (Passage.objects.get().activity, Activity.objects.count()) == (None, 0)
    page = hr.get(f"{HOME}programmet/").content.decode()
    assert (
        '<mark class="stance">Vi kämpar för att behålla medarbetare.</mark> <span class="tag">hållning'
        in page
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"when": "juni 2015"}, (dt.date(2015, 6, 30), "juni 2015")),
        ({"when": "2015-06-01"}, (dt.date(2015, 6, 1), "")),
        ({"when": "när förslagen kom"}, (dt.date(2015, 7, 13), "när förslagen kom")),
        ({}, (dt.date(2015, 7, 13), "dag okänd")),
    ],
)
def test_what_has_been_done_keeps_the_words_of_its_day(hr, world, area, today, fields, expected):
    Program.objects.filter(pk=world.program.pk).update(dated=dt.date(2015, 7, 13))
    hr.post(mark_url(area), new(area, GROUPS, status="completed", **fields))
    activity = Activity.objects.with_state(today).get()
    assert (activity.state_completed_on, activity.state_completed_words) == expected
    assert "har gjorts<span" in hr.get(f"{HOME}omraden/{area.pk}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": ""}, ["title"]),
        ({"area": ""}, ["area"]),
        ({"when": "snart"}, ["when"]),
        ({"status": "completed", "when": "2099"}, ["when"]),
        ({"status": "stopped"}, ["status"]),
        ({"what": "existing"}, ["activity"]),
        ({"quotes": []}, ["quotes"]),
        ({"quotes": ["Detta står inte i texten."]}, ["quotes"]),
    ],
)
def test_wrong_input_is_kept_and_changes_nothing(hr, area, fields, wrong):
    response = hr.post(mark_url(area), new(area, GROUPS) | fields)
    assert list(response.context["form"].errors) == wrong
    assert (Activity.objects.count(), Passage.objects.count()) == (0, 0)


def test_marked_words_cannot_be_marked_again(hr, area):
    passage(area, GROUPS)
    response = hr.post(mark_url(area), new(area, GROUPS))
    assert "är redan märkta" in str(response.context["form"].errors["quotes"])
    assert Passage.objects.count() == 1


def test_another_organisations_area_and_activity_cannot_be_chosen(hr, world, area):
    theirs = factories.activity(world.hidden, "Hemlig aktivitet")
    hidden = world.hidden.areas.first()
    assert hr.get(mark_url(hidden)).status_code == 404
    page = hr.get(f"{mark_url(area)}?s=1&activity={theirs.pk}").content.decode()
    assert "emlig" not in page
    for fields in ({"area": hidden.pk}, {"what": "existing", "activity": theirs.pk}):
        assert hr.post(mark_url(area), new(area, GROUPS) | fields).status_code == 200
    assert Passage.objects.count() == 0


def test_a_mark_is_taken_away_and_the_activity_stays(hr, world, area):
    row = passage(area, GROUPS, factories.activity(world.program))
    url = f"{HOME}textstallen/{row.pk}/ta-bort/"
    assert hr.get(url).status_code == 405
    assert hr.post(url)["Location"] == mark_url(area)
    assert (Passage.objects.count(), Activity.objects.count()) == (0, 1)


def test_words_that_are_gone_from_the_text_are_told_with_a_remedy(hr, world, area):
    activity = factories.activity(world.program)
    passage(area, "Fem tjänster tillsätts.", activity)
    page = hr.get(f"{HOME}omraden/{area.pk}/")
    assert [row.quote for row in page.context["text"].lost] == ["Fem tjänster tillsätts."]
    assert "orden finns inte längre i texten" in page.content.decode()
    assert f"{mark_url(area)}?activity={activity.pk}" in page.content.decode()
    form = hr.get(f"{mark_url(area)}?s=1&activity={activity.pk}").context["form"]
    assert (form["what"].value(), form["activity"].value()) == ("existing", str(activity.pk))


@pytest.mark.parametrize("kind", ["reader", "manager", "department_head", "director"])
def test_others_read_but_do_not_mark(sign_in, world, area, kind):
    client = sign_in(getattr(world.users, kind))
    row = passage(area, GROUPS)
    for path in ("programmet/", f"omraden/{area.pk}/", "stod/"):
        assert client.get(HOME + path).status_code == 200
    for url in (mark_url(area), f"{HOME}programmet/andra/", f"{HOME}programmet/bakgrund/markera/"):
        assert client.get(url).status_code == 403
        assert client.post(url, new(area, "Vi lyssnar.")).status_code == 403
    assert client.post(f"{HOME}textstallen/{row.pk}/ta-bort/").status_code == 403
    assert Passage.objects.count() == 1


def filled(world, rows: int):
    """Areas, each with a text, a mark, a need, an activity and a doubt."""
    for number in range(rows):
        area = factories.area(world.program, f"Område {number}", order=number, narrative=NARRATIVE)
        activity = factories.activity(world.program, f"Aktivitet {number}", area=area)
        passage(area, GROUPS, activity)
        passage(area, "Vi lyssnar.")
        need = factories.need(world.program, f"Behov {number}", area=area)
        need.owners.set([factories.role(world.ours)])
        Doubt.objects.create(
            program=world.program,
            area=area,
            activity=activity,
            text=f"Oklart {number}",
            pinned_on=factories.DAY,
        )
    return area


@pytest.mark.parametrize("rows", [3, 30])
def test_the_plan_as_text_takes_eleven_queries(hr, world, rows, django_assert_num_queries):
    filled(world, rows)
    hr.get(f"{HOME}programmet/")
    with django_assert_num_queries(11):
        assert len(hr.get(f"{HOME}programmet/").context["texts"]) == rows + 1


@pytest.mark.parametrize("rows", [3, 30])
def test_an_area_takes_thirteen_queries(hr, world, rows, django_assert_num_queries):
    area = filled(world, 1)
    for number in range(rows):
        activity = factories.activity(world.program, f"Till {number}", area=area)
        passage(area, f"Borta {number}", activity)
        factories.need(world.program, f"Till {number}", area=area)
    with django_assert_num_queries(13):
        assert len(hr.get(f"{HOME}omraden/{area.pk}/").context["records"]) == rows + 1


@pytest.mark.parametrize("rows", [3, 30])
def test_marking_takes_seven_queries(hr, world, rows, django_assert_num_queries):
    text = "\n\n".join(f"Åtgärd {number}." for number in range(rows * 2))
    area = factories.area(world.program, "Text", narrative=text)
    for number in range(rows):
        passage(area, f"Åtgärd {number}.", factories.activity(world.program, f"Aktivitet {number}"))
    with django_assert_num_queries(7):
        assert len(hr.get(mark_url(area)).context["choices"]) == rows * 2


@pytest.mark.parametrize("rows", [3, 30])
def test_support_takes_seven_queries(hr, world, rows, django_assert_num_queries):
    for number in range(rows):
        factories.activity(world.program, f"Kurs {number}", kind="training", hours_per_manager=2)
        Resource.objects.create(
            program=world.program, kind="training", name=f"Stöd {number}", department=world.home
        )
    with django_assert_num_queries(7):
        response = hr.get(f"{HOME}stod/")
    assert response.context["rows"][0].hours == rows * 2


def test_support_tells_none_from_not_recorded(hr, world):
    Resource.objects.create(
        program=world.program, kind="function", name="inga egna", department=world.home, is_none=True
    )
    rows = hr.get(f"{HOME}stod/").context["departments"]
    assert [(row.name, row.state) for row in rows] == [("Hemtjänsten", "none"), ("Myndigheten", "unknown")]
    page = hr.get(f"{HOME}stod/").content.decode()
    assert "inga egna" in page
    assert "inte registrerat" in page


def test_support_stands_beside_what_is_planned(hr, world, today):
    Resource.objects.create(program=world.program, kind="training", name="Ny som chef", audiences=["new"])
    mentors = factories.activity(world.program, "Mentorer", audiences=["new"], hours_per_manager=10)
    factories.activity(world.program, "Nätverk", kind="meeting", hours_per_manager=4)
    factories.activity(world.program, "Rekrytera chefer")
    factories.status(mentors, "under_way")
    everybody, _prospective, beginners, *_rest = hr.get(f"{HOME}stod/").context["rows"]
    assert [item.name for item in everybody.planned] == ["Nätverk"]
    assert [item.name for item in beginners.there] == ["Ny som chef"]
    assert [item.name for item in beginners.under_way] == ["Mentorer"]
    assert (beginners.hours, beginners.with_all) == (10, 14)


def test_support_is_added_with_audience_and_stage_and_without_a_name_when_there_is_none(hr, world):
    url = f"{HOME}uppdrag/stod/ny/"
    data = {"kind": "training", "name": "Grunden", "audiences": ["new"], "stage": "first_year"}
    assert hr.post(url, data)["Location"] == f"{HOME}stod/"
    hr.post(url, {"kind": "function", "department": world.other.pk, "is_none": "on"})
    assert list(Resource.objects.values_list("name", "audiences", "stage", "is_none")) == [
        ("Grunden", ["new"], "first_year", False),
        ("inga egna", [], "", True),
    ]
    assert list(hr.post(url, {"kind": "system"}).context["form"].errors) == ["name"]


def test_the_contradiction_is_pinned_on_top_and_where_it_stands(hr, world, area):
    Program.objects.filter(pk=world.program.pk).update(summary="Fem tjänster som sakkunnig.")
    activity = factories.activity(world.program, "Sakkunniga")
    Passage.objects.create(
        program=world.program, source="summary", quote="Fem tjänster som sakkunnig.", activity=activity
    )
    passage(area, GROUPS, activity)
    url = f"{HOME}uppdrag/oklarhet/ny/"
    data = {
        "text": "Fem i sammanfattningen, fyra i texten.",
        "activity": activity.pk,
        "pinned_on": "2026-03-01",
    }
    assert hr.post(url, data)["Location"] == f"{HOME}aktiviteter/{activity.pk}/"
    doubt = Doubt.objects.get()
    page = hr.get(f"{HOME}programmet/")
    assert [text.title for text in (*page.context["head"], *page.context["texts"]) if text.doubts] == [
        "Sammanfattning", "Arbetsklimat",
    ]  # fmt: skip
    assert page.content.decode().count(f'href="#oklarhet-{doubt.pk}"') == 2
    for path in (f"omraden/{area.pk}/", f"aktiviteter/{activity.pk}/"):
        assert "Fem i sammanfattningen, fyra i texten." in hr.get(HOME + path).content.decode()


def test_a_doubt_is_settled_with_words(hr, world, today):
    doubt = Doubt.objects.create(program=world.program, text="Fem eller fyra.", pinned_on=factories.DAY)
    url = f"{HOME}uppdrag/oklarhet/{doubt.pk}/"
    data = {"text": "Fem eller fyra.", "pinned_on": "2026-03-01"}
    assert list(hr.post(url, data | {"settled_on": "2026-04-01"}).context["form"].errors) == ["settlement"]
    assert hr.post(url, data | {"settlement": "Fem."})["Location"] == f"{HOME}programmet/"
    doubt.refresh_from_db()
    assert (doubt.settled_on, doubt.settlement) == (today, "Fem.")
    assert 'class="alert attn doubts"' not in hr.get(f"{HOME}programmet/").content.decode()


def program_data(hr, **fields) -> dict:
    form = hr.get(f"{HOME}programmet/andra/").context["form"]
    return {name: form[name].value() or "" for name in form.fields} | fields


def test_the_texts_of_the_plan_are_changed_and_the_second_writer_is_told(hr, world):
    mine, theirs = program_data(hr, background="## Nu\n\nMin."), program_data(hr, summary="Deras.")
    url = f"{HOME}programmet/andra/"
    assert hr.post(url, theirs)["Location"] == f"{HOME}programmet/"
    form = hr.post(url, mine).context["form"]
    assert "Någon annan ändrade detta medan du skrev." in form.non_field_errors()[0]
    program = Program.objects.get(pk=world.program.pk)
    assert (program.background, program.summary) == ("", "Deras.")
    hr.post(url, mine | {"seen": form["seen"].value(), "standing_questions": "Gör vi det vi säger?"})
    page = hr.get(f"{HOME}programmet/").content.decode()
    assert "<h3>Nu</h3>" in page
    assert "<li>Gör vi det vi säger?</li>" in page


def test_what_is_being_written_is_kept_as_a_draft(hr, world, area):
    for path, key in (
        ("programmet/andra/", f"program:{world.program.pk}"),
        (f"uppdrag/omrade/{area.pk}/", f"omrade:{area.pk}"),
    ):
        data = {"_draft_key": key, "_draft_title": "x", "_draft_url": HOME + path, "background": "Ett utkast",
                "narrative": "Ett utkast"}  # fmt: skip
        assert hr.post("/ostra/-/utkast/", data).status_code == 200
        assert "Ett utkast" in hr.get(HOME + path).content.decode()


def test_an_area_shows_what_is_referred_and_what_belongs_elsewhere(hr, world, area):
    factories.activity(world.program, "Lagstiftning", area=area, referred_to="Regeringen")
    factories.activity(world.program, "Kultur", area=area, part_of="Förändringsarbetet")
    response = hr.get(f"{HOME}omraden/{area.pk}/")
    assert [row.title for row in response.context["referred"]] == ["Lagstiftning"]
    assert [row.part_of for row in response.context["elsewhere"]] == ["Förändringsarbetet"]
    assert "inget svar noterat" in response.content.decode()


def test_a_document_is_dated_in_words_or_not_at_all(hr, world):
    url = f"{HOME}uppdrag/underlag/ny/"
    hr.post(url, {"title": "Rapport", "number": "2", "dated": "maj 2024"})
    hr.post(url, {"title": "Utredning", "number": "1", "dated": ""})
    assert list(world.program.documents.values_list("number", "dated", "dated_words")) == [
        (1, None, ""),
        (2, dt.date(2024, 5, 1), "maj 2024"),
    ]
    assert "redan ett beslutsunderlag" in hr.post(url, {"title": "Till", "number": "1"}).content.decode()
    page = hr.get(f"{HOME}programmet/").content.decode()
    assert "1. Utredning" in page
    assert "maj 2024" in page


def test_an_area_without_a_text_shows_its_activities_instead(hr, world, area):
    factories.activity(world.program, "I text", area=area)
    factories.activity(world.program, "I lista", area=world.program.areas.exclude(pk=area.pk).get())
    page = hr.get(f"{HOME}programmet/")
    assert [row.title for rows in page.context["listed"].values() for row in rows] == ["I lista"]
    assert "I lista</a>" in page.content.decode()
