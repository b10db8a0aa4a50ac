"""Each role's main job in a real browser, with axe at every step; without a browser these skip with one line."""

import os
import re
import shutil
import time

import pytest
from django.contrib.sessions.models import Session
from django.core.signals import request_finished, request_started
from playwright.sync_api import expect

from demo import loader
from program.models import Activity, FollowUp
from reports.models import Release
from tests import plans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
HOME = "/gotland-sof/enhetschefer-2024-2027/"
# A journey is quicker than people: nothing is there to be clicked or filled before the page's scripts have run.
UNSEEN_UNTIL_READY = """
    const unseen = new CSSStyleSheet();
    unseen.replaceSync(":root { visibility: hidden }");
    document.adoptedStyleSheets = [unseen];
    document.addEventListener("DOMContentLoaded", () => { document.adoptedStyleSheets = []; });
"""
PATIENCE = 60_000  # ms; what takes so long is broken, on a busy machine too
expect.set_options(timeout=PATIENCE)

if CHROMIUM is None and os.environ.get("REQUIRE_BROWSER"):
    raise RuntimeError("The browser journeys are compulsory here: install chromium.")
if CHROMIUM is None:
    pytest.skip("no browser; on Debian: apt install chromium", allow_module_level=True)


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the module. Playwright runs a loop of its own, hence the flag for Django."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def demo(settings, transactional_db):
    settings.DEBUG = True
    loader.load(frozen=())
    settings.DEBUG = False


@pytest.fixture
def opened(browser, live_server, demo):
    """Open a page that nobody has signed in on: opened(). Ends when the server has answered everything.

    Leaving a page sends what was typed; while the server writes that, the tables cannot be emptied for the next test.
    """
    contexts, being_answered = [], []

    def begun(**_signal) -> None:
        being_answered.append(None)

    def answered(**_signal) -> None:
        del being_answered[-1:]

    request_started.connect(begun)
    request_finished.connect(answered)

    def _opened(**options):
        context = browser.new_context(base_url=live_server.url, locale="sv-SE", **options)
        contexts.append(context)
        if options.get("java_script_enabled", True):
            context.add_init_script(UNSEEN_UNTIL_READY)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield _opened
    for context in contexts:
        for page in context.pages:
            page.goto("about:blank")
        context.close()
    quiet, latest = 0, time.monotonic() + 5
    while quiet < 5 and time.monotonic() < latest:
        time.sleep(0.02)
        quiet = 0 if being_answered else quiet + 1
    request_started.disconnect(begun)
    request_finished.disconnect(answered)


@pytest.fixture
def visit(opened):
    """Open a page as a user: visit("hr") signs in by hand and gives the page back."""

    def _visit(user: str, **options):
        page = opened(**options)
        page.goto("/konto/logga-in/")
        accessible(page)
        sign_in_by_hand(page, user)
        return page

    return _visit


def sign_in_by_hand(page, user: str, password: str = "ledstang-demo") -> None:
    page.get_by_label("Användarnamn").fill(user)
    page.get_by_label("Lösenord").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/konto/" not in url)


def focus(field) -> None:
    """Put the keyboard there, once it can be put there."""
    field.wait_for()
    field.focus()
    expect(field).to_be_focused()


