"""Values from files, without a database: periods, figures, headings, what is refused and what it would do."""

import datetime as dt
from decimal import Decimal

import pytest

from metrics.observation_import import columns, figures, items, periods
from metrics.observation_import.compare import FIELDS, Held, compare
from metrics.observation_import.figures import Figure, NotAFigure
from metrics.observation_import.groups import Group, Groups
from metrics.observation_import.judge import Given, Measure, judge
from program.exchange.tables import Table

TODAY = dt.date(2026, 11, 22)
SICK = Measure(1, "Sjukfrånvaro", "rate", "monthly")
REST = Measure(2, "Återhämtning", "share", "point")
HME = Measure(3, "HME", "index", "point")
YEAR = Measure(4, "Ackumulerat", "rate", "cumulative")
ROLLING = Measure(5, "Rullande", "rate", "rolling")
SPAN = Measure(6, "Median", "median", "point", is_computed=True)
MEAN = Measure(7, "Medelvärde", "mean", "point")
COUNT = Measure(8, "Rekryteringar", "count", "point")
MEASURES = [SICK, REST, HME, YEAR, ROLLING, SPAN, MEAN, COUNT]
GROUPS = Groups(
    [
        Group("department", 1, "10", "Hemtjänsten", ("Htj",)),
        Group("department", 2, "20", "Särskilt boende"),
        Group("unit", 1, "1001", "Htj Norr", (), "10"),
        Group("unit", 2, "1002", "Natt", (), "10"),
        Group("unit", 3, "2001", "Natt", (), "20"),
        Group("unit", 4, "1003", "Htj Väst", (), "10", dt.date(2024, 6, 30)),
        Group("unit", 5, "1004", "Kväll", (), "10", dt.date(2024, 6, 30)),
        Group("unit", 6, "1005", "Kväll", (), "10"),
        Group("unit", 7, "7", "Sju ett", (), "10"),
        Group("unit", 8, "7", "Sju två", (), "20"),
        Group("predecessor", 1, "", "Omsorgsförvaltningen", (), "", dt.date(2018, 12, 31)),
    ],
    ["Socialförvaltningen"],
)
LONG = "Mått;Avser;Uppdelning;Kategori;Period;Värde;Positiva;Svarade;Tillfrågade;Preliminärt;Med ord;Saknas därför;Känt från"


def read(*lines: str) -> items.Reading:
    """A file of one sheet, its cells with semicolons between."""
    rows = [(number, line.split(";")) for number, line in enumerate(lines, start=1)]
    return items.read([Table("Blad1", [row for row in rows if any(row[1])])])


def judged(*lines: str, chosen: Measure | None = None, **given):
    return judge(read(*lines), Given(MEASURES, GROUPS, TODAY, chosen, **given))


def long(line: str, **given):
    return judged(LONG, line, **given)


def codes(found) -> list[tuple[str, str]]:
    return [(row.column, row.code) for row in found.wrong]


def one(found):
    assert found.wrong == []
    (value,) = found.values
    return value


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("202603", "2026-03-01", "2026-03-31"),
        ("2026M03", "2026-03-01", "2026-03-31"),
        ("03/2026", "2026-03-01", "2026-03-31"),
        ("jan 2023", "2023-01-01", "2023-01-31"),
        ("januari 2023", "2023-01-01", "2023-01-31"),
        ("jan-23", "2023-01-01", "2023-01-31"),
        ("Maj. 2023", "2023-05-01", "2023-05-31"),
        ("2024 feb", "2024-02-01", "2024-02-29"),
        ("2026H1", "2026-01-01", "2026-06-30"),
        ("2026T2", "2026-05-01", "2026-08-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-10-01–2024-10-31", "2024-10-01", "2024-10-31"),
        ("2024-10-01-2024-10-31", "2024-10-01", "2024-10-31"),
        ("2024-10-01 till 2024-10-31", "2024-10-01", "2024-10-31"),
        ("2024-10\u2212\u00a02025-09", "2024-10-01", "2025-09-30"),
        ("oktober 2023 – september 2024", "2023-10-01", "2024-09-30"),
        ("2026-03-15", "2026-03-15", "2026-03-15"),
        ("13 juni 2024", "2024-06-13", "2024-06-13"),
    ],
)
def test_periods_are_read_as_people_write_them(text, first, last):
    found = periods.parse(text).period
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "x", "2024-13", "1", "99999", "2024-02-30", "2024-10-31–2024-10-01", "nu–sedan", "foo 2024"]
)
def test_what_is_no_period_is_none(text):
    assert periods.parse(text) is None


