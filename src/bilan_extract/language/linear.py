"""The light runtime of our trained text classifiers: the answers of the spaCy pipeline without importing spaCy.

A pipeline under models/ is a sum of sparse linear layers over hashed n-grams, then a softmax. `models/train.py` writes
the rows that training has moved beside the pipeline (`linear.json`, `linear.bin`); here the same n-grams are hashed the
same way, in plain Python, so that a short conversion need not pay more than a second for `import spacy`. Equality with
``spacy.load(folder)(text).cats`` is a test, not a hope.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bilan_extract.patterns import lazy

_M64 = 0xFFFFFFFFFFFFFFFF
_M32 = 0xFFFFFFFF
_MUL = 0xC6A4A7935BD1E995
FORMAT = 1

# "L'école d'été, aujourd'hui (2024)" -> L' école d' été , aujourd'hui ( 2024 )
ELISION = r"(?:(?<!\w)(?:[CcDdJjLlMmNnSsTt]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’])"
PUNCTUATION = r"(?:[^\w\s'’])"
TOKEN = lazy(rf"{ELISION}|{PUNCTUATION}|(?:(?!{ELISION})[\w'’])+")


def tokens(text: str) -> list[str]:
    """The words and marks of ``text`` as the pipelines' own tokenizer cuts them."""
    return TOKEN.findall(text)


def hash64(data: bytes, seed: int) -> int:
    """MurmurHash2 in its 64-bit form for little-endian machines, as spaCy names strings and n-grams."""
    h = seed ^ ((len(data) * _MUL) & _M64)
    whole = len(data) & ~7
    for (k,) in struct.iter_unpack("<Q", data[:whole]):
        k = (k * _MUL) & _M64
        k = ((k ^ (k >> 47)) * _MUL) & _M64
        h = ((h ^ k) * _MUL) & _M64
    if len(data) > whole:
        h = ((h ^ int.from_bytes(data[whole:], "little")) * _MUL) & _M64
    h = ((h ^ (h >> 47)) * _MUL) & _M64
    return h ^ (h >> 47)


def _mix32(key: int) -> tuple[int, int]:
    """MurmurHash3 (32 bit) of one 64-bit key with the seeds 0 and 1: where its weights lie in the table."""
    low = ((key & _M32) * 0xCC9E2D51) & _M32
    low = ((((low << 15) | (low >> 17)) & _M32) * 0x1B873593) & _M32
    high = ((key >> 32) * 0xCC9E2D51) & _M32
    high = ((((high << 15) | (high >> 17)) & _M32) * 0x1B873593) & _M32
    found = []
    for h in (low, low ^ 1):
        h = ((((h << 13) | (h >> 19)) & _M32) * 5 + 0xE6546B64) & _M32
        h ^= high
        h = ((((h << 13) | (h >> 19)) & _M32) * 5 + 0xE6546B64) & _M32 ^ 8
        h = ((h ^ (h >> 16)) * 0x85EBCA6B) & _M32
        h = ((h ^ (h >> 13)) * 0xC2B2AE35) & _M32
        found.append(h ^ (h >> 16))
    return found[0], found[1]


def _ngram_keys(keys: list[int], size: int) -> Iterator[int]:
    """`hash64` of every ``size`` keys in a row, packed, with seed 0; what one key adds is worked out once."""
    stirred = []
    for key in keys:
        k = (key * _MUL) & _M64
        stirred.append(((k ^ (k >> 47)) * _MUL) & _M64)
    first = (8 * size * _MUL) & _M64
    for start in range(len(keys) - size + 1):
        h = first
        for k in stirred[start : start + size]:
            h = ((h ^ k) * _MUL) & _M64
        h = ((h ^ (h >> 47)) * _MUL) & _M64
        yield h ^ (h >> 47)


@lru_cache(maxsize=20000)
def _string_key(word: str) -> int:
    return hash64(word.encode("utf8"), 1) if word else 0


@lru_cache(maxsize=50000)
def _rows(key: int, length: int) -> tuple[int, int]:
    first, second = _mix32(key)
    return first % length, second % length


def _attribute(word: str, attribute: str) -> str:
    return word.lower() if attribute == "LOWER" else word[-3:]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One sparse linear layer: rows of the table that training has moved, sorted, and their weights per class.

    `symbols` are the few strings ("aux", "case") that spaCy numbers by a list of its own instead of by their hash.
    """

    attribute: str
    ngrams: int
    length: int
    symbols: dict[str, int]
    rows: array[int]
    weights: array[float]
    bias: tuple[float, ...]

    def add(self, words: list[str], scores: list[float]) -> None:
        """Adds this layer's score of each class to ``scores``."""
        classes = len(scores)
        for index, value in enumerate(self.bias):
            scores[index] += value
        rows, length, end = self.rows, self.length, len(self.rows)
        for key, count in Counter(self._keys(words)).items():
            for row in _rows(key, length):
                at = bisect_left(rows, row)
                if at < end and rows[at] == row:
                    for index in range(classes):
                        scores[index] += self.weights[at * classes + index] * count

    def _keys(self, words: list[str]) -> Iterator[int]:
        strings = [_attribute(word, self.attribute) for word in words]
        keys = [self.symbols[string] if string in self.symbols else _string_key(string) for string in strings]
        yield from keys
        for size in range(2, self.ngrams + 1):
            yield from _ngram_keys(keys, size)


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A trained text classifier.

    Attributes:
        labels: the classes, in the order of the scores.
        version: the pipeline's own version.
        threshold: the score below which its answer is not to be used, chosen on the dev split.
    """

    labels: tuple[str, ...]
    version: str
    threshold: float
    layers: tuple[_Layer, ...]

    def scores(self, text: str) -> dict[str, float]:
        """The probability of each class; empty for a text without a word."""
        words = tokens(text)
        if not words:
            return {}
        raw = [0.0] * len(self.labels)
        for layer in self.layers:
            layer.add(words, raw)
        top = max(raw)
        powers = [math.exp(value - top) for value in raw]
        return {label: power / sum(powers) for label, power in zip(self.labels, powers, strict=True)}


def load_linear(folder: Path) -> LinearModel | None:
    """The exported weights of the pipeline in ``folder``, or None where they are missing or not of this format."""
    try:
        head = json.loads((folder / "linear.json").read_text(encoding="utf8"))
        blob = (folder / "linear.bin").read_bytes()
    except (OSError, ValueError):
        return None
    if head.get("format") != FORMAT:
        return None
    layers, at = [], 0
    classes = len(head["labels"])
    for layer in head["layers"]:
        count = layer["rows"]
        rows, weights = array("I"), array("f")
        rows.frombytes(blob[at : at + 4 * count])
        at += 4 * count
        weights.frombytes(blob[at : at + 4 * count * classes])
        at += 4 * count * classes
        if sys.byteorder == "big":
            rows.byteswap()
            weights.byteswap()
        attribute, ngrams, length = layer["attribute"], layer["ngrams"], layer["length"]
        layers.append(_Layer(attribute, ngrams, length, head["symbols"], rows, weights, tuple(layer["bias"])))
    return LinearModel(tuple(head["labels"]), head["version"], head["threshold"], tuple(layers))
