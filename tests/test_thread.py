"""The red thread's page, and the expected effects that it hangs on."""

import datetime as dt

import pytest
from django.utils import timezone

from metrics.models import Expectation
from program.models import Response
from tests import factories
from tests.factories import DAY

PAGE, BACK = "/ostra/chefer/roda-traden/", "/ostra/chefer/roda-traden/?fran=matt"


def effect(activity, indicator, **fields):
    return Expectation.objects.create(activity=activity, indicator=indicator, **{"direction": "up"} | fields)


def said(world, need, texts, **fields):
    """A confirmed dialogue whose words speak for the need."""
    stamps = {"confirmed_at": timezone.now(), "confirmed_by": world.users.editor}
    row = factories.dialogue(world.program, departments=[world.home], statements=texts, **stamps | fields)
    for statement in row.statements.all():
        statement.needs.set([need])
    return row


def whole(world, number=1):
    """A need that somebody spoke of, an activity that answers it, and what that should move."""
    need = factories.need(world.program, f"Behov {number}")
    said(world, need, [f"Det vi sade {number}"])
    activity = factories.activity(world.program, f"Aktivitet {number}", needs=[need])
    indicator = factories.indicator(world.program, f"Mått {number}")
    return need, activity, effect(activity, indicator, size="minst fem procentenheter")


def breaks(response) -> dict[str, list[str]]:
    return {
        name: [getattr(row, "title", None) or getattr(row, "label", None) or row.name for row in rows]
        for name, rows in vars(response.context["breaks"]).items()
    }


def test_a_whole_thread_is_shown_from_words_to_verdict(hr, world):
    whole(world)
    response = hr.get(PAGE)
    assert response.context["sentences"] == [
        "1 av 1 behov hänger ihop hela vägen från inspel till mått.", "Tråden brister ingenstans.",
    ]  # fmt: skip
    page = response.content.decode()
    for text in ("Behov 1", "1 inspel: Hemtjänsten 1", "Det vi sade 1", "Aktivitet 1", "planerad", "Mått 1",
                 "↑ uppåt, minst fem procentenheter", "kan inte avgöras ännu"):  # fmt: skip
        assert text in page, text


def test_it_is_shown_backwards_too(hr, world):
    whole(world)
    page = hr.get(BACK).content.decode()
    places = [
        page.index(text)
        for text in ("<h3>Mått 1", "uppåt, minst fem", ">Aktivitet 1<", ">Behov 1<", "1 inspel<")
    ]
    assert places == sorted(places)


def test_each_break_is_listed_with_its_link(hr, world):
    need = factories.need(world.program, "Obesvarat behov")
    loose = factories.activity(world.program, "Lös aktivitet")
    factories.indicator(world.program, "Ensamt mått")
    response = hr.get(PAGE)
    assert breaks(response) == {
        "unanswered_needs": ["Obesvarat behov"],
        "loose_activities": ["Lös aktivitet"],
        "aimless_activities": ["Lös aktivitet"],
        "unaimed_indicators": ["Ensamt mått"],
    }
    page = response.content.decode()
    assert "Tråden brister på 4 ställen." in page
    for path in (f"behov/{need.pk}/", f"aktiviteter/{loose.pk}/", f"aktiviteter/{loose.pk}/effekt/"):
        assert f'href="/ostra/chefer/{path}"' in page


@pytest.mark.parametrize(("outcome", "torn"), [("open", ["Behov"]), ("referred", [])])
def test_a_need_that_has_an_answer_is_no_break(hr, world, outcome, torn):
    need = factories.need(world.program, "Behov")
    to = {"referred_to": "Regionen"} if outcome == "referred" else {}
    Response.objects.create(need=need, department=world.home, on=DAY, outcome=outcome, **to)
    assert breaks(hr.get(PAGE))["unanswered_needs"] == torn


@pytest.fixture
def raised(world):
    """A need without activity that five departments have raised in their dialogues."""
    need = factories.need(world.program, "Behov")
    fives = [factories.department(world.ours, f"7{n}", f"Avdelning {n}") for n in range(5)]
    for department in fives:
        said(world, need, ["Så är det"], published_at=None).departments.set([department])
    return need, fives


