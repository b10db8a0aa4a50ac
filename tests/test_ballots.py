"""Prioritisation by points: set up, voted in from phones, hidden until it is closed, published, reasoned about."""

import re
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dialogues.actions import ballot as actions
from dialogues.models import Ballot, BallotOption, Reason, Slip
from dialogues.voting import results
from dialogues.voting.device import COOKIE, SIGNER, device_of
from tests import factories
from tests.factories import place
from tests.threads import at_once
from ui.revision import Stale

LIST = "/ostra/chefer/prioriteringar/"
OPTIONS = ("Digitalisering", "Kompetens", "Demografi", "Psykisk ohälsa", "HSL", "Segregation")


def make_ballot(program, *texts, **fields) -> Ballot:
    ballot = Ballot.objects.create(program=program, **{"question": "Vad är viktigast?"} | fields)
    for order, text in enumerate(texts or OPTIONS):
        BallotOption.objects.create(ballot=ballot, text=text, order=order)
    return ballot


@pytest.fixture
def draft(world):
    return make_ballot(world.program)


@pytest.fixture
def opened(draft, world):
    return actions.open_ballot(ballot=draft, by=world.users.editor, revision=draft.revision)


def by_option(ballot, *points) -> dict[int, int]:
    """Points in the order of the options."""
    return {row.pk: number for row, number in zip(ballot.options.all(), points, strict=False) if number}


def vote(ballot, number: int, *points) -> str:
    """A vote straight in, by a device of its own."""
    return actions.cast_vote(ballot=ballot, digest=f"{number:064}", points=by_option(ballot, *points))


def closed_with(ballot, world, *votes) -> Ballot:
    for number, points in enumerate(votes):
        assert vote(ballot, number, *points) == actions.COUNTED
    ballot.refresh_from_db()
    if ballot.stage == "open":
        actions.close_ballot(ballot=ballot, by=world.users.editor, revision=ballot.revision)
    return ballot


def published_with(ballot, world, *votes) -> Ballot:
    closed_with(ballot, world, *votes)
    return actions.publish_ballot(ballot=ballot, by=world.users.editor, revision=ballot.revision)


def step(client, ballot, name, **data) -> HttpResponse:
    ballot.refresh_from_db()
    data = {"revision": ballot.revision} | data
    return client.post(f"{LIST}{ballot.pk}/{name}/", data, follow=True)


THREE = ((60, 40, 0), (50, 50, 0), (80, 10, 10))


class Phone:
    """A participant's browser: it keeps the cookie and fills the form as it stands on the page."""

    def __init__(self, ballot, **headers):
        self.client, self.ballot = Client(enforce_csrf_checks=True), ballot
        self.address = f"/rosta/{ballot.code}/"

    def get(self, **headers) -> HttpResponse:
        return self.client.get(self.address, headers=headers)

    def fields(self, *points) -> dict:
        mark = re.search(r'name="mark" value="(\w+)"', self.get().content.decode())
        named = {
            f"o{row.pk}": str(value)
            for row, value in zip(self.ballot.options.all(), points, strict=False)
            if value not in (0, "")
        }
        return named | ({"mark": mark[1]} if mark else {})

    def vote(self, *points, **extra) -> HttpResponse:
        return self.client.post(self.address, self.fields(*points) | extra)

    def reason(self, text, option=None) -> HttpResponse:
        option = option or self.ballot.options.first()
        data = self.fields() | {"option": option.pk, "text": text}
        return self.client.post(f"{self.address}skal/", data, follow=True)


# Setting it up


def typed(**changes) -> dict:
    return {
        "question": "Vad är viktigast?", "points": "100", "picks": "3", "expected": "15",
        "lines": "Digitalisering\r\n\r\nHSL\r\nSegregation",
    } | changes  # fmt: skip


def test_hr_sets_one_up_from_needs_and_free_text(hr, world):
    need = factories.need(world.program)
    factories.need(world.program, "HSL")
    dialogue = factories.dialogue(world.program, departments=[world.home])
    page = hr.get(f"{LIST}ny/").content.decode()
    assert ('value="100"' in page, 'value="3"' in page) == (True, True)
    response = hr.post(f"{LIST}ny/", typed(needs_chosen=[need.pk], dialogue=dialogue.pk))
    ballot = Ballot.objects.get()
    assert response["Location"] == ballot.get_absolute_url()
    assert (ballot.stage, ballot.dialogue, ballot.expected, ballot.code) == ("draft", dialogue, 15, "")
    assert [(row.text, row.need and row.need.title) for row in ballot.options.all()] == [
        ("Enklare system", "Enklare system"), ("Digitalisering", None), ("HSL", "HSL"), ("Segregation", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"lines": "Ett"}, "lines", "Det finns 1 alternativ; det ska vara mellan 2 och 20."),
        ({"lines": "\n".join(map(str, range(21)))}, "lines", "Det finns 21 alternativ"),
        ({"lines": "Ett\nTvå\nett"}, "lines", "”Ett” står två gånger."),
        ({"lines": "Ett\n" + "x" * 201}, "lines", "Rad 2 har 201 tecken; ett alternativ rymmer högst 200."),
        ({"lines": "Ett\nTv\x07å"}, "lines", "Rad 2 innehåller ett osynligt styrtecken"),
        ({"picks": "4"}, "picks", "Man kan inte välja fler alternativ än det finns."),
        ({"picks": "0"}, "picks", None),
        ({"points": "2"}, "points", "minst en poäng för varje val"),
        ({"points": "1001"}, "points", None),
        ({"question": ""}, "question", None),
        ({"expected": "-1"}, "expected", None),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_is_kept(hr, changes, field, told):
    response = hr.post(f"{LIST}ny/", typed(**changes))
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert told is None or told in errors[field][0]
    assert not Ballot.objects.exists()
    page = response.content.decode()
    assert all(value.split("\n")[0] in page for value in changes.values())


