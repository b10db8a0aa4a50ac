import datetime as dt
import json

from axes.utils import reset
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import connection, transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from organisation import actions, changes
from organisation.access import can_manage_organisation, require
from organisation.forms import (
    DepartmentForm,
    ForumForm,
    MemberForm,
    NewMemberForm,
    OrganisationForm,
    PredecessorForm,
    RoleForm,
    UnitForm,
)
from organisation.models import Department, Draft, Forum, Membership, Organisation, Predecessor, Role, Unit
from organisation.places import in_organisation

DRAFT_LIMIT = 1024 * 1024
STRUCTURE = {
    "avdelning": (Department, DepartmentForm),
    "chefsomrade": (Unit, UnitForm),
    "roll": (Role, RoleForm),
    "forum": (Forum, ForumForm),
    "foregangare": (Predecessor, PredecessorForm),
}


@login_not_required
@require_safe
def healthz(request):
    """For whoever watches the server: the database answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok", content_type="text/plain")


def too_many_sign_ins(request, response, credentials):
    """In place of the sign-in page's answer (AXES_LOCKOUT_CALLABLE): what was asked for and typed is still there."""
    minutes = settings.AXES_COOLOFF_TIME // dt.timedelta(minutes=1)
    context = response.context_data | {"minutes": minutes}
    return render(request, "registration/login.html", context, status=settings.AXES_HTTP_RESPONSE_CODE)


class NewPasswordView(PasswordResetConfirmView):
    """A password chosen with the system owner's link; a user name that rested may be used at once."""

    def form_valid(self, form):
        reset(username=self.user.get_username())
        return super().form_valid(form)


@require_GET
def start(request):
    """Send each user to the own organisation; tell a user in none whom to ask."""
    membership = (
        request.user.memberships.select_related("organisation").order_by("organisation__name").first()
    )
    if membership is None:
        return render(request, "organisation/no_membership.html")
    return redirect(membership.organisation)


@require_GET
@in_organisation
def structure(request, place):
    departments = Department.objects.visible_to(place).prefetch_related("units__merged_into")
    context = {
        "today": timezone.localdate(),
        "departments": departments,
        "roles": Role.objects.visible_to(place),
        "forums": Forum.objects.visible_to(place),
        "predecessors": Predecessor.objects.visible_to(place),
        "may_manage": can_manage_organisation(place),
    }
    return render(request, "organisation/structure.html", context)


@require_http_methods(["GET", "POST"])
@in_organisation
def structure_edit(request, place, noun, pk=None):
    """Add or change a department, unit, role, forum or predecessor."""
    require(can_manage_organisation(place))
    model, form_class = STRUCTURE[noun]
    instance = get_object_or_404(model.objects.visible_to(place), pk=pk) if pk else model()
    if not pk and hasattr(model, "organisation"):
        instance.organisation = place.organisation
    title = str(instance) if pk else _new(model)
    extra = {"place": place} if model is Unit else {}
    form = form_class(request.POST or None, instance=instance, **extra)
    if request.method == "POST" and _saved(form, place):
        messages.success(request, _("Saved: %(name)s") % {"name": form.instance})
        return redirect("organisation:structure", place.organisation.slug)
    context = {"form": form, "title": title, "back": "organisation:structure"}
    return render(request, "organisation/form.html", context)


def _new(model) -> str:
    titles = {
        Department: _("New department"),
        Unit: _("New unit"),
        Role: _("New role"),
        Forum: _("New forum"),
        Predecessor: _("New predecessor"),
    }
    return titles[model]


@transaction.atomic
def _saved(form, place) -> bool:
    """Save a valid form. One at a time: two units merged into each other at once would go round in a circle."""
    Organisation.objects.select_for_update().get(pk=place.organisation.pk)
    if not form.is_valid():
        return False
    form.save()
    changes.tell(place.organisation, form.changed_data)
    return True


@require_http_methods(["GET", "POST"])
@in_organisation
def settings_edit(request, place):
    require(can_manage_organisation(place))
    form = OrganisationForm(request.POST or None, instance=place.organisation)
    if request.method == "POST" and _saved(form, place):
        messages.success(request, _("The settings are saved."))
        return redirect("organisation:structure", place.organisation.slug)
    context = {"form": form, "title": _("Settings"), "back": "organisation:structure"}
    return render(request, "organisation/form.html", context)


@require_GET
@in_organisation
def member_list(request, place):
    require(can_manage_organisation(place))
    members = (
        Membership.objects.visible_to(place)
        .select_related("user")
        .prefetch_related("departments")
        .order_by("kind", "user__username")
    )
    return render(request, "organisation/members.html", {"members": members})


