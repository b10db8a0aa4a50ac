"""A handout put together: the records that were chosen without what is masked, as PDF/A and CSV in one zip."""

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, dataclass, replace

from dialogues.models import Correction
from reports.models import Handout
from reports.openness import files, masking, paper, register, selection, tables
from reports.openness.kinds import Kind
from reports.openness.records import Record, address
from ui.sheets import FIXED


@dataclass(frozen=True)
class Composed:
    """Everything that would be handed out. `left` are places where masked words still stand; `unread` the files
    that cannot be searched, `held` those in which masked words were found."""

    cover: paper.Cover
    parts: list[tuple[Kind, list[Record]]]
    grounds: list[tuple[str, int]]
    enclosed: list[files.Enclosed]
    left: list[masking.Left]
    unread: list[files.Enclosed]
    held: list[files.Enclosed]

    @property
    def number(self) -> int:
        return sum(len(records) for _kind, records in self.parts)

    @property
    def seen(self) -> str:
        """A fingerprint of all of it, for whoever looks it through before it is handed out."""
        parts = [(kind.key, [asdict(record) for record in records]) for kind, records in self.parts]
        cover = asdict(self.cover) | {"handed_out_on": ""}
        told = [cover, parts, self.grounds, [hashlib.sha256(one.data).hexdigest() for one in self.enclosed]]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def masks_of(handout: Handout) -> list[masking.Mask]:
    """The handout's masks, and those over the corrections of what is masked. One query, two where statements are."""
    masks = [
        masking.Mask(
            f"{row.record}:{row.row}:{row.field}" if row.record else "", row.words, row.ground, row.pk
        )
        for row in handout.masks.all()
    ]
    return [*masks, *_over_corrections(handout, masks)]


def _over_corrections(handout: Handout, masks: list[masking.Mask]) -> list[masking.Mask]:
    """A statement's text that is masked whole is masked as it was before too, and why it was corrected."""
    whole = {mask.address: mask for mask in masks if not mask.words and mask.address.startswith("statement:")}
    over = {int(where.split(":")[1]): mask for where, mask in whole.items() if where.endswith(":text")}
    if not over:
        return []
    rows = Correction.objects.filter(statement__in=over, statement__dialogue__program=handout.program_id)
    return [
        replace(over[statement], address=address("correction", pk, name), is_sought=name != "reason")
        for pk, statement in rows.order_by("pk").values_list("pk", "statement_id")
        for name in ("before", "after", "reason")
    ]


def compose(handout: Handout, *, on: str = "") -> Composed:
    """What would be handed out as things stand; `on` is the day it is handed out, empty for a preview."""
    chosen, masks = selection.read(handout.records), masks_of(handout)
    place = register.whole(handout.program)
    parts, used, whole = [], [], []
    for kind, records in register.all_records(place, chosen):
        hidden = [masking.masked(record, masks) for record in records]
        parts.append((kind, [record for record, _used in hidden]))
        used += [mask for _record, found in hidden for mask in found]
        whole += records
    enclosed, sought = files.enclosed(place, chosen.files), masking.looked_for(whole, masks)
    cover = paper.cover(handout, masks, on)
    grounds = [(masking.masked_text(ground, masks), count) for ground, count in masking.by_ground(used)]
    beside = [("Begäran", cover.request), ("Ärendenummer", cover.case_number)]
    beside += [("Grund", ground) for ground, _count in grounds]
    return Composed(
        cover,
        parts,
        grounds,
        enclosed,
        masking.left(whole, [record for _kind, shown in parts for record in shown], masks, beside),
        [one for one in enclosed if not one.is_searched],
        [one for one in enclosed if masking.holds(f"{one.name}\n{one.text}", sought)],
    )


def preview(composed: Composed) -> bytes:
    """The handout's document as it would be, marked as a preview."""
    return paper.render(composed.cover, composed.parts, composed.grounds, _told(composed))


def zipped(composed: Composed) -> bytes:
    """The package. The same records, masks and day give the same bytes."""
    members = {"handlingar.pdf": preview(composed), "maskeringar.csv": tables.grounds(composed.grounds)}
    members |= {f"csv/{kind.key}.csv": tables.to_csv(kind, records) for kind, records in composed.parts}
    members |= {one.member: one.data for one in composed.enclosed}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in sorted(members.items()):
            package.writestr(zipfile.ZipInfo(name, FIXED), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _told(composed: Composed) -> list[str]:
    return [one.member for one in composed.enclosed]
