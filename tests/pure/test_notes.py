import time

import pytest

from dialogues.notes.owners import owner_names
from dialogues.notes.reader import dated_words, read, statements


@pytest.mark.parametrize("bullet", ["-", "–", "—", "•", "*", "➢", "·", "‣", "▪", "o"])
@pytest.mark.parametrize("gap", [" ", "\t", "\u00a0", "   "])
def test_statements_bullet_is_taken_off(bullet, gap):
    assert statements(f"  {bullet}{gap}Färre system") == ["Färre system"]


@pytest.mark.parametrize("bullet", ["-", "•", "➢", "*"])
def test_statements_bullet_without_blank_is_taken_off(bullet):
    assert statements(f"{bullet}Färre system") == ["Färre system"]


@pytest.mark.parametrize(
    "line",
    ["ordning och reda", "omsorg", "o-tydligt uppdrag", "O andra sidan", "1. Färre system", "A - B", "2*3"],
)
def test_statements_line_that_only_resembles_a_bullet_is_kept(line):
    assert statements(line) == [line]


@pytest.mark.parametrize("text", ["", "   ", "\n\n\r\n", "-", " • \n➢\n*", "o \n"])
def test_statements_blank_lines_and_lone_bullets_are_none(text):
    assert statements(text) == []


def test_statements_lone_o_is_none():
    assert statements("o Färre system\no\no") == ["Färre system"]


