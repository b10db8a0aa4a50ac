"""A report of nobody's with something of everything: what a template is tried with before there is a report."""

import json

from reports import content as c

CASES = ("SON 2026/1",)
CHART = {
    "width": 480,
    "height": 120,
    "data": {"values": [{"x": "2024", "y": 12}, {"x": "2025", "y": 10}, {"x": "2026", "y": 9}]},
    "mark": "bar",
    "encoding": {"x": {"field": "x", "type": "ordinal"}, "y": {"field": "y", "type": "quantitative"}},
}
DEPARTMENTS = (
    "Behov", "Hemtjänsten", "Särskilda boenden", "Funktionsstöd", "Individomsorg", "Hemsjukvården", "Myndighet",
    "Administration", "Kvalitetsavdelningen", "HR-avdelningen",
)  # fmt: skip
SOURCES = (
    c.Source("A1", "activity", 1, "Mentorer för nya chefer", "nr 1, lägesrapport 15 april 2026", ("B1",)),
    c.Source("A2", "activity", 2, "Enklare schemasystem", "nr 2, lägesrapport 2 maj 2026", ("B1",)),
    c.Source("B1", "need", 1, "Stöd nära chefen", "två inspel", ("D1",)),
    c.Source("D1", "dialogue", 1, "Hemtjänsten", "dialog 3 mars 2026"),
)
LETTER = (
    c.Section(
        "proposal",
        "Förslag till beslut",
        "Nämnden föreslås besluta:",
        (c.Numbered(("Nämnden godkänner rapporten.", "Nämnden ber om en ny rapport i december 2026.")),),
    ),
    c.Section(
        "summary", "Sammanfattning", "Det här är en exempeltext som visar hur mallen ser ut med en rapport i."
    ),
    c.Section(
        "matter",
        "Ärendet",
        "Ett stycke till.\n\nOch ett till.",
        fixed="En fast text som organisationen själv har valt.",
    ),
    c.Section("assessment", "Bedömning", "Förvaltningen bedömer att mallen fungerar."),
)
SECTIONS = (
    c.Section(
        "done",
        "Gjort sedan förra rapporten",
        "Exempeltext.",
        (
            c.Sentence("En aktivitet är genomförd och en är ny.", ("A1", "A2")),
            c.Changes(("Mentorer för nya chefer: pågår → genomförd",), (("A1",),)),
            c.Table(
                "Genomförda aktiviteter under perioden",
                ("Aktivitet", "Ansvarig", "Genomförd", "Timmar per chef"),
                (("Mentorer för nya chefer", "HR-chef", "15 april 2026", "4"),),
                numeric=(3,),
                note="Timmarna gäller dem som deltog.",
                refs=(("A1",),),
            ),
        ),
    ),
    c.Section(
        "dialogues",
        "Dialoger och behov",
        "",
        (
            c.Bullets(("Stöd nära chefen har nämnts av två avdelningar.",), (("B1",),)),
            c.Table(
                "Behov per avdelning, och det som svarar mot det",
                DEPARTMENTS,
                (("Stöd nära chefen", *("Kompetensutveckling pågår",) * (len(DEPARTMENTS) - 1)),),
            ),
        ),
    ),
    c.Section(
        "indicators",
        "Gör det skillnad?",
        "",
        (c.Chart("Chefsområden över grundtalet.", "Stapeldiagram: 12, 10 och 9 chefsområden.", json.dumps(CHART)),),
    ),
    c.Section("risks", "Avvikelser och risker", "", (c.Sentence("Inga risker är antecknade."),)),
    c.Section("next", "Det som kommer", "Exempeltext om hösten."),
)  # fmt: skip


def sample(organisation: str, parent: str, committee: str) -> c.Content:
    """The example report in an organisation's name; marked as example data."""
    return c.Content(
        organisation=organisation,
        parent=parent,
        committee=committee,
        program="Exempelprogrammet",
        goal="Chefer har förutsättningar att leda.",
        kind="half_year",
        period="2026H1",
        title="Lägesrapport första halvåret 2026",
        case_numbers=CASES,
        cut_off="20 maj 2026",
        previous_cut_off="14 november 2025",
        meets_on="11 juni 2026",
        date="2026-05-20",
        is_example=True,
        letter=c.Letter(
            LETTER, ("Lägesrapport första halvåret 2026, bilaga med uppgifter till och med 20 maj 2026",)
        ),
        sections=SECTIONS,
        sources=SOURCES,
    )
