"""A department head logs a dialogue; drafts survive; both sides decide what is published."""

import datetime as dt
import json
from io import StringIO

import docx
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from dialogues.actions import dialogue as actions
from dialogues.models import Dialogue, Statement
from organisation.actions import add_member
from organisation.models import Draft
from tests import factories
from tests.factories import DAY, place
from ui.revision import Stale

LIST = "/ostra/chefer/dialoger/"


@pytest.fixture
def head(sign_in, world):
    return sign_in(world.users.department_head)


def typed(world, **changes) -> dict:
    area = world.program.areas.first()
    return {
        "departments": [world.home.pk],
        "held_on": "2026-03-01",
        "number_present": "8",
        f"said_{area.pk}_current": "- Bra stöd av assistenten\r\n\r\n• Vi hjälps åt",
        f"said_{area.pk}_opportunity": "Handledning i grupp",
    } | changes


def texts(dialogue, kind="current") -> list[str]:
    return list(dialogue.statements.filter(kind=kind).values_list("text", flat=True))


def test_a_department_head_logs_a_dialogue(head, world):
    response = head.post(f"{LIST}ny/", typed(world))
    dialogue = Dialogue.objects.get()
    assert response["Location"] == dialogue.get_absolute_url()
    assert texts(dialogue) == ["Bra stöd av assistenten", "Vi hjälps åt"]
    assert texts(dialogue, "opportunity") == ["Handledning i grupp"]
    assert (dialogue.stage, dialogue.logged_by) == ("draft", world.users.department_head)


def test_hr_logs_for_any_department(sign_in, world):
    client = sign_in(world.users.editor)
    assert client.post(f"{LIST}ny/", typed(world, departments=[world.other.pk])).status_code == 302


def test_a_department_head_cannot_log_for_another_department(head, world):
    response = head.post(f"{LIST}ny/", typed(world, departments=[world.other.pk]))
    assert list(response.context["form"].errors) == ["departments"]
    assert not Dialogue.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": "2999-01-01"}, "held_on"),
        ({"held_on": "2026-02-30"}, "held_on"),
        ({"held_on": ""}, "held_on"),
        ({"number_present": "-3"}, "number_present"),
        ({"number_present": "0"}, "number_present"),
        ({"departments": []}, "departments"),
        ({"departments": ["99999"]}, "departments"),
    ],
)
def test_wrong_input_is_told_and_nothing_typed_is_lost(head, world, changes, field):
    response = head.post(f"{LIST}ny/", typed(world, **changes))
    assert list(response.context["form"].errors) == [field]
    assert "Handledning i grupp" in response.content.decode()
    assert not Dialogue.objects.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Kort\n" + "x" * 1001, "Rad 2 har 1001 tecken; ett inspel rymmer högst 1000. Dela upp den."),
        ("Ett\x00tecken", None),
        (
            "Ett\x1btecken",
            "Rad 1 innehåller ett osynligt styrtecken (kod U+001B). Ta bort det och spara igen.",
        ),
    ],
)
def test_lines_that_do_not_fit_are_named(head, world, text, message):
    name = f"said_{world.program.areas.first().pk}_current"
    response = head.post(f"{LIST}ny/", typed(world, **{name: text}))
    errors = response.context["form"].errors
    assert list(errors) == [name]
    assert message is None or errors[name] == [message]


def test_emoji_and_arabic_are_kept_word_for_word(head, world):
    name = f"said_{world.program.areas.first().pk}_current"
    head.post(f"{LIST}ny/", typed(world, **{name: "Bra 👍\nشكرا <script>"}))
    assert texts(Dialogue.objects.get()) == ["Bra 👍", "شكرا <script>"]


def save_draft(client, world, **fields):
    return client.post(
        "/ostra/-/utkast/",
        {
            "_draft_key": f"dialogue:new:{world.program.pk}",
            "_draft_title": "Dialog",
            "_draft_url": f"{LIST}ny/",
        }
        | fields,
    )


