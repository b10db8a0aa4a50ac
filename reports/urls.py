from django.urls import path, register_converter

from reports import periods
from reports.views import hearings, overview, report, sections, steps, thread, time


class PeriodConverter:
    """2026H1, 2026H1-chefer, 2026-05."""

    regex = periods.PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StepConverter(PeriodConverter):
    """What is done to a whole report: approve, take the approval back, freeze."""

    regex = "godkann|oppna|faststall"


class PartConverter(PeriodConverter):
    regex = "all|letter|report"


class FormConverter(PeriodConverter):
    regex = "pdf|docx|xlsx|html|json"


register_converter(PeriodConverter, "period")
register_converter(StepConverter, "step")
register_converter(PartConverter, "part")
register_converter(FormConverter, "form")

app_name = "reports"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("tidslinje/", time.timeline_page, name="timeline"),
    path("behov/<id:pk>/", overview.need_thread, name="need-thread"),
    path("roda-traden/", thread.red_thread, name="red-thread"),
    path("rapporter/", report.report_list, name="report-list"),
    path("rapporter/ny/", report.report_add, name="report-add"),
    path("rapporter/<period:period>/", report.report_detail, name="report-detail"),
    path("rapporter/<period:period>/andra/", report.report_edit, name="report-edit"),
    path("rapporter/<period:period>/avsnitt/<id:pk>/", sections.section_edit, name="section-edit"),
    path("rapporter/<period:period>/<step:step>/", steps.report_step, name="report-step"),
    path("rapporter/<period:period>/fil/<part:part>.<form:form>", steps.report_file, name="report-file"),
    path("rapporter/<period:period>/behandling/ny/", hearings.hearing_edit, name="hearing-add"),
    path("rapporter/<period:period>/behandling/<id:pk>/", hearings.hearing_edit, name="hearing-edit"),
]
