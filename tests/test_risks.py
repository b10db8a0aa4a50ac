"""Risks: seen on a day, closed on a day, kept by HR, told in the report of the period."""

import datetime as dt

import pytest

from program.models import Risk
from reports.facts import compose
from tests import factories

PAGE = "/ostra/chefer/uppdrag/"
NEW = f"{PAGE}risk/ny/"
TYPED = {"title": "Vakanser", "weight": "large", "measure": "Resurschef.", "seen_on": "2026-04-10"}


def risk(program, title: str = "Vakanser", seen_on=dt.date(2026, 4, 10), **fields) -> Risk:
    return Risk.objects.create(program=program, title=title, seen_on=seen_on, **fields)


def test_hr_keeps_a_risk_from_seen_to_closed(sign_in, world, today):
    client = sign_in(world.users.editor)
    owner = world.ours.roles.get()
    assert client.get(NEW).context["form"]["seen_on"].value() == today
    assert client.post(NEW, TYPED | {"owner": owner.pk}).status_code == 302
    row = Risk.objects.get()
    assert (row.program, row.owner, row.weight) == (world.program, owner, "large")
    page = client.get(PAGE).content.decode()
    assert "Vakanser" in page
    assert "Resurschef." in page
    closing = TYPED | {"closed_on": "2026-05-02", "outcome": "Tjänsterna är tillsatta."}
    assert client.post(f"{PAGE}risk/{row.pk}/", closing).status_code == 302
    page = client.get(PAGE).content.decode()
    assert "Tjänsterna är tillsatta." in page
    assert "2 maj 2026" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"seen_on": ""}, "seen_on"),
        ({"closed_on": "2026-04-09"}, "__all__"),
        ({"outcome": "Tillsatta."}, "closed_on"),
        ({"weight": "enorm"}, "weight"),
    ],
)
def test_a_wrong_risk_is_told_and_nothing_typed_is_lost(sign_in, world, changes, field):
    response = sign_in(world.users.editor).post(NEW, TYPED | changes)
    assert list(response.context["form"].errors) == [field]
    assert "Resurschef." in response.content.decode()
    assert not Risk.objects.exists()


def test_another_organisations_roles_and_risks_are_out_of_reach(sign_in, world):
    client = sign_in(world.users.editor)
    response = client.post(NEW, TYPED | {"owner": world.theirs.roles.get().pk})
    assert list(response.context["form"].errors) == ["owner"]
    theirs = risk(world.hidden, "Hemlig risk")
    assert client.get(f"{PAGE}risk/{theirs.pk}/").status_code == 404
    assert "Hemlig risk" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("kind", ["department_head", "director", "secretary", "manager", "reader"])
def test_only_hr_edits(sign_in, world, kind):
    row = risk(world.program)
    client = sign_in(getattr(world.users, kind))
    for address in (NEW, f"{PAGE}risk/{row.pk}/"):
        assert client.get(address).status_code == 403
        assert client.post(address, TYPED).status_code == 403
    page = client.get(PAGE).content.decode()
    assert "risk/ny/" not in page
    assert ("Vakanser" in page) == (kind != "reader")


def section(composed, key: str = "risks"):
    return next(row for row in composed.sections if row.key == key)


def told(composed) -> dict[str, tuple[str, ...]]:
    (table,) = (block for block in section(composed).blocks if getattr(block, "key", "") == "risks")
    return {row[0]: row for row in table.rows}


def test_the_report_tells_risks_as_they_stood(world):
    risk(world.program, "Öppen", measure="Vi gör.", owner=world.ours.roles.get())
    risk(
        world.program,
        "Stängd i perioden",
        dt.date(2025, 12, 1),
        closed_on=dt.date(2026, 5, 1),
        outcome="Löst.",
    )
    risk(world.program, "Kort", dt.date(2026, 3, 1), closed_on=dt.date(2026, 3, 9))
    risk(world.program, "Stängd förr", dt.date(2025, 1, 1), closed_on=dt.date(2025, 12, 1))
    risk(world.program, "Stängd sedan", closed_on=dt.date(2026, 5, 21), outcome="Sen.")
    risk(world.program, "Sedd sedan", dt.date(2026, 5, 21))
    factories.report(world.program, "2025H2", cut_off=dt.date(2026, 2, 1), meets_on=dt.date(2026, 2, 20))
    composed = compose(factories.report(world.program))
    rows = told(composed)
    assert list(rows) == ["Öppen", "Stängd sedan", "Stängd i perioden", "Kort"]
    assert rows["Öppen"][1:] == ("medelstor", "Vi gör.", "HR-chef", "öppen sedan 10 april 2026")
    assert rows["Stängd i perioden"][-1] == "ingen risk längre, 1 maj 2026. Löst."
    assert rows["Stängd sedan"][-1] == "öppen sedan 10 april 2026"
    (changes,) = (block for block in section(composed).blocks if block.type == "changes")
    assert changes.items == (
        "Ny risk: Öppen (medelstor).",
        "Ny risk: Stängd sedan (medelstor).",
        "Ingen risk längre: Stängd i perioden. Löst.",
        "Ny risk som redan är över: Kort.",
    )
    assert all(changes.refs)


def test_a_plan_tells_the_risks_that_are_open(world):
    risk(world.program, "Öppen")
    risk(world.program, "Stängd", closed_on=dt.date(2026, 5, 1))
    composed = compose(factories.report(world.program, kind="plan"))
    assert list(told(composed)) == ["Öppen"]
    assert not [block for block in section(composed).blocks if block.type == "changes"]
