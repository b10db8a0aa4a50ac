"""Rows that every organisation of the demo has, in the shape its JSON gives them."""

from demo.loader.read import day, decimal, when
from organisation.models import Department, Forum, Organisation, Role
from program.models import AnnualEvent, Consultation, Document, ProcessStep, Program


def add_roles(organisation: Organisation, rows: list) -> dict[str, Role]:
    """By name. Each row: name, other names."""
    made = Role.objects.bulk_create(
        Role(organisation=organisation, name=name, aliases=aliases) for name, aliases in rows
    )
    return {row.name: row for row in made}


def add_forums(organisation: Organisation, rows: list) -> dict[str, Forum]:
    """By name. Each row: name, kind."""
    made = Forum.objects.bulk_create(
        Forum(organisation=organisation, name=name, kind=kind) for name, kind in rows
    )
    return {row.name: row for row in made}


def add_process(program: Program, forums: dict[str, Forum], rows: list) -> None:
    """Each row: when in words, what, forum or null, with whom, note."""
    ProcessStep.objects.bulk_create(
        ProcessStep(
            program=program, text=text, first_day=when(words).first, last_day=when(words).last,
            words=when(words).words, forum=forums.get(forum), audience=audience, note=note,
        )
        for words, text, forum, audience, note in rows
    )  # fmt: skip


def add_consultations(program: Program, forums: dict[str, Forum], rows: list) -> None:
    """Each row: forum, day, parties, outcome."""
    Consultation.objects.bulk_create(
        Consultation(
            program=program, forum=forums[forum], held_on=day(held_on), parties=parties, outcome=outcome
        )
        for forum, held_on, parties, outcome in rows
    )


def add_documents(program: Program, rows: list[dict]) -> list[Document]:
    """Each row: title, and number, dated (a day, or words for what is none), note where known."""
    return Document.objects.bulk_create(_document(program, row) for row in rows)


def _document(program: Program, row: dict) -> Document:
    dated = when(row.get("dated"))
    return Document(
        program=program, number=row.get("number"), title=row["title"], note=row.get("note", ""),
        dated=dated.first if dated and not dated.words else None, dated_words=dated.words if dated else "",
    )  # fmt: skip


def add_annual_events(program: Program, departments: dict[str, Department], rows: list[dict]) -> None:
    """Each row: name, months, and weeks, hours_per_manager, departments (codes), audiences where they matter."""
    made = AnnualEvent.objects.bulk_create(
        AnnualEvent(
            program=program, name=row["name"], months=row["months"], weeks=row.get("weeks", ""),
            hours_per_manager=decimal(row.get("hours_per_manager")), audiences=row.get("audiences", []),
        )
        for row in rows
    )  # fmt: skip
    links = AnnualEvent.departments.through
    links.objects.bulk_create(
        links(annualevent=event, department=departments[code])
        for event, row in zip(made, rows, strict=True)
        for code in row.get("departments", [])
    )
