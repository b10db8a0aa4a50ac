"""Which statements do notes hold: lines that somebody typed, or a whole evening's notes with headings and noise.

Pure. Nothing disappears unseen: every line is told what became of it. What a line is by itself is asked of `lines.py`;
here the lines are walked in order, and headings say what the lines below them are of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from dialogues.notes.lines import NEEDS, NUMBER, PARAGRAPH, Nature, natures, plain, unbulleted
from dialogues.notes.owners import is_body
from dialogues.notes.sentences import is_phrase
from program.when import NotADate, parse

LABEL = re.compile(r"^([^:.!?,;]{2,60}):\s+(\S.*)$")
MOST_LABEL_WORDS = 4
PREDICATE = re.compile(
    r"^(?:svårt|lätt|viktigt|otydligt|oklart|bra|dåligt|mer|mindre|fler|färre)\b", re.IGNORECASE
)
DATED = (
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    re.compile(r"(?<![0-9])(?:19|20)[0-9]{6}(?![0-9])"),
    re.compile(r"[0-9]{1,2}/[0-9]{1,2}[ -][0-9]{4}"),
    re.compile(r"[0-9]{1,2}\s+[a-zåäö]+\s+[0-9]{4}", re.IGNORECASE),
    re.compile(r"(?:första|andra)\s+halvåret\s+[0-9]{4}", re.IGNORECASE),
    re.compile(r"[a-zåäö]+\s+[0-9]{4}", re.IGNORECASE),
)
CUT = re.compile(r"\w[-\u00ad\u2010]")  # a word that goes on in the next line
PART_OF_TWO = re.compile(r"(?:och|eller|samt|respektive|resp|som)\b", re.IGNORECASE)  # för- och efterarbete
CURRENT_KIND, NEED_KIND = "current", "need"
FEW_BULLETS = 3
LONGEST_TITLE, LONGEST_DATED = 240, 480
RAGGED = 12  # how far short of the longest line a full line may fall
WIDE = 50  # a text whose longest line is shorter has lines that end where people ended them


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
    return [words for words in map(unbulleted, text.splitlines()) if words]


def dated_words(text: str) -> str:
    """The first date that stands in a text, in its own words ("våren 2018"); empty when there is none."""
    head = text[:LONGEST_DATED]
    for found in (found[0] for pattern in DATED for found in pattern.finditer(head)):
        words = f"{found[:4]}-{found[4:6]}-{found[6:]}" if found.isdigit() else found
        try:
            parse(words)
        except NotADate:
            continue
        return words
    return ""


def went_on(above: str, words: str) -> str:
    """Two lines as the one text that they are: a word that the end of the line cut is whole again."""
    if not CUT.fullmatch(above[-2:]) or not words[:1].isalpha():
        return f"{above} {words}"
    begun = re.split(r"[\s/(]", above[:-1])[-1]
    if above[-1] != "\u00ad" and words[0].islower() and PART_OF_TWO.match(words):
        return f"{above} {words}"
    is_own_hyphen = words[0].isupper() or begun.isupper() or len(begun) == 1  # IT-system, e-post
    return f"{above}{words}" if is_own_hyphen and above[-1] != "\u00ad" else f"{above[:-1]}{words}"


def read(text: str, areas: Sequence[str]) -> Notes:
    """The statements of whole notes, under the areas whose names stand as headings in them."""
    rows = text.splitlines()
    reader = _Reader(rows, natures(rows, areas), [plain(name) for name in areas])
    for at in range(len(rows)):
        reader.take(at)
    if reader.dialogues == 1:
        for note in reader.notes.statements:
            note.occasion = "" if note.occasion == reader.meeting else note.occasion
    return reader.notes


class _Reader:
    """Walks the lines and remembers under which heading, and in which statement, it stands."""

    def __init__(self, rows: Sequence[str], lines: Sequence[Nature], areas: Sequence[str]) -> None:
        self.rows, self.lines, self.areas, self.notes = rows, lines, areas, Notes()
        self.width = max((len(row.strip()) for row in rows), default=0)
        self.is_bulleted = sum(line.is_listed for line in lines if line.what == "text") >= FEW_BULLETS
        named = [at for at, line in enumerate(lines) if line.what == "area"]
        self.last_area = named[-1] if named else -1
        self.last_numbered = max((at for at in named if lines[at].number), default=-1)
        self.has_meetings = any(line.what == "meeting" for line in lines)
        self.waits = self.has_headings = self.has_meetings or bool(named)
        self.dialogues = self.chapter = self.listed = 0
        self.area: int | None = None
        self.usual = self.kind = CURRENT_KIND
        self.above_all = self.beneath = self.number = self.occasion = self.meeting = self.above = ""
        self.title: set[str] = set()
        self.open: Noted | None = None
        self.owner: Noted | None = None
        self.begun: Nature = Nature("blank")
        self.in_title = self.in_summary = self.is_over = self.is_signed = False

    def take(self, at: int) -> None:
        row, line = self.rows[at], self.lines[at]
        self.notes.lines.append(Line(at + 1, row, self._become(at, line)))
        self.above = row.strip()

    def _become(self, at: int, line: Nature) -> str:
        if line.what in ("blank", "noise"):
            return line.what
        if self.title and plain(line.words) in self.title:
            return "noise"  # the title of the meeting that we are in, on another page
        if became := self._as_heading(at, line):
            self.in_title = line.what == "meeting"
            self._close()
            self.begun, self.is_signed = Nature("blank"), False
            return became
        goes_on = self.above and not line.is_listed and line.words[0].islower()
        if self.in_title and goes_on and len(self.meeting) < LONGEST_TITLE:
            self.meeting = self.occasion = f"{self.meeting} {line.words}"
            self.title.add(plain(line.words))
            return "heading"
        self.in_title = False
        return self._as_words(at, line)

    # Headings: what they say of the lines below.

    def _as_heading(self, at: int, line: Nature) -> str:
        """What the line became, if it is a heading where it stands."""
        match line.what:
            case "kind":
                return self._open_kind(line)
            case "meeting":
                return self._open_meeting(at, line)
            case "area":
                return self._open_area(line)
            case "summary":
                return self._open_summary(line)
            case "subheading":
                return self._open_subheading(line)
        return ""

    def _open_kind(self, line: Nature) -> str:
        self.kind, self.above_all, self.beneath = line.value, "", ""
        if self.area is None:
            self.usual = line.value  # it stands above the areas, and is all of theirs
        return "heading"

    def _open_meeting(self, at: int, line: Nature) -> str:
        self.chapter = _major(line) or self.chapter
        self.area, self.kind, self.usual = None, CURRENT_KIND, CURRENT_KIND
        self.above_all = self.beneath = self.number = ""
        self.meeting = self.occasion = NUMBER.sub("", line.words)
        self.title = {plain(line.words)}
        self.is_over = self.in_summary = False
        self.waits = self.last_area > at
        self.listed = 0
        self.dialogues += 1
        return "heading"

    def _open_area(self, line: Nature) -> str:
        assert line.area is not None  # the nature of such a line
        if self.is_over and not (line.number or NEEDS.match(line.words)):
            return ""
        if NEEDS.match(line.words):
            self.usual = NEED_KIND
        if line.area != self.area or plain(line.words) != self.areas[line.area]:
            self.kind = self.usual
        self.chapter = _major(line) if "." in line.number else self.chapter
        self.area, self.number, self.listed = line.area, line.number, 0
        self.waits = self.is_over = self.in_summary = False
        self.above_all, self.beneath = line.value, ""
        self.occasion = dated_words(line.value) or self.meeting
        return "heading"

    def _open_summary(self, line: Nature) -> str:
        """The group's own; a document's summary, above everything that was said, is none."""
        is_own = self.area is not None or not plain(line.words).startswith("sammanfattning")
        self.in_summary, self.area, self.above_all, self.beneath = is_own, None, "", ""
        if line.value and is_own:
            self.notes.summary.append(line.value)
            return "summary"
        return "heading"

    def _open_subheading(self, line: Nature) -> str:
        words = line.words.rstrip(":")
        self.in_summary = self.in_summary and not is_phrase(words)  # a sentence leads to the points
        if self.waits or self.is_over or (self.open and words[0].islower()):
            return ""
        self.beneath = words
        return "heading"

    def _is_chapter(self, at: int, line: Nature) -> bool:
        """A numbered heading of a document about something else, 5.1 or the 6 after it; no point of a list."""
        if not line.number or line.sign or not self.has_headings:
            return False
        listed, self.listed = self.listed, _major(line)
        words = NUMBER.sub("", line.words)
        if not words[:1].isupper() or line.words[-1] in ".!?:;,":
            return False
        if line.number.startswith("§") or "." in line.number:
            if self.number and line.number.startswith(f"{self.number}."):
                return False
            self._open_chapter(line, is_over=self.area is not None)
            return True
        is_next = self.chapter and _major(line) == self.chapter + 1 != listed + 1
        if is_next and at > self.last_numbered:
            self._open_chapter(line, is_over=True)
            return True
        return False

    def _open_chapter(self, line: Nature, *, is_over: bool) -> None:
        self.chapter, self.listed = _major(line), 0
        self.in_summary, self.is_over = False, is_over
        self._close()

    # Words: whom and what they belong to.

    def _as_words(self, at: int, line: Nature) -> str:
        if line.what in ("ending", "letter"):
            self.is_signed = self.is_signed or line.what == "ending"
            self._close()
        if self.is_signed or line.what == "letter" or self._is_chapter(at, line):
            return "unplaced"
        if owners := self._owners(at, line):
            return self._answered(owners, at)
        if self._goes_on(line):
            return self._append(line.words, at)
        return self._new(at, line)

    def _new(self, at: int, line: Nature) -> str:
        """A line that goes on with nothing: a point of the summary, a statement, or neither."""
        is_aside = self.is_bulleted and not line.is_listed
        if self.in_summary and not self.is_over and (not is_aside or self._is_prose(at)):
            self.notes.summary.append(line.said)
            return "summary"
        is_before = self.waits or (self.has_meetings and not self.meeting)
        is_aside = is_aside and (self.in_summary or self.kind == NEED_KIND)
        if is_before or self.is_over or is_aside:
            self._close()
            return "unplaced"
        self._begin(at, line)
        return "statement"

    def _is_prose(self, at: int) -> bool:
        """Right under the summary's heading, or under other words that are; no words that lead to its points."""
        together = takewhile(
            lambda row: row.what in ("text", "subheading") and not row.is_listed, self.lines[at : at + 8]
        )
        if any(row.words.endswith(":") and not is_phrase(row.words.rstrip(" :")) for row in together):
            return False
        above = at - 1
        while above > 0 and self.lines[above].what == "noise":
            above -= 1
        is_apart = self.lines[above].what == "blank"
        while above > 0 and self.lines[above].what in ("blank", "noise"):
            above -= 1
        line, became = self.lines[above], self.notes.lines[above].became
        is_told = became == "summary" and not is_apart and (line.what == "summary" or not line.is_listed)
        return became == "heading" or is_told

    def _begin(self, at: int, line: Nature) -> None:
        if self.begun.is_listed and not line.is_listed:
            self.beneath = ""  # the heading was the list's
        label, text = _label(line.said)
        self.owner, self.begun = None, line
        self.open = Noted(
            self.area, self.kind, text, self.beneath or self.above_all, label,
            occasion=self.occasion, first=at + 1, last=at + 1,
        )  # fmt: skip
        self.notes.statements.append(self.open)

    def _goes_on(self, line: Nature) -> bool:
        """The line goes on with the sentence above it.

        A small letter does, unless the statements themselves begin with small letters; so does any letter in a
        bullet whose line above had no room for this line's first word.
        """
        first = line.words[0]
        if line.is_listed or PARAGRAPH.match(line.words):
            return False
        if self.in_summary and not (self.notes.summary and first.islower()):
            return False
        if self.in_summary:
            return True
        if self.open is None and self.owner is None:
            return False
        room = self.width - RAGGED - len(self.above) - 1
        is_full = self.width > WIDE and len(line.words.split()[0]) > room
        if first.isupper() or first.isdigit() or first in '”"“':
            return self.begun.is_listed and bool(self.above) and is_full
        begins_small = not self.begun.is_listed and self.begun.words[:1].islower()
        return not (first.islower() and begins_small) or is_full

    def _append(self, words: str, at: int) -> str:
        if self.in_summary:
            self.notes.summary[-1] = went_on(self.notes.summary[-1], words)
            return "summary"
        if self.owner is not None:
            self.owner.owners, self.owner.last = went_on(self.owner.owners, words), at + 1
            return "owner"
        note = self.open
        assert note is not None  # _goes_on saw to it
        note.text, note.last = went_on(note.text, words), at + 1
        return "statement"

    def _owners(self, at: int, line: Nature) -> str:
        """Who answers for the statement above: said in words, or by the one point beneath a statement with a label."""
        if self.in_summary or (self.open is None and self.owner is None):
            return ""
        if line.what == "owner":
            return line.value
        is_beneath = self.open is not None and self.open.label and line.is_beneath(self.begun)
        below = next(
            (row for row in self.lines[at + 1 : at + 8] if row.sign or row.what in ("area", "kind")), None
        )
        is_alone = below is None or not below.is_beneath(self.begun)
        return line.said.strip(" .") if is_beneath and is_alone and is_body(line.said) else ""

    def _answered(self, owners: str, at: int) -> str:
        note = self.open or self.owner
        assert note is not None  # _owners saw to it
        note.owners = f"{note.owners}, {owners}" if note.owners else owners
        note.last = at + 1
        self.owner, self.open = note, None
        return "owner"

    def _close(self) -> None:
        self.open = self.owner = None


def _major(line: Nature) -> int:
    digits = re.match(r"§?([0-9]+)", line.number)
    return int(digits[1]) if digits else 0


def _label(words: str) -> tuple[str, str]:
    """What a statement is about, and what it says: "Kompetens: använd våra unga". A sentence is not cut in two."""
    found = LABEL.match(words)
    if not found or len(found[1].split()) > MOST_LABEL_WORDS:
        return "", words
    return ("", words) if PREDICATE.match(found[1]) or not is_phrase(found[1]) else (found[1], found[2])
