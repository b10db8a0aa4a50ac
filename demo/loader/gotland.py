"""The Region Gotland programme, complete."""

from django.contrib.auth.hashers import make_password

import dialogues.actions.dialogue as dialogue_actions
from demo.accounts import ACCOUNTS, password
from demo.loader.activities import Frame, add_activities
from demo.loader.answers import Answers
from demo.loader.dialogues import publish
from demo.loader.handling import Handling, add_risks
from demo.loader.measures import Measures, Spans
from demo.loader.read import day, decimal, read
from demo.loader.rows import (
    add_annual_events,
    add_consultations,
    add_documents,
    add_forums,
    add_process,
    add_roles,
)
from dialogues.models import Dialogue, Statement
from organisation.actions import add_member
from organisation.models import Department, Organisation
from program.models import Area, Assignment, Clause, Need, Program, ProgramPart, Resource


class Gotland:
    """The methods follow the order in which rows need each other."""

    def __init__(self, data: dict, frozen: set[str]) -> None:
        self.data, self.frozen = data, frozen

    def load(self) -> None:
        self._organisation()
        self._members()
        self._program()
        self._framework()
        self._spans()
        self._dialogues()
        self._activities()
        self._indicators()
        self._answers()
        self._reports()

    def _organisation(self) -> None:
        self.organisation = Organisation.objects.create(is_example=True, **self.data["organisation"])
        made = Department.objects.bulk_create(
            Department(
                organisation=self.organisation, code=code, name=name, guideline_category=category,
                aliases=aliases, note=note,
            )
            for code, name, category, aliases, note in self.data["departments"]
        )  # fmt: skip
        self.departments = {row.code: row for row in made}
        self.roles = add_roles(self.organisation, self.data["roles"])
        self.forums = add_forums(self.organisation, self.data["forums"])

    def _members(self) -> None:
        self.users = {}
        hashed = make_password(password())  # once: hashing is slow on purpose
        for name, kind, codes in ACCOUNTS:
            member = add_member(
                organisation=self.organisation, username=name, kind=kind, email=f"{name}@example.org",
                departments=[self.departments[code] for code in codes],
            )  # fmt: skip
            member.user.password = hashed
            member.user.save()
            self.users[name] = member.user

    def _program(self) -> None:
        data = self.data["program"]
        self.program = Program.objects.create(
            organisation=self.organisation, **data | {"hours_ceiling": decimal(data.get("hours_ceiling"))}
        )
        ProgramPart.objects.bulk_create(
            ProgramPart(program=self.program, number=number, covers=covers, reported=reported)
            for number, covers, reported in self.data["parts"]
        )
        self._assignment()
        add_process(self.program, self.forums, self.data["process"])
        add_consultations(self.program, self.forums, read("gotland_handling.json")["consultations"])
        self.documents = add_documents(self.program, self.data["documents"])
        add_annual_events(self.program, self.departments, self.data.get("annual_events", []))

    def _assignment(self) -> None:
        asked = dict(self.data["assignment"])
        clauses = asked.pop("clauses")
        assignment = Assignment.objects.create(program=self.program, **asked)
        Clause.objects.bulk_create(
            Clause(assignment=assignment, number=number, text=text, answer=answer)
            for number, (text, answer) in enumerate(clauses, start=1)
        )

    def _framework(self) -> None:
        self.areas: dict[str, Area] = {}
        for order, (key, name, parent) in enumerate(self.data["areas"]):
            self.areas[key] = Area.objects.create(
                program=self.program, order=order, name=name, parent=self.areas.get(parent),
                is_starting_point=parent is None,
            )  # fmt: skip
        self.needs: dict[str, Need] = {}
        for order, (key, title, level, owners, description) in enumerate(self.data["needs"]):
            self.needs[key] = Need.objects.create(
                program=self.program, order=order, title=title, level=level, description=description
            )
            self.needs[key].owners.set(self.roles[name] for name in owners)
        Resource.objects.bulk_create(
            Resource(
                program=self.program, order=order, department=self.departments.get(row.get("department")),
                **{key: value for key, value in row.items() if key != "department"},
            )
            for order, row in enumerate(self.data["resources"])
        )  # fmt: skip

    def _spans(self) -> None:
        spans = Spans(self.organisation, self.departments, by=self.users["hr"])
        spans.add(read("gotland_measures.json"))

    def _dialogues(self) -> None:
        for data in read("gotland_dialogues.json")["dialogues"]:
            dialogue = Dialogue.objects.create(
                program=self.program, held_on=day(data["held_on"]), number_present=data["present"],
                summary=data["summary"], logged_by=self.users["hr"],
            )  # fmt: skip
            dialogue.departments.set([self.departments[data["department"]]])
            dialogue.held_by.set([self.roles["Socialdirektör"], self.roles["HR-chef"]])
            self._statements(dialogue, data["statements"])
            publish(dialogue, hr=self.users["hr"], head=self.users["avdelningschef"])

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
        frame = Frame(self.program, self.departments, self.roles, self.areas, self.needs, by=self.users["hr"])
        add_activities(frame, read("gotland_activities.json")["activities"])

    def _indicators(self) -> None:
        Measures(self.program, by=self.users["hr"]).add(read("gotland_measures.json"))

    def _answers(self) -> None:
        data = read("gotland_answers.json")
        answers = Answers(self.program, self.departments, self.needs, self.users)
        answers.add(data)
        answers.expect(data)

    def _reports(self) -> None:
        told = read("gotland_handling.json")
        add_risks(self.program, self.roles, told["risks"])
        handling = Handling(self.program, self.users, self.roles, self.forums, self.documents)
        handling.add(read("gotland_reports.json")["reports"], told["hearings"], self.frozen)
