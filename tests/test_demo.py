"""The demo: the sources' figures in their places, loaded once, nothing crossing organisations."""

import datetime as dt
import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from demo import loader
from dialogues.models import Dialogue, Statement
from organisation.management.commands.check_scope import crossings, owner_path
from organisation.models import Department, Organisation
from program.exchange.compare import compare
from program.exchange.head import head
from program.exchange.reading import read_file
from program.exchange.snapshot import take
from program.exchange.write import to_csv, to_xlsx
from program.management.commands.import_plan import find_place
from program.models import (
    Activity,
    AnnualEvent,
    Audience,
    Clause,
    Document,
    ProcessStep,
    Program,
    Resource,
    Stage,
)
from reports.models import Hearing, Instruction, Release, Report, Ruling

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The whole demo with its first two reports frozen (the rest is the same work again), once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        loader.load(frozen=("2024H1", "2024H2"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(settings, loaded, db):
    settings.DEBUG = True


def test_the_demo_carries_the_sources(demo):
    gotland = Program.objects.get(slug="enhetschefer-2024-2027")
    assert [row.slug for row in Organisation.objects.order_by("slug")] == [
        "gotland-sof", "helsingborg-sof", "helsingborg-vof", "linkoping-soc",
    ]  # fmt: skip
    spoken = Statement.objects.filter(dialogue__program=gotland)
    assert (spoken.filter(kind="current").count(), spoken.filter(kind="opportunity").count()) == (95, 52)
    assert Dialogue.objects.filter(program=gotland, published_at__isnull=False).count() == 6
    assert ProcessStep.objects.filter(program=gotland).count() == 8
    assert ProcessStep.objects.get(words="april–maj 2024").last_day == dt.date(2024, 5, 31)
    assert Clause.objects.filter(assignment__program=gotland).count() == 3
    assert gotland.needs.count() == 11
    assert gotland.organisation.guidelines.get().factors.count() == 10
    assert gotland.organisation.guidelines.get().bases.count() == 8
    assert (
        Department.objects.get(code="52001").note == "Avdelningen saknar rubrikrad i källan; namnet är vårt."
    )


def test_support_is_there_with_for_whom_and_none_is_not_the_same_as_not_recorded(demo):
    support = Resource.objects.filter(program__slug="enhetschefer-2024-2027")
    assert Counter(support.values_list("kind", flat=True)) == {
        "training": 10, "forum": 2, "introduction": 1, "governing": 5, "system": 9, "function": 8, "provider": 4,
    }  # fmt: skip
    said = {row.name: (row.audiences, row.stage) for row in support if row.audiences or row.stage}
    assert said == {
        "Ny som chef": (["prospective"], "before"),
        "Grunden som chef": (["new"], "first_year"),
        "Förändringsledarskap": (["new"], "first_year"),
        "Tillitsbaserat ledarskap": (["new", "experienced", "team_leaders"], ""),
        "Introduktionsprogram för nya chefer": (["new"], "first_year"),
    }
    assert support.get(name="Ny som chef").former_name == "Vägen till ledarskap"
    assert set(support.filter(part_of="Grunden som chef").values_list("name", flat=True)) == {
        "Förändringsledarskap",
        "Tillitsbaserat ledarskap",
    }
    none_of_its_own = support.get(department__code="52010")
    assert none_of_its_own.is_none
    assert support.filter(is_none=True).count() == 1
    assert not support.filter(department__code="52001").exists()
    assert support.filter(department__isnull=False, is_none=False).count() == 7
    rows = [*support, *Activity.objects.all(), *AnnualEvent.objects.all()]
    assert {word for row in rows for word in row.audiences} <= set(Audience.values)
    assert {row.stage for row in support} <= {"", *Stage.values}


def test_demo_accounts_have_addresses(demo, django_user_model):
    assert set(django_user_model.objects.values_list("email", flat=True)) == {
        f"{name}@example.org"
        for name in ("hr", "avdelningschef", "direktor", "sekreterare", "enhetschef", "lasare", "admin")
    }


def test_its_span_is_table_3(demo):
    out = StringIO()
    call_command("span", "gotland-sof", as_of="2024-03-31", json=True, stdout=out)
    told = json.loads(out.getvalue())
    totals = told["totals"]
    assert (totals["units"], totals["managers"], totals["employees"]) == (59, 69, 1555)
    assert totals["without_management"] == {"units": 52, "managers": 62, "employees": 1469}
    assert (totals["fte"], totals["stated_fte"]) == ("1497.42", "1498.42")
    assert {(row["where"], row["kind"]) for row in totals["discrepancies"]} == {
        ("Socialnämnden", "error"),
        ("Särskilda boenden", "rounding"),
        ("Hemtjänsten", "rounding"),
        ("Omsorgen om personer med funktionsnedsättning", "rounding"),
        ("Individ- och familjeomsorgen", "rounding"),
    }
    assert sum(row["over_base"] for row in told["units"]) == 12
    assert [row["name"] for row in told["units"] if row["over_largest"]] == ["Tingsbrogården"]


def test_the_working_partys_handling_is_kept_and_flagged(demo):
    hearing = Hearing.objects.get(held_on=dt.date(2024, 5, 29))
    assert (hearing.paragraph, hearing.case_number, hearing.presenter.name) == (
        "§ 73",
        "SON 2024/132",
        "HR-chef",
    )
    late = [document for document in hearing.documents.all() if document.dated > hearing.held_on]
    assert [(document.dated, document.note) for document in late] == [
        (dt.date(2024, 6, 13), "daterad efter arbetsutskottets möte")
    ]
    assert Document.objects.filter(dated=dt.date(2024, 5, 20)).exists()


def test_reports_are_frozen_in_turn(demo):
    assert list(Report.objects.order_by("cut_off").values_list("period", flat=True)) == [
        "2024H1", "2024H2", "2025H1", "2025H2", "2026H1", "2026H1-chefer", "2026-10", "2026H2",
    ]  # fmt: skip
    assert Ruling.objects.filter(outcome=Ruling.Outcome.ADOPTED).count() == 7
    assert list(
        Instruction.objects.filter(answered_on=None).values_list("hearing__paragraph", flat=True)
    ) == ["§ 84"]
    content = json.loads(Release.objects.get(report__period="2024H2").content)
    assert (content["cut_off"], content["previous_cut_off"]) == ("15 november 2024", "31 maj 2024")
    assert content["is_example"] is True


def test_its_activities_tell_a_story_to_this_autumn(demo):
    states = Activity.objects.filter(program__slug="enhetschefer-2024-2027").with_state(dt.date(2026, 11, 22))
    assert states.count() == 26
    assert states.late(dt.date(2026, 11, 22)).count() == 2
    assert states.due(dt.date(2026, 11, 22)).count() == 3
    assert states.filter(state_status="stopped").count() == 1


def test_nothing_crosses_organisations(demo):
    assert crossings() == {}


def test_a_row_that_crosses_is_found(demo):
    activity = Activity.objects.filter(program__slug="handlingsplan-2019").first()
    activity.departments.add(Department.objects.get(code="52004"))
    with pytest.raises(CommandError, match=r"program.Activity_departments.activity \(1\)"):
        call_command("check_scope", stdout=StringIO())


def test_every_own_model_has_an_owner():
    assert owner_path(Statement) == "dialogue__program__organisation"


def test_loading_again_changes_nothing(demo):
    before = Activity.objects.count()
    out = StringIO()
    call_command("demo", stdout=out)
    assert out.getvalue() == "The demo is there already.\n"
    assert Activity.objects.count() == before


def test_the_demo_is_refused_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="known passwords"):
        call_command("demo")


def test_example_data_is_marked_on_every_page(demo, client, django_user_model):
    client.force_login(django_user_model.objects.get(username="lasare"))
    for path in ("aktiviteter/", "chefsomraden/", "matt/", "rapporter/2024H2/"):
        assert "Exempeldata" in client.get(f"/gotland-sof/enhetschefer-2024-2027/{path}").content.decode(), (
            path
        )


def test_each_programme_leaves_and_reads_back_as_unchanged(demo):
    for program in Program.objects.select_related("organisation"):
        place = find_place("/".join(program.address))
        held = take(place, TODAY)
        for name, content in (
            ("p.csv", to_csv(held, "sv")),
            ("p.xlsx", to_xlsx(held, program, "en", head(place))),
        ):
            found = compare(read_file(name, content, place), place, TODAY)
            assert (found.wrong, found.count("unchanged"), found.missing) == ([], len(held), []), program
