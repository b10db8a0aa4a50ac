"""Who we are and who may: organisations, their departments and units, roles, forums, members, drafts."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ui.fields import LineField
from ui.sort import swedish


class User(AbstractUser):
    """A person who signs in. What the person may do is told by memberships, never here."""


class Organisation(models.Model):
    """Förvaltning: an administration that answers to a committee and sees nobody else's data."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = LineField(_("name"), max_length=120)
    parent_name = LineField(_("municipality or region"), max_length=120, blank=True)
    committee = LineField(_("committee"), max_length=120)
    case_prefix = LineField(_("case number prefix"), max_length=20, blank=True)
    survey_threshold = models.PositiveSmallIntegerField(_("smallest group shown in surveys"), default=10)
    health_threshold = models.PositiveSmallIntegerField(
        _("smallest group shown for health figures"), default=11
    )
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(survey_threshold__gte=5) & Q(health_threshold__gte=5),
                name="organisation_thresholds_at_least_five",
                violation_error_message=_("A group smaller than five is never shown."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.parent_name}, {self.name}" if self.parent_name else self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation-start", args=[self.slug])


class OwnedQuerySet(models.QuerySet):
    """Rows that belong to one organisation by their `organisation` field."""

    def visible_to(self, place):
        """Those of the place's organisation."""
        return self.filter(organisation=place.organisation)


class Department(models.Model):
    """Avdelning: a part of the organisation with its own leadership group."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="departments")
    code = LineField(_("code"), max_length=20)
    name = LineField(_("name"), max_length=120)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    guideline_category = LineField(_("category in the guideline"), max_length=120, blank=True)
    note = LineField(_("note"), max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="department_code_once_per_organisation",
                violation_error_message=_("There is already a department with this code."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Predecessor(models.Model):
    """Föregångare: an organisation that this one was formed from, with figures of its own until then."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="predecessors")
    name = LineField(_("name"), max_length=120)
    last_day = models.DateField(_("last day"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = [swedish("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="predecessor_name_once_per_organisation",
                violation_error_message=_("There is already a predecessor with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's organisation."""
        return self.filter(department__organisation=place.organisation)

    def open(self, *, on):
        """Those that are not closed on a day; the day of closing is the first without them."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))


class Unit(models.Model):
    """Chefsområde: what one manager, or a few together, are responsible for."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="units")
    code = LineField(_("code"), max_length=20)
    name = LineField(_("name"), max_length=120)
    is_management = models.BooleanField(_("management or shared functions"), default=False)
    guideline_category = LineField(_("category of its own"), max_length=120, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_units",
        verbose_name=_("merged into"),
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "code"],
                name="unit_code_once_per_department",
                violation_error_message=_("There is already a unit with this code."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(closed_on__isnull=False),
                name="unit_merged_is_closed",
                violation_error_message=_("A unit that has merged into another has a day when it closed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def category(self) -> str:
        """The guideline category that holds: the unit's own, else its department's."""
        return self.guideline_category or self.department.guideline_category

    def is_closed(self, on) -> bool:
        return self.closed_on is not None and self.closed_on <= on


class Role(models.Model):
    """Ansvarig roll: a role or a body that answers for something; never a person."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    name = LineField(_("name"), max_length=120)
    aliases = models.JSONField(_("other names"), default=list, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = [swedish("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="role_name_once_per_organisation",
                violation_error_message=_("There is already a role with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Forum(models.Model):
    """Forum: where the programme is presented, discussed or decided."""

    class Kind(models.TextChoices):
        MANAGEMENT = "management", _("management meeting")
        UNION = "union", _("union consultation")
        WORKING_PARTY = "working_party", _("working party")
        COMMITTEE = "committee", _("committee")
        MANAGERS = "managers", _("managers' meeting")
        DEPARTMENT = "department", _("departments' leadership groups")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="forums")
    name = LineField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = [swedish("name")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="forum_name_once_per_organisation")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Behörighet: what one user may do in one organisation."""

    class Kind(models.TextChoices):
        EDITOR = "editor", _("HR")
        DEPARTMENT_HEAD = "department_head", _("department head")
        DIRECTOR = "director", _("director")
        SECRETARY = "secretary", _("committee secretary")
        MANAGER = "manager", _("unit manager")
        READER = "reader", _("reader")
        ADMIN = "admin", _("system owner")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    kind = models.CharField(_("role"), max_length=20, choices=Kind)
    departments = models.ManyToManyField(
        Department,
        related_name="memberships",
        blank=True,
        verbose_name=_("departments"),
        help_text=_("For department heads and unit managers."),
    )
    wants_reminders = models.BooleanField(_("reminders by e-mail"), default=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="membership_once_per_organisation",
                violation_error_message=_("This person already has a role in the organisation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_kind_display()}"


class DraftQuerySet(models.QuerySet):
    def visible_to(self, place):
        """The member's own drafts in the place's organisation."""
        return self.filter(organisation=place.organisation, user_id=place.membership.user_id)


class Draft(models.Model):
    """Utkast: what somebody has typed but not saved, as the form's own fields; one per person and form."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="drafts")
    key = LineField(max_length=120)
    title = LineField(max_length=200)
    url = LineField(max_length=300)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "key"], name="draft_once_per_user_and_form"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CalendarKey(models.Model):
    """Kalenderadress: the secret in a member's calendar address, kept as a digest; a new one revokes the old."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="calendar_key")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.membership_id}"


class WriteMark(models.Model):
    """A number that triggers renew with every write, so that what rests on the data is known to hold: `writes.py`."""

    bucket = models.SmallIntegerField(primary_key=True)
    token = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.bucket}: {self.token}"
