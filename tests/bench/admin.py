"""The activity list as Django's admin makes it, as well set up as the admin allows.

The same columns, rows, order and filters as ours. It is spared whatever it can be spared: related rows are joined or
prefetched, the state comes from the same annotations, the count of all rows and the action boxes are off, its user is
a superuser so that no permission is asked for, and its filters list related rows only. It shows whatever is in the
database, so it is measured where there is one organisation: there the 50 rows are the same as ours.
"""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from program.models import Activity, Status
from ui.templatetags.ui import day


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(state_status=self.value()) if self.value() else queryset


class ActivityAdmin(admin.ModelAdmin):
    list_display = ("number_by_key", "title_and_area", "responsible_roles", "deadline", "status")
    list_display_links = ("title_and_area",)
    list_filter = (
        StatusFilter,
        ("area", admin.RelatedOnlyFieldListFilter),
        ("departments", admin.RelatedOnlyFieldListFilter),
        ("responsible", admin.RelatedOnlyFieldListFilter),
    )
    list_per_page = 50
    list_select_related = ("area",)
    ordering = ("pk",)
    search_fields = ("title", "number__iexact", "measure", "current_state", "desired_result")
    show_full_result_count = False
    actions = None

    def get_queryset(self, request):
        rows = super().get_queryset(request).with_state(timezone.localdate()).known()
        return rows.prefetch_related("responsible")

    @admin.display(description="nr", ordering="pk")
    def number_by_key(self, activity):
        return activity.number

    @admin.display(description="aktivitet", ordering="title")
    def title_and_area(self, activity):
        return format_html("{}<div>{}</div>", activity.title, activity.area.name)

    @admin.display(description="ansvarig")
    def responsible_roles(self, activity):
        return ", ".join(role.name for role in activity.responsible.all())

    @admin.display(description="klart", ordering="state_deadline")
    def deadline(self, activity):
        return activity.state_words or day(activity.state_deadline)

    @admin.display(description="status", ordering="state_status")
    def status(self, activity):
        return _("late") if activity.is_late else activity.state_label


site = admin.AdminSite()
site.register(Activity, ActivityAdmin)