def test_a_draft_is_changed_and_keeps_its_needs_apart_from_its_lines(hr, draft, world):
    need = factories.need(world.program)
    BallotOption.objects.create(ballot=draft, text=need.title, need=need, order=9)
    form = hr.get(f"{LIST}{draft.pk}/andra/").context["form"]
    assert form["needs_chosen"].value() == [need.pk]
    assert form["lines"].value().splitlines() == list(OPTIONS)
    hr.post(
        f"{LIST}{draft.pk}/andra/", typed(revision=draft.revision, needs_chosen=[need.pk], lines="Nytt\nTvå")
    )
    assert list(draft.options.values_list("text", flat=True)) == ["Enklare system", "Nytt", "Två"]


def test_two_who_change_the_same_draft(hr, draft):
    form = hr.get(f"{LIST}{draft.pk}/andra/").context["form"]
    shown = {f"initial-{name}": form[name].value() or "" for name in form.fields if name != "revision"}
    data = typed(revision=draft.revision) | shown
    hr.post(f"{LIST}{draft.pk}/andra/", data | {"question": "Den första"})
    response = hr.post(f"{LIST}{draft.pk}/andra/", data | {"question": "Den andra"})
    assert response.context["form"].is_stale
    assert "Den andra" in response.content.decode()
    draft.refresh_from_db()
    assert draft.question == "Den första"


def test_a_meeting_is_offered_with_its_date_as_written(hr, world):
    factories.dialogue(world.program, departments=[world.home], held_words="våren 2026")
    page = hr.get(f"{LIST}ny/").content.decode()
    assert "Hemtjänsten, våren 2026</option>" in page
    assert "mars 2026" not in page


def test_the_needs_and_dialogues_of_others_cannot_be_chosen(hr, world):
    need = factories.need(world.hidden, "Hemligt behov")
    dialogue = factories.dialogue(world.hidden, departments=[world.theirs.departments.first()])
    assert "emligt" not in hr.get(f"{LIST}ny/").content.decode()
    response = hr.post(f"{LIST}ny/", typed(needs_chosen=[need.pk], dialogue=dialogue.pk))
    assert set(response.context["form"].errors) == {"needs_chosen", "dialogue"}


@pytest.mark.parametrize("kind", ["department_head", "director", "secretary", "manager", "reader", "admin"])
def test_only_hr_sets_up_and_runs(sign_in, world, opened, kind):
    client = sign_in(getattr(world.users, kind))
    assert client.get(f"{LIST}ny/").status_code == 403
    assert client.get(f"{LIST}rapporterad/").status_code == 403
    for path in ("", "visa/", "andra/"):
        assert client.get(f"{LIST}{opened.pk}/{path}").status_code in (403, 404)
    assert step(client, opened, "stang").status_code == 404
    Ballot.objects.filter(pk=opened.pk).update(
        voters=3, closed_at=opened.opened_at, published_at=opened.opened_at, published_by=world.users.editor
    )
    assert client.get(f"{LIST}{opened.pk}/").status_code == 200
    assert step(client, opened, "kopiera").status_code == 403
    assert client.post(f"{LIST}{opened.pk}/skal/", {}).status_code == 403
    assert client.get(f"{LIST}{opened.pk}/visa/").status_code == 403


# Opening, closing, publishing


def test_opening_gives_a_code_and_fixes_the_options(hr, draft):
    response = step(hr, draft, "oppna")
    draft.refresh_from_db()
    assert response.redirect_chain[-1][0] == f"{LIST}{draft.pk}/visa/"
    assert (draft.stage, draft.voters) == ("open", 0)
    assert re.fullmatch(f"[{actions.ALPHABET}]{{6}}", draft.code)
    told = hr.post(f"{LIST}{draft.pk}/andra/", typed(), follow=True).content.decode()
    assert "frågan och alternativen står fast" in told
    assert draft.options.count() == 6


def test_codes_hold_nothing_that_looks_alike():
    pairs = ("0OQDCG", "1IL", "2Z", "5S", "6G", "8B", "UV")
    assert all(sum(letter in actions.ALPHABET for letter in pair) <= 2 for pair in pairs)
    assert not set("01OILQZSGBUVAEY") & set(actions.ALPHABET)
    assert len(set(actions.ALPHABET)) ** actions.CODE_LENGTH > 80_000_000


def test_it_is_not_opened_without_options(hr, world):
    ballot = make_ballot(world.program, "Ett", "Två", picks=3)
    assert "för få alternativ" in step(hr, ballot, "oppna").content.decode()
    ballot.refresh_from_db()
    assert (ballot.stage, ballot.revision) == ("draft", 1)


def test_buttons_of_an_old_page_change_nothing(hr, opened, world):
    told = hr.post(f"{LIST}{opened.pk}/stang/", {"revision": 1}, follow=True).content.decode()
    assert "har ändrats sedan sidan visades" in told
    assert "redan öppnad" in step(hr, opened, "oppna").content.decode()
    with pytest.raises(Stale):
        actions.publish_ballot(ballot=opened, by=world.users.editor, revision=1)
    opened.refresh_from_db()
    assert opened.stage == "open"


def test_it_closes_by_itself_when_all_have_voted(world):
    ballot = make_ballot(world.program, expected=3)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    for number, points in enumerate(THREE):
        ballot.refresh_from_db()
        assert ballot.stage == "open"
        assert vote(ballot, number, *points) == actions.COUNTED
    ballot.refresh_from_db()
    assert (ballot.stage, ballot.voters) == ("closed", 3)
    assert vote(ballot, 9, 50, 30, 20) == actions.CLOSED


