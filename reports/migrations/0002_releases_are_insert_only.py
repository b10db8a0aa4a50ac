"""A frozen report never changes: the database itself refuses, whoever asks.

Updates are refused on both databases, deletes on PostgreSQL (SQLite's are left to the tests' clean-up).
"""

from django.db import migrations

TABLES = ("reports_release", "reports_releasefile")
MESSAGE = "A frozen report never changes"


def _postgresql():
    yield f"""CREATE FUNCTION refuse_change_of_release() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
    for table in TABLES:
        yield f"""CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_release()"""


def _sqlite():
    for table in TABLES:
        yield f"""CREATE TRIGGER {table}_insert_only BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""


def create(apps, schema_editor):
    statements = {"postgresql": _postgresql, "sqlite": _sqlite}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_insert_only" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION refuse_change_of_release()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