def test_what_is_typed_is_kept_and_signing_in_leads_back_to_it(head, world, client):
    response = save_draft(head, world, **typed(world, held_on="", number_present="sju"))
    assert list(response.json()) == ["saved_at"]
    client.logout()
    client.force_login(world.users.department_head)
    start = client.get("/", follow=True)
    assert f'href="{LIST}ny/"' in start.content.decode()
    page = client.get(f"{LIST}ny/").content.decode()
    assert "Vi hjälps åt" in page
    assert 'value="sju"' in page
    assert "invalid-feedback" not in page


def test_saving_discards_the_draft(head, world):
    save_draft(head, world, **typed(world))
    head.post(f"{LIST}ny/", typed(world))
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away(head, world):
    save_draft(head, world, **typed(world))
    head.post(f"/ostra/-/utkast/{Draft.objects.get().pk}/kasta/")
    assert not Draft.objects.exists()


def test_somebody_elses_draft_is_not_found(head, sign_in, world):
    save_draft(head, world, **typed(world))
    draft = Draft.objects.get()
    client = sign_in(world.users.editor)
    assert client.post(f"/ostra/-/utkast/{draft.pk}/kasta/").status_code == 404
    assert "Vi hjälps åt" not in client.get(f"{LIST}ny/").content.decode()


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "/vastra/hemlig/", ""])
def test_a_draft_belongs_to_a_page_here(head, world, url):
    assert save_draft(head, world, _draft_url=url).status_code == 400


def test_a_draft_has_a_limit(head, world):
    assert save_draft(head, world, summary="x" * 1_100_000).status_code == 413


@pytest.fixture
def logged(world):
    return factories.dialogue(
        world.program, departments=[world.home], held_on=DAY, statements=["Första", "Andra"],
        logged_by=world.users.department_head,
    )  # fmt: skip


def step(client, dialogue, name):
    dialogue.refresh_from_db()
    return client.post(f"{LIST}{dialogue.pk}/{name}/", {"revision": dialogue.revision}, follow=True)


def test_an_unchanged_line_stays_the_same_statement(logged, world):
    before = {row.text: row.pk for row in logged.statements.all()}
    area = world.program.areas.first()
    actions.sync_statements(logged, {(area, "current"): ["Ny", "Andra"]})
    after = {row.text: row.pk for row in logged.statements.all()}
    assert list(after) == ["Ny", "Andra"]
    assert after["Andra"] == before["Andra"]


@pytest.mark.parametrize(
    ("kind", "stages"),
    [
        ("editor", {"draft", "confirmed", "published"}),
        ("department_head", {"draft", "confirmed", "published"}),
        ("director", {"confirmed", "published"}),
        ("manager", {"confirmed", "published"}),
        ("secretary", {"published"}),
        ("reader", {"published"}),
        ("admin", {"published"}),
    ],
)
def test_who_sees_a_dialogue_of_the_own_department(sign_in, world, logged, kind, stages):
    now = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
    user = world.users.editor
    seen = set()
    fields = {
        "draft": {},
        "confirmed": {"confirmed_at": now, "confirmed_by": user},
        "published": {"head_agreed_at": now, "head_agreed_by": user, "hr_agreed_at": now, "hr_agreed_by": user,
                      "published_at": now},
    }  # fmt: skip
    for stage, values in fields.items():
        Dialogue.objects.filter(pk=logged.pk).update(**values)
        if sign_in(getattr(world.users, kind)).get(f"{LIST}{logged.pk}/").status_code == 200:
            seen.add(stage)
    assert seen == stages


def test_another_departments_draft_is_not_seen(world):
    dialogue = factories.dialogue(world.program, departments=[world.other])
    head = place(world.program, "department_head", [world.home])
    assert dialogue not in Dialogue.objects.visible_to(head)
    assert dialogue in Dialogue.objects.visible_to(place(world.program))


def test_it_is_published_when_both_sides_have_agreed(sign_in, world, logged):
    head, hr = world.users.department_head, world.users.editor
    step(sign_in(head), logged, "bekrafta")
    step(sign_in(head), logged, "publicera")
    logged.refresh_from_db()
    assert (logged.stage, logged.head_agreed_by) == ("confirmed", head)
    assert (
        sign_in(head).post(f"{LIST}{logged.pk}/publicera/", {"revision": logged.revision}).status_code == 403
    )
    step(sign_in(hr), logged, "publicera")
    logged.refresh_from_db()
    assert logged.stage == "published"


