"""Every department is told what became of what it said, can say that it did not mean that, and HR sees who waits."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialogues.actions import answers as actions
from dialogues.answers.queries import owed
from dialogues.models import Objection, Statement
from organisation.access import Kind
from program.models import Resource, Response
from tests import factories
from tests.factories import DAY, place
from ui.revision import Stale

ANSWERS = "/ostra/chefer/behov/aterkoppling/"
DEPARTMENTS = "/ostra/chefer/avdelningar/"


def said(world, need, *, departments, held_on=DAY, texts=("Systemen är många",), confirmed=True, **fields):
    """A dialogue whose statements are linked to the need."""
    if confirmed:
        fields |= {"confirmed_at": timezone.now(), "confirmed_by": world.users.editor}
    dialogue = factories.dialogue(
        world.program, departments=departments, held_on=held_on, statements=texts, **fields
    )
    for statement in dialogue.statements.all():
        statement.needs.add(need)
    return dialogue


@pytest.fixture
def need(world):
    return factories.need(world.program, "Enklare system")


@pytest.fixture
def raised(world, need):
    """Both departments have raised the need: ours in March, the other one in February."""
    said(world, need, departments=[world.home])
    said(world, need, departments=[world.other], held_on=dt.date(2026, 2, 1), texts=["Andras ord"])
    return need


def page_of(need) -> str:
    return f"/ostra/chefer/behov/{need.pk}/aterkoppling/"


def typed(world, **changes) -> dict:
    return {
        "departments": [world.home.pk], "outcome": "declined", "text": "Det ryms inte i budget.", "on": "2026-04-01",
        "answered": "",
    } | changes  # fmt: skip


def told(world, need, department, **changes):
    """An answer given through the action."""
    data = {"outcome": "open", "on": dt.date(2026, 4, 1), "by": world.users.editor} | changes
    return actions.respond(need=need, departments=[department], **data)[0]


def states(world) -> list[tuple]:
    rows = owed(place(world.program), timezone.localdate())
    return [(row.department and row.department.name, row.pair.state, row.pair.since) for row in rows]


# Who is owed an answer


def test_the_department_that_has_waited_longest_comes_first(world, raised):
    assert states(world) == [
        ("Myndigheten", "unanswered", dt.date(2026, 2, 1)),
        ("Hemtjänsten", "unanswered", DAY),
    ]


def test_the_first_dialogue_that_raised_it_counts(world, need):
    for day in (DAY, dt.date(2025, 1, 7)):
        said(world, need, departments=[world.home], held_on=day)
    assert states(world) == [("Hemtjänsten", "unanswered", dt.date(2025, 1, 7))]


def test_drafts_and_withheld_words_raise_nothing(world, need):
    said(world, need, departments=[world.home], confirmed=False)
    said(world, need, departments=[world.other]).statements.update(is_withheld=True)
    assert states(world) == []


def test_words_that_speak_for_two_needs_are_answered_about_each(hr, world, raised):
    other = factories.need(world.program, "Färre möten")
    for statement in Statement.objects.all():
        statement.needs.add(other)
    for need in (raised, other):
        answered = hr.get(page_of(need))
        assert (answered.status_code, need.title in answered.content.decode()) == (200, True)
        found = owed(place(world.program), timezone.localdate(), need)
        assert [row.need for row in found] == [need, need]


def test_a_joint_dialogue_raises_it_in_each_department(world, need):
    said(world, need, departments=[world.home, world.other])
    told(world, need, world.home)
    assert [(name, state) for name, state, _since in states(world)] == [
        ("Myndigheten", "unanswered"),
        ("Hemtjänsten", "open"),
    ]


def test_a_workshop_without_departments_is_answered_to_everybody(hr, world, need):
    said(world, need, departments=[], kind="workshop", title="Workshop")
    assert states(world) == [(None, "unanswered", DAY)]
    assert ">Utan avdelning<" in hr.get(ANSWERS).content.decode()
    hr.post(page_of(need), typed(world, departments=["all"]))
    assert [(row.department, row.outcome) for row in need.responses.all()] == [(None, "declined")]
    assert states(world) == [(None, "answered", DAY)]


def spring(world, need, **fields):
    """A meeting of "våren 2026", as the source has it."""
    span = {"held_on": DAY, "held_until": dt.date(2026, 5, 31), "held_words": "våren 2026"}
    return said(world, need, **span | {"departments": [world.home]} | fields)


def test_a_meeting_told_as_a_span_waits_from_its_last_day_and_is_said_in_its_own_words(
    hr, sign_in, world, need
):
    spring(world, need)
    (row,) = owed(place(world.program), dt.date(2026, 6, 10))
    assert (row.pair.since, row.pair.words, row.days) == (dt.date(2026, 5, 31), "våren 2026", 10)
    pages = (
        ANSWERS,
        page_of(need),
        DEPARTMENTS,
        f"{DEPARTMENTS}{world.home.pk}/",
        "/ostra/chefer/behov/gruppera/",
    )
    for page in pages:
        shown = hr.get(page).content.decode()
        assert "våren 2026" in shown, page
        assert not any(day in shown for day in ("1 mars 2026", "2026-03-01", "31 maj 2026")), page


def test_the_meeting_that_was_over_first_raised_it(world, need):
    spring(world, need)
    said(world, need, departments=[world.home], held_on=dt.date(2026, 3, 15))
    assert states(world) == [("Hemtjänsten", "unanswered", dt.date(2026, 3, 15))]


def test_what_everybody_was_told_in_the_span_is_an_answer(world, need):
    spring(world, need)
    told(world, need, None)
    assert [state for _name, state, _since in states(world)] == ["open"]


# HR's list


def test_hr_sees_who_waits_and_since_when(hr, world, raised):
    answered = factories.need(world.program, "Färre möten")
    said(world, answered, departments=[world.home])
    told(world, answered, world.home)
    page = hr.get(ANSWERS)
    assert "1 av 2 behov väntar på återkoppling; längst har Myndigheten väntat, sedan 1 februari 2026." in " ".join(
        page.content.decode().split()
    )  # fmt: skip
    assert [row.pair.state for row in page.context["rows"]] == ["unanswered", "unanswered", "open"]


def test_the_address_bar_narrows_the_list(hr, world, raised):
    told(world, raised, world.home)

    def names(query):
        return [row.department.name for row in hr.get(f"{ANSWERS}?{query}").context["rows"]]

    assert names(f"department={world.home.pk}") == ["Hemtjänsten"]
    assert names("state=unanswered") == ["Myndigheten"]
    assert names(f"department={world.home.pk}&state=unanswered") == []
    hidden = world.theirs.departments.first()
    assert names(f"department={hidden.pk}&state=sorted") == ["Myndigheten", "Hemtjänsten"]


def test_all_answered_is_said(hr, world, raised):
    for department in (world.home, world.other):
        told(world, raised, department)
    assert "Det enda behov som har tagits upp har fått återkoppling." in hr.get(ANSWERS).content.decode()


def test_without_needs_the_list_says_what_belongs_there(hr, world):
    assert "Här står behoven som avdelningarna har tagit upp" in hr.get(ANSWERS).content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_list_query_count(hr, world, rows, django_assert_num_queries):
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        said(world, need, departments=[world.home, world.other])
        told(world, need, world.home)
        actions.object_to(need=need, department=world.home, text="Nej", by=world.users.manager)
    with django_assert_num_queries(10):
        hr.get(ANSWERS)


# Answering


def test_hr_answers_several_departments_at_once(hr, world, raised):
    activity = factories.activity(world.program)
    before = activity.revision
    data = typed(
        world, departments=[world.home.pk, world.other.pk], outcome="activity", activity=activity.pk, text=""
    )
    assert hr.post(page_of(raised), data)["Location"] == ANSWERS
    assert {(row.department, row.activity, row.by) for row in raised.responses.all()} == {
        (world.home, activity, world.users.editor),
        (world.other, activity, world.users.editor),
    }
    activity.refresh_from_db()
    assert list(activity.needs.all()) == [raised]
    assert activity.revision == before + 1


def test_what_belongs_to_another_answer_is_left_out(hr, world, raised):
    activity = factories.activity(world.program)
    support = Resource.objects.create(program=world.program, kind="system", name="Chefsstödet")
    data = typed(world, outcome="covered", activity=activity.pk, resource=support.pk, referred_to="Regionen")
    hr.post(page_of(raised), data)
    row = raised.responses.get()
    assert (row.outcome, row.resource, row.activity, row.referred_to) == ("covered", support, None, "")
    assert not activity.needs.exists()


def test_what_came_of_a_referral_is_a_new_row(hr, world, raised):
    hr.post(page_of(raised), typed(world, outcome="referred", referred_to="IT-avdelningen", text=""))
    answered = f"{world.home.pk}:{raised.responses.get().pk}"
    data = typed(world, outcome="declined", text="De sa nej.", on="2026-05-01", answered=answered)
    assert hr.post(page_of(raised), data).status_code == 302
    assert [row.outcome for row in raised.responses.all()] == ["referred", "declined"]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"departments": []}, "departments", "Välj vilka återkopplingen är till."),
        ({"departments": ["999"]}, "departments", None),
        ({"departments": ["all"]}, "departments", None),
        ({"outcome": ""}, "outcome", "Välj vad återkopplingen är."),
        ({"outcome": "activity"}, "activity", None),
        ({"outcome": "covered"}, "resource", None),
        ({"outcome": "referred"}, "referred_to", None),
        ({"text": ""}, "text", "Skriv varför."),
        ({"text": "Anna 19811228-9874"}, "text", None),
        ({"outcome": "referred", "referred_to": "811228-9874"}, "referred_to", None),
        ({"on": "2999-01-01"}, "on", "Dagen ligger framåt i tiden."),
        ({"on": "2026-02-30"}, "on", None),
    ],
)
def test_errors_stand_at_their_place_and_nothing_is_lost(hr, world, raised, changes, field, message):
    response = hr.post(page_of(raised), typed(world, **{"text": "Mina ord"} | changes))
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert message is None or errors[field] == [message]
    assert not Response.objects.exists()
    assert changes.get("text", "Mina ord") in response.content.decode()


def test_choices_stay_within_the_programme(hr, world, raised):
    hidden = factories.activity(world.hidden, "Hemlig aktivitet")
    page = hr.post(page_of(raised), typed(world, outcome="activity", activity=hidden.pk))
    assert list(page.context["form"].errors) == ["activity"]
    assert "Hemlig" not in page.content.decode()


def test_two_from_hr_do_not_answer_past_each_other(hr, world, raised):
    first = typed(world, text="Först")
    hr.post(page_of(raised), first)
    page = hr.post(page_of(raised), typed(world, text="Sen"))
    assert raised.responses.count() == 1
    body = page.content.decode()
    assert "Någon annan har lämnat återkoppling medan du skrev." in body
    assert "Sen</textarea>" in body
    assert "Först" in body
    assert [row.is_new for side in page.context["sides"] for row in side["told"]] == [True]
    again = typed(world, text="Sen", answered=page.context["form"].data["answered"])
    assert hr.post(page_of(raised), again).status_code == 302
    assert [row.text for row in raised.responses.all()] == ["Först", "Sen"]


def test_an_answer_to_another_department_disturbs_nobody(hr, world, raised):
    told(world, raised, world.other)
    assert hr.post(page_of(raised), typed(world)).status_code == 302


def test_an_earlier_day_does_not_take_over(hr, world, raised):
    later = told(world, raised, world.home, on=dt.date(2026, 5, 1))
    data = typed(world, answered=f"{world.home.pk}:{later.pk}")
    page = hr.post(page_of(raised), data, follow=True).content.decode()
    assert "Det finns redan återkoppling med senare datum." in page
    assert states(world)[1][1] == "open"


def test_what_everybody_was_told_later_still_holds_and_that_is_said(hr, world, raised):
    later = told(world, raised, None, on=dt.date(2026, 5, 1))
    data = typed(world, answered=f"all:{later.pk}")
    page = hr.post(page_of(raised), data, follow=True).content.decode()
    assert "Det finns redan återkoppling med senare datum." in page
    assert raised.responses.count() == 2


def test_the_latest_answer_is_saved_without_more_words(hr, world, raised):
    page = hr.post(page_of(raised), typed(world), follow=True).content.decode()
    assert "Det finns redan återkoppling med senare datum." not in page


def test_the_department_asked_for_is_ticked_and_the_words_stand_beside(hr, world, raised):
    page = hr.get(f"{page_of(raised)}?department={world.other.pk}")
    body = page.content.decode()
    assert page.context["form"]["departments"].value() == [str(world.other.pk)]
    assert "Hemtjänsten: ingen återkoppling sedan 1 mars 2026" in body
    assert "Systemen är många" in body
    assert "Andras ord" in body


def test_a_need_that_nobody_raised_has_nobody_to_answer(hr, need):
    page = hr.get(page_of(need)).content.decode()
    assert "Ingen har tagit upp behovet än" in page
    assert 'name="outcome"' not in page


@pytest.mark.parametrize("rows", [1, 4])
def test_answer_query_count(hr, world, need, rows, django_assert_num_queries):
    for number in range(rows):
        department = factories.department(world.ours, f"3{number}", f"Avdelning {number}")
        said(world, need, departments=[department])
        told(world, need, department)
        actions.object_to(need=need, department=department, text="Nej", by=None)
    with django_assert_num_queries(16):
        hr.get(page_of(need))


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "activity"},
        {"outcome": "covered"},
        {"outcome": "referred"},
        {"outcome": "declined"},
        {"outcome": "open", "referred_to": "Regionen"},
    ],
)
def test_the_database_holds_what_an_answer_must_say(world, raised, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        told(world, raised, world.home, **fields)
    assert not Response.objects.exists()


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind != Kind.EDITOR])
def test_only_hr_answers(sign_in, world, raised, kind):
    client = sign_in(getattr(world.users, kind))
    objection = actions.object_to(need=raised, department=world.home, text="Nej", by=world.users.manager)
    reply = f"/ostra/chefer/behov/{raised.pk}/invandning/{objection.pk}/"
    for path in (ANSWERS, page_of(raised), reply):
        assert client.get(path).status_code == 403
    assert client.post(page_of(raised), typed(world)).status_code == 403
    assert client.post(reply, {"reply": "Ja"}).status_code == 403
    assert not Response.objects.exists()


def test_another_organisations_need_is_not_found(hr, world):
    hidden = factories.need(world.hidden, "Hemligt behov")
    assert hr.get(page_of(hidden)).status_code == 404
    assert hr.post(page_of(hidden), typed(world)).status_code == 404


# The department's page


@pytest.mark.parametrize(
    ("kind", "own", "other", "listed"),
    [
        ("editor", 200, 200, ["Hemtjänsten", "Myndigheten"]),
        ("director", 200, 200, ["Hemtjänsten", "Myndigheten"]),
        ("department_head", 200, 403, ["Hemtjänsten"]),
        ("manager", 200, 403, ["Hemtjänsten"]),
        ("secretary", 403, 403, None),
        ("reader", 403, 403, None),
        ("admin", 403, 403, None),
    ],
)
def test_who_sees_which_departments(sign_in, world, kind, own, other, listed):
    client = sign_in(getattr(world.users, kind))
    codes = [client.get(f"{DEPARTMENTS}{row.pk}/").status_code for row in (world.home, world.other)]
    assert codes == [own, other]
    page = client.get(DEPARTMENTS)
    assert (page.status_code == 200) is (listed is not None)
    assert listed is None or [row["department"].name for row in page.context["rows"]] == listed


def test_another_organisations_department_is_not_found(hr, world):
    assert hr.get(f"{DEPARTMENTS}{world.theirs.departments.first().pk}/").status_code == 404


def test_the_page_tells_what_was_said_and_what_became_of_it(sign_in, world, raised):
    activity = factories.activity(world.program, needs=[raised])
    elsewhere = factories.activity(world.program, "Bara hos andra", needs=[raised], departments=[world.other])
    told(world, raised, world.home, outcome="activity", activity=activity, text="Nu börjar vi.")
    told(world, raised, world.other, outcome="declined", text="Hemligt för andra")
    response = sign_in(world.users.manager).get(f"{DEPARTMENTS}{world.home.pk}/")
    page = response.content.decode()
    assert "Systemen är många" in page
    assert "Nu börjar vi." in page
    assert "Vi har tagit upp 1 behov: 1 har fått återkoppling." in " ".join(page.split())
    (row,) = response.context["rows"]
    assert (row.activity.title, row.activity.badge, row.activities) == (activity.title, "planned", [])
    for word in ("Andras ord", "Hemligt för andra", elsewhere.title):
        assert word not in page


def test_words_without_need_are_not_sorted_yet_or_to_be_kept(sign_in, world, need):
    dialogue = said(world, need, departments=[world.home], texts=["Ett", "Två", "Tre", "Fyra"])
    one, two, three, four = dialogue.statements.all()
    for row in (two, three, four):
        row.needs.clear()
    type(one).objects.filter(pk=three.pk).update(theme="strength")
    type(one).objects.filter(pk=four.pk).update(is_withheld=True)
    page = sign_in(world.users.department_head).get(f"{DEPARTMENTS}{world.home.pk}/")
    found = [[row.text for row in page.context[name]] for name in ("unsorted", "strengths")]
    assert found == [["Två"], ["Tre"]]
    assert "1 inspel ska inte publiceras" in page.content.decode()
    assert "Fyra" not in page.content.decode()


def test_a_summary_that_departments_share_says_whose_it_is(hr, world, need):
    """And the meeting's name is said once in the line on top."""
    third = factories.department(world.ours, "40", "Kvalitet")
    said(
        world,
        need,
        departments=[world.home, world.other, third],
        kind="workshop",
        title="Workshop om tid",
        summary="Mer tid",
    )
    said(world, need, departments=[world.home], held_on=dt.date(2026, 2, 1), summary="Vårt eget")
    page = " ".join(hr.get(f"{DEPARTMENTS}{world.home.pk}/").content.decode().split())
    assert (
        'Gruppernas egen sammanfattning <span class="small muted">Workshop om tid, tillsammans med '
        "Myndigheten och Kvalitet, 1 mars 2026</span>" in page
    )
    assert 'Gruppens egen sammanfattning <span class="small muted">Dialog, 1 februari 2026</span>' in page
    assert page.count("Workshop om tid") == 2


