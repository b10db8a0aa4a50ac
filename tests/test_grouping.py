"""HR groups statements into needs on one page: moves, what comes back, undo, suggestions, merging."""

import datetime as dt
import re

import pytest
from auditlog.models import LogEntry

from dialogues.actions import grouping as actions
from dialogues.models import Statement
from organisation.access import Kind
from program.models import Activity, Need, Response
from tests import factories
from tests.factories import DAY, place

NOW = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
PAGE = "/ostra/chefer/behov/gruppera/"
HX = {"HX-Request": "true"}
LINKINGS = LogEntry.objects.filter(action=LogEntry.Action.UPDATE, changes__has_key="statements")


def said(world, *texts, departments=None, program=None, **fields):
    departments = [world.home] if departments is None else departments
    dialogue = factories.dialogue(
        program or world.program, departments=departments, statements=texts, confirmed_at=NOW,
        confirmed_by=world.users.editor, **fields,
    )  # fmt: skip
    return list(dialogue.statements.all())


@pytest.fixture
def three(world):
    return said(world, "Systemen krånglar", "Inloggningen tar tid", "Vi vill ha handledning")


@pytest.fixture
def need(world):
    return factories.need(world.program)


def post(client, do, statements=(), query="", hx=True, **fields):
    data = {"do": do, "statements": [row.pk for row in statements]} | fields
    return client.post(PAGE + query, data, headers=HX if hx else {})


def shown(response) -> list[str]:
    """The texts of the statements on the page, in order."""
    return [row.text for row in response.context["rows"]]


def tags(statement) -> list[str]:
    return [row.title for row in statement.needs.order_by("title")]


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind != Kind.EDITOR])
def test_only_hr_groups(sign_in, world, need, kind):
    client = sign_in(getattr(world.users, kind))
    for path in ("gruppera/", f"{need.pk}/sla-ihop/", f"{need.pk}/ta-bort/"):
        for method in (client.get, client.post):
            response = method(f"/ostra/chefer/behov/{path}")
            assert response.status_code == 403
            assert "Din roll kan inte göra detta" in response.content.decode()


def test_the_page_shows_what_was_said_and_confirmed(hr, world, three, need):
    three[2].is_withheld = True
    three[2].save()
    factories.dialogue(world.program, departments=[world.home], statements=["Ett utkast"])
    said(world, "Hemligt inspel", program=world.hidden, departments=[world.theirs.departments.first()])
    response = hr.get(PAGE)
    assert shown(response) == ["Systemen krånglar", "Inloggningen tar tid"]
    assert response.context["rows"][0].about == "Hemtjänsten · så är det nu · Förutsättningar"
    assert response.context["tally"] == {"all": 2, "free": 2, "bare": 2}
    assert "emlig" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=krånglar systemen", [0]),
        ("?q=SYSTEMEN", [0]),
        ("?q=återhämtning", [3]),
        ("?q=%00", [0, 1, 2, 3]),
        ("?need=none", [1, 2, 3]),
        ("?need=some", [0]),
        ("?need={need}", [0]),
        ("?need=9999", [0, 1, 2, 3]),
        ("?department={home}", [0, 1, 2]),
        ("?department=null", [3]),
        ("?department={theirs}", [0, 1, 2, 3]),
        ("?kind=need", [3]),
        ("?theme=support", [1]),
        ("?theme=none", [0, 2, 3]),
        ("?dialogue={dialogue}", [3]),
        ("?need=none&theme=none&q=vi", [2]),
        ("?markera={second}", [1]),
        ("?page=99", [0, 1, 2, 3]),
    ],
)
def test_statements_are_filtered_in_the_address(hr, world, three, need, query, expected):
    (workshop,) = said(world, "Återhämtning efter helg", departments=[], kind="workshop")
    workshop.kind = "need"
    workshop.save()
    three[0].needs.add(need)
    Statement.objects.filter(pk=three[1].pk).update(theme="support")
    theirs = world.theirs.departments.first().pk
    query = query.format(
        need=need.pk, home=world.home.pk, theirs=theirs, dialogue=workshop.dialogue_id, second=three[1].pk
    )
    texts = [row.text for row in [*three, workshop]]
    assert sorted(shown(hr.get(PAGE + query))) == sorted(texts[number] for number in expected)


