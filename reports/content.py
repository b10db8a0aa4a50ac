"""What a report says: one frozen object that every form of the document is made from.

Documents are written in Swedish, the committee's language; so are the fixed words here. Figures are put into
words once, here, so that page, PDF, Word and JSON cannot differ. Renderers see this object alone.
"""

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ui import formats

SCHEMA = 2
READABLE = (1, 2)  # 1 had no sources, fixed texts, changes and numbered points


@dataclass(frozen=True)
class Sentence:
    """A finding, computed. `refs` are codes of the sources it rests on."""

    text: str
    refs: tuple[str, ...] = ()
    type: str = "sentence"


@dataclass(frozen=True)
class Bullets:
    """A list; `refs` has the codes of each item, or is empty."""

    items: tuple[str, ...]
    refs: tuple[tuple[str, ...], ...] = ()
    type: str = "bullets"


@dataclass(frozen=True)
class Numbered:
    """Points in order: what the committee is asked to decide."""

    items: tuple[str, ...]
    type: str = "numbered"


@dataclass(frozen=True)
class Changes:
    """What is otherwise than in the last report; `refs` has the codes of each item, or is empty."""

    items: tuple[str, ...]
    refs: tuple[tuple[str, ...], ...] = ()
    heading: str = "Sedan förra rapporten"
    type: str = "changes"


@dataclass(frozen=True)
class Table:
    """A table; `numeric` lists the columns (from 0) whose figures stand to the right.

    `refs` has the codes of each row, or is empty. `key` names the table through the years, whatever its caption
    says: it is the sheet's name in Excel and what two reports are compared by.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    note: str = ""
    refs: tuple[tuple[str, ...], ...] = ()
    key: str = ""
    type: str = "table"


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite specification with the sentence that says what it shows."""

    caption: str
    alt: str
    spec: str
    refs: tuple[str, ...] = ()
    type: str = "chart"


Block = Sentence | Bullets | Numbered | Changes | Table | Chart
BLOCKS: dict[str, type[Block]] = {
    "sentence": Sentence,
    "bullets": Bullets,
    "numbered": Numbered,
    "changes": Changes,
    "table": Table,
    "chart": Chart,
}


@dataclass(frozen=True)
class Section:
    """A heading with the organisation's fixed text, what somebody wrote and what was computed."""

    key: str
    heading: str
    narrative: str
    blocks: tuple[Block, ...] = ()
    fixed: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing stands under the heading: nobody has written, and nothing was computed."""
        return not (self.narrative.strip() or self.fixed.strip() or self.blocks)


@dataclass(frozen=True)
class Source:
    """What a claim rests on: an activity, a need, a dialogue, a measure … and where the chain goes on from it.

    `code` is how the document refers to it (A3, B1, D2), `kind` and `pk` which row it is, `title` its name,
    `detail` the words that let a reader find it: dates, numbers, who. `refs` are the codes of what it rests on.
    """

    code: str
    kind: str
    pk: int
    title: str
    detail: str = ""
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """Which frozen version a file is; not part of the content, which is approved before it is frozen."""

    version: int
    frozen_on: str
    corrects: str = ""


@dataclass(frozen=True)
class Letter:
    """The tjänsteskrivelse: the report's covering letter, proposal first."""

    sections: tuple[Section, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """The whole report of a period, as it stood at the cut-off."""

    organisation: str
    parent: str
    committee: str
    program: str
    goal: str
    kind: str
    period: str
    title: str
    case_numbers: tuple[str, ...]
    cut_off: str
    previous_cut_off: str
    meets_on: str
    date: str
    is_example: bool
    letter: Letter
    sections: tuple[Section, ...]
    sources: tuple[Source, ...] = ()
    schema: int = field(default=SCHEMA)

    @property
    def whole(self) -> tuple[Section, ...]:
        """Every section in order: the letter's, then the report's."""
        return (*self.letter.sections, *self.sections)

    @property
    def day(self) -> dt.date:
        """The document's date: the cut-off."""
        return dt.date.fromisoformat(self.date)


def to_json(content: Content) -> str:
    """The content as JSON with sorted keys: the same content gives the same bytes."""
    return json.dumps(dataclasses.asdict(content), ensure_ascii=False, sort_keys=True, indent=1)


def from_json(text: str) -> Content:
    """The content that `to_json` wrote, of this schema or an earlier one; raises ValueError for another."""
    raw = json.loads(text)
    if raw["schema"] not in READABLE:
        raise ValueError(f"Schema {raw['schema']} is not one this version reads.")
    letter = raw["letter"]
    raw["letter"] = Letter(tuple(map(_section, letter["sections"])), tuple(letter["documents"]))
    raw["sections"] = tuple(map(_section, raw["sections"]))
    raw["case_numbers"] = tuple(raw["case_numbers"])
    raw["sources"] = tuple(Source(**_tuples(source)) for source in raw.get("sources", ()))
    return Content(**raw)


def _section(raw: dict[str, Any]) -> Section:
    blocks = tuple(map(_block, raw["blocks"]))
    return Section(raw["key"], raw["heading"], raw["narrative"], blocks, raw.get("fixed", ""))


def _block(raw: dict[str, Any]) -> Block:
    return BLOCKS[raw["type"]](**_tuples(raw))


def _tuples(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in raw.items()}


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def paragraphs(text: str) -> list[str]:
    """A narrative's paragraphs: divided by blank lines, single line breaks kept as blanks."""
    parts = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return [" ".join(part.split()) for part in parts if part.strip()]


def counted(number: int, one: str, many: str) -> str:
    """inga aktiviteter, en aktivitet, tolv aktiviteter, 26 aktiviteter. `one` carries its own article."""
    if number == 1:
        return one
    word = formats.count(number) if number else "inga"
    return f"{word} {many}"


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes by letter and number, each once, whatever order they were found in: A2, A10, B1."""
    return tuple(sorted(set(codes), key=lambda code: (code[:1], len(code), code)))


def written(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Codes as they are written after a claim, each with what stands before it: A5, A3, A2, A1 → A1–A3, A5.

    They stand in order; what was frozen keeps its own order and is read the same way. Three or more in a row are the
    first and the last of them.
    """
    found: list[list[str]] = []
    for code in in_order(codes):
        last = found[-1][-1] if found else ""
        if last[:1] == code[:1] and int(last[1:]) + 1 == int(code[1:]):
            found[-1].append(code)
        else:
            found.append([code])
    told: list[tuple[str, str]] = []
    for run in found:
        short = [run[0], run[-1]] if len(run) > 2 else run
        told += [("–" if at and len(run) > 2 else ", ", code) for at, code in enumerate(short)]
    return [("" if at == 0 else before, code) for at, (before, code) in enumerate(told)]


def cited(codes: Sequence[str]) -> str:
    """The codes of a claim in words: A1–A4, B2."""
    return "".join(before + code for before, code in written(codes))
