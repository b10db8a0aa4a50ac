"""The gate over everything that is published: what is stored, what settles it anew, and attacks on pages and files."""

import datetime as dt
import io
import json
import os
import random
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from metrics import gate
from metrics.models import LinkedAnswers, Observation
from organisation import changes
from organisation.access import Kind
from organisation.models import Unit
from reports import actions as report_actions
from reports import content as c
from reports import outline
from reports.facts import compose
from tests import factories

OCTOBER = dt.date(2025, 10, 31)
GIVES_AWAY, FEW, ALIKE = "would_give_away", "few", "all_alike"
EXAMPLES = int(os.environ.get("LEDSTANG_TABLES", "60")) // 30


@pytest.fixture
def units(world):
    """Four units, two in each department."""
    return [
        Unit.objects.create(department=home, code=f"{home.code}{n}", name=f"Enhet {home.code}{n}")
        for home in (world.home, world.other)
        for n in (1, 2)
    ]


def put(indicator, rows, last_day=OCTOBER, settle=True, **fields):
    """`rows`: (owner, counts or value), the owner None, a department, a unit or a category of a sex breakdown."""
    made = []
    for owner, told in rows:
        group = {"unit": owner} if isinstance(owner, Unit) else {"department": owner}
        if isinstance(owner, str):
            group = {"breakdown": "sex", "category": owner}
        figures = told if isinstance(told, dict) else {"positive": told[0], "answered": told[1]}
        made.append(
            Observation.objects.create(
                indicator=indicator, **{"first_day": last_day.replace(day=1), "last_day": last_day}
                | group | figures | fields,
            )
        )  # fmt: skip
    if settle:
        gate.settle([indicator])
    return made


def answers(rows):
    """What is stored for each row now."""
    stored = dict(Observation.objects.values_list("pk", "withheld"))
    return [stored[row.pk] for row in rows]


# ── what adds up ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_small_department_takes_another_with_it(world):
    third = factories.department(world.ours, "30", "Stöd")
    rows = put(
        factories.indicator(world.program),
        [(None, (60, 100)), (world.home, (3, 6)), (world.other, (10, 20)), (third, (47, 74))],
    )
    assert answers(rows) == ["", FEW, GIVES_AWAY, ""]


def test_what_departments_leave_over_is_protected_too(world):
    """Five answers from nobody's department: the whole less its departments."""
    rows = put(
        factories.indicator(world.program),
        [(None, (62, 105)), (world.home, (30, 50)), (world.other, (30, 50))],
    )
    assert answers(rows)[0] == ""
    assert GIVES_AWAY in answers(rows)[1:]


def test_units_stand_in_for_a_department_without_a_value(world, units):
    rows = put(
        factories.indicator(world.program),
        [(None, (66, 106)), (units[0], (3, 6)), (units[1], (13, 20)), (world.other, (50, 80))],
    )
    assert answers(rows) == ["", FEW, GIVES_AWAY, ""]


def test_numbers_of_managers_are_open_by_level_but_not_by_sex(world):
    indicator = factories.indicator(world.program, kind="count", subject="staffing")
    whole = put(indicator, [(None, {"value": 40})], settle=False)
    levels = put(
        indicator, [(None, {"value": n}) for n in (1,)], settle=False, breakdown="level", category="1"
    )
    sexes = put(indicator, [("kvinnor", {"value": 33}), ("män", {"value": 7})])
    assert answers(whole + levels) == ["", ""]
    assert answers(sexes) == [GIVES_AWAY, FEW]


def test_five_answers_beside_two(world):
    """Departments with positive answers alone under a whole with all five: the two layers protect one another."""
    five = dict(zip(("ones", "twos", "threes", "fours", "fives"), (6, 14, 20, 40, 20), strict=True))
    third = factories.department(world.ours, "30", "Stöd")
    rows = put(
        factories.indicator(world.program),
        [
            (None, five | {"positive": 60, "answered": 100}),
            (world.home, (3, 6)),
            (world.other, (10, 20)),
            (third, (47, 74)),
        ],
    )
    assert answers(rows) == ["", FEW, GIVES_AWAY, ""]


def test_all_fours_and_fives_are_all_alike_for_a_share(world):
    five = {"ones": 0, "twos": 0, "threes": 0, "fours": 12, "fives": 9, "positive": 21, "answered": 21}
    rows = put(factories.indicator(world.program), [(None, five)])
    assert answers(rows) == [ALIKE]


def test_sick_leave_of_a_small_unit(world, units):
    """Rates: n people times the share; the number of people is public, what is hidden is how much they were ill."""
    indicator = factories.indicator(world.program, kind="rate", subject="health", period_kind="monthly")
    rates = [
        (None, "0.0500", 106),
        (units[0], "0.1000", 6),
        (units[1], "0.0450", 20),
        (world.home, "0.0577", 26),
        (world.other, "0.0475", 80),
    ]
    rows = put(indicator, [(who, {"value": Decimal(value), "answered": n}) for who, value, n in rates])
    assert answers(rows) == ["", FEW, GIVES_AWAY, "", ""]


