"""Records as they are handed out, masked, thinned and archived; one list of kinds for all of it."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from dialogues.models import Ballot, BallotOption, Correction
from organisation.access import Kind as Role
from organisation.models import Draft
from program.models import Attachment, Document, PlanFile, Program, Risk
from reports.actions import approve_report, freeze_report
from reports.models import Handout, Mask, Report, RetentionRule
from reports.openness import actions, archive, masking, mets, package, register, retention
from reports.openness.kinds import Kind
from reports.openness.selection import Selection, read
from tests import factories
from tests.factories import DAY

HOME = "/ostra/chefer/utlamnande/"
EVERYTHING = [kind.key for kind in register.HANDED_OUT_KINDS]
TEXTS = {key: "Text." for key in ("proposal", "summary", "matter", "assessment")}
SECRET = "Anna Ek"


def handout(world, *, records=EVERYTHING, **fields) -> Handout:
    defaults = {"request": "Allt om chefer", "requested_on": DAY, "by": world.users.editor}
    return Handout.objects.create(program=world.program, records=list(records), **defaults | fields)


def mask(world, case, words: str = "", **where):
    return actions.add_mask(
        handout=case, words=words, ground="OSL 21 kap. 7 §", by=world.users.editor, **where
    )


def hand_out(world, case, at: dt.datetime | None = None) -> Handout:
    case.refresh_from_db()
    seen = package.compose(case).seen
    return actions.hand_out(handout=case, by=world.users.editor, revision=case.revision, seen=seen, at=at)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package_:
        return {name: package_.read(name) for name in package_.namelist()}


def pdf_text(data: bytes) -> str:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    told = [page.extract_text() for page in reader.pages] + [str(reader.metadata), str(reader.outline)]
    return " ".join(" ".join(told).split())


def everything_in(data: bytes) -> str:
    """Every readable text of a package: names, members, and what is packed inside members."""
    found = [repr(data)]
    for name, member in members(data).items():
        found += [name, member.decode("utf-8", "replace"), member.decode("latin-1")]
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", member, re.DOTALL):
            try:
                found.append(zlib.decompressobj().decompress(stream).decode("latin-1"))
            except zlib.error:
                continue
        if name.endswith(".pdf"):
            found.append(pdf_text(member))
    return " ".join(" ".join(found).split()).casefold()


@pytest.fixture
def filled(world):
    """A programme in which somebody's name stands in many places and in many ways."""
    program = world.program
    need = factories.need(program, f"Stöd till {SECRET}", description="Hon heter ANNA\nEK, sa någon.")
    activity = factories.activity(program, "Ett uppdrag", needs=[need], measure="Prata med anna ek om det.")
    factories.status(activity, "under_way", comment="Anna Eks tider")
    dialogue = factories.dialogue(
        program, departments=[world.home], statements=["Allt är bra", "Hemligt här"]
    )
    Risk.objects.create(program=program, title=f"Att {SECRET} slutar", seen_on=DAY)
    Attachment.objects.create(
        program=program, activity=activity, name="Anna Eks cv.txt", content_type="text/plain", size=9, sha256="a" * 64,
        content=b"Anna Ek, f",
    )  # fmt: skip
    Attachment.objects.create(
        program=program, activity=activity, name="Rutin.txt", content_type="text/plain", size=5, sha256="b" * 64,
        content=b"Rutin",
    )  # fmt: skip
    return {"need": need, "activity": activity, "dialogue": dialogue}


def routes_to_program(model, seen=()) -> bool:
    if model is Program:
        return True
    if model in seen:
        return False
    forward = [
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model._meta.app_label in APPS
    ]
    return any(routes_to_program(owner, (*seen, model)) for owner in forward)


APPS = ("program", "dialogues", "metrics", "reports")


def test_every_model_of_a_programme_is_in_a_kind_or_has_a_reason_not_to_be():
    covered = {model._meta.label for kind in register.KINDS for model in kind.models}
    models = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in APPS and not model._meta.auto_created and routes_to_program(model)
    }
    assert models - covered == set(register.EXCEPTIONS)
    assert len({kind.key for kind in register.KINDS}) == len(register.KINDS)


def test_keys_and_fields_fit_where_masks_and_rules_keep_them():
    assert all(len(kind.key) <= 30 for kind in register.KINDS)
    assert all(len(column.name) <= 40 for kind in register.KINDS for column in kind.columns)
    for kind in register.HANDED_OUT_KINDS:
        names = [column.name for column in kind.columns]
        assert len(set(names)) == len(names)
        assert set(kind.title) <= set(names), kind.key


def test_the_trail_is_not_there_by_default_and_holds_no_values(world, filled, sign_in):
    sign_in(world.users.editor).post(
        f"/ostra/chefer/behov/{filled['need'].pk}/andra/", {"title": "Nytt", "level": "organisation"}
    )
    trail = register.BY_KEY["trail"]
    assert not trail.is_default
    found = register.records(trail, register.whole(world.program))
    assert found
    assert SECRET not in str(found)
    assert {field.text for record in found for field in record.fields if field.name == "action"} >= {"ny"}


def test_no_vote_and_no_result_of_too_few_is_in_the_register(world):
    ballot = Ballot.objects.create(
        program=world.program, question="Vad först?", voters=2, opened_at=timezone.now(),
        opened_by=world.users.editor, closed_at=timezone.now(),
    )  # fmt: skip
    BallotOption.objects.create(ballot=ballot, text="Tid", points=777, pickers=2)
    found = register.records(register.BY_KEY["option"], register.whole(world.program))
    told = {field.name: field.text for record in found for field in record.fields}
    assert "777" not in " ".join(told.values())
    assert told["points"] == told["pickers"] == "visas inte (för få röstande)"


