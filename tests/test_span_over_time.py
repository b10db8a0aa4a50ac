"""The span over time: page, unit page, Excel, command, report and the indicators worked out from it."""

import datetime as dt
import io
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from metrics.models import Assessment, Guideline, GuidelineBase, Headcount, HeadcountReport, StatedTotal
from metrics.readings.queries import readings
from metrics.span.queries import history_of
from metrics.values.computed import observations_of
from organisation.models import Unit
from reports.facts import compose
from reports.overview import span_series
from tests import factories
from tests.factories import place

SPAN = "/ostra/chefer/chefsomraden/"
FIRST, SECOND = dt.date(2025, 3, 1), dt.date(2026, 3, 1)


def counted(world, units, **fields) -> HeadcountReport:
    """The first headcount: units as (code, employees, managers) in our home department."""
    return factories.headcounts(
        world.ours, [(world.home, *row) for row in units], as_of=fields.pop("as_of", FIRST), **fields
    )


def again(world, units, *, as_of=SECOND, **fields) -> HeadcountReport:
    """A later headcount of units that are there already, by code: {code: (employees, managers)}."""
    report = HeadcountReport.objects.create(
        organisation=world.ours, as_of=as_of, basis="Tillsvidareanställda."
    )
    for code, (employees, managers) in units.items():
        unit = Unit.objects.get(department=world.home, code=code)
        Headcount.objects.create(
            report=report,
            unit=unit,
            **{"employees": employees, "managers": managers, "fte": employees} | fields,
        )
    return report


def version(
    world, valid_from: dt.date, base: int, largest: int = 10, category: str = "Hemtjänsten"
) -> Guideline:
    row = Guideline.objects.create(
        organisation=world.ours, title=f"Riktlinje {valid_from.year}", valid_from=valid_from,
        largest_adjustment=largest,
    )  # fmt: skip
    GuidelineBase.objects.create(guideline=row, category=category, base=base)
    return row


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(("units", "reports"), [(1, 1), (3, 4), (40, 12)])
def test_the_page_takes_eight_queries_however_long_the_history(
    hr, world, units, reports, django_assert_num_queries
):
    counted(world, [(f"10{n:03}", 20 + n, 1) for n in range(units)])
    for number in range(1, reports):
        day = FIRST + dt.timedelta(days=30 * number)
        again(world, {f"10{n:03}": (21 + n, 1) for n in range(units)}, as_of=day)
    with django_assert_num_queries(8):
        response = hr.get(SPAN)
    assert len(response.context["history"].points) == reports


@pytest.mark.parametrize("reports", [1, 5])
def test_a_units_page_takes_eleven_queries(hr, world, reports, django_assert_num_queries):
    counted(world, [("1", 33, 1)])
    for number in range(1, reports):
        again(world, {"1": (33, 1)}, as_of=FIRST + dt.timedelta(days=30 * number))
    url = f"{SPAN}{Unit.objects.get(code='1').pk}/"
    with django_assert_num_queries(11):
        assert hr.get(url).status_code == 200


def test_the_page_tells_median_shares_and_managers_lacking(hr, world):
    counted(world, [("1", 61, 2), ("2", 41, 1), ("3", 20, 1)])
    page = text(hr.get(SPAN))
    assert (
        "Av cheferna leder 75 % (3 av 4) fler medarbetare än grundtalet, och 25 % (1 av 4) fler än riktlinjen medger som mest."
        in page
    )
    assert "Medianen är 30,5 medarbetare per chef" in page
    assert "Två chefer saknas för att alla områden ska komma ned till sina grundtal." in page
    assert "Det är räkning och inte ett förslag" in page


