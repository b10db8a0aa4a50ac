"""Notes as people write them: their own headings, bullets, owners, pages, mails. What each line becomes."""

import time

import pytest

from dialogues.notes.reader import dated_words, read, statements

FIRST, SECOND = "Chefsrollens organisatoriska förutsättningar", "Ledarens utveckling av sitt ledarskap"
AREAS = [FIRST, SECOND]
LED = ["Leda verksamhet", "Leda medarbetare", "Leda i förändringar", "Leda sig själv"]


def said(text: str, areas=AREAS) -> list[tuple]:
    return [(note.area, note.kind, note.text) for note in read(text, areas).statements]


def texts(*rows: str, areas=AREAS) -> list[str]:
    return [note.text for note in read("\n".join([FIRST, *rows]), areas).statements]


def became(text: str, areas=AREAS) -> list[str]:
    return [line.became for line in read(text, areas).lines]


# Bullets and numbers


@pytest.mark.parametrize(
    "bullet",
    [*"●◦○■□►✓→⁃−‐❖+\uf0b7\uf0a7", "->", "–>", "=>", "a)", "(a)", "a.", "i.", "ii)", "(1)", "1)", "1."],
)
def test_each_line_of_a_list_is_a_statement_without_its_sign(bullet):
    lines = [f"{bullet} {words}" for words in ("Bra stöd", "färre system", "Mer tid")]
    assert texts(*lines) == ["Bra stöd", "färre system", "Mer tid"]


@pytest.mark.parametrize(
    "line",
    [
        "3 chefer saknas",
        "4 Många system",
        "+46 räcker",
        "f. d. chefer",
        "d. v. s. mer tid",
        "I. annat",
        "2.5 tjänster",
    ],
)
def test_what_only_resembles_a_number_of_a_list_is_kept(line):
    assert texts(line) == [line]
    assert statements(line) == [line]


def test_a_point_that_begins_with_a_figure_goes_on_from_the_lists_number():
    lists = ["1. 5 procent är borta", "2. Stödet sitter långt bort.", "3. 28 procent går till administration"]
    quoted = ["4) ”Vi hinner inte”", "(5) 12 chefer slutade"]
    assert texts(*lists, *quoted) == [
        "5 procent är borta", "Stödet sitter långt bort.", "28 procent går till administration",
        "”Vi hinner inte”", "12 chefer slutade",
    ]  # fmt: skip
    assert texts("1. Mer tid", "- Stöd", "2. 3 chefer saknas") == ["Mer tid", "Stöd", "3 chefer saknas"]


@pytest.mark.parametrize("line", ["3.5 procent", "3.12 2025", "7. 12 procent", "28 procent", "3,5 procent"])
def test_a_decimal_or_a_date_in_a_line_that_goes_on_is_no_point(line):
    above = "Stödet sitter långt bort och tiden går till annat, mest till"
    assert texts("1. Mer tid", f"2. {above}", line)[1:] == [f"{above} {line}"]


def test_points_under_points_are_statements():
    assert texts("● Stöd finns", "  ○ på plats", "  ○ varje dag") == ["Stöd finns", "på plats", "varje dag"]


def test_statements_in_small_letters_stand_apart_but_a_sentence_goes_on():
    assert texts("mer tid", "färre möten", "bra stöd") == ["mer tid", "färre möten", "bra stöd"]
    assert texts("Vi har korta vägar och", "det fungerar") == ["Vi har korta vägar och det fungerar"]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("Bra enhets-", "assistent", "Bra enhetsassistent"),
        ("Bra enhets\u00ad", "assistent", "Bra enhetsassistent"),
        ("Tid för för-", "och efterarbete", "Tid för för- och efterarbete"),
        ("Vår HR-", "chef", "Vår HR-chef"),
        ("Mer e-", "learning", "Mer e-learning"),
        ("Bra stöd –", "varje dag", "Bra stöd – varje dag"),
    ],
)
def test_a_word_that_the_line_cut_is_whole_again(above, below, whole):
    assert texts(f"- {above}", below) == [whole]


def test_a_line_after_short_bullets_is_a_statement_of_its_own():
    assert texts("- Mer tid", "Bra stöd") == ["Mer tid", "Bra stöd"]


# Headings


@pytest.mark.parametrize(
    "heading",
    [
        "Utvecklingsmöjligheter (förslag)", "Utvecklingsmöjligheter (30 min)", "Utvecklingsmöjligheter för ledaren:",
        "1.2 Utvecklingsmöjligheter", "§ 3 Utvecklingsmöjligheter", "## Utvecklingsmöjligheter",
        "**Utvecklingsmöjligheter**", "**Utvecklingsmöjligheter:**",
    ],
)  # fmt: skip
def test_the_kind_is_announced_in_many_dresses(heading):
    assert said(f"{FIRST}\n{heading}\nMer tid") == [(0, "opportunity", "Mer tid")]