def test_a_withheld_figure_is_marked_and_without_value(world):
    indicator = factories.indicator(world.program)
    factories.observation(indicator, dt.date(2025, 3, 31), counts=(7, 8, 9))
    factories.observation(indicator, dt.date(2026, 3, 31), counts=(41, 60, 69))
    small, large = register.records(register.BY_KEY["observation"], register.whole(world.program))
    told = [{field.name: field.text for field in record.fields} for record in (small, large)]
    assert [row["shown"] for row in told] == ["visas inte (för få svar)", "visas"]
    assert [(row["value"], row["positive"], row["answered"]) for row in told] == [
        ("", "", ""),
        ("68,3\u00a0%", "41", "60"),
    ]


def test_a_value_whose_revision_is_withheld_is_not_told(world):
    indicator = factories.indicator(world.program)
    day = dt.date(2026, 3, 31)
    factories.observation(indicator, day, counts=(41, 60, 69))
    factories.observation(indicator, day, counts=(3, 4, 69), revision=2, revision_reason="De 41 var 3")
    found = register.records(register.BY_KEY["observation"], register.whole(world.program))
    assert {field.text for record in found for field in record.fields if field.name == "value"} == {""}
    assert not [field for record in found for field in record.fields if "41" in field.text]


@pytest.mark.parametrize("number", [1, 3])
def test_records_are_read_in_as_many_queries_however_many_they_are(world, number, django_assert_num_queries):
    for at in range(number):
        need = factories.need(world.program, f"Behov {at}")
        factories.activity(world.program, f"Aktivitet {at}", departments=[world.home], needs=[need])
        factories.dialogue(world.program, departments=[world.home], statements=["Ett", "Två"])
        factories.observation(factories.indicator(world.program, f"Mått {at}"), DAY, value=1)
        factories.report(world.program, f"202{at}H1", cut_off=dt.date(2020 + at, 5, 1))
    place = register.whole(world.program)
    expected = {"activity": 5, "need": 2, "statement": 4, "observation": 2, "section": 1, "release": 1}
    for key, queries in expected.items():
        with django_assert_num_queries(queries):
            assert register.records(register.BY_KEY[key], place) or key == "release"


@pytest.mark.parametrize("number", [1, 3])
def test_looking_through_takes_as_many_queries_however_many_records_there_are(
    world, sign_in, number, django_assert_num_queries
):
    for at in range(number):
        factories.activity(world.program, f"Aktivitet {at}", departments=[world.home])
    case = handout(world)
    client = sign_in(world.users.editor)
    client.get(f"{HOME}{case.pk}/poster/?slag=activity")
    with django_assert_num_queries(12):
        client.get(f"{HOME}{case.pk}/poster/?slag=activity")


def test_masked_words_are_nowhere_in_what_is_handed_out(world, filled):
    case = handout(world, request=f"Allt om {SECRET}", case_number="Anna Ek 1")
    mask(world, case, "anna ek")
    row = hand_out(world, case)
    told = everything_in(bytes(row.file))
    assert not re.search(r"\banna\b|\bannas\b", told)
    assert masking.MARK in told
    assert "rutin" in told  # what is not masked is there


def test_a_masked_title_is_gone_where_it_is_repeated(world, filled):
    case = handout(world)
    mask(world, case, record="need", row=filled["need"].pk, field="title")
    told = everything_in(bytes(hand_out(world, case).file))
    assert f"stöd till {SECRET}".casefold() not in told
    assert "att anna ek slutar" in told


def test_a_masked_field_leaves_the_same_bytes_whatever_stood_in_it(world):
    need = factories.need(world.program, "Behov", description="Kort.")
    case = handout(world, records=["need"])
    mask(world, case, record="need", row=need.pk, field="description")
    first = package.zipped(package.compose(case, on="1 mars 2026"))
    need.description = "En mycket längre text. " * 40
    need.save()
    assert package.zipped(package.compose(case, on="1 mars 2026")) == first


def test_the_same_handout_gives_the_same_bytes(world, filled):
    case = handout(world)
    assert package.zipped(package.compose(case, on="x")) == package.zipped(package.compose(case, on="x"))


