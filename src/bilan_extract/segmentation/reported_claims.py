"""What a report claims of its own progress: "62 % des actions sont engagées", "21 sont achevées, 19 en cours".

A claim needs a quantity, the actions it counts (named beside it, before it in the sentence or in the sentence that
introduces the list) and a stage. A sentence with one claim is given whole; of a sentence with several each gets its
clause. "abandonnées" and "réalisées ou en cours" name no stage of the contract: the claim stands, its status is null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bilan_extract.document import Line, Word, union
from bilan_extract.language.plain_dates import NUMBER_WORDS, fold, number_in_words
from bilan_extract.patterns import lazy
from bilan_extract.plan import Region, ReportedProgress

Join = Callable[[Sequence[Line]], str]
Stage = Literal["réalisé", "en cours", "à venir"]

_THINGS = (
    r"(?:sous-)?actions?|mesures?|engagements?|chantiers?|projets?|objectifs?|fiches?(?:-|\s)actions?|operations?|"
    r"dispositifs?|orientations?|preconisations?|leviers?|jalons?|propositions?|priorites?|demarches?|initiatives?|"
    r"promesses?|recommandations?|resolutions?|fiches?|pistes?|taches?|defis?|ambitions?|cartes?|q{3,}"
)
# "trois leviers et dix idées", "Deux caps, onze paris": what this plan calls its parts
_PARTS = (
    rf"(?:{_THINGS}|axes?|piliers?|volets?|chapitres?|finalites?|enjeux|domaines?|thematiques?|themes?|caps?|paris?|"
    r"rubriques?|dossiers?|missions?|lignes?)"
)
_ANNOUNCED = lazy(
    rf"\b(?:\d{{1,3}}|{NUMBER_WORDS})\s+(?:grande?s\s+)?{_PARTS}\b(?=\s*(?:,\s*)?(?:\b(?:et|puis|soit|comprenant|regroupant|"
    rf"(?:decline|decoupe|reparti|divise)e?s\s+en)\s+)*(?!une?\b)(?:\d{{1,3}}|{NUMBER_WORDS})\s+"
    r"(?P<noun>(?!tiers|quarts?|moitie|ans?\b|annees?)[a-z]{3,}s)\b)"
)
# "des actions", "d'actions", "de ses mesures", "du plan d'actions": right behind the quantity
_OF_THINGS = (
    rf"\s*(?:(?:des|de\s+(?:ses|ces|nos|leurs|la)|de|d'|du|les|ces|ses)\s*)?(?:\d+\s+|{NUMBER_WORDS}\s+)?(?:\w+"
    rf"\s+)?(?:{_THINGS})\b"
)
_PERCENT = r"(?P<percent>\d{1,3}(?:[.,]\d+)?)\s*(?:%|pour\s*cents?\b)"
_FRACTIONS = {
    "un tiers": 1 / 3, "le tiers": 1 / 3, "du tiers": 1 / 3, "deux tiers": 2 / 3, "un quart": 0.25,
    "le quart": 0.25, "du quart": 0.25, "trois quarts": 0.75,
    "la moitie": 0.5, "un cinquieme": 0.2, "deux cinquiemes": 0.4, "trois cinquiemes": 0.6, "quatre cinquiemes": 0.8,
    "un dixieme": 0.1, "1/2": 0.5, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 0.25, "3/4": 0.75, "1/5": 0.2,
    "la totalite": 1.0, "l'ensemble": 1.0, "l'integralite": 1.0,
}  # fmt: skip
_ROUND = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
}  # fmt: skip
_FRACTION = "(?P<fraction>" + "|".join(re.sub(" ", r"\\s+", f) for f in _FRACTIONS) + ")"
_COUNT = (
    rf"(?P<round>une\s+(?:petite\s+|bonne\s+)?(?:{'|'.join(_ROUND)}))\b|"
    rf"(?P<count>\d{{1,4}}(?![\d.,/]*\d)(?!\s*(?:%|€|°|h\b|er\b|eme\b|janv|fevr|mars|avr|mai|juin|juil|aout|"
    rf"sept|oct|nov|dec))"
    rf"|{NUMBER_WORDS})\b"
)
# "près de 45 %", "un tiers", "une dizaine", "21"
_QUANTITY = lazy(rf"(?<![\w,.%/-])(?<!n°)(?<!n° )(?:d')?(?:{_PERCENT}|(?:les?\s+)?{_FRACTION}(?!\w)|{_COUNT})")
# "(44 %)", ", soit 44 %": the share beside a count
_SHARE_BESIDE = lazy(
    rf"[^.;\d]{{0,60}}?(?:\(\s*(?:soit\s+)?|,?\s*soit\s+(?:environ\s+|pres\s+de\s+)?){_PERCENT}\s*\)?"
)
# "sur 48", "sur douze", "des vingt-trois opérations"
_OUT_OF = lazy(
    rf"\s*(?:sur|parmi)\s+(?:un\s+total\s+de\s+|les\s+)?(?:\d+|{NUMBER_WORDS}\b)|"
    rf"\s*des\s+(?:\d+|{NUMBER_WORDS})\s+(?:{_THINGS})"
)
# "60 % du programme", "40 % des crédits": a share of the whole plan or of the money it was given
_OF_PLAN = lazy(
    r"\s*(?:du|de\s+la|de\s+ce|de\s+cette|des)\s+(?:programme|plan|contrat|pacte|feuille\s+de\s+route|schema|"
    r"charte|credits?)\b"
)

# future, duty or negation: "seront lancées", "restent à engager", "doivent démarrer", "ne sont pas encore engagées"
_UPCOMING = lazy(
    r"\b(?:restent?|restai(?:en)?t|attend(?:ent)?)\s+(?:a|encore|non)\b|\ben\s+attente\b|\b(?:seront|sera|vont|va|devront|devra|devraient|devrait|"
    r"doivent|doit|pourront|"
    r"debuteront|demarreront|commenceront)\b|\ba\s+(?:venir|lancer|engager|demarrer|realiser|initier|mettre|"
    r"debuter|conduire|"
    r"programmer|finaliser|entreprendre)\b|\b(?:ne\s+|n')\w+\s+pas\b|\bpas\s+encore\b|\bnon\s+"
    r"(?:encore\s+)?(?:engage|demarre|debute|"
    r"realise|commence|initie|lance|entame)|\bprogramme|\bplanifie|\bprevu(?:e?s)?\s+(?:en|pour|d'ici|"
    r"a\s+partir)|\bsont\s+prevu|\breporte|"
    r"\ba\s+l'etude\b|\bfutur|\baucun\s+(?:debut|commencement)|\b(?!seront|sont|vont|ont|font)\w{2,}(?:er|ir|d|t)ront\b"
)
_DONE = lazy(
    r"\b(?:realise|acheve|termine|finalise|mis(?:e?s)?\s+en\s+(?:oeuvre|œuvre|place|service)|abouti|"
    r"mene(?:e?s)?\s+a\s+(?:bien|terme)|effectue|"
    r"solde|clos|cloture|concretise|accompli|franchi|honore|rempli|atteint|tenu|livre|execute|conclu|applique)(?:e?s?)\b|"
    r"\ben\s+(?:place|vigueur|application|service)\b"
)
_ONGOING = lazy(
    r"\ben\s+(?:cours|phase|chantier|route|marche|bonne\s+voie)\b|\b(?:engage|entame|lance|initie|amorce|demarre|commence|debute|"
    r"enclenche)(?:e?s?)\b|"
    r"\bcommencement\b|\bcredits?\s+(?:ont\s+ete\s+|sont\s+)?(?:depense|consomme|mandate)s?\b|"
    r"\bsui(?:t|vent)\s+(?:son|leur)\s+cours\b|\bsuivi(?:e?s?)\s+d'effets?\b|\bpartiellement\b|\bse\s+poursuiv|\ben\s+voie\s+d"
)
_DROPPED = lazy(r"\b(?:abandonne|suspendu|annule|retire)(?:e?s?)\b")
_VERB = lazy(
    r"\b(?:est|sont|ont\s+ete|a\s+ete|etaient|etait|restent?|restai(?:en)?t|demeurent?|attend(?:ent)?|seront|sera|doivent|doit|devront|"
    r"ne\s+sont|n'ont|n'est|n'a|ne\s+\w+|ont|se\s+poursuiv\w+)\b"
)
# "Actions réalisées : 21 (44 %)": the stage before the quantity
_LABELLED = lazy(
    rf"^(?:{_THINGS}|taux\s+de)?\s*(?P<stage>[a-z' -]{{4,40}}?)\s*:\s*(?:{_PERCENT}|(?P<count>\d{{1,4}})"
    rf"\b(?!\s*%))(?=\s*(?:$|[(;.,]|des\b|{_THINGS}))"
)
_BULLET = lazy(r"^\s*(?:\+(?=\s)|[-–—•▪■◦●○➢►❖✓✔▸‣›→♦✦∙*·\uf0b7\uf0a7\uf0d8]|\(cid:\d+\))\s*")
# a full stop behind a word, not behind "L.", "M." or "art."
_SENTENCE_END = lazy(r"(?:(?<=[\w)%»][\w)%»][.!?])(?<!art\.)|(?<=\s[!?]))\s+(?=[A-ZÀ-Ý«0-9])")
# "12 actions de sensibilisation": deeds counted by what they are about, not the plan's actions
_ABOUT = lazy(
    r"\s+(?:de|d'|en\s+faveur|aupres|a\s+destination|pour)\b\s*(?!(?:la\s+|l'|ce\s+|cette\s+|notre\s+|"
    r"son\s+)?(?:plan|programme|feuille|agenda|strategie|schema|pacte|charte|projet))"
)
# what carries a quantity's bound or its article: "un peu plus de 30 %", "les deux tiers"
_BOUND = lazy(
    r"(?:\b(?:enfin|environ|quelque|seulement|deja|au\s+moins|au\s+total|(?:un\s+peu\s+)?(?:plus|moins)(?:\s+d(?:es?|u)?)?|"
    r"pres(?:\s+d(?:es?|u)?)?|les?|la)(?:\s+|'))*$"
)
_CUT = lazy(
    r"(?:\s*[,;]\s*(?:et\s+|dont\s+|tandis\s+que\s+|alors\s+que\s+)?|\s+(?:et|dont|tandis\s+que)\s+)(?:que\s+)?$"
)
# what a report says of its own pages: "les 12 fiches présentent les actions réalisées", "sont rappelés les engagements"
_TELLS = lazy(
    r"\b(?:presente|decri(?:t|ve)|detaille|rappelle|indique|liste|regroupe|comporte|distingue|reuni(?:t|sse)|montre|precise|"
    r"expose|retrace|illustre)(?:nt)?\b|\b(?:est|sont)\s+(?:rappele|presente|decri|indique|decline|detaille|expose|reparti)"
)
# "le taux de réalisation des mesures atteint 62 %", "le taux d'exécution du plan est de 48 %"
# or "les actions sont réalisées à 80 %"
_RATE = lazy(
    rf"\b(?:{_THINGS})\s+(?:sont|ont\s+ete)\s+(?:\w+\s+)?(?:realise|execute|acheve|mis(?:e?s)?\s+en\s+(?:oeuvre|œuvre))e?s?\s+a\s+"
    rf"(?:hauteur\s+de\s+|pres\s+de\s+|plus\s+de\s+)*{_PERCENT}|"
    rf"\btaux\s+(?:\w+\s+)?(?:de\s+realisation|d'execution|d'achevement)\b[^.;:]{{0,60}}?\b(?:atteint|est\s+de|s'eleve\s+a|"
    rf"s'etablit\s+a|depasse)\s+(?:pres\s+de\s+|environ\s+|desormais\s+)*{_PERCENT.replace('percent', 'rate')}"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or list entry: its lines, its text on one line, and whether it carries a bullet mark."""

    lines: tuple[Line, ...]
    text: str
    bullet: bool


