"""The organisation's own layout: headings, order, fixed texts and sections of its own."""

import re

import pytest

from reports import actions, layouts
from reports.facts import compose
from reports.models import Section, SectionLayout
from reports.outline import ours
from tests import factories

PAGE = "/ostra/chefer/rapporter/mall/halvar/"


def posted(client, **changes) -> dict[str, str]:
    """What the browser would send of the page as it is, with some fields changed."""
    form = client.get(PAGE).context["form"]
    data = {"seen": form["seen"].value()}
    for part in form.parts():
        for row in (*part.rows, *part.waiting):
            for field in (row.heading, row.fixed, row.order):
                data[field.html_name] = str(field.value() or "")
            if row.out.value():
                data[row.out.html_name] = "on"
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def headings(report) -> list[str]:
    content = compose(report)
    return [row.heading for row in content.whole]


@pytest.fixture
def client_(sign_in, world):
    return sign_in(world.users.editor)


@pytest.fixture
def report(world):
    return factories.report(world.program)


def test_an_error_among_the_empty_rows_is_in_sight(client_, world):
    page = client_.post(PAGE, posted(client_) | {"fixed-new-report-2": "Text utan rubrik"})
    assert list(page.context["form"].errors) == ["heading-new-report-2"]
    assert '<details class="more" open>' in page.content.decode()


@pytest.mark.parametrize("field", ["heading-summary", "fixed-risks"])
def test_personal_numbers_are_refused_at_their_place(client_, world, field):
    page = client_.post(PAGE, posted(client_) | {field: "Om 19121212-1212"})
    assert list(page.context["form"].errors) == [field]
    assert "personnummer" in page.content.decode()
    assert not SectionLayout.objects.exists()


def test_what_is_as_ours_is_not_stored(client_, world):
    assert client_.post(PAGE, posted(client_)).status_code == 302
    same = next(place.heading for place in ours("half_year") if place.key == "risks")
    client_.post(PAGE, posted(client_, heading__risks=same))
    assert not SectionLayout.objects.exists()


def test_headings_order_fixed_texts_and_leaving_out_are_saved_at_once(client_, world, report):
    data = posted(client_, heading__summary="Kort sagt", fixed__risks="Så arbetar vi med risker.",
                  order__span="45", out__burden="on")  # fmt: skip
    assert client_.post(PAGE, data).status_code == 302
    told = headings(report)
    assert "Kort sagt" in told
    assert "Vad programmet tar av cheferna" not in told
    assert told.index("Chefsområden") == 4
    risks = next(row for row in compose(report).sections if row.key == "risks")
    assert risks.fixed == "Så arbetar vi med risker."


def test_own_sections_come_in_each_part_and_in_reports_not_approved(client_, world, report):
    data = {"heading-new-letter-1": "Ekonomiska konsekvenser", "heading-new-report-1": "Barnrättsperspektiv",
            "heading-new-report-2": "Klimat"}  # fmt: skip
    client_.post(PAGE, posted(client_) | data)
    content = compose(report)
    assert content.letter.sections[-1].heading == "Ekonomiska konsekvenser"
    assert [row.heading for row in content.sections[-2:]] == ["Barnrättsperspektiv", "Klimat"]
    keys = set(SectionLayout.objects.values_list("key", flat=True))
    assert keys == {"own-1", "own-2", "own-3"}
    assert keys <= set(report.sections.values_list("key", flat=True))


def test_a_part_has_room_for_five(client_, world):
    client_.post(PAGE, posted(client_) | {f"heading-new-report-{n}": f"Eget {n}" for n in range(1, 6)})
    report = next(part for part in client_.get(PAGE).context["form"].parts() if part.key == "report")
    assert (sum(row.line.is_own for row in report.rows), report.waiting) == (5, [])


def test_an_own_section_with_a_text_is_left_out_and_never_taken_away(client_, world, report):
    client_.post(PAGE, posted(client_) | {"heading-new-report-1": "Klimat"})
    Section.objects.filter(report=report, key="own-1").update(text="Vi mäter.")
    response = client_.post(PAGE, posted(client_) | {"heading-own-1": ""})
    assert list(response.context["form"].errors) == ["heading-own-1"]
    assert "2026H1" in response.context["form"].errors["heading-own-1"][0]
    client_.post(PAGE, posted(client_) | {"out-own-1": "on"})
    assert "Klimat" not in headings(report)
    client_.post(PAGE, {key: value for key, value in posted(client_).items() if key != "out-own-1"})
    assert compose(report).sections[-1].narrative == "Vi mäter."