def test_csv_is_for_swedish_excel_and_holds_no_formula(world):
    factories.need(world.program, "=1+1;2")
    case = handout(world, records=["need"])
    data = members(bytes(hand_out(world, case).file))["csv/need.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["Id", "Namn"]
    assert rows[1][1] == "'=1+1;2"


def test_the_pdf_is_archivable_and_says_what_is_masked_by_ground(world, filled):
    case = handout(world)
    mask(world, case, "Anna Ek")
    pdf = members(bytes(hand_out(world, case).file))["handlingar.pdf"]
    assert b"pdfaid:part>2" in pdf
    text = pdf_text(pdf)
    assert "OSL 21 kap. 7 §" in text
    assert "Inga handlingar" not in text


def test_what_was_masked_is_told_by_ground_as_counts_alone(world, filled):
    case = handout(world)
    mask(world, case, "Anna Ek")
    data = members(bytes(hand_out(world, case).file))["maskeringar.csv"].decode("utf-8-sig")
    (heading, row) = csv.reader(io.StringIO(data), delimiter=";")
    assert (heading, row[0]) == (["Grund", "Antal ställen"], "OSL 21 kap. 7 §")
    assert int(row[1]) >= 7


def test_files_go_along_whole_under_neutral_names(world, filled):
    plain = Attachment.objects.get(name="Rutin.txt")
    case = handout(world, records=[*EVERYTHING, f"attachment:{plain.pk}"])
    mask(world, case, "Anna Ek")
    inside = members(bytes(hand_out(world, case).file))
    assert inside[f"bilagor/bilaga-{plain.pk}.txt"] == b"Rutin"
    assert [name for name in inside if name.startswith("bilagor/")] == [f"bilagor/bilaga-{plain.pk}.txt"]


def test_a_file_that_holds_masked_words_cannot_go_along(world, filled):
    named = Attachment.objects.get(name="Anna Eks cv.txt")
    case = handout(world, records=["need", f"attachment:{named.pk}"])
    mask(world, case, "Anna Ek")
    with pytest.raises(actions.NotReady, match="En fil rymmer ord"):
        hand_out(world, case)
    case.refresh_from_db()
    assert case.handed_out_at is None


def test_a_file_of_another_programme_is_never_there(world, filled):
    activity = factories.activity(world.hidden, "Hemlig")
    theirs = Attachment.objects.create(
        program=world.hidden, activity=activity, name="x.txt", content_type="text/plain", size=1, sha256="x", content=b"x"
    )  # fmt: skip
    case = handout(world, records=["need", f"attachment:{theirs.pk}"])
    assert package.compose(case).enclosed == []


def test_single_activities_bring_their_own_rows_alone(world, filled):
    other = factories.activity(world.program, "En annan")
    case = handout(world, records=["activity", "update", f"activity:{other.pk}"])
    parts = {kind.key: records for kind, records in package.compose(case).parts}
    assert [record.pk for record in parts["activity"]] == [other.pk]
    assert [record.pk for record in parts["update"]] == list(other.updates.values_list("pk", flat=True))


def test_what_is_handed_out_never_changes(world, filled):
    case = hand_out(world, handout(world, records=["need"]))
    with pytest.raises(actions.NotReady, match="ändras aldrig"):
        mask(world, case, "Anna Ek")
    with pytest.raises(actions.NotReady, match="ändras aldrig"):
        hand_out(world, case)
    assert case.checksum == hashlib.sha256(bytes(case.file)).hexdigest()


def test_what_was_not_looked_at_is_not_handed_out(world, filled):
    case = handout(world, records=["need"])
    seen, revision = package.compose(case).seen, case.revision
    filled["need"].description = "Något nytt"
    filled["need"].save()
    with pytest.raises(actions.NotReady, match="har ändrats sedan du tittade"):
        actions.hand_out(handout=case, by=world.users.editor, revision=revision, seen=seen)
    mask(world, case, "Anna Ek")
    with pytest.raises(actions.Stale):
        actions.hand_out(handout=case, by=world.users.editor, revision=revision, seen=seen)
    case.refresh_from_db()
    assert (case.handed_out_at, case.revision) == (None, 2)


def posted(client, path: str, **fields):
    return client.post(path, fields, follow=True)


def test_hr_takes_a_case_from_request_to_handed_out(world, filled, sign_in):
    client = sign_in(world.users.editor)
    fields = {"requested_on": "2026-03-01", "request": "Behoven", "case_number": "SON 1", "kinds_2": ["need"]}
    page = posted(client, f"{HOME}nytt/", **fields)
    case = Handout.objects.get()
    assert page.redirect_chain[-1][0] == f"{HOME}{case.pk}/"
    assert case.records == ["need"]
    where = f"{HOME}{case.pk}/maskera/?slag=need&post={filled['need'].pk}&falt=title"
    assert SECRET in client.get(where).content.decode()
    page = posted(client, where, scope="throughout", words="Anna Ek", ground="OSL 39 kap.")
    assert "<mark" in page.content.decode()
    page = client.get(f"{HOME}{case.pk}/lamna-ut/")
    sent = {"revision": page.context["handout"].revision, "seen": page.context["seen"], "sure": "on"}
    posted(client, f"{HOME}{case.pk}/lamna-ut/", **sent)
    case.refresh_from_db()
    data = client.get(f"{HOME}{case.pk}/fil/").content
    assert hashlib.sha256(data).hexdigest() == case.checksum
    assert client.get(f"{HOME}{case.pk}/andra/").status_code == 403
    assert client.get(f"{HOME}{case.pk}/lamna-ut/").status_code == 403


def test_a_preview_is_a_pdf_without_the_words(world, filled, sign_in):
    case = handout(world)
    mask(world, case, "Anna Ek")
    text = pdf_text(sign_in(world.users.editor).get(f"{HOME}{case.pk}/forhandsvisning/").content)
    assert "anna ek" not in text.casefold()
    assert "Förhandsvisning" in text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"scope": "here", "words": "", "ground": "x"}, "Skriv orden"),
        ({"scope": "here", "words": "Bo Berg", "ground": "x"}, "står inte i fältet"),
        ({"scope": "whole", "ground": ""}, "måste fyllas i"),
    ],
)
def test_a_mask_that_cannot_be_laid_keeps_what_was_typed(world, filled, sign_in, sent, said):
    case = handout(world)
    path = f"{HOME}{case.pk}/maskera/?slag=need&post={filled['need'].pk}&falt=title"
    page = sign_in(world.users.editor).post(path, sent).content.decode()
    assert said in page
    assert sent.get("words", "") in page
    assert not Mask.objects.exists()


