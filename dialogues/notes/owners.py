"""Who answers for a need, as notes say it: in a line of its own beneath, or as the one point under it.

Pure.
"""

import re

from dialogues.notes.sentences import SENTENCE

BETWEEN = re.compile(r"\s*(?:\+|,|;|\boch\b|\bsamt\b)\s*", re.IGNORECASE)
DUTY = re.compile(r"^(.+?)s\s+ansvar$", re.IGNORECASE)
IT = r"(?:detta(?:\s+behov)?|det(?:\s+här)?|den(?:na\s+fråga|\s+frågan)?|frågan|behovet)"  # what else is named would be lost
SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:ägare|ägarskap(?:et)?|ansvariga?)\s*[:=]\s*(\S.*)$",
        rf"^(?:ägare|ägaren|ägarskap(?:et)?|ansvariga?)(?:\s+(?:till|för|av|i)\s+{IT})?"
        r"\s+(?:är|bör\s+vara|läggs\s+(?:hos|på)|ligger\s+(?:hos|på)|hos)\s+(\S.*)$",
        r"^(?:(?:frågan|detta|det)\s+)?(?:ägs|bör\s+ägas|ska\s+ägas)\s+av\s+(\S.*)$",
        r"^(\S.{0,100}?)\s+(?:äger|ansvarar\s+för)\s+(?:frågan|detta|det|den|behovet)\W*$",
    )
)
IN_BRACKETS = re.compile(r"^\(([^()]{2,80})\)$")
DOUBT = re.compile(
    r"\?|\b(?:ingen|inga|vilk(?:en|et|a)|oklar\w*|otydlig\w*|okän\w*|någon|alla|ofta|sällan)\b", re.IGNORECASE
)
BODY = re.compile(
    r"(?:\w*chef(?:en|er|erna)?|(?:(?:kommun|förvaltnings|avdelnings|enhets|verksamhets|region|koncern|stads)?ledning"
    r"(?:en|ar|arna|sgrupp|sgruppen)?)|politik(?:er|erna|en)?|\w*nämnd(?:en|er)?|\w*förvaltning(?:en|ar|arna)?"
    r"|\w*direktör(?:en|er)?|hr(?:-\w+)?|it(?:-\w+)?|\w*kommun(?:en)?|\w*region(?:en)?"
    r"|\w*avdelning(?:en|ar|arna)?|\w*stab(?:en)?|\w*enhet(?:en|er|erna)?|fack(?:et|liga)|medarbetar(?:e|na)"
    r"|\w*styrelsen?|\w*utskott(?:et)?)s?"
)
FIRST = frozenset({"närmaste", "högsta", "respektive", "egen", "egna", "all"})
LONGEST, MOST_WORDS = 120, 5


def owner_names(words: str) -> list[str]:
    """Who an owner line names: "Kommunledning + förvaltning + HR" are three, "Chefens ansvar" is the manager."""
    names = [part.strip(" .") for part in BETWEEN.split(" ".join(words.split()))]
    return [DUTY.sub(r"\1", name) for name in names if name]


def said_owner(words: str) -> str:
    """Who answers, where a line says nothing but that ("Ägare till detta är HR"); empty for every other line."""
    if len(words) > LONGEST or DOUBT.search(words):
        return ""
    bracket = IN_BRACKETS.match(words)
    if bracket:
        return bracket[1] if is_body(bracket[1]) else ""
    found = next((found[1] for pattern in SAID if (found := pattern.match(words))), "").strip(" .")
    return "" if SENTENCE.search(found) else found


def is_body(words: str) -> bool:
    """The words are roles and bodies and nothing else: "Chefens chef + chefen", "Chef + stöd från förvaltning"."""
    if len(words) > LONGEST or SENTENCE.search(words):
        return False
    parts = [_words(name) for name in owner_names(words)]
    begins = bool(parts) and _begins_with_body(parts[0])
    return begins and all(len(part) <= MOST_WORDS and any(map(BODY.fullmatch, part)) for part in parts)


def _words(name: str) -> list[str]:
    return re.findall(r"[\w-]+", name.casefold())


def _begins_with_body(words: list[str]) -> bool:
    own = words[1:] if words and words[0] in FIRST else words
    return bool(own) and bool(BODY.fullmatch(own[0]))
