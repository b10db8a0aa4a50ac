"""Values from files: uploaded, shown beside what is kept, then written whole as drafts or not at all."""

import csv
import datetime as dt
import io
import json
import time
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from metrics.models import Indicator, Observation, ObservationFile
from metrics.observation_import import apply, blank, reading, told
from organisation.access import Kind
from organisation.models import Department, Predecessor, Unit
from program.exchange.tables import NotATable
from tests import factories

TODAY = dt.date(2026, 11, 22)
MARCH = (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
PAGE, APPROVALS = "/ostra/chefer/matt/las-in/", "/ostra/chefer/matt/att-godkanna/"
HEADINGS = "Mått;Avser;Period;Värde;Preliminärt\n"
DRAFT, APPROVED = Observation.State.DRAFT, Observation.State.APPROVED


@pytest.fixture
def colleague(world):
    return factories.add_member(organisation=world.ours, username="kollega", kind=Kind.EDITOR).user


@pytest.fixture
def place(world):
    return factories.place(world.program)


@pytest.fixture
def sick(world):
    return factories.indicator(
        world.program, "Sjukfrånvaro", kind="rate", subject="health", direction="down", period_kind="monthly"
    )


@pytest.fixture
def unit(world):
    return Unit.objects.create(department=world.home, code="1001", name="Htj Norr")


def values(text: str, place, name: str = "varden.csv", **chosen):
    return reading.beside(reading.read_file(name, text.encode()), place, TODAY, **chosen)


def write(text: str, place, *, by=None, reason="", **chosen):
    return apply.apply_values(
        reading=reading.read_file("varden.csv", text.encode()), place=place, by=by, today=TODAY, reason=reason, **chosen
    )  # fmt: skip


def upload(client, text: str | bytes, name: str = "varden.csv", **data):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content), **data})


