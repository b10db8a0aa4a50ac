"""What somebody with ill will, bad luck or two quick clicks tries; each was found by trying."""

import datetime as dt
import re

import pytest
from axes.models import AccessAttempt
from django.db import OperationalError, connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from dialogues.models import Dialogue
from metrics.models import Observation
from organisation.access import Kind
from organisation.models import Draft, Membership, User
from program.models import Area
from reports.models import Report
from tests import factories
from tests.threads import at_once

HOME = "/ostra/chefer/"


@pytest.fixture
def owner(sign_in, world):
    return sign_in(world.users.admin)


def give_password(user) -> None:
    user.set_password("ett-bra-lösen-9")
    user.save()


def sign_in_by_hand(client, username: str, password: str, browser: str = "x"):
    fields = {"username": username, "password": password, "next": f"{HOME}dialoger/"}
    return client.post("/konto/logga-in/", fields, headers={"user-agent": browser})


@pytest.fixture
def guessed(client, world):
    """Ten wrong passwords for a user name, each from another browser."""
    give_password(world.users.editor)
    for number in range(10):
        answer = sign_in_by_hand(client, "editor", f"gissning {number}", f"browser {number}")
    return answer


def test_a_user_name_rests_after_ten_wrong_passwords(client, guessed):
    assert "Fel lösenord har angetts för det här användarnamnet för många gånger. Vänta 15 minuter" in (
        guessed.content.decode()
    )
    answer = sign_in_by_hand(client, "editor", "ett-bra-lösen-9")
    assert (answer.status_code, "_auth_user_id" in client.session) == (429, False)
    page = answer.content.decode()
    assert 'value="editor"' in page
    assert f'name="next" value="{HOME}dialoger/"' in page
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    assert sign_in_by_hand(client, "editor", "ett-bra-lösen-9")["Location"] == f"{HOME}dialoger/"


def test_guessing_on_keeps_nobody_out_for_longer(client, guessed):
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=14))
    assert sign_in_by_hand(client, "editor", "fel").status_code == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - dt.timedelta(minutes=2))
    assert sign_in_by_hand(client, "editor", "ett-bra-lösen-9").status_code == 302


def test_a_user_name_that_nobody_has_rests_too_and_others_sign_in(client, world, guessed):
    pages = [sign_in_by_hand(client, "finns inte", "fel").content.decode() for _number in range(10)]
    assert "för många gånger" not in pages[-2]
    assert "för många gånger" in pages[-1]
    give_password(world.users.reader)
    assert sign_in_by_hand(client, "reader", "ett-bra-lösen-9").status_code == 302


def test_nothing_of_a_guess_is_kept_but_the_name_and_the_browser(guessed):
    kept = [str(value) for row in AccessAttempt.objects.values_list() for value in row]
    assert [value for value in kept if "gissning" in value or "127.0.0.1" in value] == []


@pytest.mark.django_db(transaction=True)
def test_wrong_passwords_at_the_same_moment_are_counted_each(client):
    answers = at_once(8, lambda n: sign_in_by_hand(Client(), "någon", f"gissning {n}").status_code)
    assert answers == [200] * 8
    assert [sign_in_by_hand(client, "någon", "fel").status_code for _more in range(3)] == [200, 429, 429]


def test_what_is_sent_is_read_as_utf_8_whatever_it_says(client, guessed):
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = part.format("username", "editor") + part.format("odd", r"\ud800") + "--x--\r\n"
    content_type = "multipart/form-data; boundary=x; charset=unicode_escape"
    sent = client.generic("POST", "/konto/logga-in/", body.encode(), content_type)
    assert sent.wsgi_request.POST["odd"] == "\\ud800"
    assert sent.status_code == 200  # no password: nothing that counts


def test_who_gets_a_new_password_signs_in_at_once(client, world, guessed):
    client.force_login(world.users.admin)
    member = world.users.editor.memberships.get()
    page = client.post(f"/ostra/-/anvandare/{member.pk}/nytt-losenord/", follow=True)
    client.logout()
    form = client.get(page.context["password_link"], follow=True)
    new = {"new_password1": "ett-nytt-lösen-7", "new_password2": "ett-nytt-lösen-7"}
    client.post(form.redirect_chain[-1][0], new)
    assert sign_in_by_hand(client, "editor", "ett-nytt-lösen-7").status_code == 302


def test_a_forgotten_password_is_taken_away_and_it_is_kept_by_whom(owner, client, world):
    user = world.users.director
    give_password(user)
    address = f"/ostra/-/anvandare/{user.memberships.get().pk}/"
    assert owner.get(address).context["password_link"] is None
    page = owner.post(f"{address}nytt-losenord/", follow=True)
    assert page.context["password_link"]
    user.refresh_from_db()
    assert not user.has_usable_password()
    told = re.sub(r"\s+", " ", page.content.decode())
    assert re.search(r"Lösenordet togs bort \d+ \w+ \d{4} \d\d:\d\d av admin\.", told)


def test_nobody_takes_the_password_of_who_works_elsewhere_too_nor_the_own(owner, world):
    both = world.users.director
    factories.add_member(organisation=world.theirs, username=both.username, kind=Kind.READER)
    for user in (both, world.users.admin):
        give_password(user)
    owner.force_login(world.users.admin)
    for user in (both, world.users.admin):
        address = f"/ostra/-/anvandare/{user.memberships.get(organisation=world.ours).pk}/"
        assert "nytt-losenord" not in owner.get(address).content.decode()
        owner.post(f"{address}nytt-losenord/")
        user.refresh_from_db()
        assert user.has_usable_password()


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
    assert sign_in_by_hand(client, "ny", "ett-bra-lösen-9").status_code == 302
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


def test_an_address_that_takes_forms_alone_says_so_when_opened(sign_in, world):
    """Somebody was signed out before pressing the button: signing in leads to the address of the button."""
    answer = sign_in(world.users.editor).get("/ostra/-/utkast/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Ingenting sparades" in answer.content.decode()
