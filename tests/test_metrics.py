"""Spans of control and indicators, as pages, command and command-line JSON."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from metrics.models import Assessment, Headcount
from metrics.readings.queries import readings
from metrics.span.queries import span_on
from reports.overview import span_series
from tests import factories
from tests.factories import DAY, place

SPAN, INDICATORS = "/ostra/chefer/chefsomraden/", "/ostra/chefer/matt/"


@pytest.mark.parametrize("units", [1, 40])
def test_span_takes_eight_queries(hr, world, units, django_assert_num_queries):
    factories.headcounts(world.ours, [(world.home, f"10{n:03}", 20 + n, 1) for n in range(units)])
    with django_assert_num_queries(8):
        response = hr.get(SPAN)
    assert len(response.context["found"].span.units) == units


def test_span_says_the_finding_and_its_basis(hr, world):
    factories.headcounts(
        world.ours, [(world.home, "1", 41, 1), (world.home, "2", 31, 1), (world.home, "3", 56, 2)]
    )
    page = hr.get(SPAN).content.decode()
    assert "Två av tre chefsområden ligger över grundtalet; ett ligger över grundtalet plus 10." in page
    assert "Tillsvidareanställda." in page
    assert "inte bedömt" in page


def test_span_sorts_by_people_per_manager(hr, world):
    factories.headcounts(
        world.ours, [(world.home, "1", 20, 1), (world.home, "2", 56, 2), (world.home, "3", 30, 1)]
    )
    rows = hr.get(f"{SPAN}?sort=-per_manager").context["table"].rows
    assert [row.record.unit.code for row in rows] == ["3", "2", "1"]


def test_span_without_headcounts_invites(hr, world):
    assert "Inga personalsiffror är registrerade ännu." in hr.get(SPAN).content.decode()


def test_an_assessment_stands_beside_the_base(hr, world):
    report = factories.headcounts(world.ours, [(world.home, "1", 33, 1)])
    unit = report.headcounts.get().unit
    url = f"{SPAN}{unit.pk}/bedomning/"
    assert (
        "Riktlinjen medger högst 10"
        in hr.post(url, {"adjustment": 11, "motivation": "Samlad"}).content.decode()
    )
    assert hr.post(url, {"adjustment": 5, "motivation": ""}).status_code == 200
    hr.post(url, {"adjustment": 5, "motivation": "Samlad grupp"})
    hr.post(url, {"adjustment": 2, "motivation": "Ny bedömning"})
    (row,) = hr.get(SPAN).context["found"].span.units
    assert (row.assessed, row.over_assessed, row.over_base) == (32, True, True)
    assert Assessment.objects.count() == 2


def test_span_is_as_it_stood_on_the_day(world):
    factories.headcounts(world.ours, [(world.home, "1", 33, 1)], as_of=dt.date(2025, 3, 1))
    here = place(world.program)
    assert span_on(here, dt.date(2025, 2, 28)) is None
    assert span_on(here, dt.date(2026, 1, 1)).as_of == dt.date(2025, 3, 1)


def test_the_overviews_count_is_the_pages_count(world):
    factories.headcounts(
        world.ours, [(world.home, "1", 61, 2), (world.home, "2", 60, 2), (world.home, "3", 31, 1)]
    )
    here = place(world.program)
    (point,) = span_series(here, DAY)
    assert point.over_base == span_on(here, DAY).span.over_base == 2


def test_span_command_prints_json(world):
    factories.headcounts(world.ours, [(world.home, "1", 56, 2)])
    out = StringIO()
    call_command("span", "ostra", as_of="2026-03-31", json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["units"] == [
        {
            "code": "1", "name": "Enhet 1", "department": "Hemtjänsten", "managers": 2, "employees": 56,
            "per_manager": "28.00", "base": 30, "largest": 40, "over_base": False, "over_largest": False,
            "assessed": None, "over_assessed": None,
        }
    ]  # fmt: skip
    assert list(told["totals"]) == [
        "units", "managers", "employees", "fte", "stated_employees", "stated_fte", "discrepancies",
        "without_management",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("finns-inte", "2026-01-01"), "There is no organisation finns-inte."),
        (("ostra", "2026-13-01"), "--as-of is no day: 2026-13-01"),
        (("ostra", "2020-01-01"), "No headcount on or before 2020-01-01"),
    ],
)
def test_span_command_fails_in_one_line(world, arguments, message):
    with pytest.raises(CommandError, match=message):
        call_command("span", arguments[0], as_of=arguments[1])


def test_a_small_group_is_hidden_and_a_large_one_shown(hr, world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, dt.date(2025, 10, 31), counts=(5, 9, 12))
    factories.observation(indicator, dt.date(2026, 1, 31), counts=(7, 10, 12))
    page = hr.get(INDICATORS).content.decode()
    assert "visas inte (för få svar)" in page
    assert "55,6" not in page
    assert "5 av 9" not in page
    assert "70\u00a0%" in page
    assert "7 av 10 svarade positivt; 12 fick frågan, alltså mellan 58\u00a0% och 75\u00a0% av alla." in page


def test_movement_is_judged_and_explained(world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, dt.date(2024, 10, 31), counts=(40, 60, 69))
    factories.observation(indicator, dt.date(2025, 10, 31), counts=(47, 58, 68))
    (reading,) = readings(place(world.program), dt.date(2026, 1, 1))
    assert (reading.verdict.kind, reading.verdict.reason) == ("unknown", "within_chance")


def test_a_value_after_the_day_is_not_known_yet(world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, dt.date(2026, 1, 31), counts=(20, 40, 40))
    (reading,) = readings(place(world.program), dt.date(2026, 1, 30))
    assert reading.latest is None


def test_mean_age_is_shown_nowhere(sign_in, world):
    factories.headcounts(world.ours, [(world.home, "1", 12, 1)])
    Headcount.objects.update(mean_age="47.3")
    for user in (world.users.editor, world.users.reader):
        assert "47,3" not in sign_in(user).get(SPAN).content.decode()


def test_an_earlier_headcount_can_be_looked_at(hr, world):
    old = factories.headcounts(world.ours, [(world.home, "1", 33, 1)], as_of=dt.date(2025, 3, 1))
    unit = old.headcounts.get().unit
    new = world.ours.headcount_reports.create(as_of=dt.date(2026, 3, 1), basis="Tillsvidareanställda.")
    Headcount.objects.create(report=new, unit=unit, employees=20, fte=20)
    assert hr.get(SPAN).context["found"].as_of == new.as_of
    assert hr.get(f"{SPAN}?per=2025-06-01").context["found"].as_of == old.as_of
    assert hr.get(f"{SPAN}?per=2025-13-40").context["found"].as_of == new.as_of
