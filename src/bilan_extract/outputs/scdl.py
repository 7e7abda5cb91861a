"""scdl: the row of the open-data schema "Délibérations" 2.1.5, and a report of what does not hold together in it.

Nothing is guessed: the schema's SIRET, subject code and address are in no deliberation, so they are empty unless the
caller gives them, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bilan_extract.outputs.csv_tables import csv_text
from bilan_extract.outputs.files import write_text
from bilan_extract.outputs.tables import Cell
from bilan_extract.plan import Plan, Votes

HEADERS = (
    "COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_MATIERE_NOM", "DELIB_OBJET",
    "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE", "VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE",
    "VOTE_ABSTENTION", "DELIB_URL",
)
REQUIRED = HEADERS[:7]
REPORT_HEADERS = ("DELIB_ID", "CHAMP", "GRAVITE", "MESSAGE")
#: The last subject of each chapter of the ACTES nomenclature: 1.1 to 1.7, 2.1 to 2.3 …
LAST_SUBJECT = {1: 7, 2: 3, 3: 6, 4: 5, 5: 8, 6: 5, 7: 10, 8: 9, 9: 4}
#: The post office's own number, whose establishments follow another checksum.
LA_POSTE = "356000000"

# 20005472400017
SIRET = re.compile(r"\d{14}", re.ASCII)
# 8.4, 7.10
SUBJECT = re.compile(r"(\d)\.(\d{1,2})", re.ASCII)
# 029-200054724-20241211-DE2024_119-DE: department, SIREN, day, the act's own number, its nature
TRANSMISSION = re.compile(r"\w{3}-(\d{9})-\d{8}-.+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold together in a row, or is missing from it."""

    deliberation: str
    field: str
    severity: Literal["erreur", "avertissement"]
    message: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the publisher knows and the document does not say; None stays empty."""

    siret: str | None = None
    subject_code: str | None = None
    subject_name: str | None = None
    url: str | None = None


def write_scdl(plans: Sequence[Plan], path: Path, known: Known | None = None) -> list[Path]:
    """Write one row a plan to ``path`` and the coherence report beside it (``…-coherence.csv``); returns both files.

    Raises:
        OutputError: a file cannot be written.
    """
    given = known or Known()
    rows = [row(plan, given) for plan in plans]
    findings = [finding for plan in plans for finding in check(plan, given)]
    report = path.with_name(f"{path.stem}-coherence.csv")
    return [
        write_text(path, csv_text(HEADERS, [[line[header] for header in HEADERS] for line in rows])),
        write_text(
            report, csv_text(REPORT_HEADERS, [[f.deliberation, f.field, f.severity, f.message] for f in findings])
        ),
    ]


def row(plan: Plan, known: Known | None = None) -> dict[str, Cell]:
    """The schema's fields for ``plan``; None where the document does not state it and ``known`` does not give it."""
    given, document, votes = known or Known(), plan.document, plan.document.votes
    return dict.fromkeys(HEADERS) | {
        "COLL_NOM": document.collectivity,
        "COLL_SIRET": given.siret,
        "DELIB_ID": document.number,
        "DELIB_DATE": document.session_date,
        "DELIB_MATIERE_CODE": given.subject_code,
        "DELIB_MATIERE_NOM": given.subject_name,
        "DELIB_OBJET": document.title,
        "PREF_DATE": document.transmission.received_on,
        "VOTE_EFFECTIF": votes.members,
        "VOTE_REEL": votes.voters,
        "VOTE_POUR": votes.for_,
        "VOTE_CONTRE": votes.against,
        "VOTE_ABSTENTION": votes.abstentions,
        "DELIB_URL": given.url,
    }


def check(plan: Plan, known: Known | None = None) -> list[Finding]:
    """What is missing from the plan's row or contradicts itself, errors of the schema first."""
    given = known or Known()
    line = row(plan, given)
    found = [(name, "erreur", "Champ obligatoire, vide.") for name in REQUIRED if not line[name]]
    found += _siret(given.siret, plan.document.transmission.id)
    found += _subject(given.subject_code)
    document = plan.document
    received, session = document.transmission.received_on, document.session_date
    if received and session and received < session:
        found.append(("PREF_DATE", "erreur", f"Reçue le {received}, avant la séance du {session}."))
    found += [(name, "avertissement", message) for name, message in _votes(document.votes)]
    found.sort(key=lambda one: one[1] != "erreur")
    name = document.number or document.source.name or document.source.sha256[:12]
    return [
        Finding(name, field, "erreur" if severity == "erreur" else "avertissement", message)
        for field, severity, message in found
    ]


def siret_is_valid(siret: str) -> bool:
    """Whether ``siret`` has 14 digits and the right checksum (Luhn's; La Poste's digits add up to a multiple of 5)."""
    if not SIRET.fullmatch(siret):
        return False
    digits = [int(sign) for sign in siret]
    if siret.startswith(LA_POSTE) and sum(digits) % 5 == 0:
        return True
    doubled = [digit * 2 if place % 2 == 0 else digit for place, digit in enumerate(digits)]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def _siret(siret: str | None, transmission: str | None) -> list[tuple[str, str, str]]:
    stamped = TRANSMISSION.fullmatch(transmission or "")
    siren = stamped[1] if stamped else None
    if siret is None:
        if siren is None:
            return []
        told = f"L'identifiant de transmission porte le SIREN {siren} ; les cinq derniers chiffres restent à fournir."
        return [("COLL_SIRET", "avertissement", told)]
    if not SIRET.fullmatch(siret):
        return [("COLL_SIRET", "erreur", "Un SIRET compte 14 chiffres.")]
    if not siret_is_valid(siret):
        return [("COLL_SIRET", "erreur", "La clé de contrôle du SIRET est fausse.")]
    if siren and not siret.startswith(siren):
        return [("COLL_SIRET", "avertissement", f"L'identifiant de transmission porte un autre SIREN : {siren}.")]
    return []


def _subject(code: str | None) -> list[tuple[str, str, str]]:
    if code is None:
        return []
    parts = SUBJECT.fullmatch(code)
    if parts is None:
        return [("DELIB_MATIERE_CODE", "erreur", "Un code de matière s'écrit « 8.4 ».")]
    if not 1 <= int(parts[2]) <= LAST_SUBJECT.get(int(parts[1]), 0):
        return [("DELIB_MATIERE_CODE", "erreur", f"Le code {code} n'est pas dans la nomenclature ACTES.")]
    return []


def _votes(votes: Votes) -> list[tuple[str, str]]:
    """What the numbers of a vote say against each other."""
    found = []
    counted = [n for n in (votes.for_, votes.against, votes.abstentions) if n is not None]
    if votes.voters is not None and counted:
        complete = len(counted) == 3
        if sum(counted) > votes.voters or (complete and sum(counted) != votes.voters):
            found.append(("VOTE_REEL", f"Les voix font {sum(counted)} en tout, pour {votes.voters} votants."))
    if votes.members is not None:
        counts = (("VOTE_REEL", votes.voters, "votants"), ("VOTE_EFFECTIF", votes.present, "présents"))
        for field, number, who in counts:
            if number is not None and number > votes.members:
                found.append((field, f"{number} {who} pour {votes.members} membres."))
    if votes.unanimous and votes.against:
        found.append(("VOTE_CONTRE", f"Adoptée à l'unanimité, avec {votes.against} voix contre."))
    return found