@pytest.mark.parametrize("text", ["2023-01", "2023-01-01", "2023-01-31", "jan 2023", "202301"])
def test_a_heading_is_a_month_also_by_the_day_that_excel_keeps(text):
    assert periods.month(text) == periods.months(2023, 1, 1)


@pytest.mark.parametrize("text", ["2023", "2023-01-15", "2023H1", "Antal", ""])
def test_other_headings_are_no_months(text):
    assert periods.month(text) is None


@pytest.mark.parametrize(
    ("text", "number", "is_percent"),
    [
        ("4,2", "4.2", False),
        ("4.2 %", "4.2", True),
        ("4,2\u00a0%", "4.2", True),
        ("12 procent", "12", True),
        ("1\u202f234,5", "1234.5", False),
        ("1.234,5", "1234.5", False),
        ("1,234.5", "1234.5", False),
        ("\u22123", "-3", False),
        ("– 3", "-3", False),
        (",5", "0.5", False),
        ("0", "0", False),
    ],
)
def test_figures_are_read_as_people_write_them(text, number, is_percent):
    assert figures.figure(text) == Figure(Decimal(number), is_percent)


@pytest.mark.parametrize("text", ["", " ", "–", "-", ".", "..", "…", "\u00a0", "*", "Saknas"])
def test_what_stands_for_nothing_is_none(text):
    assert figures.figure(text) is None


@pytest.mark.parametrize("text", ["abc", "#DIV/0!", "4,2,1", "1e5", "<5", "٣", "4 %%", "1" * 30])
def test_what_is_no_figure_is_refused(text):
    with pytest.raises(NotAFigure):
        figures.figure(text)


@pytest.mark.parametrize("text", ["2,5", "-1", "10 %", "10000000"])
def test_a_count_is_a_whole_number(text):
    with pytest.raises(NotAFigure):
        figures.count(text)


@pytest.mark.parametrize(
    ("headings", "is_wide"),
    [
        (LONG.split(";"), False),
        (["Indicator", "Of", "Period", "Value"], False),
        (["Period", "Svarade"], False),
        (["Avdelning", "Chefsområde", "2023-01", "feb 2023"], True),
        (["Kostnadsställe", "2023-01-01"], True),
        (["", "jan 2023", "feb 2023"], True),
    ],
)
def test_the_layouts_are_recognised_by_their_headings(headings, is_wide):
    assert columns.recognise(headings).is_wide is is_wide


@pytest.mark.parametrize(
    "headings", [["Period", "Kommentar"], ["Mått", "Värde"], ["Enhet", "2023"], ["", "2023-01"], [""], []]
)
def test_other_headings_are_no_layout(headings):
    assert columns.recognise(headings) is None


def test_a_long_row_is_one_value():
    found = long("Återhämtning;1001;;;2024-10-01–2024-10-31;;40;60;69;ja;;;2024-11-15")
    value = one(found)
    assert value.key == (2, dt.date(2024, 10, 1), dt.date(2024, 10, 31), None, 1, None, "", "")
    assert value.said == {
        "value": None, "positive": 40, "answered": 60, "invited": 69, "is_preliminary": True, "words": "",
        "missing_reason": "", "known_on": dt.date(2024, 11, 15),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "text", "kept"),
    [
        ("Sjukfrånvaro", "4,2", "0.0420"),
        ("Sjukfrånvaro", "4,2 %", "0.0420"),
        ("Återhämtning", "66,67", "0.6667"),
        ("Återhämtning", "66,666", "0.6667"),
        ("HME", "78,5", "78.5000"),
    ],
)
def test_shares_are_typed_in_per_cent_and_kept_as_fractions(measure, text, kept):
    found = long(f"{measure};;;;2026-03;{text};;;;;;;")
    assert str(one(found).said["value"]) == kept
    assert found.rounded == (text == "66,666")


