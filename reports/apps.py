from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from reports.models import Hearing, Report, Section

        auditlog.register(Report, exclude_fields=["revision"])
        auditlog.register(Section, exclude_fields=["revision"])
        auditlog.register(Hearing, m2m_fields={"documents"})
