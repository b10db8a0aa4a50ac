"""Values promised to the committee ("every month"), and whether one should have come by now.

Pure. What was promised is free text; the words for how often are known in Swedish and English, others say nothing.
"""

import datetime as dt

WORDS = {
    1: ("månad", "month"),
    3: ("kvartal", "quarter", "tertial"),
    6: ("halvår", "termin", "half-year", "half year", "gånger per år", "gånger om året", "twice a year"),
    12: ("årlig", "varje år", "per år", "gång om året", "vår", "höst", "every year", "yearly", "annual"),
}
GRACE = 31  # days to gather a period's figures after it has ended
DAYS_A_MONTH = 31


def months_between(promised: str) -> int | None:
    """How many months apart the values were promised; None where the words do not say."""
    text = promised.lower()
    return next((months for months, words in WORDS.items() if any(word in text for word in words)), None)


def is_late(promised: str, latest: dt.date | None, today: dt.date) -> bool:
    """Whether a promised value is missing: the next period has ended, and a month has passed since."""
    if not promised:
        return False
    months = months_between(promised)
    if latest is None:
        return True
    return months is not None and (today - latest).days > months * DAYS_A_MONTH + GRACE
