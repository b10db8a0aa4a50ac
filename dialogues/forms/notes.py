"""Notes read in: pasted or uploaded, and then corrected statement by statement beside their lines."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues import review
from dialogues.actions.notes import Occasion, Said, dated
from dialogues.forms.dialogue import MOST_LINES
from dialogues.models import Dialogue, Statement
from dialogues.notes import read
from dialogues.persons import likely_names
from dialogues.reading import NotNotes, in_lines, text_of
from dialogues.review import Row
from organisation.access import Kind
from organisation.models import Department, Role
from program.forms.fields import WhenField
from program.forms.plan import validate_size
from program.models import Area
from ui.characters import CONTROL
from ui.converters import row_key
from ui.forms import FormLook
from ui.personal import personal_numbers, validate_no_personal_number

MOST_CHARACTERS, MOST_NOTES_LINES = 100_000, 3_000
KINDS = dict(Statement.Kind.choices)
LONGEST = {
    name: Statement._meta.get_field(field).max_length
    for name, field in (
        ("text", "text"),
        ("heading", "heading"),
        ("label", "label"),
        ("owners", "owner_words"),
    )
}
NAMES = {
    "text": gettext_lazy("The text"),
    "heading": gettext_lazy("The heading"),
    "label": gettext_lazy("The label"),
    "owners": gettext_lazy("The owner"),
}
ROW = ("text", "place", "heading", "label", "owners", "lines")


def check_size(text: str) -> None:
    """Refuse more than the page holds at a time."""
    if len(text) > MOST_CHARACTERS or text.count("\n") >= MOST_NOTES_LINES:
        raise ValidationError(
            _("The notes are longer than %(most)s characters or %(lines)s lines. Read them in part by part.")
            % {"most": f"{MOST_CHARACTERS:,}".replace(",", "\u00a0"), "lines": MOST_NOTES_LINES}
        )


class NotesForm(FormLook, forms.Form):
    """Notes pasted or written."""

    notes = forms.CharField(
        label=gettext_lazy("Paste or write the notes"), strip=False, widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": gettext_lazy("There is nothing here yet. Paste or write the notes.")},
    )  # fmt: skip

    def clean_notes(self) -> str:
        text = in_lines(self.cleaned_data["notes"])
        check_size(text)
        if not text.strip():
            raise ValidationError(self.fields["notes"].error_messages["required"])
        return text


class NotesFileForm(FormLook, forms.Form):
    """Notes in a file; cleans `file` to its text."""

    file = forms.FileField(
        label=gettext_lazy("Or choose a file"), validators=[validate_size],
        widget=forms.FileInput(attrs={"accept": ".txt,.docx"}),
        help_text=gettext_lazy("Text (.txt) or Word (.docx). At most 10 MB."),
    )  # fmt: skip

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        try:
            text = text_of(upload.name, upload.read())
        except NotNotes as error:
            raise ValidationError(str(error)) from error
        if not text.strip():
            raise ValidationError(_("The file holds no text. Pictures of text cannot be read."))
        check_size(text)
        return text


class HeadForm(FormLook, forms.ModelForm):
    """When and with whom: the head of one dialogue that the notes become."""

    FEW = ["held", "kind", "title", "number_present", "departments"]
    MORE = ["invited", "answered", "summary"]

    held = WhenField(label=gettext_lazy("Date"), required=True)
    departments = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Departments"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Dialogue
        fields = ["kind", "title", "number_present", "invited", "answered", "summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, place, departments: Mapping[int, Department], **kwargs):
        super().__init__(*args, **kwargs)
        self.is_head = place.kind == Kind.DEPARTMENT_HEAD
        self.known = departments
        self.fields["departments"].choices = [(pk, row.name) for pk, row in departments.items()]
        for name in ("title", "summary"):
            self.fields[name].validators.append(validate_no_personal_number)

    def clean_held(self):
        when = self.cleaned_data["held"]
        if when.first > timezone.localdate():
            raise ValidationError(_("The day lies in the future."))
        return when

    def clean_number_present(self):
        number = self.cleaned_data["number_present"]
        if number is not None and not 1 <= number <= 500:
            raise ValidationError(_("Between 1 and 500 people."))
        return number

    def clean(self):
        data = super().clean()
        is_dialogue = data.get("kind") == Dialogue.Kind.DIALOGUE
        if "departments" in data and not data["departments"] and (self.is_head or is_dialogue):
            self.add_error("departments", _("Choose at least one department."))
        return data

    def head(self) -> dict:
        """The fields of the dialogue, after validation."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | dated(self.cleaned_data["held"])

    def took_part(self) -> list[Department]:
        return [self.known[pk] for pk in self.cleaned_data["departments"]]


