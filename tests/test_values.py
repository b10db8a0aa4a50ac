"""Values: entered as drafts, approved by another, revised and kept; indicators and linked answers."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from metrics import gate
from metrics.access import can_approve_values
from metrics.models import Indicator, LinkedAnswers, Observation
from metrics.readings.queries import readings
from metrics.values.actions import (
    OthersDraft,
    OwnValue,
    approve_observations,
    digest,
    enter_observation,
    fingerprint,
    record_linked_answers,
)
from organisation.access import Kind
from organisation.models import Predecessor, Unit
from tests import factories
from tests.factories import place
from ui.revision import Stale

HOME = "/ostra/chefer/matt/"
WAITING, APPROVE = f"{HOME}att-godkanna/", f"{HOME}att-godkanna/godkann/"
MONTH = {"period": "2026-01", "positive": "20", "answered": "40", "invited": "60"}


@pytest.fixture
def colleague(world):
    return factories.add_member(organisation=world.ours, username="kollega", kind=Kind.EDITOR).user


@pytest.fixture
def share(world):
    return factories.indicator(world.program)


def values(indicator, path="varden/"):
    return f"{HOME}{indicator.pk}/{path}"


def enter(client, indicator, **data):
    return client.post(values(indicator, "varde/ny/"), data)


def errors(response):
    return {name: list(told) for name, told in response.context["form"].errors.items()}


def ticked(*rows):
    """What the boxes of drafts as they stand now would send."""
    return {"values": [f"{row.pk}-{fingerprint(type(row).objects.get(pk=row.pk))}" for row in rows]}


def draft(indicator, by, last_day=dt.date(2026, 1, 31), **fields):
    counted = {"positive": 20, "answered": 40} if "value" not in fields else {}
    row = Observation(
        indicator=indicator, **{"first_day": last_day.replace(day=1), "last_day": last_day} | counted | fields
    )
    return enter_observation(observation=row, by=by)


# Entering


def test_a_value_is_entered_as_a_draft_that_nobody_else_sees(hr, world, share):
    assert enter(hr, share, **MONTH).status_code == 302
    row = Observation.objects.get()
    assert (row.state, row.entered_by, row.first_day, row.last_day) == (
        "draft", world.users.editor, dt.date(2026, 1, 1), dt.date(2026, 1, 31),
    )  # fmt: skip
    (reading,) = readings(place(world.program), dt.date(2026, 3, 1))
    assert reading.observations == ()
    assert "50\u00a0%" not in hr.get(HOME).content.decode()
    page = hr.get(values(share)).content.decode()
    assert "20 av 40 positiva · 60 tillfrågade" in page
    assert "1 utkast väntar" in page


def test_a_distribution_gives_the_counts(hr, share):
    steps = {"ones": "1", "twos": "2", "threes": "3", "fours": "1 010", "fives": "4", "no_opinion": "5"}
    enter(hr, share, period="2026-01", invited="1 240", **steps)
    row = Observation.objects.get()
    assert (row.positive, row.answered, row.invited, row.no_opinion) == (1014, 1020, 1240, 5)
    assert row.distribution == (1, 2, 3, 1010, 4)
    assert row.value is None


def test_a_distribution_gives_a_mean_of_few_decimals(hr, world):
    mean = factories.indicator(world.program, kind="mean")
    enter(hr, mean, period="2026-01", ones="1", twos="1", threes="0", fours="0", fives="1")
    assert Observation.objects.get().value == Decimal("2.6667")


def test_words_are_approximate(hr, share):
    enter(hr, share, period="2023", value="67", words="ungefär två tredjedelar")
    row = Observation.objects.get()
    assert (row.value, row.is_approximate, row.first_day) == (Decimal("0.67"), True, dt.date(2023, 1, 1))
    assert "ungefär två tredjedelar (67\u00a0%)" in hr.get(values(share)).content.decode()


def test_a_missing_value_has_its_reason(hr, share):
    enter(hr, share, period="2023-10", missing_reason="källans diagram saknar siffror")
    assert "saknas: källans diagram saknar siffror" in hr.get(values(share)).content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"positive": "50"}, {"positive": ["Fler positiva svar än de 40 som svarade."]}),
        (
            {"invited": "10"},
            {"invited": ["40 svarade eller hade ingen uppfattning, vilket är fler än de tillfrågade."]},
        ),
        ({"positive": "tjugo"}, {"positive": ["Det här är inget antal: tjugo. Skriv till exempel 1 240."]}),
        ({"positive": "-1"}, {"positive": ["Det här är inget antal: -1. Skriv till exempel 1 240."]}),
        (
            {"positive": "", "answered": "", "invited": ""},
            {"__all__": ["Ange ett värde, antal svar eller varför värdet saknas."]},
        ),
        ({"value": "40"}, {"value": ["Ange antingen antal svar eller ett värde, inte båda."]}),
        (
            {"ones": "1", "twos": "2", "threes": "3", "fours": "4", "fives": "11"},
            {
                "positive": ["Enligt fördelningen svarade 15 4 eller 5."],
                "answered": ["Enligt fördelningen svarade 21."],
            },
        ),
        ({"ones": "1"}, {"twos": ["Ange hur många som svarade vart och ett av 1–5, också där det är ingen."]}),
        (
            {"period": "i fjol"},
            {"period": ["Perioden finns inte: i fjol. Skriv till exempel 2026-03 eller 2026-01-01–2026-03-31."]},
        ),
        ({"period": "2026-02-01–2026-01-31"}, {"period": ["Perioden slutar innan den börjar."]}),
        ({"period": "2099-01"}, {"period": ["Perioden är inte slut ännu."]}),
        ({"known_on": "2099-01-01"}, {"known_on": ["Dagen ligger framåt i tiden. Skriv dagen då siffran kom, senast i dag."]}),
        ({"breakdown": "sex"}, {"category": ["Ange både hur det är uppdelat och vilken del detta är."]}),
        ({"category": "kvinnor"}, {"breakdown": ["Ange både hur det är uppdelat och vilken del detta är."]}),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_at_its_place_and_nothing_is_lost(hr, share, changes, told):
    response = enter(hr, share, **MONTH | changes)
    assert errors(response) == told
    form = response.context["form"]
    assert {name: form[name].value() for name in MONTH | changes} == MONTH | changes
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("index", "101", "Ett index ligger mellan 0 och 100."),
        ("share", "101", "En andel ligger mellan 0 och 100 %."),
        ("share", "62,555", "Skriv andelen med högst två decimaler."),
    ],
)
def test_a_value_outside_its_scale_is_told(hr, world, kind, value, told):
    indicator = factories.indicator(world.program, kind=kind)
    assert errors(enter(hr, indicator, period="2026-01", value=value)) == {"value": [told]}


def test_a_mean_lies_on_the_scale_where_there_is_a_distribution(hr, world):
    mean = factories.indicator(world.program, kind="mean")
    assert enter(hr, mean, period="2026-01", value="47,1").status_code == 302
    steps = dict.fromkeys(("ones", "twos", "threes", "fours", "fives"), 4)
    factories.observation(mean, dt.date(2026, 2, 28), counts=(8, 20, 30), value="3", **steps)
    assert errors(enter(hr, mean, period="2026-03", value="47,1")) == {
        "value": ["På en skala 1–5 ligger värdet mellan 1 och 5."]
    }


@pytest.mark.parametrize(
    ("kind", "typed", "days"),
    [
        ("monthly", "2026-03", ("2026-03-01", "2026-03-31")),
        ("cumulative", "2026-03", ("2026-01-01", "2026-03-31")),
        ("rolling", "2026-03", ("2025-04-01", "2026-03-31")),
    ],
)
def test_the_kind_of_period_decides_what_a_month_means(hr, world, kind, typed, days):
    rate = factories.indicator(world.program, kind="rate", subject="health", period_kind=kind)
    enter(hr, rate, period=typed, value="4,2", answered="60")
    row = Observation.objects.get()
    assert (row.first_day.isoformat(), row.last_day.isoformat()) == days
    assert row.value == Decimal("0.042")


def test_a_group_has_one_value_a_period(hr, share):
    assert enter(hr, share, **MONTH).status_code == 302
    told = "Gruppen har redan ett värde för perioden. Sök upp det bland värdena och revidera det där."
    response = enter(hr, share, **MONTH)
    assert errors(response) == {"period": [told]}
    there = Observation.objects.get()
    assert values(share, f"varde/{there.pk}/") in response.content.decode()
    assert enter(hr, share, **MONTH, breakdown="sex", category="kvinnor").status_code == 302


def test_a_value_is_of_one_group_of_our_own(hr, world, share):
    unit = Unit.objects.create(department=world.home, code="1001", name="Norra")
    ours = Predecessor.objects.create(organisation=world.ours, name="Gamla förvaltningen")
    theirs = Predecessor.objects.create(organisation=world.theirs, name="Hemlig föregångare")
    for key, row in (("department", world.home), ("unit", unit), ("predecessor", ours)):
        assert enter(hr, share, **MONTH, whom=f"{key}-{row.pk}").status_code == 302
        found = Observation.objects.latest("pk")
        assert [getattr(found, name) for name in ("department", "unit", "predecessor")].count(None) == 2
        assert getattr(found, key) == row
    response = enter(hr, share, **MONTH, whom=f"predecessor-{theirs.pk}")
    assert list(errors(response)) == ["whom"]
    assert "emlig" not in response.content.decode()


def test_what_the_system_works_out_is_not_entered(hr, world):
    computed = factories.indicator(world.program, kind="median", subject="staffing", computed="median_span")
    response = enter(hr, computed, period="2026-01", value="28")
    assert response.status_code == 403
    assert "Systemet räknar fram det här" in response.content.decode()
    assert not Observation.objects.exists()


def test_a_draft_is_changed_by_its_writer(sign_in, world, share):
    row = draft(
        share, world.users.editor, ones=1, twos=9, threes=10, fours=12, fives=8, department=world.home
    )
    client = sign_in(world.users.editor)
    url = values(share, f"varde/{row.pk}/")
    form = client.get(url).context["form"]
    assert form["period"].value() == "2026-01"
    assert form["whom"].value() == f"department-{world.home.pk}"
    assert (form["positive"].value(), form["fives"].value()) == (None, 8)
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert client.post(url, data | {"fives": "9"}).status_code == 302
    row.refresh_from_db()
    assert (row.positive, row.answered, row.entered_by, row.department) == (
        21,
        41,
        world.users.editor,
        world.home,
    )


def test_others_approve_or_remove_a_draft_and_do_not_change_it(sign_in, world, share, colleague):
    """The first writer would otherwise approve what is in part the own."""
    row = draft(share, world.users.editor)
    client, url = sign_in(colleague), values(share, f"varde/{row.pk}/")
    name = world.users.editor.username
    page = client.get(url).content.decode()
    assert f"Utkastet är skrivet av {name}. Godkänn det, ta bort det eller be {name} ändra det." in page
    assert values(share, f"varde/{row.pk}/ta-bort/") in page
    assert "Spara som utkast" not in page
    assert client.post(url, MONTH | {"positive": "21"}).status_code == 403
    row.positive = 21
    with pytest.raises(OthersDraft):
        enter_observation(observation=row, by=colleague)
    row.refresh_from_db()
    assert (row.positive, row.entered_by) == (20, world.users.editor)


def test_others_do_not_change_a_draft_of_linked_answers(sign_in, world, surveyed, colleague):
    row = linked(surveyed, world.users.editor)
    client, url = sign_in(colleague), values(surveyed, f"kopplade-svar/{row.pk}/")
    assert "Utkastet är skrivet av" in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 403
    with pytest.raises(OthersDraft):
        record_linked_answers(answers=row, by=colleague)


def test_two_who_change_one_draft(hr, world, share):
    row = draft(share, world.users.editor)
    url = values(share, f"varde/{row.pk}/")
    seen = hr.get(url).context["form"]["seen"].value()
    assert hr.post(url, MONTH | {"seen": seen, "positive": "21"}).status_code == 302
    (told,) = errors(hr.post(url, MONTH | {"seen": seen, "positive": "22"}))["__all__"]
    assert "Någon annan ändrade detta medan du skrev." in told
    row.refresh_from_db()
    assert row.positive == 21


def test_a_draft_approved_while_somebody_writes_is_not_changed(hr, world, share, colleague):
    row = draft(share, colleague)
    url = values(share, f"varde/{row.pk}/")
    Observation.objects.update(state="approved", approved_by=world.users.editor)
    response = hr.post(url, MONTH | {"positive": "21"})
    assert "Värdet godkändes eller togs bort medan du skrev." in errors(response)["__all__"][0]
    row.refresh_from_db()
    assert row.positive == 20
    assert hr.get(url)["Location"] == values(share, f"varde/{row.pk}/revidera/")


def test_a_draft_is_removed_and_an_approved_value_is_not(hr, world, share):
    row = draft(share, world.users.editor)
    kept = factories.observation(share, dt.date(2025, 1, 31), counts=(20, 40, 60))
    assert hr.get(values(share, f"varde/{row.pk}/ta-bort/")).status_code == 200
    hr.post(values(share, f"varde/{row.pk}/ta-bort/"))
    assert hr.post(values(share, f"varde/{kept.pk}/ta-bort/")).status_code == 404
    assert Observation.objects.get() == kept


# Approving


def test_another_approves_and_the_gate_is_settled(sign_in, world, share, colleague):
    row = draft(share, world.users.editor)
    small = draft(share, world.users.editor, dt.date(2025, 12, 31), positive=3, answered=6)
    response = sign_in(colleague).post(APPROVE, ticked(row, small), follow=True)
    assert "2 värden är godkända." in response.content.decode()
    row.refresh_from_db(), small.refresh_from_db()
    assert (row.state, row.approved_by, row.is_shown) == ("approved", colleague, True)
    assert row.approved_at
    assert small.withheld == "few"


def test_the_one_who_entered_it_does_not_approve_it(hr, world, share):
    row = draft(share, world.users.editor)
    page = hr.get(WAITING).content.decode()
    assert "Du har skrivit in värdet. Någon annan godkänner det." in page
    assert 'name="values"' not in page
    response = hr.post(APPROVE, ticked(row))
    assert response.status_code == 403
    assert "Någon annan godkänner det" in response.content.decode()
    other = factories.indicator(world.program, "Annat")
    assert hr.post(f"{APPROVE}?matt={other.pk}", ticked(row)).status_code == 403
    with pytest.raises(OwnValue):
        approve_observations(
            drafts=Observation.objects.all(), seen=digest([fingerprint(row)]), by=world.users.editor
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.update(state="approved", approved_by=world.users.editor)
    row.refresh_from_db()
    assert row.state == "draft"


@pytest.mark.parametrize("kind", ["department_head", "secretary", "manager", "reader", "admin"])
def test_drafts_are_for_hr_and_the_director(sign_in, world, share, kind):
    row = draft(share, world.users.editor)
    client = sign_in(getattr(world.users, kind))
    for path in (WAITING, values(share), values(share, f"varde/{row.pk}/")):
        assert client.get(path).status_code == 403, path
    assert client.post(APPROVE, ticked(row)).status_code == 403
    assert "20 av 40" not in client.get(HOME).content.decode()


def test_the_director_approves_but_does_not_see_the_few(sign_in, world, share):
    row = draft(share, world.users.editor)
    small = draft(share, world.users.editor, dt.date(2025, 12, 31), positive=3, answered=6)
    client = sign_in(world.users.director)
    assert client.get(values(share)).status_code == 403
    page = client.get(WAITING).content.decode()
    assert "20 av 40 positiva" in page
    assert "3 av 6" not in page
    assert "visas inte (för få svar)" in page
    assert client.post(APPROVE, ticked(small)).status_code == 403
    client.post(APPROVE, ticked(row))
    assert list(Observation.objects.approved()) == [row]


def shown_to(client):
    """The keys of the drafts whose figures the page shows."""
    lines = client.get(WAITING).context["lines"]
    return {line["row"].pk for line in lines if line["value"] or line["counts"]}


def departments_and_whole(world, share, **fields):
    """Whole 60 of 100 and four departments, the smallest of them the first; by name."""
    third, fourth = (factories.department(world.ours, code, code) for code in ("30", "40"))
    told = [(None, 60, 100), (world.home, 3, 6), (world.other, 20, 40), (third, 22, 30), (fourth, 15, 24)]
    return [
        draft(share, world.users.editor, department=owner, positive=positive, answered=answered, **fields)
        for owner, positive, answered in told
    ]


def test_drafts_do_not_give_the_few_away_to_the_director(sign_in, world, share, colleague):
    rows = departments_and_whole(world, share)
    client = sign_in(world.users.director)
    shown = shown_to(client)
    assert rows[0].pk in shown
    assert rows[1].pk not in shown
    kept = [row for row in rows[2:] if row.pk not in shown]
    assert len(kept) == 1
    assert client.post(APPROVE, ticked(*kept)).status_code == 403
    assert shown_to(sign_in(colleague)) == {row.pk for row in rows}


def test_a_draft_of_the_whole_does_not_give_away_what_approved_values_leave(sign_in, world, share):
    """The departments are shown already, so it is the whole that would tell."""
    _whole, _small, *others = departments_and_whole(world, share)
    Observation.objects.filter(pk__in=[row.pk for row in others]).update(state="approved")
    gate.settle([share])
    assert all(row.is_shown for row in Observation.objects.approved())
    assert shown_to(sign_in(world.users.director)) == set()


def test_two_versions_of_a_shown_value_do_not_tell_of_the_few(hr, sign_in, world, share):
    *_others, last = departments_and_whole(world, share)
    Observation.objects.update(state="approved")
    gate.settle([share])
    revise(hr, Observation.objects.get(pk=last.pk), positive="16", answered="25")
    assert shown_to(sign_in(world.users.director)) == set()


def test_linked_drafts_are_asked_of_the_gate_for_the_director(sign_in, world, surveyed, colleague):
    """All but one of the second survey's 61: the sixty-first would be told."""
    row = linked(surveyed, world.users.editor, both=30, gained=14, lost=2, neither=14)
    LinkedAnswers.objects.update(earlier=dt.date(2024, 10, 31))
    client = sign_in(world.users.director)
    (line,) = client.get(WAITING).context["linked"]
    assert line["is_hidden"]
    assert "båda gångerna 30" not in client.get(WAITING).content.decode()
    chosen = {"linked": ticked(row)["values"]}
    assert client.post(f"{WAITING}kopplade-svar/", chosen).status_code == 403
    (line,) = sign_in(colleague).get(WAITING).context["linked"]
    assert not line["is_hidden"]


