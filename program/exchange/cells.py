"""What stands in a cell: numbered measures, numbered dates, several roles, yes and no. Plain values only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from program.when import NotADate, When, parse

YES, NO = ("ja", "yes", "x", "1", "sant", "true"), ("nej", "no", "0", "falskt", "false", "-", "–")
MARKER = re.compile(r"(?:(?:^|(?<=\s))([0-9]{1,3})\)|^([0-9]{1,3})\.)(?=\s)", re.MULTILINE)
LABELLED = re.compile(
    r"(uppföljning|utvärdering|follow-up|evaluation)(?:sdatum| datum)?\s*:?\s*", re.IGNORECASE
)
JOINT = ("gemensamt ansvar", "joint responsibility")
TITLE_LENGTH, AREA_LENGTH = 240, 120


@dataclass(frozen=True)
class DateCell:
    """A date as it was written; `when` is None when the cell is empty or no date."""

    text: str
    when: When | None = None
    is_wrong: bool = False


@dataclass(frozen=True)
class Numbered:
    """One item of a list in a cell; `number` is empty when the cell is a single one."""

    number: str
    text: str


@dataclass(frozen=True)
class Improvement:
    """Identifierat förbättringsområde: number, heading, area and current state in one cell."""

    number: str
    title: str
    area: str
    current_state: str


def one_line(text: str) -> str:
    """Lines that a narrow column has broken, joined again; a word divided at a line's end is made whole."""
    whole = ""
    for line in text.split("\n"):
        line = " ".join(line.split())
        if not line:
            continue
        if whole.endswith("-") and whole[-2:-1].isdigit() and line[0].isdigit():
            whole += line
        elif whole.endswith("-") and whole[-2:-1].islower() and line[0].islower():
            whole = whole[:-1] + line
        else:
            whole = f"{whole} {line}" if whole else line
    return whole


def numbered(text: str) -> list[Numbered]:
    """The items of a cell that begins with 1) or 1. and goes on in order; else the whole cell as one."""
    starts: list[re.Match[str]] = []
    for found in MARKER.finditer(text):
        if int(found[1] or found[2]) == len(starts) + 1:
            starts.append(found)
    if not starts or text[: starts[0].start()].strip():
        whole = "\n".join(_clauses(text))
        return [Numbered("", whole)] if whole else []
    ends = [found.start() for found in starts[1:]] + [len(text)]
    items = [
        Numbered(str(order), one_line(text[found.end() : end]))
        for order, (found, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]
    return [item for item in items if item.text]


def date(text: str) -> DateCell:
    """A date with its words."""
    line = one_line(text)
    if not line:
        return DateCell("")
    try:
        return DateCell(line, parse(line))
    except NotADate:
        return DateCell(line, None, True)


def dates(text: str) -> dict[str, DateCell]:
    """The dates of a cell by their number; a single one under the empty number."""
    return {item.number: date(item.text) for item in numbered(text)} or {"": DateCell("")}


def follow_ups(text: str, kind: str = "follow_up") -> list[tuple[str, DateCell]]:
    """Kind and day of each follow-up in a cell: "Uppföljning: 2020-04-01 Utvärdering: 2020-10-31"."""
    if not text.strip():
        return []
    parts = LABELLED.split(text)
    found = [(kind, piece) for piece in _several(parts[0])]
    for label, piece in zip(parts[1::2], parts[2::2], strict=True):
        named = "evaluation" if label.casefold() in ("utvärdering", "evaluation") else "follow_up"
        found += [(named, one) for one in _several(piece)]
    return [(named, date(piece)) for named, piece in found]


def _several(text: str) -> list[str]:
    """The dates of a stretch of text: numbered, or with a semicolon between."""
    return [piece for item in numbered(text) for piece in re.split(r"\s*;\s*", item.text) if piece]


def listed(text: str) -> list[str]:
    """Names with a semicolon or a line break between; one that holds such a mark stands in quotation marks."""
    found = (
        quoted.replace('""', '"') if quoted else bare.strip()
        for quoted, bare in re.findall(r'\s*"((?:[^"]|"")+)"\s*(?=[;\n]|$)|([^;\n]+)', text)
    )
    return list(dict.fromkeys(name for name in found if name))


def enlisted(names: Iterable[str]) -> str:
    """Names as `listed` reads them."""
    return "; ".join(
        '"' + name.replace('"', '""') + '"' if re.search(r'[;\n]|^"', name) else name for name in names
    )


def names(text: str, known: Iterable[str] = ()) -> list[str]:
    """The names of a cell, parted by semicolons, else by slashes, commas or plus signs.

    A cell that is one known name stays whole, whatever marks it holds.
    """
    line = one_line(text)
    if not line:
        return []
    if key(line) in set(known):
        return [line]
    if '"' in text:
        return listed(text)
    if ";" in line:
        return listed(line)
    return list(dict.fromkeys(part for part in re.split(r"\s*(?:[/,+]|\s&\s)\s*", line) if part))


def key(name: str) -> str:
    """A name as it is compared: "HR chef" and "HR-chef" are one."""
    return " ".join(re.sub(r"[-–_]", " ", name).casefold().split())


def is_joint(text: str) -> bool:
    return one_line(text).casefold() in JOINT


def yes_or_no(text: str) -> bool | None:
    """True, False (empty too), or None for anything else."""
    word = text.strip().casefold()
    if not word or word in NO:
        return False
    return True if word in YES else None


def decimal(text: str) -> Decimal | None:
    """A number with at most one decimal, after a comma or a point; None when it is none."""
    plain = "".join(text.split()).replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"[0-9]{1,5}(\.[0-9])?", plain) else None


