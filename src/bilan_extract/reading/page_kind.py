"""What a page is: text, a picture of text, or a picture with text laid under it."""

from __future__ import annotations

from collections.abc import Collection

from bilan_extract.document import Page

DIGITAL, IMAGE, LAYER, STAMP_ONLY, UNREADABLE = "digital", "image", "layer", "stamp only", "unreadable"

SCANNED = 0.6  # of the page: pictures over more of it are a scan, or the ground of a designed page
FEW_WORDS = 25  # a running head, a page number, a note beside a scan
DRAWN_TEXT = 80  # shapes: a page without a word but with so many has its letters drawn as paths
BROKEN = 0.3  # of the words: a page whose fonts do not say their letters


def kind_of(page: Page, stamp: Collection[int] = (), *, unseen: bool = False) -> str:
    """DIGITAL, IMAGE, LAYER (a picture with OCR text), STAMP_ONLY (a picture and the stamp's words) or UNREADABLE.

    Args:
        page: as a reader gives it.
        stamp: places in ``page.words`` of the stamp's words, which tell nothing about the page under them.
        unseen: the page's text is painted so that no one can see it, or lies below the picture.
    """
    if page.width is None or page.height is None:
        return DIGITAL
    own = [w for i, w in enumerate(page.words) if i not in stamp] if stamp else page.words
    if len(own) >= FEW_WORDS and sum("\ufffd" in w.text for w in own) > BROKEN * len(own):
        return UNREADABLE
    covered = picture_share(page)
    hidden = [w.hidden for w in own].count("invisible")
    if covered >= SCANNED:
        if own and (unseen or hidden > 0.7 * len(own)):
            return LAYER
        if len(own) < FEW_WORDS:
            return STAMP_ONLY if stamp and not own else IMAGE
        return DIGITAL
    if own and hidden < len(own):
        return DIGITAL
    if covered > 0.05 or len(page.shapes) >= DRAWN_TEXT:
        return STAMP_ONLY if stamp and not own else IMAGE
    return DIGITAL


def picture_share(page: Page) -> float:
    """Share of the page that pictures cover, 0..1; the strips that some scanners cut a page into add up."""
    width, height = page.width or 1.0, page.height or 1.0
    area = 0.0
    for s in page.shapes:
        if s.kind == "image":
            wide = min(s.x1, width) - max(s.x0, 0.0)
            high = min(s.bottom, height) - max(s.top, 0.0)
            area += max(0.0, wide) * max(0.0, high)
    return min(1.0, area / (width * height))