def test_several_are_put_in_a_need_and_one_may_serve_several(hr, world, three, need):
    other = factories.need(world.program, "Handledning")
    response = post(hr, "link", three[:2], need=need.pk, hx=False, query="?kind=current")
    assert response["Location"] == f"{PAGE}?kind=current#s{three[1].pk}"
    post(hr, f"link:{other.pk}", three[:1])
    assert [tags(row) for row in three] == [["Enklare system", "Handledning"], ["Enklare system"], []]
    assert "1 inspel lagt i Handledning." in hr.get(PAGE).content.decode()


def test_a_tag_is_taken_off(hr, three, need):
    need.statements.set(three)
    post(hr, f"unlink:{need.pk}:{three[1].pk}", three[:1])
    assert list(need.statements.all()) == [three[0], three[2]]
    post(hr, "unlink", three, need=need.pk)
    assert not need.statements.exists()


def test_a_theme_is_set_and_taken_away(hr, three):
    post(hr, "theme", three[:2], theme="training")
    assert [row.theme for row in Statement.objects.all()] == ["training", "training", ""]
    post(hr, "theme", three[:1], theme="none")
    assert [row.theme for row in Statement.objects.all()] == ["", "training", ""]


def test_only_what_changed_comes_back(hr, world, three, need):
    factories.need(world.program, "Ett annat")
    text = post(hr, f"link:{need.pk}", three[:1]).content.decode()
    assert re.findall(r'id="([a-z]+\d+)" ?(?:data-need="\d+")? data-swap', text) == [
        f"t{three[0].pk}",
        f"n{need.pk}",
    ]
    assert "1 inspel lagt i Enklare system." in text
    assert "2 utan behov" in text
    assert 'value="undo"' in text
    assert three[0].text not in text
    assert "<html" not in text


def test_what_no_longer_fits_the_filter_leaves_the_list(hr, three, need):
    text = post(hr, f"link:{need.pk}", three[:1], query="?need=none").content.decode()
    assert f'<div id="t{three[0].pk}" class="off" data-swap></div>' in text
    text = post(hr, "undo", query="?need=none").content.decode()
    assert f'<div id="t{three[0].pk}" data-swap>' in text


def test_linking_twice_is_linking_once(hr, three, need):
    post(hr, f"link:{need.pk}", three[:1])
    text = post(hr, f"link:{need.pk}", three[:1]).content.decode()
    assert "Inget är ändrat, det var redan så." in text
    assert 'value="undo"' not in text
    assert need.statements.count() == 1


def test_somebody_else_linked_in_between(world, three, need):
    """The two see the same page; the database takes the second's link as the first's."""
    need.statements.add(three[0])
    moved = actions.link_statements(need=need, keys=[row.pk for row in three], by=world.users.editor)
    assert moved.added == tuple((need.pk, row.pk) for row in three[1:])
    assert need.statements.count() == 3


@pytest.mark.parametrize("act", ["link", "unlink", "theme", "new"])
def test_the_last_move_is_undone_once(hr, world, three, need, act):
    need.statements.add(three[1])
    Statement.objects.filter(pk=three[0].pk).update(theme="support")
    before = [(tags(row), row.theme) for row in Statement.objects.all()]
    post(hr, act, three[:2], need=need.pk, theme="change", title="Nytt", level="leader")
    assert [(tags(row), row.theme) for row in Statement.objects.all()] != before
    assert "Ångrat:" in post(hr, "undo").content.decode()
    assert [(tags(row), row.theme) for row in Statement.objects.all()] == before
    assert [row.title for row in Need.objects.filter(program=world.program)] == ["Enklare system"]
    assert "Det finns inget att ångra." in post(hr, "undo").content.decode()


