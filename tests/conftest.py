"""A fixed cast: two organisations that must never meet, and a member of each kind in the first."""

import datetime as dt
import sqlite3
import warnings
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.utils import translation

from organisation.access import Kind
from tests import factories
from tests.threads import at_once


def pytest_configure() -> None:
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for engine in django_settings.TEMPLATES:
        engine["OPTIONS"]["string_if_invalid"] = ""
    warnings.filterwarnings("ignore", category=ResourceWarning)


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


@pytest.fixture
def today() -> dt.date:
    from django.utils import timezone

    return timezone.localdate()


@pytest.fixture
def world(db) -> SimpleNamespace:
    """An organisation with a programme and one user of each kind, and another organisation beside it.

    Django remembers content types between requests; so does every test, so that query counts do not hang on order.
    """
    ContentType.objects.get_for_models(*apps.get_models())
    return factories.world()


@pytest.fixture
def sign_in(client):
    """Sign a user in and give the client back: sign_in(world.users.editor).get(…)."""

    def _sign_in(user):
        client.force_login(user)
        return client

    return _sign_in


@pytest.fixture
def together(transactional_db, tmp_path):
    """Run `work(0)`, `work(1)` … at the same moment and give their answers: together(60, work).

    On PostgreSQL as it is. On SQLite in a copy of the database in a file, since threads cannot share the one in
    memory as processes share a file; the copy is made when the threads first start. It is made a database with a
    write-ahead log before they do, as every database is that `migrate` has been at: while one connection makes it
    such, the others are refused at once, however long they would wait.
    """
    place, memory = tmp_path / "copy.sqlite3", connections.settings["default"]["NAME"]

    def run_together(number: int, work) -> list:
        if connection.vendor != "sqlite":
            return at_once(number, work)
        if not place.exists():
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(place)])
            with closing(sqlite3.connect(place)) as copy:
                copy.execute("PRAGMA journal_mode=WAL")
        connections.settings["default"]["NAME"] = str(place)
        try:
            return at_once(number, work)
        finally:
            connections.settings["default"]["NAME"] = memory

    return run_together


KINDS = [kind.value for kind in Kind]
