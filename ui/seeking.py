"""Words looked for as a reader sees them, whatever their letters, dashes and digits are made of and however lines break.

Pure. Texts stay as they were written: they are searched folded, and every place is told in the text itself.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
PLAIN = re.compile(r"[\t\n\r -_a-~\u00c0-\u00ff]+")  # letters that are folded to themselves
BETWEEN = r"[\s*_]+"  # between two words: blanks, line breaks, and the stars of the small markup
WITHIN = r"(?:-[ \t]*\r?\n[ \t]*)?"  # inside a word: a hyphen at the end of a line
LETTER = r"[^\W_]"  # of a word: the underscore of file names parts words
APART = r"[\s\-+./:_()]{0,3}"  # between a number's digits, in whichever way it is written
NUMBER = re.compile(r"[0-9][0-9\s\-+./:_()]*[0-9]")
PERSON = re.compile(
    r"(18|19|20)?([0-9]{2}(?:0[1-9]|1[0-2])[0-9]{6})"
)  # personal number: century, the other ten
FEWEST_DIGITS = 6


@dataclass(frozen=True)
class Folded:
    """A text as it is searched; the character at n stands for the original's from starts[n] to ends[n]."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def spans(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Where the pattern is found, as places in the original."""
        for hit in pattern.finditer(self.text):
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
        run = PLAIN.match(text, at)
        if run and run.end() - at > 1:  # the last letter of a run may carry an accent
            end = run.end() - 1
            seen.append(text[at:end])
            starts += range(at, end)
            ends += range(at + 1, end + 1)
            at = end
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


def run_of(words: str) -> str:
    """An expression for the words however blanks and lines are broken; finds nothing when there are none."""
    pieces = [WITHIN.join(map(re.escape, word)) for word in re.split(BETWEEN, plain(words)) if word]
    return BETWEEN.join(pieces) or r"(?!)"


@lru_cache(maxsize=2000)
def pattern_of(words: str, whole: bool = True) -> re.Pattern[str]:
    """Finds the words in any case, however blanks and lines are broken; whole words with a genitive s, or anywhere."""
    words = plain(words).strip()
    digits = re.sub(r"[^0-9]", "", words)
    if NUMBER.fullmatch(words) and len(digits) >= FEWEST_DIGITS:
        either = _number(digits)
        return re.compile(rf"(?<![0-9]){either}(?![0-9])" if whole else either)
    either = run_of(words)
    return re.compile(rf"(?<!{LETTER}){either}(?::?s)?(?!{LETTER})" if whole else either, re.IGNORECASE)


def _number(digits: str) -> str:
    """The digits in whichever way they are written; a personal number with its century or without."""
    person = PERSON.fullmatch(digits)
    if not person:
        return APART.join(digits)
    century = APART.join(person[1]) + APART if person[1] else f"(?:18|19|20){APART}"
    return f"(?:{century})?{APART.join(person[2])}"
