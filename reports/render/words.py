"""Words and order that every form of the document has in common."""

from collections.abc import Iterable, Sequence

from reports.content import Content, Edition, Section, Source

SOURCES = "Källor"
EMPTY = "Ingen text ännu."  # in a draft, of a section that nobody has written and nothing was computed for
SOURCE = "Källa"  # the heading of a table's last column
WITHOUT_COMMITTEE = ("feedback",)
KINDS = {
    "clause": "Uppdraget",
    "activity": "Aktiviteter",
    "need": "Behov",
    "dialogue": "Dialoger",
    "indicator": "Mått",
    "headcount": "Personalrapporter",
    "consultation": "Samverkan",
    "risk": "Risker",
    "hearing": "Ärendets behandling",
    "instruction": "Det nämnden har bett om",
}


def sources_by_kind(sources: Iterable[Source]) -> list[tuple[str, list[Source]]]:
    """The sources in their own order under the heading of their kind; a code twice is told once."""
    found: dict[str, dict[str, Source]] = {}
    for source in sources:
        found.setdefault(KINDS.get(source.kind, source.kind), {}).setdefault(source.code, source)
    return [(name, list(rows.values())) for name, rows in found.items()]


def shown(sections: Iterable[Section], *, draft: bool) -> list[Section]:
    """A draft says of a section without anything that it is empty; a finished document leaves it out."""
    return [row for row in sections if draft or not row.is_empty]


def is_sourced(refs: Sequence[Sequence[str]]) -> bool:
    """Whether a table has the column with its rows' sources."""
    return any(refs)


def edition_words(edition: Edition | None) -> str:
    """Version 2, fastställd 3 juni 2026."""
    return f"Version {edition.version}, fastställd {edition.frozen_on}" if edition else ""


def marks(content: Content, *, draft: bool, edition: Edition | None) -> list[str]:
    """What stands on every page: how far the document has come, and whether it is an example."""
    words = ["Utkast" if draft else edition_words(edition), "Exempeldata" if content.is_example else ""]
    return [word for word in words if word]
