"""Handouts: the cases, what each takes in, its records looked through and masked, and the file that stands."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisation.access import Answer, require
from program.places import in_program
from reports.access import can_change_handout, can_hand_out, can_look_through, can_release_handout
from reports.forms.openness import GROUNDS, THROUGHOUT, HandOutForm, HandoutForm, MaskForm
from reports.models import Handout, Mask
from reports.openness import actions, masking, package, register, selection
from reports.openness.kinds import Kind
from reports.openness.records import Record
from ui.converters import row_key
from ui.revision import Stale, posted_revision

PAGE_SIZE = 25


def one_handout(place, pk: int) -> Handout:
    """The case, or 404; 403 for whoever has nothing to do with handouts."""
    handout = get_object_or_404(Handout.objects.visible_to(place).defer("file"), pk=pk)
    require(can_hand_out(place))
    handout.program = place.program
    return handout


def _page(place, name: str, *args) -> str:
    return reverse(f"reports:{name}", args=[*place.program.address, *args])


@require_GET
@in_program
def handout_list(request, place):
    require(can_hand_out(place))
    rows = Handout.objects.visible_to(place).defer("file").select_related("by")
    return render(request, "reports/handout_list.html", {"handouts": rows})


@require_http_methods(["GET", "POST"])
@in_program
def handout_edit(request, place, pk=None):
    """What was asked for, and what the case takes in."""
    require(can_hand_out(place))
    handout = (
        one_handout(place, pk) if pk else Handout(program=place.program, requested_on=timezone.localdate())
    )
    require(can_change_handout(place, handout))
    form = HandoutForm(request.POST or None, instance=handout, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_handout(form=form, by=request.user)
        except Stale:
            form.show_what_changed(one_handout(place, pk), place=place)
        except actions.NotReady as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The case is saved. Look the records through next."))
            return redirect(_page(place, "handout-detail", saved.pk))
    context = {"form": form, "handout": handout if pk else None}
    return render(request, "reports/handout_form.html", context)


@require_GET
@in_program
def handout_detail(request, place, pk):
    """The case: what it takes in, what is masked, and what is left to do."""
    handout = one_handout(place, pk)
    chosen = selection.read(handout.records)
    kinds = register.counts(register.whole(place.program), chosen)
    context = {
        "handout": handout,
        "kinds": [(kind, count, can_look_through(place, kind)) for kind, count in kinds],
        "without": [kind.label.lower() for kind, count in kinds if not count],
        "files": len(chosen.files),
        "masks": _told(place, handout),
        "may_change": can_change_handout(place, handout),
        "may_release": can_release_handout(place, handout, [kind for kind, _count in kinds]),
        "form": MaskForm(prefix="all"),
        "grounds": GROUNDS,
    }
    return render(request, "reports/handout_detail.html", context)


@dataclass(frozen=True)
class ToldMask:
    """A mask as the case shows it; `words` are empty where this person may not see them."""

    mask: Mask
    where: str
    words: str
    answer: Answer


def _told(place, handout: Handout) -> list[ToldMask]:
    found = []
    for mask in handout.masks.select_related("by"):
        kind = register.BY_KEY.get(mask.record)
        answer = can_look_through(place, kind) if kind else can_hand_out(place)
        where = f"{kind.label} {mask.row}: {register.field_label(kind, mask.field)}" if kind else ""
        found.append(ToldMask(mask, where, mask.words if answer else "", answer))
    return found


def _kind(place, handout: Handout, key: str) -> Kind:
    """A kind of the case that this person may look through; 404 for one that it does not take in."""
    kind = next((kind for kind in register.chosen(selection.read(handout.records)) if kind.key == key), None)
    if kind is None:
        raise Http404
    require(can_look_through(place, kind))
    return kind


@require_GET
@in_program
def handout_records(request, place, pk):
    """The records of one kind, page by page, with what is masked in them."""
    handout = one_handout(place, pk)
    chosen = selection.read(handout.records)
    kinds = [kind for kind in register.chosen(chosen) if can_look_through(place, kind)]
    if not kinds:
        return redirect(_page(place, "handout-detail", pk))
    kind = _kind(place, handout, request.GET.get("slag") or kinds[0].key)
    whole = register.whole(place.program)
    page, records = register.page_of(kind, whole, chosen, request.GET.get("sida", "1"), PAGE_SIZE)
    masks = package.masks_of(handout)
    context = {
        "handout": handout,
        "kind": kind,
        "kinds": kinds,
        "following": dict(zip([one.key for one in kinds], kinds[1:], strict=False)).get(kind.key),
        "page": page,
        "records": [_shown(record, masks) for record in records],
        "may_change": can_change_handout(place, handout),
    }
    return render(request, "reports/handout_records.html", context)


def _shown(record: Record, masks) -> tuple[int, list, list]:
    """A record's key, its title in pieces, and its fields that hold something: name, label, pieces."""
    fields = [
        (field.name, field.label, masking.segments(field.parts, masks))
        for field in record.fields
        if field.text
    ]
    return record.pk, masking.segments(record.title, masks) or [masking.Segment(str(record.pk))], fields


