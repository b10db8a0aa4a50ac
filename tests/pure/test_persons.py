import json
import re
import time
from pathlib import Path

import pytest

from dialogues.privacy.given_names import GIVEN, ONLY_INSIDE
from dialogues.privacy.persons import likely_names

DATA = Path(__file__).parents[2] / "demo/data"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna ordnar schemat", ["Anna"]),
        ("Vi frågar alltid Karin", ["Karin"]),
        ("Bra stöd av Karins grupp", ["Karins"]),
        ("Åsas grupp fungerar", ["Åsas"]),
        ("Anna-Karin leder mötet", ["Anna-Karin"]),
        ("möte med Fatima Hussein i dag", ["Fatima Hussein"]),
        ("möte med Xerxia Quolm i dag", ["Xerxia Quolm"]),
        ("prata med Lindqvist först", ["Lindqvist"]),
        ("Karlsson vet", ["Karlsson"]),
        ("A.L. vet hur systemet fungerar", ["A.L."]),
        ("enligt A. L. i gruppen", ["A. L."]),
        ("Chefen Anna, och Per", ["Anna", "Per"]),
        ("Bo Berg hjälper till", ["Bo Berg"]),
        ("Anna och Anna", ["Anna"]),
        ("Kalle kom sent", ["Kalle"]),
        ("ANNA BERG VET", ["ANNA BERG"]),
        ("Fråga ANDERSSON", ["ANDERSSON"]),
        ("frågade anna svensson och bo lindberg", ["anna svensson", "bo lindberg"]),
        ("karlsson vet", ["karlsson"]),
        ("Enhetschefen Lindberg sade", ["Lindberg"]),
        ("av sjuksköterskan Karimi", ["Karimi"]),
        ("Vår enhetschef Lindberg", ["Lindberg"]),
    ],
)
def test_a_likely_name_is_found(text, names):
    assert likely_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "", "Bo kvar hemma", "Inga möten på fredagar", "Dina chefer", "Hans chefer", "Maj är en tung månad",
        "Enligt SoL och AML", "Fler möten i Microsoft Teams", "Region Gotland", "HR Partner", "AI",
        "lex Sarah-utredningar och Lex Maria", "T.ex. stöd från HR", "Vi startar kl. 10. Alla är med.",
        "STÖD FRÅN HR OCH IT", "PER PERSON", "IDA", "per år", "hans barrkvist", "en medelsvensson", "anna till",
        "Enhetschef Hemtjänst", "Chefen Region Gotland", "Chefen och Kommunal", "fråga Medvind",
        "Stöd: Handledning i grupp", "• Handledning", "anna@exempel.se", "Planering och prioritering: Våga välja",
    ],
)  # fmt: skip
def test_other_words_are_left_in_peace(text):
    assert likely_names(text) == []


def test_what_the_programme_calls_its_own_is_no_person():
    text = "Stöd från Hemvården Norr och Mariagårdens grupp, och av Anna i Norr"
    assert likely_names(text, ["Hemvården Norr", "Mariagårdens grupp"]) == ["Anna"]
    assert likely_names("Vi använder Medvind Tid", ["Medvind Tid"]) == []
    assert likely_names("Vi använder (Karin)", ["Karin", ""]) == []


def test_lists_are_apart():
    assert GIVEN.isdisjoint(ONLY_INSIDE)
    assert all(re.fullmatch("[A-ZÅÄÖ][a-zåäöéè]+", name) for name in GIVEN | ONLY_INSIDE)


def test_what_managers_say_gives_no_false_alarm():
    """All texts of the demo, which are worded after the sources and name nobody."""
    data = json.loads((DATA / "gotland_dialogues.json").read_text(encoding="utf-8"))
    said = [row["text"] for meeting in data["dialogues"] for row in meeting["statements"]]
    assert len(said) > 100
    assert [name for words in said for name in likely_names(words)] == []


def test_a_whole_evenings_notes_are_read_quickly():
    text = "Anna och Åsa Vet Mycket om A.L. i Microsoft Teams. " * 2000
    begun = time.process_time()
    likely_names(text, [f"Enheten {number}" for number in range(200)])
    assert time.process_time() - begun < 1
