from django.urls import path, register_converter

from reports import periods
from reports.views import (
    checklist,
    hearings,
    instructions,
    layouts,
    openness,
    overview,
    points,
    report,
    sections,
    steps,
    templates,
    thread,
    time,
)

KINDS = {
    "plan": "plan",
    "halvar": "half_year",
    "slut": "final",
    "manad": "monthly",
    "chefer": "feedback",
}


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


class KindConverter(PeriodConverter):
    """A kind of report by its Swedish name in addresses."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return KINDS[value]

    def to_url(self, value: str) -> str:
        return next(name for name, kind in KINDS.items() if kind == value)


register_converter(PeriodConverter, "period")
register_converter(KindConverter, "kind")
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
    path("rapporter/mall/<kind:kind>/", layouts.layout_edit, name="layout-edit"),
    path("rapporter/uppdrag/", instructions.instruction_list, name="instruction-list"),
    path("rapporter/uppdrag/<id:pk>/", instructions.instruction_edit, name="instruction-edit"),
    path("rapporter/uppdrag/<id:pk>/ta-bort/", instructions.instruction_remove, name="instruction-remove"),
    path(
        "rapporter/uppdrag/<id:pk>/aktivitet/", instructions.instruction_activity, name="instruction-activity"
    ),
    path("rapporter/uppdrag/<id:pk>/arbetsgang/", instructions.instruction_step, name="instruction-step"),
    path("rapporter/wordmall/", templates.template_list, name="word-templates"),
    path("rapporter/wordmall/grundmall.docx", templates.template_start, name="word-template-start"),
    path("rapporter/wordmall/inbyggd/", templates.template_use, name="word-template-built-in"),
    path("rapporter/wordmall/<id:pk>/", templates.template_detail, name="word-template"),
    path("rapporter/wordmall/<id:pk>/prov.docx", templates.template_sample, name="word-template-sample"),
    path("rapporter/wordmall/<id:pk>/mall.docx", templates.template_file, name="word-template-file"),
    path("rapporter/wordmall/<id:pk>/anvand/", templates.template_use, name="word-template-use"),
    path("rapporter/wordmall/<id:pk>/ta-bort/", templates.template_remove, name="word-template-remove"),
    path("rapporter/<period:period>/", report.report_detail, name="report-detail"),
    path("rapporter/<period:period>/checklista/", checklist.report_checklist, name="report-checklist"),
    path("rapporter/<period:period>/checklista/paminn/", checklist.checklist_remind, name="checklist-remind"),
    path("rapporter/<period:period>/avvikelser/", checklist.report_deviations, name="report-deviations"),
    path("rapporter/<period:period>/andra/", report.report_edit, name="report-edit"),
    path("rapporter/<period:period>/avsnitt/<id:pk>/", sections.section_edit, name="section-edit"),
    path("rapporter/<period:period>/<step:step>/", steps.report_step, name="report-step"),
    path("rapporter/<period:period>/fil/<part:part>.<form:form>", steps.report_file, name="report-file"),
    path("rapporter/<period:period>/beslut/", points.points_edit, name="points-edit"),
    path("rapporter/<period:period>/behandling/ny/", hearings.hearing_edit, name="hearing-add"),
    path("rapporter/<period:period>/behandling/<id:pk>/", hearings.hearing_edit, name="hearing-edit"),
    path(
        "rapporter/<period:period>/behandling/<id:pk>/ta-bort/",
        hearings.hearing_remove,
        name="hearing-remove",
    ),
    path(
        "rapporter/<period:period>/behandling/<id:pk>/uppdrag/ny/",
        instructions.instruction_add,
        name="instruction-add",
    ),
    path("utlamnande/", openness.handout_list, name="handout-list"),
    path("utlamnande/nytt/", openness.handout_edit, name="handout-add"),
    path("utlamnande/<id:pk>/", openness.handout_detail, name="handout-detail"),
    path("utlamnande/<id:pk>/andra/", openness.handout_edit, name="handout-edit"),
    path("utlamnande/<id:pk>/poster/", openness.handout_records, name="handout-records"),
    path("utlamnande/<id:pk>/maskera/", openness.handout_mask, name="handout-mask"),
    path(
        "utlamnande/<id:pk>/maskera-overallt/",
        openness.handout_mask_throughout,
        name="handout-mask-throughout",
    ),
    path(
        "utlamnande/<id:pk>/maskering/<id:part_pk>/ta-bort/", openness.handout_unmask, name="handout-unmask"
    ),
    path("utlamnande/<id:pk>/forhandsvisning/", openness.handout_preview, name="handout-preview"),
    path("utlamnande/<id:pk>/lamna-ut/", openness.handout_release, name="handout-release"),
    path("utlamnande/<id:pk>/fil/", openness.handout_file, name="handout-file"),
]
