"""The half-year report: as it stood at the cut-off, approved, frozen for good, the same in every form."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile

import page as pdf_rules
import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from program.models import Area
from reports import actions, content, outline
from reports.facts import compose
from reports.models import Handout, Release, ReleaseFile, Report, Section, SectionLayout
from reports.render import docx, html, pdf
from reports.word_template import in_use as word_templates
from tests import factories

LIST = "/ostra/chefer/rapporter/"
LETTER = {key: f"Text om {key}." for key in outline.LETTER}


@pytest.fixture
def report(world):
    """A programme with something of everything, and its report."""
    role = factories.role(world.ours)
    need = factories.need(world.program, "Enklare system")
    done = factories.activity(world.program, "Klar aktivitet", on=dt.date(2026, 1, 10), responsible=[role],
                              needs=[need], hours_per_manager=4)  # fmt: skip
    factories.status(done, "completed", on=dt.date(2026, 4, 1), completed_on=dt.date(2026, 3, 30))
    factories.activity(world.program, "Sen aktivitet", on=dt.date(2026, 1, 10), deadline="2026-04-30")
    factories.headcounts(world.ours, [(world.home, "1", 33, 1), (world.home, "2", 56, 2)])
    indicator = factories.indicator(world.program)
    factories.observation(indicator, dt.date(2026, 2, 28), counts=(41, 60, 69))
    return factories.report(world.program, texts=LETTER | {"done": "Vi har gjort det vi sade."})


def freeze(report, world, **options):
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    return actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision, **options)


def tables(composed) -> dict[str, content.Table]:
    blocks = [block for section in composed.sections for block in section.blocks]
    return {block.caption: block for block in blocks if isinstance(block, content.Table)}


def test_it_tells_how_things_stood_at_the_cut_off(world, report):
    before = content.to_json(compose(report))
    factories.activity(world.program, "Kom senare", on=dt.date(2026, 5, 21))
    late = world.program.activities.get(title="Sen aktivitet")
    factories.status(late, "under_way", on=dt.date(2026, 5, 21), deadline="2027-01-31")
    factories.dialogue(world.program, departments=[world.home], held_on=dt.date(2026, 5, 21))
    factories.observation(world.program.indicators.get(), dt.date(2026, 6, 30), counts=(50, 60, 69))
    assert content.to_json(compose(report)) == before


def test_a_change_on_the_cut_off_day_is_told(world, report):
    before = compose(report)
    factories.activity(world.program, "Samma dag", on=report.cut_off)
    assert compose(report) != before


def test_it_tells_what_happened_since_the_last_report(world, report):
    earlier = factories.report(
        world.program, "2025H2", cut_off=dt.date(2026, 2, 1), meets_on=dt.date(2026, 2, 20)
    )
    factories.activity(world.program, "Helt ny", on=dt.date(2026, 3, 1))
    slipping = world.program.activities.get(title="Sen aktivitet")
    factories.status(
        slipping, "under_way", on=dt.date(2026, 5, 1), deadline="2026-09-30", comment="Vakanser."
    )
    composed = compose(report)
    assert composed.previous_cut_off == "1 februari 2026"
    said = next(row for row in composed.sections if row.key == "done").blocks[0].text
    assert said == (
        "Sedan 1 februari 2026: en aktivitet är genomförd, en är ny, inga är stoppade och "
        "en har fått senare slutdatum."
    )
    assert tables(composed)["Slutdatum som har flyttats"].rows == (
        ("Sen aktivitet", "30 april 2026", "30 september 2026", "Vakanser."),
    )
    assert "Klar aktivitet" in str(tables(composed)["Genomförda aktiviteter under perioden"].rows)
    assert compose(earlier).previous_cut_off == ""


def test_late_is_judged_on_the_cut_off_day(world, report):
    assert tables(compose(report))["Försenade aktiviteter"].rows[0][0] == "Sen aktivitet"


def test_headings_of_the_organisation_hold(world, report):
    SectionLayout.objects.create(
        organisation=world.ours,
        kind="half_year",
        part="letter",
        key="proposal",
        heading="Förvaltningens förslag",
    )
    assert compose(report).letter.sections[0].heading == "Förvaltningens förslag"


def test_content_survives_json(report):
    composed = compose(report)
    assert content.from_json(content.to_json(composed)) == composed


@pytest.mark.parametrize("render", [pdf.render, docx.render, html.render])
def test_two_renderings_are_the_same_bytes(report, render):
    composed = compose(report)
    assert render(composed) == render(composed)


def every_text(composed) -> set[str]:
    """Each cell, sentence and narrative of the content."""
    found = set()
    for section in composed.whole:
        found |= {section.heading, *content.paragraphs(section.narrative)}
        for block in section.blocks:
            if isinstance(block, content.Table):
                found |= {block.caption, *block.columns, *(cell for row in block.rows for cell in row)}
            elif isinstance(block, content.Sentence):
                found.add(block.text)
    return found


def squeezed(text: str) -> str:
    """Without blanks, hyphens at line ends and break places: what line breaking may change."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def test_every_figure_is_the_same_in_page_pdf_and_word(report):
    composed = compose(report)
    texts = {squeezed(text) for text in every_text(composed)}
    reader = PdfReader(io.BytesIO(pdf.render(composed)))
    in_pdf = squeezed("".join(page.extract_text() for page in reader.pages))
    word = Document(io.BytesIO(docx.render(composed)))
    in_word = {
        squeezed(paragraph.text)
        for paragraph in word.element.body.iter()
        if hasattr(paragraph, "text") and paragraph.text
    }
    in_page = squeezed(
        re.sub(r"<[^>]+>", "\n", html.render(composed).decode()).replace("&#x27;", "'").replace("&amp;", "&")
    )
    assert {text for text in texts if text not in in_pdf} == set()
    assert {text for text in texts if text and text not in in_word} == set()
    assert {text for text in texts if text not in in_page} == set()


