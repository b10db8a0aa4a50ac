"""A programme that comes from one file: the three plans beside Gotland's share one format.

Every key may be missing but `organisation`, `program` and `areas`. Dates are days (2019-09-23), or, where the
source says no more, its own words ("hösten 2015"), as `program.when` reads them.

    organisation    {slug, name, parent_name, committee, case_prefix}
    departments     [{code, name, aliases, note}]
    units           [{department (code), code, name}]
    roles           [[name, other names]]
    forums          [[name, kind]]
    program         the model's fields; `responsible` names a role, `standing_questions` is a list,
                    `background` and `summary` are running text
    process         [[when, what, forum or null, with whom, note]]
    consultations   [[forum, day, parties, outcome]]
    documents       [{number, title, dated, note}]
    areas           [{name, narrative (running text)}]
    needs           [{key, title, area, level, owners (roles; none where the source names none), description}]
    activities      as demo.loader.activities says; `area` is an area's name
    indicators, headcounts and what else is measured: as demo.loader.measures says
    passages        [{in: an area's name, "background" or "summary", quote, activity (number; none for a stance)}]
    dialogues       as demo.loader.dialogues says; so do ballots
    doubts          [{text, places, pinned_on, activity (number), area (name), settled_on, settlement}]

Running text is a list of blocks: paragraphs, and list lines that begin with "- ". A quote is a part of one block,
letter by letter.
"""

from demo.loader.activities import Frame, add_activities
from demo.loader.dialogues import add_dialogues, add_reported_ballots
from demo.loader.measures import Measures, Spans
from demo.loader.read import day, running_text
from demo.loader.rows import add_consultations, add_documents, add_forums, add_process, add_roles
from organisation.access import Kind
from organisation.actions import add_member
from organisation.models import Department, Organisation, Role, Unit
from program.models import Activity, Area, Doubt, Need, Passage, Program

TEXTS = (Passage.Source.BACKGROUND, Passage.Source.SUMMARY)


def load_plan(data: dict) -> Program:
    """An organisation of its own with its programme."""
    organisation = Organisation.objects.create(is_example=True, **data["organisation"])
    owner = add_member(organisation=organisation, username="admin", kind=Kind.ADMIN).user
    departments = _departments(organisation, data)
    roles = add_roles(organisation, data.get("roles", []))
    program = _program(organisation, roles, data)
    areas = _areas(program, data["areas"])
    needs = _needs(program, areas, roles, data.get("needs", []))
    frame = Frame(program, departments, roles, areas, needs)
    activities = add_activities(frame, data.get("activities", []))
    Spans(organisation, departments, by=owner).add(data)
    Measures(program, by=owner).add(data)
    by_number = {activity.number: activity for activity in activities}
    held = add_dialogues(program, departments, needs, data.get("dialogues", []), by=owner)
    add_reported_ballots(program, held, data.get("ballots", []), by=owner)
    _passages(program, areas, by_number, data.get("passages", []))
    _doubts(program, areas, by_number, data.get("doubts", []))
    return program


def _departments(organisation: Organisation, data: dict) -> dict[str, Department]:
    made = Department.objects.bulk_create(
        Department(organisation=organisation, **row) for row in data.get("departments", [])
    )
    departments = {row.code: row for row in made}
    Unit.objects.bulk_create(
        Unit(department=departments[row["department"]], code=row["code"], name=row["name"])
        for row in data.get("units", [])
    )
    return departments


def _program(organisation: Organisation, roles: dict[str, Role], data: dict) -> Program:
    told = data["program"]
    program = Program.objects.create(
        organisation=organisation,
        **told
        | {
            "dated": day(told.get("dated")),
            "responsible": roles.get(told.get("responsible")),
            "background": running_text(told.get("background", [])),
            "summary": running_text(told.get("summary", [])),
            "standing_questions": "\n".join(told.get("standing_questions", [])),
        },
    )
    forums = add_forums(organisation, data.get("forums", []))
    add_process(program, forums, data.get("process", []))
    add_consultations(program, forums, data.get("consultations", []))
    add_documents(program, data.get("documents", []))
    return program


def _areas(program: Program, rows: list[dict]) -> dict[str, Area]:
    made = Area.objects.bulk_create(
        Area(
            program=program, order=order, name=row["name"], is_starting_point=True,
            narrative=running_text(row.get("narrative", [])),
        )
        for order, row in enumerate(rows)
    )  # fmt: skip
    return {row.name: row for row in made}


def _needs(program: Program, areas: dict, roles: dict, rows: list[dict]) -> dict[str, Need]:
    made = Need.objects.bulk_create(
        Need(
            program=program, order=order, title=row["title"], area=areas[row["area"]], level=row["level"],
            description=row.get("description", ""),
        )
        for order, row in enumerate(rows)
    )  # fmt: skip
    owners = Need.owners.through
    owners.objects.bulk_create(
        owners(need=need, role=roles[name])
        for need, row in zip(made, rows, strict=True)
        for name in row.get("owners", [])
    )
    return {row["key"]: need for need, row in zip(made, rows, strict=True)}


def _passages(
    program: Program, areas: dict[str, Area], activities: dict[str, Activity], rows: list[dict]
) -> None:
    Passage.objects.bulk_create(
        Passage(
            program=program,
            source=row["in"] if row["in"] in TEXTS else Passage.Source.AREA,
            area=None if row["in"] in TEXTS else areas[row["in"]],
            activity=activities[row["activity"]] if "activity" in row else None,
            quote=row["quote"],
        )
        for row in rows
    )


def _doubts(
    program: Program, areas: dict[str, Area], activities: dict[str, Activity], rows: list[dict]
) -> None:
    Doubt.objects.bulk_create(
        Doubt(
            program=program,
            activity=activities[row["activity"]] if "activity" in row else None,
            area=areas[row["area"]] if "area" in row else None,
            text=row["text"],
            places=row.get("places", ""),
            pinned_on=day(row["pinned_on"]),
            settled_on=day(row.get("settled_on")),
            settlement=row.get("settlement", ""),
        )
        for row in rows
    )
