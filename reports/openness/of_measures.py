"""What is measured: figures leave only as the gate lets them through; a withheld one is there, marked and without."""

from decimal import Decimal
from typing import Any

from metrics import gate
from metrics.models import (
    Amendment,
    Assessment,
    Expectation,
    FactorMark,
    Guideline,
    GuidelineBase,
    GuidelineFactor,
    Headcount,
    HeadcountReport,
    Indicator,
    LinkedAnswers,
    Observation,
    Outcome,
    StatedTotal,
)
from metrics.readings.judgement import measure_of
from metrics.readings.movement_wording import measured
from metrics.values.wording import group
from reports.openness.kinds import Kind, activity_title, column, indicator_name
from reports.openness.records import Part, Plain

MEASURES, SPANS = "Mått och effekter", "Chefsområden"
WITHHELD = {
    "": "visas",
    "pending": "visas inte (inte godkänt)",
    "few": "visas inte (för få svar)",
    "all_alike": "visas inte (alla svarade lika)",
    "would_give_away": "visas inte (skulle röja ett annat värde)",
}
EFFECT = (("activity", "expectation__activity"),)


def _figure(get):
    """A figure of an observation, where it is shown; what tells of it (reasons, counts) goes the same way."""
    return lambda row: get(row) if row.is_open else ""


def _told(indicator: Any, value: Decimal | None) -> str:
    return "" if value is None else measured(indicator, value)


def _value(row: Any) -> Plain:
    if row.words:
        return row.words
    value = measure_of(row.indicator, row)
    return row.missing_reason if value is None else measured(row.indicator, value)


def _shown(row: Any) -> str:
    if row.state != Observation.State.APPROVED:
        return WITHHELD["pending"]
    return WITHHELD["" if row.is_open else row.withheld or "would_give_away"]


def observations(place: Any):
    return (
        Observation.objects.visible_to(place)
        .select_related("indicator", "department", "unit", "predecessor")
        .order_by("indicator__order", "indicator", "last_day", "pk")
    )


def keep_back(rows: list[Any], place: Any) -> list[Any]:
    """Tell each observation whether it is open: approved, let through by the gate, and no version of it kept back.

    One query.
    """
    approved = Observation.objects.visible_to(place).approved()
    hidden = {(row.indicator_id, row.group) for row in approved.exclude(withheld="")}
    for row in rows:
        is_approved = row.state == Observation.State.APPROVED
        row.is_open = is_approved and (row.indicator_id, row.group) not in hidden
    return rows


def keep_back_linked(rows: list[Any], place: Any) -> list[Any]:
    """Tell each pair of linked answers whether it is shown beside its two surveys. One query."""
    waves: dict[int, dict] = {}
    whole = Observation.objects.visible_to(place).whole()
    for one in whole.order_by("revision"):
        waves.setdefault(one.indicator_id, {})[one.group] = one
    for row in rows:
        near = waves.get(row.indicator_id, {}).values()
        approved = row.state == Observation.State.APPROVED
        row.is_open = approved and gate.shows_linked(row, near, place.organisation)
    return rows


def _linked(name: str):
    return lambda row: getattr(row, name) if row.is_open else WITHHELD["few"]


def keep_back_outcomes(rows: list[Any], place: Any) -> list[Any]:
    """Tell each outcome whether all values that its sentences may be made from are shown. One query."""
    approved = Observation.objects.visible_to(place).approved().exclude(withheld="")
    plain = approved.filter(unit__isnull=True, predecessor__isnull=True, breakdown="")
    hidden = set(plain.values_list("indicator", "department"))
    for row in rows:
        row.is_open = (row.expectation.indicator_id, row.expectation.department_id) not in hidden
    return rows


def _effect(row: Any) -> list[Part | None]:
    effect = row.expectation
    return [activity_title(effect.activity), indicator_name(effect.indicator)]


def _changes(row: Any) -> str:
    return "; ".join(
        f"{one.get('field', '')}: {one.get('before', '')} → {one.get('after', '')}" for one in row.changes
    )


def _totals(row: Any) -> list[str]:
    rows = sorted(row.stated_totals.all(), key=lambda one: (one.department is None, str(one.department)))
    return [f"{one.department or 'alla'}: {one.employees}" for one in rows]


