from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialoguesConfig(AppConfig):
    name = "dialogues"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from dialogues.models import Dialogue
        from ui.audit import RELATIONS

        auditlog.register(Dialogue, exclude_fields=["revision"], m2m_fields={"departments", "held_by"})
        RELATIONS["statements"] = _("statements")  # how many speak for a need: see actions/grouping.py
