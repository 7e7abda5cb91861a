"""The gold plan of a document: texts, figures and dates from its content, places from its typeset pages."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from corpus.build.annotations import bounds
from corpus.build.content import IN_PLAN, Content, Node, Text
from corpus.build.marks import Places, letters, regions, union

Json = dict[str, Any]


def gold_plan(content: Content, places: Places, published: Path) -> Json:
    """The plan a careful reader makes of the document, in the form of docs/contract.md.

    Raises:
        ValueError: a text of the plan was not printed, or not as its source has it.
    """
    _check_printed(content, places)
    data = published.read_bytes()
    document = _document(content)
    document["source"] = {
        "name": published.name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": "application/pdf",
        "pages": places.pages,
    }
    coverage, set_aside = _coverage(content, places)
    return {
        "schema_version": "1.0",
        "document": document,
        "title": content.meta.get("title"),
        "period": _period(content.meta.get("period")),
        "ambitions": _ambitions(content, places),
        "reported_progress": [
            {
                "text": claim.text,
                "status": claim.status,
                "share": claim.share,
                "count": claim.count,
                "regions": regions(places.of(claim.key)),
            }
            for claim in content.claims
        ],
        "warnings": [
            {"code": w["code"], "message": w["message"], "page": w.get("page")}
            for w in content.meta.get("warnings", [])
        ],
        "progress": None,
        "coverage": coverage,
        "set_aside": set_aside,
    }


def to_json(plan: Json) -> str:
    """The plan as JSON text."""
    return json.dumps(plan, ensure_ascii=False, indent=1) + "\n"


def _check_printed(content: Content, places: Places) -> None:
    for key, meant in content.expected.items():
        printed = letters("".join(glyph.text for glyph in places.of(key)))
        if content.reason[key] == IN_PLAN and printed != letters(meant):
            raise ValueError(f"{content.name}: key {key} ({content.reason[key]}) {meant!r} is printed as {printed!r}")
        if not places.of(key) and content.reason[key] != "label":
            raise ValueError(f"{content.name}: {meant!r} ({content.reason[key]}) is printed nowhere")


def _period(edtf: str | None) -> Json | None:
    if not edtf:
        return None
    start, end = bounds(edtf)
    return {"start": start and start.isoformat(), "end": end and end.isoformat()}


def _place(places: Places, *texts: Text | None) -> list[Json]:
    return regions(places.of(*[key for text in texts if text for key in dict.fromkeys(r.key for r in text.runs)]))


def _joined(texts: list[Text]) -> Json:
    """Text, figures and dates of lines, one a line."""
    out: Json = {"text": "\n".join(text.plain for text in texts), "figures": [], "dates": []}
    offset = 0
    for text in texts:
        for mark in text.annotations:
            out[mark.name].append(mark.at(offset))
        offset += len(text.plain) + 1
    return out


def _texts(nodes: list[Node]) -> list[Text]:
    return [node.text for node in nodes if node.text]


def _ambitions(content: Content, places: Places) -> list[Json]:
    """The top level; where the document has none, one ambition without number and title holds what there is."""
    root = content.root
    ambitions = root.of("ambition")
    loose = [node for node in root.children if node.kind in ("priority", "engagement", "block", "focus")]
    if loose:
        ambitions.insert(0, Node("ambition", children=loose))
    out = []
    rank = 0
    for ambition in ambitions:
        priorities = ambition.of("priority")
        bare = [node for node in ambition.children if node.kind in ("engagement", "block", "focus")]
        if bare:
            priorities.insert(0, Node("priority", children=bare))
        listed = []
        for priority in priorities:
            rank += 1
            listed.append(_priority(priority, rank, places))
        intro = _texts(ambition.of("intro"))
        out.append(
            {
                "number": ambition.number,
                "label": ambition.label and ambition.label.plain,
                "title": ambition.text and ambition.text.plain,
                "introduction": "\n".join(text.plain for text in intro) or None,
                "priorities": listed,
                "regions": _place(places, ambition.text),
            }
        )
    return out


def _priority(node: Node, rank: int, places: Places) -> Json:
    prefix = rank if node.number is None else node.number
    engagements = [
        _engagement(child, f"{prefix}.{n}", places) for n, child in enumerate(node.of("engagement"), start=1)
    ]
    # a focus told inside an engagement is the priority's
    focus = [found for found in node.walk() if found.kind == "focus"]
    return {
        "number": node.number,
        "label": node.label and node.label.plain,
        "title": node.text and node.text.plain,
        "engagements": engagements,
        "blocks": [_block(block, places) for block in node.of("block")],
        "focus": [_focus(found, places) for found in focus],
        "regions": _place(places, node.text),
    }


def _engagement(node: Node, name: str, places: Places) -> Json:
    texts = _texts(node.of("entry"))
    joined = _joined(texts)
    return {
        "id": name,
        "text": joined["text"],
        "figures": joined["figures"],
        "dates": joined["dates"],
        "blocks": [_block(block, places) for block in node.of("block")],
        "progress": None,
        "regions": _place(places, *texts),
    }


def _block(node: Node, places: Places) -> Json:
    items = node.of("item")
    label = node.label
    boxes = _place(places, *[text for item in items for text in _texts([item, *item.children])])
    for tab in _place(places, label):
        home = next((box for box in boxes if box["page"] == tab["page"]), None)
        if home:
            home["bbox"] = union([home["bbox"], tab["bbox"]])
        else:
            boxes.insert(0, tab)
    said = _label(node)
    inferred = {"inferred": True} if said is None else {}
    return {
        "status": node.attrs["status"],
        "label": said,
        "period": _period(node.attrs["period"]),
        "items": [_item(item, places) for item in items],
        "regions": boxes,
        **inferred,
    }


def _label(node: Node) -> str | None:
    """The label of a block as printed, without the colon that ends a run-in label."""
    return node.label.plain.removesuffix(":").rstrip() if node.label else None


def _item(node: Node, places: Places) -> Json:
    texts = _texts([node, *node.children])
    joined = _joined(texts)
    return {
        "kind": node.attrs["kind"],
        "text": joined["text"],
        "stage": None,
        "stage_score": None,
        "figures": joined["figures"],
        "dates": joined["dates"],
        "regions": _place(places, *texts),
    }


def _focus(node: Node, places: Places) -> Json:
    texts = _texts(node.of("para"))
    joined = _joined(texts)
    return {
        "title": node.text and node.text.plain,
        "text": joined["text"],
        "figures": joined["figures"],
        "dates": joined["dates"],
        "regions": _place(places, node.text, *texts),
    }


def _document(content: Content) -> Json:
    """The deliberation: its texts from the pages' lines (D …), dates and counts from the head."""
    head = content.meta.get("document", {})
    lines = content.nodes("deliberation")

    def said(role: str) -> list[Node]:
        return [node for node in lines if node.attrs["role"] == role and node.text]

    names, roles = said("signatory"), said("role")
    titles = [node.text.plain for node in said("title") if node.text]
    return {
        "number": head.get("number"),
        "title": titles[0] if titles else None,
        "collectivity": head.get("collectivity"),
        "session_date": head.get("session_date"),
        "signed_on": head.get("signed_on"),
        "legal_basis": [
            {"text": _without_end(node), "references": _references(node.attrs["references"])} for node in said("vu")
        ],
        "decision": [
            {"number": node.attrs["number"], "text": node.text.plain} for node in said("article") if node.text
        ],
        "signatories": [
            {"name": name.text.plain, "role": role.text.plain.rstrip(" ,") if role.text else None}
            for name, role in zip(names, roles, strict=True)
            if name.text
        ],
        "votes": {
            key: head.get("votes", {}).get(key)
            for key in ("members", "present", "voters", "for", "against", "abstentions", "unanimous")
        },
        "transmission": {
            key: head.get("transmission", {}).get(key) for key in ("id", "sent_on", "received_on", "published_on")
        },
    }