def test_hr_closes_sees_the_result_and_publishes(hr, opened, world):
    for number, points in enumerate(THREE):
        vote(opened, number, *points)
    closed = step(hr, opened, "stang").content.decode()
    assert "Digitalisering fick mest: 63,3\u00a0% av poängen. 3 av 3 valde det." in closed
    assert "De tre första fick tillsammans 100\u00a0%." in closed
    step(hr, opened, "publicera")
    opened.refresh_from_db()
    assert (opened.stage, opened.published_by) == ("published", world.users.editor)
    assert "kan" not in step(hr, opened, "publicera").context["may_publish"].reason[:3]


@pytest.mark.parametrize("votes", [0, 1, 2])
def test_too_few_voters_give_nothing_away_not_to_hr_either(hr, opened, world, votes):
    closed_with(opened, world, *THREE[:votes])
    response = step(hr, opened, "publicera")
    page = response.content.decode()
    assert "skulle röja hur de röstade" in page
    assert response.context["result"] is None
    assert not re.search("60|40|50", re.sub("<[^>]*>", " ", page))
    assert results.result_of(Ballot.objects.get()) is None
    assert Ballot.objects.get().stage == "closed"


def test_a_copy_is_a_draft_without_votes(hr, opened, world):
    published_with(opened, world, *THREE)
    step(hr, opened, "kopiera")
    copy = Ballot.objects.first()
    assert (copy.stage, copy.voters, copy.code, copy.question) == ("draft", None, "", opened.question)
    assert [(row.text, row.points, row.pickers) for row in copy.options.all()] == [
        (text, 0, 0) for text in OPTIONS
    ]
    assert copy.slips.count() == 0


def test_a_draft_is_removed_but_no_votes(hr, draft, world):
    step(hr, draft, "ta-bort")
    assert not Ballot.objects.exists()
    ballot = make_ballot(world.program)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    closed_with(ballot, world, *THREE)
    assert "Någon har röstat" in step(hr, ballot, "ta-bort").content.decode()
    assert Ballot.objects.exists()


def test_the_database_refuses_publication_of_an_open_vote(opened, world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=opened.pk).update(
            published_at=opened.opened_at, published_by=world.users.editor
        )


# The projector


def test_the_projector_shows_how_to_get_there(hr, opened):
    response = hr.get(f"{LIST}{opened.pk}/visa/")
    page = response.content.decode()
    assert opened.code in page
    assert "testserver/rosta" in page
    assert f'aria-label="QR-kod som leder till testserver/rosta/{opened.code}"' in page
    assert "<strong>0</strong> har röstat" in page


def test_the_square_says_the_address_of_the_vote(hr, opened, monkeypatch):
    from dialogues.views import ballot as views

    texts, make = [], views.segno.make
    monkeypatch.setattr(views.segno, "make", lambda text, **look: texts.append(text) or make(text, **look))
    page = hr.get(f"{LIST}{opened.pk}/visa/").content.decode()
    assert texts == [f"http://testserver/rosta/{opened.code}/"]
    assert modules(page) == [[bool(dark) for dark in row] for row in make(texts[0], error="m").matrix]


