"""Running text with a small markup, drawn as safe HTML; and the words in it that can be marked.

The markup is paragraphs, bullets, numbered lists, **strong**, *emphasis* and sub-headings. Nothing else is
known, least of all HTML, and what comes out passes an explicit allow-list besides. Marks are laid on the words
that a reader sees, so that they survive another line break or a word made strong, and never cut a tag.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ui.characters import CONTROL

RULES = ["list", "heading", "emphasis", "newline", "escape"]
TAGS = {"p", "ul", "ol", "li", "strong", "em", "br", "h3", "h4", "h5", "h6", "mark", "a", "span"}
ATTRIBUTES = {"ol": {"start"}, "mark": {"class"}, "a": {"class", "href"}, "span": {"class"}}
LOWEST = 6

BULLET = re.compile(r"^([ \t]*)[•▪◦]\s+", re.MULTILINE)  # as word processors paste them
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’»)\]]*\s+")
ABBREVIATION = re.compile(
    r"[a-zåäö]|t\.ex|bl\.a|dvs|d\.v\.s|s\.k|f\.d|fr\.o\.m|t\.o\.m|p\.g\.a|pga|resp|ca|kl|nr|jfr|ang|avd|inkl|exkl|kap"
    r"|tel|ex|bl"
)


@dataclass(frozen=True)
class Mark:
    """Words that are marked in a text: a `measure` or a `stance`, with the label that follows them.

    `about` goes on where the label ends, for those who hear the page; `badge` colours the label.
    """

    quote: str
    kind: str
    label: str
    url: str = ""
    about: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence or bullet as the reader sees it; `block` numbers the paragraph or bullet it stands in."""

    text: str
    block: int
    is_item: bool = False


def to_html(text: str, marks: Sequence[Mark] = (), level: int = 3) -> str:
    """Safe HTML; the highest sub-heading becomes `level`, and no heading skips one."""
    markdown = _parser()
    tokens = _parse(text)
    _settle_headings(tokens, level)
    for token in tokens:
        if token.type == "inline":
            token.children = list(_marked(_runs(token), marks))
    html = markdown.renderer.render(tokens, markdown.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None, url_schemes={"https"})


def sentences(text: str) -> list[Sentence]:
    """What can be marked, in order; headings cannot."""
    return [
        Sentence(sentence, number, is_item)
        for number, (words, is_item) in enumerate(_blocks(text))
        for sentence in _split(words)
    ]


def held(text: str, quotes: Iterable[str]) -> set[str]:
    """The quotes that the text still holds, within one paragraph or bullet each."""
    blocks = [words for words, _is_item in _blocks(text)]
    return {quote for quote in quotes if any(next(_places(words, quote), None) for words in blocks)}


def one_line(text: str) -> str:
    """Words as they are compared: whatever stands between them counts as one space."""
    return " ".join(text.split())


def _parser() -> MarkdownIt:
    return MarkdownIt("zero").enable(RULES)


def _parse(text: str) -> list[Token]:
    return _parser().parse(
        BULLET.sub(r"\1- ", CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    )


def _settle_headings(tokens: list[Token], level: int) -> None:
    """Sub-headings fit under the page's own: ranks by what the text uses, no step skipped."""
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    last = level - 1
    for token in tokens:
        if token.type == "heading_open":
            last = min(level + used.index(token.tag), last + 1, LOWEST)
            token.tag = f"h{last}"
        elif token.type == "heading_close":
            token.tag = f"h{last}"


def _runs(inline: Token) -> list[Token]:
    """The inline tokens with line breaks as spaces and texts beside each other joined."""
    runs: list[Token] = []
    for child in inline.children or []:
        is_text = child.type in ("text", "softbreak", "text_special")
        content = " " if child.type == "softbreak" else child.content
        if is_text and runs and runs[-1].type == "text":
            runs[-1].content += content
        else:
            runs.append(_text(content) if is_text else child)
    return runs


def _plain(runs: list[Token]) -> str:
    return "".join(run.content if run.type == "text" else " " * (run.type == "hardbreak") for run in runs)


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """The plain words of each paragraph or bullet, and whether it is a bullet."""
    inside: list[str] = []
    for token in _parse(text):
        if token.nesting == 1:
            inside.append(token.type)
        elif token.nesting == -1:
            inside.pop()
        elif token.type == "inline" and inside[-1] != "heading_open":
            yield _plain(_runs(token)), "list_item_open" in inside


def _split(words: str) -> Iterator[str]:
    start = 0
    for end in SENTENCE_END.finditer(words):
        before = words[start : end.start()].rsplit(None, 1)[-1:] or [""]
        last_word = before[0].strip('("”»’').lower()
        goes_on = words[end.end() : end.end() + 1].islower()
        is_short = words[end.start()] == "." and ABBREVIATION.fullmatch(last_word)
        if not goes_on and not is_short:
            yield one_line(words[start : end.end()])
            start = end.end()
    if words[start:].strip():
        yield one_line(words[start:])


def _places(words: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where a quote stands, whatever spaces and line breaks lie between its words."""
    parts = [re.escape(part) for part in quote.split()]
    if parts:
        for found in re.finditer(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", words):
            yield found.span()


def _spans(words: str, marks: Sequence[Mark]) -> list[tuple[int, int, Mark]]:
    """Where the marks stand, in order; of two that overlap the first and longest is drawn."""
    found = sorted(
        ((start, end, mark) for mark in marks for start, end in _places(words, mark.quote)),
        key=lambda span: (span[0], -span[1]),
    )
    kept: list[tuple[int, int, Mark]] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _marked(runs: list[Token], marks: Sequence[Mark]) -> Iterator[Token]:
    """The runs with each marked stretch of text in a mark of its own, and the label after the last."""
    spans = _spans(_plain(runs), marks)
    at = 0
    for run in runs:
        if run.type == "text":
            yield from _cut(run.content, at, spans)
            at += len(run.content)
        else:
            at += run.type == "hardbreak"
            yield run


def _cut(content: str, at: int, spans: list[tuple[int, int, Mark]]) -> Iterator[Token]:
    """One stretch of text that begins at `at`, cut where the spans begin and end."""
    done = 0
    for start, end, mark in spans:
        first, last = max(start - at, 0), min(end - at, len(content))
        if first < last:
            yield _text(content[done:first])
            yield from _around("mark", {"class": mark.kind}, _text(content[first:last]))
            if end - at <= len(content):
                yield from _label(mark)
            done = last
    yield _text(content[done:])


def _label(mark: Mark) -> Iterator[Token]:
    yield _text(" ")
    tag, attributes = ("a", {"href": mark.url}) if mark.url else ("span", {})
    hidden = _around("span", {"class": "visually-hidden"}, _text(f": {mark.about}")) if mark.about else []
    look = f"badge {mark.badge}" if mark.badge else "tag"
    yield from _around(tag, attributes | {"class": look}, _text(mark.label), *hidden)


def _around(tag: str, attributes: dict[str, str], *inner: Token) -> list[Token]:
    opening = Token(f"{tag}_open", tag, 1, attrs=dict(attributes))
    return [opening, *inner, Token(f"{tag}_close", tag, -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
