"""Is somebody named in these words? A guess that warns and never refuses: quick, and rather silent than shrill.

Pure.
"""

import re
from collections.abc import Collection, Iterator

from dialogues.given_names import GIVEN, ONLY_INSIDE

CAPITALISED = r"[A-ZÅÄÖÉ][a-zåäöéüæøè]+"
WORD = re.compile(rf"(?<![\w.@/-]){CAPITALISED}(?:-{CAPITALISED})?(?::?s)?(?![\w@/]|-\w|\.\w)")
INITIALS = re.compile(r"(?<![\w.])[A-ZÅÄÖ]\. ?-?(?:[A-ZÅÄÖ]\. ?){0,2}[A-ZÅÄÖ]\.(?!\w)")
SURNAME = re.compile(r"\w{2,}(?:sson|qvist|kvist)s?$")
BEGINS = re.compile(r"""(?:^|[.!?:;…–—•*➢·‣▪|(\[/>\n]|(?:^|\n)[ \t]*(?:[-o]|[0-9]+[.)]))[ \t\u00a0"”“'(]*$""")
NEAR = 12  # how far back the beginning of a sentence is looked for
LAWS = ("lex Sarah", "lex Maria")  # called after persons, but about nobody
# Two capitalised words that are no person, whatever the programme calls its own.
PUBLIC_WORDS = """
Microsoft Office Teams Outlook Word Excel Power Share Point Google Windows Apple Region Regionen Kommun
Kommunen Stad Universitet Högskola Högskolan Sverige Sveriges Norge Danmark Finland Europa Stockholm Göteborg
Malmö Nya Norra Södra Östra Västra Stora Lilla Gamla Sankt Svenska Svenskt Socialstyrelsen Socialtjänstlagen
Arbetsmiljölagen Vision Kommunal Senior Alert Life Care Röda Korset Lean Agda Heroma Visma Stratsys
Försäkringskassan Arbetsförmedlingen Skatteverket Arbetsmiljöverket Card
"""
PUBLIC = frozenset(PUBLIC_WORDS.split())


def likely_names(text: str, known: Collection[str] = ()) -> list[str]:
    """The words that are likely a person's name, in order and once each.

    Given names, surnames as Swedish ones end, two capitalised words in a row in the middle of a sentence, initials.
    Never what stands in `known` (the programme's own departments, roles, areas, systems).
    """
    plain = _without(text, known)
    own = PUBLIC | {word for name in known for word in re.findall(r"\w+", name)}
    found = [(match.start(), match[0]) for match in INITIALS.finditer(plain)]
    for at, words in _in_a_row(plain):
        name = _name_in(words, bool(BEGINS.search(plain[max(0, at - NEAR) : at])), own)
        if name:
            found.append((at, " ".join(name)))
    return list(dict.fromkeys(name for _at, name in sorted(found)))


def _without(text: str, known: Collection[str]) -> str:
    """The text with the known names blotted out, so that nothing in them is taken for a person."""
    names = sorted({*LAWS, *(name for name in known if name.strip())}, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})s?(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda match: "x" * len(match[0]), text)


def _in_a_row(text: str) -> Iterator[tuple[int, list[str]]]:
    """Capitalised words that stand in a row: where the first begins, and the words."""
    row: list[re.Match[str]] = []
    for match in WORD.finditer(text):
        if row and text[row[-1].end() : match.start()] not in (" ", "\u00a0"):
            yield row[0].start(), [word[0] for word in row]
            row = []
        row.append(match)
    if row:
        yield row[0].start(), [word[0] for word in row]


def _name_in(words: list[str], begins_sentence: bool, own: Collection[str]) -> list[str]:
    """What of some words in a row is a name; a sentence's first word counts only as a given name."""
    if begins_sentence and not _is_anybodys(words[0]) and not (words[0] in ONLY_INSIDE and len(words) > 1):
        words = words[1:]
        if not words:
            return []
    is_named = words[0] in ONLY_INSIDE or any(map(_is_anybodys, words))
    return words if is_named or (len(words) > 1 and not any(map(own.__contains__, words))) else []


def _is_anybodys(word: str) -> bool:
    """A given name, alone or in a double name or with its genitive, or what can only be a surname."""
    first = re.split("[-:]", word)[0]
    return first in GIVEN or first.removesuffix("s") in GIVEN or SURNAME.fullmatch(word) is not None
