"""The demo: the sources' figures in their places, loaded once, nothing crossing organisations."""

import datetime as dt
import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from demo import loader
from demo.loader.plan import load_plan
from demo.loader.read import read
from dialogues.models import Dialogue, Statement
from organisation.management.commands.check_scope import crossings, owner_path
from organisation.models import Department, Organisation
from program.models import (
    Activity,
    AnnualEvent,
    Audience,
    Clause,
    Document,
    FollowUp,
    Passage,
    ProcessStep,
    Program,
    Resource,
    Stage,
    StatusUpdate,
    Step,
)
from reports.models import Hearing, Release, Report
from ui import richtext

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    """The whole demo with its first two reports frozen: the rest is the same work again."""
    settings.DEBUG = True
    loader.load(frozen=("2024H1", "2024H2"))


@pytest.fixture
def care():
    """The action plan of Helsingborg's vård- och omsorgsförvaltning, alone."""
    return load_plan(read("helsingborg_vof.json"))


@pytest.fixture
def text_plan():
    """The action plan of Helsingborg's socialförvaltning, which is running text, alone."""
    return load_plan(read("helsingborg_sof.json"))


@pytest.fixture
def conditions():
    """Linköping's report on managers' conditions, alone."""
    return load_plan(read("linkoping_soc.json"))


def test_the_demo_carries_the_sources(demo):
    gotland = Program.objects.get(slug="enhetschefer-2024-2027")
    assert [row.slug for row in Organisation.objects.order_by("slug")] == [
        "gotland-sof", "helsingborg-sof", "helsingborg-vof", "linkoping-soc",
    ]  # fmt: skip
    spoken = Statement.objects.filter(dialogue__program=gotland)
    assert (spoken.filter(kind="current").count(), spoken.filter(kind="opportunity").count()) == (95, 52)
    assert Dialogue.objects.filter(published_at__isnull=False).count() == 6
    assert ProcessStep.objects.filter(program=gotland).count() == 8
    assert ProcessStep.objects.get(words="april–maj 2024").last_day == dt.date(2024, 5, 31)
    assert Clause.objects.filter(assignment__program=gotland).count() == 3
    assert gotland.needs.count() == 11
    assert gotland.organisation.guidelines.get().factors.count() == 10
    assert gotland.organisation.guidelines.get().bases.count() == 8
    assert (
        Department.objects.get(code="52001").note == "Avdelningen saknar rubrikrad i källan; namnet är vårt."
    )


def test_support_is_there_with_for_whom_and_none_is_not_the_same_as_not_recorded(demo):
    support = Resource.objects.filter(program__slug="enhetschefer-2024-2027")
    assert Counter(support.values_list("kind", flat=True)) == {
        "training": 10, "forum": 2, "introduction": 1, "governing": 5, "system": 9, "function": 8, "provider": 4,
    }  # fmt: skip
    said = {row.name: (row.audiences, row.stage) for row in support if row.audiences or row.stage}
    assert said == {
        "Ny som chef": (["prospective"], "before"),
        "Grunden som chef": (["new"], "first_year"),
        "Förändringsledarskap": (["new"], "first_year"),
        "Tillitsbaserat ledarskap": (["new", "experienced", "team_leaders"], ""),
        "Introduktionsprogram för nya chefer": (["new"], "first_year"),
    }
    assert support.get(name="Ny som chef").former_name == "Vägen till ledarskap"
    assert set(support.filter(part_of="Grunden som chef").values_list("name", flat=True)) == {
        "Förändringsledarskap",
        "Tillitsbaserat ledarskap",
    }
    none_of_its_own = support.get(department__code="52010")
    assert none_of_its_own.is_none
    assert support.filter(is_none=True).count() == 1
    assert not support.filter(department__code="52001").exists()
    assert support.filter(department__isnull=False, is_none=False).count() == 7
    rows = [*support, *Activity.objects.all(), *AnnualEvent.objects.all()]
    assert {word for row in rows for word in row.audiences} <= set(Audience.values)
    assert {row.stage for row in support} <= {"", *Stage.values}


def test_demo_accounts_have_addresses(django_user_model):
    loader.load(frozen=())
    assert set(django_user_model.objects.values_list("email", flat=True)) == {
        f"{name}@example.org"
        for name in ("hr", "avdelningschef", "direktor", "sekreterare", "enhetschef", "lasare", "admin")
    }


