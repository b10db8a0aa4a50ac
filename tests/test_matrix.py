"""Needs and themes by department, as page, spreadsheet and report: the same figures, of what each may see."""

import datetime as dt
import io
import re
from types import SimpleNamespace

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from dialogues.models import Statement
from program.models import Response
from reports import content
from reports.facts import compose
from tests import factories

NEEDS, THEMES, FILE = (
    "/ostra/chefer/behov/likheter/",
    "/ostra/chefer/inspel/teman/",
    "/ostra/chefer/behov/likheter.xlsx",
)
HELD = dt.date(2026, 3, 1)


def said(world, texts, *, departments=None, published=False, needs=(), theme="", kind="current", **fields):
    """A confirmed meeting, and published when asked; every text speaks for the needs."""
    now, user = timezone.now(), world.users.editor
    stamps = {"confirmed_at": now, "confirmed_by": user}
    if published:
        stamps |= {"head_agreed_at": now, "head_agreed_by": user, "hr_agreed_at": now, "hr_agreed_by": user,
                   "published_at": now}  # fmt: skip
    places = [world.home] if departments is None else departments
    row = factories.dialogue(world.program, departments=places, statements=texts, **stamps | fields)
    row.statements.update(theme=theme, kind=kind)
    for statement in row.statements.all():
        statement.needs.set(needs)
    return row


@pytest.fixture
def told(world):
    """Two departments and two needs: both speak of support, one alone of systems."""
    support, systems = (factories.need(world.program, title) for title in ("Stöd", "System"))
    leader = factories.need(world.program, "Handledning", level="leader")
    said(
        world, ["Vi har stöd nära", "Assistenten avlastar"], needs=[support], theme="strength", published=True
    )
    said(world, ["Systemen krånglar"], needs=[systems, support], theme="change", departments=[world.other])
    return SimpleNamespace(support=support, systems=systems, leader=leader)


def figures(response) -> dict[str, tuple]:
    """Row → counts by column, and the total."""
    return {row.head.name: (*row.cells, row.total) for row in response.context["matrix"].rows}


def test_it_counts_needs_by_department(hr, world, told):
    response = hr.get(NEEDS)
    assert figures(response) == {"Stöd": (2, 1, 3), "System": (0, 1, 1), "Handledning": (0, 0, 0)}
    assert response.context["sentences"] == [
        "Ett av tre behov lyfts av alla två avdelningar som har haft dialog: Stöd.",
        "Lyfts av hälften eller färre: System (Myndigheten).",
        "Inget inspel här talar för: Handledning.",
    ]


def test_it_counts_themes_by_department(hr, world, told):
    said(world, ["Utan tema"])
    response = hr.get(THEMES)
    assert figures(response)["Styrka"] == (2, 0, 2)
    assert response.context["sentences"][0] == "Vanligast är styrka: två av tre inspel som har ett tema."
    assert response.context["sentences"][-1] == "Ett inspel har inget tema."


def test_a_meeting_of_two_departments_counts_in_both_and_once_in_the_total(hr, world, told):
    said(world, ["Gemensamt"], departments=[world.home, world.other], needs=[told.systems])
    response = hr.get(NEEDS)
    assert figures(response)["System"] == (1, 2, 2)
    assert "räknas hos var och en av dem" in response.content.decode()


def test_a_meeting_without_departments_is_a_column_of_its_own(hr, world, told):
    said(world, ["Från enkäten"], departments=[], needs=[told.leader], kind="need", title="Enkäten")
    response = hr.get(NEEDS)
    assert [column.name for column in response.context["matrix"].columns] == [
        "Hemtjänsten", "Myndigheten", "utan avdelning",
    ]  # fmt: skip
    assert figures(response)["Handledning"] == (0, 0, 1, 1)
    words = hr.get(f"{NEEDS}?avdelning=utan").context["words"]
    assert [row.text for row in words["rows"]] == ["Från enkäten"]


def test_drafts_and_what_is_not_to_be_published_do_not_count(hr, world, told):
    factories.dialogue(world.program, departments=[world.home], statements=["Ett utkast"])
    Statement.objects.filter(text="Assistenten avlastar").update(is_withheld=True)
    assert figures(hr.get(NEEDS))["Stöd"] == (1, 1, 2)


def test_departments_without_a_dialogue_are_named(hr, sign_in, world, told):
    factories.department(world.ours, "30", "Kvalitet")
    assert "Utan dialog: Kvalitet." in hr.get(NEEDS).content.decode()
    page = sign_in(world.users.reader).get(NEEDS).content.decode()
    assert "inte är publicerad för dig: Myndigheten." in page