def test_of_the_few_it_is_said_when_saving_who_approves(hr, world, share, sign_in):
    words = "En annan person inom HR godkänner"
    enter(hr, share, **MONTH)
    assert words not in hr.get(values(share)).content.decode()
    enter(hr, share, **MONTH | {"period": "2025-12", "positive": "3", "answered": "6", "invited": "9"})
    assert words in hr.get(values(share)).content.decode()
    assert words in sign_in(world.users.director).get(WAITING).content.decode()


def test_nothing_is_ticked_until_all_are_chosen(sign_in, world, share, colleague):
    factories.observation(share, dt.date(2025, 10, 31), counts=(24, 40, 60), is_preliminary=True)
    draft(share, world.users.editor)
    draft(share, world.users.editor, dt.date(2025, 12, 31))
    client = sign_in(colleague)
    page = client.get(WAITING).content.decode()
    assert " checked" not in page
    assert "?alla=1" in page
    assert "(preliminärt)" in page
    assert client.get(f"{WAITING}?alla=1").content.decode().count(" checked") == 2


def test_the_few_are_not_in_the_change_either(sign_in, world, share, colleague):
    factories.observation(share, dt.date(2025, 10, 31), counts=(3, 6, 9))
    draft(share, world.users.editor)
    page = sign_in(colleague).get(WAITING).content.decode()
    assert "oktober 2025: visas inte (för få svar)." in page
    assert "procentenheter" not in page


