"""Notes read in: pasted or uploaded, and then corrected statement by statement beside their lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.actions.notes import Occasion, Said, dated
from dialogues.forms.dialogue import MOST_LINES, HeldField, MeetingHead
from dialogues.forms.presses import ROW, first
from dialogues.models import Dialogue, Statement
from dialogues.notes import review
from dialogues.notes.files import NotNotes, in_lines, text_of
from dialogues.notes.reader import read
from dialogues.notes.review import Row
from dialogues.privacy.known_names import known_names
from dialogues.privacy.persons import likely_names
from organisation.access import Kind
from organisation.models import Department
from program.forms.plan import validate_size
from program.models import Area
from ui.characters import CONTROL
from ui.converters import row_key
from ui.forms import FormLook
from ui.personal import personal_numbers, validate_no_personal_number

MOST_CHARACTERS, MOST_NOTES_LINES, MOST_SOURCES = 100_000, 3_000, 20
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


class HeadForm(MeetingHead, FormLook, forms.ModelForm):
    """When and with whom: the head of one dialogue that the notes become."""

    FEW = ["held_on", "kind", "title", "number_present", "departments"]
    MORE = ["invited", "answered", "summary"]

    held_on = HeldField(label=gettext_lazy("Date"), required=True)
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

    def clean(self):
        data = super().clean()
        is_dialogue = data.get("kind") == Dialogue.Kind.DIALOGUE
        if "departments" in data and not data["departments"] and (self.is_head or is_dialogue):
            self.add_error("departments", _("Choose at least one department."))
        return data

    def head(self) -> dict:
        """The fields of the dialogue, after validation."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | dated(
            self.cleaned_data["held_on"]
        )

    def took_part(self) -> list[Department]:
        return [self.known[pk] for pk in self.cleaned_data["departments"]]


class TooMany(ValidationError):
    """More than the page holds at a time, statements or meetings."""


def refuse_many(count: int, most: int = MOST_LINES) -> None:
    """Raise TooMany for more statements than are read in at a time."""
    if count > most:
        raise TooMany(
            _(
                "The notes hold %(count)d statements; at most %(most)d are read in at a time. Divide the notes."
            )
            % {"count": count, "most": most}
        )


