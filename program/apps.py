from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "program"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from program.models import Activity, Area, Doubt, FollowUp, Need, PlanLink, Program, Risk, Step

        auditlog.register(
            Activity, exclude_fields=["revision", "program", "carried_from"]
        )  # its relations: see ui.audit.relink
        auditlog.register(Need, exclude_fields=["program"], m2m_fields={"owners"})
        auditlog.register(Program, exclude_fields=["organisation"])
        auditlog.register(Area, exclude_fields=["program"])
        auditlog.register(Doubt, exclude_fields=["program"])
        auditlog.register(Risk, exclude_fields=["program"])
        for part in (Step, FollowUp, PlanLink):
            auditlog.register(part, exclude_fields=["activity", "order"])
