"""Mutates PDFs, the same way for the same seed: bytes, tokens, numbers, objects, and what is packed inside streams.

As a program, `python -m fuzz.mutants SEEDS_FOLDER OUT_FOLDER --count 2000 --seed 1` writes the mutants and
`bilan-extract convert` reads them.
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

# "stream\n...\nendstream"
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
# 842, -12.5
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
# /MediaBox
NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
# "12 0 obj ... endobj"
OBJECT = re.compile(rb"\d+ \d+ obj.*?endobj", re.DOTALL)
# 12 0 R
REFERENCE = re.compile(rb"\d+ 0 R")
NUMBERS = (
    b"0",
    b"-1",
    b"1e30",
    b"99999999999999999999",
    b"-2147483648",
    b"4294967296",
    b"0.0000001",
    b"null",
    b"()",
    b"NaN",
)
NAMES = (
    b"/Kids", b"/Count", b"/Parent", b"/Type", b"/Pages", b"/Page", b"/Font", b"/Length", b"/Filter", b"/W",
    b"/Widths",
    b"/Contents", b"/Resources", b"/MediaBox", b"/Matrix", b"/BBox", b"/ToUnicode", b"/Encoding", b"/DescendantFonts",
    b"/ASCII85Decode", b"/LZWDecode", b"/RunLengthDecode", b"/Form", b"/Type3", b"/Type0", b"/Rotate", b"/Prev", b"/Root",
)  # fmt: skip
TOKENS = (
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b")",
    b"endstream",
    b"endobj",
    b"obj",
    b"BT",
    b"ET",
    b"Do",
    b"Tj",
    b"TJ",
    b"cm",
    b"q",
    b"Q",
    b"Tm",
)

Mutation = Callable[[bytes, random.Random], bytes]
Pick = Callable[[re.Match[bytes]], bytes]


def flip(data: bytes, rng: random.Random) -> bytes:
    """Some bytes become others."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 4, 16, 64, 256))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def cut(data: bytes, rng: random.Random) -> bytes:
    """The end is missing."""
    return data[: rng.randrange(len(data)) + 1]


def drop(data: bytes, rng: random.Random) -> bytes:
    """A piece is missing."""
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.choice((1, 10, 100, 1000)) :]


def repeat(data: bytes, rng: random.Random) -> bytes:
    """A piece stands twice, or a hundred times."""
    at = rng.randrange(len(data))
    piece = data[at : at + rng.choice((1, 10, 100, 1000))]
    return data[:at] + piece * rng.choice((2, 2, 100)) + data[at:]


def swap_objects(data: bytes, rng: random.Random) -> bytes:
    """An object has the body of another."""
    objects = list(OBJECT.finditer(data))
    if len(objects) < 2:
        return flip(data, rng)
    one, other = rng.sample(objects, 2)
    return data[: one.start()] + other[0] + data[one.end() :]


def _replace(data: bytes, pattern: re.Pattern[bytes], pick: Callable[[re.Match[bytes]], bytes], rng: random.Random) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return flip(data, rng) if data else b"q"
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 2, 8)))), key=lambda m: -m.start()):
        data = data[: match.start()] + pick(match) + data[match.end() :]
    return data


def numbers(data: bytes, rng: random.Random) -> bytes:
    """Some numbers become absurd."""
    return _replace(data, NUMBER, lambda _: rng.choice(NUMBERS), rng)


def names(data: bytes, rng: random.Random) -> bytes:
    """Some names become others."""
    return _replace(data, NAME, lambda _: rng.choice(NAMES), rng)


def references(data: bytes, rng: random.Random) -> bytes:
    """Some references lead elsewhere, loops included."""
    top = max(1, len(OBJECT.findall(data)))
    return _replace(data, REFERENCE, lambda _: b"%d 0 R" % rng.randint(0, top + 1), rng)


def tokens(data: bytes, rng: random.Random) -> bytes:
    """A token more, somewhere."""
    at = rng.randrange(len(data))
    return data[:at] + b" " + rng.choice(TOKENS) + b" " + data[at:]


FLAT: tuple[Mutation, ...] = (flip, cut, drop, repeat, swap_objects, numbers, names, references, tokens)
INSIDE: tuple[Mutation, ...] = (flip, drop, repeat, numbers, names, tokens, cut)


def inside(data: bytes, rng: random.Random) -> bytes:
    """One packed stream is unpacked, mutated and packed again."""
    packed = []
    for match in STREAM.finditer(data):
        try:
            packed.append((match, zlib.decompress(match[1])))
        except zlib.error:
            continue
    if not packed:
        return flip(data, rng)
    match, content = rng.choice(packed)
    for _ in range(rng.choice((1, 3))):
        content = rng.choice(INSIDE)(content or b"q", rng)
    return data[: match.start(1)] + zlib.compress(content) + data[match.end(1) :]


def mutate(data: bytes, rng: random.Random) -> bytes:
    """One mutant: one to four mutations, half of them inside packed streams."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        data = (inside if rng.random() < 0.5 else rng.choice(FLAT))(data or b"%PDF-", rng)
    return data


def mutants(seeds: Sequence[Path], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """``count`` mutants with their names, the same for the same seeds and ``seed``."""
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")
        origin = rng.choice(seeds)
        yield f"{number:05}-{origin.stem}.pdf", mutate(origin.read_bytes(), rng)


def write(seeds: Sequence[Path], folder: Path, count: int, seed: int) -> None:
    """Writes the mutants into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in mutants(seeds, count, seed):
        (folder / name).write_bytes(data)


def main() -> None:
    """The program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write(sorted(arguments.seeds.rglob("*.pdf")), arguments.out, arguments.count, arguments.seed)


if __name__ == "__main__":
    main()
