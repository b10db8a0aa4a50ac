"""Words that were said: refused or warned about when they give somebody away, corrected openly, erased for good."""

import datetime as dt
import json
from urllib.parse import urlencode

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.db import models
from django.urls import reverse

from dialogues.models import Ballot, BallotOption, Correction, Dialogue, Erasure, Objection, Reason, Statement
from dialogues.privacy.traces import HELD, rows_of, text_fields
from organisation.models import Draft, Forum
from program.models import Need, Response
from reports import outline
from reports.actions import approve_report, freeze_report
from reports.models import DecisionPoint, Handout, Hearing, Instruction, Mask, Ruling
from reports.openness.register import KINDS
from tests import factories
from tests.factories import DAY

LIST = "/ostra/chefer/dialoger/"
NUMBER = "850709-9805"
LETTER = {key: f"Text om {key}." for key in outline.LETTER}
NOW = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)


@pytest.fixture
def logged(world):
    return factories.dialogue(
        world.program, departments=[world.home], statements=["Bra stöd av Bo Berg", "Andra"]
    )


def confirm(dialogue, world, *, published: bool = False) -> Dialogue:
    user, fields = world.users.editor, {}
    if published:
        fields = {"hr_agreed_at": NOW, "hr_agreed_by": user, "head_agreed_at": NOW, "head_agreed_by": user,
                  "published_at": NOW}  # fmt: skip
    Dialogue.objects.filter(pk=dialogue.pk).update(confirmed_at=NOW, confirmed_by=user, **fields)
    dialogue.refresh_from_db()
    return dialogue


def typed(world, **changes) -> dict:
    area = world.program.areas.first()
    return {
        "departments": [world.home.pk],
        "held_on": "2026-03-01",
        f"said_{area.pk}_current": "Bra stöd av assistenten",
    } | changes


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# What is typed


@pytest.mark.parametrize("field", ["current", "opportunity", "need", "summary", "title"])
def test_a_personal_number_is_refused_at_its_place(hr, world, field):
    name = field if field in ("summary", "title") else f"said_{world.program.areas.first().pk}_{field}"
    text = f"Hon är {NUMBER}" if field == "title" else f"Bra\r\nHon är {NUMBER}"
    response = hr.post(f"{LIST}ny/", typed(world, **{name: text}))
    where = "Här står ett personnummer." if field == "title" else "Rad 2 innehåller ett personnummer."
    assert response.context["form"].errors == {name: [f"{where} Ta bort det; ingen ska kunna kännas igen."]}
    assert text.replace("\r\n", "\n") in response.content.decode().replace("\r\n", "\n")
    assert not Dialogue.objects.exists()


def test_a_likely_name_is_warned_about_and_saved_all_the_same(hr, world):
    name = f"said_{world.program.areas.first().pk}_current"
    response = hr.post(f"{LIST}ny/", typed(world, **{name: "Anna Berg ordnar schemat"}), follow=True)
    dialogue = Dialogue.objects.get()
    warning = next(text for text in told(response) if "personnamn" in text)
    assert "<strong>Anna Berg</strong>" in warning
    assert f'href="{LIST}{dialogue.pk}/andra/"' in warning
    assert f'href="{LIST}{dialogue.pk}/radera/"' in warning
    assert dialogue.statements.get().text == "Anna Berg ordnar schemat"


def test_the_warning_does_not_let_markup_through(hr, world):
    response = hr.post(f"{LIST}ny/", typed(world, summary="prata med <b>Anna</b>"), follow=True)
    assert "<strong>Anna</strong>" in response.content.decode()
    assert "<b>" not in response.content.decode()


def test_the_programmes_own_words_are_no_names(hr, world):
    world.home.aliases = ["Annas hus"]
    world.home.save()
    response = hr.post(f"{LIST}ny/", typed(world, summary="Bra på Annas hus"), follow=True)
    assert not [text for text in told(response) if "personnamn" in text]


# Corrections


def correct(client, dialogue, statement, **changes):
    url = f"{LIST}{dialogue.pk}/inspel/{statement.pk}/ratta/"
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "owners"}
    data |= {f"initial-{name}": data.get(name, "") for name in form.fields if name != "revision"}
    data = {name: value for name, value in data.items() if value != ""}
    return client.post(url, data | changes)


