"""What each line of notes is by itself: blank, page number, heading of some kind, who answers for something, or text.

Pure. Which statements the lines hold is asked afterwards, of `reader.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogues.notes.owners import said_owner
from dialogues.notes.pages import is_page_number, of_pages
from dialogues.notes.sentences import SENTENCE, is_phrase

# The last four are Wingdings', which Word pastes as characters of nobody's.
SIGNS = "–—•*➢·‣▪●◦○■□►▶➤✓✔→⇒❖◆♦»›⁃\uf0b7\uf0a7\uf0d8\uf0fc"
BULLET = re.compile(
    rf"^\s*(?:[–-]>|=>|[{SIGNS}]|o(?=\s|$)|[-−‐‑](?=\D|$)|\+(?=\s)"
    r"|\(?[a-h]\)(?=\s)|\(?[ivx]{1,4}\)(?=\s)|(?:[a-h]|[ivx]{1,4})\.(?=\s+(?!\w\.)))\s*"
)
NESTED = "o◦○⁃"  # what stands on the second level, as Word and OneNote paste it
LISTED = re.compile(r"^\s*\(?[0-9]{1,2}[.)]\s*(?=[^\W\d])")
POINT = re.compile(r"^\(?([0-9]{1,2})[.)]\s*")
NUMBER = re.compile(r"^\s*(?:(§)\s*)?\(?([0-9]{1,2}(?:\.[0-9]{1,2})*)[.):]?\s+")
PARAGRAPH = re.compile(
    r"^\W*(?:§\s*[0-9.]{1,5}|[0-9]{1,3}\s*§)\W+[A-ZÅÄÖ]"
)  # of minutes: § 4 Budget, 4 § Budget
MARKED = re.compile(r"^\s*#{1,6}\s")  # a heading by its own sign, which Word's headings are given as well
MARKDOWN = re.compile(r"^\s*#{1,6}\s+|\*\*(?=[^*]+\*\*)|(?<=[^*\s])\*\*")
AFTER = r"(?:\s*\([^()]{1,40}\)|\s+för\s+\w+(?:\s\w+)?)?\W*$"
KINDS = {
    "current": re.compile(rf"^\W*(?:så är det nu|nuläget?){AFTER}", re.IGNORECASE),
    "opportunity": re.compile(rf"^\W*utvecklingsmöjlighet(?:er|erna)?{AFTER}", re.IGNORECASE),
    "need": re.compile(rf"^\W*behov(?:en)?{AFTER}", re.IGNORECASE),
}
DIALOGUE = re.compile(
    r"^\W*(?:[0-9.]+\s+dialog\s+med\b|dialog\s+med\b.*(?:ledningsgrupp|[0-9]{4}))", re.IGNORECASE
)
SOURCE = re.compile(
    r"^(?:workshop|genomgång|genomlysning|enkät|medarbetarundersökning|intervju|dialogmöte|ledningsgruppsmöte)",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
SUMMARY = re.compile(
    r"^((?:\w+s\s+|vår\s+)?(?:egen\s+)?)(sammanfattning|(?:den\s+)?röda?\s+tråd(?:en)?)(?:\s*:\s*(.*)|(\W.*)?)$",
    re.IGNORECASE,
)
SUBHEADING = re.compile(r"^[^.!?]{2,80}:$")
TAIL = re.compile(r"(?:från|i|inom|hos|ur|på|för|genom|enligt|av)(?:\s\S+){1,5}$")
LEAD = re.compile(
    r"(?:behov(?:en)?|dialog|utgångspunkt|om|att|tema|område|del|fråga|punkt)(?:\s\w+){0,3}\s*[:–-]?\s*"
)
TIME = re.compile(r"\s*\([^()]*\bmin\w*\)?")
NEEDS = re.compile(r"^\W*(?:[0-9.]+\s+)?behov(?:en|et)?\b", re.IGNORECASE)
FILLER_WORDS = """
att av de den det i och om på för med ur under sin sitt sina egen eget egna vår vårt våra chefens chefernas chefers
tema område del behov behoven utgångspunkt
"""
FILLER = frozenset(FILLER_WORDS.split())
NAME = r"[A-ZÅÄÖ][\w-]*"
MAIL_ENDS = re.compile(
    rf"^(?:(?i:(?:med\s+)?(?:vänlig|varm|bäst)\w*\s+hälsning\w*|hälsningar|mvh|vänligen)\W*(?:{NAME}\W*){{0,3}}|/\s?{NAME})$"
)
MAIL_BEGINS = re.compile(
    r"^(?:(?:från|till|skickat|kopia|ämne|from|to|sent|cc|subject):\s.*|(?:hej|hejsan)\b[^.?]{0,30})$",
    re.IGNORECASE,
)
CLOCK = r"\[?(?:[0-9]{4}-[0-9]{2}-[0-9]{2}\s+)?[0-9]{1,2}:[0-9]{2}\]?"
CHAT = re.compile(rf"^(?:{CLOCK}\s+{NAME}(?:\s{NAME}){{0,2}}|{NAME}(?:\s{NAME}){{1,2}}\s+{CLOCK})$")
LONGEST_HEADING, LONGEST_GUESS, LONGEST_TAIL = 120, 60, 60
MOST_ABOVE_AREA = 3  # lines of a title between it and the first area


@dataclass(frozen=True)
class Nature:
    """A line by itself.

    `what`: blank, noise, meeting, area, kind, summary, subheading, owner, letter (a mail's or a chat's own), ending (of
    a mail) or text. `words` are without bullet, `said` without the number of a list as well; `sign` is the bullet,
    `indent` how far in it stands, `number` "5.2" or "§ 2" before the words, `area` an index of the areas. `value` is
    the kind announced, what stands after the area's name or the summary's colon, or who the owners are.
    """

    what: str
    words: str = ""
    said: str = ""
    sign: str = ""
    indent: int = 0
    number: str = ""
    area: int | None = None
    value: str = ""

    @property
    def is_listed(self) -> bool:
        """In a list: a bullet or a number with a point or bracket."""
        return bool(self.sign) or self.said != self.words

    def is_beneath(self, other: "Nature") -> bool:
        """A bullet on the level under the other's."""
        if not self.sign or not other.sign:
            return False
        return self.indent > other.indent + 1 or (self.sign[0] in NESTED and self.sign != other.sign)