def test_an_empty_own_section_is_taken_away_and_its_key_is_not_given_again(client_, world, report):
    client_.post(PAGE, posted(client_) | {"heading-new-report-1": "Klimat"})
    client_.post(PAGE, posted(client_) | {"heading-own-1": ""})
    assert not SectionLayout.objects.exists()
    client_.post(PAGE, posted(client_) | {"heading-new-report-1": "Miljö"})
    assert SectionLayout.objects.get().key == "own-2"


@pytest.mark.parametrize(("way", "first"), [("clauses:down", "instructions"), ("instructions:up", "instructions"),
                                            ("clauses:up", "clauses")])  # fmt: skip
def test_moving_changes_places_and_saves_nothing(client_, world, way, first):
    response = client_.post(PAGE, posted(client_, heading__risks="Min rubrik") | {"move": way})
    parts = {part.key: part for part in response.context["form"].parts()}
    assert parts["report"].rows[0].line.key == first
    assert response.context["form"]["heading-risks"].value() == "Min rubrik"
    assert not SectionLayout.objects.exists()


@pytest.mark.parametrize(("move", "focus"), [("instructions:down", "instructions:down"), ("instructions:up", "instructions:down"),
                                             ("clauses:down", "clauses:down")])  # fmt: skip
def test_the_moved_rows_button_keeps_the_focus(client_, world, move, focus):
    """A button that cannot be pressed takes no focus: at the top its other button does."""
    page = client_.post(PAGE, posted(client_) | {"move": move}).content.decode()
    assert re.findall(r'value="([a-z:-]+)" autofocus>', page) == [focus]
    assert "formaction" not in page


def test_two_editors_are_told_apart(client_, world):
    first, second = posted(client_, heading__summary="Ettan"), posted(client_, heading__summary="Tvåan")
    second["heading-new-report-1"] = "Klimat"
    client_.post(PAGE, first)
    response = client_.post(PAGE, second)
    errors = response.context["form"].non_field_errors()
    assert "Ettan" in errors[0]
    assert response.context["form"]["heading-summary"].value() == "Tvåan"
    assert SectionLayout.objects.get().heading == "Ettan"
    second["seen"] = response.context["form"]["seen"].value()
    client_.post(PAGE, second)
    assert {row.heading for row in SectionLayout.objects.all()} == {"Tvåan", "Klimat"}


def test_frozen_reports_keep_theirs(client_, world, report):
    Section.objects.filter(report=report).update(text="x")
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    release = actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision)
    before = report.sections.count()
    client_.post(PAGE, posted(client_, heading__summary="Nytt") | {"heading-new-report-1": "Klimat"})
    release.refresh_from_db()
    assert "Nytt" not in release.content
    assert report.sections.count() == before


@pytest.mark.parametrize("place", ["0", "1000", "x", ""])
def test_a_place_that_is_no_place_is_told_and_nothing_is_lost(client_, world, place):
    response = client_.post(PAGE, posted(client_, heading__summary="Kort", order__summary=place))
    assert list(response.context["form"].errors) == ["order-summary"]
    assert "Kort" in response.content.decode()
    assert not SectionLayout.objects.exists()


def test_the_proposal_stays_in_the_letter(client_, world, report):
    client_.post(PAGE, posted(client_, out__proposal="on"))
    assert headings(report)[0] == "Förslag till beslut"


@pytest.mark.parametrize("kind", ["department_head", "director", "secretary", "manager", "reader", "admin"])
def test_only_hr_shapes(sign_in, world, kind):
    client = sign_in(getattr(world.users, kind))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {}).status_code == 403


@pytest.mark.parametrize("kind", ["plan", "halvar", "slut", "manad", "chefer"])
def test_every_kind_has_its_page(client_, world, kind):
    assert client_.get(f"/ostra/chefer/rapporter/mall/{kind}/").status_code == 200


@pytest.mark.parametrize("rows", [1, 5])
def test_page_query_count(client_, world, rows, django_assert_num_queries):
    for number in range(rows):
        SectionLayout.objects.create(
            organisation=world.ours,
            kind="half_year",
            part="report",
            key=f"own-{number}",
            heading=f"Nr {number}",
            order=200,
        )
    with django_assert_num_queries(6):
        client_.get(PAGE)


def test_our_own_shape_is_the_outline():
    assert [line.key for line in layouts.lines("half_year", ())] == [place.key for place in ours("half_year")]
