"""The report as a web page: publishable as it is, and on its own page a way into everything it rests on."""

import datetime as dt
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from organisation.access import Kind
from reports import actions, content, links
from reports.content import Edition, Source
from reports.facts import compose
from reports.models import Hearing, Section, SectionLayout
from reports.render import html
from reports.versions import versions
from tests import documents, factories

PAGE = "/ostra/chefer/rapporter/2026H1/"


class Outline(HTMLParser):
    """Headings with their levels, anchors, the local links and every address of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.handlers += [name for name in given if name.startswith("on")]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.hrefs.append(given["href"])


def page(kind: str = "half_year", part: str = "all", **options) -> str:
    return html.render(documents.content(kind), part, **options).decode()


@pytest.mark.parametrize("kind", ["plan", "half_year", "final", "monthly", "feedback"])
def test_the_published_page_stands_by_itself(kind):
    text = page(kind)
    found = Outline(re.sub("<svg.*?</svg>", "", text, flags=re.S))
    assert '<html lang="sv">' in text
    assert set(found.tags) & {"script", "link", "iframe", "img", "base"} == set()
    assert found.handlers == []
    assert [href for href in found.hrefs if not href.startswith("#")] == []
    assert {href[1:] for href in found.hrefs} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert found.levels[0] == 1
    assert found.levels.count(1) == 1
    assert [pair for pair in pairwise(found.levels) if pair[1] > pair[0] + 1] == []
    assert "url(" not in text.split("</style>")[0]


def test_it_has_a_skip_link_contents_and_a_print_style():
    text = page()
    assert text.index('class="skip"') < text.index("<main")
    contents = text[text.index('<nav class="contents"') : text.index("</nav>")]
    for row in documents.content().sections:
        assert f'<a href="#{row.key}">{row.heading}</a>' in contents
        assert f'<section id="{row.key}">' in text
    assert '<a href="#kallor">Källor</a>' in contents
    assert "@media print" in text


def test_codes_lead_to_the_list_of_sources():
    text = page()
    assert '<a href="#k-A1" title="Resurschef vid vakanser">A1</a>' in text
    for source in documents.SOURCES:
        assert f'id="k-{source.code}"' in text
        assert source.title in text
        assert source.detail in text
    assert text.index('id="kallor"') > text.index('id="next"')


def test_every_kind_of_block_is_shown_with_its_sources():
    text = page()
    assert text.index("En fast text.") < text.index("Vi har gjort det vi sade.")
    assert "<h4>Sedan förra rapporten</h4>" in text
    assert "<ol><li>Nämnden godkänner lägesrapporten.</li>" in text
    assert '<th scope="col">Källa</th>' in text
    assert 'role="img" aria-label="Stapeldiagram: Hemtjänsten 28, Myndigheten 17."' in text
    refs = re.findall(r'<span class="refs">\[(.*?)\]</span>', text)
    assert [re.sub("<[^>]+>", "", row) for row in refs][:4] == ["A1", "A1, M1", "M1", "M1"]


def test_an_edition_is_told_and_a_draft_is_a_draft():
    text = page(edition=Edition(2, "3 juni 2026", "Siffran <b>var</b> fel."))
    assert "Version 2, fastställd 3 juni 2026" in text
    assert "Siffran &lt;b&gt;var&lt;/b&gt; fel." in text
    assert "Utkast" not in text
    assert "Utkast" in page(draft=True)


def test_a_part_is_that_part():
    assert 'id="rapport"' not in page(part="letter")
    assert 'id="tjansteskrivelse"' not in page(part="report")


def test_hostile_texts_are_shown_and_do_nothing():
    text = html.render(documents.hostile()).decode()
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert html.render(documents.hostile()) == text.encode()


@pytest.fixture
def told(world):
    """A report whose content rests on one row of each kind that has a page."""
    activity = factories.activity(world.program, "Klar aktivitet", on=dt.date(2026, 1, 10))
    need = factories.need(world.program)
    draft = factories.dialogue(world.program, departments=[world.other])
    indicator = factories.indicator(world.program)
    counts = factories.headcounts(world.ours, [(world.home, "1", 33, 1)])
    report = factories.report(world.program)
    hearing = Hearing.objects.create(
        report=report, forum=world.ours.forums.get(), held_on=dt.date(2026, 6, 11)
    )
    rows = {"activity": activity, "need": need, "dialogue": draft, "indicator": indicator, "headcount": counts,
            "hearing": hearing}  # fmt: skip
    sources = [Source(kind.upper(), kind, row.pk, str(row)) for kind, row in rows.items()]
    return report, rows, sources


def test_sources_lead_to_their_pages(sign_in, world, told):
    _report, rows, sources = told
    found = links.addresses(factories.place(world.program), sources)
    assert set(found) == {source.code for source in sources}
    client = sign_in(world.users.editor)
    for address in found.values():
        assert client.get(address).status_code == 200, address
    assert found["HEADCOUNT"].endswith(f"?per={rows['headcount'].as_of}")
    assert found["HEARING"].endswith("#behandling")


def test_what_a_reader_may_not_open_or_is_gone_has_no_link(world, told):
    _report, _rows, sources = told
    found = links.addresses(factories.place(world.program, Kind.READER), sources)
    assert "DIALOGUE" not in found  # a draft
    assert "HEARING" not in found  # of a report that is not frozen
    gone = [Source("X1", "activity", 987654, "Borta"), Source("X2", "okand", 1, "Okänd")]
    assert links.addresses(factories.place(world.program), gone) == {}


def test_another_organisations_rows_have_no_link(world):
    theirs = factories.activity(world.hidden, "Hemlig")
    hidden = factories.headcounts(world.theirs, [])
    sources = [Source("A1", "activity", theirs.pk, "x"), Source("P1", "headcount", hidden.pk, "x")]
    assert links.addresses(factories.place(world.program), sources) == {}


@pytest.mark.parametrize("rows", [1, 6])
def test_links_ask_once_a_kind(world, told, rows, django_assert_num_queries):
    _report, _rows, sources = told
    more = [
        Source(f"A{n}", "activity", factories.activity(world.program, f"Nr {n}").pk, "x") for n in range(rows)
    ]
    place = factories.place(world.program)
    with django_assert_num_queries(6):
        links.addresses(place, [*sources, *more])


def freeze(report, world, **options):
    texts = {"letter": "Text."}
    Section.objects.filter(report=report, text="").update(text=texts["letter"])
    report.refresh_from_db()
    actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    return actions.freeze_report(report=report, by=world.users.secretary, revision=report.revision, **options)


def test_stored_files_say_which_version_they_are_and_what_it_corrects(sign_in, world, told):
    report = told[0]
    freeze(report, world)
    actions.reopen_report(report=report, revision=report.revision)
    second = freeze(report, world, corrects="Sammanfattningen.")
    files = {row.form: bytes(row.data).decode() for row in second.files.filter(form="html")}
    assert "Version 2, fastställd" in files["html"]
    assert "Sammanfattningen." in files["html"]
    text = sign_in(world.users.reader).get(PAGE).content.decode()
    assert "Version 2, fastställd" in text
    assert text.index("Version 2,") < text.index("Version 1,")
    for row in (*second.files.all(), second):
        assert row.checksum in text
    assert f"{PAGE}fil/letter.pdf?version=1" in text
    assert "Fastställd av" not in text  # names are for those who work here
    assert "Fastställd av secretary" in sign_in(world.users.editor).get(PAGE).content.decode()


def test_the_page_leads_into_the_product_and_the_file_does_not(sign_in, world, told):
    report = told[0]
    activity = world.program.activities.get(title="Klar aktivitet")
    factories.status(activity, "completed", on=dt.date(2026, 4, 1), completed_on=dt.date(2026, 3, 30))
    address = f'href="/ostra/chefer/aktiviteter/{activity.pk}/"'
    assert compose(report).sources
    assert address in sign_in(world.users.editor).get(PAGE).content.decode()
    assert address not in html.render(compose(report)).decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_versions_are_asked_for_once(world, told, rows, django_assert_num_queries):
    report = told[0]
    freeze(report, world)
    for _number in range(rows):
        actions.reopen_report(report=report, revision=report.revision)
        freeze(report, world, corrects="Igen.")
    with django_assert_num_queries(2):
        found = versions(report)
    assert [row.release.version for row in found] == list(range(rows + 1, 0, -1))
    assert found[0].files[-1].form == "json"


def test_a_frozen_report_of_the_first_schema_is_shown_and_fetched(sign_in, world, told):
    report = told[0]
    release = freeze(report, world)
    old = report.releases.model(
        report=report, version=2, schema=1, content=documents.as_first_schema(release.content), checksum="0" * 64, by=release.by,
        at=release.at, corrects="Äldre.",
    )  # fmt: skip
    old.save()
    client = sign_in(world.users.reader)
    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}fil/all.json?version=2").content == old.content.encode()
    assert content.from_json(old.content).sources == ()


@pytest.mark.parametrize("rows", [1, 8])
@pytest.mark.parametrize("stage", ["draft", "frozen"])
def test_the_pages_queries_do_not_grow(sign_in, world, rows, stage, django_assert_num_queries):
    report = factories.report(world.program)
    for number in range(rows):
        need = factories.need(world.program, f"Behov {number}")
        row = factories.activity(world.program, f"Nr {number}", on=dt.date(2026, 1, 10), needs=[need])
        factories.status(row, "completed", on=dt.date(2026, 4, 1), completed_on=dt.date(2026, 3, 30))
    if stage == "frozen":
        freeze(report, world)
    client = sign_in(world.users.reader if stage == "frozen" else world.users.editor)
    with django_assert_num_queries({"draft": 71, "frozen": 13}[stage]):
        client.get(PAGE)
    with django_assert_num_queries({"draft": 14, "frozen": 13}[stage]):  # nothing is written meanwhile
        client.get(PAGE)


@pytest.mark.parametrize("role", ["director", "secretary"])
def test_sections_that_will_be_left_out_are_named_before_approving_and_freezing(sign_in, world, told, role):
    report = told[0]
    Section.objects.filter(report=report, text="").update(text="Text.")
    SectionLayout.objects.create(
        organisation=world.ours,
        kind=report.kind,
        part="report",
        key="own-1",
        heading="Barnperspektivet",
        order=99,
    )
    if role == "secretary":
        actions.approve_report(report=report, by=world.users.director, revision=report.revision)
    body = sign_in(getattr(world.users, role)).get(PAGE).content.decode()
    assert "Avsnitt där inget står kommer inte med: Barnperspektivet." in body
