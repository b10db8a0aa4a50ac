"""Is it a sentence, or could it be a heading, a label or a name? Told by the words that only sentences have.

Pure.
"""

import re

SENTENCE = re.compile(
    r"\b(?:är|var|har|hade|behöver|behövs|måste|saknas?|finns|fungerar|funkar|kan|ska|skall|skulle|blir|blev|går"
    r"|får|tar|ger|vill|bör|borde|krävs|tänker|tycker|vet|upplevs?|att|som|inte|ingen|vi|man|vem|vad|hur|oklart)\b",
    re.IGNORECASE,
)


def is_phrase(words: str) -> bool:
    """Words that could be a heading: no verb that sentences are made with, and no mark that ends or joins them."""
    return bool(words) and words[-1] not in ".!?;," and not SENTENCE.search(words)
