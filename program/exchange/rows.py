"""One row of a table by the keys of its columns, and the words that its cells may hold. Pure."""

import re
from dataclasses import dataclass

from program.exchange import cells
from program.exchange.cells import DateCell
from ui.characters import CONTROL

TYPES = {
    "activity": ("aktivitet", "activity", "a"),
    "step": ("delåtgärd", "step", "d"),
    "follow_up": ("uppföljning", "follow-up", "u"),
    "evaluation": ("utvärdering", "evaluation"),
}
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "status": {
        "planned": ("planerad", "planned", "ej påbörjad", "ej startad", "planeras"),
        "under_way": (
            "pågår",
            "under way",
            "pågående",
            "påbörjad",
            "ongoing",
            "in progress",
            "försenad",
            "late",
        ),
        "completed": ("genomförd", "completed", "klar", "avslutad", "done", "genomfört", "har genomförts"),
        "stopped": ("stoppad", "stopped", "avbruten", "utgår"),
    },
    "level": {
        "organisation": ("organisationen", "the organisation", "organisation", "organisatorisk"),
        "leader": ("ledarens egen", "the leader's own", "ledaren", "leader", "ledarens egen utveckling"),
    },
    "kind": {
        "measure": ("åtgärd", "measure"),
        "training": ("utbildning", "training"),
        "meeting": ("möte eller nätverk", "meeting or network", "möte", "nätverk", "meeting", "network"),
    },
    "audiences": {
        "prospective": ("blivande chefer", "prospective managers"),
        "new": ("nya chefer", "new managers"),
        "experienced": ("erfarna chefer", "experienced managers"),
        "team_leaders": ("teamledare och samordnare", "team leaders and coordinators", "teamledare"),
    },
    "plan": {
        "budget": ("budget",),
        "operations": ("verksamhetsplan", "operational plan"),
        "staffing": ("kompetensförsörjningsplan", "skills supply plan"),
    },
}
BY_LABEL = {
    name: {label: value for value, labels in choices.items() for label in labels}
    for name, choices in CHOICES.items()
}
LIMITS = {
    "number": 12, "title": cells.TITLE_LENGTH, "area": cells.AREA_LENGTH, "current_state": 4000, "measure": 4000,
    "desired_result": 4000, "part_of": 200, "referred_to": 200, "referral_outcome": 2000, "funding": 300,
    "weeks": 60, "comment": 2000,
}  # fmt: skip
LINES = {"number", "title", "area", "part_of", "referred_to", "funding", "weeks"}
STEP_TEXT, OUTCOME, ROLE, WORDS, STEPS_IN_A_CELL = 2000, 4000, 120, 60, 200


@dataclass(frozen=True)
class Wrong:
    """What cannot be understood: a code of `wording.WRONG`, the text, and where it stands."""

    column: str
    code: str
    text: str = ""
    row: int = 0


class Row:
    """One row by the keys of its columns; what is wrong in it is collected as it is read."""

    def __init__(self, number: int, texts: list[str], where: dict[str, int]) -> None:
        self.number, self.texts, self.where = number, texts, where
        self.wrong: list[Wrong] = []
        for key, index in where.items():
            if index < len(texts) and CONTROL.search(texts[index]):
                self.refuse(key, "control")

    def has(self, key: str) -> bool:
        return key in self.where

    def text(self, key: str) -> str:
        index = self.where.get(key, -1)
        return self.texts[index].strip() if 0 <= index < len(self.texts) else ""

    def refuse(self, column: str, code: str, text: str = "") -> None:
        self.wrong.append(Wrong(column, code, text[:80], self.number))

    def prose(self, key: str, limit: int = 0, as_key: str = "") -> str:
        """Text within its limit, without characters that no reader sees."""
        text = self.text(key)
        if (as_key or key) in LINES:
            text = " ".join(text.split()) if self.has("type") else cells.one_line(text)
        return self.within(key, text, limit or LIMITS[key])

    def within(self, key: str, text: str, limit: int) -> str:
        if len(text) > limit:
            self.refuse(key, "too_long", str(limit))
        return text

    def choice(self, key: str) -> str:
        text = self.text(key).casefold()
        if text and text not in BY_LABEL[key]:
            self.refuse(key, "not_a_choice", self.text(key))
        return BY_LABEL[key].get(text, "")

    def date(self, key: str) -> DateCell:
        found = cells.date(self.text(key))
        self.within(key, found.text, WORDS)
        return found

    def yes(self, key: str) -> bool:
        found = cells.yes_or_no(self.text(key))
        if found is None:
            self.refuse(key, "not_yes_or_no", self.text(key))
        return bool(found)

    def row_id(self, letter: str) -> int | None:
        text = self.text("id")
        found = re.fullmatch(rf"{letter}?([0-9]{{1,12}})", text, re.IGNORECASE)
        if text and not found:
            self.refuse("id", "not_an_id", text)
        return int(found[1]) if found else None