def months(text: str) -> list[int] | None:
    """Months by number ("2, 9–11"); None when something else stands there."""
    found: set[int] = set()
    for part in re.split(r"[,;\s]+(?![-–])", text.strip()):
        if not part:
            continue
        ends = re.fullmatch(r"([0-9]{1,2})(?:\s*[-–]\s*([0-9]{1,2}))?", part)
        if not ends:
            return None
        first, last = int(ends[1]), int(ends[2] or ends[1])
        if not 1 <= first <= last <= 12:
            return None
        found.update(range(first, last + 1))
    return sorted(found)


def improvement(text: str) -> Improvement:
    """Take the first column of an action plan apart.

    Its number; its heading, which is the title; the heading's first clause, which is the area; what follows
    "Nuläge:" is the current state. A heading too long for a title stands whole in the current state.
    """
    head, _label, state = re.sub(
        r"\bnul[äa]ge\s*:", "\0", text.strip(), count=1, flags=re.IGNORECASE
    ).partition("\0")
    found = re.match(r"([0-9]{1,3})\s*[.)]\s*", head)
    number, head = (found[1], head[found.end() :]) if found else ("", head)
    lines = _clauses(head) or [""]
    title = " – ".join(lines)
    current = "\n".join(line for line in (one_line(row) for row in state.split("\n")) if line)
    if len(title) > TITLE_LENGTH:
        current = "\n".join(filter(None, (title, current)))
        title = title[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return Improvement(number, title, _first_clause(lines), current)


def _clauses(text: str) -> list[str]:
    """Lines as they were meant: one that begins with a capital or a quotation mark begins a new one."""
    clauses: list[list[str]] = []
    for line in text.split("\n"):
        start = line.strip()[:1]
        if not start:
            continue
        if not clauses or start.isupper() or start in '”"“':
            clauses.append([])
        clauses[-1].append(line)
    return [one_line("\n".join(lines)) for lines in clauses]


def _first_clause(lines: list[str]) -> str:
    area = lines[0].split(",")[0].strip()
    return area if len(area) <= AREA_LENGTH else area[: AREA_LENGTH - 1].rsplit(" ", 1)[0] + "…"
