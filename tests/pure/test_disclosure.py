import pytest

from metrics.disclosure import Thresholds, may_show

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