def test_what_is_withheld_is_not_published_and_asks_both_again(sign_in, world, logged):
    hr = world.users.editor
    step(sign_in(hr), logged, "bekrafta")
    step(sign_in(hr), logged, "publicera")
    logged.refresh_from_db()
    secret = logged.statements.get(text="Andra")
    data = {"statements": [secret.pk], "do": "withhold", "revision": logged.revision}
    sign_in(world.users.department_head).post(f"{LIST}{logged.pk}/inspel/", data)
    logged.refresh_from_db()
    assert logged.hr_agreed_at is None
    for user in (hr, world.users.department_head):
        step(sign_in(user), logged, "publicera")
    page = sign_in(world.users.reader).get(f"{LIST}{logged.pk}/").content.decode()
    assert "Första" in page
    assert "Andra" not in page


def test_in_a_shared_meeting_each_department_is_asked(sign_in, world, logged):
    """One head's yes does not publish another department's words."""
    logged.departments.add(world.other)
    second = add_member(
        organisation=world.ours, username="annan", kind="department_head", departments=[world.other]
    )
    head, hr = world.users.department_head, world.users.editor
    for user, name in ((hr, "bekrafta"), (hr, "publicera"), (head, "publicera")):
        step(sign_in(user), logged, name)
    logged.refresh_from_db()
    assert (logged.stage, logged.head_agreed_at) == ("confirmed", None)
    sides = sign_in(hr).get(f"{LIST}{logged.pk}/").context["sides"]
    assert {row.name: side for row, side in sides} == {world.home.name: "agreed", world.other.name: "asked"}
    assert not sign_in(head).get(LIST).context["dialogues"][0].waits_for_me
    assert sign_in(second.user).get(LIST).context["dialogues"][0].waits_for_me
    step(sign_in(second.user), logged, "publicera")
    logged.refresh_from_db()
    assert (logged.stage, logged.head_agreed_by) == ("published", second.user)


def test_where_nobody_is_to_be_asked_hr_publishes(sign_in, world):
    """A meeting of no department, and a department whose head has no account."""
    for departments in ([], [world.other]):
        dialogue = factories.dialogue(
            world.program, departments=departments, kind="workshop", statements=["Ord"]
        )
        for name in ("bekrafta", "publicera"):
            step(sign_in(world.users.editor), dialogue, name)
        assert sign_in(world.users.reader).get(f"{LIST}{dialogue.pk}/").status_code == 200


def test_a_yes_that_nobody_waits_for_any_longer_publishes(sign_in, world, logged):
    """HR has agreed, and then the head that was asked leaves."""
    hr, head = world.users.editor, world.users.department_head
    for name in ("bekrafta", "publicera"):
        step(sign_in(hr), logged, name)
    assert not sign_in(hr).get(f"{LIST}{logged.pk}/").context["may_agree"]
    head.is_active = False
    head.save()
    assert sign_in(hr).get(f"{LIST}{logged.pk}/").context["may_agree"]
    step(sign_in(hr), logged, "publicera")
    logged.refresh_from_db()
    assert logged.stage == "published"


def test_a_yes_before_the_words_changed_counts_no_longer(sign_in, world, logged):
    hr, head = world.users.editor, world.users.department_head
    step(sign_in(hr), logged, "bekrafta")
    step(sign_in(head), logged, "publicera")
    logged.refresh_from_db()
    first = logged.statements.first()
    told = sign_in(hr).post(
        f"{LIST}{logged.pk}/inspel/", {"statements": [first.pk], "do": "withhold", "revision": logged.revision},
        follow=True,
    )  # fmt: skip
    assert "krävs ett nytt ja" in told.content.decode()
    step(sign_in(hr), logged, "publicera")
    logged.refresh_from_db()
    assert logged.stage == "confirmed"
    assert not logged.heads_agreed.exists()


