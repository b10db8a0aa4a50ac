"""Is somebody named in these words? A guess that warns and never refuses: quick, and rather silent than shrill.

Pure.
"""

import re
from collections.abc import Collection, Iterator

from dialogues.privacy.given_names import GIVEN, ONLY_INSIDE

CAPITALISED = r"[A-ZÅÄÖÉ][a-zåäöéüæøè]+"
WORD = re.compile(rf"(?<![\w.@/-]){CAPITALISED}(?:-{CAPITALISED})?(?::?s)?(?![\w@/]|-\w|\.\w)")
INITIALS = re.compile(r"(?<![\w.])[A-ZÅÄÖ]\. ?-?(?:[A-ZÅÄÖ]\. ?){0,2}[A-ZÅÄÖ]\.(?!\w)")
SURNAME = re.compile(r"\w{2,}(?:sson|qvist|kvist)s?$")
# Two parts of nature, of which many a Swedish surname is made; only beside a given name or a title.
OF_NATURE = re.compile(
    r"(?:ahl|alm|asp|berg|björk|blom|bäck|dahl|ek|eng|fors|gran|gren|gust|hag|hall|hed|hell|holm|hult|lager|land|lilje"
    r"|lind|ljung|lund|löf|lönn|malm|mo|nord|norr|ny|palm|rosen|ros|rund|sand|sjö|skog|stein|sten|ström|sund"
    r"|söder|troll|vester|vik|vall|wahl|wall|west|wester|wik|ås|åker|öst|öster)"
    r"(?:ahl|bäck|berg|blad|blom|borg|bom|dahl|dal|ek|fors|gren|hag|holm|lind|lund|löf|löv|man|mark|rot|roth|ström"
    r"|stedt|strand|vall|wall)s?",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"[a-zåäö]*(?:chef|rektor|sköterska|handläggare|samordnare|sekreterare|assistent|kurator|psykolog|läkare|ledare"
    r"|biträde|pedagog|direktör|ordförande|kollega|vikarie|ombud)(n|en|an|t)?",
    re.IGNORECASE,
)  # the group: the definite form, which a name may follow but hardly a unit's
SHOUTED = re.compile(
    r"(?<![\w@.-])([A-ZÅÄÖÉ]{2,}) ([A-ZÅÄÖÉ]{3,})(?![\w@-])|(?<![\w@.-])([A-ZÅÄÖ]{2,}SSON)S?(?![\w@-])"
)
WHISPERED = re.compile(r"(?<![\w@./-])[a-zåäöé]{4,}(?![\w@/-]|\.\w)")
LAST_WORD = re.compile(r"(?<![\w@./-])[a-zåäöé]{2,} $")
OWN_SURNAME = re.compile(r"\w{2,}(?:sson|qvist)s?")  # not -kvist, which is of trees
EVERYBODY = ("svensson", "medelsvensson", "svenssons")
BEGINS = re.compile(r"""(?:^|[.!?:;…–—•*➢·‣▪|(\[/>\n]|(?:^|\n)[ \t]*(?:[-o]|[0-9]+[.)]))[ \t\u00a0"”“'(]*$""")
NEAR, FAR = 12, 40  # how far back the beginning of a sentence is looked for, and a title
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

    Given names, surnames as Swedish ones end, two capitalised words in a row in the middle of a sentence, initials,
    what follows a title; in capitals or small letters only a given name with a surname, or what can only be one.
    A single capitalised word that is none of these passes: it is oftener a system, a unit or a place than a person.
    Never what stands in `known` (the programme's own departments, roles, areas, systems).
    """
    plain = _without(text, known)
    own = PUBLIC | {word for name in known for word in re.findall(r"\w+", name)}
    found = [(match.start(), match[0]) for match in INITIALS.finditer(plain)]
    for at, words in _in_a_row(plain):
        before = plain[max(0, at - FAR) : at]
        name = _name_in(words, bool(BEGINS.search(before[-NEAR:])), own) or _titled(words, before, own)
        if name:
            found.append((at, " ".join(name)))
    found += [(match.start(), match[0]) for match in SHOUTED.finditer(plain) if _is_shouted(match, own)]
    found += [
        (match.start(), said) for match in WHISPERED.finditer(plain) if (said := _whispered(plain, match))
    ]
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


def _titled(words: list[str], before: str, own: Collection[str]) -> list[str]:
    """The single word that a title says is a person: any after "chefen", a surname of nature after "chef"."""
    *first, word = words
    title = (
        first[-1]
        if first
        else before.rstrip("\u00a0 ").rpartition(" ")[2]
        if before[-1:] in " \u00a0"
        else ""
    )
    found = TITLE.fullmatch(title.lstrip("(\"”“'"))
    if len(first) > 1 or not found or word in own or TITLE.fullmatch(word):
        return []
    return [word] if found[1] or OF_NATURE.fullmatch(word) else []


def _is_shouted(found: re.Match[str], own: Collection[str]) -> bool:
    """ANNA BERG, BO SVENSSON or ANDERSSON: a given name with another word, or what can only be a surname."""
    if found[3]:
        return True
    first, second = found[1].title(), found[2].title()
    if {first, second, found[1], found[2]}.intersection(own):
        return False
    return (
        first in GIVEN
        or (first in ONLY_INSIDE and _is_surname(second))
        or SURNAME.fullmatch(second) is not None
    )


def _whispered(text: str, found: re.Match[str]) -> str:
    """ "anna lindberg", "karlsson": in small letters a given name with a surname, or what can only be one."""
    word = found[0]
    if not _is_surname(word):
        return ""
    before = LAST_WORD.search(text, max(0, found.start() - NEAR), found.start())
    first = before[0].strip().title() if before else ""
    is_own = OWN_SURNAME.fullmatch(word) is not None
    if first in GIVEN or (first in ONLY_INSIDE and (is_own or OF_NATURE.fullmatch(word))):
        return f"{first.lower()} {word}"
    return word if is_own and word not in EVERYBODY else ""


def _is_surname(word: str) -> bool:
    return SURNAME.fullmatch(word) is not None or OF_NATURE.fullmatch(word) is not None
