"""Notes in, on the page: pasted or uploaded, corrected beside their lines, and only then saved."""

import datetime as dt
import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dialogues.actions.notes import Occasion, Said, import_notes, known_owners
from dialogues.forms.notes import KINDS, MOST_CHARACTERS
from dialogues.forms.presses import ROW
from dialogues.models import Dialogue, Statement
from dialogues.notes.files import NotNotes, text_of
from organisation.models import Draft
from tests import factories
from tests.factories import DAY

PAGE = "/ostra/chefer/dialoger/las-in/"
NOTES = """Dialog med hemtjänstens ledningsgrupp 2026-02-03
Förutsättningar
- Vi har korta vägar till stöd och
  det fungerar i vardagen
- Planering: Avsätt tid varje vecka
o Ägare till detta är HR chef
Utvecklingsmöjligheter
- Färre system
Ledarskapet
- Vi frågar varandra"""
TWO = """Behov i Förutsättningar
- Ett stöd
- Ett system
- Ett nätverk
Förutsättningar - från genomgången våren 2018
- Ett äldre behov"""


@pytest.fixture
def areas(world):
    """The two starting points: the one that the world has, and another."""
    second = factories.area(world.program, "Ledarskapet", order=1)
    return world.program.areas.get(name="Förutsättningar"), second


@pytest.fixture
def hr(sign_in, world, areas):
    return sign_in(world.users.editor)


@pytest.fixture
def head(sign_in, world, areas):
    return sign_in(world.users.department_head)


def sent(response, **changes) -> dict:
    """What a browser would send back of the page as it is shown."""
    made = response.context["review"]
    data = {
        "notes": made.text,
        "occasion": [str(at) for at in range(len(made.heads))],
        "before": made.before,
        "headings": made.made_headings,
        "text": [row.text for row in made.rows],
        "place": [f"{row.occasion}:{row.area or ''}:{row.kind}" for row in made.rows],
        "lines": [row.where for row in made.rows],
    }
    for name in ("heading", "label", "owners"):
        data[name] = [getattr(row, name) for row in made.rows]
    for form in made.heads:
        data |= {form.add_prefix(name): value for name in form.fields if (value := form[name].value())}
    return data | changes


def paste(client, text: str = NOTES):
    return client.post(PAGE, {"do": "paste", "notes": text})


def named(data: dict) -> dict:
    """The fields of each statement under the names that tell which: text-1, place-1."""
    columns = {name: data.pop(name) for name in ROW if name in data}
    keys = [str(at) for at in range(1, len(columns.get("text", ())) + 1)]
    fields = {
        f"{name}-{key}": value
        for name, values in columns.items()
        for key, value in zip(keys, values, strict=False)
    }
    return data | {"row": keys} | fields


def post(client, data: dict):
    return client.post(PAGE, named(data))


def press(client, response, do: str, **changes):
    return post(client, sent(response, do=do, **changes))


def texts(response) -> list[str]:
    return [row.text for row in response.context["review"].rows]


def lost(response) -> list[int]:
    return [mark.number for mark in response.context["marks"] if mark.is_lost]


def test_notes_are_pasted_looked_through_and_saved(head, world, areas):
    factories.role(world.ours, "HR chef")
    shown = paste(head)
    assert texts(shown) == [
        "Vi har korta vägar till stöd och det fungerar i vardagen",
        "Avsätt tid varje vecka",
        "Färre system",
        "Vi frågar varandra",
    ]
    assert not Dialogue.objects.exists()
    made = shown.context["review"]
    assert made.heads[0]["held_on"].value() == "2026-02-03"
    assert made.heads[0]["departments"].value() == [world.home.pk]
    data = sent(shown, do="save")
    data["text"][2] = "Färre och bättre system"
    data["place"][3] = f"0:{areas[1].pk}:opportunity"
    response = post(head, data | {"o0-number_present": "8"})
    dialogue = Dialogue.objects.get()
    assert response["Location"] == dialogue.get_absolute_url()
    assert (dialogue.held_on, dialogue.number_present, dialogue.stage) == (dt.date(2026, 2, 3), 8, "draft")
    assert (list(dialogue.departments.all()), dialogue.logged_by) == (
        [world.home],
        world.users.department_head,
    )
    assert list(dialogue.statements.values_list("area", "kind", "text", "order")) == [
        (areas[0].pk, "current", "Vi har korta vägar till stöd och det fungerar i vardagen", 1),
        (areas[0].pk, "current", "Avsätt tid varje vecka", 2),
        (areas[0].pk, "opportunity", "Färre och bättre system", 3),
        (areas[1].pk, "opportunity", "Vi frågar varandra", 4),
    ]
    kept = dialogue.statements.get(order=2)
    assert (kept.label, kept.owner_words) == ("Planering", "HR chef")
    assert [role.name for role in kept.owners.all()] == ["HR chef"]