def test_a_distribution_gives_how_many_answered_and_how_many_of_them_positive():
    headings = "Mått;Period;Svar 1;Svar 2;Svar 3;Svar 4;Svar 5;Ingen uppfattning"
    said = one(judged(headings, "Återhämtning;2026-03;2;3;10;15;10;4")).said
    assert (said["positive"], said["answered"], said["no_opinion"], said["value"]) == (25, 40, 4, None)
    assert one(judged(headings, "Medelvärde;2026-03;2;3;10;15;10;")).said["value"] == Decimal("3.7000")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (";;;;2026-03;4,2;;;;;;;", "Mått", "no_indicator"),
        ("Sjukfrånvar;;;;2026-03;4,2;;;;;;;", "Mått", "unknown_indicator"),
        ("Median;;;;2026-03;4,2;;;;;;;", "Mått", "computed_indicator"),
        ("HME;Hemtjänst;;;2026-03;4,2;;;;;;;", "Avser", "unknown_group"),
        ("HME;Natt;;;2026-03;4,2;;;;;;;", "Avser", "ambiguous_group"),
        ("HME;7;;;2026-03;4,2;;;;;;;", "Avser", "ambiguous_group"),
        ("HME;Htj Väst;;;2024-07;4,2;;;;;;;", "Avser", "closed_group"),
        ("HME;Omsorgsförvaltningen;;;2019;4,2;;;;;;;", "Avser", "closed_group"),
        ("HME;;;;;4,2;;;;;;;", "Period", "no_period"),
        ("HME;;;;snart;4,2;;;;;;;", "Period", "not_a_period"),
        ("Sjukfrånvaro;;;;2026H1;4,2;;;;;;;", "Period", "not_monthly"),
        ("Ackumulerat;;;;2026-02-01–2026-03-31;4,2;;;;;;;", "Period", "not_cumulative"),
        ("Ackumulerat;;;;2025-01-01–2026-03-31;4,2;;;;;;;", "Period", "not_cumulative"),
        ("Rullande;;;;2026-01-01–2026-03-31;4,2;;;;;;;", "Period", "not_rolling"),
        ("Rullande;;;;2026-03-01–2026-03-31;4,2;;;;;;;", "Period", "not_rolling"),
        ("Sjukfrånvaro;;;;2026-11;4,2;;;;;;;", "Period", "in_future"),
        ("Sjukfrånvaro;;;;2026-03;104;;;;;;;", "Värde", "not_a_share"),
        ("Sjukfrånvaro;;;;2026-03;-1;;;;;;;", "Värde", "not_a_share"),
        ("Rekryteringar;;;;2026-03;-1;;;;;;;", "Värde", "count_below_nought"),
        ("HME;;;;2026-03;104;;;;;;;", "Värde", "index_outside"),
        ("HME;;;;2026-03;4,2 %;;;;;;;", "Värde", "not_in_percent"),
        ("Medelvärde;;;;2026-03;123456;;;;;;;", "Värde", "too_large"),
        ("HME;;;;2026-03;fyra;;;;;;;", "Värde", "not_a_figure"),
        ("Återhämtning;;;;2026-03;;61;60;;;;;", "Positiva", "positive_above_answered"),
        ("Återhämtning;;;;2026-03;;40;60;59;;;;", "Tillfrågade", "invited_below_answered"),
        ("Återhämtning;;;;2026-03;;40;;;;;;", "Svarade", "answered_wanted"),
        ("Återhämtning;;;;2026-03;;40,5;60;;;;;", "Positiva", "not_a_count"),
        ("Återhämtning;;;;2026-03;70;40;60;;;;;", "Värde", "counts_and_value"),
        ("Återhämtning;;;;2026-03;70;;;;;;för få;", "Saknas därför", "missing_and_there"),
        ("Återhämtning;;frisyr;lugg;2026-03;70;;;;;;;", "Uppdelning", "not_a_breakdown"),
        ("Återhämtning;;kön;;2026-03;70;;;;;;;", "Kategori", "breakdown_and_category"),
        ("Återhämtning;;;kvinnor;2026-03;70;;;;;;;", "Uppdelning", "breakdown_and_category"),
        ("Återhämtning;;;;2026-03;70;;;;kanske;;;", "Preliminärt", "not_yes_or_no"),
        ("Återhämtning;;;;2026-03;70;;;;;;;2026-12-01", "Känt från", "in_future"),
        ("Återhämtning;;;;2026-03;70;;;;;;;2026-03", "Känt från", "not_a_day"),
    ],
)
def test_each_error_is_told_at_its_column(cells, column, code):
    found = long(cells)
    assert (codes(found), found.values) == ([(column, code)], [])


def test_a_half_distribution_is_refused():
    found = judged("Mått;Period;Svar 1;Svar 2;Svar 3;Svar 4;Svar 5", "Återhämtning;2026-03;2;3;;15;10")
    assert codes(found) == [("Svar 3", "all_five")]