def test_releasing_what_is_published_changes_nothing(sign_in, world, logged):
    hr, head = world.users.editor, world.users.department_head
    for user, name in ((hr, "bekrafta"), (hr, "publicera"), (head, "publicera")):
        step(sign_in(user), logged, name)
    logged.refresh_from_db()
    data = {"statements": [logged.statements.first().pk], "do": "release", "revision": logged.revision}
    sign_in(hr).post(f"{LIST}{logged.pk}/inspel/", data)
    logged.refresh_from_db()
    assert logged.stage == "published"


@pytest.mark.parametrize("act", ["withhold", "withdraw", "agree"])
def test_what_was_decided_of_other_words_is_refused(world, logged, act):
    Dialogue.objects.filter(pk=logged.pk).update(
        confirmed_at="2026-03-05T08:00Z", confirmed_by=world.users.editor
    )
    logged.refresh_from_db()
    calls = {
        "withhold": lambda: actions.withhold(
            dialogue=logged, statements=logged.statements.all(), withheld=True, revision=99
        ),
        "withdraw": lambda: actions.withdraw(dialogue=logged, revision=99),
        "agree": lambda: actions.agree_to_publish(
            dialogue=logged, place=place(world.program), by=world.users.editor, revision=99
        ),
    }
    with pytest.raises(Stale):
        calls[act]()
    assert not logged.statements.filter(is_withheld=True).exists()


def test_what_stood_in_the_draft_is_shown_to_those_who_work_with_it_alone(sign_in, world, head):
    """The trail of changes holds words that nobody agreed to publish."""
    head.post(f"{LIST}ny/", typed(world, summary="Ord som togs bort"))
    dialogue = Dialogue.objects.get()
    form = typed(
        world,
        summary="Ord som stod kvar",
        revision=dialogue.revision,
        **{"initial-summary": "Ord som togs bort"},
    )
    head.post(f"{LIST}{dialogue.pk}/andra/", form)
    for user, name in (
        (world.users.department_head, "bekrafta"),
        (world.users.department_head, "publicera"),
        (world.users.editor, "publicera"),
    ):
        step(sign_in(user), dialogue, name)
    for kind in ("reader", "manager", "secretary", "director", "admin", "editor", "department_head"):
        page = sign_in(getattr(world.users, kind)).get(f"{LIST}{dialogue.pk}/").content.decode()
        assert ("Ord som togs bort" in page) is (kind in ("editor", "department_head")), kind
        assert "Ord som stod kvar" in page
    assert "har sagt ja" in page
    assert "+00:00" not in page


def test_readers_are_told_how_many_words_they_may_read(sign_in, world, logged):
    hr, head = world.users.editor, world.users.department_head
    step(sign_in(hr), logged, "bekrafta")
    logged.refresh_from_db()
    data = {"statements": [logged.statements.first().pk], "do": "withhold", "revision": logged.revision}
    sign_in(hr).post(f"{LIST}{logged.pk}/inspel/", data)
    for user in (hr, head):
        step(sign_in(user), logged, "publicera")
    counts = [
        sign_in(user).get(LIST).context["dialogues"][0].current
        for user in (world.users.editor, world.users.reader)
    ]
    assert counts == [2, 1]


def test_who_writes_while_somebody_confirms_sees_the_own_words_again(head, sign_in, world, logged):
    form = typed(world, held_on=DAY.isoformat(), summary="Det jag skrev just nu", revision=logged.revision)
    step(sign_in(world.users.editor), logged, "bekrafta")
    answer = head.post(f"{LIST}{logged.pk}/andra/", form)
    page = answer.content.decode()
    assert (answer.status_code, "Det jag skrev just nu" in page) == (409, True)
    assert "bekräftades medan du skrev" in page
    assert texts(logged) == ["Första", "Andra"]


def test_statements_of_a_draft_are_not_sorted_yet(sign_in, world, logged):
    need = factories.need(world.program)
    data = {
        "statements": [logged.statements.first().pk],
        "do": "link",
        "need": need.pk,
        "revision": logged.revision,
    }
    assert sign_in(world.users.editor).post(f"{LIST}{logged.pk}/inspel/", data).status_code == 403
    assert not need.statements.exists()


