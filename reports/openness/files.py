"""Files that go with records: their bytes, their neutral names, and what can be read in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from program.models import Attachment
from reports.models import ReleaseFile
from reports.openness import reading
from ui import media

# What a file is called when it leaves: nothing of its own name but what kind of file it is.
KNOWN = {
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "txt", "csv", "html", "json", "xml",
    "rtf", "png", "jpg", "jpeg", "gif", "svg", "msg", "eml", "zip",
}  # fmt: skip


@dataclass(frozen=True)
class Enclosed:
    """A file with its bytes: `member` is its name in the package; `text` what can be read in it,
    and whether that is all of it."""

    key: str
    member: str
    name: str
    media: str
    data: bytes
    text: str
    is_searched: bool


def enclosed(place, keys: Iterable[str]) -> list[Enclosed]:
    """The files with these keys, of the place's programme. Two queries."""
    wanted = _by_owner(keys)
    attachments = Attachment.objects.visible_to(place).filter(pk__in=wanted["attachment"]).defer(None)
    frozen = ReleaseFile.objects.filter(
        release__report__program=place.program, pk__in=wanted["release-file"]
    ).select_related("release__report")
    return [_attachment(row) for row in attachments.order_by("pk")] + [
        _frozen(row) for row in frozen.order_by("release__report__cut_off", "release_id", "form", "part")
    ]


def _by_owner(keys: Iterable[str]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {"attachment": [], "release-file": []}
    for key in keys:
        owner, _colon, pk = key.partition(":")
        if pk.isdecimal():
            found[owner].append(int(pk))
    return found


def ending(name: str) -> str:
    """A known ending with its dot, or nothing."""
    found = name.rpartition(".")[2].lower()
    return f".{found}" if found in KNOWN and "." in name else ""


def _attachment(row: Attachment) -> Enclosed:
    data = bytes(row.content)
    member = f"bilagor/bilaga-{row.pk}{ending(row.name)}"
    return Enclosed(
        f"attachment:{row.pk}",
        member,
        row.name,
        row.content_type,
        data,
        *reading.read(ending(row.name), data),
    )


def _frozen(row: ReleaseFile) -> Enclosed:
    release = row.release
    member = f"rapporter/{release.report.period}/version-{release.version}/{row.part}.{row.form}"
    key = f"release-file:{row.pk}"
    return Enclosed(
        key,
        member,
        member,
        media.TYPES[row.form],
        bytes(row.data),
        *reading.read(".json", release.content.encode()),
    )
