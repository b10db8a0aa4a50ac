"""Indicators: the list, the fact sheet, the file and the report's section."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from metrics import gate
from metrics.effects import aims
from metrics.models import Expectation, Indicator, LinkedAnswers, Observation
from metrics.readings.queries import department_readings, reading_for, readings, sheet, together
from metrics.readings.telling import tell
from metrics.values import promises
from organisation.models import Predecessor
from reports.facts import compose
from tests import factories
from tests.factories import place

LIST = "/ostra/chefer/matt/"
DAY = dt.date(2026, 6, 30)
FIRST, LAST = dt.date(2024, 10, 31), dt.date(2025, 10, 31)
ITEMS = list(Indicator.Item.values)


def answers(indicator, last_day, counts, **fields) -> Observation:
    names = ("ones", "twos", "threes", "fours", "fives")
    return factories.observation(
        indicator,
        last_day,
        counts=(counts[3] + counts[4], sum(counts), sum(counts)),
        **dict(zip(names, counts, strict=True)),
        **fields,
    )


def only(world, indicator=None, on=DAY):
    found = readings(place(world.program), on)
    return next(row for row in found if indicator is None or row.indicator.pk == indicator.pk)


def said(world, indicator=None) -> tuple[str, str]:
    told = tell(only(world, indicator), DAY)
    return told.verdict.word, told.verdict.reason


# From values to verdicts


def test_the_issues_own_figures(world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, FIRST, counts=(40, 60, 69))
    factories.observation(indicator, LAST, counts=(47, 58, 68))
    reading = only(world)
    low, high = (round(end * 100) for end in (reading.verdict.interval.low, reading.verdict.interval.high))
    assert (low, high) == (-2, 29)
    assert said(world) == (
        "kan inte avgöras ännu",
        "Skillnaden är +14 procentenheter och kan ligga var som helst mellan −2 och +29.",
    )
    first = tell(reading, DAY).lines[0]
    assert first.answers == (
        "40 av 60 svarade positivt; 69 fick frågan, alltså mellan 58\u00a0% och 71\u00a0% av alla."
    )


def test_wilson_is_what_the_chart_draws(world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, FIRST, counts=(20, 30, 30))
    (interval,) = only(world).intervals
    assert (round(interval.low * 100), round(interval.high * 100)) == (49, 81)


def test_the_day_when_the_baseline_ends_decides_what_is_before(world):
    indicator = factories.indicator(world.program, baseline_on=dt.date(2024, 12, 31))
    for day, positive in ((dt.date(2023, 10, 31), 50), (FIRST, 30), (LAST, 52)):
        factories.observation(indicator, day, counts=(positive, 100, 100))
    assert said(world)[0] == "tecken på förflyttning"
    indicator.baseline_on = dt.date(2023, 12, 31)
    indicator.save()
    assert said(world)[0] == "kan inte avgöras ännu"


def test_nothing_after_the_baseline_is_told(world):
    indicator = factories.indicator(world.program, baseline_on=DAY)
    factories.observation(indicator, FIRST, counts=(40, 60, 69))
    factories.observation(indicator, LAST, counts=(47, 58, 68))
    assert said(world)[1] == "Det finns inget värde efter utgångsläget ännu."


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("is_preliminary", "Ett av värdena är preliminärt och bedöms först när det är fastställt."),
        ("is_approximate", "Ett av värdena är ungefärligt, så de går inte att jämföra."),
    ],
)
def test_what_is_not_final_is_not_judged(world, mark, reason):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, FIRST, counts=(40, 60, 69))
    factories.observation(indicator, LAST, counts=(57, 58, 68), **{mark: True})
    assert said(world) == ("kan inte avgöras ännu", reason)


@pytest.mark.parametrize(
    ("kind", "word", "begins"),
    [
        ("mean", "tecken på förflyttning", "Skillnaden är +0,5 steg på skalan 1–5 (mellan"),
        (
            "median",
            "tecken på förflyttning",
            "Av 100 par med ett tidigare och ett senare svar är det senare högre i",
        ),
        ("share", "tecken på förflyttning", "Skillnaden är +20 procentenheter (mellan"),
    ],
)
def test_distributions_are_read_by_the_indicators_own_kind(world, kind, word, begins):
    indicator = factories.indicator(world.program, kind=kind)
    answers(indicator, FIRST, (10, 20, 40, 20, 10))
    answers(indicator, LAST, (5, 10, 35, 30, 20))
    told = said(world)
    assert told[0] == word
    assert told[1].startswith(begins)


def test_a_mean_without_its_spread_is_not_judged(world):
    indicator = factories.indicator(world.program, kind="mean")
    for day, value in ((FIRST, "3.2"), (LAST, "3.9")):
        factories.observation(indicator, day, value=Decimal(value), answered=60)
    assert said(world) == (
        "kan inte avgöras ännu",
        "Det är inte känt hur svaren fördelar sig, så det går inte att räkna ut hur säkra värdena är.",
    )


def test_unchanged_needs_a_smallest_change_decided_beforehand(world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, FIRST, counts=(500, 1000, 1000))
    factories.observation(indicator, LAST, counts=(503, 1000, 1000))
    assert said(world)[0] == "kan inte avgöras ännu"
    indicator.smallest = Decimal("0.05")
    indicator.save()
    assert said(world)[0] == "oförändrat"


def test_linked_answers_win_when_they_are_of_the_same_two_surveys(world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, FIRST, counts=(20, 40, 40))
    factories.observation(indicator, LAST, counts=(31, 40, 40))
    pair = LinkedAnswers.objects.create(
        indicator=indicator, earlier=FIRST, later=LAST, both=19, gained=12, lost=1, neither=8
    )
    assert said(world) == (
        "tecken på förflyttning",
        "Av 40 som har svarat båda gångerna har 12 blivit positiva och 1 slutat vara det, mer än slumpen brukar ge "
        "(p = 0,003).",
    )
    pair.earlier = FIRST - dt.timedelta(days=365)
    pair.save()
    assert "som har svarat båda gångerna" not in said(world)[1]


def test_linked_answers_that_would_tell_of_those_who_left_are_not_used(hr, world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, FIRST, counts=(22, 44, 44))
    factories.observation(indicator, LAST, counts=(31, 40, 40))
    LinkedAnswers.objects.create(
        indicator=indicator, earlier=FIRST, later=LAST, both=19, gained=12, lost=1, neither=8
    )
    assert "som har svarat båda gångerna" not in said(world)[1]
    assert "Samma personer båda gångerna" not in hr.get(f"{LIST}{indicator.pk}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("cumulative", "Serien är ackumulerad från januari"), ("rolling", "Serien är rullande")],
)
def test_series_that_overlap_are_refused_with_their_reason(world, kind, begins):
    indicator = factories.indicator(world.program, kind="rate", period_kind=kind, subject="health")
    for month in range(1, 13):
        day = dt.date(2025, month, 28)
        factories.observation(
            indicator, day, first_day=dt.date(2025, 1, 1), value=Decimal("0.03"), answered=900
        )
    assert said(world)[1].startswith(begins)


def months(indicator, values, first=2023):
    rows = [
        Observation(
            indicator=indicator, first_day=dt.date(first + n // 12, n % 12 + 1, 1),
            last_day=dt.date(first + n // 12, n % 12 + 1, 28), value=Decimal(str(value)), answered=900,
        )
        for n, value in enumerate(values)
    ]  # fmt: skip
    Observation.objects.bulk_create(rows)
    gate.settle([indicator])


NOISE = [0, 3, -2, 1, -3, 2, -1, 4, -4, 1, -2, 3, 0, -1, 2, -3, 3, -2, 1, 0, -4, 4, -1, 2]


def test_a_series_by_month_that_shifts_is_told_with_its_medians(hr, world):
    indicator = factories.indicator(
        world.program, kind="rate", period_kind="monthly", subject="health", direction="down",
        baseline_on=dt.date(2024, 6, 30),
    )  # fmt: skip
    months(
        indicator, [0.06 + n / 10_000 - (0.01 if at > 17 else 0) for at, n in enumerate(NOISE + NOISE[:12])]
    )
    word, reason = said(world)
    assert word == "tecken på förflyttning"
    assert "medianen gick från 6\u00a0% till 5,01\u00a0%." in reason
    page = hr.get(f"{LIST}{indicator.pk}/").content.decode()
    assert "förskjutning: juli 2024–december 2025" in page


def test_seasons_alone_are_no_sign_of_movement(world):
    indicator = factories.indicator(
        world.program, kind="rate", period_kind="monthly", subject="health", direction="down",
        baseline_on=dt.date(2024, 6, 30),
    )  # fmt: skip
    wave = [14, 12, 8, 2, -5, -10, -13, -11, -7, -1, 6, 11]
    months(indicator, [0.04 + (wave[at % 12] * 5 + n) / 10_000 for at, n in enumerate(NOISE + NOISE[:17])])
    assert said(world) == (
        "kan inte avgöras ännu",
        "Jämfört med samma månad andra år syns ingen bestående förändring; svängningarna kan vara årstiderna.",
    )


def test_a_series_without_a_day_when_the_baseline_ends_says_so(world):
    indicator = factories.indicator(world.program, kind="rate", period_kind="monthly", subject="health")
    months(indicator, [0.04] * 12)
    assert said(world)[1].startswith("Det är inte bestämt när utgångsläget slutar")


def hme(world, waves=((FIRST, (2, 4, 20, 40, 14)), (LAST, (1, 2, 10, 37, 30)))):
    index = factories.indicator(world.program, "HME", kind="index")
    for item in ITEMS:
        row = factories.indicator(
            world.program, item, kind="mean", index=index, item=item, group="HME-frågor"
        )
        for day, counts in waves:
            answers(row, day, counts)
    return index


def test_nine_statements_make_the_index_and_its_verdict(world):
    index = hme(world)
    reading = only(world, index)
    assert [round(row.value, 2) for row in reading.observations] == [Decimal("68.75"), Decimal("79.06")]
    word, reason = said(world, index)
    assert word == "tecken på förflyttning"
    assert reason.startswith("Skillnaden är +10,3 indexenheter (mellan")
    assert reading_for(place(world.program), index, DAY).verdict == reading.verdict
    assert sheet(place(world.program), index, DAY).whole.verdict == reading.verdict


def test_eight_statements_make_no_index(world):
    index = hme(world)
    Observation.objects.filter(indicator__item="trust", last_day=LAST).delete()
    assert said(world, index)[1] == "Indexet kräver alla nio påståenden; 1 saknas."


def test_questions_are_read_together(hr, world):
    hme(world)
    verdict = together(readings(place(world.program), DAY))["HME-frågor"]
    assert (verdict.kind, verdict.named["questions"]) == ("moved", 9)
    page = hr.get(LIST).content.decode()
    assert "Nio av nio frågor har rört sig åt samma håll och ingen åt det andra." in page


def test_a_full_count_is_what_it_is(world):
    factories.headcounts(world.ours, [(world.home, "1", 35, 1), (world.home, "2", 35, 1)], as_of=FIRST)
    report = world.ours.headcount_reports.create(as_of=LAST, basis="Tillsvidareanställda.")
    for unit, people in zip(world.home.units.all(), (25, 35), strict=True):
        report.headcounts.create(unit=unit, employees=people)
    indicator = factories.indicator(
        world.program, kind="share", subject="staffing", direction="down", computed="over_base"
    )
    assert said(world) == (
        "tecken på förflyttning",
        "Skillnaden är −1 chef. Allt är räknat, så slumpen spelar ingen roll.",
    )
    assert only(world).intervals == (None, None)
    assert reading_for(place(world.program), indicator, DAY).verdict == only(world).verdict


# Groups, revisions, targets


def test_values_that_are_few_are_hidden_everywhere_they_might_show(hr, world):
    indicator = factories.indicator(world.program, target=Decimal("0.8"), target_on=dt.date(2027, 10, 31))
    factories.observation(indicator, FIRST, counts=(5, 9, 13))
    factories.observation(indicator, LAST, counts=(7, 9, 13), department=world.home)
    for url in (LIST, f"{LIST}{indicator.pk}/"):
        page = hr.get(url).content.decode()
        assert "visas inte (för få svar)" in page
        for secret in ("55,6", "5 av 9", "77,8", "7 av 9", "69\u00a0%"):
            assert secret not in page
    book = openpyxl.load_workbook(io.BytesIO(hr.get(f"{LIST}excel/").content))
    rows = [row for row in book.worksheets[1].iter_rows(values_only=True) if row[0] == indicator.name]
    assert [row[5] for row in rows] == ["visas inte (för få svar)"] * 2
    assert [cell for row in rows for cell in row[7:16] if cell is not None] == []


def test_hidden_values_have_no_part_in_what_is_said(world):
    indicator = factories.indicator(
        world.program, target=Decimal("0.5"), target_on=dt.date(2025, 12, 31), better_every_year=True
    )
    factories.observation(indicator, FIRST, counts=(400, 1000, 1200))
    factories.observation(indicator, LAST, counts=(8, 9, 13))
    reading = only(world)
    assert reading.verdict.reason == "withheld"
    assert (reading.standing.value, reading.years.reason) == (Decimal("0.4"), "one_value")
    assert reading.intervals[1] is None


def test_drafts_reach_no_page_file_or_report(hr, world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, LAST, counts=(47, 59, 68), state="draft", entered_by=world.users.editor)
    report = factories.report(world.program, cut_off=DAY, meets_on=DAY)
    for url in (LIST, f"{LIST}{indicator.pk}/"):
        assert "47 av 59" not in hr.get(url).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(hr.get(f"{LIST}excel/").content))
    assert not [row for row in book.worksheets[1].iter_rows(values_only=True) if row[0] == indicator.name]
    assert "47 av 59" not in str(compose(report))


def test_revisions_stand_with_what_they_replaced_and_why(hr, world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, LAST, counts=(40, 60, 69))
    factories.observation(
        indicator, LAST, counts=(42, 60, 69), revision=2, revision_reason="Två svar räknades fel",
        known_on=dt.date(2026, 1, 15),
    )  # fmt: skip
    page = hr.get(f"{LIST}{indicator.pk}/").content.decode()
    assert "var 66,7\u00a0%; reviderat: Två svar räknades fel" in page
    assert only(world).latest.positive == 42
    assert only(world, on=dt.date(2026, 1, 1)).latest.positive == 40


def test_every_group_stands_on_the_sheet(hr, world):
    indicator = factories.indicator(world.program)
    unit = world.home.units.create(code="11", name="Södra")
    old = Predecessor.objects.create(organisation=world.ours, name="Gamla förvaltningen")
    factories.observation(indicator, LAST, counts=(300, 500, 600))
    factories.observation(indicator, LAST, counts=(100, 200, 250), department=world.home)
    factories.observation(indicator, LAST, counts=(40, 80, 90), unit=unit)
    factories.observation(indicator, FIRST, counts=(90, 150, 160), predecessor=old)
    factories.observation(indicator, LAST, counts=(150, 250, 300), breakdown="level", category="enhetschefer")
    found = sheet(place(world.program), indicator, DAY)
    assert [(part.kind, part.name) for part in found.parts] == [
        ("breakdown", "enhetschefer"), ("department", "Hemtjänsten"), ("predecessor", "Gamla förvaltningen"),
        ("unit", "Södra"),
    ]  # fmt: skip
    page = hr.get(f"{LIST}{indicator.pk}/").content.decode()
    for name in ("enhetschefer", "Hemtjänsten", "Gamla förvaltningen", "Södra"):
        assert name in page


def test_the_target_and_the_years_are_told(hr, world):
    indicator = factories.indicator(
        world.program, target=Decimal("0.8"), target_on=dt.date(2027, 10, 31), better_every_year=True,
        baseline_on=FIRST,
    )  # fmt: skip
    factories.observation(indicator, FIRST, counts=(400, 1000, 1200))
    factories.observation(indicator, LAST, counts=(450, 1000, 1200))
    page = hr.get(LIST).content.decode()
    assert (
        "45\u00a0% mot målvärdet 80\u00a0% till 31 oktober 2027: 13\u00a0% av vägen är gången men 33\u00a0% av tiden."
        in page
    )
    assert "Varje år har varit bättre än året före, som bestämt: 2025." in page


def test_a_year_that_is_not_full_is_not_held_against_the_target(world):
    indicator = factories.indicator(
        world.program, kind="rate", period_kind="cumulative", subject="health", direction="down",
        target=Decimal("0.02"), target_on=dt.date(2027, 12, 31),
    )  # fmt: skip
    start = dt.date(2026, 1, 1)
    factories.observation(
        indicator, dt.date(2026, 3, 31), first_day=start, value=Decimal("0.01"), answered=900
    )
    assert only(world).standing.kind == "unknown"


@pytest.mark.parametrize(
    ("promised", "latest", "late"),
    [
        ("varje månad", dt.date(2026, 5, 31), False),
        ("varje månad", dt.date(2026, 4, 28), True),
        ("två gånger per år", dt.date(2025, 12, 31), False),
        ("varje år", dt.date(2025, 10, 31), False),
        ("varje höst", dt.date(2025, 4, 30), True),
        ("när det behövs", dt.date(2020, 1, 1), False),
        ("när det behövs", None, True),
        ("", None, False),
    ],
)
def test_a_promised_value_that_has_not_come_is_late(promised, latest, late):
    assert promises.is_late(promised, latest, DAY) is late


def test_values_of_departments_alone_are_values_too(hr, world, today):
    indicator = factories.indicator(world.program, promised="varje månad")
    factories.observation(indicator, today.replace(day=1), counts=(40, 60, 69), department=world.home)
    reading = only(world, on=today)
    assert reading.verdict.reason == "only_parts"
    assert sheet(place(world.program), indicator, today).whole == reading
    assert tell(reading, today).late == ""
    assert "Utlovat till nämnden" not in hr.get(LIST).content.decode()


def test_a_late_value_is_told_on_list_overview_and_in_the_report(hr, world, today):
    indicator = factories.indicator(world.program, promised="varje månad")
    factories.observation(indicator, dt.date(2025, 3, 31), counts=(40, 60, 69))
    told = "Det senaste värdet är från mars 2025."
    report = factories.report(world.program, cut_off=today, meets_on=today)
    assert told in hr.get(LIST).content.decode()
    assert told in hr.get("/ostra/chefer/").content.decode()
    assert "det senaste värdet är från mars 2025." in str(compose(report)).lower()


def test_values_to_approve_wait_on_the_overview_of_who_may(sign_in, world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, FIRST, counts=(40, 60, 69), state="draft", entered_by=world.users.editor)
    factories.observation(
        indicator, LAST, counts=(47, 58, 68), state="draft", entered_by=world.users.director
    )
    pages = {
        kind: sign_in(getattr(world.users, kind)).get("/ostra/chefer/").content.decode()
        for kind in ("editor", "director", "reader")
    }
    assert {kind: "1 mätvärde väntar på ett ja" in page for kind, page in pages.items()} == {
        "editor": True, "director": True, "reader": False,
    }  # fmt: skip


# Departments and what aims at the indicator


def departments(world, indicator, changes):
    for number, change in enumerate(changes):
        row = factories.department(world.ours, f"3{number}", f"Avdelning {number}")
        factories.observation(indicator, FIRST, counts=(40, 100, 110), department=row)
        factories.observation(indicator, LAST, counts=(40 + change, 100, 110), department=row)
        yield row


def test_departments_that_have_started_are_compared_with_the_rest(hr, world):
    indicator = factories.indicator(world.program)
    rows = list(departments(world, indicator, [15, 14, 16, 13, 1, -1, 0, 2]))
    activity = factories.activity(world.program, "Handledning", departments=rows[:4])
    Expectation.objects.create(activity=activity, indicator=indicator, direction="up")
    here, url = place(world.program), f"{LIST}{indicator.pk}/"
    assert "Ingen aktivitet som siktar på måttet har startat" in hr.get(url).content.decode()
    factories.status(activity, "under_way", on=dt.date(2026, 4, 1))
    parts = {
        (key, str(key)): reading for (_indicator, key), reading in department_readings(here, DAY).items()
    }
    compared = aims.comparison(indicator, parts, aims.aims(here, DAY, indicator=indicator))
    assert (compared.verdict.reason, compared.sets) == ("departments_beyond", 70)
    page = hr.get(url).content.decode()
    assert "De avdelningar som har startat (4 av 8) skiljer sig från de andra med +14 procentenheter" in page
    assert "Ingen lottades att börja" in page
    assert "Handledning" in page
    report = factories.report(world.program, cut_off=DAY, meets_on=DAY)
    assert "De avdelningar som har startat (4 av 8)" in str(compose(report))


# Pages


@pytest.mark.parametrize("rows", [1, 40])
def test_queries_do_not_grow(hr, world, rows, django_assert_num_queries):
    indicator = factories.indicator(world.program)
    role = factories.role(world.ours)
    for number in range(rows):
        row = factories.department(world.ours, f"4{number:02}", f"Avdelning {number}")
        Observation.objects.create(
            indicator=indicator, first_day=FIRST, last_day=FIRST + dt.timedelta(days=number), positive=40, answered=60,
        )  # fmt: skip
        Observation.objects.create(
            indicator=indicator, department=row, first_day=FIRST, last_day=FIRST, positive=40, answered=60
        )
        factories.indicator(world.program, f"Mått {number}", group="Alla")
        activity = factories.activity(
            world.program, f"Aktivitet {number}", departments=[row], responsible=[role]
        )
        Expectation.objects.create(activity=activity, indicator=indicator, direction="up")
    gate.settle([indicator])
    with django_assert_num_queries(7):
        hr.get(LIST)
    with django_assert_num_queries(12):
        hr.get(f"{LIST}{indicator.pk}/")
    with django_assert_num_queries(8):
        hr.get(f"{LIST}excel/")


def test_who_may_change_is_shown_how_and_others_are_not(sign_in, world):
    indicator = factories.indicator(world.program)
    for kind, may in (("editor", True), ("director", False), ("reader", False), ("manager", False)):
        page = sign_in(getattr(world.users, kind)).get(f"{LIST}{indicator.pk}/").content.decode()
        assert (f"{LIST}{indicator.pk}/andra/" in page) is may, kind


def test_another_organisations_indicator_is_not_found(hr, world):
    hidden = factories.indicator(world.hidden, "Hemligt")
    assert hr.get(f"{LIST}{hidden.pk}/").status_code == 404
    assert "Hemligt" not in hr.get(LIST).content.decode()


def test_the_excel_file_has_figures_as_figures_and_text_as_text(hr, world):
    indicator = factories.indicator(world.program, "=1+1", kind="mean")
    answers(indicator, LAST, (5, 10, 35, 30, 20))
    book = openpyxl.load_workbook(io.BytesIO(hr.get(f"{LIST}excel/").content))
    (row,) = [row for row in book.worksheets[1].iter_rows() if row[0].value == "=1+1"]
    assert row[0].data_type == "s"
    assert (row[3].value.date(), row[5].value, row[10].value, row[14].value) == (
        dt.date(2025, 10, 1),
        3.5,
        5,
        20,
    )


@pytest.mark.parametrize("name", ["Emoji 🎉🏽", "x" * 120, "<script>alert(1)</script>", "中文 = + - @"])
def test_pages_and_report_stand_any_name(hr, world, name):
    indicator = factories.indicator(world.program, name, unit="🎉", kind="mean")
    answers(indicator, LAST, (5, 10, 35, 30, 20), department=world.home)
    answers(indicator, FIRST, (5, 10, 35, 30, 20))
    for url in (LIST, f"{LIST}{indicator.pk}/", f"{LIST}excel/"):
        response = hr.get(url)
        assert response.status_code == 200
        assert b"<script>alert" not in response.content
    assert compose(factories.report(world.program, cut_off=DAY, meets_on=DAY))