def as_xlsx(*rows, formats=()) -> bytes:
    """A workbook; `formats` gives the number format of cells by address."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for address, form in formats:
        book.active[address].number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def months(units: int, many: int = 48) -> str:
    """A wide file of so many months to 2025-12 and so many units, as an HR system exports it."""
    heads = [f"{2025 - index // 12}-{12 - index % 12:02}" for index in range(many)][::-1]
    rows = [
        [f"2{unit:03}", str(20 + unit), *(f"{3 + (unit * 7 + at) % 60 / 10}".replace(".", ",") for at in range(many))]
        for unit in range(units)
    ]  # fmt: skip
    return "\n".join(";".join(row) for row in [["Kostnadsställe", "Antal", *heads], *rows])


def make_units(world, count: int) -> None:
    Unit.objects.bulk_create(
        Unit(department=world.home, code=f"2{number:03}", name=f"Enhet {number}") for number in range(count)
    )


def test_a_file_is_uploaded_looked_at_and_written_as_drafts(hr, world, sick, unit):
    factories.observation(sick, MARCH[1], first_day=MARCH[0], value=Decimal("0.0420"))
    text = (
        HEADINGS
        + "Sjukfrånvaro;;2026-03;4,3;\nSjukfrånvaro;1001;2026-03;5,1 %;ja\nSjukfrånvaro;;2026-02;4;\n"
    )
    shown = hr.get(upload(hr, text)["Location"])
    page = shown.content.decode()
    assert "4,2\u00a0%" in page
    assert "4,3\u00a0%" in page
    assert dict(shown.context["counts"]) == {"new": 2, "revised": 1, "changed": 0, "unchanged": 0, "error": 0}
    assert Observation.objects.count() == 1
    done = hr.post(
        shown.request["PATH_INFO"], {"digest": shown.context["found"].digest, "reason": "Rättat i HR"}
    )
    assert done["Location"] == APPROVALS
    made = Observation.objects.filter(state=DRAFT, entered_by=world.users.editor)
    assert list(made.order_by("last_day", "value").values_list("value", "unit", "revision", "revision_reason")) == [
        (Decimal("0.0400"), None, 1, ""), (Decimal("0.0430"), None, 2, "Rättat i HR"), (Decimal("0.0510"), unit.pk, 1, ""),
    ]  # fmt: skip
    assert made.get(unit=unit).is_preliminary
    assert Observation.objects.get(state=APPROVED).value == Decimal("0.0420")


def test_a_revision_is_known_from_the_day_it_came_and_a_new_value_with_its_period(world, place, sick):
    factories.observation(sick, MARCH[1], first_day=MARCH[0], value=Decimal("0.0420"), is_example=True)
    write(HEADINGS + "Sjukfrånvaro;;2026-03;4,3;\nSjukfrånvaro;;2026-02;4;", place, reason="Rättat")
    revised = Observation.objects.get(revision=2)
    assert (revised.known_on, revised.is_example) == (TODAY, True)
    assert Observation.objects.get(last_day=dt.date(2026, 2, 28)).known_on is None


def test_approved_values_are_not_revised_without_a_reason(hr, world, place, sick):
    factories.observation(sick, MARCH[1], first_day=MARCH[0], value=Decimal("0.0420"))
    url = upload(hr, HEADINGS + "Sjukfrånvaro;;2026-03;4,3;")["Location"]
    digest = hr.get(url).context["found"].digest
    page = hr.post(url, {"digest": digest, "reason": "19850709-9805"}).content.decode()
    assert "personnummer" in page
    page = hr.post(url, {"digest": digest, "reason": " "}).content.decode()
    assert "Skriv varför värdena revideras." in page
    assert hr.post(url, {"digest": digest})["Location"] == url
    assert Observation.objects.count() == 1
    with pytest.raises(apply.NeedsReason):
        write(HEADINGS + "Sjukfrånvaro;;2026-03;4,3;", place)


def test_a_draft_takes_on_the_new_figure_from_its_writer_alone(world, place, sick, colleague):
    write(HEADINGS + "Sjukfrånvaro;;2026-03;4,2;ja", place, by=world.users.editor)
    with pytest.raises(apply.HasErrors):
        write(HEADINGS + "Sjukfrånvaro;;2026-03;4,3;nej", place, by=colleague)
    found = values(HEADINGS + "Sjukfrånvaro;;2026-03;4,3;nej", place, by=colleague)
    name = world.users.editor.username
    assert [row["message"] for row in told.errors(found.wrong)] == [
        f"Utkastet är skrivet av {name}. Godkänn det eller be {name} ändra det."
    ]
    assert not values(HEADINGS + "Sjukfrånvaro;;2026-03;4,2;ja", place, by=colleague).wrong
    done = write(HEADINGS + "Sjukfrånvaro;;2026-03;4,3;nej", place, by=world.users.editor)
    row = Observation.objects.get()
    assert done.count("changed") == 1
    assert (row.value, row.is_preliminary, row.entered_by, row.state) == (
        Decimal("0.0430"), False, world.users.editor, DRAFT,
    )  # fmt: skip


def test_the_same_file_again_changes_nothing(hr, world, place, sick, unit):
    text = HEADINGS + "Sjukfrånvaro;;2026-03;4,2;\nSjukfrånvaro;Htj Norr;2026-03;5,1;ja"
    write(text, place)
    assert values(text, place).count("unchanged") == 2
    page = hr.get(upload(hr, text)["Location"]).content.decode()
    assert "Det finns ingenting att läsa in." in page
    assert "Läs in som utkast" not in page


def test_one_error_and_nothing_is_written(hr, world, place, sick):
    text = HEADINGS + "Sjukfrånvaro;;2026-03;4,2;\nSjukfrånvaro;1099;2026-03;5,1;ja"
    url = upload(hr, text)["Location"]
    shown = hr.get(url)
    assert shown.context["errors"] == [
        {
            "sheet": "", "row": 3, "column": "Avser",
            "message": "Det finns ingen avdelning, inget chefsområde och ingen föregångare som heter 1099.",
        }
    ]  # fmt: skip
    assert "Läs in som utkast" not in shown.content.decode()
    hr.post(url, {"digest": shown.context["found"].digest})
    assert not Observation.objects.exists()
    with pytest.raises(apply.HasErrors):
        write(text, place)


def test_every_refusal_has_its_words(world, place, sick):
    """Each error of the file in the reader's language, with nothing left to fill in."""
    found = values(HEADINGS + "Sjukfrånvaro;;2026H1;4,2;\nSjukfrånvaron;;2026-03;104;x%\n;;2026-03;a;", place)
    for row in told.errors(found.wrong):
        assert "%(" not in row["message"]
    assert "Närmast är Sjukfrånvaro." in told.errors(found.wrong)[2]["message"]
    share = values(HEADINGS + "Sjukfrånvaro;;2026-03;104;", place)
    assert told.errors(share.wrong)[0]["message"] == "En andel ligger mellan 0 och 100 %. I filen står: 104."


