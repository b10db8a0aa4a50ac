"""What an unknown name is nearest to. Pure."""

from collections.abc import Sequence
from difflib import get_close_matches

MOST = 50  # distinct names; each asking reads every known one, and nobody mends more by hand
LONGEST = 120  # characters, as names are at most


class Nearest:
    """The known name most like a text, asked once for each text and of the first of them only."""

    def __init__(self, names: Sequence[str], likeness: float) -> None:
        self.names, self.likeness = names, likeness
        self.found: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The name, or nothing."""
        if text not in self.found and len(self.found) < MOST and len(text) <= LONGEST:
            self.found[text] = next(iter(get_close_matches(text, self.names, 1, self.likeness)), "")
        return self.found.get(text, "")
