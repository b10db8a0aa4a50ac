"""A report's frozen versions with the files that were stored with each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reports.models import Release, ReleaseFile, Report

FORMS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": _("Web page"), "json": "JSON"}
PARTS = {"all": _("whole"), "letter": _("letter"), "report": _("appendix")}


@dataclass(frozen=True)
class File:
    """One stored file: how it is fetched, what it is called and its SHA-256."""

    form: str
    part: str
    checksum: str

    @property
    def name(self) -> str:
        return f"{FORMS[self.form]}" if self.part == "all" else f"{FORMS[self.form]}, {PARTS[self.part]}"


@dataclass(frozen=True)
class Version:
    """A release with its files, the content itself (JSON) last."""

    release: Release
    files: tuple[File, ...]


def versions(report: Report) -> list[Version]:
    """The newest first. Two queries, whatever there is."""
    releases = report.releases.select_related("by").defer("content").order_by("-version")
    files: dict[int, list[File]] = {}
    stored = ReleaseFile.objects.filter(release__report=report)
    for release, form, part, checksum in stored.values_list("release_id", "form", "part", "checksum"):
        files.setdefault(release, []).append(File(form, part, checksum))
    return [Version(row, _in_order(files.get(row.pk, []), row)) for row in releases]


def _in_order(files: Iterable[File], release: Release) -> tuple[File, ...]:
    order, parts = list(FORMS), list(PARTS)
    known = [file for file in files if file.form in FORMS and file.part in PARTS]
    known.sort(key=lambda file: (order.index(file.form), parts.index(file.part)))
    return (*known, File("json", "all", release.checksum))
