"""Several people freeze, approve and hand out the same thing in the same moment."""

import datetime as dt

import pytest

from reports import actions, outline
from reports.models import Handout, Release, WordTemplate
from reports.openness import actions as openness
from reports.openness import package
from reports.word_template import in_use as word_templates
from tests import factories
from tests.threads import at_once
from ui.revision import Stale

pytestmark = pytest.mark.django_db(transaction=True)
LETTER = {key: f"Text om {key}." for key in outline.LETTER}
MANY = 4


def refused(answers: list) -> list:
    return [answer for answer in answers if isinstance(answer, Exception)]


@pytest.fixture
def world():
    return factories.world()


@pytest.fixture
def report(world):
    return factories.report(world.program, texts=LETTER)


def test_a_report_is_frozen_once_however_many_try(world, report):
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    revision = report.revision

    def freeze(_index):
        one = type(report).objects.select_related("program__organisation").get(pk=report.pk)
        return actions.freeze_report(report=one, by=world.users.secretary, revision=revision)

    answers = at_once(MANY, freeze)
    assert [type(error) for error in refused(answers)] == [Stale] * (MANY - 1)
    release = Release.objects.get(report=report)
    assert release.version == 1
    assert sorted(release.files.values_list("form", "part")) == sorted(
        actions.offered(actions.compose(report))
    )


def test_taking_the_approval_back_and_freezing_do_not_both_happen(world, report):
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    revision = report.revision

    def either(index):
        one = type(report).objects.select_related("program__organisation").get(pk=report.pk)
        if index % 2:
            return actions.reopen_report(report=one, revision=revision)
        return actions.freeze_report(report=one, by=world.users.secretary, revision=revision)

    answers = at_once(MANY, either)
    assert len(refused(answers)) == MANY - 1
    report.refresh_from_db()
    assert report.releases.exists() == (report.approved_at is not None)


def test_a_case_is_handed_out_once(world):
    factories.need(world.program, "Enklare system")
    case = Handout.objects.create(
        program=world.program, request="Allt", requested_on=dt.date(2026, 5, 20), records=["need"],
        by=world.users.editor,
    )  # fmt: skip
    seen = package.compose(case).seen

    def hand_out(_index):
        one = Handout.objects.select_related("program__organisation").get(pk=case.pk)
        return openness.hand_out(handout=one, by=world.users.editor, revision=case.revision, seen=seen)

    answers = at_once(MANY, hand_out)
    assert len(refused(answers)) == MANY - 1
    assert all(isinstance(error, (Stale, openness.NotReady)) for error in refused(answers))
    case.refresh_from_db()
    assert case.checksum


def test_one_template_is_in_use_however_many_choose(world):
    rows = [
        word_templates.add_template(
            organisation=world.ours, name=f"M{number}", content=b"x", by=world.users.editor
        )
        for number in range(MANY)
    ]
    answers = at_once(
        MANY, lambda index: word_templates.put_in_use(organisation=world.ours, template=rows[index], seen=0)
    )
    assert [type(error) for error in refused(answers)] == [Stale] * (MANY - 1)
    assert WordTemplate.objects.filter(organisation=world.ours, is_active=True).count() == 1
