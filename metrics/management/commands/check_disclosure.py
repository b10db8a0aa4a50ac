"""Ask the gate about every value again and tell which of those shown it would not show today. Writes nothing.

Exit code 1 when there are any: values or thresholds were changed past the product. `settle_values` mends it.
"""

import json

from django.core.management.base import BaseCommand

from metrics import gate
from metrics.models import Observation
from organisation.models import Organisation


def _told(row: Observation) -> dict[str, str | int]:
    """Which value it is, and nothing of what it says."""
    return {
        "organisation": row.indicator.program.organisation.slug,
        "program": row.indicator.program.slug,
        "indicator": row.indicator.name,
        "period": f"{row.first_day}–{row.last_day}",
        "observation": row.pk,
    }


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        found = [_told(row) for home in Organisation.objects.order_by("slug") for row in gate.too_open(home)]
        if options["json"]:
            self.stdout.write(json.dumps({"too_open": found}, ensure_ascii=False, indent=2))
        else:
            for row in found:
                self.stdout.write(" · ".join(map(str, row.values())))
            self.stdout.write(f"{len(found)} values are shown that the gate would not show today.")
        if found:
            raise SystemExit(1)