@dataclass(frozen=True, slots=True)
class _Claim:
    start: int
    share: float | None
    count: float | None
    article: bool = False


def join_simple(lines: Sequence[Line]) -> str:
    """The lines' words with single spaces; a hyphen at a line's end between two small letters is taken for a break."""
    out = ""
    for line in lines:
        text = " ".join(line.text.split())
        if re.search(r"[a-zà-ÿ]-$", out) and re.match(r"[a-zà-ÿ]", text) and not re.search(r"-\w+-$", out):
            out = out[:-1] + text
        else:
            out = f"{out}{'' if out.endswith('-') and out[-2:-1].isalpha() else ' '}{text}" if out else text
    return out


def starts_bullet(text: str) -> bool:
    """True where the line begins with the mark of a list entry."""
    return bool(_BULLET.match(text))


def without_bullet(text: str) -> str:
    """The text without the mark of a list entry."""
    return _BULLET.sub("", text, count=1).strip()


def is_gap(previous: Line, line: Line) -> bool:
    """True where white space or a new page parts two lines. Lines without boxes are never parted."""
    if previous.page != line.page:
        return bool(re.search(r"[.;:!?]$", previous.text.rstrip()))
    height = line.bottom - line.top
    return height > 0 and (line.top - previous.bottom > 0.6 * height or line.top < previous.top - height)


