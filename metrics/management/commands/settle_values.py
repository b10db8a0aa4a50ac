"""Ask the gate about every value again and keep its answers."""

from django.core.management.base import BaseCommand
from django.db import transaction

from metrics import gate
from organisation.models import Organisation


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, **options) -> None:
        for organisation in Organisation.objects.order_by("slug"):
            gate.settle_organisation(organisation)
