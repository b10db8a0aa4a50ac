"""A ballot's way from draft to published, and the votes in it."""

import secrets
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from dialogues.models import Ballot, BallotOption, Reason, Slip
from dialogues.voting.tally import FEWEST_OPTIONS
from organisation.models import User
from ui.revision import claim

# One of each pair that look or print alike (0 O D, 1 I L 7, 2 Z, 5 S, 6 G, 8 B, U V), and no vowels, so that no code
# becomes a word. 21 characters six times over are 86 million codes, 26 bits.
ALPHABET = "CDFHJKMNPRTWX23456789"
CODE_LENGTH = 6
MOST_REASONS = 5  # for each voter, counted for all of them together
COUNTED, ALREADY, CLOSED = "counted", "already", "closed"


class NotReady(Exception):
    """What is asked cannot be done as the ballot stands; the message says why."""


@transaction.atomic
def save_ballot(*, form, options: Sequence[BallotOption]) -> Ballot:
    """Save a ballot that nobody has voted in, with its options in their order. Raises Stale."""
    ballot = form.instance
    if ballot.pk:
        claim(ballot, form.cleaned_data["revision"])
    form.save()
    ballot.options.all().delete()
    _add_options(ballot, options)
    return ballot


def _add_options(ballot: Ballot, options: Sequence[BallotOption]) -> None:
    BallotOption.objects.bulk_create(
        BallotOption(
            ballot=ballot, need_id=row.need_id, text=row.text, order=order, reported_percent=row.reported_percent
        )
        for order, row in enumerate(options)
    )  # fmt: skip


def new_code() -> str:
    """A code that no ballot has."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _number in range(CODE_LENGTH))
        if not Ballot.objects.filter(code=code).exists():
            return code


@transaction.atomic
def open_ballot(*, ballot: Ballot, by: User, revision: int) -> Ballot:
    """From here on it is voted in, and its question and options stand."""
    claim(ballot, revision)
    options = ballot.options.count()
    if options < max(FEWEST_OPTIONS, ballot.picks):
        raise NotReady(_("There are too few options to choose among. Add some, and open it then."))
    ballot.opened_at, ballot.opened_by = timezone.now(), by
    ballot.code, ballot.voters = new_code(), 0
    ballot.save(update_fields=["opened_at", "opened_by", "code", "voters"])
    return ballot


@transaction.atomic
def close_ballot(*, ballot: Ballot, by: User, revision: int) -> Ballot:
    """End the voting before everybody has voted. Votes that come later are refused."""
    claim(ballot, revision)
    ballot.closed_at = timezone.now()
    ballot.save(update_fields=["closed_at"])
    return ballot


@transaction.atomic
def publish_ballot(*, ballot: Ballot, by: User, revision: int) -> Ballot:
    claim(ballot, revision)
    ballot.published_at, ballot.published_by = timezone.now(), by
    ballot.save(update_fields=["published_at", "published_by"])
    return ballot


@transaction.atomic
def copy_ballot(*, ballot: Ballot, by: User, revision: int) -> Ballot:
    """The same question and options as a draft of its own, without anything that was given to them."""
    fields = ("program_id", "dialogue_id", "question", "points", "picks", "expected")
    copy = Ballot.objects.create(**{name: getattr(ballot, name) for name in fields})
    _add_options(copy, [BallotOption(need_id=row.need_id, text=row.text) for row in ballot.options.all()])
    return copy


@transaction.atomic
def delete_ballot(*, ballot: Ballot, by: User, revision: int) -> None:
    claim(ballot, revision)
    ballot.delete()


@sensitive_variables()
@transaction.atomic
def cast_vote(*, ballot: Ballot, digest: str, points: Mapping[int, int]) -> str:
    """Count a vote that `tally` found right: COUNTED, ALREADY (this device's vote is counted) or CLOSED.

    The points are added to the options' sums and kept nowhere else; the slip says that the device has voted. The
    ballot's row is locked first, so votes are counted one after the other and none after it is closed.
    """
    locked = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if locked.slips.filter(digest=digest).exists():
        return ALREADY
    if locked.stage != "open":
        return CLOSED
    Slip.objects.create(ballot=locked, digest=digest)
    given = Case(*(When(pk=pk, then=Value(number)) for pk, number in points.items()))
    locked.options.filter(pk__in=points).update(points=F("points") + given, pickers=F("pickers") + 1)
    locked.voters = (locked.voters or 0) + 1
    if locked.expected and locked.voters >= locked.expected:
        locked.closed_at, locked.revision = timezone.now(), locked.revision + 1
    locked.save(update_fields=["voters", "closed_at", "revision"])
    _touch(locked)
    return COUNTED


def _touch(ballot: Ballot) -> None:
    """Write every slip, option and reason anew: PostgreSQL marks rows with the transaction that wrote them, and all
    of a ballot's rows are to carry the same mark, or a slip could be laid beside the options it was written with."""
    ballot.slips.update(digest=F("digest"))
    ballot.options.update(points=F("points"))
    Reason.objects.filter(option__ballot=ballot).update(text=F("text"))


def most_reasons(ballot: Ballot) -> int:
    """How many reasons may come from phones. A count of each phone's own would tie it to what it wrote, and so to
    what it voted for."""
    return MOST_REASONS * (ballot.voters or 0)


@transaction.atomic
def add_reason(*, option: BallotOption, text: str, is_from_phone: bool = False) -> None:
    """Keep a reason; sent twice it is kept once. Raises NotReady when the voters have given as many as they may."""
    ballot = Ballot.objects.select_for_update().get(pk=option.ballot_id)
    given = Reason.objects.filter(option__ballot=ballot)
    if given.filter(option=option, text=text).exists():
        return
    if is_from_phone and given.count() >= most_reasons(ballot):
        raise NotReady(_("As many reasons as fit have been given already. Yours is not saved."))
    Reason.objects.create(option=option, text=text)
    _touch(ballot)
