from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialoguesConfig(AppConfig):
    name = "dialogues"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from dialogues.models import Dialogue
        from dialogues.views.words import warn_of_need
        from program.views.framework import need_written
        from ui.audit import RELATIONS

        auditlog.register(
            Dialogue,
            # Who confirmed and agreed is the entry's actor.
            exclude_fields=["revision", "confirmed_by", "head_agreed_by", "hr_agreed_by"],
            m2m_fields={"departments", "held_by", "heads_agreed"},
        )
        RELATIONS["statements"] = _("statements")  # how many speak for a need: see actions/grouping.py
        need_written.append(warn_of_need)
