"""What is remembered for as long as nobody writes: every way of writing must be noticed, by either database."""

from contextlib import closing

import psycopg2
import pytest
from django.contrib.auth.models import update_last_login
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import timezone

from organisation.models import Department, Draft, Organisation, WriteMark
from organisation.writes import BUCKETS, LOCK, last_write, remembered, tables
from program.models import Activity
from reports.drafts import draft_of
from reports.facts import compose
from tests import factories

PSYCOPG = ("dbname", "user", "password", "host", "port")


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def add_in_bulk(world) -> None:
    Department.objects.bulk_create(
        [
            Department(organisation=world.ours, code=f"7{number}", name=f"Avdelning {number}")
            for number in range(3)
        ]
    )


def link(world) -> None:
    factories.activity(world.program).departments.add(world.home)


WAYS = {
    "save": lambda world: world.home.save(),
    "update": lambda world: Department.objects.filter(pk=world.home.pk).update(name="Ny"),
    "bulk_create": add_in_bulk,
    "delete": lambda world: Department.objects.filter(pk=world.home.pk).delete(),
    "link": link,
    "SQL": lambda world: sql("UPDATE organisation_organisation SET name = %s", "Ny"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_is_noticed(world, way):
    last_write_before = last_write()
    WAYS[way](world)
    assert last_write() != last_write_before


def test_what_nobody_wrote_is_worked_out_once(world, django_assert_num_queries):
    made = []
    for _time in range(3):
        assert remembered("x", lambda: made.append(1) or "svar") == "svar"
    assert made == [1]
    with django_assert_num_queries(1):
        remembered("x", lambda: "annat")
    world.home.save()
    assert remembered("x", lambda: "annat") == "annat"


def test_even_nothing_is_remembered(world):
    made = []
    for _time in range(2):
        assert remembered("inget", lambda: made.append(1)) is None
    assert made == [1]


def test_what_is_rolled_back_is_never_taken_for_what_was_written_after_it(world):
    """The mark is drawn, not counted: the next write is not mistaken for the one that never was."""
    before = last_write()
    with transaction.atomic():
        world.home.save()
        undone = last_write()
        transaction.set_rollback(True)
    assert last_write() == before
    world.home.save()
    assert last_write() not in (before, undone)


def test_a_draft_being_typed_disturbs_nothing(world):
    before = last_write()
    Draft.objects.create(
        organisation=world.ours, user=world.users.editor, key="section:1", saved_at=timezone.now()
    )
    assert last_write() == before


def test_without_marks_nothing_is_remembered(world):
    WriteMark.objects.all().delete()
    assert [remembered("y", lambda value=value: value) for value in (1, 2)] == [1, 2]


def test_all_tables_of_ours_tell(db):
    """A table that came later, or that SQLite has made anew in a migration, has got its triggers."""
    if connection.vendor == "postgresql":
        wanted, asked = set(tables()), "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s"
    else:
        wanted = {(table, event) for table in tables() for event in ("insert", "update", "delete")}
        asked = "SELECT tbl_name, substr(name, length(tbl_name) + 14) FROM sqlite_master WHERE name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(
            asked, ["%\\_marks\\_write%" if connection.vendor == "postgresql" else "%_marks_write%"]
        )
        found = {row if len(row) > 1 else row[0] for row in cursor.fetchall()}
    assert {Organisation._meta.db_table, Activity.departments.through._meta.db_table} <= set(tables())
    assert found == wanted


def test_a_draft_is_composed_again_only_when_something_is_written(world, django_assert_num_queries):
    report = factories.report(world.program)
    first = draft_of(report)  # the composing may write nothing
    with django_assert_num_queries(1):
        assert draft_of(report) == first
    world.program.goal = "Ett nytt mål."
    world.program.save()
    report.program.refresh_from_db()
    assert draft_of(report).content == compose(report)
    assert draft_of(report).content.goal == "Ett nytt mål."
    caches["worked_out"].clear()


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_one_another():
    """PostgreSQL: another process holds the row of marks that ours would take, and has not committed."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    told = connection.get_connection_params()
    with closing(psycopg2.connect(**{key: told[key] for key in PSYCOPG if key in told})) as other:
        cursor = other.cursor()
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, _process() % BUCKETS])
        cursor.execute(
            "INSERT INTO organisation_writemark VALUES (%s, 1) ON CONFLICT (bucket) DO UPDATE SET token = 1",
            [_process() % BUCKETS],
        )
        with transaction.atomic():
            sql("SET LOCAL lock_timeout = '1s'")
            factories.organisation()
        assert last_write() is not None


def _process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_signing_in_is_no_write(world):
    before = last_write()
    update_last_login(None, world.users.editor)
    assert last_write() == before
    world.users.editor.save()
    assert last_write() != before
