"""Which statements do notes hold: lines that somebody typed, or a whole evening's notes with headings and noise.

Pure. Nothing disappears unseen: every line is told what became of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from program.when import NotADate, parse

BULLET = re.compile(r"^\s*(?:[–—•*➢·‣▪]|o(?=\s|$)|-(?=\D|$))\s*")
NUMBER = re.compile(r"^\s*[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?\s+")
OPPORTUNITIES = re.compile(r"^\W*utvecklingsmöjlighet(?:er)?\W*$", re.IGNORECASE)
CURRENT = re.compile(r"^\W*(?:så är det nu|nuläge)\W*$", re.IGNORECASE)
PAGE = re.compile(
    r"^\W*(?:sida\s+)?[0-9]{1,3}(?:\s*(?:\([0-9]{1,3}\)|/\s*[0-9]{1,3}|av\s+[0-9]{1,3}))?\W*$", re.IGNORECASE
)
DIALOGUE = re.compile(
    r"^\W*(?:[0-9.]+\s+dialog\s+med\b|dialog\s+med\b.*(?:ledningsgrupp|[0-9]{4}))", re.IGNORECASE
)
OWNER = re.compile(
    r"^ägar(?:e|en|skap|skapet)\b.*?\b(?:är|läggs hos|hos)\s+(.*)$|^(.*?)\s+(?:äger|ägs av)\b.*$",
    re.IGNORECASE,
)
NESTED = re.compile(r"^\s*o\s")  # the second level of bullets, as Word pastes it
LABEL = re.compile(r"^([^:.!?]{2,60}):\s+(\S.*)$")
SUBHEADING = re.compile(r"^[^.!?]{2,80}:$")
ONLY_NEEDS = re.compile(r"^\W*behov(?:en)?\W*$", re.IGNORECASE)
NEEDS = re.compile(r"^\W*(?:[0-9.]+\s+)?behov(?:en|et)?\b", re.IGNORECASE)
SUMMARY = re.compile(
    r"^(?:[0-9]+(?:\.[0-9]+)*\.?\s+)?(?:\w+s\s+|vår\s+|egen\s+)?(?:egen\s+)?"
    r"(?:sammanfattning|(?:den\s+)?röda?\s+tråd(?:en)?)\b[^.!?]{0,40}$",
    re.IGNORECASE,
)
CHAPTER = re.compile(r"^([0-9]{1,2})(\.[0-9]{1,2})*\.?\s+[A-ZÅÄÖ]")
DATED = (
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    re.compile(r"[0-9]{1,2}\s+[a-zåäö]+\s+[0-9]{4}", re.IGNORECASE),
    re.compile(r"(?:första|andra)\s+halvåret\s+[0-9]{4}", re.IGNORECASE),
    re.compile(r"[a-zåäö]+\s+[0-9]{4}", re.IGNORECASE),
)
OWNER_BETWEEN = re.compile(r"\s*(?:\+|,|;|\boch\b|\bsamt\b)\s*", re.IGNORECASE)
DUTY = re.compile(r"^(.+?)s\s+ansvar$", re.IGNORECASE)
CURRENT_KIND, OPPORTUNITY_KIND, NEED_KIND = "current", "opportunity", "need"
FEW_BULLETS = 3
LONGEST_HEADING = 120
RAGGED = 12  # how far short of the longest line a full line may fall


@dataclass
class Noted:
    """One statement as it stands in the notes. `area` is an index of the areas given, None without any heading;
    `owners` the words of an owner line; `occasion` the words that tell another meeting or source in the same text
    from the one the notes are of; `first` and `last` the lines it stands on, from 1."""

    area: int | None
    kind: str
    text: str
    heading: str = ""
    label: str = ""
    owners: str = ""
    occasion: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Line:
    """A line of the notes and what became of it.

    statement, owner, heading, summary (the group's own), noise (page numbers, running heads), blank, or unplaced:
    text that nothing says is a statement.
    """

    number: int
    text: str
    became: str


@dataclass
class Notes:
    """All that the notes hold. `summary` is the group's own, point by point."""

    statements: list[Noted] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)

    @property
    def unplaced(self) -> list[str]:
        """The lines that became nothing, as they stand."""
        return [line.text.strip() for line in self.lines if line.became == "unplaced"]


