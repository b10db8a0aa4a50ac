"""Files with personal identity numbers are refused before anything of them is kept."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from program.exchange.tables import NotATable
from ui.personal import personal_numbers

SHORTEST = 10  # characters of a number


class HoldsPersonalNumber(NotATable):
    """A row of the file, counted from 1, holds one."""

    def __init__(self, row: int) -> None:
        super().__init__("personal_number")
        self.row = row

    @property
    def words(self) -> str:
        told = _("Line %(line)d holds a personal identity number. Take it away; nobody is to be recognised.")
        return told % {"line": self.row}


def refuse_persons(rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Raise HoldsPersonalNumber for the first row with one in any of its cells; figures of two cells make none."""
    for number, cells in rows:
        if any(len(cell) >= SHORTEST and personal_numbers(cell) for cell in cells):
            raise HoldsPersonalNumber(number)