def unbulleted(row: str) -> str:
    """The words of a line, without the bullet that it may begin with."""
    return " ".join(BULLET.sub("", row, count=1).split())


def plain(text: str) -> str:
    """A heading as it is compared: no number, quotation marks or marks at its ends."""
    return " ".join(re.sub(r"[”“\"’']", "", NUMBER.sub("", text)).strip(" .:–-").casefold().split())


def kind_of(words: str) -> str:
    """The kind that a heading of its own announces; empty when it is no such heading."""
    bare = NUMBER.sub("", words)
    return next((kind for kind, pattern in KINDS.items() if pattern.match(bare)), "")


def natures(rows: Sequence[str], areas: Sequence[str]) -> list[Nature]:
    """What each line is, with what the lines around it tell: running heads, titles of sources, areas worded anew."""
    names = [plain(name) for name in areas]
    lines = _counted([_nature(row, names) for row in rows])
    may_be = [line.what in ("text", "subheading") and not line.is_listed for line in lines]
    for at in of_pages(rows, may_be):
        lines[at] = replace(lines[at], what="noise")
    for at in range(len(lines)):
        if _is_source(lines, at):
            lines[at] = replace(lines[at], what="meeting")
    return _guessed(lines, names)


def _counted(lines: Sequence[Nature]) -> list[Nature]:
    """A number that goes on from the list's own (2. and then 3.) begins a point, whatever stands after it ("3. 28
    procent"); without a space, or out of turn, it may be a decimal or a date in a line that goes on."""
    found, last = [], 0
    for line in lines:
        point = None if line.sign or line.what != "text" else POINT.match(line.words)
        if point and point[0][-1].isspace() and int(point[1]) == last + 1:
            line = replace(line, said=line.words[point.end() :])
        if point and line.is_listed:
            last = int(point[1])
        elif line.what in ("area", "kind", "meeting", "summary", "subheading"):
            last = 0
        found.append(line)
    return found


def _nature(row: str, names: Sequence[str]) -> Nature:
    is_marked, row = bool(MARKED.match(row)), MARKDOWN.sub("", row)
    words = unbulleted(row)
    if not words or is_page_number(row):
        return Nature("noise" if words else "blank", words)
    sign, number = BULLET.match(row), NUMBER.match(words)
    line = Nature(
        "text", words, words if sign else LISTED.sub("", words, count=1),
        sign[0].strip() if sign else "", len(row) - len(row.lstrip()),
        "".join(filter(None, number.groups())) if number else "",
    )  # fmt: skip
    found = None if sign or len(words) > LONGEST_HEADING else _heading(line, names)
    return found or (replace(line, what="subheading") if is_marked else _spoken(line))


def _heading(line: Nature, names: Sequence[str]) -> Nature | None:
    if kind := kind_of(line.words):
        return replace(line, what="kind", value=kind)
    if DIALOGUE.match(line.words) and (line.number or not SENTENCE.search(line.words)):
        return replace(line, what="meeting")
    if found := _area(plain(line.words), names):
        return replace(line, what="area", area=found[0], value=found[1])
    own = SUMMARY.match(NUMBER.sub("", line.words))
    if own and (not own[4] or _is_tail(own[4])):
        return replace(line, what="summary", value=own[3] or "")
    return replace(line, what="subheading") if SUBHEADING.match(line.words) else None