def test_departments_told_for_half_the_wholes_month(world):
    """Other dates do not keep anybody from taking the departments from the whole."""
    third, fourth = (factories.department(world.ours, code, code) for code in ("30", "40"))
    indicator = factories.indicator(world.program)
    whole = put(indicator, [(None, (60, 100))], settle=False)
    told = [(world.home, (20, 40)), (world.other, (22, 30)), (third, (15, 24)), (fourth, (3, 6))]
    parts = put(indicator, told, dt.date(2025, 10, 15), settle=False)
    gate.settle([indicator], periods=[(parts[0].first_day, parts[0].last_day)])
    assert answers(whole) == [""]
    assert sorted(answers(parts)) == ["", "", FEW, GIVES_AWAY]


def test_a_small_groups_value_without_a_number_is_hidden(world):
    """The whole's was published so by its source; a department's size is easily guessed."""
    rows = put(
        factories.indicator(world.program),
        [
            (None, {"value": Decimal("0.6667"), "is_approximate": True}),
            (world.home, {"value": Decimal("0.5")}),
        ],
    )
    assert answers(rows) == ["", FEW]


def test_an_index_does_not_give_a_statement_away(world):
    """Everybody content with one of two statements: the index less the other would tell."""
    index = factories.indicator(world.program, "HME", kind="index")
    items = [
        factories.indicator(world.program, name, kind="mean", index=index, item=name)
        for name in ("meaningful", "learning")
    ]
    counts = [(0, 0, 0, 0, 20), (3, 4, 5, 5, 3)]
    names = ("ones", "twos", "threes", "fours", "fives")
    rows = [
        put(item, [(None, dict(zip(names, five, strict=True)) | {"answered": 20})], settle=False)[0]
        for item, five in zip(items, counts, strict=True)
    ]
    rows += put(index, [(None, {"value": Decimal("77"), "answered": 20})])
    assert answers(rows)[0] == ALIKE
    assert GIVES_AWAY in answers(rows)[1:] or len(items) < 9


def test_a_month_between_two_accumulated_figures(world):
    """Twelve people in March, nine in April's own figures: April is what the two accumulated ones leave."""
    indicator = factories.indicator(world.program, kind="share", subject="health", period_kind="cumulative")
    january = {"first_day": dt.date(2026, 1, 1)}
    march = put(indicator, [(None, (4, 30))], dt.date(2026, 3, 31), settle=False, **january)
    april = put(indicator, [(None, (4, 30))], dt.date(2026, 4, 30), **january)
    assert sorted(answers(march + april)) == ["", GIVES_AWAY]


# ── revisions, drafts, reports ──────────────────────────────────────────────────────────────────────────────


def test_a_replaced_value_does_not_help_to_find_a_hidden_one(world):
    indicator = factories.indicator(world.program)
    third = factories.department(world.ours, "30", "Stöd")
    first = [(None, (60, 100)), (world.home, (3, 6)), (world.other, (10, 20)), (third, (47, 74))]
    old = put(indicator, first)
    new = put(indicator, [(world.other, (11, 22))], revision=2, revision_reason="Sena svar.")
    assert answers(old[2:3]) == [GIVES_AWAY]
    assert answers(new) == [GIVES_AWAY]
    newer = put(indicator, [(None, (61, 102))], revision=2, revision_reason="Sena svar.")
    assert answers(newer) == [""]
    assert answers(old) == [GIVES_AWAY, FEW, GIVES_AWAY, ""]


def test_a_replaced_value_stays_where_nothing_is_hidden(world):
    indicator = factories.indicator(world.program)
    old = put(indicator, [(None, (60, 100)), (world.home, (30, 50)), (world.other, (30, 50))])
    new = put(indicator, [(world.home, (31, 51))], revision=2, revision_reason="Ett sent svar.", settle=False)
    new += put(indicator, [(None, (61, 101))], revision=2, revision_reason="Ett sent svar.")
    assert set(answers(old + new)) == {""}


def test_a_replaced_small_value_is_not_the_whole_less_the_rest(world):
    """Six answered, then twelve; the whole was never revised, so it still tells of the six."""
    indicator = factories.indicator(world.program)
    third = factories.department(world.ours, "30", "Stöd")
    rows = [(None, (60, 100)), (world.home, (3, 6)), (world.other, (10, 20)), (third, (47, 74))]
    old = put(indicator, rows)
    new = put(indicator, [(world.home, (6, 12))], revision=2, revision_reason="Sena svar.")
    assert answers(old)[1] == FEW
    assert {answers(old)[0], *answers(old)[2:], *answers(new)} & {GIVES_AWAY}


