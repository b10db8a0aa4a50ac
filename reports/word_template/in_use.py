"""The organisation's Word template: which one is in use, whether it still works, and its changes."""

import hashlib
import logging

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from organisation.models import Organisation, User
from reports import content as c
from reports.facts import compose
from reports.models import Report, WordTemplate, may_see_unfrozen
from reports.render import docx
from reports.render.word.check import Findings, Problem, check
from reports.render.word.package import built_in
from reports.render.word.sample import sample
from reports.word_template.wording import told
from ui.audit import Change, changes
from ui.revision import Stale

logger = logging.getLogger(__name__)


def in_use(organisation: Organisation) -> WordTemplate | None:
    """The template that the organisation's reports are written into; None is the built-in one. One query."""
    return WordTemplate.objects.filter(organisation=organisation, is_active=True).first()


def usable(organisation: Organisation) -> tuple[bytes | None, str]:
    """The file in use, and why it cannot be used: then there is no file, and whoever asks must say so."""
    template = in_use(organisation)
    if template is None:
        return None, ""
    findings = check(bytes(template.content))
    if not findings.problems:
        return bytes(template.content), ""
    why = {"name": template.name, "why": " ".join(map(told, findings.problems))}
    return None, _(
        "The Word template %(name)s cannot be used, so the Word file is made with the built-in one. %(why)s"
    ) % why


def findings_of(data: bytes) -> Findings:
    """What is to be said of a file, whether a report can really be written into it included."""
    findings = check(data)
    if findings.problems:
        return findings
    try:
        docx.render(sample("Organisationen", "Kommunen", "Nämnden"), template=data)
    except Exception:  # whatever a file does that Word itself would have objected to
        logger.exception("A Word template passed the check, and no report could be written into it")
        return Findings((Problem("broken", "word/document.xml"),))
    return findings


def add_template(*, organisation: Organisation, name: str, content: bytes, by: User) -> WordTemplate:
    """Keep a checked file; it is not in use yet."""
    return WordTemplate.objects.create(
        organisation=organisation,
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
    )


@transaction.atomic
def put_in_use(*, organisation: Organisation, template: WordTemplate | None, seen: int) -> None:
    """Use a template from now on, or the built-in one (None). `seen` is the key of the one in use when the page
    was shown, 0 for the built-in; raises Stale when it is another by now."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    now = in_use(organisation)
    wanted = (
        WordTemplate.objects.filter(organisation=organisation, pk=template.pk).first() if template else None
    )
    if seen != (now.pk if now else 0) or (template and wanted is None):
        raise Stale
    for row, is_active in ((now, False), (wanted, True)) if now != wanted else ():
        if row is not None:  # saved one by one, so that the trail tells who put which in use
            row.is_active = is_active
            row.save(update_fields=["is_active"])


def history_of(organisation: Organisation) -> list[Change]:
    """Who brought in, put in use and took away which template, the latest first, those that are gone included.
    One query besides content types."""
    kind = ContentType.objects.get_for_model(WordTemplate)
    return changes(Q(content_type=kind, additional_data__organisation=organisation.pk), 50)


@transaction.atomic
def remove(*, template: WordTemplate) -> None:
    """Take a template away; one that is in use stays, and Stale is raised. Frozen files keep their looks."""
    Organisation.objects.select_for_update().get(pk=template.organisation_id)
    if not WordTemplate.objects.filter(pk=template.pk, is_active=False).delete()[0]:
        raise Stale


def latest_content(place) -> tuple[c.Content, str]:
    """What a template is tried with: the programme's latest report that this reader may see, and its period; else
    the example report, and nothing."""
    report = Report.objects.visible_to(place).prefetch_related("releases").first()
    if report is None:
        home = place.organisation
        return sample(home.name, home.parent_name, home.committee), ""
    release = report.latest
    if release and (report.stage == "frozen" or not may_see_unfrozen(place)):
        return c.from_json(release.content), report.period
    report.program = place.program
    return compose(report), report.period


def starting_point() -> bytes:
    """The built-in template as a file: styles, header, footer and placeholders to change as one likes."""
    return built_in().written()