def test_a_draft_says_how_it_differs(sign_in, world, share, colleague):
    factories.observation(share, dt.date(2025, 10, 31), counts=(24, 40, 60))
    factories.observation(share, dt.date(2025, 10, 31), counts=(5, 40, 60), department=world.home)
    draft(share, world.users.editor)
    page = sign_in(colleague).get(WAITING).content.decode()
    assert "oktober 2025: 60\u00a0%, \u221210 procentenheter." in page


def test_what_changed_after_the_page_was_opened_is_not_approved(sign_in, world, share, colleague):
    row, other = draft(share, world.users.editor), draft(share, world.users.editor, dt.date(2025, 12, 31))
    seen = ticked(row, other)
    row.positive = 39
    enter_observation(observation=row, by=world.users.editor)
    response = sign_in(colleague).post(APPROVE, seen, follow=True)
    assert "Något har ändrats sedan du öppnade sidan, så inget är godkänt." in response.content.decode()
    assert not Observation.objects.approved().exists()
    assert Observation.objects.get(pk=other.pk).state == "draft"


def test_approving_twice_is_told(sign_in, world, share, colleague):
    row = draft(share, world.users.editor)
    client, seen = sign_in(colleague), ticked(row)
    client.post(APPROVE, seen)
    assert "inget är godkänt" in client.post(APPROVE, seen, follow=True).content.decode()
    assert "Välj vad du vill godkänna." in client.post(APPROVE, {}, follow=True).content.decode()
    assert client.post(APPROVE, {"values": ["x", "1-y"]}).status_code == 302


