from django.db import migrations, models


def remove_triggers(apps, schema_editor):
    """The other way: tables that marked their writes would refuse them without the table of marks."""
    from organisation.writes import remove

    remove(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0004_headings_in_layouts")]
    operations = [
        migrations.CreateModel(
            name="WriteMark",
            fields=[
                ("bucket", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("token", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(migrations.RunPython.noop, remove_triggers),
    ]