@pytest.mark.parametrize("part", pdf.PARTS)
def test_pdf_is_archivable_and_accessible(report, part):
    data = pdf.render(compose(report), part)
    for profile in (pdf_rules.ValidationProfile.PDF_UA_1, pdf_rules.ValidationProfile.PDF_A_2A):
        assert "0 failed" in str(pdf_rules.validate_pdf_bytes(data, profile=profile))
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "sv-SE"
    assert reader.metadata.title == "Lägesrapport första halvåret 2026"
    fonts = {str(font["/BaseFont"]).split("+")[-1] for page in reader.pages
             for font in (entry.get_object() for entry in page["/Resources"]["/Font"].values())}  # fmt: skip
    assert {name.split("-Identity")[0] for name in fonts} <= {
        "SourceSansPro-Regular",
        "SourceSansPro-Semibold",
    }


def structure(node, wanted: str, found=None) -> list:
    """Structure elements of a kind anywhere below a node of the PDF's tag tree."""
    found = [] if found is None else found
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for part in node:
            structure(part, wanted, found)
    elif isinstance(node, dict):
        if node.get("/S") == wanted:
            found.append(node)
        if "/K" in node:
            structure(node["/K"], wanted, found)
    return found


def test_pdf_figures_have_words_and_header_cells_a_scope(report):
    root = PdfReader(io.BytesIO(pdf.render(compose(report)))).trailer["/Root"]["/StructTreeRoot"]
    figures, heads = structure(root, "/Figure"), structure(root, "/TH")
    spans, measures = figures
    assert str(spans["/Alt"]).startswith("Punktdiagram över två chefsområden. Ett av två")
    assert str(measures["/Alt"]).startswith("Punktdiagram, ett för varje mått. Återhämtning: ")
    assert len(heads) > 20
    scopes = {str(attribute.get_object().get("/Scope")) for head in heads
              for attribute in (head["/A"] if isinstance(head["/A"], list) else [head["/A"]])}  # fmt: skip
    assert "/Column" in scopes