def test_a_correction_keeps_what_stood_before(sign_in, world, logged):
    head = world.users.department_head
    client, statement = sign_in(head), confirm(logged, world).statements.first()
    response = correct(client, logged, statement, text="Bra stöd\r\nav assistenten", reason="Fel hört")
    assert response["Location"] == f"{LIST}{logged.pk}/#s{statement.pk}"
    row = Correction.objects.get()
    assert (row.before, row.after, row.reason, row.by) == (
        "Bra stöd av Bo Berg", "Bra stöd av assistenten", "Fel hört", head,
    )  # fmt: skip
    statement.refresh_from_db()
    assert statement.text == "Bra stöd av assistenten"
    page = client.get(f"{LIST}{logged.pk}/").content.decode()
    assert "<del>Bra stöd av Bo Berg</del>" in page
    assert "Rättat " in page


def test_a_correction_needs_a_reason_and_loses_nothing(hr, world, logged):
    statement = confirm(logged, world).statements.first()
    response = correct(hr, logged, statement, text="Nya ord")
    assert response.context["form"].errors == {"reason": ["Skriv varför orden rättas."]}
    assert "Nya ord" in response.content.decode()
    assert (Correction.objects.count(), logged.statements.filter(text="Nya ord").count()) == (0, 0)


@pytest.mark.parametrize(("text", "field"), [("", "text"), ("x" * 1001, "text"), (f"Han {NUMBER}", "text")])
def test_words_that_do_not_hold_are_refused(hr, world, logged, text, field):
    statement = confirm(logged, world).statements.first()
    response = correct(hr, logged, statement, text=text, reason="Skäl")
    assert list(response.context["form"].errors) == [field]
    assert not Correction.objects.exists()


def test_what_lies_beside_the_words_is_changed_without_a_correction(hr, world, logged):
    statement, role = confirm(logged, world).statements.first(), world.ours.roles.first()
    correct(hr, logged, statement, label="Stöd", heading="Läget", theme="support", owners=[role.pk])
    statement.refresh_from_db()
    assert (statement.label, statement.heading, statement.theme) == ("Stöd", "Läget", "support")
    assert list(statement.owners.all()) == [role]
    assert not Correction.objects.exists()


@pytest.mark.parametrize(("changes", "stage"), [
    ({"text": "Nytt", "reason": "Fel"}, "confirmed"), ({"label": "Ny"}, "confirmed"), ({"heading": "Ny"}, "confirmed"),
])  # fmt: skip
def test_both_sides_are_asked_again_when_what_they_agreed_to_is_changed(hr, world, logged, changes, stage):
    statement = confirm(logged, world, published=True).statements.first()
    correct(hr, logged, statement, **changes)
    logged.refresh_from_db()
    assert logged.stage == stage
    assert (logged.hr_agreed_at is None, logged.head_agreed_at is None) == (stage == "confirmed",) * 2