def test_its_span_is_table_3(demo):
    out = StringIO()
    call_command("span", "gotland-sof", as_of="2024-03-31", json=True, stdout=out)
    told = json.loads(out.getvalue())
    totals = told["totals"]
    assert (totals["units"], totals["managers"], totals["employees"]) == (59, 69, 1555)
    assert totals["without_management"] == {"units": 52, "managers": 62, "employees": 1469}
    assert (totals["fte"], totals["stated_fte"]) == ("1497.42", "1498.42")
    assert {(row["where"], row["kind"]) for row in totals["discrepancies"]} == {
        ("Socialnämnden", "error"),
        ("Särskilda boenden", "rounding"),
        ("Hemtjänsten", "rounding"),
        ("Omsorgen om personer med funktionsnedsättning", "rounding"),
        ("Individ- och familjeomsorgen", "rounding"),
    }
    assert sum(row["over_base"] for row in told["units"]) == 12
    assert [row["name"] for row in told["units"] if row["over_largest"]] == ["Tingsbrogården"]


def test_the_working_partys_handling_is_kept_and_flagged(demo):
    hearing = Hearing.objects.get(held_on=dt.date(2024, 5, 29))
    assert (hearing.paragraph, hearing.case_number, hearing.presenter.name) == (
        "§ 73",
        "SON 2024/132",
        "HR-chef",
    )
    late = [document for document in hearing.documents.all() if document.dated > hearing.held_on]
    assert [(document.dated, document.note) for document in late] == [
        (dt.date(2024, 6, 13), "daterad efter arbetsutskottets möte")
    ]
    assert Document.objects.filter(dated=dt.date(2024, 5, 20)).exists()


def test_reports_are_frozen_in_turn(demo):
    assert list(Report.objects.order_by("cut_off").values_list("period", flat=True)) == [
        "2024H1", "2024H2", "2025H1", "2025H2", "2026H1", "2026H2",
    ]  # fmt: skip
    content = json.loads(Release.objects.get(report__period="2024H2").content)
    assert (content["cut_off"], content["previous_cut_off"]) == ("15 november 2024", "31 maj 2024")
    assert content["is_example"] is True


def test_its_activities_tell_a_story_to_this_autumn(demo):
    states = Activity.objects.filter(program__slug="enhetschefer-2024-2027").with_state(dt.date(2026, 11, 22))
    assert states.count() == 26
    assert states.late(dt.date(2026, 11, 22)).count() == 2
    assert states.due(dt.date(2026, 11, 22)).count() == 3
    assert states.filter(state_status="stopped").count() == 1


def test_the_care_plan_has_its_head(care):
    assert (care.dated, care.scope, care.responsible.name) == (
        dt.date(2019, 9, 10), "Hela förvaltningen", "Omsorgsdirektör",
    )  # fmt: skip
    for who in ("Ledarna", "Vision", "verksamhetschefer", "myndighetschef"):
        assert who in care.took_part
    assert [(row.forum.name, row.held_on, row.parties) for row in care.consultations.order_by("pk")] == [
        ("FSG", dt.date(2019, 9, 23), ""),
        ("MBL", dt.date(2019, 9, 23), "Vision"),
    ]
    assert {row.outcome for row in care.consultations.all()} == {"Handlingsplanen fastställdes."}
    assert [(row.number, row.dated, row.dated_words) for row in care.documents.all()] == [
        (1, None, "våren 2019"),
        (2, None, "våren 2019"),
        (3, dt.date(2019, 5, 24), ""),
        (4, dt.date(2019, 5, 24), ""),
        (5, None, ""),
    ]


def test_the_care_plan_has_17_activities_with_their_dates_and_roles(care):
    activities = care.activities.with_state(dt.date(2019, 9, 23))
    assert [row.number for row in activities] == [str(number) for number in range(1, 18)]
    assert {row.state_status for row in activities} == {"planned"}
    end = {1: "2019-12-31", 2: "2020-09-30", 3: "2020-03-31", 4: "2019-11-30", 5: "2019-12-31", 6: "2019-11-30",
           7: "2019-12-31", 8: "2022-12-31", 9: "2019-12-31", 10: "2019-12-31", 11: "2019-11-30",
           12: "2019-12-31", 13: "2022-12-31", 14: "2019-12-31", 15: "2019-12-31", 16: "2020-06-30",
           17: "2020-12-31"}  # fmt: skip
    assert {int(row.number): row.state_deadline.isoformat() for row in activities} == end
    director, hr = {"Omsorgsdirektör"}, {"HR-chef"}
    answers = dict.fromkeys((1, 2, 7, 9, 12, 13, 15), director) | dict.fromkeys((3, 4, 6, 10, 11, 14, 16), hr)
    answers[5] = {"Myndighetschef", "Verksamhetschefer"}
    answers[8] = {"Avdelningschef för digitalisering och välfärdsteknik"}
    answers[17] = set()
    assert {int(row.number): {role.name for role in row.responsible.all()} for row in activities} == answers
    assert [row.number for row in activities if row.joint_responsibility] == ["17"]
    assert care.organisation.roles.get(name="HR-chef").aliases == ["HR chef"]
    per_area = Counter(activities.values_list("area__name", flat=True))
    assert (len(per_area), per_area.pop("Ledarskap"), set(per_area.values())) == (14, 4, {1})