def test_a_mask_is_taken_away(world, filled, sign_in):
    case = handout(world)
    laid = mask(world, case, "Anna Ek")
    sign_in(world.users.editor).post(f"{HOME}{case.pk}/maskering/{laid.pk}/ta-bort/")
    assert not Mask.objects.exists()
    assert SECRET in str(package.compose(case).parts)


def test_two_editors_of_a_case_see_each_other(world, sign_in):
    case = handout(world, records=["need"])
    client = sign_in(world.users.editor)
    page = client.get(f"{HOME}{case.pk}/andra/")
    sent = {"revision": case.revision, "requested_on": "2026-03-01", "request": "Mitt", "kinds_2": ["need"],
            "initial-request": "Allt om chefer", "initial-requested_on": "2026-03-01",
            "initial-kinds_2": ["need"]}  # fmt: skip
    assert 'name="initial-request"' in page.content.decode()
    Handout.objects.filter(pk=case.pk).update(request="Deras", revision=2)
    page = client.post(f"{HOME}{case.pk}/andra/", sent).content.decode()
    assert "Deras" in page
    assert "Mitt" in page
    case.refresh_from_db()
    assert case.request == "Deras"


def test_a_case_takes_in_something(world, sign_in):
    sent = {"requested_on": "2026-03-01", "request": "Behoven"}
    page = sign_in(world.users.editor).post(f"{HOME}nytt/", sent).content.decode()
    assert "Välj minst ett slag" in page
    assert "Behoven" in page
    assert not Handout.objects.exists()


def test_the_secretary_hands_out_all_but_words_that_are_not_published(world, filled, sign_in):
    client = sign_in(world.users.secretary)
    open_case = handout(world, records=["need", "activity"])
    assert client.get(f"{HOME}{open_case.pk}/poster/?slag=need").status_code == 200
    assert client.get(f"{HOME}{open_case.pk}/lamna-ut/").status_code == 200
    closed = handout(world, records=["need", "statement"])
    assert client.get(f"{HOME}{closed.pk}/poster/?slag=statement").status_code == 403
    for step in ("lamna-ut", "forhandsvisning"):
        page = client.get(f"{HOME}{closed.pk}/{step}/")
        assert page.status_code == 403
        assert "HR lämnar ut det" in page.content.decode()
    assert "Hemligt här" not in client.get(f"{HOME}{closed.pk}/").content.decode()


def test_the_secretary_does_not_see_words_masked_in_hr_s_records(world, filled, sign_in):
    case = handout(world, records=["need", "statement"])
    mask(
        world, case, "Hemligt", record="statement", row=filled["dialogue"].statements.last().pk, field="text"
    )
    page = sign_in(world.users.secretary).get(f"{HOME}{case.pk}/").content.decode()
    assert "Hemligt" not in page
    assert "ses bara av HR" in page


def test_the_secretary_s_change_keeps_what_hr_chose(world, sign_in):
    case = handout(world, records=["need", "statement", "dialogue:7"])
    sent = {"revision": 1, "requested_on": "2026-03-01", "request": "Nytt", "kinds_2": ["need"]}
    sign_in(world.users.secretary).post(f"{HOME}{case.pk}/andra/", sent)
    case.refresh_from_db()
    chosen = read(case.records)
    assert chosen == Selection(frozenset({"need", "statement"}), {"dialogue": frozenset({7})})


@pytest.mark.parametrize("kind", [kind for kind in Role.values if kind not in ("editor", "secretary")])
def test_others_have_nothing_to_do_with_handouts(world, sign_in, kind):
    case = handout(world)
    client = sign_in(getattr(world.users, kind))
    for path in ("", "nytt/", f"{case.pk}/", f"{case.pk}/poster/", f"{case.pk}/fil/", f"{case.pk}/lamna-ut/"):
        assert client.get(HOME + path).status_code == 403, path


@pytest.mark.parametrize("record", ["plan_file", "draft", "need", "trail"])
def test_retention_rules_are_set_with_a_decision(world, sign_in, record):
    client = sign_in(world.users.admin)
    path = f"/ostra/-/gallring/{record}/"
    assert "enligt vilket beslut" in client.post(path, {"years": "2"}).content.decode().lower()
    assert list(client.post(path, {"years": "0", "basis": "§ 4"}).context["form"].errors) == ["years"]
    assert not RetentionRule.objects.exists()
    assert client.post(path, {"years": "2", "basis": "Nämnden § 4"}).status_code == 302
    rule = RetentionRule.objects.get()
    assert (rule.record, rule.years, rule.basis) == (record, 2, "Nämnden § 4")
    assert "Nämnden § 4" in client.get("/ostra/-/gallring/").content.decode()


def rule(world, record: str, years: int) -> RetentionRule:
    return RetentionRule.objects.create(organisation=world.ours, record=record, years=years, basis="§ 4")


def plan_file(program, *, days: int = 400, **fields) -> PlanFile:
    row = PlanFile.objects.create(program=program, name="plan.csv", content=b"x", **fields)
    PlanFile.objects.filter(pk=row.pk).update(at=timezone.now() - dt.timedelta(days=days))
    return row


def line(world, record: str, today: dt.date) -> retention.Line:
    return next(row for row in retention.lines(world.ours, today) if row.kind.key == record)