def test_withdrawing_hides_it_again(sign_in, world, logged):
    for user, name in ((world.users.editor, "bekrafta"), (world.users.editor, "publicera"),
                       (world.users.department_head, "publicera"), (world.users.department_head, "dra-tillbaka")):  # fmt: skip
        step(sign_in(user), logged, name)
    assert sign_in(world.users.reader).get(f"{LIST}{logged.pk}/").status_code == 404


def test_confirmed_words_stand(sign_in, world, logged):
    client = sign_in(world.users.department_head)
    step(client, logged, "bekrafta")
    response = client.get(f"{LIST}{logged.pk}/andra/")
    assert response.status_code == 403
    assert "orden står fast" in response.content.decode()


def test_hr_links_statements_to_needs_and_sets_themes(sign_in, world, logged):
    client = sign_in(world.users.editor)
    step(client, logged, "bekrafta")
    need = factories.need(world.program)
    pks = list(logged.statements.values_list("pk", flat=True))
    url = f"{LIST}{logged.pk}/inspel/"
    client.post(url, {"statements": pks, "do": "link", "need": need.pk})
    client.post(url, {"statements": pks[:1], "do": "theme", "theme": "support"})
    assert need.statements.count() == 2
    assert Statement.objects.get(pk=pks[0]).theme == "support"
    client.post(url, {"statements": pks[:1], "do": "unlink", "need": need.pk})
    assert need.statements.count() == 1
    page = client.post(url, {"do": "link"}, follow=True).content.decode()
    assert "Markera först de inspel du menar." in page


def test_a_department_head_does_not_link_needs(sign_in, world, logged):
    client = sign_in(world.users.department_head)
    step(client, logged, "bekrafta")
    need = factories.need(world.program)
    pk = logged.statements.first().pk
    response = client.post(f"{LIST}{logged.pk}/inspel/", {"statements": [pk], "do": "link", "need": need.pk})
    assert response.status_code == 403


def test_two_who_edit_the_same_dialogue(head, world, logged):
    form = head.get(f"{LIST}{logged.pk}/andra/").context["form"]
    data = typed(world, revision=logged.revision)
    data |= {f"initial-{name}": form[name].value() or "" for name in form.fields if name != "revision"}
    head.post(f"{LIST}{logged.pk}/andra/", data | {"number_present": "9"})
    response = head.post(f"{LIST}{logged.pk}/andra/", data | {"number_present": "10"})
    assert response.context["form"].is_stale
    logged.refresh_from_db()
    assert logged.number_present == 9


def test_confirming_what_somebody_just_changed_is_refused(world, logged):
    actions.confirm_dialogue(dialogue=logged, by=world.users.editor, revision=logged.revision)
    with pytest.raises(Stale):
        actions.confirm_dialogue(dialogue=logged, by=world.users.editor, revision=1)


def test_the_database_refuses_publication_without_agreement(world, logged):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dialogue.objects.filter(pk=logged.pk).update(published_at=dt.datetime(2026, 3, 5, tzinfo=dt.UTC))


@pytest.mark.parametrize("rows", [1, 6])
def test_list_query_count(sign_in, world, rows, django_assert_num_queries):
    for _number in range(rows):
        factories.dialogue(world.program, departments=[world.home], statements=["Ett", "Två"])
    client = sign_in(world.users.editor)
    with django_assert_num_queries(8):
        response = client.get(LIST)
    assert [department.name for department in response.context["silent"]] == ["Myndigheten"]


def test_a_need_shows_what_was_said_as_far_as_the_role_may_see(sign_in, world, logged):
    need = factories.need(world.program)
    need.statements.set(logged.statements.all())
    pages = [
        sign_in(user).get(f"/ostra/chefer/behov/{need.pk}/").content.decode()
        for user in (world.users.editor, world.users.reader)
    ]
    assert ["Första" in page for page in pages] == [True, False]


# Other meetings


