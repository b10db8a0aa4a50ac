"""The demo's three other programmes: the sources' figures, dates and doubts, each plan loaded alone."""

import datetime as dt
from collections import Counter

import pytest

from demo.loader.plan import load_plan
from demo.loader.read import read
from metrics.models import Observation
from program.models import (
    FollowUp,
    Passage,
    StatusUpdate,
    Step,
)
from ui import richtext

pytestmark = pytest.mark.django_db


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


def test_the_text_plan_promises_figures_every_month_and_the_source_has_none(text_plan):
    promised = text_plan.indicators.filter(promised="varje månad")
    assert [row.name for row in promised] == [
        "Sjukfrånvaro, kort", "Sjukfrånvaro, lång", "Personalomsättning per verksamhet",
        "Personalomsättning i förvaltningen", "Rekryteringsbehov", "Arbetsbelastning",
    ]  # fmt: skip
    values = Observation.objects.filter(indicator__in=promised)
    assert values.exists()
    assert not values.filter(is_example=False).exists()
    assert not values.filter(indicator__name="Arbetsbelastning").exists()


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


def test_the_conditions_keep_who_said_what_when_apart(conditions):
    held = {
        dialogue.title: (dialogue.kind, dialogue.held_words or dialogue.held_on.isoformat(), dialogue.stage)
        for dialogue in conditions.dialogues.all()
    }
    assert held == {
        "Genomlysning av gruppchefernas arbetssituation": ("review", "våren 2018", "published"),
        "Chefsenkäten, socialförvaltningen": ("review", "hösten 2018", "published"),
        "Chefsenkäten, äldre- och omsorgsförvaltningen": ("review", "hösten 2018", "published"),
        "Workshop med förvaltningens ledningsgrupp": ("workshop", "2019-01-29", "published"),
    }
    asked = conditions.dialogues.filter(invited__isnull=False).order_by("invited")
    assert list(asked.values_list("invited", "answered")) == [(4, 4), (28, 25)]
    workshop = conditions.dialogues.get(kind="workshop")
    assert len(workshop.summary.splitlines()) == 6
    said = [
        (dialogue.statements.count(), dialogue.statements.exclude(owners=None).distinct().count())
        for dialogue in (workshop, conditions.dialogues.get(held_words="våren 2018"))
    ]
    assert said == [(25, 24), (17, 0)]
    assert {row.kind for row in workshop.statements.all()} == {"need"}
    both = workshop.statements.get(label="Ekonomi och uppföljning")
    assert [role.name for role in both.owners.order_by("pk")] == ["Förvaltning", "Kommunledning", "HR"]


def test_the_conditions_report_a_prioritisation_with_what_is_unknown(conditions):
    ballot = conditions.ballots.get()
    assert (ballot.is_reported, ballot.voters, ballot.stage) == (True, None, "published")
    assert [(row.text, row.reported_percent) for row in ballot.options.all()] == [
        ("Digitalisering", 42),
        ("Kompetensförsörjning", 28),
        ("Demografiutveckling", None),
        ("Psykisk ohälsa", 11),
        ("HSL", None),
        ("Segregation", None),
    ]
