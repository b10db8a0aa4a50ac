"""Headcounts from the HR system's files: read as they are, settled by HR, written once, whole or not at all."""

import csv
import datetime as dt
import io
import json
import time
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from demo.loader.read import day, read
from metrics.headcount_import import actions
from metrics.headcount_import.reading import read_file
from metrics.models import Guideline, GuidelineBase, Headcount, HeadcountFile, HeadcountReport, StatedTotal
from metrics.span.history import in_force, measured
from metrics.span.queries import versions_of
from organisation.access import Kind
from organisation.models import Department, Unit
from program.exchange.tables import NotATable
from tests import factories
from tests.pure.test_headcounts import HEADING, as_rows, as_text

PAGE = "/ostra/chefer/chefsomraden/personalsiffror/"
MARCH = dt.date(2026, 3, 31)
FILE = """Kod;Enhet;Antal;Årsarbetare;Medelålder;Chefer
10;Hemtjänsten;1 055;995,51;47,2;
1001;Nord;1 000;950,50;46,0;40
1002;Syd;30;28,00;48,5;1
1003;Natt;25;17,00;45,0;1
"""


def as_csv(encoding: str = "cp1252", divider: str = ";") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=divider).writerows(cells for _line, cells in as_rows())
    return out.getvalue().encode(encoding)


def as_xlsx(*, as_text: bool = False, rows=None) -> bytes:
    """As a workbook, with numbers as numbers, or as the text that some systems write."""
    book = Workbook()
    sheet = book.active
    for _line, cells in rows or as_rows():
        sheet.append([cell if as_text else _number(cell) for cell in cells])
    if rows is None:
        sheet.merge_cells("A1:C1")  # the title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(cell: str):
    plain = cell.replace("\u00a0", "").replace(",", ".")
    if not plain.replace(".", "", 1).isdigit():
        return cell or None
    return float(plain) if "." in plain else int(plain)


SHAPES = {
    "cp1252": ("t.csv", as_csv()),
    "utf-8-bom": ("t.csv", as_csv("utf-8-sig")),
    "comma": ("t.csv", as_csv("utf-8", ",")),
    "tab": ("t.txt", as_csv("cp1252", "\t")),
    "excel": ("t.xlsx", as_xlsx()),
    "excel-text": ("t.xlsx", as_xlsx(as_text=True)),
    "pdf": ("inklistrad.txt", as_text().encode()),
}


@pytest.fixture
def place(world):
    return factories.place(world.program)


@pytest.fixture
def gotland(place):
    """The departments, base numbers and units of table 3 in our own organisation."""
    base, measures = read("gotland.json"), read("gotland_measures.json")
    owner = place.organisation
    Department.objects.filter(organisation=owner).delete()
    rows = [
        Department(organisation=owner, code=code, name=name, guideline_category=category)
        for code, name, category, *_rest in base["departments"]
    ]
    homes = {row.code: row for row in Department.objects.bulk_create(rows)}
    guideline = Guideline.objects.create(
        organisation=owner, title="Riktlinje", valid_from=day("2023-06-01"), largest_adjustment=10
    )
    GuidelineBase.objects.bulk_create(
        GuidelineBase(guideline=guideline, category=category, base=number)
        for category, number in measures["guidelines"][0]["bases"]
    )
    Unit.objects.bulk_create(
        Unit(department=homes[code[:5]], code=code, name=name)
        for code, name, *_figures in measures["headcounts"]["units"]
    )
    return owner


def planned(place, content: bytes, *, name: str = "p.csv", as_of=MARCH, choices=None):
    return actions.plan_of(read_file(name, content), place, as_of, choices or {})


def read_in(place, content: bytes, *, name: str = "p.csv", as_of=MARCH, choices=None):
    return actions.read_in_headcounts(
        place=place, counts=read_file(name, content), as_of=as_of, basis="Tillsvidareanställda", choices=choices or {}
    )  # fmt: skip


