"""The document's pages: pictures, or outlines where there are none, with the frames of the plan over them."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.plan import Bbox
from bilan_extract.report import words
from bilan_extract.report.markup import Child, Html, join, tag
from bilan_extract.report.pictures import Picture
from bilan_extract.report.view import A4, ROLES, Frame, View

Size = tuple[float, float]
PICTURE_WIDTH = 1000  # CSS pixels that the browser reserves before it has laid the page out
MARGIN = 3.0  # points between a text and its frame
STEP = 46.0  # points from one frame to the next where the source says no places
CHARACTERS = 80


def pages(view: View, pictures: Sequence[Picture]) -> Html:
    """Every page of the document."""
    return join(
        _page(view, number, pictures[number - 1] if number <= len(pictures) else None)
        for number in range(1, view.pages() + 1)
    )


def legend() -> Html:
    """What the colours and lines of the frames mean."""
    swatch = [
        tag(
            "li",
            tag(
                "svg",
                tag("rect", x=1, y=1, width=26, height=14, class_=f"frame {role}"),
                viewBox="0 0 28 16",
                aria_hidden="true",
                focusable="false",
                class_="swatch",
            ),
            text,
        )
        for role, text in ROLES.items()
    ]
    return join(
        tag("ul", swatch, class_="legend", aria_label="Légende des cadres"),
        tag(
            "p",
            "Sans cadre\u00a0: le texte de la délibération elle-même (onglet «\u00a0Acte\u00a0») et les introductions, "
            "qui sont dans le plan.",
            class_="note",
        ),
    )


def _page(view: View, number: int, picture: Picture | None) -> Html:
    frames = view.frames.get(number, [])
    measured = [frame for frame in frames if frame.bbox is not None]
    schematic = picture is None and len(measured) < len(frames)
    boxes = _stack(frames) if schematic else [(frame, frame.bbox) for frame in measured if frame.bbox is not None]
    size = picture.size if picture else _size([bbox for _, bbox in boxes])
    image = _image(picture, number)
    sheet = tag(
        "div", image, _overlay(boxes, size, number, schematic=schematic), class_="sheet" if image else "sheet outline"
    )
    note = None
    if schematic:
        note = tag("p", "Le document source ne dit pas où les textes se trouvent\u00a0: ils sont empilés.", class_="note")
    title = f"Page {number}{_origin(view, number)}"
    return tag("section", tag("h3", title, tabindex="-1"), note, sheet, class_="page", id=f"page-{number}")


def _origin(view: View, number: int) -> str:
    """How the page's text was had where that matters to a reader: ", reconnue (OCR), confiance 87 %"."""
    origin = next((one for one in view.plan.pages if one.page == number), None)
    if origin is None or origin.source not in words.ORIGIN:
        return ""
    sure = f", confiance {words.share(origin.confidence, 1)}" if origin.confidence is not None else ""
    return f"\u00a0: {words.ORIGIN[origin.source]}{sure}"


def _image(picture: Picture | None, number: int) -> Html | None:
    if picture is None or picture.uri is None:
        return None
    width, height = picture.size
    return tag(
        "img",
        src=picture.uri,
        alt=f"Image de la page {number}",
        width=PICTURE_WIDTH,
        height=round(PICTURE_WIDTH * height / max(1.0, width)),
        loading="lazy",
        decoding="async",
    )


def _size(boxes: Sequence[Bbox]) -> Size:
    """The size of a page of which only the texts' places are known: A4 upright or across, or larger if need be."""
    width = max((box[2] for box in boxes), default=0.0)
    height = max((box[3] for box in boxes), default=0.0)
    for size in (A4, A4[::-1]):
        if width <= size[0] and height <= size[1]:
            return size
    return (max(width + 36, A4[0]), max(height + 36, A4[1]))


def _stack(frames: Sequence[Frame]) -> list[tuple[Frame, Bbox]]:
    """One frame under the other, statements set in."""
    return [
        (frame, (40.0 + 20.0 * frame.inner, 30.0 + STEP * rank, 555.0, 30.0 + STEP * (rank + 1) - 10))
        for rank, frame in enumerate(frames)
    ]


def _overlay(boxes: Sequence[tuple[Frame, Bbox]], size: Size, number: int, *, schematic: bool) -> Html | None:
    """The frames: a group of buttons of which one at a time is in the tab order (the arrow keys go on)."""
    shapes: list[Child] = []
    for rank, (frame, bbox) in enumerate(boxes):
        x0, top, x1, bottom = bbox
        shapes.append(
            tag(
                "rect",
                x=_points(x0 - MARGIN),
                y=_points(top - MARGIN),
                width=_points(max(0.0, x1 - x0) + 2 * MARGIN),
                height=_points(max(0.0, bottom - top) + 2 * MARGIN),
                rx=2,
                class_=f"frame {frame.role}{' inner' if frame.inner else ''}",
                data_for=frame.target,
                role="button",
                tabindex="0" if rank == 0 else "-1",
                aria_label=frame.label,
            )
        )
        if schematic:
            shapes.append(
                tag("text", frame.label[:CHARACTERS], x=_points(x0 + 6), y=_points(top + 22), aria_hidden="true")
            )
    named: dict[str, str] = (
        {"role": "group", "aria_label": f"Cadres de la page {number}"} if boxes else {"aria_hidden": "true"}
    )
    return tag("svg", shapes, viewBox=f"0 0 {_points(size[0])} {_points(size[1])}", class_="overlay", **named)


def _points(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
