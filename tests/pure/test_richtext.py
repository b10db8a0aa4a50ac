"""Running text: what it becomes is safe whatever was typed, and marks never cut what they stand in."""

import random
import re
import time
from html.parser import HTMLParser

import pytest

from ui.richtext import TAGS, Mark, held, sentences, to_html

VOID = {"br"}
PIECES = [
    "Vi anställer fem.", "**", "*", "_", "\n", "\n\n", "- ", "1. ", "## ", "### ", "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">', "<b>", "</p>", "&amp;", "&lt;script&gt;", "[länk](javascript:alert(1))",
    "![bild](http://ond.example/x.png)", "<javascript:alert(1)>", "`kod`", "\\*", "\\", "  ", "    ", "\t", "\x00",
    "\x07", "\u200b", "\ue000", "\ue001", "\U0001f389", "مرحبا", "\r\n", "'", '"', ">", "<!--", "]]>", "• ", "2015. ",
    "t.ex. CM", "[x]: http://ond.example", "http://ond.example", "|a|b|", "---", "===", "&#60;script&#62;",
]  # fmt: skip


class Walk(HTMLParser):
    """Fails on an unknown tag or attribute, and on a tag that closes what is not open."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ("class", "href", "start"), name
            assert name != "href" or value.startswith("/"), value
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def walk(html: str) -> Walk:
    walker = Walk()
    walker.feed(html)
    walker.close()
    assert walker.open == []
    return walker


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_typed_becomes_well_formed_and_safe(seed):
    dice = random.Random(seed)
    for _ in range(25):
        text = "".join(dice.choice(PIECES) for _ in range(dice.randrange(1, 30)))
        found = [row.text for row in sentences(text)]
        quotes = [*dice.sample(found, min(len(found), 3)), "fem", "anställer fem. t.ex.", "alert(1)"]
        marks = [Mark(quote, "measure", "pågår", "/a/1/", "<i>Om</i>", "under_way") for quote in quotes]
        plain, marked = walk(to_html(text)), walk(to_html(text, marks))
        labels = marked.text.count(" pågår: <i>Om</i>")
        assert len(marked.text) == len(plain.text.replace("\n", " ")) + labels * len(" pågår: <i>Om</i>")


@pytest.mark.parametrize("seed", range(10))
def test_every_sentence_is_held_by_its_text(seed):
    dice = random.Random(1000 + seed)
    for _ in range(25):
        text = "".join(dice.choice(PIECES) for _ in range(dice.randrange(1, 30)))
        found = [row.text for row in sentences(text) if re.search(r"\w", row.text)]
        assert held(text, found) == set(found)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ett.\n\nTvå\nrader.", "<p>Ett.</p>\n<p>Två rader.</p>\n"),
        ("- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n"),
        ("• a\n• b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("**fet** och *kursiv*", "<p><strong>fet</strong> och <em>kursiv</em></p>\n"),
        ("## A\n\n### B\n\n## C", "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n"),
        ("### B\n\n# A\n\n### B", "<h3>B</h3>\n<h3>A</h3>\n<h4>B</h4>\n"),
        ("<b>x</b> & [y](z)", "<p>&lt;b&gt;x&lt;/b&gt; &amp; [y](z)</p>\n"),
        ("    indraget", "<p>indraget</p>\n"),
        ("**obalanserad", "<p>**obalanserad</p>\n"),
        ("", ""),
    ],
)
def test_the_small_markup(text, html):
    assert to_html(text) == html


def mark(quote, **fields):
    return Mark(quote, **{"kind": "measure", "label": "planeras"} | fields)


def test_a_mark_follows_the_words_across_markup_and_line_breaks():
    html = to_html("Vi **anställer\nfem** i höst.", [mark("Vi anställer fem i höst.")])
    assert html == (
        '<p><mark class="measure">Vi </mark><strong><mark class="measure">anställer fem</mark></strong>'
        '<mark class="measure"> i höst.</mark> <span class="tag">planeras</span></p>\n'
    )


def test_a_quote_that_occurs_twice_is_marked_twice():
    assert to_html("Fler chefer.\n\n- Fler chefer.", [mark("Fler chefer.")]).count("<mark") == 2


def test_a_quote_that_is_gone_marks_nothing_and_is_told():
    text = "Fyra tjänster tillsätts."
    assert to_html(text, [mark("Fem tjänster tillsätts.")]) == f"<p>{text}</p>\n"
    assert held(text, ["Fem tjänster tillsätts.", text, "tjänst", ""]) == {text}


def test_words_are_not_found_across_two_bullets_or_inside_a_word():
    assert held("- Ett\n- två", ["Ett två", "Ett - två"]) == set()
    assert held("Omständigheter", ["Om", "ständig"]) == set()


def test_of_two_marks_that_overlap_the_first_and_longest_is_drawn():
    marks = [mark("fem chefer"), mark("Vi anställer fem chefer", label="pågår"), mark("chefer i höst")]
    html = to_html("Vi anställer fem chefer i höst", marks)
    assert html.count("<mark") == 1
    assert "pågår" in html


def test_an_address_of_another_kind_is_dropped():
    html = to_html("Ett.", [mark("Ett.", url="javascript:alert(1)")])
    assert "javascript" not in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ett. Två! Tre?", ["Ett.", "Två!", "Tre?"]),
        ("Arbetssätt (t.ex. CM, SRI) finns. De används.", ["Arbetssätt (t.ex. CM, SRI) finns.", "De används."]),
        ("Det pågår bl.a. Arbete. Nu.", ["Det pågår bl.a. Arbete.", "Nu."]),
        ("Startar hösten 2015. Syftet är gott.", ["Startar hösten 2015.", "Syftet är gott."]),
        ("”Bra.” Så sa de.", ["”Bra.”", "Så sa de."]),
        ("Vi följer … och ser.", ["Vi följer … och ser."]),
        ("## Rubrik\n- Punkt ett\n- Punkt. Två", ["Punkt ett", "Punkt.", "Två"]),
        ("Utan punkt", ["Utan punkt"]),
    ],
)  # fmt: skip
def test_sentences(text, expected):
    assert [row.text for row in sentences(text)] == expected


def test_sentences_know_their_block():
    found = sentences("Ett. Två.\n\n- Tre. Fyra.\n- Fem")
    assert [(row.block, row.is_item) for row in found] == [
        (0, False),
        (0, False),
        (1, True),
        (1, True),
        (2, True),
    ]


@pytest.mark.parametrize("text", ["*" * 20000, "- " * 10000, "**a " * 5000, "_a*" * 6000, "> " * 10000])
def test_a_long_and_odd_text_is_drawn_all_the_same(text):
    walk(to_html(text, [mark("a a a")]))


def test_a_text_of_stops_alone_takes_no_time():
    start = time.process_time()
    sentences("." * 20_000 + "x" + "!" * 20_000)
    assert time.process_time() - start < 2