def test_the_care_plan_keeps_its_figures(care):
    state = dict(care.activities.values_list("number", "current_state"))
    assert "Medianen är 40 medarbetare per enhetschef" in state["1"]
    assert "28 enhetschefer har fler än 40" in state["1"]
    assert "12 % läser nyhetsbreven" in state["7"]


def test_the_care_plan_has_29_steps_of_which_8_have_deadlines_of_their_own(care):
    steps = Step.objects.filter(activity__program=care)
    numbered = Counter(steps.exclude(number="").values_list("activity__number", flat=True))
    assert numbered == {"7": 4, "8": 5, "9": 3, "10": 1, "14": 4}
    single = steps.filter(number="").values_list("activity__number", flat=True)
    assert sorted(map(int, single)) == [1, 2, 3, 4, 5, 6, 11, 12, 13, 15, 16, 17]
    assert (steps.count(), sum(numbered.values()), single.count()) == (29, 17, 12)
    own = {
        (row.activity.number, row.number): row.deadline.isoformat()
        for row in steps.filter(deadline__isnull=False).select_related("activity")
    }
    assert own == {
        ("8", "1"): "2022-12-31", ("8", "2"): "2022-12-31", ("8", "3"): "2019-10-31", ("8", "4"): "2019-08-31",
        ("8", "5"): "2019-10-30", ("9", "1"): "2019-12-31", ("9", "2"): "2019-12-06", ("9", "3"): "2019-12-31",
    }  # fmt: skip


def test_the_care_plan_has_three_follow_ups_and_an_evaluation(care):
    rows = FollowUp.objects.filter(activity__program=care).order_by("pk")
    assert [(row.activity.number, row.kind, row.planned_on.isoformat()) for row in rows] == [
        ("3", "follow_up", "2020-12-31"),
        ("6", "follow_up", "2020-04-01"),
        ("6", "evaluation", "2020-10-31"),
        ("15", "follow_up", "2020-12-31"),
    ]


def test_the_care_plan_keeps_what_does_not_add_up(care):
    assert [(row.activity.number, row.settled_on) for row in care.doubts.order_by("pk")] == [
        ("6", None), ("8", None),
    ]  # fmt: skip
    later, early = care.doubts.order_by("pk")
    assert all(words in later.text for words in ("2019-11-30", "2020"))
    assert all(words in early.text for words in ("2019-08-31", "2019-09-10"))


def test_the_care_plans_story_runs_to_2022(care):
    on = dt.date(2023, 1, 1)
    states = care.activities.with_state(on)
    assert Counter(states.values_list("state_status", flat=True)) == {
        "completed": 14, "under_way": 2, "stopped": 1,
    }  # fmt: skip
    assert {row.number for row in states.late(on)} == {"12", "13"}
    told = StatusUpdate.objects.filter(activity__program=care)
    assert (told.earliest("on").on.year, told.latest("on").on.year) == (2019, 2022)
    assert care.organisation.is_example


def _text(passage: Passage) -> str:
    program = passage.program
    return passage.area.narrative if passage.area else getattr(program, passage.source)


def test_the_text_plan_has_nine_areas_whose_text_holds_every_quote(text_plan):
    assert text_plan.dated == dt.date(2015, 7, 13)
    assert [row.name for row in text_plan.areas.all()] == [
        "Personalomsättning", "Hälsa och stress", "Mätning och mål", "Samarbete", "Möten", "Arbetsklimat",
        "Ledarskap och chefskap", "Makt, allianser och relationer", "Strategi och struktur",
    ]  # fmt: skip
    passages = text_plan.passages.select_related("program", "area")
    assert len(passages) == 63
    for row in passages:
        assert row.quote in _text(row)
        assert richtext.held(_text(row), [row.quote]) == {row.quote}
    assert text_plan.activities.filter(passages__isnull=True).count() == 0
    assert passages.filter(activity__isnull=True).count() == 14


@pytest.mark.parametrize(
    ("number", "places"),
    [
        ("7", {"summary", "Hälsa och stress", "Arbetsklimat", "Makt, allianser och relationer"}),
        ("2", {"summary", "Personalomsättning", "Hälsa och stress", "Ledarskap och chefskap"}),
    ],
)
def test_one_measure_stands_in_four_places(text_plan, number, places):
    rows = text_plan.passages.filter(activity__number=number).select_related("area")
    assert {row.area.name if row.area else row.source for row in rows} == places