@pytest.mark.parametrize(
    ("typed_date", "stored"),
    [
        ("2026-03-01", (dt.date(2026, 3, 1), None, "")),
        ("våren 2018", (dt.date(2018, 3, 1), dt.date(2018, 5, 31), "våren 2018")),
        ("2026-03-02 – 2026-03-04", (dt.date(2026, 3, 2), dt.date(2026, 3, 4), "2026-03-02 – 2026-03-04")),
        ("2–4 mars 2026", (dt.date(2026, 3, 2), dt.date(2026, 3, 4), "2–4 mars 2026")),
        ("30 april 2026 till 2 maj 2026", (dt.date(2026, 4, 30), dt.date(2026, 5, 2), "30 april 2026 till 2 maj 2026")),
    ],
)  # fmt: skip
def test_a_date_is_kept_in_its_own_words(sign_in, world, typed_date, stored):
    client = sign_in(world.users.editor)
    client.post(f"{LIST}ny/", typed(world, held_on=typed_date))
    row = Dialogue.objects.get()
    assert (row.held_on, row.held_until, row.held_words) == stored
    assert client.get(f"{LIST}{row.pk}/andra/").context["form"]["held_on"].value() == typed_date
    if row.held_words:
        assert typed_date in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    "typed_date", ["4–2 mars 2026", "2026-03-04 – 2026-03-02", "i går", "2999", "2026-03-02 –"]
)
def test_a_date_that_is_none_is_told(head, world, typed_date):
    response = head.post(f"{LIST}ny/", typed(world, held_on=typed_date))
    assert list(response.context["form"].errors) == ["held_on"]
    assert f'value="{typed_date}"' in response.content.decode()


def test_hr_logs_a_workshop_without_department(sign_in, world):
    client = sign_in(world.users.editor)
    area = world.program.areas.first()
    data = {"kind": "workshop", "title": "Workshop med ledningsgruppen", "departments": [],
            f"said_{area.pk}_need": "Våga prioritera", "summary": "- Mod\r\n- Tydlighet"}  # fmt: skip
    client.post(f"{LIST}ny/", typed(world, **data))
    row = Dialogue.objects.get()
    assert (row.kind, row.name, texts(row, "need")) == (
        "workshop", "Workshop med ledningsgruppen", ["Våga prioritera"],
    )  # fmt: skip
    page = client.get(f"{LIST}{row.pk}/").content.decode()
    assert "<li>Mod</li><li>Tydlighet</li>" in page
    assert "Workshop med ledningsgruppen" in client.get(LIST).content.decode()


def test_a_dialogue_has_a_department(sign_in, world):
    response = sign_in(world.users.editor).post(f"{LIST}ny/", typed(world, departments=[]))
    assert response.context["form"].errors == {
        "departments": ["Välj avdelningar. Bara en workshop eller en genomgång kan vara utan."]
    }


def test_a_department_head_logs_nothing_without_department(head, world):
    response = head.post(f"{LIST}ny/", typed(world, departments=[], kind="workshop"))
    assert list(response.context["form"].errors) == ["departments"]


def test_more_answers_than_invited_are_flagged_and_not_refused(sign_in, world):
    client = sign_in(world.users.editor)
    client.post(f"{LIST}ny/", typed(world, kind="review", title="Genomgång", invited="40", answered="41"))
    row = Dialogue.objects.get()
    page = client.get(f"{LIST}{row.pk}/").content.decode()
    assert "41 av 40 har svarat" in page
    assert "fler svar än tillfrågade" in page


@pytest.mark.parametrize(("fields", "words"), [
    ({"invited": 60, "answered": 41}, "41 av 60 har svarat"), ({"answered": 41}, "41 har svarat, antal tillfrågade okänt"),
    ({"invited": 60}, "60 tillfrågade, antal svar okänt"), ({"invited": 60, "answered": 0}, "0 av 60 har svarat"),
])  # fmt: skip
def test_what_is_unknown_of_a_review_is_said_to_be(sign_in, world, fields, words):
    factories.dialogue(world.program, departments=[], kind="review", title="Genomgång", **fields)
    assert words in sign_in(world.users.editor).get(LIST).content.decode()


def test_the_folded_part_is_open_when_it_holds_something(sign_in, world):
    row = factories.dialogue(world.program, departments=[world.home], title="Höstdialogen")
    client = sign_in(world.users.editor)
    assert client.get(f"{LIST}{row.pk}/andra/").context["form"].shows_more
    assert not client.get(f"{LIST}ny/").context["form"].shows_more
    response = client.post(f"{LIST}ny/", typed(world, answered="-1"))
    assert response.context["form"].shows_more