@pytest.mark.parametrize(
    ("kind", "total"),
    [("editor", 3), ("director", 3), ("department_head", 2), ("manager", 2), ("reader", 2), ("secretary", 2)],
)
def test_each_role_counts_what_it_may_read(sign_in, world, told, kind, total):
    client = sign_in(getattr(world.users, kind))
    response = client.get(f"{NEEDS}?behov={told.support.pk}")
    assert figures(response)["Stöd"][-1] == len(response.context["words"]["rows"]) == total
    assert ("Systemen krånglar" in response.content.decode()) is (total == 3)


def test_every_count_leads_to_as_many_words(hr, world, told):
    said(world, ["Gemensamt"], departments=[world.home, world.other], needs=[told.systems], theme="network")
    for page in (NEEDS, THEMES):
        for href, count in re.findall(r'href="(\?[^"]*)#ord"[^>]*>(\d+)<', hr.get(page).content.decode()):
            words = hr.get(page + href.replace("&amp;", "&")).context["words"]
            assert len(words["rows"]) == int(count), href


def test_kind_and_level_narrow_both_figures_and_words(hr, world, told):
    said(world, ["Mer stöd"], needs=[told.support, told.leader], kind="opportunity")
    response = hr.get(f"{NEEDS}?slag=opportunity&behov={told.support.pk}")
    assert figures(response)["Stöd"] == (1, 0, 1)
    assert [row.text for row in response.context["words"]["rows"]] == ["Mer stöd"]
    response = hr.get(f"{NEEDS}?niva=leader&avdelning={world.home.pk}")
    assert figures(response) == {"Handledning": (1, 0, 1)}
    assert [row.text for row in response.context["words"]["rows"]] == ["Mer stöd"]
    assert len(figures(hr.get(f"{NEEDS}?slag=x&niva=y&behov=abc&avdelning=%00"))) == 3


def test_another_organisations_need_and_department_choose_nothing(hr, world, told):
    need, department = factories.need(world.hidden, "Hemligt"), world.theirs.departments.get()
    response = hr.get(f"{NEEDS}?behov={need.pk}&avdelning={department.pk}")
    assert response.context["words"] is None
    assert "emlig" not in response.content.decode()


def test_without_dialogues_it_invites(hr, world):
    for page in (NEEDS, THEMES):
        assert "när dialoger är bekräftade" in hr.get(page).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(hr, world, rows, django_assert_num_queries):
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        home = factories.department(world.ours, f"4{number}", f"Avdelning {number}")
        said(world, ["Ett", "Två"], needs=[need], theme="support", departments=[home])
    with django_assert_num_queries(10):
        assert len(hr.get(f"{NEEDS}?behov={need.pk}").context["words"]["rows"]) == 2
    with django_assert_num_queries(9):
        hr.get(f"{THEMES}?tema=support")
    with django_assert_num_queries(12):
        hr.get(FILE)
    report = factories.report(world.program)
    with django_assert_num_queries(39):
        compose(report)


def book(client, query=""):
    return load_workbook(io.BytesIO(client.get(FILE + query).content))