def statements(text: str) -> list[str]:
    """The statements of typed lines, one a line, in order; empty lines and lone bullets are none."""
    found = []
    for line in text.splitlines():
        words = " ".join(BULLET.sub("", line, count=1).split())
        if words:
            found.append(words)
    return found


def owner_names(words: str) -> list[str]:
    """Who an owner line names: "Kommunledning + förvaltning + HR" are three, "Chefens ansvar" is the manager."""
    names = [part.strip(" .") for part in OWNER_BETWEEN.split(" ".join(words.split()))]
    return [DUTY.sub(r"\1", name) for name in names if name]


def dated_words(text: str) -> str:
    """The first date that stands in a text, in its own words ("våren 2018"); empty when there is none."""
    head = text[: 4 * LONGEST_HEADING]
    for found in (found[0] for pattern in DATED for found in pattern.finditer(head)):
        try:
            parse(found)
        except NotADate:
            continue
        return found
    return ""


def read(text: str, areas: Sequence[str]) -> Notes:
    """The statements of whole notes, under the areas whose names stand as headings in them."""
    rows = text.splitlines()
    names = [_plain(name) for name in areas]
    running = _running_heads(rows)
    reader = _Reader(names, rows)
    for number, row in enumerate(rows, start=1):
        reader.take(number, row, is_running=_plain(row) in running)
    if reader.dialogues == 1:
        for note in reader.notes.statements:
            note.occasion = "" if note.occasion == reader.meeting else note.occasion
    return reader.notes


def _plain(text: str) -> str:
    """A heading as it is compared: no number, quotation marks or marks at its ends."""
    return " ".join(re.sub(r"[”“\"’']", "", NUMBER.sub("", text)).strip(" .:–-").casefold().split())


