"""The French words of the report, and numbers and days as French writes them."""

from __future__ import annotations

import datetime as dt

from bilan_extract.places import Place
from bilan_extract.plan import Ambition, Engagement, Figure, Focus, NewFigure, Period, Plan, Priority

STATUS = {"réalisé": "Réalisé", "en cours": "En cours", "à venir": "À venir"}
STAGE = {"achevé": "Achevé", "en cours": "En cours", "prévu": "Prévu"}
#: The part of a CSS class that each status and stage has.
TONE = {"réalisé": "done", "achevé": "done", "en cours": "ongoing", "à venir": "next", "prévu": "next"}
KIND = {
    "count": "nombre",
    "money": "montant",
    "percentage": "pourcentage",
    "fraction": "fraction",
    "duration": "durée",
    "measure": "mesure",
}
REASON = {
    "running_head": ("Titre courant", "répété en tête des pages"),
    "footer": ("Pied de page", "répété au bas des pages"),
    "page_number": ("Numéro de page", "le numéro imprimé"),
    "caption": ("Légende", "d’une photo ou d’un dessin"),
    "table_of_contents": ("Sommaire", "il répète des titres qui sont dans le plan"),
    "label": (
        "Étiquette", "mots comme «\u00a0Engagement\u00a0» ou «\u00a0Actions réalisées\u00a0», dont le plan garde le sens"
    ),
    "cover": ("Couverture", "titre et mentions de la couverture"),
    "stamp": ("Tampon", "mentions de transmission ou de signature"),
    "table": ("Tableau", "tableau qui n’est pas le plan"),
    "note": ("Note", "note de bas de page ou de marge"),
    "quote": ("Citation", "parole citée ou phrase mise en exergue"),
    "repeat": ("Répétition", "texte qui figure déjà dans le plan"),
    "hidden": ("Texte invisible", "présent dans le fichier, mais que la page ne montre pas"),
    "report": ("Texte du rapport", "prose autour du plan"),
    "unclaimed": ("Non rattaché", "sa place n’a pas été reconnue\u00a0: à relire"),
}
FIELD = {
    "status": "Statut",
    "engagement": "Engagement",
    "text": "Texte",
    "value": "Valeur",
    "date": "Date",
    "delete": "Supprimé",
    "add": "Ajouté",
}
BOUND = {"exact": "", "about": "environ ", "at_least": "au moins ", "at_most": "au plus ", "between": ""}
INFERRED = {"block": "année de l’encadré", "document": "année du document"}
#: Where a page's text comes from, of those that a reader must know.
ORIGIN = {"ocr": "reconnue (OCR)", "image": "image sans texte", "stamp only": "image, seul le tampon est du texte"}
LONGEST_LABEL = 70


def number(value: float) -> str:
    """A number as French writes it: "43 000", "8,5"."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text.replace(",", "\u202f").replace(".", ",")


def amount(figure: Figure | NewFigure) -> str:
    """A figure's value with its bound: "au moins 40", "25 à 30"."""
    top = f" à {number(figure.value_max)}" if figure.value_max is not None else ""
    return f"{BOUND[figure.bound]}{number(figure.value)}{top}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """The count with its noun: "1 énoncé", "12 énoncés"."""
    return f"{number(count)} {one if count < 2 else many or one + 's'}"


def share(part: float, whole: float) -> str:
    """A part of a whole in whole percent; "plus de 99 %" rather than a rounded 100."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    if 99.5 <= percent < 100:
        return "plus de 99\u00a0%"
    if 0 < percent < 0.5:
        return "moins de 1\u00a0%"
    return f"{percent:.0f}\u00a0%"


def day(value: dt.date | None) -> str | None:
    """A day: "14/06/2025"."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}" if value else None


def period(value: Period | None) -> str | None:
    """A period: "2024", "2023-2024", "du 01/09/2023 au 30/06/2024"."""
    if value is None or (value.start is None and value.end is None):
        return None
    start, end = value.start, value.end
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}-{end.year}"
    if start and end:
        return f"du {day(start)} au {day(end)}"
    return f"depuis le {day(start)}" if start else f"jusqu’au {day(end)}"


def short(text: str, longest: int = LONGEST_LABEL) -> str:
    """The text on one line, cut after a word."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def heading(node: Ambition | Priority, otherwise: str) -> str:
    """Label and title of a level: "Axe 1 : La ville à vélo"."""
    return "\u00a0: ".join(part for part in (node.label, node.title) if part) or otherwise


def plan_title(plan: Plan) -> str:
    """The plan's own name, else the document's."""
    document = plan.document
    return plan.title or document.title or document.number or document.source.name or "Plan"


def name(place: Place) -> str:
    """What a place is called in lists and labels."""
    node = place.node
    if isinstance(node, Ambition | Priority):
        return heading(node, "Niveau sans titre")
    if isinstance(node, Engagement):
        return f"Engagement {node.id}"
    if isinstance(node, Focus):
        return f"Focus\u00a0: {node.title or 'sans titre'}"
    return short(place.source_text)
