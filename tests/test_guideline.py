"""The guideline in versions, units' own assessments, and the structure that both rest on."""

import datetime as dt
import html

import pytest

from metrics.forms.guideline import GuidelineForm, rows_of
from metrics.guideline import wording
from metrics.guideline.actions import save_version
from metrics.guideline.assessment import Assessed
from metrics.models import Assessment, FactorMark, Guideline, GuidelineBase, GuidelineFactor
from organisation.models import Predecessor, Unit
from tests import factories
from tests.factories import DAY
from ui.revision import Stale

URL, SPAN, STRUCTURE = "/ostra/chefer/riktlinje/", "/ostra/chefer/chefsomraden/", "/ostra/-/struktur/"
FACTORS = (
    ("Spridning", "Samlad verksamhet", "Spridda grupper"),
    ("Komplexitet", "Homogen grupp", "Många professioner"),
    ("Komplexitet", "Få kontaktytor", "Många kontaktytor"),
)


@pytest.fixture
def admin(sign_in, world):
    return sign_in(world.users.admin)


def version(
    organisation, valid_from=dt.date(2023, 1, 1), bases=(("Hemtjänsten", 30),), **fields
) -> Guideline:
    row = Guideline.objects.create(
        organisation=organisation, valid_from=valid_from, **{"title": "Riktlinje"} | fields
    )
    for order, (category, base) in enumerate(bases):
        GuidelineBase.objects.create(guideline=row, category=category, base=base, order=order)
    for order, (name, larger, smaller) in enumerate(FACTORS):
        GuidelineFactor.objects.create(
            guideline=row, name=name, allows_larger=larger, requires_smaller=smaller, order=order
        )
    return row


def unit(world, code="1001", **fields) -> Unit:
    return Unit.objects.create(
        department=world.home,
        code=code,
        name=f"Enhet {code}",
        **{"guideline_category": "Hemtjänsten"} | fields,
    )


def typed(today, bases=(("Hemtjänsten", 30), ("Boenden", 25)), factors=FACTORS, **head) -> dict:
    """A version as the page sends it; it begins to hold in thirty days."""
    data = {
        "title": "Ny riktlinje",
        "valid_from": f"{today + dt.timedelta(days=30)}",
        "usual_adjustment": "5",
        "largest_adjustment": "10",
        "do": "save",
    }
    for number, (category, base) in enumerate(bases):
        data |= {f"base-{number}-category": category, f"base-{number}-base": f"{base}"}
    for number, row in enumerate(factors):
        for name, value in zip(("name", "allows_larger", "requires_smaller"), row, strict=True):
            data[f"factor-{number}-{name}"] = value
    return data | head


def rows(guideline) -> list[tuple]:
    return [(row.category, row.base) for row in guideline.bases.all()]


def page(response) -> str:
    return html.unescape(response.content.decode())


# Versions


def test_without_a_guideline_hr_is_invited_and_others_are_told(sign_in, world):
    assert "Skriv in riktlinjen" in page(sign_in(world.users.editor).get(URL))
    assert "Skriv in riktlinjen" not in page(sign_in(world.users.reader).get(URL))


@pytest.mark.parametrize("kind", ["department_head", "director", "secretary", "manager", "reader", "admin"])
def test_everybody_reads_the_guideline_and_hr_alone_changes_it(sign_in, world, today, kind):
    coming = version(world.ours, today + dt.timedelta(days=3))
    client = sign_in(getattr(world.users, kind))
    assert "Samlad verksamhet" in page(client.get(URL))
    for path in ("ny/", f"{coming.pk}/andra/", f"{coming.pk}/ta-bort/"):
        assert client.get(URL + path).status_code == client.post(URL + path).status_code == 403
    assert Guideline.objects.get() == coming


def test_the_version_in_force_is_shown_among_all(hr, world, today):
    version(world.ours, dt.date(2020, 1, 1), title="Den gamla")
    now = version(world.ours, dt.date(2023, 1, 1), title="Den som gäller")
    version(world.ours, today + dt.timedelta(days=3), title="Den nya")
    response = hr.get(URL)
    assert response.context["shown"] == now
    assert [row.title for row in response.context["versions"]] == ["Den nya", "Den som gäller", "Den gamla"]


