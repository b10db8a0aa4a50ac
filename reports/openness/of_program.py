"""The programme's own records: what frames it, its activities, needs and answers."""

from collections.abc import Iterable
from typing import Any

from program.models import (
    Activity,
    AnnualEvent,
    Area,
    Assignment,
    Audience,
    Clause,
    Consultation,
    Document,
    Doubt,
    FollowUp,
    FollowUpAnswer,
    Need,
    Passage,
    PlanLink,
    ProcessStep,
    Program,
    ProgramPart,
    Resource,
    Response,
    Risk,
    StatusUpdate,
    Step,
)
from reports.openness.kinds import Kind, activity_title, area_name, column, names, need_title
from reports.openness.records import File, repeated

PROGRAM, ACTIVITIES, NEEDS = "Programmet", "Aktiviteter", "Behov och återkoppling"
OF_ACTIVITY = (("activity", "activity"),)


def _files(row: Any) -> Iterable[File]:
    return [
        File(f"attachment:{one.pk}", one.name, one.content_type, one.size, one.sha256)
        for one in row.attachments.all()
    ]


def _file_names(row: Any) -> list[str]:
    return [one.name for one in row.attachments.all()]


def _when(day: str, words: str):
    return lambda row: getattr(row, words) or getattr(row, day)


def _months(row: Any) -> list[str]:
    return [str(month) for month in row.months]


def _audiences(row: Any) -> list[str]:
    return [str(Audience(value).label) for value in row.audiences]


FRAME = (
    Kind(
        "program", "Programmet", PROGRAM, (Program,), route="pk",
        rows=lambda place: Program.objects.filter(pk=place.program.pk).select_related("responsible"),
        title=("name",),
        columns=(
            column("name", "Namn"), column("purpose", "Syfte"), column("target_group", "Målgrupp"),
            column("goal", "Mål"), column("first_year", "Första år"), column("last_year", "Sista år"),
            column("dated", "Planen daterad"), column("scope", "Omfattar"),
            column("responsible", "Ansvarig", lambda row: str(row.responsible or "")),
            column("took_part", "Medverkade"), column("background", "Bakgrund"),
            column("summary", "Sammanfattning"), column("standing_questions", "Stående frågor"),
            column("hours_ceiling", "Tak för timmar per chef och månad"),
        ),
    ),
    Kind(
        "part", "Programmets delar", PROGRAM, (ProgramPart,),
        rows=lambda place: ProgramPart.objects.visible_to(place), title=("number",),
        columns=(column("number", "Del"), column("covers", "Omfattar"), column("reported", "Redovisas")),
    ),
    Kind(
        "assignment", "Uppdrag", PROGRAM, (Assignment,),
        rows=lambda place: Assignment.objects.visible_to(place), title=("body", "decided_on", "paragraph"),
        columns=(
            column("body", "Beslutat av"), column("decided_on", "Beslutsdatum"), column("paragraph", "Paragraf"),
            column("case_number", "Diarienummer"),
        ),
    ),
    Kind(
        "clause", "Att-satser", PROGRAM, (Clause,), route="assignment__program",
        rows=lambda place: Clause.objects.filter(
            assignment__in=Assignment.objects.visible_to(place)
        ).select_related("assignment").order_by("assignment__decided_on", "assignment", "number"),
        title=("number",),
        columns=(
            column("assignment", "Uppdrag", lambda row: f"{row.assignment.body} {row.assignment.decided_on}"),
            column("number", "Nummer"), column("text", "Text"), column("answer", "Det som svarar på den"),
        ),
    ),
    Kind(
        "process", "Arbetsgång", PROGRAM, (ProcessStep,),
        rows=lambda place: ProcessStep.objects.visible_to(place).select_related("forum"), title=("text",),
        columns=(
            column("text", "Vad"), column("first_day", "Från"), column("last_day", "Till"),
            column("words", "Tid som den skrevs"), column("forum", "Forum", lambda row: str(row.forum or "")),
            column("audience", "Med vilka"), column("note", "Anmärkning"),
        ),
    ),
    Kind(
        "area", "Områden", PROGRAM, (Area,),
        rows=lambda place: Area.objects.visible_to(place).select_related("parent"), title=("name",),
        columns=(
            column("name", "Namn"), column("parent", "Del av", lambda row: area_name(row.parent)),
            column("is_starting_point", "Utgångspunkt för dialoger"), column("narrative", "Text"),
        ),
    ),
    Kind(
        "passage", "Textställen", PROGRAM, (Passage,),
        rows=lambda place: Passage.objects.visible_to(place).select_related("area", "activity"), title=("source",),
        columns=(
            column("source", "Var"), column("area", "Område", lambda row: area_name(row.area)),
            column("activity", "Aktivitet", lambda row: activity_title(row.activity)), column("quote", "Ord"),
        ),
    ),
    Kind(
        "consultation", "Samverkan", PROGRAM, (Consultation,),
        rows=lambda place: Consultation.objects.visible_to(place).select_related("forum"),
        title=("forum", "held_on"),
        columns=(
            column("forum", "Forum", lambda row: str(row.forum)), column("held_on", "Datum"),
            column("parties", "Parter"), column("outcome", "Utfall"),
        ),
    ),
    Kind(
        "risk", "Risker", PROGRAM, (Risk,),
        rows=lambda place: Risk.objects.visible_to(place).select_related("owner"), title=("title",),
        columns=(
            column("title", "Det som kan hända"), column("weight", "Tyngd"), column("measure", "Åtgärd"),
            column("owner", "Ansvarig", lambda row: str(row.owner or "")), column("seen_on", "Sedd"),
            column("closed_on", "Upphörde"), column("outcome", "Hur det gick"),
        ),
    ),
    Kind(
        "document", "Beslutsunderlag", PROGRAM, (Document,),
        rows=lambda place: Document.objects.visible_to(place).prefetch_related("attachments"),
        title=("number", "title"), files=_files,
        columns=(
            column("number", "Nummer"), column("title", "Namn"),
            column("dated", "Daterat", _when("dated", "dated_words")), column("note", "Anmärkning"),
            column("files", "Bilagor", _file_names),
        ),
    ),
    Kind(
        "resource", "Stöd", PROGRAM, (Resource,),
        rows=lambda place: Resource.objects.visible_to(place).select_related("department"), title=("name",),
        columns=(
            column("name", "Namn"), column("kind", "Slag"), column("scope", "Omfattning"),
            column("part_of", "Del av"), column("former_name", "Tidigare namn"),
            column("department", "Avdelning", lambda row: str(row.department or "")),
            column("audiences", "För vilka", _audiences), column("stage", "Steg i karriärtrappan"),
            column("is_none", "Uttryckligen inget"),
        ),
    ),
    Kind(
        "annual", "Årshjul", PROGRAM, (AnnualEvent,),
        rows=lambda place: AnnualEvent.objects.visible_to(place).prefetch_related("departments"), title=("name",),
        columns=(
            column("name", "Namn"), column("months", "Månader", _months), column("weeks", "Veckor"),
            column("hours_per_manager", "Timmar per chef"),
            column("departments", "Avdelningar", lambda row: names(row.departments.all())),
            column("audiences", "För vilka", _audiences),
        ),
    ),
    Kind(
        "doubt", "Oklarheter", PROGRAM, (Doubt,),
        rows=lambda place: Doubt.objects.visible_to(place).select_related("activity", "area").order_by("pk"),
        title=("pinned_on",),
        columns=(
            column("pinned_on", "Noterad"), column("text", "Det som inte stämmer"), column("places", "Var det står"),
            column("activity", "Aktivitet", lambda row: activity_title(row.activity)),
            column("area", "Område", lambda row: area_name(row.area)),
            column("settled_on", "Klarlagd"), column("settlement", "Hur den klarlades"),
        ),
    ),
)  # fmt: skip