def test_statements_inner_blanks_become_one():
    assert statements(" Färre \t  system\u00a0 nu ") == ["Färre system nu"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n \r\n"])
def test_statements_order_kept_over_line_ends(end):
    assert statements(end.join(["- Ö", "o A", "Ä", "➢ A"])) == ["Ö", "A", "Ä", "A"]


def test_statements_only_first_bullet_is_taken_off():
    assert statements("• - 5 procent") == ["- 5 procent"]


AREAS = ["Chefsrollens organisatoriska förutsättningar", "Ledarens utveckling av sitt ledarskap"]
NOTES = """3.1 Dialog med hemsjukvårdens
ledningsgrupp 2024-04-29

1. Chefsrollens organisatoriska förutsättningar
Bra stöd med enhetsassistent
Två ledningsgrupper, OLG och SLG (OLG är för enhetschefer),
vilket ger förberedelsetid
 4 (15)
Socialförvaltningens plan

Utvecklingsmöjligheter

Skapa karriärvägar

2. Ledarens utveckling av sitt ledarskap
Förändringsledning:
- Går ibland väldigt snabbt
o Viktigt att förankra
Trygghet i samma linje
Utvecklingsmöjligheter
AI
 5 (15)
Socialförvaltningens plan
Handledning
"""


def test_whole_notes_give_their_statements_and_lose_no_line():
    notes = read(NOTES, AREAS)
    assert [(note.area, note.kind, note.heading, note.text) for note in notes.statements] == [
        (0, "current", "", "Bra stöd med enhetsassistent"),
        (
            0,
            "current",
            "",
            "Två ledningsgrupper, OLG och SLG (OLG är för enhetschefer), vilket ger förberedelsetid",
        ),
        (0, "opportunity", "", "Skapa karriärvägar"),
        (1, "current", "Förändringsledning", "Går ibland väldigt snabbt"),
        (1, "current", "Förändringsledning", "Viktigt att förankra"),
        (1, "current", "", "Trygghet i samma linje"),
        (1, "opportunity", "", "AI"),
        (1, "opportunity", "", "Handledning"),
    ]
    assert [line.number for line in notes.lines] == list(range(1, len(NOTES.splitlines()) + 1))
    noise = [line.text.strip() for line in notes.lines if line.became == "noise"]
    assert noise == ["4 (15)", "Socialförvaltningens plan", "5 (15)", "Socialförvaltningens plan"]
    assert {line.became for line in notes.lines if not line.text.strip()} == {"blank"}
    assert (notes.statements[1].first, notes.statements[1].last) == (6, 7)


LED = """5.2 Behoven under ”Leda verksamhet” från ledningsgruppen
• Planering och prioritering: Våga prioritera. Vi startar mycket men
slutför mindre.

o Ägare till detta är cheferna själva
• Kompetens: Använd våra unga.

o Ägarskapet läggs hos förvaltningen och kommunledning

• Ekonomi: Hur ställer vi krav på den som utför det vi har beställt?
Uppföljning av verksamhet.

o Kommunledning + förvaltning + HR äger frågan

• Målbild: Tydliga mål
o Politiken och
förvaltningsledning
Leda verksamhet – sammanställt ur genomlysningen våren 2018
• Sidouppdrag: kommer på kort varsel.
"""


def test_labels_owners_and_two_sources_in_one_text():
    notes = read(LED, ["Leda verksamhet", "Leda medarbetare"])
    assert [(note.label, note.owners) for note in notes.statements] == [
        ("Planering och prioritering", "cheferna själva"),
        ("Kompetens", "förvaltningen och kommunledning"),
        ("Ekonomi", "Kommunledning + förvaltning + HR"),
        ("Målbild", "Politiken och förvaltningsledning"),
        ("Sidouppdrag", ""),
    ]
    assert notes.statements[2].text == (
        "Hur ställer vi krav på den som utför det vi har beställt? Uppföljning av verksamhet."
    )
    assert [note.heading for note in notes.statements[3:]] == [
        "från ledningsgruppen", "sammanställt ur genomlysningen våren 2018",
    ]  # fmt: skip


def test_a_statement_before_every_heading_says_so():
    (note,) = read("Något som sades", AREAS).statements
    assert note.area is None


def test_notes_of_odd_lines_take_no_time():
    start = time.process_time()
    read("- a:\n" * 5000 + "x" * 50_000 + "\n" + "1.1." * 20_000 + "\n" + " " * 50_000 + "o", AREAS)
    assert time.process_time() - start < 3


WORKSHOP = """5 Sammanställning
Det här valdes efter samråd.
• Digitalisering (42%)
5.2 Behoven under ”Leda verksamhet” från ledningsgruppen
Vilka behov har cheferna?
Leda verksamhet - ledningsgruppen
• Målbild: Tydliga mål
o Politiken och
förvaltningsledning
• Stöd: nära
Leda verksamhet – sammanställt ur genomlysningen våren 2018
• Kultur: inte tillåtet att göra fel
Leda medarbetare
• Mål: realistiska
o Chefens ansvar
5.5 Den röda tråden genom leda-orden
Ledningsgruppens sammanfattning
I den här gruppen blev det:
➢ Tydliga mål och kultur
➢ Förutsättningar
6 Förslag på aktiviteter
En avstämning har gjorts med
ledningsgruppen.
Leda verksamhet
• Dialog och erfarenhetsutbyte
"""


def test_needs_of_a_workshop_stand_apart_from_the_review_and_the_groups_own_summary():
    notes = read(WORKSHOP, ["Leda verksamhet", "Leda medarbetare"])
    assert [(note.area, note.kind, note.label, note.occasion) for note in notes.statements] == [
        (0, "need", "Målbild", ""),
        (0, "need", "Stöd", ""),
        (0, "need", "Kultur", "våren 2018"),
        (1, "need", "Mål", ""),
    ]
    assert owner_names(notes.statements[0].owners) == ["Politiken", "förvaltningsledning"]
    assert notes.summary == ["Tydliga mål och kultur", "Förutsättningar"]
    assert notes.unplaced == [
        "5 Sammanställning",
        "Det här valdes efter samråd.",
        "• Digitalisering (42%)",
        "Vilka behov har cheferna?",
        "6 Förslag på aktiviteter",
        "En avstämning har gjorts med",
        "ledningsgruppen.",
        "Leda verksamhet",
        "• Dialog och erfarenhetsutbyte",
    ]


SEVERAL = """3. Resultatet av dialogerna
De har haft två utgångspunkter:
1. Chefsrollens organisatoriska förutsättningar
Syftet har varit att lyssna
3.1 Dialog med hemtjänstens ledningsgrupp 2024-05-02
1. Chefsrollens organisatoriska förutsättningar
Bra stöd
3.2 Dialog med myndighetens
ledningsgrupp 2024-05-02
1. Chefsrollens organisatoriska förutsättningar
1. Färre system
2. Kortare möten
3. Mer tid
4. Bättre lokaler
Dialog med chefen är viktig
4. Slutsatser
Behoven är många
"""


def test_several_dialogues_in_one_text_are_told_apart():
    notes = read(SEVERAL, AREAS)
    assert [(note.occasion, note.text) for note in notes.statements] == [
        ("Dialog med hemtjänstens ledningsgrupp 2024-05-02", "Bra stöd"),
        *(
            ("Dialog med myndighetens ledningsgrupp 2024-05-02", text)
            for text in (
                "Färre system", "Kortare möten", "Mer tid", "Bättre lokaler",
                "Dialog med chefen är viktig",
            )
        ),
    ]  # fmt: skip
    assert dated_words(notes.statements[0].occasion) == "2024-05-02"
    assert "Syftet har varit att lyssna" in notes.unplaced
    assert notes.unplaced[-2:] == ["4. Slutsatser", "Behoven är många"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Kommunledning + förvaltning + HR", ["Kommunledning", "förvaltning", "HR"]),
        ("Förvaltningsledningen, förvaltningsdirektör", ["Förvaltningsledningen", "förvaltningsdirektör"]),
        ("Kommunledning (dig.direktör) +förvaltning", ["Kommunledning (dig.direktör)", "förvaltning"]),
        ("Chefens ansvar", ["Chefen"]),
        ("cheferna själva", ["cheferna själva"]),
        ("", []),
    ],
)
def test_owner_names_are_told_apart(words, names):
    assert owner_names(words) == names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sammanställt ur genomlysningen våren 2018", "våren 2018"),
        ("Dialog med hemtjänstens ledningsgrupp 2024-05-02", "2024-05-02"),
        ("workshop den 29 januari 2019", "29 januari 2019"),
        ("enkät första halvåret 2020", "första halvåret 2020"),
        ("ledningsgruppen", ""),
        ("grupp 2", ""),
    ],
)
def test_the_date_in_a_heading_is_found(text, words):
    assert dated_words(text) == words


