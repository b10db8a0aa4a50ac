"""What was said and voted: dialogues, statements, what became of words, ballots with sums and never with persons."""

from typing import Any

from dialogues.models import Ballot, BallotOption, Correction, Dialogue, Erasure, Objection, Reason, Statement
from reports.openness.kinds import Kind, area_name, column, names, need_title, statement_text
from reports.openness.records import Part, repeated

DIALOGUES = "Dialoger och prioriteringar"
NOT_SHOWN = "visas inte (för få röstande)"


def _dialogue(dialogue: Any) -> Part:
    return repeated("dialogue", dialogue.pk, "title", dialogue.name)


def _stage(row: Any) -> str:
    return {"draft": "utkast", "confirmed": "bekräftad", "published": "publicerad"}[row.stage]


def _marks(row: Any) -> str:
    """Whether a statement's words are out."""
    if row.is_withheld:
        return "undantaget från publicering"
    return "publicerat" if row.dialogue.published_at else "inte publicerat"


def _ballot(ballot: Any) -> Part:
    return repeated("ballot", ballot.pk, "question", ballot.question)


def _option(row: Any) -> str | Part:
    """An option's words, which as a rule are its need's."""
    return need_title(row.need) if row.need and row.need.title == row.text else row.text


def _result(get):
    """A figure of a ballot's result, where anybody may see it."""
    return lambda row: get(row) if row.ballot.shows_result else NOT_SHOWN if row.ballot.closed_at else ""


KINDS = (
    Kind(
        "dialogue", "Dialoger", DIALOGUES, (Dialogue,), is_hr_only=True, within=(("dialogue", "pk"),),
        rows=lambda place: Dialogue.objects.visible_to(place).prefetch_related("departments", "held_by")
        .order_by("held_on", "pk"), title=("held_on", "title"),
        columns=(
            column("title", "Namn", lambda row: row.name), column("kind", "Slag"),
            column("departments", "Avdelningar", lambda row: names(row.departments.all())),
            column("held_on", "Datum"), column("held_until", "Till"), column("held_words", "Datum som det skrevs"),
            column("number_present", "Antal närvarande"), column("invited", "Inbjudna"),
            column("answered", "Svarade"), column("held_by", "Hölls av", lambda row: names(row.held_by.all())),
            column("stage", "Läge", _stage), column("published_at", "Publicerad"),
            column("summary", "Gruppens egen sammanfattning"),
        ),
    ),
    Kind(
        "statement", "Inspel", DIALOGUES, (Statement,), route="dialogue__program", is_hr_only=True,
        within=(("dialogue", "dialogue"),),
        rows=lambda place: Statement.objects.visible_to(place).select_related("dialogue", "area")
        .prefetch_related("needs", "owners", "dialogue__departments")
        .order_by("dialogue__held_on", "dialogue", "order", "pk"), title=("dialogue", "kind"),
        columns=(
            column("dialogue", "Dialog", lambda row: _dialogue(row.dialogue)),
            column("area", "Område", lambda row: area_name(row.area)), column("kind", "Slag"),
            column("theme", "Tema"), column("label", "Etikett"), column("heading", "Rubrik i anteckningarna"),
            column("text", "Ord för ord"), column("owners", "Ägare", lambda row: names(row.owners.all())),
            column("owner_words", "Ägare som det skrevs"), column("published", "Publicering", _marks),
            column("needs", "Behov", lambda row: [need_title(one) for one in row.needs.all()], "; "),
        ),
    ),
    Kind(
        "correction", "Rättelser av inspel", DIALOGUES, (Correction,), route="statement__dialogue__program",
        is_hr_only=True, within=(("dialogue", "statement__dialogue"),),
        rows=lambda place: Correction.objects.filter(
            statement__in=Statement.objects.visible_to(place).order_by().values("pk")
        ).select_related("statement").order_by("at", "pk"), title=("at",),
        columns=(
            column("statement", "Inspel", lambda row: statement_text(row.statement)), column("at", "Rättat"),
            column("before", "Före"), column("after", "Efter"), column("reason", "Skäl"),
        ),
    ),
    Kind(
        "erasure", "Raderingar", DIALOGUES, (Erasure,),
        rows=lambda place: Erasure.objects.visible_to(place).order_by("at", "pk"), title=("at",), is_hr_only=True,
        columns=(column("at", "Raderat"), column("ground", "Grund"), column("places", "Antal ställen")),
    ),
    Kind(
        "objection", "Så menade vi inte", DIALOGUES, (Objection,), route="need__program", is_hr_only=True,
        rows=lambda place: Objection.objects.visible_to(place).select_related("need", "department", "statement")
        .order_by("at", "pk"), title=("at", "department"),
        columns=(
            column("need", "Behov", lambda row: need_title(row.need)),
            column("department", "Avdelning", lambda row: str(row.department)), column("at", "Skriven"),
            column("statement", "Inspel", lambda row: statement_text(row.statement)),
            column("text", "Det vi menade"), column("reply", "Svar"), column("replied_at", "Besvarad"),
        ),
    ),
    Kind(
        "ballot", "Prioriteringar", DIALOGUES, (Ballot,), is_hr_only=True,
        rows=lambda place: Ballot.objects.visible_to(place).order_by("pk"), title=("question",),
        columns=(
            column("question", "Fråga"), column("points", "Poäng att fördela"), column("picks", "Antal val"),
            column("expected", "Antal närvarande"), column("voters", "Röstande"),
            column("is_reported", "Redovisad från annat håll"), column("source", "Källa"),
            column("voted_on", "Dag för omröstningen"), column("opened_at", "Öppnad"), column("closed_at", "Stängd"),
            column("published_at", "Publicerad"),
        ),
    ),
    Kind(
        "option", "Alternativ och resultat", DIALOGUES, (BallotOption,), route="ballot__program", is_hr_only=True,
        is_table=True,
        rows=lambda place: BallotOption.objects.filter(
            ballot__in=Ballot.objects.visible_to(place).order_by().values("pk")
        ).select_related("ballot", "need").order_by("ballot", "order", "pk"), title=("text",),
        columns=(
            column("ballot", "Prioritering", lambda row: _ballot(row.ballot)), column("text", "Alternativ", _option),
            column("need", "Behov", lambda row: need_title(row.need)),
            column("points", "Poäng", _result(lambda row: None if row.ballot.is_reported else row.points)),
            column("pickers", "Valde det", _result(lambda row: None if row.ballot.is_reported else row.pickers)),
            column("reported_percent", "Procent enligt uppgift", _result(lambda row: row.reported_percent)),
        ),
    ),
    Kind(
        "reason", "Skäl i prioriteringar", DIALOGUES, (Reason,), route="option__ballot__program", is_hr_only=True,
        rows=lambda place: Reason.objects.filter(
            option__ballot__in=Ballot.objects.visible_to(place).order_by().values("pk")
        ).select_related("option__ballot").order_by("option__ballot", "option__order", "text", "pk"),
        title=("option",),
        columns=(
            column("ballot", "Prioritering", lambda row: _ballot(row.option.ballot)),
            column("option", "Alternativ", lambda row: repeated("option", row.option.pk, "text", row.option.text)),
            column("text", "Skäl"),
        ),
    ),
)  # fmt: skip