def test_undo_leaves_what_others_did_since(hr, world, three):
    post(hr, "new", three[:1], title="Nytt", level="leader")
    made = Need.objects.get(title="Nytt")
    factories.activity(world.program, needs=[made])
    post(hr, "undo")
    assert list(made.statements.all()) == []
    assert Need.objects.filter(pk=made.pk).exists()
    post(hr, "theme", three[:1], theme="change")
    Statement.objects.filter(pk=three[0].pk).update(theme="support")
    post(hr, "undo")
    assert Statement.objects.get(pk=three[0].pk).theme == "support"


def test_undo_after_the_need_is_gone(hr, three, need):
    post(hr, f"link:{need.pk}", three[:1])
    need.delete()
    assert post(hr, "undo").status_code == 200


def test_undo_stays_in_its_programme(hr, world, three, need):
    second = factories.program(world.ours, "andra", name="Ett till", short_name="Till")
    post(hr, f"link:{need.pk}", three[:1])
    page = hr.post("/ostra/andra/behov/gruppera/", {"do": "undo"}, headers=HX).content.decode()
    assert "Det finns inget att ångra." in page
    assert need.statements.count() == 1
    assert not second.needs.exists()


def test_a_need_is_made_of_what_is_ticked(hr, world, three):
    text = post(hr, "new", three[:2], title="Handledning", level="leader").content.decode()
    made = Need.objects.get(title="Handledning")
    assert (made.level, made.program, made.statements.count()) == ("leader", world.program, 2)
    assert 'id="needs" aria-labelledby="needs-head" data-swap' in text
    assert f'<option value="{made.pk}">Handledning</option>' in text


@pytest.mark.parametrize("hx", [True, False])
@pytest.mark.parametrize("title", ["Enklare system", "enklare SYSTEM", ""])
def test_a_title_that_exists_is_told_at_its_place_and_ticks_are_kept(hr, three, need, title, hx):
    response = post(hr, "new", three[:2], title=title, level="leader", hx=hx)
    told = "Det finns redan ett behov med den här rubriken." if title else "Detta fält måste fyllas i."
    assert response.context["new"].errors["title"] == [told]
    assert 'aria-invalid="true"' in response.content.decode()
    assert Need.objects.filter(program__slug="chefer").count() == 1
    assert not need.statements.exists()
    if not hx:
        assert response.context["ticked"] == {str(row.pk) for row in three[:2]}
        assert response.content.decode().count(" checked>") == 2


def test_two_who_make_the_same_need_at_once(hr, monkeypatch, three, need):
    """The form saw no such title; the database does."""
    monkeypatch.setattr("dialogues.forms.grouping.NewNeedForm.clean_title", lambda form: form.data["title"])
    monkeypatch.setattr("dialogues.forms.grouping.NewNeedForm.validate_unique", lambda form: None)
    response = post(hr, "new", three[:1], title="Enklare system", level="leader", hx=False)
    assert response.context["new"].errors["title"] == ["Det finns redan ett behov med den här rubriken."]
    assert not need.statements.exists()


