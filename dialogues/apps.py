from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "dialogues"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from dialogues.models import Dialogue

        auditlog.register(Dialogue, exclude_fields=["revision"], m2m_fields={"departments", "held_by"})
