"""No figure, word or code differs between page, PDF, Word, Excel and JSON, and nothing is in one form alone.

All five are read back: HTML parsed, PDF as text, Word and Excel from their packages, JSON as it is.
"""

import html as escapes
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from docx import Document
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from lxml import html as parser
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import content as c
from reports.content import Content, Edition
from reports.facts import compose
from reports.render import docx, html, pdf, xlsx
from tests import factories
from tests.samples import rich
from ui.charts import svg

CODES = re.compile(r"\s*\[((?:[A-Z]\d+(?:, )?)+)\]$")
FIGURE = re.compile(r"\d+(?:[ ,.:-]\d+)*")
FRAME = """
    Ärendenummer Tjänsteskrivelse till Rapport sammanträdet Utgåva Rättar Version fastställd Innehåll Beslutsunderlag
    Uppgifterna är som de stod förra rapporten gällde till och med Programmets mål Organisation Program Nämnd Förra
    Uppgifter Koderna inom hakparentes visar vad en uppgift vilar på Källor Källa Kod Namn Om Slag Vilar Sida Nämns i
    Aktiviteter Behov Mått Om rapporten Texter fynd Blad Innehåll Avsnitt Del Text Alla texter fynd i rapportens ordning
    Det som rapportens uppgifter med koder fast text punkt beslutspunkt tabell diagram diagrammet underlag uppgifter Till innehållet
    Sedan förra rapporten lägesrapport Exempeldata utan sheet
"""  # what the documents say of themselves, whatever the report says
EDITION = Edition(2, "12 juni 2026", "En siffra i sammanfattningen, 17,25 %.")


@dataclass
class Read:
    """What a form says: tables as (caption, heads, rows, codes of each row); texts with the codes after them."""

    tables: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    whole: str = ""


def plain(text: str) -> str:
    """As a reader sees it: blanks alike, without places where a line may break."""
    return " ".join(re.sub("[\u00ad\u200b]", "", text).split())


def told(text: str) -> tuple[str, tuple[str, ...]]:
    """A text and the codes in brackets after it."""
    text = plain(text)
    found = CODES.search(text)
    return (text[: found.start()], tuple(found[1].split(", "))) if found else (text, ())


def as_table(caption: str, rows: list[list[str]]) -> tuple:
    """The column of codes apart from the others."""
    rows = [[plain(cell) for cell in row] for row in rows]
    head, body = rows[0], rows[1:]
    if head[-1] == "Källa":
        codes = [tuple(row[-1].split(", ")) if row[-1] else () for row in body]
        return told(caption)[0], head[:-1], [row[:-1] for row in body], codes
    return told(caption)[0], head, body, [()] * len(body)


def from_json(content: Content, **_marks) -> Read:
    raw = json.loads(c.to_json(content))
    found = Read()
    for section in (*raw["letter"]["sections"], *raw["sections"]):
        if not (section["narrative"] or section["fixed"] or section["blocks"]):
            continue  # a finished document leaves it out
        found.texts.append((plain(section["heading"]), ()))
        texts = [*c.paragraphs(section["fixed"]), *c.paragraphs(section["narrative"])]
        found.texts += [(plain(text), ()) for text in texts]
        for block in section["blocks"]:
            _block(found, block)
    found.texts += [(plain(text), ()) for text in raw["letter"]["documents"]]
    found.whole = json.dumps(raw, ensure_ascii=False)
    return found


def _block(found: Read, block: dict) -> None:
    if block["type"] == "table":
        codes = [c.in_order(row) for row in block["refs"]] or [()] * len(block["rows"])
        rows = [[plain(cell) for cell in row] for row in block["rows"]]
        found.tables.append(
            (plain(block["caption"]), [plain(head) for head in block["columns"]], rows, codes)
        )
        found.texts += [(plain(block["note"]), ())] if block["note"] else []
    elif block["type"] in ("sentence", "chart"):
        found.texts.append((plain(block.get("text") or block["caption"]), c.in_order(block["refs"])))
    else:
        refs = block.get("refs") or [()] * len(block["items"])
        found.texts += [(plain(block["heading"]), ())] if block["type"] == "changes" else []
        found.texts += [
            (plain(item), c.in_order(codes)) for item, codes in zip(block["items"], refs, strict=True)
        ]