def open_keys(plan) -> list[tuple[str, str]]:
    rows = [(row.count.code, row.wrong) for row in plan.units] + [
        (row.unit.code, row.wrong) for row in plan.gone
    ]
    return [pair for pair in rows + [(row.code, row.wrong) for row in plan.departments.rows] if pair[1]]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_table_3_gives_the_same_figures_in_every_shape(place, gotland, shape):
    name, content = SHAPES[shape]
    report, plan = read_in(place, content, name=name, as_of=dt.date(2024, 3, 31))
    rows = report.headcounts.all()
    assert (len(rows), sum(row.managers for row in rows), sum(row.employees for row in rows)) == (
        59,
        69,
        1555,
    )
    assert sum(row.fte for row in rows) == Decimal("1497.42")
    assert StatedTotal.objects.get(report=report, department=None).fte == Decimal("1498.42")
    assert StatedTotal.objects.filter(report=report).count() == 9
    assert [(row.where, row.kind) for row in plan.discrepancies if row.kind == "error"] == [
        ("Socialnämnd", "error")
    ]
    assert {row.stated - row.computed for row in plan.discrepancies if row.kind == "rounding"} == {
        Decimal("0.01"), Decimal("-0.01"),
    }  # fmt: skip


def over_largest(place, plan) -> list[str]:
    guideline = in_force(versions_of(place), MARCH)
    return [row.unit.name for row in measured(plan.unit_counts, guideline).units if row.over_largest]


def test_without_the_managers_marks_five_more_would_join_tingsbrogarden(place, gotland):
    marked = planned(place, as_text().encode(), name="t.txt")
    assert over_largest(place, marked) == ["Tingsbrogården"]
    unmarked = [(line, cells[:5]) for line, cells in as_rows()]
    plain = planned(place, as_xlsx(rows=unmarked), name="t.xlsx")
    assert len(over_largest(place, plain)) == 6
    assert (len(plain.assumed), len(marked.assumed)) == (59, 52)


@pytest.mark.parametrize("units", [1, 60])
def test_reading_in_takes_as_many_queries_however_many_rows(place, world, units, django_assert_num_queries):
    lines = [f"10{number:03};Enhet {number};{20 + number};20,00;44,0;1" for number in range(units)]
    content = "\n".join([";".join(HEADING), *lines]).encode()
    counts = read_file("p.csv", content)
    with django_assert_num_queries(4):
        actions.plan_of(counts, place, MARCH, {})
    start = time.process_time()
    with django_assert_num_queries(11):
        read_in(place, content)
    assert time.process_time() - start < 1
    with django_assert_num_queries(5):
        actions.plan_of(counts, place, dt.date(2026, 10, 31), {})
    assert Headcount.objects.count() == units


def second(place, **choices):
    """The day half a year after `FILE`, with a file in which a unit is new, one gone, one renamed, one changed."""
    read_in(place, FILE.encode())
    content = FILE.replace("1002;Syd;30", "1004;Söder;31").replace("Natt;25", "Nattpatrullen;27")
    return content.encode(), dt.date(2026, 10, 31), choices


def test_what_is_unclear_stops_the_writing_and_is_named(place):
    content, later, _none = second(place)
    plan = planned(place, content, as_of=later)
    assert open_keys(plan) == [("1004", "choose"), ("1002", "choose")]
    assert [(row.count.code, row.before, row.count.employees) for row in plan.changed] == [
        ("1003", (25, 1), 27)
    ]
    assert [row.count.name for row in plan.renamed] == ["Nattpatrullen"]
    with pytest.raises(actions.Unsettled):
        read_in(place, content, as_of=later)
    assert HeadcountReport.objects.count() == 1


def shared_before(place):
    """40 managers shared Nord; the next file has no column of managers."""
    read_in(place, FILE.encode())
    rows = FILE.replace(";Chefer", "").replace(";40\n", "\n").replace(";1\n", "\n").replace("47,2;", "47,2")
    return rows.encode(), dt.date(2026, 10, 31)


@pytest.mark.parametrize(("said", "managers"), [("40", 40), ("1", 1)])
def test_whether_a_unit_is_still_shared_must_be_chosen(hr, place, said, managers):
    content, later = shared_before(place)
    plan = planned(place, content, as_of=later)
    assert open_keys(plan) == [("1001", "managers_before")]
    assert (plan.units[0].managers, plan.units[0].is_assumed) == (40, False)
    with pytest.raises(actions.Unsettled):
        read_in(place, content, as_of=later)
    page = upload(hr, content, as_of=later.isoformat())["Location"]
    shown = hr.get(page).content.decode()
    assert "40 chefer som förut" in shown
    assert "1 chef nu" in shown
    answer = hr.post(page, {"managers-1001-count": said, "step": "save"}, follow=True)
    hr.post(page, {"managers-1001-count": said, "step": "write", "digest": answer.context["digest"]})
    row = Headcount.objects.get(report__as_of=later, unit__code="1001")
    assert (row.managers, row.managers_assumed) == (managers, False)