@require_http_methods(["GET", "POST"])
@in_program
def handout_mask(request, place, pk):
    """Mask a field, or words of it; the address says which: ?slag=need&post=12&falt=title."""
    handout = one_handout(place, pk)
    require(can_change_handout(place, handout))
    kind = _kind(place, handout, request.GET.get("slag", ""))
    key = row_key(request.GET.get("post", ""))
    whole, chosen = register.whole(place.program), selection.read(handout.records)
    record = register.one(kind, whole, chosen, key) if key else None
    field = (
        next((one for one in record.fields if one.name == request.GET.get("falt")), None) if record else None
    )
    if field is None:
        raise Http404
    form = MaskForm(request.POST or None, text=field.text)
    back = f"{_page(place, 'handout-records', pk)}?slag={kind.key}&sida={row_key(request.GET.get('sida', '')) or 1}#p{key}"
    if (
        request.method == "POST"
        and form.is_valid()
        and _masked(request, handout, form, kind.key, key, field.name)
    ):
        return redirect(back)
    pieces = masking.segments(field.parts, package.masks_of(handout))
    context = {"form": form, "handout": handout, "kind": kind, "record": record, "field": field, "pieces": pieces,
               "back": back, "grounds": GROUNDS}  # fmt: skip
    return render(request, "reports/handout_mask.html", context)


def _masked(request, handout: Handout, form: MaskForm, kind: str, row: int, field: str) -> bool:
    """Lay the mask; False with the reason in the form when the case was handed out meanwhile."""
    data = form.cleaned_data
    here = {"record": kind, "row": row, "field": field} if data.get("scope", THROUGHOUT) != THROUGHOUT else {}
    try:
        actions.add_mask(handout=handout, words=data["words"], ground=data["ground"], by=request.user, **here)
    except actions.NotReady as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, _("The words are masked."))
    return True


@require_POST
@in_program
def handout_mask_throughout(request, place, pk):
    """Mask words in the whole handout."""
    handout = one_handout(place, pk)
    require(can_change_handout(place, handout))
    form = MaskForm(request.POST, prefix="all")
    if form.is_valid() and _masked(request, handout, form, "", 0, ""):
        return redirect(_page(place, "handout-detail", pk))
    context = {"form": form, "handout": handout, "grounds": GROUNDS}
    return render(request, "reports/handout_mask.html", context)


@require_POST
@in_program
def handout_unmask(request, place, pk, part_pk):
    """Take a mask away."""
    handout = one_handout(place, pk)
    mask = get_object_or_404(Mask.objects.visible_to(place), pk=part_pk, handout=handout)
    require(can_change_handout(place, handout))
    kind = register.BY_KEY.get(mask.record)
    require(can_look_through(place, kind) if kind else can_hand_out(place))
    try:
        actions.remove_mask(mask=mask)
    except actions.NotReady as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("The mask is taken away."))
    return redirect(_page(place, "handout-detail", pk))


@require_GET
@in_program
def handout_preview(request, place, pk):
    """The document as it would be handed out."""
    handout = one_handout(place, pk)
    kinds = register.chosen(selection.read(handout.records))
    require(can_release_handout(place, handout, kinds))
    data = package.preview(package.compose(handout))
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="utlamnande-{handout.pk}-forhandsvisning.pdf"'
    return response


@require_http_methods(["GET", "POST"])
@in_program
def handout_release(request, place, pk):
    """What would be handed out, counted and searched once more; and then for good."""
    handout = one_handout(place, pk)
    require(can_release_handout(place, handout, register.chosen(selection.read(handout.records))))
    form = HandOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _handed_out(request, handout):
        return redirect(_page(place, "handout-detail", pk))
    if request.method == "POST":
        handout.refresh_from_db(fields=["revision"])
    composed = package.compose(handout)
    context = {"form": form, "handout": handout, "composed": composed, "seen": composed.seen,
               "left": composed.left[:40]}  # fmt: skip
    return render(request, "reports/handout_release.html", context)


def _handed_out(request, handout: Handout) -> bool:
    revision, seen = posted_revision(request), request.POST.get("seen", "")
    try:
        actions.hand_out(handout=handout, by=request.user, revision=revision, seen=seen)
    except Stale:
        messages.warning(request, _("Somebody else changed the case just now. Look at it and do it again."))
    except actions.NotReady as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("The records are handed out. The file never changes from here on."))
        return True
    return False


@require_GET
@in_program
def handout_file(request, place, pk):
    """What was handed out, byte for byte."""
    handout = get_object_or_404(Handout.objects.visible_to(place), pk=pk)
    require(can_hand_out(place))
    if handout.file is None:
        raise Http404
    response = HttpResponse(bytes(handout.file), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="utlamnande-{handout.pk}.zip"'
    return response
