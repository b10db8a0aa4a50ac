"""Monthly series and the time of year: a signal that the seasons alone can give is no sign of movement.

Pure. The run rules take it that months do not hang together. Sick leave rises every winter, so it crosses its median
about twice a year whatever happens, and over a few years that is "too seldom". So what is claimed of a series must
also hold when every month is counted from the median of its own calendar month. Simulated (600 series a case, three
to five years, seasons of up to four times the noise, nothing changed): the run rules alone called up to 30 % moved or
worsened, so tried at most 7 %, mostly below 3 %; a drop of twice the noise was found in 84–92 %.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import partial

from metrics.movement import Point, Series, Verdict, judge_series
from metrics.movement.answers import median
from metrics.movement.series import final

YEARS = 2  # of every calendar month, before its own median says something


def judge(
    series: Series, *, baseline_until: dt.date, higher_is_better: bool, smallest: Decimal | None
) -> Verdict:
    """Movement's verdict on the months, where the seasons do not explain it.

    Reasons of its own: season_alone, and by_month, whose change and figures are distances from calendar months' medians.
    """
    ask = partial(
        judge_series, baseline_until=baseline_until, higher_is_better=higher_is_better, smallest=smallest
    )
    found, plain = ask(series), without_season(series)
    if not found.has_direction and found.reason != "unstable_baseline":
        return found
    if plain is None:
        return found if "season" in found.cautions else replace(found, cautions=(*found.cautions, "season"))
    return _by_month(found, ask(plain))


def _by_month(found: Verdict, by_month: Verdict) -> Verdict:
    """What the months say, tried against what they say each beside its own calendar month."""
    if found.has_direction:
        return found if by_month.kind == found.kind else replace(found, kind="unknown", reason="season_alone")
    if by_month.has_direction:
        return replace(by_month, reason="by_month", cautions=found.cautions)
    return found if by_month.reason == "unstable_baseline" else replace(found, reason="season_alone")


def without_season(series: Series) -> Series | None:
    """Each month's distance from the median of its calendar month; None where some month is there only once."""
    months: dict[int, list[Decimal]] = defaultdict(list)
    points = final(series.points)
    for point in points:
        months[point.month.month].append(point.value)
    if len(months) < 12 or min(map(len, months.values())) < YEARS:
        return None
    middle = {month: median(values) or Decimal(0) for month, values in months.items()}
    told = tuple(Point(point.month, point.value - middle[point.month.month]) for point in points)
    return Series(series.kind, told, below_zero=True)
