import django_filters as filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Department, Role
from program.models import Activity, Area, Status

STANDINGS = [("late", _("late")), ("due", _("due within 60 days"))]


class ActivityFilter(filters.FilterSet):
    """What the address bar says of an activity list; every choice stays within the place."""

    q = filters.CharFilter(method="search", label=_("Search"), max_length=200)
    status = filters.ChoiceFilter(
        field_name="state_status", choices=Status.choices, label=_("Status"), empty_label=_("all")
    )
    standing = filters.ChoiceFilter(
        method="stands", choices=STANDINGS, label=_("Deadline"), empty_label=_("all")
    )
    area = filters.ModelChoiceFilter(queryset=None, label=_("Area"), empty_label=_("all"), method="in_area")
    department = filters.ModelChoiceFilter(
        queryset=None, label=_("Department"), empty_label=_("all"), method="for_department"
    )
    responsible = filters.ModelChoiceFilter(queryset=None, label=_("Responsible"), empty_label=_("all"))

    class Meta:
        model = Activity
        fields = ["q", "status", "standing", "area", "department", "responsible"]

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        for name, model in (("area", Area), ("department", Department), ("responsible", Role)):
            self.filters[name].field.queryset = model.objects.visible_to(place)

    def search(self, rows, name, value):
        value = value.replace("\x00", "")
        return rows.filter(
            Q(title__icontains=value)
            | Q(number__iexact=value)
            | Q(measure__icontains=value)
            | Q(current_state__icontains=value)
            | Q(desired_result__icontains=value)
        )

    def stands(self, rows, name, value):
        today = timezone.localdate()
        return rows.late(today) if value == "late" else rows.due(today)

    def in_area(self, rows, name, value):
        return rows.filter(Q(area=value) | Q(area__parent=value))

    def for_department(self, rows, name, value):
        """Those of the department, and those that hold for all."""
        return rows.filter(Q(departments=value) | Q(departments__isnull=True)).distinct()
