"""The report in a browser: clicks, keys, filters, sorting, corrections, accessibility, speed (Chromium, Playwright)."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from plans import make_plan

from bilan_extract.corrections import (
    Correction,
    Corrections,
    apply_corrections,
    corrections_of,
    load_corrections,
)
from bilan_extract.places import Place, document_id, places
from bilan_extract.plan import Ambition, Block, Coverage, Engagement, Figure, Item, Plan, Priority, Region
from bilan_extract.report import write_report

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (PyPI)")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (Debian)")]

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "dev"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
TABS = ("plan", "progress", "figures", "dates", "warnings", "aside", "act", "corrections")
# seconds from the address to the first frame drawn after everything, program included, has been loaded and run
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() / 1000))))"
# what the filters found, once they have answered (expect() would describe the whole page to itself before looking again)
LATER = "new Promise(done => setTimeout(() => done(document.getElementById('found').textContent), 1500))"
AXE = """async () => {
  const rules = { "target-size": { enabled: true } };
  const result = await axe.run(document, { rules });
  if (!result.passes.length) return ["axe did not run"];
  return result.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)} ${v.nodes[0].failureSummary}`);
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def climate() -> Plan:
    """A plan of the corpus, made from its PDF."""
    if not (CORPUS / "demo-climat.pdf").exists():
        pytest.skip("corpus/dev/demo-climat.pdf is not there")
    from bilan_extract import extract

    return extract(CORPUS / "demo-climat.pdf")


@pytest.fixture(scope="module")
def report(climate: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    [path] = write_report(
        climate, tmp_path_factory.mktemp("report") / "climat.html", sources=[CORPUS / "demo-climat.pdf"]
    )
    return path


class Watched:
    """A page that remembers what the console said and what was asked for."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="fr-FR", **options)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url.split(":")[0]))
        self.page.goto(path.as_uri())

    def close(self) -> None:
        self.context.close()
        assert self.said == []
        assert set(self.asked) <= {"file", "data", "blob"}


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Any]:
    watched = Watched(browser, report)
    yield watched.page
    watched.close()


def of_kind(plan: Plan, kind: str) -> list[Place]:
    return [place for place in places(plan) if place.kind == kind]


def short(plan: Plan, place: Place) -> str:
    return place.id.removeprefix(f"{document_id(plan)}/")


def focused(page: Any) -> str:
    """The id of what has the focus; of a frame what it leads to."""
    return str(page.evaluate("document.activeElement.dataset.for ?? document.activeElement.id"))


def visible(page: Any, selector: str) -> int:
    return sum(one.is_visible() for one in page.locator(selector).all())


# -- there and back


def test_a_click_on_a_statement_shows_its_place_and_one_on_the_place_its_statement(page: Any, climate: Plan) -> None:
    for place in of_kind(climate, "item")[3::9]:
        own = short(climate, place)
        assert isinstance(place.node, Item)
        page.locator(f'[id="e-{own}"] > .words').click(position={"x": 5, "y": 5})
        frame = page.locator(f'.frame[data-for="{own}"]').first
        playwright.expect(frame).to_be_in_viewport()
        assert "here" in frame.get_attribute("class").split()
        assert page.locator("#go-page").input_value() == str(place.node.regions[0].page)
        page.click("#t-figures")
        box = frame.bounding_box()
        page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
        playwright.expect(page.locator(f'[id="e-{own}"]')).to_be_in_viewport()
        assert focused(page) == f"e-{own}"
        assert page.locator("#t-plan").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.scrollingElement.scrollTop") == 0


def test_what_was_set_aside_is_found_both_ways(page: Any) -> None:
    page.click("#t-aside")
    page.locator("#p-aside .place").nth(2).click()
    target = focused(page)
    playwright.expect(page.locator(f'.frame[data-for="{target}"]').first).to_be_in_viewport()
    page.click("#t-plan")
    page.locator(f'.frame[data-for="{target}"]').first.press("Enter")
    playwright.expect(page.locator(f'[id="e-{target}"]')).to_be_in_viewport()


def test_a_place_opens_what_is_folded_and_lifts_the_filters(page: Any, climate: Plan) -> None:
    page.click("#fold-all")
    assert visible(page, "#p-plan .statement") == 0
    page.fill("#f-text", "zzzz")
    playwright.expect(page.locator("#found")).to_contain_text("0 énoncé")
    own = short(climate, of_kind(climate, "item")[0])
    page.locator(f'.frame[data-for="{own}"]').first.dispatch_event("click")
    playwright.expect(page.locator(f'[id="e-{own}"]')).to_be_in_viewport()
    assert page.input_value("#f-text") == ""


def test_it_all_works_with_the_keyboard_alone(page: Any, climate: Plan) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au plan"
    page.keyboard.press("Enter")
    assert focused(page) == "main"
    page.keyboard.press("Tab")
    assert focused(page) == "t-plan"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "t-progress"
    assert page.locator("#p-progress").is_visible()
    page.keyboard.press("End")
    assert focused(page) == "t-corrections"
    page.keyboard.press("Home")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.statement .place')"):
            break
    own = focused(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.frame')")
    assert focused(page) == own
    page.keyboard.press("ArrowDown")
    following = focused(page)
    assert following != own
    page.keyboard.press("Enter")
    assert focused(page) == f"e-{following}"


def test_the_focus_is_seen(page: Any) -> None:
    page.focus("#f-text")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert int(outline.removesuffix("px")) >= 2


# -- filters and tables


def test_the_filters_leave_what_fits(page: Any, climate: Plan) -> None:
    items = of_kind(climate, "item")
    wanted = [p for p in items if p.parent and isinstance(p.parent.node, Block) and p.parent.node.status == "à venir"]
    page.select_option("#f-status", "s:à venir")
    playwright.expect(page.locator("#found")).to_contain_text(f"{len(wanted)} énoncés sur {len(items)}")
    assert visible(page, "#p-plan .statement") == len(wanted)
    assert visible(page, "#p-plan .block.done") == 0
    assert page.locator(".frame.dim").count() > 0
    page.click("#t-figures")
    shown = visible(page, "#figures tbody tr")
    assert shown == sum(len(p.node.figures) for p in wanted if isinstance(p.node, Item))
    assert page.locator("#figures caption").inner_text().startswith(f"Chiffres du plan ({shown} sur ")
    page.click("text=Tout effacer")
    playwright.expect(page.locator("#found")).to_be_empty()
    page.click("#t-plan")
    assert visible(page, "#p-plan .statement") == len(items)


def test_text_is_found_without_accents_and_years_in_periods(page: Any, climate: Plan) -> None:
    item = next(p for p in of_kind(climate, "item") if "é" in p.source_text.split()[0] + p.source_text.split()[1])
    page.fill("#f-text", " ".join(item.source_text.split()[:2]).upper().replace("É", "E").replace("é", "e"))
    playwright.expect(page.locator("#found")).not_to_be_empty()
    assert page.locator(f'[id="e-{short(climate, item)}"]').is_visible()
    page.click("text=Tout effacer")
    page.select_option("#f-year", "2030")
    playwright.expect(page.locator("#found")).to_contain_text("engagement")
    assert 0 < visible(page, "#p-plan .engagement") < len(of_kind(climate, "engagement"))
    page.click("text=Tout effacer")
    page.select_option("#f-ambition", "a2")
    playwright.expect(page.locator("#found")).to_contain_text("engagement")
    assert visible(page, "#p-plan .ambition") == 1


def test_a_click_on_a_heading_sorts(page: Any, climate: Plan) -> None:
    page.click("#t-figures")
    values = sorted(p.node.value for p in of_kind(climate, "figure") if isinstance(p.node, Figure))
    head = page.locator("#figures .sort", has_text="Valeur")
    for direction, expected in (("ascending", values), ("descending", values[::-1])):
        head.click()
        keys = page.eval_on_selector_all("#figures tbody tr", "rows => rows.map(row => row.cells[1].dataset.key)")
        assert [float(key) for key in keys] == expected
        assert head.locator("..").get_attribute("aria-sort") == direction
    page.click("#t-dates")
    page.locator("#dates .sort", has_text="Début").press("Enter")
    keys = page.eval_on_selector_all("#dates tbody tr", "rows => rows.map(row => row.cells[1].dataset.key)")
    known = [key for key in keys if key != "~"]
    assert known == sorted(known)
    assert keys == known + ["~"] * (len(keys) - len(known))


# -- the address


def test_the_address_keeps_place_and_filters(browser: Any, report: Path, climate: Plan) -> None:
    place = next(p for p in of_kind(climate, "item")[5:] if isinstance(p.node, Item) and p.node.regions)
    first = Watched(browser, report)
    first.page.select_option("#f-status", "s:réalisé")
    first.page.fill("#f-text", "è")
    playwright.expect(first.page).to_have_url(re.compile("texte="))
    found = first.page.inner_text("#found")
    first.page.click("#t-dates")
    filtered = first.page.url
    first.page.click("text=Tout effacer")
    playwright.expect(first.page).not_to_have_url(re.compile("texte="))
    first.page.click("#t-plan")
    first.page.locator(f'[id="e-{short(climate, place)}"] .place').first.click()
    shown = first.page.url
    first.close()
    second = Watched(browser, report)
    second.page.goto("about:blank")
    second.page.goto(filtered)
    assert (second.page.input_value("#f-text"), second.page.input_value("#f-status")) == ("è", "s:réalisé")
    assert second.page.inner_text("#found") == found
    assert second.page.get_attribute("#t-dates", "aria-selected") == "true"
    second.page.goto("about:blank")
    second.page.goto(shown)
    playwright.expect(second.page.locator(f'[id="e-{short(climate, place)}"]')).to_be_in_viewport()
    assert "here" in str(second.page.locator(f'.frame[data-for="{short(climate, place)}"]').first.get_attribute("class"))
    second.close()


def test_back_leads_from_a_statement_to_the_table_that_led_there(page: Any) -> None:
    page.click("#t-figures")
    page.locator("#figures .goto").nth(3).click()
    assert page.get_attribute("#t-plan", "aria-selected") == "true"
    page.go_back()
    playwright.expect(page.locator("#t-figures")).to_have_attribute("aria-selected", "true")
    page.go_forward()
    playwright.expect(page.locator("#t-plan")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(
    "hash", ["#e-no/such/place", "#%E0%A4%A", "#?texte=%zz&niveau=a99&statut=x", "#p-plan?statut=p:unknown"]
)
def test_any_address_opens(browser: Any, report: Path, hash: str) -> None:
    watched = Watched(browser, report)
    watched.page.goto("about:blank")
    watched.page.goto(f"{report.as_uri()}{hash}")
    assert watched.page.locator("#t-plan").is_visible()
    watched.close()


def test_a_narrow_screen_leads_to_the_page_and_back(browser: Any, report: Path) -> None:
    watched = Watched(browser, report)
    watched.page.set_viewport_size({"width": 360, "height": 740})
    statement = watched.page.locator("#p-plan .statement").nth(4)
    statement.locator(".words").click()
    playwright.expect(statement).to_be_in_viewport()  # a touch on the text does not throw the reader elsewhere
    statement.locator(".place").click()
    playwright.expect(watched.page.locator(".frame.here").first).to_be_in_viewport()
    playwright.expect(watched.page.locator("#back")).to_be_in_viewport()
    watched.page.click("#back")
    playwright.expect(statement).to_be_in_viewport()
    watched.close()


# -- corrections


def test_corrections_are_saved_and_apply(page: Any, climate: Plan, tmp_path: Path) -> None:
    items = [p for p in of_kind(climate, "item") if isinstance(p.node, Item)]
    counted = next(p for p in items if isinstance(p.node, Item) and p.node.figures)
    moved = [p for p in items if p.parent and isinstance(p.parent.node, Block) and p.parent.node.status == "réalisé"][-1]
    other = of_kind(climate, "engagement")[0]
    promise = of_kind(climate, "engagement")[1]
    assert isinstance(counted.node, Item)
    number = counted.node.figures[0]
    page.click("#mode")
    edit(page, short(climate, counted), note="vérifié sur place", **{"[data-figure]": str(number.value + 7)})
    page.locator(f'[data-correct="{short(climate, moved)}"]').click()
    page.check("#editor input[value='à venir']")
    page.select_option("#editor-engagement", short(climate, other))
    page.click("#editor button.main")
    edit(page, short(climate, promise), **{"#editor-text": "« Une promesse » réécrite,\nsur deux lignes <b>."})
    playwright.expect(page.locator("#t-corrections")).to_have_text("Corrections (4)")
    assert "Valeur de" in page.locator(f'[id="e-{short(climate, counted)}"] .changes').inner_text()
    path = save(page, tmp_path)

    sha256 = climate.document.source.sha256
    root = document_id(climate)

    def entry(place: Place, field: str, value: str | float, **more: str) -> Correction:
        said = {"target": place.id, "sha256": sha256, "field": field, "source_text": place.source_text, "value": value}
        return Correction.model_validate(said | more)

    figure_id = next(p.id for p in of_kind(climate, "figure") if p.node is number)
    expected = [
        entry(counted, "value", number.value + 7, target=figure_id, note="vérifié sur place"),
        entry(promise, "text", "« Une promesse » réécrite,\nsur deux lignes <b>."),
        entry(moved, "status", "à venir"),
        entry(moved, "engagement", short(climate, other)),
    ]
    saved = load_corrections(path)
    assert {c.model_dump_json() for c in saved.corrections} == {c.model_dump_json() for c in expected}
    corrected = apply_corrections(climate, saved)
    assert corrected == apply_corrections(climate, Corrections(corrections=saved.corrections))
    assert len(corrected.corrections) == 4
    assert {c.decided_by for c in corrected.corrections} == {"human"}
    assert other.id in {c.after for c in corrected.corrections}
    assert root in other.id
    assert apply_corrections(climate, corrections_of(corrected)) == corrected


def test_figures_and_dates_are_changed_deleted_and_added(page: Any, climate: Plan, tmp_path: Path) -> None:
    items = [p for p in of_kind(climate, "item") if isinstance(p.node, Item)]
    both = next(p for p in items if isinstance(p.node, Item) and p.node.figures and p.node.dates)
    assert isinstance(both.node, Item)
    figure, date = both.node.figures[0], both.node.dates[0]
    word = next(w for w in both.node.text.split() if w.isalpha() and len(w) > 4 and w not in f"{figure.text} {date.text}")
    target = short(climate, both)
    page.click("#mode")
    page.locator(f'[data-correct="{target}"]').click()
    page.locator("#editor [data-delete]").first.check()
    days = page.locator("#editor [data-date]").first.locator('input[type="date"]')
    days.nth(0).fill("2025-04-01")
    days.nth(1).fill("2025-06-30")
    page.click("text=Ajouter un chiffre")
    page.get_by_label("Mots du texte").fill("zeppelin")
    page.locator("[data-added] input").nth(1).fill("12.5")
    page.get_by_label("Précision").select_option("about")
    page.click("#editor button.main")
    assert "se recopient du texte" in page.inner_text("#editor-error")
    page.get_by_label("Mots du texte").fill(word)
    page.click("text=Ajouter une date")
    group = page.locator('[data-added="date"]')
    group.locator("input").nth(0).fill(word)
    group.locator("input").nth(2).fill("2027-12-31")
    page.click("#editor button.main")
    playwright.expect(page.locator("#t-corrections")).to_have_text("Corrections (4)")
    told = page.locator(f'[id="e-{target}"] .changes').inner_text()
    assert "du 01/04/2025 au 30/06/2025" in told
    assert "environ 12,5" in told
    assert "jusqu’au 31/12/2027" in told
    path = save(page, tmp_path)
    corrected = apply_corrections(climate, load_corrections(path))
    node = next(p.node for p in places(corrected) if p.id == both.id)
    assert isinstance(node, Item)
    assert figure.text not in [one.text for one in node.figures]
    assert [one.value for one in node.figures if one.text == word] == [12.5]
    assert [one.edtf for one in node.dates if one.text == word] == ["../2027-12-31"]
    assert "2025-04/2025-06" in [one.edtf for one in node.dates]
    text = path.read_text(encoding="utf-8")
    page.reload()
    page.click("#t-corrections")
    page.set_input_files("#load", path)
    playwright.expect(page.locator("#t-corrections")).to_have_text("Corrections (4)")
    page.click("#t-plan")
    page.click("#mode")
    page.locator(f'[data-correct="{target}"]').click()
    page.click("#editor button.main")  # nothing is lost by looking
    assert save(page, tmp_path).read_text(encoding="utf-8") == text
    page.click("#t-plan")
    page.locator(f'[data-correct="{target}"]').click()
    page.locator("[data-added] button").first.click()
    page.locator("#editor [data-delete]").first.uncheck()
    page.click("#editor button.main")
    playwright.expect(page.locator("#t-corrections")).to_have_text("Corrections (2)")


def test_decisions_on_decisions_survive_a_new_conversion(browser: Any, climate: Plan, tmp_path: Path) -> None:
    """Corrected in a report, corrected again in the report of the corrected plan, and all of it applied to a new plan."""
    item = next(p for p in of_kind(climate, "item") if len(p.source_text.split()) > 4)
    plan = climate
    for number, text in enumerate(("Une première version du texte.", "Une seconde version du texte.")):
        [path] = write_report(plan, tmp_path / f"{number}.html")
        watched = Watched(browser, path)
        watched.page.click("#mode")
        edit(watched.page, short(plan, item), **{"#editor-text": text})
        plan = apply_corrections(plan, load_corrections(save(watched.page, tmp_path)))
        watched.close()
    assert [(done.step, done.after) for done in plan.corrections] == [(1, "Une première version du texte."), (2, text)]
    assert apply_corrections(climate, corrections_of(plan)) == plan


def edit(page: Any, target: str, note: str | None = None, **fields: str) -> None:
    """Open the editor of a place, fill some fields, keep what was said."""
    page.locator(f'[data-correct="{target}"]').click()
    for selector, value in fields.items():
        page.locator(f"#editor {selector}").first.fill(value)
    if note is not None:
        page.fill("#editor-note", note)
    page.click("#editor button.main")


def save(page: Any, folder: Path) -> Path:
    page.click("#t-corrections")
    with page.expect_download() as download:
        page.click("#save")
    path = folder / str(download.value.suggested_filename)
    download.value.save_as(path)
    return path


def test_a_saved_file_is_taken_up_again_and_a_foreign_one_is_not(page: Any, climate: Plan, tmp_path: Path) -> None:
    block = of_kind(climate, "block")[0]
    assert isinstance(block.node, Block)
    page.click("#mode")
    page.locator(f'[data-correct="{short(climate, block)}"]').click()
    page.check("#editor input[value='à venir']")
    page.click("#editor button.main")
    first = save(page, tmp_path)
    text = first.read_text(encoding="utf-8")
    page.reload()
    page.click("#t-corrections")
    page.set_input_files("#load", first)
    playwright.expect(page.locator("#t-corrections")).to_have_text("Corrections (1)")
    assert save(page, tmp_path).read_text(encoding="utf-8") == text
    page.click("text=Retirer cette correction")
    playwright.expect(page.locator("#none")).to_be_visible()
    foreign = json.loads(text)
    foreign["corrections"][0]["source_text"] += " autrement"
    other = tmp_path / "foreign.json"
    other.write_text(json.dumps(foreign), encoding="utf-8")
    page.set_input_files("#load", other)
    playwright.expect(page.locator("#live")).to_contain_text("0 correction sur 1")
    corrected = apply_corrections(climate, load_corrections(first))
    assert corrected.corrections[0].after == "à venir"


def test_the_editor_refuses_nothing_and_lets_go(page: Any, climate: Plan) -> None:
    own = short(climate, of_kind(climate, "engagement")[0])
    page.click("#mode")
    page.locator(f'[data-correct="{own}"]').press("Enter")
    page.fill("#editor-text", "  ")
    page.click("#editor button.main")
    assert page.locator("#editor-error").inner_text() == "Le texte ne peut pas être vide."
    page.keyboard.press("Escape")
    assert not page.locator("#editor").is_visible()
    assert page.evaluate("document.activeElement.dataset.correct") == own
    assert page.locator("#t-corrections").inner_text() == "Corrections"


# -- accessibility, paper, speed


def axe(page: Any) -> list[str]:
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python (PyPI)")
    page.evaluate((Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    return list(page.evaluate(AXE))


def test_axe_finds_nothing(page: Any) -> None:
    for tab in TABS:
        page.click(f"#t-{tab}")
        assert axe(page) == [], tab
    page.click("#t-plan")
    page.click("#mode")
    assert axe(page) == []
    page.locator(".statement .correct").first.click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.fill("#f-text", "habitat")
    page.wait_for_timeout(300)
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert axe(page) == []


@pytest.mark.parametrize("many", [False, True])
def test_axe_finds_nothing_without_pictures_and_in_the_index(browser: Any, tmp_path: Path, many: bool) -> None:
    plans = [make_plan(), make_plan("d0" * 32)] if many else [make_plan()]
    watched = Watched(browser, write_report(plans, tmp_path / "plans.html")[0])
    assert axe(watched.page) == []
    if many:
        watched.page.fill("#f-document", "CLAIRVAL velo")
        assert watched.page.locator("#found").inner_text() == "2 sur 2"
        watched.page.click("#documents tbody a >> nth=1")
        assert watched.page.locator("h1").inner_text() == "Clairval à pied, à vélo"
    watched.close()


def test_axe_finds_nothing_in_the_dark(browser: Any, report: Path) -> None:
    watched = Watched(browser, report, color_scheme="dark")
    assert watched.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != "rgb(255, 255, 255)"
    for tab in TABS:
        watched.page.click(f"#t-{tab}")
        assert axe(watched.page) == [], tab
    watched.page.click("#t-plan")
    watched.page.click("#mode")
    watched.page.locator("#p-plan .statement .correct").first.click()
    watched.page.click("text=Ajouter un chiffre")
    assert axe(watched.page) == []
    watched.page.click("#cancel")
    watched.close()


def test_nothing_is_cut_off_on_a_narrow_screen(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for tab in TABS:
        page.click(f"#t-{tab}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, tab


def test_on_paper_every_part_is_there_and_no_control(page: Any) -> None:
    page.click("#fold-all")
    page.emulate_media(media="print")
    for tab in TABS[:-1]:
        assert page.locator(f"#h-{tab}").is_visible()
    assert visible(page, "#p-plan .statement") == page.locator("#p-plan .statement").count()
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#pages").is_visible()
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    printed = [sheet.get_textpage().get_text_range() for sheet in paper]
    assert sum("Valeur" in text and "Unité" in text for text in printed) > 1  # headings on each page of a table
    assert all(f"{number} / {len(printed)}" in text for number, text in enumerate(printed, 1))
    page.emulate_media(media="screen")
    page.fill("#f-text", "zeppelin")
    playwright.expect(page.locator("#found")).to_contain_text("0 énoncé")
    page.emulate_media(media="print")
    assert page.locator("#found").is_visible()  # paper says that it is not all


def test_it_reads_without_scripts(browser: Any, report: Path) -> None:
    watched = Watched(browser, report, java_script_enabled=False)
    assert all(watched.page.locator(f"#h-{tab}").is_visible() for tab in TABS)
    assert not watched.page.locator("#filters").is_visible()
    watched.context.close()


def test_hostile_words_stay_words(browser: Any, tmp_path: Path) -> None:
    plan = make_plan()
    bomb = "<img src=x onerror=document.title='x'></script><script>document.title='x'</script>"
    for place in places(plan):
        if isinstance(place.node, Item | Engagement):
            place.node.text += bomb
            place.node.figures, place.node.dates = [], []
    watched = Watched(browser, write_report(plan, tmp_path / "plan.html")[0])
    watched.page.click("#mode")
    watched.page.locator(".statement .correct").first.click()
    assert watched.page.input_value("#editor-text").endswith(bomb)
    watched.page.check("#editor input[value='à venir']")
    watched.page.click("#editor button.main")
    watched.page.click("#t-corrections")
    assert watched.page.locator("#changes > li").count() == 1
    assert watched.page.title() != "x"
    watched.close()


def long_document(pages: int) -> tuple[Plan, bytes]:
    """A document of dense pages with photos, and a plan with twelve statements on each."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    utils = pytest.importorskip("reportlab.lib.utils")
    image = pytest.importorskip("PIL.Image")
    photo = io.BytesIO()
    image.effect_noise((400, 300), 60).convert("RGB").save(photo, "JPEG", quality=80)
    out = io.BytesIO()
    drawing = canvas.Canvas(out, pagesize=(595, 842), invariant=True)
    sentence = "Le service des jardins a planté {} arbres le long du canal, avec l’aide des habitants du quartier."
    priorities = []
    for number in range(1, pages + 1):
        drawing.setFillColorRGB(0.9, 0.95, 0.9)
        drawing.rect(40, 300, 515, 500, fill=1)
        drawing.setFillColorRGB(0, 0, 0)
        drawing.setFont("Helvetica", 9)
        for line in range(50):
            drawing.drawString(50, 785 - 9.6 * line, sentence.format(number * line)[:100])
        drawing.drawImage(utils.ImageReader(io.BytesIO(photo.getvalue())), 50, 40, 320, 240)
        drawing.showPage()
        priorities.append(_of_page(number, sentence))
    drawing.save()
    data = out.getvalue()
    plan = make_plan(hashlib.sha256(data).hexdigest())
    plan.ambitions = [Ambition(number=None, label=None, title=None, priorities=priorities)]
    plan.document.source.pages = pages
    plan.coverage = Coverage(words=pages * 900, in_plan=pages * 900, set_aside=0)
    return plan, data


def _of_page(number: int, sentence: str) -> Priority:
    def at(top: float, bottom: float) -> list[Region]:
        return [Region(page=number, bbox=(50, top, 500, bottom))]

    items = [
        Item(kind="bullet", text=sentence.format(n), regions=at(50 + 38 * n, 80 + 38 * n)) for n in range(12)
    ]
    block = Block(status="réalisé", label="Fait", period=None, items=items, regions=at(45, 510))
    engagement = Engagement(id=f"{number}.1", text="Planter partout", blocks=[block], regions=at(20, 40))
    return Priority(number=number, label=f"Action {number}", title="Des arbres", engagements=[engagement])


def test_two_hundred_pages_open_at_once(browser: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, data = long_document(200)
    [path] = write_report(plan, tmp_path / "long.html", sources=[data])
    assert path.stat().st_size < 15_000_000
    first = Watched(browser, path)
    seconds = first.page.evaluate(DRAWN)
    first.close()
    watched = Watched(browser, path)
    seconds = min(seconds, watched.page.evaluate(DRAWN))  # twice: the machine has other things to do
    assert watched.page.locator(".frame[data-for]").count() == 200 * 14 + 2  # and the two places elsewhere in that plan
    with capsys.disabled():
        print(f" [200 pages: {path.stat().st_size / 1e6:.1f} MB, open in {seconds:.2f} s]", end="")
    assert seconds < 3
    watched.page.fill("#f-text", "canal 200")
    assert watched.page.evaluate(LATER).startswith("0 énoncé sur 2400")
    watched.page.click("text=Tout effacer")
    assert watched.page.evaluate(LATER) == ""
    watched.page.locator('[data-for="200.1/b1/i12"].place').click()
    assert watched.page.evaluate("document.activeElement.getBoundingClientRect().top") > 0
    assert focused(watched.page) == "200.1/b1/i12"
    watched.close()
