"""The annual wheel: what comes back every year, what activities add, and what it takes of managers' time."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from organisation.access import require
from program.access import can_edit_program
from program.forms.time import AnnualEventForm, CeilingForm, WhatIfForm
from program.models import Activity, AnnualEvent, Audience
from program.places import in_program
from program.wheel import words
from program.wheel.chart import drawn, wheel_chart
from program.wheel.collisions import last_day
from program.wheel.year import Entry, WhatIf, Wheel, can_be_changed, what_if, wheel
from ui import formats
from ui.charts import svg
from ui.language import language

DAYS_A_MONTH = 30.5


def _year(text: str, place, today: dt.date) -> int:
    """The year asked for, when the programme has it; else this one, or the nearest of its years."""
    first, last = place.program.first_year, place.program.last_year
    asked = int(text) if text.isdecimal() and len(text) == 4 else today.year
    return asked if first <= asked <= last else min(max(today.year, first), last)


def _now(today: dt.date, year: int) -> float | None:
    """Where today lies among the twelve months of the year shown."""
    return today.month - 1 + min(today.day / DAYS_A_MONTH, 1) if today.year == year else None


def _picture(found: Wheel, today: dt.date) -> str:
    names = [formats.short_month(number, language()) for number in range(1, 13)]
    # Our own specification, drawn by our own process: nothing in it comes from a browser.
    return mark_safe(svg(wheel_chart(found.entries, found.year, names, _now(today, found.year))))


def _key(found: Wheel) -> list[dict]:
    """What the picture's marks stand for."""
    shown = drawn(found.entries, found.year)
    return [
        {"entry": entry, "kind": _kind(entry)} for entry in found.entries if entry.occupation.key in shown
    ]


def _kind(entry: Entry) -> str:
    return _("recurring process") if entry.is_process else str(Activity.Kind(entry.occupation.kind).label)


def _months(found: Wheel) -> list[dict]:
    """The table of months: what runs in each, with its weeks."""
    return [
        {
            "name": words.month(number),
            "processes": [_running(row) for row in rows if row.entry.is_process],
            "activities": [_running(row) for row in rows if not row.entry.is_process],
        }
        for number, rows in found.months
    ]


def _running(row) -> dict:
    return {"entry": row.entry, "weeks": words.stretches(row.weeks)}


def _event(entry: Entry, found: Wheel) -> dict:
    """A recurring process as its table shows it."""
    row = entry.occupation
    homes = [name for pk, name in found.departments.items() if pk in row.departments]
    meant = [words.audience_name(value) for value in Audience.values if value in row.audiences]
    return {
        "entry": entry,
        "months": words.stretches(row.months, words.month),
        "weeks": words.stretches(row.weeks),
        "departments": words.listed(homes),
        "audiences": words.listed(meant),
    }


def _sentences(found: Wheel, today: dt.date) -> dict:
    """The findings, those that are over already apart."""
    told = [
        (words.collision_sentence(row, found.departments), last_day(row, found.year) < today)
        for row in found.collisions
    ]
    return {
        "over": [words.over_sentence(row, found) for row in found.over],
        "within": "" if found.over else words.within_sentence(found),
        "ahead": [text for text, is_past in told if not is_past],
        "past": [text for text, is_past in told if is_past],
        "unplaced": words.unplaced_sentence(found.unplaced) if found.unplaced else "",
    }


def _what_if(asked: WhatIf, found: Wheel) -> dict:
    months = words.changed_months(asked)
    return {
        "months": months,
        "sentence": words.what_if_sentence(asked, months),
        "whom": words.audience_name(asked.audience),
        "gone": [words.collision_sentence(row, found.departments) for row in asked.gone],
        "new": [words.collision_sentence(row, found.departments) for row in asked.new],
    }


def _asked(request, found: Wheel, audience: str, today: dt.date) -> tuple[WhatIfForm, dict | None]:
    """The what-if form, and its answer when the address asks."""
    choices = [
        (entry.occupation.key, f"{entry.mark}. {entry.occupation.name}")
        for entry in can_be_changed(found, today)
    ]
    form = WhatIfForm(request.GET if "activity" in request.GET else None, activities=choices)
    if not form.is_bound or not form.is_valid():
        return form, None
    data = form.cleaned_data
    by = data["months"] if data["change"] == form.MOVE else 0
    return form, _what_if(what_if(found, data["activity"], by, audience), found)


@require_GET
@in_program
def wheel_page(request, place):
    """A year of the wheel as sentences, picture and tables; in the address, what a change would do."""
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), place, today)
    audience = request.GET.get("audience", "")
    audience = audience if audience in Audience.values else ""
    found = wheel(place, today, year, audience)
    form, answer = _asked(request, found, audience, today)
    key = _key(found)
    context = {
        "found": found,
        "found_words": _sentences(found, today),
        "years": range(place.program.first_year, place.program.last_year + 1),
        "audience": audience,
        "audiences": Audience.choices,
        "short_months": [formats.short_month(number, language()) for number in range(1, 13)],
        "rows": _months(found),
        "loads": [(name, [(words.month(cell.month), cell) for cell in cells]) for name, cells in found.loads],
        "picture": _picture(found, today) if key else "",
        "key": key,
        "left_out": len({row.entry for _month, rows in found.months for row in rows}) - len(key),
        "events": [_event(entry, found) for entry in found.entries if entry.is_process],
        "has_hours": found.peak is not None,
        "form": form,
        "answer": answer,
        "may_edit": can_edit_program(place),
    }
    return render(request, "program/wheel.html", context)


def _form_page(request, form, title: str, event: AnnualEvent | None = None, lead: str = ""):
    context = {"form": form, "title": title, "event": event, "lead": lead}
    return render(request, "program/wheel_form.html", context)


def _saved(request, place, form):
    form.save()
    messages.success(request, _("The changes are saved."))
    return redirect("program:wheel", *place.program.address)


@require_http_methods(["GET", "POST"])
@in_program
def event_edit(request, place, pk=None):
    """Add or change a recurring process."""
    require(can_edit_program(place))
    if pk:
        event = get_object_or_404(AnnualEvent.objects.visible_to(place), pk=pk)
    else:
        event = AnnualEvent(program=place.program)
    form = AnnualEventForm(request.POST or None, instance=event, place=place)
    if request.method == "POST" and form.is_valid():
        return _saved(request, place, form)
    title = _("Change the process") if pk else _("New recurring process")
    return _form_page(request, form, title, event if pk else None)


@require_http_methods(["GET", "POST"])
@in_program
def event_delete(request, place, pk):
    """Take a process out of the wheel after asking."""
    require(can_edit_program(place))
    event = get_object_or_404(AnnualEvent.objects.visible_to(place), pk=pk)
    if request.method == "POST":
        event.delete()
        messages.success(request, _("The process is deleted: %(name)s") % {"name": event.name})
        return redirect("program:wheel", *place.program.address)
    return render(request, "program/wheel_delete.html", {"event": event})


@require_http_methods(["GET", "POST"])
@in_program
def ceiling_edit(request, place):
    """How much of a manager's time a month may take."""
    require(can_edit_program(place))
    form = CeilingForm(request.POST or None, instance=place.program)
    if request.method == "POST" and form.is_valid():
        return _saved(request, place, form)
    return _form_page(request, form, _("The ceiling of hours"), lead=_("The wheel says in words when a month passes it."))  # fmt: skip