class Review:
    """Statements under correction, the notes beside them, and the head of each dialogue that they become.

    Nothing of it is stored: every answer of the server carries all of it, and every press of a button sends it back.
    `before` holds the statements as they were before the last change; `asked` what a button has to be told first:
    the number of a line, or the place and heading of statements that are to be moved (`in_vain` when it was not told).
    """

    def __init__(self, place, text: str):
        """Raises ValidationError where the notes are longer than the page holds."""
        self.place, self.text = place, in_lines(text)
        check_size(self.text)
        self.areas = {area.pk: area for area in Area.objects.visible_to(place).filter(is_starting_point=True)}
        self.departments = {row.pk: row for row in _own_departments(place)}
        self.notes = read(self.text, [area.name for area in self.areas.values()])
        self.rows: list[Row] = []
        self.heads: list[HeadForm] = []
        self.focus: int | None = None
        self.headings: tuple[int, ...] = ()
        self.before = self.asked = ""
        self.is_checked = self.in_vain = False

    @classmethod
    def of_notes(cls, place, text: str) -> "Review":
        """As the notes were read, before anybody has corrected anything."""
        made = cls(place, text)
        made.rows = review.first_rows(made.notes, list(made.areas))
        refuse_many(len(made.rows))
        sources = review.sources(made.notes)
        if len(sources) > MOST_SOURCES:
            raise TooMany(
                _(
                    "The notes hold %(count)d meetings; at most %(most)d are read in at a time. Divide the notes."
                )
                % {"count": len(sources), "most": MOST_SOURCES}
            )
        made.heads = [made._head(at, initial=made._first(row)) for at, row in enumerate(sources)]
        made.put_in_order()
        return made

    @classmethod
    def of_fields(cls, place, fields: Mapping[str, Sequence[str]], *, check: bool = False) -> "Review":
        """As it was sent, or kept as a draft; a line break in a text divides it here. Raises TooMany."""
        made = cls(place, first(fields, "notes"))
        made.is_checked, made.before = check, first(fields, "before")
        made.add_headings(review.numbers(first(fields, "headings"), len(made.notes.lines)))
        number = min(max(1, len(fields.get("occasion") or [])), MOST_SOURCES)
        made.heads = [made._head(at, data=fields) for at in range(number)]
        keys = dict.fromkeys(fields.get("row") or [])
        rows = [made._row(*(first(fields, f"{name}-{key}") for name in ROW)) for key in keys]
        refuse_many(sum(row.text.count("\n") + 1 for row in rows), 2 * MOST_LINES)
        made.rows = review.divided(rows, made.notes.lines)
        if check:
            made.heads = [
                made.bound(head, head.data) if made._has_rows(at) else head
                for at, head in enumerate(made.heads)
            ]
        made.put_in_order()
        return made

    def _row(self, text, place, heading, label, owners, lines) -> Row:
        return Row(
            text.replace("\r\n", "\n").replace("\r", "\n"), *self.place_of(place),
            heading.strip(), label.strip(), owners.strip(), review.numbers(lines, len(self.notes.lines)),
        )  # fmt: skip

    def place_of(self, words: str) -> tuple[int, int | None, str]:
        """Source, starting point and kind from "0:17:current"; what is none of ours is the first, None, current."""
        occasion, area, kind = [*words.split(":"), "", "", ""][:3]
        return (
            found if (found := row_key(occasion)) is not None and found < len(self.heads) else 0,
            row_key(area) if row_key(area) in self.areas else None,
            kind if kind in KINDS else Statement.Kind.CURRENT.value,
        )

    def add_headings(self, numbers: Iterable[int]) -> None:
        """Lines that somebody made headings are told as such."""
        self.headings = tuple(sorted({*self.headings, *numbers}))
        for number in numbers:
            self.notes.lines[number - 1] = replace(self.notes.lines[number - 1], became="heading")

    @property
    def made_headings(self) -> str:
        return review.ranges(self.headings)

    def _head(self, at: int, *, initial=None, data=None) -> HeadForm:
        form = HeadForm(initial=initial, prefix=f"o{at}", place=self.place, departments=self.departments)
        if data is not None:
            form.restore(data)
        return form

    def bound(self, head: HeadForm, data) -> HeadForm:
        """The head with data that is to be judged."""
        return HeadForm(data, prefix=head.prefix, place=self.place, departments=self.departments)

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
            "held_on": source.date, "kind": source.kind, "title": source.title, "summary": source.summary,
            "departments": named or own,
        }  # fmt: skip

    def _has_rows(self, occasion: int) -> bool:
        return any(row.occasion == occasion for row in self.rows)

    def put_in_order(self) -> None:
        """By source, starting point and kind; within them in the order that they have."""
        areas, kinds = list(self.areas), list(KINDS)

        def place(at: int) -> tuple:
            row = self.rows[at]
            return row.occasion, -1 if row.area is None else areas.index(row.area), kinds.index(row.kind)

        order = sorted(range(len(self.rows)), key=place)
        self.rows = [self.rows[at] for at in order]
        self.focus = order.index(self.focus) if self.focus is not None and self.rows else None

    def marks(self) -> list[review.Mark]:
        summary = "\n".join(str(head["summary"].value() or "") for head in self.heads)
        return review.marks(self.notes.lines, self.rows, summary)

    def problems(self) -> list[list[str]]:
        """What is wrong with each statement; what is not finished yet only when it is to be saved."""
        return [problems(row, final=self.is_checked) for row in self.rows]

    def warnings(self) -> list[list[str]]:
        """Words of each statement that are likely a person's name."""
        known = known_names(self.place)
        return [likely_names(row.words(), known) for row in self.rows]

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