def test_word_has_styles_header_rows_alt_texts_and_language(report):
    data = docx.render(compose(report))
    word = Document(io.BytesIO(data))
    assert word.core_properties.language == "sv-SE"
    assert 'w:lang w:val="sv-SE"' in zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml").decode()
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[:4] == list(outline.LETTER.values())
    assert word.tables
    for table in word.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    pictures = word.element.body.xpath(".//wp:docPr")
    assert [picture.get("descr")[:12] for picture in pictures] == ["Punktdiagram"] * 2
    assert word.element.body.xpath(".//w:r/w:rPr/*[not(self::w:rStyle)]") == []


@pytest.mark.parametrize(
    "text",
    [
        "Emoji 🎉🏽 och flagga 🇸🇪", "مرحبا بالعالم", "x" * 5000, "<script>alert(1)</script> #let *a* _b_ $x$ @ref",
        "Rad\n\n\nRad\r\n\r\nRad", "a\u200d\u202eb\u2066", "中文", "\\ { } [ ] `kod`",
    ],
)  # fmt: skip
def test_an_export_never_fails_on_text(world, report, text):
    Area.objects.filter(program=world.program).update(name=text.replace("\n", " ").replace("\r", "")[:120])
    Section.objects.filter(report=report).update(text=text)
    composed = compose(report)
    for render in (pdf.render, docx.render, html.render):
        assert len(render(composed)) > 1000
    assert "<script>alert" not in html.render(composed).decode()


def test_a_character_the_typeface_lacks_is_marked_in_the_pdf(report):
    Section.objects.filter(report=report, key="proposal").update(text="Bra 🎉")
    reader = PdfReader(io.BytesIO(pdf.render(compose(report), "letter")))
    assert "[U+1F389]" in reader.pages[0].extract_text()


def test_letter_begins_with_the_proposal_and_stands_on_two_pages_at_most(world, report):
    assert compose(report).letter.sections[0].heading == "Förslag till beslut"
    Section.objects.filter(report=report, key="matter").update(text="Ord och åter ord. " * 600)
    with pytest.raises(actions.NotReady, match="två är det mesta"):
        actions.approve_report(report=report, by=world.users.director, revision=report.revision)


def test_an_unfinished_letter_is_not_approved(world):
    report = factories.report(world.program)
    with pytest.raises(actions.NotReady, match="Förslag till beslut"):
        actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    report.refresh_from_db()
    assert (report.approved_at, report.revision) == (None, 1)


def step(client, report, name, **data):
    report.refresh_from_db()
    sent = {"revision": report.revision, "sure": "on", "shown": actions.content_checksum(compose(report))}
    return client.post(f"{LIST}2026H1/{name}/", sent | data, follow=True)


def test_each_role_takes_its_step(sign_in, world, report):
    users = world.users
    for user, name in (
        (users.secretary, "faststall"),
        (users.editor, "godkann"),
        (users.secretary, "godkann"),
    ):
        assert step(sign_in(user), report, name).status_code == 403
    step(sign_in(users.director), report, "godkann")
    report.refresh_from_db()
    assert (report.stage, report.approved_by) == ("approved", users.director)
    assert step(sign_in(users.director), report, "faststall").status_code == 403
    page = step(sign_in(users.secretary), report, "faststall").content.decode()
    report.refresh_from_db()
    assert report.stage == "frozen"
    assert "Rapporten är fastställd." in page


def test_data_changed_after_approval_needs_a_new_one(sign_in, world, report):
    step(sign_in(world.users.director), report, "godkann")
    factories.activity(world.program, "Efterregistrerad", on=dt.date(2026, 5, 1))
    page = step(sign_in(world.users.secretary), report, "faststall").content.decode()
    assert "Uppgifter bakom rapporten har ändrats sedan den godkändes." in page
    assert not Release.objects.exists()