def test_managers_lacking_are_told_against_own_assessments_too(hr, world):
    report = counted(world, [("1", 33, 1), ("2", 31, 1)])
    unit = report.headcounts.get(unit__code="1").unit
    Assessment.objects.create(unit=unit, assessed_on=FIRST, adjustment=5, motivation="Samlad grupp")
    page = text(hr.get(SPAN))
    assert "Två chefer saknas för att alla områden ska komma ned till sina grundtal; räknat mot" in page
    [row, whole] = hr.get(SPAN).context["lacking"]
    assert (row.name, row.lacking, row.lacking_own) == ("Hemtjänsten", 2, 1)
    assert (whole.lacking, whole.lacking_own) == (2, 1)


def test_a_report_is_laid_beside_the_guideline_of_its_own_day(hr, world):
    counted(world, [("1", 28, 1)])
    version(world, dt.date(2026, 1, 1), 25)
    again(world, {"1": (28, 1)})
    history = hr.get(SPAN).context["history"]
    assert [(point.guideline.valid_from.year, point.span.over_base) for point in history.points] == [
        (2023, 0),
        (2026, 1),
    ]
    assert "Riktlinjen ändrades den 1 januari 2026" in text(hr.get(SPAN))


def test_a_category_that_the_new_version_lacks_has_no_base_any_more(world):
    counted(world, [("1", 31, 1)])
    version(world, dt.date(2026, 1, 1), 25, category="Vård och omsorg")
    again(world, {"1": (31, 1)})
    assert [point.over_base for point in span_series(place(world.program), SECOND)] == [1, 0]
    [_old, new] = history_of(place(world.program), SECOND).points
    assert len(new.span.without_base) == 1


def test_a_newer_version_since_the_headcount_is_told(hr, world):
    counted(world, [("1", 28, 1)])
    version(world, dt.date(2025, 6, 1), 25)
    page = text(hr.get(SPAN))
    assert (
        "Det finns en nyare version av riktlinjen. Den gäller personalrapporter från och med 1 juni 2025."
        in page
    )
    assert "Inget av ett chefsområden ligger över grundtalet" in page


def test_a_guideline_without_base_numbers_is_in_force_all_the_same(world):
    counted(world, [("1", 31, 1)])
    Guideline.objects.create(organisation=world.ours, title="Tom", valid_from=dt.date(2024, 1, 1))
    [point] = history_of(place(world.program), FIRST).points
    assert (point.guideline.title, point.span.with_base) == ("Tom", ())


@pytest.mark.parametrize(
    ("assessed_on", "expected"),
    [(FIRST, [35, 35]), (SECOND - dt.timedelta(days=1), [35, 35]), (SECOND, [None, 35])],
)
def test_an_assessment_counts_for_the_report_that_was_the_latest_when_it_was_made(
    world, assessed_on, expected
):
    report = counted(world, [("1", 33, 1)])
    again(world, {"1": (33, 1)})
    Assessment.objects.create(
        unit=report.headcounts.get().unit, assessed_on=assessed_on, adjustment=5, motivation="Samlad"
    )
    history = history_of(place(world.program), dt.date(2026, 6, 1))
    assert [point.span.units[0].assessed for point in history.points] == expected


def test_a_unit_without_base_is_listed_and_never_within(hr, world):
    counted(world, [("1", 41, 1), ("2", 12, 1)])
    Unit.objects.filter(code="2").update(guideline_category="Skolan")
    page = text(hr.get(SPAN))
    assert "Ett av ett chefsområden ligger över grundtalet" in page
    assert "Ett område saknar grundtal och jämförs inte: Enhet 2." in page
    assert "utan grundtal" in page
    assert ">inom<" not in page.split('id="tabell"')[1]


def test_an_earlier_report_shows_the_names_of_its_source(hr, world):
    report = counted(world, [("1", 31, 1)])
    report.headcounts.update(stated_name="Gamla huset")
    again(world, {"1": (30, 1)}, stated_name="Enhet 1")
    earlier, now = text(hr.get(f"{SPAN}?per=2025-03-01")), text(hr.get(SPAN))
    assert ">Gamla huset</a>" in earlier
    assert "heter nu Enhet 1" in earlier
    assert ">Gamla huset</a>" not in now
    assert "tidigare namn: Gamla huset" in now


