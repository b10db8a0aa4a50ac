"""Every address, walked as everybody: nothing of another organisation is reached, and roles hold."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from dialogues.models import Ballot, BallotOption, Objection, Reason
from metrics.models import Expectation, HeadcountFile, LinkedAnswers, ObservationFile
from organisation.access import Kind
from program.models import (
    AnnualEvent,
    Area,
    Attachment,
    ChangeSet,
    Clause,
    Consultation,
    Document,
    Doubt,
    FollowUp,
    Passage,
    PlanFile,
    PlanLink,
    ProcessStep,
    ProgramPart,
    Resource,
    Risk,
    Step,
)
from reports.models import Handout, Hearing, Instruction, Mask, WordTemplate
from tests import factories
from tests.factories import DAY

# Addresses that need no sign-in, each with its reason. A line that no longer fits fails the test.
OPEN = {
    "healthz": "whoever watches the server has no account",
    "set-language": "the sign-in page can be read in English",
    "login": "it is where one signs in",
    "password_reset_confirm": "a new user has no password yet",
    "password_reset_complete": "it follows on that page",
    "calendar-feed": "calendar programs cannot sign in; the address holds a secret",
    "reminders-stop": "the letter's own way out, by a signed token",
    "vote-start": "participants vote without an account; here they type the code that the room is shown",
    "vote": "participants vote without an account, by the code",
    "vote-reason": "so do the reasons that they give",
}
WITHOUT_A_DOOR = {
    **OPEN,
    "start": "sends each user to the own organisation",
    "logout": "it is about the user alone",
    "password_change": "it is about the user alone",
    "password_change_done": "it is about the user alone",
    "styleguide": "components without data, debug only",
}


def patterns(resolver=None, prefix="", name=""):
    """Every address pattern: (full name, route, callback)."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{name}{entry.namespace}:" if entry.namespace else name
            yield from patterns(entry, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield f"{name}{entry.name}", prefix + str(entry.pattern), entry.callback


ADDRESSES = list(patterns())


def filled(route: str, ids: dict, organisation: str, program: str) -> list[str]:
    """Concrete paths for a route: its converters and groups filled with what exists."""
    route = route.replace("^", "").replace("$", "").replace("\\.", ".")
    route = route.replace("<slug:organisation>", organisation).replace("<slug:program>", program)
    route = route.replace("<slug:record>", "plan_file")
    route = route.replace("<uidb64>/<token>", "MQ/abc-def")
    choices = {
        "noun": ["arbetsgang", "omrade", "del", "samverkan", "risk", "underlag", "stod", "oklarhet"]
        if "uppdrag/" in route
        else ["delatgard", "uppfoljning", "koppling"]
        if "aktiviteter/" in route
        else ["avdelning", "chefsomrade", "roll", "forum", "foregangare"],
        "step": ["oppna", "stang", "publicera", "kopiera", "ta-bort"]
        if "prioriteringar" in route
        else ["bekrafta", "publicera", "dra-tillbaka", "ta-bort"] if "dialoger" in route else ["godkann", "oppna", "faststall"],
        "part": ["all"],
        "form": ["xlsx", "csv"] if "plan" in route or "las-in" in route else ["pdf"],
        "owner": ["aktiviteter", "underlag"],
        "period": ["2026H1"],
        "kind": ["halvar"],
    }  # fmt: skip
    paths = [route]
    for key, values in choices.items():
        group = re.compile(rf"\(\?P<{key}>(?:[^()]|\([^()]*\))*\)|<(?:period|{key}):{key}>")
        paths = [
            group.sub(value, path) for path in paths for value in (values if group.search(path) else [""])
        ]
    done = []
    for path in paths:
        path = re.sub(r"\(\?P<(pk|part_pk)>[^)]*\)", r"<id:\1>", path)
        first, second = ids_for(path, ids)
        done.append("/" + path.replace("<id:pk>", str(first)).replace("<id:part_pk>", str(second)).replace(
            "<id:observation_pk>", str(second)))  # fmt: skip
    return done


def ids_for(path: str, ids: dict) -> tuple[int, int]:
    """Keys of rows of the hidden organisation that fit the path."""
    for word, pair in ids.items():
        if word in path:
            return pair
    return (1, 1)


@pytest.fixture
def hidden_ids(world):
    """One row of everything in the other organisation, by a word of its address."""
    program, department = world.hidden, world.theirs.departments.first()
    activity = factories.activity(program, "Hemlig aktivitet")
    step = Step.objects.create(activity=activity, text="Hemligt steg")
    follow_up = FollowUp.objects.create(activity=activity, planned_on=DAY)
    dialogue = factories.dialogue(program, departments=[department], statements=["Hemligt inspel"])
    headcounts = factories.headcounts(world.theirs, [(department, "9901", 12, 1)])
    indicator = factories.indicator(program, "Hemligt mått")
    observation = factories.observation(indicator, DAY, value=1)
    report = factories.report(program)
    area = program.areas.first()
    clause_home = program.assignments.create(body="Nämnden", decided_on=DAY)
    clause = Clause.objects.create(assignment=clause_home, number=1, text="Hemlig att-sats")
    need = factories.need(program, "Hemligt behov")
    objection = Objection.objects.create(
        need=need, department=department, text="Hemlig invändning", at=timezone.now()
    )
    ballot = Ballot.objects.create(program=program, question="Hemlig fråga")
    option = BallotOption.objects.create(ballot=ballot, text="Hemligt alternativ")
    hearing = Hearing.objects.create(report=report, forum=world.theirs.forums.first(), held_on=DAY)
    member = world.theirs.memberships.first()
    attached = Attachment.objects.create(
        program=program, activity=activity, name="hemlig.pdf", content_type="application/pdf", size=1, sha256="x",
        content=b"x",
    )  # fmt: skip
    handout = Handout.objects.create(
        program=program, request="Hemlig begäran", requested_on=DAY, records=["need"], by=member.user
    )
    return {
        "rapporter/uppdrag": (Instruction.objects.create(hearing=hearing, text="Hemligt uppdrag").pk, 0),
        "matt/las-in": (
            ObservationFile.objects.create(program=program, name="hemlig.csv", content=b"x").pk,
            0,
        ),
        "las-in": (PlanFile.objects.create(program=program, name="hemlig.csv", content=b"x").pk, 0),
        "flera": (ChangeSet.objects.create(program=program, what="Hemlig ändring").pk, 0),
        "bilagor": (attached.pk, 0),
        "aterkoppling": (need.pk, 0),
        "invandning": (need.pk, objection.pk),
        "ta-tillbaka": (department.pk, objection.pk),
        "sa-menade-vi-inte": (department.pk, need.pk),
        "prioriteringar": (ballot.pk, Reason.objects.create(option=option, text="Hemligt skäl").pk),
        "koppling": (activity.pk, PlanLink.objects.create(activity=activity, plan="budget", year=2026).pk),
        "delatgard": (activity.pk, step.pk),
        "uppfoljning": (activity.pk, follow_up.pk),
        "effekt": (
            activity.pk,
            Expectation.objects.create(activity=activity, indicator=indicator, direction="up").pk,
        ),
        "aktiviteter": (activity.pk, 0),
        "ratta": (dialogue.pk, dialogue.statements.first().pk),
        "dialoger": (dialogue.pk, 0),
        "wordmall": (
            WordTemplate.objects.create(
                organisation=world.theirs, name="Hemlig mall", content=b"x", sha256="x", by=member.user
            ).pk,
            0,
        ),
        "behov": (need.pk, 0),
        "personalsiffror/fil": (
            HeadcountFile.objects.create(
                organisation=world.theirs, name="hemlig.csv", content=b"x", as_of=DAY, basis="Hemligt"
            ).pk,
            0,
        ),
        "personalsiffror/rad": (headcounts.headcounts.first().pk, 0),
        "personalsiffror": (headcounts.pk, 0),
        "chefsomraden": (headcounts.headcounts.first().unit_id, 0),
        "riktlinje": (world.theirs.guidelines.get().pk, 0),
        "foregangare": (world.theirs.predecessors.create(name="Hemlig föregångare").pk, 0),
        "kopplade-svar": (
            indicator.pk,
            LinkedAnswers.objects.create(
                indicator=indicator,
                earlier=dt.date(2024, 3, 1),
                later=DAY,
                both=20,
                gained=5,
                lost=5,
                neither=20,
                state="draft",
            ).pk,
        ),
        "matt": (indicator.pk, observation.pk),
        "utlamnande": (
            handout.pk,
            Mask.objects.create(
                handout=handout, record="need", row=need.pk, field="title", ground="x", by=member.user
            ).pk,
        ),
        "avsnitt": (report.sections.first().pk, 0),
        "behandling": (hearing.pk, 0),
        "att-sats": (clause.pk, 0),
        "omrade": (area.pk, 0),
        "arbetsgang": (
            ProcessStep.objects.create(program=program, text="x", first_day=DAY, last_day=DAY).pk,
            0,
        ),
        "del/": (ProgramPart.objects.create(program=program, number=1, covers="x").pk, 0),
        "samverkan": (
            Consultation.objects.create(program=program, forum=world.theirs.forums.first(), held_on=DAY).pk,
            0,
        ),
        "risk": (Risk.objects.create(program=program, title="Hemlig risk", seen_on=DAY).pk, 0),
        "underlag": (Document.objects.create(program=program, title="Hemligt", dated=DAY).pk, 0),
        "oklarhet": (Doubt.objects.create(program=program, text="Hemligt", pinned_on=DAY).pk, 0),
        "textstallen": (Passage.objects.create(program=program, area=area, quote="Hemligt").pk, 0),
        "arshjul": (AnnualEvent.objects.create(program=program, name="Hemlig process", months=[3]).pk, 0),
        "stod": (Resource.objects.create(program=program, kind="system", name="Hemligt").pk, 0),
        "avdelning": (department.pk, 0),
        "chefsomrade/": (headcounts.headcounts.first().unit_id, 0),
        "roll": (world.theirs.roles.first().pk, 0),
        "forum": (world.theirs.forums.first().pk, 0),
        "anvandare": (member.pk, 0),
        "utkast": (1, 0),
    }


def test_every_address_below_an_organisation_goes_through_the_door():
    assert {name for name, _route, view in ADDRESSES if not hasattr(view, "has_door")} == set(
        WITHOUT_A_DOOR
    ) - ({"styleguide"} if "styleguide" not in {name for name, *_rest in ADDRESSES} else set())


def test_open_addresses_are_the_listed_ones(client, db):
    names = {name for name, _route, view in ADDRESSES if not getattr(view, "login_required", True)}
    assert names == set(OPEN)


def test_anonymous_is_sent_to_sign_in(client, world, hidden_ids):
    for name, route, _view in ADDRESSES:
        if name in OPEN:
            continue
        for path in filled(route, hidden_ids, "ostra", "chefer"):
            for method in (client.get, client.post):
                response = method(path)
                assert response.status_code == 302, path
                assert response["Location"].startswith("/konto/logga-in/"), path


@pytest.mark.parametrize("kind", Kind.values)
def test_another_organisation_is_not_found(sign_in, world, hidden_ids, kind):
    """By its own address, and by its rows' keys under our own."""
    client = sign_in(getattr(world.users, kind))
    for name, route, _view in ADDRESSES:
        if "<slug:organisation>" not in route:
            continue
        for path in filled(route, hidden_ids, "vastra", "hemlig"):
            for method in (client.get, client.post):
                assert method(path).status_code in (404, 405), path
        if "<id:pk>" not in route and "(?P<pk>" not in route:
            continue
        for path in filled(route, hidden_ids, "ostra", "chefer"):
            for method in (client.get, client.post):
                response = method(path)
                assert response.status_code in (403, 404, 405), (name, path)
                assert "emlig" not in response.content.decode().lower().replace("hemlighet", ""), path


@pytest.mark.parametrize("kind", Kind.values)
def test_reading_never_writes(sign_in, world, kind):
    """Every page of our own, fetched by every role with a connection that refuses to write."""
    client = sign_in(getattr(world.users, kind))
    activity = factories.activity(world.program)
    dialogue = factories.dialogue(world.program, departments=[world.home], statements=["Ett inspel"])
    factories.headcounts(world.ours, [(world.home, "1001", 33, 1)])
    report = factories.report(world.program)
    value = factories.observation(factories.indicator(world.program), DAY, value=1, state="draft")
    handout = Handout.objects.create(
        program=world.program, request="Allt", requested_on=DAY, records=["need"], by=world.users.editor
    )
    ids = {
        "matt": (value.indicator_id, value.pk),
        "prioriteringar": (Ballot.objects.create(program=world.program, question="Vår fråga").pk, 0),
        "aktiviteter": (activity.pk, 0),
        "ratta": (dialogue.pk, dialogue.statements.first().pk),
        "dialoger": (dialogue.pk, 0),
        "utlamnande": (handout.pk, 0),
        "avsnitt": (report.sections.first().pk, 0),
        "omraden/": (world.program.areas.first().pk, 0),
    }

    def refuse(execute, sql, params, many, context):
        if sql.split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            assert "django_session" in sql, sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        for name, route, _view in ADDRESSES:
            if "<slug:organisation>" in route and name != "logout":
                for path in filled(route, ids, "ostra", "chefer"):
                    assert client.get(path).status_code in (200, 302, 403, 404, 405), path


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("editor", "/ostra/chefer/"),
        ("department_head", "/ostra/chefer/dialoger/"),
        ("director", "/ostra/chefer/rapporter/"),
        ("secretary", "/ostra/chefer/rapporter/"),
        ("manager", "/ostra/chefer/dialoger/"),
        ("reader", "/ostra/chefer/rapporter/"),
        ("admin", "/ostra/-/anvandare/"),
    ],
)
def test_signing_in_leads_each_role_to_its_work(sign_in, world, kind, expected):
    response = sign_in(getattr(world.users, kind)).get("/", follow=True)
    assert response.redirect_chain[-1][0] == expected
    assert response.status_code == 200