@require_http_methods(["GET", "POST"])
@in_organisation
def member_add(request, place):
    require(can_manage_organisation(place))
    form = NewMemberForm(
        request.POST or None, place=place, instance=Membership(organisation=place.organisation)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        member = actions.add_member(
            organisation=place.organisation,
            username=data["username"],
            email=data["email"],
            kind=data["kind"],
            departments=data["departments"],
        )
        return redirect("organisation:member-edit", place.organisation.slug, member.pk)
    context = {"form": form, "title": _("New user"), "back": "organisation:member-list"}
    return render(request, "organisation/form.html", context)


@require_http_methods(["GET", "POST"])
@in_organisation
def member_edit(request, place, pk):
    """Change a role; while the person has no password, show the link where one is chosen."""
    require(can_manage_organisation(place))
    member = get_object_or_404(Membership.objects.visible_to(place).select_related("user"), pk=pk)
    form = MemberForm(request.POST or None, instance=member, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_member(form=form)
        except actions.NobodyInCharge:
            form.add_error("kind", _("This is the only system owner. Make somebody else system owner first."))
        else:
            messages.success(request, _("Saved: %(name)s") % {"name": member.user})
            return redirect("organisation:member-list", place.organisation.slug)
    context = {
        "form": form,
        "title": member.user.username,
        "back": "organisation:member-list",
        "password_link": _password_link(request, member.user) if _lacks_password(member) else None,
        "member": member,
        "may_take_password": _may_take_password(request, member),
        "taken": actions.passwords_taken(member.user)[:5],
    }
    return render(request, "organisation/member_edit.html", context)


def _is_ours_alone(member) -> bool:
    """A person who belongs nowhere else: nobody takes over another organisation's user."""
    return member.user.memberships.count() == 1


def _lacks_password(member) -> bool:
    """One of ours, to whom a link may be handed over."""
    return not member.user.has_usable_password() and _is_ours_alone(member)


def _may_take_password(request, member) -> bool:
    """One of ours who has a password, and not whoever asks."""
    is_other = member.user_id != request.user.pk
    return is_other and member.user.has_usable_password() and _is_ours_alone(member)


@require_POST
@in_organisation
def member_password(request, place, pk):
    """A forgotten password: the old one holds no longer, and the link where a new one is chosen is shown."""
    require(can_manage_organisation(place))
    member = get_object_or_404(Membership.objects.visible_to(place).select_related("user"), pk=pk)
    if _may_take_password(request, member):
        actions.take_password(membership=member, by=request.user)
        messages.success(request, _("The old password of %(name)s holds no longer.") % {"name": member.user})
    return redirect("organisation:member-edit", place.organisation.slug, member.pk)


def _password_link(request, user) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(user)])
    return request.build_absolute_uri(path)


@require_http_methods(["GET", "POST"])
@in_organisation
def member_remove(request, place, pk):
    """Take the role away after asking; what the person has done stays."""
    require(can_manage_organisation(place))
    member = get_object_or_404(Membership.objects.visible_to(place).select_related("user"), pk=pk)
    if request.method == "POST" and member.user_id != request.user.pk:
        try:
            actions.remove_member(membership=member)
            messages.success(request, _("%(name)s no longer has a role here.") % {"name": member.user})
        except actions.NobodyInCharge:
            messages.error(
                request, _("This is the only system owner. Make somebody else system owner first.")
            )
        return redirect("organisation:member-list", place.organisation.slug)
    if member.user_id == request.user.pk:
        messages.error(request, _("You cannot take away your own role."))
        return redirect("organisation:member-list", place.organisation.slug)
    return render(request, "organisation/member_remove.html", {"member": member})


@require_POST
@in_organisation
def draft_save(request, place):
    """Keep what is being typed. The page's own script calls this every few seconds."""
    sent = request.POST.copy()
    key, title, url = (sent.pop(name, [""])[0] for name in ("_draft_key", "_draft_title", "_draft_url"))
    sent.pop("csrfmiddlewaretoken", None)
    fields = dict(sent.lists())
    if any(
        "\x00" in text for text in (key, title, url, *(value for row in fields.values() for value in row))
    ):
        return JsonResponse({"error": _("The text holds a character that cannot be kept.")}, status=400)
    if not key or len(key) > 120 or not url.startswith(f"/{place.organisation.slug}/") or len(url) > 300:
        return JsonResponse({"error": _("This draft does not belong to a page here.")}, status=400)
    if len(json.dumps(fields)) > DRAFT_LIMIT:
        return JsonResponse({"error": _("The text is too long to be kept as a draft.")}, status=413)
    draft = actions.save_draft(place=place, key=key, title=title[:200], url=url, fields=fields)
    return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})


@require_POST
@in_organisation
def draft_discard(request, place, pk):
    draft = get_object_or_404(Draft.objects.visible_to(place), pk=pk)
    draft.delete()
    messages.success(request, _("The draft is gone."))
    return redirect(draft.url)
