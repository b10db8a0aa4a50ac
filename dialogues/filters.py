import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogues.models import Dialogue, Statement
from organisation.models import Department
from program.models import Area

NONE, SOME = "none", "some"


class DialogueChoice(filters.ModelChoiceFilter):
    """Dialogues by their day and name."""

    class field_class(filters.ModelChoiceFilter.field_class):
        def label_from_instance(self, dialogue):
            return f"{dialogue.held_words or dialogue.held_on} {dialogue.name}"


class StatementFilter(filters.FilterSet):
    """What the address bar says of statements; every choice stays within the place."""

    q = filters.CharFilter(method="search", label=_("Search"), max_length=200)
    need = filters.ChoiceFilter(method="for_need", label=_("Need"), empty_label=_("all"))
    department = filters.ModelChoiceFilter(
        field_name="dialogue__departments",
        queryset=None,
        label=_("Department"),
        empty_label=_("all"),
        null_label=_("without department"),
    )
    area = filters.ModelChoiceFilter(queryset=None, label=_("Area"), empty_label=_("all"))
    kind = filters.ChoiceFilter(choices=Statement.Kind.choices, label=_("Kind"), empty_label=_("all"))
    theme = filters.ChoiceFilter(
        method="of_theme",
        choices=[(NONE, _("without theme")), *Statement.Theme.choices],
        label=_("Theme"),
        empty_label=_("all"),
    )
    dialogue = DialogueChoice(queryset=None, label=_("Dialogue"), empty_label=_("all"))

    class Meta:
        model = Statement
        fields = ["q", "need", "department", "area", "kind", "theme", "dialogue"]

    def __init__(self, *args, place, needs, **kwargs):
        """`needs` are the place's, as they are shown."""
        super().__init__(*args, **kwargs)
        asked = [(NONE, _("without need")), (SOME, _("with need"))]
        self.filters["need"].extra["choices"] = asked + [(str(need.pk), need.title) for need in needs]
        for name, model in (("area", Area), ("department", Department)):
            self.filters[name].field.queryset = model.objects.visible_to(place)
        spoken = Dialogue.objects.visible_to(place).filter(confirmed_at__isnull=False)
        self.filters["dialogue"].field.queryset = spoken.prefetch_related("departments")

    def search(self, rows, name, value):
        """Every word somewhere; SQLite tells Å from å, so a word is looked for as it may stand."""
        for word in value.replace("\x00", "").split():
            found = Q()
            for form in {word, word.lower(), word.capitalize()}:
                found |= Q(text__icontains=form) | Q(label__icontains=form) | Q(heading__icontains=form)
            rows = rows.filter(found)
        return rows

    def for_need(self, rows, name, value):
        if value in (NONE, SOME):
            return rows.filter(needs__isnull=value == NONE).distinct()
        return rows.filter(needs=value)

    def of_theme(self, rows, name, value):
        return rows.filter(theme="" if value == NONE else value)
