"""The house itself: what no single page shows but every colleague relies on."""

import gzip
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import get_template
from django.test import override_settings
from django.urls import reverse

from ui.management.commands.messages import collect

ROOT = Path(settings.BASE_DIR)
LAYERS = ["ui", "organisation", "program", ("dialogues", "metrics"), "reports"]
ORDER = {
    app: level for level, apps_ in enumerate(LAYERS) for app in ([apps_] if isinstance(apps_, str) else apps_)
}


def test_no_app_names_a_relation_declared_above_it():
    """A lower app's code never says `statements` of a need: that word belongs to dialogues."""
    offences = []
    for model in apps.get_models():
        for relation in model._meta.related_objects:
            above, below = relation.related_model._meta.app_label, model._meta.app_label
            if ORDER.get(above, -1) <= ORDER.get(below, 99):
                continue
            name = relation.get_accessor_name()
            if name is None or name.endswith("+"):
                continue
            pattern = re.compile(rf'[."\'](?:{name})(?:__|["\'.(]|$)')
            for path in (ROOT / below).rglob("*.py"):
                if "migrations" not in path.parts and pattern.search(path.read_text()):
                    declared_here = any(name == field.related_name for field in _own_relations(below))
                    if not declared_here:
                        offences.append(f"{path.relative_to(ROOT)}: {name} (declared in {above})")
    assert offences == []


def _own_relations(app: str):
    for model in apps.get_app_config(app).get_models():
        for field in model._meta.get_fields():
            if getattr(field, "remote_field", None) and hasattr(field.remote_field, "related_name"):
                yield field.remote_field


def test_every_template_is_used():
    code = "\n".join(
        path.read_text() for folder in (*ORDER, "config") for path in (ROOT / folder).rglob("*.py")
    )
    templates = {
        str(path.relative_to(ROOT / "templates")): path.read_text()
        for path in (ROOT / "templates").rglob("*.html")
    }
    by_name_of_django = ("django/", "registration/", "403", "404", "500")
    named = code + "\n".join(templates.values())
    unused = [name for name in templates if name not in named and not name.startswith(by_name_of_django)]
    assert unused == []


def test_every_template_compiles():
    for path in (ROOT / "templates").rglob("*.html"):
        get_template(str(path.relative_to(ROOT / "templates")))


def test_every_text_is_translated():
    call_command("messages", check=True)
    assert len(collect(ROOT)) > 400


def test_a_first_visit_carries_at_most_50_kilobytes_of_css_and_js():
    loaded = (
        "bootstrap/css/bootstrap-reboot.min.css",
        "ui/ledstang.css",
        "ui/ledstang.js",
        "django_htmx/htmx-2.min.js",
    )
    total = sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in loaded)
    assert total <= 50_000


def test_nothing_is_loaded_from_other_hosts():
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.*")]:
        assert not re.search(r'(?:src|href|url\()\s*=?\s*["\']?https?://', path.read_text()), path


def test_healthz_answers_without_signing_in(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_pages_carry_a_policy_and_a_language(client, db):
    response = client.get(reverse("login"))
    assert response["Content-Security-Policy"].startswith("default-src 'self'")
    assert '<html lang="sv">' in response.content.decode()


@override_settings(DEBUG=False)
def test_an_unknown_address_tells_so_in_swedish(client, world):
    client.force_login(world.users.editor)
    response = client.get("/finns/inte/alls/")
    assert response.status_code == 404
    assert "Sidan finns inte" in response.content.decode()


def test_the_styleguide_shows_every_component(rf, db, django_user_model):
    from ui.views import styleguide

    request = rf.get("/styleguide/")
    request.user = django_user_model(username="x")
    page = styleguide(request).content.decode()
    for word in ("badge late", "alert attn", "empty", "form-control", "btn-primary"):
        assert word in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_language_is_chosen_on_the_sign_in_page(client, db, language):
    client.post("/sprak/", {"language": language, "next": "/konto/logga-in/"})
    page = client.get("/konto/logga-in/").content.decode()
    assert {"sv": "Logga in", "en": "Sign in"}[language] in page


def test_missing_secret_key_is_one_clear_line(tmp_path):
    import os
    import subprocess
    import sys

    code = "import environ; environ.Env.read_env = lambda *a, **k: None; import config.settings"
    env = {
        key: value for key, value in os.environ.items() if key not in ("SECRET_KEY", "DJANGO_SETTINGS_MODULE")
    }
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert told.stderr.strip().splitlines() == [
        "SECRET_KEY is missing. Set it in the environment, or run `make setup`, which writes a .env file."
    ]