def answer(need, departments, outcome="referred", **fields):
    to = {"referred_to": "Regionen"} if outcome == "referred" else {}
    for row in departments:
        Response.objects.create(need=need, department=row, **{"on": DAY, "outcome": outcome} | to | fields)


@pytest.mark.parametrize("kind", ["editor", "reader"])
@pytest.mark.parametrize(
    ("number", "torn", "told"),
    [
        (0, ["Behov"], "ingen aktivitet och inget svar"),
        (2, ["Behov"], "ingen aktivitet; två av fem avdelningar har fått återkoppling"),
        (5, [], "Ingen aktivitet, men alla fem avdelningar som har tagit upp det har fått återkoppling."),
    ],
)
def test_a_need_is_torn_as_long_as_a_department_that_raised_it_waits(
    sign_in, world, raised, kind, number, torn, told
):
    need, departments = raised
    answer(need, departments[:number])
    answer(need, departments[:2], "open", on=DAY - dt.timedelta(days=9))
    response = sign_in(getattr(world.users, kind)).get(PAGE)
    assert breaks(response)["unanswered_needs"] == torn
    page = response.content.decode()
    assert told in page
    assert ("Så är det" in page) is (kind == "editor")
    assert ("Behov</a>: två av fem avdelningar har fått återkoppling" in page) is (number == 2)


def test_what_is_not_whole_is_found_on_the_page(hr, sign_in, world):
    whole(world)
    aimless, settled, unspoken = (factories.need(world.program, f"Behov {n}") for n in ("A", "B", "C"))
    factories.activity(world.program, "Utan mått", needs=[aimless])
    answer(settled, [world.home])
    activity = factories.activity(world.program, "Med mått", needs=[unspoken])
    effect(activity, factories.indicator(world.program, "Mått 2"))
    said(world, aimless, ["Med behov"])
    factories.dialogue(
        world.program, departments=[world.home], statements=["Löst", "Lösare"], confirmed_at=timezone.now(),
        confirmed_by=world.users.editor, held_on=dt.date(2026, 4, 1),
    )  # fmt: skip
    response = hr.get(PAGE)
    assert response.context["sentences"][0].startswith("1 av 4 behov hänger ihop")
    woven = response.context["woven"]
    assert [[need.title for need in rows] for rows in (woven.effectless, woven.unspoken, woven.settled)] == [
        ["Behov A"], ["Behov C"], ["Behov B"],
    ]  # fmt: skip
    page = response.content.decode()
    for words in ("behov vars aktiviteter inte väntas påverka något mått", "behov som saknar inspel som du kan se",
                  "behov utan aktivitet där alla har fått återkoppling",
                  '>2</span><div><a href="/ostra/chefer/behov/gruppera/?need=none">inspel som inte hör till'):  # fmt: skip
        assert words in page, words
    assert "inspel som inte hör till" not in sign_in(world.users.reader).get(PAGE).content.decode()


def test_which_activities_are_the_most_important_is_explained(hr, world):
    _need, activity, _effect = whole(world)
    assert "Ingen är markerad som en av de viktigaste" in hr.get(PAGE).content.decode()
    type(activity).objects.filter(pk=activity.pk).update(is_key=True)
    assert "markerade så i aktivitetens formulär, under Mer" in hr.get(PAGE).content.decode()


def test_an_answer_to_come_is_no_answer_yet(hr, world):
    need = factories.need(world.program, "Behov")
    later = timezone.localdate() + dt.timedelta(days=1)
    Response.objects.create(
        need=need, department=world.home, on=later, outcome="referred", referred_to="Regionen"
    )
    assert breaks(hr.get(PAGE))["unanswered_needs"] == ["Behov"]


def test_a_stopped_activity_carries_no_thread_and_says_so(hr, world):
    _need, activity, _effect = whole(world)
    factories.status(activity, "stopped", comment="Leverantören har slutat.")
    response = hr.get(PAGE)
    assert breaks(response) == {
        "unanswered_needs": ["Behov 1"], "loose_activities": [], "aimless_activities": [],
        "unaimed_indicators": ["Mått 1"],
    }  # fmt: skip
    assert "Det som är stoppat bär ingen tråd:" in response.content.decode()


