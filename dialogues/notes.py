"""Which statements do notes hold: lines that somebody typed, or a whole evening's notes with headings and noise.

Pure. Nothing disappears unseen: every line is told what became of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

BULLET = re.compile(r"^\s*(?:[–—•*➢·‣▪]|o(?=\s|$)|-(?=\D|$))\s*")
NUMBER = re.compile(r"^\s*[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?\s+")
OPPORTUNITIES = re.compile(r"^\W*utvecklingsmöjlighet(?:er)?\W*$", re.IGNORECASE)
CURRENT = re.compile(r"^\W*(?:så är det nu|nuläge)\W*$", re.IGNORECASE)
PAGE = re.compile(
    r"^\W*(?:sida\s+)?[0-9]{1,3}(?:\s*(?:\([0-9]{1,3}\)|/\s*[0-9]{1,3}|av\s+[0-9]{1,3}))?\W*$", re.IGNORECASE
)
DIALOGUE = re.compile(r"^\W*(?:[0-9.]+\s+)?dialog\s+med\b", re.IGNORECASE)
OWNER = re.compile(
    r"^ägar(?:e|en|skap|skapet)\b.*?\b(?:är|läggs hos|hos)\s+(.*)$|^(.*?)\s+(?:äger|ägs av)\b.*$",
    re.IGNORECASE,
)
NESTED = re.compile(r"^\s*o\s")  # the second level of bullets, as Word pastes it
LABEL = re.compile(r"^([^:.!?]{2,60}):\s+(\S.*)$")
SUBHEADING = re.compile(r"^[^.!?]{2,80}:$")
TO = ("current", "opportunity")
LONGEST_HEADING = 120
RAGGED = 12  # how far short of the longest line a full line may fall


@dataclass
class Noted:
    """One statement as it stands in the notes. `area` is an index of the areas given, None before any heading;
    `owners` the words of an owner line; `first` and `last` the lines it stands on, from 1."""

    area: int | None
    kind: str
    text: str
    heading: str = ""
    label: str = ""
    owners: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Line:
    """A line of the notes and what became of it: statement, owner, heading, noise or blank."""

    number: int
    text: str
    became: str


@dataclass
class Notes:
    """All that the notes hold."""

    statements: list[Noted] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def statements(text: str) -> list[str]:
    """The statements of typed lines, one a line, in order; empty lines and lone bullets are none."""
    found = []
    for line in text.splitlines():
        words = " ".join(BULLET.sub("", line, count=1).split())
        if words:
            found.append(words)
    return found


def read(text: str, areas: Sequence[str]) -> Notes:
    """The statements of whole notes, under the areas whose names stand as headings in them."""
    rows = text.splitlines()
    reader = _Reader([_plain(name) for name in areas], max((len(row.strip()) for row in rows), default=0))
    running = _running_heads(rows)
    for number, row in enumerate(rows, start=1):
        reader.take(number, row, is_running=_plain(row) in running)
    return reader.notes


def _plain(text: str) -> str:
    """A heading as it is compared: no number, quotation marks or marks at its ends."""
    return " ".join(re.sub(r"[”“\"’']", "", NUMBER.sub("", text)).strip(" .:–-").casefold().split())


def _running_heads(rows: list[str]) -> set[str]:
    """Lines that stand next to a page number at least twice: the running head of a PDF."""
    beside: dict[str, int] = {}
    for at, row in enumerate(rows):
        if PAGE.match(row) and row.strip():
            near = [_plain(other) for other in rows[max(0, at - 2) : at] + rows[at + 1 : at + 3]]
            for words in {words for words in near if words}:
                beside[words] = beside.get(words, 0) + 1
    return {words for words, count in beside.items() if count > 1}


class _Reader:
    """Walks the lines and remembers under which heading, and in which statement, it stands."""

    def __init__(self, areas: list[str], width: int) -> None:
        self.areas, self.width, self.notes = areas, width, Notes()
        self.area: int | None = None
        self.kind, self.heading = TO[0], ""
        self.open: Noted | None = None
        self.owner: Noted | None = None
        self.in_title = self.in_bullet = False
        self.above = ""

    def take(self, number: int, row: str, *, is_running: bool) -> None:
        self.notes.lines.append(Line(number, row, self._become(number, row, is_running)))
        self.above = row.strip()

    def _become(self, number: int, row: str, is_running: bool) -> str:
        has_bullet = bool(BULLET.match(row)) and bool(row.strip())
        words = " ".join(BULLET.sub("", row, count=1).split()) if has_bullet else " ".join(row.split())
        if not words:
            return "blank"
        if is_running or PAGE.match(words):
            return "noise"
        if self._is_heading(words, has_bullet):
            self.open = self.owner = None
            return "heading"
        if self.in_title and words[0].islower():
            return "heading"
        self.in_title = False
        if self._goes_on(words, has_bullet):
            return self._append(words, number)
        if self._is_owner(words, is_nested=self.in_bullet and bool(NESTED.match(row))):
            return "owner"
        self.in_bullet = has_bullet
        self._begin(words, number)
        return "statement"

    def _is_heading(self, words: str, has_bullet: bool) -> bool:
        self.in_title = self.in_title and not has_bullet
        if has_bullet or len(words) > LONGEST_HEADING:
            return False
        if OPPORTUNITIES.match(words) or CURRENT.match(words):
            self.kind, self.heading = TO[bool(OPPORTUNITIES.match(words))], ""
            return True
        if DIALOGUE.match(words):
            self.area, self.kind, self.heading, self.in_title = None, TO[0], "", True
            return True
        plain = _plain(words)
        found = next((at for at, name in enumerate(self.areas) if name and _names(plain, name)), None)
        if found is not None:
            if found != self.area or plain != self.areas[found]:
                self.kind = TO[0]
            self.area = found
            self.heading = plain.partition(self.areas[found])[2].strip(" –-:")
            return True
        if SUBHEADING.match(words) and not (self.open and words[0].islower()):
            self.heading = words.rstrip(":")
            return True
        return False

    def _goes_on(self, words: str, has_bullet: bool) -> bool:
        """The line goes on with the sentence above it.

        A small letter does; so does any letter in a bullet whose line above had no room for this line's first word.
        """
        if has_bullet or (self.open is None and self.owner is None):
            return False
        if not (words[0].isupper() or words[0].isdigit() or words[0] in '”"“'):
            return True
        is_full = len(self.above) + 1 + len(words.split()[0]) > self.width - RAGGED
        return self.in_bullet and bool(self.above) and is_full

    def _append(self, words: str, number: int) -> str:
        if self.owner is not None:
            self.owner.owners = f"{self.owner.owners} {words}"
            self.owner.last = number
            return "owner"
        note = self.open
        assert note is not None  # _goes_on saw to it
        note.text, note.last = f"{note.text} {words}", number
        return "statement"

    def _is_owner(self, words: str, *, is_nested: bool) -> bool:
        """Who answers for the statement above: said in words, or a bullet beneath one with a label."""
        found = OWNER.match(words)
        if self.open is None or not (found or (is_nested and self.open.label)):
            return False
        self.owner, self.open = self.open, None
        self.owner.owners = ((found[1] or found[2]) if found else words).strip(" .")
        self.owner.last = self.notes.lines[-1].number + 1 if self.notes.lines else 1
        return True

    def _begin(self, words: str, number: int) -> None:
        label = LABEL.match(words)
        self.owner = None
        self.open = Noted(
            self.area, self.kind, label[2] if label else words, self.heading, label[1] if label else "",
            first=number, last=number,
        )  # fmt: skip
        self.notes.statements.append(self.open)


def _names(plain: str, name: str) -> bool:
    """The line is the heading of an area: its name, perhaps with words before or after it that are no sentence."""
    before, found, after = plain.partition(name)
    if not found:
        return False
    is_lead = before == "" or bool(
        re.fullmatch(r"(?:behov(?:en)?|dialog|utgångspunkt|om)(?:\s\w+){0,3}\s", before)
    )
    return (
        is_lead
        and (after == "" or after[0] in " –-:(")
        and not re.search(r"[.!?]$", plain)
        and len(after) < 60
    )
