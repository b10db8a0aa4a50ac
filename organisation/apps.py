from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self) -> None:
        from organisation import writes

        post_migrate.connect(writes.install, sender=self, dispatch_uid="writes leave marks")
