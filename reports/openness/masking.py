"""What is not handed out: where masked words stand in the records, and the records without them.

Pure. Every mask is laid on the text as it was, and places that touch become one mark of constant length, so that
nothing tells how long or how many the words were.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from reports.openness.records import Part, Record

MARK = "[maskerat]"
# Soft hyphens, joiners, marks of direction and of variation: every character of category Cf and those without ink.
UNSEEN = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001-\U000e01ef]"
)
ALIKE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u201b\u02b9\u02bb\u02bc\u2032\u00b4`", "'")
)
BETWEEN = r"[\s*_]+"  # between two words: blanks, line breaks, and the stars of the small markup
WITHIN = r"(?:-[ \t]*\r?\n[ \t]*)?"  # inside a word: a hyphen at the end of a line
LETTER = r"[^\W_]"  # of a word: the underscore of file names parts words
NUMBER = re.compile(r"[0-9][0-9\s\-+./]*[0-9]")
PERSON = re.compile(
    r"(18|19|20)?([0-9]{2}(?:0[1-9]|1[0-2])[0-9]{6})"
)  # personal number: century, the other ten
APART = r"[\s\-+./]{0,3}"  # between a number's digits, in whichever way it is written
FEWEST_DIGITS = 6
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


@dataclass(frozen=True)
class Folded:
    """A text as it is searched; the character at n stands for the original's from starts[n] to ends[n]."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def hits(self, words: str, whole: bool = True) -> Iterable[tuple[int, int]]:
        """Where the words stand in the original."""
        for hit in pattern_of(words, whole).finditer(self.text):
            if hit.end() > hit.start():
                yield self.starts[hit.start()], self.ends[hit.end() - 1]


def plain(text: str) -> str:
    """The text as it is searched: what looks alike to a reader is the same, and what is unseen is gone."""
    return unicodedata.normalize("NFKC", UNSEEN.sub("", text).translate(ALIKE)).translate(ALIKE)


def folded(text: str) -> Folded:
    """The plain text with where in the original each of its characters stands."""
    if plain(text) == text:
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    seen: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = _end_of_letter(text, at)
        letters = plain(text[at:end])
        seen.append(letters)
        starts += [at] * len(letters)
        ends += [end] * len(letters)
        at = end
    return Folded("".join(seen), starts, ends)


def _end_of_letter(text: str, at: int) -> int:
    """Past a letter with the accents and the unseen characters that follow it."""
    end = at + 1
    while end < len(text) and (unicodedata.combining(text[end]) or UNSEEN.match(text[end])):
        end += 1
    return end


@lru_cache(maxsize=2000)
def pattern_of(words: str, whole: bool = True) -> re.Pattern[str]:
    """Finds the words in any case, however blanks and lines are broken; whole words with a genitive s, or anywhere."""
    words = plain(words).strip()
    digits = re.sub(r"[^0-9]", "", words)
    if NUMBER.fullmatch(words) and len(digits) >= FEWEST_DIGITS:
        either = _number(digits)
        return re.compile(rf"(?<![0-9]){either}(?![0-9])" if whole else either)
    pieces = [WITHIN.join(map(re.escape, word)) for word in re.split(r"[\s*_]+", words) if word]
    either = BETWEEN.join(pieces) or r"(?!)"
    return re.compile(rf"(?<!{LETTER}){either}(?::?s)?(?!{LETTER})" if whole else either, re.IGNORECASE)


def _number(digits: str) -> str:
    """The digits in whichever way they are written; a personal number with its century or without."""
    person = PERSON.fullmatch(digits)
    if not person:
        return APART.join(digits)
    century = APART.join(person[1]) + APART if person[1] else "(?:18|19|20)"
    return f"(?:{century})?{APART.join(person[2])}"


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
            yield from ((start, end, mask) for start, end in throughout.hits(mask.words))
            continue
        for start, end in _ranges(parts, mask.address):
            if mask.words:
                hits = folded(text[start:end]).hits(mask.words)
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
        hit = next(iter(seen.hits(words, False)), None)
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
