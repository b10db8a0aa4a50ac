from django.db import migrations
from django.db.models import F, Q


def settle(apps, schema_editor):
    """Values from before the gate stood alone, so the primary rule is the whole rule for them."""
    observations = apps.get_model("metrics", "Observation").objects
    observations.update(withheld="")
    for organisation in apps.get_model("organisation", "Organisation").objects.all():
        ours = observations.filter(indicator__program__organisation=organisation)
        for subject, least in (
            ("survey", max(5, organisation.survey_threshold)),
            ("health", max(5, organisation.health_threshold)),
        ):
            judged = ours.filter(indicator__subject=subject, answered__isnull=False)
            judged.filter(Q(positive=0) | Q(positive=F("answered"))).update(withheld="all_alike")
            judged.filter(answered__lt=least).update(withheld="few")


class Migration(migrations.Migration):
    dependencies = [("metrics", "0005_measures")]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