def test_the_command_refuses_to_assume_that_a_shared_unit_has_one_manager(place, tmp_path):
    content, later = shared_before(place)
    with pytest.raises(CommandError, match="unit 1001 Nord") as error:
        run(tmp_path, content, as_of="2026-10-31")
    assert "--keep-managers" in str(error.value)
    run(tmp_path, content, "--keep-managers", as_of="2026-10-31")
    assert Headcount.objects.get(report__as_of=later, unit__code="1001").managers == 40


def test_all_that_is_wrong_with_a_choice_is_told_at_once(place):
    content, later, _none = second(place)
    gone = str(Unit.objects.get(code="1002").pk)
    choices = {
        "units": {"1004": {"do": "new", "department": "99", "name": "x" * 121}},
        "gone": {gone: {"do": "merged", "into": "9"}},
    }
    plan = planned(place, content, as_of=later, choices=choices)
    new = next(row for row in plan.units if row.count.code == "1004")
    assert (new.wrong, new.also) == ("department_missing", ("name_bad",))
    assert (plan.gone[0].wrong, plan.gone[0].also) == ("into_missing", ("day",))


def test_a_new_unit_and_a_closed_one(place):
    content, later, _none = second(place)
    gone = Unit.objects.get(code="1002")
    choices = {
        "units": {"1004": {"do": "new", "name": "Söderområdet", "management": "1"}},
        "gone": {str(gone.pk): {"do": "closed", "on": "2026-06-30"}},
    }
    report, _plan = read_in(place, content, as_of=later, choices=choices)
    made = Unit.objects.get(code="1004")
    assert (made.name, made.department.code, made.is_management) == ("Söderområdet", "10", True)
    assert report.headcounts.get(unit=made).stated_name == "Söder"
    gone.refresh_from_db()
    assert (gone.closed_on, gone.merged_into) == (dt.date(2026, 6, 30), None)
    night = report.headcounts.get(unit__code="1003")
    assert (night.unit.name, night.stated_name, night.managers_assumed) == ("Natt", "Nattpatrullen", False)


def test_the_same_unit_under_a_new_code_and_name_keeps_its_history(place):
    content, later, _none = second(place)
    unit = Unit.objects.get(code="1002")
    choices = {
        "units": {"1004": {"do": "is", "unit": str(unit.pk), "department": "20"}},
        "names": {"1004": {"take": "1"}, "1003": {"take": "1"}},
    }
    read_in(place, content, as_of=later, choices=choices)
    unit.refresh_from_db()
    assert (unit.code, unit.name, unit.department.code) == ("1004", "Söder", "20")
    assert list(unit.headcounts.order_by("report__as_of").values_list("employees", flat=True)) == [30, 31]
    assert Unit.objects.get(code="1003").name == "Nattpatrullen"
    assert Unit.objects.filter(department__organisation=place.organisation).count() == 3


def test_a_unit_that_moves_settles_the_gate(place, monkeypatch):
    content, later, _none = second(place)
    told = []
    monkeypatch.setattr("organisation.changes.listeners", [told.append])
    unit = Unit.objects.get(code="1002")
    choices = {
        "units": {"1004": {"do": "is", "unit": str(unit.pk), "department": "20"}},
        "names": {"1004": {"take": "1"}, "1003": {"take": "1"}},
    }
    read_in(place, content, as_of=later, choices=choices)
    assert told == [place.organisation]


def test_a_merged_unit_points_at_the_one_it_merged_into(place):
    content, later, _none = second(place)
    gone = Unit.objects.get(code="1002")
    said = {"do": "merged", "on": "2026-05-31", "into": "1004"}
    choices = {"units": {"1004": {"do": "new"}}, "gone": {str(gone.pk): said}}
    read_in(place, content, as_of=later, choices=choices)
    gone.refresh_from_db()
    assert (gone.merged_into.code, gone.closed_on) == ("1004", dt.date(2026, 5, 31))