SPAN_KINDS = (
    Kind(
        "guideline", "Riktlinje", SPANS, (Guideline, GuidelineBase, GuidelineFactor), route="organisation",
        is_shared=True, dated="valid_from",
        rows=lambda place: Guideline.objects.visible_to(place).prefetch_related("bases", "factors")
        .order_by("valid_from"), title=("title", "valid_from"),
        columns=(
            column("title", "Namn"), column("valid_from", "Gäller från"),
            column("usual_adjustment", "Vanlig justering som mest"),
            column("largest_adjustment", "Största justering"),
            column("bases", "Grundtal", lambda row: [str(one) for one in row.bases.all()], "\n"),
            column("factors", "Faktorer", lambda row: [
                f"{one.name}: större grupp om {one.allows_larger}; mindre grupp om {one.requires_smaller}"
                for one in row.factors.all()], "\n"),
        ),
    ),
    Kind(
        "assessment", "Bedömningar av chefsområden", SPANS, (Assessment, FactorMark),
        route="unit__department__organisation", is_shared=True, dated="assessed_on",
        rows=lambda place: Assessment.objects.visible_to(place).select_related("unit", "guideline")
        .prefetch_related("marks__factor").order_by("unit__code", "assessed_on", "pk"),
        title=("assessed_on", "unit"),
        columns=(
            column("unit", "Chefsområde", lambda row: f"{row.unit.code} {row.unit.name}"),
            column("assessed_on", "Bedömt"), column("adjustment", "Justering"), column("motivation", "Motivering"),
            column("guideline", "Riktlinje", lambda row: str(row.guideline or "")),
            column("marks", "Faktorer", lambda row: [
                f"{one.factor.name}: {one.get_mark_display()}" for one in row.marks.all()], "; "),
        ),
    ),
    Kind(
        "headcount_report", "Personalrapporter", SPANS, (HeadcountReport, StatedTotal), route="organisation",
        is_shared=True, dated="as_of",
        rows=lambda place: HeadcountReport.objects.visible_to(place)
        .prefetch_related("stated_totals__department").order_by("as_of"), title=("as_of",),
        columns=(
            column("as_of", "Per"), column("basis", "Underlag"), column("is_example", "Exempeldata"),
            column("totals", "Angivna summor", _totals, "; "),
        ),
    ),
    Kind(
        "headcount", "Personalsiffror", SPANS, (Headcount,), route="report__organisation", is_shared=True,
        dated="report__as_of", is_table=True,
        rows=lambda place: Headcount.objects.visible_to(place).select_related("report", "unit__department")
        .order_by("report__as_of", "unit__code", "pk").defer("mean_age"), title=("as_of", "unit"),
        columns=(
            column("as_of", "Per", lambda row: row.report.as_of),
            column("department", "Avdelning", lambda row: str(row.unit.department)),
            column("unit", "Chefsområde", lambda row: f"{row.unit.code} {row.unit.name}"),
            column("employees", "Medarbetare"), column("managers", "Chefer"), column("fte", "Årsarbetare"),
        ),
    ),
)  # fmt: skip

