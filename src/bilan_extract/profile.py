"""How a family of documents words its levels and labels, read from a TOML file."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bilan_extract.errors import UsageError


def any_of(patterns: Sequence[str]) -> str:
    """One regular expression for whichever of ``patterns`` matches."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)


class LevelWords(BaseModel):
    """Words that open the headings of each level, folded (lower case, no accents)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ambition: tuple[str, ...]
    priority: tuple[str, ...]
    engagement: tuple[str, ...]


class LabelPatterns(BaseModel):
    """Regular expressions that a folded label must match as a whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    realised: tuple[str, ...]
    upcoming: tuple[str, ...]
    engagement: tuple[str, ...]
    focus: tuple[str, ...]
    other: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()

    @field_validator("*")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        try:
            re.compile(any_of(patterns))  # as it will be used: `re` keeps it
        except re.error as joint:
            for pattern in patterns:
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise ValueError(f"expression illisible « {pattern} » : {error}") from error
            raise ValueError(f"expressions incompatibles : {joint}") from joint
        return patterns


class Profile(BaseModel):
    """A family of documents: its words for levels, statuses and boxes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    levels: LevelWords
    labels: LabelPatterns


def load_profile(profile: str | os.PathLike[str] | None = None) -> Profile:
    """The profile of that name shipped with the package, or read from that TOML file; the default one for None.

    Raises:
        UsageError: no such profile, or the file is not a valid one; the sentence says which key is wrong.
    """
    name = "default" if profile is None else os.fspath(profile)
    try:
        return _shipped(name) or _parsed(Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"profil introuvable ou illisible : {name} ; donnez le chemin d'un fichier TOML.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"profil {name} : ce n'est pas du TOML ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"profil {name} : {where} : {first['msg']}") from error


@lru_cache(maxsize=16)
def _shipped(name: str) -> Profile | None:
    """The profile of that name that the package brings: what it says does not change, so it is read once."""
    if not re.fullmatch(r"[\w-]+", name):
        return None
    file = resources.files("bilan_extract") / "profiles" / f"{name}.toml"
    return _parsed(file.read_text(encoding="utf-8")) if file.is_file() else None


def _parsed(text: str) -> Profile:
    return Profile.model_validate(tomllib.loads(text))