def test_drafts_are_named_but_their_words_wait(sign_in, world, need):
    said(world, need, departments=[world.home], confirmed=False, texts=["Ordet"], summary="Sammanfattat")
    page = sign_in(world.users.department_head).get(f"{DEPARTMENTS}{world.home.pk}/").content.decode()
    assert "utkast" in page
    assert "Ordet" not in page
    assert "Sammanfattat" not in page


def test_earlier_answers_stay_beside_the_one_that_holds(sign_in, world, raised):
    told(world, raised, world.home, text="Vi återkommer.")
    told(world, raised, world.home, outcome="declined", text="Nej.", on=dt.date(2026, 5, 1))
    (row,) = sign_in(world.users.manager).get(f"{DEPARTMENTS}{world.home.pk}/").context["rows"]
    assert (row.holding.text, [answer.text for answer in row.earlier]) == ("Nej.", ["Vi återkommer."])


def test_words_sorted_elsewhere_leave_the_objection_and_its_reply(sign_in, world, raised):
    objection = actions.object_to(
        need=raised, department=world.home, text="Fel behov", by=world.users.manager
    )
    actions.reply(need=raised, objection_pk=objection.pk, text="Vi har flyttat det.", by=world.users.editor)
    for statement in raised.statements.all():
        statement.needs.clear()
    page = sign_in(world.users.manager).get(f"{DEPARTMENTS}{world.home.pk}/").content.decode()
    assert "Inga av våra inspel hör hit längre." in page
    assert "Vi har flyttat det." in page


