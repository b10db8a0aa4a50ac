from django.urls import path, re_path, register_converter

from reports.views import report as views
from reports.views import thread, time


class PeriodConverter:
    """A half-year: 2026H2."""

    regex = "(?:19|20)[0-9]{2}H[12]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PeriodConverter, "period")

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("tidslinje/", time.timeline_page, name="timeline"),
    path("behov/<id:pk>/", views.need_thread, name="need-thread"),
    path("roda-traden/", thread.red_thread, name="red-thread"),
    path("rapporter/", views.report_list, name="report-list"),
    path("rapporter/ny/", views.report_add, name="report-add"),
    path("rapporter/rubriker/", views.headings_edit, name="headings-edit"),
    path("rapporter/<period:period>/", views.report_detail, name="report-detail"),
    path("rapporter/<period:period>/andra/", views.report_edit, name="report-edit"),
    path("rapporter/<period:period>/avsnitt/<id:pk>/", views.section_edit, name="section-edit"),
    re_path(
        r"^rapporter/(?P<period>(?:19|20)[0-9]{2}H[12])/(?P<step>godkann|oppna|faststall)/$",
        views.report_step,
        name="report-step",
    ),
    re_path(
        r"^rapporter/(?P<period>(?:19|20)[0-9]{2}H[12])/fil/(?P<part>all|letter|report)\.(?P<form>pdf|docx|html|json)$",
        views.report_file,
        name="report-file",
    ),
    path("rapporter/<period:period>/behandling/ny/", views.hearing_edit, name="hearing-add"),
    path("rapporter/<period:period>/behandling/<id:pk>/", views.hearing_edit, name="hearing-edit"),
]
