"""Profiles: shipped, read from a file, or refused with a sentence."""

from __future__ import annotations

from importlib import resources

import pytest

from bilan_extract import load_profile
from bilan_extract.errors import UsageError


def test_the_default_profile_is_shipped():
    assert load_profile().name == "default"


def test_a_copy_of_it_reads_from_a_file(tmp_path):
    text = (resources.files("bilan_extract") / "profiles" / "default.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace('"priorite", ', '"priorite", "levier vert", '), encoding="utf-8")
    assert "levier vert" in load_profile(path).levels.priority


@pytest.mark.parametrize(
    ("text", "says"),
    [("name = ", "TOML"), ('name = "x"', "levels"), ("name = 3", "profil")],
)
def test_a_bad_profile_says_what_is_wrong(tmp_path, text, says):
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        load_profile(path)


def test_an_unknown_profile_is_refused():
    with pytest.raises(UsageError, match="introuvable"):
        load_profile("nulle-part")