def _without_end(node: Node) -> str:
    return node.text.plain.rstrip(" ;,.") if node.text else ""


def _references(written: str) -> list[Json]:
    """References written "kind; name; number; articles; date", joined by " || "; "-" where there is none."""
    out = []
    for one in written.split(" || ") if written else []:
        kind, name, number, articles, date = (
            None if part.strip() in ("-", "") else part.strip() for part in one.split(";")
        )
        out.append(
            {
                "kind": kind,
                "name": name,
                "number": number,
                "articles": [a.strip() for a in articles.split(",")] if articles else [],
                "date": date,
            }
        )
    return out


def _coverage(content: Content, places: Places) -> tuple[Json, list[Json]]:
    """Counts of the printed words, and what stands outside the plan: one entry a text and page."""
    aside: dict[tuple[int, int], list[Any]] = {}
    in_plan = 0
    for word in places.words:
        reason = content.reason.get(word.key, "label") if word.key else "label"
        if reason == IN_PLAN:
            in_plan += 1
        else:
            aside.setdefault((word.page, word.key or 0), []).append(word)
    listed = [
        {
            "page": page,
            "bbox": union([w.box for w in words]),
            "reason": content.reason.get(key, "label"),
            "text": " ".join(w.text for w in words),
        }
        for (page, key), words in aside.items()
    ]
    total = len(places.words)
    return {"words": total, "in_plan": in_plan, "set_aside": total - in_plan}, listed
