"""From a file's bytes to what it would do to the programme's values."""

import datetime as dt

from django.core.exceptions import ValidationError

from metrics.file_persons import refuse_persons
from metrics.models import Observation
from metrics.observation_import import items, known
from metrics.observation_import.compare import Comparison, compare, others_drafts, overlaps
from metrics.observation_import.items import Item, Reading
from metrics.observation_import.judge import judge
from program.exchange import tables
from program.exchange.tables import MOST_COLUMNS, NotATable

MOST_VALUES = 20_000
CODES = {"max_length": "too_long", "personal_number": "personal_number", "control_character": "control"}


def read_file(name: str, content: bytes) -> Reading:
    """What a file says; raises NotATable also for one without headings, without values, or with too many."""
    if name.lower().endswith(".docx"):
        raise NotATable("wrong_kind")
    found = tables.read(name, content)
    for table in found:
        refuse_persons(table.rows)
    reading = items.read(found)
    if not reading.has_headings:
        raise NotATable("no_value_headings")
    if reading.widest >= MOST_COLUMNS:
        raise NotATable("too_many_columns")
    if not reading.items:
        raise NotATable("no_values")
    if len(reading.items) > MOST_VALUES:
        raise NotATable("too_many_values")
    _refuse_texts(reading)
    return reading


def _refuse_texts(reading: Reading) -> None:
    """Say of each text what the database's own fields would refuse."""
    judged: dict[tuple[str, str], str] = {}
    for item in reading.items:
        for key, text in _texts(item):
            code = judged.setdefault((key, text), _refusal(key, text)) if text else ""
            if code:
                item.refuse(key, code)


def _texts(item: Item) -> list[tuple[str, str]]:
    return [("category", item.category), *((key, item.said.get(key, "")) for key in items.TEXTS)]


def _refusal(key: str, text: str) -> str:
    """The code of what is wrong with a text, empty when it can be kept."""
    try:
        Observation._meta.get_field(key).run_validators(text)
    except ValidationError as error:
        return CODES.get(error.error_list[0].code, "control")
    return ""


def beside(reading: Reading, place, today: dt.date, *, by=None, lock: bool = False, **chosen) -> Comparison:
    """The file beside what is kept; `by` is who would write it. Five queries, however many values it holds."""
    judged = judge(reading, known.given(place, today, **chosen))
    held = known.held(place, judged.values, lock=lock)
    results = compare(judged.values, held)
    wrong = judged.wrong + others_drafts(results, by and by.pk)
    return Comparison(
        results, wrong, reading.unknown, reading.skipped, reading.empty, judged.rounded, judged.tiny,
        overlaps(judged.values, held),
    )  # fmt: skip
