"""The document's own pages: letter, cover with contents, sections, sources; written as markup from the content."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from reports.content import (
    Block,
    Bullets,
    Changes,
    Chart,
    Content,
    Edition,
    Numbered,
    Section,
    Sentence,
    Source,
    Table,
    paragraphs,
    written,
)
from reports.render import words
from reports.render.word import markup as m
from reports.render.word import tables
from reports.render.word.sections import Chunk
from ui.charts import png

SOURCES_KEY = "kallor"
REPORT = "rapporten"  # the bookmark that the contents are made from
SHORT = 4  # sections; a report of no more goes on below its contents
LIGHT = 700  # characters that go with a wide table to its page
FIRST_MARK = 1000  # above the numbers that a template's own bookmarks have


@dataclass(frozen=True)
class Wish:
    """What is wanted of a document, and what it is written with."""

    ids: dict[str, str]
    width: int
    wide_width: int
    first_list: int
    draft: bool = False
    edition: Edition | None = None
    has_cover: bool = False  # the template has its own


@dataclass
class Writer:
    """Takes the document down, chunk by chunk, and what goes with it: pictures, numbered lists, bookmarks."""

    wish: Wish
    linked: frozenset[str] = frozenset()
    pictures: list[m.Picture] = field(default_factory=list)
    lists: int = 0
    bookmarks: int = FIRST_MARK
    cited: dict[str, dict[str, str]] = field(default_factory=dict)
    where: tuple[str, str] = ("", "")
    pieces: list[str] = field(default_factory=list)
    done: list[Chunk] = field(default_factory=list)
    is_wide: bool = False
    heading_at: int | None = None

    def __post_init__(self) -> None:
        self.looks = {
            name: f'<w:p><w:pPr><w:pStyle w:val="{key}"/></w:pPr>' for name, key in self.wish.ids.items()
        }
        self.reference = self.wish.ids["rapport hänvisning"]

    def put(self, style: str, inner: str) -> None:
        """A paragraph of runs."""
        self.pieces.append(f"{self.looks[style]}{inner}</w:p>")

    def say(self, style: str, text: str, refs: Sequence[str] = ()) -> None:
        """A paragraph of text, the codes of its sources after it in brackets."""
        self.put(style, m.run(text) + self.bracketed(refs))

    def bracketed(self, refs: Sequence[str]) -> str:
        return m.run(" [", self.reference) + self.codes(refs) + m.run("]", self.reference) if refs else ""

    def codes(self, refs: Sequence[str]) -> str:
        """Codes of sources, each a link to its place in the list; remembers where they were cited."""
        if self.where[0]:
            for code in refs:
                self.cited.setdefault(code, {})[self.where[0]] = self.where[1]
        parts = []
        for before, code in written(refs):
            shown = m.run(code, self.reference)
            parts.append(m.run(before, self.reference) if before else "")
            parts.append(m.link(anchor("k", code), shown) if code in self.linked else shown)
        return "".join(parts)

    def marked(self, name: str, inner: str) -> str:
        """Runs that can be linked to."""
        self.bookmarks += 1
        return m.bookmark(self.bookmarks, name, inner)

    def head(self, style: str, key: str, text: str) -> None:
        if self.is_wide:
            self.turn(is_wide=False)
        self.heading_at, self.where = len(self.pieces), (key, text)
        self.put(style, self.marked(anchor("s", key), m.run(text)))

    def turn(self, *, is_wide: bool) -> None:
        """Begin a new page; a wide one takes a heading with the little text below it along."""
        kept = self._light() if is_wide and not self.is_wide else []
        if self.pieces:
            self.done.append(Chunk("".join(self.pieces), self.is_wide))
        self.pieces, self.is_wide, self.heading_at = kept, is_wide, None

    def _light(self) -> list[str]:
        if self.heading_at is None:
            return []
        below = self.pieces[self.heading_at :]
        text = sum(len(re.sub("<[^>]*>", "", piece)) for piece in below)
        if text > LIGHT or any("<w:tbl>" in piece or "<w:drawing" in piece for piece in below):
            return []
        del self.pieces[self.heading_at :]
        return below

    def chunks(self) -> list[Chunk]:
        self.turn(is_wide=False)
        return self.done


def anchor(letter: str, name: str) -> str:
    """A bookmark's name for a section or a source: letters, digits and _ alone, at most 40."""
    return f"{letter}_{re.sub('[^0-9A-Za-z_]', '_', name)}"[:40]


