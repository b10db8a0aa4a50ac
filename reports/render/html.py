"""The report as a web page of its own, or as the part of one that shows it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import get_template, render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from reports.content import Block, Chart, Content, Edition, Section, Source, Table, paragraphs, written
from reports.render import pictures, words
from ui.charts import svg

ANCHOR = "k-"  # a source's place in the list


@dataclass(frozen=True)
class Reference:
    """A source's code with where it leads: its page in the product, its place in the list, or nowhere."""

    code: str
    address: str = ""
    title: str = ""


@dataclass(frozen=True)
class Item:
    """A line of a list with what it rests on, as markup."""

    text: str
    refs: SafeString


class References:
    """The document's references by code. `addresses` has the pages of those that this reader may open.

    A report has some hundred references to some dozens of sources: each code's link is made by its template once.
    """

    def __init__(self, sources: Iterable[Source], addresses: Mapping[str, str]) -> None:
        self._known = {
            row.code: Reference(row.code, addresses.get(row.code, f"#{ANCHOR}{row.code}"), row.title)
            for row in sources
        }
        self._links: dict[str, SafeString] = {}
        self._template = get_template("reports/_code.html")

    def address(self, code: str) -> str:
        return self._known[code].address

    def __call__(self, codes: Iterable[str]) -> SafeString:
        """The codes as they are written, each a link; empty for none."""
        return format_html_join(
            "", "{}{}", [(before, self._link(code)) for before, code in written(tuple(codes))]
        )

    def _link(self, code: str) -> SafeString:
        if code not in self._links:
            self._links[code] = self._template.render({"ref": self._known.get(code) or Reference(code)})
        return self._links[code]

    def beside(self, texts: tuple[str, ...], refs: tuple[tuple[str, ...], ...]) -> list[Item]:
        """Each text with its own references."""
        padded = (*refs, *[()] * len(texts))
        return [Item(text, self(codes)) for text, codes in zip(texts, padded, strict=False)]


@lru_cache(maxsize=64)
def _drawing(spec: str) -> SafeString:
    """Our own specification, drawn by our own process: nothing in it comes from a browser."""
    return mark_safe(svg(json.loads(spec)))


def _table(table: Table, references: References) -> dict[str, Any]:
    """Heads and cells as (text, is a figure), each row with its references."""
    numeric = [at in table.numeric for at in range(len(table.columns))]
    padded = (*table.refs, *[()] * len(table.rows))
    return {
        "heads": list(zip(table.columns, numeric, strict=True)),
        "rows": [
            (list(zip(row, numeric, strict=False)), references(codes))
            for row, codes in zip(table.rows, padded, strict=False)
        ],
        "is_sourced": words.is_sourced(table.refs),
    }


def _block(block: Block, references: References) -> dict[str, Any]:
    shown = dict(vars(block))
    if isinstance(block, Chart):
        return shown | {"svg": _drawing(block.spec), "refs": references(block.refs)}
    if isinstance(block, Table):
        return shown | _table(block, references)
    if block.type in ("bullets", "changes"):
        return shown | {"items": references.beside(block.items, block.refs)}
    if block.type == "numbered":
        return shown | {"points": block.items}
    return shown | {"refs": references(block.refs)}


def _section(row: Section, references: References, writing: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": row.key,
        "write": writing.get(row.key),
        "heading": row.heading,
        "empty": words.EMPTY if row.is_empty else "",
        "fixed": paragraphs(row.fixed),
        "paragraphs": paragraphs(row.narrative),
        "blocks": [_block(block, references) for block in row.blocks],
    }


def _sources(content: Content, references: References) -> list[dict[str, Any]]:
    """The list of sources, kind by kind; each with what it rests on."""
    return [
        {"name": name, "rows": [
            {"source": row, "address": references.address(row.code), "refs": references(row.refs)} for row in rows
        ]}
        for name, rows in words.sources_by_kind(content.sources)
    ]  # fmt: skip


def context(
    content: Content,
    *,
    draft: bool = False,
    edition: Edition | None = None,
    addresses: Mapping[str, str] | None = None,
    writing: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the document's templates show; without `addresses` every code leads to the list of sources. `writing`:
    where each section is written, by its key."""
    references, writing = References(content.sources, addresses or {}), writing or {}
    pictures.draw_ahead("svg", content)
    return {
        "content": content,
        "draft": draft,
        "edition": edition,
        "edition_words": words.edition_words(edition),
        "marks": words.marks(content, draft=draft, edition=None),
        "to_committee": content.kind not in words.WITHOUT_COMMITTEE,
        "letter": [
            _section(row, references, writing) for row in words.shown(content.letter.sections, draft=draft)
        ],
        "sections": [
            _section(row, references, writing) for row in words.shown(content.sections, draft=draft)
        ],
        "sources": _sources(content, references),
        "SOURCES": words.SOURCES,
        "SOURCE": words.SOURCE,
    }


Pairs = tuple[tuple[str, str], ...]


@lru_cache(maxsize=12)
def _document(
    content: Content, draft: bool, edition: Edition | None, addresses: Pairs, writing: Pairs
) -> SafeString:
    """The document as part of a page. The same content is the same document, and many open it: some are kept."""
    shown = context(content, draft=draft, edition=edition, addresses=dict(addresses), writing=dict(writing))
    return mark_safe(render_to_string("reports/_document.html", shown | {"part": "all"}))


def page_context(
    content: Content,
    *,
    draft: bool = False,
    edition: Edition | None = None,
    addresses: Mapping[str, str],
    writing: Mapping[str, str],
) -> dict[str, Any]:
    """What the report's own page shows: the document, and its headings for the contents."""
    pairs = (tuple(sorted(addresses.items())), tuple(sorted(writing.items())))
    return {
        "content": content,
        "to_committee": content.kind not in words.WITHOUT_COMMITTEE,
        "letter": words.shown(content.letter.sections, draft=draft),
        "sections": words.shown(content.sections, draft=draft),
        "sources": content.sources,
        "SOURCES": words.SOURCES,
        "document": _document(content, draft, edition, *pairs),
    }


def render(
    content: Content, part: str = "all", *, draft: bool = False, edition: Edition | None = None
) -> bytes:
    """A whole page with its own style sheet inside: it can be published or filed as it is."""
    shown = context(content, draft=draft, edition=edition) | {"part": part, "is_own_page": True}
    return render_to_string("reports/document_page.html", shown).encode()
