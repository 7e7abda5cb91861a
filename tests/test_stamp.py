"""The prefecture's stamp: its fields, its words on the page, its identifier's parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan_extract.document import Word
from bilan_extract.segmentation.stamp import is_stamp_line, parse_stamp_id, passes_luhn, read_stamp, stamp_words

SIREN = "217300193"  # 21 73 0019, and the check digit that fits


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            f"Envoyé en préfecture le 04/03/2025\nReçu en préfecture le 05/03/2025\nPublié le 06/03/2025\n"
            f"ID : 073-{SIREN}-20250227-2025_12-DE",
            (f"073-{SIREN}-20250227-2025_12-DE", day(3, 4), day(3, 5), day(3, 6)),
        ),
        (
            f"Envoyé en préfecture le 04/03/2025\nReçu en préfecture le 04/03/2025\nPublié le Commune d'Orvale\n"
            f"Bilan du plan – procédure ID : 073-{SIREN}-20250227-D12-DE",
            (f"073-{SIREN}-20250227-D12-DE", day(3, 4), day(3, 4), None),
        ),
        (
            f"Accusé de réception en préfecture\n073-{SIREN}-20250227-25-12-DE\nDate de télétransmission : 04/03/2025\n"
            "Date de réception préfecture : 05/03/2025",
            (f"073-{SIREN}-20250227-25-12-DE", day(3, 4), day(3, 5), None),
        ),
        (
            f"AR Prefecture\n073-{SIREN}-20250227-2025_02_27_04-DE\nReçu le 05/03/2025\nPublié le 06/03/2025",
            (f"073-{SIREN}-20250227-2025_02_27_04-DE", None, day(3, 5), day(3, 6)),
        ),
        (
            "Acte rendu exécutoire après dépôt en préfecture le 4 mars 2025\net publication le 6 mars 2025",
            (None, day(3, 4), None, day(3, 6)),
        ),
        (
            f"Accusé de réception - Ministère de l'Intérieur\n073-{SIREN}-20250227-7-\nDE\nAccusé certifié exécutoire\n"
            "Réception par le préfet : 05/03/2025\nAffiché le : 06/03/2025",
            (f"073-{SIREN}-20250227-7-DE", None, day(3, 5), day(3, 6)),
        ),
        (f"Accusé de réception en préfecture\n073-{SIREN}-\nDate de télétransmission :", (None, None, None, None)),
    ],
)
def test_fields(printed: str, expected: tuple[str | None, dt.date | None, dt.date | None, dt.date | None]) -> None:
    stamp = read_stamp(printed)
    assert stamp is not None
    assert (stamp.id, stamp.sent_on, stamp.received_on, stamp.published_on) == expected


@pytest.mark.parametrize("text", ["", "La brochure a été publiée le 6 mars 2025.", "Reçu le 5 mars 2025, le courrier"])
def test_no_stamp(text: str) -> None:
    assert read_stamp(text) is None


def test_identifier_parts() -> None:
    parts = parse_stamp_id(f"02A-{SIREN}-20250227-CM_25.12-DE")
    assert (parts.department, parts.siren, parts.date) == ("02A", SIREN, dt.date(2025, 2, 27))
    assert (parts.number, parts.nature, parts.problems) == ("CM_25.12", "DE", ())


def test_identifier_with_faults_says_which_and_guesses_nothing() -> None:
    parts = parse_stamp_id("020-217300194-20251327-12-ZZ")
    assert (parts.department, parts.siren, parts.date, parts.number, parts.nature) == (None, None, None, "12", None)
    assert len(parts.problems) == 4
    assert parse_stamp_id("12 mars").problems


def test_luhn() -> None:
    assert passes_luhn(SIREN)
    assert not passes_luhn("217300194")
    assert not passes_luhn("")


def page(rows: list[tuple[str, float, float, float, str]]) -> list[Word]:
    """Words of rows (text, left, bottom, size, font); the index follows the rows' order."""
    words = []
    for text, left, bottom, size, font in rows:
        for token in text.split():
            width = 0.5 * size * len(token)
            words.append(Word(token, 1, left, bottom - size, left + width, bottom, font, size, index=len(words)))
            left += width + 2
    return words


STAMPED = [
    ("Commune d'Orvale", 440.0, 52.0, 8.0, "Calibri"),
    ("Bilan du plan d'accueil", 320.0, 62.0, 8.0, "Calibri"),
    ("Le plan d'accueil est publié le 3 mars 2025 dans la gazette", 60.0, 300.0, 10.0, "Calibri"),
    ("Envoyé en préfecture le 04/03/2025", 400.0, 34.0, 9.0, "Helvetica"),
    ("Reçu en préfecture le 05/03/2025", 400.0, 43.0, 9.0, "Helvetica"),
    ("Publié le", 400.0, 52.0, 9.0, "Helvetica"),
    (f"ID : 073-{SIREN}-20250227-2025_12-DE", 400.0, 62.0, 9.0, "Helvetica"),
]


@pytest.mark.parametrize("order", ["stream", "lines"])
def test_stamp_words_among_the_running_head(order: str) -> None:
    words = page(STAMPED)
    if order == "lines":
        words.sort(key=lambda w: (w.bottom, w.x0))
    own = [words[i] for i in stamp_words(words)]
    assert sorted(w.index for w in own) == [
        w.index for w in sorted(words, key=lambda w: w.index) if w.font == "Helvetica"
    ]