def test_every_line_says_what_became_of_it(hr):
    shown = paste(hr, f"Inledning om kvällen\n{NOTES}")
    page = shown.content.decode()
    assert lost(shown) == [1]
    assert 'href="#n1"' in page
    assert '<span class="badge attention">inget inspel</span>' in page
    assert 'href="#r1"' in page
    assert "rad 4–5" in page
    assert "4 inspel" in page


def test_a_line_break_divides_at_the_next_press(hr):
    shown = paste(hr)
    data = sent(shown, do="look")
    data["text"][0] = "Vi har korta vägar till stöd\r\noch det fungerar i vardagen"
    after = post(hr, data)
    assert texts(after)[:2] == ["Vi har korta vägar till stöd", "och det fungerar i vardagen"]
    assert [row.where for row in after.context["review"].rows[:2]] == ["3", "3–4"]
    assert not lost(after)


def test_saving_divides_as_well(hr, areas):
    shown = paste(hr)
    data = sent(shown, do="save")
    data["text"][0] = "Ett\nTvå"
    post(hr, data)
    assert list(Statement.objects.values_list("text", flat=True))[:2] == ["Ett", "Två"]


def test_joining_two(hr):
    after = press(hr, paste(hr), "merge:1")
    assert (
        texts(after)[0] == "Vi har korta vägar till stöd och det fungerar i vardagen Avsätt tid varje vecka"
    )
    assert after.context["review"].rows[0].where == "3–6"
    assert not lost(after)


@pytest.mark.parametrize(
    "do", ["merge:0", "merge:2", "merge:99", "merge:x", "remove:99", "take:0", "take:999", "x"]
)
def test_a_button_that_does_not_fit_changes_nothing(hr, do):
    """Over the edge, under another heading, or made up."""
    shown = paste(hr)
    assert texts(press(hr, shown, do)) == texts(shown)


def test_what_is_taken_away_is_marked_and_comes_back_with_one_press(hr):
    shown = paste(hr)
    after = press(hr, shown, "remove:2")
    assert "Färre system" not in texts(after)
    assert lost(after) == [8]
    back = press(hr, after, "take:8")
    assert sorted(texts(back)) == sorted(texts(shown))
    assert not lost(back)


def test_a_line_that_was_taken_for_an_owner_may_be_made_a_statement(hr):
    shown = paste(hr)
    assert [mark.number for mark in shown.context["marks"] if mark.became == "owner"] == [6]
    assert 'value="take:6"' in shown.content.decode()
    assert "Ägare till detta är HR chef" in texts(press(hr, shown, "take:6"))


def test_a_moved_statement_stands_under_its_new_heading(hr, areas):
    shown = paste(hr)
    data = sent(shown, do="look")
    data["place"][0] = f"0:{areas[1].pk}:current"
    after = post(hr, data)
    assert [row.area for row in after.context["review"].rows] == [areas[0].pk] * 2 + [areas[1].pk] * 2
    assert texts(after)[2] == "Vi har korta vägar till stöd och det fungerar i vardagen"


def test_two_sources_become_two_dialogues(hr, world, areas):
    shown = paste(hr, TWO)
    heads = shown.context["review"].heads
    assert [(form["kind"].value(), form["held_on"].value()) for form in heads] == [
        ("dialogue", ""), ("review", "våren 2018"),
    ]  # fmt: skip
    changes = {"o0-held_on": "2019-01-29", "o0-kind": "workshop", "o0-title": "Workshop", "o1-invited": "40"}
    response = press(hr, shown, "save", **changes)
    assert response["Location"] == "/ostra/chefer/dialoger/"
    review, workshop = Dialogue.objects.order_by("held_on")
    assert (review.kind, review.held_words, review.held_on, review.held_until, review.invited) == (
        "review", "våren 2018", dt.date(2018, 3, 1), dt.date(2018, 5, 31), 40,
    )  # fmt: skip
    assert (workshop.kind, workshop.title, workshop.held_until) == ("workshop", "Workshop", None)
    assert [row.statements.count() for row in (review, workshop)] == [1, 3]
    assert set(Statement.objects.values_list("kind", flat=True)) == {"need"}


def test_a_source_that_was_emptied_is_not_saved(hr, areas):
    shown = paste(hr, TWO)
    data = sent(shown, do="save", **{"o0-held_on": "2019", "o0-kind": "workshop", "o1-held_on": "aldrig"})
    data["place"] = [f"0:{areas[0].pk}:need"] * 4
    post(hr, data)
    assert Dialogue.objects.get().statements.count() == 4


