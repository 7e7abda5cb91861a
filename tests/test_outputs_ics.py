"""ics: what is to come, read back by the library that calendars use."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from plans import SHA, date, item, make_bare_plan, make_plan, reference_plan

from bilan_extract.outputs import export
from bilan_extract.outputs.ics import entries
from bilan_extract.plan import Block, Plan

icalendar = pytest.importorskip("icalendar")


def read(path: Path) -> list[Any]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).subcomponents)


def day(component: Any, name: str) -> Any:
    return component[name].dt if name in component else None


def test_what_is_to_come_reads_back(tmp_path: Path) -> None:
    found = read(export(make_plan(), "ics", tmp_path / "plan.ics")[0])
    assert [(c.name, str(c["summary"]), day(c, "dtstart"), day(c, "dtend") or day(c, "due")) for c in found] == [
        ("VEVENT", "Ouverture de la passerelle du Moulin le 14 juin 2025.", dt.date(2025, 6, 14), dt.date(2025, 6, 15)),
        ("VTODO", "-Des compteurs seront posés d'ici 2027 sur 3 carrefours", None, dt.date(2027, 12, 31)),
        ("VTODO", "Une enquête sur le logement étudiant accessible sera menée au 2e trimestre 2025.",
         dt.date(2025, 4, 1), dt.date(2025, 6, 30)),
        ("VTODO", "Lancer des lignes de pédibus avant la rentrée 2025.", dt.date(2025, 9, 1), dt.date(2025, 9, 30)),
        ("VTODO", "Former des bénévoles", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
    ]
    assert [str(c["comment"]) for c in found] == ["14 juin 2025", "d'ici 2027", "2e trimestre 2025", "rentrée 2025",
                                                  "Perspectives"]
    assert str(found[0]["description"]).splitlines() == [
        "Ouverture de la passerelle du Moulin le 14 juin 2025.",
        "Engagement 1.1 : Relier à vélo tous les quartiers de la ville :",
        "Source : Ville de Clairval-sur-Onde, délibération 2025-017, bilan velo.pdf, page 4",
    ]


def test_the_stamp_is_the_documents_day(tmp_path: Path) -> None:
    found = read(export(make_plan(), "ics", tmp_path / "plan.ics")[0])
    assert {c["dtstamp"].dt for c in found} == {dt.datetime(2025, 2, 12, tzinfo=dt.UTC)}


@pytest.mark.parametrize("maker", [make_plan, make_bare_plan, reference_plan])
def test_every_dated_entry_is_in_the_file(maker: Callable[[], Plan], tmp_path: Path) -> None:
    plan = maker()
    wanted = list(entries(plan))
    found = read(export(plan, "ics", tmp_path / "plan.ics")[0])
    assert [str(c["uid"]) for c in found] == [entry.uid for entry in wanted]
    assert len({entry.uid for entry in wanted}) == len(wanted)
    for component, entry in zip(found, wanted, strict=True):
        assert str(component["description"]) == entry.description
        start, due = day(component, "dtstart"), day(component, "due")
        assert component.name == "VEVENT" or start is None or due is None or start < due


def one(text: str, words: str, start: str | None, end: str | None, edtf: str, **more: Any) -> list[Any]:
    plan = make_plan()
    plan.ambitions = plan.ambitions[1:]
    statement = item(text, date(text, words, start, end, edtf, **more))
    plan.ambitions[0].priorities[0].blocks = [Block(status="à venir", label="Suite", period=None, items=[statement])]
    return list(entries(plan))


def test_days_are_an_event_and_wider_dates_a_to_do() -> None:
    text = "Festival du 3 au 5 mai 2026"
    assert one(text, "du 3 au 5 mai 2026", "2026-05-03", "2026-05-05", "2026-05-03/2026-05-05")[0].whole_days
    rough = one("Fin 2026", "Fin 2026", "2026-10-01", "2026-12-31", "2026-10~/2026-12~", approximate=True)
    assert not rough[0].whole_days
    assert not one("dès le 4 mai 2026", "le 4 mai 2026", "2026-05-04", None, "2026-05-04/..")[0].whole_days


def test_a_date_over_before_the_session_is_not_to_come() -> None:
    assert one("suite du plan de 2019", "2019", "2019-01-01", "2019-12-31", "2019") == []
    assert len(one("depuis 2019", "depuis 2019", "2019-01-01", None, "2019/..")) == 1


def test_many_plans_share_a_calendar(tmp_path: Path) -> None:
    found = read(export([make_plan(), make_plan("d" * 64)], "ics", tmp_path / "plan.ics")[0])
    assert len({str(c["uid"]) for c in found}) == 10
    assert {str(c["uid"])[:12] for c in found} == {SHA[:12], "d" * 12}


def test_no_text_breaks_the_calendar(tmp_path: Path) -> None:
    evil = "Fin\x00\x07\r\nEND:VCALENDAR\rBEGIN:VEVENT\u2028\x85;,:\\ é" * 4
    plan = make_plan()
    plan.title = plan.document.collectivity = plan.document.source.name = evil
    for block in plan.ambitions[0].priorities[0].engagements[0].blocks:
        for statement in block.items:
            statement.text += evil
    [path] = export(plan, "ics", tmp_path / "a.ics")
    data = path.read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert len(read(path)) == len(list(entries(plan)))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", data)
