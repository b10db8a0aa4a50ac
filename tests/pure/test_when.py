import datetime as dt

import pytest

from program.when import NotADate, When, parse

D = dt.date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-13", D(2024, 6, 13)),
        ("2024-2-9", D(2024, 2, 9)),
        ("2024-02-29", D(2024, 2, 29)),
        ("31/12 2019", D(2019, 12, 31)),
        ("31/12-2019", D(2019, 12, 31)),
        ("3/4 2025", D(2025, 4, 3)),
        ("13 juni 2024", D(2024, 6, 13)),
        ("13 JUNI 2024", D(2024, 6, 13)),
        ("  13   juni\t2024 ", D(2024, 6, 13)),
        ("13 jun. 2024", D(2024, 6, 13)),
        ("1 sept 2025", D(2025, 9, 1)),
        ("13 June 2024", D(2024, 6, 13)),
        ("1 October 2024", D(2024, 10, 1)),
        ("1 oct 2024", D(2024, 10, 1)),
    ],
)
def test_parse_single_day(text, day):
    assert parse(text) == When(day, day, "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("juni 2026", D(2026, 6, 1), D(2026, 6, 30)),
        ("2026-06", D(2026, 6, 1), D(2026, 6, 30)),
        ("december 2025", D(2025, 12, 1), D(2025, 12, 31)),
        ("februari 2024", D(2024, 2, 1), D(2024, 2, 29)),
        ("februari 2100", D(2100, 2, 1), D(2100, 2, 28)),
        ("April–maj 2024", D(2024, 4, 1), D(2024, 5, 31)),
        ("april-maj 2024", D(2024, 4, 1), D(2024, 5, 31)),
        ("april – maj 2024", D(2024, 4, 1), D(2024, 5, 31)),
        ("april till maj 2024", D(2024, 4, 1), D(2024, 5, 31)),
        ("jan–dec 2024", D(2024, 1, 1), D(2024, 12, 31)),
        ("maj–maj 2024", D(2024, 5, 1), D(2024, 5, 31)),
        ("våren 2025", D(2025, 3, 1), D(2025, 5, 31)),
        ("sommaren 2025", D(2025, 6, 1), D(2025, 8, 31)),
        ("hösten 2025", D(2025, 9, 1), D(2025, 11, 30)),
        ("vintern 2025", D(2025, 12, 1), D(2026, 2, 28)),
        ("vintern 2023", D(2023, 12, 1), D(2024, 2, 29)),
        ("vår 2025", D(2025, 3, 1), D(2025, 5, 31)),
        ("sommar 2025", D(2025, 6, 1), D(2025, 8, 31)),
        ("höst 2025", D(2025, 9, 1), D(2025, 11, 30)),
        ("vinter 2025", D(2025, 12, 1), D(2026, 2, 28)),
        ("2025H1", D(2025, 1, 1), D(2025, 6, 30)),
        ("2025H2", D(2025, 7, 1), D(2025, 12, 31)),
        ("2025 h2", D(2025, 7, 1), D(2025, 12, 31)),
        ("första halvåret 2025", D(2025, 1, 1), D(2025, 6, 30)),
        ("andra halvåret 2025", D(2025, 7, 1), D(2025, 12, 31)),
        ("Q1 2025", D(2025, 1, 1), D(2025, 3, 31)),
        ("Q3 2025", D(2025, 7, 1), D(2025, 9, 30)),
        ("kvartal 4 2025", D(2025, 10, 1), D(2025, 12, 31)),
        ("kv 2 2025", D(2025, 4, 1), D(2025, 6, 30)),
        ("2025", D(2025, 1, 1), D(2025, 12, 31)),
        ("år 2025", D(2025, 1, 1), D(2025, 12, 31)),
        ("June 2026", D(2026, 6, 1), D(2026, 6, 30)),
        ("May–July 2026", D(2026, 5, 1), D(2026, 7, 31)),
        ("Spring 2025", D(2025, 3, 1), D(2025, 5, 31)),
        ("summer 2025", D(2025, 6, 1), D(2025, 8, 31)),
        ("autumn 2025", D(2025, 9, 1), D(2025, 11, 30)),
        ("fall 2025", D(2025, 9, 1), D(2025, 11, 30)),
        ("winter 2025", D(2025, 12, 1), D(2026, 2, 28)),
        ("1990", D(1990, 1, 1), D(1990, 12, 31)),
        ("2100", D(2100, 1, 1), D(2100, 12, 31)),
        ("vintern 2099", D(2099, 12, 1), D(2100, 2, 28)),
    ],
)
def test_parse_stretch_keeps_words(text, first, last):
    assert parse(text) == When(first, last, text)


def test_parse_stretch_words_lose_stray_blanks_only():
    assert parse("  Juni \n 2026 ").words == "Juni 2026"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "snarast",
        "maj",
        "13 maj",
        "13 snart 2024",
        "snart 2024",
        "maj–april 2024",
        "maj–snart 2024",
        "snart–maj 2024",
        "december–januari 2024",
        "2025-13-40",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "30 februari 2025",
        "0/1 2024",
        "31/4 2024",
        "Q5 2025",
        "Q0 2025",
        "2025H3",
        "tredje halvåret 2025",
        "0000",
        "1800",
        "1800-01-01",
        "1989",
        "1989-12-31",
        "vintern 1989",
        "2101",
        "2101-01-01",
        "vintern 2100",
        "9999",
        "vintern 9999",
        "2024-06-13 kl 10",
        "senast 2025",
        "2027–2024",
        "våren och hösten",
    ],
)
def test_parse_nonsense_is_refused(text):
    with pytest.raises(NotADate):
        parse(text)


def test_parse_refusal_quotes_the_words():
    with pytest.raises(NotADate) as refused:
        parse(" maj–april   2024")
    assert str(refused.value) == "maj–april 2024"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024–2027", dt.date(2024, 1, 1), dt.date(2027, 12, 31)),
        ("hösten/vintern 2015", dt.date(2015, 9, 1), dt.date(2016, 2, 29)),
        ("våren och hösten 2026", dt.date(2026, 3, 1), dt.date(2026, 11, 30)),
    ],
)
def test_two_seasons_and_two_years_are_one_stretch(text, first, last):
    assert parse(text) == When(first, last, text)