@pytest.mark.parametrize("kind", ["reader", "secretary", "manager", "department_head"])
def test_readers_see_only_words_that_they_may_see(sign_in, world, kind):
    need, *_rest = whole(world)
    said(world, need, ["Andras ord"], held_on=dt.date(2026, 3, 2))
    world.program.dialogues.order_by("-held_on").first().departments.set([world.other])
    response = sign_in(getattr(world.users, kind)).get(PAGE)
    sees_own = kind in ("manager", "department_head")
    page = response.content.decode()
    assert "Andras ord" not in page
    assert ("Det vi sade 1" in page) is sees_own
    assert response.context["woven"].chains[0].need.statements == int(sees_own)


def test_many_words_are_shown_in_part_and_the_rest_is_a_link_away(hr, world):
    need, *_rest = whole(world)
    said(world, need, [f"Ord {number}" for number in range(30)], held_on=dt.date(2026, 3, 2))
    page = hr.get(PAGE).content.decode()
    assert page.count("<li><span>") == 25
    assert ">6 till</a>" in page


def test_every_word_is_unfolded_when_asked_for_print(hr, world):
    need, *_rest = whole(world)
    said(world, need, [f"Ord {number}" for number in range(30)], held_on=dt.date(2026, 3, 2))
    page = hr.get(f"{PAGE}?ord=alla").content.decode()
    assert page.count("<li><span>") == 31
    assert "<details open><summary>31 inspel" in page


def test_nothing_of_another_organisation_is_in_it(hr, world):
    need = factories.need(world.hidden, "Hemligt behov")
    activity = factories.activity(world.hidden, "Hemlig aktivitet", needs=[need])
    effect(activity, factories.indicator(world.hidden, "Hemligt mått"))
    for page in (PAGE, BACK):
        assert "emlig" not in hr.get(page).content.decode()


def test_an_empty_programme_invites(hr, world):
    for page in (PAGE, BACK):
        assert '<div class="empty">' in hr.get(page).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(hr, world, rows, django_assert_num_queries):
    for number in range(rows):
        whole(world, number)
    for page in (PAGE, BACK, f"{PAGE}?ord=alla"):
        with django_assert_num_queries(23):
            hr.get(page)


def home(activity) -> str:
    return f"/ostra/chefer/aktiviteter/{activity.pk}/effekt/"


def typed(indicator, **changes) -> dict:
    return {
        "indicator": indicator.pk, "direction": "up", "size": "fem procentenheter", "visible_text": "hösten 2026",
        "wrong_if": "Inget rör sig.",
    } | changes  # fmt: skip


def test_hr_says_what_an_activity_should_move(hr, world):
    activity, indicator = factories.activity(world.program), factories.indicator(world.program)
    assert "Ny förväntad effekt" in hr.get(home(activity)).content.decode()
    assert hr.post(f"{home(activity)}ny/", typed(indicator))["Location"] == home(activity)
    row = activity.expectations.get()
    assert (row.indicator, row.direction, row.size, row.wrong_if) == (
        indicator, "up", "fem procentenheter", "Inget rör sig.",
    )  # fmt: skip
    assert (row.visible_on, row.visible_words) == (dt.date(2026, 9, 1), "hösten 2026")
    assert "hösten 2026" in hr.get(home(activity)).content.decode()
    page = hr.get(f"/ostra/chefer/aktiviteter/{activity.pk}/").content.decode()
    assert f'href="{home(activity)}"' in page


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"visible_text": "snart"}, "visible_text", "Datumet finns inte: snart."),
        ({"direction": ""}, "direction", ""),
        ({"direction": "sideways"}, "direction", ""),
        ({"indicator": ""}, "indicator", ""),
        ({"indicator": "99999"}, "indicator", ""),
        ({"size": "x" * 201}, "size", ""),
        ({"wrong_if": "x" * 1001}, "wrong_if", ""),
    ],
)
def test_wrong_input_is_told_and_nothing_typed_is_lost(hr, world, changes, field, message):
    activity, indicator = factories.activity(world.program), factories.indicator(world.program)
    response = hr.post(f"{home(activity)}ny/", typed(indicator) | changes)
    assert list(response.context["form"].errors) == [field]
    page = response.content.decode()
    assert message in page
    assert (changes.get("wrong_if") or "Inget rör sig.") in page
    assert not Expectation.objects.exists()


