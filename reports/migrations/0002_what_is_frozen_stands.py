"""What is frozen or handed out stands: the database itself refuses to change it, whoever asks.

Frozen reports: updates are refused on both databases, deletes on PostgreSQL (SQLite's are left to the tests' clean-up);
SQLite's INSERT OR REPLACE would go around that, so an insert over a row that exists is refused there too. The file of a
handout may be emptied by retention, never exchanged.
"""

from django.db import migrations

FROZEN = "A frozen report never changes"
HANDED_OUT = "A file that is handed out never changes"
KEYS = {
    "reports_release": "id = NEW.id OR (report_id = NEW.report_id AND version = NEW.version)",
    "reports_releasefile": "id = NEW.id OR (release_id = NEW.release_id AND form = NEW.form AND part = NEW.part)",
}


def _postgresql():
    yield f"""CREATE FUNCTION refuse_change_of_release() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
    for table in KEYS:
        yield f"""CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_release()"""
    yield f"""CREATE FUNCTION refuse_change_of_handout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.checksum <> '' AND (NEW.checksum <> OLD.checksum OR NEW.handed_out_at IS DISTINCT FROM OLD.handed_out_at
            OR (NEW.file IS NOT NULL AND NEW.file IS DISTINCT FROM OLD.file)) THEN
            RAISE EXCEPTION '{HANDED_OUT}' USING ERRCODE = 'integrity_constraint_violation';
        END IF; RETURN NEW; END $$"""
    yield """CREATE TRIGGER reports_handout_stands BEFORE UPDATE ON reports_handout
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_handout()"""


def _sqlite():
    for table, same in KEYS.items():
        yield f"""CREATE TRIGGER {table}_insert_only BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"""
        yield f"""CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
            BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"""
    yield f"""CREATE TRIGGER reports_handout_stands BEFORE UPDATE ON reports_handout
        WHEN OLD.checksum <> '' AND (NEW.checksum <> OLD.checksum OR NEW.handed_out_at IS NOT OLD.handed_out_at
            OR (NEW.file IS NOT NULL AND NEW.file IS NOT OLD.file))
        BEGIN SELECT RAISE(ABORT, '{HANDED_OUT}'); END"""


def create(apps, schema_editor):
    statements = {"postgresql": _postgresql, "sqlite": _sqlite}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in KEYS:
        _drop_trigger(schema_editor, table, "insert_only")
    _drop_trigger(schema_editor, "reports_handout", "stands")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION refuse_change_of_release()")
        schema_editor.execute("DROP FUNCTION refuse_change_of_handout()")
    else:
        for table in KEYS:
            _drop_trigger(schema_editor, table, "never_replaced")


def _drop_trigger(schema_editor, table, name):
    where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {table}_{name}{where}")


class Migration(migrations.Migration):
    replaces = [("reports", "0002_releases_are_insert_only"), ("reports", "0006_files_stand")]
    dependencies = [("reports", "0001_first_version")]
    operations = [migrations.RunPython(create, drop)]