def test_nothing_is_half_saved_when_one_of_two_heads_is_wrong(hr):
    shown = paste(hr, TWO)
    after = press(hr, shown, "save", **{"o0-held_on": "2019", "o0-kind": "workshop", "o1-held_on": "aldrig"})
    assert "Datumet finns inte: aldrig." in after.content.decode()
    assert texts(after) == texts(shown)
    assert not Dialogue.objects.exists()


def upload(client, name: str, content: bytes):
    return client.post(PAGE, {"do": "upload", "file": SimpleUploadedFile(name, content)})


def as_docx(text: str = NOTES) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "docx"])
def test_files_are_read_like_what_is_pasted(hr, form):
    content = as_docx() if form == "docx" else NOTES.replace("\n", "\r\n").encode(form)
    shown = upload(hr, "Anteckningar.DOCX" if form == "docx" else "anteckningar.txt", content)
    assert texts(shown) == texts(paste(hr))


def test_word_gives_its_bullets_tables_and_tracked_words():
    document = docx.Document()
    document.add_paragraph("Punkt", style="List Bullet")
    document.add_table(1, 2).rows[0].cells[1].text = "I en tabell"
    paragraph = document.add_paragraph("Före ")
    inserted = OxmlElement("w:ins")
    inserted.append(paragraph.add_run("efter")._r)
    paragraph._p.append(inserted)
    gone = OxmlElement("w:moveFrom")
    gone.append(paragraph.add_run("borta")._r)
    paragraph._p.append(gone)
    deleted = OxmlElement("w:delText")
    deleted.text = "struket"
    paragraph.add_run()._r.append(deleted)
    assert [line for line in text_of("a.docx", saved(document)).split("\n") if line] == [
        "- Punkt", "I en tabell", "Före efter",
    ]  # fmt: skip


def test_word_shows_the_second_level_of_bullets():
    document = docx.Document()
    paragraph = document.add_paragraph("Under", style="List Bullet")
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 1
    base = document.styles["List Bullet"].element.pPr.numPr.numId.val
    properties.get_or_add_numId().val = base
    numbering = document.part.numbering_part.element
    target = next(node for node in numbering.iter(qn("w:num")) if node.get(qn("w:numId")) == str(base))
    abstract = next(
        node
        for node in numbering.iter(qn("w:abstractNum"))
        if node.get(qn("w:abstractNumId")) == target.find(qn("w:abstractNumId")).get(qn("w:val"))
    )
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "1")
    form = OxmlElement("w:numFmt")
    form.set(qn("w:val"), "bullet")
    level.append(form)
    abstract.append(level)
    assert text_of("a.docx", saved(document)) == "o Under"


def as_table(rows: list[list[str]]) -> bytes:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return saved(document)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            [["Utgångspunkt", "Nuläge", "Utvecklingsmöjligheter"], ["Chefens roll", "Bra\nKort", "Tid"], ["", "Ja", ""]],
            ["## Chefens roll", "Nuläge", "- Bra", "- Kort", "Utvecklingsmöjligheter", "- Tid", "Nuläge", "- Ja"],
        ),
        (
            [["Så är det nu", "Utvecklingsmöjligheter"], ["Bra", "Tid"], ["Kort", ""]],
            ["Så är det nu", "- Bra", "- Kort", "Utvecklingsmöjligheter", "- Tid"],
        ),
        (
            [["Behov", "Vem", "Nr"], ["Stöd", "HR\nchefen", "7 b"], ["Tid", "", ""]],
            ["Behov", "- Stöd", "Ägare: HR, chefen", "7 b", "- Tid"],
        ),
        ([["Nr", "Område", "Behov"], ["1", "Stöd", "Mer"]], ["## Stöd", "Behov", "- Mer", "1"]),
        ([["Namn", "Plats"], ["Behov", "Här"]], ["Namn", "Plats", "Behov", "Här"]),
        ([["Behov", "Vem"]], ["Behov", "Vem"]),
    ],
)  # fmt: skip
def test_a_table_whose_columns_are_kinds_is_told_under_its_headings(rows, lines):
    assert [line for line in text_of("a.docx", as_table(rows)).split("\n") if line] == lines


def test_words_own_headings_are_marked_as_such():
    document = docx.Document()
    document.add_heading("Chefens roll", 1)
    document.add_paragraph("Punkt", style="List Bullet")
    document.add_paragraph("1. Skrivet")
    assert text_of("a.docx", saved(document)) == "## Chefens roll\n- Punkt\n1. Skrivet"


def test_a_heading_of_words_own_is_never_a_statement(hr):
    document = docx.Document()
    document.add_paragraph("Inledning")
    for heading, point in (("Något helt eget", "Ett"), ("Mer eget som ingen känner", "Två")):
        document.add_heading(heading, 2)
        document.add_paragraph(point)
    shown = upload(hr, "a.docx", saved(document))
    assert [(row.heading, row.text) for row in shown.context["review"].rows] == [
        ("", "Inledning"), ("Något helt eget", "Ett"), ("Mer eget som ingen känner", "Två"),
    ]  # fmt: skip


