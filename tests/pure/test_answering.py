"""What an answer to a clause names."""

import pytest

from reports.answering import Named, Offered, named

OFFERED = [
    Offered(10, "1", "Gemensamt årshjul", "Struktur"),
    Offered(20, "2", "Kompetenstrappa för chefer", "Kompetens"),
    Offered(30, "3a", "Handledning i grupp", "Kompetens"),
    Offered(40, "12", "HR", "Stöd"),
]
ALL = (10, 20, 30, 40)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", Named()),
        ("Ledningen tar frågan vidare.", Named()),
        ("Programmet med sina delar.", Named(ALL)),
        ("Aktiviteterna i programmet.", Named(ALL)),
        ("Aktivitet 2.", Named((20,))),
        ("Aktiviteterna 1, 3a och 12.", Named((10, 30, 40))),
        ("Aktivitet 1–3.", Named((10, 20))),
        ("Åtgärd nr 2", Named((20,))),
        ("Vi har en kompetenstrappa för chefer.", Named((20,))),
        ("Området Kompetens svarar.", Named((20, 30))),
        ("Strukturerat arbete.", Named()),
        ("Dialogerna våren 2024, efter behov.", Named(dialogues=True, needs=True)),
        ("Lägesrapporter i juni.", Named(reports=True)),
        ("Redovisas varje halvår.", Named(reports=True)),
        ("Måtten visar det.", Named(indicators=True)),
        ("Aktivitet 99.", Named(ALL)),
    ],
)
def test_named(answer, expected):
    assert named(answer, OFFERED) == expected
    assert named(answer, OFFERED).is_anything == (expected != Named())
