"""Everything that `make run` does once the set-up is there: migrate, load the demo, say where, serve."""

import socket
import sys

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import WSGIServer

from demo.accounts import ACCOUNTS, password
from organisation.models import Organisation


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args, **options) -> None:
        try:
            port = int(options["port"])
        except ValueError as error:
            raise CommandError(f"PORT is no number: {options['port']}") from error
        if not 1 <= port <= 65535:
            raise CommandError(f"PORT lies outside 1–65535: {port}")
        if _is_taken(port):
            raise CommandError(
                f"Port {port} is taken. Stop what uses it, or choose another: make run PORT={port + 1}"
            )
        call_command("migrate", verbosity=0)
        if not Organisation.objects.exists():
            self.stdout.write("Loading the demo …")
            call_command("demo", verbosity=0)
        self.stdout.write(f"Ledstång: http://127.0.0.1:{port}")
        if Organisation.objects.filter(is_example=True).exists():
            names = ", ".join(name for name, *_rest in ACCOUNTS)
            self.stdout.write(f"Demo accounts: {names}; password {password()}")
        self.stdout.flush()
        WSGIServer.request_queue_size = 128  # a whole roomful votes in the same second
        sys.argv[1:] = ["runserver"]
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)