def test_a_department_without_dialogue_is_shown_as_such(hr, world, raised):
    silent = factories.department(world.ours, "40", "Kvalitet")
    assert (
        "Ingen dialog med avdelningen är inskriven." in hr.get(f"{DEPARTMENTS}{silent.pk}/").content.decode()
    )
    rows = {row["department"].name: row for row in hr.get(DEPARTMENTS).context["rows"]}
    assert (rows["Kvalitet"]["dialogues"], rows["Myndigheten"]["dialogues"]) == (0, 1)
    assert rows["Myndigheten"]["tally"].since == dt.date(2026, 2, 1)


def test_a_meeting_whose_words_are_all_withheld_is_a_meeting(sign_in, world, need):
    said(world, need, departments=[world.other]).statements.update(is_withheld=True)
    rows = {row["department"]: row for row in sign_in(world.users.editor).get(DEPARTMENTS).context["rows"]}
    assert (rows[world.other]["dialogues"], rows[world.other]["statements"]) == (1, 0)


def test_that_no_department_raised_a_need_is_for_those_who_see_all_to_say(sign_in, world, need):
    """The unit manager sees the workshop's words and not the other department's, who raised the need too."""
    workshop = said(world, need, departments=[], kind="workshop")
    workshop.published_at = workshop.hr_agreed_at = timezone.now()
    workshop.hr_agreed_by = world.users.editor
    workshop.save()
    said(world, need, departments=[world.other])
    assert sign_in(world.users.manager).get(DEPARTMENTS).context["everybody"] is None
    assert sign_in(world.users.editor).get(DEPARTMENTS).context["everybody"] is None
    world.program.dialogues.filter(departments=world.other).delete()
    assert sign_in(world.users.editor).get(DEPARTMENTS).context["everybody"].raised == 1


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize(("kind", "detail", "listing"), [("editor", 14, 8), ("manager", 15, 9)])
def test_department_query_counts(sign_in, world, rows, kind, detail, listing, django_assert_num_queries):
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        activity = factories.activity(world.program, f"Aktivitet {number}", needs=[need])
        said(world, need, departments=[world.home], texts=["Ett", "Två"])
        told(world, need, world.home, outcome="activity", activity=activity)
        actions.object_to(need=need, department=world.home, text="Nej", by=None)
    client = sign_in(getattr(world.users, kind))
    with django_assert_num_queries(detail):
        client.get(f"{DEPARTMENTS}{world.home.pk}/")
    with django_assert_num_queries(listing):
        client.get(DEPARTMENTS)