def test_a_meeting_without_starting_points_still_gives_its_statements():
    notes = read(
        "Dialog med hemtjänstens ledningsgrupp 2024-05-02\nBra stöd\nUtvecklingsmöjligheter\nAI", AREAS
    )
    assert [(note.area, note.kind, note.text) for note in notes.statements] == [
        (None, "current", "Bra stöd"),
        (None, "opportunity", "AI"),
    ]


@pytest.mark.parametrize("text", ["." * 100_000, ("Dialog med X ledningsgrupp\n" + "a" * 50_000 + "\n") * 2])
def test_long_odd_lines_take_no_time(text):
    start = time.process_time()
    read(text, AREAS)
    assert time.process_time() - start < 3


def test_bullets_right_under_a_meetings_heading_are_statements():
    notes = read(
        "Dialog med hemtjänsten 2024-03-12\n- vi saknar tid för samtal\n- vi vill ha stöd\n",
        ["Chefens uppdrag"],
    )
    assert [row.text for row in notes.statements] == ["vi saknar tid för samtal", "vi vill ha stöd"]


def test_an_owner_of_something_named_is_a_statement():
    """Else what is named would stand nowhere."""
    notes = read("Behov\n- Tydligare utbildning\nAnsvarig för utbildningen är HR\n", ["Behov"])
    assert any("utbildningen är HR" in row.text for row in notes.statements)
