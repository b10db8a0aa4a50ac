"""Production settings, plus Django's admin to compare with and a folder of our own for static files."""

from config.settings import *  # noqa: F403 - everything is as in production
from config.settings import CACHES, env
from config.settings import INSTALLED_APPS as PRODUCTION_APPS

# Simple: no other app's admin is looked for, so the admin's own menu is as short as it can be.
INSTALLED_APPS = [*PRODUCTION_APPS, "django.contrib.admin.apps.SimpleAdminConfig"]
ROOT_URLCONF = "tests.bench.urls"
STATIC_ROOT = env.path("BENCH_STATIC")
if "BENCH_CACHE" in env.ENVIRON:  # drawn charts, kept from one process to the next
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": env.str("BENCH_CACHE"),
    }
