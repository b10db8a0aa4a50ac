"""What somebody with ill will, bad luck or two quick clicks tries; each was found by trying."""

import pytest
from django.db import OperationalError, connection

from dialogues.models import Dialogue
from metrics.models import Observation
from organisation.access import Kind
from organisation.models import Draft, Membership, User
from program.models import Area
from reports.models import Report
from tests import factories

HOME = "/ostra/chefer/"


@pytest.fixture
def hr(sign_in, world):
    return sign_in(world.users.editor)


@pytest.fixture
def owner(sign_in, world):
    return sign_in(world.users.admin)


def test_a_user_without_password_is_not_taken_over_from_another_organisation(owner, world):
    factories.add_member(organisation=world.theirs, username="ny.person", kind=Kind.READER)
    response = owner.post("/ostra/-/anvandare/ny/", {"username": "NY.person", "kind": "director"})
    assert response.context["form"].errors == {"username": ["Användarnamnet är upptaget. Välj ett annat."]}
    assert not Membership.objects.filter(organisation=world.ours, user__username="ny.person").exists()


def test_a_new_user_gets_a_link_and_chooses_a_password(owner, client, world):
    page = owner.post("/ostra/-/anvandare/ny/", {"username": "ny", "kind": "reader"}, follow=True)
    link = page.context["password_link"]
    client.logout()
    form = client.get(link, follow=True)
    client.post(
        form.redirect_chain[-1][0], {"new_password1": "ett-bra-lösen-9", "new_password2": "ett-bra-lösen-9"}
    )
    assert client.login(username="ny", password="ett-bra-lösen-9")
    assert User.objects.get(username="ny").memberships.get().kind == "reader"


def test_the_only_system_owner_stays(owner, world):
    member = Membership.objects.get(user=world.users.admin)
    response = owner.post(f"/ostra/-/anvandare/{member.pk}/", {"kind": "reader"})
    assert "Gör någon annan till systemägare först." in response.content.decode()
    owner.post(f"/ostra/-/anvandare/{member.pk}/ta-bort/")
    assert Membership.objects.get(pk=member.pk).kind == "admin"


def test_a_department_heads_edit_keeps_the_other_departments(sign_in, world):
    dialogue = factories.dialogue(world.program, departments=[world.home, world.other], statements=["Ett"])
    client = sign_in(world.users.department_head)
    data = {"departments": [world.home.pk], "held_on": "2026-03-01", "summary": "Ny", "revision": 1}
    assert client.post(f"{HOME}dialoger/{dialogue.pk}/andra/", data).status_code == 302
    assert set(dialogue.departments.all()) == {world.home, world.other}
    assert Dialogue.objects.get().summary == "Ny"


@pytest.mark.parametrize("name", ["_draft_key", "_draft_title", "summary"])
def test_a_nul_in_a_draft_is_refused(hr, world, name):
    data = {"_draft_key": "x", "_draft_title": "x", "_draft_url": f"{HOME}dialoger/ny/"} | {name: "a\x00b"}
    assert hr.post("/ostra/-/utkast/", data).status_code == 400
    assert not Draft.objects.exists()


def test_negative_hours_are_told_at_their_place(hr, world):
    area = world.program.areas.get()
    data = {"title": "Ny", "area": area.pk, "level": "leader", "hours_per_manager": "-1"}
    assert list(hr.post(f"{HOME}aktiviteter/ny/", data).context["form"].errors) == ["hours_per_manager"]


def test_too_many_lines_are_told(hr, world):
    name = f"said_{world.program.areas.get().pk}_current"
    data = {"departments": [world.home.pk], "held_on": "2026-03-01", name: "x\n" * 501}
    assert list(hr.post(f"{HOME}dialoger/ny/", data).context["form"].errors) == [name]


@pytest.mark.parametrize(
    "query", ["per_page=-1", "per_page=100000", f"q={'x' * 60000}", "page=-1", "sort=-", "q=%00"]
)
def test_an_odd_list_address_is_a_list(hr, world, query):
    factories.activity(world.program)
    assert hr.get(f"{HOME}aktiviteter/?{query}").status_code == 200


def test_a_revision_of_5000_digits_is_no_revision(sign_in, world):
    dialogue = factories.dialogue(world.program, departments=[world.home])
    client = sign_in(world.users.editor)
    client.post(f"{HOME}dialoger/{dialogue.pk}/bekrafta/", {"revision": "9" * 5000})
    assert Dialogue.objects.get().stage == "draft"


@pytest.mark.parametrize("path", ["matt/0/", "behov/0/andra/", "dialoger/0/andra/", "uppdrag/omrade/0/"])
def test_nought_is_no_key(hr, world, path):
    assert hr.get(HOME + path).status_code == 404


