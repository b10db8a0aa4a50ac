"""The committee's handling: points, hearings with rulings and minutes, instructions and what answers them."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisation.models import Forum
from program.exchange.head import head
from program.models import Attachment, Document, ProcessStep
from reports import actions, content, outline
from reports.facts import compose
from reports.models import DecisionPoint, Hearing, Instruction, Ruling
from tests import factories

HOME = "/ostra/chefer/"
REPORT = f"{HOME}rapporter/2026H1/"
PDF = b"%PDF-1.7 protokoll\nstartxref\n0\n%%EOF\n"
LETTER = {key: f"Text om {key}." for key in outline.LETTER}


@pytest.fixture
def report(world):
    Forum.objects.create(organisation=world.ours, name="Arbetsutskottet", kind="working_party")
    return factories.report(world.program, texts=LETTER)


@pytest.fixture
def committee(world):
    return world.ours.forums.get(kind="committee")


def frozen(report, world):
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    return actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision)


def add_points(report, *texts):
    return [
        DecisionPoint.objects.create(report=report, order=at, text=text) for at, text in enumerate(texts, 1)
    ]


def heard(report, committee, held_on=dt.date(2026, 6, 11), **fields):
    return Hearing.objects.create(report=report, forum=committee, held_on=held_on, paragraph="§ 73", **fields)


def instruct(hearing, text="Redovisa andra delen", **fields):
    return Instruction.objects.create(hearing=hearing, text=text, **fields)


def typed(client, **changes):
    """What the page of points would post, with changes."""
    form = client.get(f"{REPORT}beslut/").context["form"]
    data = {
        "seen": form.seen,
        "order": [str(row.instance.pk) for row in form.rows],
        "new-text": "",
        "press": "",
    }
    for row in form.rows:
        data |= {f"p{row.instance.pk}-text": row.instance.text, f"was{row.instance.pk}": row.was}
    return data | changes


def texts_of(report) -> list[str]:
    return list(report.points.values_list("text", flat=True))


# Points of decision


def test_hr_writes_points_in_order_and_they_stand_in_the_letter(sign_in, world, report):
    client = sign_in(world.users.editor)
    for text in ("Nämnden godkänner redovisningen.", "Nämnden antar andra delen."):
        assert client.post(f"{REPORT}beslut/", typed(client, **{"new-text": text})).status_code == 302
    assert compose(report).letter.sections[0].blocks == (
        content.Numbered(("Nämnden godkänner redovisningen.", "Nämnden antar andra delen.")),
    )


@pytest.mark.parametrize(
    ("press", "expected"),
    [("2:up", "BAC"), ("1:up", "ABC"), ("1:down", "BAC"), ("3:down", "ABC"), ("2:remove", "AC"), ("x:up", "ABC"), ("99:remove", "ABC")],
)  # fmt: skip
def test_a_button_moves_or_removes_and_saves_what_is_typed(sign_in, world, report, press, expected):
    points = add_points(report, "A", "B", "C")
    number, _colon, way = press.partition(":")
    key = points[int(number) - 1].pk if number in "123" else number
    client = sign_in(world.users.editor)
    data = typed(client, press=f"{key}:{way}", **{f"p{points[0].pk}-text": "A med mer"})
    assert client.post(f"{REPORT}beslut/", data).status_code == 302
    assert [text[0] for text in texts_of(report)] == list(expected)
    assert "A med mer" in texts_of(report)


def test_errors_stand_at_their_point_and_nothing_is_saved(sign_in, world, report):
    first, second = add_points(report, "A", "B")
    client = sign_in(world.users.editor)
    data = typed(client, press=f"{first.pk}:remove", **{f"p{second.pk}-text": "  ", "new-text": "x" * 1001})
    form = client.post(f"{REPORT}beslut/", data).context["form"]
    assert [bool(row.errors) for row in form.rows] == [False, True]
    assert form.new.errors
    assert texts_of(report) == ["A", "B"]


def test_two_editors_of_points_lose_nothing(sign_in, world, report):
    first, second, third = add_points(report, "A", "B", "C")
    client = sign_in(world.users.editor)
    mine = typed(
        client, **{f"p{first.pk}-text": "Min A", f"p{third.pk}-text": "Min C", "new-text": "Min nya"}
    )
    DecisionPoint.objects.filter(pk=first.pk).update(text="Deras A")
    DecisionPoint.objects.filter(pk=second.pk).update(text="Deras B")
    third.delete()
    add_points(report, "Deras nya")
    response = client.post(f"{REPORT}beslut/", mine)
    form = response.context["form"]
    assert form.is_stale
    assert sorted((row["text"].value(), row.theirs) for row in form.rows) == [
        ("Deras B", ""), ("Deras nya", ""), ("Min A", "Deras A"),
    ]  # fmt: skip
    assert (form.lost, form.new["text"].value()) == (["Min C"], "Min nya")
    page = response.content.decode()
    assert "Min C" in page
    assert "Deras A" in page
    assert sorted(texts_of(report)) == ["Deras A", "Deras B", "Deras nya"]
    again = {
        "seen": form.seen, "order": [str(row.instance.pk) for row in form.rows], "new-text": "Min nya",
        **{f"p{row.instance.pk}-text": row["text"].value() for row in form.rows},
    }  # fmt: skip
    assert client.post(f"{REPORT}beslut/", again).status_code == 302
    assert sorted(texts_of(report)) == ["Deras B", "Deras nya", "Min A", "Min nya"]


def test_points_are_hrs_until_the_report_is_approved(sign_in, world, report):
    assert sign_in(world.users.secretary).get(f"{REPORT}beslut/").status_code == 403
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    assert sign_in(world.users.editor).get(f"{REPORT}beslut/").status_code == 403
    assert sign_in(world.users.reader).get(f"{REPORT}beslut/").status_code == 404


@pytest.mark.parametrize("press", ["", "done", "{}:remove"])
def test_points_typed_while_the_director_approved_are_kept_in_the_page(sign_in, world, report, press):
    (point,) = add_points(report, "A")
    client = sign_in(world.users.editor)
    data = typed(client, press=press.format(point.pk), **{f"p{point.pk}-text": "A till", "new-text": "Ny"})
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    response = client.post(f"{REPORT}beslut/", data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Rapporten är godkänd." in page
    assert "A till</textarea>" in page
    assert "Ny</textarea>" in page
    assert texts_of(report) == ["A"]
    assert sign_in(world.users.secretary).post(f"{REPORT}beslut/", data).status_code == 403


def test_a_point_with_a_ruling_stays(sign_in, world, report, committee):
    (point,) = add_points(report, "A")
    Ruling.objects.create(hearing=heard(report, committee), point=point, outcome="adopted")
    client = sign_in(world.users.editor)
    page = client.post(f"{REPORT}beslut/", typed(client, press=f"{point.pk}:remove")).content.decode()
    assert "har redan ett utfall och blir kvar" in page
    assert texts_of(report) == ["A"]


def test_a_report_to_the_committee_without_points_is_told(sign_in, world, report):
    assert "Beslutssatserna saknas" in sign_in(world.users.editor).get(REPORT).content.decode()
    page = sign_in(world.users.director).get(REPORT).content.decode()
    assert "inga beslutssatser" in page
    assert "Godkänn rapporten" in page
    frozen(report, world)
    assert report.releases.exists()


# Hearings


def minutes(**changes):
    data = {
        "held_on": "2026-06-11",
        "paragraph": "§ 73",
        "case_number": "SON 2026/1",
        "outcome": "Antar första delen.",
    }
    return data | changes


def test_a_hearing_holds_what_the_minutes_say(sign_in, world, report, committee):
    first, second = add_points(report, "Nämnden antar planen.", "Nämnden bjuder in.")
    document = Document.objects.create(
        program=world.program, title="Tjänsteskrivelse", dated=dt.date(2026, 6, 13)
    )
    client = sign_in(world.users.secretary)
    data = minutes(
        forum=committee.pk, presenter=factories.role(world.ours).pk, motion="Bifall yrkas.", documents=[document.pk],
        document_title="Planen", document_dated="2026-06-01", minutes_file=SimpleUploadedFile("Utdrag å.pdf", PDF),
        **{f"ruling{first.pk}": "changed", f"words{first.pk}": "Antar första delen.", f"ruling{second.pk}": ""},
    )  # fmt: skip
    assert client.post(f"{REPORT}behandling/ny/", data).status_code == 302
    hearing = Hearing.objects.get()
    assert [(row.point, row.outcome, row.words) for row in hearing.rulings.all()] == [
        (first, "changed", "Antar första delen.")
    ]
    assert hearing.minutes.title == "Protokollsutdrag § 73, Nämnden ostra 11 juni 2026"
    assert {row.title for row in hearing.documents.all()} == {"Tjänsteskrivelse", "Planen"}
    page = client.get(REPORT).content.decode()
    for said in ("bifall med ändringar", "daterat efter sammanträdet", "HR-chef", "Antar första delen.",
                 "alla beslutssatser har inte ett utfall"):  # fmt: skip
        assert said in page, said
    kept = Attachment.objects.get()
    assert client.get(f"{HOME}bilagor/{kept.pk}/").content == PDF


def test_the_working_party_comes_first_and_then_the_committee(sign_in, world, report, committee):
    client = sign_in(world.users.secretary)
    form = client.get(f"{REPORT}behandling/ny/").context["form"]
    party = world.ours.forums.get(kind="working_party")
    assert (form.initial["forum"], form.initial["held_on"]) == (party.pk, None)
    assert [forum.kind for forum in form.fields["forum"].queryset] == ["working_party", "committee"]
    heard(report, party, dt.date(2026, 5, 29))
    form = client.get(f"{REPORT}behandling/ny/").context["form"]
    assert (form.initial["forum"], form.initial["held_on"]) == (committee.pk, report.meets_on)


def test_an_error_keeps_what_is_typed_and_asks_for_the_file_again(sign_in, world, report, committee):
    (point,) = add_points(report, "A")
    client = sign_in(world.users.secretary)
    data = minutes(forum=committee.pk, held_on="", minutes_file=SimpleUploadedFile("utdrag.pdf", PDF),
                   **{f"words{point.pk}": "Som föreslaget."})  # fmt: skip
    response = client.post(f"{REPORT}behandling/ny/", data)
    page = response.content.decode()
    assert set(response.context["form"].errors) == {"held_on", f"ruling{point.pk}"}
    assert "Filen måste väljas på nytt" in page
    assert "Som föreslaget." in page
    assert "Antar första delen." in page
    assert not Hearing.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("utdrag.pdf", b"MZ\x90", "inte det som namnet säger"), ("utdrag.docx", b"PK\x03\x04", "kan inte sparas här"),
        ("utdrag.pdf", b"%PDF-1.7 avbruten", "inte det som namnet säger"),
        ("utdrag.pdf", b"%PDF-1.7 utan tabell %%EOF", "inte det som namnet säger"),
        ("utdrag.pdf", PDF + b"MZ" * 600, "inte det som namnet säger"),
        ("utdrag.pdf", PDF + b"x" * (10 * 1024 * 1024), "större än 10 MB"), ("utdrag.pdf", b"", "tom"),
    ],
)  # fmt: skip
def test_only_a_pdf_of_some_size_is_attached(sign_in, world, report, committee, name, data, said):
    sent = minutes(forum=committee.pk, minutes_file=SimpleUploadedFile(name, data))
    page = sign_in(world.users.secretary).post(f"{REPORT}behandling/ny/", sent).content.decode()
    assert said in page
    assert not Document.objects.exists()


@pytest.mark.parametrize("extra", [{"outcome": "Antaget."}, {"ruling": "adopted"}, {"file": True}])
def test_a_meeting_to_come_has_no_outcome_and_no_minutes(sign_in, world, report, committee, extra):
    (point,) = add_points(report, "A")
    data = minutes(forum=committee.pk, held_on="2099-01-01", outcome=extra.get("outcome", ""))
    data[f"ruling{point.pk}"] = extra.get("ruling", "")
    if "file" in extra:
        data["minutes_file"] = SimpleUploadedFile("utdrag.pdf", PDF)
    response = sign_in(world.users.secretary).post(f"{REPORT}behandling/ny/", data)
    assert list(response.context["form"].errors) == ["held_on"]
    assert not Hearing.objects.exists()


def test_the_extract_is_replaced_renamed_and_removed(sign_in, world, report, committee):
    client = sign_in(world.users.secretary)
    client.post(
        f"{REPORT}behandling/ny/", minutes(forum=committee.pk, minutes_file=SimpleUploadedFile("a.pdf", PDF))
    )
    hearing = Hearing.objects.get()
    here = f"{REPORT}behandling/{hearing.pk}/"

    def save(**changes):
        seen = client.get(here).context["form"].initial["seen"]
        assert client.post(here, minutes(forum=committee.pk, seen=seen, **changes)).status_code == 302
        hearing.refresh_from_db()

    save(paragraph="§ 74", minutes_file=SimpleUploadedFile("b.pdf", PDF + b"2"))
    assert hearing.minutes.title == "Protokollsutdrag § 74, Nämnden ostra 11 juni 2026"
    assert Attachment.objects.get().name == "b.pdf"
    save(minutes_away="on")
    assert hearing.minutes is None
    assert not Document.objects.exists()
    assert not Attachment.objects.exists()


def test_two_secretaries_in_one_hearing(sign_in, world, report, committee):
    (point,) = add_points(report, "A")
    hearing = heard(report, committee, outcome="Första.")
    client = sign_in(world.users.secretary)
    here = f"{REPORT}behandling/{hearing.pk}/"
    seen = client.get(here).context["form"].initial["seen"]
    Ruling.objects.create(hearing=hearing, point=point, outcome="rejected")
    data = minutes(forum=committee.pk, seen=seen, outcome="Min.", **{f"ruling{point.pk}": "adopted"})
    page = client.post(here, data).content.decode()
    assert "Sparat nu: avslag" in page
    assert Hearing.objects.get().outcome == "Första."
    form = client.get(here).context["form"]
    client.post(here, data | {"seen": form.initial["seen"]})
    assert Hearing.objects.get().outcome == "Min."
    assert Ruling.objects.get().outcome == "adopted"


def test_the_form_says_what_does_not_add_up_with_the_reports_days(sign_in, world, report, committee):
    early = heard(report, committee, dt.date(2026, 6, 1))
    url = f"{report.get_absolute_url()}behandling/"
    assert "Se efter en gång till" not in sign_in(world.users.secretary).get(f"{url}ny/").content.decode()
    page = sign_in(world.users.secretary).get(f"{url}{early.pk}/").content.decode()
    assert "stoppdatum 20 maj 2026, nämnden sammanträder 11 juni 2026." in page
    assert "en annan dag än den som rapporten anger" in page


def test_the_same_meeting_is_not_registered_twice(sign_in, world, report, committee):
    client = sign_in(world.users.secretary)
    for _press in range(2):
        response = client.post(f"{REPORT}behandling/ny/", minutes(forum=committee.pk))
    assert list(response.context["form"].errors) == ["held_on"]
    assert Hearing.objects.count() == 1


def test_a_hearing_by_mistake_is_removed_unless_something_was_asked(sign_in, world, report, committee):
    hearing = heard(report, committee)
    asked = instruct(hearing)
    client = sign_in(world.users.secretary)
    client.post(f"{REPORT}behandling/{hearing.pk}/ta-bort/")
    assert Hearing.objects.exists()
    asked.delete()
    client.post(f"{REPORT}behandling/{hearing.pk}/ta-bort/")
    assert not Hearing.objects.exists()


@pytest.mark.parametrize("kind", ["editor", "director", "reader", "department_head", "manager", "admin"])
def test_only_the_secretary_registers(sign_in, world, report, committee, kind):
    frozen(report, world)
    hearing = heard(report, committee)
    client = sign_in(getattr(world.users, kind))
    for path in ("behandling/ny/", f"behandling/{hearing.pk}/", f"behandling/{hearing.pk}/ta-bort/"):
        assert client.post(f"{REPORT}{path}").status_code == 403


def test_the_minutes_of_another_day_do_not_change_what_was_approved(sign_in, world, report):
    """An extract dated before the committee's meeting is no basis document of the letter."""
    party = world.ours.forums.get(kind="working_party")
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    data = minutes(forum=party.pk, held_on="2026-05-29", minutes_file=SimpleUploadedFile("a.pdf", PDF))
    sign_in(world.users.secretary).post(f"{REPORT}behandling/ny/", data)
    report.refresh_from_db()
    assert actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision)