def test_two_who_correct_the_same_words(hr, world, logged):
    statement = confirm(logged, world).statements.first()
    url = f"{LIST}{logged.pk}/inspel/{statement.pk}/ratta/"
    data = {"revision": logged.revision, "initial-text": statement.text, "reason": "Skäl"}
    hr.post(url, data | {"text": "Den enas ord"})
    response = hr.post(url, data | {"text": "Den andras ord"})
    form = response.context["form"]
    assert [(clash.saved, clash.mine) for clash in form.clashes] == [("Den enas ord", "Den andras ord")]
    again = {"revision": form["revision"].value(), "initial-text": "Den enas ord", "reason": "Skäl"}
    hr.post(url, again | {"text": "Den andras ord"})
    assert list(Correction.objects.values_list("before", "after")) == [
        ("Bra stöd av Bo Berg", "Den enas ord"), ("Den enas ord", "Den andras ord"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["director", "secretary", "manager", "reader", "admin"])
def test_others_do_not_correct_and_nobody_else_erases(sign_in, world, logged, kind):
    statement = confirm(logged, world, published=True).statements.first()
    client = sign_in(getattr(world.users, kind))
    assert client.get(f"{LIST}{logged.pk}/inspel/{statement.pk}/ratta/").status_code == 403
    assert client.get(f"{LIST}{logged.pk}/radera/").status_code == 403


def test_a_head_corrects_the_own_departments_words_and_erases_nothing(sign_in, world):
    other = factories.dialogue(world.program, departments=[world.other], statements=["Deras ord"])
    confirm(other, world, published=True)
    client = sign_in(world.users.department_head)
    url = f"{LIST}{other.pk}/"
    assert client.get(f"{url}inspel/{other.statements.get().pk}/ratta/").status_code == 403
    assert client.get(f"{url}radera/").status_code == 403


def test_a_drafts_words_are_changed_in_its_form(hr, logged):
    response = hr.get(f"{LIST}{logged.pk}/inspel/{logged.statements.first().pk}/ratta/")
    assert response.status_code == 403
    assert "ändra orden i formuläret" in response.content.decode()


def test_a_statement_of_another_dialogue_is_not_found(hr, world, logged):
    other = factories.dialogue(world.program, departments=[world.other], statements=["Deras"])
    confirm(logged, world)
    assert hr.get(f"{LIST}{logged.pk}/inspel/{other.statements.get().pk}/ratta/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "sees"),
    [("editor", True), ("department_head", True), ("director", True), ("manager", True), ("secretary", False),
     ("reader", False)],
)  # fmt: skip
def test_what_stood_before_stays_with_those_who_work_with_it(sign_in, world, logged, kind, sees):
    statement = confirm(logged, world, published=True).statements.last()
    Correction.objects.create(statement=statement, before="Förr så", after="Andra", reason="Fel", at=NOW)
    page = sign_in(getattr(world.users, kind)).get(f"{LIST}{logged.pk}/").content.decode()
    assert "ättat 5 mars 2026" in page
    assert ("Förr så" in page) == sees


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_of_a_dialogue_asks_no_more_for_more_corrections(
    hr, world, logged, rows, django_assert_num_queries
):
    confirm(logged, world)
    for number in range(rows):
        row = Statement.objects.create(
            dialogue=logged, area=world.program.areas.first(), kind="need", text=f"Behov {number}"
        )
        row.owners.add(world.ours.roles.first())
        Correction.objects.create(
            statement=row, before="a", after="b", reason="c", by=world.users.editor, at=NOW
        )
    hr.get(f"{LIST}{logged.pk}/")  # content types are asked for once
    with django_assert_num_queries(17):
        hr.get(f"{LIST}{logged.pk}/")


# Erasure


def everything() -> dict[str, str]:
    """All text in the tables of people's words, their history, drafts and log: what a search of the database finds."""
    found = {}
    for model in [*apps.get_app_config("dialogues").get_models(), Draft, LogEntry]:
        texts = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._base_manager.values("pk", *texts):
            found[f"{model.__name__} {row.pop('pk')}"] = json.dumps(row, ensure_ascii=False, default=str)
    return found


def fill(world, dialogue, words: str) -> None:
    """The words in every place where a dialogue may hold them."""
    user, statement = world.users.department_head, dialogue.statements.first()
    dialogue.title, dialogue.summary = f"Samtal med {words}", f"Första\nRing {words.upper()}\nSista"
    dialogue.save()
    dialogue.summary = "Utan"
    dialogue.save()  # the trail keeps what stood
    Statement.objects.filter(pk=statement.pk).update(
        text=f"Bra stöd av {words}", label=words, heading=f"Om {words}", owner_words=f"{words}s chef"
    )
    statement.corrections.create(before=f"{words} är bra", after="Bra", reason=f"{words} bad om det", at=NOW)
    need = factories.need(world.program)
    Objection.objects.create(
        need=need, department=world.home, statement=statement, text=f"{words} menade", at=NOW
    )
    Objection.objects.create(
        need=need, department=world.home, text="Vi menade", reply=f"Fråga {words}", replied_at=NOW,
        replied_by=user, at=NOW,
    )  # fmt: skip
    ballot = Ballot.objects.create(program=world.program, dialogue=dialogue, question="Vad först?")
    option = BallotOption.objects.create(ballot=ballot, text="Handledning")
    Reason.objects.create(option=option, text=f"{words} behöver det")
    Draft.objects.create(
        user=user, organisation=world.ours, key=f"dialogue:{dialogue.pk}", title="Dialog",
        url=f"{LIST}{dialogue.pk}/andra/", fields={"summary": [f"Ring {words}"]}, saved_at=NOW,
    )  # fmt: skip


def erase(client, dialogue, **data):
    url = f"{LIST}{dialogue.pk}/radera/"
    preview = client.post(url, {"ground": "named", "do": "look"} | data)
    form = preview.context["form"]
    data |= {"revision": form["revision"].value(), "places": form["places"].value()}
    return preview, client.post(url, {"ground": "named", "do": "erase"} | data, follow=True)


@pytest.mark.parametrize("words", ["Åsa Örnbäck", NUMBER])
def test_erased_words_are_nowhere_in_the_database(hr, world, logged, words):
    fill(world, logged, words)
    before = {place for place, text in everything().items() if words.lower() in text.lower()}
    assert {place.split()[0] for place in before} == {
        "Dialogue", "Statement", "Correction", "Objection", "Reason", "Draft", "LogEntry",
    }  # fmt: skip
    preview, response = erase(hr, logged, words=words)
    assert words in preview.content.decode()
    assert {place for place, text in everything().items() if words.lower() in text.lower()} == set()
    erasure = Erasure.objects.get()
    assert (erasure.by, erasure.ground, erasure.dialogue) == (world.users.editor, "named", logged)
    assert erasure.places == len(preview.context["found"]) > 10
    assert logged.statements.filter(text="Bra stöd av [raderat]").exists()
    page = response.content.decode()
    assert "Raderat för gott (1)" in page
    assert words not in page


def test_a_look_erases_nothing(hr, world, logged):
    response = hr.post(
        f"{LIST}{logged.pk}/radera/", {"words": "Bo Berg", "do": "look"}
    )  # no ground needed yet
    assert [row.words for row in response.context["found"]] == ["Bo Berg"]
    assert (Erasure.objects.count(), logged.statements.filter(text__contains="Bo Berg").count()) == (0, 1)


def test_what_came_since_the_look_is_shown_before_it_goes(hr, world, logged):
    url, data = f"{LIST}{logged.pk}/radera/", {"words": "Bo Berg", "ground": "named"}
    form = hr.post(url, data | {"do": "look"}).context["form"]
    Statement.objects.create(
        dialogue=logged, area=world.program.areas.first(), kind="current", text="Bo Berg igen"
    )
    data |= {"revision": form["revision"].value(), "places": form["places"].value(), "do": "erase"}
    response = hr.post(url, data)
    assert len(response.context["found"]) == 2
    assert not Erasure.objects.exists()


def test_erasing_what_somebody_just_changed_is_asked_again(hr, logged):
    url = f"{LIST}{logged.pk}/radera/"
    data = {"words": "Bo Berg", "ground": "named", "do": "erase", "places": 1}
    response = hr.post(url, data | {"revision": logged.revision + 1})
    assert not Erasure.objects.exists()
    hr.post(url, data | {"revision": response.context["form"]["revision"].value()})
    assert Erasure.objects.get().places == 1


def test_a_whole_statement_goes_with_all_that_it_once_said(hr, world, logged):
    statement = confirm(logged, world).statements.first()
    Statement.objects.filter(pk=statement.pk).update(text="Bra stöd", label="Stöd", owner_words="Bos chef")
    statement.corrections.create(before="Bra stöd av Bo", after="Bra stöd", reason="Namn", at=NOW)
    Statement.objects.filter(text="Andra").update(text="Bra stöd av andra")
    _preview, _response = erase(hr, logged, statement=statement.pk)
    statement.refresh_from_db()
    assert (statement.text, statement.label, statement.owner_words) == ("[raderat]",) * 3
    assert list(Correction.objects.values_list("before", "after")) == [("[raderat]", "[raderat]")]
    assert logged.statements.filter(text="Bra stöd av andra").exists()
    assert Erasure.objects.get().places == 5


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "words"), ({"words": "x"}, "words"), ({"words": "ord\n" * 21}, "words"),
        ({"words": "Bo", "statement": "own"}, "words"), ({"words": "Bo", "ground": ""}, "ground"),
        ({"statement": "others"}, "statement"),
    ],
)  # fmt: skip
def test_it_must_be_said_what_is_erased_and_why(hr, world, logged, data, field):
    other = factories.dialogue(world.program, departments=[world.other], statements=["Deras"])
    keys = {"own": logged.statements.first().pk, "others": other.statements.get().pk}
    data = {"ground": "named", "do": "erase"} | {name: keys.get(value, value) for name, value in data.items()}
    response = hr.post(f"{LIST}{logged.pk}/radera/", data)
    assert field in response.context["form"].errors
    assert not Erasure.objects.exists()