def test_a_kind_above_all_areas_is_theirs_until_another_is_announced():
    text = f"Behov\n{FIRST}\n- Ett\n{SECOND}\n- Två\nNuläge\n- Tre"
    assert [(area, kind) for area, kind, _text in said(text)] == [(0, "need"), (1, "need"), (1, "current")]


@pytest.mark.parametrize(
    "heading",
    [
        f"§ 2 {SECOND}", f"## {SECOND}", f"**2. {SECOND}**", f"{SECOND} (30 min)", f"Utgångspunkt 2: {SECOND}",
        f"Tema 2 – {SECOND}", "2) Chefens eget ledarskap", "Ledarskap:", "2. Ledarskap", "\nLedarskap",
        "Ledarens utveckling", "**Ledarskap**",
    ],
)  # fmt: skip
def test_an_area_is_recognised_however_its_heading_is_worded(heading):
    assert said(f"{FIRST}\nBra stöd\n{heading}\n- Våga") == [
        (0, "current", "Bra stöd"),
        (1, "current", "Våga"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"{FIRST} är för dåliga", f"Om {SECOND[0].lower()}{SECOND[1:]} tänker vi olika", "Mer ledarskap", "Utveckling",
        "Ledarskap är svårt", "Ledarskap", "Röd tråd saknas i styrningen", "Organisatoriska förutsättningar saknas",
        "Dialog med ledningsgruppen är viktig", "Workshop våren 2026 med alla chefer", "Ledarskap.",
    ],
)  # fmt: skip
def test_a_statement_is_no_heading(line):
    assert texts("Bra stöd", line, "Mer tid") == ["Bra stöd", line, "Mer tid"]


def test_an_area_under_its_own_name_is_not_guessed_as_well():
    text = f"{FIRST}\nBra stöd\n{SECOND}\nVåga\n\nLedarskap\nMod"
    assert said(text)[2:] == [(1, "current", "Ledarskap"), (1, "current", "Mod")]


def test_words_that_fit_two_areas_name_none():
    assert said("Leda\n- Mer tid", ["Leda verksamhet", "Leda medarbetare"])[0][0] is None


def test_points_of_a_numbered_list_are_no_areas():
    assert texts("1. Mer tid", "2. Ledarskap", "3. Handledning") == ["Mer tid", "Ledarskap", "Handledning"]


@pytest.mark.parametrize(
    ("heading", "area"),
    [("Leda i förändring", 2), ("Leda förändring", 2), ("Att leda sig själv", 3), ("Medarbetare:", 1)],
)
def test_the_words_for_leading_are_recognised(heading, area):
    assert said(f"{heading}\n- Mer tid", LED) == [(area, "current", "Mer tid")]


def test_own_words_for_all_areas_leave_title_and_attendance_aside():
    text = "Anteckningar\nNärvarande: 8\n1. Organisatoriska förutsättningar\n- Bra\n2) Chefens eget ledarskap\n- Våga"
    assert said(text) == [(0, "current", "Bra"), (1, "current", "Våga")]
    assert became(text)[:3] == ["unplaced", "unplaced", "heading"]


def test_numbered_subheadings_belong_to_their_area():
    text = f"1. {FIRST}\n1.1 Nuläge\nBra stöd\n1.2 Utvecklingsmöjligheter\nMer tid\n2. {SECOND}\n2.1 Nuläge\nVåga"
    assert said(text) == [(0, "current", "Bra stöd"), (0, "opportunity", "Mer tid"), (1, "current", "Våga")]


def test_bare_numbers_in_statements_are_no_chapters():
    text = f"3.4 Dialog med x ledningsgrupp 2024-05-03\n1. {FIRST}\n4 Många system\n5 Svårt\n2. {SECOND}\nBra"
    assert said(text) == [(0, "current", "4 Många system"), (0, "current", "5 Svårt"), (1, "current", "Bra")]


def test_other_paragraphs_of_minutes_are_told():
    text = f"§ 1 Mötet öppnas\nAlla är här.\n§ 2 {FIRST}\nBra stöd.\n§ 3 Övriga frågor\nInga."
    assert said(text) == [(0, "current", "Bra stöd.")]
    assert read(text, AREAS).unplaced == ["§ 1 Mötet öppnas", "Alla är här.", "§ 3 Övriga frågor", "Inga."]


