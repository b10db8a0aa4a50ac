"""A member's own pages: the calendar's secret address and the reminders; and what both lead to without sign-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from organisation.access import Kind
from organisation.actions import calendar_digest, make_calendar_key, revoke_calendar_key
from organisation.forms import RemindersForm
from organisation.models import CalendarKey, Membership
from organisation.places import in_organisation, place_of
from reports.models import DigestSent
from reports.outgoing import calendar, reminders

COMING = 5


@login_not_required
@require_safe
def calendar_feed(request, secret):
    """The calendar behind a secret address. Only the secret's digest is looked up, so nothing is compared."""
    keys = CalendarKey.objects.select_related("membership__organisation").filter(
        membership__user__is_active=True
    )
    key = get_object_or_404(keys, digest=calendar_digest(secret))
    place, today = place_of(key.membership), timezone.localdate()
    data = calendar.feed(
        calendar.entries(place, today), place.organisation, today=today, absolute=request.build_absolute_uri
    )
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="ledstang-{place.organisation.slug}.ics"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@in_organisation
def calendar_key(request, place):
    """Make, replace or revoke the address. The secret is in the answer to the making, and nowhere else."""
    address = ""
    if request.method == "POST" and request.POST.get("do") == "make":
        secret = make_calendar_key(membership=place.membership)
        address = request.build_absolute_uri(reverse("calendar-feed", args=[secret]))
    elif request.method == "POST":
        revoke_calendar_key(membership=place.membership)
        messages.success(request, _("The address is revoked. Calendars that used it get nothing more."))
        return redirect("calendar", place.organisation.slug)
    today = timezone.localdate()
    found = calendar.entries(place, today)
    context = {
        "address": address,
        "webcal": f"webcal://{address.partition('://')[2]}" if address else "",
        "key": CalendarKey.objects.filter(membership=place.membership).first(),
        "count": len(found),
        "coming": [entry for entry in found if entry.last >= today][:COMING],
        "own_departments": place.is_one_of(Kind.DEPARTMENT_HEAD, Kind.MANAGER),
    }
    return render(request, "reports/calendar.html", context)


@require_http_methods(["GET", "POST"])
@in_organisation
def reminders_edit(request, place):
    """The member's own reminder as it would go out today, and whether it shall."""
    posted = request.POST if request.method == "POST" else None  # a box that is not ticked posts nothing
    form = RemindersForm(posted, instance=place.membership)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return redirect("reminders", place.organisation.slug)
    digest = reminders.digest_of(place, timezone.localdate())
    owners = Membership.objects.visible_to(place).filter(kind=Kind.ADMIN, user__is_active=True)
    context = reminders.words(digest, place.membership, site="") | {
        "form": form,
        "letter": None if digest.is_empty else reminders.write(digest, place.membership, site=_site(request)),
        "gets_reminders": place.kind in reminders.REMINDED,
        "latest": DigestSent.objects.filter(membership=place.membership).order_by("-sent_at").first(),
        "owners": owners.order_by("user__username").values_list("user__username", flat=True),
    }
    return render(request, "reports/reminders.html", context)


def _site(request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@csrf_exempt  # mail programs post here by themselves (List-Unsubscribe-Post); the signed token is the permit
@login_not_required
@require_http_methods(["GET", "POST"])
def reminders_stop(request, token):
    """Stop the reminders from the letter itself: a question, and on its answer the deed."""
    member = reminders.member_of(token)
    if member is None:
        raise Http404
    if request.method == "POST":
        member.wants_reminders = False
        member.save(update_fields=["wants_reminders"])
    return render(request, "reports/reminders_stop.html", {"member": member})
