"""The report laid out for a workbook: its tables each with a sheet's name, and its words row by row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.content import (
    Block,
    Bullets,
    Changes,
    Chart,
    Content,
    Numbered,
    Section,
    Sentence,
    Table,
    paragraphs,
)
from reports.render.words import SOURCES
from ui.characters import CONTROL

ABOUT, WORDS = "Om rapporten", "Texter och fynd"
LETTER, REPORT = "Tjänsteskrivelse", "Rapport"
TAKEN = (ABOUT, WORDS, SOURCES, "History")  # the last is Excel's own
NAME_LENGTH = 31  # characters of a sheet's name
CELL = 32_000  # characters; a cell holds 32 767
LOOSE = set(
    [
        "av",
        "de",
        "den",
        "det",
        "efter",
        "för",
        "i",
        "med",
        "mot",
        "och",
        "om",
        "per",
        "på",
        "som",
        "till",
        "under",
    ]
)
Said = tuple[str, str, tuple[str, ...], str]  # kind of text, text, codes of its sources, sheet of its table


@dataclass(frozen=True)
class Leaf:
    """A table with the sheet it gets, its name for formulas and scripts, and where in the report it stands."""

    sheet: str
    name: str
    part: str
    section: str
    table: Table


@dataclass(frozen=True)
class Line:
    """A row among the words: `kind` is what it is, `sheet` where the table stands that it names."""

    part: str
    section: str
    kind: str
    text: str
    refs: tuple[str, ...] = ()
    sheet: str = ""


def leaves(content: Content) -> list[Leaf]:
    """Every table in the report's order."""
    taken, names = {name.casefold() for name in TAKEN}, set[str]()
    found: list[Leaf] = []
    for part, section in _sections(content):
        for table in (block for block in section.blocks if isinstance(block, Table)):
            key = re.sub(r"[^0-9a-zA-Z_]", "_", table.key)
            name = key if key and key not in names else str(len(names) + 1)
            names.add(name)
            sheet = sheet_name(table.caption, taken)
            found.append(Leaf(sheet, f"tabell_{name}", part, section.heading, table))
    return found


def lines(content: Content, tables: list[Leaf]) -> list[Line]:
    """Every text of the report in its order, with the letter's basis documents last in its part."""
    names = iter(leaf.sheet for leaf in tables)
    found = [line for part, section in _sections(content) for line in _section(part, section, names)]
    after = sum(line.part == LETTER for line in found)
    documents = [Line(LETTER, "Beslutsunderlag", "underlag", text) for text in content.letter.documents]
    return [*found[:after], *documents, *found[after:]]


def _sections(content: Content) -> Iterator[tuple[str, Section]]:
    yield from ((LETTER, section) for section in content.letter.sections)
    yield from ((REPORT, section) for section in content.sections)


def _section(part: str, section: Section, names: Iterator[str]) -> Iterator[Line]:
    """A section's rows; one without a word has a row of its own, so that its heading is there."""
    said: list[Said] = [("fast text", text, (), "") for text in paragraphs(section.fixed)]
    said += [("text", text, (), "") for text in paragraphs(section.narrative)]
    said += [row for block in section.blocks for row in _block(block, names)]
    for kind, text, refs, sheet in said or [("utan text", "", (), "")]:
        for start in range(0, max(len(text), 1), CELL):
            yield Line(part, section.heading, kind, text[start : start + CELL], refs, sheet)


def _block(block: Block, names: Iterator[str]) -> Iterator[Said]:
    if isinstance(block, Sentence):
        yield "fynd", block.text, block.refs, ""
    elif isinstance(block, Table):
        yield "tabell", block.caption, (), next(names)
    elif isinstance(block, Chart):
        yield "diagram", block.caption, block.refs, ""
        yield "diagrammet", block.alt, (), ""
    elif isinstance(block, Numbered):
        yield from ((f"beslutspunkt {n}", item, (), "") for n, item in enumerate(block.items, start=1))
    else:
        yield from _list(block)


def _list(block: Bullets | Changes) -> Iterator[Said]:
    kind = "punkt" if isinstance(block, Bullets) else block.heading[:1].lower() + block.heading[1:]
    refs = block.refs or ((),) * len(block.items)
    yield from ((kind, item, codes, "") for item, codes in zip(block.items, refs, strict=True))


def sheet_name(caption: str, taken: set[str]) -> str:
    """A sheet's name after a caption: at most 31 characters, none that Excel refuses, and not taken; takes it."""
    text = " ".join(re.sub(r"[\[\]:*?/\\]", " ", CONTROL.sub("", caption)).split()).strip("' ") or "Tabell"
    name, number = _shortened(text, NAME_LENGTH), 1
    while name.casefold() in taken:
        number += 1
        end = f" ({number})"
        name = _shortened(text, NAME_LENGTH - len(end)) + end
    taken.add(name.casefold())
    return name


def _shortened(text: str, most: int) -> str:
    """Cut between two words where that leaves most of it, and not after a word that calls for another."""
    if len(text) <= most:
        return text
    words = text[: most + 1].split(" ")[:-1]
    while words and words[-1] in LOOSE:
        words.pop()
    cut = " ".join(words).rstrip("',;: ")
    return cut if len(cut) > most // 2 else text[:most].rstrip("' ")
