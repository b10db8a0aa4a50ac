"""What a report says: every claim with its sources, what changed since the last one, and nothing later than its cut-off."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from dialogues.models import Statement
from organisation.models import Forum
from program.models import (
    Assignment,
    Clause,
    Consultation,
    FollowUp,
    FollowUpAnswer,
    Response,
    Risk,
)
from reports import content as c
from reports.facts import compose
from reports.facts.words import after
from reports.models import Hearing
from reports.since import differences, untouched
from tests import factories

BEFORE, CUT_OFF = dt.date(2026, 2, 1), dt.date(2026, 5, 20)
EARLY, LATER = dt.date(2026, 1, 10), dt.date(2026, 5, 21)


def held(world, day, *texts, need=None, published=True):
    """A confirmed dialogue of our department whose statements all speak for a need."""
    row = factories.dialogue(world.program, departments=[world.home], held_on=day)
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    user = world.users.editor
    agreed = {"head_agreed_at": at, "head_agreed_by": user, "hr_agreed_at": at, "hr_agreed_by": user}
    type(row).objects.filter(pk=row.pk).update(
        confirmed_at=at, confirmed_by=user, **(agreed | {"published_at": at} if published else {})
    )
    area = world.program.areas.first()
    for order, text in enumerate(texts, start=1):
        said = Statement.objects.create(dialogue=row, area=area, kind="need", text=text, order=order)
        said.needs.set([need] if need else [])
    return row


def answer(need, day, outcome="open", **fields):
    return Response.objects.create(need=need, on=day, outcome=outcome, **fields)


@pytest.fixture
def told(world):
    """A programme with something of everything, an earlier report and this one."""
    role = factories.role(world.ours)
    assignment = Assignment.objects.create(
        program=world.program, body="Nämnden", decided_on=dt.date(2024, 2, 8), paragraph="§ 17"
    )
    for number, said in enumerate(
        ("Programmets aktiviteter.", "Dialogerna.", "Lägesrapporter.", ""), start=1
    ):
        Clause.objects.create(assignment=assignment, number=number, text=f"Krav {number}", answer=said)
    need = factories.need(world.program, "Enklare system")
    done = factories.activity(world.program, "Klar", number="1", on=EARLY, needs=[need], responsible=[role],
                              hours_per_manager=4)  # fmt: skip
    factories.status(done, "completed", on=dt.date(2026, 4, 1), completed_on=dt.date(2026, 3, 30))
    factories.activity(world.program, "Sen", number="2", on=EARLY, deadline="2026-04-30")
    stopped = factories.activity(world.program, "Stoppad", number="3", on=EARLY)
    factories.status(stopped, "stopped", on=dt.date(2026, 3, 5), comment="Tog för mycket tid.")
    factories.status(stopped, "stopped", on=dt.date(2026, 3, 9), comment="Fortfarande stoppad.")
    first = held(world, EARLY, "Ett", "Två", need=need)
    second = held(world, dt.date(2026, 3, 1), "Tre", need=need, published=False)
    factories.headcounts(world.ours, [(world.home, "1", 33, 1)], as_of=EARLY)
    indicator = factories.indicator(world.program, "Återhämtning", source="Enkäten")
    factories.observation(indicator, dt.date(2026, 1, 31), counts=(41, 60, 69))
    factories.observation(indicator, dt.date(2026, 4, 30), counts=(50, 60, 69), known_on=dt.date(2026, 5, 2))
    Risk.objects.create(program=world.program, title="Vakanser", seen_on=dt.date(2026, 3, 3))
    forum = world.ours.forums.get()
    Consultation.objects.create(
        program=world.program, forum=forum, held_on=dt.date(2026, 3, 4), outcome="Information."
    )
    earlier = factories.report(world.program, "2025H2", cut_off=BEFORE, meets_on=dt.date(2026, 2, 20))
    Hearing.objects.create(
        report=earlier, forum=forum, held_on=dt.date(2026, 2, 20), paragraph="§ 9", outcome="Godkändes."
    )
    report = factories.report(world.program)
    return dataclasses.make_dataclass(
        "Told", ["report", "earlier", "need", "done", "first", "second", "indicator", "role"]
    )(report, earlier, need, done, first, second, indicator, role)  # fmt: skip


def blocks(composed, key: str) -> list:
    return list(next(row for row in composed.sections if row.key == key).blocks)


def table(composed, section: str, key: str) -> c.Table:
    (found,) = (row for row in blocks(composed, section) if isinstance(row, c.Table) and row.key == key)
    return found


def changes(composed, section: str) -> c.Changes:
    (found,) = (row for row in blocks(composed, section) if isinstance(row, c.Changes))
    return found


def sources(composed) -> dict[str, c.Source]:
    return {row.code: row for row in composed.sources}


def source(composed, kind: str, title: str) -> c.Source:
    (found,) = (row for row in composed.sources if (row.kind, row.title) == (kind, title))
    return found


# The chain


def test_an_activity_rests_on_its_needs_and_these_on_the_words_that_speak_for_them(told):
    composed = compose(told.report)
    known = sources(composed)
    activity = source(composed, "activity", "Klar")
    assert activity.detail == "nr 1, lägesrapport 1 april 2026: genomförd, klart senast 31 december 2026"
    (need,) = activity.refs
    assert (known[need].title, known[need].pk) == ("Enklare system", told.need.pk)
    first, second = known[need].refs
    assert (known[first].pk, known[second].pk) == (told.first.pk, told.second.pk)
    assert known[need].detail == f"{first} utsaga 1 och 2; {second}, inte publicerad"
    assert known[first].detail == "10 januari 2026, två inspel"


def test_a_withheld_statement_is_not_named(told):
    told.first.statements.filter(order=1).update(is_withheld=True)
    composed = compose(told.report)
    need = source(composed, "need", "Enklare system")
    assert need.detail.startswith(f"{need.refs[0]} utsaga 2;")


def test_an_indicator_tells_its_latest_values_when_they_were_registered_and_whence(told):
    found = source(compose(told.report), "indicator", "Återhämtning")
    assert found.detail == (
        "senaste värden: april 2026 83,3\u00a0% (registrerat 2 maj 2026), januari 2026 68,3\u00a0%; källa: Enkäten"
    )


def test_a_computed_indicator_rests_on_the_headcounts(world, told):
    factories.indicator(
        world.program, "Chefer över grundtalet", kind="share", subject="staffing", computed="over_base"
    )
    composed = compose(told.report)
    found = source(composed, "indicator", "Chefer över grundtalet")
    assert [sources(composed)[code].title for code in found.refs] == ["Personalrapport 10 januari 2026"]


UNSOURCED = {"process", "parts", "support"}  # how the work goes rests on nothing else


@pytest.mark.parametrize("kind", ["plan", "half_year", "final", "monthly", "feedback"])
def test_every_row_point_and_reference_can_be_followed(told, kind):
    told.report.kind = kind
    composed = compose(told.report)
    known, keys = sources(composed), []
    for section in composed.sections:
        for block in section.blocks:
            if isinstance(block, c.Table):
                keys.append(block.key)
                if block.key not in UNSOURCED:
                    assert len(block.refs) == len(block.rows), block.key
            told_of = getattr(block, "refs", ())
            codes = [code for row in told_of for code in ((row,) if isinstance(row, str) else row)]
            assert set(codes) <= set(known), section.key
    assert all(keys)
    assert len(keys) == len(set(keys))
    assert {code for row in composed.sources for code in row.refs} <= set(known)


# Since the last report


def test_each_section_tells_what_changed(told):
    composed = compose(told.report)
    assert changes(composed, "done").items == ("Stoppad: 3. Stoppad. Tog för mycket tid.",)
    assert changes(composed, "activities").items == (
        "En aktivitet är genomförd: 1. Klar.",
        "En är stoppad: 3. Stoppad.",
        "En har blivit försenad: 2. Sen.",
    )
    assert changes(composed, "dialogues").items == ("Ny: Hemtjänsten, 1 mars 2026.",)
    assert changes(composed, "indicators").items == ("Återhämtning: ett nytt värde, april 2026 83,3\u00a0%.",)
    assert changes(composed, "risks").items == (
        "Ny risk: Vakanser (medelstor).",
        "Försenad: 2. Sen.",
        "Stoppad: 3. Stoppad.",
    )
    assert changes(composed, "consultation").items == ("Nämnden ostra 4 mars 2026.",)
    assert changes(composed, "burden").items == (
        "Tar inte längre tid: 1. Klar, 4 timmar per chef (genomförd).",
    )
    assert changes(composed, "span").items == ("Inget har ändrats sedan förra rapporten.",)
    assert changes(composed, "next").items == (
        "Ett slutdatum låg framför oss i förra rapporten och har passerat: en är försenad.",
    )


def test_a_first_report_has_nothing_to_compare_with(told):
    composed = compose(told.earlier)
    assert not [block for row in composed.sections for block in row.blocks if isinstance(block, c.Changes)]


def test_nothing_changed_is_said(told):
    later = factories.report(told.report.program, "2026H2", cut_off=LATER, meets_on=LATER)
    composed = compose(later)
    said = {row.key: [b.items for b in row.blocks if isinstance(b, c.Changes)] for row in composed.sections}
    nothing = [("Inget har ändrats sedan förra rapporten.",)]
    assert {key: said[key] for key in ("activities", "dialogues", "indicators", "risks", "burden")} == dict.fromkeys(
        ("activities", "dialogues", "indicators", "risks", "burden"), nothing
    )  # fmt: skip


def test_a_verdict_that_is_now_otherwise_tells_from_what_to_what(told):
    for month, positive in ((2, 20), (3, 21), (4, 59)):
        last = dt.date(2026, month, 28)
        told.indicator.observations.filter(last_day__month=month).delete()
        factories.observation(told.indicator, last, counts=(positive, 60, 69))
    told.indicator.baseline_on = dt.date(2026, 1, 31)
    told.indicator.save()
    items = changes(compose(told.report), "indicators").items
    assert items[0].startswith(
        "Återhämtning: från kan inte avgöras ännu till tecken på förflyttning. Skillnaden är"
    )
    assert items[1] == "Återhämtning: tre nya värden, senast 1 apr – 28 april 2026 98,3\u00a0%."


def test_new_needs_and_answers_are_told(world, told):
    need = factories.need(world.program, "Handledning")
    held(world, dt.date(2026, 4, 2), "Fyra", need=need)
    answer(told.need, dt.date(2026, 4, 5), "activity", activity=told.done, department=world.home)
    items = changes(compose(told.report), "dialogues").items
    assert items[-2:] == (
        "Ett nytt behov: Handledning.",
        "En återkoppling har getts: en möts av en aktivitet. En väntar på svar; vid förra rapporten en.",
    )


def test_a_revised_value_is_told_with_its_reason(told):
    last = dt.date(2026, 1, 31)
    factories.observation(told.indicator, last, counts=(30, 60, 69), revision=2, revision_reason="Rättad fil",
                          known_on=dt.date(2026, 3, 1))  # fmt: skip
    assert changes(compose(told.report), "indicators").items[-1] == (
        "Återhämtning: ett nytt värde, april 2026 83,3\u00a0%; värdet för januari 2026 är reviderat från 68,3\u00a0% "
        "till 50\u00a0% (Rättad fil)."
    )


# As at the cut-off


def test_what_comes_after_the_cut_off_changes_nothing(world, told):
    before = c.to_json(compose(told.report))
    later = factories.need(world.program, "Nytt behov", made_on=LATER)
    told.done.needs.add(later)
    new = factories.activity(world.program, "Efteråt", on=LATER, needs=[told.need], hours_per_manager=9)
    factories.status(told.done, "under_way", on=LATER)
    held(world, LATER, "Senare", need=later)
    answer(told.need, LATER, "activity", activity=new, department=world.home)
    factories.indicator(world.program, "Nytt mått", made_on=LATER)
    factories.observation(told.indicator, dt.date(2026, 6, 30), counts=(1, 60, 69))
    Risk.objects.create(program=world.program, title="Ny risk", seen_on=LATER)
    Risk.objects.update(closed_on=LATER, outcome="Borta.")
    forum = world.ours.forums.get()
    Consultation.objects.create(program=world.program, forum=forum, held_on=LATER)
    Hearing.objects.create(report=told.earlier, forum=forum, held_on=LATER, outcome="Senare beslut.")
    type(told.second).objects.filter(pk=told.second.pk).update(
        head_agreed_at=timezone.now(), head_agreed_by=world.users.editor, hr_agreed_at=timezone.now(),
        hr_agreed_by=world.users.editor, published_at=timezone.now(),
    )  # fmt: skip
    row = FollowUp.objects.create(activity=told.done, planned_on=EARLY, held_on=LATER)
    FollowUpAnswer.objects.create(follow_up=row, question="Gav den önskad effekt?", verdict="yes")
    assert c.to_json(compose(told.report)) == before


def test_a_need_from_before_that_nobody_has_spoken_for_is_told(world, told):
    factories.need(world.program, "Tyst behov", made_on=CUT_OFF)
    rows = table(compose(told.report), "dialogues", "needs").rows
    assert [row[0] for row in rows] == ["Enklare system", "Tyst behov"]


def test_a_need_that_was_spoken_for_is_told_whenever_it_was_written_down(world, told):
    need = factories.need(world.program, "Sent inlagt", made_on=LATER)
    held(world, dt.date(2026, 5, 2), "Sagt i tid", need=need)
    rows = table(compose(told.report), "dialogues", "needs").rows
    assert [row[0] for row in rows] == ["Enklare system", "Sent inlagt"]


def test_what_is_changed_afterwards_is_found(told):
    frozen = compose(told.report)
    factories.status(told.done, "stopped", on=dt.date(2026, 5, 1), comment="Ändrat i efterhand.")
    found = differences(frozen, compose(told.report))
    assert ("Alla aktiviteter", "1. Klar", "Status", "genomförd", "stoppad") in [
        (row.caption, row.row, row.column, row.then, row.now) for row in found
    ]
    assert differences(frozen, frozen) == []


def test_texts_taken_over_word_for_word_are_untouched(told):
    told.earlier.sections.filter(key__in=("span", "next")).update(text="Samma text.")
    told.report.sections.filter(key__in=("span", "risks")).update(text="Samma text.")
    assert untouched(compose(told.earlier), compose(told.report)) == {"span"}


# The assignment and the goal


def test_each_clause_tells_what_answers_it_and_how_far(told):
    composed = compose(told.report)
    found = table(composed, "clauses", "clauses")
    assert [row[3] for row in found.rows] == [
        "En av tre aktiviteter är genomförd",
        "Två dialoger är hållna",
        "En rapport är behandlad i nämnden, senast 20 februari 2026",
        "–",
    ]
    assert found.rows[3][2] == "Inget svar ännu"
    clauses = [row for row in composed.sources if row.kind == "clause"]
    kinds = [[sources(composed)[code].kind for code in row.refs] for row in clauses]
    assert kinds == [["activity"] * 3, ["dialogue"] * 2, ["hearing"], []]
    assert changes(composed, "clauses").items[0] == (
        "Nr 1: en av tre aktiviteter är genomförd. I förra rapporten: ingen av tre aktiviteter är genomförd."
    )


def test_the_goal_stands_with_the_measures_that_have_a_target(world, told):
    world.program.goal = "Trygga förändringsledare."
    world.program.save()
    factories.indicator(world.program, "Med mål", target="0.8", target_on=dt.date(2027, 10, 31))
    composed = compose(told.report)
    assert "Programmets mål: Trygga förändringsledare." in [
        block.text for block in blocks(composed, "clauses") if isinstance(block, c.Sentence)
    ]
    assert [row[0] for row in table(composed, "clauses", "goal").rows] == ["Med mål"]


# Kinds


def test_the_final_report_asks_the_five_questions(told):
    told.report.kind = "final"
    row = FollowUp.objects.create(activity=told.done, planned_on=EARLY, held_on=dt.date(2026, 5, 1))
    FollowUpAnswer.objects.create(
        follow_up=row, question="Gav den önskad effekt?", verdict="partly", text="För nya chefer."
    )
    FollowUpAnswer.objects.create(follow_up=row, question="Gav den ny insikt?", text="Ja, om mötena.")
    composed = compose(told.report)
    method = table(composed, "lessons", "method")
    assert len(method.rows) == 5
    assert method.rows[1] == ("Gav den önskad effekt?", "0", "1", "0", "0", "–")
    assert table(composed, "lessons", "question-2").rows == (
        ("1. Klar", "1 maj 2026", "Delvis. För nya chefer."),
    )
    assert table(composed, "activities", "stopped").rows == (
        ("3. Stoppad", "5 mars 2026", "Tog för mycket tid."),
    )


def test_feedback_tells_managers_what_became_of_what_they_said(world, told):
    told.report.kind = "feedback"
    answer(told.need, dt.date(2026, 4, 5), "activity", activity=told.done, department=world.home)
    composed = compose(told.report)
    assert table(composed, "heard", "heard").rows == (
        ("Enklare system", "3", "Klar (genomförd)", "1 möts av en aktivitet"),
    )
    assert table(composed, "done", "completed").rows[0][:2] == ("Klar", "Enklare system")


def test_the_months_measures_are_drawn_month_by_month(world, told):
    told.report.kind = "monthly"
    monthly = factories.indicator(
        world.program, "Sjukfrånvaro", kind="rate", subject="health", period_kind="monthly"
    )
    for month in (1, 2, 3):
        factories.observation(monthly, dt.date(2026, month, 28), value="0.05")
    composed = compose(told.report)
    charts = [block.caption for block in blocks(composed, "indicators") if isinstance(block, c.Chart)]
    assert charts[0].startswith("Sjukfrånvaro, månad för månad.")
    assert [row.key for row in composed.sections] == ["indicators", "span"]


@pytest.mark.parametrize("kind", ["plan", "half_year", "final", "monthly", "feedback"])
@pytest.mark.parametrize("rows", [1, 6])
def test_composing_takes_as_many_queries_whatever_there_is(
    world, told, kind, rows, django_assert_num_queries
):
    told.report.kind = kind
    forum = Forum.objects.get(organisation=world.ours)
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        row = factories.activity(
            world.program, f"Aktivitet {number}", needs=[need], hours_per_manager=2, months=[3]
        )
        held(world, dt.date(2026, 3, 2), "Ett", "Två", need=need)
        answer(need, dt.date(2026, 4, 2), "activity", activity=row, department=world.home)
        indicator = factories.indicator(
            world.program, f"Mått {number}", target="0.8", target_on=dt.date(2027, 1, 31)
        )
        for day in (dt.date(2026, 1, 31), dt.date(2026, 4, 30)):
            factories.observation(indicator, day, counts=(41, 60, 69))
            factories.observation(indicator, day, counts=(41, 60, 69), department=world.home)
        Risk.objects.create(program=world.program, title=f"Risk {number}", seen_on=dt.date(2026, 3, 3))
        Consultation.objects.create(program=world.program, forum=forum, held_on=dt.date(2026, 3, 4))
        Hearing.objects.create(
            report=told.earlier, forum=forum, held_on=dt.date(2026, 3, 4), outcome="Godkändes."
        )
        follow_up = FollowUp.objects.create(activity=row, planned_on=EARLY, held_on=dt.date(2026, 5, 1))
        FollowUpAnswer.objects.create(follow_up=follow_up, question="Gav den ny insikt?", text="Ja.")
    with django_assert_num_queries(QUERIES[kind]):
        compose(told.report)


QUERIES = {"plan": 49, "half_year": 49, "final": 47, "monthly": 22, "feedback": 23}


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("Försenad. Leverantören väntar", "Leverantören väntar."),
        ("försenad", ""),
        ("Försenad av leverantören.", "Försenad av leverantören."),
        ("", ""),
    ],
)
def test_a_status_that_a_comment_begins_with_is_not_said_twice(comment, told):
    assert after("försenad", comment) == told