def paragraphs(lines: Sequence[Line], join: Join = join_simple) -> list[Paragraph]:
    """The lines as paragraphs and list entries, by gaps, indents, marks and ends of sentences."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is None or is_gap(last, line) or starts_bullet(line.text) or _new_paragraph(groups[-1], line):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [
        Paragraph(
            tuple(group), without_bullet(text) if starts_bullet(group[0].text) else text, starts_bullet(group[0].text)
        )
        for group in groups
        for text in (join(group),)
    ]


def _new_paragraph(group: Sequence[Line], line: Line) -> bool:
    last = group[-1]
    if _LABELLED.match(fold(line.text)):
        return True
    ended = re.search(r"[.;:!?]$", last.text.rstrip())
    if not ended or not re.match(r"[«\"“(]?\s*[A-ZÀ-Ý0-9]", line.text):
        return False
    if starts_bullet(group[0].text):
        return True
    if line.bottom <= line.top:
        return not last.text.rstrip().endswith(".")
    return line.x0 > min(x.x0 for x in group) + 6 or last.text.rstrip().endswith((";", ":"))


def find_reported_progress(lines: Sequence[Line], join: Join = join_simple) -> list[ReportedProgress]:
    """The claims of progress in prose lines (a report's, a deliberation's, an introduction's), in their order.

    Regions are tight around the words of each claim, one a page; bbox null where the lines have no boxes. Never raises.
    """
    found: list[ReportedProgress] = []
    context = False
    read = paragraphs(lines, join)
    announced = (match["noun"] for p in read for match in _ANNOUNCED.finditer(fold(p.text)))
    nouns = frozenset(noun for noun in announced if _stage_of(noun) is False)  # not "31 actions, 18 achevées"
    follows = False
    for before, paragraph in zip([None, *read], read, strict=False):
        about = context and paragraph.bullet
        follows = follows and before is not None and before.bullet and paragraph.bullet
        cursor = 0
        for sentence in _SENTENCE_END.split(paragraph.text):
            at = paragraph.text.find(sentence, cursor)
            cursor = at + len(sentence)
            claims = _claims(sentence, about, follows, nouns)
            follows = bool(claims)  # "Deux fiches sont terminées. Cinq sont en cours."
            for start, end, status, claim in claims:
                text = paragraph.text[at + start : at + end]
                words = _claim_words(paragraph, join, at + start, text)
                found.append(
                    ReportedProgress(
                        text=text, status=status, share=claim.share, count=claim.count, regions=regions_of(words)
                    )
                )
        if not paragraph.bullet:
            context = paragraph.text.rstrip().endswith(":") and bool(
                re.search(rf"\b(?:{_THINGS})\b|\bbilan\b|\bavancement\b", fold(paragraph.text))
            )
    return found


def _claim_words(paragraph: Paragraph, join: Join, start: int, text: str) -> tuple[Word, ...]:
    """The claim's words: the whole paragraph's, mark and closing semicolon too, where the claim is all of it."""
    if start == 0 and text == re.sub(r"[\s;,]+$", "", paragraph.text):
        return tuple(w for line in paragraph.lines for w in line.words)
    return words_of(paragraph.lines, join(paragraph.lines), text)


def _claims(
    sentence: str, about: bool, follows: bool = False, nouns: frozenset[str] = frozenset()
) -> list[tuple[int, int, Stage | None, _Claim]]:
    """The claims of a sentence, each with its clause's offsets.

    ``follows``: the sentence before counts actions. ``nouns``: what this plan calls its parts, folded.
    """
    folded = fold(sentence)
    if nouns:  # a word of as many letters stands for them, so that the patterns know them and offsets hold
        names = "|".join(rf"{re.escape(noun.removesuffix('s'))}s?" for noun in sorted(nouns))
        folded = re.sub(rf"\b(?:{names})\b", lambda match: "q" * len(match[0]), folded)
    end = len(re.sub(r"[\s;,]+$", "", folded))
    if labelled := _labelled(folded, about):
        return [(0, end, *labelled)]
    if rate := _RATE.search(folded):
        return [(0, end, "réalisé", _Claim(0, _share(rate["percent"] or rate["rate"]), None))]
    claims = list(_quantities(folded, about, follows))
    if not claims:
        return []
    parted = [(claim, claims[i + 1].start if i + 1 < len(claims) else end) for i, claim in enumerate(claims)]
    staged = [(c, until, s) for c, until in parted if (s := _stage(folded[c.start : until], c)) is not False]
    # "une action reste à engager" counts beside other claims; alone it may tell of any action
    staged = [x for x in staged if not x[0].article] if not follows and all(x[0].article for x in staged) else staged
    out: list[tuple[int, int, Stage | None, _Claim]] = []
    for i, (claim, until, stage) in enumerate(staged):
        start = _clause_start(folded, claim.start, 0 if i == 0 else out[-1][1])
        stop = end if until == end or len(staged) == 1 else claim.start + _clause_length(folded[claim.start : until])
        out.append((start, stop, stage, claim))
    return out


def _clause_start(folded: str, quantity: int, floor: int) -> int:
    """Where a claim's clause begins: the sentence's first behind what only leads up to it, else behind the last separator.

    "Sur les neuf engagements, près de la moitié sont tenus" claims "près de la moitié sont tenus".
    """
    bound = _BOUND.search(folded[:quantity])
    start = bound.start() if bound else quantity
    if floor == 0:
        lead = re.search(r"(?:,|:|\bque|\bqu')\s*$", folded[:start])
        return start if lead else 0
    cut = re.match(r"[\s,;]*(?:(?:et|dont|tandis\s+que|alors\s+que)\s+)?(?:que\s+|qu')?", folded[floor:])
    return floor + (cut.end() if cut else 0)


def _clause_length(clause: str) -> int:
    """The length of a clause up to what leads over to the next quantity."""
    bound = _BOUND.search(clause)
    return len(_CUT.sub("", clause[: bound.start()] if bound else clause))


def _labelled(folded: str, about: bool) -> tuple[Stage | None, _Claim] | None:
    match = _LABELLED.match(folded)
    if match is None or not (about or re.match(rf"(?:{_THINGS})\b", folded)):
        return None
    stage = _stage_of(match["stage"])
    if stage is False:
        return None
    share = _share(match["percent"]) if match["percent"] else None
    count = float(match["count"]) if match["count"] else None
    if count is not None and (
        beside := re.match(rf"\s*(?:{_THINGS})?\s*\(\s*(?:soit\s+)?{_PERCENT}", folded[match.end() :])
    ):
        share = _share(beside["percent"])
    return stage, _Claim(0, share, count)


def _share(percent: str) -> float:
    return round(float(percent.replace(",", ".")) / 100, 6)


def _quantities(folded: str, about: bool, follows: bool = False) -> Iterator[_Claim]:
    """The quantities of a sentence that count actions, with the place where each begins."""
    taken = 0
    for match in _QUANTITY.finditer(folded):
        if match.start() < taken:
            continue
        after = folded[match.end() :]
        if match["count"] in ("un", "une") and (alone := re.match(r"\s+seule?\b", after)):
            after = " " * alone.end() + after[alone.end() :]  # "une seule n'a pas débuté" counts one
        article = match["count"] in ("un", "une") and not _VERB.match(after.lstrip())
        if article and not re.match(rf"\s*(?:seule?\s+)?(?:{_THINGS})\s+(?:sur\s+\w+\s+)?{_VERB.pattern}", after):
            continue  # not a number
        part = match["percent"] or match["fraction"]
        named = re.match(_OF_THINGS, after) or (_OF_PLAN.match(after) if part else None)
        counted = match["count"] is not None or match["round"] is not None
        if counted and named and _ABOUT.match(after, named.end()):
            continue
        if counted and re.search(r"\b(?:des|aux|de\s+(?:ces|nos|ses)|pour\s+(?:les|ces))\s+$", folded[: match.start()]):
            continue  # "chacune des 17 actions": all of them, not those of a stage
        if not named and not counted and re.match(r"\s*(?:des|du|de\s+la|de\s+l'|d')(?!\s*entre\b)", after):
            continue  # "30 % du budget": of something else
        of_actions = about or follows or re.search(rf"\b(?:{_THINGS})\b", folded[: match.start()])
        if not (named or of_actions or (counted and _OUT_OF.match(after))):
            continue
        if not named and (counted or (follows and not about)) and not _elliptic(after):
            continue
        share, count, taken = _values(match, after, match.end())
        taken = max(taken, match.end() + named.end() if named else 0)
        if re.search(r"\b(?:sur|parmi)\s+(?:un\s+total\s+de\s+|les\s+)?$", folded[: match.start()]) and counted:
            continue  # "sur les 48 actions": the whole, not a part
        # "une action sur deux", "trois engagements sur quatre"
        of = re.match(rf"\s*(?:{_THINGS})\s+sur\s+(?P<of>deux|trois|quatre|cinq|dix)\b", after)
        if of and counted and (part_of := count or 1.0) < (whole := number_in_words(of["of"]) or 1):
            share, count, article = round(part_of / whole, 4), None, False
        yield _Claim(match.start(), share, count, article)


def _elliptic(after: str) -> bool:
    """True where a bare number goes on to its stage: "19 en cours", "21 sont achevées", "21 (44 %) sont achevées"."""
    skipped = re.sub(r"^\s*\([^)]*\)", "", after)
    skipped = re.sub(r"^\s*(?:d'entre\s+elles|d'entre\s+eux|autres?|,)\s*", " ", skipped)
    verb = _VERB.match(skipped.lstrip())
    return bool(
        verb or _OUT_OF.match(after) or any(p.match(skipped.lstrip()) for p in (_DONE, _ONGOING, _UPCOMING, _DROPPED))
    )


def _values(match: re.Match[str], after: str, end: int) -> tuple[float | None, float | None, int]:
    if match["percent"]:
        return _share(match["percent"]), None, end
    if match["fraction"]:
        return round(_FRACTIONS[re.sub(r"\s+", " ", match["fraction"])], 4), None, end
    if match["round"]:
        count = float(_ROUND[match["round"].split()[-1]])
    else:
        written = match["count"]
        count = float(written) if written.isdigit() else float(number_in_words(written) or 0)
    until = end
    if total := _OUT_OF.match(after):
        until = end + total.end()
    whole = re.match(rf"(?:\s*(?:\w+\s+)?(?:{_THINGS}))?(?:{_OUT_OF.pattern})?", after)
    after = after[whole.end() :] if whole else after
    until = max(until, end + whole.end()) if whole else until
    beside = _SHARE_BESIDE.match(after)
    if beside:
        return _share(beside["percent"]), count, until + beside.end()
    return None, count, until


def _stage(clause: str, claim: _Claim) -> Stage | None | Literal[False]:
    """The stage a clause states behind its verb, else anywhere; False where it states none."""
    if _TELLS.search(clause):
        return False
    verb = _VERB.search(clause)
    if verb is None and re.match(r"(?:l'|la\s)", clause):
        return False  # "l'ensemble des actions à piloter": named, not claimed
    if verb is not None:
        stage = _stage_of(clause[verb.start() :])
        if stage is not False or claim.share == 1.0:
            return stage
    return _stage_of(clause)


def _stage_of(clause: str) -> Stage | None | Literal[False]:
    if _DROPPED.search(clause):
        return None
    if _UPCOMING.search(clause):
        return "à venir"
    done, ongoing = _DONE.search(clause), _ONGOING.search(clause)
    if done and ongoing:
        if re.search(r"\bou\b", clause[min(done.start(), ongoing.start()) : max(done.start(), ongoing.start())]):
            return None
        return "en cours" if ongoing.start() < done.start() or "partiellement" in clause else "réalisé"
    if ongoing:
        return "en cours"
    return "réalisé" if done else False


def words_of(lines: Sequence[Line], joined: str, text: str) -> tuple[Word, ...]:
    """The words of ``lines`` that make up ``text``, a substring of ``joined`` (the lines joined), in reading order."""
    start = joined.find(text)
    if start < 0 or not text:
        return ()
    end, cursor, out = start + len(text), 0, []
    for word in (w for line in lines for w in line.words):
        bare = word.text.rstrip("-‐\u00ad") or word.text
        at = joined.find(bare, cursor)
        if at < 0 or at - cursor > 12:
            at = cursor
        if at < end and at + len(bare) > start:
            out.append(word)
        cursor = at + len(bare)
    return tuple(out)


def regions_of(words: Sequence[Word]) -> list[Region]:
    """One region a page, tight around the words, in tenths of a point; bbox null where the words have no boxes."""
    pages: dict[int, list[Word]] = {}
    for word in words:
        pages.setdefault(max(word.page, 1), []).append(word)
    out = []
    for page, own in pages.items():
        boxed = [w.box for w in own if w.x1 > w.x0 or w.bottom > w.top]
        left, top, right, bottom = union(boxed) if boxed else (0.0, 0.0, 0.0, 0.0)
        bbox = (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)) if boxed else None
        out.append(Region(page=page, bbox=bbox))
    return out