def test_words_tables_come_out_with_their_kinds_areas_and_owners(hr, areas):
    content = as_table([["Utgångspunkt", "Nuläge", "Behov", "Vem"], ["Ledarskapet", "Bra", "Tid", "HR"]])
    rows = upload(hr, "a.docx", content).context["review"].rows
    assert [(row.area, row.kind, row.text, row.owners) for row in rows] == [
        (areas[1].pk, "current", "Bra", ""), (areas[1].pk, "need", "Tid", "HR"),
    ]  # fmt: skip


def test_an_entity_in_a_word_file_does_not_vanish_unseen():
    """What it stands for is left out by the parser; a file that Word made has none."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx())) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(
                    b"<w:document", b'<!DOCTYPE x [<!ENTITY e SYSTEM "e.txt">]><w:document', 1
                )
                part = part.replace("Färre system".encode(), b"&e;")
            new.writestr(name, part)
    with pytest.raises(NotNotes) as found:
        text_of("a.docx", file.getvalue())
    assert found.value.reason == "broken"


LETTERS = "Färre möten på Öland, sa idéns Åsa: ”så är det”\nÄrenden"


@pytest.mark.parametrize("form", ["utf-8", "utf-16", "cp1252", "mac_roman"])
def test_letters_are_read_as_they_were_written(form):
    assert text_of("a.txt", LETTERS.encode(form)) == LETTERS


@pytest.mark.parametrize("form", ["cp850", "mac_roman", "cp1252"])
@pytest.mark.parametrize(
    "text", ["Så är det nu\n- Våra möten", "Åsa har idéer", "STÅR I KÖ", "Möten", "idé, kön"]
)
def test_old_letters_are_told_by_the_words_they_make(form, text):
    assert text_of("a.txt", text.encode(form)) == text


@pytest.mark.parametrize("text", ["Fler ”quickfix” – i system…", "Stöd av Škoda", "Café", "Bra"])
def test_what_windows_wrote_stays_as_it_was(text):
    assert text_of("a.txt", text.encode("cp1252")) == text


@pytest.mark.parametrize("content", [b"B\x81tre tid", b"st\x9bd av chefen"])
def test_letters_that_cannot_be_told_are_said(content):
    with pytest.raises(NotNotes) as found:
        text_of("a.txt", content)
    assert found.value.reason == "letters"


@pytest.mark.parametrize("text", ["Dašić’s list", "a”b"])
def test_letters_of_other_languages_are_no_doubt(text):
    assert text_of("a.txt", text.encode()) == text


def test_letters_in_parts_are_whole_words(hr):
    """As text comes from a PDF: a letter and its ring apart, letters cast together, places where a word may be cut."""
    text = "Utvecklingsmo\u0308jligheter\n\ufeff- e\ufb03cient\u200b sam\u00adverkan hel\u00ad\ntid"
    assert text_of("a.txt", text.encode()) == "Utvecklingsmöjligheter\n- efficient samverkan hel\u00ad\ntid"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/{number}.xml", b"0" * (80 * 1024 * 1024))
    return file.getvalue()


def small_bomb(name: str, start: bytes = b""):
    """A Word file of some kilobytes with a part that would become a tree of half a gigabyte."""

    def make() -> bytes:
        file = io.BytesIO(as_docx())
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, start + b"<a>" + b"<b/>" * 4_000_000 + b"</a>")
        return file.getvalue()

    return make


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", small_bomb("word/more.xml"), "too_large"),
        ("a.docx", small_bomb("word/media/a.png", b" " * 500), "too_large"),
        ("a.docx", b"PK\x03\x04 trasig", "broken"),
        ("a.docx", b"", "broken"),
        ("a.docx", as_docx()[:-300], "broken"),
        ("a.docx", bomb, "too_large"),
        ("a.txt", b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        ("a.txt", b"PK\x03\x04", "wrong_kind"),
        ("a.pdf", b"%PDF-1.7", "wrong_kind"),
        ("a.doc", b"\xd0\xcf\x11\xe0\x00\x00", "wrong_kind"),
    ],
)
def test_files_that_cannot_be_read_say_why(name, content, reason):
    with pytest.raises(NotNotes) as found:
        text_of(name, content() if callable(content) else content)
    assert found.value.reason == reason


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"PK\x03\x04 trasig", "Filen går inte att öppna."),
        ("a.pdf", b"%PDF-1.7", "Välj en textfil (.txt) eller ett Worddokument (.docx)."),
        ("a.txt", b" \n ", "Filen har ingen text."),
        ("a.txt", b"x" * (10 * 1024 * 1024 + 1), "Filen är större än 10 MB."),
        ("a.txt", b"x" * (MOST_CHARACTERS + 1), "Läs in dem i delar."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_place(hr, name, content, told):
    response = upload(hr, name, content)
    assert told in response.context["file_form"].errors["file"][0]
    assert told.split(" (")[0] in response.content.decode()


def test_an_upload_without_a_file_is_told(hr):
    assert list(hr.post(PAGE, {"do": "upload"}).context["file_form"].errors) == ["file"]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (MOST_CHARACTERS + 1), "x\n" * 3001])
def test_notes_that_cannot_be_read_are_told_and_kept(hr, text):
    response = paste(hr, text)
    assert list(response.context["form"].errors) == ["notes"]
    assert response.context["form"]["notes"].value() == text


def test_more_statements_than_fit_are_refused_and_kept(hr):
    text = "Förutsättningar\n" + "\n".join(f"- Punkt {number}" for number in range(501))
    response = paste(hr, text)
    assert "501 inspel" in response.context["form"].errors["notes"][0]
    assert "Punkt 500" in response.content.decode()


def test_notes_without_headings_get_theirs_on_the_page(hr, world, areas):
    shown = paste(hr, "Bra stöd\nFärre system")
    head = {"o0-held_on": "2026-02-03", "o0-departments": [world.home.pk]}
    refused = press(hr, shown, "save", **head)
    assert refused.content.decode().count("Välj vilken rubrik det hör till.") == 2
    assert not Dialogue.objects.exists()
    press(hr, shown, "save", place=[f"0:{areas[0].pk}:current", f"0:{areas[1].pk}:opportunity"], **head)
    assert Statement.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("text", "", "Skriv vad som sades, eller ta bort inspelet."),
        ("text", "x" * 1001, "Texten har 1001 tecken; högst 1000."),
        ("text", "Bra\x1bstöd", "Texten innehåller ett osynligt styrtecken."),
        ("text", "Chefen 19811218-9876 bad om stöd", "Texten innehåller ett personnummer."),
        ("label", "x" * 121, "Etiketten har 121 tecken; högst 120."),
        ("heading", "x" * 161, "Rubriken har 161 tecken; högst 160."),
        ("owners", "811218-9876", "Ägaren innehåller ett personnummer."),
    ],
)
def test_what_cannot_be_saved_is_told_at_its_statement_and_nothing_is_lost(head, field, value, told):
    shown = paste(head)
    data = sent(shown, do="save")
    data[field][1] = value
    response = post(head, data)
    problems = response.context["review"].problems()
    assert [problem.startswith(told) for problem in problems[1]] == [True]
    assert told in response.content.decode()
    assert not any(problems[:1] + problems[2:])
    assert getattr(response.context["review"].rows[1], field) == value
    assert "Vi frågar varandra" in response.content.decode()
    assert not Dialogue.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"o0-held_on": ""}, "held_on"),
        ({"o0-held_on": "2999-01-01"}, "held_on"),
        ({"o0-held_on": "2026-02-30"}, "held_on"),
        ({"o0-departments": []}, "departments"),
        ({"o0-number_present": "0"}, "number_present"),
        ({"o0-title": "x" * 161}, "title"),
        ({"o0-title": "19811218-9876"}, "title"),
        ({"o0-summary": "Om 19811218-9876"}, "summary"),
    ],
)
def test_a_wrong_head_is_told_at_its_place(head, changes, field):
    response = press(head, paste(head), "save", **changes)
    assert list(response.context["review"].heads[0].errors) == [field]
    assert len(texts(response)) == 4
    assert not Dialogue.objects.exists()


def test_errors_of_the_head_wait_until_it_is_saved(hr):
    response = press(hr, paste(hr), "look", **{"o0-held_on": "i våras"})
    assert "invalid-feedback" not in response.content.decode()
    assert 'value="i våras"' in response.content.decode()


def test_a_likely_name_is_warned_about_and_may_be_saved(hr, world):
    shown = paste(hr, NOTES.replace("Färre system", "Färre system, sa Karin Lindqvist"))
    assert "kanske ett personnamn" in shown.content.decode()
    assert press(hr, shown, "save").status_code == 302


def test_the_groups_own_summary_comes_along(hr):
    shown = paste(hr, f"{NOTES}\nRöda tråden\n- Tydlighet i allt\n- Tid att leda")
    press(hr, shown, "save")
    assert Dialogue.objects.get().summary == "Tydlighet i allt\nTid att leda"


def test_a_department_head_reads_in_for_the_own_departments_alone(head, world):
    shown = paste(head)
    assert world.other.name not in shown.content.decode()
    response = press(head, shown, "save", **{"o0-departments": [world.other.pk]})
    assert list(response.context["review"].heads[0].errors) == ["departments"]
    review = press(head, paste(head, TWO), "save", **{"o0-held_on": "2019", "o1-departments": []})
    assert list(review.context["review"].heads[1].errors) == ["departments"]
    assert not Dialogue.objects.exists()


@pytest.mark.parametrize("kind", ["director", "secretary", "manager", "reader", "admin"])
def test_other_roles_are_told_that_they_may_not(sign_in, world, areas, kind):
    client = sign_in(getattr(world.users, kind))
    for response in (client.get(PAGE), paste(client)):
        assert response.status_code == 403
        assert "Din roll kan inte göra detta" in response.content.decode()
    assert "las-in" not in client.get("/ostra/chefer/dialoger/").content.decode()


@pytest.mark.parametrize("kind", ["editor", "department_head"])
def test_the_page_is_linked_where_dialogues_are_logged(sign_in, world, kind):
    client = sign_in(getattr(world.users, kind))
    for path in ("/ostra/chefer/dialoger/", "/ostra/chefer/dialoger/ny/"):
        assert f'href="{PAGE}"' in client.get(path).content.decode()


def test_another_organisation_is_neither_seen_nor_reached(sign_in, hr, world):
    assert hr.get("/vastra/hemlig/dialoger/las-in/").status_code == 404
    shown = paste(hr, f"{NOTES}\nHemligt område\n- Ett inspel")
    assert "Hemlig avdelning" not in shown.content.decode()
    secret = world.hidden.areas.get()
    data = sent(shown, do="save")
    data["place"][0] = f"0:{secret.pk}:current"
    response = post(hr, data | {"o0-departments": [world.theirs.departments.get().pk]})
    assert response.context["review"].rows[0].area is None
    assert list(response.context["review"].heads[0].errors) == ["departments"]
    assert not Dialogue.objects.exists()
    assert sign_in(world.users.outsider).get(PAGE).status_code == 404


def keep(client, world, data: dict):
    fields = {"_draft_key": f"notes:{world.program.pk}", "_draft_title": "Anteckningar", "_draft_url": PAGE}
    return client.post(
        "/ostra/-/utkast/", {key: value for key, value in named(data).items() if key != "do"} | fields
    )


def test_what_is_corrected_is_kept_as_a_draft_and_found_again(head, world, client):
    data = sent(paste(head), **{"o0-held_on": "tredje februari"})
    data["text"][0] = "Rättat"
    assert keep(head, world, data).status_code == 200
    client.logout()
    client.force_login(world.users.department_head)
    response = client.get(PAGE)
    assert texts(response)[0] == "Rättat"
    assert 'value="tredje februari"' in response.content.decode()
    assert "invalid-feedback" not in response.content.decode()
    press(client, response, "save", **{"o0-held_on": "2026-02-03"})
    assert not Draft.objects.exists()
    assert Dialogue.objects.get().statements.first().text == "Rättat"


def test_notes_not_read_yet_are_kept_as_well(head, world):
    keep(head, world, {"notes": "Halvskrivet"})
    assert "Halvskrivet" in head.get(PAGE).content.decode()


def test_changing_the_notes_keeps_the_corrections_until_then(head):
    data = sent(paste(head), do="again")
    data["text"][0] = "Rättat"
    response = post(head, data)
    assert response.context["form"]["notes"].value() == NOTES
    assert "Tillbaka till dina rättelser" in response.content.decode()
    assert texts(head.get(PAGE))[0] == "Rättat"


def test_somebody_elses_draft_is_not_shown(head, sign_in, world):
    keep(head, world, sent(paste(head)))
    assert "Färre system" not in sign_in(world.users.editor).get(PAGE).content.decode()


@pytest.mark.parametrize("changes", [{"lines": ["x"]}, {"place": ["9:9:9"]}, {"occasion": []}, {"notes": ""}])
def test_a_page_that_was_tampered_with_loses_no_text(hr, changes):
    shown = paste(hr)
    assert sorted(texts(press(hr, shown, "look", **changes))) == sorted(texts(shown))


def test_markup_in_notes_is_text(hr):
    page = paste(hr, "Förutsättningar\n</textarea><script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_blank_lines_first_keep_their_numbers(hr):
    """A browser drops the first line break of a text area; the page gives it one to drop."""
    shown = paste(hr, f"\n\n{NOTES}")
    assert f'<textarea name="notes" hidden>\n\n\n{NOTES[:10]}' in shown.content.decode()
    assert shown.context["review"].rows[0].where == "5–6"


@pytest.mark.parametrize("rows", [1, 40])
def test_query_count(hr, world, rows, django_assert_num_queries):
    text = "Förutsättningar\n" + "\n".join(f"- Punkt {number}" for number in range(rows))
    with django_assert_num_queries(12):
        shown = paste(hr, text)
    data = sent(shown, do="save", **{"o0-held_on": "2026-02-03", "o0-departments": [world.home.pk]})
    with django_assert_num_queries(27):
        assert post(hr, data).status_code == 302


def test_known_owners_are_linked_by_name_or_alias_in_any_case(world):
    unit = factories.role(world.ours, "Enhetschef")
    unit.aliases = ["Chefen", "hr-chef"]
    unit.save()
    hr_head = factories.role(world.ours, "HR-chef")
    said = [Said(world.program.areas.get(), "need", "x", owners=words) for words in (
        "chefens ansvar", "HR-CHEF + förvaltning", "Chefen och HR-chef", "ingen alls", "",
    )]  # fmt: skip
    made = import_notes(program=world.program, occasions=[Occasion({"held_on": DAY}, said)], by=None)
    assert [list(row.owners.order_by("pk")) for row in made[0].statements.all()] == [
        [unit], [hr_head], sorted([unit, hr_head], key=lambda row: row.pk), [], [],
    ]  # fmt: skip
    assert made[0].statements.all()[1].owner_words == "HR-CHEF + förvaltning"


def test_an_owner_that_is_a_role_with_and_in_its_name():
    both = object()
    assert known_owners("Ekonomi och HR", {"ekonomi och hr": both}) == [both]


OWN_WORDS = """Egna rubriker
- Ett nu
- Två nu
Nuläge
- Tre nu
Utvecklingsmöjligheter
- Fyra möjlighet
Andra rubriker:
- Fem möjlighet
- Sex möjlighet"""


def places(response) -> list[tuple]:
    return [row.place for row in response.context["review"].rows]


def test_a_field_that_a_browser_left_out_shifts_no_other_statement(hr, areas):
    """A select without any choice is not sent at all."""
    shown = paste(hr, "Egna rubriker\n- Ett\n- Två\n- Tre")
    fields = named(sent(shown, do="look", place=[f"0:{areas[0].pk}:current"] * 4))
    del fields["place-2"]
    after = hr.post(PAGE, fields)
    assert texts(after) == ["Ett", "Egna rubriker", "Två", "Tre"]
    assert [area for _occasion, area, _kind in places(after)] == [None, *[areas[0].pk] * 3]


def test_every_statement_may_be_sent_anywhere_on_the_page(hr, areas):
    """Also to where nothing has a heading yet, since the keyboard carries statements there."""
    page = press(
        hr, paste(hr, OWN_WORDS), "look", place=[f"0:{areas[0].pk}:current"] + ["0::current"] * 6
    ).content.decode()
    chosen = page[page.rindex('name="place-') :].partition("</select>")[0]
    wanted = [f"0:{area}:{kind}" for area in ("", *(area.pk for area in areas)) for kind in KINDS]
    assert [value.partition('"')[0] for value in chosen.split('<option value="')[1:]] == wanted


def test_how_many_have_no_heading_is_told_and_not_calmly(hr):
    page = paste(hr, "Rubrik\n- Ett").content.decode()
    assert (
        'role="status" class="alert attn"><p><strong>2 inspel</strong>, <strong>2 under ingen rubrik än'
        in page
    )
    assert "under ingen rubrik än" not in paste(hr).content.decode()


def test_a_line_is_made_the_heading_of_what_stands_beneath(hr, areas):
    """First asked for which, then set: up to the next heading, and one that tells a kind alone is no end."""
    shown = paste(hr, OWN_WORDS)
    asked = press(hr, shown, "head:1")
    assert texts(asked) == texts(shown)
    assert '<select name="head" id="head" autofocus><option' in asked.content.decode()
    told = press(hr, asked, "set:1", head="")
    assert "Välj vilken rubrik det är." in told.content.decode()
    after = press(hr, asked, "set:1", head=f"0:{areas[1].pk}:current")
    here = areas[1].pk
    assert [(row.text, *row.place[1:]) for row in after.context["review"].rows] == [
        ("Fem möjlighet", None, "opportunity"), ("Sex möjlighet", None, "opportunity"),
        ("Ett nu", here, "current"), ("Två nu", here, "current"), ("Tre nu", here, "current"),
        ("Fyra möjlighet", here, "opportunity"),
    ]  # fmt: skip
    assert (after.context["marks"][0].became, lost(after)) == ("heading", [])
    assert [mark.became for mark in press(hr, after, "look").context["marks"]][:2] == ["heading", "statement"]


def test_lines_that_had_become_nothing_are_statements_of_a_heading_that_was_set(hr, areas):
    """Nothing counts as said before the first heading that is known; another may be made of a line above it."""
    shown = paste(hr, f"Egna rubriker\n- Ett nu\nUtvecklingsmöjligheter\n- Två sedan\n{NOTES}")
    assert lost(shown) == [1, 2, 4]
    after = press(hr, shown, "set:1", head=f"0:{areas[0].pk}:need")
    assert lost(after) == []
    assert [(row.text, row.kind, row.where) for row in after.context["review"].rows if row.where in "24"] == [
        ("Två sedan", "opportunity", "4"), ("Ett nu", "need", "2"),
    ]  # fmt: skip


def test_all_under_one_heading_are_moved_at_once(hr, areas):
    shown = paste(hr, OWN_WORDS)
    told = press(hr, shown, "move:0::opportunity:Andra rubriker")
    assert ("Välj var de ska stå." in told.content.decode(), places(told)) == (True, places(shown))
    to = f"0:{areas[0].pk}:opportunity"
    after = press(hr, shown, "move:0::opportunity:Andra rubriker", **{"to:0::opportunity:Andra rubriker": to})
    was = {row.text: row.place for row in shown.context["review"].rows}
    assert {row.text: row.place for row in after.context["review"].rows} == was | {
        text: (0, areas[0].pk, "opportunity") for text in ("Fem möjlighet", "Sex möjlighet")
    }


@pytest.mark.parametrize("do", ["merge:1", "remove:0", "take:1", "set:1", "move:0::current:"])
def test_one_press_takes_the_last_change_back_and_one_more_brings_it_again(hr, areas, do):
    shown = paste(hr, f"Inledning\n{NOTES}")
    to = f"0:{areas[1].pk}:need"
    choice = {"head": to, f"to:0:{areas[0].pk}:current:": to}
    changed = press(hr, shown, do.replace("0::", f"0:{areas[0].pk}:"), **choice)
    assert changed.context["review"].rows != shown.context["review"].rows or do == "set:1"
    back = press(hr, changed, "undo")
    assert back.context["review"].rows == shown.context["review"].rows
    assert back.context["review"].headings == ()
    assert press(hr, back, "undo").context["review"].rows == changed.context["review"].rows


@pytest.mark.parametrize("before", ["", "x", "row=1&notes=x" * 9000, "notes=bort&o0-title=x"])
def test_what_cannot_be_taken_back_changes_nothing(hr, before):
    shown = paste(hr)
    after = press(hr, shown, "undo", before=before)
    assert (texts(after), after.context["review"].text) == (texts(shown), NOTES)


def test_undo_is_offered_only_when_something_was_changed(hr):
    shown = paste(hr)
    assert "data-undo hidden" in shown.content.decode()
    assert "data-undo hidden" not in press(hr, shown, "remove:0").content.decode()


def test_what_is_looked_for_and_what_is_replaced_is_said_before(hr):
    page = hr.get(PAGE).content.decode()
    assert "<strong>Förutsättningar</strong>; <strong>Ledarskapet</strong>." in page
    assert "Ändra anteckningarna (ersätter rättelserna)" in paste(hr).content.decode()


@pytest.mark.parametrize("notes", ["x\n" * 3001, "x" * (MOST_CHARACTERS + 1)])
def test_longer_notes_than_the_page_holds_are_refused_on_the_way_back_as_well(hr, notes):
    after = press(hr, paste(hr), "merge:1", notes=notes)
    assert "Läs in dem i delar." in after.context["form"].errors["notes"][0]
    assert after.context["form"]["notes"].value() == notes


def test_days_are_written_as_when_a_dialogue_is_typed(hr, world):
    review = paste(hr)
    day = "2–4 mars 2026"
    press(hr, review, "save", **{"o0-held_on": day, "o0-departments": [world.home.pk]})
    kept = Dialogue.objects.get()
    assert [f"{kept.held_on}", f"{kept.held_until}", kept.held_words] == ["2026-03-02", "2026-03-04", day]


def test_more_than_the_page_holds_is_refused_before_it_is_drawn(hr, world):
    """Also when it is forged: sixty statements of four hundred lines each."""
    many = {f"text-{key}": "ord\n" * 400 for key in range(60)} | {
        "row": list(range(60)),
        "notes": "- ord",
        "do": "look",
    }
    page = hr.post(PAGE, many)
    assert "har 24060 inspel" in page.content.decode()
    assert "notes" in page.context["form"].errors


def test_more_meetings_than_the_page_holds_are_refused(hr, world):
    text = "\n".join(
        f"Dialog med grupp {number} ledningsgrupp 2024-05-0{number % 9 + 1}\nChefsrollens förutsättningar\n- Ord {number}"
        for number in range(23)
    )
    page = hr.post(PAGE, {"notes": text, "do": "paste"})
    assert "möten. Högst 20" in page.content.decode()
