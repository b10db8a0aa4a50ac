import re


class IdConverter:
    """A primary key: digits that fit the database's column, so that a huge number is 404 and no error."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def row_key(text: str) -> int | None:
    """A primary key that a form or an address carries; None for what is none."""
    return int(text) if re.fullmatch(IdConverter.regex, text) else None
