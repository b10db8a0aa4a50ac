"""What a matrix shows, in plain sentences; page, spreadsheet and report say it with the same words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.matrix.counts import Findings, Head, Matrix, Row, findings, spelled_out
from dialogues.matrix.queries import Departments
from ui import formats
from ui.language import language

NAMED = 8  # names that a sentence holds


def listed(names: Sequence[str]) -> str:
    """a, b och c; beyond what a sentence holds: a, b … och 3 till."""
    shown, rest = list(names[:NAMED]), len(names) - NAMED
    if rest > 0:
        shown.append(ngettext("%(count)s more", "%(count)s more", rest) % {"count": rest})
    return formats.listed(shown, language())


def _apart(found: Findings) -> str:
    return listed([f"{_name(row)} ({_labels(columns)})" for row, columns in found.apart])


def _labels(columns: Sequence[Head]) -> str:
    return listed([column.label for column in columns])


def _name(row: Row) -> str:
    """A theme stands in the middle of a sentence; a need keeps its title as it is."""
    return row.head.name.lower() if isinstance(row.head.key, str) else row.head.name


def _names(rows: Sequence[Row]) -> str:
    return listed([_name(row) for row in rows])


def need_sentences(matrix: Matrix) -> list[str]:
    """Which needs all or most departments raise, which ones some do, and which nobody has spoken of."""
    if not matrix.total:
        return [_("No statement is linked to a need here yet.")]
    found = findings(matrix)
    told = _likeness_of_needs(matrix, found)
    if found.apart:
        told.append(_("Raised by half of them or fewer: %(names)s.") % {"names": _apart(found)})
    if found.silent:
        told.append(_("No statement here speaks for: %(names)s.") % {"names": _names(found.silent)})
    if matrix.unplaced:
        text = ngettext(
            "%(count)s statement is linked to no need.",
            "%(count)s statements are linked to no need.",
            matrix.unplaced,
        )
        told.append(formats.sentence(text % {"count": _needs(matrix.unplaced)}))
    return told


def _likeness_of_needs(matrix: Matrix, found: Findings) -> list[str]:
    if found.departments < 2:
        return []
    words = {"all": _needs(len(matrix.rows)), "departments": formats.count(found.departments, language())}
    told = []
    if found.everywhere:
        text = _("%(count)s of %(all)s needs are raised by all %(departments)s departments that have had a dialogue: %(names)s.")  # fmt: skip
        told.append(formats.sentence(text % (words | _counted(found.everywhere))))
    if found.mostly:
        text = (
            _("%(count)s more are raised by most of them: %(names)s.")
            if found.everywhere
            else _(
                "%(count)s of %(all)s needs are raised by most of the %(departments)s departments that have had a dialogue: %(names)s."
            )
        )
        told.append(formats.sentence(text % (words | _counted(found.mostly))))
    if not told:
        told.append(
            _("No need is raised by most of the %(departments)s departments that have had a dialogue.")
            % words
        )
    return told


def _counted(rows: Sequence[Row]) -> dict[str, object]:
    return {"count": _needs(len(rows)), "names": _names(rows)}


def _needs(number: int) -> str:
    """A count of needs, or of statements, in a sentence."""
    return formats.count(number, language(), neuter=True)


def theme_sentences(matrix: Matrix) -> list[str]:
    """What is spoken of most, what all and most departments speak of, what some do, and what has no theme."""
    found = findings(matrix)
    if found.largest is None:
        told = [_("No statement here has a theme yet.")]
    else:
        words = {
            "theme": _name(found.largest),
            "count": _needs(found.largest.total),
            "all": _needs(matrix.total),
        }
        told = [
            _("Most is about %(theme)s: %(count)s of the %(all)s statements that have a theme.") % words,
            *_spread_of_themes(found),
        ]
    if matrix.unplaced:
        text = ngettext(
            "%(count)s statement has no theme.", "%(count)s statements have no theme.", matrix.unplaced
        )
        told.append(formats.sentence(text % {"count": _needs(matrix.unplaced)}))
    return told


def _spread_of_themes(found: Findings) -> list[str]:
    told = []
    if found.everywhere:
        words = {
            "departments": formats.count(found.departments, language()),
            "names": _names(found.everywhere),
        }
        told.append(_("All %(departments)s departments that have had a dialogue speak of %(names)s.") % words)
    if found.mostly:
        told.append(_("Most of the departments speak of %(names)s.") % {"names": _names(found.mostly)})
    if found.apart:
        told.append(_("Half of them or fewer speak of %(names)s.") % {"names": _apart(found)})
    if found.silent:
        told.append(_("Nobody speaks of %(names)s.") % {"names": _names(found.silent)})
    return told


def notes(matrix: Matrix, *, of_needs: bool, with_names: bool = True) -> list[str]:
    """How it is counted, and what the short names stand for."""
    told = []
    if of_needs:
        told.append(
            _("A statement that speaks for several needs counts for each of them, and once in the totals.")
        )
    if matrix.is_shared:
        told.append(
            _(
                "A statement of a meeting with several departments counts in each of them, and once in the totals."
            )
        )
    shorts = spelled_out(column for column in matrix.columns if column.key is not None)
    if shorts and with_names:
        names = "; ".join(f"{short}: {name}" for short, name in shorts)
        told.append(_("Short names: %(names)s.") % {"names": names})
    return told


def unheard(columns: Departments) -> list[str]:
    """Departments without a dialogue, and those whose dialogue does not count yet."""
    told = []
    if columns.silent:
        told.append(_("Without a dialogue: %(names)s.") % {"names": ", ".join(columns.silent)})
    if columns.waiting:
        names = ", ".join(columns.waiting)
        told.append(
            _("With a dialogue that is not confirmed, or not published to you: %(names)s.") % {"names": names}
        )
    return told
