"""A plan out as a spreadsheet, edited, and in again: exactly the edits, all or nothing, nothing from elsewhere."""

import csv
import datetime as dt
import io
import json
import time
import zipfile
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models import F
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from organisation.access import Kind
from organisation.models import Role
from program.exchange import apply, told
from program.exchange.compare import compare
from program.exchange.reading import read_file
from program.exchange.snapshot import take
from program.exchange.tables import NotATable
from program.exchange.write import to_csv, to_xlsx
from program.models import Activity, Area, FollowUp, PlanFile, PlanLink, StatusUpdate, Step
from tests import factories, plans
from tests.factories import DAY


@pytest.fixture
def place(world):
    return factories.place(world.program)


@pytest.fixture
def rich(world):
    """An activity with something in every column, nasty texts among them."""
    own = world.program
    need = factories.need(own, "Enklare system")
    activity = factories.activity(
        own, "=SUMMA(A1)", number="7", responsible=[factories.role(world.ours, "Förste chef")],
        departments=[world.home], needs=[need], current_state="Rad ett\nRad två", measure="- börjar med streck",
        desired_result="+1 procent", part_of="@annat", referred_to="Kommunledningen", referral_outcome="Svar väntas",
        funding="Ramen", hours_per_manager=Decimal("3.5"), months=[2, 9], weeks="10–12", audiences=["new", "experienced"],
        joint_responsibility=True, is_recurring=True, kind="training", level="leader", deadline="hösten 2026",
        starts=dt.date(2025, 9, 1), starts_words="hösten 2025",
    )  # fmt: skip
    Step.objects.create(activity=activity, number="1", text="'=2+2", deadline=DAY, order=0)
    Step.objects.create(activity=activity, text="utan nummer\nmed rad", completed_on=DAY, order=1)
    FollowUp.objects.create(
        activity=activity, planned_on=DAY, held_on=DAY, outcome="Bra; och dåligt", kind="evaluation"
    )
    FollowUp.objects.create(activity=activity, planned_on=dt.date(2026, 8, 31), planned_words="sommaren 2026")
    PlanLink.objects.create(activity=activity, plan="budget", year=2026, note="mål 3")
    PlanLink.objects.create(activity=activity, plan="staffing", year=2027)
    return activity


def exported(place, form: str = "csv", language: str = "sv") -> bytes:
    held = take(place, dt.date(2026, 11, 22))
    return to_csv(held, language) if form == "csv" else to_xlsx(held, place.program, language, [])


def compared(content: bytes, place, name: str = "plan.csv", **options):
    return compare(read_file(name, content, place), place, dt.date(2026, 11, 22), **options)


