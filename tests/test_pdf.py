"""The PDF as an archive, a screen reader and a committee meet it; every check here has a rule behind it."""

import io
import re
from itertools import pairwise

import page as pdf_rules
import pytest
from pypdf import PdfReader

from reports import content as c
from reports.render import pdf
from reports.render.line_ends import with_clear_line_ends
from tests import documents
from tests.documents import content

RULES = (pdf_rules.ValidationProfile.PDF_UA_1, pdf_rules.ValidationProfile.PDF_A_2A)
KINDS = ("plan", "half_year", "final", "monthly", "feedback")
EDITION = c.Edition(2, "3 juni 2026", "Siffran för hemtjänsten var fel.")


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def texts(data: bytes) -> list[str]:
    """Each page's text, blanks made single and what only steers line breaks left out."""
    pages = (re.sub("[\u00ad\u200b]", "", page.extract_text()) for page in read(data).pages)
    return [" ".join(text.split()) for text in pages]


def elements(data: bytes) -> list[tuple[str, dict]]:
    """The structure tree in reading order: (tag, element)."""
    found: list[tuple[str, dict]] = []

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), node))
            if "/K" in node:
                walk(node["/K"])

    walk(read(data).trailer["/Root"]["/StructTreeRoot"])
    return found


def attribute(element: dict, name: str):
    """An attribute of a structure element; None when it has none of that name."""
    held = element.get("/A", [])
    for row in held if isinstance(held, list) else [held]:
        row = row.get_object()
        if isinstance(row, dict) and name in row:
            return row[name]
    return None


def conforms(data: bytes) -> None:
    """No rule of PDF/UA-1 and PDF/A-2a is broken, nor those that the validator does not look at."""
    for profile in RULES:
        told = str(pdf_rules.validate_pdf_bytes(data, profile=profile))
        assert "0 failed" in told, told
    root = read(data).trailer["/Root"]
    assert root["/Lang"] == "sv-SE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert root["/Outlines"]["/Count"]
    found = elements(data)
    assert [row for tag, row in found if tag == "/Figure" and not row.get("/Alt")] == []
    assert {attribute(row, "/Scope") for tag, row in found if tag == "/TH"} <= {"/Column"}
    levels = [int(tag[2]) for tag, _row in found if re.fullmatch(r"/H[1-6]", tag)]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", pdf.PARTS)
def test_every_kind_and_part_conforms(kind, part):
    conforms(pdf.render(content(kind), part, edition=EDITION))


def test_a_report_without_sources_and_without_a_letter_conforms():
    bare = content("monthly", c.Sentence("Inget."), sources=(), goal="", parent="", previous_cut_off="")
    for part in pdf.PARTS:
        conforms(pdf.render(bare, part, draft=True))


def test_texts_that_have_broken_renderers_do_not_break_this_one():
    conforms(pdf.render(documents.hostile()))


def test_two_renderings_are_equal_and_dated_by_the_cut_off():
    data = pdf.render(content(), edition=EDITION)
    assert data == pdf.render(content(), edition=EDITION)
    assert read(data).metadata.creation_date.date() == content().day


def test_the_cover_says_what_it_is():
    cover = texts(pdf.render(content(is_example=True), "report", edition=EDITION))[0]
    for words in (
        "Region Exempel", "socialförvaltningen", "Lägesrapport första halvåret 2026", "SON 2026/1, SON 2026/7",
        "Socialnämnden", "11 juni 2026", "20 maj 2026", "Version 2, fastställd 3 juni 2026",
        "Siffran för hemtjänsten var fel.", "Exempeldata",
    ):  # fmt: skip
        assert words in cover
    assert "Utkast" not in cover


def test_a_draft_says_so_on_every_page_and_a_frozen_file_its_version():
    for number, text in enumerate(texts(pdf.render(content(), draft=True))):
        assert "Utkast" in text, number
    for number, text in enumerate(texts(pdf.render(content(), edition=EDITION))):
        assert "Version 2, fastställd 3 juni 2026" in text, number


def test_feedback_to_managers_is_not_said_to_be_to_the_committee():
    cover = texts(pdf.render(content("feedback")))[0]
    assert "Socialnämnden" not in cover
    assert "11 juni 2026" not in cover


def test_the_letter_stands_first_and_each_part_counts_its_own_pages():
    data = pdf.render(content())
    pages = texts(data)
    assert pdf.letter_pages(content()) == 1
    assert "Förslag till beslut" in pages[0]
    assert "1 (1)" in pages[0]
    assert f"2 ({len(pages) - 1})" in pages[2]


def test_contents_list_the_sections_with_their_pages():
    pages = texts(pdf.render(content(), "report"))
    listed = next(text for text in pages if "Innehåll" in text)
    for row in (*content().sections, c.Section("kallor", "Källor", "")):
        where = next(at for at, text in enumerate(pages, start=1) if row.heading in text and at > 2)
        assert re.search(rf"{re.escape(row.heading)} {where}\b", listed), row.heading


