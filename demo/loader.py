"""Loads the demo through the same actions as the interface; the same data every time, and only once."""

import datetime as dt
import json
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import SimpleNamespace

from auditlog.context import disable_auditlog
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

import dialogues.actions as dialogue_actions
import reports.actions as report_actions
from demo.accounts import ACCOUNTS, password
from dialogues.models import Dialogue, Statement
from metrics.models import (
    Assessment,
    Guideline,
    GuidelineBase,
    GuidelineFactor,
    Headcount,
    HeadcountReport,
    Indicator,
    Observation,
    StatedTotal,
)
from organisation.access import Kind
from organisation.actions import add_member
from organisation.models import Department, Forum, Organisation, Role, Unit
from program.actions import create_activity, record_status
from program.models import (
    Activity,
    Area,
    Assignment,
    Clause,
    Consultation,
    Document,
    FollowUp,
    Need,
    ProcessStep,
    Program,
    ProgramPart,
    Resource,
    Step,
)
from program.when import parse
from reports.models import Hearing, Report

DATA = Path(__file__).with_name("data")


def _read(name: str):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


FROZEN = ("2024H1", "2024H2", "2025H1", "2025H2", "2026H1")


def load(frozen: Iterable[str] = FROZEN) -> bool:
    """Load the demo and freeze the reports of the periods named; False when it is there already."""
    if Organisation.objects.filter(slug="gotland-sof").exists():
        return False
    with disable_auditlog(), transaction.atomic():
        Gotland(_read("gotland.json"), set(frozen)).load()
        for data in _read("others.json"):
            _thin_organisation(data)
    return True


