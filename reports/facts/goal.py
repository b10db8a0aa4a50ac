"""How far the programme's goal is reached: its words, and the measures that stand for it."""

from reports import content as c
from reports.facts.frame import Frame


def goal(frame: Frame):
    """The goal in the programme's own words."""
    if frame.place.program.goal:
        yield c.Sentence(frame.place.program.goal)
