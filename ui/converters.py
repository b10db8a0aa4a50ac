class IdConverter:
    """A primary key: digits that fit the database's column, so that a huge number is 404 and no error."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