def test_a_changed_line_keeps_what_was_laid_beside_it(sign_in, world, logged):
    row = logged.statements.get(text="Första")
    Statement.objects.filter(pk=row.pk).update(text="Bra stöd av asistenten", label="Stöd", owner_words="HR")
    area = world.program.areas.first()
    actions.sync_statements(logged, {(area, "current"): ["Något nytt", "Bra stöd av assistenten", "Andra"]})
    row.refresh_from_db()
    assert (row.text, row.label, row.owner_words, row.order) == ("Bra stöd av assistenten", "Stöd", "HR", 2)
    assert texts(logged) == ["Något nytt", "Bra stöd av assistenten", "Andra"]


def test_statements_of_an_area_that_is_no_starting_point_stay(sign_in, world, logged):
    area = factories.area(world.program, "Tidigare utgångspunkt", is_starting_point=False)
    Statement.objects.create(dialogue=logged, area=area, kind="need", text="Kvar")
    form = sign_in(world.users.editor).get(f"{LIST}{logged.pk}/andra/").context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value()}
    sign_in(world.users.editor).post(f"{LIST}{logged.pk}/andra/", data)
    assert texts(logged, "need") == ["Kvar"]


def test_departments_are_linked_to_their_own_pages(sign_in, world, logged):
    pages = {
        user.username: sign_in(user).get(LIST).content.decode()
        for user in (world.users.editor, world.users.department_head)
    }
    link = f"/ostra/chefer/avdelningar/{world.other.pk}/"
    assert [link in page for page in pages.values()] == [True, False]


NOTES = """1. Chefsrollens förutsättningar
Bra stöd
• Planering: Våga välja.
o Ägare till detta är cheferna själva
Utvecklingsmöjligheter
Enklare system
"""


def read_notes(path, *args) -> dict:
    out = StringIO()
    call_command(
        "import_notes",
        str(path),
        "--program",
        "ostra/chefer",
        "--date",
        "2026-05-01",
        "--json",
        *args,
        stdout=out,
    )
    return json.loads(out.getvalue())


@pytest.mark.parametrize("form", ["utf-8-sig", "cp1252", "docx"])
def test_notes_are_told_and_then_kept_as_a_draft(world, tmp_path, form):
    world.program.areas.create(name="Chefsrollens förutsättningar", order=8, is_starting_point=True)
    path = tmp_path / ("notes.docx" if form == "docx" else "notes.txt")
    if form == "docx":
        document = docx.Document()
        for line in NOTES.splitlines():
            document.add_paragraph(line)
        document.save(path)
    else:
        path.write_bytes(NOTES.encode(form))
    said = read_notes(path, "--dry-run")
    assert [(row["area"], row["kind"], row["text"]) for row in said["statements"]] == [
        ("Chefsrollens förutsättningar", "current", "Bra stöd"),
        ("Chefsrollens förutsättningar", "current", "Våga välja."),
        ("Chefsrollens förutsättningar", "opportunity", "Enklare system"),
    ]
    assert [row["text"] for row in said["left"]] == [
        "1. Chefsrollens förutsättningar",
        "Utvecklingsmöjligheter",
    ]
    assert not Dialogue.objects.exists()
    read_notes(path, "--department", world.home.code)
    dialogue = Dialogue.objects.get()
    assert (dialogue.stage, list(dialogue.departments.all())) == ("draft", [world.home])
    kept = dialogue.statements.get(label="Planering")
    assert (kept.text, kept.owner_words) == ("Våga välja.", "cheferna själva")


