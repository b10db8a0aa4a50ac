import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from ui.tables import Table


class SpanTable(Table):
    """One row a unit; the columns compare it with base, base + 10 and its own assessment."""

    name = tables.Column(verbose_name=_("Unit"), accessor="unit__name", order_by=("swedish_name",))
    department = tables.Column(verbose_name=_("Department"), accessor="unit__department_code")
    employees = tables.Column(
        verbose_name=_("Employees"), accessor="unit__employees", attrs={"th": {"class": "num"}}
    )
    managers = tables.Column(
        verbose_name=_("Managers"), accessor="unit__managers", attrs={"th": {"class": "num"}}
    )
    per_manager = tables.Column(verbose_name=_("Per manager"), attrs={"th": {"class": "num"}})
    base = tables.Column(verbose_name=_("Base number"), attrs={"th": {"class": "num"}})
    over_base = tables.Column(verbose_name=_("Against base"))
    over_largest = tables.Column(verbose_name=_("Against largest"))
    assessed = tables.Column(verbose_name=_("Own assessment"))

    row_template = "metrics/_span_row.html"

    class Meta(Table.Meta):
        pass