def test_all_of_an_indicator_at_once(sign_in, world, share, colleague, monkeypatch):
    monkeypatch.setattr("metrics.views.approvals.MOST", 2)
    for month in range(1, 4):
        draft(share, world.users.editor, dt.date(2025, month, 28))
    mine = draft(share, colleague, dt.date(2025, 4, 28))
    other = draft(factories.indicator(world.program, "Annat"), world.users.editor)
    client = sign_in(colleague)
    page = client.get(f"{WAITING}?matt={share.pk}")
    assert [len(page.context["lines"]), page.context["mine"]] == [2, 3]
    client.post(f"{APPROVE}?matt={share.pk}", {"all_seen": page.context["all_seen"]})
    assert {row.pk for row in Observation.objects.drafts()} == {mine.pk, other.pk}


def test_another_organisations_drafts_are_out_of_reach(sign_in, world, colleague):
    theirs = draft(factories.indicator(world.hidden, "Hemligt"), world.users.outsider)
    client = sign_in(colleague)
    assert "emligt" not in client.get(WAITING).content.decode()
    assert client.get(f"{WAITING}?matt={theirs.indicator_id}").status_code == 404
    client.post(APPROVE, ticked(theirs))
    theirs.refresh_from_db()
    assert theirs.state == "draft"