WORK = (
    Kind(
        "activity", "Aktiviteter", ACTIVITIES, (Activity,),
        rows=lambda place: Activity.objects.visible_to(place).select_related("area", "carried_from")
        .prefetch_related("departments", "responsible", "needs", "attachments").order_by("pk"),
        title=("number", "title"), files=_files, within=(("activity", "pk"),),
        columns=(
            column("number", "Nummer"), column("title", "Namn"), column("kind", "Slag"),
            column("area", "Område", lambda row: area_name(row.area)), column("current_state", "Nuläge"),
            column("measure", "Åtgärd"), column("desired_result", "Önskat resultat"), column("level", "Nivå"),
            column("is_key", "Bland de viktigaste"), column("is_existing", "Pågick före programmet"),
            column("departments", "Avdelningar", lambda row: names(row.departments.all())),
            column("responsible", "Ansvarig", lambda row: names(row.responsible.all())),
            column("joint_responsibility", "Gemensamt ansvar"), column("referred_to", "Hänvisad till"),
            column("referral_outcome", "Vad det ledde till"), column("part_of", "Del av"),
            column("funding", "Finansiering"), column("starts", "Börjar", _when("starts", "starts_words")),
            column("hours_per_manager", "Timmar per chef"), column("months", "Månader", _months),
            column("weeks", "Veckor"), column("is_recurring", "Återkommer varje år"),
            column("audiences", "För vilka", _audiences),
            column("needs", "Behov", lambda row: [need_title(one) for one in row.needs.all()], "; "),
            column("carried_from", "Förd vidare från", lambda row: activity_title(row.carried_from)),
            column("files", "Bilagor", _file_names),
        ),
    ),
    Kind(
        "step", "Delåtgärder", ACTIVITIES, (Step,), route="activity__program", within=OF_ACTIVITY,
        rows=lambda place: Step.objects.visible_to(place).select_related("activity")
        .order_by("activity", "order", "pk"), title=("number", "activity"),
        columns=(
            column("activity", "Aktivitet", lambda row: activity_title(row.activity)), column("number", "Nummer"),
            column("text", "Delåtgärd"), column("deadline", "Klart senast", _when("deadline", "deadline_words")),
            column("completed_on", "Genomfört"),
        ),
    ),
    Kind(
        "update", "Lägesrapporter", ACTIVITIES, (StatusUpdate,), route="activity__program", within=OF_ACTIVITY,
        rows=lambda place: StatusUpdate.objects.visible_to(place).select_related("activity")
        .order_by("activity", "on", "pk"), title=("on", "activity"),
        columns=(
            column("activity", "Aktivitet", lambda row: activity_title(row.activity)), column("on", "Per"),
            column("status", "Status"), column("deadline", "Klart senast", _when("deadline", "deadline_words")),
            column("completed_on", "Genomfört", _when("completed_on", "completed_words")),
            column("comment", "Kommentar"),
        ),
    ),
    Kind(
        "follow_up", "Uppföljningar och utvärderingar", ACTIVITIES, (FollowUp,), route="activity__program",
        within=OF_ACTIVITY,
        rows=lambda place: FollowUp.objects.visible_to(place).select_related("activity")
        .order_by("activity", "planned_on", "pk"), title=("kind", "planned_on", "activity"),
        columns=(
            column("activity", "Aktivitet", lambda row: activity_title(row.activity)), column("kind", "Slag"),
            column("planned_on", "Planerad", _when("planned_on", "planned_words")), column("held_on", "Hållen"),
            column("outcome", "Utfall"),
        ),
    ),
    Kind(
        "follow_up_answer", "Svar vid uppföljningar", ACTIVITIES, (FollowUpAnswer,),
        route="follow_up__activity__program", within=(("activity", "follow_up__activity"),),
        rows=lambda place: FollowUpAnswer.objects.filter(
            follow_up__in=FollowUp.objects.visible_to(place).order_by().values("pk")
        ).select_related("follow_up__activity").order_by("follow_up__activity", "follow_up", "order", "pk"),
        title=("held", "activity"),
        columns=(
            column("activity", "Aktivitet", lambda row: activity_title(row.follow_up.activity)),
            column("held", "Uppföljning", lambda row: row.follow_up.held_on or row.follow_up.planned_on),
            column("question", "Fråga"), column("verdict", "Svar"), column("text", "Med egna ord"),
        ),
    ),
    Kind(
        "plan_link", "Kopplingar till budget och planer", ACTIVITIES, (PlanLink,), route="activity__program",
        within=OF_ACTIVITY,
        rows=lambda place: PlanLink.objects.visible_to(place).select_related("activity")
        .order_by("activity", "year", "plan"), title=("plan", "year", "activity"),
        columns=(
            column("activity", "Aktivitet", lambda row: activity_title(row.activity)), column("plan", "Plan"),
            column("year", "År"), column("note", "Anmärkning"),
        ),
    ),
)  # fmt: skip

