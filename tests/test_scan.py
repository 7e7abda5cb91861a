"""Shapes of a scanned page."""

from __future__ import annotations

from bilan_extract.document import Shape
from bilan_extract.reading import scan, type_sizes
from bilan_extract.reading.drawing import Drawing, Ground, Outline


def test_edges_measured_a_little_apart_are_one() -> None:
    drawing = Drawing(
        (255, 255, 255),
        (Ground(100, 100, 400, 300, (200, 200, 200)), Ground(402, 103, 900, 301, (30, 30, 90))),
        (),
        (Outline(100, 400, 400, 600, (0, 0, 0)),),
    )
    shapes: tuple[Shape, ...] = scan._shapes(drawing, 4.0, type_sizes.Sizes())
    grounds = sorted((s for s in shapes if s.fill is not None), key=lambda s: s.x0)
    assert grounds[0].top == grounds[1].top
    assert grounds[0].bottom == grounds[1].bottom
    assert grounds[0].x1 == grounds[1].x0
    assert len({s.top for s in shapes}) == 2, "what lies apart stays apart"