def test_a_new_version_begins_as_a_copy_of_the_one_in_force(hr, world, today):
    version(world.ours, usual_adjustment=4, largest_adjustment=8)
    version(world.ours, today + dt.timedelta(days=3), bases=[("Annat", 12)])
    response = hr.get(f"{URL}ny/")
    assert response.context["form"]["largest_adjustment"].value() == 8
    assert response.context["form"]["valid_from"].value() is None
    told = page(response)
    assert "Hemtjänsten" in told
    assert "Annat" not in told
    assert [form["name"].value() for form in response.context["factors"]] == [
        "Spridning", "Komplexitet", "Komplexitet", None,
    ]  # fmt: skip


def test_a_version_is_saved_with_its_rows_in_order(hr, world, today):
    old = version(world.ours)
    response = hr.post(f"{URL}ny/", typed(today, bases=[("Boenden", 25), ("", ""), ("Hemtjänsten", 28)]))
    new = Guideline.objects.exclude(pk=old.pk).get()
    assert response["Location"] == f"{URL}{new.pk}/"
    assert rows(new) == [("Boenden", 25), ("Hemtjänsten", 28)]
    assert [(f.name, f.allows_larger, f.requires_smaller) for f in new.factors.all()] == list(FACTORS)
    assert rows(old) == [("Hemtjänsten", 30)]


def test_units_that_a_version_leaves_without_base_number_are_told(hr, world, today):
    unit(world)
    response = hr.post(f"{URL}ny/", typed(today, bases=[("Boenden", 25)]), follow=True)
    assert (
        "1 chefsområde får inget grundtal av den, eftersom kategorin inte finns där: “Hemtjänsten”."
        in page(response)
    )
    response = hr.post(
        f"{URL}ny/", typed(today + dt.timedelta(days=1), bases=[("Hemtjänsten", 25)]), follow=True
    )
    assert "får inget grundtal" not in page(response)


def test_a_version_that_is_changed_keeps_nothing_of_the_old_rows(hr, world, today):
    coming = version(world.ours, today + dt.timedelta(days=3))
    hr.post(f"{URL}{coming.pk}/andra/", typed(today, bases=[("Boenden", 20)], factors=[FACTORS[1]]))
    coming.refresh_from_db()
    assert (coming.title, rows(coming)) == ("Ny riktlinje", [("Boenden", 20)])
    assert [row.name for row in coming.factors.all()] == ["Komplexitet"]