def modules(page: str) -> list[list[bool]]:
    """The squares that the picture draws, back from its path: runs of dark along each row, a border of two."""
    drawn = re.search(r'viewBox="0 0 (\d+) \d+" class="segno"><path[^>]* d="([^"]+)"', page)
    size, path = int(drawn[1]), drawn[2]
    dark, x, y = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]+)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            dark |= {(int(x) + along, int(y)) for along in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return [[(column, row) in dark for column in range(2, size - 2)] for row in range(2, size - 2)]


def test_the_count_follows_and_the_page_changes_when_the_vote_closes(hr, draft, world):
    Ballot.objects.filter(pk=draft.pk).update(expected=15)
    draft.refresh_from_db()
    actions.open_ballot(ballot=draft, by=world.users.editor, revision=1)
    vote(draft, 1, 50, 30, 20)
    address = f"{LIST}{draft.pk}/visa/?stage=open"
    part = hr.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<strong>1</strong> av 15 har röstat" in part
    assert "<html" not in part
    draft.refresh_from_db()
    actions.close_ballot(ballot=draft, by=world.users.editor, revision=draft.revision)
    assert hr.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_closing_from_the_projector_does_not_show_the_room_the_result(hr, opened, world):
    for number, points in enumerate(THREE):
        vote(opened, number, *points)
    response = step(hr, opened, "stang", back="present")
    assert response.redirect_chain[-1][0] == f"{LIST}{opened.pk}/visa/"
    assert "63,3" not in response.content.decode()
    step(hr, opened, "publicera")
    assert "63,3" in hr.get(f"{LIST}{opened.pk}/visa/").content.decode()


# Voting


def test_a_participant_votes_on_a_phone_without_an_account(opened):
    phone = Phone(opened)
    response = phone.vote(50, 30, 0, 20)
    assert (response.status_code, response["Location"]) == (302, phone.address)
    assert "Din röst är räknad" in phone.get().content.decode()
    opened.refresh_from_db()
    assert [(row.points, row.pickers) for row in opened.options.all()] == [
        (50, 1), (30, 1), (0, 0), (20, 1), (0, 0), (0, 0),
    ]  # fmt: skip
    assert (opened.voters, opened.slips.count()) == (1, 1)


def test_the_code_is_typed_in_any_way(client, opened):
    for code in (
        opened.code.lower(),
        f" {opened.code[:3]} {opened.code[3:]} ",
        f"{opened.code[:3]}-{opened.code[3:]}",
    ):
        response = client.get("/rosta/", {"kod": code})
        assert response["Location"] == f"/rosta/{opened.code}/"


@pytest.mark.parametrize("code", ["FFFFFF", "", "x" * 300, "åäö", "%00", "' OR 1=1", "FFF%2FFF"])
def test_an_unknown_code_is_told_so_and_nothing_else(client, draft, code):
    shown = client.get(f"/rosta/?kod={code}")
    assert "kod" in shown.content.decode()
    if code and "/" not in code and "%2F" not in code:
        pages = [
            shown,
            client.get(f"/rosta/{code}/"),
            client.post(f"/rosta/{code}/"),
            client.post(f"/rosta/{code}/skal/"),
        ]
        assert {page.status_code for page in pages} == {404}
        assert all("Ingen prioritering har den koden." in page.content.decode() for page in pages)
        assert COOKIE not in client.cookies


@pytest.mark.parametrize(
    ("points", "told"),
    [
        (("50", "30", "10"), "Du har 10 poäng kvar att fördela."),
        (("50", "30", "30"), "Du har fördelat 10 poäng för mycket."),
        (("70", "30"), "Du har gett poäng till 2 alternativ; det ska vara exakt 3."),
        (("40", "30", "20", "10"), "Du har gett poäng till 4 alternativ; det ska vara exakt 3."),
        (("-10", "60", "50"), "Poäng kan inte vara negativa."),
        (("33,3", "33,3", "33,4"), "Skriv ett heltal, till exempel 20."),
        (("9" * 5000, "1", "1"), "Det finns 100 poäng i allt."),
        (("mest", "50", "50"), "Skriv ett heltal, till exempel 20."),
        (("5\x000", "30", "20"), "Null"),
        ((), "Du har gett poäng till 0 alternativ"),
    ],
)
def test_a_wrong_vote_is_told_at_its_place_and_what_was_typed_is_kept(opened, points, told):
    response = Phone(opened).vote(*points)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Din röst är inte räknad än." in page
    assert told in page
    assert all(f'value="{value}"' in page for value in points if "\x00" not in value)
    opened.refresh_from_db()
    assert (opened.voters, opened.slips.count(), sum(opened.options.values_list("points", flat=True))) == (
        0,
        0,
        0,
    )


def test_options_of_another_ballot_cannot_be_given_points(opened, world):
    other = make_ballot(world.program)
    pk = other.options.first().pk
    page = Phone(opened).vote(50, 30, **{f"o{pk}": "20"}).content.decode()
    assert "Du har gett poäng till 2 alternativ" in page
    assert other.options.first().points == 0


def test_the_buttons_work_without_a_script_and_write_nothing(opened):
    phone, first = Phone(opened), opened.options.first()
    page = phone.vote(50, 30, step=f"o{first.pk}+").content.decode()
    assert 'value="55"' in page
    assert "<strong data-left>15</strong>" in page
    assert "inte räknad" not in page
    assert Slip.objects.count() == 0
    for pressed in ("o0+", "x", "", "mark+", f"o{first.pk}*"):
        assert phone.vote(50, 30, step=pressed).status_code == 200


def test_the_same_device_again_is_counted_once(opened):
    phone = Phone(opened)
    data = phone.fields(50, 30, 20)
    for _time in range(3):  # a double press, the back button, an answer that was lost
        assert phone.client.post(phone.address, data)["Location"] == phone.address
    assert phone.client.post(phone.address, phone.fields(1, 1, 98))["Location"] == phone.address
    opened.refresh_from_db()
    assert (opened.voters, opened.options.first().points) == (1, 50)
    assert vote(opened, 1, 50, 30, 20) == actions.COUNTED
    assert vote(opened, 1, 10, 10, 80) == actions.ALREADY


def test_a_vote_that_was_sent_before_but_arrives_after_closing(opened, world):
    phone, late = Phone(opened), Phone(opened)
    data = late.fields(50, 30, 20)
    sent = phone.fields(50, 30, 20)
    phone.client.post(phone.address, sent)
    closed_with(opened, world)
    response = late.client.post(late.address, data)
    assert response.status_code == 409
    assert "Prioriteringen stängdes innan den kom fram." in response.content.decode()
    assert phone.client.post(phone.address, sent)["Location"] == phone.address
    assert "Din röst är räknad" in phone.get().content.decode()
    assert "Den här telefonen har inte röstat" in Phone(opened).get().content.decode()
    opened.refresh_from_db()
    assert opened.voters == 1


def test_closing_between_the_reading_and_the_counting_of_a_vote(opened, world, monkeypatch):
    phone = Phone(opened)
    data, cast = phone.fields(50, 30, 20), actions.cast_vote

    def close_first(**kwargs):
        actions.close_ballot(ballot=opened, by=world.users.editor, revision=opened.revision)
        return cast(**kwargs)

    monkeypatch.setattr(actions, "cast_vote", close_first)
    response = phone.client.post(phone.address, data)
    assert "Din röst räknades inte." in response.content.decode()
    assert Slip.objects.count() == 0


def test_a_browser_without_cookies_is_told_and_keeps_what_was_typed(opened):
    phone = Phone(opened)
    data = phone.fields(50, 30, 20)
    phone.client.cookies.clear()
    page = phone.client.post(phone.address, data).content.decode()
    assert "Tillåt kakor för sidan" in page
    assert page.count('value="50"') == 1
    assert Slip.objects.count() == 0


def test_a_form_from_elsewhere_and_a_made_up_cookie_are_not_counted(opened):
    phone = Phone(opened)
    phone.vote(50, 30, 10)
    for extra in ({"mark": "x"}, {"mark": "å"}, {"mark": Phone(opened).fields()["mark"]}):
        assert phone.vote(50, 30, 20, **extra).status_code == 200
    phone.client.cookies[COOKIE] = "egen.signatur"
    assert phone.client.post(phone.address, {"mark": "x"}).status_code == 200
    assert Slip.objects.count() == 0


def test_the_cookie_is_the_devices_own_and_only_for_voting(opened, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = Phone(opened).get().cookies[COOKIE]
    assert (cookie["path"], cookie["samesite"], bool(cookie["httponly"]), bool(cookie["secure"])) == (
        "/rosta/", "Lax", True, True,
    )  # fmt: skip
    assert len(SIGNER.unsign(cookie.value)) >= 32
    assert cookie["max-age"] == 7 * 24 * 60 * 60


def test_two_ballots_have_different_slips_of_one_device(opened, world, rf):
    other = make_ballot(world.program)
    request = rf.get("/rosta/")
    request.COOKIES[COOKIE] = SIGNER.sign("x" * 32)
    device = device_of(request)
    assert device.digest(opened) != device.digest(other)
    assert device.token not in device.digest(opened) + device.mark


def test_getting_the_page_writes_nothing(opened, django_assert_num_queries):
    phone = Phone(opened)
    with django_assert_num_queries(2) as queries:
        phone.get()
    assert all(query["sql"].startswith("SELECT") for query in queries)


# Nobody sees who voted how, and nobody sees the result before it is closed


def test_no_session_no_user_and_no_time_goes_with_a_vote(opened, world, client):
    client.force_login(world.users.editor)
    before, logged = dict(Session.objects.values_list("pk", "session_data")), LogEntry.objects.count()
    phone = Phone(opened)
    phone.client = client
    phone.vote(50, 30, 20)
    phone.get()
    assert dict(Session.objects.values_list("pk", "session_data")) == before
    assert LogEntry.objects.count() == logged
    assert {field.name for field in Slip._meta.fields} == {"id", "ballot", "digest"}
    assert {field.name for field in Reason._meta.fields} == {"id", "option", "text"}
    assert not Slip._meta.many_to_many
    anonymous = Phone(opened)
    assert set(anonymous.vote(50, 30, 20).cookies) | set(anonymous.get().cookies) == {COOKIE}
    assert Session.objects.count() == len(before)


def test_no_table_holds_a_votes_points(opened):
    """All that the database holds after two votes: sums, and two digests."""
    Phone(opened).vote(51, 33, 16)
    Phone(opened).vote(20, 33, 47)
    stored = Slip.objects.values_list("digest", flat=True)
    sums = list(opened.options.values_list("points", flat=True))
    assert sums == [71, 66, 63, 0, 0, 0]
    assert not {"51", "33", "16", "20", "47"} & set(stored)
    assert all(re.fullmatch("[0-9a-f]{64}", value) for value in stored)


def test_while_it_is_open_no_page_says_what_was_voted_for(hr, opened, world, client):
    need = factories.need(world.program)
    first = opened.options.first()
    BallotOption.objects.filter(pk=first.pk).update(need=need)
    for number in range(4):  # sums of 3 332, 32 and 636; four voters chose the first
        vote(opened, number, 833, 8, 159)
    Ballot.objects.filter(pk=opened.pk).update(points=1000)
    addresses = [
        LIST, f"{LIST}{opened.pk}/", f"{LIST}{opened.pk}/visa/", f"{LIST}{opened.pk}/visa/?stage=open",
        f"/ostra/chefer/behov/{need.pk}/", "/ostra/chefer/dialoger/", "/ostra/chefer/",
    ]  # fmt: skip
    phone = Phone(opened)
    phone.vote(*(0,) * 6)
    answers = [hr.get(address) for address in addresses] + [
        hr.get(addresses[3], headers={"HX-Request": "true"}), phone.get(), Phone(opened).get(),
        hr.get(f"{LIST}{opened.pk}/", headers={"Accept": "application/json"}),
    ]  # fmt: skip
    for answer in answers:
        assert answer.status_code == 200
        ours = r'mark" value="\w+"|csrfmiddlewaretoken" value="\w+"| d="[^"]+"|prioriteringar/\d+'
        told = re.sub(ours, "", answer.content.decode())
        told += str(dict(answer.headers))
        address = answer.request["PATH_INFO"]
        for secret in ("3332", "3 332", "3\u00a0332", "83,3", "83.3", "636", "15,9", "0,8 %", "fick mest"):
            assert not re.search(rf"(?<!\w){re.escape(secret)}", told), (address, secret)
    assert results.result_of(Ballot.objects.get(pk=opened.pk)) is None


@pytest.mark.parametrize(("kind", "sees"), [("editor", True), ("department_head", False), ("reader", False)])
def test_the_closed_result_is_hrs_alone_until_it_is_published(sign_in, opened, world, kind, sees):
    closed_with(opened, world, *THREE)
    client = sign_in(getattr(world.users, kind))
    response = client.get(f"{LIST}{opened.pk}/")
    assert response.status_code == (200 if sees else 404)
    assert ("63,3" in response.content.decode()) is sees
    assert "63,3" not in Phone(opened).get().content.decode()


@pytest.mark.parametrize(
    "kind", ["editor", "department_head", "director", "secretary", "manager", "reader", "admin"]
)
def test_everybody_reads_what_is_published(sign_in, opened, world, kind):
    published_with(opened, world, *THREE)
    client = sign_in(getattr(world.users, kind))
    for page in (client.get(LIST), client.get(f"{LIST}{opened.pk}/")):
        assert "Digitalisering fick mest: 63,3\u00a0% av poängen." in page.content.decode()


# The result and the reasons


def test_the_published_result_tells_percent_voters_and_choosers(hr, opened, world):
    published_with(opened, world, (60, 40, 0), (50, 50, 0), (80, 10, 10), (60, 30, 0, 10))
    response = hr.get(f"{LIST}{opened.pk}/")
    page = response.content.decode()
    lines = response.context["result"].lines
    assert [(line.text, line.percent, line.option.pickers) for line in lines][:3] == [
        ("Digitalisering", "62,5\u00a0%", 4), ("Kompetens", "32,5\u00a0%", 4), ("Demografi", "2,5\u00a0%", 1),
    ]  # fmt: skip
    assert "4 röstade" in page
    assert '<figure class="chart ballot-chart" role="img" aria-label="Digitalisering fick mest' in page
    assert "avrundade" not in page


def test_rounding_is_told_when_it_shows(hr, world):
    ballot = make_ballot(world.program, "A", "B", "C", picks=3)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    published_with(ballot, world, (34, 33, 33), (33, 34, 33), (33, 33, 34))
    page = hr.get(f"{LIST}{ballot.pk}/").content.decode()
    assert "Alla fick lika mycket." in page
    assert "Procenten är avrundade var för sig; tillsammans blir de 99,9\u00a0%." in page


def test_two_that_share_the_first_place(hr, world):
    ballot = make_ballot(world.program, "A", "B", "C", picks=2)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    published_with(ballot, world, (40, 60), (60, 40), (50, 50))
    assert "A och B fick mest: 50\u00a0% av poängen var." in hr.get(f"{LIST}{ballot.pk}/").content.decode()


def test_reasons_come_from_phones_that_voted_and_from_hr(hr, opened, world):
    phone = Phone(opened)
    phone.vote(50, 30, 20)
    published_with(opened, world, *THREE)
    assert "Digitalisering fick mest" in phone.get().content.decode()
    told = phone.reason("Vi ligger\r\nefter").content.decode()
    assert "Vi ligger efter" in told
    assert "Ditt skäl är sparat" in told
    assert "Ditt skäl är sparat" not in phone.get().content.decode()
    hr.post(f"{LIST}{opened.pk}/skal/", {"option": opened.options.last().pk, "text": "Sagt i rummet"})
    assert list(Reason.objects.values_list("option__text", "text")) == [
        ("Segregation", "Sagt i rummet"), ("Digitalisering", "Vi ligger efter"),
    ]  # fmt: skip
    page = hr.get(f"{LIST}{opened.pk}/").content.decode()
    assert "Vi ligger efter" in page
    assert "Sagt i rummet" in phone.get().content.decode()


def test_reasons_wait_for_publication_and_for_a_vote(opened, world):
    phone, other = Phone(opened), Phone(opened)
    phone.vote(50, 30, 20)
    phone.reason("För tidigt")
    published_with(opened, world, *THREE)
    other.reason("Har inte röstat")
    assert "Skicka" not in other.get().content.decode()
    mark = phone.fields()["mark"]
    data = {"mark": mark + "x", "option": opened.options.first().pk, "text": "Från annan sida"}
    phone.client.post(f"{phone.address}skal/", data)
    assert not Reason.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x" * 501, "501"),
        ("", "måste fyllas i"),
        ("Fråga 19121212-1212", "personnummer"),
        ("Klin\x07g", "styrtecken"),
    ],
)
def test_a_reason_that_cannot_be_kept_is_told_and_stands_in_its_field(hr, opened, world, text, told):
    phone = Phone(opened)
    phone.vote(50, 30, 20)
    published_with(opened, world, *THREE)
    mine = phone.reason(text)
    theirs = hr.post(f"{LIST}{opened.pk}/skal/", {"option": opened.options.first().pk, "text": text})
    for response in (mine, theirs):
        page = response.content.decode()
        assert told in page
        assert text.replace("\x07", "") in page.replace("\x07", "")
    assert not Reason.objects.exists()