def test_closed_merged_and_vanished_units_stay_in_history(hr, world):
    counted(world, [("1", 31, 1), ("2", 10, 1), ("3", 11, 1), ("4", 12, 1)])
    into = Unit.objects.get(code="1")
    Unit.objects.filter(code="2").update(closed_on=dt.date(2025, 9, 1), merged_into=into)
    Unit.objects.filter(code="3").update(closed_on=dt.date(2025, 10, 1))
    again(world, {"1": (41, 1)})
    response = hr.get(SPAN)
    assert [line.note for line in response.context["gone_lines"]] == [
        "upphörde 1 september 2025 och uppgick i Enhet 1",
        "upphörde 1 oktober 2025",
        "räknas inte längre; ingen har sagt varför",
    ]
    assert "Områden som har tillkommit: 0. Områden som inte räknas längre: 3." in text(response)
    assert len(hr.get(f"{SPAN}?per=2025-03-01").context["found"].span.units) == 4


def test_assumed_managers_are_told(hr, world):
    counted(world, [("1", 31, 1), ("2", 10, 1)]).headcounts.update(managers_assumed=True)
    assert "I 2 områden säger källan inget om chefer; en chef antas i varje." in text(hr.get(SPAN))


def test_full_time_equivalents_that_are_not_known_are_never_nought(hr, world):
    report = counted(world, [("1", 31, 1), ("2", 10, 1)])
    report.headcounts.filter(unit__code="2").update(fte=None)
    StatedTotal.objects.create(report=report, department=None, employees=41, fte=None)
    again(world, {"1": (31, 1), "2": (10, 1)})
    response = hr.get(SPAN)
    [fte] = [line for line in response.context["whole_lines"] if line.name == "Årsarbetare"]
    assert fte.words == ["–", "41,0"]
    earlier = hr.get(f"{SPAN}?per=2025-03-01")
    assert "summan är inte känd" in text(earlier)
    assert earlier.context["found"].discrepancies == ()
    totals = told(world, as_of="2025-03-01")["totals"]
    assert (totals["fte"], totals["stated_fte"], totals["discrepancies"]) == (None, None, [])


def test_one_headcount_says_that_change_needs_another(hr, world):
    counted(world, [("1", 31, 1)])
    response = hr.get(SPAN)
    assert "Förändring över tid syns när nästa har kommit." in text(response)
    assert "history_charts" not in response.context


def test_from_three_headcounts_on_the_latest_change_is_told_too(hr, world):
    counted(world, [("1", 31, 1), ("2", 10, 1)])
    again(world, {"1": (31, 1), "2": (31, 1)}, as_of=dt.date(2025, 9, 1))
    since = "Sedan personalrapporten före, 1 september 2025, "
    assert "Sedan personalrapporten före" not in text(hr.get(SPAN))
    again(world, {"1": (31, 1), "2": (30, 1)})
    assert f"{since}har andelen gått från 100 % till 50 %." in text(hr.get(SPAN))
    Headcount.objects.filter(unit__code="2").update(employees=30)
    assert f"{since}är andelen oförändrad, 50 %." in text(hr.get(SPAN))


def test_the_tables_show_the_latest_eight_headcounts_and_say_so(hr, world):
    counted(world, [("1", 31, 1)])
    for number in range(1, 10):
        again(world, {"1": (31, 1)}, as_of=FIRST + dt.timedelta(days=30 * number))
    response = hr.get(SPAN)
    assert len(response.context["shown"].days) == 8
    assert "Tabellerna visar de 8 senaste personalrapporterna" in text(response)