@pytest.mark.parametrize(
    ("section", "said", "wrong"),
    [
        ("gone", {"do": "closed", "on": "2026-13-40"}, "day"),
        ("gone", {"do": "closed", "on": "2026-03-30"}, "day"),
        ("gone", {"do": "closed", "on": "2026-11-01"}, "day"),
        ("gone", {"do": "merged", "on": "2026-05-31", "into": "9999"}, "into_missing"),
        ("gone", {"do": "rubbish"}, "choose"),
        ("units", {"do": "is", "unit": "999999"}, "unit_missing"),
        ("units", {"do": "new", "department": "99"}, "department_missing"),
        ("units", {"do": "new", "name": "x" * 121}, "name_bad"),
        ("units", {"do": "new", "name": "Anna 19811218-9876"}, "name_bad"),
    ],
)
def test_a_choice_that_cannot_be_is_told_at_its_place(place, section, said, wrong):
    content, later, _none = second(place)
    gone = str(Unit.objects.get(code="1002").pk)
    choices = {"units": {"1004": {"do": "new"}}, "gone": {gone: {"do": "missing"}}}
    choices[section] = {gone if section == "gone" else "1004": said}
    assert [key for _code, key in open_keys(planned(place, content, as_of=later, choices=choices))] == [wrong]


def test_another_organisations_unit_or_department_is_no_choice(place, world):
    content, later, _none = second(place)
    theirs = Unit.objects.create(department=world.theirs.departments.get(), code="1002", name="Hemlig")
    for said in ({"do": "is", "unit": str(theirs.pk)}, {"do": "new", "department": "99"}):
        plan = planned(place, content, as_of=later, choices={"units": {"1004": said}})
        assert ("1004", "unit_missing" if "unit" in said else "department_missing") in open_keys(plan)
        assert theirs.pk not in {unit.pk for unit in plan.free}


def test_two_rows_cannot_be_the_same_unit(place):
    content, later, _none = second(place)
    content += b"1005;Ny;5;5,00;44,0;1\n"
    pk = str(Unit.objects.get(code="1002").pk)
    choices = {"units": {code: {"do": "is", "unit": pk} for code in ("1004", "1005")}}
    assert open_keys(planned(place, content, as_of=later, choices=choices)) == [
        ("1004", "unit_twice"),
        ("1005", "unit_twice"),
    ]


def test_a_unit_that_a_later_report_counts_cannot_have_closed(place):
    read_in(place, FILE.encode(), as_of=dt.date(2024, 3, 31))
    read_in(place, FILE.encode(), as_of=dt.date(2026, 3, 31))
    between = FILE.replace("1002;Syd;30;28,00;48,5;1\n", "").encode()
    pk = str(Unit.objects.get(code="1002").pk)
    choices = {"gone": {pk: {"do": "closed", "on": "2025-01-31"}}}
    plan = planned(place, between, as_of=dt.date(2025, 3, 31), choices=choices)
    assert open_keys(plan) == [("1002", "counted_later")]


def test_a_row_that_cannot_be_read_stops_until_it_is_left_out(place):
    content = FILE.replace("30;28,00", "trettio;28,00").encode()
    plan = planned(place, content)
    assert (plan.open, [(row.problem.line, row.problem.kind) for row in plan.unread]) == (
        1,
        [(4, "no_figures")],
    )
    report, _plan = read_in(place, content, choices={"lines": {"4": {"out": "out"}}})
    assert sorted(report.headcounts.values_list("unit__code", flat=True)) == ["1001", "1003"]


def test_a_row_that_cannot_be_read_is_not_a_unit_that_is_gone(place):
    read_in(place, FILE.encode())
    plan = planned(place, FILE.replace("30;28,00", "trettio;28,00").encode(), as_of=dt.date(2026, 10, 31))
    assert (plan.gone, plan.open) == ([], 1)