def write(content: Content, part: str, wish: Wish) -> Writer:
    """The letter, the report or both; ask the writer for its chunks, pictures and number of lists."""
    has_report = part != "letter"
    codes = frozenset(source.code for source in content.sources) if has_report else frozenset()
    writer = Writer(wish, codes)
    has_letter = part != "report" and bool(content.letter.sections)
    if has_letter:
        _letter(writer, content)
    if has_report or not has_letter:
        if has_letter:
            writer.turn(is_wide=False)
        _report(writer, content, is_first=not has_letter)
    return writer


def _letter(writer: Writer, content: Content) -> None:
    _marks(writer, content)
    writer.say("title", content.title)
    writer.say("subtitle", f"Tjänsteskrivelse till {content.committee}, sammanträdet {content.meets_on}")
    for section in words.shown(content.letter.sections, draft=writer.wish.draft):
        _section(writer, section, "brev")
    writer.head("heading 1", "beslutsunderlag", "Beslutsunderlag")
    for text in content.letter.documents:
        writer.say("list bullet", text)


def _marks(writer: Writer, content: Content) -> None:
    """Utkast, Exempeldata: said on the page itself, since a template's own header may not."""
    text = " · ".join(words.marks(content, draft=writer.wish.draft, edition=None))
    if text:
        writer.say("rapport märkning", text)


def _report(writer: Writer, content: Content, *, is_first: bool) -> None:
    if not (writer.wish.has_cover and is_first):
        _cover(writer, content)
    _contents(writer, content)
    if len(content.sections) > SHORT:
        writer.turn(is_wide=False)
    writer.bookmarks += 1
    number = writer.bookmarks
    writer.pieces.append(f'<w:bookmarkStart w:id="{number}" w:name="{REPORT}"/>')
    for section in words.shown(content.sections, draft=writer.wish.draft):
        _section(writer, section)
    _sources(writer, content.sources)
    writer.pieces.append(f'<w:bookmarkEnd w:id="{number}"/>')


def _cover(writer: Writer, content: Content) -> None:
    _marks(writer, content)
    writer.say("rapport omslagstitel", content.title)
    if content.program != content.title:
        writer.say("subtitle", content.program)
    for label, text in _facts(content, writer.wish):
        if text:
            writer.say("rapport omslagsrad", f"{label}\t{text}")


def _facts(content: Content, wish: Wish) -> Iterable[tuple[str, str]]:
    """What stands on the cover: label and text, empty where there is nothing to say."""
    yield "Organisation", ", ".join(part for part in (content.parent, content.organisation) if part)
    meeting = f"{content.committee}, sammanträdet {content.meets_on}"
    yield "Nämnd", "" if content.kind in words.WITHOUT_COMMITTEE else meeting
    yield "Ärendenummer", ", ".join(content.case_numbers)
    yield "Uppgifter till och med", content.cut_off
    yield "Förra rapporten till och med", content.previous_cut_off
    yield "Programmets mål", content.goal
    yield "Utgåva", words.edition_words(wish.edition)
    yield "Rättar", wish.edition.corrects if wish.edition else ""


def _contents(writer: Writer, content: Content) -> None:
    """A field that Word updates, with its entries already written: links to the headings."""
    headings = [
        (section.key, section.heading) for section in words.shown(content.sections, draft=writer.wish.draft)
    ]
    if content.sources:
        headings.append((SOURCES_KEY, words.SOURCES))
    opened, closed = m.field(rf'TOC \o "1-1" \h \z \u \b {REPORT}')
    ids, parts = writer.wish.ids, []
    for number, (key, heading) in enumerate(headings):
        entry = m.link(anchor("s", key), m.run(heading))
        parts.append(f"{writer.looks['toc 1']}{opened if number == 0 else ''}{entry}</w:p>")
    writer.pieces.append(
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{writer.looks['toc heading']}{m.run('Innehåll')}</w:p>"
        f'{"".join(parts)}<w:p><w:pPr><w:pStyle w:val="{ids["rapport brytning"]}"/></w:pPr>{closed}</w:p>'
        "</w:sdtContent></w:sdt>"
    )


