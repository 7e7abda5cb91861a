"""Patterns compiled when they are first asked."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import bilan_extract
from bilan_extract.patterns import _Lazy, lazy


def test_it_answers_like_the_compiled_pattern() -> None:
    pattern, plain = lazy(r"(?P<n>\d+) (voix|votes)", re.IGNORECASE), re.compile(r"(?P<n>\d+) (voix|votes)", re.IGNORECASE)
    text = "12 Voix pour, 3 votes contre"
    for _ in range(2):
        assert [m["n"] for m in pattern.finditer(text)] == ["12", "3"]
        assert pattern.sub("-", text) == plain.sub("-", text)
        assert pattern.search("rien") is None
    assert (pattern.pattern, pattern.flags, pattern.groups) == (plain.pattern, plain.flags, plain.groups)
    assert pattern.groupindex == plain.groupindex


def test_nothing_is_compiled_before_it_is_asked() -> None:
    wrong = lazy("(")
    assert wrong.pattern == "("
    with pytest.raises(re.error):
        wrong.match("(")


def test_what_a_pattern_has_not_is_said() -> None:
    with pytest.raises(AttributeError):
        lazy("a").nothing  # type: ignore[attr-defined]  # noqa: B018


def test_every_pattern_of_the_package_compiles() -> None:
    for module in pkgutil.walk_packages(bilan_extract.__path__, "bilan_extract."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = [thing for thing in gc.get_objects() if isinstance(thing, _Lazy) and thing.pattern != "("]
    assert len(ours) > 100
    for pattern in ours:
        assert pattern.groups >= 0
