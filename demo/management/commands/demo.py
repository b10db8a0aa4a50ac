"""Load the demo: the Region Gotland programme and three more organisations. Again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.loader import load


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo has known passwords. It is loaded with DEBUG=1 only.")
        loaded = load()
        if options["verbosity"]:
            self.stdout.write("The demo is loaded." if loaded else "The demo is there already.")
