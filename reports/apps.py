from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from program.models.program import withheld_documents
        from reports import words_held
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
            WordTemplate,
        )
        from reports.models.hearing import unseen_minutes

        auditlog.register(Report, exclude_fields=["revision"])
        auditlog.register(Section, exclude_fields=["revision"])
        auditlog.register(Hearing, m2m_fields={"documents"})
        auditlog.register(Handout, exclude_fields=["program", "file", "revision"])
        for model in (DecisionPoint, Ruling, Instruction, Mask, SectionLayout, RetentionRule):
            auditlog.register(model)
        auditlog.register(WordTemplate, exclude_fields=["organisation", "content", "by"])
        withheld_documents.append(unseen_minutes)
        words_held.tell()
