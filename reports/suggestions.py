"""Wording that a writer may take in: what the data says, and what the last report said under the same heading. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.content import Bullets, Changes, Content, Numbered, Section, Sentence, paragraphs


@dataclass(frozen=True)
class Suggestion:
    """One passage. `is_taken`: the text holds it already, word for word."""

    text: str
    is_taken: bool = False


def computed(section: Section, text: str) -> list[Suggestion]:
    """The section's own computed sentences and points, in order, each once; tables and charts are not words."""
    return _told(_lines(section), text)


def earlier(previous: Content | None, key: str, text: str) -> list[Suggestion]:
    """What somebody wrote under the same heading in the last report, paragraph by paragraph."""
    if previous is None:
        return []
    rows = previous.whole
    return _told(iter([part for row in rows if row.key == key for part in paragraphs(row.narrative)]), text)


def taken_in(text: str, passage: str) -> str:
    """The text with the passage as its last paragraph."""
    before = text.rstrip()
    return f"{before}\n\n{passage}" if before else passage


def _lines(section: Section) -> Iterator[str]:
    """A sentence that leads in to a list is one passage with it; without the list it says nothing."""
    lead = ""
    for block in section.blocks:
        items = block.items if isinstance(block, Bullets | Numbered | Changes) else ()
        if lead and items:
            yield f"{lead} {' '.join(map(_ended, items))}"
        else:
            yield from items
        lead = block.text if isinstance(block, Sentence) and block.text.endswith(":") else ""
        if isinstance(block, Sentence) and not lead:
            yield block.text


def _ended(item: str) -> str:
    return item if item.endswith((".", "?", "…", ".)")) else f"{item}."


def _told(passages: Iterator[str], text: str) -> list[Suggestion]:
    held = " ".join(text.split())
    return [Suggestion(row, " ".join(row.split()) in held) for row in dict.fromkeys(passages) if row.strip()]
