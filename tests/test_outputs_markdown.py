"""markdown: a CommonMark reader finds the plan's words again, and nothing of them is markup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import make_bare_plan, make_plan, reference_plan

from bilan_extract.outputs import export
from bilan_extract.outputs.markdown import escape, markdown
from bilan_extract.places import places
from bilan_extract.plan import Ambition, Engagement, Focus, Item, Plan, Priority

parser = pytest.importorskip("markdown_it")


def shown(text: str) -> list[tuple[str, str]]:
    """What a reader of the page sees: (kind of paragraph, words), with line ends where a line breaks."""
    found, inside = [], "paragraph"
    for token in parser.MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            inside = token.tag
        elif token.type in ("list_item_open", "list_item_close"):
            inside = "item" if token.type == "list_item_open" else "paragraph"
        elif token.type == "inline":
            found.append((inside, "".join(_words(child) for child in token.children)))
            inside = "paragraph" if inside != "item" else inside
        else:
            assert token.type.rpartition("_")[0] in ("paragraph", "heading", "bullet_list"), token
    return found


def _words(token: Any) -> str:
    assert token.type in ("text", "text_special", "hardbreak", "strong_open", "strong_close"), token
    return "\n" if token.type == "hardbreak" else token.content


def lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


@pytest.mark.parametrize("maker", [make_plan, make_bare_plan, reference_plan])
def test_every_text_of_the_plan_is_shown(maker: Callable[[], Plan], tmp_path: Path) -> None:
    plan = maker()
    path = export(plan, "markdown", tmp_path / "plan.md")[0]
    found = shown(path.read_text(encoding="utf-8"))
    paragraphs = [words for kind, words in found if kind == "paragraph"]
    items = [words.rpartition(" (p. ")[0] or words for kind, words in found if kind == "item"]
    for place in places(plan):
        node = place.node
        if isinstance(node, Item):
            assert lines(node.text) in items
        elif isinstance(node, Engagement | Focus):
            assert lines(node.text) in paragraphs
        elif isinstance(node, Ambition | Priority) and node.title:
            assert any(kind in ("h2", "h3") and lines(node.title) in words for kind, words in found)
    for aside in plan.set_aside:
        assert any(words.endswith(lines(aside.text)) for words in items)
    for warning in plan.warnings:
        assert any(words.startswith(lines(warning.message)) for words in items)


def test_the_page_is_in_order() -> None:
    text = markdown(make_plan())
    wanted = [
        "# Clairval à pied, à vélo", "## Axe 1 : La ville à vélo (p. 2)",
        "### Objectif 1 : Donner envie de pédaler (p. 3)", "#### Engagement 1.1 : en cours (p. 3)",
        "**Réalisé** (Fait en 2024)", "**À venir** (La suite)",
        "#### Focus : @L'atelier du Pont (p. 6)", "### Marcher sans crainte (p. 7)", "#### Sans engagement",
        "## Points à vérifier", "## Laissé hors du plan",
    ]
    at = [text.index(part) for part in wanted]
    assert at == sorted(at)


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    # the parser takes out the NUL sign, as CommonMark asks for
    words = " ".join(text.replace("\0", "\ufffd").split())
    if words:
        assert shown(f"- {escape(words)}\n") == [("item", words)]
        assert shown(f"{escape(words)}\n") == [("paragraph", words)]


@pytest.mark.parametrize(
    "text",
    [
        "1. un", "- deux", "+ trois", "# quatre", "> cinq", "*six*", "_sept_", "`huit`", "<b>neuf</b>", "&eacute;",
        "[dix](onze)", "![a](b)", "===", "---", "~~~", "a\\", "12) x", "* * *", "    code", "<!-- x -->", "| a | b |",
        "1.",
    ],
)
def test_markup_is_shown_as_it_is(text: str) -> None:
    assert shown(f"{escape(text)}\n") == [("paragraph", text.strip())]