def test_drafts_wait_and_are_settled_when_approved(world):
    indicator = factories.indicator(world.program)
    rows = put(indicator, [(None, (30, 50))], state="draft")
    assert answers(rows) == ["pending"]
    Observation.objects.update(state="approved")
    gate.settle([indicator])
    assert answers(rows) == [""]


def test_what_a_frozen_report_shows_is_known_from_then_on(world):
    """The department came later than the report; hiding the whole would hide nothing any more."""
    indicator = factories.indicator(world.program)
    whole = put(indicator, [(None, (60, 100)), (world.home, (40, 60))], dt.date(2026, 4, 30))
    report = factories.report(
        world.program, texts={key: "Text." for key in (*outline.LETTER, *outline.HALF_YEAR)}
    )
    report_actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    report_actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision)
    assert set(Observation.objects.values_list("published_on", flat=True)) == {report.cut_off}
    third = factories.department(world.ours, "30", "Stöd")
    later = put(indicator, [(world.other, (17, 34)), (third, (3, 6))], dt.date(2026, 4, 30))
    assert answers(whole) == ["", ""]
    assert answers(later) == [GIVES_AWAY, FEW]


def test_a_later_revision_of_what_is_out_is_hidden_when_too_small_itself(world):
    indicator = factories.indicator(world.program)
    put(indicator, [(None, (7, 12))])
    Observation.objects.update(published_on=OCTOBER)
    (new,) = put(indicator, [(None, (5, 8))], revision=2, revision_reason="Rättat.")
    assert answers([new]) == [FEW]
    assert Observation.objects.get(revision=1).is_shown


# ── what settles anew ───────────────────────────────────────────────────────────────────────────────────────


def test_the_gate_listens_once():
    assert changes.listeners == [gate.settle_organisation]


def test_a_stricter_threshold_hides_at_once(sign_in, world):
    rows = put(factories.indicator(world.program), [(None, (7, 12))])
    page = "/ostra/-/installningar/"
    client = sign_in(world.users.admin)
    form = client.get(page).context["form"]
    data = {**form.initial, "survey_threshold": 15}
    assert client.post(page, data).status_code == 302
    assert answers(rows) == [FEW]


def test_another_subject_is_judged_by_its_own_threshold(sign_in, world):
    indicator = factories.indicator(world.program)
    rows = put(indicator, [(None, (4, 10))])
    assert answers(rows) == [""]
    page = f"/ostra/chefer/matt/{indicator.pk}/andra/"
    client = sign_in(world.users.editor)
    form = client.get(page).context["form"]
    data = {key: "" if value is None else value for key, value in form.initial.items()} | {
        "subject": "health"
    }
    assert client.post(page, data).status_code == 302
    assert answers(rows) == [FEW]


def test_a_unit_that_moves_changes_the_sums(sign_in, world, units):
    third = units[1]
    indicator = factories.indicator(world.program)
    rows = put(
        indicator,
        [
            (world.home, (30, 46)),
            (units[0], (3, 6)),
            (units[1], (27, 40)),
            (units[2], (30, 50)),
            (units[3], (9, 20)),
        ],
    )
    assert answers(rows)[2] == GIVES_AWAY
    third.department = world.other
    client = sign_in(world.users.admin)
    page = f"/ostra/-/struktur/chefsomrade/{third.pk}/"
    form = client.get(page).context["form"]
    data = {key: value or "" for key, value in form.initial.items()} | {"department": world.other.pk}
    assert client.post(page, data).status_code == 302
    assert answers(rows)[2] == ""


def test_check_disclosure_tells_what_is_too_open(world, capsys):
    (row,) = put(factories.indicator(world.program), [(None, (7, 12))])
    call_command("check_disclosure")
    world.ours.survey_threshold = 15
    world.ours.save()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_disclosure", json=True)
    assert stopped.value.code == 1
    (told,) = json.loads(capsys.readouterr().out.split("today.\n")[1])["too_open"]
    assert (told["observation"], told["organisation"]) == (row.pk, "ostra")
    assert answers([row]) == [""]
    call_command("settle_values")
    assert answers([row]) == [FEW]
    call_command("check_disclosure")


@pytest.mark.parametrize("number", [1, 8])
def test_settling_takes_six_queries(world, number, django_assert_num_queries):
    indicator = factories.indicator(world.program)
    for n in range(number):
        put(indicator, [(None, (7, 12)), (world.home, (1, 2))], dt.date(2026, 1 + n, 28), settle=False)
    with django_assert_num_queries(6):
        gate.settle([indicator])