def test_time_is_counted_from_the_programme_s_end_or_the_record_s_own_day(world, today):
    factories.need(world.program, "Behov")
    factories.need(world.hidden, "Deras")
    rule(world, "need", 2)
    last = world.program.last_year
    assert line(world, "need", dt.date(last + 2, 12, 31)).past == 0
    assert line(world, "need", dt.date(last + 3, 1, 1)).past == 1
    assert line(world, "need", dt.date(last + 3, 1, 1)).removable is None
    plan_file(world.program)
    plan_file(world.program, days=10)
    rule(world, "plan_file", 1)
    assert (line(world, "plan_file", today).past, line(world, "plan_file", today).removable) == (1, 1)


@pytest.mark.parametrize("kind", register.KINDS, ids=lambda kind: kind.key)
def test_every_kind_counts_what_is_past_its_time(world, kind, today):
    rule(world, kind.key, 0)
    assert line(world, kind.key, today).past is not None


def test_only_working_material_may_be_removed():
    """Nothing that is handed out, frozen, reported or on the chain."""
    removable = {kind.key for kind in register.KINDS if kind.thin}
    assert removable == {
        "plan_file", "observation_file", "headcount_file", "change_set", "draft", "reminder", "checklist", "handout_file",
    }  # fmt: skip
    assert not any(kind.is_handed_out for kind in register.KINDS if kind.thin)


def test_hr_removes_what_its_time_is_out_for_and_it_is_told(world, sign_in):
    old, young = plan_file(world.program), plan_file(world.program, days=10)
    theirs = plan_file(world.hidden)
    rule(world, "plan_file", 1)
    client = sign_in(world.users.editor)
    path = "/ostra/-/gallring/plan_file/ta-bort/"
    assert "1 post har passerat sin tid" in client.get(path).content.decode()
    client.post(path, {"number": "1"})
    assert PlanFile.objects.count() == 3  # not without the tick
    page = client.post(path, {"number": "2", "sure": "on"}, follow=True).content.decode()
    assert "Antalet har ändrats" in page
    page = client.post(path, {"number": "1", "sure": "on"}, follow=True).content.decode()
    assert "1 post är gallrad" in page
    assert set(PlanFile.objects.all()) == {young, theirs}
    assert old.pk not in PlanFile.objects.values_list("pk", flat=True)
    removed = retention.removals(world.ours)
    assert [(row.actor, kind.key, number) for row, kind, number in removed] == [
        (world.users.editor, "plan_file", 1)
    ]


def test_a_handed_out_file_is_thinned_and_its_checksum_stays(world, filled, today):
    long_ago = timezone.now() - dt.timedelta(days=800)
    case = hand_out(world, handout(world, records=["need"]), at=long_ago)
    rule(world, "handout_file", 2)
    removed = retention.remove(
        organisation=world.ours, kind=register.BY_KEY["handout_file"], by=world.users.editor, number=1, today=today
    )  # fmt: skip
    checksum = case.checksum
    case.refresh_from_db()
    assert (removed, case.file, case.checksum) == (1, None, checksum)


def test_what_is_in_use_is_not_removed_however_short_its_time(world, today):
    plan_file(world.program, days=2)
    Draft.objects.create(
        user=world.users.editor,
        organisation=world.ours,
        key="x",
        title="x",
        url="/x",
        saved_at=timezone.now(),
    )
    for key in ("plan_file", "draft"):
        rule(world, key, 0)
        assert line(world, key, today).removable == 0


def test_the_page_says_what_can_be_removed_and_what_stands(world, sign_in):
    plan_file(world.program)
    rule(world, "plan_file", 1)
    for user, words in ((world.users.editor, "Gallra 1"), (world.users.admin, "HR kan gallra 1")):
        page = sign_in(user).get("/ostra/-/gallring/").content.decode()
        assert words in page
        assert "kan gallras när det finns en regel" in page
        assert "står kvar; arkiveras" in page


def test_a_kind_that_stands_cannot_be_removed(world, sign_in):
    rule(world, "need", 0)
    assert sign_in(world.users.editor).get("/ostra/-/gallring/need/ta-bort/").status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in Role.values if kind not in ("editor", "admin")])
def test_others_do_not_set_retention(world, sign_in, kind):
    client = sign_in(getattr(world.users, kind))
    for path in ("", "need/", "plan_file/ta-bort/"):
        assert client.get(f"/ostra/-/gallring/{path}").status_code == 403


def test_the_system_owner_does_not_remove(world, sign_in):
    assert sign_in(world.users.admin).get("/ostra/-/gallring/plan_file/ta-bort/").status_code == 403


@pytest.fixture
def archived(world, filled, tmp_path):
    """A programme with a frozen report, a withheld statement, a withheld figure and an attachment, as a folder."""
    withheld = filled["dialogue"].statements.last()
    Correction.objects.create(
        statement=withheld,
        before="Hemligare förut",
        after="Hemligt här",
        reason="Skrivfel",
        at=timezone.now(),
    )
    withheld.is_withheld = True
    withheld.save()
    indicator = factories.indicator(world.program)
    factories.observation(indicator, dt.date(2025, 3, 31), counts=(7, 8, 9393))
    report = factories.report(world.program, texts=TEXTS)
    report = approve_report(report=report, by=world.users.director, revision=report.revision)
    release = freeze_report(report=report, by=world.users.secretary, revision=report.revision)
    Document.objects.create(program=world.program, title="Underlag", dated=DAY)
    rule(world, "handout_file", 5)
    hand_out(world, handout(world, records=["need"]))
    folder = tmp_path / "arkiv"
    call_command("archive_program", "ostra/chefer", "--output", str(folder), stdout=io.StringIO())
    return folder, release


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_every_checksum_of_the_archive_holds_and_nothing_is_unlisted(archived):
    folder, release = archived
    files = contents(folder)
    listed = json.loads(files["manifest.json"])["files"]
    assert {row["path"] for row in listed} == set(files) - {"manifest.json", "manifest.xml"}
    for row in listed:
        data = files[row["path"]]
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (row["sha256"], row["size"]), row["path"]
        assert row["what"]
        assert row["retention"]
        assert not row["path"].startswith("/")
        assert ".." not in row["path"]
    for one in release.files.all():
        assert files[f"rapporter/2026H1/version-1/{one.part}.{one.form}"] == bytes(one.data)
    assert files["rapporter/2026H1/version-1/innehall.json"] == release.content.encode()