def test_a_marked_unit_wants_its_managers(place):
    content = FILE.replace("1003;Natt;25;17,00;45,0;1", "1003;Natt;25*;17,00;45,0;").encode()
    assert open_keys(planned(place, content)) == [("1003", "managers")]
    assert open_keys(planned(place, content, choices={"managers": {"1003": {"count": "0"}}})) == [
        ("1003", "managers")
    ]
    report, _plan = read_in(place, content, choices={"managers": {"1003": {"count": "2"}}})
    row = report.headcounts.get(unit__code="1003")
    assert (row.managers, row.managers_assumed) == (2, False)


def test_nothing_said_of_managers_is_one_assumed(place):
    content = "Enhetskod;Namn;Antal anställda\n1001;Nord;12\n".encode()
    report, plan = read_in(place, content)
    row = report.headcounts.get()
    assert (row.managers, row.managers_assumed, row.fte, len(plan.assumed)) == (1, True, None, 1)


def test_departments_of_the_file_are_made_or_found(place, world):
    content = b"Kod;Enhet;Antal\n99;Allt;9\n9901;Nya avdelningen;4\n990101;A;4\n9902;Gamla;5\n990201;B;5\n"
    assert open_keys(planned(place, content)) == [("9901", "choose"), ("9902", "choose")]
    choices = {
        "departments": {"9901": {"do": "new", "name": "Nyast"}, "9902": {"do": "is", "department": "20"}}
    }
    report, plan = read_in(place, content, choices=choices)
    homes = dict(report.headcounts.values_list("unit__code", "unit__department__name"))
    assert homes == {"990101": "Nyast", "990201": "Myndigheten"}
    stated = {row.department and row.department.code: row.employees for row in report.stated_totals.all()}
    assert (stated, plan.discrepancies) == ({None: 9, "9901": 4, "20": 5}, ())


def test_an_empty_organisation_needs_only_the_name_of_the_department_without_a_heading(place):
    Department.objects.filter(organisation=place.organisation).delete()
    plan = planned(place, as_text().encode(), name="t.txt")
    assert open_keys(plan) == [("52001", "choose")]
    choices = {"departments": {"52001": {"do": "new", "name": "Administration"}}}
    report, _plan = read_in(place, as_text().encode(), name="t.txt", choices=choices)
    assert Department.objects.filter(organisation=place.organisation).count() == 9
    assert report.headcounts.filter(unit__department__name="Administration").count() == 2