def _spoken(line: Nature) -> Nature:
    if owner := said_owner(line.said):
        return replace(line, what="owner", value=owner)
    if not line.sign and MAIL_ENDS.match(line.words):
        return replace(line, what="ending")
    if not line.sign and (MAIL_BEGINS.match(line.words) or CHAT.match(line.words)):
        return replace(line, what="letter")
    return line


def _area(words: str, names: Sequence[str]) -> tuple[int, str] | None:
    """The area whose own name the heading has, the longest first, and what stands after the name."""
    for at, name in sorted(enumerate(names), key=lambda row: -len(row[1])):
        before, found, after = words.partition(name)
        begins = bool(name and found) and (not before or bool(LEAD.fullmatch(before)))
        if begins and (not after or _is_tail(after, is_free=not before and " " not in name)):
            return at, "" if TIME.fullmatch(after) else after.strip(" –-:")
    return None


def _is_tail(after: str, *, is_free: bool = False) -> bool:
    """What stands after a name in a heading: no sentence goes on there. `is_free`: the name is a word that sentences
    begin with as well, and only brackets or a year tell a heading."""
    if len(after) > LONGEST_TAIL or SENTENCE.search(after):
        return False
    if re.match(r"\s*\(", after) or YEAR.search(after):
        return True
    return not is_free and bool(re.match(r"\s+[–-]\s|\s*[:–]", after) or TAIL.match(after.strip()))


def _is_source(lines: Sequence[Nature], at: int) -> bool:
    """A title with its year ("Workshop 12 februari 2026 med …") and an area's heading right beneath."""
    line = lines[at]
    if line.what not in ("text", "subheading") or line.sign or not SOURCE.match(NUMBER.sub("", line.words)):
        return False
    if len(line.words) > LONGEST_HEADING or not YEAR.search(line.words) or not is_phrase(line.words):
        return False
    beneath = [row.what for row in lines[at + 1 : at + 40] if row.what not in ("blank", "noise")]
    return "area" in beneath[: MOST_ABOVE_AREA + 1] and set(beneath[: beneath.index("area")]) <= {"text"}


def _guessed(lines: list[Nature], names: Sequence[str]) -> list[Nature]:
    """Areas that no heading calls by their own name, recognised by the words of a heading that can mean no other."""
    known = {line.area for line in lines if line.what == "area"}
    found = list(lines)
    for at, line in enumerate(lines):
        if line.what in ("text", "subheading") and not line.sign and len(line.words) <= LONGEST_GUESS:
            area = _meant(plain(line.words).removeprefix("att "), names)
            if area is not None and area not in known and _stands_as_heading(lines, at):
                found[at] = replace(line, what="area", area=area, value="")
    return found


def _meant(words: str, names: Sequence[str]) -> int | None:
    """The one area whose name has all the words that mean something here, and that is mostly these words."""
    said = _meaning(words)
    if not said or not is_phrase(words):
        return None
    own = [_meaning(name) for name in names]
    fits = [
        at for at, name in enumerate(own) if all(any(_alike(word, other) for other in name) for word in said)
    ]
    if len(fits) != 1:
        return None
    name = own[fits[0]]
    hits = sum(any(_alike(word, other) for word in said) for other in name)
    return fits[0] if 2 * hits >= len(name) or _alike(said[-1], name[-1]) else None


def _meaning(words: str) -> list[str]:
    return [word for word in re.findall(r"\w+", words) if word not in FILLER and not word.isdigit()]


def _alike(one: str, other: str) -> bool:
    """The same word in another form: förändring and förändringar, medarbetare and medarbetarna."""
    same = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return same >= max(4, min(len(one), len(other)) - 1) and max(len(one), len(other)) - same <= 4


def _stands_as_heading(lines: Sequence[Nature], at: int) -> bool:
    """A heading and no point among others: several words or a number, else with a colon, room above or a list below."""
    line, above, below = lines[at], _near(lines, at, -1), _near(lines, at, 1)
    if not line.words[0].isupper() and not line.number:
        return False
    if line.number and any(other and other.number and other.what == "text" for other in (above, below)):
        return False
    has_room = at == 0 or lines[at - 1].what not in ("text", "owner")
    leads = below is not None and (below.is_listed or below.what == "kind")
    return bool(line.number) or line.what == "subheading" or " " in line.words or has_room or leads


def _near(lines: Sequence[Nature], at: int, step: int) -> Nature | None:
    """The nearest line with words above (step -1) or below; a few lines away at most."""
    around = (lines[near] for near in range(at + step, at + 6 * step, step) if 0 <= near < len(lines))
    return next((line for line in around if line.what not in ("blank", "noise")), None)
