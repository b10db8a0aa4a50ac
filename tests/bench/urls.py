"""Production's addresses, with the admin in front of the organisations' addresses."""

from django.urls import path

from config.urls import handler403, urlpatterns
from tests.bench.admin import site

__all__ = ["handler403", "urlpatterns"]

urlpatterns = [path("admin/", site.urls), *urlpatterns]