def test_the_archive_s_manifest_in_xml_says_the_same(archived):
    folder, _release = archived
    root = ET.parse(folder / "manifest.xml").getroot()
    sums = {row.get("CHECKSUM") for row in root.iter("{http://www.loc.gov/METS/}file")}
    assert sums == {row["sha256"] for row in json.loads((folder / "manifest.json").read_bytes())["files"]}


METS = "{http://www.loc.gov/METS/}"


def header(folder: Path) -> tuple[ET.Element, dict]:
    """The manifest's root, and what its header says: agents by role and kind, agreements by type."""
    root = ET.parse(folder / "manifest.xml").getroot()
    told = {
        (row.get("ROLE"), row.get("OTHERTYPE") or row.get("TYPE")): [child.text for child in row]
        for row in root.iter(f"{METS}agent")
    }
    told |= {row.get("TYPE"): row.text for row in root.iter(f"{METS}altRecordID")}
    return root, told


def test_the_manifest_tells_who_stands_behind_it_and_no_more_than_is_known(archived):
    root, told = header(archived[0])
    assert told == {
        ("ARCHIVIST", "ORGANIZATION"): ["Socialnämnden"],
        ("ARCHIVIST", "SOFTWARE"): ["Ledstång", mets.system_version()],
        ("CREATOR", "ORGANIZATION"): ["socialförvaltningen ostra"],
    }
    assert root.get("OBJID").startswith("UUID:")
    assert root.get("PROFILE") is None
    head = root.find(f"{METS}metsHdr")
    assert head.get("{ExtensionMETS}OAISSTATUS") == "SIP"
    assert head.get("CREATEDATE") is None
    assert head.find(f"{METS}metsDocumentID").text == "manifest.xml"
    made = {row.find(f"{METS}FLocat").get("{http://www.w3.org/1999/xlink}href"): row.get("CREATED")
            for row in root.iter(f"{METS}file")}  # fmt: skip
    assert made["file:index.html"] is None
    frozen_at = timezone.localtime(archived[1].at).isoformat(timespec="seconds")
    assert made["file:rapporter/2026H1/version-1/all.pdf"] == frozen_at


def test_what_is_agreed_with_the_archive_is_told(archived, tmp_path):
    stdout = io.StringIO()
    call_command(
        "archive_program", "ostra/chefer", output=str(tmp_path / "b"), agreement="RA 13-2026/1; 2026-10-01",
        archivist="Östra kommun, Kommunstyrelsen", archivist_code="ORG:2120000803", creator_code="ORG:2120000803",
        delivery_type="DEPOSIT", specification="Leverans 1", reference_code="SE/Ö/1", content_type="Single records",
        record_status="NEW", profile="https://arkiv.example/profil.xml", created="2026-11-22", stdout=stdout,
    )  # fmt: skip
    root, told = header(tmp_path / "b")
    assert told["ARCHIVIST", "ORGANIZATION"] == ["Östra kommun, Kommunstyrelsen", "ORG:2120000803"]
    assert told["CREATOR", "ORGANIZATION"] == ["socialförvaltningen ostra", "ORG:2120000803"]
    kinds = ("SUBMISSIONAGREEMENT", "DELIVERYTYPE", "DELIVERYSPECIFICATION", "REFERENCECODE")
    assert [told[kind] for kind in kinds] == ["RA 13-2026/1; 2026-10-01", "DEPOSIT", "Leverans 1", "SE/Ö/1"]
    assert (root.get("PROFILE"), root.get("TYPE")) == ("https://arkiv.example/profil.xml", "Single records")
    head = root.find(f"{METS}metsHdr")
    assert (head.get("CREATEDATE"), head.get("RECORDSTATUS")) == ("2026-11-22T00:00:00+01:00", "NEW")
    assert "Not said" not in stdout.getvalue()
    assert root.get("OBJID") == header(archived[0])[0].get("OBJID")


@pytest.mark.parametrize(
    ("option", "text", "said"), [("created", "igår", "Not a day"), ("agreement", "A\x01B", "--agreement")]
)
def test_a_delivery_that_cannot_be_told_is_refused(world, tmp_path, option, text, said):
    with pytest.raises(CommandError, match=said):
        call_command("archive_program", "ostra/chefer", output=str(tmp_path / "a"), **{option: text})
    assert list(tmp_path.iterdir()) == []