@pytest.mark.parametrize(
    ("text", "kind", "pk"),
    [
        ("", "", None),
        ("Totalt", "", None),
        ("socialförvaltningen", "", None),
        ("10", "department", 1),
        ("HTJ", "department", 1),
        ("1001", "unit", 1),
        ("10/1001", "unit", 1),
        ("htj  norr", "unit", 1),
        ("1001 Htj Norr", "unit", 1),
        ("2001", "unit", 3),
        ("20/7", "unit", 8),
        ("Omsorgsförvaltningen", "predecessor", 1),
    ],
)
def test_groups_are_found_by_code_and_name(text, kind, pk):
    found = GROUPS.find(text, dt.date(2018, 1, 1)).group
    assert (found.kind, found.pk) == (kind, pk)


def test_a_name_that_a_closed_unit_had_too_means_the_one_that_is_open():
    assert GROUPS.find("Kväll", dt.date(2025, 1, 1)).group.pk == 6
    assert GROUPS.find("Kväll", dt.date(2024, 1, 1)).code == "ambiguous_group"
    assert GROUPS.find("Htj Väst", dt.date(2024, 6, 1)).group.pk == 4


def test_what_is_near_is_told():
    assert GROUPS.find("Hemtjänst", TODAY).near == "Hemtjänsten"
    assert GROUPS.find("Natt", TODAY).near == "10/1002, 20/2001"


def test_a_month_alone_is_the_end_of_what_is_cumulative_or_rolling():
    assert one(long("Ackumulerat;;;;2026-03;4;;;;;;;")).key[1:3] == (
        dt.date(2026, 1, 1),
        dt.date(2026, 3, 31),
    )
    assert one(long("Rullande;;;;2024-02;4;;;;;;;")).key[1:3] == (dt.date(2023, 3, 1), dt.date(2024, 2, 29))
    assert one(long("Återhämtning;;;;2026-03-01;62;;;;;;;")).key[1:3] == (dt.date(2026, 3, 1),) * 2
    assert one(long("Återhämtning;;;;2026-03-31;62;;;;;;;")).key[1:3] == (dt.date(2026, 3, 31),) * 2
    assert one(long("Återhämtning;;;;2026-03;62;;;;;;;")).key[1:3] == (
        dt.date(2026, 3, 1),
        dt.date(2026, 3, 31),
    )
    assert one(long("Sjukfrånvaro;;;;2026-03-01;4;;;;;;;")).key[1:3] == (
        dt.date(2026, 3, 1),
        dt.date(2026, 3, 31),
    )


def test_a_value_that_its_counts_give_is_kept_as_the_counts():
    assert one(long("Återhämtning;;;;2026-03;66,7;40;60;;;;;")).said["value"] is None


def test_rows_without_a_value_are_left_out_and_counted():
    reading = read(LONG, "Återhämtning;1001;;;2026-03;;;;;;;;", "Återhämtning;1001;;;;–;;;;;;;")
    assert (reading.items, reading.empty) == ([], 2)


def test_a_missing_value_with_its_reason_is_one():
    assert one(long("Återhämtning;1001;;;2026-03;–;;;;;;enkäten ställdes in;")).said["missing_reason"]


def test_the_same_group_and_period_twice_is_refused_also_by_other_names():
    found = judged(LONG, "Sjukfrånvaro;1001;;;2026-03;4;;;;;;;", "Sjukfrånvaro;Htj Norr;;;mars 2026;5;;;;;;;")
    assert [(row.row, row.code, row.text) for row in found.wrong] == [(3, "twice", "2")]
    both = judged(
        LONG, "Sjukfrånvaro;1001;kön;kvinnor;2026-03;4;;;;;;;", "Sjukfrånvaro;1001;kön;män;2026-03;5;;;;;;;"
    )
    assert (len(both.values), both.wrong) == (2, [])


def test_wide_months_are_one_value_a_cell():
    found = judged(
        "Sjukfrånvaro per månad", "", "Chefsområde;Antal;2023-01;feb 2023;2026-12", "1001;34;4,2;5,1 %;",
        "Totalt;400;6,5;–;", "Källa: HR;;;;",
        chosen=SICK,
    )  # fmt: skip
    assert found.wrong == []
    assert [(row.key[1].month, row.key[4], row.said["value"], row.said["answered"]) for row in found.values] == [
        (1, 1, Decimal("0.0420"), 34), (2, 1, Decimal("0.0510"), 34), (1, None, Decimal("0.0650"), 400),
    ]  # fmt: skip


def test_a_month_of_a_wide_file_is_the_end_of_what_is_cumulative():
    found = judged("Avser;2023-01;2023-02", ";4;5", chosen=YEAR)
    assert [row.key[1:3] for row in found.values] == [
        (dt.date(2023, 1, 1), dt.date(2023, 1, 31)), (dt.date(2023, 1, 1), dt.date(2023, 2, 28)),
    ]  # fmt: skip


