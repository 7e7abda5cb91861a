"""Mutates what is no PDF, the same way for the same seed: text layers, plans and corrections in JSON, manifests in CSV."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

from fuzz.mutants import cut, drop, flip, repeat

LARGE = 20_000  # places in a tree
Container = dict[str, Any] | list[Any]

#: What text layers and CSV files have been seen to hold, or could: marks, separators of every kind, odd letters, long runs.
PIECES = (
    "\x0c", "\n\n\n\n", "\r", "\u2028", "\u0085", "\x0b", "\x1c", "\ufeff", "\ufffe", "\ufffd", "\u200b", "\u202e", "\u00ad",
    "\u0301" * 50, "\x00", "\x1b[2J", "\t" * 40, " " * 2000, "𝟙𝟚", "٣", "½", "Ⅳ", "ﬁ", "İ", "ẞ",
    "9" * 400, "1 " * 400, "- " * 300, "…" * 300, "." * 900, "Axe 99999999999999999999 : ", "ORIENTATION 0\n", "Priorité -1 - ",
    "31/02/2023 ", "le 99 brumaire 0000 ", "1er janvier 99999 ", "1,5,5,5 M€ ",
    "10 000 000 000 000 000 000 000 000 €", "100 000 % ",
    "à venir\n", "Réalisé\n", "• ", "(" * 300, "«" * 90, '"', '""', ";;;;", ",\n,", "Page 1/0", "- 0 -", "a" * 20_000,
)  # fmt: skip
#: What may stand in the place of any value of a JSON document.
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, -(2**200), 1e308, -1e308, 1e-320, float("nan"), float("inf"),
    "", " ", "\x00", "\ud800", "é" * 10_000, "../../x", "2023-02-31", "9999-12-31", "-0001", "<script>", "=1+1", "1e999",
    [], {}, [[]], [None], {"": None}, [0] * 2000,
)  # fmt: skip


def text(data: bytes, rng: random.Random) -> bytes:
    """One mutant of a text: pieces put in, lines moved, bytes changed."""
    for _ in range(rng.choice((1, 2, 4, 8))):
        data = rng.choice((_piece, _piece, _lines, flip, cut, drop, repeat, _encoding))(data or b"Axe 1", rng)
    return data


def _piece(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(PIECES).encode() + data[at:]


def _lines(data: bytes, rng: random.Random) -> bytes:
    """Some lines change places, or lose or gain blanks before them."""
    lines = data.split(b"\n")
    for _ in range(rng.choice((1, 5, 50))):
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[one], lines[other] = rng.choice((b"", b" ", b"\t")) + lines[other], lines[one].strip()
    return b"\n".join(lines)


def _encoding(data: bytes, rng: random.Random) -> bytes:
    """The same in another encoding."""
    return data.decode("utf-8", "replace").encode(
        rng.choice(("cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-7")), "replace"
    )


def tree(data: bytes, rng: random.Random) -> bytes:
    """One mutant of a JSON document: values replaced, keys lost, lists grown, parts put elsewhere; at times its bytes too."""
    root = json.loads(data)
    for _ in range(rng.choice((1, 1, 2, 6))):
        rng.choice((_replace, _replace, _lose, _grow, _graft))(root, rng)
    out = json.dumps(root, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return rng.choice((flip, cut, drop))(out, rng) if rng.random() < 0.1 else out


def _places(root: Any) -> list[tuple[Container, Any]]:
    """Every place in the tree: its container and key."""
    found: list[tuple[Container, Any]] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            found.append((node, key))
            if isinstance(node[key], dict | list):
                waiting.append(node[key])
    return found


def _replace(root: Any, rng: random.Random) -> None:
    node, key = rng.choice(_places(root) or [([0], 0)])
    node[key] = copy.deepcopy(rng.choice(VALUES))


def _lose(root: Any, rng: random.Random) -> None:
    node, key = rng.choice(_places(root) or [([0], 0)])
    del node[key]


def _grow(root: Any, rng: random.Random) -> None:
    """A list has its first entry many times; what is grown already grows no more."""
    places = _places(root)
    lists = [node[key] for node, key in places if isinstance(node[key], list) and node[key]]
    if lists and len(places) < LARGE:
        rng.choice(lists).extend([copy.deepcopy(lists[0][0])] * rng.choice((1, 2, 50)))


def _graft(root: Any, rng: random.Random) -> None:
    """A part stands in the place of another."""
    places = _places(root)
    if len(places) > 1:
        (one, key), (other, place) = rng.sample(places, 2)
        other[place] = copy.deepcopy(one[key])


def mutants(origin: bytes, how: Callable[[bytes, random.Random], bytes], count: int, seed: int) -> list[bytes]:
    """``count`` mutants of ``origin``, the same for the same ``seed``."""
    return [how(origin, random.Random(f"{seed}-{number}")) for number in range(count)]
