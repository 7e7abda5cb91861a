"""scdl: the row keeps to the schema "Délibérations" 2.1.5 and the report says what does not hold together."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from plans import make_bare_plan, make_plan, reference_plan

from bilan_extract.errors import UsageError
from bilan_extract.outputs import export
from bilan_extract.outputs.scdl import Known, check, siret_is_valid
from bilan_extract.plan import Transmission, Votes

HEADER_LINE = (
    "COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_MATIERE_CODE,DELIB_MATIERE_NOM,DELIB_OBJET,BUDGET_ANNEE,BUDGET_NOM,"
    "PREF_ID,PREF_DATE,VOTE_EFFECTIF,VOTE_REEL,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION,DELIB_URL"
)
GOOD_SIRET = "21990012300015"  # invented, with the right checksum


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def fields(**known: str) -> set[tuple[str, str]]:
    return {(f.field, f.severity) for f in check(make_plan(), Known(**known))}


def test_the_row_reads_back(tmp_path: Path) -> None:
    path, report = export(make_plan(), "scdl", tmp_path / "delib.csv")
    assert path.read_text(encoding="utf-8").splitlines()[0] == HEADER_LINE
    assert report.name == "delib-coherence.csv"
    assert read(path) == [
        {
            "COLL_NOM": "Ville de Clairval-sur-Onde", "COLL_SIRET": "", "DELIB_ID": "2025-017",
            "DELIB_DATE": "2025-02-11", "DELIB_MATIERE_CODE": "", "DELIB_MATIERE_NOM": "",
            "DELIB_OBJET": "'=Bilan 2024 du plan « Clairval à pied, à vélo »", "BUDGET_ANNEE": "", "BUDGET_NOM": "",
            "PREF_ID": "", "PREF_DATE": "2025-02-13", "VOTE_EFFECTIF": "29", "VOTE_REEL": "28", "VOTE_POUR": "24",
            "VOTE_CONTRE": "1", "VOTE_ABSTENTION": "3", "DELIB_URL": "",
        }
    ]
    assert {(row["CHAMP"], row["GRAVITE"]) for row in read(report)} == {
        ("COLL_SIRET", "erreur"), ("DELIB_MATIERE_CODE", "erreur"), ("DELIB_MATIERE_NOM", "erreur"),
        ("COLL_SIRET", "avertissement"),
    }


def test_what_the_publisher_knows_fills_the_row(tmp_path: Path) -> None:
    path, report = export(
        make_plan(), "scdl", tmp_path / "delib.csv", siret=GOOD_SIRET, subject_code="8.7",
        subject_name="domaines de compétences par thèmes/transports", url="https://example.org/d.pdf",
    )
    row = read(path)[0]
    assert re.fullmatch(r"\d{14}", row["COLL_SIRET"])
    assert re.fullmatch(r"\d\.\d{1,2}", row["DELIB_MATIERE_CODE"])
    assert row["DELIB_URL"] == "https://example.org/d.pdf"
    assert read(report) == []


def test_one_row_a_plan(tmp_path: Path) -> None:
    path, _ = export([make_plan(), make_bare_plan()], "scdl", tmp_path / "delib.csv")
    assert [row["DELIB_ID"] for row in read(path)] == ["2025-017", ""]


def test_the_reference(tmp_path: Path) -> None:
    plan = reference_plan()
    row = read(export(plan, "scdl", tmp_path / "delib.csv")[0])[0]
    assert (row["DELIB_ID"], row["COLL_NOM"]) == (plan.document.number, plan.document.collectivity)
    assert row["COLL_SIRET"] == ""


def test_an_unknown_option_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="colour"):
        export(make_plan(), "scdl", tmp_path / "delib.csv", colour="red")


@pytest.mark.parametrize(
    ("siret", "valid"),
    [
        (GOOD_SIRET, True), ("21990012300026", False), ("2199001230001", False), ("2199001230001x", False),
        ("35600000000048", True), ("35600000049837", True), ("35600000049838", False), ("²1990012300015", False),
    ],
)
def test_siret_checksum(siret: str, valid: bool) -> None:
    assert siret_is_valid(siret) is valid


def test_the_siret_is_checked_against_the_stamp() -> None:
    assert ("COLL_SIRET", "erreur") in fields(siret="21990012300026")
    assert ("COLL_SIRET", "avertissement") in fields(siret="35600000000048")
    assert not {field for field, _ in fields(siret=GOOD_SIRET)} & {"COLL_SIRET"}


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("1.7", True), ("7.10", True), ("8.9", True), ("1.8", False), ("0.1", False), ("9.5", False), ("8", False),
        ("8.0", False), ("8.123", False),
    ],
)
def test_subject_codes(code: str, good: bool) -> None:
    assert (("DELIB_MATIERE_CODE", "erreur") not in fields(subject_code=code)) is good


@pytest.mark.parametrize(
    ("votes", "field"),
    [
        (Votes(voters=28, for_=24, against=1, abstentions=2), "VOTE_REEL"),
        (Votes(voters=20, for_=24), "VOTE_REEL"),
        (Votes(members=20, voters=21), "VOTE_REEL"),
        (Votes(members=20, present=21), "VOTE_EFFECTIF"),
        (Votes(unanimous=True, against=2), "VOTE_CONTRE"),
        (Votes(voters=28, for_=24), None),
        (Votes(members=29, present=25, voters=28, for_=28, against=0, abstentions=0, unanimous=True), None),
        (Votes(), None),
    ],
)
def test_votes_that_do_not_add_up(votes: Votes, field: str | None) -> None:
    plan = make_plan(votes=votes)
    assert {f.field for f in check(plan) if f.field.startswith("VOTE")} == ({field} if field else set())


def test_received_before_the_session() -> None:
    plan = make_plan(transmission=Transmission(received_on=dt.date(2025, 2, 1)))
    assert ("PREF_DATE", "erreur") in {(f.field, f.severity) for f in check(plan)}