def _section(writer: Writer, section: Section, prefix: str = "") -> None:
    writer.head("heading 1", f"{prefix}{section.key}", section.heading)
    for text in paragraphs(section.fixed):
        writer.say("rapport fast text", text)
    for text in paragraphs(section.narrative):
        writer.say("body text", text)
    if section.is_empty:
        writer.say("rapport anmärkning", words.EMPTY)
    for block in section.blocks:
        is_wide = isinstance(block, Table) and tables.is_wide(block, writer.wish.width)
        if writer.is_wide != is_wide:
            writer.turn(is_wide=is_wide)
        WRITE[type(block)](writer, block)


def _sentence(writer: Writer, block: Sentence) -> None:
    writer.say("rapport slutsats", block.text, block.refs)


def _listed(writer: Writer, style: str, block: Bullets | Changes) -> None:
    refs = block.refs or ((),) * len(block.items)
    for text, codes in zip(block.items, refs, strict=True):
        writer.say(style, text, codes)


def _bullets(writer: Writer, block: Bullets) -> None:
    _listed(writer, "list bullet", block)


def _changes(writer: Writer, block: Changes) -> None:
    writer.say("rapport ändringar", block.heading)
    _listed(writer, "rapport ändring", block)


def _numbered(writer: Writer, block: Numbered) -> None:
    """Points that Word numbers, from one in every list."""
    style, number = writer.wish.ids["list number"], writer.wish.first_list + writer.lists
    writer.lists += 1
    properties = (
        f'<w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    )
    for text in block.items:
        writer.pieces.append(f"<w:p><w:pPr>{properties}</w:pPr>{m.run(text)}</w:p>")


def _table(writer: Writer, block: Table) -> None:
    writer.say("caption", block.caption)
    width = writer.wish.wide_width if writer.is_wide else writer.wish.width
    writer.pieces.append(tables.table(block, width, writer.wish.ids, writer.codes))
    if block.note:
        writer.say("rapport anmärkning", block.note)


def _chart(writer: Writer, block: Chart) -> None:
    picture = m.Picture(f"rIdDiagram{len(writer.pictures) + 1}", png(json.loads(block.spec)))
    writer.pictures.append(picture)
    writer.say("caption", block.caption, block.refs)
    drawn = m.picture(
        len(writer.pictures), picture.relation, block.alt, m.pixels(picture.data), writer.wish.width
    )
    writer.put("rapport figur", drawn)


WRITE: dict[type[Block], Callable[[Writer, Block], None]] = {
    Sentence: _sentence,
    Bullets: _bullets,
    Numbered: _numbered,
    Changes: _changes,
    Table: _table,
    Chart: _chart,
}  # type: ignore[assignment, dict-item]


def _sources(writer: Writer, sources: tuple[Source, ...]) -> None:
    """What the claims rest on, kind by kind; each with what it rests on itself, and where it was cited."""
    if not sources:
        return
    cited = {code: dict(places) for code, places in writer.cited.items()}
    writer.head("heading 1", SOURCES_KEY, words.SOURCES)
    writer.where = ("", "")
    for kind, rows in words.sources_by_kind(sources):
        writer.say("heading 2", kind)
        for source in rows:
            writer.put("rapport källa", _source(writer, source, cited.get(source.code, {})))


def _source(writer: Writer, source: Source, places: dict[str, str]) -> str:
    code = m.run(source.code, writer.wish.ids["rapport kod"])
    told = writer.marked(anchor("k", source.code), code) + m.run(f"\t{source.title}")
    if source.detail:
        told += m.run(f". {source.detail}" if source.title[-1:] not in ".?!" else f" {source.detail}")
    if source.refs:
        told += m.run(" Vilar på") + writer.bracketed(source.refs)
    if places:
        links = [m.link(anchor("s", key), m.run(text, writer.reference)) for key, text in places.items()]
        told += m.run(" Nämns i: ", writer.reference) + m.run("; ", writer.reference).join(links)
    return told
