"""From a file's bytes to what it says."""

from program.exchange import items, tables
from program.exchange.compare import known_roles


def read_file(name: str, content: bytes, place) -> items.Reading:
    """What a file says; raises NotATable also when it has no headings or nothing below them."""
    found = tables.read(name, content)
    reading = items.read(found, known_roles(place))
    if len(reading.skipped) == len(found):
        raise tables.NotATable("no_headings")
    if not reading.items and not reading.wrong:
        raise tables.NotATable("empty")
    return reading
