"""Boxes that tell one action at length, in a text without geometry: a title on a line of its own, and prose after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading
from bilan_extract.segmentation.stream_order import ROLES, role_of
from bilan_extract.segmentation.stream_parts import FURNITURE, Part, Parts, is_bulleted

LEAST = 110  # characters of prose that a box tells at least
# "Signature de la convention 12/04/2024", "Journée vélo 2023"
_DATED = lazy(r"(?:\d{1,2}/\d{1,2}/)?(?:19|20)\d\d\W*$")
# a year, a credit or a clock time in a short line: "La halle, mai 2024. Photo : service culture"
_PICTURED = lazy(r"\b(?:19|20)\d\d\b|\b\d{1,2}\s?h\b|[Pp]hoto|[Cc]liché|©|[Cc]rédit|[Cc]roquis|[Dd]essin|[Tt]irage")


def is_title(part: Part) -> bool:
    """A short text that could stand over another: a capital, no stop, no list."""
    text = part.text.strip()
    return (
        part.kind in ("text", "told") and len(part.lines) <= 3 and len(text) <= 170 and not part.bulleted
        and text[:1].isupper() and text[-1:] not in ".,;:-…" and not _DATED.search(text)
        and not any(is_bulleted(line.text) or line.text.endswith(":") for line in part.lines)
    )  # fmt: skip


def split_title(part: Part) -> Iterable[Part]:
    """A text whose first line is left short and followed by a capital: a title and its text."""
    if part.kind not in ("text", "told") or len(part.lines) < 3:
        return [part]
    first, rest = part.lines[0], part.lines[1:]
    width = sorted(len(line.text) for line in rest)[len(rest) // 2]
    title = Part(part.page, "text", [first], gap=part.gap)
    if is_title(title) and len(first.text) <= 0.8 * width and rest[0].text.lstrip("«“\" ")[:1].isupper():
        return [title, Part(part.page, "text", rest)]
    return [part]


def carries_on(part: Part) -> bool:
    """Whether a text goes on with another's sentence or list."""
    return part.text[:1].islower() or part.bulleted


def is_caption(part: Part, i: int, parts: Sequence[Part]) -> bool:
    """A dated short line among a page's told texts, or a short last one: it goes with a picture."""
    text = part.text.strip()
    if part.kind != "text" or len(part.lines) > 2 or len(text) > 110 or part.bulleted or not text[:1].isupper():
        return False
    dated = bool(_DATED.search(text)) and text[-1:] != "."
    last = i == len(parts) - 1 and len(parts) > 2 and len(part.lines) == 1 and len(text) < 60
    return dated or last