# Revising


def revise(client, row, **data):
    typed = {
        "revision_reason": "Slutlig siffra",
        "known_on": "2026-02-15",
        "positive": "24",
        "answered": "41",
    }
    return client.post(values(row.indicator, f"varde/{row.pk}/revidera/"), typed | data)


def test_a_revision_takes_the_place_of_the_earlier_when_approved(sign_in, world, share, colleague):
    first = factories.observation(share, dt.date(2026, 1, 31), counts=(20, 40, 60), is_preliminary=True)
    assert revise(sign_in(world.users.editor), first).status_code == 302
    (reading,) = readings(place(world.program), dt.date(2026, 3, 1))
    assert reading.latest == first
    revision = Observation.objects.drafts().get()
    assert (revision.revision, revision.group, revision.is_preliminary) == (2, first.group, False)
    sign_in(colleague).post(APPROVE, ticked(revision))
    (reading,) = readings(place(world.program), dt.date(2026, 3, 1))
    assert reading.latest == revision
    (then,) = readings(place(world.program), dt.date(2026, 2, 1))
    assert then.latest == first
    first.refresh_from_db()
    assert (first.positive, first.state) == (20, "approved")
    page = sign_in(colleague).get(values(share)).content.decode()
    assert "24 av 41 positiva" in page
    assert "20 av 40 positiva" in page
    assert "Slutlig siffra" in page


