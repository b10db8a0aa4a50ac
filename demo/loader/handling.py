"""Reports with what they ask of the committee, each frozen in its turn, and what the committee did with them.

reports         {period, kind, cut_off, texts_due_on, meets_on, case_numbers, points, letter, sections}
hearings        {period, forum, held_on, presenter, documents, the texts of HEARING_TEXTS,
                rulings [[point (from 1), outcome, words]],
                instructions [{text, due_on, activity (number), step (its text), answered_on, answer}]}
risks           the model's fields; `owner` names a role
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import typst

import reports.actions as report_actions
from demo.loader.read import day, noon
from organisation.models import Forum, Role, User
from program.models import Activity, Attachment, Document, ProcessStep, Program, Risk
from reports.models import DecisionPoint, Hearing, Instruction, Report, Ruling
from ui.charts import FONT_FOLDER

HEARING_TEXTS = (
    "paragraph", "case_number", "summary", "assessment", "proposal", "handling", "motion", "outcome",
)  # fmt: skip
MINUTES = b"""#let words = json(bytes(sys.inputs.words))
#let on = json(bytes(sys.inputs.day))
#set document(title: words.first(), date: datetime(year: on.at(0), month: on.at(1), day: on.at(2)))
#set text(font: "Source Sans Pro", size: 11pt, lang: "sv", fallback: false)
#set page(margin: 30mm)
#heading(words.first())
#for line in words.slice(1) { par(text(line)) }"""


def add_risks(program: Program, roles: Mapping[str, Role], rows: Iterable[dict]) -> None:
    """Each row: the model's fields; `owner` names a role."""
    for row in rows:
        days = {name: day(row.get(name)) for name in ("seen_on", "closed_on")}
        Risk.objects.create(program=program, **row | days | {"owner": roles[row["owner"]]})


def minutes_pdf(words: list[str], held_on: dt.date) -> bytes:
    """A page with the lines as paragraphs, the first as its heading. The same lines give the same bytes."""
    return typst.compile(
        MINUTES,
        font_paths=[str(FONT_FOLDER)],
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"words": json.dumps(words), "day": held_on.strftime("[%Y, %m, %d]").replace(", 0", ", ")},
    )


@dataclass
class Handling:
    """Reports and hearings of one programme."""

    program: Program
    users: Mapping[str, User]
    roles: Mapping[str, Role]
    forums: Mapping[str, Forum]
    documents: Iterable[Document]

    def add(self, reports: Iterable[dict], hearings: Iterable[dict], frozen: set[str]) -> None:
        """Report by report: written, frozen when it is among `frozen`, and then handled."""
        heard = list(hearings)
        for data in reports:
            report = self._report(data)
            if report.period in frozen:
                self._freeze(report)
            for row in heard:
                if row["period"] == report.period:
                    self._hearing(report, row)

    def _report(self, data: dict) -> Report:
        report = Report(
            program=self.program, kind=data["kind"], period=data["period"], cut_off=day(data["cut_off"]),
            texts_due_on=day(data["texts_due_on"]), meets_on=day(data["meets_on"]),
            case_numbers=data["case_numbers"],
        )  # fmt: skip
        report_actions.create_report(report=report, texts=data["letter"] | data["sections"])
        DecisionPoint.objects.bulk_create(
            DecisionPoint(report=report, order=order, text=text)
            for order, text in enumerate(data["points"], start=1)
        )
        return report

    def _freeze(self, report: Report) -> None:
        at = noon(report.cut_off + dt.timedelta(days=3))
        report_actions.approve_report(
            report=report, by=self.users["direktor"], revision=report.revision, at=at
        )
        report_actions.freeze_report(
            report=report, by=self.users["sekreterare"], revision=report.revision,
            at=at + dt.timedelta(days=1),
        )  # fmt: skip

    def _hearing(self, report: Report, row: dict) -> None:
        hearing = Hearing.objects.create(
            report=report,
            forum=self.forums[row["forum"]],
            held_on=day(row["held_on"]),
            presenter=self.roles[row["presenter"]],
            **{name: row.get(name, "") for name in HEARING_TEXTS},
        )
        if row.get("documents"):
            hearing.documents.set(self.documents)
        if row.get("minutes"):
            self._minutes(hearing, row["minutes"])
        points = dict(enumerate(report.points.all(), start=1))
        Ruling.objects.bulk_create(
            Ruling(hearing=hearing, point=points[number], outcome=outcome, words=words)
            for number, outcome, words in row.get("rulings", [])
        )
        for order, asked in enumerate(row.get("instructions", []), start=1):
            self._instruction(hearing, order, asked)

    def _minutes(self, hearing: Hearing, words: list[str]) -> None:
        """An extract of the minutes: a document with a small PDF, one line a paragraph."""
        document = Document.objects.create(program=self.program, title=words[0], dated=hearing.held_on)
        content = minutes_pdf(words, hearing.held_on)
        Attachment.objects.create(
            program=self.program, document=document, name="protokollsutdrag.pdf",
            content_type="application/pdf", size=len(content), sha256=hashlib.sha256(content).hexdigest(),
            content=content, by=self.users["sekreterare"],
        )  # fmt: skip
        hearing.minutes = document
        hearing.save()

    def _instruction(self, hearing: Hearing, order: int, row: dict) -> None:
        number, step = row.get("activity"), row.get("step")
        Instruction.objects.create(
            hearing=hearing, order=order, text=row["text"], due_on=day(row["due_on"]),
            activity=Activity.objects.get(program=self.program, number=number) if number else None,
            step=ProcessStep.objects.get(program=self.program, text=step) if step else None,
            answered_on=day(row.get("answered_on")), answer=row.get("answer", ""),
        )  # fmt: skip
