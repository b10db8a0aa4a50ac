"""What the answer to a clause of the assignment names of the programme: activities, areas, dialogues, reports, measures.

Pure. A clause is answered in words ("Aktivitet 3 och 7", "Området Ledarskap", "Dialogerna våren 2024"). How far it has
come is counted on what the words name. An answer that names single activities or areas is counted on those; one that
only speaks of activities or of the programme on all of them. An answer that names nothing is not counted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

NUMBERS = re.compile(
    r"\b(?:aktivitet|åtgärd)(?:en|erna|er|s)?(?:\s+nr)?\s+(\d+[a-z]?(?:\.\d+)*(?:\s*(?:,|och|samt|–|-)\s*\d+[a-z]?(?:\.\d+)*)*)",
    re.IGNORECASE,
)
ONE = re.compile(r"\d+[a-z]?(?:\.\d+)*", re.IGNORECASE)
SPAN = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
WORDS = {
    "activities": re.compile(r"\b(?:aktivitet|åtgärd|insats|programmet)", re.IGNORECASE),
    "dialogues": re.compile(r"\b(?:dialog|workshop)", re.IGNORECASE),
    "needs": re.compile(r"\bbehov", re.IGNORECASE),
    "reports": re.compile(r"\b(?:läges|halvårs|slut)?rapport|\bredovis", re.IGNORECASE),
    "indicators": re.compile(r"\b(?:mått|mätning|mätvärde|indikator)", re.IGNORECASE),
}


@dataclass(frozen=True)
class Offered:
    """An activity that an answer may name: by its number, its title or its area."""

    pk: int
    number: str
    title: str
    area: str


@dataclass(frozen=True)
class Named:
    """What an answer names: the activities' keys in their own order, and which other things it speaks of."""

    activities: tuple[int, ...] = ()
    dialogues: bool = False
    needs: bool = False
    reports: bool = False
    indicators: bool = False

    @property
    def is_anything(self) -> bool:
        return bool(self.activities) or self.dialogues or self.needs or self.reports or self.indicators


def named(answer: str, offered: Iterable[Offered]) -> Named:
    """What an answer names."""
    rows = list(offered)
    speaks = {key: bool(pattern.search(answer)) for key, pattern in WORDS.items()}
    single = _single(answer, rows)
    found = single or (tuple(row.pk for row in rows) if speaks["activities"] else ())
    return Named(found, speaks["dialogues"], speaks["needs"], speaks["reports"], speaks["indicators"])


def _single(answer: str, rows: list[Offered]) -> tuple[int, ...]:
    """Activities named by number, by title or by their area."""
    text, numbers = answer.casefold(), set(_numbers(answer))
    return tuple(
        row.pk
        for row in rows
        if (row.number and row.number.casefold() in numbers)
        or _stands(row.title.casefold(), text)
        or _stands(row.area.casefold(), text)
    )


def _stands(phrase: str, text: str) -> bool:
    """Whether a name stands in a text as words of its own."""
    return len(phrase) > 3 and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None


def _numbers(answer: str) -> Iterable[str]:
    """3, 4 and 5 from "aktivitet 3–5"."""
    for found in NUMBERS.findall(answer):
        yield from (one.casefold() for one in ONE.findall(found))
        for first, last in SPAN.findall(found):
            yield from map(str, range(int(first), min(int(last), int(first) + 200) + 1))
