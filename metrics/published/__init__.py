"""What hangs together among published figures, told to `metrics/disclosure`; its answer for each. Pure.

A figure is one value of one indicator, group and period. Readers have all of them, on pages and paper, and know:

**Sums.** The whole is the sum of its departments, a department of its units, a total of the categories of each of its
breakdowns, crossed where both are there; an index of its statements; January–April of January–March and of April. What
the parts leave over is a cell of its own, shown by nobody, so that it is protected too and no more than its own size is
ever put down to it. Groups of a survey told for overlapping periods are added up like those of the same one, each
period's own figures with whatever the others have for groups that are missing. Parts that come to more than their total
raise it: readers will add them up as well.

**Counts.** A survey figure is (positive, the rest) or how many answered each of 1–5; where the finer is known of
some groups only, both are told, the coarser as what the finer gives. Where everybody is counted (health, age, sex,
background) the number of people is public and does not vary, only what is counted among them.

**Amounts.** A rate or mean with n behind is n × value, in hundredths of a person, points or years; totals are made
from their parts, since readers weigh by n as we do. Hidden, it is left with as many values as FLOOR people stand for
on average, in the group or in the largest group, whichever is more: among at most ten people that is half the figure,
as for counts. What FLOOR people could mean at most (all of them sick all month) would hide whole organisations, since
there rarely is that much sick leave to be had; the rule in percent of handbooks asks for a tenth or a fifth.

**Without n.** A figure of the whole or of a predecessor without any number behind it was published so by its source
and passes. One of a department, unit or category must not: its size is public or easily guessed. It gets its parts'
number, else it is taken for one person fewer than may be shown.

**Revisions.** Only the latest approved value is judged beside others. What it has replaced is kept visible where
nothing that hangs together with it is hidden; otherwise all of it is hidden, since two versions of a neighbour, or of
the hidden figure itself, would give it away. A replaced value that was too small by itself is told to the gate where
the figures shown today still add up with it.

**What is out** in a frozen report is known for ever: it stays, its later revisions are as good as known, and
everything else is judged given that.

**Not told**, with their reasons: medians add up to nothing; predecessors and separate surveys neither; windows of
rolling 12 months cannot be worked out from one another (each new one brings a month that no other shows and drops
one), and what their neighbours leave is a month's worth of everybody; different indicators, but for an index and its
statements, are different questions.
"""

from metrics.published.figure import Figure
from metrics.published.judge import knots, withheld

__all__ = ["Figure", "knots", "withheld"]