def from_html(content: Content, **marks) -> Read:
    page = parser.document_fromstring(html.render(content, **marks).decode())
    found = Read()
    for node in page.xpath("//svg | //style | //script"):
        node.drop_tree()
    for table in page.xpath("//table"):
        rows = [[cell.text_content() for cell in row.xpath("th|td")] for row in table.xpath(".//tr")]
        found.tables.append(as_table(table.xpath("string(caption)"), rows))
        table.drop_tree()
    for node in page.xpath("//h1|//h2|//h3|//h4|//p|//li|//figcaption|//dt|//dd|//caption"):
        if not node.xpath(".//li|.//p"):
            found.texts.append(told(node.text_content()))
    found.whole = "\n".join(page.itertext()) + str(found.tables)
    return found


def from_word(content: Content, **marks) -> Read:
    word = Document(io.BytesIO(docx.render(content, **marks)))
    found, last = Read(), ""
    for part in word.iter_inner_content():
        if isinstance(part, WordTable):
            found.tables.append(as_table(last, [[cell.text for cell in row.cells] for row in part.rows]))
        elif isinstance(part, Paragraph):
            last = "".join(part._p.xpath(".//w:t/text() | .//w:tab/@w:missing")) or part.text
            found.texts.append(told(last))
    found.whole = "\n".join(word.element.body.xpath(".//w:t/text()")) + str(found.tables)
    return found


def shown(cell) -> str:
    """What Swedish Excel shows in a cell: of formats no more than ours."""
    if not isinstance(cell.value, int | float):
        return cell.value or ""
    positive, _semicolon, negative = cell.number_format.partition(";")
    value = Decimal(str(cell.value))
    shape = negative if value < 0 and negative else positive
    sign = "-" if value < 0 and not negative else ""
    shape = re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] or found[2], shape)
    digits = re.search(r"(#,##)?0(\.0+)?", shape)
    places = len(digits[2]) - 1 if digits[2] else 0
    value = abs(value) * (100 if "%" in shape else 1)
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):{',' if digits[1] else ''}f}"
    return sign + shape.replace(digits[0], text.replace(",", "\u00a0").replace(".", ","))


def from_excel(content: Content, **marks) -> Read:
    book = load_workbook(io.BytesIO(xlsx.render(content, **marks)))
    found, tables, whole = Read(), {}, []
    for sheet in book:
        rows = [[shown(cell) for cell in row] for row in sheet.iter_rows()]
        whole += [cell for row in rows for cell in row]
        for named in sheet.tables.values():
            first = int(re.search(r"\d+", named.ref)[0]) - 1
            tables[sheet.title] = (rows[0][0], rows[first:])
            if sheet.title == "Texter och fynd":
                found.texts += _words(rows[first + 1 :])
            elif sheet.title != "Källor":
                found.tables.append(as_table(rows[0][0], rows[first:]))
                found.texts += [told(row[0]) for row in rows[:first]]
    found.whole = "\n".join(whole)
    return found


def _words(rows: Iterable[list[str]]):
    for _part, section, kind, text, codes in rows:
        yield plain(section), ()
        yield plain(kind.capitalize()), ()
        yield plain(text), tuple(codes.split(", ")) if codes else ()


FORMS = {"page": from_html, "word": from_word, "excel": from_excel}


