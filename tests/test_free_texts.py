"""Wherever somebody writes freely, personal identity numbers are refused: fields, names of files, the command line."""

import importlib
import pkgutil

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

import config.urls  # noqa: F401 - every view, and so every form, is known
from metrics.forms import fields as figures
from metrics.forms.expectation import AmountField
from metrics.forms.headcount import FteField
from program.forms.fields import WeeksField, WhenField
from program.forms.plan import ManyForm
from program.models import Attachment
from reports.forms.openness import MaskForm
from reports.forms.report import CaseNumbersForm
from tests import factories
from ui.personal import validate_no_personal_number

PERSON = "19121212-1212"
APPS = ("ui", "organisation", "program", "dialogues", "metrics", "reports")
# Kinds of field that hold no free text: what cannot be read as a figure, a day or an address is refused.
READ = (
    figures.MeasureField, figures.CountField, AmountField, FteField, WhenField, WeeksField, forms.EmailField,
    forms.RegexField,
)  # fmt: skip
# Single fields without the rule, each with its reason. A stale line fails the test.
EXCEPTIONS = {
    "MaskForm.words": "a personal identity number is masked by its own words",
    "EraseForm.words": "a personal identity number is erased by its own words",
    "NotesForm.notes": "told line by line on the next page, where nothing is saved with one",
    "HeadcountFileForm.text": "refused where the rows are read",
    "ObservationForm.period": "read as a period",
    "ReportForm.period": "read as a period",
    "NewMemberForm.username": "the organisation's own, given by its directory",
    "ReplyForm.reply": "added when the form is made",
    "CorrectionForm.reason": "added when the form is made",
}


def every_form(form=forms.BaseForm) -> set[type]:
    found = set()
    for below in form.__subclasses__():
        found |= {below} | every_form(below)
    return {one for one in found if one.__module__.split(".")[0] in APPS}


def holds_the_rule(form: type, name: str, field: forms.Field) -> bool:
    """By itself, or by the field of the model that the form validates."""
    model = getattr(getattr(form, "_meta", None), "model", None)
    own = {one.name: one for one in model._meta.get_fields()} if model else {}
    fields = getattr(getattr(form, "_meta", None), "fields", None) or ()
    of_model = own[name].validators if name in own and name in fields else []
    return validate_no_personal_number in [*field.validators, *of_model]


def test_every_free_text_refuses_personal_numbers():
    for app in APPS:
        for found in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if ".forms" in found.name:
                importlib.import_module(found.name)
    lacking = {
        f"{form.__name__}.{name}"
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, READ) and not field.widget.is_hidden
        and not holds_the_rule(form, name, field)
    }  # fmt: skip
    assert lacking == set(EXCEPTIONS)


def test_one_change_for_many_is_told_where_it_stands(world):
    form = ManyForm(
        {"status": "stopped", "comment": f"Enligt {PERSON}"}, place=factories.place(world.program)
    )
    assert "personnummer" in str(form.errors["comment"])


def test_case_numbers_and_grounds_hold_none(world):
    form = CaseNumbersForm(
        {"case_numbers": f"SON 2026/1\n{PERSON}", "revision": 1}, instance=factories.report(world.program)
    )
    assert "Rad 2" in str(form.errors["case_numbers"])
    mask = MaskForm({"words": PERSON, "ground": f"Gäller {PERSON}"})
    assert set(mask.errors) == {"ground"}


@pytest.mark.parametrize(("path", "file"), [
    ("aktiviteter/{}/bilaga/", f"Samtal {PERSON}.txt"), ("aktiviteter/las-in/", f"Plan {PERSON}.csv"),
])  # fmt: skip
def test_a_file_s_name_holds_none(world, sign_in, path, file):
    activity = factories.activity(world.program)
    client = sign_in(world.users.editor)
    sent = {"file": SimpleUploadedFile(file, b"Hej")}
    page = client.post(f"/ostra/chefer/{path.format(activity.pk)}", sent)
    assert page.status_code == 200
    assert "personnummer" in page.content.decode()
    assert not Attachment.objects.exists()
    assert not world.program.plan_files.exists()