def test_the_voters_together_give_at_most_so_many_reasons_and_none_twice(hr, opened, world):
    """Counted for the ballot: what a device has written is counted nowhere, so nothing ties it to its reasons."""
    phone, other = Phone(opened), Phone(opened)
    phone.vote(50, 30, 20)
    other.vote(50, 30, 20)
    published_with(opened, world, (60, 40, 0))
    for number in (0, *range(8)):
        phone.reason(f"Skäl {number}")
    for number in range(7):
        other.reason(f"Annat skäl {number}")
    assert Reason.objects.count() == 15
    assert "Det finns redan så många skäl som ryms." in other.get().content.decode()
    assert phone.reason("Skäl 0").status_code == 200
    page = phone.client.post(f"{phone.address}skal/", {
        "mark": device_mark(phone), "option": opened.options.first().pk, "text": "Ett till"}).content.decode()  # fmt: skip
    assert "Ditt är inte sparat." in page
    assert "Ett till" in page
    hr.post(f"{LIST}{opened.pk}/skal/", {"option": opened.options.last().pk, "text": "Sagt i rummet"})
    assert Reason.objects.count() == 16


def device_mark(phone) -> str:
    from dialogues.voting.device import Device

    return Device(SIGNER.unsign(phone.client.cookies[COOKIE].value), is_known=True).mark