def rows_of(sheet) -> list[tuple]:
    return [tuple(value for value in row if value is not None) for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_holds_both_matrices_and_the_words(hr, world, told):
    found = book(hr)
    assert found.sheetnames == ["Behov per avdelning", "Teman per avdelning", "Inspel"]
    needs, themes, words = found
    assert ("Behov", "Hemtjänsten", "Myndigheten", "Inspel", "Avdelningar") in rows_of(needs)
    assert ("Stöd", 2, 1, 3, 2) in rows_of(needs)
    assert ("I allt", 2, 1, 3) in rows_of(needs)
    assert ("Styrka", 2, 0, 2, 1) in rows_of(themes)
    texts = [row[-1] for row in rows_of(words)[-3:]]
    assert texts == ["Vi har stöd nära", "Assistenten avlastar", "Systemen krånglar"]
    assert words.freeze_panes is not None
    (day,) = {cell.value for cell in words["A"] if cell.is_date}
    assert day.date() == HELD


def test_the_workbook_holds_only_what_the_reader_may_see(sign_in, world, told):
    found = book(sign_in(world.users.reader))
    assert "Systemen krånglar" not in str([rows_of(sheet) for sheet in found])
    assert ("Stöd", 2, 2, 1) in rows_of(found.worksheets[0])


def test_the_workbook_follows_the_choice_and_says_so(hr, world, told):
    found = book(hr, "?niva=leader&slag=need")
    texts = [row[0] for row in rows_of(found.worksheets[0]) if row]
    assert "Bara: behov, nivå ledarens egen." in texts
    assert "Stöd" not in texts


def test_example_data_is_marked_in_every_sheet(hr, world, told):
    assert "Exempeldata" not in str([rows_of(sheet) for sheet in book(hr)])
    world.ours.is_example = True
    world.ours.save()
    assert all("Exempeldata" in str(rows_of(sheet)) for sheet in book(hr))


@pytest.mark.parametrize("text", ["=1+1", "+46 70", "-5", "@SUM(A1)", "'=1"])
def test_nothing_that_was_said_becomes_a_formula(hr, world, text):
    need = factories.need(world.program, f"{text} behov")
    said(world, [text], needs=[need])
    found = book(hr)
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    (cell,) = (cell for cell in cells if cell.value == text)
    assert cell.quotePrefix


def blocks(world, cut_off=dt.date(2026, 5, 20)) -> list:
    report = world.program.reports.first() or factories.report(world.program)
    report.cut_off = cut_off
    composed = compose(report)
    return list(next(section for section in composed.sections if section.key == "dialogues").blocks)


def tables(found) -> dict[str, content.Table]:
    return {block.caption: block for block in found if isinstance(block, content.Table)}


def test_the_report_shows_the_same_figures(world, told):
    found = blocks(world)
    table = tables(found)["Behov per avdelning: antal inspel"]
    assert table.columns == ("Behov", "Hemtjänsten", "Myndigheten", "I allt")
    assert table.rows == (
        ("Stöd", "2", "1", "3"), ("System", "–", "1", "1"), ("Handledning", "–", "–", "–"),
        ("I allt", "2", "1", "3"),
    )  # fmt: skip
    (chart,) = (block for block in found if isinstance(block, content.Chart))
    assert chart.caption == "Ett av tre behov lyfts av alla två avdelningar som har haft dialog: Stöd."
    assert tables(found)["Behoven och det som svarar mot dem"].rows[0][2:4] == ("3", "2")
    assert tables(found)["Styrkor och behov i inspelen, efter tema"].rows == (
        ("Hemtjänsten", "2", *"–––––"), ("Myndigheten", "–", "–", "1", *"–––"), ("I allt", "2", "–", "1", *"–––"),
    )  # fmt: skip


def test_the_report_counts_to_its_cut_off(world, told):
    before = blocks(world, dt.date(2026, 5, 19))
    said(world, ["Senare"], needs=[told.leader], theme="network", held_on=dt.date(2026, 5, 20))
    assert blocks(world, dt.date(2026, 5, 19)) == before
    assert blocks(world, dt.date(2026, 5, 20)) != before


def test_the_report_names_other_meetings(world, told):
    said(world, ["Från workshopen"], departments=[], kind="need", title="Workshop om roller", theme="support")
    workshop = world.program.dialogues.filter(title="Workshop om roller")
    workshop.update(kind="workshop", held_words="våren 2026")
    unpublished = tables(blocks(world))["Dialoger och andra möten"]
    assert ("Workshop", "våren 2026", "0", "0", "1") in unpublished.rows  # its name is words of the group's
    before, by = "2026-05-01T08:00Z", world.users.editor
    workshop.update(published_at=before, hr_agreed_at=before, hr_agreed_by=by)
    found = blocks(world)
    assert found[0].text.startswith("Två dialoger och en workshop har hållits")
    table = tables(found)["Dialoger och andra möten"]
    assert ("Workshop om roller", "våren 2026", "0", "0", "1") in table.rows
    assert tables(found)["Styrkor och behov i inspelen, efter tema"].rows[2][:3] == (
        "Utan avdelning",
        "–",
        "1",
    )


def answer(told, department, on, outcome="referred", **fields):
    words = {"referred_to": "Regionen"} if outcome == "referred" else {}
    return Response.objects.create(
        need=told.support, department=department, on=on, outcome=outcome, **words | fields
    )


def test_the_report_counts_answers_as_they_stood(world, told):
    assert blocks(world)[-1].text == (
        "Avdelningarna har lyft behov tre gånger, räknat behov för behov och avdelning för avdelning: "
        "inga har fått återkoppling, inga är öppna och tre väntar på svar."
    )
    answer(told, world.home, dt.date(2026, 4, 1), "open")
    answer(told, world.home, dt.date(2026, 5, 20))
    answer(told, world.other, dt.date(2026, 5, 21))
    found = blocks(world)
    assert "ett har fått återkoppling, inga är öppna och två väntar" in found[-2].text
    assert found[-1].rows == (("Hänvisat till någon annan", "1"), ("Ingen återkoppling ännu", "2"))
