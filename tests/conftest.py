"""A fixed cast: two organisations that must never meet, and a member of each kind in the first."""

import datetime as dt
import warnings
from types import SimpleNamespace

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import translation

from organisation.access import Kind
from tests import factories


def pytest_configure() -> None:
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for engine in django_settings.TEMPLATES:
        engine["OPTIONS"]["string_if_invalid"] = ""
    warnings.filterwarnings("ignore", category=ResourceWarning)
    hypothesis.settings.register_profile("repeated", derandomize=True, deadline=None, database=None)
    hypothesis.settings.load_profile("repeated")  # the same examples each time, on a busy machine too


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory) -> None:
    """SQLite in a file, as people run it: one in memory has a single connection, which threads would then share."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


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
def hr(sign_in, world):
    """Signed in as HR staff of the first organisation."""
    return sign_in(world.users.editor)


KINDS = [kind.value for kind in Kind]