def test_the_archive_says_that_it_is_not_handed_out(archived, tmp_path):
    folder, _release = archived
    assert "Lämna inte ut den" in (folder / archive.READ_FIRST).read_text()
    assert archive.HANDLING in (folder / "index.html").read_text()
    assert json.loads((folder / "manifest.json").read_bytes())["handling"] == archive.HANDLING
    assert folder.stat().st_mode & 0o077 == 0
    stdout = io.StringIO()
    call_command("archive_program", "ostra/chefer", output=str(tmp_path / "b"), stdout=stdout)
    assert "words that are not published" in stdout.getvalue()
    assert "--agreement" in stdout.getvalue()


def test_no_name_leads_out_of_the_archive(archived, tmp_path):
    Report.objects.update(period="../../ond")
    Attachment.objects.update(name="../../ond.pdf", content_type="text/html; x=../")
    with pytest.raises(CommandError, match="does not lie in the folder"):
        call_command("archive_program", "ostra/chefer", output=str(tmp_path / "b"))
    assert {path.name for path in tmp_path.iterdir()} == {"arkiv"}


def test_withheld_words_and_figures_are_not_in_the_archive(archived):
    folder, _release = archived
    told = "\n".join(data.decode("utf-8", "replace") for data in contents(folder).values())
    for words in ("Hemligt här", "Hemligare förut", str(folder)):
        assert words not in told
    assert not re.search(r"\b9[\s\xa0]?393\b", told)  # on its own: checksums hold such digits too
    assert "visas inte (för få svar)" in told
    statements = (folder / "register/statement.csv").read_text("utf-8-sig")
    assert masking.MARK in statements
    assert "Allt är bra" in statements


def test_the_index_can_be_read_and_the_rules_are_told(archived):
    folder, _release = archived
    index = (folder / "index.html").read_text()
    assert "register/need.csv" in index
    assert "gallras 5 år efter postens egen dag (§ 4)" in index
    assert "bilagor/" in index


def test_the_same_data_gives_the_same_archive(archived, tmp_path):
    folder, _release = archived
    call_command("archive_program", "ostra/chefer", "--output", str(tmp_path / "b"), stdout=io.StringIO())
    assert contents(folder) == contents(tmp_path / "b")


def test_a_folder_that_holds_something_is_refused_and_left_alone(archived):
    folder, _release = archived
    before = contents(folder)
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("archive_program", "ostra/chefer", "--output", str(folder))
    assert contents(folder) == before
    with pytest.raises(CommandError, match="no programme"):
        call_command("archive_program", "ostra/finns-inte", "--output", str(folder))


def test_an_archive_is_whole_or_not_there(world, filled, tmp_path, monkeypatch):
    def break_off(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "manifest", break_off)
    with pytest.raises(CommandError, match="No space left"):
        call_command("archive_program", "ostra/chefer", "--output", str(tmp_path / "a"))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled(world, tmp_path):
    (tmp_path / "tom").mkdir()
    call_command("archive_program", "ostra/chefer", "--output", str(tmp_path / "tom"), stdout=io.StringIO())
    assert (tmp_path / "tom/manifest.json").is_file()


