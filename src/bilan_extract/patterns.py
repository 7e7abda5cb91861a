"""Regular expressions compiled when they are first asked: a short run would spend half its start on those it never needs."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a `re.Pattern`; what is taken from it once is its own attribute from then on, at no further cost."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Called where the attribute is not there yet."""
        if name.startswith("_"):
            raise AttributeError(name)
        if "_compiled" not in self.__dict__:
            self._compiled = re.compile(self.pattern, self._flags)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the pattern is asked. Its methods and attributes are those of `re.Pattern`;
    the functions of `re` (`re.sub(pattern, …)`) do not take it. A mistake in it shows at its first use."""
    return cast(re.Pattern[str], _Lazy(pattern, flags))
