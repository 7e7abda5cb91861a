"""What holds for every document: no word lost, spans and regions that are true, the same plan again."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from documents import BESIDE, CORPUS, analysis_of, blocks_of, mentions_of, owners_of, plan_of, regions_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from bilan_extract import extract
from bilan_extract.errors import NoTextError
from bilan_extract.plan import Plan
from bilan_extract.reading import open_source
from bilan_extract.reading.ocr import read_with_ocr

IDS = {"ids": lambda path: path.name}
every_document = pytest.mark.parametrize(
    "path", [*CORPUS, *(pytest.param(path, marks=pytest.mark.slow) for path in BESIDE)], **IDS
)


def plan_or_skip(path: Path) -> Plan:
    try:
        return plan_of(path)
    except NoTextError:
        pytest.skip("a scan: it has no text")


# -- the invariants


def check_words(plan: Plan, data: bytes, name: str | None = None) -> None:
    """Every printed word, those of annotations among them, is in the plan or set aside, once."""
    source = read_with_ocr(data, name, mode="off")
    printed = {page.number: Counter(word.text for word in page.words) for page in source.pages()}
    source.close()
    coverage = plan.coverage
    assert coverage.words == sum(count.total() for count in printed.values())
    assert coverage.in_plan + coverage.set_aside == coverage.words
    aside: dict[int, Counter[str]] = {number: Counter() for number in printed}
    for part in plan.set_aside:
        aside[part.page].update(part.text.split())
    assert sum(count.total() for count in aside.values()) == coverage.set_aside
    for number, count in aside.items():
        assert count <= printed[number], f"page {number}: set aside more often than printed"
    unclaimed = {part.page for part in plan.set_aside if part.reason == "unclaimed"}
    assert unclaimed <= {warning.page for warning in plan.warnings}, "unclaimed words always have a warning"


def check_spans(plan: Plan) -> None:
    for owner in owners_of(plan):
        assert owner.text == unicodedata.normalize("NFC", owner.text)
        assert not re.search(r"[^\S \n]|  |^ | $", owner.text, re.MULTILINE), owner.text
        reached = 0
        for mention in mentions_of(owner):
            start, end = mention.span
            assert reached <= start < end <= len(owner.text), (mention, owner.text)
            assert owner.text[start:end] == mention.text
            reached = end


def check_regions(plan: Plan, sizes: dict[int, tuple[float | None, float | None]], over: float = 1) -> None:
    """``over``: points by which a box may hang over its page's edge (a word does whose middle is still on the page)."""
    for region in regions_of(plan):
        width, height = sizes[region.page]
        if width is None or height is None:
            assert region.bbox is None
            continue
        assert region.bbox is not None
        x0, top, x1, bottom = region.bbox
        assert -over <= x0 < x1 <= width + over, region
        assert -over <= top < bottom <= height + over, region


def check_ids(plan: Plan) -> None:
    for ambition in plan.ambitions:
        for priority in ambition.priorities:
            ranks = [engagement.id.rpartition(".")[2] for engagement in priority.engagements]
            assert ranks == [str(rank) for rank in range(1, len(ranks) + 1)]


# -- every document of the suite


def test_there_are_documents() -> None:
    assert len(CORPUS) >= 5


@every_document
def test_nothing_is_lost(path: Path) -> None:
    check_words(plan_or_skip(path), path.read_bytes(), path.name)


@every_document
def test_spans_are_substrings(path: Path) -> None:
    check_spans(plan_or_skip(path))


@every_document
def test_regions_lie_on_their_page(path: Path) -> None:
    plan = plan_or_skip(path)
    check_regions(plan, {layout.number: (layout.width, layout.height) for layout in analysis_of(path).layouts})


@every_document
def test_ids_count_in_the_priority(path: Path) -> None:
    check_ids(plan_or_skip(path))


@pytest.mark.parametrize("path", CORPUS, **IDS)
def test_what_is_in_the_plan_can_be_found_in_it(path: Path) -> None:
    """A word counted as in the plan is, but for line-end hyphens, part of one of its texts."""
    plan = plan_or_skip(path)
    analysis = analysis_of(path)
    texts = [owner.text for owner in owners_of(plan)] + [block.label or "" for block in blocks_of(plan)]
    for ambition in plan.ambitions:
        texts += [ambition.label or "", ambition.title or "", ambition.introduction or ""]
        for priority in ambition.priorities:
            texts += [priority.label or "", priority.title or "", *(focus.title or "" for focus in priority.focus)]
    held = letters(" ".join(texts))
    aside = {layout.number: Counter[str]() for layout in analysis.layouts}
    shown = {region.page for region in regions_of(plan)}
    act = {part.page for part in plan.set_aside if part.reason in ("report", "stamp")}
    for part in plan.set_aside:
        aside[part.page].update(part.text.split())
    lost = []
    for layout in analysis.layouts:
        if layout.number in act or layout.number not in shown:  # the act's words became fields, not texts
            continue
        left = aside[layout.number]
        for region in layout.regions:
            for word in (word.text for line in region.lines for word in line.words):
                if left[word] > 0:
                    left[word] -= 1
                elif len(letters(word)) > 2 and letters(word) not in held:
                    lost.append((layout.number, word))
    assert not lost


