import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from program.models import Activity
from ui.sort import swedish
from ui.tables import Table


class ActivityTable(Table):
    """Columns and sorting of the activity list; its rows are drawn by the row partial."""

    number = tables.Column(verbose_name=_("No."), order_by=("pk",))
    title = tables.Column(verbose_name=_("Activity"))
    responsible = tables.Column(verbose_name=_("Responsible"), orderable=False)
    deadline = tables.Column(verbose_name=_("Deadline"), order_by=("state_deadline", "pk"))
    status = tables.Column(verbose_name=_("Status"), order_by=("state_status", "pk"))

    row_template = "program/_activity_row.html"
    css_class = "activities"
    caption = _("Activities")

    class Meta(Table.Meta):
        model = Activity
        fields = ("number", "title", "responsible", "deadline", "status")

    def order_title(self, queryset, is_descending):
        key = swedish("title")
        return queryset.order_by(key.desc() if is_descending else key.asc(), "pk"), True