def test_words_that_stand_nowhere_are_said_to(hr, logged):
    response = hr.post(f"{LIST}{logged.pk}/radera/", {"words": "Finns inte", "ground": "named", "do": "look"})
    assert "Orden finns inte i den här dialogen" in response.content.decode()


def test_the_rest_of_the_programme_is_listed_to_be_mended_by_hand(
    hr, world, logged, django_assert_max_num_queries
):
    need = factories.need(world.program, "Som Bo Berg säger")
    factories.activity(world.program, "Bo Bergs förslag")
    Response.objects.create(need=need, on=DAY, outcome="open", text="Fråga Bo Berg")
    other = factories.dialogue(world.program, departments=[world.other], statements=["Bo Berg"])
    factories.need(world.hidden, "Hemliga Bo Berg")
    with django_assert_max_num_queries(62):
        response = hr.post(
            f"{LIST}{logged.pk}/radera/", {"words": "Bo Berg", "ground": "named", "do": "look"}
        )
    found = response.context["elsewhere"]
    assert {row.where.split(",")[0] for row in found} == {"Inspel", "Aktivitet"}
    assert {row.where.split(",")[0] for row in response.context["found"]} >= {"Behov", "Återkoppling"}
    assert f"{LIST}{other.pk}/radera/" in {row.url for row in found}
    assert all(hr.get(row.url).status_code == 200 for row in found)
    assert "emliga" not in response.content.decode()


