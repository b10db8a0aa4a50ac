"""What is not handed out: where masked words stand in the records, and the records without them.

Pure. Every mask is laid on the text as it was, and places that touch become one mark of constant length, so that
nothing tells how long or how many the words were.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.openness.records import Part, Record
from ui.seeking import folded, pattern_of, plain

MARK = "[maskerat]"
FEWEST_SQUEEZED = 4  # letters that are looked for across blanks; "ek" would be found in "inte kan"
FEWEST = 8  # characters of a whole field that are looked for elsewhere; shorter ones stand everywhere


@dataclass(frozen=True)
class Mask:
    """`address` is the field's ("need:12:title"), empty for the whole handout; `words` empty for the whole field."""

    address: str
    words: str
    ground: str
    key: int = 0
    is_sought: bool = True  # whether what a whole field held is looked for elsewhere


@dataclass(frozen=True)
class Segment:
    """A piece of a text: as it stands, or under a mask (its key and ground)."""

    text: str
    mask: Mask | None = None


@dataclass(frozen=True)
class Left:
    """A place where masked words still stand: which mask, which record and field, and what stands around."""

    mask: Mask
    kind: str
    pk: int
    title: str
    field: str
    label: str
    words: str


def segments(parts: Sequence[Part], masks: Iterable[Mask]) -> list[Segment]:
    """The parts' text in pieces, with the masks that cover them; one mask where several touch."""
    parts = [replace(part, text=unicodedata.normalize("NFC", part.text)) for part in parts]
    text = "".join(part.text for part in parts)
    found: list[Segment] = []
    at = 0
    for start, end, mask in _joined(_spans(parts, text, masks)):
        if start > at:
            found.append(Segment(text[at:start]))
        found.append(Segment(text[start:end], mask))
        at = end
    return [*found, Segment(text[at:])] if text[at:] else found


def _spans(parts: Sequence[Part], text: str, masks: Iterable[Mask]) -> Iterable[tuple[int, int, Mask]]:
    throughout = folded(text)
    for mask in masks:
        if not mask.address:
            yield from ((start, end, mask) for start, end in throughout.spans(pattern_of(mask.words)))
            continue
        for start, end in _ranges(parts, mask.address):
            if mask.words:
                hits = folded(text[start:end]).spans(pattern_of(mask.words))
                yield from ((start + first, start + last, mask) for first, last in hits)
            elif end > start:
                yield start, end, mask


def _ranges(parts: Sequence[Part], address: str) -> list[tuple[int, int]]:
    """Where the parts stand that are or repeat a field; neighbours as one."""
    found: list[tuple[int, int]] = []
    at = 0
    for part in parts:
        end = at + len(part.text)
        if address in part.of:
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], end)
            else:
                found.append((at, end))
        at = end
    return found


def _joined(spans: Iterable[tuple[int, int, Mask]]) -> list[tuple[int, int, Mask]]:
    found: list[tuple[int, int, Mask]] = []
    for start, end, mask in sorted(spans, key=lambda span: (span[0], -span[1], span[2].key)):
        if found and start <= found[-1][1]:
            first, last, kept = found[-1]
            found[-1] = (first, max(last, end), kept)
        else:
            found.append((start, end, mask))
    return found


def said(pieces: Iterable[Segment]) -> str:
    """The text that may be handed out."""
    return "".join(MARK if piece.mask else piece.text for piece in pieces)


def masked_text(text: str, masks: Iterable[Mask]) -> str:
    """A text outside every record (a heading, what was asked for) without the words that are masked throughout."""
    return said(segments([Part(text)], [mask for mask in masks if not mask.address]))


def masked(record: Record, masks: Sequence[Mask]) -> tuple[Record, list[Mask]]:
    """The record without what is masked, and the mask of each place in its fields. Titles are not counted twice."""
    used: list[Mask] = []
    fields = []
    for field in record.fields:
        pieces = segments(field.parts, masks)
        used += [piece.mask for piece in pieces if piece.mask]
        fields.append(replace(field, parts=(Part(said(pieces)),)))
    title = (Part(said(segments(record.title, masks))),)
    files = tuple(replace(file, name=masked_text(file.name, masks)) for file in record.files)
    return replace(record, title=title, fields=tuple(fields), files=files), used


def by_ground(used: Iterable[Mask]) -> list[tuple[str, int]]:
    """How many places are masked on each ground, the grounds in order."""
    return sorted(Counter(mask.ground for mask in used).items())


def left(
    records: Iterable[Record],
    shown: Iterable[Record],
    masks: Sequence[Mask],
    beside: Iterable[tuple[str, str]] = (),
) -> list[Left]:
    """Where words that are masked somewhere still stand in what would be handed out.

    Of masks of words everywhere, also inside longer words; of whole fields the texts that are long enough to tell.
    `records` are as they were, `shown` the same without what is masked; `beside` are labels and texts of the case
    itself, told without a kind.
    """
    sought = looked_for(records, masks)
    found = [Left(mask, "", 0, "", "", label, words) for label, text in beside
             for mask, words in _standing(text, sought)]  # fmt: skip
    for record in shown:
        for field in record.fields:
            found += [
                Left(mask, record.kind, record.pk, record.name, field.name, field.label, words)
                for mask, words in _standing(field.text, sought)
            ]
    return found


def _standing(text: str, sought: Mapping[str, Mask]) -> Iterable[tuple[Mask, str]]:
    """The masks whose words stand in a text, each with what stands around the first place."""
    seen = folded(text)
    for words, mask in sought.items():
        hit = next(iter(seen.spans(pattern_of(words, False))), None)
        if hit:
            yield mask, _around(text, *hit)


def looked_for(records: Iterable[Record], masks: Sequence[Mask]) -> dict[str, Mask]:
    """What is looked for in what leaves: the masks' words, and what whole fields held; each with its mask."""
    found = {mask.words: mask for mask in masks if mask.words}
    fields = {mask.address: mask for mask in masks if mask.address and not mask.words and mask.is_sought}
    for record in records if fields else ():
        for field in record.fields:
            mask = fields.get(f"{record.kind}:{record.pk}:{field.name}")
            if mask and len(field.text.strip()) >= FEWEST:
                found.setdefault(field.text.strip(), mask)
    return found


def _around(text: str, first: int, last: int) -> str:
    """The words with what stands on either side of them."""
    start, end = max(0, first - 30), min(len(text), last + 30)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def holds(text: str, sought: Iterable[str]) -> bool:
    """Whether a file's text holds words that are looked for, also with blanks and hyphens in other places."""
    seen = plain(text)
    close = _squeezed(seen)
    return any(
        pattern_of(words, False).search(seen)
        or (len(_squeezed(words)) >= FEWEST_SQUEEZED and pattern_of(_squeezed(words), False).search(close))
        for words in sought
    )


def _squeezed(text: str) -> str:
    return re.sub(r"[\s*_\-]+", "", plain(text))
