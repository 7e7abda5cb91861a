"""`python -m bilan_extract`: the command."""

from __future__ import annotations

import sys

from bilan_extract.cli import main

if __name__ == "__main__":
    sys.exit(main())
