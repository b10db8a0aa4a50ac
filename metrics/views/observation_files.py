"""Values from a file: uploaded, shown, and only then written."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from metrics.file_persons import HoldsPersonalNumber
from metrics.forms.observation_file import ObservationFileForm, ReasonForm
from metrics.models import ObservationFile
from metrics.observation_import import apply, blank, reading, told, wording
from metrics.observation_import.compare import STATES, Comparison
from organisation.access import require
from program.access import can_edit_program
from program.exchange.tables import NotATable
from program.places import in_program
from program.views.exchange import TYPES
from ui import formats
from ui.converters import row_key
from ui.language import language

SHOWN = 200


@require_GET
@in_program
def observation_blank(request, place, layout, form):
    """A layout to fill in, as Excel or CSV."""
    require(can_edit_program(place))
    lines = blank.rows(place, layout, timezone.localdate())
    content = blank.to_csv(lines) if form == "csv" else blank.to_xlsx(place, layout, lines)
    response = HttpResponse(content, content_type=TYPES[form])
    name = "varden" if layout == "long" else "manader"
    response["Content-Disposition"] = f'attachment; filename="{place.program.slug}-{name}.{form}"'
    return response


@require_http_methods(["GET", "POST"])
@in_program
def observation_upload(request, place):
    """Choose a file; a file that cannot be read is refused here, with the reason."""
    require(can_edit_program(place))
    is_sent = request.method == "POST"
    form = ObservationFileForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, place=place
    )
    if is_sent and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            read = reading.read_file(upload.name, content)
        except HoldsPersonalNumber as error:
            form.add_error("file", error.words)
            read = None
        except NotATable as error:
            form.add_error("file", wording.UNREADABLE[error.reason])
            read = None
        if read and not form.cleaned_data["indicator"] and read.names_no_indicator:
            form.add_error(
                "indicator", _("The file names no indicator. Choose the one that its values are of.")
            )
        elif read:
            kept = apply.keep_file(place=place, name=upload.name, content=content, by=request.user)
            address = reverse("metrics:observation-preview", args=[*place.program.address, kept.pk])
            return redirect(address + _as_query(form.cleaned_data))
    return render(request, "metrics/observation_upload.html", {"form": form})


def _as_query(data) -> str:
    """What was chosen for the file as a whole, as the preview's address carries it."""
    chosen = {"matt": data["indicator"].pk} if data["indicator"] else {}
    chosen |= {"preliminar": "1"} if data["is_last_preliminary"] else {}
    return f"?{urlencode(chosen)}" if chosen else ""


def _chosen(request) -> dict:
    """The same, read back; an indicator of another programme counts as none."""
    return {
        "chosen": row_key(request.GET.get("matt", "")),
        "is_last_preliminary": request.GET.get("preliminar") == "1",
    }


@require_http_methods(["GET", "POST"])
@in_program
def observation_preview(request, place, pk):
    """What the file would bring, and what it would revise; nothing is written before it is agreed to here."""
    require(can_edit_program(place))
    own = ObservationFile.objects.visible_to(place).filter(applied_at=None, by=request.user)
    kept = get_object_or_404(own, pk=pk)  # whoever chose a file enters its values, and approves none of them
    read = reading.read_file(kept.name, bytes(kept.content))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form.is_valid() or "reason" not in request.POST):
        try:
            done = apply.apply_values(
                reading=read, place=place, by=request.user, today=timezone.localdate(),
                reason=form.cleaned_data.get("reason", ""), digest=request.POST.get("digest", ""), file=kept,
                **_chosen(request),
            )  # fmt: skip
        except (apply.Moved, apply.HasErrors, apply.NeedsReason):
            messages.warning(
                request, _("The values have changed since you looked. Nothing is written. Look through once more.")
            )  # fmt: skip
            return redirect(request.get_full_path())
        messages.success(request, _written(done))
        return redirect("metrics:observation-approvals", *place.program.address)
    found = reading.beside(read, place, timezone.localdate(), by=request.user, **_chosen(request))
    return render(request, "metrics/observation_preview.html", _preview(kept, found) | {"form": form})


def _written(done: Comparison) -> str:
    """How many values now wait for somebody else's yes."""
    count = len(done.results) - done.count("unchanged")
    waits = ngettext(
        "%(count)s value waits for another person's approval.",
        "%(count)s values wait for another person's approval.",
        count,
    )
    return f"{_('The file is read in.')} {waits % {'count': formats.number(count, None, language())}}"


def _preview(kept: ObservationFile, found: Comparison) -> dict:
    errors = told.errors(found.wrong)
    revised, new = found.of("revised", "changed"), found.of("new")
    return {
        "file": kept,
        "found": found,
        "counts": [*((state, found.count(state)) for state in STATES), ("error", len(errors))],
        "errors": errors[:SHOWN],
        "overlaps": told.overlaps(found.overlaps[:SHOWN]),
        "more_overlaps": max(0, len(found.overlaps) - SHOWN),
        "more_errors": max(0, len(errors) - SHOWN),
        "indicators": told.by_indicator(found),
        "revised": [told.row(row) for row in revised[:SHOWN]],
        "more_revised": max(0, len(revised) - SHOWN),
        "new": [told.row(row) for row in new[:SHOWN]],
        "more_new": max(0, len(new) - SHOWN),
    }