def test_a_published_dialogue_stays_published_when_words_are_erased(hr, world, logged):
    confirm(logged, world, published=True)
    erase(hr, logged, words="Bo Berg")
    logged.refresh_from_db()
    assert logged.stage == "published"


# Erasure, whatever it meets


def test_erasing_succeeds_where_what_is_left_would_be_alike(hr, world, logged):
    """Needs of a programme and options of a ballot must differ; what stood before them stays."""
    titles = ["Stöd till Zorbax Ek", "Stöd till Qvintus Al", "Stöd till [raderat]", "Stöd till [raderat 2]"]
    for title in titles:
        factories.need(world.program, title, description="Fråga Zorbax Ek")
    ballot = Ballot.objects.create(program=world.program, question="Vad först?")
    for text in ("Zorbax Ek", "Qvintus Al"):
        BallotOption.objects.create(ballot=ballot, text=text)
    erase(hr, logged, words="Zorbax Ek\nQvintus Al")
    assert set(Need.objects.values_list("title", flat=True)) == {
        "Stöd till [raderat]", "Stöd till [raderat 2]", "Stöd till [raderat 3]", "Stöd till [raderat 4]",
    }  # fmt: skip
    assert set(Need.objects.values_list("description", flat=True)) == {"Fråga [raderat]"}
    assert set(BallotOption.objects.values_list("text", flat=True)) == {"[raderat]", "[raderat 2]"}


def test_titles_that_are_full_keep_their_length(hr, world, logged):
    for name in ("Bo", "Li"):
        factories.need(world.program, f"{'x' * 157} {name}")
    erase(hr, logged, words="Bo\nLi")
    assert sorted(Need.objects.values_list("title", flat=True)) == [f"{'x' * 157} …", f"{'x' * 157} …2"]


def test_numbering_marks_costs_a_query_a_row(hr, world, logged, django_assert_max_num_queries):
    for number in range(12):
        factories.need(world.program, f"Stöd till Bo {chr(97 + number)}")
    words = "\n".join(f"Bo {chr(97 + number)}" for number in range(12))
    preview = hr.post(f"{LIST}{logged.pk}/radera/", {"ground": "named", "do": "look", "words": words})
    form = preview.context["form"]
    data = {"ground": "named", "do": "erase", "words": words}
    data |= {"revision": form["revision"].value(), "places": form["places"].value()}
    with django_assert_max_num_queries(140):
        hr.post(f"{LIST}{logged.pk}/radera/", data)
    assert Need.objects.filter(title="Stöd till [raderat 12]").exists()


@pytest.mark.parametrize("how", ["button", "row"])
def test_words_of_a_removed_draft_are_erased_from_the_history(hr, world, logged, how):
    gone = factories.dialogue(world.program, departments=[world.home], title="Samtal med Åsa Örnbäck")
    if how == "button":
        hr.post(f"{LIST}{gone.pk}/ta-bort/", {"revision": gone.revision})
    else:
        gone.delete()
    assert any("Åsa Örnbäck" in text for text in everything().values())
    erase(hr, logged, words="Åsa Örnbäck")
    assert [place for place, text in everything().items() if "rnbäck" in text] == []


def _reported(world):
    report = factories.report(world.program)
    forum = Forum.objects.create(organisation=world.ours, name="Socialnämnden")
    return report, Hearing.objects.create(report=report, forum=forum, held_on=DAY)


def _handout(world):
    return Handout.objects.create(
        program=world.program, request="Allt", requested_on=DAY, by=world.users.editor
    )