@pytest.mark.parametrize(
    ("do", "categories"),
    [
        ("base-0-down", ["Boenden", "Hemtjänsten"]),
        ("base-1-up", ["Boenden", "Hemtjänsten"]),
        ("base-0-up", ["Hemtjänsten", "Boenden"]),
        ("base-1-down", ["Hemtjänsten", "Boenden"]),
        ("base-0-remove", ["Boenden"]),
        ("base-9-remove", ["Hemtjänsten", "Boenden"]),
        ("base-9-up", ["Hemtjänsten", "Boenden"]),
        ("base-add", ["Hemtjänsten", "Boenden", None]),
        ("strunt", ["Hemtjänsten", "Boenden"]),
    ],
)
def test_rows_are_moved_and_added_without_saving_or_losing_anything(hr, world, today, do, categories):
    response = hr.post(f"{URL}ny/", typed(today, do=do, title="Påbörjad", valid_from="2027-13-40"))
    assert [form["category"].value() for form in response.context["bases"]] == categories
    assert response.context["form"]["title"].value() == "Påbörjad"
    assert "2027-13-40" in page(response)
    assert "errorlist" not in page(response)
    assert not Guideline.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "måste fyllas i"),
        ({"usual_adjustment": "11"}, "Den största justeringen är minst lika stor som den vanliga."),
        ({"largest_adjustment": "21"}, "mindre än eller lika med 20"),
        ({"base-0-base": "0"}, "större än eller lika med 1"),
        ({"base-0-base": ""}, "måste fyllas i"),
        ({"base-1-category": "HEMTJÄNSTEN"}, "Kategorin finns två gånger."),
        ({"factor-0-allows_larger": ""}, "måste fyllas i"),
        ({"factor-0-name": "19121212-1212"}, "person"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(hr, world, today, changes, message):
    response = hr.post(f"{URL}ny/", typed(today, **changes))
    told = page(response)
    assert message in told
    assert "Boenden" in told or "HEMTJÄNSTEN" in told
    assert "Många kontaktytor" in told
    assert not Guideline.objects.exists()
    assert not GuidelineBase.objects.exists()


def test_a_guideline_has_a_category(hr, world, today):
    assert "minst en kategori" in page(hr.post(f"{URL}ny/", typed(today, bases=[("", "")])))
    assert not Guideline.objects.exists()


def test_a_guideline_has_room_for_forty_of_each(hr, world, today):
    many = [(f"Kategori {number}", 30) for number in range(41)]
    page = hr.post(f"{URL}ny/", typed(today, bases=many)).content.decode()
    assert "En riktlinje har högst 40 grundtal. Ta bort några." in page
    page = hr.post(f"{URL}ny/", typed(today, factors=[FACTORS[0]] * 41)).content.decode()
    assert "En riktlinje har högst 40 faktorer. Ta bort några." in page
    assert not Guideline.objects.exists()
    hr.post(f"{URL}ny/", typed(today, bases=many[:40], factors=[FACTORS[0]] * 40))
    assert Guideline.objects.count() == 1


def test_numbers_are_written_in_the_digits_0_to_9(hr, world, today):
    for changes in ({"bases": [("Hemtjänsten", "٣")]}, {"usual_adjustment": "٣"}):
        page = hr.post(f"{URL}ny/", typed(today, **changes)).content.decode()
        assert "Skriv talet med siffrorna 0–9: ٣." in page
    assert not Guideline.objects.exists()


def test_two_versions_do_not_begin_on_the_same_day(hr, world, today):
    version(world.ours, today + dt.timedelta(days=30))
    version(world.theirs, today + dt.timedelta(days=31), title="Hemlig")
    assert "Det finns redan en version från den dagen." in page(hr.post(f"{URL}ny/", typed(today)))
    day = f"{today + dt.timedelta(days=31)}"
    assert hr.post(f"{URL}ny/", typed(today, valid_from=day)).status_code == 302


def test_a_version_that_holds_already_is_asked_about_once(hr, world, today):
    data = typed(today, valid_from="2023-01-01")
    assert "Dagen har passerat" in page(hr.post(f"{URL}ny/", data))
    assert not Guideline.objects.exists()
    assert hr.post(f"{URL}ny/", data | {"holds_already": "on"}).status_code == 302
    told = page(hr.get(URL))
    assert "Den här versionen gäller sedan 1 januari 2023, så den går inte att ändra." in told


def test_a_version_in_force_or_in_use_is_read_only_with_the_reason(hr, world, today):
    held = version(world.ours, today - dt.timedelta(days=1))
    used = version(world.ours, today + dt.timedelta(days=1), title="Använd")
    Assessment.objects.create(
        unit=unit(world), guideline=used, assessed_on=today, adjustment=1, motivation="Samlad"
    )
    for row, reason in ((held, "gäller sedan"), (used, "En bedömning är gjord efter den här versionen")):
        assert reason in page(hr.get(f"{URL}{row.pk}/"))
        assert "/andra/" not in page(hr.get(f"{URL}{row.pk}/"))
        for path in ("andra/", "ta-bort/"):
            response = hr.post(f"{URL}{row.pk}/{path}", typed(today))
            assert response.status_code == 403
            assert reason in page(response)
    assert [row.title for row in Guideline.objects.all()] == ["Använd", "Riktlinje"]


def test_a_version_may_change_on_its_first_day(hr, world, today):
    row = version(world.ours, today)
    assert hr.post(f"{URL}{row.pk}/andra/", typed(today, valid_from=f"{today}")).status_code == 302
    row.refresh_from_db()
    assert row.title == "Ny riktlinje"


def test_a_coming_version_is_removed_after_asking(hr, world, today):
    row = version(world.ours, today + dt.timedelta(days=3))
    assert "försvinner för gott" in page(hr.get(f"{URL}{row.pk}/ta-bort/"))
    assert hr.post(f"{URL}{row.pk}/ta-bort/")["Location"] == URL
    assert not GuidelineFactor.objects.exists()


def test_two_who_change_a_version_at_once_do_not_overwrite_each_other(hr, world, today):
    row = version(world.ours, today + dt.timedelta(days=3))
    url = f"{URL}{row.pk}/andra/"
    seen = hr.get(url).context["form"].initial["seen"]
    hr.post(url, typed(today, bases=[("Boenden", 21)], seen=seen))
    mine = hr.post(url, typed(today, bases=[("Hemtjänsten", 33)], seen=seen))
    assert "Någon annan ändrade detta medan du skrev" in page(mine)
    assert "Boenden 21" in page(mine)
    assert rows(row) == [("Boenden", 21)]
    again = mine.context["form"].data["seen"]
    assert hr.post(url, typed(today, bases=[("Hemtjänsten", 33)], seen=again)).status_code == 302
    assert rows(row) == [("Hemtjänsten", 33)]


def test_a_version_saved_between_reading_and_writing_is_not_overwritten(world, today):
    row = version(world.ours, today + dt.timedelta(days=3))
    form = GuidelineForm(typed(today), instance=row, today=today, held_rows=rows_of(row))
    assert form.is_valid()
    GuidelineBase.objects.update(base=99)
    with pytest.raises(Stale):
        save_version(form=form, bases=[{"category": "Boenden", "base": 1}], factors=[], today=today)
    row.refresh_from_db()
    assert (row.title, rows(row)) == ("Riktlinje", [("Hemtjänsten", 99)])


def test_another_organisations_version_is_not_found(hr, world, today):
    hidden = version(world.theirs, today + dt.timedelta(days=3), title="Hemlig")
    for path in ("", "andra/", "ta-bort/"):
        assert hr.get(f"{URL}{hidden.pk}/{path}").status_code == 404
    assert "Hemlig" not in page(hr.get(URL))
    assert "Samlad verksamhet" not in page(hr.get(f"{URL}ny/"))


# Categories


def test_who_follows_which_category_and_what_does_not_match(sign_in, world, today):
    world.home.guideline_category, world.other.guideline_category = "Hemtjänsten", "hemtjänsten"
    world.home.save(), world.other.save()
    version(world.ours, bases=[("Hemtjänsten", 30), ("Boenden", 25), ("Ingen alls", 20)])
    for code, own in (("1", ""), ("2", ""), ("3", "Boenden"), ("4", "Okänd")):
        unit(world, code, guideline_category=own)
    unit(world, "5", guideline_category="Också okänd", closed_on=today)
    astray = Unit.objects.create(department=world.other, code="6", name="Enhet 6")
    response = sign_in(world.users.editor).get(URL)
    told = [
        (row["use"].category, row["base"], row["lowest"], row["highest"], row["use"].count)
        for row in response.context["rows"]
    ]
    assert told == [("Hemtjänsten", 30, 20, 40, 2), ("Boenden", 25, 15, 35, 1), ("Ingen alls", 20, 10, 30, 0)]
    text = page(response)
    assert "2 chefsområden saknar grundtal" in text
    assert "”Okänd” finns inte i riktlinjen" in text
    assert "”Hemtjänsten” finns, och skiljer bara i stora bokstäver eller mellanslag" in text
    assert "Också okänd" not in text
    assert "1 kategori gäller inte för något chefsområde" in text
    own = Unit.objects.get(code="4")
    links = (f"{STRUCTURE}chefsomrade/{own.pk}/", f"{STRUCTURE}avdelning/{astray.department_id}/")
    assert [link in text for link in links] == [False, False]
    text = page(sign_in(world.users.admin).get(URL))
    assert [link in text for link in links] == [True, True]


@pytest.mark.parametrize("many", [1, 5])
def test_the_guideline_takes_eight_queries(hr, world, many, django_assert_num_queries):
    for number in range(many):
        version(world.ours, dt.date(2020 + number, 1, 1), bases=[(f"K{n}", 30) for n in range(many)])
        unit(world, f"1{number}", guideline_category=f"K{number}")
        unit(world, f"2{number}", guideline_category=f"Okänd {number}")
    with django_assert_num_queries(8):
        hr.get(URL)


# Assessments


def assess(client, row, **data):
    return client.post(f"{SPAN}{row.pk}/bedomning/", data)


def marks_of(guideline, *values) -> dict:
    return {f"mark_{row.pk}": value for row, value in zip(guideline.factors.all(), values, strict=True)}


def test_each_factor_is_marked_and_nothing_is_chosen_beforehand(hr, world):
    version(world.ours)
    row = unit(world)
    response = hr.get(f"{SPAN}{row.pk}/bedomning/")
    text = page(response)
    assert (text.count('value="neutral"'), text.count("checked")) == (3, 0)
    assert "Ingen är markerad i förväg." in text
    for _name, larger, smaller in FACTORS:
        assert larger in text
        assert smaller in text


def test_an_assessment_is_kept_with_its_marks_and_version(hr, world, today):
    guideline = version(world.ours)
    row = unit(world)
    data = {"adjustment": "-5", "motivation": "Spridda grupper."}
    assert assess(hr, row, **data, **marks_of(guideline, "smaller", "neutral", "larger")).status_code == 302
    kept = Assessment.objects.get()
    assert (kept.guideline, kept.by, kept.assessed_on) == (guideline, world.users.editor, today)
    assert [mark.mark for mark in kept.marks.all()] == ["smaller", "neutral", "larger"]
    text = page(hr.get(f"{SPAN}{row.pk}/bedomning/"))
    assert text.count(" checked") == 3
    assert "Faktorerna står som de markerades förra gången." in text
    assert (
        "Grundtalet för hemtjänsten är 30. Riktlinjen medger högst 5–10 färre eller fler när faktorer talar för det: "
        "20–40. Chefsområdets egen bedömning är 25, alltså 5 färre; en faktor kräver en mindre grupp, en faktor medger "
        "en större grupp." in text
    )
    assert "Spridning: <strong>kräver mindre grupp" in text
    assert "editor" in text


def test_a_mark_that_is_not_chosen_is_asked_for_and_the_rest_is_kept(hr, world):
    version(world.ours)
    response = assess(hr, unit(world), adjustment="-5", motivation="Spridda grupper.")
    assert "Spridda grupper." in page(response)
    assert sum(name.startswith("mark_") for name in response.context["form"].errors) == 3
    assert not Assessment.objects.exists()


def test_an_assessment_is_made_by_the_version_in_force(hr, world, today):
    version(world.ours, dt.date(2020, 1, 1), largest_adjustment=20)
    now = version(world.ours, dt.date(2023, 1, 1), largest_adjustment=6)
    version(world.ours, today + dt.timedelta(days=1), largest_adjustment=20)
    row = unit(world)
    data = marks_of(now, "larger", "larger", "larger") | {"motivation": "Samlad."}
    assert "Riktlinjen medger högst 6" in page(assess(hr, row, **data, adjustment="7"))
    assert assess(hr, row, **data, adjustment="6").status_code == 302
    assert Assessment.objects.get().guideline == now


@pytest.mark.parametrize(
    ("adjustment", "marks", "message"),
    [
        ("8", ("larger", "larger", "neutral"), "Justeringen är större än de vanliga 5"),
        (
            "2",
            ("smaller", "smaller", "larger"),
            "Fler faktorer kräver en mindre grupp (2) än medger en större (1)",
        ),
        (
            "-2",
            ("larger", "neutral", "neutral"),
            "Fler faktorer medger en större grupp (1) än kräver en mindre (0)",
        ),
    ],
)
def test_an_assessment_that_stands_out_is_kept_and_told(hr, world, adjustment, marks, message):
    guideline = version(world.ours)
    row = unit(world)
    url = f"{SPAN}{row.pk}/bedomning/"
    data = marks_of(guideline, *marks) | {"adjustment": adjustment, "motivation": "Särskilda skäl."}
    assert message in page(hr.post(url, data, follow=True))
    assert Assessment.objects.count() == 1


def test_an_assessment_by_an_earlier_version_says_so(hr, world, today):
    old = version(world.ours, dt.date(2020, 1, 1), title="Den gamla")
    version(world.ours, dt.date(2024, 1, 1))
    row = unit(world)
    Assessment.objects.create(
        unit=row, guideline=old, assessed_on=dt.date(2021, 1, 1), adjustment=2, motivation="Då"
    )
    text = page(hr.get(f"{SPAN}{row.pk}/bedomning/"))
    assert "gjord efter en tidigare version" in text
    assert "efter versionen från 1 januari 2020" in text


def test_where_the_unit_stands_counts_shared_managers(hr, world):
    report = factories.headcounts(world.ours, [(world.home, "1", 56, 2)], base=25)
    row = report.headcounts.get().unit
    text = page(hr.get(f"{SPAN}{row.pk}/bedomning/"))
    assert "hade chefsområdet 56 medarbetare på 2 chefer: 28 per chef." in text
    assert "Det är över grundtalet 25, men inom de 35 som riktlinjen medger." in text


def test_two_who_assess_at_once_are_both_kept_after_asking(hr, world):
    guideline = version(world.ours)
    row = unit(world)
    mine = marks_of(guideline, "larger", "larger", "neutral") | {"motivation": "Min.", "latest": "0"}
    assess(hr, row, **mine | {"adjustment": "3", "motivation": "Den andras."})
    response = assess(hr, row, **mine, adjustment="5")
    assert "Någon annan bedömde chefsområdet medan du skrev (3: Den andras.)" in page(response)
    assert Assessment.objects.count() == 1
    latest = response.context["form"].data["latest"]
    assert assess(hr, row, **mine | {"latest": latest}, adjustment="5").status_code == 302
    assert Assessment.objects.count() == 2


def test_an_assessment_sent_twice_is_kept_once(hr, world):
    guideline = version(world.ours)
    row = unit(world)
    data = marks_of(guideline, "larger", "neutral", "neutral") | {"adjustment": "3", "motivation": "Samlad."}
    for _time in range(2):
        assert assess(hr, row, **data, latest="0").status_code == 302
    assert (Assessment.objects.count(), FactorMark.objects.count()) == (1, 3)


def test_a_closed_unit_and_one_without_a_base_number_are_not_asked_for(hr, world, today):
    version(world.ours)
    closed = unit(world, "1", closed_on=today, merged_into=unit(world, "2"))
    astray = unit(world, "3", guideline_category="Okänd")
    for row, reason in ((closed, "Chefsområdet är avslutat"), (astray, "Ingen kategori i riktlinjen passar")):
        response = hr.get(f"{SPAN}{row.pk}/bedomning/")
        assert reason in page(response)
        assert response.context["form"] is None
        assert assess(hr, row, adjustment="0", motivation="x").status_code == 403
    assert "hopslaget med Enhet 2" in page(hr.get(f"{SPAN}{closed.pk}/bedomning/"))


@pytest.mark.parametrize("many", [1, 4])
def test_an_assessment_page_takes_twelve_queries(hr, world, many, django_assert_num_queries):
    guideline = version(world.ours)
    report = factories.HeadcountReport.objects.create(organisation=world.ours, as_of=DAY, basis="Alla.")
    row = unit(world)
    report.headcounts.create(unit=row, employees=20, fte=20)
    for number in range(many):
        made = Assessment.objects.create(
            unit=row, guideline=guideline, assessed_on=DAY, adjustment=number, motivation="Samlad",
            by=world.users.editor,
        )  # fmt: skip
        for factor in guideline.factors.all():
            made.marks.create(factor=factor, mark="neutral")
    with django_assert_num_queries(12):
        hr.get(f"{SPAN}{row.pk}/bedomning/")


@pytest.mark.parametrize(
    ("row", "end"),
    [
        ({"adjustment": None}, "20–40. Chefsområdet har ingen egen bedömning."),
        (
            {"adjustment": 0, "marked": 2},
            "är 30, alltså grundtalet; ingen faktor talar för en större eller mindre grupp.",
        ),
        ({"adjustment": 7}, "är 37, alltså 7 fler; faktorerna är inte bedömda var för sig."),
        (
            {"adjustment": -5, "smaller": 2, "larger": 1, "marked": 10},
            "är 25, alltså 5 färre; 2 faktorer kräver en mindre grupp, en faktor medger en större grupp.",
        ),
    ],
)
def test_the_explanation_in_words(row, end):
    said = wording.explanation(Assessed("LSS-boenden", 30, 5, 10, **row))
    assert said.startswith("Grundtalet för LSS-boenden är 30. Riktlinjen medger högst 5–10 färre eller fler")
    assert said.endswith(end)


@pytest.mark.parametrize(
    ("usual", "largest", "words"),
    [
        (0, 0, "Riktlinjen medger varken färre eller fler."),
        (10, 10, "medger högst 10 färre"),
        (0, 10, "medger högst 10 färre"),
    ],
)
def test_the_guidelines_room_in_words(usual, largest, words):
    assert words in wording.explanation(Assessed("Boenden", 30, usual, largest))


# Structure


def typed_unit(world, **changes) -> dict:
    return {"department": world.home.pk, "code": "1", "name": "Enhet 1"} | changes


def test_a_unit_is_closed_and_merged_into_another(admin, world, today):
    into, row = unit(world, "2"), unit(world, "1")
    url = f"{STRUCTURE}chefsomrade/{row.pk}/"
    data = typed_unit(world, merged_into=into.pk, guideline_category="Boenden")
    assert "Ett chefsområde som har slagits ihop" in page(admin.post(url, data))
    assert admin.post(url, data | {"closed_on": "2026-01-01"}).status_code == 302
    row.refresh_from_db()
    assert (row.closed_on, row.merged_into, row.category) == (dt.date(2026, 1, 1), into, "Boenden")
    assert "avslutat 1 januari 2026, hopslaget med Enhet 2" in page(admin.get(STRUCTURE))


def test_units_never_merge_in_a_circle_or_out_of_the_organisation(admin, world):
    first, second, third = (unit(world, code, closed_on=DAY) for code in "123")
    first.merged_into, second.merged_into = second, third
    first.save(), second.save()
    hidden = Unit.objects.create(department=world.theirs.departments.get(), code="9", name="Hemlig enhet")
    for row, into, message in (
        (third, first, "Enhet 1 har självt slagits ihop med det här chefsområdet."),
        (third, third, "Välj ett giltigt alternativ."),
        (third, hidden, "Välj ett giltigt alternativ."),
    ):
        data = typed_unit(world, code=row.code, merged_into=into.pk, closed_on=f"{DAY}")
        response = admin.post(f"{STRUCTURE}chefsomrade/{row.pk}/", data)
        assert message in page(response)
        assert "Hemlig enhet" not in page(response)
    assert not Unit.objects.filter(pk=third.pk, merged_into__isnull=False).exists()
    data = typed_unit(world, code="1", merged_into=third.pk, closed_on=f"{DAY}")
    assert admin.post(f"{STRUCTURE}chefsomrade/{first.pk}/", data).status_code == 302


def test_a_predecessor_is_recorded_once(admin, world):
    url = f"{STRUCTURE}foregangare/ny/"
    assert admin.post(url, {"name": "Vårdförvaltningen", "last_day": "2018-12-31"}).status_code == 302
    assert "Det finns redan en föregångare med det namnet." in page(
        admin.post(url, {"name": "Vårdförvaltningen"})
    )
    row = Predecessor.objects.get()
    assert (row.organisation, row.last_day) == (world.ours, dt.date(2018, 12, 31))
    assert "till och med 31 december 2018" in page(admin.get(STRUCTURE))
    admin.post(f"{STRUCTURE}foregangare/{row.pk}/", {"name": "Omsorgsförvaltningen"})
    row.refresh_from_db()
    assert (row.name, row.last_day) == ("Omsorgsförvaltningen", None)


@pytest.mark.parametrize("kind", ["editor", "department_head", "director", "secretary", "manager", "reader"])
def test_the_system_owner_alone_changes_the_structure(sign_in, world, kind):
    row = unit(world)
    predecessor = world.ours.predecessors.create(name="Den förra")
    client = sign_in(getattr(world.users, kind))
    assert "Den förra" in page(client.get(STRUCTURE))
    for path in (f"chefsomrade/{row.pk}/", "foregangare/ny/", f"foregangare/{predecessor.pk}/"):
        assert client.get(STRUCTURE + path).status_code == client.post(STRUCTURE + path).status_code == 403


@pytest.mark.parametrize("many", [1, 5])
def test_the_structure_takes_nine_queries(admin, world, many, django_assert_num_queries):
    into = unit(world, "99")
    for number in range(many):
        unit(world, f"1{number}", closed_on=DAY, merged_into=into)
        world.ours.predecessors.create(name=f"Föregångare {number}")
    with django_assert_num_queries(9):
        admin.get(STRUCTURE)