def test_all_or_nothing_when_writing_fails(place, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Headcount.objects.__class__, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        read_in(place, FILE.encode())
    assert (HeadcountReport.objects.count(), Unit.objects.count()) == (0, 0)


def zipped(size: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _row in range(size):
        sheet.append(["x" * 10_000 + " "] * 20)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def formulas() -> bytes:
    return as_xlsx(rows=[(1, HEADING), (2, ["1001", "Nord", "=1+1"])])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("p.csv", b"", "no_headings"),
        ("p.csv", b"\0\0\0", "broken"),
        ("p.csv", b"Kod;Enhet;Antal\n", "empty"),
        ("p.csv", b"Namn;Telefon\nAnna;0701\n", "no_headings"),
        ("p.xlsx", b"Kod;Enhet;Antal\n1001;Nord;5\n", "broken"),
        ("p.csv", as_xlsx(), "broken"),
        ("p.pdf", b"%PDF-1.7", "pdf"),
        ("p.exe", b"MZ", "wrong_kind"),
        ("p.xls", b"\xd0\xcf\x11\xe0", "wrong_kind"),
        ("p.csv", b"x" * (5 * 1024 * 1024 + 1), "too_large"),
        ("p.csv", b"Kod;Enhet;Antal\n" + b"1001;Nord;5\n" * 10_000, "too_many_rows"),
        ("p.txt", b"rad\n" * 10_000, "too_many_rows"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_is_refused_with_its_reason(name, content, reason):
    with pytest.raises(NotATable, match=reason):
        read_file(name, content)


def test_a_small_file_that_unpacks_to_much_is_refused():
    with pytest.raises(NotATable, match="too_large"):
        read_file("p.xlsx", zipped(300))


def test_formulas_that_nobody_has_reckoned_are_no_figures():
    assert [row.kind for row in read_file("p.xlsx", formulas()).problems] == ["no_figures"]


def upload(client, content: bytes = b"", *, name: str = "p.csv", **fields):
    data = {"as_of": "2026-03-31", "basis": "Tillsvidareanställda", "text": ""} | fields
    return client.post(PAGE, data | ({"file": SimpleUploadedFile(name, content)} if content else {}))


def test_upload_settle_and_read_in(hr, world, place):
    read_in(place, FILE.encode(), as_of=dt.date(2025, 3, 31))
    content, _later, _none = FILE.replace("1002;Syd;30", "1004;Söder;31").encode(), None, None
    where = upload(hr, content)["Location"]
    page = hr.get(where).content.decode()
    assert "2 saker behöver avgöras" in page
    assert "Inget är skrivet ännu" in page
    pk = Unit.objects.get(code="1002").pk
    digest = hr.get(where).context["digest"]
    wrong = {
        "units-1004-do": "new",
        "units-1004-name": "S" * 130,
        f"gone-{pk}-do": "closed",
        f"gone-{pk}-on": "i fjol",
    }
    again = hr.post(where, wrong | {"step": "write", "digest": digest}, follow=True).content.decode()
    assert "Avgör det som är märkt" in again
    assert "S" * 130 in again
    assert 'value="i fjol"' in again
    right = {"units-1004-do": "new", "units-1004-name": "Söder", f"gone-{pk}-do": "missing"}
    assert "Allt är avgjort" in hr.post(where, right | {"step": "save"}, follow=True).content.decode()
    done = hr.post(where, right | {"step": "write", "digest": digest}, follow=True).content.decode()
    assert "Personalsiffrorna är inlästa: 3 chefsområden." in done
    assert HeadcountFile.objects.get().choices["units"]["1004"]["name"] == "Söder"
    assert hr.get(where).status_code == 404


def test_text_pasted_from_a_pdf_is_read(hr, gotland):
    where = upload(hr, text="Tabell 3\n\n" + as_text())["Location"]
    plan = hr.get(where).context["plan"]
    assert (len(plan.counted), sum(row.managers for row in plan.counted), plan.open) == (59, 69, 0)
    page = hr.get(where).content.decode()
    assert "Filen säger inget om chefer för 52 av 59 chefsområden" in page
    assert "1\u00a0498,42" in page
    assert "ett fel i källan" in page
    assert "48,4" not in page  # mean age is a background figure


def test_what_has_changed_since_it_was_shown_is_not_written(hr, world, place):
    where = upload(hr, FILE.encode())["Location"]
    digest = hr.get(where).context["digest"]
    Unit.objects.create(department=world.home, code="1009", name="Ny under tiden")
    page = hr.post(where, {"step": "write", "digest": digest}, follow=True).content.decode()
    assert "Något har ändrats sedan du tittade" in page
    assert not HeadcountReport.objects.exists()


def test_two_who_agree_to_one_file_read_it_in_once(world, place):
    kept = actions.keep_headcount_file(
        place=place, name="p.csv", content=FILE.encode(), as_of=MARCH, basis="B", by=world.users.editor
    )
    one = {
        "place": place,
        "counts": read_file("p.csv", FILE.encode()),
        "as_of": MARCH,
        "basis": "B",
        "choices": {},
    }
    actions.read_in_headcounts(**one, file=kept)
    with pytest.raises(actions.Moved):
        actions.read_in_headcounts(**one, file=kept)
    with pytest.raises(actions.Unsettled):
        actions.read_in_headcounts(**one)
    assert HeadcountReport.objects.count() == 1
    assert bytes(HeadcountFile.objects.get().content) == b""


def test_a_file_that_nobody_agrees_to_goes_after_a_month(hr, world):
    """Whoever chose it; in our own organisation."""
    kept = [
        HeadcountFile.objects.create(organisation=owner, name="g.csv", content=b"x", as_of=MARCH, basis="B")
        for owner in (world.ours, world.theirs)
    ]
    HeadcountFile.objects.update(at=timezone.now() - dt.timedelta(days=31))
    upload(hr, FILE.encode())
    assert list(HeadcountFile.objects.filter(name="g.csv")) == kept[1:]


def test_a_colleague_goes_on_where_one_stopped_and_others_never_see_the_file(hr, world, sign_in):
    where = upload(hr, FILE.encode())["Location"]
    other = factories.add_member(organisation=world.ours, username="hr2", kind=Kind.EDITOR).user
    assert sign_in(other).get(where).status_code == 200
    assert "p.csv" in sign_in(other).get(PAGE).content.decode()
    assert sign_in(world.users.outsider).get(where).status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind != Kind.EDITOR])
def test_only_hr_reads_in_and_puts_right(sign_in, world, kind):
    report = factories.headcounts(world.ours, [(world.home, "1", 33, 1)])
    client = sign_in(getattr(world.users, kind))
    row = report.headcounts.get()
    for path in (PAGE, f"{PAGE}{report.pk}/", f"{PAGE}rad/{row.pk}/"):
        assert (client.get(path).status_code, client.post(path).status_code in (403, 405)) == (403, True)
    assert "Läs in personalsiffror" not in client.get("/ostra/chefer/chefsomraden/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Välj en fil eller klistra in text."),
        ({"text": "x", "content": FILE.encode()}, "inte båda"),
        (
            {"content": FILE.encode(), "as_of": "2099-01-01"},
            "Dagen ligger framåt i tiden. Skriv dagen då medarbetarna räknades, senast i dag.",
        ),
        ({"content": FILE.encode(), "as_of": "0001-01-01"}, "Året"),
        ({"content": FILE.encode(), "as_of": "2026-13-40"}, "datum"),
        ({"content": FILE.encode(), "basis": ""}, "måste fyllas i"),
        ({"content": FILE.encode(), "basis": "a\x07b"}, "styrtecken"),
        ({"content": b"%PDF-", "name": "p.pdf"}, "klistra in den i rutan"),
        ({"content": b"a;b\n1;2\n"}, "Kod, Enhet, Antal"),
        ({"text": "bara ord"}, "Ingen rubrikrad"),
        ({"text": "1001 Nord 3 3,00 44,0\nAnna Ek 19850709-9805"}, "Rad 2 innehåller ett personnummer"),
        ({"content": FILE.encode() + b"1004;Anna 850709-9805;1;1;;\n"}, "Rad 6 innehåller ett personnummer"),
        (
            {"content": as_xlsx(rows=[(1, ["Kod", "Antal"]), (2, ["1", "8507099805"])]), "name": "p.xlsx"},
            "Rad 2 inneh",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_place_and_nothing_is_kept(hr, fields, said):
    response = upload(hr, **fields)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not HeadcountFile.objects.exists()


def test_a_day_that_is_counted_is_refused_and_single_rows_are_put_right(hr, world, place):
    report, _plan = read_in(place, FILE.encode())
    assert "Dagen är redan räknad" in upload(hr, FILE.encode()).content.decode()
    row = report.headcounts.get(unit__code="1002")
    url = f"{PAGE}rad/{row.pk}/"
    typed = {"employees": "31", "managers": "2", "fte": "29,50"}
    assert "måste fyllas i" in hr.post(url, typed | {"reason": ""}).content.decode()
    assert "högst två decimaler" in hr.post(url, typed | {"fte": "x", "reason": "R"}).content.decode()
    page = hr.post(url, typed | {"reason": "Två delar på området."}, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.employees, row.managers, row.fte) == (31, 2, Decimal("29.50"))
    assert "Två delar på området." in page
    entry = LogEntry.objects.get(object_id=row.pk, content_type__model="headcount")
    assert entry.additional_data["reason"] == "Två delar på området."
    assert entry.changes_dict["employees"] == ["30", "31"]
    assert "mean_age" not in entry.changes_dict


@pytest.mark.parametrize(
    "typed",
    [
        {"employees": "٣"},
        {"managers": "٣"},
        {"fte": "٣"},
        {"employees": "-1"},
        {"employees": "4,5"},
        {"managers": "0"},
        {"fte": "1e9"},
        {"fte": "2,555"},
    ],
)
def test_a_row_is_not_put_wrong(hr, place, typed):
    report, _plan = read_in(place, FILE.encode())
    row = report.headcounts.first()
    data = {"employees": "5", "managers": "1", "fte": "5,00", "reason": "R"} | typed
    response = hr.post(f"{PAGE}rad/{row.pk}/", data)
    assert (response.status_code, list(response.context["form"].errors)) == (200, list(typed))


@pytest.mark.parametrize("units", [1, 40])
def test_pages_take_as_many_queries_however_many_rows(hr, world, units, django_assert_num_queries):
    lines = [f"10{number:03};Enhet {number};20;20,00;44,0;1" for number in range(units)]
    where = upload(hr, "\n".join([";".join(HEADING), *lines]).encode())["Location"]
    with django_assert_num_queries(10):
        hr.get(where)
    hr.post(where, {"step": "write", "digest": hr.get(where).context["digest"]})
    report = HeadcountReport.objects.get()
    with django_assert_num_queries(7):
        hr.get(f"{PAGE}{report.pk}/")
    with django_assert_num_queries(6):
        hr.get(PAGE)


def run(
    tmp_path,
    content: bytes,
    *args,
    name: str = "p.csv",
    organisation: str = "ostra",
    as_of: str = "2026-03-31",
):
    path, out = tmp_path / name, io.StringIO()
    path.write_bytes(content)
    call_command("import_headcount", path, *args, organisation=organisation, as_of=as_of, stdout=out)
    return out.getvalue()


def test_the_command_says_as_json_what_it_would_do(gotland, tmp_path):
    said = json.loads(run(tmp_path, as_text().encode(), "--dry-run", "--json", name="t.txt"))
    assert said["totals"] == {"units": 59, "managers": 69, "employees": 1555, "fte": "1497.42"}
    assert (len(said["units"]), len(said["stated"]), len(said["discrepancies"])) == (59, 9, 5)
    assert (said["over_base"], said["over_largest"], said["managers_assumed"]) == (12, 1, 52)
    assert (said["problems"], said["unknown"], said["vanished"]) == ([], [], [])
    assert said["stated"][0] == {
        "code": "52", "name": "Socialnämnd", "department": None, "employees": 1555, "fte": "1498.42",
    }  # fmt: skip
    assert "mean_age" not in json.dumps(said)
    assert not HeadcountReport.objects.exists()


def test_the_command_says_it_of_an_organisation_without_departments(db, tmp_path):
    factories.organisation("tom")
    said = json.loads(
        run(tmp_path, as_csv(), "--dry-run", "--json", organisation="tom", as_of="2024-03-31")
    )  # fmt: skip
    assert said["totals"]["employees"] == 1555
    assert (len(said["unknown"]), said["over_base"], len(said["discrepancies"])) == (59, None, 5)
    assert {"code": "52001", "name": "", "units": 2} in said["departments"]


def test_the_command_writes_only_what_is_settled(place, tmp_path):
    content, _later, _none = second(place)
    with pytest.raises(CommandError, match=r"unit 1004 Söder: not known\nunit 1002 Syd: missing") as error:
        run(tmp_path, content, as_of="2026-10-31")
    assert "--new-units" in str(error.value)
    assert HeadcountReport.objects.count() == 1
    run(tmp_path, content, "--new-units", "--only-missing", as_of="2026-10-31")
    report = HeadcountReport.objects.get(as_of="2026-10-31")
    assert (report.headcounts.count(), report.basis) == (3, "Tillsvidareanställda")
    with pytest.raises(CommandError, match="There is a report for 2026-10-31 already"):
        run(tmp_path, content, as_of="2026-10-31")


def test_the_command_reads_a_first_file_with_what_it_needs(db, tmp_path):
    factories.organisation("tom")
    run(tmp_path, as_csv(), "--new-units", "--new-departments", organisation="tom", as_of="2024-03-31")
    assert Headcount.objects.filter(report__organisation__slug="tom").count() == 59
    assert Department.objects.get(organisation__slug="tom", code="52001").name == "52001"


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (FILE.encode(), {"organisation": "finns-inte"}, "There is no organisation finns-inte"),
        (FILE.encode(), {"as_of": "2026-13-40"}, "--as-of is no day"),
        (FILE.encode(), {"as_of": "2199-01-01"}, "more than a year ahead"),
        (b"x", {}, "rubrikrad"),
        (b"\0", {}, "går inte att öppna"),
        (FILE.replace("30;28,00", "x;28,00").encode(), {}, "line 4: 1002 Syd x [(]Raden"),
    ],
)
def test_the_command_fails_in_words(world, tmp_path, content, options, said):
    with pytest.raises(CommandError, match=said):
        run(tmp_path, content, **options)
    assert not HeadcountReport.objects.exists()