REMOVED = {
    "point": lambda world, words: DecisionPoint.objects.create(report=_reported(world)[0], text=words),
    "ruling": lambda world, words: Ruling.objects.create(
        hearing=(found := _reported(world))[1], words=words, outcome="adopted",
        point=DecisionPoint.objects.create(report=found[0], text="Godkänna"),
    ),
    "instruction": lambda world, words: Instruction.objects.create(hearing=_reported(world)[1], text=words),
    "mask": lambda world, words: Mask.objects.create(
        handout=_handout(world), record="need", row=1, field="title", words=words, ground="OSL", by=world.users.editor
    ),
    "indicator": lambda world, words: factories.indicator(world.program, words),
    "need": lambda world, words: factories.need(world.program, words),
}  # fmt: skip


@pytest.mark.parametrize("what", REMOVED)
def test_the_history_of_what_is_removed_anywhere_in_the_programme_is_erased(hr, world, logged, what):
    """A row that is gone leads nowhere: its history has to tell of itself which programme it was of."""
    REMOVED[what](world, "Åsa Örnbäck bad om det").delete()
    assert any("Åsa Örnbäck" in text for text in everything().values())
    erase(hr, logged, words="Åsa Örnbäck")
    assert [place for place, text in everything().items() if "rnbäck" in text] == []


def test_the_history_of_what_is_mended_by_hand_is_erased(hr, world, logged):
    """The page lists it until it is mended; its history goes with the rest."""
    activity = factories.activity(world.program, "Åsa Örnbäcks förslag")
    factories.status(activity, "planned", comment="Fråga Åsa Örnbäck")
    report = factories.report(world.program, texts={"summary": "x"})
    section = report.sections.first()
    section.text = "Åsa Örnbäck bad om det"
    section.save()
    _preview, response = erase(hr, logged, words="Åsa Örnbäck")
    assert "finns kvar på 3 ställen i resten av programmet" in " ".join(told(response))
    assert not [text for text in everything().values() if "rnbäck" in text]
    section.text = activity.title = "Ett förslag"
    section.save()
    activity.save()
    assert [text for text in everything().values() if "rnbäck" in text]
    erase(hr, logged, words="Åsa Örnbäck")
    assert not [text for text in everything().values() if "rnbäck" in text]


def test_another_organisations_history_is_left_alone(hr, world, logged):
    factories.activity(world.hidden, "Åsa Örnbäcks förslag")
    factories.report(world.hidden).sections.update(text="Åsa Örnbäck")
    preview, _response = erase(hr, logged, words="Åsa Örnbäck")
    assert (preview.context["found"], preview.context["elsewhere"]) == ([], [])
    assert [text for text in everything().values() if "rnbäck" in text]


def test_draft_texts_of_reports_are_listed_with_their_page(hr, world, logged):
    report = factories.report(world.program)
    report.sections.filter(pk=report.sections.first().pk).update(text="Bo Berg bad om det")
    response = hr.post(f"{LIST}{logged.pk}/radera/", {"words": "Bo Berg", "ground": "named", "do": "look"})
    (row,) = response.context["elsewhere"]
    assert row.where == "Avsnitt, text"
    assert "Bo Berg bad om det" in hr.get(row.url).content.decode()
    assert "Orden finns inte i någon fastställd rapport." in response.content.decode()


def test_a_frozen_report_is_told_and_never_changed(hr, world, logged):
    report = factories.report(world.program, texts=LETTER | {"done": "Enligt Bo Berg\ngick det bra"})
    approve_report(report=report, by=world.users.director, revision=report.revision)
    release = freeze_report(report=report, by=world.users.secretary, revision=report.revision)
    held = release.content
    preview, response = erase(hr, logged, words="Bo Berg")
    (row,) = preview.context["frozen"]
    assert (row.where, row.words) == (f"Rapport {report.period}, version 1", "Bo Berg")
    assert f'href="{row.url}"' in preview.content.decode()
    assert hr.get(row.url).status_code == 200
    release.refresh_from_db()
    assert release.content == held
    assert response.status_code == 200


