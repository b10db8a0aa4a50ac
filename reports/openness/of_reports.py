"""What was told and decided: reports, their texts and frozen versions, the committee's handling, handouts."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Length

from reports.models import (
    DecisionPoint,
    Handout,
    Hearing,
    Instruction,
    Release,
    ReleaseFile,
    Report,
    Ruling,
    Section,
)
from reports.openness.kinds import Kind, activity_title, column, document_title
from reports.openness.records import File, Part, repeated
from reports.outline import LETTER, SECTIONS
from ui import media

REPORTS, HANDOUTS = "Rapporter och ärendets behandling", "Utlämnanden"
FILES = Prefetch("files", ReleaseFile.objects.defer("data").annotate(size=Length("data")))


def _files(release: Any) -> Iterable[File]:
    period = release.report.period
    for one in release.files.all():
        name = f"{period}-v{release.version}-{one.part}.{one.form}"
        yield File(f"release-file:{one.pk}", name, media.TYPES[one.form], one.size, one.checksum)


def _heading(section: Any) -> str:
    """Our heading of the section, whatever the organisation calls it."""
    return (LETTER | SECTIONS[section.report.kind]).get(section.key, section.key)


def _point(point: Any) -> Part:
    return repeated("point", point.pk, "text", point.text)


def _hearing(hearing: Any) -> str:
    return f"{hearing.report.period}, {hearing.forum} {hearing.held_on} {hearing.paragraph}".strip()


def empty_files(rows: QuerySet) -> int:
    """Take handed-out files away; what was handed out, when, and its checksum stay."""
    return rows.update(file=None)


KINDS = (
    Kind(
        "report", "Rapporter", REPORTS, (Report,),
        rows=lambda place: Report.objects.visible_to(place).order_by("cut_off", "pk"), title=("kind", "period"),
        columns=(
            column("kind", "Slag"), column("period", "Period"), column("cut_off", "Uppgifter till och med"),
            column("texts_due_on", "Texterna klara"), column("meets_on", "Nämndens sammanträde"),
            column("case_numbers", "Diarienummer", lambda row: row.case_numbers),
            column("approved_at", "Godkänd"),
        ),
    ),
    Kind(
        "section", "Rapporternas texter", REPORTS, (Section,), route="report__program",
        rows=lambda place: Section.objects.visible_to(place).select_related("report")
        .order_by("report__cut_off", "report", "pk"), title=("report", "key"),
        columns=(
            column("report", "Rapport", lambda row: row.report.period), column("key", "Avsnitt", _heading),
            column("text", "Text"),
        ),
    ),
    Kind(
        "release", "Fastställda versioner", REPORTS, (Release, ReleaseFile), route="report__program",
        rows=lambda place: Release.objects.visible_to(place).select_related("report")
        .prefetch_related(FILES).order_by("report__cut_off", "report", "version"),
        title=("report", "version"), files=_files,
        columns=(
            column("report", "Rapport", lambda row: row.report.period), column("version", "Version"),
            column("at", "Fastställd"), column("corrects", "Rättar"),
            column("checksum", "SHA-256 för innehållet"),
            column("files", "Filer", lambda row: [f"{one.part}.{one.form}" for one in row.files.all()]),
        ),
    ),
    Kind(
        "point", "Beslutssatser", REPORTS, (DecisionPoint,), route="report__program",
        rows=lambda place: DecisionPoint.objects.visible_to(place).select_related("report")
        .order_by("report__cut_off", "report", "order", "pk"), title=("report", "number"),
        columns=(
            column("report", "Rapport", lambda row: row.report.period),
            column("number", "Ordning", lambda row: row.order), column("text", "Beslutssats"),
        ),
    ),
    Kind(
        "hearing", "Ärendets behandling", REPORTS, (Hearing,), route="report__program",
        rows=lambda place: Hearing.objects.visible_to(place)
        .select_related("report", "forum", "presenter", "minutes").prefetch_related("documents")
        .order_by("held_on", "pk"), title=("forum", "held_on", "paragraph"),
        columns=(
            column("report", "Rapport", lambda row: row.report.period),
            column("forum", "Forum", lambda row: str(row.forum)), column("held_on", "Datum"),
            column("paragraph", "Paragraf"), column("case_number", "Diarienummer"),
            column("presenter", "Föredragande", lambda row: str(row.presenter or "")),
            column("proposal", "Förslag"), column("summary", "Sammanfattning"), column("assessment", "Bedömning"),
            column("handling", "Det som hände på mötet"), column("motion", "Yrkande"), column("outcome", "Utfall"),
            column("minutes", "Protokollsutdrag", lambda row: document_title(row.minutes)),
            column("documents", "Beslutsunderlag", lambda row: [document_title(one) for one in row.documents.all()], "; "),
        ),
    ),
    Kind(
        "ruling", "Utfall för beslutssatser", REPORTS, (Ruling,), route="hearing__report__program",
        rows=lambda place: Ruling.objects.visible_to(place)
        .select_related("hearing__report", "hearing__forum", "point")
        .order_by("hearing__held_on", "hearing", "point__order", "pk"), title=("hearing",),
        columns=(
            column("hearing", "Behandling", lambda row: _hearing(row.hearing)),
            column("point", "Beslutssats", lambda row: _point(row.point)), column("outcome", "Utfall"),
            column("words", "Med egna ord"),
        ),
    ),
    Kind(
        "instruction", "Nämndens uppdrag", REPORTS, (Instruction,), route="hearing__report__program",
        rows=lambda place: Instruction.objects.visible_to(place)
        .select_related("hearing__report", "hearing__forum", "activity", "step")
        .order_by("hearing__held_on", "hearing", "order", "pk"), title=("hearing",),
        columns=(
            column("hearing", "Behandling", lambda row: _hearing(row.hearing)),
            column("text", "Det som begärs"), column("due_on", "Senast"),
            column("activity", "Aktivitet", lambda row: activity_title(row.activity)),
            column("step", "Arbetsgång", lambda row: row.step and repeated("process", row.step.pk, "text", row.step.text)),
            column("answered_on", "Besvarat"), column("answer", "Svar"),
        ),
    ),
    Kind(
        "handout", "Utlämnanden", HANDOUTS, (Handout,), is_default=False, dated="handed_out_at",
        rows=lambda place: Handout.objects.visible_to(place).defer("file").order_by("requested_on", "pk"),
        title=("requested_on", "case_number"),
        columns=(
            column("requested_on", "Begärt"), column("case_number", "Diarienummer"),
            column("request", "Det som begärdes"), column("handed_out_at", "Utlämnat"),
            column("checksum", "SHA-256 för filen"),
        ),
    ),
)  # fmt: skip
