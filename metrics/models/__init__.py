"""What we measure: the guideline for spans of control, headcounts, assessments, indicators and their values."""

from metrics.models.expectation import Amendment, Expectation, Outcome
from metrics.models.guideline import Assessment, FactorMark, Guideline, GuidelineBase, GuidelineFactor
from metrics.models.headcount import Headcount, HeadcountFile, HeadcountReport, StatedTotal
from metrics.models.indicator import Indicator
from metrics.models.observation import LinkedAnswers, Observation, ObservationFile

__all__ = [
    "Amendment",
    "Assessment",
    "Expectation",
    "FactorMark",
    "Guideline",
    "GuidelineBase",
    "GuidelineFactor",
    "Headcount",
    "HeadcountFile",
    "HeadcountReport",
    "Indicator",
    "LinkedAnswers",
    "Observation",
    "ObservationFile",
    "Outcome",
    "StatedTotal",
]
