from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "program"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from program.models import Activity, Area, Doubt, FollowUp, Need, PlanLink, Program, Step

        auditlog.register(Activity, exclude_fields=["revision"])  # its relations: see ui.audit.relink
        auditlog.register(Need, m2m_fields={"owners"})
        auditlog.register(Program)
        auditlog.register(Area)
        auditlog.register(Doubt)
        for part in (Step, FollowUp, PlanLink):
            auditlog.register(part, exclude_fields=["activity"])
