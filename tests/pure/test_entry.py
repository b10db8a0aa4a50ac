"""What follows from a typed value, and what contradicts itself."""

from decimal import Decimal

import pytest

from metrics.values.entry import Typed, completed, faults

SPREAD = (1, 2, 3, 10, 4)


def test_a_distribution_gives_counts_and_for_a_mean_its_value():
    told = completed(Typed("share", steps=SPREAD))
    assert (told.positive, told.answered, told.value) == (14, 20, None)
    told = completed(Typed("mean", steps=SPREAD))
    assert (told.positive, told.answered, told.value) == (14, 20, Decimal("3.7"))
    assert completed(Typed("median", steps=SPREAD)).value == 4


def test_nobody_answered_gives_no_mean():
    told = completed(Typed("mean", steps=(0,) * 5))
    assert (told.answered, told.value) == (0, None)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"positive": 20, "answered": 40, "invited": 60}, []),
        ({"positive": 41, "answered": 40}, [("positive", "positive_above_answered", 40)]),
        ({"positive": 20}, [("answered", "answered_wanted", None)]),
        (
            {"positive": 20, "answered": 40, "invited": 39},
            [("invited", "invited_below_answered", 40)],
        ),
        (
            {"steps": SPREAD, "no_opinion": 5, "invited": 24},
            [("invited", "invited_below_answered", 25)],
        ),
        ({"steps": SPREAD, "no_opinion": 5, "invited": 25}, []),
        ({"steps": (1, 2, None, 4, 5)}, [("threes", "all_five", None)]),
        ({"steps": SPREAD, "positive": 14, "answered": 20}, []),
        ({"steps": SPREAD, "positive": 13}, [("positive", "positive_disagrees", 14)]),
        ({"steps": SPREAD, "answered": 21}, [("answered", "answered_disagrees", 20)]),
        ({"steps": SPREAD, "value": Decimal("0.7")}, [("value", "counts_and_value", None)]),
        ({"value": Decimal("0.7"), "positive": 7, "answered": 10}, [("value", "counts_and_value", None)]),
        ({"value": Decimal("0.7"), "answered": 10}, []),
        ({"kind": "mean", "steps": SPREAD, "value": Decimal("3.7")}, []),
        (
            {"kind": "mean", "steps": SPREAD, "value": Decimal("3.8")},
            [("value", "value_disagrees", Decimal("3.7"))],
        ),
        ({"kind": "mean", "value": Decimal("47.1")}, []),
        ({"kind": "mean", "value": Decimal("47.1"), "on_scale": True}, [("value", "mean_outside", None)]),
        ({"kind": "index", "value": Decimal(101)}, [("value", "index_outside", None)]),
        ({"kind": "index", "value": Decimal(-1)}, [("value", "index_outside", None)]),
        ({"kind": "count", "value": Decimal(-1)}, [("value", "count_below_nought", None)]),
        ({"words": "ungefär hälften"}, [("value", "words_without_value", None)]),
        ({"words": "ungefär hälften", "value": Decimal("0.5")}, []),
        ({"missing_reason": "källan saknar siffror"}, []),
        (
            {"missing_reason": "källan saknar siffror", "value": Decimal(1)},
            [("missing_reason", "missing_and_there", None)],
        ),
        ({}, [("", "nothing", None)]),
        ({"invited": 60}, [("", "nothing", None)]),
        ({"answered": 40}, [("positive", "nothing", None)]),
        ({"kind": "mean", "answered": 40}, [("value", "nothing", None)]),
    ],
)
def test_contradictions_are_told_at_their_place(typed, found):
    told = faults(Typed(**({"kind": "share"} | typed)))
    assert [(fault.field, fault.key, fault.number) for fault in told] == found
