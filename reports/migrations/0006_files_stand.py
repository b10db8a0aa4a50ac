"""What is handed out stands, and no row takes a frozen one's place.

A handout's file may be emptied by retention, never exchanged; SQLite's INSERT OR REPLACE would go around the
triggers of 0002, so an insert over a row that exists is refused there too.
"""

from django.db import migrations

MESSAGE = "A file that is handed out never changes"
FROZEN = "A frozen report never changes"
KEYS = {
    "reports_release": "id = NEW.id OR (report_id = NEW.report_id AND version = NEW.version)",
    "reports_releasefile": "id = NEW.id OR (release_id = NEW.release_id AND form = NEW.form AND part = NEW.part)",
}


def _postgresql():
    yield f"""CREATE FUNCTION refuse_change_of_handout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.checksum <> '' AND (NEW.checksum <> OLD.checksum OR NEW.handed_out_at IS DISTINCT FROM OLD.handed_out_at
            OR (NEW.file IS NOT NULL AND NEW.file IS DISTINCT FROM OLD.file)) THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF; RETURN NEW; END $$"""
    yield """CREATE TRIGGER reports_handout_stands BEFORE UPDATE ON reports_handout
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_handout()"""


def _sqlite():
    yield f"""CREATE TRIGGER reports_handout_stands BEFORE UPDATE ON reports_handout
        WHEN OLD.checksum <> '' AND (NEW.checksum <> OLD.checksum OR NEW.handed_out_at IS NOT OLD.handed_out_at
            OR (NEW.file IS NOT NULL AND NEW.file IS NOT OLD.file))
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    for table, same in KEYS.items():
        yield f"""CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
            BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"""


def create(apps, schema_editor):
    statements = {"postgresql": _postgresql, "sqlite": _sqlite}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER reports_handout_stands ON reports_handout")
        schema_editor.execute("DROP FUNCTION refuse_change_of_handout()")
        return
    schema_editor.execute("DROP TRIGGER reports_handout_stands")
    for table in KEYS:
        schema_editor.execute(f"DROP TRIGGER {table}_never_replaced")


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_headings_to_layouts")]
    operations = [migrations.RunPython(create, drop)]
