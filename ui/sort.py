"""Swedish alphabetical order as an SQL expression, the same on every database."""

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Lower, Replace

# å ä ö stand last in the alphabet; so do { | } among ASCII characters, right after z.
AFTER_Z = {"å": "{", "Å": "{", "ä": "|", "Ä": "|", "æ": "|", "ö": "}", "Ö": "}", "ø": "}", "é": "e", "É": "e"}


class Bytewise(Func):
    """Compare by code point, whatever collation the database was made with."""

    function = ""
    template = "%(expressions)s"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **extra)


def swedish(field: str) -> Func:
    """An expression to order by: a–z, then å, ä, ö; upper and lower case alike."""
    expression = F(field)
    for letter, stand_in in AFTER_Z.items():
        expression = Replace(expression, Value(letter), Value(stand_in))
    return Bytewise(Lower(expression))
