"""Votes by points: what one may hold, and what all give."""

from decimal import Decimal

import pytest

from dialogues.voting import tally
from dialogues.voting.tally import NEGATIVE, NOT_WHOLE, TOO_MUCH, Option


def read(*typed: str, points: int = 100, picks: int = 3) -> tally.Vote:
    return tally.read_vote(dict(enumerate(typed, start=1)), points=points, picks=picks)


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        (("50", "30", "20", ""), {1: 50, 2: 30, 3: 20}),
        (("50", "0", "30", "20"), {1: 50, 3: 30, 4: 20}),
        ((" 98 ", "01", "1", "00"), {1: 98, 2: 1, 3: 1}),
    ],
)
def test_a_right_vote(typed, given):
    vote = read(*typed)
    assert (vote.is_right, vote.points, vote.left) == (True, given, 0)


@pytest.mark.parametrize(
    ("typed", "picked", "left"),
    [
        (("50", "30", "19"), 3, 1),
        (("50", "30", "21"), 3, -1),
        (("60", "40", ""), 2, 0),
        (("40", "30", "20", "10"), 4, 0),
        (("", "", ""), 0, 100),
        (("100", "100", "100"), 3, -200),
    ],
)
def test_a_vote_that_does_not_add_up(typed, picked, left):
    vote = read(*typed)
    assert (vote.is_right, vote.picked, vote.left, vote.faults) == (False, picked, left, {})


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("-5", NEGATIVE),
        ("−5", NEGATIVE),
        ("33,3", NOT_WHOLE),
        ("33.3", NOT_WHOLE),
        ("1e2", NOT_WHOLE),
        ("tio", NOT_WHOLE),
        ("٣٣", NOT_WHOLE),
        ("101", TOO_MUCH),
        ("9" * 9000, TOO_MUCH),
    ],
)
def test_what_is_no_number_of_points_is_told_at_its_option(typed, fault):
    vote = read("50", typed, "50", picks=2)
    assert (vote.is_right, vote.faults) == (False, {2: fault})


def test_minus_nought_is_nought():
    assert read("50", "-0", "50", picks=2).is_right


def test_buttons_add_and_take_within_what_there_is():
    assert [tally.stride(points) for points in (1, 10, 100, 1000)] == [1, 1, 5, 50]
    assert [tally.stepped(text, 5, most=100) for text in ("", "20", "98", "fem", "-3")] == [
        "5", "25", "100", "5", "5",
    ]  # fmt: skip
    assert [tally.stepped(text, -5, most=100) for text in ("", "5", "20")] == ["", "", "15"]


def options(*points: int) -> list[Option]:
    return [Option(key, f"Val {key}", given, key) for key, given in enumerate(points, start=1)]


def test_the_result_with_most_first_and_what_rounding_did():
    found = tally.count(options(100, 625, 275, 0))
    assert [(row.key, row.percent, row.place, row.pickers) for row in found.rows] == [
        (2, Decimal("62.5"), 1, 2),
        (3, Decimal("27.5"), 2, 3),
        (1, Decimal("10.0"), 3, 1),
        (4, Decimal("0.0"), 4, 4),
    ]
    assert (found.together, found.is_rounded) == (Decimal(100), False)
    assert [row.key for row in found.leaders] == [2]


def test_thirds_are_rounded_and_it_is_known_that_they_do_not_add_up():
    found = tally.count(options(1, 1, 1))
    assert [row.percent for row in found.rows] == [Decimal("33.3")] * 3
    assert (found.together, found.is_rounded) == (Decimal("99.9"), True)
    assert [row.place for row in found.rows] == [1, 1, 1]
    assert len(found.leaders) == 3


def test_together_counts_points_and_not_rounded_percents():
    assert tally.together(options(1, 1, 1), [1, 2]) == Decimal("66.7")


def test_nobody_voted():
    found = tally.count(options(0, 0))
    assert (found.together, found.leaders, [row.percent for row in found.rows]) == (0, (), [0, 0])


def told(*percents: str | None) -> tally.Tally:
    rows = [Option(key, "x", percent=None if p is None else Decimal(p)) for key, p in enumerate(percents)]
    return tally.reported(rows)


def test_a_reported_result_keeps_what_is_unknown():
    found = told("28", "42", None, "11", None, None)
    assert [row.percent for row in found.rows] == [42, 28, 11, None, None, None]
    assert (found.left, found.unknown, found.together) == (19, 3, 81)
    assert [row.key for row in found.leaders] == [1]


@pytest.mark.parametrize(
    ("percents", "leaders"),
    [
        (("11", None), 0),  # the other one may have got 89
        (("50", None), 0),  # or as much
        (("51", None), 1),
        (("40", "40", "20"), 2),
        (("0", "0"), 0),
        ((None, None), 0),
    ],
)
def test_nobody_leads_while_an_unknown_one_may_have_more(percents, leaders):
    assert len(told(*percents).leaders) == leaders


def test_reported_percents_that_do_not_add_up_are_kept():
    assert (told("60", "43").left, told("60", "37").left) == (-3, 3)


@pytest.mark.parametrize(
    ("line", "text", "percent"),
    [
        ("Digitalisering (42%)", "Digitalisering", "42"),
        ("Digitalisering 42 %", "Digitalisering", "42"),
        ("Digitalisering: 42,5 %.", "Digitalisering", "42.5"),
        ("Psykisk ohälsa – 11 %", "Psykisk ohälsa", "11"),
        ("HSL", "HSL", None),
        ("Mål 2027", "Mål 2027", None),
        ("50 % av tjänsten som chef", "50 % av tjänsten som chef", None),
        ("42 %", "42 %", None),
        ("Allt 142 %", "Allt", "142"),
        ("Tid för ledarskap 28 procent", "Tid för ledarskap", "28"),
        ("Stöd – 28 Procent.", "Stöd", "28"),
        ("Ökat stöd; 11%", "Ökat stöd", "11"),
        ("A: 60", "A", "60"),
        ("A\t60,5", "A", "60.5"),
        ("A – 60.5", "A", "60.5"),
        ("A - 60", "A", "60"),
        ("Del 2: 60", "Del 2", "60"),
        ("Del 2 60 %", "Del 2", "60"),
        ("Del 2: ?", "Del 2", None),
        ("Covid-19", "Covid-19", None),
        ("Mål: 2027", "Mål: 2027", None),
        ("60", "60", None),
    ],
)
def test_reported_lines(line, text, percent):
    assert tally.read_reported(line) == (text, None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Digitalisering 42", "42"),
        ("Digitalisering (42)", "42"),
        ("Del 2", "2"),
        ("A: 142", "142"),
        ("A 0,5", "0,5"),
    ],
)
def test_a_number_that_may_be_the_percent_is_asked_about(line, number):
    with pytest.raises(tally.Unclear, match=f"^{number}$"):
        tally.read_reported(line)


@pytest.mark.parametrize("text", ["HSL", "Del 2", "A: 60", "Stöd 11 procent", "Mål 2027", "Varför: ?"])
@pytest.mark.parametrize("percent", ["", "42", "42,5"])
def test_what_is_kept_reads_back(text, percent):
    read = Decimal(percent.replace(",", ".")) if percent else None
    assert tally.read_reported(tally.as_reported(text, percent)) == (text, read)