def test_no_model_with_words_of_the_programme_is_forgotten(logged):
    """A new model that somebody writes freely in is erased, listed, or named here with its reason."""
    erased = {rows.model for rows in rows_of(logged)}
    listed = {held.model for held in HELD}
    exempt = {
        "program.PlanFile": "an upload that waits to be confirmed, and goes",
        "program.ChangeSet": "a choice of fields and dates, in the product's words",
        "metrics.ObservationFile": "an upload that waits to be confirmed, and goes",
        "reports.Release": "frozen; told of by its own list",
    }
    routes = {model: kind.route for kind in KINDS for model in kind.models[:1]}
    written = {
        model
        for model in apps.get_models()
        if model._meta.app_label in ("program", "dialogues", "metrics", "reports")
        and text_fields(model)
        and (
            model in routes
            and not routes[model].startswith(
                ("organisation", "unit__", "report__organisation", "membership__")
            )
        )
    }
    forgotten = {model._meta.label for model in written - erased - listed}
    assert forgotten == set(exempt)


def test_history_of_the_programme_does_not_tell_of_dialogues(sign_in, world, logged):
    factories.dialogue(world.program, departments=[world.other], title="Hemligt utkast").delete()
    page = sign_in(world.users.department_head).get("/ostra/chefer/andringar/").content.decode()
    assert "Hemligt utkast" not in page


def test_what_was_grouped_is_told_without_words_that_are_erased(hr, world, logged):
    confirm(logged, world)
    need = factories.need(world.program, "Stöd till Bo Berg")
    url = "/ostra/chefer/behov/gruppera/"
    hr.post(url, {"do": f"link:{need.pk}", "statements": [logged.statements.first().pk]})
    assert "1 inspel lagt i Stöd till Bo Berg." in hr.get(url).content.decode()
    assert "Berg" not in str(dict(hr.session))
    erase(hr, logged, words="Bo Berg")
    assert "1 inspel lagt i Stöd till [raderat]." in hr.get(url).content.decode()
    need.delete()
    assert "1 inspel lagt i ett behov som inte längre finns." in hr.get(url).content.decode()


@pytest.mark.parametrize("words", ["Åsa Örnbäck", "ÅSA\u00a0ÖRNBÄCK"])
def test_words_are_found_as_they_were_pasted(hr, world, logged, words):
    """Decomposed letters from a Mac, soft hyphens, invisible characters: they look the same on the screen."""
    pasted = ["A\u030asa O\u0308rnba\u0308ck", "Åsa Örn\u00adbäck", "Åsa\u00a0Örnbäck\u200b", "Åsa\nÖrnbäck"]
    for text in pasted:
        Statement.objects.create(
            dialogue=logged, area=world.program.areas.first(), kind="current", text=f"Bra, {text}."
        )
    preview, _response = erase(hr, logged, words=words)
    assert len(preview.context["found"]) == 4
    assert logged.statements.filter(text="Bra, [raderat].").count() == 4


def test_a_whole_statement_is_erased_from_notes_that_are_not_saved(hr, world, logged):
    statement = logged.statements.first()
    Statement.objects.filter(pk=statement.pk).update(text="Bra stöd av Bo", label="Planering")
    notes = "Läget\n1. Bra stöd av Bo\na) Bra stöd\n   av Bo\n- Planering: Bra stöd av Bo\nSlut"
    before = urlencode({"row": "1", "text-1": "Bra stöd av Bo"})
    draft = Draft.objects.create(
        user=world.users.editor, organisation=world.ours, key="notes:1", title="Anteckningar", url=LIST,
        fields={"notes": [notes], "text-1": ["Bra stöd av Bo"], "before": [before]}, saved_at=NOW,
    )  # fmt: skip
    erase(hr, logged, statement=statement.pk)
    draft.refresh_from_db()
    assert draft.fields == {
        "notes": ["Läget\n[raderat]\n[raderat]\n[raderat]\nSlut"], "text-1": ["[raderat]"],
        "before": [urlencode({"row": "1", "text-1": "[raderat]"})],
    }  # fmt: skip


def test_a_single_letter_among_invisible_ones_is_refused(hr, logged):
    response = hr.post(
        f"{LIST}{logged.pk}/radera/", {"words": "b\u200b\u00ad", "ground": "named", "do": "look"}
    )
    assert "words" in response.context["form"].errors


# Names, wherever somebody writes


def warned(response) -> str:
    return next((text for text in told(response) if "personnamn" in text), "")


@pytest.mark.parametrize("step", ["bekrafta", "publicera"])
def test_names_are_warned_about_when_a_dialogue_is_confirmed_or_agreed_to(hr, world, logged, step):
    if step == "publicera":
        confirm(logged, world)
    logged.statements.filter(text="Andra").update(text="Andra", owner_words="Anna Berggren")
    response = hr.post(f"{LIST}{logged.pk}/{step}/", {"revision": logged.revision}, follow=True)
    first, second = logged.statements.all()
    for row, name in ((first, "Bo Berg"), (second, "Anna Berggren")):
        assert f'<a href="{LIST}{logged.pk}/inspel/{row.pk}/ratta/">{name}</a>' in warned(response)
    assert f'href="{LIST}{logged.pk}/radera/"' in warned(response)