@pytest.mark.parametrize("kind", ["manager", "department_head"])
def test_the_first_page_of_a_group_leads_to_its_own_page(sign_in, world, kind):
    page = sign_in(getattr(world.users, kind)).get("/", follow=True).content.decode()
    assert f'href="{DEPARTMENTS}{world.home.pk}/"' in page


# This is not what we meant


def objecting(world, need) -> str:
    return f"{DEPARTMENTS}{world.home.pk}/sa-menade-vi-inte/{need.pk}/"


@pytest.mark.parametrize("kind", ["manager", "department_head"])
def test_the_group_says_that_it_did_not_mean_that_and_is_replied_to(sign_in, world, raised, kind):
    statement = raised.statements.get(text="Systemen är många")
    client = sign_in(getattr(world.users, kind))
    assert "Systemen är många" in client.get(objecting(world, raised)).content.decode()
    client.post(objecting(world, raised), {"statement": statement.pk, "text": "Vi menade rutinerna."})
    row = Objection.objects.get()
    assert (row.need, row.department, row.statement) == (raised, world.home, statement)

    client = sign_in(world.users.editor)
    assert list(client.get(ANSWERS).context["objections"]) == [row]
    url = f"/ostra/chefer/behov/{raised.pk}/invandning/{row.pk}/"
    assert "Vi menade rutinerna." in client.get(url).content.decode()
    client.post(url, {"reply": "Då flyttar vi det."})
    assert list(client.get(ANSWERS).context["objections"]) == []

    page = sign_in(getattr(world.users, kind)).get(f"{DEPARTMENTS}{world.home.pk}/").content.decode()
    assert "Då flyttar vi det." in page
    assert "Ta tillbaka" not in page


