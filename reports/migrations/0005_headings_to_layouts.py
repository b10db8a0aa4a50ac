"""Headings of an organisation's own move from one field into the layouts of each kind of report."""

from django.db import migrations

LETTER = ("proposal", "summary", "matter", "assessment")
KINDS = ("plan", "half_year", "final")


def move(apps, schema_editor):
    layouts = apps.get_model("reports", "SectionLayout")
    rows = [
        layouts(
            organisation=organisation, kind=kind, part="letter" if key in LETTER else "report", key=key, heading=heading
        )
        for organisation in apps.get_model("organisation", "Organisation").objects.all()
        for key, heading in organisation.report_headings.items()
        for kind in KINDS
    ]
    layouts.objects.bulk_create(rows)


def back(apps, schema_editor):
    layouts = apps.get_model("reports", "SectionLayout")
    for row in layouts.objects.filter(kind="half_year").exclude(heading="").select_related("organisation"):
        row.organisation.report_headings[row.key] = row.heading
        row.organisation.save(update_fields=["report_headings"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_handling_layouts_openness")]
    operations = [migrations.RunPython(move, back)]
