"""Which sections each kind of report has, in our order and under our headings; and an organisation's own shape.

Documents are Swedish, the committee's language, and so are the headings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LETTER = {
    "proposal": "Förslag till beslut",
    "summary": "Sammanfattning",
    "matter": "Ärendet",
    "assessment": "Bedömning",
}
HALF_YEAR = {
    "clauses": "Uppdraget, del för del",
    "instructions": "Det nämnden har bett om",
    "done": "Gjort sedan förra rapporten",
    "activities": "Läget för aktiviteterna",
    "dialogues": "Dialoger och behov",
    "span": "Chefsområden",
    "indicators": "Gör det skillnad?",
    "burden": "Vad programmet tar av cheferna",
    "risks": "Avvikelser och risker",
    "consultation": "Samverkan med de fackliga organisationerna",
    "next": "Det som kommer",
}
PLAN = {
    "clauses": "Uppdraget, del för del",
    "done": "Metod och genomförande",
    "activities": "Aktiviteter och stöd som redan finns",
    "dialogues": "Dialoger och behov",
    "span": "Chefsområden",
    "indicators": "Nuläget i mått",
    "burden": "Vad programmet tar av cheferna",
    "risks": "Risker",
    "consultation": "Samverkan med de fackliga organisationerna",
    "next": "Planering för det fortsatta arbetet",
}
FINAL = {
    "clauses": "Uppdraget, del för del",
    "goal": "Programmets mål och hur långt det nåddes",
    "instructions": "Det nämnden har bett om",
    "done": "Gjort sedan förra rapporten",
    "activities": "Det som gjordes i programmet",
    "dialogues": "Dialoger och behov",
    "span": "Chefsområden",
    "indicators": "Gjorde det skillnad?",
    "lessons": "Det vi har lärt oss",
    "burden": "Vad programmet tog av cheferna",
    "risks": "Avvikelser och risker som finns kvar",
    "consultation": "Samverkan med de fackliga organisationerna",
    "next": "Det som lever vidare",
}
MONTHLY = {"indicators": "Måtten till och med månaden", "span": "Chefsområden"}
FEEDBACK = {
    "heard": "Det ni har sagt",
    "done": "Det som har blivit gjort",
    "indicators": "Gör det skillnad?",
    "next": "Det som kommer",
}
SECTIONS: dict[str, dict[str, str]] = {
    "plan": PLAN,
    "half_year": HALF_YEAR,
    "final": FINAL,
    "monthly": MONTHLY,
    "feedback": FEEDBACK,
}
WITH_LETTER = ("plan", "half_year", "final")
OWN = "own-"  # keys of an organisation's own sections, which hold a text and nothing computed


@dataclass(frozen=True)
class Wanted:
    """What an organisation wants otherwise for one section; empty texts keep ours."""

    part: str
    key: str
    heading: str
    fixed: str
    order: int
    is_left_out: bool


@dataclass(frozen=True)
class Place:
    """A section's place in a report: `part` is letter or report, `fixed` the organisation's fixed text."""

    part: str
    key: str
    heading: str
    fixed: str = ""


def ours(kind: str) -> list[Place]:
    """The sections of a kind of report, as we deliver them."""
    letter = LETTER if kind in WITH_LETTER else {}
    return [Place("letter", *item) for item in letter.items()] + [
        Place("report", *item) for item in SECTIONS[kind].items()
    ]


def outline(kind: str, wanted: Iterable[Wanted]) -> list[Place]:
    """The sections in the organisation's order, under its headings; what it has not said anything of is as ours.

    Sections with an order of the organisation's own stand by it; the rest keep the place they have with us. The
    proposal cannot be left out of a letter.
    """
    said: Mapping[str, Wanted] = {row.key: row for row in wanted}
    places = [(10 * at, place) for at, place in enumerate(ours(kind), start=1)]
    known = {place.key for _at, place in places}
    own = [Place(row.part, row.key, row.heading) for row in said.values() if row.key not in known]
    places += [(said[place.key].order, place) for place in own if place.key.startswith(OWN) and place.heading]
    shaped = [
        (said[place.key].order or at if place.key in said else at, place)
        for at, place in places
        if place.key == "proposal" or place.key not in said or not said[place.key].is_left_out
    ]
    ordered = sorted(shaped, key=lambda pair: (pair[1].part != "letter", pair[0]))
    return [_shaped(place, said.get(place.key)) for _at, place in ordered]


def _shaped(place: Place, wanted: Wanted | None) -> Place:
    if wanted is None:
        return place
    return Place(place.part, place.key, wanted.heading or place.heading, wanted.fixed)