def letters(text: str) -> str:
    """Its letters and digits only, folded."""
    folded = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in folded if sign.isalnum())


@every_document
def test_the_plan_reads_back(path: Path) -> None:
    text = plan_or_skip(path).to_json()
    assert Plan.model_validate_json(text).to_json() == text


@pytest.mark.parametrize("path", CORPUS[:2], **IDS)
def test_the_same_bytes_come_out_twice(path: Path) -> None:
    """In another process, with other hash seeds, another time zone and another folder."""
    program = (
        "import sys; from bilan_extract import extract\n"
        "sys.stdout.buffer.write(extract(sys.argv[1]).to_json().encode())"
    )
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland")):
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, check=True, cwd="/",
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        )
        assert done.stdout.decode() == plan_of(path).to_json()


@pytest.mark.parametrize("path", CORPUS[:1], **IDS)
def test_path_bytes_and_file_object_give_the_same_plan(path: Path) -> None:
    data = path.read_bytes()
    named = plan_of(path).model_dump()
    named["document"]["source"]["name"] = None
    assert extract(data).model_dump() == named
    assert extract(io.BytesIO(data)).model_dump() == named
    with path.open("rb") as handle:
        assert extract(handle) == plan_of(path)


# -- documents that nobody wrote

# the first page that fails is shown as it is: making it smaller takes minutes (to have that, add Phase.shrink)
QUICK = settings(
    deadline=None, derandomize=True, database=None, report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow],
)
WORDS = st.sampled_from(
    [
        "Axe", "Priorité", "Action", "Engagement", "Réalisé", "À", "venir", "Zoom", "Sommaire", "page", "(suite)",
        "1", "2", "3", ":", "•", "–", "2024", "en", "fin", "43", "000", "€", "12,5", "%",
        "la", "le", "des", "haies", "écoles", "d'ici", "aujourd'hui", "médico-sociaux", "coûts", "œuvre",
    ]
)
LINE = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
PIECE = st.fixed_dictionaries(
    {
        "x": st.integers(-20, 560), "y": st.integers(-10, 840), "size": st.sampled_from([3, 9, 11, 11, 18, 30]),
        "bold": st.booleans(), "white": st.integers(0, 9).map(lambda n: n == 0), "box": st.booleans(),
        "lines": st.lists(LINE, min_size=1, max_size=5),
    }
)
DOCUMENT = st.lists(st.lists(PIECE, max_size=7), min_size=1, max_size=3)


def typeset(pages: list[list[dict[str, Any]]], rotation: int = 0) -> bytes:
    """A PDF with the pieces where they say, over each other and off the page too."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for pieces in pages:
        canvas.setPageRotation(rotation)
        for piece in pieces:
            x, y, size, lines = piece["x"], piece["y"], piece["size"], piece["lines"]
            if piece["box"]:
                canvas.setFillGray(0.9)
                canvas.roundRect(x - 6, y - 14 * len(lines), 240, 16 * len(lines) + 8, 5, fill=1)
            canvas.setFillGray(1 if piece["white"] else 0)
            canvas.setFont("Helvetica-Bold" if piece["bold"] else "Helvetica", size)
            for number, line in enumerate(lines):
                canvas.drawString(x, y - number * size * 1.3, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@settings(QUICK, max_examples=40)
@given(pages=DOCUMENT, rotation=st.sampled_from([0, 0, 90, 180]))
def test_the_invariants_hold_for_any_page(pages: list[list[dict[str, Any]]], rotation: int) -> None:
    data = typeset(pages, rotation)
    try:
        plan = extract(data)
    except NoTextError:
        return
    check_words(plan, data)
    check_spans(plan)
    check_ids(plan)
    source = open_source(data)
    check_regions(plan, {page.number: (page.width, page.height) for page in source.pages()}, over=150)
    source.close()


TEXT = st.lists(st.lists(LINE | st.just(""), max_size=12).map("\n".join), min_size=1, max_size=4).map("\x0c".join)


@settings(QUICK, max_examples=60)
@given(text=TEXT.filter(str.strip))
def test_the_invariants_hold_for_any_text(text: str) -> None:
    data = text.encode()
    try:
        plan = extract(data)
    except NoTextError:
        return
    check_words(plan, data)
    check_spans(plan)
    check_regions(plan, dict.fromkeys(range(1, plan.document.source.pages + 1), (None, None)))
