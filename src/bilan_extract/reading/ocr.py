"""Scans read like other pages: a source around another that puts recognised words where a page has only a picture.

A page set askew is read as if it lay straight, so that its lines are level for layout; `Skew` leads its boxes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from bilan_extract.document import Page, Shape, Word
from bilan_extract.errors import UsageError
from bilan_extract.reading import open_source
from bilan_extract.reading.annotations import AnnotationReader
from bilan_extract.reading.doubts import Note, notes_on, repaired
from bilan_extract.reading.page_kind import IMAGE, LAYER, STAMP_ONLY, kind_of
from bilan_extract.reading.picture import Drawing, find_drawing, ink_only, ink_of, skew_of, straighten
from bilan_extract.reading.raster import Raster
from bilan_extract.reading.skew import Skew
from bilan_extract.reading.source import PageSource
from bilan_extract.reading.tesseract import OcrUnavailableError, ReadLine, missing, read_pictures