@pytest.mark.parametrize("missing", ["revision_reason", "known_on"])
def test_a_revision_says_why_and_when(hr, share, missing):
    first = factories.observation(share, dt.date(2026, 1, 31), counts=(20, 40, 60))
    assert list(errors(revise(hr, first, **{missing: ""}))) == [missing]
    assert Observation.objects.get() == first


def test_the_second_to_revise_is_told(hr, share):
    first = factories.observation(share, dt.date(2026, 1, 31), counts=(20, 40, 60))
    assert revise(hr, first).status_code == 302
    response = revise(hr, first, positive="25")
    assert "Någon annan har redan reviderat värdet." in errors(response)["__all__"][0]
    assert response.context["form"]["positive"].value() == "25"
    assert Observation.objects.drafts().get().positive == 24


def test_a_draft_is_not_revised(hr, world, share):
    row = draft(share, world.users.editor)
    assert "__all__" in errors(revise(hr, row))
    assert Observation.objects.get() == row


def test_the_draft_of_a_revision_keeps_its_group(hr, world, share):
    first = factories.observation(share, dt.date(2026, 1, 31), counts=(20, 40, 60), department=world.home)
    revise(hr, first)
    row = Observation.objects.drafts().get()
    url = values(share, f"varde/{row.pk}/")
    assert not {"whom", "period", "breakdown"} & hr.get(url).context["form"].fields.keys()
    data = {
        "revision_reason": "Felskrivet",
        "positive": "23",
        "answered": "41",
        "whom": "",
        "period": "2025-01",
    }
    assert hr.post(url, data).status_code == 302
    row.refresh_from_db()
    assert (row.positive, row.group) == (23, first.group)


def test_what_the_gate_withholds_is_withheld_on_hrs_list_too(hr, share):
    row = factories.observation(share, dt.date(2026, 1, 31), counts=(3, 6, 9))
    page = hr.get(values(share)).content.decode()
    assert "visas inte (för få svar)" in page
    assert "3 av 6" not in page
    form = hr.get(values(share, f"varde/{row.pk}/revidera/"))
    assert form.context["form"]["positive"].value() == 3
    assert "Det godkända värdet visas inte för någon" in form.content.decode()


# Lists


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_takes_seven_queries(hr, world, share, number, django_assert_num_queries):
    for year in range(number):
        row = factories.observation(
            share, dt.date(2010 + year, 1, 31), counts=(20, 40, 60), department=world.home
        )
        revise(hr, row)
    with django_assert_num_queries(7):
        response = hr.get(values(share))
    assert len(response.context["lines"]) == number


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_of_drafts_takes_seven_queries(
    sign_in, world, share, colleague, number, django_assert_num_queries
):
    for year in range(number):
        draft(share, world.users.editor, dt.date(2010 + year, 1, 31), department=world.home)
        linked(share, world.users.editor, later=dt.date(2011 + year, 1, 31))
    client = sign_in(colleague)
    with django_assert_num_queries(7):
        response = client.get(WAITING)
    assert len(response.context["lines"]) == len(response.context["linked"]) == number
    director = sign_in(world.users.director)
    with django_assert_num_queries(12):  # five more ask the gate
        director.get(WAITING)


def test_the_list_is_filtered_by_group(hr, world, share):
    factories.observation(share, dt.date(2026, 1, 31), counts=(20, 40, 60))
    factories.observation(share, dt.date(2026, 1, 31), counts=(12, 20, 30), department=world.home)
    assert len(hr.get(values(share)).context["lines"]) == 2
    (line,) = hr.get(f"{values(share)}?grupp=department-{world.home.pk}").context["lines"]
    assert line["group"] == "Hemtjänsten"
    (line,) = hr.get(f"{values(share)}?grupp=alla").context["lines"]
    assert line["group"] == "hela populationen"
    assert len(hr.get(f"{values(share)}?grupp=department-99999").context["lines"]) == 2


# Linked answers