def test_what_changed_after_the_preview_is_shown_again(hr, world, place, sick):
    url = upload(hr, HEADINGS + "Sjukfrånvaro;;2026-03;4,3;")["Location"]
    digest = hr.get(url).context["found"].digest
    factories.observation(sick, MARCH[1], first_day=MARCH[0], value=Decimal("0.0420"))
    again = hr.post(url, {"digest": digest, "reason": "Rättat"}, follow=True)
    assert "Värdena har ändrats sedan du tittade. Inget är skrivet." in again.content.decode()
    assert Observation.objects.count() == 1
    assert ObservationFile.objects.get().applied_at is None


def test_a_file_is_read_in_once(hr, world, place, sick):
    url = upload(hr, HEADINGS + "Sjukfrånvaro;;2026-03;4,3;")["Location"]
    digest = hr.get(url).context["found"].digest
    assert hr.post(url, {"digest": digest}).status_code == 302
    assert hr.post(url, {"digest": digest}).status_code == 404
    kept = ObservationFile.objects.get()
    with pytest.raises(apply.Moved):
        apply.apply_values(
            reading=reading.read_file(kept.name, (HEADINGS + "Sjukfrånvaro;;2026-03;4,3;").encode()),
            place=place, by=None, today=TODAY, file=kept,
        )  # fmt: skip
    assert Observation.objects.count() == 1


def test_whoever_chose_a_file_is_the_one_who_reads_it_in(hr, world, sick, colleague, sign_in):
    """Otherwise two could agree on who has entered what, and one approve the values of the own file."""
    url = upload(hr, HEADINGS + "Sjukfrånvaro;;2026-03;4,3;")["Location"]
    digest = hr.get(url).context["found"].digest
    client = sign_in(colleague)
    assert (client.get(url).status_code, client.post(url, {"digest": digest}).status_code) == (404, 404)
    assert not Observation.objects.exists()


def test_the_bytes_go_when_the_file_is_read_in_and_when_it_is_old(hr, world, sick, colleague):
    kept = [
        ObservationFile.objects.create(program=program, name="gammal.csv", content=b"x", by=colleague)
        for program in (world.program, world.hidden, world.program)
    ]
    ObservationFile.objects.filter(pk__in=[row.pk for row in kept[:2]]).update(
        at=timezone.now() - dt.timedelta(days=31)
    )
    url = upload(hr, HEADINGS + "Sjukfrånvaro;;2026-03;4,3;")["Location"]
    assert list(ObservationFile.objects.filter(name="gammal.csv").order_by("pk")) == kept[1:]
    hr.post(url, {"digest": hr.get(url).context["found"].digest})
    assert bytes(ObservationFile.objects.get(applied_at__isnull=False).content) == b""


def test_a_file_with_a_personal_identity_number_is_not_kept(hr, world, sick):
    text = HEADINGS + "Sjukfrånvaro;;2026-03;4,3;\nAnna 19850709-9805;;2026-03;4;"
    for name, content in (
        ("v.csv", text.encode()),
        ("v.xlsx", as_xlsx(*(line.split(";") for line in text.splitlines()))),
    ):
        response = upload(hr, content, name)
        assert response.context["form"].errors["file"] == [
            "Rad 3 innehåller ett personnummer. Ta bort det; ingen ska kunna kännas igen."
        ]
        assert "-9805" not in response.content.decode()
    assert not ObservationFile.objects.exists()


@pytest.mark.parametrize(
    ("kept", "written", "overlaps"),
    [
        (31, "2026-03-01", 1),
        (1, "2026-03", 1),
        (1, "2026-03-01", 0),
        (1, "2026-03-02", 0),
        (31, "2026-04-01", 0),
    ],
)
def test_a_day_and_its_month_are_told_of(hr, world, place, kept, written, overlaps):
    survey = factories.indicator(world.program)
    factories.observation(survey, dt.date(2026, 3, kept), first_day=MARCH[0], counts=(20, 40, 60))
    factories.observation(
        survey, dt.date(2026, 3, kept), first_day=MARCH[0], department=world.home, counts=(20, 40, 60)
    )
    shown = hr.get(upload(hr, f"Mått;Period;Värde\n{survey.name};{written};62")["Location"])
    assert len(shown.context["overlaps"]) == overlaps
    assert ("Av en dag och av dess månad" in shown.content.decode()) == bool(overlaps)


