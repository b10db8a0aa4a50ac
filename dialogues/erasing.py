"""Words taken out of texts for good: where they stand, what is left, and what surrounds them in a preview.

Pure.
"""

import re
from collections.abc import Collection
from typing import Any

MARK, SHORT_MARK = "[raderat]", "…"
BETWEEN = r"[\s\-+./\u2010-\u2015\u2212]{0,3}"
NUMBER = re.compile(r"[0-9][0-9\s\-+./\u2010-\u2015\u2212]*[0-9]")
FEWEST_DIGITS = 6
AROUND = 40


def pattern_of(words: Collection[str]) -> re.Pattern[str]:
    """Finds the words as whole words in any case, with a genitive s, however blanks and lines are broken.

    Numbers are found in whichever way they are written, a century before ten digits included.
    """
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(_one, longest_first)) or r"(?!)", re.IGNORECASE)


def pattern_of_lines(lines: Collection[str]) -> re.Pattern[str]:
    """Finds lines that are nothing but these words and a bullet, and so leaves texts alone that only hold them."""
    longest_first = sorted(filter(str.strip, lines), key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, line.split())) for line in longest_first)
    return re.compile(rf"^[ \t]*(?:[-–—•*➢·‣▪o][ \t]+)?(?:{either or '(?!)'})[ \t]*\r?$", re.MULTILINE)


def _one(words: str) -> str:
    digits = re.sub(r"[^0-9]", "", words)
    if NUMBER.fullmatch(words.strip()) and len(digits) >= FEWEST_DIGITS:
        if len(digits) == 12 and digits[:2] in ("18", "19", "20"):
            digits = digits[2:]
        century = rf"(?:(?:18|19|20){BETWEEN})?" if len(digits) == 10 else ""
        return rf"(?<![0-9]){century}{BETWEEN.join(digits)}(?![0-9])"
    plain = r"\s+".join(map(re.escape, words.split()))
    return rf"(?<!\w){plain}(?::?s)?(?!\w)"


def without(text: str, pattern: re.Pattern[str], longest: int | None = None) -> str:
    """The text with a mark where the words stood; a shorter mark where the longer one finds no room."""
    erased = pattern.sub(MARK, text)
    if longest is not None and len(erased) > longest:
        erased = pattern.sub(SHORT_MARK, text)
    return erased


def without_deep(value: Any, pattern: re.Pattern[str]) -> Any:
    """The same in lists and mappings, keys left alone: what a draft or an entry of the trail holds."""
    if isinstance(value, str):
        return without(value, pattern)
    if isinstance(value, list):
        return [without_deep(part, pattern) for part in value]
    if isinstance(value, dict):
        return {key: without_deep(part, pattern) for key, part in value.items()}
    return value


def excerpt(text: str, pattern: re.Pattern[str]) -> tuple[str, str, str]:
    """Some words before the first place of what is looked for, itself, and some words after; nothing when none."""
    found = pattern.search(text)
    if found is None:
        return ("", "", "")
    before, after = text[: found.start()], text[found.end() :]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]}…"
    return (before, found[0].strip(), after)


def first_text(value: Any, pattern: re.Pattern[str]) -> str | None:
    """The first string inside lists and mappings that holds the words."""
    if isinstance(value, str):
        return value if pattern.search(value) else None
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((text for part in parts if (text := first_text(part, pattern)) is not None), None)