def linked(indicator, by, later=dt.date(2025, 10, 31), **fields):
    counts = {"both": 20, "gained": 8, "lost": 3, "neither": 9}
    return LinkedAnswers.objects.create(
        indicator=indicator, earlier=dt.date(2010, 1, 1), later=later, state="draft", entered_by=by, **counts | fields
    )  # fmt: skip


@pytest.fixture
def surveyed(share):
    factories.observation(share, dt.date(2024, 10, 31), counts=(40, 60, 69))
    factories.observation(share, dt.date(2025, 10, 31), counts=(45, 61, 68))
    return share


LINKED = {
    "earlier": "2024-10-31",
    "later": "2025-10-31",
    "both": "30",
    "gained": "8",
    "lost": "3",
    "neither": "9",
}


def test_linked_answers_are_entered_by_one_and_approved_by_another(sign_in, world, surveyed, colleague):
    client = sign_in(world.users.editor)
    assert client.post(values(surveyed, "kopplade-svar/ny/"), LINKED).status_code == 302
    row = LinkedAnswers.objects.get()
    assert (row.state, row.entered_by, row.answered) == ("draft", world.users.editor, 50)
    chosen = {"linked": ticked(row)["values"]}
    assert client.post(f"{WAITING}kopplade-svar/", chosen).status_code == 403
    assert (
        client.post(values(surveyed, f"kopplade-svar/{row.pk}/"), LINKED | {"both": "31"}).status_code == 302
    )
    client = sign_in(colleague)
    client.post(f"{WAITING}kopplade-svar/", chosen)
    row.refresh_from_db()
    assert row.state == "draft"
    client.post(f"{WAITING}kopplade-svar/", {"linked": ticked(row)["values"]})
    row.refresh_from_db()
    assert (row.state, row.approved_by, row.both) == ("approved", colleague, 31)
    assert client.get(values(surveyed, f"kopplade-svar/{row.pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"later": "2024-10-31"}, {"later": ["Den senare mätningen ligger efter den tidigare."]}),
        (
            {"both": "38"},
            {"earlier": ["Bara 40 svarade positivt då."], "later": ["Bara 45 svarade positivt då."]},
        ),
        ({"neither": "30"}, {"earlier": ["Bara 60 svarade då."], "later": ["Bara 61 svarade då."]}),
        ({"lost": ""}, {"lost": ["Skriv ett antal, också när det är ingen."]}),
    ],
)
def test_linked_answers_that_do_not_fit_the_surveys(hr, surveyed, changes, told):
    assert errors(hr.post(values(surveyed, "kopplade-svar/ny/"), LINKED | changes)) == told
    assert not LinkedAnswers.objects.exists()


def test_linked_answers_belong_to_a_share(hr, world):
    rate = factories.indicator(world.program, kind="rate")
    assert hr.get(values(rate, "kopplade-svar/ny/")).status_code == 403


def test_a_draft_of_linked_answers_is_removed(hr, world, surveyed):
    row = linked(surveyed, world.users.editor)
    assert hr.get(values(surveyed, f"kopplade-svar/{row.pk}/ta-bort/")).status_code == 200
    hr.post(values(surveyed, f"kopplade-svar/{row.pk}/ta-bort/"))
    assert not LinkedAnswers.objects.exists()


# The indicator

FACTS = {"name": "Återhämtning", "population": "chefer", "kind": "share", "direction": "up", "subject": "survey",
         "period_kind": "point"}  # fmt: skip


def test_an_indicator_is_described(hr, world):
    form = hr.get(f"{HOME}ny/").context["form"]
    assert form.main() == ["name", "question", "population", "kind", "direction"]
    assert {*form.main(), *(name for _title, names, _open in form.groups() for name in names)} == set(
        form.fields
    )
    data = FACTS | {"baseline": "62,5", "smallest": "5", "target": "75 %", "target_on": "2027-10-31"}
    assert hr.post(f"{HOME}ny/", data).status_code == 302
    row = Indicator.objects.get()
    assert (row.baseline, row.smallest, row.target) == (Decimal("0.625"), Decimal("0.05"), Decimal("0.75"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"population": ""}, {"population": ["Detta fält måste fyllas i."]}),
        ({"target": "75"}, {"target_on": ["Ett målvärde har både värde och dag."]}),
        ({"target_on": "2027-10-31"}, {"target": ["Ett målvärde har både värde och dag."]}),
        ({"target": "101", "target_on": "2027-10-31"}, {"target": ["En andel ligger mellan 0 och 100 %."]}),
        ({"smallest": "0"}, {"smallest": ["Den minsta förändring som betyder något är större än noll."]}),
        (
            {"item": "trust"},
            {"index": ["Ett påstående i ett index anger både vilket index och vilket påstående."]},
        ),
    ],
)
def test_an_indicator_that_is_not_whole_is_told(hr, world, changes, told):
    response = hr.post(f"{HOME}ny/", FACTS | changes)
    assert errors(response) == told
    opened = [names for _title, names, is_open in response.context["form"].groups() if is_open]
    assert all(set(told) & set(names) for names in opened)
    assert not Indicator.objects.exists()


