"""HTML that is escaped because there is no other way to make it: text is text until `tag` says otherwise."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any

# signs that HTML does not allow at all: NUL, "\x1b", "\x85" … (tab and newline stay)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_VOID = frozenset({"img", "input", "link", "meta", "br", "rect", "line", "path"})
_SVG_VOID = frozenset({"rect", "line", "path"})


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child = str | Iterable["Child"] | None


def escape(text: str) -> Html:
    """``text`` as it stands between tags or in an attribute; signs that HTML does not know become U+FFFD."""
    return Html(html.escape(_FORBIDDEN.sub("\ufffd", text)))


def join(*children: Child) -> Html:
    """The children one after the other: markup as it is, other text escaped, None left out."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, Html):
            parts.append(child)
        elif isinstance(child, str):
            parts.append(escape(child))
        else:
            parts.append(join(*child))
    return Html("".join(parts))


def tag(name: str, /, *children: Child, **attributes: Any) -> Html:
    """One element.

    Args:
        name: of the element.
        children: text, markup or several of them.
        attributes: by name, with "_" for "-" and a trailing "_" dropped; None and False leave one out, True gives it
            without a value.
    """
    head = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{head}{'/' if name in _SVG_VOID else ''}>")
    return Html(f"<{name}{head}>{join(*children)}</{name}>")


def _name(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")


def hidden(text: str) -> Html:
    """Text for screen readers only."""
    return tag("span", text, class_="vh")


def json_block(identifier: str, value: Any) -> Html:
    """A script element that holds data; nothing in it can close it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Html(f'<script type="application/json" id="{identifier}">{text}</script>')