def test_sending_twice_is_one_objection(sign_in, world, raised):
    client = sign_in(world.users.manager)
    for _time in range(2):
        client.post(objecting(world, raised), {"text": "Nej"})
    assert Objection.objects.count() == 1


@pytest.mark.parametrize("text", ["", "Anna 19811228-9874"])
def test_an_objection_that_cannot_be_kept_is_told_at_its_place(sign_in, world, raised, text):
    page = sign_in(world.users.manager).post(objecting(world, raised), {"text": text})
    assert list(page.context["form"].errors) == ["text"]
    assert not Objection.objects.exists()


def test_only_words_of_the_own_group_can_be_meant(sign_in, world, raised):
    theirs = raised.statements.get(text="Andras ord")
    now, user = timezone.now(), world.users.editor
    type(theirs.dialogue).objects.filter(pk=theirs.dialogue_id).update(
        head_agreed_at=now, head_agreed_by=user, hr_agreed_at=now, hr_agreed_by=user, published_at=now
    )
    data = {"statement": theirs.pk, "text": "Nej"}
    page = sign_in(world.users.manager).post(objecting(world, raised), data)
    assert list(page.context["form"].errors) == ["statement"]
    assert "Andras ord" not in page.content.decode()


def test_no_objection_for_other_departments_drafts_or_needs_not_raised(sign_in, world, raised):
    client = sign_in(world.users.manager)
    silent, draft = factories.need(world.program, "Ej upptaget"), factories.need(world.program, "Utkast")
    said(world, draft, departments=[world.home], confirmed=False)
    away = f"{DEPARTMENTS}{world.other.pk}/sa-menade-vi-inte/{raised.pk}/"
    for url in (away, objecting(world, silent), objecting(world, draft)):
        assert client.post(url, {"text": "Nej"}).status_code == 404
    assert not Objection.objects.exists()