def test_only_the_periods_asked_for_are_settled(world):
    indicator = factories.indicator(world.program)
    rows = put(indicator, [(None, (7, 12))], settle=False)
    rows += put(indicator, [(None, (7, 12))], dt.date(2026, 1, 31), settle=False)
    gate.settle([indicator], periods=[(rows[1].first_day, rows[1].last_day)])
    assert answers(rows) == ["pending", ""]


# ── linked answers ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("counts", "shown"),
    [((24, 8, 6, 12), True), ((23, 8, 6, 10), False), ((18, 8, 6, 8), True), ((3, 1, 2, 2), False)],
    ids=["all of both surveys", "three answered only once", "ten answered only once", "too few"],
)
def test_linked_answers_beside_the_surveys(world, counts, shown):
    """Those who answered only once are what the linked leave over."""
    indicator = factories.indicator(world.program)
    rows = put(indicator, [(None, (30, 50))], dt.date(2024, 10, 31)) + put(indicator, [(None, (32, 50))])
    both, gained, lost, neither = counts
    linked = LinkedAnswers(
        indicator=indicator, earlier=rows[0].last_day, later=OCTOBER,
        both=both, gained=gained, lost=lost, neither=neither,
    )  # fmt: skip
    waves = Observation.objects.filter(indicator=indicator)
    assert gate.shows_linked(linked, waves, world.ours) is shown


# ── attacks on everything published ─────────────────────────────────────────────────────────────────────────


def published(client, indicator, report):
    """The text of every page and file that tells of values, as this user gets it."""
    base = "/ostra/chefer/matt/"
    sheet = load_workbook(io.BytesIO(client.get(f"{base}excel/").content))
    rows = [row for page in sheet for row in page.iter_rows(values_only=True) if row[0] == indicator.name]
    cells = [str(value) for row in rows for value in row if value is not None]
    told = [
        client.get(address).content.decode() for address in (base, f"{base}{indicator.pk}/", "/ostra/chefer/")
    ]
    return cells, "\n".join([*told, c.to_json(compose(report))])


def drawn(rng, departments, units):
    """Small units, their departments and the whole, as (owner, (positive, answered)); some values are missing."""
    sizes = {unit: rng.choice((4, 7, 13, 22, 31)) for unit in units}
    base = {unit: (rng.randint(0, size), size) for unit, size in sizes.items()}
    rows = list(base.items())
    for home in departments:
        own = [base[unit] for unit in units if unit.department_id == home.pk]
        rows.append((home, tuple(map(sum, zip(*own, strict=True)))))
    rows.append((None, tuple(map(sum, zip(*base.values(), strict=True)))))
    return [row for row in rows if row[0] is None or rng.random() > 0.1]


def is_told(counts, cells, text):
    """Whether a share, or its counts, stand anywhere."""
    positive, answered = counts
    share = f"{100 * positive / answered:.1f}".replace(".", ",")
    is_rare = not share.endswith(",0")  # axes and widths have whole per cents of their own
    said = re.search(rf"(?<![\d,]){positive} av {answered} svarade", text)
    said = said or (is_rare and re.search(rf"(?<![\d,]){share}\u00a0%", text))
    return bool(said) or (str(positive), str(answered)) in set(pairwise(cells))


@pytest.mark.parametrize("seed", range(max(1, EXAMPLES)))
def test_nothing_hidden_stands_on_any_page_or_file(sign_in, world, units, seed):
    """Every role that reads, every page and file; a figure that another shown one has too is not counted."""
    rng = random.Random(seed)
    indicator = factories.indicator(world.program)
    rows = {}
    for day in (dt.date(2024, 10, 31), OCTOBER):
        told = drawn(rng, (world.home, world.other), units)
        rows |= dict(
            zip(put(indicator, told, day, settle=False), (counts for _, counts in told), strict=True)
        )
    old = next(
        row for row in rows if row.last_day == OCTOBER and row.department_id is None and row.unit_id is None
    )
    more = tuple(n + 1 for n in rows[old])
    (new,) = put(indicator, [(None, more)], revision=2, revision_reason="Ett sent svar.")
    rows[new] = more
    report = factories.report(world.program)
    stored = dict(Observation.objects.values_list("pk", "withheld"))
    open_ = {counts for row, counts in rows.items() if not stored[row.pk]}
    shares = {round(100 * positive / answered, 1) for positive, answered in open_}
    hidden = [counts for row, counts in rows.items() if stored[row.pk] and counts not in open_]
    hidden = [counts for counts in hidden if round(100 * counts[0] / counts[1], 1) not in shares]
    assert hidden
    for kind in Kind.values:
        cells, text = published(sign_in(getattr(world.users, kind)), indicator, report)
        assert [counts for counts in hidden if is_told(counts, cells, text)] == []
        assert all(is_told(counts, cells, text) for counts in open_), kind