def test_approved_texts_cannot_be_changed(sign_in, world, report):
    step(sign_in(world.users.director), report, "godkann")
    section, path = report.sections.first(), f"{LIST}2026H1/avsnitt/{report.sections.first().pk}/"
    typed = {"text": "Annat", "revision": section.revision}
    client = sign_in(world.users.editor)
    assert client.get(path).status_code == 403
    for data in (typed, typed | {"take": "Ur data."}, typed | {"revision": 0}, typed | {"writer": "x"}):
        response = client.post(path, data)
        page = response.content.decode()
        assert response.status_code == 200
        assert page.count("Rapporten är godkänd.") == 1
        assert "Annat</textarea>" in page
    assert Section.objects.get(pk=section.pk).text == section.text
    assert sign_in(world.users.secretary).post(path, typed).status_code == 403


def test_frozen_never_changes(world, report):
    release = freeze(report, world)
    files = {(row.form, row.part): bytes(row.data) for row in release.files.all()}
    assert len(files) == 8
    factories.activity(world.program, "Ny", on=dt.date(2026, 5, 1))
    Section.objects.filter(report=report).update(text="Annat")
    for (form, part), data in files.items():
        assert actions.export(report, form, part) == data
    assert (
        json.loads(actions.export(report, "json"))["letter"]["sections"][0]["narrative"]
        == "Text om proposal."
    )
    assert release.checksum == hashlib.sha256(release.content.encode()).hexdigest()
    assert all(row.checksum == hashlib.sha256(bytes(row.data)).hexdigest() for row in release.files.all())


def test_the_database_refuses_to_change_what_is_frozen(world, report):
    release = freeze(report, world)
    for rows in (Release.objects.filter(pk=release.pk), ReleaseFile.objects.filter(release=release)):
        with pytest.raises(Error, match="A frozen report never changes"), transaction.atomic():
            rows.update(checksum="0" * 64)
    if connection.vendor == "postgresql":
        with pytest.raises(Error, match="A frozen report never changes"), transaction.atomic():
            ReleaseFile.objects.filter(release=release)._raw_delete("default")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
def test_no_row_takes_a_frozen_files_place(world, report):
    freeze(report, world)
    columns = "id, release_id, form, part, data, checksum"
    refused = pytest.raises(Error, match="A frozen report never changes")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(
            f"INSERT OR REPLACE INTO reports_releasefile ({columns}) "
            "SELECT id, release_id, form, part, x'00', 'fake' FROM reports_releasefile LIMIT 1"
        )


def test_what_is_handed_out_stands(world):
    user = world.users.editor
    case = Handout.objects.create(
        program=world.program, request="Allt", requested_on=dt.date(2026, 5, 1), by=user, handed_out_by=user,
        handed_out_at=timezone.now(), file=b"zip", checksum="a" * 64,
    )  # fmt: skip
    for change in ({"file": b"annat"}, {"checksum": "b" * 64}):
        with pytest.raises(Error, match="A file that is handed out never changes"), transaction.atomic():
            Handout.objects.filter(pk=case.pk).update(**change)
    assert Handout.objects.filter(pk=case.pk).update(file=None) == 1  # retention empties it


def test_a_correction_is_a_new_version_that_says_what_it_corrects(world, report):
    first = freeze(report, world)
    actions.reopen_report(report=report, revision=report.revision)
    Section.objects.filter(report=report, key="summary").update(text="Rättad sammanfattning.")
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    with pytest.raises(actions.NotReady, match="rättar"):
        actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision)
    report.refresh_from_db()
    second = actions.freeze_report(
        report=report, by=world.users.secretary, revision=report.revision, corrects="Sammanfattningen."
    )
    assert [(row.version, row.corrects) for row in report.releases.all()] == [
        (2, "Sammanfattningen."),
        (1, ""),
    ]
    assert first.content != second.content