@pytest.mark.parametrize("kind", ["editor", "director", "secretary", "reader", "admin"])
def test_only_the_group_itself_objects(sign_in, world, raised, kind):
    client = sign_in(getattr(world.users, kind))
    assert client.post(objecting(world, raised), {"text": "Nej"}).status_code == 403
    assert not Objection.objects.exists()


def test_the_author_takes_it_back_until_there_is_a_reply(sign_in, world, raised):
    row = actions.object_to(need=raised, department=world.home, text="Nej", by=world.users.manager)
    url = f"{DEPARTMENTS}{world.home.pk}/sa-menade-vi-inte/{row.pk}/ta-tillbaka/"
    assert sign_in(world.users.department_head).post(url).status_code == 403
    client = sign_in(world.users.manager)
    assert client.get(url).status_code == 405
    assert "Ta tillbaka" in client.get(f"{DEPARTMENTS}{world.home.pk}/").content.decode()
    client.post(url)
    assert not Objection.objects.exists()

    row = actions.object_to(need=raised, department=world.home, text="Nej", by=world.users.manager)
    actions.reply(need=raised, objection_pk=row.pk, text="Jo", by=world.users.editor)
    url = f"{DEPARTMENTS}{world.home.pk}/sa-menade-vi-inte/{row.pk}/ta-tillbaka/"
    assert client.post(url).status_code == 403
    with pytest.raises(Stale):
        actions.withdraw(objection=row)


