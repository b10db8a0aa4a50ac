"""Loads the demo through the same actions as the interface; the same data every time, and only once."""

from collections.abc import Iterable

from auditlog.context import disable_auditlog
from django.db import transaction

from demo.loader.gotland import Gotland
from demo.loader.plan import load_plan
from demo.loader.read import read
from organisation.models import Organisation

FROZEN = ("2024H1", "2024H2", "2025H1", "2025H2", "2026H1", "2026H1-chefer")
PLANS = ("linkoping_soc.json", "helsingborg_vof.json", "helsingborg_sof.json")


def load(frozen: Iterable[str] = FROZEN) -> bool:
    """Load the demo and freeze the reports of the periods named; False when it is there already."""
    if Organisation.objects.filter(slug="gotland-sof").exists():
        return False
    with disable_auditlog(), transaction.atomic():
        Gotland(read("gotland.json"), set(frozen)).load()
        for name in PLANS:
            load_plan(read(name))
    return True