def test_hr_removes_a_reason(hr, opened, world):
    published_with(opened, world, *THREE)
    actions.add_reason(option=opened.options.first(), text="Ska bort")
    hidden = make_ballot(world.hidden)
    theirs = Reason.objects.create(option=hidden.options.first(), text="Hemligt skäl")
    reason = Reason.objects.get(text="Ska bort")
    assert hr.post(f"{LIST}{opened.pk}/skal/{theirs.pk}/ta-bort/").status_code == 404
    hr.post(f"{LIST}{opened.pk}/skal/{reason.pk}/ta-bort/")
    assert list(Reason.objects.all()) == [theirs]


# A result from elsewhere


def reported(hr, **changes) -> Ballot:
    data = {
        "question": "De tre viktigaste utmaningarna", "source": "Chefers förutsättningar, rapport 2019",
        "voted_on": "2019-01-29", "voters": "",
        "lines": "Digitalisering (42%)\nKompetensförsörjningen (28%)\nPsykisk ohälsa (11%)\nDemografiutveckling\nHSL\nSegregation",
    } | changes  # fmt: skip
    response = hr.post(f"{LIST}rapporterad/", data)
    assert response.status_code == 302, response.context["form"].errors
    return Ballot.objects.get(pk=response["Location"].strip("/").split("/")[-1])