def test_two_write_different_sections_without_loss(sign_in, world, report):
    first, second = report.sections.filter(key__in=["next", "burden"])
    client = sign_in(world.users.editor)
    for section in (first, second):
        url = f"{LIST}2026H1/avsnitt/{section.pk}/"
        assert client.post(url, {"text": f"Om {section.key}", "revision": 1}).status_code == 302
    response = client.post(
        f"{LIST}2026H1/avsnitt/{first.pk}/", {"text": "Min", "initial-text": "", "revision": 1}
    )
    assert [(row.saved, row.mine) for row in response.context["form"].clashes] == [(f"Om {first.key}", "Min")]


def test_readers_see_what_is_frozen_alone(sign_in, world, report):
    reader = sign_in(world.users.reader)
    assert reader.get(f"{LIST}2026H1/").status_code == 404
    assert reader.get(f"{LIST}2026H1/fil/all.pdf").status_code == 404
    freeze(report, world)
    actions.reopen_report(report=report, revision=report.revision)
    Section.objects.filter(report=report, key="summary").update(text="Ny hemlighet")
    page = reader.get(f"{LIST}2026H1/").content.decode()
    assert "Ny hemlighet" not in page
    assert "Text om summary." in page
    assert b"Ny hemlighet" not in reader.get(f"{LIST}2026H1/fil/all.html").content


def test_readers_see_a_report_as_frozen_while_a_correction_is_written(sign_in, world, report):
    report.case_numbers = ["SON 2026/1"]
    report.save()
    freeze(report, world)
    client = sign_in(world.users.director)
    page = step(client, report, "oppna").content.decode()
    assert "Rättelsen är påbörjad. Version 1 gäller tills version 2 är fastställd." in page
    type(report).objects.update(case_numbers=["SON 2026/99"])
    assert "Den fastställda versionen har SON 2026/1." in client.get(f"{LIST}2026H1/").content.decode()
    reader = sign_in(world.users.reader)
    page = reader.get(f"{LIST}2026H1/").content.decode()
    assert "fastställd, version 1" in " ".join(page.split())
    assert "SON 2026/1" in page
    assert "SON 2026/99" not in page
    assert ">utkast<" not in page
    assert ">utkast<" not in reader.get(LIST).content.decode()


def test_a_steps_address_leads_to_the_report(sign_in, world, report):
    client = sign_in(world.users.director)
    for name in ("godkann", "oppna", "faststall"):
        response = client.get(f"{LIST}2026H1/{name}/")
        assert (response.status_code, response["Location"]) == (302, f"{LIST}2026H1/")


def test_a_letter_with_an_empty_section_has_no_button_to_approve_with(sign_in, world, report):
    client = sign_in(world.users.director)
    assert "Godkänn rapporten" in client.get(f"{LIST}2026H1/").content.decode()
    report.sections.filter(key="assessment").update(text="")
    page = client.get(f"{LIST}2026H1/").content.decode()
    assert "Tjänsteskrivelsen är inte klar: Bedömning." in page
    assert "Godkänn rapporten" not in page


def test_files_are_fetched_by_name(sign_in, world, report):
    client = sign_in(world.users.secretary)
    response = client.get(f"{LIST}2026H1/fil/letter.docx")
    assert (
        response["Content-Disposition"] == 'attachment; filename="ostra-2026H1-tjansteskrivelse-utkast.docx"'
    )
    freeze(report, world)
    response = client.get(f"{LIST}2026H1/fil/all.pdf")
    assert response["Content-Disposition"] == 'attachment; filename="ostra-2026H1-rapport-v1.pdf"'
    assert response.content == actions.export(report, "pdf")


