"""The programme as a folder for a records archive: frozen files, tables, attachments, an index and a manifest.

It is for the records archive alone, never to be handed out or published as it is: it holds all that the programme has,
words from dialogues that are not published among them, and who changed what. Whoever runs the server makes it, on the
archivist's word; no page does. Somebody who asks for records gets a handout, looked through and masked.

Words that are kept from publication and figures that the gate holds back are not in it. The same data gives the same
bytes: nothing in the folder says when it was made, but a delivery's own day.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from dialogues.models import Correction, Statement
from program.models import Attachment, Program
from reports.models import Handout, Release, ReleaseFile
from reports.openness import files, masking, mets, register, retention, tables
from reports.openness.records import address
from ui import media

PDF_A = "PDF/A-2a och PDF/UA-1"
KEPT_BACK = "undantaget från publicering"
READ_FIRST = "LAS-MIG-FORST.txt"
HANDLING = (
    "Den här mappen är till för arkivmyndigheten. Lämna inte ut den och publicera den inte som den är. Den innehåller "
    "allt som programmet har: ord från dialoger som inte är publicerade, vem som har ändrat vad, och bilagor i sin "
    "helhet. Ingenting är maskerat utom ord som är undantagna från publicering. Den som vill ta del av något får det "
    "prövat och maskerat genom ett utlämnande i Ledstång, eller av arkivmyndigheten."
)
WORDS = ("text", "label", "heading", "owner_words")


class Refused(Exception):
    """The archive cannot be written; the message says why."""


@dataclass(frozen=True)
class Entry:
    """One file of the archive, as the manifest tells of it; `path` is relative, with slashes, `created` a time as
    ISO 8601, empty for what is written with the archive itself."""

    path: str
    sha256: str
    size: int
    format: str
    what: str
    kind: str
    retention: str
    created: str


@dataclass(frozen=True)
class Member:
    """One file on its way into the folder; `kind` is what its retention rule is kept under."""

    path: str
    data: bytes
    format: str
    what: str
    kind: str
    at: dt.datetime | None = None


@transaction.atomic
def write(program: Program, folder: Path, delivery: mets.Delivery | None = None) -> list[Entry]:
    """The whole archive in a new folder, or nothing at all."""
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise Refused(f"{folder} is there already and is not an empty folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        with translation.override("sv"):
            entries = _fill(made, program, delivery or mets.Delivery())
        os.rename(made, folder)  # readable to whoever made it and nobody else, as a temporary folder is
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return entries


def _fill(folder: Path, program: Program, delivery: mets.Delivery) -> list[Entry]:
    rules = _rules(program)
    entries = [_put(folder, member, rules) for member in members(program)]
    entries = [*(_put(folder, member, rules) for member in _front(program, entries)), *entries]
    (folder / "manifest.json").write_bytes(manifest(program, entries))
    (folder / mets.NAME).write_bytes(mets.manifest(program, entries, delivery))
    return entries


def _front(program: Program, entries: list[Entry]) -> Iterator[Member]:
    """What is read before anything else: how the folder is handled, and what is in it."""
    about = {
        "program": program,
        "organisation": program.organisation,
        "groups": _grouped(entries),
        "handling": HANDLING,
    }
    words = f"{program.organisation}: {program.name}\n\n{HANDLING}\n".encode()
    yield Member(READ_FIRST, words, "text/plain; charset=utf-8", "Hur mappen får hanteras", "")
    index = render_to_string("reports/archive_index.html", about).encode()
    yield Member("index.html", index, "text/html", "Förteckning att läsa", "")


def _put(folder: Path, member: Member, rules: dict[str, str]) -> Entry:
    path = folder / member.path
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refused(f"{member.path} does not lie in the folder.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(member.data)
    told = hashlib.sha256(member.data).hexdigest()
    rule = rules.get(member.kind, rules[""])
    made = timezone.localtime(member.at).isoformat(timespec="seconds") if member.at else ""
    return Entry(member.path, told, len(member.data), member.format, member.what, member.kind, rule, made)


def members(program: Program) -> Iterator[Member]:
    """Every file but index and manifests, one at a time, always in the same order."""
    yield from _reports(program)
    yield from _tables(program)
    yield from _attachments(program)
    yield from _handouts(program)


def _reports(program: Program) -> Iterator[Member]:
    """Frozen versions, byte for byte as they were frozen."""
    releases = Release.objects.filter(report__program=program).select_related("report").defer("content")
    for release in releases.order_by("report__cut_off", "report_id", "version"):
        home = f"rapporter/{release.report.period}/version-{release.version}"
        what = f"{release.report}, version {release.version}, fastställd {release.at:%Y-%m-%d}"
        content = Release.objects.values_list("content", flat=True).get(pk=release.pk)
        yield Member(
            f"{home}/innehall.json", content.encode(), media.TYPES["json"], f"{what}: innehållet", "release",
            release.at,
        )  # fmt: skip
        for pk in release.files.order_by("form", "part").values_list("pk", flat=True):
            one = ReleaseFile.objects.get(pk=pk)
            form = f"{media.TYPES[one.form]} ({PDF_A})" if one.form == "pdf" else media.TYPES[one.form]
            yield Member(
                f"{home}/{one.part}.{one.form}",
                bytes(one.data),
                form,
                f"{what}: {one.part}",
                "release",
                release.at,
            )


def _tables(program: Program) -> Iterator[Member]:
    """Every kind of record as CSV, exactly as the fields stand."""
    place, masks = register.whole(program), _kept_back(program)
    for kind in register.HANDED_OUT_KINDS:
        mine = [mask for mask in masks if _touches(mask, kind.key)]
        records = register.records(kind, place)
        shown = [masking.masked(record, mine)[0] for record in records] if mine else records
        what = f"{kind.label}, {len(records)} poster"
        data = tables.to_csv(kind, shown, exact=True)
        yield Member(f"register/{kind.key}.csv", data, "text/csv; charset=utf-8", what, kind.key)


def _touches(mask: masking.Mask, kind: str) -> bool:
    """Whether records of the kind hold or repeat what the mask covers: statements, and what points at them."""
    return kind in (mask.address.partition(":")[0], "correction", "objection")


def _kept_back(program: Program) -> list[masking.Mask]:
    """Masks over the words that are not to be published, and over what was corrected in them."""
    withheld = Statement.objects.filter(dialogue__program=program, is_withheld=True)
    corrected = Correction.objects.filter(statement__in=withheld)
    where = [address("statement", pk, name) for pk in withheld.values_list("pk", flat=True) for name in WORDS]
    where += [address("correction", pk, name) for pk in corrected.values_list("pk", flat=True)
              for name in ("before", "after", "reason")]  # fmt: skip
    return [masking.Mask(one, "", KEPT_BACK) for one in where]


def _attachments(program: Program) -> Iterator[Member]:
    rows = Attachment.objects.filter(program=program).select_related("activity", "document")
    for row in rows.order_by("pk"):
        owner = row.activity or row.document
        kind = "activity" if row.activity else "document"
        path = f"bilagor/bilaga-{row.pk}{files.ending(row.name)}"
        what = f"Bilaga till {owner}: {row.name}"
        yield Member(path, bytes(row.content), row.content_type, what, kind, row.at)


def _handouts(program: Program) -> Iterator[Member]:
    """What was handed out, where the file is not thinned."""
    handed_out = Handout.objects.filter(program=program, handed_out_at__isnull=False, file__isnull=False)
    for pk in handed_out.order_by("pk").values_list("pk", flat=True):
        row = Handout.objects.get(pk=pk)
        what = f"Utlämnat {row.handed_out_at:%Y-%m-%d}, begärt {row.requested_on}"
        yield Member(
            f"utlamnanden/utlamnande-{pk}.zip", bytes(row.file), "application/zip", what, "handout_file",
            row.handed_out_at,
        )  # fmt: skip


def _rules(program: Program) -> dict[str, str]:
    """The retention rule of each kind in words."""
    rules = retention.rules_of(program.organisation)
    told = {"": "bevaras"}
    for kind in register.KINDS:
        rule = rules.get(kind.key)
        if rule is None or rule.years is None:
            told[kind.key] = f"bevaras ({rule.basis})" if rule and rule.basis else "bevaras"
        else:
            start = "postens egen dag" if kind.dated else "programmets slut"
            told[kind.key] = f"gallras {rule.years} år efter {start} ({rule.basis})"
    return told


def _grouped(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    names = {
        "rapporter": "Fastställda rapporter", "register": "Register", "bilagor": "Bilagor",
        "utlamnanden": "Utlämnanden",
    }  # fmt: skip
    found = defaultdict(list)
    for entry in entries:
        found[entry.path.partition("/")[0]].append(entry)
    return [(names[home], rows) for home, rows in found.items()]


def manifest(program: Program, entries: list[Entry]) -> bytes:
    """What is in the folder, as JSON with sorted keys."""
    told = {
        "schema": 1,
        "organisation": str(program.organisation),
        "program": program.name,
        "years": f"{program.first_year}–{program.last_year}",
        "is_example": program.organisation.is_example,
        "checksum": "SHA-256",
        "handling": HANDLING,
        "files": [asdict(entry) for entry in entries],
    }
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
