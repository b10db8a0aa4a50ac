"""Who may write, confirm and publish a dialogue, and when."""

from django.utils.translation import gettext as _

from organisation.access import Allowed, Answer, Denied, Kind, Place, only


def can_log_dialogue(place: Place) -> Answer:
    """HR and department heads."""
    return only(place, Kind.EDITOR, Kind.DEPARTMENT_HEAD)


def owns_dialogue(place: Place, dialogue) -> bool:
    """Whether a department head's own department took part. Reads prefetched departments."""
    return bool(place.department_ids & {department.pk for department in dialogue.departments.all()})


def can_work_with(place: Place, dialogue) -> Answer:
    """HR, and the head of a department that took part."""
    if place.kind == Kind.EDITOR:
        return Allowed()
    if place.kind == Kind.DEPARTMENT_HEAD and owns_dialogue(place, dialogue):
        return Allowed()
    if place.kind == Kind.DEPARTMENT_HEAD:
        return Denied(_("You work with your own departments' dialogues."))
    return only(place, Kind.EDITOR, Kind.DEPARTMENT_HEAD)


def can_change_words(place: Place, dialogue) -> Answer:
    """As long as it is a draft; confirmed words stand."""
    if dialogue.stage != "draft":
        return Denied(_("The dialogue is confirmed; its words stand as they were said."))
    return can_work_with(place, dialogue)


def can_agree(place: Place, dialogue) -> Answer:
    """Say yes to publication, HR once and each department once, when the dialogue is confirmed."""
    if dialogue.stage != "confirmed":
        return Denied(_("A dialogue is confirmed before it is published, and published once."))
    answer = can_work_with(place, dialogue)
    if answer and has_agreed(place, dialogue) and _somebody_is_asked(dialogue):
        return Denied(_("Your side has already agreed."))
    return answer


def _somebody_is_asked(dialogue) -> bool:
    """Whether a yes is still waited for. Where none is, since a head has left meanwhile, saying yes again publishes."""
    return not dialogue.hr_agreed_at or any(side == "asked" for _department, side in dialogue.sides())


def has_agreed(place: Place, dialogue) -> bool:
    """Whether HR has, or all departments that a department head answers for. Reads prefetched departments."""
    if place.kind == Kind.EDITOR:
        return dialogue.hr_agreed_at is not None
    own = place.department_ids & {department.pk for department in dialogue.departments.all()}
    return own <= {department.pk for department in dialogue.heads_agreed.all()}


def can_answer(place: Place) -> Answer:
    """Say what becomes of a need, and reply to a group that did not mean that: HR."""
    return only(place, Kind.EDITOR)


def can_see_departments(place: Place) -> Answer:
    """What became of each group's words: those who work with it, not those who read what is published."""
    return only(place, Kind.EDITOR, Kind.DIRECTOR, Kind.DEPARTMENT_HEAD, Kind.MANAGER)


def can_see_department(place: Place, department) -> Answer:
    """HR and the director: every department. Department heads and unit managers: their own."""
    if place.is_one_of(Kind.DEPARTMENT_HEAD, Kind.MANAGER) and department.pk not in place.department_ids:
        return Denied(_("You see what became of your own departments' words."))
    return can_see_departments(place)


def can_object(place: Place, department) -> Answer:
    """Say "this is not what we meant": the department's own head and unit managers."""
    if place.is_one_of(Kind.DEPARTMENT_HEAD, Kind.MANAGER) and department.pk not in place.department_ids:
        return Denied(_("You answer for your own departments."))
    return only(place, Kind.DEPARTMENT_HEAD, Kind.MANAGER)


def can_withdraw_objection(place: Place, objection) -> Answer:
    """Its author, as long as nobody has replied."""
    if objection.replied_at:
        return Denied(_("HR has replied. What was said and answered stands."))
    if objection.by_id != place.membership.user_id:
        return Denied(_("Only the one who wrote it can take it back."))
    return Allowed()


def can_run_ballots(place: Place) -> Answer:
    """Set up, open, close and publish prioritisations: HR."""
    return only(place, Kind.EDITOR)


def _runs_while(place: Place, fits: bool, reason: str) -> Answer:
    return can_run_ballots(place) if fits else Denied(reason)


def can_change_ballot(place: Place, ballot) -> Answer:
    """Until somebody may have voted in it; what was reported from elsewhere until it is published."""
    fits = ballot.stage == "draft" or (ballot.is_reported and ballot.stage != "published")
    return _runs_while(place, fits, _("The vote has been opened; its question and options stand."))


def can_open_ballot(place: Place, ballot) -> Answer:
    fits = ballot.stage == "draft"
    return _runs_while(place, fits, _("The vote has been opened already."))


def can_close_ballot(place: Place, ballot) -> Answer:
    fits = ballot.stage == "open"
    return _runs_while(place, fits, _("The vote is not open; it may have closed just now."))


def can_publish_ballot(place: Place, ballot) -> Answer:
    """Closed, and with enough voters for nobody to be given away."""
    if ballot.stage == "closed" and ballot.gives_away:
        return Denied(
            _("Fewer than three have voted. The result would give away how they voted, so it is not shown.")
        )
    fits = ballot.stage == "closed"
    return _runs_while(place, fits, _("A prioritisation is published when it is closed, and once."))


def can_delete_ballot(place: Place, ballot) -> Answer:
    """What nobody has voted in here and nobody else has read."""
    fits = (
        ballot.stage != "published" and (ballot.is_reported or not ballot.voters) and ballot.stage != "open"
    )
    return _runs_while(place, fits, _("Somebody has voted, so it stays. What is a draft can be removed."))


def can_give_reasons(place: Place, ballot) -> Answer:
    fits = ballot.stage == "published"
    return _runs_while(place, fits, _("Reasons are collected when the result is published."))


def can_correct(place: Place, dialogue) -> Answer:
    """Confirmed words are corrected with a reason; a draft's are simply changed."""
    if dialogue.stage == "draft":
        return Denied(_("The dialogue is a draft; change its words in the form."))
    return can_work_with(place, dialogue)


def can_see_corrections(place: Place, dialogue) -> bool:
    """What stood before was never agreed to be published: HR, the director, and those of the department."""
    return place.is_one_of(Kind.EDITOR, Kind.DIRECTOR) or owns_dialogue(place, dialogue)


def can_erase(place: Place) -> Answer:
    """For good, from history too: HR."""
    return only(place, Kind.EDITOR)


def can_remove_need(place: Place, need) -> Answer:
    """HR, when no statement, activity, answer, objection or option of a ballot names it. At most five queries."""
    names_it = (need.statements, need.activities, need.responses, need.objections, need.ballot_options)
    if any(rows.exists() for rows in names_it):
        return Denied(
            _(
                "Statements, activities, answers or ballots belong to this need. Merge it with another instead."
            )
        )
    return only(place, Kind.EDITOR)