def test_a_units_page_tells_its_standing_its_history_and_its_assessments(hr, world):
    counted(world, [("1", 30, 1), ("2", 10, 1)])
    unit = Unit.objects.get(code="1")
    Unit.objects.filter(code="2").update(closed_on=dt.date(2025, 9, 1), merged_into=unit)
    Assessment.objects.create(unit=unit, assessed_on=FIRST, adjustment=5, motivation="Samlad grupp")
    again(world, {"1": (41, 1)}, managers_assumed=True)
    page = text(hr.get(f"{SPAN}{unit.pk}/"))
    assert "5 fler än grundtalet" in page
    assert page.count("bedömt 1 mars 2025") == 2
    assert "Chefer som saknas för att komma ned till grundtalet: 1" in page
    assert "Har uppgått i området:" in page
    assert "(antagen)" in page
    assert page.index("1 mars 2026") < page.index("1 mars 2025")


def test_a_unit_that_was_never_counted_says_so(hr, world):
    unit = Unit.objects.create(department=world.home, code="9", name="Ny enhet")
    assert "Ingen personalrapport räknar området." in text(hr.get(f"{SPAN}{unit.pk}/"))


def test_a_closed_units_page_leads_to_what_it_became(hr, world):
    counted(world, [("1", 30, 1), ("2", 10, 1)])
    into, closed = Unit.objects.get(code="1"), Unit.objects.get(code="2")
    Unit.objects.filter(pk=closed.pk).update(closed_on=dt.date(2025, 9, 1), merged_into=into)
    page = text(hr.get(f"{SPAN}{closed.pk}/"))
    assert "Upphörde 1 september 2025 och uppgick i" in page
    assert f'href="{SPAN}{into.pk}/"' in page
    assert f"{SPAN}{closed.pk}/bedomning/" not in page


@pytest.mark.parametrize("path", ["", "excel/", "{unit}/"])
def test_every_member_reads_and_nobody_else(client, world, path):
    counted(world, [("1", 31, 1)])
    url = SPAN + path.format(unit=Unit.objects.get(code="1").pk)
    for user, status in ((world.users.reader, 200), (world.users.manager, 200), (world.users.outsider, 404)):
        client.force_login(user)
        assert client.get(url).status_code == status
        assert client.post(url).status_code in (404, 405)


def test_another_organisations_unit_is_not_found(hr, world):
    counted(world, [("1", 31, 1)])
    theirs = Unit.objects.create(department=world.theirs.departments.first(), code="1", name="Hemlig enhet")
    assert hr.get(f"{SPAN}{theirs.pk}/").status_code == 404


def test_another_organisations_headcounts_guideline_and_assessments_change_nothing(world):
    counted(world, [("1", 31, 1)])
    theirs = world.theirs.departments.first()
    report = factories.headcounts(world.theirs, [(theirs, "9", 99, 1)], as_of=SECOND, base=5)
    unit = report.headcounts.get().unit
    Assessment.objects.create(unit=unit, assessed_on=SECOND, adjustment=1, motivation="x")
    StatedTotal.objects.create(report=report, department=theirs, employees=1, fte=1)
    history = history_of(place(world.program), SECOND)
    assert (history.days, len(history.versions), history.points[0].stated) == ((FIRST,), 1, ())


def sheets(response) -> dict[str, list[tuple]]:
    book = load_workbook(io.BytesIO(response.content))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_excel_holds_the_day_the_departments_and_the_history(hr, world):
    report = counted(world, [("1", 61, 2), ("2", 20, 1)])
    report.headcounts.filter(unit__code="2").update(fte=None, stated_name="Gamla huset")
    again(world, {"1": (59, 2)})
    found = sheets(hr.get(f"{SPAN}excel/?per=2025-03-01"))
    assert list(found) == ["Område för område", "Per avdelning", "Över tid", "Områden över tid"]
    rows = found["Område för område"]
    head = rows.index(next(row for row in rows if row[0] == "Chefsområde"))
    told = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]
    assert [(row["Chefsområde"], row["Heter nu"], row["Årsarbetare"]) for row in told] == [
        ("Enhet 1", None, 61),
        ("Gamla huset", "Enhet 2", None),
    ]
    assert next(row for row in found["Per avdelning"] if row[0] == "I allt")[5] == 1
    history = next(row for row in found["Områden över tid"] if row[0] == "Enhet 2")
    assert history[1:] == (20, None, "tidigare namn: Gamla huset; räknas inte längre; ingen har sagt varför")
    share = next(row for row in found["Över tid"] if row[0] == "Andel av cheferna över grundtalet")
    assert [round(value, 4) for value in share[1:]] == [0.6667, 0]


