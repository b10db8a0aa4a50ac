"""What a week's reminder says, as tables without a database."""

import datetime as dt

import pytest

from program.schedule import State
from reports.outgoing.digest import SHOWN, ActivityRow, FollowUpRow, ProgramRows, ReportRow, compose

TODAY = dt.date(2026, 11, 2)


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def activity(offset, *, status="under_way", words="", reported=0) -> ActivityRow:
    return ActivityRow(
        f"A{offset}", "/a/", State(status, None if offset is None else day(offset)), words, day(reported)
    )


def report(*, cut_off=20, meets_on=40, stage="draft", unfinished=False, heard=False) -> ReportRow:
    return ReportRow("2026H2", "/r/", day(cut_off), day(meets_on), stage, unfinished, heard)


def told(kind="editor", **rows) -> list[tuple[str, list[str]]]:
    """Headings with their items' details."""
    digest = compose([ProgramRows("Chefer", "/l/", **rows)], TODAY, kind=kind, sender="Förvaltningen")
    return [
        (group.heading, [item.detail for item in group.items])
        for section in digest.sections
        for group in section.groups
    ]


LATE, DUE = "Försenade", "Ska vara klara inom 14 dagar"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (activity(-1), [(LATE, ["1 dag försenad, klart senast 1 november 2026"])]),
        (activity(-14), [(LATE, ["14 dagar försenad, klart senast 19 oktober 2026"])]),
        (activity(-2, words="oktober 2026"), [(LATE, ["2 dagar försenad, klart senast oktober 2026"])]),
        (activity(0), [(DUE, ["i dag, klart senast 2 november 2026"])]),
        (activity(1), [(DUE, ["i morgon, klart senast 3 november 2026"])]),
        (activity(14), [(DUE, ["om 14 dagar, klart senast 16 november 2026"])]),
        (activity(15), []),
        (activity(None), []),
        (activity(-5, status="completed"), []),
    ],
)
def test_activities(row, expected):
    assert told(activities=[row]) == expected


@pytest.mark.parametrize(
    ("offset", "words", "detail"),
    [
        (-3, "", "uppföljning 30 oktober 2026 är inte hållen"),
        (30, "", "uppföljning 2 december 2026, om 30 dagar"),
        (28, "november 2026", "uppföljning november 2026, om 28 dagar"),
        (31, "", None),
    ],
)
def test_follow_ups(offset, words, detail):
    row = FollowUpRow("A", "/a/", "uppföljning", day(offset), words)
    expected = [("Uppföljningar och utvärderingar", [detail])] if detail else []
    assert told(follow_ups=[row]) == expected


BEFORE = report(cut_off=-100, meets_on=-90, stage="frozen", heard=True)


@pytest.mark.parametrize(
    ("reports", "reported", "is_missing"),
    [
        ([BEFORE, report(cut_off=30)], -100, True),
        ([BEFORE, report(cut_off=0)], -101, True),
        ([BEFORE, report(cut_off=30)], -99, False),
        ([BEFORE, report(cut_off=31)], -100, False),
        ([report(cut_off=30)], -400, False),
        ([BEFORE], -400, False),
    ],
)
def test_status_updates_missing_before_the_next_cut_off(reports, reported, is_missing):
    found = told(activities=[activity(200, reported=reported)], reports=reports)
    assert [heading.startswith("Lägesrapport behövs före") for heading, _items in found] == [
        True
    ] * is_missing


@pytest.mark.parametrize(
    ("kind", "row", "said"),
    [
        ("director", report(cut_off=0), "väntar på ditt godkännande"),
        ("director", report(cut_off=1), ""),
        ("director", report(cut_off=0, unfinished=True), ""),
        ("director", report(cut_off=-20, stage="approved"), ""),
        ("director", report(cut_off=-90, meets_on=-61), ""),
        ("secretary", report(stage="approved"), "väntar på att du fastställer"),
        ("secretary", report(), ""),
        ("secretary", report(cut_off=-9, meets_on=-1, stage="frozen"), "behandling är inte införd"),
        ("secretary", report(cut_off=-9, meets_on=0, stage="frozen"), ""),
        ("secretary", report(cut_off=-9, meets_on=-1, stage="frozen", heard=True), ""),
        ("editor", report(cut_off=0), ""),
    ],
)
def test_reports_wait_for_one_role_at_a_time(kind, row, said):
    found = told(kind, reports=[row])
    assert [said in items[0] for _heading, items in found] == [True] * bool(said)


def test_the_subject_counts_and_the_most_pressing_comes_first():
    rows = ProgramRows("Stärka chefer", "/l/", [activity(-1), activity(-3), activity(3)])
    digest = compose([rows, ProgramRows("Tyst", "/t/")], TODAY, kind="editor", sender="Förvaltningen")
    assert digest.subject == "Stärka chefer: 2 försenade, 1 ska vara klar inom 14 dagar"
    assert [item.label for item in digest.sections[0].groups[0].items] == ["A-3", "A-1"]
    both = compose([rows, rows], TODAY, kind="editor", sender="Förvaltningen", is_example=True)
    assert both.subject == "Exempeldata. Förvaltningen: Stärka chefer 2 försenade, Stärka chefer 2 försenade"


def test_a_long_group_shows_ten_and_counts_the_rest():
    rows = ProgramRows("Chefer", "/l/", [activity(-n) for n in range(1, SHOWN + 4)])
    group = compose([rows], TODAY, kind="editor", sender="F").sections[0].groups[0]
    assert (len(group.shown), group.rest, group.all_path) == (10, 3, "/l/?standing=late")
    assert compose([ProgramRows("Chefer", "/l/")], TODAY, kind="editor", sender="F").is_empty
