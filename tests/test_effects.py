"""Expected effects: locked at the start, amended in the open, laid beside the verdict when they can be seen."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from metrics.effects import actions
from metrics.effects.judge import Laid
from metrics.effects.wording import laid, told
from metrics.models import Amendment, Expectation, Outcome
from program.models import Activity
from reports.facts import compose
from reports.facts.effects import effects
from reports.facts.frame import Frame
from reports.facts.sources import Chain, Sources
from tests import factories
from tests.factories import DAY
from ui.revision import Stale

LIST = "/ostra/chefer/matt/effekter/"
ROLES = ["department_head", "director", "secretary", "manager", "reader", "admin"]


def effect(activity, indicator, **fields):
    return Expectation.objects.create(activity=activity, indicator=indicator, **{"direction": "up"} | fields)


def begun(world, title="Rimliga chefsområden", **fields):
    """An activity under way since 2 March 2026."""
    activity = factories.activity(world.program, title, **fields)
    factories.status(activity, "under_way", on=dt.date(2026, 3, 2))
    return activity


def moved(
    world, name="Återhämtning", *, department=None, first=(40, 100, 110), last=(70, 100, 110), **fields
):
    """An indicator whose share rose by 30 points, between 16 and 42."""
    indicator = factories.indicator(world.program, name, **fields)
    for day, counts in ((dt.date(2025, 3, 31), first), (dt.date(2026, 3, 31), last)):
        factories.observation(indicator, day, counts=counts, department=department)
    return indicator


def home(activity) -> str:
    return f"/ostra/chefer/aktiviteter/{activity.pk}/effekt/"


def typed(row_or_indicator, **changes) -> dict:
    indicator = getattr(row_or_indicator, "indicator", row_or_indicator)
    return {
        "indicator": indicator.pk, "department": "", "direction": "up", "size": "", "amount_text": "",
        "visible_text": "", "wrong_if": "", "reason": "",
    } | changes  # fmt: skip


ARGUED = {"contribution": "Alla områden fick avlastning.", "others": "Inget känt."}


def record(client, row, **changes):
    """Record an outcome the way a browser does."""
    address = f"{home(row.activity)}{row.pk}/utfall/"
    laid = client.get(address).context["form"].initial["laid"]
    return client.post(address, ARGUED | {"laid": laid} | changes)


# Writing before the start


def test_hr_writes_what_where_which_way_how_much_and_when(hr, world):
    activity, indicator = factories.activity(world.program), factories.indicator(world.program)
    said = typed(
        indicator, department=world.home.pk, amount_text="5 procentenheter", visible_text="hösten 2026",
        wrong_if="Inget rör sig.", size="främst i natt",
    )  # fmt: skip
    assert hr.post(f"{home(activity)}ny/", said)["Location"] == home(activity)
    row = activity.expectations.get()
    assert (row.department, row.amount, row.visible_on) == (world.home, Decimal("0.05"), dt.date(2026, 9, 1))
    assert not row.amendments.exists()
    page = hr.get(home(activity)).content.decode()
    for text in ("främst i natt (minst 5 procentenheter)", "Hemtjänsten", "hösten 2026", "Inget rör sig."):
        assert text in page, text
    assert "låst" not in page


@pytest.mark.parametrize(
    ("kind", "unit", "text", "amount", "words"),
    [
        ("share", "", "2,5", "0.025", "minst 2,5 procentenheter"),
        ("rate", "", "0,25 %", "0.0025", "minst 0,25 procentenheter"),
        ("share", "", "3 %-enheter", "0.03", "minst 3 procentenheter"),
        ("median", "medarbetare per chef", "2.5", "2.5", "minst 2,5 medarbetare per chef"),
        ("count", "", "+3", "3", "minst 3"),
    ],
)
def test_the_figure_is_typed_in_the_indicators_own_unit(hr, world, kind, unit, text, amount, words):
    activity = factories.activity(world.program)
    indicator = factories.indicator(world.program, kind=kind, unit=unit)
    hr.post(f"{home(activity)}ny/", typed(indicator, amount_text=text))
    row = activity.expectations.get()
    assert row.amount == Decimal(amount)
    assert words in hr.get(home(activity)).content.decode()
    form = hr.get(f"{home(activity)}{row.pk}/").context["form"]
    assert form["amount_text"].value() == words.split()[1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("några", "Det här är inget tal: några."),
        ("-5", "riktningen anges bredvid"),
        ("0", "riktningen anges bredvid"),
        ("101", "Procentenheter ligger mellan 0 och 100"),
        ("0,005", "högst två decimaler"),
    ],
)
def test_a_figure_that_cannot_be_read_is_told_at_its_place(hr, world, text, message):
    activity, indicator = factories.activity(world.program), factories.indicator(world.program)
    response = hr.post(f"{home(activity)}ny/", typed(indicator, amount_text=text, wrong_if="Kvar"))
    assert list(response.context["form"].errors) == ["amount_text"]
    page = response.content.decode()
    assert message in page
    assert f'value="{text}"' in page
    assert "Kvar" in page
    assert not Expectation.objects.exists()


def test_another_organisations_department_cannot_be_chosen(hr, world):
    activity, indicator = factories.activity(world.program), factories.indicator(world.program)
    hidden = world.theirs.departments.get()
    response = hr.post(f"{home(activity)}ny/", typed(indicator, department=hidden.pk))
    assert list(response.context["form"].errors) == ["department"]
    assert "Hemlig" not in response.content.decode()


def test_one_indicator_may_be_aimed_at_in_two_departments_but_once_in_each(hr, world):
    activity, indicator = factories.activity(world.program), factories.indicator(world.program)
    for where in (world.home, world.other, world.home):
        response = hr.post(f"{home(activity)}ny/", typed(indicator, department=where.pk))
    assert "Aktiviteten har redan en förväntad effekt på det här måttet." in response.content.decode()
    assert Expectation.objects.count() == 2


def test_before_the_start_it_is_changed_without_a_reason(hr, world):
    row = effect(factories.activity(world.program), factories.indicator(world.program), size="fem")
    assert hr.post(f"{home(row.activity)}{row.pk}/", typed(row, size="tio")).status_code == 302
    row.refresh_from_db()
    assert row.size == "tio"
    assert not Amendment.objects.exists()


# Locked


@pytest.mark.parametrize("status", ["under_way", "completed", "stopped"])
def test_it_is_locked_once_the_activity_has_begun(hr, world, status):
    row = effect(factories.activity(world.program), factories.indicator(world.program), size="fem")
    done = {"completed_on": DAY} if status == "completed" else {}
    factories.status(row.activity, status, comment="Skäl", **done)
    assert "låst sedan starten 1 mars 2026" in hr.get(home(row.activity)).content.decode()
    response = hr.post(f"{home(row.activity)}{row.pk}/", typed(row, size="tio"))
    assert list(response.context["form"].errors) == ["reason"]
    assert 'value="tio"' in response.content.decode()
    row.refresh_from_db()
    assert row.size == "fem"
    assert not Amendment.objects.exists()


def test_a_start_in_the_future_locks_nothing(hr, world):
    row = effect(factories.activity(world.program), factories.indicator(world.program))
    factories.status(row.activity, "under_way", on=timezone.localdate() + dt.timedelta(days=1))
    hr.post(f"{home(row.activity)}{row.pk}/", typed(row, size="tio"))
    assert not Amendment.objects.exists()


def test_a_change_after_the_start_is_an_amendment_that_everybody_sees(sign_in, hr, world):
    row = effect(
        begun(world), factories.indicator(world.program), size="fem", amount=Decimal("0.05"),
        visible_on=dt.date(2026, 9, 1), visible_words="hösten 2026",
    )  # fmt: skip
    said = typed(
        row, department=world.home.pk, direction="down", amount_text="10", visible_text="2027H1",
        reason="Starten drog ut på tiden.",
    )  # fmt: skip
    assert hr.post(f"{home(row.activity)}{row.pk}/", said).status_code == 302
    amended = row.amendments.get()
    assert (amended.on, amended.reason, amended.by) == (
        timezone.localdate(), "Starten drog ut på tiden.", world.users.editor,
    )  # fmt: skip
    assert [(c["field"], c["before"], c["after"]) for c in amended.changes] == [
        ("department", "alla som måttet gäller", "Hemtjänsten"),
        ("direction", "uppåt", "nedåt"),
        ("size", "fem", ""),
        ("amount", "5 procentenheter", "10 procentenheter"),
        ("visible_on", "hösten 2026", "2027H1"),
    ]
    page = sign_in(world.users.reader).get(home(row.activity)).content.decode()
    for text in ("<del>5 procentenheter</del>", "<ins>10 procentenheter</ins>", "Starten drog ut på tiden."):
        assert text in page, text
    assert world.users.editor.username not in page


def test_saving_the_same_leaves_no_amendment(hr, world):
    row = effect(begun(world), factories.indicator(world.program), amount=Decimal("0.05"))
    response = hr.post(
        f"{home(row.activity)}{row.pk}/", typed(row, amount_text="5,0", reason="?"), follow=True
    )
    assert "Ingenting ändrades." in response.content.decode()
    assert not Amendment.objects.exists()


def test_the_words_of_an_amendment_are_the_committees_whoever_writes(hr, world):
    row = effect(begun(world), factories.indicator(world.program))
    hr.cookies["django_language"] = "en"
    hr.post(f"{home(row.activity)}{row.pk}/", typed(row, direction="down", reason="Fel håll."))
    assert row.amendments.get().changes[0]["after"] == "nedåt"


def test_what_was_under_way_before_the_programme_is_written_late_and_marked(hr, world):
    activity, indicator = begun(world, is_existing=True), factories.indicator(world.program)
    assert "märks som skriven efter start" in hr.get(f"{home(activity)}ny/").content.decode()
    assert hr.post(f"{home(activity)}ny/", typed(indicator)).status_code == 302
    row = activity.expectations.get()
    assert row.amendments.get().reason == "inget skäl angivet"
    for page in (home(activity), LIST):
        assert "skriven efter start" in hr.get(page).content.decode()


def test_a_locked_effect_is_not_removed_but_said_to_hold_no_longer(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    address = f"{home(row.activity)}{row.pk}/ta-bort/"
    page = hr.get(address).content.decode()
    assert "Den kan inte tas bort: aktiviteten började 2 mars 2026" in page
    assert list(hr.post(address, {"reason": ""}).context["form"].errors) == ["reason"]
    assert Expectation.objects.exists()
    assert hr.get("/ostra/chefer/").context["found"].said.effects == 1
    assert hr.post(address, {"reason": "Måttet mäts inte längre."}).status_code == 302
    page = hr.get(home(row.activity)).content.decode()
    assert "gäller inte längre" in page
    assert "Måttet mäts inte längre." in page
    assert hr.get("/ostra/chefer/").context["found"].said.effects == 0
    hr.post(address, {"reason": "En gång till"})
    assert row.amendments.count() == 1
    assert hr.get(f"{home(row.activity)}{row.pk}/utfall/").status_code == 403


def test_changing_what_no_longer_holds_makes_it_hold_again(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    hr.post(f"{home(row.activity)}{row.pk}/ta-bort/", {"reason": "Nej"})
    address = f"{home(row.activity)}{row.pk}/"
    assert "När du sparar gäller den igen." in hr.get(address).content.decode()
    hr.post(address, typed(row, visible_text="2026-04-01", reason="Jo"))
    assert [change["field"] for change in row.amendments.last().changes] == ["restored"]
    assert hr.get("/ostra/chefer/").context["found"].said.effects == 1


def test_two_editors_of_a_locked_effect_are_told(hr, world):
    row = effect(begun(world), factories.indicator(world.program), size="fem")
    address = f"{home(row.activity)}{row.pk}/"
    seen = hr.get(address).context["form"].initial["seen"]
    hr.post(f"{address}ta-bort/", {"reason": "Gäller inte."})
    response = hr.post(address, typed(row, size="tio", reason="Mitt skäl", seen=seen))
    page = response.content.decode()
    assert "Någon annan ändrade" in page
    assert "Mitt skäl" in page
    assert row.amendments.count() == 1


def test_what_was_saved_in_between_stops_the_write_whole(world):
    row = effect(begun(world), factories.indicator(world.program), size="fem")
    before = told(row)
    Expectation.objects.update(size="sju")
    row.size = "tio"
    write = {"effect": row, "before": before}
    signed = {"reason": "Skäl", "on": DAY, "by": world.users.editor}
    with pytest.raises(Stale):
        actions.change_effect(**write)
    with pytest.raises(Stale):
        actions.amend_effect(**write, **signed)
    assert (Expectation.objects.get().size, Amendment.objects.count()) == ("sju", 0)
    actions.withdraw_effect(effect=row, **signed)
    with pytest.raises(Stale):
        actions.withdraw_effect(effect=row, **signed)


def test_a_change_and_its_amendment_are_written_together_or_not_at_all(world):
    row = effect(begun(world), factories.indicator(world.program), size="fem")
    before = told(row)
    row.size = "tio"
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.amend_effect(effect=row, before=before, reason="", on=DAY, by=world.users.editor)
    assert (Expectation.objects.get().size, Amendment.objects.count()) == ("fem", 0)


# When it can be seen


@pytest.mark.parametrize(
    ("direction", "amount", "told"),
    [
        ("up", "0.05", ["Måttet har rört sig åt det väntade hållet.", "är minst 5 procentenheter, som väntat"]),
        ("up", "0.25", ["Måttet har rört sig åt det väntade hållet.", "inte att avgöra om förändringen är minst 25"]),
        ("up", "0.5", ["är mindre än de 50 procentenheter som väntades"]),
        ("down", "0.05", ["Måttet har rört sig åt motsatt håll mot det väntade.", "mindre än de 5"]),
    ],
)  # fmt: skip
def test_when_due_the_verdict_is_laid_beside(hr, world, direction, amount, told):
    row = effect(
        begun(world), moved(world), direction=direction, amount=Decimal(amount),
        visible_on=dt.date(2026, 4, 1), wrong_if="Andelen sjunker.",
    )  # fmt: skip
    page = hr.get(home(row.activity)).content.decode()
    for text in [*told, "Det som skulle visa att vi har fel:", "Andelen sjunker.", "tecken på förflyttning"]:
        assert text in page, text


def test_before_its_day_nothing_is_laid_beside(hr, world):
    later = timezone.localdate() + dt.timedelta(days=1)
    row = effect(begun(world), moved(world), visible_on=later)
    page = hr.get(home(row.activity)).content.decode()
    assert "tecken på förflyttning" in page
    assert "väntade hållet" not in page
    assert hr.get(f"{home(row.activity)}{row.pk}/utfall/").status_code == 403
    assert hr.post(f"{home(row.activity)}{row.pk}/utfall/", ARGUED).status_code == 403


def test_a_departments_effect_is_laid_beside_that_departments_values(hr, world):
    indicator = moved(world, department=world.home)
    for where in (world.home, world.other, None):
        effect(begun(world), indicator, department=where, visible_on=dt.date(2026, 4, 1))
    rows = hr.get(LIST).context["rows"]
    assert {row["where"]: row["row"].verdict.kind for row in rows} == {
        "Hemtjänsten": "moved", "Myndigheten": "unknown", "chefer": "unknown",
    }  # fmt: skip


def test_what_the_gate_withholds_moves_nothing(hr, world):
    row = effect(
        begun(world), moved(world, first=(2, 8, 9), last=(7, 8, 9)), visible_on=dt.date(2026, 4, 1),
        amount=Decimal("0.05"),
    )  # fmt: skip
    page = hr.get(home(row.activity)).content.decode()
    assert "kan inte avgöras ännu" in page
    assert "87,5" not in page
    assert "62,5" not in page


def test_drafts_move_nothing(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    row.indicator.observations.update(state="draft")
    assert hr.get(LIST).context["rows"][0]["row"].verdict.kind == "unknown"


# What came of it


def test_hr_records_how_it_may_have_contributed(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1), amount=Decimal("0.05"))
    assert record(hr, row)["Location"] == home(row.activity)
    said = row.outcomes.get()
    assert (said.on, said.verdict, said.contribution, said.others, said.by) == (
        timezone.localdate(), "moved", "Alla områden fick avlastning.", "Inget känt.", world.users.editor,
    )  # fmt: skip
    assert said.words.startswith("Tecken på förflyttning.")
    assert "Förändringen är minst 5 procentenheter, som väntat." in said.words
    page = hr.get(home(row.activity)).content.decode()
    for text in ("Alla områden fick avlastning.", "Inget känt.", said.words[:40]):
        assert text in page, text
    assert " gav " not in page


@pytest.mark.parametrize("missing", ["contribution", "others"])
def test_both_texts_must_be_given(hr, world, missing):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    response = record(hr, row, **{missing: " "})
    assert list(response.context["form"].errors) == [missing]
    kept = next(text for name, text in ARGUED.items() if name != missing)
    assert kept in response.content.decode()
    assert not Outcome.objects.exists()


def test_an_outcome_keeps_the_verdict_of_its_day_and_a_new_one_follows(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    record(hr, row)
    factories.observation(row.indicator, dt.date(2026, 6, 30), counts=(10, 100, 110))
    record(hr, row, contribution="Det vände.")
    assert [(said.verdict, said.contribution) for said in row.outcomes.all()] == [
        ("worsened", "Det vände."), ("moved", "Alla områden fick avlastning."),
    ]  # fmt: skip


def test_an_outcome_older_than_the_latest_value_is_marked_everywhere(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    Outcome.objects.create(
        expectation=row, on=dt.date(2026, 4, 10), verdict="moved", words="Då.", contribution="Avlastning", others="x"
    )  # fmt: skip
    pages = [home(row.activity), "/ostra/chefer/matt/effekter/"]
    marks = ["ett värde har kommit sedan dess, 30 april 2026", "äldre än det senaste värdet"]
    for page, mark in zip(pages, marks, strict=True):
        assert mark not in hr.get(page).content.decode()
    factories.observation(row.indicator, dt.date(2026, 4, 30), counts=(10, 100, 110))
    for page, mark in zip(pages, marks, strict=True):
        assert mark in hr.get(page).content.decode()
    told = tables(factories.report(world.program))[SEEN][0][3]
    assert told.endswith("(10 april 2026; ett nyare värde kom 30 april 2026)")


def test_the_same_outcome_twice_is_kept_once(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    record(hr, row)
    record(hr, row)
    assert row.outcomes.count() == 1


def test_what_changed_beside_while_writing_is_told(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    laid = hr.get(f"{home(row.activity)}{row.pk}/utfall/").context["form"].initial["laid"]
    factories.observation(row.indicator, dt.date(2026, 6, 30), counts=(10, 100, 110))
    response = record(hr, row, laid=laid)
    page = response.content.decode()
    assert "Det som står bredvid har ändrats medan du skrev." in page
    assert "Alla områden fick avlastning." in page
    assert not Outcome.objects.exists()
    again = response.context["form"].data["laid"]
    assert record(hr, row, laid=again).status_code == 302


def test_an_outcome_makes_the_effect_stay(hr, world):
    row = effect(factories.activity(world.program), moved(world), visible_on=dt.date(2026, 4, 1))
    assert "Aktiviteten har inte börjat." in hr.get(f"{home(row.activity)}{row.pk}/utfall/").content.decode()
    record(hr, row)
    hr.post(f"{home(row.activity)}{row.pk}/ta-bort/")
    assert Expectation.objects.exists()
    assert "något är redan noterat" in hr.get(f"{home(row.activity)}{row.pk}/ta-bort/").content.decode()


def test_what_waits_is_told_to_hr_alone(sign_in, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    told = "1 förväntad effekt väntar på ett utfall"
    assert told not in sign_in(world.users.director).get("/ostra/chefer/").content.decode()
    hr = sign_in(world.users.editor)
    page = hr.get("/ostra/chefer/").content.decode()
    assert told in page
    assert f'href="{LIST}?visa=forfallna"' in page
    assert "notera utfallet" in hr.get(LIST).content.decode()
    record(hr, row)
    assert told not in hr.get("/ostra/chefer/").content.decode()
    Expectation.objects.update(visible_on=timezone.localdate() + dt.timedelta(days=1))
    assert hr.get("/ostra/chefer/").context["found"].said.effects == 0


def test_an_effect_that_was_moved_past_its_outcome_waits_again(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    record(hr, row)
    Outcome.objects.update(on=dt.date(2026, 3, 31))
    assert hr.get("/ostra/chefer/").context["found"].said.effects == 1
    assert hr.get(LIST).context["waiting"] == 1


# The list, and what is missing


def test_the_list_is_filtered_by_what_can_be_seen(hr, world):
    indicator = moved(world)
    later = timezone.localdate() + dt.timedelta(days=9)
    for title, day in (("Kommer", later), ("Syns", dt.date(2026, 4, 1)), ("Utan dag", None)):
        effect(begun(world, title), indicator, visible_on=day)
    gone = effect(begun(world, "Borta"), indicator, visible_on=dt.date(2026, 4, 1))
    hr.post(f"{home(gone.activity)}{gone.pk}/ta-bort/", {"reason": "Nej"})

    def titles(query):
        return [row["effect"].activity.title for row in hr.get(LIST + query).context["rows"]]

    assert titles("") == ["Syns", "Kommer", "Utan dag", "Borta"]
    assert titles("?visa=forfallna") == ["Syns"]
    assert titles("?visa=kommande") == ["Kommer", "Utan dag"]
    assert titles("?visa=annat") == titles("")


def test_the_list_holds_the_own_programme_alone(hr, world):
    effect(
        factories.activity(world.hidden, "Hemlig aktivitet"),
        factories.indicator(world.hidden, "Hemligt mått"),
    )
    page = hr.get(LIST).content.decode()
    assert "emlig" not in page
    assert '<div class="empty">' in page
    assert f'href="{LIST}"' in hr.get("/ostra/chefer/matt/").content.decode()


def test_hr_marks_the_few_that_matter_most(hr, world):
    activity = factories.activity(world.program)
    address = f"/ostra/chefer/aktiviteter/{activity.pk}/andra/"
    form = hr.get(address).context["form"]
    said = {"title": activity.title, "area": activity.area_id, "level": "organisation", "revision": 1}
    assert form.initial["is_key"] is False
    assert hr.post(address, said | {"is_key": "on"}).status_code == 302
    assert Activity.objects.get().is_key
    for page in (f"/ostra/chefer/aktiviteter/{activity.pk}/", "/ostra/chefer/aktiviteter/"):
        assert '<span class="tag">bland de viktigaste</span>' in hr.get(page).content.decode()


def test_key_activities_without_effect_are_shown_as_missing(hr, world):
    indicator = factories.indicator(world.program)
    missing = factories.activity(world.program, "Saknar", is_key=True)
    effect(factories.activity(world.program, "Har", is_key=True), indicator)
    stopped = factories.activity(world.program, "Stoppad", is_key=True)
    factories.status(stopped, "stopped", comment="Nej")
    factories.activity(world.program, "Vanlig")
    gone = effect(begun(world, "Borta", is_key=True), indicator)
    hr.post(f"{home(gone.activity)}{gone.pk}/ta-bort/", {"reason": "Nej"})
    assert [row.title for row in hr.get(LIST).context["missing"]] == ["Saknar", "Borta"]
    response = hr.get("/ostra/chefer/roda-traden/")
    assert [row.label for row in response.context["breaks"].aimless_activities] == ["Saknar", "Borta"]
    page = response.content.decode()
    assert "av de viktigaste aktiviteterna utan förväntad effekt" in page
    assert f'href="{home(missing)}"' in page
    assert "1 annan aktivitet utan förväntad effekt, räknas inte" in page


def test_where_none_is_marked_the_thread_says_so(hr, world):
    factories.activity(world.program, "Vanlig")
    response = hr.get("/ostra/chefer/roda-traden/")
    assert [row.label for row in response.context["breaks"].aimless_activities] == ["Vanlig"]
    assert "Ingen är markerad som en av de viktigaste" in response.content.decode()
    assert "Ingen aktivitet är markerad" in hr.get(LIST).content.decode()


# Who may, and how much it asks


@pytest.mark.parametrize("kind", ROLES)
def test_others_read_and_only_hr_writes(sign_in, world, kind):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    client = sign_in(getattr(world.users, kind))
    for page in (LIST, home(row.activity)):
        assert "Återhämtning" in client.get(page).content.decode()
    for path in ("utfall/", "", "ta-bort/"):
        for method in (client.get, client.post):
            response = method(f"{home(row.activity)}{row.pk}/{path}", ARGUED)
            assert response.status_code == 403
    assert not Outcome.objects.exists()


def test_outsiders_find_nothing(sign_in, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    client = sign_in(world.users.outsider)
    for path in (LIST, home(row.activity), f"{home(row.activity)}{row.pk}/utfall/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_pages_take_the_same_queries_whatever_there_is(hr, world, rows, django_assert_num_queries):
    activity = begun(world, "Samma", is_key=True)
    for number in range(rows):
        indicator = moved(world, f"Mått {number}", department=world.home)
        for owner in (begun(world, f"Aktivitet {number}"), activity):
            row = effect(owner, indicator, department=world.home, visible_on=dt.date(2026, 4, 1))
            record(hr, row)
            hr.post(
                f"{home(owner)}{row.pk}/", typed(row, size="mer", visible_text="2026-04-01", reason="Skäl")
            )
    for page, queries in ((LIST, 15), (home(activity), 14), (f"{home(activity)}{row.pk}/utfall/", 13)):
        with django_assert_num_queries(queries):
            assert hr.get(page).status_code == 200


# The report


def tables(report) -> dict:
    section = next(section for section in compose(report).sections if section.key == "indicators")
    return {block.caption: block.rows for block in section.blocks if block.type == "table"}


SEEN = "Förväntade effekter som nu kan synas"
CHANGED = "Förväntade effekter som har ändrats efter att aktiviteten började"


def test_the_report_lays_what_can_be_seen_beside_what_was_expected(hr, world):
    row = effect(
        begun(world), moved(world), visible_on=dt.date(2026, 4, 1), visible_words="våren 2026",
        amount=Decimal("0.05"), wrong_if="Andelen sjunker.",
    )  # fmt: skip
    Outcome.objects.create(
        expectation=row, on=dt.date(2026, 5, 1), verdict="moved", words="Då.", contribution="Avlastning", others="Inget känt"
    )  # fmt: skip
    Outcome.objects.create(
        expectation=row, on=dt.date(2026, 6, 1), verdict="moved", words="Sen.", contribution="Efteråt", others="x"
    )  # fmt: skip
    effect(begun(world, "Senare"), row.indicator, visible_on=dt.date(2026, 5, 21))
    found = tables(factories.report(world.program))
    assert found[SEEN] == (
        (
            "Rimliga chefsområden",
            "Återhämtning, chefer: uppåt, minst 5 procentenheter. Kan synas från våren 2026."
            " Det som skulle visa att vi har fel: Andelen sjunker.",
            "Tecken på förflyttning. Måttet har rört sig åt det väntade hållet."
            " Förändringen är minst 5 procentenheter, som väntat.",
            "Avlastning. Annat som kan förklara det: Inget känt. (1 maj 2026)",
        ),
    )
    assert CHANGED not in found


def test_the_report_tells_amendments_since_the_last_one_as_it_stood(hr, world):
    row = effect(begun(world), moved(world), size="tre", visible_on=dt.date(2026, 4, 1))
    factories.report(world.program, "2025H2", cut_off=dt.date(2026, 3, 20), meets_on=dt.date(2026, 4, 2))
    for number, day in enumerate((dt.date(2026, 3, 10), dt.date(2026, 5, 1), dt.date(2026, 5, 21))):
        change = {
            "field": "size",
            "before": f"ord {number}",
            "after": f"ord {number + 1}",
            "held": f"ord {number}",
        }
        Amendment.objects.create(expectation=row, on=day, reason="Skäl", changes=[change])
    found = tables(factories.report(world.program))
    assert found[CHANGED] == (
        ("1 maj 2026", "Rimliga chefsområden: Återhämtning", "Hur mycket: ord 1 → ord 2", "Skäl"),
    )
    assert ": uppåt, ord 2 (före 10 mars 2026: ord 0). Kan synas från" in found[SEEN][0][1]


def test_the_old_words_stand_beside_the_new_everywhere(hr, world):
    row = effect(
        begun(world), moved(world), size="minst tio procentenheter", amount=Decimal("0.1"),
        visible_on=dt.date(2026, 4, 1),
    )  # fmt: skip
    said = typed(
        row, size="minst sju procentenheter", amount_text="7", visible_text="2026-04-02", reason="För högt."
    )
    hr.post(f"{home(row.activity)}{row.pk}/", said)
    Amendment.objects.update(on=dt.date(2026, 5, 1))
    told = "(före 1 maj 2026: minst tio procentenheter)"
    for address in (LIST, home(row.activity)):
        page = hr.get(address).content.decode().replace("\u00a0", " ")
        assert "uppåt, minst sju procentenheter <" in page
        assert told in page
    [[_activity, expected, *_rest]] = tables(factories.report(world.program))[SEEN]
    assert (
        f"uppåt, minst sju procentenheter {told}. Kan synas från 2 april 2026 (före 1 maj 2026: 1 april 2026)."
        in expected
    )


def test_a_test_of_our_own_that_is_taken_away_after_the_start_still_shows(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1), wrong_if="Andelen sjunker.")
    hr.post(f"{home(row.activity)}{row.pk}/", typed(row, visible_text="2026-04-01", reason="Onödigt."))
    Amendment.objects.update(on=dt.date(2026, 5, 1))
    told = "(före 1 maj 2026: Andelen sjunker.)"
    assert told in hr.get(home(row.activity)).content.decode().replace("\u00a0", " ")
    assert (
        f"Det som skulle visa att vi har fel: inte angivet {told}"
        in tables(factories.report(world.program))[SEEN][0][1]
    )


@pytest.mark.parametrize(("reach", "sentences"), [("unknown", 1), ("reached", 1), ("short", 2), ("", 1)])
def test_of_what_stands_still_nothing_is_said_that_contradicts_it(world, reach, sentences):
    row = effect(begun(world), factories.indicator(world.program), amount=Decimal("0.03"))
    first, *rest = laid(Laid("still", reach), row)
    assert first == "Måttet har inte rört sig så att det betyder något."
    assert rest == ["Förändringen är mindre än de 3 procentenheter som väntades."][: sentences - 1]


def test_what_was_not_written_yet_at_the_cut_off_is_not_told(hr, world):
    row = effect(begun(world), moved(world), visible_on=dt.date(2026, 4, 1))
    written = {"field": "written", "before": "", "after": "efter start", "held": ""}
    Amendment.objects.create(expectation=row, on=dt.date(2026, 5, 21), reason="Sent", changes=[written])
    assert SEEN not in tables(factories.report(world.program))
    Amendment.objects.update(on=dt.date(2026, 5, 20))
    assert "Skrevs efter att aktiviteten hade börjat." in tables(world.program.reports.get())[SEEN][0][1]


@pytest.mark.parametrize("rows", [1, 6])
def test_the_report_takes_the_same_queries(world, rows, django_assert_num_queries):
    for number in range(rows):
        effect(
            begun(world, f"Aktivitet {number}"), moved(world, f"Mått {number}", department=world.home),
            department=world.home, visible_on=dt.date(2026, 4, 1),
        )  # fmt: skip
    report = factories.report(world.program)
    sources = Sources(Chain, report.cut_off)
    frame = Frame(report, factories.place(world.program), None, report.cut_off, [], None, sources)
    with django_assert_num_queries(9):
        assert len(list(effects(frame))) == 2