MEASURE_KINDS = (
    Kind(
        "indicator", "Mått", MEASURES, (Indicator,),
        rows=lambda place: Indicator.objects.visible_to(place).select_related("index"), title=("name",),
        columns=(
            column("name", "Namn"), column("group", "Läses tillsammans med"), column("question", "Fråga"),
            column("population", "Population"), column("positive", "Räknas som positivt"), column("kind", "Slag"),
            column("subject", "Ämne"), column("direction", "Riktning"), column("unit", "Enhet"),
            column("definition", "Så räknas det"), column("source", "Källa"),
            column("index", "Påstående i", lambda row: indicator_name(row.index)), column("item", "Påstående"),
            column("computed", "Räknas fram"), column("promised", "Utlovat till nämnden"),
            column("period_kind", "Period"), column("baseline_on", "Utgångsläget slutar"),
            column("baseline", "Utgångsläge", lambda row: _told(row, row.baseline)),
            column("smallest", "Minsta förändring som betyder något", lambda row: row.smallest),
            column("better_every_year", "Bättre varje år"),
            column("target", "Målvärde", lambda row: _told(row, row.target)),
            column("target_on", "Målvärdets dag"),
        ),
    ),
    Kind(
        "observation", "Mätvärden", MEASURES, (Observation,), route="indicator__program", is_table=True,
        rows=observations, prepare=keep_back, title=("indicator", "last_day"),
        columns=(
            column("indicator", "Mått", lambda row: indicator_name(row.indicator)),
            column("group", "Grupp", group), column("first_day", "Från"), column("last_day", "Till"),
            column("value", "Värde", _figure(_value)), column("positive", "Positiva", _figure(lambda r: r.positive)),
            column("answered", "Svarade", _figure(lambda r: r.answered)),
            column("invited", "Tillfrågade", _figure(lambda r: r.invited)),
            column("shown", "Visning", _shown), column("revision", "Version"),
            column("reason", "Skäl till ny version", _figure(lambda r: r.revision_reason)),
            column("marks", "Anmärkning", lambda row: [
                word for word, is_so in (("ungefärligt", row.is_approximate), ("preliminärt", row.is_preliminary),
                                         ("exempeldata", row.is_example)) if is_so]),
        ),
    ),
    Kind(
        "linked", "Kopplade svar", MEASURES, (LinkedAnswers,), route="indicator__program", is_table=True,
        rows=lambda place: LinkedAnswers.objects.visible_to(place).select_related("indicator")
        .order_by("indicator__order", "indicator", "later", "pk"), prepare=keep_back_linked,
        title=("indicator", "later"),
        columns=(
            column("indicator", "Mått", lambda row: indicator_name(row.indicator)),
            column("earlier", "Första mätningen"), column("later", "Andra mätningen"),
            column("both", "Positiva båda gångerna", _linked("both")),
            column("gained", "Blev positiva", _linked("gained")),
            column("lost", "Slutade vara positiva", _linked("lost")),
            column("neither", "Positiva ingen gång", _linked("neither")),
        ),
    ),
    Kind(
        "expectation", "Förväntade effekter", MEASURES, (Expectation,), route="activity__program",
        within=(("activity", "activity"),),
        rows=lambda place: Expectation.objects.visible_to(place)
        .select_related("activity", "indicator", "department"), title=("activity", "indicator"),
        columns=(
            column("activity", "Aktivitet", lambda row: activity_title(row.activity)),
            column("indicator", "Mått", lambda row: indicator_name(row.indicator)),
            column("department", "Avdelning", lambda row: str(row.department or "")),
            column("direction", "Ska röra sig"), column("size", "Hur mycket", lambda row: row.how_much),
            column("visible_on", "Syns tidigast", lambda row: row.visible_text),
            column("wrong_if", "Det som skulle visa att vi hade fel"),
        ),
    ),
    Kind(
        "amendment", "Ändringar av förväntade effekter", MEASURES, (Amendment,),
        route="expectation__activity__program", within=EFFECT,
        rows=lambda place: Amendment.objects.visible_to(place)
        .select_related("expectation__activity", "expectation__indicator").order_by("on", "pk"),
        title=("on", "effect"),
        columns=(
            column("effect", "Förväntad effekt", _effect, ": "), column("on", "Ändrad"), column("reason", "Skäl"),
            column("changes", "Ändringar", _changes),
        ),
    ),
    Kind(
        "outcome", "Utfall av förväntade effekter", MEASURES, (Outcome,), route="expectation__activity__program",
        within=EFFECT,
        rows=lambda place: Outcome.objects.visible_to(place)
        .select_related("expectation__activity", "expectation__indicator").order_by("on", "pk"),
        prepare=keep_back_outcomes, title=("on", "effect"),
        columns=(
            column("effect", "Förväntad effekt", _effect, ": "), column("on", "Per"),
            column("words", "Bedömning", lambda row: row.words if row.is_open else WITHHELD["few"]),
            column("contribution", "Hur aktiviteten kan ha bidragit"), column("others", "Annat som kan förklara"),
        ),
    ),
)  # fmt: skip
KINDS = (*SPAN_KINDS, *MEASURE_KINDS)