def test_names_that_nobody_knows_are_told_quickly(world, place):
    for number in range(60):
        factories.indicator(world.program, f"Hållbart ledarskap enligt medarbetarna, fråga {number}")
    make_units(world, 60)
    heads = ";".join(f"{2025 - at // 12}-{12 - at % 12:02}" for at in range(40))
    rows = [f"Hållbart ledarskap enligt frågorna {n};Enheten {n};" + ";".join(["4"] * 40) for n in range(499)]
    start = time.perf_counter()
    found = values("\n".join([f"Mått;Avser;{heads}", *rows]), place)
    assert len(found.wrong) == 998
    assert time.perf_counter() - start < 10


def test_a_new_upload_replaces_ones_own_that_was_not_read_in(hr, world, sick):
    for _time in range(2):
        upload(hr, HEADINGS + "Sjukfrånvaro;;2026-03;4,3;")
    assert ObservationFile.objects.count() == 1


def test_the_indicator_and_the_preliminary_month_can_be_chosen_for_the_whole_file(hr, world, sick, unit):
    url = upload(hr, "Enhet;2026-01;2026-02\nHtj Norr;4,2;5,1", indicator=sick.pk, is_last_preliminary="on")[
        "Location"
    ]
    assert url.endswith(f"?matt={sick.pk}&preliminar=1")
    shown = hr.get(url)
    assert [row["is_preliminary"] for row in shown.context["new"]] == [False, True]
    hr.post(url, {"digest": shown.context["found"].digest})
    assert list(Observation.objects.values_list("is_preliminary", flat=True)) == [False, True]


def test_another_programmes_indicator_groups_and_file_are_not_reached(hr, world, unit):
    hidden = factories.indicator(world.hidden, "Hemligt mått")
    theirs = world.theirs.departments.get()
    Predecessor.objects.create(organisation=world.theirs, name="Hemlig föregångare")
    text = "Avser;Period;Värde\n;2026-03;4"
    assert upload(hr, text, indicator=hidden.pk).status_code == 200
    nameless = ObservationFile.objects.create(
        program=world.program, name="v.csv", content=text.encode(), by=world.users.editor
    )
    page = hr.get(f"{PAGE}{nameless.pk}/?matt={hidden.pk}")
    assert [row["column"] for row in page.context["errors"]] == ["Mått"]
    assert "emlig" not in page.content.decode()
    own = factories.indicator(world.program)
    found = values(
        f"Mått;Avser;Period;Värde\n{own.name};{theirs.code};2026-03;4\n{own.name};Hemlig föregångare;2026-03;4\n"
        "Hemligt mått;;2026-03;4",
        factories.place(world.program),
    )
    assert [row.code for row in found.wrong] == ["unknown_group", "unknown_group", "unknown_indicator"]
    kept = ObservationFile.objects.create(program=world.hidden, name="hemlig.csv", content=text.encode())
    assert hr.get(f"{PAGE}{kept.pk}/").status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind != Kind.EDITOR])