def test_excel_never_holds_a_formula_or_a_control_character(hr, world):
    counted(world, [("1", 61, 2)])
    Unit.objects.update(name='=HYPERLINK("http://x")\x0b')
    response = hr.get(f"{SPAN}excel/")
    cells = [
        cell
        for sheet in load_workbook(io.BytesIO(response.content))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=")] == ["s", "s"]
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))


def test_excel_without_headcounts_is_not_found(hr, world):
    assert hr.get(f"{SPAN}excel/").status_code == 404


def told(world, *, as_of: str = "2026-03-31", **options) -> dict:
    out = StringIO()
    call_command("span", "ostra", as_of=as_of, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_the_command_tells_median_shares_and_lacking(world):
    counted(world, [("1", 61, 2), ("2", 41, 1), ("3", 20, 1)])
    found = told(world)
    assert (found["median"], found["lacking"]) == ("30.50", {"to_base": 2, "to_own_assessment": 2})
    assert found["managers_over_base"] == {"count": 3, "of": 4, "share": "0.7500"}
    assert [(row["code"], row["lacking"]["to_base"]) for row in found["departments"]] == [("10", 2)]
    assert "history" not in found


def test_the_command_tells_the_history_when_asked(world):
    counted(world, [("1", 31, 1)])
    again(world, {"1": (30, 1)})
    rows = told(world, history=True)["history"]
    assert [(row["as_of"], row["lacking"]["to_base"], row["units"][0]["per_manager"]) for row in rows] == [
        ("2025-03-01", 1, "31.00"),
        ("2026-03-01", 0, "30.00"),
    ]


def test_mean_age_is_shown_nowhere(hr, world):
    counted(world, [("1", 12, 1)])
    again(world, {"1": (12, 1)})
    Headcount.objects.update(mean_age="47.3")
    unit = Unit.objects.get(code="1")
    report = factories.report(world.program, cut_off=dt.date(2026, 5, 20))
    shown = [
        hr.get(SPAN).content.decode(),
        hr.get(f"{SPAN}{unit.pk}/").content.decode(),
        str(sheets(hr.get(f"{SPAN}excel/"))),
        json.dumps(told(world, history=True)),
        str(compose(report)),
    ]
    assert [("47,3" in page, "47.3" in page) for page in shown] == [(False, False)] * 5


def span_blocks(world) -> list:
    content = compose(factories.report(world.program, cut_off=dt.date(2026, 5, 20)))
    return list(next(section for section in content.sections if section.key == "span").blocks)


def test_the_report_tells_change_and_managers_lacking(world):
    counted(world, [("1", 61, 2), ("2", 10, 1)])
    again(world, {"1": (59, 2)})
    blocks = span_blocks(world)
    tables = {block.caption: block for block in blocks if block.type == "table"}
    assert tables["Chefer som saknas, per avdelning"].rows == (("Hemtjänsten", "30", "1", "0", "2", "0", "0"), (
        "I allt", "30", "1", "0", "2", "0", "0"))  # fmt: skip
    assert tables["Alla chefer över tid"].columns == ("Mått", "1 mars 2025", "1 mars 2026")
    assert ("Andel av cheferna över grundtalet", "66,7\u00a0%", "0\u00a0%") in tables[
        "Alla chefer över tid"
    ].rows
    assert tables["Medarbetare per chef och avdelning över tid"].rows == (("Hemtjänsten", "23,7", "29,5"),)
    assert [bool(block.alt) for block in blocks if block.type == "chart"] == [True] * 3
    bullets = [item for block in blocks if block.type == "bullets" for item in block.items]
    assert "Enhet 2 räknas inte längre; ingen har sagt varför." in bullets


def test_the_report_of_one_headcount_has_no_history(world):
    counted(world, [("1", 31, 1)])
    blocks = span_blocks(world)
    assert [block.type for block in blocks].count("chart") == 1
    assert "Alla chefer över tid" not in [block.caption for block in blocks if block.type == "table"]


def test_the_report_knows_nothing_after_its_cut_off(world):
    counted(world, [("1", 31, 1)])
    again(world, {"1": (30, 1)}, as_of=dt.date(2026, 5, 21))
    assert [block.type for block in span_blocks(world)].count("chart") == 1


def computed(world, kind: str, **fields):
    return factories.indicator(world.program, f"Mått {kind}", subject="staffing", computed=kind, **fields)


def test_computed_indicators_are_the_spans_own_figures(world, django_assert_num_queries):
    counted(world, [("1", 61, 2), ("2", 41, 1), ("3", 20, 1)])
    again(world, {"1": (60, 2), "2": (41, 1), "3": (20, 1)})
    base, largest, middle = (computed(world, kind) for kind in ("over_base", "over_largest", "median_span"))
    asked = factories.indicator(world.program, "Fråga")
    here = place(world.program)
    with django_assert_num_queries(2):
        found = observations_of(here, [base, largest, middle, asked], dt.date(2026, 6, 1))
    assert found.keys() == {base.pk, largest.pk, middle.pk}
    assert [(row.last_day, row.positive, row.answered, row.share) for row in found[base.pk]] == [
        (FIRST, 3, 4, Decimal("0.75")),
        (SECOND, 1, 4, Decimal("0.25")),
    ]
    assert [row.positive for row in found[largest.pk]] == [1, 1]
    assert [row.value for row in found[middle.pk]] == [Decimal("30.50"), Decimal("30.00")]
    assert {(row.pk, row.state, row.withheld, row.is_shown) for rows in found.values() for row in rows} == {
        (None, "approved", "", True)
    }


def test_computed_indicators_know_nothing_after_the_day_and_ask_nothing_in_vain(
    world, django_assert_num_queries
):
    counted(world, [("1", 31, 1)])
    indicator = computed(world, "over_base")
    assert observations_of(place(world.program), [indicator], FIRST - dt.timedelta(days=1)) == {
        indicator.pk: []
    }
    here, asked = place(world.program), factories.indicator(world.program)
    with django_assert_num_queries(0):
        assert observations_of(here, [asked], FIRST) == {}


def test_a_computed_share_of_nobody_is_missing_with_its_reason(world):
    counted(world, [("1", 31, 1)])
    Unit.objects.update(guideline_category="Skolan")
    indicator = computed(world, "over_base")
    [row] = observations_of(place(world.program), [indicator], SECOND)[indicator.pk]
    assert (row.share, row.answered, row.missing_reason) == (None, None, "inget område har ett grundtal")


def test_computed_indicators_of_one_department(world):
    factories.headcounts(world.ours, [(world.home, "1", 31, 1), (world.other, "2", 20, 1)], as_of=FIRST)
    indicator = computed(world, "over_base")
    [row] = observations_of(place(world.program), [indicator], SECOND, department=world.other)[indicator.pk]
    assert (row.positive, row.answered, row.department) == (0, 1, world.other)


def test_computed_figures_move_nothing_that_the_gate_has_stored(world):
    counted(world, [("1", 31, 1)])
    computed(world, "over_base")
    assert [reading.indicator.name for reading in readings(place(world.program), SECOND)] == [
        "Mått over_base"
    ]
