"""A report's way from draft over approval to frozen."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics import gate
from organisation.models import User
from reports import content as c
from reports.facts import compose, places_of
from reports.models import Release, ReleaseFile, Report, Section
from reports.render import docx, html, pdf
from reports.word_template import in_use as word_templates
from ui import formats
from ui.revision import claim

LETTER_PAGES = 2


def _xlsx(content: c.Content, part: str = "all", **options) -> bytes:
    """Excel; imported when it is wanted: its library takes 20 MiB, which a command for another form need not hold."""
    from reports.render import xlsx

    return xlsx.render(content, part, **options)


FORMS = {"pdf": pdf.render, "docx": docx.render, "html": html.render, "xlsx": _xlsx}
PARTS = {"pdf": pdf.PARTS, "docx": pdf.PARTS, "html": ("all",), "xlsx": ("all",)}


class NotReady(Exception):
    """The report cannot take this step; the message says why and is fit to show."""


class NoSuchFile(Exception):
    """The report has no file of that form and part: an older version, or a report without a letter."""


def checksum(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def content_checksum(content: c.Content) -> str:
    """SHA-256 of the content's JSON."""
    return checksum(c.to_json(content).encode())


@transaction.atomic
def create_report(*, report: Report, texts: Mapping[str, str] | None = None) -> Report:
    """A report with all its sections, empty or with the texts given by key."""
    report.save()
    add_sections(report, texts or {})
    return report


def add_sections(report: Report, texts: Mapping[str, str]) -> None:
    """The sections that the report is to have and has not got yet, empty or with the texts given by key."""
    known = set(report.sections.values_list("key", flat=True))
    wanted = [place.key for place in places_of(report) if place.key not in known]
    Section.objects.bulk_create([Section(report=report, key=key, text=texts.get(key, "")) for key in wanted])


@transaction.atomic
def change_report(*, form) -> Report:
    """Save a report's frame or its case numbers; raises Stale when somebody else saved."""
    claim(form.instance, form.cleaned_data["revision"])
    return form.save()


@transaction.atomic
def write_section(*, section: Section, text: str, revision: int | None) -> Section:
    """Save a section's text; raises Stale when somebody else saved, NotReady when the report is approved."""
    report = Report.objects.select_for_update().get(pk=section.report_id)
    if report.approved_at:
        raise NotReady(_("The report is approved. Take the approval back to change its texts."))
    claim(section, revision)
    section.text = text
    section.save()
    return section


def is_written(section: c.Section) -> bool:
    """Whether the section says something that somebody wrote: a text, a fixed text, or points to decide."""
    has_points = section.key == "proposal" and any(isinstance(row, c.Numbered) for row in section.blocks)
    return has_points or bool(section.narrative.strip() or section.fixed.strip())


def unfinished(content: c.Content) -> str:
    """Which sections of the letter say nothing yet, in words; empty when all do."""
    empty = [row.heading for row in content.letter.sections if not is_written(row)]
    return (
        _("The letter is not finished: %(headings)s.") % {"headings": formats.listed(empty)} if empty else ""
    )


@transaction.atomic
def approve_report(
    *, report: Report, by: User, revision: int, shown: str = "", at: dt.datetime | None = None
) -> Report:
    """The director's approval of exactly what is composed now.

    `shown` is the checksum of what the director had before the eyes; `at` dates an import back.
    """
    claim(report, revision)
    content = compose(report)
    if shown and shown != content_checksum(content):
        raise NotReady(_("The report has changed since you opened it. Read it again, and then approve it."))
    if reason := unfinished(content):
        raise NotReady(reason)
    pages = pdf.letter_pages(content) if content.letter.sections else 0
    if pages > LETTER_PAGES:
        raise NotReady(
            _("The letter takes %(pages)s pages; two is the most. Shorten its texts.") % {"pages": pages}
        )
    report.approved_at, report.approved_by = at or timezone.now(), by
    report.approved_checksum = content_checksum(content)
    report.save()
    return report


