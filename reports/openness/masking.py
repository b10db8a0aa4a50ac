"""What is not handed out: where masked words stand in the records, and the records without them.

Pure. Every mask is laid on the text as it was, and places that touch become one mark of constant length, so that
nothing tells how long or how many the words were.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from reports.openness.records import Part, Record

MARK = "[maskerat]"
UNSEEN = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff]"
)  # soft hyphens and their like, which part a word unseen
BETWEEN = r"[\s*_]+"  # between two words: blanks, line breaks, and the stars of the small markup
WITHIN = r"(?:-[ \t]*\r?\n[ \t]*)?"  # inside a word: a hyphen at the end of a line
NUMBER = re.compile(r"[0-9][0-9\s\-+./\u2010-\u2015\u2212]*[0-9]")
APART = r"[\s\-+./\u2010-\u2015\u2212]{0,3}"  # between a number's digits, in whichever way it is written
FEWEST_DIGITS = 6
FEWEST = 8  # characters of a whole field that are looked for elsewhere; shorter ones stand everywhere


@dataclass(frozen=True)
class Mask:
    """`address` is the field's ("need:12:title"), empty for the whole handout; `words` empty for the whole field."""

    address: str
    words: str
    ground: str
    key: int = 0


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


def plain(text: str) -> str:
    """The text with composed characters and without unseen ones: what a reader sees is what is searched."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text))


@lru_cache(maxsize=2000)
def pattern_of(words: str, whole: bool = True) -> re.Pattern[str]:
    """Finds the words in any case, however blanks and lines are broken; whole words with a genitive s, or anywhere."""
    digits = re.sub(r"[^0-9]", "", words)
    if NUMBER.fullmatch(words.strip()) and len(digits) >= FEWEST_DIGITS:
        return re.compile(rf"(?<![0-9]){APART.join(digits)}(?![0-9])" if whole else APART.join(digits))
    pieces = [WITHIN.join(map(re.escape, word)) for word in re.split(r"[\s*_]+", plain(words)) if word]
    either = BETWEEN.join(pieces) or r"(?!)"
    return re.compile(rf"(?<!\w){either}(?::?s)?(?!\w)" if whole else either, re.IGNORECASE)


def segments(parts: Sequence[Part], masks: Iterable[Mask]) -> list[Segment]:
    """The parts' text in pieces, with the masks that cover them; one mask where several touch."""
    parts = [replace(part, text=plain(part.text)) for part in parts]
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
    for mask in masks:
        if not mask.address:
            yield from ((found.start(), found.end(), mask) for found in pattern_of(mask.words).finditer(text))
            continue
        for start, end in _ranges(parts, mask.address):
            if mask.words:
                hits = pattern_of(mask.words).finditer(text, start, end)
                yield from ((found.start(), found.end(), mask) for found in hits)
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


def left(records: Iterable[Record], shown: Iterable[Record], masks: Sequence[Mask]) -> list[Left]:
    """Where words that are masked somewhere still stand in what would be handed out.

    Of masks of words everywhere, also inside longer words; of whole fields the texts that are long enough to tell.
    `records` are as they were, `shown` the same without what is masked.
    """
    looked_for = _looked_for(records, masks)
    found = []
    for record in shown:
        for field in record.fields:
            found += [
                Left(
                    mask,
                    record.kind,
                    record.pk,
                    record.name,
                    field.name,
                    field.label,
                    _around(field.text, hit),
                )
                for words, mask in looked_for.items()
                if (hit := pattern_of(words, False).search(field.text))
            ]
    return found


def _looked_for(records: Iterable[Record], masks: Sequence[Mask]) -> dict[str, Mask]:
    found = {mask.words: mask for mask in masks if mask.words}
    fields = {mask.address: mask for mask in masks if mask.address and not mask.words}
    for record in records if fields else ():
        for field in record.fields:
            mask = fields.get(f"{record.kind}:{record.pk}:{field.name}")
            if mask and len(field.text.strip()) >= FEWEST:
                found.setdefault(field.text.strip(), mask)
    return found


def _around(text: str, hit: re.Match[str]) -> str:
    """The words with what stands on either side of them."""
    start, end = max(0, hit.start() - 30), min(len(text), hit.end() + 30)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def holds(text: str, masks: Sequence[Mask]) -> bool:
    """Whether a file's text holds words that are masked somewhere in the handout."""
    seen = plain(text)
    return any(pattern_of(mask.words, False).search(seen) for mask in masks if mask.words)
