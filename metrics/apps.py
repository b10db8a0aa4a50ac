from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "metrics"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from metrics import gate
        from metrics.models import Headcount, Indicator
        from organisation import changes

        # Mean age is a background figure; the trail is read without the gate.
        auditlog.register(Headcount, exclude_fields=["report", "unit", "mean_age"])
        auditlog.register(Indicator, exclude_fields=["program", "order"])
        changes.listeners.append(gate.settle_organisation)