def test_readers_see_the_handling_of_what_is_frozen(sign_in, world, report, committee):
    client = sign_in(world.users.secretary)
    client.post(
        f"{REPORT}behandling/ny/", minutes(forum=committee.pk, minutes_file=SimpleUploadedFile("a.pdf", PDF))
    )
    instruct(Hearing.objects.get(), due_on=dt.date(2026, 9, 1))
    reader = sign_in(world.users.reader)
    assert reader.get(REPORT).status_code == 404
    assert reader.get(f"{HOME}rapporter/uppdrag/").context["rows"] == []
    frozen(report, world)
    page = reader.get(REPORT).content.decode()
    for said in ("Antar första delen.", "Protokollsutdrag § 73", "Redovisa andra delen"):
        assert said in page
    assert reader.get(f"{HOME}bilagor/{Attachment.objects.get().pk}/").content == PDF
    assert "(secretary)" not in page
    listed = reader.get(f"{HOME}rapporter/uppdrag/").content.decode()
    assert "Redovisa andra delen" in listed
    assert "Ändra" not in listed.split("<main")[1]


# Case numbers


def test_new_case_numbers_after_approval_need_a_new_one(sign_in, world, report):
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    client = sign_in(world.users.secretary)
    assert "behöver direktören godkänna" in client.get(f"{REPORT}andra/").content.decode()
    assert "Fastställ rapporten" in client.get(REPORT).content.decode()
    data = {"case_numbers": "SON 2026/1\nSON 2026/9", "revision": report.revision}
    page = client.post(f"{REPORT}andra/", data, follow=True).content.decode()
    assert "Direktören behöver godkänna den igen" in page
    assert "Fastställ rapporten" not in page
    assert "godkänn på nytt" in sign_in(world.users.director).get(REPORT).content.decode()