def test_a_result_from_elsewhere_keeps_what_is_unknown(hr):
    ballot = reported(hr)
    assert [row.reported_percent for row in ballot.options.all()] == [
        Decimal(42), Decimal(28), Decimal(11), None, None, None,
    ]  # fmt: skip
    page = hr.get(ballot.get_absolute_url()).content.decode()
    for words in ("rapporterat utifrån", "antal röstande okänt", "19\u00a0% fördelat på övriga tre, okänt hur",
                  "29 januari 2019", "Digitalisering fick mest: 42\u00a0% av poängen, enligt det som rapporterats."):  # fmt: skip
        assert words in page, words
    step(hr, ballot, "publicera")
    ballot.refresh_from_db()
    assert (ballot.stage, ballot.code) == ("published", "")
    assert "sagt i rummet" not in hr.get(ballot.get_absolute_url()).content.decode()


def test_a_result_from_elsewhere_is_changed_as_it_was_typed(hr):
    ballot = reported(hr)
    lines = hr.get(f"{ballot.get_absolute_url()}andra/").context["form"]["lines"].value()
    assert lines.splitlines()[0] == "Digitalisering 42 %"
    step(hr, ballot, "publicera")
    assert "står fast" in hr.get(f"{ballot.get_absolute_url()}andra/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lines": "Ett 142 %\nTvå"}, "lines"),
        ({"lines": "Ett 42,25 %\nTvå"}, "lines"),
        ({"lines": "Ett 42 %\nEtt 20 %"}, "lines"),
        ({"lines": "Ett 42\nTvå"}, "lines"),
        ({"source": ""}, "source"),
        ({"voters": "0"}, "voters"),
        ({"voted_on": "0019-01-29"}, "voted_on"),
    ],
)
def test_a_result_from_elsewhere_is_refused_at_its_place(hr, changes, field):
    data = {"question": "Fråga", "source": "Källa", "lines": "Ett 42 %\nTvå"} | changes
    assert list(hr.post(f"{LIST}rapporterad/", data).context["form"].errors) == [field]


def test_every_number_that_may_be_a_percent_is_asked_about_at_once(hr):
    data = {"question": "Fråga", "source": "Källa", "lines": "Del 2\nTid 28 procent\nStöd 11"}
    response = hr.post(f"{LIST}rapporterad/", data)
    assert response.context["form"].errors["lines"] == [
        f"Rad {line} slutar med {number}. Skriv {number} % om det är procenten. Hör talet till namnet skriver du : ? "
        "efter det."
        for line, number in ((1, 2), (3, 11))
    ]
    assert "Stöd 11</textarea>" in response.content.decode()
    ballot = reported(hr, lines="Del 2: ?\nTid för ledarskap 28 procent\nA:\t60\nÖkat stöd\t1,5")
    assert [(row.text, row.reported_percent) for row in ballot.options.all()] == [
        ("Del 2", None), ("Tid för ledarskap", 28), ("A", 60), ("Ökat stöd", Decimal("1.5")),
    ]  # fmt: skip


def test_how_many_of_those_present_voted_is_told_to_everybody(hr, world):
    ballot = make_ballot(world.program, expected=4)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    vote(ballot, 9, 50, 30, 20)
    phone = Phone(ballot)
    assert "<strong>1</strong> av 4 har röstat" in phone.get().content.decode()
    published_with(ballot, world, *THREE[:1], *THREE[2:])
    for page in (hr.get(ballot.get_absolute_url()), phone.get()):
        assert "3 av 4 närvarande röstade" in page.content.decode()


def test_what_does_not_add_up_elsewhere_is_shown_as_it_is(hr):
    ballot = reported(hr, lines="A 60 %\nB 43 %", voters="12")
    page = hr.get(ballot.get_absolute_url()).content.decode()
    assert "Procenten blir tillsammans 103\u00a0%, så som de är rapporterade." in page
    assert "12 röstade" in page


# Where else it shows


def test_a_need_and_a_dialogue_show_what_was_prioritised(hr, sign_in, opened, world):
    need = factories.need(world.program)
    dialogue = factories.dialogue(world.program, departments=[world.home], published_at=None)
    opened.options.filter(text="Kompetens").update(need=need)
    Ballot.objects.filter(pk=opened.pk).update(dialogue=dialogue)
    address = f"/ostra/chefer/behov/{need.pk}/"
    assert opened.question not in hr.get(address).content.decode()
    published_with(opened, world, *THREE)
    page = sign_in(world.users.reader).get(address).content.decode()
    assert "33,3\u00a0% av poängen, plats 2 av 6; 3 av 3 valde det." in page
    assert opened.question in sign_in(world.users.editor).get(dialogue.get_absolute_url()).content.decode()
    assert LIST in sign_in(world.users.editor).get("/ostra/chefer/dialoger/").content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_query_counts(hr, world, rows, django_assert_num_queries):
    need = factories.need(world.program)
    for _number in range(rows):
        ballot = make_ballot(world.program, *OPTIONS[: rows + 1], picks=1)
        ballot.options.filter(order=0).update(need=need)
        actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
        published_with(ballot, world, (100,), (0, 100), (100,))
        for number in range(rows):
            actions.add_reason(option=ballot.options.first(), text=f"Skäl {number}")
    with django_assert_num_queries(6):
        hr.get(LIST)
    with django_assert_num_queries(8):
        hr.get(f"{LIST}{ballot.pk}/")
    with django_assert_num_queries(7):
        hr.get(f"{LIST}{ballot.pk}/visa/")
    phone = Phone(ballot)
    with django_assert_num_queries(3):
        phone.get()