def test_the_text_plan_says_five_posts_and_four(text_plan):
    said = dict(text_plan.passages.filter(activity__number="2").values_list("area__name", "quote"))
    assert said[None].startswith("5 tjänster som sakkunnig")
    assert said["Personalomsättning"].startswith("Fyra nya sakkunniga")
    doubt = text_plan.doubts.get(area__name="Personalomsättning")
    assert (doubt.places, doubt.activity.number) == (
        "Sammanfattningen (5), Personalomsättning (fyra)", "2",
    )  # fmt: skip


def test_the_text_plan_carries_figures_and_dates_as_words(text_plan):
    assert "10 tjänster" in text_plan.summary
    assert "ca 10 utredningar (augusti 2015)" in text_plan.areas.get(name="Hälsa och stress").narrative
    assert "januari 2015" in text_plan.background
    states = text_plan.activities.with_state(text_plan.dated)
    specialists = states.get(number="2")
    assert (specialists.state_words, specialists.starts_words) == ("hösten 2015", "hösten/vintern 2015")
    assert Counter(states.values_list("state_status", flat=True)) == {
        "planned": 14, "under_way": 10, "completed": 4,
    }  # fmt: skip
    assert {row.state_completed_words for row in states if row.state_completed_on} == {"första halvåret 2015"}
    assert len(text_plan.standing_questions.splitlines()) == 3


def test_the_text_plan_promises_figures_every_month_and_has_none(text_plan):
    promised = text_plan.indicators.filter(promised="varje månad")
    assert [row.name for row in promised] == [
        "Sjukfrånvaro, kort", "Sjukfrånvaro, lång", "Personalomsättning per verksamhet",
        "Personalomsättning i förvaltningen", "Rekryteringsbehov", "Arbetsbelastning",
    ]  # fmt: skip
    assert not promised.filter(observations__isnull=False).exists()


def test_the_conditions_have_needs_per_area_with_their_owners(conditions):
    assert Counter(conditions.needs.values_list("area__name", flat=True)) == {
        "Leda verksamhet": 15, "Leda medarbetare": 9, "Leda förändring": 8, "Leda sig själv": 10,
    }  # fmt: skip
    workshop = conditions.needs.filter(description__endswith="Källa: ledningsgruppens workshop 2019-01-29.")
    review = conditions.needs.filter(description__endswith="Källa: genomlysningen våren 2018.")
    assert (workshop.count(), review.count()) == (25, 17)
    assert [row.title for row in workshop.filter(owners__isnull=True)] == ["Kommunikation"]
    assert not review.filter(owners__isnull=False).exists()
    owners = conditions.needs.get(title="Stödfunktioner för förändring").owners.values_list("name", flat=True)
    assert set(owners) == {"Kommunledning", "Digitaliseringsdirektör", "Förvaltningsledning"}


def test_the_conditions_have_15_activities_some_beyond_their_own_mandate(conditions):
    activities = conditions.activities.all()
    assert [row.number for row in activities] == [str(number) for number in range(1, 16)]
    assert Counter(activities.values_list("area__name", flat=True)) == {
        "Leda verksamhet": 5, "Leda medarbetare": 4, "Leda förändring": 3, "Leda sig själv": 3,
    }  # fmt: skip
    change = activities.filter(part_of="Förvaltningens övergripande förändringsarbete")
    assert {row.number for row in change} == {"1", "2", "5", "6", "7", "8", "12"}
    assert activities.get(number="9").part_of == "Handlingsplanen för det systematiska arbetsmiljöarbetet"
    referred = activities.filter(referred_to__startswith="Kommunledningen")
    assert {row.number for row in referred} == {"3", "4", "10", "11", "14", "15"}
    assert referred.exclude(referral_outcome="").count() == 3
    assert not activities.filter(needs__isnull=True).exists()


def test_nothing_crosses_organisations(demo):
    assert crossings() == {}


def test_a_row_that_crosses_is_found(demo):
    activity = Activity.objects.filter(program__slug="handlingsplan-2019").first()
    activity.departments.add(Department.objects.get(code="52004"))
    with pytest.raises(CommandError, match=r"program.Activity_departments.activity \(1\)"):
        call_command("check_scope", stdout=StringIO())


def test_every_own_model_has_an_owner():
    assert owner_path(Statement) == "dialogue__program__organisation"


def test_loading_again_changes_nothing(demo):
    before = Activity.objects.count()
    out = StringIO()
    call_command("demo", stdout=out)
    assert out.getvalue() == "The demo is there already.\n"
    assert Activity.objects.count() == before


def test_the_demo_is_refused_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="known passwords"):
        call_command("demo")


def test_example_data_is_marked_on_every_page(demo, client, django_user_model):
    client.force_login(django_user_model.objects.get(username="lasare"))
    for path in ("aktiviteter/", "chefsomraden/", "matt/", "rapporter/2024H2/"):
        assert "Exempeldata" in client.get(f"/gotland-sof/enhetschefer-2024-2027/{path}").content.decode(), (
            path
        )