def test_the_same_indicator_twice_is_told(hr, world):
    activity, indicator = factories.activity(world.program), factories.indicator(world.program)
    effect(activity, indicator)
    page = hr.post(f"{home(activity)}ny/", typed(indicator)).content.decode()
    assert "Aktiviteten har redan en förväntad effekt på det här måttet." in page
    assert Expectation.objects.count() == 1


def test_another_organisations_indicator_cannot_be_chosen(hr, world):
    activity, hidden = factories.activity(world.program), factories.indicator(world.hidden, "Hemligt mått")
    response = hr.post(f"{home(activity)}ny/", typed(hidden))
    assert list(response.context["form"].errors) == ["indicator"]
    assert "Hemligt" not in response.content.decode()
    assert not Expectation.objects.exists()


def test_an_effect_is_found_under_its_own_activity_alone(hr, world):
    first, second = factories.activity(world.program, "Ett"), factories.activity(world.program, "Två")
    row = effect(first, factories.indicator(world.program))
    for path in ("", "ta-bort/"):
        assert hr.get(f"{home(first)}{row.pk}/{path}").status_code == 200
        assert hr.get(f"{home(second)}{row.pk}/{path}").status_code == 404


@pytest.mark.parametrize(
    "changed", [{"size": "tio"}, {"visible_on": dt.date(2027, 1, 1), "visible_words": "2027H1"}]
)
def test_the_second_of_two_editors_is_asked_once(hr, world, changed):
    activity, indicator = factories.activity(world.program), factories.indicator(world.program)
    row = effect(activity, indicator, size="fem")
    address = f"{home(activity)}{row.pk}/"
    seen = hr.get(address).context["form"].initial["seen"]
    Expectation.objects.filter(pk=row.pk).update(**changed)
    response = hr.post(address, typed(indicator, seen=seen, size="tjugo"))
    assert "Någon annan ändrade" in response.content.decode()
    row.refresh_from_db()
    assert row.size != "tjugo"
    again = response.context["form"].data["seen"]
    assert hr.post(address, typed(indicator, seen=again, size="tjugo")).status_code == 302
    row.refresh_from_db()
    assert row.size == "tjugo"


def test_an_effect_is_removed_after_a_question(hr, world):
    activity = factories.activity(world.program)
    row = effect(activity, factories.indicator(world.program))
    address = f"{home(activity)}{row.pk}/ta-bort/"
    assert "Återhämtning" in hr.get(address).content.decode()
    assert Expectation.objects.exists()
    assert hr.post(address)["Location"] == home(activity)
    assert not Expectation.objects.exists()


@pytest.mark.parametrize("kind", ["department_head", "director", "secretary", "manager", "reader", "admin"])
def test_only_hr_changes_effects_and_everybody_reads_them(sign_in, world, kind):
    activity = factories.activity(world.program)
    row = effect(activity, factories.indicator(world.program))
    client = sign_in(getattr(world.users, kind))
    page = client.get(home(activity)).content.decode()
    assert "Återhämtning" in page
    assert "Ny förväntad effekt" not in page
    for path in ("ny/", f"{row.pk}/", f"{row.pk}/ta-bort/"):
        response = client.post(home(activity) + path, {})
        assert response.status_code == 403
        assert "Din roll kan inte göra detta" in response.content.decode()
    assert Expectation.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_effects_takes_the_same_queries(hr, world, rows, django_assert_num_queries):
    activity = factories.activity(world.program)
    for number in range(rows):
        effect(activity, factories.indicator(world.program, f"Mått {number}"))
    with django_assert_num_queries(12):
        hr.get(home(activity))