def test_the_same_thing_twice_at_once_is_told(hr, world, monkeypatch):
    """A double click: the form's own check passes for both, and the database sees it."""
    monkeypatch.setattr("reports.forms.report.ReportForm.validate_unique", lambda self: None)
    data = {"kind": "half_year", "period": "2026H2", "cut_off": "2026-11-20", "meets_on": "2026-12-04"}
    assert hr.post(f"{HOME}rapporter/ny/", data).status_code == 302
    response = hr.post(f"{HOME}rapporter/ny/", data)
    assert response.status_code == 409
    assert "Någon hann före" in response.content.decode()
    if not connection.needs_rollback:
        assert Report.objects.count() == 1


def test_the_second_editor_of_a_need_is_told(hr, world):
    need = factories.need(world.program, "Handledning")
    url = f"{HOME}behov/{need.pk}/andra/"
    seen = hr.get(url).context["form"].initial["seen"]
    mine, theirs = ({"title": title, "level": "leader", "seen": seen} for title in ("Min", "Deras"))
    assert hr.post(url, theirs).status_code == 302
    form = hr.post(url, mine).context["form"]
    assert "Någon annan ändrade detta medan du skrev. Sparat nu: Rubrik: Deras" in form.non_field_errors()[0]
    need.refresh_from_db()
    assert need.title == "Deras"
    assert hr.post(url, mine | {"seen": form["seen"].value()}).status_code == 302


def test_areas_cannot_lie_in_a_ring(hr, world):
    first = world.program.areas.get()
    second = factories.area(world.program, "Två", parent=first)
    third = factories.area(world.program, "Tre", parent=second)
    response = hr.post(f"{HOME}uppdrag/omrade/{first.pk}/", {"name": "Ett", "order": 1, "parent": third.pk})
    assert list(response.context["form"].errors) == ["parent"]
    assert Area.objects.get(pk=first.pk).parent is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2,15", "0.0215"), ("2.26 %", "0.0226"), ("100", "1"), ("101", None), ("-1", None), ("två", None)],
)
def test_a_share_is_typed_in_per_cent(hr, world, typed, kept):
    indicator = factories.indicator(world.program, kind="rate", subject="staffing")
    response = hr.post(f"{HOME}matt/{indicator.pk}/varde/ny/", {"period": "2026-01", "value": typed})
    assert [str(row.value.normalize()) for row in Observation.objects.all()] == ([kept] if kept else [])
    assert response.status_code == (302 if kept else 200)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1989-12-31"])
def test_a_day_out_of_all_reason_is_refused(hr, world, day):
    assert list(
        hr.post(f"{HOME}uppdrag/underlag/ny/", {"title": "x", "dated": day}).context["form"].errors
    ) == ["dated"]


def test_a_multiline_text_that_nobody_touched_is_no_clash(hr, world):
    activity = factories.activity(world.program, "Första", measure="Rad ett\nRad två")
    data = {"title": "Första", "area": activity.area_id, "level": "organisation", "revision": 1,
            "measure": "Rad ett\r\nRad två", "initial-measure": "Rad ett\r\nRad två"}  # fmt: skip
    url = f"{HOME}aktiviteter/{activity.pk}/andra/"
    assert hr.post(url, data | {"title": "Den ena", "initial-title": "Första"}).status_code == 302
    form = hr.post(url, data | {"number": "7", "initial-title": "Första", "initial-number": ""}).context[
        "form"
    ]
    assert [row.name for row in form.clashes] == []
    assert [row.name for row in form.taken_in] == ["title"]


def test_what_is_withheld_is_not_even_counted(sign_in, world):
    dialogue = factories.dialogue(world.program, departments=[world.other], statements=["Ett", "Två", "Tre"])
    dialogue.statements.filter(text="Två").update(is_withheld=True)
    user, now = world.users.editor, "2026-03-05T12:00:00Z"
    Dialogue.objects.update(
        confirmed_at=now, confirmed_by=user, hr_agreed_at=now, hr_agreed_by=user, head_agreed_at=now,
        head_agreed_by=user, published_at=now,
    )  # fmt: skip
    counts = {
        kind: sign_in(getattr(world.users, kind)).get(f"{HOME}dialoger/").context["dialogues"][0].current
        for kind in ("editor", "reader", "manager")
    }
    assert counts == {"editor": 3, "reader": 2, "manager": 2}


def test_private_pages_are_kept_by_no_shared_cache(hr, world):
    response = hr.get(f"{HOME}aktiviteter/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "HX-Request" in response["Vary"]


def test_while_the_database_is_held_the_page_says_wait(sign_in, world, monkeypatch):
    """A large plan being written on SQLite makes others wait; they are told so, and not with an error."""

    def held(**_fields):
        raise OperationalError("database is locked")

    monkeypatch.setattr("program.actions.order_steps", held)
    activity = factories.activity(world.program)
    answer = sign_in(world.users.editor).post(
        f"/ostra/chefer/aktiviteter/{activity.pk}/ordning/", {"revision": 1}
    )
    assert answer.status_code == 503
    assert "Vänta ett ögonblick" in answer.content.decode()
