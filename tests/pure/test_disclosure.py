import pytest

from metrics.disclosure import Cell, Thresholds, may_show

USUAL = Thresholds()


@pytest.mark.parametrize(
    ("thresholds", "survey", "health"),
    [
        (USUAL, 10, 11),
        (Thresholds(survey=20, health=30), 20, 30),
        (Thresholds(survey=5, health=5), 5, 5),
        (Thresholds(survey=4, health=4), 5, 5),
        (Thresholds(survey=0, health=-1), 5, 5),
    ],
)
def test_least_by_subject_never_below_floor(thresholds, survey, health):
    found = tuple(thresholds.least(subject) for subject in ("staffing", "survey", "health"))
    assert found == (0, survey, health)


@pytest.mark.parametrize(
    ("subject", "answered", "positive", "shown"),
    [
        ("survey", 9, 5, False),
        ("survey", 10, 5, True),
        ("survey", 0, 0, False),
        ("health", 10, 5, False),
        ("health", 11, 5, True),
        ("survey", 10, None, True),
        ("survey", 9, None, False),
    ],
)
def test_may_show_at_threshold(subject, answered, positive, shown):
    assert may_show(subject, answered, positive, USUAL) is shown


@pytest.mark.parametrize(
    ("positive", "shown"), [(0, False), (1, True), (59, True), (60, False), (61, False), (-1, False)]
)
@pytest.mark.parametrize("subject", ["survey", "health"])
def test_may_show_hides_all_answering_alike(subject, positive, shown):
    assert may_show(subject, 60, positive, USUAL) is shown


@pytest.mark.parametrize(("answered", "positive"), [(0, 0), (1, 1), (3, 0), (3, 3), (None, None)])
def test_may_show_staffing_always(answered, positive):
    assert may_show("staffing", answered, positive, USUAL) is True


@pytest.mark.parametrize("subject", ["survey", "health"])
def test_may_show_figure_published_without_count(subject):
    assert may_show(subject, None, None, USUAL) is True


@pytest.mark.parametrize(("answered", "shown"), [(4, False), (5, True)])
def test_may_show_floor_holds_against_lower_threshold(answered, shown):
    assert may_show("survey", answered, 2, Thresholds(survey=1, health=1)) is shown


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (Cell("a", (5, 4)), "few"),
        (Cell("a", (5, 5)), None),
        (Cell("a", (5, 5), "health"), "few"),
        (Cell("a", (6, 5), "health"), None),
        (Cell("a", (9,)), "few"),
        (Cell("a", (10,)), None),  # a number alone says nothing of what they answered
        (Cell("a", (0, 60)), "all_alike"),
        (Cell("a", (60, 0)), "all_alike"),
        (Cell("a", (0, 0, 25, 0, 0)), "all_alike"),
        (Cell("a", (0, 0, 24, 1, 0)), None),
        (Cell("a", (0, 0)), "few"),
        (Cell("a", ()), None),  # published by its source without any count
        (Cell("a", (), behind=9), "few"),
        (Cell("a", (), behind=10), None),
        (Cell("a", (410,), "age", behind=9), "few"),
        (Cell("a", (460,), "age", behind=10), None),
        (Cell("a", (0,), "health", behind=30), "all_alike"),  # not a day of sick leave: none for anybody
        (Cell("a", (3, 0), "staffing"), None),
        (Cell("a", (4, 4), "sex"), "few"),
        (Cell("a", (4, 4), "background"), "few"),
    ],
)
def test_primary_by_what_is_behind(cell, reason):
    assert cell.primary(USUAL) == reason