def test_a_group_is_replied_to_once_and_the_second_sees_both(hr, world, raised):
    row = actions.object_to(need=raised, department=world.home, text="Nej", by=world.users.manager)
    actions.reply(need=raised, objection_pk=row.pk, text="Först", by=world.users.editor)
    page = hr.post(f"/ostra/chefer/behov/{raised.pk}/invandning/{row.pk}/", {"reply": "Sen"}).content.decode()
    assert ("Först" in page, "Sen" in page, "Någon annan har svarat" in page) == (True, True, True)
    row.refresh_from_db()
    assert row.reply == "Först"


def test_a_reply_to_what_was_taken_back_is_not_lost(hr, world, raised):
    row = actions.object_to(need=raised, department=world.home, text="Nej", by=world.users.manager)
    url = f"/ostra/chefer/behov/{raised.pk}/invandning/{row.pk}/"
    actions.withdraw(objection=row)
    page = hr.post(url, {"reply": "Mina ord"}).content.decode()
    assert ("Mina ord" in page, "Gruppen har tagit tillbaka det" in page) == (True, True)
    assert hr.get(url).status_code == 404


# The need's page and the list of needs


@pytest.mark.parametrize(
    ("kind", "answers", "objected"),
    [
        ("editor", ["Hemtjänsten", "Myndigheten"], True),
        ("director", ["Hemtjänsten", "Myndigheten"], True),
        ("secretary", ["Hemtjänsten", "Myndigheten"], False),
        ("department_head", ["Hemtjänsten"], True),
        ("manager", ["Hemtjänsten"], True),
        ("reader", [], False),
    ],
)
def test_the_need_shows_answers_and_objections_to_those_who_may_see(
    sign_in, world, raised, kind, answers, objected
):
    for department in (world.home, world.other):
        told(world, raised, department)
    actions.object_to(need=raised, department=world.home, text="Vi menade rutinerna.", by=world.users.manager)
    page = sign_in(getattr(world.users, kind)).get(f"/ostra/chefer/behov/{raised.pk}/")
    assert [department.name for department in page.context["told"]] == answers
    assert ("Vi menade rutinerna." in page.content.decode()) is objected