def test_a_paragraph_of_minutes_goes_on_with_no_sentence_above():
    assert texts("Våga mer.", "§ 105 Övriga frågor", "Enligt", "§ 5 i lagen") == [
        "Våga mer.", "§ 105 Övriga frågor", "Enligt § 5 i lagen",
    ]  # fmt: skip


def test_a_subheading_reaches_as_far_as_its_list():
    notes = read(f"{FIRST}\nStyrning:\n- Ett\n- Två\nTre\nFyra\nTid:\nFem\nSex", AREAS)
    assert [note.heading for note in notes.statements] == ["Styrning", "Styrning", "", "", "Tid", "Tid"]


def test_a_subheading_above_all_that_was_said_is_told():
    assert became(f"Närvarande från enheterna:\n- Tre\n{FIRST}\nTid:\n- Ett")[:4] == [
        "unplaced", "unplaced", "heading", "heading",
    ]  # fmt: skip


def test_the_groups_own_summary_may_stand_above_all():
    notes = read(f"Röd tråd:\n- Tydlighet\n- Mer tid\n{FIRST}\n- Ett", AREAS)
    assert (notes.summary, [note.text for note in notes.statements]) == (["Tydlighet", "Mer tid"], ["Ett"])
    assert read(f"{FIRST}\nEtt\nRöd tråd: tydlighet i allt", AREAS).summary == ["tydlighet i allt"]


@pytest.mark.parametrize("gap", [[], [""], ["4 (5)"]])
def test_prose_right_under_the_summarys_heading_is_the_summary(gap):
    bullets = ["- Ett", "- Två", "- Tre"]
    rows = [
        FIRST,
        *bullets,
        "Röd tråd",
        *gap,
        "Tid, tydlighet och",
        "trygghet.",
        "Våga mer.",
        "",
        "Tack för idag.",
    ]
    notes = read("\n".join(rows), AREAS)
    assert notes.summary == ["Tid, tydlighet och trygghet.", "Våga mer."]
    assert notes.unplaced == ["Tack för idag."]


def test_words_that_lead_to_the_summarys_points_or_stand_below_them_are_told():
    rows = [
        "Röd tråd",
        "Vi ser en röd tråd genom allt. Den",
        "sammanfattade vi med:",
        "- Tid",
        "- Mod",
        "Eva Berg",
    ]
    notes = read("\n".join([FIRST, "- Ett", *rows]), AREAS)
    assert (notes.summary, notes.unplaced) == (
        ["Tid", "Mod"], ["Vi ser en röd tråd genom allt. Den", "Eva Berg"],
    )  # fmt: skip


def test_another_subheading_ends_the_groups_summary():
    notes = read(f"Röd tråd:\n- Tydlighet\nNärvarande:\n- Tre\n{FIRST}\n- Ett", AREAS)
    assert (notes.summary, notes.unplaced) == (["Tydlighet"], ["Närvarande:", "- Tre"])


def test_a_documents_summary_above_all_is_not_the_groups():
    notes = read(f"1 Sammanfattning\nDet här är en rapport.\n{FIRST}\nEtt", AREAS)
    assert (notes.summary, notes.unplaced) == ([], ["Det här är en rapport."])


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("Roller och mandat: en modig organisation", "Roller och mandat", "en modig organisation"),
        ("Kompetens: hur använder vi våra unga?", "Kompetens", "hur använder vi våra unga?"),
        *(
            (line, "", line)
            for line in (
                "Oklart vem som beslutar om lokaler: vi, fastighet eller tekniska?",
                "Viktigt med lokaler: nära och ljusa", "Lokaler är viktiga: nära", "Ett och två och tre fyra: fem",
            )
        ),
    ],
)  # fmt: skip
def test_a_label_is_a_few_words_and_no_sentence(line, label, text):
    (note,) = read(f"{FIRST}\n- {line}", AREAS).statements
    assert (note.label, note.text) == (label, text)


def test_two_sources_with_titles_of_their_own():
    text = (
        f"Workshop 12 februari 2026 med chefer\n{FIRST}\nEtt\nGenomgång av enkäten våren 2026\n{FIRST}\nTvå"
    )
    assert [note.occasion for note in read(text, AREAS).statements] == [
        "Workshop 12 februari 2026 med chefer", "Genomgång av enkäten våren 2026",
    ]  # fmt: skip


def test_the_title_of_the_meeting_on_every_page_opens_no_other():
    title = "Dialog med hemtjänstens ledningsgrupp 2024-05-02"
    text = f"{title}\n{FIRST}\nEtt\n{title}\nTvå"
    assert said(text) == [(0, "current", "Ett"), (0, "current", "Två")]
    assert became(text)[3] == "noise"