def test_a_second_row_gives_how_many_are_behind_each_month():
    found = judged(
        "Avser;Mått;2023-01;2023-02", "1001;Sjukfrånvaro;4;5", ";antal;34;36", "1002;Sjukfrånvaro;4;5"
    )
    assert [row.said.get("answered") for row in found.values] == [34, 36, None, None]


def test_the_finest_group_of_a_wide_row_counts():
    found = judged("Avdelning;Chefsområde;2023-01;2023-02", "10;1001;4;5", "10;;4;5", chosen=SICK)
    assert {row.key[3:5] for row in found.values} == {(None, 1), (1, None)}


def test_an_unknown_group_of_a_wide_row_is_told_once_at_its_column():
    found = judged("Enhet;2023-01;2023-02;2026-11", "9999;4;5;", "1001;104;fel;3", chosen=SICK)
    assert [(row.row, row.column, row.code) for row in found.wrong] == [
        (2, "Enhet", "unknown_group"), (3, "2023-01", "not_a_share"), (3, "2023-02", "not_a_figure"),
        (3, "2026-11", "in_future"),
    ]  # fmt: skip


def test_the_last_month_can_be_preliminary():
    found = judged("Enhet;2023-01;2023-02;2023-03", "1001;4;5;", chosen=SICK, is_last_preliminary=True)
    assert [row.said["is_preliminary"] for row in found.values] == [False, True]


def test_shares_that_all_lie_below_one_per_cent_are_doubted():
    assert judged("Enhet;2023-01;2023-02", "1001;0,042;0,05", chosen=SICK).tiny
    assert not judged("Enhet;2023-01;2023-02", "1001;0,042 %;0,05 %", chosen=SICK).tiny
    assert not judged("Enhet;2023-01;2023-02", "1001;0,042;4,2", chosen=SICK).tiny


def test_columns_and_sheets_that_are_not_read_are_told():
    reading = items.read(
        [
            Table("Om", [(1, ["Hej"])]),
            Table("Data", [(1, ["Enhet", "Chef", "2023-01"]), (2, ["1", "x", "4"])]),
        ]
    )
    assert (reading.unknown, reading.skipped) == (["Chef"], ["Om"])


HELD = dict.fromkeys(FIELDS) | {
    "is_preliminary": False,
    "is_approximate": False,
    "words": "",
    "missing_reason": "",
}


def beside(line: str, is_draft: bool = False, headings: str = LONG, **held):
    values = judged(headings, line).values
    kept = Held(9, 1, is_draft, False, HELD | held)
    return compare(values, {values[0].key: kept})[0]


def test_the_same_value_is_unchanged_whenever_it_became_known():
    row = beside("Sjukfrånvaro;;;;2026-03;4,2;;;;;;;2026-04-20", value=Decimal("0.0420"))
    assert row.state == "unchanged"


def test_counts_and_the_share_that_they_give_are_the_same():
    row = beside("Återhämtning;2026-03;66,67", headings="Mått;Period;Värde", positive=40, answered=60)
    assert row.state == "unchanged"


def test_another_value_revises_what_is_approved_and_changes_a_draft():
    assert beside("Sjukfrånvaro;;;;2026-03;4,3;;;;;;;", value=Decimal("0.0420")).state == "revised"
    assert beside("Sjukfrånvaro;;;;2026-03;4,3;;;;;;;", True, value=Decimal("0.0420")).state == "changed"


def test_what_was_preliminary_and_is_settled_is_a_revision():
    row = beside("Sjukfrånvaro;;;;2026-03;4,2;;;;nej;;;", value=Decimal("0.0420"), is_preliminary=True)
    assert (row.state, row.after["is_preliminary"]) == ("revised", False)


def test_columns_that_the_file_lacks_stay_as_they_were():
    row = beside(
        "Återhämtning;2026-03;70", headings="Mått;Period;Värde", positive=40, answered=60, invited=69,
        words="ungefär två tredjedelar", is_approximate=True, is_preliminary=True,
    )  # fmt: skip
    assert row.after == HELD | {
        "value": Decimal("0.7000"), "answered": 60, "invited": 69, "is_preliminary": True,
    }  # fmt: skip


def test_counts_that_no_longer_nest_let_the_old_one_go():
    row = beside("Sjukfrånvaro;2026-03;4;80", headings="Mått;Period;Värde;Antal", invited=69, answered=60)
    assert (row.after["answered"], row.after["invited"]) == (80, None)