def test_only_hr_reads_values_in(sign_in, world, sick, kind):
    client = sign_in(getattr(world.users, kind))
    kept = ObservationFile.objects.create(
        program=world.program, name="v.csv", content=(HEADINGS + "Sjukfrånvaro;;2026-03;4;").encode()
    )
    for path in ("", f"{kept.pk}/", "varden.csv", "manader.xlsx"):
        response = client.get(PAGE + path)
        assert response.status_code == 403
        assert "Din roll kan inte göra detta" in response.content.decode()
    assert client.post(f"{PAGE}{kept.pk}/", {"digest": ""}).status_code == 403
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "tom.csv", "filen är tom"),
        (b"\n\n", "tom.csv", "Inga rubriker som känns igen"),
        (b"%PDF-1.7", "a.pdf", "Välj en Excelfil"),
        (b"PK\x03\x04trasig", "a.xlsx", "Filen går inte att öppna"),
        (b"\x00\x01\x02\x03;\x00", "a.csv", "Filen går inte att öppna"),
        ("Namn;Lön\nA;3".encode("cp1252"), "a.csv", "Inga rubriker som känns igen"),
        ("Period;Värde\n2026-03;".encode(), "a.csv", "Filen har rubriker men inte ett enda värde"),
        ("Period;Värde\n".encode() + b"2026-03;4\n" * 5_001, "a.csv", "5"),
        (("Enhet;" + "2026-01;" * 120 + "\n1001;" + "4;" * 120).encode(), "a.csv", "fler än 100 kolumner"),
        (
            ("Enhet;" + "2026-01;" * 90 + "\n" + ("1001;" + "4;" * 90 + "\n") * 300).encode(),
            "a.csv",
            "20 000 värden",
        ),
        (as_xlsx(["Hej"]), "a.xlsx", "Inga rubriker som känns igen"),
        (as_xlsx(), "a.docx", "Välj en Excelfil"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(hr, world, content, name, message):
    response = upload(hr, content, name)
    assert response.status_code == 200
    assert message in " ".join(response.context["form"].errors["file"])
    assert not ObservationFile.objects.exists()


def test_a_file_that_names_no_indicator_asks_once(hr, world, sick):
    response = upload(hr, "Enhet;2026-01;2026-02\n10;4;5\n20;4;5")
    assert list(response.context["form"].errors) == ["indicator"]
    assert "Inget är sparat ännu" in response.content.decode()
    assert not ObservationFile.objects.exists()


@pytest.mark.parametrize("whole", ["", "hela", "Alla", "52", "52 Socialnämnd"])
def test_the_whole_has_many_names(world, place, sick, whole):
    for department, code in zip(Department.objects.visible_to(place), ("52001", "52002"), strict=True):
        department.code = code
        department.save()
    found = values(f"Mått;Grupp;2026-01\nSjukfrånvaro;{whole};4,2", place)
    assert [row.value.group.kind for row in found.results] == [""]
    assert values("Mått;Grupp;2026-01\nSjukfrånvaro;52001 Fel;4,2", place).wrong


def test_no_file_at_all_is_asked_for(hr, world):
    assert "file" in hr.post(PAGE, {}).context["form"].errors


@pytest.mark.parametrize("divider", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_in_any_common_dress(world, place, sick, divider, encoding):
    factories.department(world.ours, "30", "Särskilt boende, öster")
    out = io.StringIO()
    figure = "\u00a04,2\u00a0%" if encoding != "cp1252" else " 4,2 %"
    csv.writer(out, delimiter=divider).writerows(
        [
            ["Mått", "Avser", "Period", "Värde"],
            ["Sjukfrånvaro", "särskilt boende, Öster", "mars 2026", figure],
        ]
    )
    found = reading.beside(reading.read_file("v.csv", out.getvalue().encode(encoding)), place, TODAY)
    assert (found.wrong, [row.after["value"] for row in found.results]) == ([], [Decimal("0.0420")])


def test_excel_is_read_as_its_cells_show_it(world, place, sick, unit):
    """Months that Excel keeps as days, and shares that it keeps as fractions."""
    content = as_xlsx(
        ["Sjukfrånvaro 2026"],
        ["Enhet", "Antal", dt.date(2026, 1, 1), dt.date(2026, 2, 1), "mars 2026"],
        [1001, 34, 0.042, 4.2, "4,2"],
        formats=[("C2", "mmm\\-yy"), ("D2", "yyyy-mm-dd"), ("C3", "0.0%")],
    )
    found = reading.beside(reading.read_file("v.xlsx", content), place, TODAY, chosen=sick.pk)
    assert found.wrong == []
    assert [(row.value.key[1].month, row.after["value"], row.after["answered"]) for row in found.results] == [
        (month, Decimal("0.0420"), 34) for month in (1, 2, 3)
    ]


def test_a_period_that_excel_made_a_day_of_is_still_a_month(world, place):
    survey = factories.indicator(world.program)
    content = as_xlsx(
        ["Mått", "Period", "Värde"], [survey.name, dt.date(2026, 3, 1), 62.5], formats=[("B2", "mmm-yy")]
    )
    (row,) = reading.beside(reading.read_file("v.xlsx", content), place, TODAY).results
    assert row.value.key[1:3] == MARCH


@pytest.mark.parametrize("text", ["rad\x07klocka", "x" * 121])
def test_a_text_that_the_database_would_refuse_is_an_error(world, place, text):
    survey = factories.indicator(world.program)
    found = values(f"Mått;Period;Värde;Med ord\n{survey.name};2026-03;62;{text}", place)
    assert [row.column for row in found.wrong] == ["Med ord"]


def test_breakdowns_predecessors_and_distributions_are_written(world, place):
    survey = factories.indicator(world.program)
    before = Predecessor.objects.create(
        organisation=world.ours, name="Omsorgsnämnden", last_day=dt.date(2018, 12, 31)
    )
    headings = "Mått;Avser;Uppdelning;Kategori;Period;Svar 1;Svar 2;Svar 3;Svar 4;Svar 5;Tillfrågade\n"
    write(
        f"{headings}{survey.name};Omsorgsnämnden;;;2018;2;3;10;15;10;69\n{survey.name};10;Kön;Kvinnor;2024;1;1;1;1;8;",
        place,
    )
    first, second = Observation.objects.order_by("last_day")
    assert (first.predecessor, first.distribution, first.positive, first.answered, first.invited) == (
        before, (2, 3, 10, 15, 10), 25, 40, 69,
    )  # fmt: skip
    assert (second.department, second.breakdown, second.category) == (world.home, "sex", "Kvinnor")


@pytest.mark.parametrize("layout", ["long", "wide"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_names_what_there_is_and_reads_back_when_filled_in(
    hr, world, place, sick, unit, layout, form
):
    Unit.objects.create(department=world.home, code="9", name="Stängd", closed_on=dt.date(2020, 1, 1))
    factories.indicator(world.program, "=Räknas fram", computed="median_span", kind="median")
    name = "varden" if layout == "long" else "manader"
    response = hr.get(f"{PAGE}{name}.{form}")
    assert response["Content-Disposition"].endswith(f'chefer-{name}.{form}"')
    with pytest.raises(NotATable, match="no_values"):
        reading.read_file(f"m.{form}", response.content)
    lines = list(blank.rows(place, layout, TODAY))
    assert "Stängd" not in str(lines)
    assert "Räknas fram" not in str(lines)
    for line in lines[1:]:
        line[5] = "4,2"
    content = blank.to_csv(lines) if form == "csv" else blank.to_xlsx(place, layout, lines)
    found = reading.beside(reading.read_file(f"m.{form}", content), place, TODAY)
    groups = {(row.value.group.kind, row.value.group.code) for row in found.results}
    assert found.wrong == []
    assert groups - {("", "")} == {("department", "10"), ("department", "20"), ("unit", "1001")}


def test_the_excel_template_lists_the_indicators(hr, world, sick):
    book = load_workbook(io.BytesIO(hr.get(f"{PAGE}manader.xlsx").content))
    assert [cell.value for cell in book.worksheets[1][2]] == ["Sjukfrånvaro", "frekvens", "varje månad"]


def test_the_template_by_month_has_only_what_is_measured_every_month(hr, world, place, sick):
    factories.indicator(world.program, "Enkätfråga")
    assert "Enkätfråga" not in str(list(blank.rows(place, "wide", TODAY)))
    assert "Enkätfråga" in str(list(blank.rows(place, "long", TODAY)))
    book = load_workbook(io.BytesIO(hr.get(f"{PAGE}manader.xlsx").content))
    assert "Enkätfråga" not in [cell.value for cell in book.worksheets[1]["A"]]


def test_a_template_keeps_formulas_as_text(world, place):
    factories.indicator(world.program, "=1+1")
    lines = list(blank.rows(place, "long", TODAY))
    assert "'=1+1" in blank.to_csv(lines).decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(blank.to_xlsx(place, "long", lines))).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("units", [1, 20])
def test_comparing_takes_five_queries(world, place, sick, units, django_assert_num_queries):
    make_units(world, units)
    read = reading.read_file("v.csv", months(units, 3).encode())
    with django_assert_num_queries(5):
        found = reading.beside(read, place, TODAY, chosen=sick.pk)
    assert len(found.results) == units * 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_takes_ten_queries(hr, world, place, sick, rows, django_assert_num_queries):
    make_units(world, rows)
    write(months(rows, 2), place, chosen=sick.pk)
    url = upload(hr, months(rows, 3).replace(",", ",9"), indicator=sick.pk)["Location"]
    with django_assert_num_queries(10):
        found = hr.get(url).context["found"]
    assert (found.count("changed"), found.count("new")) == (rows * 2, rows)


@pytest.mark.parametrize("rows", [1, 6])
def test_writing_takes_the_same_queries_for_one_value_and_several(
    world, place, sick, rows, django_assert_num_queries
):
    """Around the gate, whose own queries its own tests count."""
    make_units(world, rows)
    apply.gate, real = _NoGate, apply.gate
    try:
        with django_assert_num_queries(9):
            write(months(rows, 1), place, chosen=sick.pk)
    finally:
        apply.gate = real
    assert Observation.objects.count() == rows


class _NoGate:
    @staticmethod
    def settle(indicators, periods) -> None:
        list(indicators)


def test_48_months_of_60_units_are_read_compared_and_written_in_time(world, place, sick):
    make_units(world, 60)
    start = time.perf_counter()
    done = write(months(60), place, chosen=sick.pk)
    assert (done.count("new"), Observation.objects.count()) == (2_880, 2_880)
    assert time.perf_counter() - start < 10
    assert not Observation.objects.filter(withheld="pending", state=APPROVED).exists()
    assert values(months(60), place, chosen=sick.pk).count("unchanged") == 2_880


def command(path, *arguments):
    out = io.StringIO()
    call_command("import_observations", path, "--program", "ostra/chefer", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_runs_the_same_code(world, sick, unit, tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("Enhet;2026-01;2026-02\nHtj Norr;4,2;5,1", encoding="cp1252")
    said = json.loads(command(path, "--indicator", "Sjukfrånvaro", "--dry-run", "--json"))
    assert (said["values"], said["new"], said["errors"]) == (2, 2, [])
    assert [(row["group"], row["first_day"], row["value"]) for row in said["items"]] == [
        ("1001", "2026-01-01", "0.0420"), ("1001", "2026-02-01", "0.0510"),
    ]  # fmt: skip
    assert not Observation.objects.exists()
    assert (
        command(path, "--indicator", "Sjukfrånvaro").strip()
        == "new: 2, revised: 0, changed: 0, unchanged: 0, error: 0"
    )
    assert set(Observation.objects.values_list("state", "entered_by")) == {(DRAFT, None)}


def test_the_command_asks_why_approved_values_are_revised(world, sick, tmp_path):
    factories.observation(sick, MARCH[1], first_day=MARCH[0], value=Decimal("0.0420"))
    path = tmp_path / "v.csv"
    path.write_text(HEADINGS + "Sjukfrånvaro;;2026-03;4,3;")
    with pytest.raises(CommandError, match="--reason"):
        command(path)
    command(path, "--reason", "Rättat")
    assert Observation.objects.get(revision=2).revision_reason == "Rättat"


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        ("Period;Värde\n2026-03;4", ["--indicator", "Finns inte"], "no indicator named Finns inte"),
        (HEADINGS + "Sjukfrånvaro;;2026-03;104;", [], "Nothing is written: mend what is listed above first."),
        ("Hej", [], "Inga rubriker"),
    ],
)
def test_the_command_fails_in_one_line(world, sick, tmp_path, text, arguments, message):
    path = tmp_path / "v.csv"
    path.write_text(text)
    with pytest.raises(CommandError, match=message):
        command(path, *arguments)
    assert not Observation.objects.exists()


def test_the_command_says_when_there_is_no_file_or_programme(world, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        command(tmp_path / "saknas.csv")
    with pytest.raises(CommandError, match="no programme"):
        call_command("import_observations", tmp_path / "v.csv", "--program", "ostra/finns-inte")


def test_the_list_of_indicators_links_here_for_hr_alone(sign_in, world):
    link = f'href="{PAGE}"'
    assert link in sign_in(world.users.editor).get("/ostra/chefer/matt/").content.decode()
    assert link not in sign_in(world.users.reader).get("/ostra/chefer/matt/").content.decode()
    assert not Indicator.objects.exists()