@pytest.mark.parametrize("options", [2, 20])
def test_a_vote_takes_as_many_queries_whatever_the_options(world, options, django_assert_num_queries):
    ballot = make_ballot(world.program, *map(str, range(options)), picks=options)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    points = by_option(ballot, *(5,) * options)
    with django_assert_num_queries(10):
        actions.cast_vote(ballot=ballot, digest="a" * 64, points=points)


# Sixty at once


@pytest.mark.django_db(transaction=True)
def test_twenty_reasons_at_once_are_kept():
    """Each writes every slip of the ballot anew; they wait for one another, and none is refused for it."""
    world = factories.world()
    ballot = make_ballot(world.program, "A", "B", "C", picks=2)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    published_with(ballot, world, (50, 50), (60, 40), (50, 0, 50), (70, 30))
    option = ballot.options.first()
    answers = at_once(20, lambda n: actions.add_reason(option=option, text=f"Skäl {n}", is_from_phone=True))
    assert answers == [None] * 20
    assert Reason.objects.filter(option=option).count() == 20


def stood(ballot) -> tuple:
    """(stage, voters, slips, points, pickers)."""
    ballot.refresh_from_db()
    sums = list(ballot.options.values_list("points", "pickers"))
    return ballot.stage, ballot.voters, ballot.slips.count(), [s for s, _p in sums], [p for _s, p in sums]


@pytest.mark.django_db(transaction=True)
def test_sixty_phones_at_once_lose_nothing():
    world = factories.world()
    ballot = make_ballot(world.program, expected=60)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    phones = [Phone(ballot) for _number in range(60)]
    sent = [phone.fields(*((50, 30, 20) if n % 2 else (0, 1, 0, 98, 1))) for n, phone in enumerate(phones)]
    answers = at_once(60, lambda n: phones[n].client.post(phones[n].address, sent[n]).status_code)
    assert answers == [302] * 60
    assert stood(ballot) == (
        "closed", 60, 60, [1500, 930, 600, 2940, 30, 0], [30, 60, 30, 30, 30, 0],
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_device_that_sends_ten_times_at_once_is_counted_once():
    world = factories.world()
    ballot = make_ballot(world.program)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    points = by_option(ballot, 50, 30, 20)
    answers = at_once(10, lambda _n: actions.cast_vote(ballot=ballot, digest="a" * 64, points=points))
    assert sorted(map(str, answers)) == [actions.ALREADY] * 9 + [actions.COUNTED]
    assert stood(ballot) == ("open", 1, 1, [50, 30, 20, 0, 0, 0], [1, 1, 1, 0, 0, 0])


@pytest.mark.django_db(transaction=True)
def test_more_than_are_expected_at_once_are_told_and_not_counted():
    world = factories.world()
    ballot = make_ballot(world.program, expected=12)
    actions.open_ballot(ballot=ballot, by=world.users.editor, revision=1)
    points = by_option(ballot, 50, 30, 20)
    answers = at_once(20, lambda n: actions.cast_vote(ballot=ballot, digest=f"{n:064}", points=points))
    assert sorted(map(str, answers)) == [actions.CLOSED] * 8 + [actions.COUNTED] * 12
    assert stood(ballot)[:3] == ("closed", 12, 12)


def test_another_organisations_ballot_is_not_seen(world):
    make_ballot(world.hidden)
    assert not Ballot.objects.visible_to(place(world.program)).exists()
    assert reverse("dialogues:ballot-list", args=["ostra", "chefer"]) == LIST


def test_no_row_tells_which_vote_it_was_written_with(opened):
    """PostgreSQL marks each row with the transaction that wrote it; a slip must not share its mark with options."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL marks rows so")
    for number, points in enumerate(THREE):
        vote(opened, number, *points)
    with connection.cursor() as cursor:
        cursor.execute(
            "select xmin::text from dialogues_slip union select xmin::text from dialogues_ballotoption"
        )
        assert len(cursor.fetchall()) == 1


def test_a_form_from_another_page_sets_no_cookie(opened):
    """Else a voted phone would get a second vote: a form of another site brings no cookie."""
    response = Client().post(f"/rosta/{opened.code}/", {"mark": "x"})
    assert COOKIE not in response.cookies
    assert COOKIE in Client().get(f"/rosta/{opened.code}/").cookies


@pytest.mark.parametrize("field", ["question", "lines"])
def test_a_personal_number_is_refused_in_question_and_options(hr, field):
    data = {"question": "Vad?", "points": 100, "picks": 2, "lines": "Ett\nTvå\nTre"}
    data[field] += " 19121212-1212"
    response = hr.post(f"{LIST}ny/", data)
    assert list(response.context["form"].errors) == [field]
    assert not Ballot.objects.exists()


def test_a_reason_that_names_somebody_is_refused(hr, opened, world):
    phone = Phone(opened)
    phone.vote(50, 30, 20)
    published_with(opened, world, *THREE)
    assert "Anna Andersson" in phone.reason("Anna Andersson tar för lång tid").content.decode()
    assert not Reason.objects.exists()