def test_kinds_read_as_they_say():
    for kind in register.KINDS:
        assert isinstance(kind, Kind)
        assert bool(kind.rows) == kind.is_handed_out, kind.key
        assert bool(kind.thin) == bool(kind.thinnable), kind.key


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(**texts: str | bytes) -> bytes:
    """A zip; a double underscore is a slash, a single one a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package_:
        for name, text in texts.items():
            package_.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def word(body: str, **more: str | bytes) -> bytes:
    return packed(
        word__document_xml=f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>', **more
    )


WORKBOOK = packed(
    xl__sharedStrings_xml=f'<sst xmlns="{CELLS}"><si><t>Anna</t></si><si><t>Annat</t></si><si><r><t>E</t></r><r><t>k</t></r></si></sst>',
    xl__worksheets__sheet1_xml=f'<worksheet xmlns="{CELLS}"><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row></sheetData></worksheet>',
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "Åsa: Anna Ek".encode("utf-16")), ("a.txt", "Åsa: Anna\xa0Ek".encode("cp1252")),
        ("a.txt", "\ufeffAnna Ek".encode()), ("a.csv", b"Anna;Ek"), ("a.csv", b'"Anna","Ek"'),
        ("a.json", b'["Anna\\u0020Ek"]'), ("a.html", b"<p>Anna&#32;E<b>k</b>"), ("a.html", b'<img alt="Anna&#32;Ek">'),
        ("a.docx", word("<w:p><w:r><w:t>An</w:t></w:r><w:r><w:rPr><w:b w:val='1'/></w:rPr><w:t>na E</w:t></w:r><w:r><w:t>k</w:t></w:r></w:p>")),
        ("a.docx", word("<w:p><w:r><w:t>Anna</w:t><w:tab/><w:t>E</w:t></w:r></w:p><w:p><w:r><w:t>k</w:t></w:r></w:p>")),
        ("a.docx", word("<w:p><w:bookmarkStart w:name='Anna_Ek'/></w:p>")),
        ("a.docx", word("<w:p/>", docProps__core_xml="<core><creator>Anna &#69;k</creator></core>")),
        ("a.xlsx", WORKBOOK),
        ("a.docx", word("<w:p><w:r><w:t>Anna Ek</w:t></w:r></w:p>", word__embeddings__a_bin=b"x")),
    ],
)  # fmt: skip
def test_masked_words_do_not_leave_in_files(world, filled, name, data):
    one = attached(world, filled, name, data)
    case = handout(world, records=["need", f"attachment:{one.pk}"])
    mask(world, case, "Anna Ek")
    assert [row.name for row in package.compose(case).held] == [name]


def attached(world, filled, name: str, data: bytes) -> Attachment:
    return Attachment.objects.create(
        program=world.program, activity=filled["activity"], name=name, content_type="text/plain", size=len(data),
        sha256="c" * 64, content=data,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "is_searched"),
    [
        ("a.docx", word("<w:p/>", word__media__a_png=b"x", mimetype="text"), True), ("a.xlsx", WORKBOOK, True),
        ("a.txt", b"Text", True), ("a.txt", b"PKU-prov", True), ("a.pdf", b"%PDF-1.7", False),
        ("a.docx", word("<w:p/>", word__embeddings__a_xlsx=WORKBOOK), False),
        ("a.docx", word("<w:p/>", word__vbaProject_bin=b"x"), False), ("a.docx", word("<w:p>"), False),
        ("a.docx", packed(a_xml="<!DOCTYPE a [<!ENTITY b 'Anna Ek'>]><a>&b;</a>"), False),
        ("a.docx", word("<w:p/>" * 2_000_000), False), ("a.xml", b"<a>" + b"<b/>" * 2_100_000 + b"</a>", False),
        ("a.docx", word("<w:p/>")[:-30], False), ("a.eml", b"Subject: x", False), ("a.json", b"{", False),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_searched_whole_is_told(world, filled, name, data, is_searched):
    one = attached(world, filled, name, data)
    composed = package.compose(handout(world, records=["need", f"attachment:{one.pk}"]))
    assert [row.name for row in composed.unread] == ([] if is_searched else [name])


def test_a_field_masked_whole_is_looked_for_in_files(world, filled):
    one = attached(world, filled, "a.txt", "Om stöd till  Anna Ek.".encode())
    case = handout(world, records=["need", f"attachment:{one.pk}"])
    mask(world, case, record="need", row=filled["need"].pk, field="title")
    assert [row.name for row in package.compose(case).held] == ["a.txt"]


def test_a_statement_masked_whole_is_masked_as_it_was_before_too(world, filled):
    first, second = filled["dialogue"].statements.all()
    for row, before in ((first, "Annat förut"), (second, "Hemligare förut")):
        Correction.objects.create(
            statement=row, before=before, after=row.text, reason="Hon bad om det", at=timezone.now()
        )
    case = handout(world)
    mask(world, case, record="statement", row=second.pk, field="text")
    told = everything_in(bytes(hand_out(world, case).file))
    assert "hemligare förut" not in told
    assert "hemligt här" not in told
    assert "annat förut" in told


def test_the_case_s_own_words_are_looked_through(world, filled, sign_in):
    case = handout(world, records=["need"], request="Allt om Anna Ek", case_number="Ek 7")
    where = {"record": "need", "row": filled["need"].pk, "field": "title"}
    actions.add_mask(handout=case, words="Anna Ek", ground="Rör Anna Ek", by=world.users.editor, **where)
    left = [(row.label, row.words) for row in package.compose(case).left if not row.kind]
    assert left == [("Begäran", "Allt om Anna Ek"), ("Grund", "Rör Anna Ek")]
    page = sign_in(world.users.editor).get(f"{HOME}{case.pk}/lamna-ut/").content.decode()
    assert f'<a href="{HOME}{case.pk}/">Begäran</a>: Allt om Anna Ek' in page


def test_rows_and_files_of_others_cannot_be_chosen_or_masked(world, filled, sign_in):
    """By the form's own fields and by the address of a mask, in every way that a browser could send them."""
    theirs = factories.activity(world.hidden, "Hemlig aktivitet")
    file = Attachment.objects.create(
        program=world.hidden, activity=theirs, name="hemlig.txt", content_type="text/plain", size=1, sha256="x",
        content=b"Hemligt",
    )  # fmt: skip
    client = sign_in(world.users.editor)
    sent = {"request": "Allt", "requested_on": "2026-05-20", "kinds_program": ["activity"]}
    fields = client.get("/ostra/chefer/utlamnande/nytt/").context["form"].fields
    kinds = next(
        name for name, field in fields.items() if ("activity", "Aktiviteter") in getattr(field, "choices", ())
    )
    for name, value in (("single_activity", theirs.pk), ("files", f"attachment:{file.pk}"), (kinds, "trail:1"),
                        ("files", "attachment:../1"), ("single_activity", "9" * 30)):  # fmt: skip
        page = client.post("/ostra/chefer/utlamnande/nytt/", sent | {kinds: ["activity"], name: [str(value)]})
        assert page.status_code == 200, name
        assert "emlig aktivitet" not in page.content.decode()
    assert not Handout.objects.exists()
    case = handout(
        world, records=["activity", f"activity:{theirs.pk}", f"attachment:{file.pk}", "attachment:x"]
    )
    for kind, row, field in (("activity", theirs.pk, "title"), ("activity", "9" * 30, "title"), ("../a", 1, "title"),
                             ("activity", theirs.pk, "__class__"), ("mask", 1, "words")):  # fmt: skip
        asked = f"/ostra/chefer/utlamnande/{case.pk}/maskera/?slag={kind}&post={row}&falt={field}"
        assert client.get(asked).status_code == 404, asked
        assert client.post(asked, {"scope": "whole", "ground": "x"}).status_code == 404
    assert not Mask.objects.exists()
    composed = package.compose(case)
    assert composed.enclosed == []
    assert "emlig" not in everything_in(package.zipped(composed))
