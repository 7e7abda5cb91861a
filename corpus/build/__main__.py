"""Rebuild the corpus: `python -m corpus.build [NAME…]` typesets each document twice and derives its gold plan."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.build.content import loose_numbers, read_source
from corpus.build.gold import gold_plan, to_json
from corpus.build.marks import Mark, read_places

CORPUS = Path(__file__).resolve().parents[1]
# every producer that honours it dates its files so: 1 January 2025
EPOCH = "1735689600"


def build(source: Path, target: Path) -> None:
    """Write NAME.pdf and NAME.gold.json of a source into the folder `target`, each put in place only when whole."""
    with tempfile.TemporaryDirectory() as folder:
        published, marked = Path(folder) / f"{source.stem}.pdf", Path(folder) / "marked.pdf"
        content = read_source(source)
        typeset = import_module(f"corpus.build.layouts.{content.meta['layout']}").typeset
        typeset(content, Mark(False), published)
        typeset(content, Mark(True), marked)
        gold = to_json(gold_plan(content, read_places(published, marked), published))
        _put(target / published.name, published.read_bytes())
        _put(target / f"{source.stem}.gold.json", gold.encode())


def _put(path: Path, data: bytes) -> None:
    fresh = path.with_suffix(path.suffix + ".part")
    fresh.write_bytes(data)
    os.replace(fresh, path)


def main() -> int:
    """Build the named documents, or all of dev/ and test/."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="documents to build (default: all)")
    parser.add_argument("--into", type=Path, help="write there instead of beside the sources")
    parser.add_argument("--loose", action="store_true", help="only list what looks like a number and is not annotated")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    for source in sorted([*CORPUS.glob("dev/*.bilan"), *CORPUS.glob("test/*.bilan")]):
        if not arguments.names or source.stem in arguments.names:
            print(source.stem)
            if arguments.loose:
                print("".join(f"  {line}\n" for line in loose_numbers(read_source(source))), end="")
            else:
                build(source, arguments.into or source.parent)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