# Instructions


def test_an_instruction_is_noted_linked_and_answered(sign_in, world, report, committee):
    hearing, activity = heard(report, committee), factories.activity(world.program)
    data = {"text": "Följ arbetsbelastningen.", "due_on": "2026-12-01"}
    secretary = sign_in(world.users.secretary)
    secretary.post(f"{REPORT}behandling/{hearing.pk}/uppdrag/ny/", data)
    asked = Instruction.objects.get()
    here = f"{HOME}rapporter/uppdrag/{asked.pk}/"
    form = secretary.get(here).context["form"]
    assert set(form.fields) == {"text", "due_on", "seen"}
    editor = sign_in(world.users.editor)
    form = editor.get(here).context["form"]
    sent = data | {"activity": activity.pk, "answer": "Det görs nu.", "seen": form.initial["seen"]}
    assert editor.post(here, sent).status_code == 302
    asked.refresh_from_db()
    assert (asked.activity, asked.answer, asked.answered_on is not None) == (activity, "Det görs nu.", True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"), ({"answered_on": "2026-07-01"}, "answer"), ({"answer": "x", "answered_on": "2099-01-01"}, "answered_on"),
        ({"answer": "x" * 2001}, "answer"), ({"due_on": "2026-13-40"}, "due_on"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_at_its_place(sign_in, world, report, committee, changes, field):
    asked = instruct(heard(report, committee))
    client = sign_in(world.users.secretary if field in ("text", "due_on") else world.users.editor)
    data = {"text": "Redovisa", "answer": "", "answered_on": ""} | changes
    response = client.post(f"{HOME}rapporter/uppdrag/{asked.pk}/", data)
    assert field in response.context["form"].errors
    asked.refresh_from_db()
    assert asked.answer == ""


def test_a_new_activity_comes_filled_in_and_is_linked(sign_in, world, report, committee):
    asked = instruct(heard(report, committee), due_on=dt.date(2026, 12, 1))
    client = sign_in(world.users.editor)
    here = f"{HOME}rapporter/uppdrag/{asked.pk}/aktivitet/"
    form = client.get(here).context["form"]
    assert form.initial["title"] == "Redovisa andra delen"
    assert form.initial["current_state"] == "Begärt av Nämnden ostra, 11 juni 2026, § 73."
    data = {
        "title": "Redovisa",
        "area": world.program.areas.get().pk,
        "level": "organisation",
        "deadline_text": "2026-12-01",
    }
    for _press in range(2):
        assert client.post(here, data).status_code == 302
    asked.refresh_from_db()
    assert asked.activity == world.program.activities.get()


def test_a_new_step_comes_filled_in_and_is_linked(sign_in, world, report, committee):
    asked = instruct(heard(report, committee), due_on=dt.date(2026, 12, 1))
    client = sign_in(world.users.editor)
    here = f"{HOME}rapporter/uppdrag/{asked.pk}/arbetsgang/"
    initial = client.get(here).context["form"].initial
    assert (initial["when"], initial["forum"]) == ("2026-12-01", committee.pk)
    client.post(here, {name: initial[name] for name in ("text", "when", "forum", "note")})
    asked.refresh_from_db()
    assert asked.step == ProcessStep.objects.get()


def test_choices_of_an_instruction_stay_within_the_programme(sign_in, world, report, committee):
    asked = instruct(heard(report, committee))
    theirs = factories.activity(world.hidden, "Hemlig aktivitet")
    client = sign_in(world.users.editor)
    response = client.post(f"{HOME}rapporter/uppdrag/{asked.pk}/", {"text": "x", "activity": theirs.pk})
    assert "activity" in response.context["form"].errors
    assert "Hemlig" not in response.content.decode()


def test_the_secretary_notes_but_does_not_answer(sign_in, world, report, committee):
    asked = instruct(heard(report, committee))
    client = sign_in(world.users.secretary)
    assert client.post(f"{HOME}rapporter/uppdrag/{asked.pk}/aktivitet/").status_code == 403
    assert client.post(f"{HOME}rapporter/uppdrag/{asked.pk}/arbetsgang/").status_code == 403
    client.post(
        f"{HOME}rapporter/uppdrag/{asked.pk}/",
        {"text": "Redovisa", "answer": "Smugglat", "answered_on": "2026-07-01"},
    )
    asked.refresh_from_db()
    assert (asked.text, asked.answer) == ("Redovisa", "")
    for kind in ("reader", "director"):
        assert sign_in(getattr(world.users, kind)).get(
            f"{REPORT}behandling/{asked.hearing_id}/uppdrag/ny/"
        ).status_code in (403, 404)


def test_hr_answers_and_leaves_what_was_asked_for_alone(sign_in, world, report, committee):
    asked = instruct(heard(report, committee), due_on=dt.date(2026, 12, 1))
    client = sign_in(world.users.editor)
    here = f"{HOME}rapporter/uppdrag/{asked.pk}/"
    page = client.get(here)
    assert set(page.context["form"].fields) == {"answer", "answered_on", "activity", "step", "seen"}
    html = page.content.decode()
    assert html.index("Redovisa andra delen") < html.index('name="answer"') < html.index('name="activity"')
    assert "1 december 2026" in html
    assert f"{here}ta-bort/" not in html
    client.post(here, {"text": "Något annat", "due_on": "2030-01-01", "answer": "Det görs nu."})
    asked.refresh_from_db()
    assert (asked.text, asked.due_on, asked.answer) == (
        "Redovisa andra delen", dt.date(2026, 12, 1), "Det görs nu.",
    )  # fmt: skip
    assert client.post(f"{here}ta-bort/").status_code == 403


def test_an_answered_instruction_is_kept(sign_in, world, report, committee):
    hearing = heard(report, committee)
    kept = instruct(hearing, answer="Ja.", answered_on=dt.date(2026, 7, 1))
    gone = instruct(hearing, "Fel")
    client = sign_in(world.users.secretary)
    for row in (kept, gone):
        client.post(f"{HOME}rapporter/uppdrag/{row.pk}/ta-bort/")
    assert list(Instruction.objects.all()) == [kept]


def test_the_open_come_first_and_the_overdue_are_told(sign_in, world, report, committee):
    hearing = heard(report, committee)
    instruct(hearing, "Besvarat", answer="Ja.", answered_on=dt.date(2026, 7, 1))
    instruct(hearing, "Utan dag")
    instruct(hearing, "Försenat", due_on=dt.date(2026, 7, 1))
    response = sign_in(world.users.editor).get(f"{HOME}rapporter/uppdrag/")
    assert [(row.row.text, row.standing) for row in response.context["rows"]] == [
        ("Försenat", "late"), ("Utan dag", "open"), ("Besvarat", "answered"),
    ]  # fmt: skip
    assert "2 av 3" in response.content.decode()
    assert (
        "2 uppdrag från nämnden är inte besvarade" in sign_in(world.users.editor).get(HOME).content.decode()
    )
    assert "uppdrag från nämnden" not in sign_in(world.users.reader).get(HOME).content.decode()


@pytest.mark.parametrize("rows", [1, 6])
def test_instructions_take_the_same_queries(
    sign_in, world, report, committee, rows, django_assert_num_queries
):
    hearing = heard(report, committee)
    for number in range(rows):
        instruct(hearing, f"Nr {number}", activity=factories.activity(world.program, f"Aktivitet {number}"))
    client = sign_in(world.users.editor)
    with django_assert_num_queries(6):
        client.get(f"{HOME}rapporter/uppdrag/")


@pytest.mark.parametrize("rows", [1, 4])
def test_the_handling_takes_the_same_queries(
    sign_in, world, report, committee, rows, django_assert_max_num_queries
):
    from reports.handling.queries import hearings_of

    points = add_points(report, *(f"Sats {number}" for number in range(rows)))
    for number in range(rows):
        document = Document.objects.create(
            program=world.program, title=f"Utdrag {number}", dated=report.cut_off
        )
        hearing = heard(report, committee, report.meets_on + dt.timedelta(number), minutes=document)
        hearing.documents.add(document)
        instruct(hearing, activity=factories.activity(world.program, f"Aktivitet {number}"))
        Ruling.objects.bulk_create(
            Ruling(hearing=hearing, point=point, outcome="adopted") for point in points
        )
    with django_assert_max_num_queries(8):
        hearings_of(report, report.meets_on)


# What the next report says


def blocks(report, key):
    return next(row for row in compose(report).sections if row.key == key).blocks


@pytest.fixture
def following(world, report):
    return factories.report(
        world.program, "2026H2", cut_off=dt.date(2026, 11, 15), meets_on=dt.date(2026, 12, 4)
    )


def table(report, section, key):
    return next((row for row in blocks(report, section) if getattr(row, "key", "") == key), None)


def test_the_next_report_tells_decisions_point_by_point(world, report, following, committee):
    first, second = add_points(report, "Nämnden antar planen.", "Nämnden bjuder in.")
    hearing = heard(report, committee, outcome="Antar första delen.")
    Ruling.objects.create(hearing=hearing, point=second, outcome="noted")
    Ruling.objects.create(hearing=hearing, point=first, outcome="changed", words="Den första delen.")
    assert table(report, "done", "decisions") is None
    assert [row[3:] for row in table(following, "done", "decisions").rows] == [
        ("Ärendet i sin helhet", "Antar första delen."),
        ("Nämnden antar planen.", "Bifall med ändringar: Den första delen."),
        ("Nämnden bjuder in.", "Noterat"),
    ]


def test_the_next_report_answers_as_at_its_cut_off(world, report, following, committee):
    hearing = heard(report, committee)
    activity = factories.activity(world.program, "Mäta", on=dt.date(2026, 7, 1))
    late = factories.activity(world.program, "Sen start", on=dt.date(2026, 11, 20))
    instruct(hearing, "Mät.", activity=activity, answer="Det mäts.", answered_on=dt.date(2026, 11, 15))
    instruct(hearing, "Redovisa.", activity=late, answer="För sent.", answered_on=dt.date(2026, 11, 16))
    instruct(hearing, "Bjud in.", due_on=dt.date(2026, 10, 1))
    instruct(heard(following, committee, dt.date(2026, 12, 4)), "Nästa gång.")
    found = table(following, "instructions", "instructions")
    assert [(row[0], *row[3:]) for row in found.rows] == [
        ("Bjud in.", "–", "inte besvarat, och dagen har passerat"),
        ("Redovisa.", "Aktiviteten Sen start, som kom till efter 15 november 2026", "på väg"),
        ("Mät.", "Det mäts. Svaret gavs 15 november 2026. Aktiviteten Mäta: planerad, klart senast 31 december 2026",
         "besvarat"),
    ]  # fmt: skip
    sources = {source.code: source for source in compose(following).sources}
    code, of_activity = found.refs[2]
    assert (sources[code].kind, sources[of_activity].kind) == ("instruction", "activity")
    assert [sources[ref].kind for ref in sources[code].refs] == ["hearing", "activity"]
    changes = next(row for row in blocks(following, "instructions") if isinstance(row, content.Changes))
    assert changes.items == (
        "Nytt: Bjud in. Nämnden ostra, 11 juni 2026, § 73.",
        "Nytt: Redovisa. Nämnden ostra, 11 juni 2026, § 73.",
        "Nytt: Mät. Nämnden ostra, 11 juni 2026, § 73.",
        "Besvarat 15 november 2026: Mät.",
    )


def test_what_was_answered_before_is_counted_and_not_told_again(world, report, following, committee):
    third = factories.report(
        world.program, "2027H1", cut_off=dt.date(2027, 5, 20), meets_on=dt.date(2027, 6, 11)
    )
    hearing = heard(report, committee)
    instruct(hearing, "Mät.", answer="Ja.", answered_on=dt.date(2026, 9, 1))
    instruct(hearing, "Redovisa.", answer="Ja.", answered_on=dt.date(2027, 1, 10))
    assert len(table(following, "instructions", "instructions").rows) == 2
    assert [row[0] for row in table(third, "instructions", "instructions").rows] == ["Redovisa."]
    said = [block.text for block in blocks(third, "instructions") if isinstance(block, content.Sentence)]
    assert said == ["Ett uppdrag från nämnden är besvarat i tidigare rapporter."]


@pytest.mark.parametrize("rows", [1, 5])
def test_composing_hearings_takes_the_same_queries(
    world, report, following, committee, rows, django_assert_num_queries
):
    points = add_points(report, *(f"Sats {number}" for number in range(rows)))
    for number in range(rows):
        hearing = heard(report, committee, dt.date(2026, 6, 11) + dt.timedelta(number), outcome="Ja.")
        Ruling.objects.bulk_create(
            Ruling(hearing=hearing, point=point, outcome="adopted") for point in points
        )
        instruct(hearing, activity=factories.activity(world.program, f"Aktivitet {number}"))
    from reports import facts
    from reports.facts import handling

    frame = facts.frame_of(following)
    frame.code(frame.activities[0].pk)  # what activities rest on is read with the first of them
    with django_assert_num_queries(4):
        list(handling.decisions(frame)) + list(handling.instructions(frame))


def test_minutes_are_readers_when_the_report_they_belong_to_is(sign_in, world, report, committee):
    """The document, its file and its title: pages, download and the plan's Excel alike."""
    secretary = sign_in(world.users.secretary)
    sent = minutes(forum=committee.pk, minutes_file=SimpleUploadedFile("utdrag.pdf", PDF))
    secretary.post(f"{REPORT}behandling/ny/", sent)
    ordinary = Document.objects.create(program=world.program, title="Riktlinjen")
    kept = Attachment.objects.get()
    pages = [f"{HOME}uppdrag/", f"{HOME}programmet/"]
    assert secretary.get(f"{HOME}bilagor/{kept.pk}/").content == PDF
    for page in pages:
        assert "Protokollsutdrag" in secretary.get(page).content.decode(), page
    reader = sign_in(world.users.reader)
    assert reader.get(f"{HOME}bilagor/{kept.pk}/").status_code == 404
    for page in pages:
        shown = reader.get(page).content.decode()
        assert "Riktlinjen" in shown
        assert "Protokollsutdrag" not in shown
        assert "utdrag.pdf" not in shown
    place = factories.place(world.program, "reader")
    assert "Protokollsutdrag" not in str(list(head(place)))
    assert list(Document.objects.visible_to(place)) == [ordinary]
    assert not Attachment.objects.visible_to(place).exists()
    frozen(report, world)
    assert reader.get(f"{HOME}bilagor/{kept.pk}/").content == PDF
    assert "Protokollsutdrag" in reader.get(pages[0]).content.decode()
    assert Document.objects.visible_to(place).count() == 2


def test_minutes_that_a_seen_handling_rests_on_are_seen(world, report, committee):
    """An extract from a report that is not frozen is a basis document of one that is."""
    earlier = factories.report(
        world.program, "2025H2", texts=LETTER, cut_off=dt.date(2025, 11, 30), meets_on=dt.date(2025, 12, 11)
    )
    document = Document.objects.create(program=world.program, title="Utdrag")
    heard(report, committee, minutes=document)
    place = factories.place(world.program, "manager")
    assert not Document.objects.visible_to(place).exists()
    heard(earlier, committee).documents.add(document)
    assert not Document.objects.visible_to(place).exists()
    actions.approve_report(report=earlier, by=world.users.director, revision=earlier.revision)
    actions.freeze_report(report=earlier, by=world.users.secretary, revision=earlier.revision)
    assert Document.objects.visible_to(place).get() == document