def focus_parts(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """A page's parts, and those of them that its focus boxes hold: all without other labels, else what follows theirs."""
    at = next((i for i, p in enumerate(parts) if role_of(p) == "focus"), None)
    if at is None:
        return list(parts), []
    if not any(role_of(p) in ROLES for p in parts):
        return [], list(parts)
    texts, told = list(parts[:at]), list(parts[at:])
    if not any(is_title(p) for piece in told[:3] for p in split_title(piece)):
        heading = next((p for p in reversed(texts) if is_title(p)), None)
        if heading is not None:
            texts.remove(heading)
            told.insert(0, heading)
    return texts, told


def mark_told(parts: Parts, labels_behind: bool) -> None:
    """Boxes without a label of their own, in a dump that can be read from top to bottom (kinds "told_title" and "told").

    Where a block has its text already, a short line without a stop that a sentence follows is no more of it. Where a
    document writes many such lines, they are its entries.
    """
    if labels_behind:
        _mark_labelled(parts)
    else:
        _mark_captions(parts)
    found = [(page, box) for page, box in _boxes(parts, labels_behind)]
    texts = sum(p.kind == "text" and p.gap for p in parts.all())
    if len(found) > max(3, texts // 12):
        return
    for page, box in reversed(found):
        listed = parts.pages[page]
        start = next(i for i, p in enumerate(listed) if p is box[0])
        listed[start : start + len(box)] = _told(box)


def _mark_captions(parts: Parts) -> None:
    """The last, short and dated line below a focus label goes with a picture."""
    for listed in parts.pages.values():
        start = next((i for i, p in enumerate(listed) if role_of(p) == "focus"), len(listed))
        end = next((i for i in range(start + 1, len(listed)) if listed[i].kind in ("label", "heading")), len(listed))
        texts = [part for part in listed[start + 1 : end] if part.kind == "text"]
        if len(texts) > 1 and _is_picture_line(texts[-1]):
            texts[-1].kind, texts[-1].rule = "caption", "last line of a box"


def _is_picture_line(part: Part) -> bool:
    short = len(part.lines) <= 2 and len(part.text) <= 140 and not part.bulleted
    return short and part.gap and _PICTURED.search(part.text) is not None


def _mark_labelled(parts: Parts) -> None:
    """Where labels stand behind their texts, a focus label does not: what follows it is told, but for the next label's text."""
    for listed in parts.pages.values():
        start = next((i for i, p in enumerate(listed) if role_of(p) == "focus"), len(listed))
        texts: list[Part] = []
        for part in listed[start + 1 :]:
            if role_of(part) in ROLES:
                texts = texts[:-1]
            if part.kind in ("label", "heading"):
                break
            texts += [part] if part.kind == "text" else []
        for i, part in enumerate(texts):
            part.kind = "caption" if i and i == len(texts) - 1 and _is_picture_line(part) else "told"
            part.rule = "text below a focus label"


def _boxes(parts: Parts, labels_behind: bool) -> Iterable[tuple[int, list[Part]]]:
    """Runs of parts that could be such a box, with their page."""
    told_of = False  # the open block has text
    last: dict[str | None, tuple[str, ...]] = {}
    for page, listed in parts.pages.items():
        k = 0
        while k < len(listed):
            part = listed[k]
            box = _box_at(listed, k, labels_behind) if part.kind == "text" and told_of and part.gap else []
            if part.kind == "label":
                told_of = labels_behind
            elif part.kind == "heading" and isinstance(part.data, Heading):
                again = last.get(part.data.word) == part.data.path  # a page's head repeats its section's
                told_of = told_of if again else labels_behind
                last[part.data.word] = part.data.path
            elif part.kind == "text":
                told_of = True
            if box:
                yield page, box
            k += max(1, len(box))


def _box_at(listed: Sequence[Part], k: int, labels_behind: bool) -> list[Part]:
    """The parts of a box that begins at place ``k``; none where none does."""
    pieces = list(split_title(listed[k]))
    after = listed[k + 1 : k + 2]
    if len(pieces) == 1 and after and after[0].kind == "text" and after[0].gap and is_title(pieces[0]):
        pieces.append(after[0])
        taken = 2
    else:
        taken = 1
    if len(pieces) == 1 or len(pieces[0].text) > 90 or not _is_prose(pieces[-1]):
        return []
    if labels_behind:
        return list(listed[k : k + taken])
    end = k + taken
    while end < len(listed) and listed[end].kind in ("text", *FURNITURE):
        end += 1
    while listed[end - 1].kind != "text":
        end -= 1
    return list(listed[k:end])


def _is_prose(part: Part) -> bool:
    text = part.text
    return len(text) >= LEAST and any(mark in text for mark in (". ", "! ", "? ")) | text.endswith((".", "!", "?", "»"))


def _told(box: Sequence[Part]) -> list[Part]:
    """The parts of a box, its title, label and captions told apart."""
    pieces = [piece for n, part in enumerate(box) for piece in (split_title(part) if n == 0 else [part])]
    if len(pieces) > 1 and is_title(pieces[0]):
        more = list(split_title(pieces[1]))
        if len(more) == 2:  # a line that says what the box is, over its title
            pieces[1:2] = more
            pieces[0].kind, pieces[0].rule = "told_label", "line over a box's title"
            pieces[1].gap = False
    first = next(i for i, p in enumerate(pieces) if p.kind == "text")
    pieces[first].kind, pieces[first].rule = "told_title", "title of a box without a label"
    for i, part in enumerate(pieces[first + 1 :], first + 1):
        if part.kind != "text":
            continue
        caption = i > first + 1 and i == len(pieces) - 1 and _is_picture_line(part)
        part.kind, part.rule = ("caption", "last line of a box") if caption else ("told", "text of a box without a label")
    return pieces


__all__ = ["carries_on", "focus_parts", "is_caption", "is_title", "mark_told", "split_title"]
