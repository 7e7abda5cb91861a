"""The report as a file: complete, escaped, self-contained, the same every time."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from plans import LOANS, SHA, make_bare_plan, make_plan

from bilan_extract.corrections import Corrections, apply_corrections
from bilan_extract.errors import InputNotFoundError, NotAPdfError, OutputError, UsageError
from bilan_extract.places import places
from bilan_extract.plan import Coverage, Date, Figure, Item, Plan, Region
from bilan_extract.reading.page_sizes import page_sizes
from bilan_extract.report import pictures, write_report
from bilan_extract.report.markup import escape, json_block, tag
from bilan_extract.report.page import EARLY, asset, payload
from bilan_extract.report.progress import bar
from bilan_extract.report.tree import marked
from bilan_extract.report.view import View
from bilan_extract.report.words import number, share, short

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "dev"
VOID = {"img", "input", "link", "meta", "br"}
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"'&amp; ]]> <!-- é"


class Page(HTMLParser):
    """What a report is made of.

    Attributes:
        tags: every element with its attributes, in order.
        text: all text outside scripts and styles.
        scripts, styles: the content of each.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag}>"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append("")
        if tag == "style":
            self.styles.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "script":
            self.scripts[-1] += data
        elif inside == "style":
            self.styles[-1] += data
        else:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]


def read(plan: Plan, folder: Path, **options: object) -> Page:
    [path] = write_report(plan, folder / "plan.html", **options)  # type: ignore[arg-type]
    page = Page(path.read_text(encoding="utf-8"))
    assert page.open == []
    return page


