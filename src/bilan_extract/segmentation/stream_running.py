"""Running lines of a text without geometry: heads and feet, told by their coming once on many pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from bilan_extract.document import Line, PageLayout
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Words, fold, numbered_title
from bilan_extract.segmentation.stream_labels import LabelLore, learn_labels, sign_of
from bilan_extract.segmentation.stream_parts import DOTTED, without_leaders

# "Bilan du plan 2024      p.6"
FOLIO = lazy(r"\s(?:p|page)\s?\.?\s?\d{1,3}$", re.IGNORECASE)


def running_lines(layouts: Sequence[PageLayout], words: Words) -> dict[int, str]:
    """For each running line (by ``id(line)``) "running_head" or "footer", as `find_running` gives them for pages that
    have a geometry."""
    running = running_keys(layouts, words, learn_labels(layouts, words))
    return {
        id(line): "footer" if FOLIO.search(line.text) else "running_head"
        for layout in layouts
        for region in layout.regions
        for line in region.lines
        if bare_line(line) in running
    }


def bare_line(line: Line) -> str:
    return bare_text(line.text)


def bare_text(text: str) -> str:
    return re.sub(r"\d+", "#", fold(without_leaders(text) if DOTTED.search(text) else text))


def running_keys(layouts: Sequence[PageLayout], words: Words, lore: LabelLore) -> set[str]:
    """Lines (folded, numbers as #) that stand on many pages, once on each, and are no label.

    Words of a label are running too where the same running line always stands beside them ("Plan vélo", "Bilan 2024").
    """
    pages: defaultdict[str, set[int]] = defaultdict(set)
    count: Counter[str] = Counter()
    beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    labels: set[str] = set()
    heads: set[str] = set()  # and focus labels, that stand once on a page by nature
    for layout in layouts:
        lines = [line for region in layout.regions for line in region.lines]
        bare = [bare_line(line) for line in lines]
        for i, (line, key) in enumerate(zip(lines, bare, strict=True)):
            pages[key].add(layout.number)
            count[key] += 1
            beside[key].update({*bare[max(0, i - 1) : i], *bare[i + 1 : i + 2]})
            label = words.label(line.text)
            if may_head(line.text, words) or (label is not None and label.role == "focus"):
                heads.add(key)
            elif label is not None:
                labels.add(key)
            elif fold(line.text) in lore.judged or (lore.signs and sign_of(line.words[0]) and not FOLIO.search(line.text)):
                heads.add(key)
    least = 2 if 2 <= len(layouts) <= 6 else 3
    often = {k for k, on in pages.items() if len(on) >= least and count[k] <= 1.1 * len(on) and _tells(k)}
    wide = max(least, 0.15 * len(layouts))
    varied = _varied_heads(layouts, words)
    often |= varied
    every = [line.text for layout in layouts for region in layout.regions for line in region.lines]
    heads |= {bare_text(heading.title) for text in every if (heading := words.heading(text)) is not None and heading.path}
    plain = {k for k in often - labels - heads if len(pages[k]) >= wide or k in varied or FOLIO.search(k.replace("#", "1"))}
    paired = {
        k
        for k in (often & labels) - heads
        if any(n >= 0.8 * count[k] and other in plain and len(pages[k]) >= 3 for other, n in beside[k].items())
    }
    return plain | paired


def _varied_heads(layouts: Sequence[PageLayout], words: Words) -> set[str]:
    """First lines of pages that begin alike and go on with each section's own title: "Plan vélo | Se garer"."""
    firsts = [layout.regions[0].lines[0] for layout in layouts if layout.regions]
    firsts = [line for line in firsts if not may_head(line.text, words) and words.label(line.text) is None]
    begins: Counter[tuple[str, ...]] = Counter()
    for line in firsts:
        own = fold(line.text).split()
        begins.update(tuple(own[:k]) for k in range(3, len(own)))
    least = max(3, len(layouts) // 2)
    common = [start for start, n in begins.items() if n >= least]
    return {bare_line(line) for line in firsts if any(fold(line.text).split()[: len(c)] == list(c) for c in common)}


def _tells(key: str) -> bool:
    """Whether a line that comes again says anything: a sum of money or a date in figures ("# 000 €") may come anywhere."""
    return len(key) > 3 and ("#" not in key or sum(c.isalpha() for c in key) >= 4)


def may_head(text: str, words: Words) -> bool:
    """Whether a line could be a heading of any form: it may come again and is no running line for that."""
    return words.heading(text) is not None or numbered_title(text) is not None or words.role_of(fold(text)) is not None


__all__ = ["FOLIO", "bare_line", "running_keys", "running_lines"]