def test_the_secretary_registers_case_numbers_and_handling(sign_in, world, report):
    freeze(report, world)
    client = sign_in(world.users.secretary)
    report.refresh_from_db()
    client.post(
        f"{LIST}2026H1/andra/", {"case_numbers": "SON 2026/1\nSON 2026/7", "revision": report.revision}
    )
    forum = world.ours.forums.get()
    data = {"forum": forum.pk, "held_on": "2026-06-11", "paragraph": "§ 73", "outcome": "Nämnden godkände."}
    client.post(f"{LIST}2026H1/behandling/ny/", data)
    report.refresh_from_db()
    assert report.case_numbers == ["SON 2026/1", "SON 2026/7"]
    assert "§ 73" in client.get(f"{LIST}2026H1/").content.decode()
    assert sign_in(world.users.editor).get(f"{LIST}2026H1/behandling/ny/").status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period": "2026"}, "period"),
        ({"period": "2026H3"}, "period"),
        ({"cut_off": "2026-12-31"}, "__all__"),
        ({"period": "2026H1", "cut_off": "2026-06-01"}, "__all__"),
        ({"case_numbers": "\n".join(f"nr {n}" for n in range(9))}, "case_numbers"),
    ],
)
def test_a_wrong_report_frame_is_told(sign_in, world, report, changes, field):
    data = {"kind": "half_year", "period": "2026H2", "cut_off": "2026-11-20", "meets_on": "2026-12-04"}
    response = sign_in(world.users.editor).post(f"{LIST}ny/", data | changes)
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize("rows", [1, 4])
def test_list_query_count(sign_in, world, rows, django_assert_num_queries):
    """The list in seven; the checklist of the draft whose turn it is, however many there are, in fifteen."""
    for number in range(rows):
        factories.report(world.program, f"202{number}H1", cut_off=dt.date(2020 + number, 5, 20),
                         meets_on=dt.date(2020 + number, 6, 11))  # fmt: skip
    client = sign_in(world.users.editor)
    with django_assert_num_queries(22):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 12])
def test_composing_takes_the_same_queries_whatever_there_is(world, report, rows, django_assert_num_queries):
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        factories.activity(world.program, f"Aktivitet {number}", needs=[need])
        factories.dialogue(world.program, departments=[world.home], statements=["Ett"])
    with django_assert_num_queries(44):
        compose(report)


def test_export_command_writes_the_file(world, report, tmp_path):
    target = tmp_path / "rapport.pdf"
    call_command("export_report", "ostra/chefer", "2026H1", format="pdf", output=str(target))
    assert target.read_bytes().startswith(b"%PDF-")
    freeze(report, world)
    for form in ("pdf", "docx", "html", "json"):
        call_command("export_report", "ostra/chefer", "2026h1", format=form, output=str(target))
        assert target.read_bytes() == actions.export(report, form)


@pytest.mark.parametrize(("kind", "period"), [("feedback", "2026H1-chefer"), ("monthly", "2026-05")])
def test_export_command_finds_reports_of_every_kind(world, tmp_path, kind, period):
    own = factories.report(world.program)
    Report.objects.filter(pk=own.pk).update(kind=kind, period=period)
    for typed in (period, period.upper()):
        call_command("export_report", "ostra/chefer", typed, format="json", output=str(tmp_path / typed))
        assert json.loads((tmp_path / typed).read_text())["period"] == period


def test_export_command_says_when_the_own_template_gave_way(world, report, tmp_path):
    own = word_templates.add_template(
        organisation=world.ours, name="Vår mall", content=b"PK trasig", by=world.users.editor
    )
    word_templates.put_in_use(organisation=world.ours, template=own, seen=0)

    def said(form: str) -> str:
        stderr = io.StringIO()
        target = str(tmp_path / f"ut.{form}")
        call_command("export_report", "ostra/chefer", "2026H1", format=form, output=target, stderr=stderr)
        return stderr.getvalue()

    assert "Wordmallen Vår mall går inte att använda" in said("docx")
    assert said("pdf") == ""
    freeze(report, world)
    assert said("docx") == ""  # the stored file, however the template is by now