class TooMany(ValidationError):
    """More statements than the page holds at a time."""


class Review:
    """Statements under correction, the notes beside them, and the head of each dialogue that they become.

    Nothing of it is stored: every answer of the server carries all of it, and every press of a button sends it back.
    """

    def __init__(self, place, text: str):
        self.place, self.text = place, in_lines(text)[:MOST_CHARACTERS]
        self.areas = {area.pk: area for area in Area.objects.visible_to(place).filter(is_starting_point=True)}
        self.departments = {row.pk: row for row in _own_departments(place)}
        self.notes = read(self.text, [area.name for area in self.areas.values()])
        self.rows: list[Row] = []
        self.heads: list[HeadForm] = []
        self.focus: int | None = None
        self.is_checked = False

    @classmethod
    def of_notes(cls, place, text: str) -> "Review":
        """As the notes were read, before anybody has corrected anything."""
        made = cls(place, text)
        made.rows = review.first_rows(made.notes, list(made.areas))
        if len(made.rows) > MOST_LINES:
            raise TooMany(
                _(
                    "The notes hold %(count)d statements; at most %(most)d are read in at a time. Divide the notes."
                )
                % {"count": len(made.rows), "most": MOST_LINES}
            )
        made.heads = [
            made._head(at, initial=made._first(row)) for at, row in enumerate(review.sources(made.notes))
        ]
        made._put_in_order()
        return made

    @classmethod
    def of_fields(cls, place, fields: Mapping[str, Sequence[str]], *, check: bool = False) -> "Review":
        """As it was sent, or kept as a draft; a line break in a text divides it here."""
        made = cls(place, (fields.get("notes") or [""])[0])
        made.is_checked = check
        sent = [fields.get(name) or [] for name in ROW]
        count = len(sent[0])
        padded = [[*values[:count], *[""] * (count - len(values))] for values in sent]
        number = min(max(1, len(fields.get("occasion") or [])), 20)
        rows = [made._row(*values, occasions=number) for values in zip(*padded, strict=True)]
        made.rows = review.divided(rows, made.notes.lines)
        for at in range(number):
            made.heads.append(made._head(at, data=fields, check=check and made._has_rows(at)))
        made._put_in_order()
        return made

    def _row(self, text, place, heading, label, owners, lines, *, occasions: int) -> Row:
        occasion, area, kind = [*place.split(":"), "", "", ""][:3]
        return Row(
            text.replace("\r\n", "\n").replace("\r", "\n"),
            found if (found := row_key(occasion)) is not None and found < occasions else 0,
            row_key(area) if row_key(area) in self.areas else None,
            kind if kind in KINDS else Statement.Kind.CURRENT.value,
            heading.strip(), label.strip(), owners.strip(), review.numbers(lines, len(self.notes.lines)),
        )  # fmt: skip

    def _head(self, at: int, *, initial=None, data=None, check: bool = False) -> HeadForm:
        options = {"prefix": f"o{at}", "place": self.place, "departments": self.departments}
        form = HeadForm(initial=initial, **options)
        if data is not None:
            form.restore(data)
            if check:
                form = HeadForm(form.data, **options)
        return form

    def _first(self, source: review.Source) -> dict:
        """What the notes themselves say of when and with whom, to be corrected."""
        said = f"{source.title} {review.heading_of(self.notes) if not source.words else ''}".casefold()
        own = list(self.departments) if self.place.kind == Kind.DEPARTMENT_HEAD else []
        named = [
            row.pk
            for row in self.departments.values()
            if any(name.casefold() in said for name in (row.name, *row.aliases) if name)
        ]
        return {
            "held": source.date, "kind": source.kind, "title": source.title, "summary": source.summary,
            "departments": named or own,
        }  # fmt: skip

    def _has_rows(self, occasion: int) -> bool:
        return any(row.occasion == occasion for row in self.rows)

    def _put_in_order(self) -> None:
        """By source, starting point and kind; within them in the order that they have."""
        areas, kinds = list(self.areas), list(KINDS)

        def place(at: int) -> tuple:
            row = self.rows[at]
            return row.occasion, -1 if row.area is None else areas.index(row.area), kinds.index(row.kind)

        order = sorted(range(len(self.rows)), key=place)
        self.rows = [self.rows[at] for at in order]
        self.focus = order.index(self.focus) if self.focus is not None and self.rows else None

    def press(self, do: str) -> None:
        """What a button does: merge:3 and remove:3 with a statement, take:12 with a line of the notes."""
        name, _colon, digits = do.partition(":")
        at = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else -1
        if name == "merge" and 0 < at < len(self.rows) and self.rows[at].place == self.rows[at - 1].place:
            self.rows, self.focus = review.joined(self.rows, at), at - 1
        elif name == "remove" and 0 <= at < len(self.rows):
            self.rows = [*self.rows[:at], *self.rows[at + 1 :]]
            self.focus = min(at, len(self.rows) - 1) if self.rows else None
        elif name == "take" and 0 < at <= len(self.notes.lines):
            self.rows, self.focus = review.taken_up(self.rows, self.marks()[at - 1])
        self._put_in_order()

    def marks(self) -> list[review.Mark]:
        summary = "\n".join(str(head["summary"].value() or "") for head in self.heads)
        return review.marks(self.notes.lines, self.rows, summary)

    def problems(self) -> list[list[str]]:
        """What is wrong with each statement; what is not finished yet only when it is to be saved."""
        return [problems(row, final=self.is_checked) for row in self.rows]

    def warnings(self) -> list[list[str]]:
        """Words of each statement that are likely a person's name."""
        known = self._known_names()
        return [likely_names(row.words(), known) for row in self.rows]

    def _known_names(self) -> set[str]:
        roles = Role.objects.visible_to(self.place)
        named = [
            *((role.name, *role.aliases) for role in roles),
            *((row.name, *row.aliases) for row in self.departments.values()),
        ]
        return {name for names in named for name in names} | {area.name for area in self.areas.values()}

    def error(self) -> str:
        """What is wrong with the whole, when it is to be saved."""
        if not self.rows:
            return _("There is no statement to save yet.")
        if len(self.rows) > MOST_LINES:
            return _("%(count)d statements are more than can be saved at a time; at most %(most)d.") % {
                "count": len(self.rows), "most": MOST_LINES,
            }  # fmt: skip
        return ""

    def is_valid(self) -> bool:
        heads = [head.is_valid() for at, head in enumerate(self.heads) if self._has_rows(at)]
        return not self.error() and all(heads) and not any(self.problems())

    def occasions(self) -> list[Occasion]:
        """What is to be saved, after validation; a source without statements is none."""
        return [
            Occasion(
                head.head(), [self._said(row) for row in self.rows if row.occasion == at], head.took_part()
            )
            for at, head in enumerate(self.heads)
            if self._has_rows(at)
        ]

    def _said(self, row: Row) -> Said:
        return Said(self.areas[row.area], row.kind, row.text, row.heading, row.label, row.owners)


def _own_departments(place):
    rows = Department.objects.visible_to(place)
    return rows.filter(pk__in=place.department_ids) if place.kind == Kind.DEPARTMENT_HEAD else rows


def problems(row: Row, *, final: bool) -> list[str]:
    """Sentences on what keeps a statement from being saved."""
    found = []
    if final and not row.text.strip():
        found.append(_("Write what was said, or take the statement away."))
    if final and row.area is None:
        found.append(_("Choose which heading it stands under."))
    for name, most in LONGEST.items():
        value = getattr(row, name)
        if len(value) > most:
            words = _("%(name)s has %(count)d characters; at most %(most)d. Divide it.")
            found.append(words % {"name": NAMES[name], "count": len(value), "most": most})
        if CONTROL.search(value):
            found.append(
                _("%(name)s holds an invisible control character. Remove it.") % {"name": NAMES[name]}
            )
        if personal_numbers(value):
            words = _("%(name)s holds a personal identity number. Take it away; nobody is to be recognised.")
            found.append(words % {"name": NAMES[name]})
    return found