def _kind(words: str) -> str:
    """The kind that a heading of its own announces; empty when it is no such heading."""
    kinds = ((OPPORTUNITIES, OPPORTUNITY_KIND), (CURRENT, CURRENT_KIND), (ONLY_NEEDS, NEED_KIND))
    return next((kind for pattern, kind in kinds if pattern.match(words)), "")


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

    def __init__(self, areas: list[str], rows: list[str]) -> None:
        self.areas, self.notes = areas, Notes()
        self.width = max((len(row.strip()) for row in rows), default=0)
        self.is_bulleted = sum(bool(BULLET.match(row)) for row in rows) >= FEW_BULLETS
        plain = [" ".join(row.split()) for row in rows]
        self.last_area = max((at for at, words in enumerate(plain) if self._names_area(words)), default=-1)
        self.has_meetings = any(self._names_meeting(words) for words in plain)
        self.waits = self.has_meetings or self.last_area >= 0
        self.dialogues = self.chapter = self.listed = 0
        self.area: int | None = None
        self.usual = self.kind = CURRENT_KIND
        self.heading = self.occasion = self.meeting = ""
        self.open: Noted | None = None
        self.owner: Noted | None = None
        self.in_title = self.in_bullet = self.in_summary = self.is_over = False
        self.above = ""

    def _names_area(self, words: str) -> bool:
        return len(words) <= LONGEST_HEADING and self._named(words) is not None

    def _names_meeting(self, words: str) -> bool:
        return len(words) <= LONGEST_HEADING and bool(DIALOGUE.match(words))

    def _named(self, words: str) -> int | None:
        plain = _plain(words)
        found = (at for at, name in enumerate(self.areas) if name and _names(plain, name))
        return None if BULLET.match(words) else next(found, None)

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
        if self.in_title and words[0].islower() and len(self.meeting) + len(words) < 2 * LONGEST_HEADING:
            self.meeting = self.occasion = f"{self.meeting} {words}"
            return "heading"
        self.in_title = False
        if self._goes_on(words, has_bullet):
            return self._append(words, number)
        return self._new(number, row, words, has_bullet)

    def _new(self, number: int, row: str, words: str, has_bullet: bool) -> str:
        """A line that goes on with nothing: an owner, a point of the summary, a statement, or none of them."""
        is_aside = self.is_bulleted and not has_bullet and (self.in_summary or self.kind == NEED_KIND)
        is_before = self.waits or (self.has_meetings and not self.meeting)
        if is_before or self.is_over or is_aside:
            self.open = self.owner = None
            return "unplaced"
        if self.in_summary:
            self.notes.summary.append(words)
            return "summary"
        if self._is_owner(words, is_nested=self.in_bullet and bool(NESTED.match(row))):
            return "owner"
        self.in_bullet = has_bullet
        self._begin(words, number)
        return "statement"

    def _is_heading(self, words: str, has_bullet: bool) -> bool:
        """Whether the line is a heading; remembers what it says of the lines below."""
        self.in_title = self.in_title and not has_bullet
        if has_bullet or len(words) > LONGEST_HEADING:
            return False
        if kind := _kind(words):
            self.kind, self.heading = kind, ""
            return True
        if DIALOGUE.match(words):
            self._open_meeting(words)
            return True
        found = self._named(words)
        if found is not None and not (self.is_over and not NEEDS.match(words)):
            self._open_area(found, words)
            return True
        return self._is_other_heading(words)

    def _is_other_heading(self, words: str) -> bool:
        if SUMMARY.match(words):
            self.in_summary, self.area, self.heading = True, None, ""
            return True
        if self._is_chapter(words):
            return True
        if SUBHEADING.match(words) and not (self.open and words[0].islower()):
            self.heading = words.rstrip(":")
            return True
        return False

    def _is_chapter(self, words: str) -> bool:
        """A numbered heading of a document, 5.1 or the 6 after it, about something else; no point of a list."""
        number = CHAPTER.match(words)
        if not number or words[-1] in ".!?:;,":
            return False
        major = int(number[1])
        if number[2]:
            self.chapter, self.in_summary, self.is_over = major, False, self.area is not None
            self.listed = 0
            return True
        goes_on, self.listed = major == self.listed + 1, major
        if self.chapter and major == self.chapter + 1 and not goes_on:
            self.is_over, self.in_summary = True, False
        return self.is_over

    def _open_meeting(self, words: str) -> None:
        number = CHAPTER.match(words)
        self.chapter = int(number[1]) if number else self.chapter
        self.area, self.kind, self.usual, self.heading = None, CURRENT_KIND, CURRENT_KIND, ""
        self.meeting = self.occasion = NUMBER.sub("", words)
        self.in_title, self.is_over, self.in_summary = True, False, False
        self.waits = self.last_area > len(self.notes.lines)
        self.listed = 0
        self.dialogues += 1

    def _open_area(self, found: int, words: str) -> None:
        plain = _plain(words)
        if NEEDS.match(words):
            self.usual = NEED_KIND
        if found != self.area or plain != self.areas[found]:
            self.kind = self.usual
        number = CHAPTER.match(words)
        self.chapter = int(number[1]) if number and number[2] else self.chapter
        self.area, self.waits, self.is_over, self.in_summary = found, False, False, False
        self.listed = 0
        self.heading = plain.partition(self.areas[found])[2].strip(" –-:")
        self.occasion = dated_words(self.heading) or self.meeting

    def _goes_on(self, words: str, has_bullet: bool) -> bool:
        """The line goes on with the sentence above it.

        A small letter does; so does any letter in a bullet whose line above had no room for this line's first word.
        """
        if self.in_summary:
            return not has_bullet and bool(self.notes.summary) and words[0].islower()
        if has_bullet or (self.open is None and self.owner is None):
            return False
        if not (words[0].isupper() or words[0].isdigit() or words[0] in '”"“'):
            return True
        is_full = len(self.above) + 1 + len(words.split()[0]) > self.width - RAGGED
        return self.in_bullet and bool(self.above) and is_full

    def _append(self, words: str, number: int) -> str:
        if self.in_summary:
            self.notes.summary[-1] = f"{self.notes.summary[-1]} {words}"
            return "summary"
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
            occasion=self.occasion, first=number, last=number,
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