def edited(content: bytes, *changes: tuple[int, str, str]) -> bytes:
    """A CSV with cells changed: row (1 is the first below the headings), heading, text."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    for row, heading, text in changes:
        rows[row][rows[0].index(heading)] = text
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_export_reads_back_as_unchanged(place, rich, form, language):
    found = compared(exported(place, form, language), place, f"plan.{form}")
    assert found.wrong == []
    assert [(row.state, row.changes) for row in found.results] == [("unchanged", [])]
    assert (found.steps, found.missing, found.unknown) == (2, [], [])


def test_export_edit_import_gives_exactly_the_edits(place, rich, world):
    content = edited(
        exported(place),
        (1, "Aktivitet eller delåtgärd", "Ny rubrik"), (1, "Klart senast", "2027-01-31"), (1, "Kommentar", "Flyttas."),
        (1, "Ansvarig", "HR chef; Ny roll"), (1, "Månader", ""), (1, "Kopplad till planer", "Budget 2028"),
        (2, "Klart senast", "våren 2026"), (3, "Aktivitet eller delåtgärd", "annan text"), (4, "Utfall", "Bättre"),
    )  # fmt: skip
    before = take(place, dt.date(2026, 11, 22))[0]
    done = apply.apply_plan(
        reading=read_file("plan.csv", content, place),
        place=place,
        by=world.users.editor,
        today=dt.date(2026, 11, 22),
    )
    assert [row.state for row in done.results] == ["changed"]
    after = take(place, dt.date(2026, 11, 22))[0]
    differs = {key for key in after.values if after.values[key] != before.values[key]}
    assert differs == {"title", "deadline", "comment", "responsible", "months", "plan_links"}
    assert after.values["responsible"] == ("HR-chef", "Ny roll")
    assert after.values["plan_links"] == ((2028, "budget", ""),)
    assert after.values["deadline"].text == "2027-01-31"
    assert [step.values["deadline"].text for step in after.steps] == ["våren 2026", ""]
    assert [step.values["text"] for step in after.steps] == ["'=2+2", "annan text"]
    assert [row.values["outcome"] for row in after.follow_ups] == ["Bättre", ""]
    assert StatusUpdate.objects.filter(activity=rich).count() == 2
    assert StatusUpdate.objects.filter(activity=rich).first().by == world.users.editor
    assert compared(exported(place), place).count("unchanged") == 1


@pytest.mark.parametrize(
    ("name", "content"), [("p.csv", plans.as_csv()), ("p.xlsx", plans.as_xlsx()), ("p.docx", plans.as_docx())]
)
def test_an_action_plan_is_read_in_whole_and_then_unchanged(place, world, name, content):
    place.program.dated = dt.date(2019, 9, 10)
    reading = read_file(name, content, place)
    done = apply.apply_plan(reading=reading, place=place, by=None, today=DAY)
    assert done.count("new") == Activity.objects.filter(program=world.program).count() == 17
    assert Step.objects.filter(activity__program=world.program).count() == 29
    assert done.new_areas.count("Ledarskap") == 1
    assert done.new_roles == [
        "Avdelningschef för digitalisering och välfärdsteknik",
        "Myndighetschef",
        "Omsorgsdirektör",
        "Verksamhetschefer",
    ]
    flagged = {
        row.values["number"]: [(flag.code, flag.step) for flag in row.flags]
        for row in done.results
        if row.flags
    }
    assert flagged == {"6": [("before_its_year", "")], "8": [("before_plan", "4")]}
    again = compared(content, place, name)
    assert (again.count("unchanged"), again.wrong) == (17, [])


def test_a_plan_from_elsewhere_does_not_take_the_place_of_the_programmes_own(place):
    factories.activity(place.program, "Startpaket för nya chefer", number="1")
    factories.activity(place.program, "Ledarskap – Stora chefsområden i vår del", number="1b")
    found = compared(plans.as_csv(), place)
    assert (found.count("new"), found.count("changed"), found.taken_numbers) == (17, 0, ["1"])
    text = "Nr;Aktivitet;Klart senast\n1;Startpaketet för nya chefer;2027-01-31\n1b;Något helt annat;2027-01-31\n"
    assert [row.state for row in compared(text.encode(), place).results] == ["changed", "new"]


def test_formulas_leave_as_text(place, rich):
    for row in csv.reader(io.StringIO(exported(place).decode("utf-8-sig")), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    sheet = load_workbook(io.BytesIO(exported(place, "xlsx"))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s", "d"}
    assert sheet["E2"].value == "=SUMMA(A1)"


def test_excel_offers_the_words_that_can_stand_in_a_column(place, rich):
    sheet = load_workbook(io.BytesIO(exported(place, "xlsx"))).worksheets[0]
    offered = {str(row.sqref).split("2:")[0]: row.formula1 for row in sheet.data_validations.dataValidation}
    by_heading = {sheet[f"{letter}1"].value: words for letter, words in offered.items()}
    assert by_heading["Status"] == '"planerad,pågår,genomförd,stoppad"'
    assert by_heading["Typ"] == '"aktivitet,delåtgärd,uppföljning,utvärdering"'


WRONG = [
    ("Klart senast", "2025-13-40", "Datumet finns inte: 2025-13-40."),
    ("Status", "kanske", "kanske"),
    ("Avdelningar", "Hemlig avdelning", "Hemlig avdelning"),
    ("Behov", "Hemligt behov", "Hemligt behov"),
    ("Timmar per chef", "-3", "0"),
    ("Månader", "13", "13"),
    ("Återkommer varje år", "kanske", "kanske"),
    ("Kopplad till planer", "Budget", "Budget 2025"),
    ("Aktivitet eller delåtgärd", "", "fyllas i"),
    ("Aktivitet eller delåtgärd", "x" * 241, "240"),
    ("Nuläge", "ett\x07pip", "styrtecken"),
    ("Genomförd", "2099-01-01", "framtiden"),
    ("Timmar per chef", "1e99999999999", "2000"),
    ("Timmar per chef", "1,25", "1,25"),
    ("Kopplad till planer", "Budget 2025 (a\x07b)", "styrtecken"),
    ("Kopplad till planer", "Budget 2025; Budget 2025 (x)", "Budget 2025"),
    ("Kopplad till planer", f"Budget 2025 ({'x' * 201})", "Budget 2025"),
    ("Id", "A0", "A0"),
    ("Veckor", "54", "54"),
    ("Id", "B99", "B99"),
    ("Område", "", "fyllas i"),
]


@pytest.mark.parametrize(("heading", "text", "said"), WRONG, ids=[f"{h}-{t[:10]}" for h, t, _s in WRONG])
def test_what_cannot_be_understood_is_told_with_its_place_and_nothing_is_written(
    place, world, rich, heading, text, said
):
    StatusUpdate.objects.all().update(comment="")
    factories.need(world.hidden, "Hemligt behov")
    content = edited(exported(place), (1, heading, text))
    found = compared(content, place)
    (error,) = told.errors(found)
    assert (error["row"], error["column"]) == (2, heading)
    assert said in error["message"]
    with pytest.raises(apply.HasErrors):
        apply.apply_plan(reading=read_file("p.csv", content, place), place=place, by=None, today=DAY)


@pytest.mark.parametrize(("status", "column"), [("genomförd", "Genomförd"), ("stoppad", "Kommentar")])
def test_a_status_wants_its_day_or_its_reason(place, rich, status, column):
    (error,) = told.errors(compared(edited(exported(place), (1, "Status", status)), place))
    assert (error["row"], error["column"]) == (2, column)


def test_an_outcome_wants_the_day_it_was_held(place, rich):
    content = edited(exported(place), (5, "Utfall", "Gick bra"))
    (error,) = told.errors(compared(content, place))
    assert (error["row"], error["column"]) == (6, "Genomförd")


def test_an_id_of_another_organisation_is_unknown(place, world, rich):
    theirs = factories.activity(world.hidden, "Hemlig aktivitet")
    (error,) = told.errors(compared(edited(exported(place), (1, "Id", f"A{theirs.pk}")), place))
    assert error["column"] == "Id"
    assert "Hemlig" not in error["message"]


def test_all_or_nothing_when_writing_fails(place, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(StatusUpdate.objects.__class__, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        apply.apply_plan(reading=read_file("p.csv", plans.as_csv(), place), place=place, by=None, today=DAY)
    assert (Activity.objects.count(), Area.objects.count(), Role.objects.count()) == (0, 2, 2)


def test_only_what_the_reader_changed_in_the_file_is_changed_here(place, rich, world):
    """Others have worked on since the file was made: what they did stays, and only a real clash is asked about."""
    content = edited(exported(place), (1, "Nuläge", "Från filen"), (5, "Utfall", ""))
    rich.measure, rich.revision = "Från sidan", 9
    rich.save()
    factories.status(
        rich, "under_way", on=DAY + dt.timedelta(days=1), deadline="2028-01-31", comment="Flyttad"
    )
    later = rich.follow_ups.get(planned_words="sommaren 2026")
    later.held_on, later.outcome = DAY, "Hållen sedan dess"
    later.save()
    found = compared(content, place)
    assert found.wrong == []
    (result,) = found.results
    assert [(change.key, change.after) for change in result.changes] == [("current_state", "Från filen")]
    assert [part.state for part in result.follow_ups] == ["unchanged", "unchanged"]
    apply.apply_plan(reading=read_file("p.csv", content, place), place=place, by=None, today=DAY)
    rich.refresh_from_db()
    assert (rich.current_state, rich.measure) == ("Från filen", "Från sidan")


def test_where_both_changed_the_same_nothing_is_overwritten_unseen(place, rich):
    content = edited(exported(place), (1, "Nuläge", "Från filen"))
    Activity.objects.filter(pk=rich.pk).update(current_state="Från sidan")
    (error,) = told.errors(compared(content, place))
    assert (error["row"], error["column"]) == (2, "Nuläge")
    assert "Från sidan" in error["message"]
    assert compared(content, place, overwrite=True).count("changed") == 1
    assert compared(edited(content, (1, "Nuläge", "Från sidan")), place).wrong == []


def test_somebody_who_saves_while_the_file_is_written_is_not_overwritten(place, rich, monkeypatch):
    content = edited(exported(place), (1, "Nuläge", "Från filen"))
    compared_first = apply.compare

    def compare_and_be_overtaken(*args, **options):
        found = compared_first(*args, **options)
        Activity.objects.filter(pk=rich.pk).update(measure="Från sidan", revision=F("revision") + 1)
        return found

    monkeypatch.setattr(apply, "compare", compare_and_be_overtaken)
    with pytest.raises(apply.Moved):
        apply.apply_plan(reading=read_file("p.csv", content, place), place=place, by=None, today=DAY)
    rich.refresh_from_db()
    assert (rich.current_state, rich.measure) == ("Rad ett\nRad två", "- börjar med streck")


def test_the_same_file_a_second_time_changes_nothing(place, rich):
    new = ";aktivitet;;Chefers förutsättningar;Ny rad;;;;HR-chef" + ";" * 23 + "\n"
    content = edited(exported(place), (1, "Nuläge", "Från filen")) + new.encode()
    reading = read_file("p.csv", content, place)
    assert apply.apply_plan(reading=reading, place=place, by=None, today=DAY).count("new") == 1
    again = compared(content, place)
    assert (again.wrong, again.count("unchanged")) == ([], 2)


def test_two_activities_of_one_title_are_not_doubled(place):
    content = b"Nr;Aktivitet;Klart senast\n1;Lika;2027-01-31\n1;Lika;2027-02-28\n"
    for expected in (("new", "new"), ("unchanged", "unchanged")):
        reading = read_file("p.csv", content, place)
        done = apply.apply_plan(reading=reading, place=place, by=None, today=DAY)
        assert tuple(row.state for row in done.results) == expected


NASTY = [
    "två  blanksteg",
    "hårt\u00a0blank",
    "rad\u2028skifte",
    "slut-\nnytt",
    "_x000D_",
    "'=1",
    '"citat"',
    "1) tal",
    "a; b",
]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_whatever_is_stored_reads_back_as_unchanged(place, world, text, form):
    role = Role.objects.create(organisation=world.ours, name=f"Roll {text}")
    other = Role.objects.create(organisation=world.ours, name="Gemensamt ansvar")
    need = factories.need(world.program, f"Behov {text}")
    for named in ([role, other], [other]):
        row = factories.activity(
            world.program,
            f"T {text}",
            number="1) a",
            part_of=text,
            measure=text,
            needs=[need],
            responsible=named,
        )
        Step.objects.create(activity=row, text=text)
        Step.objects.create(activity=row, text=text)
    found = compared(exported(place, form), place, f"p.{form}")
    assert [(row.state, row.changes) for row in found.results] == [("unchanged", [])] * 2


def test_hostile_cells_take_no_time(place):
    start = time.process_time()
    for cell in (
        "1-" + "\n" * 9000 + "x",
        "a" + "\n" * 9000 + "b",
        "1-" + " \n" * 4000,
        "a" + " " * 9000 + "x",
        "1) " * 3000,
    ):
        line = ";".join(
            ["aktivitet", cell.replace("\n", " "), f'"{cell}"', f'"{cell}"', cell.replace("\n", " ")]
        )
        compared(f"Typ;Aktivitet;Åtgärd;Ansvarig;Kopplad till planer\n{line}\n".encode(), place)
        compared(f'Aktivitet;Åtgärd\n"{cell}";"{cell}"\n'.encode(), place)
    assert time.process_time() - start < 5


def test_a_small_file_that_unpacks_to_much_is_refused(place):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _row in range(300):
        sheet.append(["x" * 10_000 + " "] * 20)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(NotATable, match="too_large"):
        read_file("p.xlsx", out.getvalue(), place)


def test_a_word_file_whose_text_would_fill_the_memory_is_refused(place):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" + "<b/>" * 4_000_000 + "</a>")
    with pytest.raises(NotATable, match="too_large"):
        read_file("p.docx", out.getvalue(), place)


def test_a_hidden_sheet_is_not_read(place):
    book = load_workbook(io.BytesIO(plans.as_xlsx()))
    hidden = book.create_sheet("Dolt")
    hidden.append(["Aktivitet", "Klart senast"])
    hidden.append(["Dold rad", "2027-01-31"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    found = compared(out.getvalue(), place, "p.xlsx")
    assert (len(found.results), found.skipped) == (17, ["Dolt"])


def upload(client, world, content: bytes, name: str = "plan.csv"):
    url = reverse("program:plan-upload", args=["ostra", "chefer"])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def test_upload_preview_and_confirm(sign_in, world, place, rich):
    client = sign_in(world.users.editor)
    answer = upload(client, world, edited(exported(place), (1, "Nuläge", "Nytt läge")))
    preview = client.get(answer["Location"])
    page = preview.content.decode()
    assert "→ Nytt läge" in page
    assert "Rad ett" in page
    assert "Inget är skrivet ännu" in page
    rich.refresh_from_db()
    assert rich.current_state == "Rad ett\nRad två"
    digest = preview.context["found"].digest
    Activity.objects.filter(pk=rich.pk).update(revision=3)
    stale = client.post(answer["Location"], {"digest": digest}, follow=True)
    assert "har ändrats sedan du tittade" in stale.content.decode()
    Activity.objects.filter(pk=rich.pk).update(revision=1)
    done = client.post(answer["Location"], {"digest": digest}, follow=True)
    rich.refresh_from_db()
    assert rich.current_state == "Nytt läge"
    assert "Filen är inläst" in done.content.decode()
    assert client.post(answer["Location"], {"digest": digest}).status_code == 404


@pytest.mark.parametrize(("content", "name", "said"), [
    (b"", "plan.csv", "tom"), (b"a;b\n1;2", "plan.csv", "rubriker"), (b"x", "plan.exe", "Excel"), (b"Aktivitet;Klart senast\n", "plan.csv", "ingen rad"),
])  # fmt: skip
def test_a_file_that_is_no_plan_is_refused_at_its_place(sign_in, world, content, name, said):
    answer = upload(sign_in(world.users.editor), world, content, name)
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors["file"])
    assert not PlanFile.objects.exists()


def test_only_hr_reads_in_and_everybody_who_sees_activities_fetches(sign_in, world, rich):
    for kind in Kind.values:
        client = sign_in(getattr(world.users, kind))
        assert client.get(reverse("program:plan-file", args=["ostra", "chefer", "xlsx"])).status_code == 200
        expected = 200 if kind == Kind.EDITOR else 403
        assert client.get(reverse("program:plan-upload", args=["ostra", "chefer"])).status_code == expected
    theirs = PlanFile.objects.create(program=world.hidden, name="x.csv", content=plans.as_csv())
    client = sign_in(world.users.editor)
    assert client.get(reverse("program:plan-preview", args=["ostra", "chefer", theirs.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_queries_do_not_grow_with_rows(place, count, django_assert_num_queries):
    for number in range(count):
        row = factories.activity(place.program, f"Aktivitet {number}", number=str(number))
        Step.objects.create(activity=row, text="x")
    with django_assert_num_queries(7):
        content = exported(place)
    reading = read_file("p.csv", content, place)
    with django_assert_num_queries(11):
        compare(reading, place, DAY)


def test_2000_rows_are_read_in_within_20_seconds(place):
    lines = ["Nr;Område;Aktivitet;Åtgärd;Ansvarig;Klart senast;Uppföljning"]
    lines += [
        f"{n};Område {n % 9};Aktivitet {n};1) a 2) b;HR-chef;2026-12-31;2027-01-31" for n in range(2000)
    ]
    content, seen, start = "\n".join(lines).encode(), [], time.process_time()
    done = apply.apply_plan(
        reading=read_file("p.csv", content, place), place=place, by=None, today=DAY,
        progress=lambda ready, of: seen.append((ready, of)),
    )  # fmt: skip
    assert time.process_time() - start < 20
    assert (done.count("new"), done.steps, seen[0], seen[-1]) == (2000, 4000, (200, 2000), (2000, 2000))
    assert (
        LogEntry.objects.filter(
            additional_data__program=place.program.pk, content_type__model="activity"
        ).count()
        == 2000
    )


def run(*args) -> dict:
    out = io.StringIO()
    call_command("import_plan", *map(str, args), stdout=out)
    return json.loads(out.getvalue())


def test_command_says_what_would_change_and_then_changes_it(world, tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(plans.as_docx())
    said = run(path, "--program", "ostra/chefer", "--dry-run", "--json")
    assert {key: said[key] for key in ("activities", "steps", "new", "changed", "unchanged", "errors")} == {
        "activities": 17, "steps": 29, "new": 17, "changed": 0, "unchanged": 0, "errors": [],
    }  # fmt: skip
    assert said["items"][5]["follow_ups"] == [
        {"state": "new", "kind": "follow_up", "planned_on": "2020-04-01", "planned_on_words": ""},
        {"state": "new", "kind": "evaluation", "planned_on": "2020-10-31", "planned_on_words": ""},
    ]
    assert said["items"][7]["steps"][3]["deadline"] == "2019-08-31"
    assert not Activity.objects.exists()
    run(path, "--program", "ostra/chefer", "--json")
    assert run(path, "--program", "ostra/chefer", "--dry-run", "--json")["unchanged"] == 17


def test_command_refuses_what_it_cannot_read(world, tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text("Aktivitet;Klart senast\nEn;2025-13-40\n")
    said = run(path, "--program", "ostra/chefer", "--dry-run", "--json")
    assert [(row["sheet"], row["row"], row["column"]) for row in said["errors"]] == [("", 2, "Klart senast")]
    with pytest.raises(CommandError, match="Nothing is written"):
        run(path, "--program", "ostra/chefer")
    with pytest.raises(CommandError, match="no programme"):
        run(path, "--program", "ostra/finns-inte")
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "saknas.csv", "--program", "ostra/chefer")
