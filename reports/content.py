"""What a report says: one frozen object that every form of the document is made from.

Documents are written in Swedish, the committee's language; so are the fixed words here. Figures are put into
words once, here, so that page, PDF, Word and JSON cannot differ. Renderers see this object alone.
"""

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

SCHEMA = 1
LETTER = {
    "proposal": "Förslag till beslut",
    "summary": "Sammanfattning",
    "matter": "Ärendet",
    "assessment": "Bedömning",
}
SECTIONS = {
    "clauses": "Uppdraget, del för del",
    "done": "Gjort sedan förra rapporten",
    "activities": "Läget för aktiviteterna",
    "dialogues": "Dialoger och behov",
    "span": "Chefsområden",
    "indicators": "Gör det skillnad?",
    "burden": "Vad programmet tar av cheferna",
    "next": "Det som kommer",
}
PLAN_SECTIONS = SECTIONS | {
    "done": "Metod och genomförande",
    "activities": "Aktiviteter och stöd som redan finns",
    "indicators": "Nuläget i mått",
    "next": "Planering för det fortsatta arbetet",
}
NUMBER_WORDS = ["inga", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]


@dataclass(frozen=True)
class Sentence:
    """A finding, computed."""

    text: str
    type: str = "sentence"


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    type: str = "bullets"


@dataclass(frozen=True)
class Table:
    """A table; `numeric` lists the columns (from 0) whose figures stand to the right."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    note: str = ""
    type: str = "table"


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite specification with the sentence that says what it shows."""

    caption: str
    alt: str
    spec: str
    type: str = "chart"


Block = Sentence | Bullets | Table | Chart
BLOCKS: dict[str, type[Sentence] | type[Bullets] | type[Table] | type[Chart]] = {
    "sentence": Sentence,
    "bullets": Bullets,
    "table": Table,
    "chart": Chart,
}


@dataclass(frozen=True)
class Section:
    """A heading with what somebody wrote and what was computed."""

    key: str
    heading: str
    narrative: str
    blocks: tuple[Block, ...] = ()


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
    schema: int = field(default=SCHEMA)

    @property
    def day(self) -> dt.date:
        """The document's date: the cut-off."""
        return dt.date.fromisoformat(self.date)


def to_json(content: Content) -> str:
    """The content as JSON with sorted keys: the same content gives the same bytes."""
    return json.dumps(dataclasses.asdict(content), ensure_ascii=False, sort_keys=True, indent=1)


def from_json(text: str) -> Content:
    """The content that `to_json` wrote; raises ValueError for another schema."""
    raw = json.loads(text)
    if raw["schema"] != SCHEMA:
        raise ValueError(f"Schema {raw['schema']} is not one this version reads.")
    letter = raw["letter"]
    raw["letter"] = Letter(tuple(map(_section, letter["sections"])), tuple(letter["documents"]))
    raw["sections"] = tuple(map(_section, raw["sections"]))
    raw["case_numbers"] = tuple(raw["case_numbers"])
    return Content(**raw)


def _section(raw: dict[str, Any]) -> Section:
    return Section(raw["key"], raw["heading"], raw["narrative"], tuple(map(_block, raw["blocks"])))


def _block(raw: dict[str, Any]) -> Block:
    return BLOCKS[raw["type"]](**{key: _frozen(value) for key, value in raw.items()})


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
    word = NUMBER_WORDS[number] if 0 <= number < len(NUMBER_WORDS) else str(number)
    return f"{word} {many}".rstrip()


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(parts: Iterable[str]) -> str:
    """a, b och c."""
    words = list(parts)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " och " + words[-1] if words else ""
