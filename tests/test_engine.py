"""What of a page is read, with no engine."""

from __future__ import annotations

import pytest
from scanned import picture, white

from bilan_extract.reading import engine
from bilan_extract.reading.drawing import Drawing, Outline


def test_what_stands_in_a_narrow_box_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = white(800, 800)
    ink[200:230, 80:92] = ink[200:230, 500:512] = 0
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(engine, "read_pictures", lambda pieces, **how: [asked.append(p.size) or [] for p in pieces])
    box = Outline(40, 100, 160, 700, (0, 0, 0))
    drawn = picture(ink)._replace(drawing=Drawing((255, 255, 255), (), (), (box,)))
    engine.read_left_out(drawn, [])
    assert len(asked) == 1, "only the ink beside the box"