def accessible(page) -> None:
    """No rule of axe is broken on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []


def test_hr_edits_an_activity_in_its_row(visit):
    page = visit("hr")
    accessible(page)
    page.get_by_role("link", name="Aktiviteter").first.click()
    page.get_by_label("Klart senast").first.select_option("late")
    page.wait_for_url("**standing=late**")
    page.get_by_text("2 aktiviteter").wait_for()
    accessible(page)
    page.get_by_role("link", name="Ändra Färre aviseringar från systemen").click()
    editor = page.locator("tr.editing")
    editor.get_by_label("Status").select_option("completed")
    accessible(page)
    editor.get_by_role("button", name="Spara").click()
    page.locator("tr.saved").get_by_text("genomförd").wait_for()
    assert "standing=late" in page.url
    assert Activity.objects.filter(updates__status="completed", title__startswith="Färre avis").exists()


PAGES = (
    "", "uppdrag/", "programmet/", "programmet/andra/", "stod/", "aktiviteter/", "aktiviteter/ny/",
    "aktiviteter/flera/", "aktiviteter/las-in/", "aktiviteter/nasta-ar/", "aktiviteter/uppfoljningar/", "andringar/",
    "arshjul/", "tidslinje/", "dialoger/", "dialoger/ny/", "prioriteringar/", "prioriteringar/ny/", "prioriteringar/rapporterad/",
    "dialoger/las-in/", "behov/", "behov/nytt/", "behov/gruppera/", "behov/gruppera/?forslag=1", "behov/aterkoppling/", "avdelningar/",
    "chefsomraden/", "chefsomraden/?per=2025-03-31", "chefsomraden/personalsiffror/", "riktlinje/", "riktlinje/ny/", "matt/", "matt/1/", "matt/9/", "matt/19/", "matt/ny/", "matt/las-in/", "matt/att-godkanna/", "matt/effekter/", "behov/likheter/", "inspel/teman/", "roda-traden/", "roda-traden/?fran=matt",
    "rapporter/", "rapporter/ny/", "rapporter/mall/halvar/", "rapporter/2026H2/", "rapporter/2026H2/checklista/", "rapporter/2026H2/avvikelser/", "rapporter/uppdrag/", "rapporter/2026H2/beslut/",
    "utlamnande/", "utlamnande/nytt/", "../-/gallring/", "../-/gallring/need/",
)  # fmt: skip


def test_hr_walks_every_page_on_a_screen_and_on_a_phone(visit):
    page = visit("hr")
    for path in PAGES:
        page.goto(HOME + path)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_department_head_logs_a_dialogue_by_keyboard_and_loses_nothing(visit):
    page = visit("avdelningschef")
    page.get_by_role("link", name="Skriv in en dialog").click()
    page.get_by_label("Datum").fill("2026-10-05")
    page.get_by_label("Antal närvarande").fill("9")
    first = page.locator("textarea.statements").first
    focus(first)
    page.keyboard.type("Bra stöd av teamledarna")
    page.keyboard.press("Enter")
    page.keyboard.type("Årshjulet hjälper oss")
    page.keyboard.press("Alt+ArrowUp")
    assert first.input_value() == "Årshjulet hjälper oss\nBra stöd av teamledarna"
    page.get_by_text("2 inspel").wait_for()
    page.get_by_text("Utkast sparat").wait_for()
    accessible(page)
    page.close()

    page = visit("avdelningschef")
    page.get_by_role("link", name="Dialog under inskrivning").click()
    assert page.locator("textarea.statements").first.input_value().startswith("Årshjulet")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("sparad som utkast").wait_for()
    page.get_by_role("button", name="Bekräfta").click()
    page.get_by_role("button", name="Säg ja till publicering").click()
    accessible(page)

    page = visit("hr")
    page.goto(HOME + "dialoger/")
    page.get_by_role("link", name="Hemtjänsten").first.click()
    page.get_by_role("button", name="Säg ja till publicering").click()
    page.get_by_text("Dialogen är publicerad.").wait_for()

    page = visit("enhetschef")
    page.get_by_role("link", name="Hemtjänsten").first.click()
    page.get_by_text("Årshjulet hjälper oss").wait_for()
    accessible(page)


def test_a_forgotten_password_is_replaced_with_a_link_from_the_system_owner(visit, opened):
    page = visit("admin")
    page.goto("/gotland-sof/-/anvandare/")
    page.get_by_role("link", name="direktor").click()
    page.get_by_role("button", name="Ta bort lösenordet och gör en länk").click()
    page.get_by_text("gäller inte längre").wait_for()
    accessible(page)
    link = page.locator("code").inner_text()

    other = opened()
    other.goto(link)
    accessible(other)
    for field in other.locator("input[type=password]").all():
        field.fill("ett-nytt-lösen-7")
    other.keyboard.press("Enter")
    other.locator("main a").click()
    sign_in_by_hand(other, "direktor", "ett-nytt-lösen-7")
    assert "/gotland-sof/" in other.url


def test_what_is_typed_before_the_script_has_come_is_kept_too(visit):
    page = visit("avdelningschef")
    waiting = []
    page.route("**/ledstang.js", lambda route: waiting.append(route))
    page.goto(HOME + "dialoger/ny/", wait_until="commit")
    said = "Skrivet på en långsam förbindelse"
    page.locator("textarea.statements").first.evaluate("(area, said) => { area.value = said; }", said)
    while not waiting:
        page.wait_for_timeout(20)
    waiting[0].continue_()
    page.get_by_text("Utkast sparat").wait_for()


def test_a_lost_session_keeps_what_is_typed(visit):
    page = visit("avdelningschef")
    page.goto(HOME + "dialoger/ny/")
    area = page.locator("textarea.statements").first
    area.fill("Före")
    page.get_by_text("Utkast sparat").wait_for()
    Session.objects.all().delete()
    area.fill("Före\nEfter")
    page.get_by_text("Du har blivit utloggad.").wait_for()
    tab = page.context.new_page()
    tab.goto("/konto/logga-in/")
    sign_in_by_hand(tab, "avdelningschef")
    assert "/gotland-sof/" in tab.url
    page.get_by_text("Utkast sparat").wait_for()
    page.get_by_label("Datum").fill("2026-10-05")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("sparad som utkast").wait_for()
    assert page.get_by_text("Efter", exact=True).is_visible()


def test_the_report_goes_from_hr_over_the_director_to_the_secretary(visit):
    page = visit("hr")
    page.goto(HOME + "rapporter/2026H2/")
    page.get_by_role("link", name="Skriv Bedömning").click()
    page.locator("textarea").fill("Programmet går framåt, men inte överallt.")
    page.get_by_text("Utkast sparat").wait_for()
    accessible(page)
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Texten är sparad.").wait_for()

    page = visit("direktor")
    page.get_by_role("link", name="2026H2").click()
    page.get_by_role("button", name="Godkänn rapporten").click()
    page.get_by_text("Rapporten är godkänd.").first.wait_for()
    accessible(page)

    page = visit("sekreterare")
    page.get_by_role("link", name="2026H2").click()
    page.get_by_label("Jag har läst rapporten").check()
    page.get_by_role("button", name="Fastställ rapporten").click()
    page.get_by_text("Rapporten är fastställd.").wait_for()
    accessible(page)
    for name, start in (("PDF", b"%PDF-"), ("Word", b"PK")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        with open(download.value.path(), "rb") as file:
            assert file.read(5).startswith(start)
    assert Release.objects.count() == 1


def test_it_works_without_javascript(opened):
    plain = opened(java_script_enabled=False)
    plain.goto("/konto/logga-in/")
    sign_in_by_hand(plain, "hr")
    plain.goto(HOME + "aktiviteter/")
    plain.get_by_label("Klart senast").select_option("late")
    plain.get_by_role("button", name="Visa").click()
    plain.get_by_role("link", name="Ändra Färre aviseringar från systemen").click()
    plain.get_by_label("Status").select_option("stopped")
    plain.get_by_role("button", name="Spara").click()
    plain.get_by_text("Skriv varför aktiviteten stoppas.").wait_for()
    plain.get_by_label("Kommentar").fill("Leverantören har slutat.")
    plain.get_by_role("button", name="Spara").click()
    plain.wait_for_url("**standing=late**")
    plain.get_by_text("1 aktivitet").wait_for()


def test_hr_reads_in_a_plan_changes_many_and_takes_it_back(visit, tmp_path):
    """A table in Word becomes activities; two of them are moved at once, and moved back."""
    path = tmp_path / "handlingsplan.docx"
    path.write_bytes(plans.as_docx())
    page = visit("hr")
    page.goto(HOME + "aktiviteter/las-in/")
    page.get_by_label("Fil").set_input_files(path)
    page.get_by_role("button", name="Granska filen").click()
    page.get_by_text("17 aktiviteter, 29 delåtgärder").wait_for()
    accessible(page)
    assert Activity.objects.filter(title__startswith="Ledarskap").count() == 0
    page.get_by_role("button", name="Läs in", exact=True).click()
    page.get_by_text("17 aktiviteter är nya").wait_for()
    assert Activity.objects.filter(title__startswith="Ledarskap").count() == 4

    page.goto(HOME + "aktiviteter/flera/?q=Ledarskap")
    page.get_by_label("Alla som visas").check()
    page.get_by_role("textbox", name="Klart senast").fill("våren 2027")
    page.get_by_role("button", name="Förhandsgranska").click()
    page.get_by_text("Det här skulle ändra").wait_for()
    accessible(page)
    page.get_by_role("button", name=re.compile(r"^Ändra \d+ aktiviteter$")).click()
    page.get_by_role("button", name="Ångra ändringen").click()
    page.get_by_text("aktiviteter är som förut.").wait_for()
    accessible(page)


def test_steps_are_ordered_by_keyboard_and_by_mouse(visit):
    page = visit("hr")
    activity = Activity.objects.get(number="1", program__slug="enhetschefer-2024-2027")
    before = [step.pk for step in activity.steps.all()]
    page.goto(HOME + f"aktiviteter/{activity.pk}/ordning/")
    accessible(page)
    focus(page.locator(".sortable li").nth(1).get_by_role("button").first)
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowUp")
    assert [step.pk for step in activity.steps.all()] == [before[1], before[0], *before[2:]]
    with page.expect_navigation():
        page.drag_and_drop(
            ".sortable li:nth-child(1)", ".sortable li:nth-child(4)", target_position={"x": 20, "y": 30}
        )
    assert activity.steps.all().reverse()[0].pk == before[1]


def test_a_follow_up_is_held_at_a_meeting_and_keeps_a_draft(visit):
    page = visit("hr")
    row = FollowUp.objects.filter(activity__program__slug="enhetschefer-2024-2027", held_on=None).first()
    address = HOME + f"aktiviteter/{row.activity_id}/uppfoljning/{row.pk}/mote/"
    page.goto(address)
    accessible(page)
    page.get_by_label("Gav den ny insikt?").fill("Möten behöver färre punkter.")
    page.get_by_text("Utkast sparat").wait_for()
    page.goto(address)
    assert page.get_by_label("Gav den ny insikt?").input_value() == "Möten behöver färre punkter."
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Uppföljningen är sparad.").wait_for()
    accessible(page)
    assert row.answers.get().text == "Möten behöver färre punkter."


def test_notes_are_pasted_and_corrected_by_keyboard(visit):
    page = visit("avdelningschef")
    page.get_by_role("link", name="Läs in anteckningar").click()
    notes = (
        "Dialog med hemtjänstens ledningsgrupp 2026-10-05",
        "Chefsrollens organisatoriska förutsättningar",
        "Bra stöd av teamledarna och årshjulet hjälper",
        "Utvecklingsmöjligheter",
        "Färre system",
    )
    page.get_by_label("Klistra in eller skriv anteckningarna").fill("\n".join(notes))
    page.get_by_role("button", name="Läs anteckningarna").click()
    focus(page.get_by_label("Inspel 1", exact=True))
    page.evaluate("document.activeElement.setSelectionRange(23, 23)")
    page.keyboard.press("Enter")
    page.get_by_text("3 inspel").first.wait_for()
    assert page.get_by_label("Inspel 2", exact=True).input_value() == "och årshjulet hjälper"
    page.keyboard.press("Alt+ArrowDown")
    assert page.get_by_label("Rubrik för inspel 2", exact=True).input_value().endswith(":opportunity")
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Backspace")
    page.get_by_text("2 inspel").first.wait_for()
    assert page.get_by_label("Inspel 2", exact=True).input_value() == "och årshjulet hjälper Färre system"
    page.locator(".notes-lines .at").first.wait_for()
    page.get_by_role("button", name="Ångra").click()
    page.get_by_text("3 inspel").first.wait_for()
    page.get_by_role("button", name="Ångra").click()  # and brings it again
    page.get_by_text("2 inspel").first.wait_for()
    page.get_by_text("Utkast sparat").wait_for()
    accessible(page)
    page.get_by_role("button", name="Spara som utkast").click()
    page.get_by_text("sparad som utkast").wait_for()
    assert page.get_by_text("och årshjulet hjälper Färre system").is_visible()


def test_notes_with_other_headings_are_placed_and_a_move_by_keyboard_shifts_nothing(visit):
    page = visit("avdelningschef")
    page.goto(HOME + "dialoger/las-in/")
    notes = ("Egna rubriker", "- Ett", "- Två", "Utvecklingsmöjligheter", "- Tre", "- Fyra", "- Fem")
    page.get_by_label("Klistra in eller skriv anteckningarna").fill("\n".join(notes))
    page.get_by_role("button", name="Läs anteckningarna").click()
    focus(page.get_by_label("Inspel 3", exact=True))
    page.keyboard.press("Alt+ArrowDown")
    place = page.get_by_label("Rubrik för inspel 3", exact=True)
    assert place.input_value() == "0::opportunity"
    last = page.get_by_label("Rubrik för inspel 6", exact=True)
    last.select_option(index=7)
    chosen = last.input_value()
    page.get_by_role("button", name="Uppdatera", exact=True).click()
    page.get_by_text("5 under ingen rubrik än").wait_for()
    assert [page.get_by_label(f"Rubrik för inspel {at}", exact=True).input_value() for at in (2, 3, 5, 6)] == [
        "0::current", "0::opportunity", "0::opportunity", chosen,
    ]  # fmt: skip
    page.get_by_role("button", name="Gör till rubrik (rad 1)").click()
    page.get_by_label("Rubrik för det som står under").select_option(index=1)
    accessible(page)
    page.get_by_role("button", name="Sätt rubriken").click()
    page.get_by_role("heading", name="Under ingen rubrik än").wait_for(state="detached")
    assert page.locator("[data-row]").count() == 5


def test_hr_groups_by_key_by_mouse_and_takes_it_back(visit):
    page = visit("hr")
    page.goto(HOME + "behov/gruppera/?need=none&forslag=1")
    accessible(page)
    rows, said = page.locator("#statements li:visible"), page.locator("#said")
    before = rows.count()
    first = rows.locator("[name=statements]").first
    focus(first)
    page.keyboard.press("1")
    page.keyboard.press("2")
    said.get_by_text("1 inspel lagt i Kompetensutveckling som följer").wait_for()
    expect(rows).to_have_count(before - 2)
    accessible(page)
    page.keyboard.press("z")
    said.get_by_text("Ångrat: 1 inspel lagt i Kompetensutveckling").wait_for()
    expect(rows).to_have_count(before - 1)
    rows.locator("[name=statements]").nth(1).check()
    rows.locator("[name=statements]").nth(4).click(modifiers=["Shift"])
    page.get_by_text("4 markerade").wait_for()
    rows.nth(2).locator("label").drag_to(page.locator("[data-need]").nth(2))
    said.get_by_text("4 inspel lagda i Rimliga chefsområden.").wait_for()
    rows.locator("[name=statements]").first.check()
    page.get_by_label("Rubrik").fill("Handledning")
    page.keyboard.press("Enter")
    page.locator("#new-need .invalid-feedback").wait_for()
    accessible(page)
    page.keyboard.type(" för nya chefer")
    page.keyboard.press("Enter")
    said.get_by_text("1 inspel lagt i Handledning för nya chefer.").wait_for()
    page.get_by_role("link", name="Handledning för nya chefer").wait_for()
    accessible(page)


def test_a_meeting_prioritises_on_the_projector_and_on_phones(visit, opened):
    hr = visit("hr")
    hr.goto(HOME + "prioriteringar/ny/")
    hr.get_by_label("Fråga").fill("Vad är viktigast?")
    hr.get_by_label("Antal närvarande").fill("3")
    hr.get_by_label("Andra alternativ").fill("Digitalisering\nHandledning\nTid\nHälsa")
    hr.get_by_role("button", name="Spara").click()
    hr.get_by_role("button", name="Öppna prioriteringen").click()
    hr.get_by_text("0 av 3 har röstat").wait_for()
    accessible(hr)
    code = hr.locator(".code").inner_text()

    # The first phone types the code and uses the buttons; the others have no scripts at all.
    hand = {"width": 390, "height": 844}
    first, *plain = [opened(viewport=hand, java_script_enabled=number == 0) for number in range(3)]
    first.goto("/rosta/")
    first.get_by_label("Kod").fill(code.lower())
    first.get_by_role("button", name="Gå vidare").click()
    for option, presses in (("Digitalisering", 8), ("Tid", 8)):
        for _press in range(presses):
            first.get_by_role("button", name=f"Ge 5 till {option}").click()
    first.get_by_text("Kvar att fördela: 20").wait_for()
    accessible(first)
    first.get_by_role("button", name="Rösta", exact=True).click()
    first.get_by_text("Du har gett poäng till 2 alternativ").wait_for()
    accessible(first)
    first.get_by_label("Hälsa", exact=True).fill("20")
    first.get_by_role("button", name="Rösta", exact=True).click()
    first.get_by_text("Din röst är räknad").wait_for()
    accessible(first)
    for phone in plain:
        phone.goto(f"/rosta/{code}/")
        phone.get_by_label("Digitalisering", exact=True).fill("55")
        phone.get_by_role("button", name="Ge 5 till Digitalisering").click()
        assert phone.get_by_label("Digitalisering", exact=True).input_value() == "60"
        phone.get_by_label("Tid", exact=True).fill("30")
        phone.get_by_label("Hälsa", exact=True).fill("10")
        phone.keyboard.press("Enter")
        phone.get_by_text("Din röst är räknad").wait_for()

    hr.get_by_text("Prioriteringen är stängd.").wait_for()
    assert "Digitalisering" not in hr.content()
    hr.get_by_role("link", name="Till HR:s sida").click()
    hr.get_by_text("Digitalisering fick mest").first.wait_for()
    accessible(hr)
    hr.get_by_role("button", name="Publicera resultatet").click()
    first.get_by_text("Digitalisering fick mest").wait_for()
    first.get_by_label("Vilket alternativ gäller det?").select_option("Tid")
    first.get_by_label("Varför är det viktigt?").fill("Vi hinner inte med varandra.")
    first.get_by_role("button", name="Skicka").click()
    first.locator(".got").get_by_text("Vi hinner inte").wait_for()
    accessible(first)