def test_notes_that_have_no_place_are_not_kept(world, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Något som sades")
    assert read_notes(path, "--dry-run")["errors"] == [
        "Rad 1: Välj vilken rubrik det hör till.",
        "Avdelningar: Välj minst en avdelning.",
    ]
    with pytest.raises(CommandError, match="Nothing is kept"):
        read_notes(path)
    with pytest.raises(CommandError, match="no department"):
        read_notes(path, "--department", "99")
    with pytest.raises(CommandError, match="No such file"):
        read_notes(tmp_path / "saknas.txt")
    assert not Dialogue.objects.exists()


@pytest.mark.parametrize(
    ("line", "date", "told"),
    [
        ("Chefen 19811218-9876 bad om stöd", "2026-05-01", "Rad 2: Texten innehåller ett personnummer."),
        ("Bra\x1bstöd", "2026-05-01", "Rad 2: Texten innehåller ett osynligt styrtecken."),
        ("Bra stöd", "2099-05-01", "Datum: Dagen ligger framåt i tiden."),
        ("Röd tråd: om 19811218-9876", "2026-05-01", "personnummer"),
    ],
)
def test_the_command_refuses_what_the_page_refuses(world, tmp_path, line, date, told):
    path = tmp_path / "notes.txt"
    path.write_text(f"Förutsättningar\n{line}\nFörutsättningar\nMer tid")
    args = (path, "--department", world.home.code, "--date", date)
    (error,) = read_notes(*args, "--dry-run")["errors"]
    assert told in error
    with pytest.raises(CommandError, match="Nothing is kept"):
        read_notes(*args)
    assert not Dialogue.objects.exists()


def test_the_command_refuses_a_dialogue_without_department_unless_the_notes_name_it(world, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Förutsättningar\nBra stöd")
    with pytest.raises(CommandError, match="Välj minst en avdelning"):
        read_notes(path)
    path.write_text(f"Dialog med {world.home.name} 2026-05-01\nFörutsättningar\nBra stöd")
    read_notes(path)
    assert list(Dialogue.objects.get().departments.all()) == [world.home]


def test_the_command_refuses_more_than_the_page_holds(world, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Förutsättningar\n" + "x\n" * 3001)
    with pytest.raises(CommandError, match="Läs in dem i delar"):
        read_notes(path)


def test_the_command_warns_of_likely_names(world, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Förutsättningar\nBra stöd av Anna Svensson")
    assert read_notes(path, "--dry-run")["warnings"] == ["Rad 2 kan nämna någon: Anna Svensson"]


def test_the_same_dialogue_logged_twice_is_told_and_a_draft_can_be_removed(head, world, logged):
    response = head.post(f"{LIST}ny/", typed(world, held_on=DAY.isoformat()), follow=True)
    assert "har redan en dialog 1 mars 2026" in response.content.decode()
    step(head, logged, "ta-bort")
    assert not Dialogue.objects.filter(pk=logged.pk).exists()


def test_the_same_day_elsewhere_is_not_told_of(head, world):
    """A joint draft of the own and another department; the other has a meeting that this head does not see."""
    factories.dialogue(world.program, departments=[world.other], held_on=DAY, title="Hemligt möte")
    joint = factories.dialogue(world.program, departments=[world.home, world.other], held_on=DAY)
    page = head.post(
        f"{LIST}{joint.pk}/andra/",
        typed(world, held_on=DAY.isoformat(), revision=joint.revision),
        follow=True,
    )
    assert "Hemligt" not in page.content.decode()


@pytest.mark.parametrize("about", ["kind", "program"])
def test_another_kind_or_programme_that_day_is_not_the_same(head, world, about):
    other = factories.program(world.ours, "annat") if about == "program" else world.program
    fields = {"kind": "workshop"} if about == "kind" else {}
    factories.dialogue(other, departments=[world.home], held_on=DAY, **fields)
    page = head.post(f"{LIST}ny/", typed(world, held_on=DAY.isoformat()), follow=True)
    assert "har redan en dialog" not in page.content.decode()


def test_a_confirmed_dialogue_is_not_removed(sign_in, world, logged):
    client = sign_in(world.users.editor)
    step(client, logged, "bekrafta")
    assert step(client, logged, "ta-bort").status_code == 403


def test_a_key_that_no_row_can_have_is_not_found(head, world):
    response = head.post(f"{LIST}ny/", typed(world, departments=["9" * 21]))
    assert response.status_code in (200, 404)
    assert not Dialogue.objects.exists()