@transaction.atomic
def reopen_report(*, report: Report, revision: int) -> Report:
    """Take the approval back; what is frozen stays frozen."""
    claim(report, revision)
    report.approved_at = report.approved_by = None
    report.approved_checksum = ""
    report.save()
    return report


@transaction.atomic
def freeze_report(
    *, report: Report, by: User, revision: int, corrects: str = "", at: dt.datetime | None = None
) -> Release:
    """Store content and files for good, exactly as approved; a later version says what it corrects.

    The figures that it shows are out from now on, and the gate reckons with them.
    """
    claim(report, revision)
    if not report.approved_at:
        raise NotReady(_("The director approves the report before it is frozen."))
    content = compose(report)
    text = c.to_json(content)
    if checksum(text.encode()) != report.approved_checksum:
        raise NotReady(_("Data behind the report has changed since it was approved. Ask for a new approval."))
    latest = report.releases.order_by("-version").first()
    version = latest.version + 1 if latest else 1
    if version > 1 and not corrects.strip():
        raise NotReady(_("Say what the new version corrects."))
    release = Release.objects.create(
        report=report,
        version=version,
        schema=content.schema,
        content=text,
        checksum=checksum(text.encode()),
        by=by,
        at=at or timezone.now(),
        corrects=corrects.strip() if version > 1 else "",
    )
    ReleaseFile.objects.bulk_create(
        [
            ReleaseFile(release=release, form=form, part=part, data=data, checksum=checksum(data))
            for form, part, data in rendered(content, edition_of(release), _looks(report))
        ]
    )
    gate.mark_published(report, report.cut_off)
    return release


def offered(content: c.Content) -> list[tuple[str, str]]:
    """The forms and parts that a composition comes in; only one with a letter comes in parts."""
    return [
        (form, part) for form in FORMS for part in PARTS[form] if part == "all" or content.letter.sections
    ]


def stored(release: Release) -> list[tuple[str, str]]:
    """The forms and parts that were stored when it was frozen. One query."""
    return list(release.files.values_list("form", "part"))


def edition_of(release: Release) -> c.Edition:
    """Which version a release's files are, in the document's words."""
    day = timezone.localtime(release.at).date()
    return c.Edition(release.version, formats.day(day, "sv"), release.corrects)


def _looks(report: Report) -> dict[str, dict[str, bytes | None]]:
    """What a form is made with beside the content: Word the organisation's own template, when one is in use.

    A template that no longer works gives way to the built-in one; `usable` has the words for it.
    """
    return {"docx": {"template": word_templates.usable(report.program.organisation)[0]}}


def rendered(content: c.Content, edition: c.Edition, looks: Mapping[str, Mapping[str, bytes | None]]):
    """Every file of a release: (form, part, bytes)."""
    for form, part in offered(content):
        yield form, part, FORMS[form](content, part, edition=edition, **looks.get(form, {}))


def export(
    report: Report, form: str, part: str = "all", *, draft: bool = False, version: int | None = None
) -> bytes:
    """A frozen report's stored file, of the latest version or the one asked for; the composition as it stands
    when `draft` or when nothing is frozen. Raises NoSuchFile for one that it does not come in.

    JSON is the content itself.
    """
    releases = report.releases.order_by("-version")
    release = releases.filter(version=version).first() if version else releases.first()
    if release is None or draft:
        content = compose(report)
        if form == "json":
            return c.to_json(content).encode()
        if (form, part) not in offered(content):
            raise NoSuchFile
        looks = _looks(report) if form == "docx" else {}
        return FORMS[form](content, part, draft=True, **looks.get(form, {}))
    if form == "json":
        return release.content.encode()
    found = release.files.filter(form=form, part=part).first()
    if found is None:
        raise NoSuchFile
    return bytes(found.data)
