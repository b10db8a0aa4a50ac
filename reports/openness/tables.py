"""Records as CSV: UTF-8 with a byte order mark and semicolons, one file a kind."""

import csv
import io
from collections.abc import Iterable

from reports.openness.kinds import Kind
from reports.openness.records import Record
from ui import sheets


def to_csv(kind: Kind, records: Iterable[Record], *, exact: bool = False) -> bytes:
    """The kind's records, a column a field. Unless `exact`, nothing in it is taken for a formula when it is opened."""
    rows = [[str(record.pk), *(field.text for field in record.fields)] for record in records]
    heading = ["Id", *(column.label for column in kind.columns)]
    return written([heading, *(rows if exact else [[_covered(text) for text in row] for row in rows])])


def grounds(counted: Iterable[tuple[str, int]]) -> bytes:
    """How many places are masked on each ground."""
    return written(
        [["Grund", "Antal ställen"], *([_covered(ground), str(count)] for ground, count in counted)]
    )


def written(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _covered(text: str) -> str:
    return f"'{text}" if sheets.FORMULA.match(text) else text