def test_a_head_who_agrees_is_told_to_correct_or_ask_hr(sign_in, world, logged):
    confirm(logged, world)
    client = sign_in(world.users.department_head)
    response = client.post(f"{LIST}{logged.pk}/publicera/", {"revision": logged.revision}, follow=True)
    assert "/ratta/" in warned(response)
    assert "/radera/" not in warned(response)
    assert "be HR radera dem för gott" in warned(response)


def test_names_in_pasted_notes_are_warned_about_when_they_are_saved(hr, world):
    area = world.program.areas.first()
    data = {
        "notes": "Fråga Anna Berggren", "occasion": ["0"], "row": ["1"], "text-1": "Fråga Anna Berggren",
        "place-1": f"0:{area.pk}:current", "lines-1": "1", "o0-held_on": "2026-03-01", "o0-kind": "dialogue",
        "o0-departments": [world.home.pk], "do": "save",
    }  # fmt: skip
    response = hr.post(f"{LIST}las-in/", data, follow=True)
    dialogue = Dialogue.objects.get()
    assert "Anna Berggren" in warned(response)
    assert f'href="{LIST}{dialogue.pk}/andra/"' in warned(response)


@pytest.fixture
def raised(world, logged):
    """A need that our department raised."""
    confirm(logged, world)
    need = factories.need(world.program)
    need.statements.add(*logged.statements.all())
    return need


def test_names_in_an_answer_are_warned_about(hr, world, logged, raised):
    data = {
        "departments": [world.home.pk],
        "outcome": "declined",
        "text": "Fråga Anna Berggren",
        "on": "2026-04-01",
    }
    response = hr.post(f"/ostra/chefer/behov/{raised.pk}/aterkoppling/", data, follow=True)
    assert "Anna Berggren" in warned(response)
    assert f'href="{LIST}{logged.pk}/radera/"' in warned(response)


def test_names_in_an_objection_and_its_reply_are_warned_about(sign_in, world, logged, raised):
    client = sign_in(world.users.manager)
    url = reverse("dialogues:objection-add", args=["ostra", "chefer", world.home.pk, raised.pk])
    response = client.post(url, {"text": "Anna Berggren menade", "statement": ""}, follow=True)
    assert "be HR radera dem för gott" in warned(response)
    url = reverse("dialogues:need-objection", args=["ostra", "chefer", raised.pk, Objection.objects.get().pk])
    response = sign_in(world.users.editor).post(url, {"reply": "Fråga Anna Berggren"}, follow=True)
    assert f'href="{LIST}{logged.pk}/radera/"' in warned(response)


@pytest.mark.parametrize("hx", [True, False])
def test_names_in_a_needs_title_are_warned_about_where_it_is_made(hr, world, logged, hx):
    confirm(logged, world)
    data = {"do": "new", "statements": [logged.statements.first().pk], "title": "Stöd till Anna Berggren"}
    response = hr.post(
        "/ostra/chefer/behov/gruppera/", data | {"level": "organisation"},
        headers={"HX-Request": "true"} if hx else {}, follow=True,
    )  # fmt: skip
    page = response.content.decode()
    assert page.count("<strong>Anna Berggren</strong>") == 1
    assert f'href="/ostra/chefer/behov/{Need.objects.get().pk}/andra/"' in page


def test_names_in_a_needs_form_are_warned_about(hr, world, logged):
    need = factories.need(world.program)
    data = {"title": "Stöd", "level": "organisation", "description": "Fråga Anna Berggren"}
    response = hr.post(f"/ostra/chefer/behov/{need.pk}/andra/", data, follow=True)
    assert "Anna Berggren" in warned(response)
    assert f'href="{LIST}{logged.pk}/radera/"' in warned(response)


def test_a_number_over_a_line_break_between_statements_is_refused(hr, world):
    name = f"said_{world.program.areas.first().pk}_current"
    response = hr.post(f"{LIST}ny/", typed(world, **{name: "Bra\r\nHon är 850709-\r\n9805"}))
    assert response.context["form"].errors == {
        name: ["Rad 2 innehåller ett personnummer. Ta bort det; ingen ska kunna kännas igen."]
    }
