"""Whether anything has been written since, asked of the database itself, so that dear work need not be done twice.

Triggers on every table of ours put a new random number in a row of `WriteMark` with each write, in the writer's own
transaction: what is rolled back leaves no mark, what is committed by whatever means (bulk writes, imports, SQL) does.
PostgreSQL has many such rows, and a transaction takes one that no other holds, so that writers do not wait for each
other. Where triggers are switched off, and after a backup is put back, restart the application.

A migration that changes `WriteMark` itself calls `remove` first: SQLite would not let the table go from under them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core.cache import caches
from django.db import connections
from django.db.models import Sum

from organisation.models import Draft, WriteMark

UNMARKED = (WriteMark, Draft)  # what somebody is typing is nothing that is worked with
UNMARKED_FIELDS = {"last_login"}  # each morning's sign-ins say nothing of the work
BUCKETS = 1024
SUFFIX = "_marks_write"
LOCK = 5_316_020  # the advisory locks' first key: a number that is nobody else's
FUNCTION = f"""CREATE OR REPLACE FUNCTION mark_write() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE mine int := pg_backend_pid() % {BUCKETS};
    BEGIN
    FOR _try IN 1..{BUCKETS} LOOP
        EXIT WHEN pg_try_advisory_xact_lock({LOCK}, mine);
        mine := (mine + 1) % {BUCKETS};
    END LOOP;
    INSERT INTO organisation_writemark (bucket, token) VALUES (mine, (random() * 4e15)::bigint)
    ON CONFLICT (bucket) DO UPDATE SET token = EXCLUDED.token;
    RETURN NULL; END $$"""
ABSENT = object()


def last_write() -> int | None:
    """A number that is another after every committed write; None when there is nothing to tell by. One query."""
    return WriteMark.objects.aggregate(found=Sum("token"))["found"]


def remembered(key: str, make: Callable[[], Any]) -> Any:
    """What `make` works out from the database, in this process, for as long as nobody writes anything.

    The mark is read before the work begins: a write meanwhile makes another mark, and the result is not found again.
    """
    mark = last_write()
    if mark is None:
        return make()
    found = caches["worked_out"].get(f"{key}:{mark}", ABSENT)
    if found is ABSENT:
        found = make()
        caches["worked_out"].set(f"{key}:{mark}", found)
    return found


def tables() -> dict[str, list[str]]:
    """The columns whose writes leave a mark, by table, links between models among them; of Django's own and those of
    sign-ins none."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if (
            meta.managed
            and not meta.proxy
            and model not in UNMARKED
            and not model.__module__.startswith(("django.", "axes."))
        ):
            found[meta.db_table] = [
                f'"{field.column}"' for field in meta.concrete_fields if field.name not in UNMARKED_FIELDS
            ]
    return found


def install(using: str = "default", **_signal) -> None:
    """Add the triggers that are missing; asked after each `migrate`, since SQLite loses those of a table it remakes."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    if WriteMark._meta.db_table not in existing:
        return
    names = {"postgresql": _postgresql, "sqlite": _sqlite}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in names(cursor, {name: row for name, row in tables().items() if name in existing}):
            cursor.execute(statement)


def _postgresql(cursor, wanted: dict[str, list[str]]) -> Iterator[str]:
    yield FUNCTION
    cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s", [f"%{SUFFIX}"])
    known = {table.strip('"') for (table,) in cursor.fetchall()}
    for table, columns in wanted.items():
        if table not in known:
            yield f"""CREATE TRIGGER {table}{SUFFIX}
                AFTER INSERT OR UPDATE OF {", ".join(columns)} OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION mark_write()"""


def _sqlite(_cursor, wanted: dict[str, list[str]]) -> Iterator[str]:
    yield "INSERT OR IGNORE INTO organisation_writemark (bucket, token) VALUES (0, random())"
    for table, columns in wanted.items():
        for event in ("INSERT", f"UPDATE OF {', '.join(columns)}", "DELETE"):
            yield f"""CREATE TRIGGER IF NOT EXISTS {table}{SUFFIX}_{event.split()[0].lower()} AFTER {event} ON {table}
                BEGIN UPDATE organisation_writemark SET token = random() WHERE bucket = 0; END"""


def remove(using: str = "default") -> None:
    """Take every trigger away."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS mark_write() CASCADE")
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"%{SUFFIX}%"]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