def squeezed(text: str) -> str:
    """Without what setting lines may change: blanks, hyphens and break places."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def pdf_text(content: Content, **marks) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.render(content, **marks))).pages)


@pytest.fixture(params=["by hand", "composed"])
def content(request) -> Content:
    if request.param == "by hand":
        return rich()
    world = request.getfixturevalue("world")
    role, need = factories.role(world.ours), factories.need(world.program)
    done = factories.activity(
        world.program, "Klar aktivitet", responsible=[role], needs=[need], hours_per_manager=4
    )
    factories.status(done, "completed", completed_on=factories.DAY, comment="Gick 1,5 gånger så fort.")
    factories.activity(world.program, "Sen aktivitet", deadline="2026-04-30", needs=[need])
    factories.dialogue(world.program, departments=[world.home, world.other], statements=["Ett", "Två"])
    factories.headcounts(
        world.ours, [(world.home, "1", 1155, 33), (world.home, "2", 56, 2), (world.other, "3", 31, 1)]
    )
    indicator = factories.indicator(world.program)
    for month, counts in ((2, (41, 60, 69)), (4, (1041, 1160, 1269))):
        factories.observation(indicator, factories.DAY.replace(month=month, day=28), counts=counts)
    texts = {"summary": "Ett stycke, 17,25 %.\n\nOch ett till."}
    return compose(factories.report(world.program, texts=texts))


@pytest.mark.parametrize("form", FORMS)
def test_every_table_has_the_same_cells_and_codes_row_by_row(content, form):
    assert FORMS[form](content).tables == from_json(content).tables


@pytest.mark.parametrize("form", FORMS)
def test_every_text_stands_in_every_form_with_its_codes(content, form):
    texts = FORMS[form](content).texts
    assert [text for text in from_json(content).texts if text not in texts] == []


def test_every_table_stands_in_the_pdf_row_by_row(content):
    text = squeezed(pdf_text(content))
    for _caption, _heads, rows, codes in from_json(content).tables:
        for cells, refs in zip(rows, codes, strict=True):
            assert squeezed("".join(cells) + ", ".join(refs)) in text


def test_every_text_stands_in_the_pdf_with_its_codes(content):
    text = squeezed(pdf_text(content))
    for words, refs in from_json(content).texts:
        assert squeezed(words + (f"[{', '.join(refs)}]" if refs else "")) in text


def every_source(content: Content) -> list[str]:
    return [
        squeezed(word)
        for row in content.sources
        for word in (row.code, row.title, row.detail, *row.refs)
        if word
    ]


@pytest.mark.parametrize("form", ["pdf", *FORMS])
def test_every_source_stands_in_every_form(content, form):
    text = squeezed(pdf_text(content) if form == "pdf" else escapes.unescape(FORMS[form](content).whole))
    assert [word for word in every_source(content) if word not in text] == []


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize("form", ["pdf", *FORMS])
def test_no_figure_is_in_one_form_alone(content, form):
    """A form's own figures are page numbers, a list's numbers, a chart's axes and which of two sheets it is."""
    text = (
        pdf_text(content, edition=EDITION) if form == "pdf" else FORMS[form](content, edition=EDITION).whole
    )
    known = figures(c.to_json(content)) | figures(str(EDITION)) | {str(number) for number in range(1, 21)}
    blocks = [block for section in content.sections for block in section.blocks]
    for chart in (block for block in blocks if isinstance(block, c.Chart)):
        known |= figures(" ".join(re.findall(r">([^<]+)</text>", svg(json.loads(chart.spec)))))
    assert figures(plain(text)) - known == set()


def all_words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text)}


@pytest.mark.parametrize("form", FORMS)
def test_no_word_is_in_one_form_alone(form):
    content = rich()
    said = all_words(c.to_json(content)) | all_words(str(EDITION)) | all_words(FRAME)
    assert all_words(plain(FORMS[form](content, edition=EDITION).whole)) - said == set()


@pytest.mark.parametrize("form", ["pdf", *FORMS])
def test_what_the_report_is_stands_in_every_form(form):
    content = rich()
    text = squeezed(
        pdf_text(content, edition=EDITION) if form == "pdf" else FORMS[form](content, edition=EDITION).whole
    )
    frame = [
        content.title, content.organisation, content.parent, content.program, content.goal, content.committee,
        content.cut_off, content.previous_cut_off, content.meets_on, *content.case_numbers, "Exempeldata",
        "fastställd 12 juni 2026", EDITION.corrects,
    ]  # fmt: skip
    assert [words for words in frame if squeezed(words) not in text] == []


@pytest.mark.parametrize("form", ["pdf", *FORMS])
def test_a_draft_says_so_in_every_form(form):
    text = pdf_text(rich(), draft=True) if form == "pdf" else FORMS[form](rich(), draft=True).whole
    assert "Utkast" in text


@pytest.mark.parametrize("draft", [True, False])
def test_a_section_without_anything_is_told_in_a_draft_and_left_out_of_a_finished_document(draft):
    empty = c.Section("own-1", "Barnrättsperspektiv", " ")
    content = c.from_json(c.to_json(rich()))
    content = replace(content, letter=replace(content.letter, sections=(*content.letter.sections, empty)))
    content = replace(
        content, sections=(replace(empty, key="own-2", heading="Klimatfrågan"), *content.sections)
    )
    told = {
        "page": from_html(content, draft=draft).whole,
        "word": from_word(content, draft=draft).whole,
        "pdf": "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(pdf.render(content, draft=draft))).pages
        ),
    }
    for form, text in told.items():
        assert text.count("Ingen text ännu.") == (2 if draft else 0), form
        for heading in ("Barnrättsperspektiv", "Klimatfrågan"):
            assert (heading in text) is draft, (form, heading)