def test_stamp_words_without_boxes() -> None:
    text = f"Le bilan suit. Reçu en préfecture le 05/03/2025 Publié le 06/03/2025 ID : 073-{SIREN}-20250227-2-DE Axe 1"
    words = [Word(w, 1, 0, 0, 0, 0, index=i) for i, w in enumerate(text.split())]
    assert [words[i].text for i in stamp_words(words)] == text.split()[3:-2]


def test_a_page_without_stamp_has_no_stamp_words() -> None:
    assert stamp_words(page(STAMPED[:3])) == ()
    assert stamp_words([]) == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Reçu en préfecture le 05/03/2025", True),
        ("Date de télétransmission : 05/03/2025", True),
        (f"ID : 073-{SIREN}-20250227-2-DE", True),
        ("Publié le 06/03/2025", True),
        ("Vu l'accusé de réception en préfecture de la demande déposée par le syndicat au printemps", False),
        ("Article 2 : publier ce bilan", False),
    ],
)
def test_stamp_lines(line: str, expected: bool) -> None:
    assert is_stamp_line(line) is expected


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=8), max_size=12))
def test_never_raises(text: str, tokens: list[str]) -> None:
    read_stamp(text)
    read_stamp("Reçu en préfecture le 31/02/2025 " + text)
    parse_stamp_id(text)
    is_stamp_line(text)
    words = [Word(t, 1, 0, 0, 0, 0, index=i) for i, t in enumerate([*tokens, "AR", "Préfecture"])]
    assert set(stamp_words(words)) <= set(range(len(words)))


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            "Télétransmis le 11/02/2024 ; reçu par le représentant\nde l'État le 12/02/2024. Publié le 14/02/2024",
            (11, 12, 14),
        ),
        ("Acte transmis à la sous-préfecture le 04/02/2024 et reçu le 05/02/2024", (4, 5, None)),
        ("Transmis au représentant de l'État le 09/02/2024. Reçu le 09/02/2024. Publié le 11/02/2024.", (9, 9, 11)),
        ("Accusé de réception – Préfecture\nDate de réception : 20/02/2024\nDate d'affichage : 22/02/2024", (None, 20, 22)),
        ("Vu la lettre transmise au préfet le 3 février 2024 ;", None),
    ],
)
def test_a_note_of_transmission_without_an_identifier(note: str, expected: tuple[int | None, ...] | None) -> None:
    found = read_stamp(note)
    days = None if found is None else (found.sent_on, found.received_on, found.published_on)
    assert days == (expected and tuple(day and dt.date(2024, 2, day) for day in expected))


ACT = f"073-{SIREN}-20250227-2025_12-DE"


@pytest.mark.parametrize(
    ("printed", "sent", "received", "published"),
    [
        (f"AR CONTROLE DE LEGALITE : {ACT}\nen date du 05/03/2025", None, 5, None),
        (f"Accusé de réception en préfecture\nIdentifiant de l'acte : {ACT}\nDate de réception de l'AR : 05/03/2025",
         None, 5, None),
        (f"Accusé certifié exécutoire\nRéception par le préfet : 05/03/2025\nPublication : 06/03/2025\nAR Préfecture {ACT}",
         None, 5, 6),
        (f"Envoyé en préfecture, le 04/03/2025\nReçu en préfecture, le 05/03/2025\nID : {ACT}", 4, 5, None),
        (f"Envoyé en préfecture le 04/03/2025\nReçu en préfecture le 05/03/2025\nPublié le S²LO\nID : {ACT}", 4, 5, None),
        (f"Envoyé en préfecture le 04/03/2025\nReçu en préfecture le 05/03/2025\nPublié le 06/03/2025\nID :{ACT[:-3]} -DE",
         4, 5, 6),
        ("Certifié exécutoire compte tenu de la transmission en Préfecture le 04/03/2025 et de la publication le 06/03/2025",
         4, None, 6),
        ("Acte rendu exécutoire après transmission en Préfecture le 04/03/2025 et publication ou notification du 06/03/2025",
         4, None, 6),
        ("Télétransmis au contrôle de légalité le 4 mars 2025\nAccusé de réception préfecture le 5 mars 2025\n"
         "Publié sur le site internet le 6 mars 2025", 4, 5, 6),
    ],
)  # fmt: skip
def test_wordings_of_other_services_leave_nothing_on_the_page(
    printed: str, sent: int | None, received: int | None, published: int | None
) -> None:
    found = read_stamp(printed)
    assert found is not None
    assert found.id == (ACT if SIREN in printed else None)
    days = [None if n is None else day(3, n) for n in (sent, received, published)]
    assert [found.sent_on, found.received_on, found.published_on] == days
    words = page([(line, 300.0, 30.0 + 10 * k, 8.0, "Helvetica") for k, line in enumerate(printed.split("\n"))])
    assert [w.text for i, w in enumerate(words) if i not in stamp_words(words)] == []


def test_a_stamp_read_from_the_picture_keeps_its_lines_though_their_sizes_are_measured_apart() -> None:
    rows = [(line, 47.0, 50.0 + 7 * k, size, "") for k, (line, size) in enumerate(zip(
        ("Envoyé en préfecture le 04/03/2025", "Reçu en préfecture le 05/03/2025", "Publié le 06/03/2025", f"ID : {ACT}"),
        (8.8, 7.0, 6.0, 6.0), strict=True,
    ))]  # fmt: skip
    words = [replace(w, confidence=0.9) for w in page(rows)]
    assert len(stamp_words(words)) == len(words)
