"""A PDF whose streams end where every reader sees it.

A stream's bytes are followed by a line end and `endstream`. When the last of them is itself a carriage return, readers
that go by the words and not by /Length take it for half of the line end, and validators call the length wrong. The
line end is then written with a carriage return of its own.
"""

import re
from itertools import pairwise

AMBIGUOUS = b"\r\nendstream"
LENGTH = re.compile(rb"/Length (\d+)")
ENTRY = re.compile(rb"(\d{10}) (\d{5}) n")


def with_clear_line_ends(data: bytes) -> bytes:
    """The same PDF, its cross-reference table moved by the bytes put in."""
    places = _places(data)
    if not places:
        return data
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    edges = [0, *places, len(data)]
    longer = b"\r".join(data[low:high] for low, high in pairwise(edges))
    moved = start + len(places)
    table, end = longer[moved:].split(b"trailer", 1)

    def entry(found: re.Match[bytes]) -> bytes:
        at = int(found[1])
        return b"%010d %s n" % (at + sum(place < at for place in places), found[2])

    end = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % moved, end)
    return longer[:moved] + ENTRY.sub(entry, table) + b"trailer" + end


def _places(data: bytes) -> list[int]:
    """Where a carriage return is put in: before the line end of each stream that ends in one."""
    found, at = [], data.find(AMBIGUOUS)
    while at >= 0:
        begin = data.rfind(b"stream\n", 0, at) + len(b"stream\n")
        head = data[data.rfind(b" obj", 0, begin) : begin]
        length = LENGTH.search(head)
        if length and begin + int(length[1]) == at + 1:
            found.append(at + 1)
        at = data.find(AMBIGUOUS, at + 1)
    return found