@pytest.mark.parametrize(
    ("do", "fields", "message"),
    [
        ("link", {"statements": []}, "Markera först de inspel du menar."),
        ("link", {}, "Välj ett behov."),
        ("link", {"need": "9999"}, "Behovet finns inte längre."),
        ("link", {"need": "Hemligt"}, "Behovet finns inte längre."),
        ("link", {"need": "9" * 30}, "Behovet finns inte längre."),
        ("link:9999", {}, "Behovet finns inte längre."),
        ("theme", {}, "Välj ett tema."),
        ("theme", {"theme": "egen"}, None),
        ("", {}, "Välj vad som ska göras."),
        ("riv", {}, None),
        ("link:1; drop", {}, None),
        ("link", {"statements": ["x", "9" * 30]}, "Markera först de inspel du menar."),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(hr, world, three, do, fields, message):
    factories.need(world.hidden, "Hemligt")
    data = {"do": do, "statements": [row.pk for row in three]} | fields
    for headers in (HX, {}):
        response = hr.post(PAGE, data, headers=headers)
        assert response.status_code == 200
        assert message is None or message in response.content.decode()
        assert response.context["problem"]
    assert not Statement.needs.through.objects.exists()
    assert not LINKINGS.exists()


def test_nothing_of_another_programme_is_moved(hr, world, three, need):
    (hidden,) = said(world, "Hemligt", program=world.hidden, departments=[])
    theirs = factories.need(world.hidden, "Hemligt behov")
    for do, rows in ((f"link:{need.pk}", [three[0], hidden]), (f"link:{theirs.pk}", three)):
        text = post(hr, do, rows).content.decode()
        assert "invalid-feedback" in text
        assert "emlig" not in text
    assert not Statement.needs.through.objects.exists()


def test_a_statement_that_was_withdrawn_in_between(hr, three, need):
    Statement.objects.filter(pk=three[1].pk).update(is_withheld=True)
    text = post(hr, f"link:{need.pk}", three).content.decode()
    assert "1 av inspelen finns inte kvar här. Inget är ändrat. Ladda om sidan." in text
    assert not need.statements.exists()


def test_the_trail_tells_of_linking_by_numbers_and_never_by_words(hr, world, three, need):
    post(hr, f"link:{need.pk}", three[:2])
    post(hr, f"unlink:{need.pk}:{three[0].pk}")
    added, removed = LINKINGS.order_by("pk")
    assert (added.changes, added.actor) == ({"statements": ["0", "2"]}, world.users.editor)
    assert added.additional_data == {
        "program": world.program.pk, "activity": None, "added": [row.pk for row in three[:2]]
    }  # fmt: skip
    assert (removed.changes, removed.additional_data["removed"]) == (
        {"statements": ["2", "1"]},
        [three[0].pk],
    )
    page = hr.get("/ostra/chefer/andringar/").content.decode()
    assert "Inspel: <del>0</del> → <ins>2</ins>" in page
    assert "krånglar" not in page


def test_suggestions_are_off_until_asked_for(hr, world, three, need):
    assert "liknar" not in hr.get(PAGE).content.decode()
    page = hr.get(PAGE + "?forslag=1")
    (hint,) = [row.hint for row in page.context["rows"] if row.hint]
    assert (hint.need, hint.words) == (need.pk, "liknar Enklare system, delar ordet systemen")
    assert not need.statements.exists()
    post(hr, f"link:{need.pk}:{three[0].pk}", query="?forslag=1")
    assert list(need.statements.all()) == three[:1]


def test_like_statements_come_ticked(hr, world):
    rows = said(world, "Vi vill ha handledning i grupp", "Handledning i grupp", "Kaffet är slut")
    page = hr.get(PAGE + "?forslag=1").content.decode()
    assert "markera 1 liknande inspel" in page
    (link,) = re.findall(rf'href="(\?forslag=1&amp;markera={rows[0].pk},[^"]+)"', page)
    response = hr.get(PAGE + link.replace("&amp;", "&"))
    assert shown(response) == [row.text for row in rows[:2]]
    assert response.context["ticked"] == {str(row.pk) for row in rows[:2]}


def test_a_move_does_not_reckon_suggestions(hr, three, need, monkeypatch):
    monkeypatch.setattr("dialogues.grouping.suggestions", lambda *args: pytest.fail("reckoned"))
    assert post(hr, f"link:{need.pk}", three, query="?forslag=1").status_code == 200


@pytest.mark.parametrize("rows", [1, 6])
def test_query_counts(hr, world, rows, django_assert_num_queries):
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        need.owners.add(factories.role(world.ours))
        for row in said(world, "Systemen krånglar", "Systemen tar tid", held_on=DAY):
            row.needs.add(need)
        said(world, "Systemen är många")
    keys = list(Statement.objects.filter(needs__isnull=True))
    with django_assert_num_queries(16):
        hr.get(PAGE)
    with django_assert_num_queries(18):
        hr.get(PAGE + "?forslag=1")
    with django_assert_num_queries(19):
        post(hr, f"link:{need.pk}", keys, query="?forslag=1&need=none")
    with django_assert_num_queries(17):
        post(hr, "theme", keys, theme="support")


def test_more_than_a_page_is_paged(hr, world, monkeypatch):
    monkeypatch.setattr("dialogues.grouping.MOST_ON_A_PAGE", 2)
    said(world, "Ett", "Två", "Tre")
    assert shown(hr.get(PAGE)) == ["Ett", "Två"]
    assert shown(hr.get(PAGE + "?page=2")) == ["Tre"]
    assert "?page=2" in hr.get(PAGE).content.decode()


def test_an_empty_page_says_what_comes_here(hr):
    assert "Inspelen kommer hit när en dialog är bekräftad." in hr.get(PAGE).content.decode()
    assert "Inget inspel passar det här urvalet." in hr.get(PAGE + "?q=finns inte").content.decode()


def test_more_needs_than_keys(hr, world):
    Need.objects.bulk_create(Need(program=world.program, title=f"Behov {number}") for number in range(40))
    cards = [card for _level, _label, cards in hr.get(PAGE).context["levels"] for card in cards]
    assert "".join(card.key for card in cards) == "123456789abcdefghijklmnopqrstuvwxy"
    assert len(cards) == 40


@pytest.fixture
def two(world, need):
    """Two needs with everything that can hang on a need."""
    other = factories.need(world.program, "Krångliga system", level="leader")
    return need, other


def test_merging_keeps_everything(hr, world, two, three):
    keep, gone = two
    shared = factories.activity(world.program, "Delad", needs=[keep, gone])
    own = factories.activity(world.program, "Egen", needs=[gone])
    keep.statements.set(three[:2])
    gone.statements.set(three[1:])
    gone.owners.add(factories.role(world.ours))
    for need in two:
        Response.objects.create(need=need, department=world.home, on=DAY, outcome="open")
    ballot = world.program.ballots.create(question="Vad först?")
    ballot.options.create(need=gone, text="Krångliga system")
    gone.objections.create(department=world.home, text="Så menade vi inte", at=NOW)
    url = f"/ostra/chefer/behov/{gone.pk}/sla-ihop/"
    page = hr.get(url, {"into": keep.pk}).content.decode()
    assert "2 inspel följer med" in page
    assert "2 aktiviteter följer med" in page
    assert "1 återkoppling följer med" in page
    assert Need.objects.filter(pk=gone.pk).exists()
    response = hr.post(url, {"into": keep.pk})
    assert response["Location"] == f"/ostra/chefer/behov/{keep.pk}/"
    assert not Need.objects.filter(pk=gone.pk).exists()
    counts = [
        rows.count()
        for rows in (
            keep.statements, keep.activities, keep.responses, keep.ballot_options, keep.objections, keep.owners
        )
    ]  # fmt: skip
    assert counts == [3, 2, 2, 1, 1, 1]
    assert [row.revision for row in Activity.objects.filter(pk__in=[shared.pk, own.pk])] == [2, 2]
    assert hr.post(url, {"into": keep.pk}).status_code == 404


def test_merging_knows_everything_that_hangs_on_a_need():
    """A new relation to Need must be taken over by merge_needs and keep a need from being removed."""
    names = {relation.get_accessor_name() for relation in Need._meta.related_objects}
    assert names == {"activities", "statements", "responses", "objections", "ballot_options"}


def test_an_activity_being_edited_while_its_need_is_merged(world, two):
    keep, gone = two
    activity = factories.activity(world.program, needs=[gone])
    seen = activity.revision
    actions.merge_needs(keep=keep, gone=gone, by=world.users.editor)
    activity.refresh_from_db()
    assert activity.revision == seen + 1
    entry = LogEntry.objects.filter(action=LogEntry.Action.UPDATE, changes__has_key="needs").latest("pk")
    assert entry.changes["needs"] == ["Krångliga system", "Enklare system"]


@pytest.mark.parametrize("into", ["", "9999", "self", "hidden", "x"])
def test_a_need_goes_up_only_in_another_of_the_same_programme(hr, world, two, into):
    keep, gone = two
    hidden = factories.need(world.hidden, "Hemligt behov")
    into = {"self": gone.pk, "hidden": hidden.pk}.get(into, into)
    response = hr.post(f"/ostra/chefer/behov/{gone.pk}/sla-ihop/", {"into": into})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["into"]
    assert "emlig" not in response.content.decode()
    assert Need.objects.filter(pk__in=[keep.pk, gone.pk]).count() == 2


def test_a_need_that_nothing_hangs_on_is_removed(hr, need):
    url = f"/ostra/chefer/behov/{need.pk}/ta-bort/"
    assert "Inget hör till det." in hr.get(url).content.decode()
    assert Need.objects.filter(pk=need.pk).exists()
    assert hr.post(url)["Location"] == "/ostra/chefer/behov/"
    assert not Need.objects.filter(pk=need.pk).exists()


@pytest.mark.parametrize("what", ["statement", "activity", "response"])
def test_a_need_that_something_hangs_on_stays(hr, world, need, three, what):
    if what == "statement":
        need.statements.add(three[0])
    elif what == "activity":
        factories.activity(world.program, needs=[need])
    else:
        Response.objects.create(need=need, department=world.home, on=DAY, outcome="open")
    url = f"/ostra/chefer/behov/{need.pk}/ta-bort/"
    page = hr.get(url).content.decode()
    assert "Slå ihop det med ett annat i stället." in page
    assert "btn-danger" not in page
    assert hr.post(url).status_code == 403
    assert Need.objects.filter(pk=need.pk).exists()


def test_the_way_there(hr, three, need):
    assert f'href="{PAGE}?need=none"' in hr.get("/ostra/chefer/behov/").content.decode()
    dialogue = three[0].dialogue
    assert f'href="{PAGE}?dialogue={dialogue.pk}"' in hr.get(dialogue.get_absolute_url()).content.decode()
    page = hr.get(f"/ostra/chefer/behov/{need.pk}/andra/").content.decode()
    assert f"/behov/{need.pk}/sla-ihop/" in page
    assert f"/behov/{need.pk}/ta-bort/" in page


def test_a_session_keeps_no_words(hr, three, need):
    post(hr, f"link:{need.pk}", three)
    assert "krånglar" not in str(dict(hr.session))
    assert actions.Moved.from_json(hr.session["grouping"]["moved"]).statements == [row.pk for row in three]


def test_undo_sees_the_place(world, three, need):
    moved = actions.Moved(
        removed=((need.pk, three[0].pk), (need.pk, 999_999)), added=((99_999, three[0].pk),)
    )
    back = actions.undo(place=place(world.program), moved=moved, by=world.users.editor)
    assert back.added == ((need.pk, three[0].pk),)


def test_the_way_to_merging_is_one_form_with_its_button(hr, world):
    """A form inside a form would leave the button outside both."""
    factories.need(world.program, "Det ena")
    gone = factories.need(world.program, "Det andra")
    page = hr.get(f"/ostra/chefer/behov/{gone.pk}/sla-ihop/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("<form") == 1
    form = main[main.index("<form") : main.index("</form>")]
    assert 'name="into"' in form
    assert "Gå vidare" in form


def test_a_need_that_is_gone_takes_nothing_with_it(hr, world):
    (row,) = said(world, "Systemen krånglar")
    need, keep = factories.need(world.program, "Borta"), factories.need(world.program, "Kvar")
    stale = Need.objects.get(pk=need.pk)
    actions.merge_needs(keep=keep, gone=need, by=world.users.editor)
    with pytest.raises(Need.DoesNotExist):
        actions.link_statements(need=stale, keys=[row.pk], by=world.users.editor)
    assert not row.needs.exists()


def test_a_personal_number_is_refused_in_a_need(hr, world):
    (row,) = said(world, "Systemen krånglar")
    post(hr, "new", [row], title="Samtal 19121212-1212 om", level="organisation")
    response = hr.post(
        "/ostra/chefer/behov/nytt/", {"title": "Ett behov", "level": "leader", "description": "19121212-1212"}
    )
    assert list(response.context["form"].errors) == ["description"]
    assert not Need.objects.exists()
