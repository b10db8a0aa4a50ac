"""Writes across models: a version of the guideline with its rows, an assessment with its marks."""

from django.db import transaction

from metrics.access import can_change_version
from metrics.models import Assessment, FactorMark, Guideline, GuidelineBase, GuidelineFactor
from organisation.access import require
from organisation.models import Unit
from ui.revision import Stale


@transaction.atomic
def save_version(*, form, bases, factors, today) -> Guideline:
    """Save a version with its base numbers and factors in their order. Raises Stale when somebody saved in between.

    `bases` and `factors` are rows of field values. Nothing points at the rows of a version that may change, so they
    are laid anew.
    """
    if form.instance.pk:
        held = Guideline.objects.select_for_update().with_uses().get(pk=form.instance.pk)
        require(can_change_version(held, today))
        if form.is_outdated(held):
            raise Stale
    guideline = form.save()
    guideline.bases.all().delete()
    guideline.factors.all().delete()
    GuidelineBase.objects.bulk_create(
        GuidelineBase(guideline=guideline, order=order, **row) for order, row in enumerate(bases)
    )
    GuidelineFactor.objects.bulk_create(
        GuidelineFactor(guideline=guideline, order=order, **row) for order, row in enumerate(factors)
    )
    return guideline


@transaction.atomic
def remove_version(*, guideline: Guideline, today) -> None:
    """A version that nothing has used and that does not hold yet goes, with its rows."""
    held = Guideline.objects.select_for_update().with_uses().get(pk=guideline.pk)
    require(can_change_version(held, today))
    held.delete()


@transaction.atomic
def assess_unit(*, assessment: Assessment, marks: dict[int, str], seen: int | None) -> Assessment:
    """Lay an assessment on top of the earlier ones, with a mark for each factor (by its key).

    `seen` is the latest assessment (its key, 0 for none) that the person had before them. Raises Stale when there is
    a newer one, unless it is this very assessment, sent twice.
    """
    Unit.objects.select_for_update().get(pk=assessment.unit_id)
    latest = Assessment.objects.filter(unit=assessment.unit_id).order_by("-assessed_on", "-pk").first()
    if seen is not None and (latest.pk if latest else 0) != seen:
        if _says_the_same(latest, assessment, marks):
            return latest
        raise Stale
    assessment.save()
    FactorMark.objects.bulk_create(
        FactorMark(assessment=assessment, factor_id=pk, mark=mark) for pk, mark in marks.items()
    )
    return assessment


def _says_the_same(latest: Assessment | None, assessment: Assessment, marks: dict[int, str]) -> bool:
    if latest is None:
        return False
    names = ("guideline_id", "assessed_on", "adjustment", "motivation", "by_id")
    return all(getattr(latest, name) == getattr(assessment, name) for name in names) and marks == dict(
        latest.marks.values_list("factor", "mark")
    )