def test_the_list_of_needs_leads_hr_to_the_answers(sign_in, world, raised):
    told(world, raised, world.home)
    pages = [sign_in(user).get("/ostra/chefer/behov/") for user in (world.users.editor, world.users.manager)]
    assert [ANSWERS in page.content.decode() for page in pages] == [True, False]
    assert f'{page_of(raised)}" class="badge attention">1 av 2<' not in pages[0].content.decode()
    told(world, raised, world.home, outcome="declined", text="Nej.", on=dt.date(2026, 5, 1))
    page = sign_in(world.users.editor).get("/ostra/chefer/behov/").content.decode()
    assert f'{page_of(raised)}" class="badge attention">1 av 2<' in page


def test_the_list_of_needs_counts_departments_and_not_answers(hr, world, raised):
    """Of those that raised it, those whose answer that holds says more than that it is open."""
    factories.need(world.program, "Ingen har sagt det")
    for day, outcome in ((1, "declined"), (2, "declined"), (3, "open")):
        told(world, raised, world.home, outcome=outcome, text="Så här.", on=dt.date(2026, 4, day))
        told(world, raised, world.other, outcome="declined", text="Så här.", on=dt.date(2026, 4, day))
    rows = hr.get("/ostra/chefer/behov/").context["rows"]
    assert [row["answers"] and (row["answers"].answered, row["answers"].raised) for row in rows] == [
        (1, 2),
        None,
    ]


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize(("kind", "queries"), [("editor", 10), ("reader", 6)])
def test_query_count_of_the_list_of_needs(sign_in, world, rows, kind, queries, django_assert_num_queries):
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        factories.activity(world.program, f"Aktivitet {number}", needs=[need])
        said(world, need, departments=[world.home, world.other])
        told(world, need, world.home)
    client = sign_in(getattr(world.users, kind))
    with django_assert_num_queries(queries):
        client.get("/ostra/chefer/behov/")


def test_a_withheld_statement_is_not_read_in_an_objection(sign_in, world):
    now = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
    dialogue = factories.dialogue(
        world.program, departments=[world.home], statements=["Hemligheten"], confirmed_at=now,
        confirmed_by=world.users.editor,
    )  # fmt: skip
    need, row = factories.need(world.program), dialogue.statements.get()
    row.needs.add(need)
    Objection.objects.create(need=need, department=world.home, statement=row, text="Inte så", at=now)
    page = f"/ostra/chefer/behov/{need.pk}/"
    assert "Hemligheten" in sign_in(world.users.director).get(page).content.decode()
    dialogue.statements.update(is_withheld=True)
    told = sign_in(world.users.director).get(page).content.decode()
    assert "Inte så" in told
    assert "Hemligheten" not in told
