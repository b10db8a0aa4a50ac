"""What is kept for the work alone and is never handed out: files on their way in, drafts, letters that were sent.

These, and the files of handouts, are what may be thinned.
"""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from metrics.models import HeadcountFile, ObservationFile
from organisation.models import Draft
from program.models import ChangeSet, PlanFile
from reports.models import ChecklistSent, DigestSent, Handout
from reports.openness.kinds import Kind
from reports.openness.of_reports import empty_files

WORKING = "Arbetsmaterial som inte lämnas ut"
ABANDONED = dt.timedelta(days=30)  # a file that waits longer than this is waited for by nobody


def _remove(rows: QuerySet) -> int:
    """How many of the rows themselves are gone."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def _settled(rows: QuerySet) -> QuerySet:
    """Files that are written or abandoned."""
    return rows.filter(Q(applied_at__isnull=False) | Q(at__lt=timezone.now() - ABANDONED))


def _old(rows: QuerySet, name: str) -> QuerySet:
    return rows.filter(**{f"{name}__lt": timezone.now() - ABANDONED})


def _in(model: Any, lookup: str):
    return lambda organisation: model.objects.filter(**{lookup: organisation})


KINDS = (
    Kind(
        "plan_file", "Inlästa planfiler", WORKING, (PlanFile,), route="program", dated="at", thin=_remove,
        thinnable=lambda organisation: _settled(_in(PlanFile, "program__organisation")(organisation)),
    ),
    Kind(
        "observation_file", "Inlästa filer med mätvärden", WORKING, (ObservationFile,), route="program", dated="at",
        thin=_remove,
        thinnable=lambda organisation: _settled(_in(ObservationFile, "program__organisation")(organisation)),
    ),
    Kind(
        "headcount_file", "Inlästa personalfiler", WORKING, (HeadcountFile,), route="organisation", is_shared=True,
        dated="at", thin=_remove,
        thinnable=lambda organisation: _settled(_in(HeadcountFile, "organisation")(organisation)),
    ),
    Kind(
        "change_set", "Underlag för att ångra ändringar av flera aktiviteter", WORKING, (ChangeSet,),
        route="program", dated="at", thin=_remove,
        thinnable=lambda organisation: _old(_in(ChangeSet, "program__organisation")(organisation), "at"),
    ),
    Kind(
        "draft", "Utkast som inte har sparats", WORKING, (Draft,), route="organisation", is_shared=True,
        dated="saved_at", thin=_remove,
        thinnable=lambda organisation: _old(_in(Draft, "organisation")(organisation), "saved_at"),
    ),
    Kind(
        "reminder", "Uppgift om skickade påminnelser", WORKING, (DigestSent,), route="membership__organisation",
        is_shared=True, dated="sent_at", thin=_remove,
        thinnable=lambda organisation: _old(_in(DigestSent, "membership__organisation")(organisation), "sent_at"),
    ),
    Kind(
        "checklist", "Uppgift om skickade påminnelser inför en rapport", WORKING, (ChecklistSent,),
        route="report__program", dated="sent_at", thin=_remove,
        thinnable=lambda organisation: _old(
            _in(ChecklistSent, "report__program__organisation")(organisation), "sent_at"),
    ),
    Kind(
        "handout_file", "Filer som har lämnats ut", WORKING, (Handout,), route="program", dated="handed_out_at",
        thin=empty_files,
        thinnable=lambda organisation: _old(
            _in(Handout, "program__organisation")(organisation).filter(file__isnull=False), "handed_out_at"),
    ),
)  # fmt: skip