ANSWERED = (
    Kind(
        "need", "Behov", NEEDS, (Need,),
        rows=lambda place: Need.objects.visible_to(place).select_related("area").prefetch_related("owners"),
        title=("title",),
        columns=(
            column("title", "Namn"), column("area", "Område", lambda row: area_name(row.area)),
            column("level", "Nivå"), column("owners", "Ägare", lambda row: names(row.owners.all())),
            column("description", "Beskrivning"),
        ),
    ),
    Kind(
        "response", "Återkoppling", NEEDS, (Response,), route="need__program",
        rows=lambda place: Response.objects.visible_to(place)
        .select_related("need", "department", "activity", "resource").order_by("need__order", "need", "on", "pk"),
        title=("on", "need"),
        columns=(
            column("need", "Behov", lambda row: need_title(row.need)),
            column("department", "Avdelning", lambda row: str(row.department or "alla")), column("on", "Datum"),
            column("outcome", "Svar"), column("activity", "Aktivitet", lambda row: activity_title(row.activity)),
            column("resource", "Stöd", lambda row: row.resource and repeated(
                "resource", row.resource.pk, "name", row.resource.name)),
            column("referred_to", "Hänvisat till"), column("text", "Till gruppen"),
        ),
    ),
)  # fmt: skip
KINDS = (*FRAME, *WORK, *ANSWERED)
