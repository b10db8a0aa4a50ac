"""The columns of the table, their Swedish and English headings, and how a heading is recognised."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column by its key. `aliases` are headings that are understood but never written."""

    key: str
    sv: str
    en: str
    width: int = 14
    aliases: tuple[str, ...] = ()


COLUMNS = (
    Column("id", "Id", "Id", 7),
    Column("type", "Typ", "Type", 12),
    Column("number", "Nr", "No.", 5, ("nummer", "number", "#")),
    Column("area", "Område", "Area", 18),
    Column("title", "Aktivitet eller delåtgärd", "Activity or step", 40,
           ("aktivitet", "activity", "rubrik", "titel", "title", "utvecklingsaktivitet")),
    Column("current_state", "Nuläge", "Current state", 32),
    Column("measure", "Åtgärd", "Measure", 36, ("planerad åtgärd", "åtgärder", "planned measure", "measures")),
    Column("desired_result", "Önskat resultat", "Desired result", 32, ("mål", "önskad effekt", "desired results")),
    Column("responsible", "Ansvarig", "Responsible", 22, ("ansvariga", "ansvarig roll", "ägare", "owner")),
    Column("joint_responsibility", "Gemensamt ansvar", "Joint responsibility", 13),
    Column("departments", "Avdelningar", "Departments", 18, ("avdelning", "department")),
    Column("status", "Status", "Status", 11),
    Column("starts", "Startar", "Starts", 12, ("start", "startdatum", "start date")),
    Column("deadline", "Klart senast", "Deadline", 12, ("slutdatum", "klart", "tidplan", "due", "due date")),
    Column("completed", "Genomförd", "Completed", 12, ("genomförd den", "completed on", "avslutad")),
    Column("outcome", "Utfall", "Outcome", 28),
    Column("comment", "Kommentar", "Comment", 32, ("lägesrapport", "status update")),
    Column("level", "Nivå", "Level", 14),
    Column("kind", "Slag", "Kind", 12),
    Column("is_existing", "Fanns före programmet", "Existed before", 10),
    Column("part_of", "Ingår i", "Part of", 24),
    Column("referred_to", "Hänvisad till", "Referred to", 24),
    Column("referral_outcome", "Vad det blev av hänvisningen", "What came of the referral", 30),
    Column("funding", "Finansiering", "Funding", 24),
    Column("plan_links", "Kopplad till planer", "Linked to plans", 28),
    Column("needs", "Behov", "Needs", 36),
    Column("audiences", "För vilka chefer", "For which managers", 20),
    Column("hours_per_manager", "Timmar per chef", "Hours per manager", 10),
    Column("months", "Månader", "Months", 14),
    Column("weeks", "Veckor", "Weeks", 12),
    Column("is_recurring", "Återkommer varje år", "Every year", 10),
    Column("trace", "Kontroll", "Check", 8),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}

# Headings of other people's plans. "Genomfört datum" holds days to come, and so is a deadline,
# unless the table has another column for that.
FOREIGN = {
    "improvement": ("identifierat förbättringområde", "identifierat förbättringsområde", "förbättringsområde",
                    "identified improvement area", "improvement area"),
    "done_date": ("genomfört datum", "genomförandedatum", "completion date", "completed date"),
    "follow_up": ("uppföljning", "uppföljning datum", "uppföljningsdatum", "follow-up", "follow-up date"),
    "evaluation": ("utvärdering", "utvärdering datum", "utvärderingsdatum", "evaluation", "evaluation date"),
}  # fmt: skip
CARRIES_A_ROW = {"title", "improvement", "measure", "id"}


def plain(heading: str) -> str:
    """A heading as it is compared: small letters, single blanks, no marks at its end."""
    return re.sub(r"\s+", " ", heading.replace("-\n", "").replace("\u00ad", "")).strip(" .:*").casefold()


HEADINGS = {
    plain(name): column.key for column in COLUMNS for name in (column.sv, column.en, *column.aliases)
} | {name: key for key, names in FOREIGN.items() for name in names}


def recognise(cells: Iterable[str]) -> dict[str, int]:
    """Which column stands where, by key; the first of two alike counts. Empty when this is no heading row."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        key = HEADINGS.get(plain(cell))
        if key and key not in found:
            found[key] = index
    if len(found) < 2 or not CARRIES_A_ROW & found.keys():
        return {}
    if "done_date" in found:
        found.setdefault("completed" if "deadline" in found else "deadline", found.pop("done_date"))
    return found


def heading(key: str, language: str = "sv") -> str:
    """What a column is called; other people's columns by their first name."""
    if key in BY_KEY:
        return BY_KEY[key].en if language == "en" else BY_KEY[key].sv
    return FOREIGN[key][0].capitalize()
