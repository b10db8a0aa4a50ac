"""Meetings and prioritisations of a programme that comes from one file.

    dialogues   [{kind, title, held (a day, or the source's words), departments (codes), present, invited, answered,
                  summary (points), statements: [{need (key; its area is the statement's), label, text, owners}]}]
    ballots     [{question, voted_on, points, picks, dialogue (title), source, options: [[text, percent or null]],
                  reasons: [[option, words]]}]

Every meeting is published; what its statements say is needs, each pointing at the need it speaks for.
"""

import datetime as dt
from types import SimpleNamespace

from demo.loader.read import day, decimal, noon
from dialogues.actions.ballot import add_reason
from dialogues.actions.dialogue import agree_to_publish, confirm_dialogue
from dialogues.models import Ballot, BallotOption, Dialogue, Statement
from dialogues.notes.owners import owner_names
from organisation.access import Kind
from organisation.models import Department, Role, User
from program.models import Need, Program
from program.when import parse


def add_dialogues(
    program: Program,
    departments: dict[str, Department],
    needs: dict[str, Need],
    rows: list[dict],
    *,
    by: User,
) -> dict[str, Dialogue]:
    """The meetings by their titles."""
    roles = {role.name.casefold(): role for role in Role.objects.filter(organisation=program.organisation)}
    made = {}
    for row in rows:
        dialogue = _dialogue(program, row, by)
        dialogue.departments.set(departments[code] for code in row.get("departments", []))
        _statements(dialogue, needs, roles, row.get("statements", []))
        publish(dialogue, hr=by, head=by)
        made[dialogue.title] = dialogue
    return made


def _dialogue(program: Program, row: dict, by: User) -> Dialogue:
    held = parse(row["held"])
    return Dialogue.objects.create(
        program=program, kind=row["kind"], title=row["title"], held_on=held.first, held_words=held.words,
        held_until=held.last if held.last > held.first else None, number_present=row.get("present"),
        invited=row.get("invited"), answered=row.get("answered"), summary="\n".join(row.get("summary", [])),
        logged_by=by,
    )  # fmt: skip


def _statements(dialogue: Dialogue, needs: dict[str, Need], roles: dict[str, Role], rows: list[dict]) -> None:
    made = Statement.objects.bulk_create(
        Statement(
            dialogue=dialogue, area=needs[row["need"]].area, kind=Statement.Kind.NEED, label=row["label"],
            text=row["text"], owner_words=row["owners"], order=order,
        )
        for order, row in enumerate(rows, start=1)
    )  # fmt: skip
    links, owners = Statement.needs.through, Statement.owners.through
    links.objects.bulk_create(
        links(statement=statement, need=needs[row["need"]]) for statement, row in zip(made, rows, strict=True)
    )
    owners.objects.bulk_create(
        owners(statement=statement, role=roles[name.casefold()])
        for statement, row in zip(made, rows, strict=True)
        for name in owner_names(row["owners"])
    )


def publish(dialogue: Dialogue, *, hr: User, head: User) -> None:
    """Confirmed and agreed to by both sides, five days after it was held."""
    at = noon((dialogue.held_until or dialogue.held_on) + dt.timedelta(days=5))
    confirm_dialogue(dialogue=dialogue, by=hr, revision=dialogue.revision, at=at)
    for kind, user in ((Kind.DEPARTMENT_HEAD, head), (Kind.EDITOR, hr)):
        place = SimpleNamespace(kind=kind, department_ids=[row.pk for row in dialogue.departments.all()])
        agree_to_publish(dialogue=dialogue, place=place, by=user, revision=dialogue.revision, at=at)


def add_reported_ballots(
    program: Program, dialogues: dict[str, Dialogue], rows: list[dict], *, by: User
) -> None:
    """Results that the source tells, with what it does not tell left empty."""
    for row in rows:
        ballot = Ballot.objects.create(
            program=program, dialogue=dialogues.get(row["dialogue"]), question=row["question"], points=row["points"],
            picks=row["picks"], is_reported=True, source=row["source"], voted_on=day(row["voted_on"]),
            published_at=noon(day(row["voted_on"])), published_by=by,
        )  # fmt: skip
        made = BallotOption.objects.bulk_create(
            BallotOption(ballot=ballot, text=text, order=order, reported_percent=decimal(percent))
            for order, (text, percent) in enumerate(row["options"])
        )
        options = {option.text: option for option in made}
        for name, text in row.get("reasons", []):
            add_reason(option=options[name], text=text)
