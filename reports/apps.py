from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from reports.models import (
            DecisionPoint,
            Handout,
            Hearing,
            Instruction,
            Mask,
            Report,
            RetentionRule,
            Ruling,
            Section,
            SectionLayout,
        )

        auditlog.register(Report, exclude_fields=["revision"])
        auditlog.register(Section, exclude_fields=["revision"])
        auditlog.register(Hearing, m2m_fields={"documents"})
        auditlog.register(Handout, exclude_fields=["program", "file", "revision"])
        for model in (DecisionPoint, Ruling, Instruction, Mask, SectionLayout, RetentionRule):
            auditlog.register(model)