def hostile_plan() -> Plan:
    """A plan with markup wherever the document's words go."""
    data = make_plan().model_dump(by_alias=True)
    names = {"title", "label", "text", "introduction", "message", "name", "role", "id"}

    def spoil(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: spoil(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [spoil(inner, key) for inner in value]
        if isinstance(value, str) and key in names:
            return value + HOSTILE
        return value

    return Plan.model_validate(spoil(data))


@pytest.mark.parametrize("make", [make_plan, make_bare_plan, hostile_plan])
def test_the_page_is_whole_and_points_to_what_is_there(make: object, tmp_path: Path) -> None:
    page = read(make(), tmp_path)  # type: ignore[operator]
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    known = set(ids)
    for name in ("for", "aria-controls", "aria-labelledby"):
        assert set(page.values(name)) <= known, name
    assert {f"e-{target}" for target in page.values("data-for")} <= known
    assert {f"e-{target}" for target in page.values("data-owner")} <= known
    assert {f"page-{number}" for number in page.values("data-page")} <= known
    links = page.values("href")
    assert links
    assert all(link.startswith("#") and link[1:] in known for link in links)


def test_headings_leave_no_level_out(tmp_path: Path) -> None:
    levels = [int(tag[1]) for tag, _ in read(make_plan(), tmp_path).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_nothing_is_fetched_and_nothing_foreign_runs(tmp_path: Path) -> None:
    page = read(hostile_plan(), tmp_path)
    [policy] = [a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    code = [script for script in page.scripts if not script.startswith("{")]
    assert code == [EARLY, asset("report.js")]
    for text in (*code, *page.styles):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    for name, attributes in page.tags:
        assert "style" not in attributes
        assert not any(key.startswith("on") for key in attributes), name
        assert name not in ("link", "iframe", "object", "embed", "base")
    assert not [address for address in page.values("src") if not address.startswith("data:")]
    assert "http" not in asset("report.css")
    unsafe = r"https?:|innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|fetch\("
    assert not re.search(unsafe, asset("report.js"))


@pytest.mark.parametrize("make", [make_plan, hostile_plan])
def test_everything_the_plan_holds_is_on_the_page(make: object, tmp_path: Path) -> None:
    plan: Plan = make()  # type: ignore[operator]
    text = read(plan, tmp_path).text
    for place in places(plan):
        node = place.node
        if not isinstance(node, Figure | Date) and place.kind != "block":
            assert place.source_text in text
    assert all(aside.text in text for aside in plan.set_aside)
    assert all(warning.message in text for warning in plan.warnings)
    assert all(claim.text in text for claim in plan.reported_progress)
    assert all(basis.text in text for basis in plan.document.legal_basis)
    assert all(article.text in text for article in plan.document.decision)


def test_the_data_for_corrections_is_the_plans(tmp_path: Path) -> None:
    plan = hostile_plan()
    page = read(plan, tmp_path)
    [data] = [json.loads(script) for script in page.scripts if script.startswith("{")]
    assert data == json.loads(json.dumps(payload(View(plan))))
    by_id = {place.id: place for place in places(plan)}
    for short_id, entry in data["places"].items():
        assert by_id[f"{data['root']}/{short_id}"].source_text == entry["text"]
    figures = [figure[0] for entry in data["places"].values() for figure in entry.get("figures", [])]
    assert [by_id[f"{data['root']}/{one}"].kind for one in figures] == ["figure"] * len(figures)
    assert len(figures) == sum(place.kind == "figure" for place in by_id.values())


def test_the_page_says_what_is_less_than_sure(tmp_path: Path) -> None:
    page = read(make_plan(), tmp_path)
    assert "statut déduit des énoncés, sans étiquette" in page.text
    assert "Page 2\u00a0: reconnue (OCR), confiance 88\u00a0%" in page.text
    assert "Page 3\u00a0: image sans texte" in page.text
    assert "au moins 40" in page.text  # the bound of a figure


def test_what_a_person_decided_is_told(tmp_path: Path) -> None:
    entries = [
        {"target": "c0ffee12ab34/1.1/b1/i3/fig9-17", "field": "delete", "value": "12 vélos", "source_text": LOANS},
        {"target": "c0ffee12ab34/1.1/b1/i3", "field": "add", "value": {"text": "Prêt", "date": "2023"}, "source_text": LOANS},
    ]
    corrections = Corrections.model_validate({"corrections": [entry | {"sha256": SHA} for entry in entries]})
    text = read(apply_corrections(make_plan(), corrections), tmp_path).text
    assert "Déjà dans ce plan (supprimé 1, ajouté 1)" in text
    assert "«\u00a0Prêt\u00a0» = 2023" in text
    assert text.count("corrigé par une personne") == 1
    assert "corrigé par une personne" not in read(make_plan(), tmp_path).text


def test_the_words_add_up_or_the_page_says_so(tmp_path: Path) -> None:
    plan = make_plan()
    assert "Le compte y est" in read(plan, tmp_path).text
    plan.coverage = Coverage(words=430, in_plan=400, set_aside=20)
    assert "10 mots d’écart" in read(plan, tmp_path).text


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    [first] = write_report(make_plan(), tmp_path / "a.html")
    [second] = write_report(make_plan(), tmp_path / "b.html")
    assert first.read_bytes() == second.read_bytes()


def test_many_plans_get_an_index(tmp_path: Path) -> None:
    plans = [make_plan(), make_plan("d0" * 32, number="2025-018"), make_bare_plan()]
    index, *reports = write_report(plans, tmp_path / "bilans.html")
    page = Page(index.read_text(encoding="utf-8"))
    links = [link for link in page.values("href") if not link.startswith("#")]
    assert [(index.parent / link).resolve() for link in links] == [report.resolve() for report in reports]
    assert len(set(reports)) == 3
    back = Page(reports[0].read_text(encoding="utf-8")).values("href")
    assert [(reports[0].parent / link).resolve() for link in back if not link.startswith("#")] == [index.resolve()]
    assert page.text.count("Clairval à pied, à vélo") == 2


def test_a_folder_takes_the_report_under_the_plans_name(tmp_path: Path) -> None:
    assert write_report(make_plan(), tmp_path) == [tmp_path / "Clairval-a-pied-a-velo.html"]
    assert write_report([make_plan(), make_bare_plan()], f"{tmp_path}/new/")[0] == tmp_path / "new" / "index.html"


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "plan.html"
    with pytest.raises(UsageError, match="Aucun plan"):
        write_report([], target)
    with pytest.raises(UsageError, match="une source par plan"):
        write_report(make_plan(), target, sources=[])
    with pytest.raises(UsageError, match="SHA-256"):
        write_report(make_plan(), target, sources=[b"%PDF-1.7 of another document"])
    with pytest.raises(InputNotFoundError):
        write_report(make_plan(), target, sources=[tmp_path / "nowhere.pdf"])
    with pytest.raises(OutputError):
        write_report(make_plan(), Path(__file__) / "plan.html")
    assert not target.exists()


# -- pages


def pdf(*sizes: tuple[float, float], turned: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for width, height in sizes:
        page = document.new_page(width, height)
        page.set_rotation(turned)
        if crop is not None:
            page.set_cropbox(*crop)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_page_sizes_are_those_of_the_whole_sheet_as_shown() -> None:
    assert page_sizes(pdf((595, 842), (842, 595))) == [(595, 842), (842, 595)]
    assert page_sizes(pdf((595, 842), turned=90)) == [(842, 595)]
    assert page_sizes(pdf((595, 842), crop=(100, 100, 300, 300))) == [(595, 842)]
    with pytest.raises(NotAPdfError):
        page_sizes(b"%PDF-1.4 broken")


def test_page_sizes_follow_an_inherited_media_box() -> None:
    data = pdf((300, 400))
    assert data.count(b"/MediaBox") == 1
    box = re.search(rb"/MediaBox\s*\[[^]]*\]", data)
    assert box is not None
    moved = data.replace(box[0], b" " * len(box[0])).replace(b"/Type/Pages", b"/Type/Pages " + box[0])
    assert page_sizes(moved) == [(300, 400)]


def test_pages_have_their_pictures(tmp_path: Path) -> None:
    data = pdf((595, 842), (842, 595))
    plan = make_plan(hashlib.sha256(data).hexdigest())
    page = read(plan, tmp_path, sources=[data])
    images = [attributes for name, attributes in page.tags if name == "img"]
    assert [image["alt"] for image in images] == ["Image de la page 1", "Image de la page 2"]
    assert all(image["loading"] == "lazy" and image["decoding"] == "async" for image in images)
    assert [round(int(i["width"] or 0) / int(i["height"] or 0), 2) for i in images] == [0.71, 1.41]
    assert len([name for name, a in page.tags if (a.get("class") or "") == "page"]) == 8  # the rest are outlines


def test_a_source_that_cannot_be_drawn_gives_outlines(tmp_path: Path) -> None:
    data = b"%PDF-1.4 broken"
    page = read(make_plan(hashlib.sha256(data).hexdigest()), tmp_path, sources=[data])
    assert not [name for name, _ in page.tags if name == "img"]
    assert "Sans image du document" in page.text


def test_a_text_without_geometry_has_stacked_frames(tmp_path: Path) -> None:
    plan = make_plan()
    for place in places(plan):
        if isinstance(place.node, Item):
            place.node.regions = [Region(page=2, bbox=None)]
    page = read(plan, tmp_path)
    assert "ils sont empilés" in page.text
    frames = [a for name, a in page.tags if name == "rect" and "inner" in (a.get("class") or "")]
    assert len(frames) == len([place for place in places(plan) if place.kind == "item"])
    assert len({frame["y"] for frame in frames}) == len(frames)


def test_a_noisy_picture_still_fits() -> None:
    noise = Image.effect_noise((900, 1200), 120).convert("RGB")
    assert len(pictures.encode(noise, 40_000)) <= 40_000
    assert Image.open(io.BytesIO(pictures.encode(noise, 40_000))).format == "WEBP"


def test_the_frames_lie_where_the_regions_are(tmp_path: Path) -> None:
    page = read(make_plan(), tmp_path)
    frames = [a for name, a in page.tags if name == "rect" and a.get("data-for") == "1.1"]
    assert [(f["x"], f["y"], f["width"], f["height"]) for f in frames] == [
        ("47", "77", "256.5", "18.2"), ("47", "57", "256.5", "18.2"),
    ]
    tabbed = [a for name, a in page.tags if name == "rect" and a.get("tabindex") == "0"]
    drawn = [a for name, a in page.tags if name == "svg" and a.get("role") == "group"]
    assert len(tabbed) == len(drawn)


# -- parts


def test_text_stays_text() -> None:
    assert tag("p", HOSTILE, title=HOSTILE).count("<") == 2
    assert escape("a\x00b\x1bc\nd\te") == "a\ufffdb\ufffdc\nd\te"
    block = json_block("data", {"text": HOSTILE})
    assert block.count("<") == 2
    assert json.loads(re.sub("<[^>]*>", "", block)) == {"text": HOSTILE}
    option = tag("option", "x", value="", selected=True, disabled=False, hidden=None)
    assert option == '<option value="" selected>x</option>'


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), st.data())
def test_marks_change_no_letter(text: str, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(offsets, offsets).map(sorted), max_size=6))
    found = [Figure(text=text[a:b], span=(a, b), kind="count", value=1) for a, b in spans]
    times = [Date(text=text[a:b], span=(a, b), start=None, end=None, edtf="2024-21") for a, b in spans]
    assert Page(marked(text, found, times)).text == escape_back(text)


def escape_back(text: str) -> str:
    """What is left of a text on a page: signs that HTML does not know are replaced."""
    return Page(escape(text)).text


@pytest.mark.parametrize(
    ("edtf", "element"),
    [("2024", "time"), ("2024-06", "time"), ("2024-06-24", "time"), ("2024-21", "span"), ("2024/2025", "span"),
     ("../2025-01", "span"), ("2024-10~/2024-12~", "span")],
)
def test_only_plain_dates_are_machine_readable(edtf: str, element: str) -> None:
    date = Date(text="alors", span=(0, 5), start=None, end=None, edtf=edtf)
    assert Page(marked("alors", [], [date])).tags[0][0] == element


def test_numbers_read_as_in_french() -> None:
    assert number(43000) == "43\u202f000"
    assert number(8.5) == "8,5"
    assert number(1 / 3) == "0,3333"
    assert share(999, 1000) == "plus de 99\u00a0%"
    assert share(0, 0) == "–"
    assert short("un deux trois quatre", 12) == "un deux…"


def test_a_bar_is_cut_by_size() -> None:
    rects = [a for name, a in Page(bar([("done", 3), ("next", 1)])).tags if name == "rect"]
    assert [(rect["x"], rect["width"]) for rect in rects] == [("0", "180"), ("180", "60")]
    assert not [name for name, _ in Page(bar([("done", 0), ("next", 0)])).tags if name == "rect"]


def test_a_real_document_is_drawn_with_its_pages(tmp_path: Path) -> None:
    source = CORPUS / "demo-climat.pdf"
    if not source.exists():
        pytest.skip("corpus/dev/demo-climat.pdf is not there")
    drawn = pictures.draw(source.read_bytes())
    assert all(picture.uri and picture.uri.startswith("data:image/webp;base64,") for picture in drawn)
    assert sum(len(picture.uri or "") for picture in drawn) < 4_000_000
    assert {picture.size for picture in drawn} == set(page_sizes(source.read_bytes()))
