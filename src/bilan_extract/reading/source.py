"""What a reader promises: a source that gives its pages one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from bilan_extract.document import Page


class PageSource(Protocol):
    """An open document. Pages are read when asked for, and let go of afterwards."""

    page_count: int
    media_type: str
    producer: str

    def pages(self) -> Iterator[Page]:
        """The pages in order, each read, reduced and closed before the next."""
        ...

    def close(self) -> None:
        """Lets go of the file."""
        ...