def test_a_statement_belongs_to_an_index_of_the_same_programme_once(hr, world):
    index = factories.indicator(world.program, "HME", kind="index")
    hidden = factories.indicator(world.hidden, "Hemligt index", kind="index")
    factories.indicator(world.program, "Förtroende", index=index, item="trust")
    assert "emligt" not in hr.get(f"{HOME}ny/").content.decode()
    assert list(errors(hr.post(f"{HOME}ny/", FACTS | {"index": hidden.pk, "item": "learning"}))) == ["index"]
    assert errors(hr.post(f"{HOME}ny/", FACTS | {"index": index.pk, "item": "trust"})) == {
        "item": ["Indexet har redan det påståendet."]
    }
    assert hr.post(f"{HOME}ny/", FACTS | {"index": index.pk, "item": "learning"}).status_code == 302


def test_the_kind_stands_once_there_are_values(hr, world, share):
    share.target, share.target_on = Decimal("0.75"), dt.date(2027, 10, 31)
    share.save()
    factories.observation(share, dt.date(2026, 1, 31), counts=(20, 40, 60))
    url = values(share, "andra/")
    page = hr.get(url).content.decode()
    assert "Det går inte att ändra: måttet har 1 värde" in page
    data = FACTS | {"kind": "mean", "target": "80", "target_on": "2027-10-31"}
    assert hr.post(url, data).status_code == 302
    share.refresh_from_db()
    assert (share.kind, share.target) == ("share", Decimal("0.8"))


def test_another_kind_of_period_must_fit_the_values(hr, share):
    factories.observation(share, dt.date(2026, 3, 31), counts=(20, 40, 60))
    url = values(share, "andra/")
    assert errors(hr.post(url, FACTS | {"period_kind": "cumulative"})) == {
        "period_kind": ["1 värde har en period som inte passar detta."]
    }
    assert hr.post(url, FACTS | {"period_kind": "monthly"}).status_code == 302


def test_two_who_change_one_indicator(hr, share):
    url = values(share, "andra/")
    seen = hr.get(url).context["form"]["seen"].value()
    assert hr.post(url, FACTS | {"seen": seen, "question": "Ett"}).status_code == 302
    assert "__all__" in errors(hr.post(url, FACTS | {"seen": seen, "question": "Två"}))
    share.refresh_from_db()
    assert share.question == "Ett"


# Rules below the pages


def test_who_may_approve(world, share, colleague):
    row = draft(share, colleague)
    assert can_approve_values(place(world.program), row, is_hidden=False)
    assert can_approve_values(place(world.program, Kind.DIRECTOR), row, is_hidden=False)
    assert not can_approve_values(place(world.program, Kind.DIRECTOR), row, is_hidden=True)
    assert not can_approve_values(place(world.program, Kind.READER), row, is_hidden=False)


def test_an_approved_value_is_not_entered_again(world, share):
    row = factories.observation(share, dt.date(2026, 1, 31), counts=(20, 40, 60))
    row.positive = 30
    with pytest.raises(Stale):
        enter_observation(observation=row, by=world.users.editor)
    assert Observation.objects.get().positive == 20


def test_the_subject_of_an_indicator_with_values_can_only_be_made_stricter(sign_in, world):
    hr = sign_in(world.users.editor)
    indicator = factories.indicator(world.program)
    factories.observation(indicator, dt.date(2025, 10, 31), counts=(5, 9, 12))
    url = f"/ostra/chefer/matt/{indicator.pk}/andra/"
    form = hr.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if form[name].value() is not True}
    told = hr.post(url, typed | {"subject": "staffing"})
    assert "Det kan bara göras strängare." in told.content.decode()
    indicator.refresh_from_db()
    assert (indicator.subject, indicator.observations.get().withheld) == ("survey", "few")
    hr.post(url, typed | {"subject": "health"})
    indicator.refresh_from_db()
    assert indicator.subject == "health"


def test_a_revisions_reason_is_kept_back_with_what_it_tells_of(sign_in, world):
    indicator = factories.indicator(world.program)
    day = dt.date(2025, 10, 31)
    factories.observation(indicator, day, counts=(3, 7, 12))
    factories.observation(
        indicator, day, counts=(20, 40, 50), revision=2, revision_reason="fel: det var 3 av 7"
    )
    page = sign_in(world.users.reader).get(f"/ostra/chefer/matt/{indicator.pk}/").content.decode()
    assert "20 av 40" in page
    assert "3 av 7" not in page
