"""What the departments are answered, what they meant instead, and what they gave their points to.

responses       [[need, department codes, day, outcome, activity's number, support's name or whom, words]]
objections      [{need, department (code), text, by (account), on, reply, reply_on}]
key_activities  [activity's number]: those that are followed with an expected effect
expectations    [{activity, indicator, department, direction, amount, size, visible, wrong_if}]
amended         [{activity, indicator, on, size, before, reason}]: what was written before the start, changed after
outcomes        [{activity, indicator, on, contribution, others}]
ballot          {question, voted_on, points, picks, voters, options: [[need, points, voters]], reasons: [[need, words]]}
"""

import datetime as dt
from types import SimpleNamespace

from django.utils import translation

from demo.loader.read import day, decimal, noon
from dialogues.actions import answers
from dialogues.models import Ballot, BallotOption, Reason
from metrics.effects import actions as effect_actions
from metrics.effects.queries import followed
from metrics.effects.wording import standing, told
from metrics.models import Expectation, Indicator
from organisation.models import Department, User
from program.models import Activity, Need, Program, Resource, Response
from program.when import parse


class Answers:
    """Lays answers beside a programme's needs."""

    def __init__(
        self,
        program: Program,
        departments: dict[str, Department],
        needs: dict[str, Need],
        users: dict[str, User],
    ) -> None:
        self.program, self.departments, self.needs, self.users = program, departments, needs, users
        self.activities = {row.number: row for row in Activity.objects.filter(program=program)}
        self.support = {row.name: row for row in Resource.objects.filter(program=program)}

    def add(self, data: dict) -> None:
        for row in data["responses"]:
            self._respond(*row)
        for row in data["objections"]:
            self._object(**row)
        self._ballot(data["ballot"])

    def _respond(self, need: str, codes: list[str], on: str, outcome: str, target, text: str) -> None:
        kind = Response.Outcome
        answers.respond(
            need=self.needs[need],
            departments=[self.departments[code] for code in codes],
            outcome=outcome,
            on=day(on),
            by=self.users["hr"],
            activity=self.activities[str(target)] if outcome == kind.ACTIVITY else None,
            resource=self.support[target] if outcome == kind.COVERED else None,
            referred_to=target if outcome == kind.REFERRED else "",
            text=text,
        )

    def _object(
        self, *, need: str, department: str, text: str, by: str, on: str, reply: str = "", reply_on: str = ""
    ) -> None:
        row = answers.object_to(
            need=self.needs[need], department=self.departments[department], text=text, by=self.users[by],
            at=noon(day(on)),
        )  # fmt: skip
        if reply:
            at = noon(day(reply_on))
            answers.reply(need=row.need, objection_pk=row.pk, text=reply, by=self.users["hr"], at=at)

    def _ballot(self, data: dict) -> None:
        """A ballot that was held, with the sums that its votes left."""
        at, hr = noon(day(data["voted_on"])), self.users["hr"]
        ballot = Ballot.objects.create(
            program=self.program, question=data["question"], points=data["points"], picks=data["picks"],
            voters=data["voters"], expected=data["voters"], voted_on=day(data["voted_on"]),
            opened_at=at, opened_by=hr, closed_at=at + dt.timedelta(minutes=9),
            published_at=at + dt.timedelta(minutes=12), published_by=hr,
        )  # fmt: skip
        options = {
            key: BallotOption.objects.create(
                ballot=ballot, need=self.needs[key], text=self.needs[key].title, order=order, points=points,
                pickers=pickers,
            )
            for order, (key, points, pickers) in enumerate(data["options"])
        }  # fmt: skip
        Reason.objects.bulk_create(Reason(option=options[key], text=text) for key, text in data["reasons"])

    def expect(self, data: dict) -> None:
        """What the most important activities should move, what was changed later and what came of it."""
        for key in data["key_activities"]:
            Activity.objects.filter(pk=self.activities[key].pk).update(is_key=True)
        indicators = {row.name: row for row in Indicator.objects.filter(program=self.program)}
        for row in data["expectations"]:
            visible = parse(row["visible"])
            Expectation.objects.create(
                activity=self.activities[row["activity"]], indicator=indicators[row["indicator"]],
                department=self.departments.get(row.get("department")), direction=row["direction"],
                amount=decimal(row.get("amount")), size=row["size"], visible_on=visible.first,
                visible_words=visible.words, wrong_if=row["wrong_if"],
            )  # fmt: skip
        with translation.override("sv"):
            for row in data["amended"]:
                self._amend(row)
            for row in data["outcomes"]:
                self._outcome(row)

    def _effect(self, row: dict) -> Expectation:
        expected = Expectation.objects.filter(activity=self.activities[row["activity"]])
        return expected.get(indicator__name=row["indicator"])

    def _amend(self, row: dict) -> None:
        """The effect was written with other words before the start, and amended to what it says."""
        effect = self._effect(row)
        effect.size = row["before"]
        effect.save()
        before, effect.size = told(effect), row["size"]
        effect_actions.amend_effect(
            effect=effect, before=before, reason=row["reason"], on=day(row["on"]), by=self.users["hr"]
        )

    def _outcome(self, row: dict) -> None:
        """With the verdict as it was that day."""
        on = day(row["on"])
        place = SimpleNamespace(organisation=self.program.organisation, program=self.program)
        effect = self._effect(row)
        found = next(each for each in followed(place, on, pk=effect.pk))
        effect_actions.record_outcome(
            effect=effect, verdict=found.verdict, words=standing(found.verdict, found.laid, effect),
            contribution=row["contribution"], others=row["others"], on=on, by=self.users["hr"],
        )  # fmt: skip
