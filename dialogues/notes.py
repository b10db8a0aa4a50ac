"""Which statements do typed or pasted lines hold: one a line, bullets and stray blanks taken off."""

import re

BULLET = re.compile(r"^\s*(?:[–—•*➢·‣▪]|o(?=\s|$)|-(?=\D|$))\s*")


def statements(text: str) -> list[str]:
    """The statements of a text, in order; empty lines and lone bullets are none."""
    found = []
    for line in text.splitlines():
        words = " ".join(BULLET.sub("", line, count=1).split())
        if words:
            found.append(words)
    return found