def links(data: bytes, of: range) -> list[int]:
    """Where the links on some pages lead: page numbers from 0."""
    reader = read(data)
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages)}
    annotations = [link.get_object() for at in of for link in reader.pages[at].get("/Annots", [])]
    return [numbers[link["/Dest"][0].idnum] for link in annotations]


def test_codes_outside_tables_link_to_their_sources_and_sources_name_the_pages_back():
    data = pdf.render(content(), "report")
    pages = texts(data)
    said = [row for row in documents.blocks() if not isinstance(row, c.Table)]
    codes = re.findall(r"'([A-Z]\d)'", "".join(str(getattr(row, "refs", "")) for row in said))
    assert links(data, range(2, 3)) == [len(pages) - 1] * len(codes)
    assert (
        links(data, range(len(pages) - 1, len(pages))).count(2) == 4
    )  # A1, B1, D1 and M1 are used on page 3
    assert "[A1, M1]" in " ".join(pages)
    last = pages[-1]
    assert "Källor" in last
    for source in documents.SOURCES:
        assert f"{source.code} {source.title}" in last
        assert source.detail in last
    assert re.search(r"B1 Stöd i den dagliga arbetsledningen organisatoriskt D1, D2 3", last)


def test_a_letter_alone_has_no_links_to_sources_it_does_not_hold():
    letter = c.Letter((documents.section("matter", "Ärendet", c.Sentence("Påstående.", ("A1",))),), ())
    data = pdf.render(content(letter=letter), "letter")
    assert "Påstående. [A1]" in texts(data)[0]
    assert links(data, range(1)) == []


def test_blocks_come_in_order_fixed_text_first():
    page = " ".join(texts(pdf.render(content(), "report")))
    order = [
        "En fast text.", "Vi har gjort det vi sade.", "Sedan förra rapporten", "Två aktiviteter är klara",
        "28 av 59", "Medianen är 23,0.", "1. Nämnden godkänner lägesrapporten.", "Hemtjänsten Rimliga",
    ]  # fmt: skip
    places = [page.index(text) for text in order]
    assert places == sorted(places)


def test_a_long_table_repeats_its_head_and_a_wide_one_lies_down():
    data = pdf.render(content("half_year", documents.wide(12)), "report")
    lying = [page for page in read(data).pages if page.mediabox.width > page.mediabox.height]
    assert len(lying) > 1
    assert sum(text.count("1 555") for text in texts(data)) == 60 * 11
    nine = pdf.render(content("half_year", documents.wide(9, 60, "Antal")), "report")
    assert [page for page in read(nine).pages if page.mediabox.width > page.mediabox.height] == []
    with_head = [text for text in texts(nine) if "Antal 8" in text]
    assert len(with_head) > 1


def test_no_row_of_a_table_stands_alone_on_a_page():
    lengths = range(21, 57)
    tables = [
        c.Table(
            f"Tabell {rows}", ("Kod", "Text"), tuple((f"r{rows}x{at}y", "ett två tre") for at in range(rows))
        )
        for rows in lengths
    ]
    pages = texts(pdf.render(content("monthly", *tables), "report"))
    alone = [
        (rows, page)
        for rows in lengths
        for page, text in enumerate(pages, start=1)
        if len(re.findall(rf"r{rows}x\d+y", text)) == 1
    ]
    assert alone == []


def test_nothing_is_cut_off_when_a_cell_is_longer_than_a_page():
    words = [f"ord{number}" for number in range(2500)]
    long = c.Table("Lång cell", ("A", "B", "C"), (("x", "y", " ".join(words)), ("sist", "", "")))
    told = " ".join(texts(pdf.render(content("monthly", long), "report")))
    assert [word for word in words if word not in told] == []
    assert "sist" in told


def test_contents_of_the_first_schema_still_render():
    conforms(pdf.render(c.from_json(documents.as_first_schema(c.to_json(content())))))


RAW = b"%%PDF-1.7\n1 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"


def small(stream: bytes) -> bytes:
    body = RAW % (len(stream), stream)
    second = len(body)
    body += b"2 0 obj\n<<>>\nendobj\n"
    table = b"xref\n0 3\n0000000000 65535 f\r\n%010d 00000 n\r\n%010d 00000 n\r\n" % (9, second)
    return body + table + b"trailer\n<</Size 3>>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_a_stream_that_ends_in_a_carriage_return_ends_where_readers_see_it():
    clear = small(b"abc")
    assert with_clear_line_ends(clear) == clear
    unclear = small(b"ab\r")
    mended = with_clear_line_ends(unclear)
    assert len(mended) == len(unclear) + 1
    assert b"ab\r\r\nendstream" in mended
    start = int(mended.rsplit(b"startxref\n", 1)[1].split()[0])
    assert mended[start : start + 4] == b"xref"
    second = int(re.findall(rb"(\d{10}) 00000 n", mended)[1])
    assert mended[second : second + 7] == b"2 0 obj"


def test_words_of_a_stream_that_look_like_its_end_are_left_alone():
    tricky = small(b"ab\r\nendstream cd")
    assert with_clear_line_ends(tricky) == tricky
