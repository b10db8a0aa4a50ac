"""Contents built by hand: every kind of block with its sources, and the texts that a renderer has to stand."""

import json

from reports import content as c
from reports.outline import LETTER, SECTIONS, WITH_LETTER

SPEC = json.dumps(
    {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 400,
        "height": 160,
        "data": {"values": [{"a": "Hemtjänsten", "b": 28}, {"a": "Myndigheten", "b": 17}]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "b", "type": "quantitative"},
            "y": {"field": "a", "type": "nominal"},
        },
    }
)
HOSTILE = (
    "Emoji 🎉🏽 och flagga 🇸🇪",
    "مرحبا بالعالم och עברית",
    "x" * 300,
    "styr\x00tecken\x07 och \ufffe slut",
    "a\u200d\u202eb\u2066 中文",
    "<script>alert(1)</script> #let *a* _b_ $x$ @ref \\ { } [ ] `kod`",
    "",
)
SOURCES = (
    c.Source("U1", "clause", 1, "Ta fram ett flerårigt program", "Socialnämnden 8 februari 2024, § 17"),
    c.Source("A1", "activity", 1, "Resurschef vid vakanser", "nr 3, lägesrapport 25 februari 2026", ("B1",)),
    c.Source("B1", "need", 1, "Stöd i den dagliga arbetsledningen", "organisatoriskt", ("D1", "D2")),
    c.Source("D1", "dialogue", 1, "Hemtjänsten", "2 maj 2024, 11 närvarande"),
    c.Source("D2", "dialogue", 2, "Särskilda boenden", "3 maj 2024"),
    c.Source("M1", "indicator", 1, "Återhämtning", "oktober 2025", ("A1",)),
)
ROW = ("Hemtjänsten", "Rimliga chefsområden i hela förvaltningen", "28", "31 mars 2026")
COLUMNS = ("Avdelning", "Det som görs", "Medarbetare per chef", "Uppgift från")


def blocks() -> tuple[c.Block, ...]:
    """One of everything, with references."""
    return (
        c.Changes(("Två aktiviteter är klara", "En är ny"), (("A1",), ())),
        c.Sentence("28 av 59 chefsområden ligger över grundtalet.", ("A1", "M1")),
        c.Bullets(("Medianen är 23,0.", "Alla svarade."), (("M1",), ())),
        c.Numbered(("Nämnden godkänner lägesrapporten.", "Nämnden ger direktören i uppdrag att återkomma.")),
        c.Table(
            "Läget", COLUMNS, (ROW, ROW), (2,), refs=(("A1",), ("B1", "D1")), note="En not.", key="state"
        ),
        c.Chart("Medarbetare per chef", "Stapeldiagram: Hemtjänsten 28, Myndigheten 17.", SPEC, ("M1",)),
    )


def section(key: str, heading: str, *found: c.Block, text: str = "Vi har gjort det vi sade.") -> c.Section:
    return c.Section(key, heading, text, found, "En fast text.")


def content(kind: str = "half_year", *found: c.Block, **fields) -> c.Content:
    """A report of a kind with the given blocks, or one of everything, in its first section."""
    headings = list(SECTIONS[kind].items())
    sections = (
        section(*headings[0], *(found or blocks())),
        *(section(*row, c.Sentence("Inget att berätta.")) for row in headings[1:]),
    )
    letter = LETTER.items() if kind in WITH_LETTER else ()
    told = {
        "organisation": "socialförvaltningen", "parent": "Region Exempel", "committee": "Socialnämnden",
        "program": "Stärka chefer", "goal": "Cheferna kan leda förändring.", "kind": kind, "period": "2026H1",
        "title": "Lägesrapport första halvåret 2026", "case_numbers": ("SON 2026/1", "SON 2026/7"),
        "cut_off": "20 maj 2026", "previous_cut_off": "14 november 2025", "meets_on": "11 juni 2026",
        "date": "2026-05-20", "is_example": False,
        "letter": c.Letter(
            tuple(section(*row) for row in letter), ("Rapporten, bilaga",) if letter else ()
        ),
        "sections": sections, "sources": SOURCES,
    }  # fmt: skip
    return c.Content(**told | fields)


def wide(columns: int = 9, rows: int = 60, word: str = "medarbetarsamtal") -> c.Table:
    """A table that needs care: many columns, many pages."""
    heads = tuple(f"{word} {number}" for number in range(columns))
    row = ("Hemtjänst innerstaden norra området", *("1 555",) * (columns - 1))
    return c.Table(
        "En bred tabell", heads, (row,) * rows, tuple(range(1, columns)), refs=(("A1",),) * rows, key="wide"
    )


def hostile() -> c.Content:
    """Every text that has broken a renderer somewhere, in every place."""
    said = [
        block
        for text in HOSTILE
        for block in (
            c.Sentence(text, ("A1", "X9")),
            c.Bullets((text, text), (("A1",),)),
            c.Numbered((text,)),
            c.Changes((text,)),
            c.Table(text, (text, "Tal", text), ((text, "1", text), (text,)), (1,), refs=(("A1",), ("Q1",)), note=text),
            c.Chart(text, text or "Ett diagram.", SPEC, ("M1",)),
        )
    ]  # fmt: skip
    empty = (c.Bullets(()), c.Numbered(()), c.Changes(()), c.Table("Tom", ("A", "B"), ()))
    long = "Lång titel " + "y" * 300
    return content(
        "half_year",
        *said,
        *empty,
        wide(),
        title=long,
        program=HOSTILE[0],
        goal=HOSTILE[1],
        case_numbers=(),
        parent="",
        sources=(*SOURCES, c.Source("A1", "activity", 9, HOSTILE[4], HOSTILE[2], ("Z1", "A1"))),
    )


def as_first_schema(text: str) -> str:
    """A content's JSON as version 1 of the schema had it: without sources, references and the later blocks."""
    raw = json.loads(text)
    raw["schema"] = 1
    del raw["sources"]
    for row in (*raw["sections"], *raw["letter"]["sections"]):
        del row["fixed"]
        row["blocks"] = [
            {key: value for key, value in block.items() if key not in ("refs", "key")}
            for block in row["blocks"]
            if block["type"] not in ("numbered", "changes")
        ]
    return json.dumps(raw)
