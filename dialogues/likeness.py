"""Which statements are alike, and which need a statement resembles: suggestions for whoever groups them.

The measure is the vector model of Salton & Buckley, "Term-weighting approaches in automatic text retrieval"
(Information Processing & Management 24(5), 1988, pp. 513–523): a text is its words, cut to their stems (Snowball,
Swedish) and without the commonest ones; each stem weighs (1 + ln of how often it stands there) × ln(texts in all /
texts that have it); texts are compared by the cosine of their weights, 0 for nothing in common and 1 for the same.
A need is the sum of its title with description and of the statements that stand there already (Rocchio's centroid).

What it cannot do: it sees words, not meanings. "Schema" and "bemanning" have nothing in common to it, neither do
the parts of a compound ("assistent", "enhetsassistent"); "inte" is not seen, so a strength and a lack look alike;
and a need with neither statements nor description is known by its title alone. Taking compounds apart was tried
and did not help.

How good it is, on the Gotland demo's 147 statements (invented wordings of what the source says) and 11 needs. Each
of the 127 that have a need was taken out and guessed: the right need first for 67 (53 %), among the first three for
100 (79 %); always guessing the largest need gives 36 (28 %). With the limit below something is suggested for 56 of
them, rightly for 44 (79 %), and for 3 of the 20 without any need. A second suggestion would be right for 3 of 7,
which is why there is one at most. Of 27 pairs of statements that are called alike, 16 share a need (59 %; of all
pairs 17 %). Limits and figures come from the same statements, so expect somewhat less elsewhere.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

import snowballstemmer  # type: ignore[import-untyped]  # it comes without types

NEED_LIMIT, ALIKE_LIMIT = 0.13, 0.28
MOST_ALIKE, MOST_WORDS = 10, 3

WORD = re.compile(r"[^\W\d_]{2,}")
# Words that say how something is said rather than what about; in the forms in which they stand in a text.
COMMON_WORDS = """
alla allt allting andra annan annat att av bara blev bli blir bort bra bättre både båda bör borde de dem den denna
deras dess dessa det detta dig din ditt du då där därför efter eftersom eller en enda er ert ett exempelvis fast
fick finnas finns fler flera fram från få får fått för före förr ge ger genom gick gjort god goda gott gå går
gång gärna gör göra ha hade haft han har hel hela helt hennes hon hos hur hälften här håll hålla håller i ibland
ihop in inga ingen inget innan inne inom inte ja jag ju just kan kanske knappt kom komma kommer kring kunde kunna
känna känns lite liten man med medan mellan men mer mera mest min mitt mot mycket möjlig möjliga möjligt måste många nej ni nog nu nya
ny nytt när någon någonting något några och ofta också olika om oss per precis på redan rätt sak saker samma samt
sedan se ser sig sin sina sitt själv själva ska skall skulle snart som stor stora stort står stå så sådan sådana
sådant sätt ta tar till tillsammans tog tycker under upp ut utan vad var vara varandra varför varit varje vem vet
veta vi vid vilja vilka vilken vilket vill vår våra vårt väl vore än ändå ännu är åt över även behov behöva
behöver behövs
"""
COMMON = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True)
class Said:
    """A statement, with the needs it has been given."""

    key: int
    text: str
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Meant:
    """A need; its text is title and description."""

    key: int
    text: str


@dataclass(frozen=True)
class Match:
    """A need that a statement resembles: how much, and by which of the statement's words, the weightiest first."""

    key: int
    likeness: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """For one statement without need: the need it resembles, and the keys of like statements without need."""

    need: Match | None
    alike: tuple[int, ...]


Weights = dict[str, float]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word in small letters, cut to its stem. A stemmer of its own each time, for it keeps state."""
    return str(snowballstemmer.stemmer("swedish").stemWord(word))


def forms(text: str) -> list[tuple[str, str]]:
    """(stem, word as it stands) of every word that says something, in order."""
    words = WORD.findall(text)
    return [(stem(word.lower()), word) for word in words if word.lower() not in COMMON]


def _unit(weights: Mapping[str, float]) -> Weights:
    """The same direction, of length 1; stems without weight left out."""
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items() if weight} if length else {}


def weighed(texts: Sequence[str]) -> list[Weights]:
    """Each text's stems with their weights, of length 1, as weighed within just these texts."""
    counts = [Counter(key for key, _word in forms(text)) for text in texts]
    having = Counter(key for count in counts for key in count)
    rare = {key: log(len(texts) / number) for key, number in having.items()}
    return [_unit({key: (1 + log(times)) * rare[key] for key, times in count.items()}) for count in counts]


def _centroid(members: Iterable[Weights]) -> Weights:
    total: defaultdict[str, float] = defaultdict(float)
    for weights in members:
        for key, weight in weights.items():
            total[key] += weight
    return _unit(total)


def _by_stem(vectors: Mapping[int, Weights]) -> dict[str, list[tuple[int, float]]]:
    """stem → [(whose, weight)]: only those that share a stem are ever compared."""
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for key, weights in vectors.items():
        for word, weight in weights.items():
            found[word].append((key, weight))
    return dict(found)


def _likest(
    weights: Weights, by_stem: Mapping[str, list[tuple[int, float]]], limit: float
) -> list[tuple[int, float]]:
    """(key, cosine) of those at least as like as the limit, the likest first."""
    cosines: defaultdict[int, float] = defaultdict(float)
    for word, weight in weights.items():
        for key, other in by_stem.get(word, ()):
            cosines[key] += weight * other
    found = [(key, cosine) for key, cosine in cosines.items() if cosine >= limit]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _shared(text: str, mine: Weights, other: Weights) -> tuple[str, ...]:
    """The words of a text that make it like another, those that weigh most first, in small letters."""
    as_written = {key: word.lower() for key, word in reversed(forms(text))}
    both = sorted(mine.keys() & other.keys(), key=lambda key: (-mine[key] * other[key], key))
    return tuple(as_written[key] for key in both[:MOST_WORDS])


def suggestions(said: Sequence[Said], meant: Sequence[Meant]) -> dict[int, Suggestion]:
    """For each statement without need, by its key, what it is like; those that are like nothing are left out."""
    vectors = weighed([row.text for row in said] + [row.text for row in meant])
    of_said = {row.key: weights for row, weights in zip(said, vectors, strict=False)}
    of_need = {row.key: weights for row, weights in zip(meant, vectors[len(said) :], strict=True)}
    needs = _needs(of_need, said, of_said)
    free = {row.key: of_said[row.key] for row in said if not row.needs}
    need_stems, free_stems = _by_stem(needs), _by_stem(free)
    found = {}
    for row in said:
        if row.needs:
            continue
        mine = of_said[row.key]
        alike = [key for key, _cosine in _likest(mine, free_stems, ALIKE_LIMIT) if key != row.key]
        matches = [
            Match(key, cosine, _shared(row.text, mine, needs[key]))
            for key, cosine in _likest(mine, need_stems, NEED_LIMIT)[:1]
        ]
        if matches or alike:
            found[row.key] = Suggestion(matches[0] if matches else None, tuple(alike[:MOST_ALIKE]))
    return found


def _needs(
    of_need: Mapping[int, Weights], said: Sequence[Said], of_said: Mapping[int, Weights]
) -> dict[int, Weights]:
    """Each need as its own words and those of the statements that stand there."""
    members = {key: [weights] for key, weights in of_need.items()}
    for row in said:
        for need in row.needs & members.keys():
            members[need].append(of_said[row.key])
    return {key: _centroid(group) for key, group in members.items()}
