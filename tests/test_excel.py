"""The report as Excel: every table a sheet of real numbers, stored when frozen, the same bytes for ever."""

import io
import time
import zipfile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from reports import actions
from reports.content import Edition, Section, Table
from reports.models import ReleaseFile
from reports.render import xlsx
from tests import factories
from tests.samples import FIGURES, rich

PAGE = "/ostra/chefer/rapporter/2026H1/"
LETTER = {key: f"Text om {key}." for key in ("proposal", "summary", "matter", "assessment")}


def book(content=None, **options):
    return load_workbook(io.BytesIO(xlsx.render(content or rich(), **options)))


def column(sheet, number: int = 1) -> list:
    return [row[number - 1] for row in sheet.iter_rows(values_only=True)]


def freeze(report, world):
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    return actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision)


def test_sheets_are_the_report_its_words_each_table_and_the_sources():
    assert book().sheetnames == [
        "Om rapporten",
        "Texter och fynd",
        "Siffror alla slag och tecken",
        "Siffror alla slag (2)",
        "Källor",
    ]


def test_the_first_sheet_says_what_the_report_is_and_leads_to_the_others():
    edition = Edition(2, "12 juni 2026", "En siffra i sammanfattningen.")
    found = book(edition=edition)
    sheet = found["Om rapporten"]
    told = dict(zip(column(sheet, 1), column(sheet, 2), strict=True))
    assert column(sheet)[:3] == ["Om rapporten", "Lägesrapport första halvåret 2026", "Version 2, fastställd 12 juni 2026 · Exempeldata"]  # fmt: skip
    assert told["Organisation"] == "Region Östra · socialförvaltningen"
    assert told["Ärendenummer"] == "SON 2026/1, SON 2026/7"
    assert told["Uppgifter till och med"] == "20 maj 2026"
    assert (told["Utgåva"], told["Rättar"]) == ("Version 2, fastställd 12 juni 2026", edition.corrects)
    links = [cell.hyperlink.location for cell in sheet["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in found.sheetnames[1:]]


@pytest.mark.parametrize(("draft", "mark"), [(True, "Utkast · Exempeldata"), (False, "Exempeldata")])
def test_every_sheet_says_that_it_is_a_draft_or_an_example(draft, mark):
    for sheet in book(draft=draft):
        assert mark in column(sheet)[:3]
        assert sheet.oddFooter.left.text == mark


def test_nothing_is_marked_that_is_neither():
    for sheet in book(rich(is_example=False)):
        assert not {"Utkast", "Exempeldata"} & set(column(sheet)[:4])


def test_figures_are_numbers_and_everything_else_is_text():
    sheet = book().worksheets[2]
    head = column(sheet).index("Mått") + 1
    rows = list(sheet.iter_rows(min_row=head + 1))
    assert [[cell.value for cell in row[1:4]] for row in rows] == [
        [1555, 0.625, -3.2],
        [0, 1, 0.4],
        ["007", 0.0005, "\u22120,00"],
        ["56 på 2 chefer", "inte frågat", "25, 30"],
        [12345678.9, 10, 1555],
        ["–", 0.12, "1234567890123456"],
    ]
    assert [cell.value for cell in rows[0]][4:] == ["13 juni 2024", "A1"]
    assert rows[0][1].alignment.horizontal == "right"


def test_no_text_becomes_a_formula():
    content = rich(
        sections=(Section("a", "=HYPERLINK(1)", "+1+1", (Table("@x", ("-a", "=b"), (("=1+1", "\t=2"),)),)),),
        organisation="=cmd",
    )
    formulas = [
        cell.value for sheet in book(content) for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f" or (isinstance(cell.value, str) and cell.value[:1] in "=+-@\t" and not cell.quotePrefix)
    ]  # fmt: skip
    assert formulas == []


@pytest.mark.parametrize(
    "text", ["Emoji 🎉🏽", "x" * 40_000, "a\x00b\x1fc\ufffe", "\u202eb\u2066", "rad\nrad", "&P & <x>"]
)
def test_an_export_never_fails_on_text(text):
    table = Table(text, (text, "B"), ((text, text),), refs=((text,),), note=text)
    content = rich(
        sections=(Section("a", text, text, (table, table)),),
        organisation=text,
        case_numbers=(text,),
        title=text,
    )
    assert len(book(content).sheetnames) == 5


def test_heads_stay_in_sight_and_on_every_page():
    sheet = book().worksheets[2]
    head = column(sheet).index("Mått") + 1
    assert sheet.freeze_panes == f"B{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert list(sheet.tables) == ["tabell_figures"]
    assert sheet.tables["tabell_figures"].ref == f"A{head}:F{head + 6}"


def test_caption_and_note_stand_above_the_table():
    told = column(book().worksheets[2])
    assert told[0] == FIGURES.caption
    assert told[3:5] == ["Rapport, Gjort sedan förra rapporten.", FIGURES.note]


def test_codes_lead_to_the_sources():
    found = book()
    sheet = found.worksheets[2]
    cells = [row[5] for row in sheet.iter_rows() if row[5].hyperlink]
    assert [cell.value for cell in cells] == ["A1", "A1, M1", "M1"]
    sources = found["Källor"]
    for cell in cells:
        target = cell.hyperlink.location.split("!")[1]
        assert sources[target].value == cell.value.split(", ")[0]
    rows = [row for row in sources.iter_rows(values_only=True) if row[0] in ("A1", "B1", "M1")]
    assert rows[0] == (
        "A1",
        "Aktiviteter",
        "Avlastning av administration",
        "nr 4, lägesrapport 3 maj 2026",
        "B1",
    )
    assert [row[1] for row in rows] == ["Aktiviteter", "Behov", "Mått"]


def test_a_report_of_the_first_schema_has_no_sources_and_no_column_for_them():
    table = Table("T", ("A",), (("1",),))
    found = book(rich(sources=(), sections=(Section("a", "A", "", (table,)),)))
    assert found.sheetnames == ["Om rapporten", "Texter och fynd", "T"]
    assert "Källa" not in str(list(found["T"].iter_rows(values_only=True)))


def test_a_table_without_rows_or_with_equal_heads_is_still_a_sheet():
    tables = (Table("Tom", ("A", "B"), ()), Table("Lika", ("A", "a"), (("1", "2"),)))
    found = book(rich(sections=(Section("a", "A", "", tables),)))
    assert [list(found[name].tables) for name in ("Tom", "Lika")] == [[], []]


def test_the_same_content_gives_the_same_bytes_with_fixed_dates():
    data = xlsx.render(rich())
    time.sleep(2.1)  # a zip file's clock ticks every other second
    assert data == xlsx.render(rich())
    package = zipfile.ZipFile(io.BytesIO(data))
    assert {row.date_time for row in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = package.read("docProps/core.xml").decode()
    assert core.count("2026-05-20T00:00:00Z") == 2
    told = load_workbook(io.BytesIO(data)).properties
    assert (told.language, told.title) == ("sv-SE", "Lägesrapport första halvåret 2026")


@pytest.fixture
def report(world):
    factories.activity(world.program, "Sen aktivitet", deadline="2026-04-30")
    return factories.report(world.program, texts=LETTER)


def test_the_workbook_is_stored_when_the_report_is_frozen_and_fetched_as_it_was(
    sign_in, world, report, tmp_path
):
    freeze(report, world)
    stored = bytes(ReleaseFile.objects.get(form="xlsx").data)
    factories.activity(world.program, "Kom senare")
    response = sign_in(world.users.reader).get(f"{PAGE}fil/all.xlsx")
    assert response.content == stored
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["Content-Disposition"] == 'attachment; filename="ostra-2026H1-rapport-v1.xlsx"'
    target = tmp_path / "r.xlsx"
    call_command("export_report", "ostra/chefer", "2026H1", format="xlsx", output=str(target))
    assert target.read_bytes() == stored
    assert f"{PAGE}fil/all.xlsx" in sign_in(world.users.reader).get(PAGE).content.decode()


def test_a_version_frozen_before_there_was_excel_has_none(sign_in, world, report, tmp_path, monkeypatch):
    monkeypatch.delitem(actions.FORMS, "xlsx")
    freeze(report, world)
    monkeypatch.undo()
    client = sign_in(world.users.reader)
    page = client.get(PAGE).content.decode()
    assert f"{PAGE}fil/all.pdf" in page
    assert "fil/all.xlsx" not in page
    assert client.get(f"{PAGE}fil/all.xlsx").status_code == 404
    with pytest.raises(CommandError, match="has no xlsx"):
        call_command("export_report", "ostra/chefer", "2026H1", format="xlsx", output=str(tmp_path / "x"))


def test_the_draft_is_offered_to_those_who_make_it_and_to_nobody_else(sign_in, world, report):
    draft = sign_in(world.users.editor).get(f"{PAGE}fil/all.xlsx")
    assert draft["Content-Disposition"] == 'attachment; filename="ostra-2026H1-rapport-utkast.xlsx"'
    assert "Utkast" in column(load_workbook(io.BytesIO(draft.content)).worksheets[0])
    assert sign_in(world.users.editor).get(f"{PAGE}fil/letter.xlsx").status_code == 404
    assert sign_in(world.users.reader).get(f"{PAGE}fil/all.xlsx").status_code in (403, 404)
    assert sign_in(world.users.outsider).get(f"{PAGE}fil/all.xlsx").status_code == 404


def test_a_report_without_a_letter_does_not_come_in_parts(sign_in, world, report):
    monthly = factories.report(world.program, "2026-04", kind="monthly")
    assert {part for _form, part in actions.offered(actions.compose(monthly))} == {"all"}
    client, page = sign_in(world.users.editor), "/ostra/chefer/rapporter/2026-04/"
    assert "fil/letter.pdf" not in client.get(page).content.decode()
    assert "fil/letter.pdf" in client.get(PAGE).content.decode()
    assert client.get(f"{page}fil/letter.pdf").status_code == 404