def test_a_report_that_no_committee_meets_on_is_not_said_to_go_to_one(sign_in, world, report):
    address = "/ostra/chefer/rapporter/"
    client = sign_in(world.users.secretary)
    assert "<strong>Behandling</strong>" in client.get(f"{address}2026H1/").content.decode()
    freeze(report, world)
    assert "behandling/ny/" in client.get(f"{address}2026H1/").content.decode()
    for kind, period in (("monthly", "2026-05"), ("feedback", "2026H1-chefer")):
        Report.objects.filter(pk=report.pk).update(kind=kind, period=period)
        page = client.get(f"{address}{period}/").content.decode()
        stages = page[page.index('class="stages') : page.index("</ol>", page.index('class="stages'))]
        assert "Behandling" not in stages
        assert "behandling/ny/" not in page


def test_what_a_correction_says_holds_no_personal_number(sign_in, world, report):
    freeze(report, world)
    report.refresh_from_db()
    actions.reopen_report(report=report, revision=report.revision)
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    page = step(
        sign_in(world.users.secretary), report, "faststall", sure="on", corrects="Om 19121212-1212"
    ).content
    assert "Här står ett personnummer" in page.decode()
    assert report.releases.count() == 1


def test_export_command_fails_in_one_line(world, report, tmp_path):
    with pytest.raises(CommandError, match=r"There is no report 2099H1 in ostra/chefer\."):
        call_command("export_report", "ostra/chefer", "2099H1", format="pdf", output=str(tmp_path / "x"))
    with pytest.raises(CommandError, match="Cannot write"):
        call_command(
            "export_report", "ostra/chefer", "2026H1", format="json", output=str(tmp_path / "a" / "b")
        )


def test_the_director_approves_what_was_shown_and_nothing_else(sign_in, world, report):
    shown = actions.content_checksum(compose(report))
    section = report.sections.get(key="next")
    actions.write_section(section=section, text="Nytt i sista stund", revision=1)
    page = step(sign_in(world.users.director), report, "godkann", shown=shown).content.decode()
    assert "Rapporten har ändrats sedan du öppnade den." in page
    report.refresh_from_db()
    assert report.stage == "draft"


def test_freezing_is_asked_twice(sign_in, world, report):
    step(sign_in(world.users.director), report, "godkann")
    step(sign_in(world.users.secretary), report, "faststall", sure="")
    assert not Release.objects.exists()


def test_frozen_files_are_fetched_while_a_correction_is_written(sign_in, world, report):
    freeze(report, world)
    frozen = actions.export(report, "pdf")
    actions.reopen_report(report=report, revision=report.revision)
    assert sign_in(world.users.reader).get(f"{LIST}2026H1/fil/all.pdf").content == frozen
    secretary = sign_in(world.users.secretary)
    assert secretary.get(f"{LIST}2026H1/fil/all.pdf?version=1").content == frozen
    assert secretary.get(f"{LIST}2026H1/fil/all.pdf?version=7").status_code == 404


@pytest.mark.parametrize(
    "name", ["Hemtjänst innerstaden norra området 😀 natt", "constructor", "a" * 120, "']}\\"]
)
def test_a_units_name_and_code_never_break_the_chart(sign_in, world, report, name):
    unit = world.home.units.first()
    unit.name, unit.code = name, name[:20]
    unit.save()
    composed = compose(report)
    for render in (pdf.render, docx.render, html.render):
        assert render(composed)
    assert sign_in(world.users.editor).get("/ostra/chefer/chefsomraden/").status_code == 200


def test_a_text_cannot_take_the_charts_place_in_word(report):
    Section.objects.filter(report=report, key="next").update(text="picture-1")
    word = Document(io.BytesIO(docx.render(compose(report))))
    assert "picture-1" in [paragraph.text for paragraph in word.paragraphs]
    drawing = word.element.body.xpath(".//w:p[.//w:drawing]")[0]
    assert drawing.getprevious().xpath("string(.)").startswith("Ett av två chefsområden")
