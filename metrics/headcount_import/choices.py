"""What HR has said of a file's rows, as it was typed. Pure.

Kept as JSON beside the file (`HeadcountFile.choices`), so that any process can answer and nothing typed is lost, the
wrong included: `{"units": {code: {…}}, "gone": {key: {…}}, "departments": {code: {…}}, "lines": {line: {…}},
"names": {code: {…}}, "managers": {code: {…}}, "all": {"units": {"do": "new"}}}`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

SECTIONS = {
    "units": ("do", "name", "department", "management", "unit", "home"),
    "gone": ("do", "on", "into"),
    "departments": ("do", "name", "department"),
    "lines": ("out",),
    "names": ("take",),
    "managers": ("count",),
    "all": ("do",),
}
ALL = {"units": "new", "departments": "new", "gone": "missing", "lines": "out", "managers": "kept"}
FIELD = re.compile(r"([a-z]{3,12})-([0-9a-z]{1,15})-([a-z]{2,12})")
LONGEST = 200


def collect(sent: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The choices of a form's fields, named section-key-field; other fields and empty ones are passed."""
    found: dict[str, Any] = {}
    for name, text in sent:
        named = FIELD.fullmatch(name)
        # NUL is no text to PostgreSQL; everything else stays as typed and is judged where it is used.
        said = text.replace("\0", "").strip()[:LONGEST]
        if named and said and named[3] in SECTIONS.get(named[1], ()):
            found.setdefault(named[1], {}).setdefault(named[2], {})[named[3]] = said
    return found


class Choices:
    """Reads choices without minding what is missing or of another shape."""

    def __init__(self, held: Mapping[str, Any] | None = None) -> None:
        self.held = held if isinstance(held, Mapping) else {}

    def of(self, section: str, key: object) -> dict[str, str]:
        """What is said of one row; empty for nothing."""
        rows = self.held.get(section)
        said = rows.get(str(key)) if isinstance(rows, Mapping) else None
        return {name: str(text) for name, text in said.items()} if isinstance(said, Mapping) else {}

    def for_all(self, section: str) -> str:
        """What holds for every row of a section about which nothing is said; empty for nothing."""
        said = self.of("all", section).get("do", "")
        return said if said == ALL.get(section) else ""