# Owners


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("Ägare: HR", "HR"), ("Ansvarig: HR", "HR"), ("Ägs av HR", "HR"), ("(Chefen själv)", "Chefen själv"),
        ("Ägare till detta är HR", "HR"), ("HR och kommunledning äger frågan", "HR och kommunledning"),
        ("Ägarskapet läggs hos förvaltningen", "förvaltningen"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "  ", "- ", "o "])
@pytest.mark.parametrize("kind", ["Nuläge", "Behov"])
def test_an_owner_is_said_in_words(line, owners, before, kind):
    notes = read(f"{FIRST}\n{kind}\n- Mer tid\n{before}{line}\n- Ett\n- Två", AREAS)
    assert [(note.text, note.owners) for note in notes.statements] == [
        ("Mer tid", owners),
        ("Ett", ""),
        ("Två", ""),
    ]
    assert notes.lines[3].became == "owner"


@pytest.mark.parametrize(
    "line",
    [
        "Möten äger rum för sent på dagen", "Ingen äger processen för rehab", "Ingen äger frågan", "Vi äger frågan",
        "Chefen äger sin egen utveckling och måste få tid till det", "Vem äger frågan?", "Ägare är oklart",
        "Ägare saknas till flera system och HR är sen", "Ägare till systemen är HR som inte hinner", "(mer tid)",
    ],
)  # fmt: skip
def test_a_statement_about_owning_is_no_owner(line):
    assert texts("- Mycket tid går till möten", f"- {line}", "- Bra stöd")[1] == line


@pytest.mark.parametrize(
    "line", ["Assistenten är bra", "Mer tid för chefer", "Chefer behöver tid", "Handledning"]
)
def test_a_point_beneath_a_label_is_no_owner_unless_it_names_a_body(line):
    assert texts("• Stöd: bra", f"o {line}") == ["bra", line]


def test_the_one_body_beneath_a_label_is_the_owner_but_a_list_of_them_is_not():
    notes = read(
        f"{FIRST}\n- Stöd: bra\n    - Chefens chef + chefen\n- Rehab: mer\n    - HR\n    - IT", AREAS
    )
    assert [(note.text, note.owners) for note in notes.statements] == [
        ("bra", "Chefens chef + chefen"), ("mer", ""), ("HR", ""), ("IT", ""),
    ]  # fmt: skip


# Letters and chats


def test_a_mails_beginning_and_end_are_told():
    text = f"Från: Anna Svensson\nHej alla,\n{FIRST}\nBra stöd\nMed vänlig hälsning\nAnna Svensson\nTel 070-1234567"
    assert said(text) == [(0, "current", "Bra stöd")]
    assert len(read(text, AREAS).unplaced) == 5


def test_who_wrote_when_in_a_chat_is_told():
    lines = ["[09:12] Anna Svensson", "Bra stöd", "Bo Ek 09:13", "mer tid", "Mötet 09:00 är för tidigt"]
    assert texts(*lines) == ["Bra stöd", "mer tid", "Mötet 09:00 är för tidigt"]
    assert became("\n".join([FIRST, *lines]))[1::2] == ["unplaced", "unplaced", "statement"]


# The whole


@pytest.mark.parametrize(
    ("text", "words"),
    [("Ledningsgruppen, 20190129, röstade", "2019-01-29"), ("Möte 3/2 2026", "3/2 2026"), ("0701234567", "")],
)
def test_other_ways_to_write_a_day(text, words):
    assert dated_words(text) == words


def test_every_line_is_told_once():
    text = f"Hej\n\n{FIRST}\n- Ett\n  Ägare: HR\n4 (5)\nRöd tråd:\n- Två\n{SECOND}\nTre\nmvh\nBo"
    assert [line.number for line in read(text, AREAS).lines] == list(range(1, len(text.splitlines()) + 1))


@pytest.mark.parametrize(
    "text",
    [
        "1\n" * 5000, "Plan för alla 2 (3)\n4\n" * 2500, "**" * 50_000, "a**" * 30_000, "- a: b\no chefen\n" * 2500,
        "Workshop 2026 x\n" * 5000, "\n".join(f"{at} Kapitel" for at in range(5000)), "Ledarskap\n" * 5000,
        "chef " * 20_000, "ägare till " * 10_000, "(" * 100_000, "Ägs av " + "och " * 20_000, f"{FIRST}\n" * 5000,
    ],
)  # fmt: skip
def test_odd_notes_take_no_time(text):
    start = time.process_time()
    read(text, AREAS)
    assert time.process_time() - start < 3
