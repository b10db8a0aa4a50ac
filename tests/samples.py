"""A report with something of everything, made by hand: every kind of block, awkward figures and awkward texts."""

import json

from reports.content import (
    Bullets,
    Changes,
    Chart,
    Content,
    Letter,
    Numbered,
    Section,
    Sentence,
    Source,
    Table,
)

NBSP = "\u00a0"
SPEC = json.dumps({
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "data": {"values": [{"x": 1, "y": 2}]},
    "mark": "point",
    "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}},
})  # fmt: skip
FIGURES = Table(
    "Siffror: alla slag [och tecken] / i ett / blad?",
    ("Mått", "Antal", "Andel", "Skillnad", "Dag"),
    (
        ("=1+1", f"1{NBSP}555", f"62,5{NBSP}%", "\u22123,2", "13 juni 2024"),
        ("@kommando", "0", "100 %", "+0,40", "våren 2027"),
        ("007", "007", f"0,05{NBSP}%", "\u22120,00", "–"),
        ("Två på en", "56 på 2 chefer", "inte frågat", "25, 30", "oktober 2025"),
        ("Stort", f"12{NBSP}345{NBSP}678,90", f"1{NBSP}000{NBSP}%", "1555", "2026H1"),
        ("<b>fet</b> & 'citat'", "–", "12,0 %", "1234567890123456", "31 december 2026"),
    ),
    numeric=(1, 2, 3),
    widths=(6, 3, 3, 3, 4),
    note="Siffrorna är påhittade; 12,25 av dem är udda.",
    refs=(("A1",), (), ("A1", "M1"), (), ("M1",), ()),
    key="figures",
)
PLAIN = Table(
    "Siffror: alla slag [och tecken] / i ett / annat", ("Vad", "Värde"), (("Ett", "1"), ("Två", "2")), (1,)
)
DONE = (
    Sentence("Två av 24 aktiviteter är genomförda.", ("A1", "B1")),
    Changes(("A1 har blivit klar.", "Målvärdet är nu 75 %."), (("A1",), ())),
    Bullets(("Den första punkten, 41 av 60.", "Den andra punkten."), (("B1",), ("A1", "M1"))),
    FIGURES,
    Chart("Så har måttet rört sig", "Punktdiagram: 51,1 % och sedan 50,9 %.", SPEC, ("M1",)),
    PLAIN,
)  # fmt: skip
SOURCES = (
    Source("A1", "activity", 7, "Avlastning av administration", "nr 4, lägesrapport 3 maj 2026", ("B1",)),
    Source("B1", "need", 9, "Enklare system", "11 inspel"),
    Source("M1", "indicator", 3, "Rimlig stressnivå", "oktober 2025, 645 av 1 268", ()),
)


def rich(**fields) -> Content:
    """The content; `fields` take the place of its own."""
    defaults = {
        "organisation": "socialförvaltningen",
        "parent": "Region Östra",
        "committee": "Socialnämnden",
        "program": "Stärka chefer",
        "goal": "Trygga chefer",
        "kind": "half_year",
        "period": "2026H1",
        "title": "Lägesrapport första halvåret 2026",
        "case_numbers": ("SON 2026/1", "SON 2026/7"),
        "cut_off": "20 maj 2026",
        "previous_cut_off": "14 november 2025",
        "meets_on": "11 juni 2026",
        "date": "2026-05-20",
        "is_example": True,
        "letter": Letter(
            (
                Section(
                    "proposal",
                    "Förslag till beslut",
                    "Nämnden föreslås besluta:",
                    (Numbered(("Rapporten godkänns.", "Ny rapport lämnas i december.")),),
                ),
                Section("summary", "Sammanfattning", "Första stycket.\n\nAndra stycket, 17,25 %."),
            ),
            ("Riktlinje för chefsområden, daterad 1 februari 2015",),
        ),
        "sections": (
            Section("done", "Gjort sedan förra rapporten", "Det vi gjorde.", DONE, "Avsnittet bygger på lägesrapporter."),
            Section("next", "Det som kommer", "Å, ä och ö: 2 < 3 & 4 > 1."),
        ),
        "sources": SOURCES,
    }  # fmt: skip
    return Content(**defaults | fields)
