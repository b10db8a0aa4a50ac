from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.models import (
    Department,
    Forum,
    Membership,
    Organisation,
    Predecessor,
    Role,
    Unit,
    User,
)
from ui.fields import CONTROL
from ui.forms import DayInput, FormLook


class MemberForm(FormLook, forms.ModelForm):
    """A role in the organisation; departments are wanted for department heads and unit managers."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)

    field_order = ["username", "email", "kind", "departments"]

    class Meta:
        model = Membership
        fields = ["kind", "departments"]
        widgets = {"departments": forms.CheckboxSelectMultiple}

    def __init__(self, *args, place, **kwargs):
        member = kwargs["instance"]
        if member.pk:
            kwargs["initial"] = {"email": member.user.email}
        super().__init__(*args, **kwargs)
        self.place = place
        self.fields["departments"].queryset = Department.objects.visible_to(place)
        if member.pk and member.user.memberships.exclude(pk=member.pk).exists():
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _(
                "This person has a role in another organisation too. "
                "Whoever runs the server changes the address."
            )

    def clean(self):
        data = super().clean()
        needs = data.get("kind") in (Membership.Kind.DEPARTMENT_HEAD, Membership.Kind.MANAGER)
        if needs and not data.get("departments"):
            self.add_error("departments", _("Choose at least one department for this role."))
        if not needs and "departments" in data:
            data["departments"] = Department.objects.none()
        return data


class NewMemberForm(MemberForm):
    username = forms.CharField(label=_("User name"), max_length=150)

    def clean_username(self):
        username = User.normalize_username(self.cleaned_data["username"])
        if CONTROL.search(username) or " " in username:
            raise forms.ValidationError(_("A user name holds letters, digits and @ . + - _ only."))
        User._meta.get_field("username").run_validators(username)
        known = User.objects.filter(username__iexact=username).first()
        if known is None:
            return username
        if Membership.objects.visible_to(self.place).filter(user=known).exists():
            raise forms.ValidationError(_("This person already has a role in the organisation."))
        if not known.has_usable_password():
            # Whoever made that account may still hold the link that chooses its password.
            raise forms.ValidationError(_("The user name is taken. Choose another."))
        return known.username


class RemindersForm(FormLook, forms.ModelForm):
    """The member's own choice."""

    class Meta:
        model = Membership
        fields = ["wants_reminders"]
        labels = {"wants_reminders": _("Send me reminders by e-mail")}


class OrganisationForm(FormLook, forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "parent_name", "committee", "case_prefix", "survey_threshold", "health_threshold"]


class DepartmentForm(FormLook, forms.ModelForm):
    class Meta:
        model = Department
        fields = ["code", "name", "guideline_category", "note"]
        help_texts = {"guideline_category": _("Spelled as in the guideline.")}


class UnitChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, unit):
        return f"{unit.code} {unit.name}"


class UnitForm(FormLook, forms.ModelForm):
    class Meta:
        model = Unit
        fields = [
            "department", "code", "name", "is_management", "guideline_category", "closed_on", "merged_into",
        ]  # fmt: skip
        widgets = {"closed_on": DayInput()}
        help_texts = {
            "guideline_category": _(
                "Only where it differs from the department's; spelled as in the guideline."
            ),
            "closed_on": _("The first day without the unit. What it has been part of stays."),
        }

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.visible_to(place)
        self.fields["merged_into"].queryset = Unit.objects.visible_to(place).exclude(pk=self.instance.pk)

    def clean_merged_into(self):
        """Not into a unit that has itself gone into this one, by however many steps."""
        into = self.cleaned_data["merged_into"]
        if into is None or self.instance.pk is None:
            return into
        onward = dict(self.fields["merged_into"].queryset.values_list("pk", "merged_into"))
        at = into.pk
        while at in onward:
            at = onward.pop(at)
        if at == self.instance.pk:
            raise forms.ValidationError(
                _("%(unit)s has itself merged into this unit. Choose the one that there is today."),
                params={"unit": into},
            )
        return into

    def clean(self):
        data = super().clean()
        if data.get("merged_into") and "closed_on" in data and not data["closed_on"]:
            self.add_error("closed_on", _("A unit that has merged into another has a day when it closed."))
        return data


class PredecessorForm(FormLook, forms.ModelForm):
    """An organisation that this one was formed from."""

    class Meta:
        model = Predecessor
        fields = ["name", "last_day"]
        widgets = {"last_day": DayInput()}


class RoleForm(FormLook, forms.ModelForm):
    class Meta:
        model = Role
        fields = ["name"]


class ForumForm(FormLook, forms.ModelForm):
    class Meta:
        model = Forum
        fields = ["name", "kind"]