class Gotland:
    """The Region Gotland programme, complete. The methods follow the order in which rows need each other."""

    def __init__(self, data: dict, frozen: set[str]) -> None:
        self.data, self.frozen = data, frozen

    def load(self) -> None:
        self._organisation()
        self._program()
        self._guideline()
        self._headcounts()
        self._dialogues()
        self._activities()
        self._indicators()
        self._reports()

    def _organisation(self) -> None:
        self.organisation = Organisation.objects.create(is_example=True, **self.data["organisation"])
        own = {"organisation": self.organisation}
        self.departments = {
            code: Department.objects.create(
                code=code, name=name, guideline_category=category, aliases=aliases, note=note, **own
            )
            for code, name, category, aliases, note in self.data["departments"]
        }
        self.roles = {
            name: Role.objects.create(name=name, aliases=aliases, **own)
            for name, aliases in self.data["roles"]
        }
        self.forums = {
            name: Forum.objects.create(name=name, kind=kind, **own) for name, kind in self.data["forums"]
        }
        self.users = {}
        hashed = make_password(password())  # once: hashing is slow on purpose
        for name, kind, codes in ACCOUNTS:
            departments = [self.departments[code] for code in codes]
            member = add_member(
                organisation=self.organisation, username=name, kind=kind, departments=departments
            )
            member.user.password = hashed
            member.user.save()
            self.users[name] = member.user

    def _program(self) -> None:
        self.program = Program.objects.create(organisation=self.organisation, **self.data["program"])
        own = {"program": self.program}
        self.place = SimpleNamespace(organisation=self.organisation, program=self.program, kind=Kind.EDITOR)
        for number, covers, reported in self.data["parts"]:
            ProgramPart.objects.create(number=number, covers=covers, reported=reported, **own)
        asked = self.data["assignment"]
        clauses = asked.pop("clauses")
        assignment = Assignment.objects.create(**own, **asked)
        for number, (text, answer) in enumerate(clauses, start=1):
            Clause.objects.create(assignment=assignment, number=number, text=text, answer=answer)
        for words, text, forum, audience, note in self.data["process"]:
            when = parse(words)
            ProcessStep.objects.create(
                text=text, first_day=when.first, last_day=when.last, words=when.words,
                forum=self.forums[forum], audience=audience, note=note, **own,
            )  # fmt: skip
        for forum, day, parties, outcome in self.data["consultations"]:
            Consultation.objects.create(
                forum=self.forums[forum], held_on=_day(day), parties=parties, outcome=outcome, **own
            )
        self._framework(own)

    def _framework(self, own: dict) -> None:
        self.areas = {}
        for order, (key, name, parent) in enumerate(self.data["areas"]):
            self.areas[key] = Area.objects.create(
                order=order, name=name, parent=self.areas.get(parent), is_starting_point=parent is None, **own
            )
        self.needs = {}
        for order, (key, title, level, owners, description) in enumerate(self.data["needs"]):
            need = Need.objects.create(order=order, title=title, level=level, description=description, **own)
            need.owners.set(self.roles[name] for name in owners)
            self.needs[key] = need
        self.documents = [
            Document.objects.create(title=title, dated=_day(dated), note=note, **own)
            for title, dated, note in self.data["documents"]
        ]
        for order, (kind, name, scope, part_of, former, code) in enumerate(self.data["resources"]):
            Resource.objects.create(
                kind=kind, name=name, scope="" if scope == "none" else scope, part_of=part_of,
                former_name=former, department=self.departments.get(code), is_none=scope == "none",
                order=order, **own,
            )  # fmt: skip

    def _guideline(self) -> None:
        data = self.data["guideline"]
        guideline = Guideline.objects.create(
            organisation=self.organisation,
            title=data["title"],
            valid_from=_day(data["valid_from"]),
            usual_adjustment=data["usual"],
            largest_adjustment=data["largest"],
        )
        for order, (category, base) in enumerate(data["bases"]):
            GuidelineBase.objects.create(guideline=guideline, category=category, base=base, order=order)
        for order, (name, larger, smaller) in enumerate(data["factors"]):
            GuidelineFactor.objects.create(
                guideline=guideline, name=name, allows_larger=larger, requires_smaller=smaller, order=order
            )

    def _headcounts(self) -> None:
        data = self.data["headcounts"]
        self.units = {
            code: Unit.objects.create(
                department=self.departments[code[:5]], code=code, name=name,
                is_management=code in data["management"],
            )
            for code, name, *_figures in data["units"]
        }  # fmt: skip
        first = HeadcountReport.objects.create(
            organisation=self.organisation, as_of=dt.date(2024, 3, 31), basis=data["basis"]
        )
        for code, employees, fte in data["stated"]:
            StatedTotal.objects.create(
                report=first, department=self.departments.get(code), employees=employees, fte=Decimal(fte)
            )
        self._counts(first, {}, data["units"])
        for later in data["later"]:
            report = HeadcountReport.objects.create(
                organisation=self.organisation,
                as_of=_day(later["as_of"]),
                basis=data["basis"],
                is_example=True,
            )
            self._counts(report, later["changes"], data["units"])
        for code, day, adjustment, motivation in self.data["assessments"]:
            Assessment.objects.create(
                unit=self.units[code], assessed_on=_day(day), adjustment=adjustment, motivation=motivation,
                by=self.users["hr"],
            )  # fmt: skip

    def _counts(self, report: HeadcountReport, changes: dict, units: list) -> None:
        rows = []
        for code, _name, managers, employees, fte, mean_age in units:
            now_managers, now = changes.get(code, (managers, employees))
            scaled = (Decimal(fte) * now / employees).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
            rows.append(
                Headcount(
                    report=report, unit=self.units[code], managers=now_managers, employees=now, fte=scaled,
                    mean_age=None if changes else Decimal(mean_age),
                )
            )  # fmt: skip
        Headcount.objects.bulk_create(rows)

    def _dialogues(self) -> None:
        hr, head = self.users["hr"], self.users["avdelningschef"]
        for data in _read("gotland_dialogues.json")["dialogues"]:
            held_on = _day(data["held_on"])
            dialogue = Dialogue.objects.create(
                program=self.program, held_on=held_on, number_present=data["present"], summary=data["summary"],
                logged_by=hr,
            )  # fmt: skip
            dialogue.departments.set([self.departments[data["department"]]])
            dialogue.held_by.set([self.roles["Socialdirektör"], self.roles["HR-chef"]])
            self._statements(dialogue, data["statements"])
            at = _noon(held_on + dt.timedelta(days=5))
            dialogue_actions.confirm_dialogue(dialogue=dialogue, by=hr, revision=dialogue.revision, at=at)
            for kind, user in ((Kind.DEPARTMENT_HEAD, head), (Kind.EDITOR, hr)):
                place = SimpleNamespace(kind=kind)
                dialogue_actions.agree_to_publish(
                    dialogue=dialogue, place=place, by=user, revision=dialogue.revision, at=at
                )

    def _statements(self, dialogue: Dialogue, statements: list[dict]) -> None:
        words: dict = {}
        for row in statements:
            words.setdefault((self.areas[row["area"]], row["kind"]), []).append(row["text"])
        dialogue_actions.sync_statements(dialogue, words)
        said = {(row.area_id, row.kind, row.text): row for row in dialogue.statements.all()}
        links = []
        for row in statements:
            statement = said[self.areas[row["area"]].pk, row["kind"], row["text"]]
            statement.theme, statement.label = row["theme"], row["label"]
            links += [
                Statement.needs.through(statement=statement, need=self.needs[key]) for key in row["needs"]
            ]
        Statement.objects.bulk_update(said.values(), ["theme", "label"])
        Statement.needs.through.objects.bulk_create(links)

    def _activities(self) -> None:
        for data in _read("gotland_activities.json")["activities"]:
            first, *rest = data["updates"]
            starts = parse(data["starts"]) if data["starts"] else None
            activity = create_activity(
                activity=Activity(
                    program=self.program, number=data["number"], title=data["title"],
                    area=self.areas[data["area"]], current_state=data["current_state"], measure=data["measure"],
                    desired_result=data["desired_result"], level=data["level"], is_existing=data["existing"],
                    joint_responsibility=data["joint"], referred_to=data["referred_to"],
                    starts=starts.first if starts else None, starts_words=starts.words if starts else "",
                    hours_per_manager=Decimal(data["hours_per_manager"]) if data["hours_per_manager"] else None,
                ),
                departments=[self.departments[code] for code in data["departments"]],
                responsible=[self.roles[name] for name in data["responsible"]],
                needs=[self.needs[key] for key in data["needs"]],
                deadline=parse(first["deadline"]) if first["deadline"] else None,
                on=_day(first["on"]), by=self.users["hr"],
                status=first["status"], comment=first["comment"],
            )  # fmt: skip
            for update in rest:
                self._update(activity, update)
            self._parts(activity, data)

    def _update(self, activity: Activity, update: dict) -> None:
        record_status(
            activity=activity,
            status=update["status"],
            deadline=parse(update["deadline"]) if update["deadline"] else None,
            completed_on=_day(update["completed_on"]),
            comment=update["comment"],
            on=_day(update["on"]),
            by=self.users["hr"],
        )

    def _parts(self, activity: Activity, data: dict) -> None:
        Step.objects.bulk_create(
            Step(
                activity=activity, order=order, number=row["number"], text=row["text"],
                deadline=_day(row["deadline"]), completed_on=_day(row["completed_on"]),
            )
            for order, row in enumerate(data["steps"])
        )  # fmt: skip
        FollowUp.objects.bulk_create(
            FollowUp(
                activity=activity, kind=row["kind"], planned_on=_day(row["planned"]),
                held_on=_day(row["held_on"]), outcome=row["outcome"],
            )
            for row in data["follow_ups"]
        )  # fmt: skip

    def _indicators(self) -> None:
        for order, data in enumerate(self.data["indicators"]):
            values = data.pop("values")
            target, target_on = data.pop("target", (None, None))
            indicator = Indicator.objects.create(
                program=self.program, order=order, target=target and Decimal(target), target_on=_day(target_on),
                **data,
            )  # fmt: skip
            for row in values:
                positive, answered, invited = row.get("counts", (None, None, None))
                Observation.objects.create(
                    indicator=indicator, first_day=_day(row["period"][0]), last_day=_day(row["period"][1]),
                    value=Decimal(row["value"]) if "value" in row else None,
                    positive=positive, answered=answered, invited=invited, words=row.get("words", ""),
                    is_approximate=row.get("approximate", False), is_preliminary=row.get("preliminary", False),
                    missing_reason=row.get("missing", ""), is_example=not row.get("source", False),
                )  # fmt: skip

    def _reports(self) -> None:
        hearings = self.data["hearings"]
        for data in _read("gotland_reports.json")["reports"]:
            report = Report(
                program=self.program, kind=data["kind"], period=data["period"], cut_off=_day(data["cut_off"]),
                meets_on=_day(data["meets_on"]), case_numbers=data["case_numbers"],
            )  # fmt: skip
            report_actions.create_report(report=report, texts=data["letter"] | data["sections"])
            if data["period"] in self.frozen:
                self._freeze(report)
            for row in (row for row in hearings if row["period"] == report.period):
                self._hearing(report, row)

    def _freeze(self, report: Report) -> None:
        at = _noon(report.cut_off + dt.timedelta(days=3))
        report_actions.approve_report(
            report=report, by=self.users["direktor"], revision=report.revision, at=at
        )
        report_actions.freeze_report(
            report=report, by=self.users["sekreterare"], revision=report.revision,
            at=at + dt.timedelta(days=1),
        )  # fmt: skip

    def _hearing(self, report: Report, row: dict) -> None:
        texts = (
            "paragraph",
            "case_number",
            "summary",
            "assessment",
            "proposal",
            "handling",
            "motion",
            "outcome",
        )
        hearing = Hearing.objects.create(
            report=report,
            forum=self.forums[row["forum"]],
            held_on=_day(row["held_on"]),
            presenter=self.roles[row["presenter"]],
            **{name: row.get(name, "") for name in texts},
        )
        if row.get("documents"):
            hearing.documents.set(self.documents)


def _thin_organisation(data: dict) -> None:
    """An organisation of its own with a programme, areas and a few activities."""
    organisation = Organisation.objects.create(
        is_example=True,
        **{key: data[key] for key in ("slug", "name", "parent_name", "committee", "case_prefix")},
    )
    add_member(organisation=organisation, username="admin", kind=Kind.ADMIN)
    for code, name in data["departments"]:
        Department.objects.create(organisation=organisation, code=code, name=name)
    roles = [Role.objects.create(organisation=organisation, name=name) for name in data["roles"]]
    program = Program.objects.create(organisation=organisation, **data["program"])
    areas = {
        name: Area.objects.create(program=program, name=name, order=order, is_starting_point=True)
        for order, name in enumerate(data["areas"])
    }
    for number, area, title, measure, deadline in data["activities"]:
        create_activity(
            activity=Activity(program=program, number=number, title=title, area=areas[area], measure=measure),
            departments=[], responsible=roles[:1], needs=[], deadline=parse(deadline),
            on=dt.date(program.first_year, 9, 23), by=None,
        )  # fmt: skip
