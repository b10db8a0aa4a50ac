"""What a row said when it left, as a short print of every cell: tells what the reader changed from what others did.

Each cell gives four characters of a hash, in the order of the keys. Pure.
"""

import base64
import hashlib
from typing import Any

from program.exchange.words import in_words

FORM = "1"
KEYS = {
    "activity": (
        "number", "area", "title", "current_state", "measure", "desired_result", "responsible",
        "joint_responsibility", "departments", "status", "starts", "deadline", "completed", "comment", "level", "kind",
        "is_existing", "part_of", "referred_to", "referral_outcome", "funding", "plan_links", "needs", "audiences",
        "hours_per_manager", "months", "weeks", "is_recurring",
    ),
    "step": ("number", "text", "deadline", "completed"),
    "follow_up": ("kind", "planned", "held", "outcome"),
}  # fmt: skip
WIDTH = 4


def print_of(key: str, value: Any) -> str:
    """The print of one cell, whatever language and spacing it stands in."""
    text = " ".join(in_words(key, value).split())
    digest = hashlib.sha256(f"{key}\0{text}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:3]).decode()


def trace(row: str, values: dict[str, Any]) -> str:
    """The prints of a row (activity, step, follow_up)."""
    return FORM + "".join(print_of(key, values.get(key)) for key in KEYS[row])


def read(row: str, text: str) -> dict[str, str]:
    """Prints by key; empty when the cell holds no trace, and every difference counts as the reader's."""
    keys = KEYS[row]
    if len(text) != len(FORM) + WIDTH * len(keys) or not text.startswith(FORM):
        return {}
    prints = text[len(FORM) :]
    return {key: prints[at * WIDTH : (at + 1) * WIDTH] for at, key in enumerate(keys)}
