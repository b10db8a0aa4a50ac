"""The one gate for survey, health, age, sex and background figures. Staffing figures pass.

**Who is kept out.** A reader with every figure that is shown, on whatever page or paper, who knows what adds up
to what (units, departments, the whole; sexes, backgrounds; month by month; answered and not), how many there are
in each group, the thresholds and this code's rules, and that people come in whole numbers from nothing up.
Shares and means are shown beside their n, so that whoever sees them has the counts: a cell is all its counts, and
is shown or hidden as one.

**Primary suppression.** Fewer people behind a figure than the organisation's threshold (`Thresholds`; never below
FLOOR), or everybody in one category: then the figure tells what each of them answered.

**What a hidden cell is left with** (`aims`), each in whole numbers and each value in an actual table that fits:
- too few: the number of answers may be anything from least − FLOOR to least, so that it is neither known within
  FLOOR values nor even known to be small; with it, any group of hidden cells whose sum can be worked out has at
  least the threshold behind it;
- each category that somebody chose: at least FLOOR possible values;
- all alike: as many possible values for the number of those who answered otherwise;
- a cell hidden for the sake of others: at least two possible values, otherwise it would be shown;
- never more than the topmost total alone leaves, or than the number of people in the group.
This is a sliding protection interval (Fischetti & Salazar 2001; Hundepool et al., *Statistical Disclosure Control*,
2012, ch. 4–5). Handbooks set it as a percentage of a cell, which is less than one person here; FLOOR, the least
group that anything may be said of, is the measure the organisation has already decided. SCB and Socialstyrelsen
hide small cells and those that give them away ("prickning", second-order included); SCB's newer noise (Cell Key
Method, population statistics from 2025) is not for us, since figures before a committee must add up.

**Secondary suppression** (`suppress`) minimises the sum, over cells hidden for the sake of others, of weight ×
digits (base 2) of the people behind: small and less important cells go first. The optimum is NP-hard already for
one table (Kelly, Golden & Assad 1992; Fischetti & Salazar 1999), so it is approached: cell by cell the cheapest
other table that fits what is shown (`moves`, `climb`), several times over for small tables; then pruning of what
turned out unnecessary, and an exact check of each proof from the beginning. It costs about 3 % more than the exact
optimum of small tables. The work is counted and bounded; when it ends, cells are hidden in bulk and the answer says which
(`Decision.coarse`). What is shown always has its proof; more may be hidden, never less.

**What it does not do.** It judges what it is given in one call: figures that are shown together must be asked about
together, those already out as "known". One's own answer, and gossip, are outside it. Reasons are for the log: a
page that told "all alike" of a cell would have told the answer.
"""

from metrics.disclosure.figures import Cell, Decision, Reason, Standing, Sum, crossed
from metrics.disclosure.suppression import suppress
from metrics.disclosure.thresholds import FLOOR, Thresholds, may_show

__all__ = [
    "FLOOR",
    "Cell",
    "Decision",
    "Reason",
    "Standing",
    "Sum",
    "Thresholds",
    "crossed",
    "may_show",
    "suppress",
]