def test_a_user_in_no_organisation_is_told_whom_to_ask(sign_in, django_user_model, db):
    response = sign_in(django_user_model.objects.create(username="ny")).get("/")
    assert response.status_code == 200
    assert "systemägaren" in response.content.decode().lower()


def test_a_user_in_two_organisations_can_switch(sign_in, world):
    user = world.users.editor
    factories.add_member(organisation=world.theirs, username=user.username, kind=Kind.READER)
    page = sign_in(user).get("/ostra/chefer/").content.decode()
    assert 'href="/vastra/"' in page
    assert sign_in(user).get("/vastra/", follow=True).status_code == 200


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind != Kind.EDITOR])
def test_only_hr_edits_the_programme(sign_in, world, kind):
    activity = factories.activity(world.program)
    client = sign_in(getattr(world.users, kind))
    for path in ("aktiviteter/ny/", f"aktiviteter/{activity.pk}/andra/", f"aktiviteter/{activity.pk}/rad/",
                 "behov/nytt/", "rapporter/ny/", "matt/ny/"):  # fmt: skip
        response = client.get(f"/ostra/chefer/{path}")
        assert response.status_code == 403, path
        assert "Din roll kan inte göra detta" in response.content.decode()


def test_a_department_head_reports_on_own_activities_alone(sign_in, world):
    client = sign_in(world.users.department_head)
    own = factories.activity(world.program, "Egen", departments=[world.home])
    other = factories.activity(world.program, "Andras", departments=[world.other])
    assert client.get(f"/ostra/chefer/aktiviteter/{own.pk}/lage/").status_code == 200
    assert client.get(f"/ostra/chefer/aktiviteter/{other.pk}/lage/").status_code == 403


def test_form_choices_stay_within_the_organisation(sign_in, world):
    client = sign_in(world.users.editor)
    for path in ("aktiviteter/", "aktiviteter/ny/", "dialoger/ny/", "behov/nytt/", "uppdrag/omrade/ny/"):
        page = client.get(f"/ostra/chefer/{path}").content.decode()
        assert "emlig" not in page, path


def test_a_choice_of_another_organisation_is_refused(sign_in, world):
    client = sign_in(world.users.editor)
    area = Area.objects.get(program=world.hidden)
    data = {"title": "Ny", "area": area.pk, "level": "organisation"}
    response = client.post("/ostra/chefer/aktiviteter/ny/", data)
    assert response.status_code == 200
    assert not world.program.activities.exists()
    assert "Hemligt" not in response.content.decode()
    assert client.get(f"/ostra/chefer/aktiviteter/?area={area.pk}").status_code == 200
