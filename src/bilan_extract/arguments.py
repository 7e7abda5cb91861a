"""argparse in French: the same parser, with its headings and error messages in the language of those who use it."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import IO, Any, NoReturn

from bilan_extract.errors import UsageError

# what argparse says -> what we say; the first pattern that matches the whole message is taken
_FRENCH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), french)
    for pattern, french in (
        # "the following arguments are required: FICHIER"
        (r"the following arguments are required: (.*)", r"il manque : \1"),
        # "unrecognized arguments: --foo"
        (r"unrecognized arguments: (.*)", r"argument inconnu : \1"),
        # "ambiguous option: --p could match --profile, --password"
        (r"ambiguous option: (\S+) could match (.*)", r"option ambiguë : \1 peut être \2"),
        # "one of the arguments --a --b is required"
        (r"one of the arguments (.*) is required", r"il faut une de ces options : \1"),
        # "argument COMMANDE: invalid choice: 'x' (choose from 'convert', 'schema')"
        (
            r"argument (.+?): invalid choice: '?(.+?)'? \(choose from (.*)\)",
            r"\1 : « \2 » n'existe pas ; choix possibles : \3",
        ),
        # "argument -o/--out: expected one argument"
        (r"argument (.+?): expected one argument", r"\1 demande une valeur"),
        # "argument --to: expected at least one argument"
        (r"argument (.+?): expected at least one argument", r"\1 demande au moins une valeur"),
        # "argument --size: expected 2 arguments"
        (r"argument (.+?): expected (\d+) arguments?", r"\1 demande \2 valeurs"),
        # "argument --strict: ignored explicit argument 'x'"
        (r"argument (.+?): ignored explicit argument '(.*)'", r"\1 ne prend pas de valeur (« \2 »)"),
        # "argument --a: not allowed with argument --b"
        (r"argument (.+?): not allowed with argument (.*)", r"\1 et \2 s'excluent"),
        # "argument --workers: invalid int value: 'x'"
        (r"argument (.+?): invalid (?:int|float|\w+) value: '?(.*?)'?", r"\1 : « \2 » n'est pas une valeur possible"),
        # "argument --pages: numéro de page illisible" (a sentence of our own)
        (r"argument (.+?): (.*)", r"\1 : \2"),
    )
)


def in_french(message: str) -> str:
    """An argparse error message in French; one that we do not know stays as it is."""
    for pattern, french in _FRENCH:
        found = pattern.fullmatch(message)
        if found:
            return found.expand(french)
    return message


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with its first word in French."""

    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        """Adds the usage line, "usage : …"."""
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class FrenchParser(argparse.ArgumentParser):
    """An argument parser whose help and errors are French, and whose errors are `UsageError`s."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        options.setdefault("allow_abbrev", False)
        options["add_help"] = False  # ours is French
        super().__init__(*args, **options)
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="montre cette aide")

    def error(self, message: str) -> NoReturn:
        """Raises UsageError instead of ending the program, so that there is one place that prints errors."""
        raise UsageError(f"{in_french(message)} (aide : {self.prog} --help)")

    def print_help(self, file: IO[str] | None = None) -> None:  # type: ignore[override]
        """Prints the help as one piece, so that a closed pipe is noticed here."""
        out = sys.stdout if file is None else file
        out.write(self.format_help())
        out.flush()
