"""The stage of a statement from how it speaks: rules over verb forms and set phrases, in plain Python.

Rules decide the clear cases and say which rule it was; they return no stage where the sentence gives no clear sign,
and there the trained model is asked. The stages are "achevé" (it has been done), "en cours" (under way) and "prévu"
(to come).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bilan_extract.language.stage_words import BRINGS_ABOUT, DOING, NOT_VERBS, STATES
from bilan_extract.patterns import lazy

ACHIEVED, ONGOING, PLANNED = "achevé", "en cours", "prévu"

# endings of infinitives of the second and third groups; -er is dealt with apart, so many nouns end in it
_INFINITIVE_3 = (
    r"(?:[\w]*(?:mettre|prendre|rendre|tendre|cendre|vendre|pondre|joindre|teindre|treindre|peindre|duire|truire"
    r"|crire|suivre|vivre|clure|rompre|croître|naître|vaincre|traire|soudre|battre|perdre|fendre|courir|ouvrir"
    r"|offrir|tenir"
    r"|venir|aboutir|faire|élire|(?:re|pré|entre|a)?voir|cevoir|devoir|pouvoir|valoir|seoir)|être|lire|dire|redire"
    r"|interdire)"
)
_INFINITIVE = rf"(?:\w{{2,}}er|\w{{2,}}ir|{_INFINITIVE_3}|aller)"
# nouns and adjectives that end like an infinitive and open a title or a list entry
_NOUNS_IN_R = """
atelier ateliers premier dernier particulier foyer loyer chantier dossier cahier calendrier courrier quartier métier
papier hiver avenir loisir plaisir désir souvenir soir couloir savoir danger verger berger rucher cancer rocher
clocher plancher conseiller déjeuner dîner goûter officier infirmier financier régulier entier escalier palier
pilier levier grenier cavalier hospitalier mobilier immobilier foncier sanitaire trottoir miroir espoir devoir
pouvoir tiroir comptoir terroir réservoir manoir territoire mémoire histoire routier forestier hier leader manager
poster super enfer mer fer cher fier saunier policier pompier potager usager ménager passager étranger léger inter
sentier jardinier centre écolier collier balancier fichier gibier vivier tablier pâtissier menuisier meunier
bouclier saisonnier prisonnier banquier boulanger élixir émir cuir cluster newsletter flyer container corner master
tender booster bunker menhir reporter scooter
"""
_NOT_INFINITIVES = frozenset(_NOUNS_IN_R.split())
_NOT_FUTURES = (
    r"(?:attira|retira|tira|étira|admira|inspira|expira|vira|mira|désira|livra|délivra|enivra|encadra|cadra|engendra"
    r"|alexandra"
    r"|cassandra|tundra|livrons|encadrons|tirons|retirons|attirons|sierra|serra|jura|livrait|délivrait|encadrait"
    r"|tirait|retirait"
    r"|attirait|virait|éclairait|inspirait|désirait|livraient|encadraient|attiraient|retiraient|environs|admirait"
    r"|aspirait|respirait|expirait|engendrait)"
)
_ADVERBS = (
    r"(?:(?:\w+ment|bien|déjà|ainsi|aussi|enfin|encore|toutefois|désormais|pas|plus|tous|toutes|d['’]abord|également"
    r"|ensuite|alors|pu|dû|fait|été|été \w+ment|donc|notamment|chacune?|largement|par ailleurs|en outre|finalement"
    r"|quant à \w+) ){0,3}"
)
_PARTICIPLE = (
    r"(?!(?:lieu|plus|peu|tous|nous|vous|sous|bus|milieu|jeu|enjeu|lui|demi|aussi|ainsi|ici|parmi|menu|contenu"
    r"|concert|désert)\b)(?:\w*(?:[^\W\d_]é|ée|és|ées)|\w+(?:ui|li|ni|ti|gi|ri|sti|bi|chi|di|isi|lli|vi)(?:e|s|es)?|"
    r"\w+(?:u|ue|us|ues)"
    r"|(?:re|dé|sur|satis)?fait(?:e|s|es)?|\w*(?:mis|pris|quis|inclus|conclus|exclus)(?:e|es)?|\w*(?:[ie]rt|ouvert"
    r"|offert)(?:e|s|es)?"
    r"|\w*(?:duit|truit|crit|joint|teint|treint|peint|traint)(?:e|s|es)?|eu|été|dit|vu|dû|reçue?s?)"
)

# "sera", "accueilleront", "pourront", "ouvrirons"
_FUTURE = lazy(
    rf"\b(?!{_NOT_FUTURES}\b)(?:\w*(?:[^\W\d_é](?:er|ir)|[a-zû]dr|[ei]vr|rr|mettr|battr)(?:a|ont)|ser(?:a|ont)"
    r"|saur(?:a|ont)"
    r"|aur(?:a|ont)|fer(?:a|ont)|ir(?:a|ont)|(?:con|in|ex)clur(?:a|ont))\b"
    rf"|\bnous (?:ne |n'|y |en |les |l'|vous |nous )?(?!{_NOT_FUTURES}\b)\w*(?:er|ir|dr|[ei]vr|rr|mettr|aur)ons\b"
)
# "devrait", "pourraient", "serait", "il y aurait lieu"
_CONDITIONAL = lazy(
    rf"\b(?!{_NOT_FUTURES}\b)(?:\w*(?:[^\W\d_é](?:er|ir)|[a-zû]dr|[ei]vr|rr|audr|mettr|battr)(?:ait|aient|ions)"
    r"|ser(?:ait|aient)"
    rf"|aur(?:ait|aient)|saur(?:ait|aient)|fer(?:ait|aient))\b"
)
# "reste à définir", "sont encore à programmer"; not "il est à noter que"
_TO_DO = lazy(
    rf"\b(?:est|sont|restent|reste|demeurent|demeure) {_ADVERBS}à (?!déplorer|relever|craindre|noter|souligner|signaler"
    rf"|rappeler|préciser"
    r"|remarquer|saluer|disposition)"
    rf"(?:nouveau )?(?:se |s['’]|y |en |l['’]|les? |la )?{_INFINITIVE}\b|\breste(?:nt)? (?:tout )?à faire\b|\btout "
    r"reste à\b"
)
# "est prévue", "sont d'ores et déjà programmées", "reste envisagé"
_IS_PLANNED = lazy(
    rf"\b(?:est|sont|restent|reste) (?:d['’]ores et déjà )?{_ADVERBS}(?:prévu|programmé|planifié|envisagé|projeté"
    r"|attendu|annoncé|escompté"
    r"|espéré|souhaité|proposé d|reporté|repoussé|différé|en projet|en préparation|prêt à)(?:e|s|es|['’])?\b|"
    r"\b(?:est|sont) (?:fixé(?:e|s|es)? (?:à la rentrée|à l['’](?:automne|été|hiver)|(?:à|au|en|pour) (?:le |la "
    r"|début |fin |mi-)?(?:\d\d? )?(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|printemps|20\d\d|premier|second|prochain))|inscrit(?:e|s|es)? au (?:prochain )?budget|question d)"
)
# "est inscrit au programme 2026", "s'apprête à", "a l'intention de", "il convient de": set phrases of what is to come
_SET_TO = lazy(
    r"\b(?:est|sont) (?:\w+ment |aussi |déjà |bien )?(?:inscrit|programmé|budgété|budgétisé|provisionné|réservé|calé"
    r"|fléché)(?:e|s"
    r"|es)? (?:au|aux|dans le|à l'ordre|à la programmation|pour (?:le|la|l')|en 20\d\d|l'an prochain)\b"
    r"|\b(?:s'apprêt(?:e|ent)|nous (?:nous )?apprêtons|se prépar(?:e|ent)) à\b|\bsur le point d|\bdans les (?:cartons"
    r"|tuyaux)\b|\b(?:est|sont) (?:convenue? d|calée?s? |fixée?s? pour )|\bà l'ordre du jour\b"
    r"|\b(?:est|sont|figure|figurent) (?:aussi |également )?au programme\b|\b(?:est|sont|reste|restent) (?:\w+ment |encore"
    r" )?(?:en "
    r"attente|dans l'attente|suspendue?s? à|subordonnée?s? à|conditionnée?s? [àp])"
    r"|\b(?:a|ont|avons) (?:\w+ment |aussi )?(?:l'intention|l'ambition|la volonté|l'objectif|le souhait|pour (?:objectif"
    r"|ambition|projet|but)|le projet|en projet|bon espoir"
    r"|en vue)\b|\bil (?:convient|faut|faudrait|importe|s'agit (?:maintenant|désormais|à présent|ensuite))\b"
    r"|\b(?:veut|veulent|voulons|souhaitons|espérons|souhaite|souhaitent|espère|espèrent) que\b"
    r"|\b(?:songe|songent|songeons|aspire|aspirent|aspirons|tient|tiennent|tenons|cherche|cherchent|cherchons) (?:aussi "
    r"|encore )?à (?=\w+(?:er|ir|re)\b)"
    r"|\b(?:attend|attendent|attendons) (?:encore |toujours )?(?:l[ea']|les|un|une|son|sa|ses|leur|que|d')\b|\bsous réserve d"
)
# "doit trouver un local": what is owed is still to come
_MUST = lazy(rf"\b(?:doit|doivent|devons) {_ADVERBS}(?:se |s['’]|y |en |l['’]|les? |la )?{_INFINITIVE}\b")
# "va expérimenter", "vont ensuite être étendus"
_GOING_TO = lazy(rf"\b(?:va|vont|allons) {_ADVERBS}(?:se |s['’]|y |en |l['’]|les? |la )?{_INFINITIVE}\b")
# "souhaite développer", "envisage de", "l'objectif est de", "s'engage à"
_WANTS = lazy(
    r"\b(?:(?:souhait|esp[éè]r|envisag|projett?|ambitionn)(?:e|ent|ons|eons)\b|(?:entend|entendent|compte|comptent"
    r"|comptons|veut|veulent"
    rf"|voulons|désirent?) (?:\w+ment |aussi |bien )?(?:se |s['’]|y |en |l['’]|les? |la )?{_INFINITIVE}\b|prévoi(?:t"
    r"|ent) (?:d(?:e |['’])\w+|(?:la |le |les |l'|une? |\d|deux|trois|quatre))|prévoyons"
    r"|(?:s['’]engage|s['’]engagent|nous engageons) à\b|(?:s['’]est|se sont) (?:(?:donné|fixé)(?:e|s|es)? (?:pour"
    r"|comme) (?:objectif|but|cap)|engagé(?:e|s|es)? à)"
    r"|(?:objectif|but|ambition|enjeu|volonté|idée|projet|intention|souhait|étape) (?:\w+ )?(?:est|reste|serait"
    r"|consiste)"
    r" (?:donc |ainsi |bien |aussi |désormais |maintenant |à présent |dorénavant )?(?:à |de |d['’]|que |qu['’])|(?:a|ont)"
    r" vocation à\b|(?:est|sont) appelée?s? à\b"
    r"|doi(?:t|vent) (?:encore |ensuite |aussi |prochainement )?(?:être|permettre|intervenir|voir le jour|ouvrir"
    r"|démarrer|commencer|aboutir|débuter|se tenir"
    r"|avoir lieu|passer|rejoindre|s['’]achever|être))"
)
# signs of the future that need no verb, used where no verb decides
_PLANNED_WORDS = lazy(
    r"\bà venir\b|\bprochainement\b|\bprochaines? (?:étapes?|phases?|rendez-vous|sessions?|réunions?|échéances?)\b|"
    r"\bà l['’]avenir\b|\bétape suivante\b"
    r"|\bd['’]ici (?:à |la |le |l['’]|fin |20\d\d)|\bà l['’]horizon\b|\breste à faire\b|\bperspectives?\b"
    r"|\bà (?:planifier|programmer|prévoir|finaliser|poursuivre|engager|lancer|étudier|consolider|développer"
    r"|conforter|renforcer"
    r"|compléter|définir|mettre en (?:place|œuvre)|organiser|construire|créer|réaliser|caler|étendre|préciser"
    r"|formaliser)\b"
)
# "Lancement prévu au second semestre": a participle of intent in a sentence without a verb
_PLANNED_BARE = lazy(
    r"(?<!comme )(?<!que )\b(?:prévu|programmé|planifié|envisagé|projeté|attendu|escompté|espéré|souhaité"
    r"|annoncé)(?:e|s|es)?\b(?! ?: ?\d)"
)
_FUTURE_NOUN = lazy(
    r"^(?:futur|prochain)(?:e|s|es)?\b|^(?:un )?(?:projet d|(?:objectif|cible|échéance)s? [^:]{0,30}:|objectif :|projet :"
    r"|perspective)|^en projet\b"
)

# "est en cours", "travaux en cours"; not "en cours d'année"
_UNDER_WAY = lazy(
    r"\ben cours\b(?! d['’](?:année|exercice|été)| de (?:mandat|saison|l['’]année|route|français|musique))"
    r"|\ben train d(?:e\b|['’])|\bsuit son cours\b|\bsuivent leur cours\b|\btoujours (?:en cours|en chantier|en "
    r"travaux)\b"
    r"|\ben (?:bonne )?voie d|\ben bonne voie\b|\ben passe d|\b(?:est|sont|reste|restent) (?:\w+ment |encore "
    r"|toujours )?"
    r"(?:mobilisée?s?|en (?:version d|rodage|construction|chantier|travaux|phase|réflexion|discussion|marche|test"
    r"|expérimentation|instruction"
    r"|pourparlers|consultation)"
    r"|à l['’](?:étude|essai|instruction)|aux? (?:stade|main))\b"
    r"|\b(?:est|sont) (?:\w+ment |bien |déjà |désormais )?(?:engagé|entamé"
    r"|amorcé)(?:e|s|es)?\b"
)
# "se poursuit", "continuent de", "l'équipe poursuit"
_GOES_ON = lazy(
    r"\b(?:poursuit|poursuivent|poursuivons|continue|continuent|continuons|perdure|perdurent|(?:se|s['’]) "
    r"?(?:prolonge|prolongent"
    r"|étoffe|étoffent|déploie|déploient|déroule|déroulent|développe|développent|intensifie|intensifient|multiplie"
    r"|multiplient"
    r"|confirme|confirment|renforce|renforcent|accroît|accroissent|élargit|élargissent|structure|structurent|étale"
    r"|étend(?! sur| de | du )|enrichit)"
    r"|monte(?:nt)? (?:peu à peu |progressivement )?en (?:charge|puissance|régime)|progresse|progressent|(?<!d')(?<!l')(?<!une "
    r")(?<!en )(?<!sa )(?<!cette )avance|avancent)\b"
    r"|\b(?:est|sont) (?:\w+ment |ainsi |toujours )?(?:poursuivi|maintenu|reconduit|renouvelé|pérennisé)(?:e|s|es)?\b"
)
# "bat son plein", "prend forme", "touche à sa fin", "l'appel est lancé", "Développement continu"
_PROCESS = (
    r"(?:discussions?|négociations?|concertations?|consultations?|pourparlers|échanges|inscriptions?|candidatures?|enquêtes?)"
)
_SHARE = (
    r"(?:à moitié|à demi|aux (?:deux|trois) (?:tiers|quarts|cinquièmes)|au tiers|au quart|en partie"
    r"|pour (?:partie|moitié)|à (?:près de )?\d\d? ?%)"
)
_PART_DONE = (
    r"(?:réalisé|achevé|terminé|fini|engagé|avancé|exécuté|déployé|rempli|construit|équipé|rénové"
    r"|remplacé|traité|prêt)(?:e|s|es)?"
)
_HALFWAY = lazy(
    r"\b(?:bat son|battent leur) plein\b|\b(?:va|vont) bon train\b|\bpren(?:d|nent) (?:forme|corps|de l'ampleur|tournure)\b"
    r"|\bsur (?:les rails|la bonne voie|le métier)\b|\btouche(?:nt)? à (?:sa|leur) fin\b|\b(?:est|sont) entrée?s? dans"
    r" (?:sa|leur|une) (?=[\w ]*(?:phase|étape|année|saison|derni|final|second|deuxi|troisi))|\b(?:est|sont) à"
    r" mi-(?:parcours|chemin)\b|\bse f(?:ait|ont) (?:progressivement|peu à peu|par étapes?|graduellement|au fur)|\bà pied"
    r" d'œuvre\b"
    r"|\bse (?:termine|met en place|concrétise|précise|construit|dessine|met en route)(?:nt)?\b|\bse (?:mettent en place"
    r"|construisent)\b"
    r"|\bs'(?:achève|organise|élabore|amorce|accélère)(?:nt)?\b"
    rf"|\b{_PART_DONE} {_SHARE}|\b(?:la moitié|les (?:deux|trois) (?:tiers|quarts)|un tiers|une partie) (?:de |du |des "
    rf"|d')[\w' -]{{2,40}} (?:est|sont) {_PART_DONE}|\b(?:{_SHARE}|quasiment|presque|bientôt) {_PART_DONE}\b"
    r"|^(?:\w+(?:tion|ment|age|sion)|suivi|essor) (?:continue?|progressi(?:f|ve)|graduel(?:le)?|régulier|régulière"
    r"|permanente?|constante?)\b"
    r"|\b(?:est|sont) (?:\w+ment |bien |aussi |enfin |désormais )?lancé(?:e|s|es)?\b"
    rf"|\b{_PROCESS} (?:[\w'-]+ ){{0,4}}(?:est|sont) (?:\w+ment |déjà |désormais )?(?:ouvert|noué)(?:e|s|es)?\b"
)
# "les travaux ont débuté": begun is not yet done; "a commencé à circuler" is
_BEGUN = lazy(rf"\b(?:a|ont) {_ADVERBS}(?:commencé|débuté|démarré)\b(?! à)")
# "n'est pas encore achevé", "partiellement réalisé"
_NOT_YET = lazy(
    r"\bn['’](?:est|ont|a|sont) (?:pas|que) (?:encore |totalement |entièrement |complètement |tout à fait "
    r"|partiellement |pour partie )"
    r"|\bpas encore (?:totalement |entièrement )?\w+(?:é|ée|és|ées|i|ie|is|ies)\b|\bn['’](?:est|sont) pas (?:encore "
    r")?(?:terminé|achevé|fini|finalisé)"
    r"|\bpartiellement (?:réalisé|achevé|engagé|atteint)"
)
_ONGOING_NOUN = lazy(
    r"^(?:la |le |l['’])?(?:poursuite|continuation|continuité|maintien|pérennisation|montée en charge|renouvellement "
    r"progressif"
    r"|déploiement progressif|généralisation progressive)\b"
)
_EVERY = lazy(r"\b(?:chaque|tous les|toutes les) \w+")
_NOW = lazy(
    r"\bactuellement\b|\b(?:chaque|tous les|toutes les) (?:deux |trois )?(?:semaines?|mois|ans?|années?|jours?"
    r"|trimestres?|semestres?|lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche|matins?|soirs?|étés?)\b|\btout au long de l|\bau fil (?:de l['’](?:eau|année)"
    r"|des? )|\brégulièrement\b|\bau quotidien\b"
    r"|\b(?:deux|trois|quatre|une|plusieurs|\d+) fois par (?:an|mois|semaine|trimestre|semestre)|\bpeu à peu\b|"
    r"\bprogressivement\b"
)
_PRESENT_STEMS = "|".join(DOING.split())
# "accompagne", "interviennent", "met à disposition": the present of what an authority does
_PRESENT = lazy(
    rf"\b(?:{_PRESENT_STEMS})(?:e|ent|ons|eons)\b|\b(?:défend|défendent|répond|répondent|parcourt|parcourent|remplit"
    r"|soutient|soutiennent|soutenons|intervient|interviennent|intervenons|accueille|accueillent"
    r"|accueillons|reçoit|reçoivent|recevons|entretient|entretiennent|met|mettent|mettons|suit|suivent|suivons"
    r"|reçois|ouvre|ouvrent|conduit|conduisent"
    r"|mène|mènent|menons|(?:tient|tiennent)(?! compte| en )|prend en charge|prennent en charge|bénéficie"
    r"|bénéficient|contribue|contribuent|veille|veillent|réunit"
    r"|réunissent|se réunit|se réunissent|se déplace|se déplacent|instruit|instruisent|gère|gèrent|œuvre|œuvrent"
    r"|agit|agissent"
    r"|(?:fait|font) (?:\w+ment )?l['’]objet|donne lieu|donnent lieu)\b"
)
# "nous finalisons", "les services régalent": presents told by their ending alone
_PLURAL_PRESENT = lazy(
    rf"\bnous (?:ne |n'|y |en |les |l'|vous |nous |leur )?(?!\w*rons\b|avons|sommes|espérons|souhaitons|voulons|pensons"
    rf"|devons|pouvons|disposons)(\w{{3,}}ons)\b"
    rf"|\b(?!{NOT_VERBS}\b)(?!{STATES}\b)(?!\w*(?:aient|èrent|îrent|ûrent|irent|urent)\b)\w{{3,}}ent\b"
)
_DESCRIPTION = lazy(
    r"\bs'(?:étend(?:ent)? (?:sur|de|du|entre)|applique(?:nt)? (?:à|aux?|dans|sur))\b|\b(?:comprend|comprennent|compte"
    r"|comptent|comporte|comportent|représente|représentent|s['’]élève|s['’]élèvent"
    r"|concerne|concernent|relève|relèvent"
    r"|s['’]adresse|s['’]adressent|constitue|constituent|se situe|se trouve|couvre|couvrent|repose|s['’]inscrit"
    r"|s['’]inscrivent|regroupe|regroupent|s['’]agit"
    r"|se compose|est composée?|culmine|atteint|atteignent|porte sur|portent sur|vise à|visent à|permet|permettent"
    r"|appartient|se décline|impose|fixe|dispose|dessert|desservent)\b"
)

# "a été signée", "ont ainsi permis", "avons réuni", "a eu lieu"
_PERFECT = lazy(
    rf"(?<!il y )\b(?:n['’])?(?:a|ont|avons|ai|avez|eut) {_ADVERBS}(?:été (?:\w+ment |ainsi |aussi |également |bien "
    rf"|mis )?)?{_PARTICIPLE}\b"
)
# "s'est tenu", "se sont réunies", "est entrée en service"
_PERFECT_BE = lazy(
    r"\b(?:s['’]est|s['’]était|se sont|s['’]étaient|nous sommes) (?!(?:donné|fixé)e?s? (?:pour|comme)|engagée?s? "
    rf"à){_ADVERBS}{_PARTICIPLE}\b"
    rf"|\b(?:est|sont|étaient|était) {_ADVERBS}(?:venu|devenu|intervenu|parvenu|revenu|survenu|né|entré|rentré"
    r"|arrivé|parti|allé|resté|passé|repassé|monté|remonté|descendu|redescendu|tombé|retombé|sorti|ressorti|paru|mort|décédé)"
    rf"(?:e|s|es)?\b(?! prévu)"
)
# "vient d'être remis", "viennent de s'achever"
_JUST_DONE = lazy(
    r"\b(?:vient|viennent|venons) (?:tout juste |également |aussi )?d(?:e |['’])(?:se |s['’]|l['’]|les? |la )?(?:être"
    rf"|{_INFINITIVE})\b"
)
_DONE = (
    r"(?:achevé|terminé|fini|finalisé|atteint|signé|réalisé|livré|clos|clôturé|bouclé|conclu|accompli|effecti[fv]"
    r"|opérationnel|opérationnelle"
    r"|créé|adopté|installé|validé|voté|acquis|publié|dépassé|rempli|soldé|équipé|accessible|disponible"
    r"|téléchargeable|rouvert|ouvert au|ouverts au|ouverte au|inauguré"
    r"|implanté|aménagé|raccordé|rénové|recruté|pourvu|constitué|réceptionné|chose faite|mis en place|mise en place"
    r"|mises en place|mis en œuvre|mise en œuvre|mises en œuvre|mis en service|mise en service|en service|en vigueur"
    r"|en ligne|en place|fait)"
)
# "est achevé", "sont désormais accessibles", "est en service depuis mars"
_IS_DONE = lazy(
    r"\b(?:est|sont) (?:maintenant |totalement |entièrement |pleinement |aujourd['’]hui |désormais |\w+ment |bien "
    rf"|ainsi |donc |tous |toutes )*{_DONE}(?:le|les|e|s|es)?\b"
    rf"|\bc['’]est fait\b|\bvoilà qui est fait\b|\bs['’]applique depuis\b|\b(?:avait|avaient) {_ADVERBS}(?:été "
    r")?\w+(?:é|ée|és|ées|u|i|is)\b"
    r"|\b\w{3,}èrent\b|\b(?:se|s') ?(?:tint|tinrent|fit|firent)\b|\b(?:fut|furent) (?:\w+ment )?(?:\w+(?:é|ée|és|ées|u|i"
    r"|is|ie|ies|ue|ues)|re\w+|\w*duite?s?|\w*truite?s?|\w*mise?s?|\w*ouverte?s?)\b|"
    r"\bétaient? (?:tous |toutes |\w+ment )?" + _DONE + r"(?:e|s|es)?\b"
)
# what is done again and again: "sont proposés"
_HABITS = (
    r"(?:proposé|assuré|accordé"
    r"|traité|organisé|accompagné|suivi|tenu|animé|offert|versé"
    r"|distribué|reçu|accueilli|instruit|orienté|formé|sensibilisé|soutenu|appliqué|étudié|utilisé|mobilisé|mené"
    r"|conduit|remis|épaulé|aidé"
    r"|associé|invité|pratiqué|dispensé|prodigué|délivré|financé|pris en charge|mis à disposition|mis à jour|mise à "
    r"jour|mises à jour|servi|visité|encadré"
    r"|collecté|préparé|nettoyé|entretenu|contrôlé|surveillé|analysé|inspecté|entendu|consulté|convié|informé|hébergé"
    r"|nourri|logé"
    r"|conseillé|transporté|géré|piloté|coordonné|expérimenté|recensé|examiné|discuté|débattu|célébré|fauché|valorisé"
    r"|récompensé|prêté"
    r"|loué|mis en avant|mise en avant|mis en valeur|pris en compte|prise en compte|écouté|dépisté|évalué|mesuré|relevé"
    r"|déployé)(?:e|s|es)?\b"
)
_PRESENT_PASSIVE = lazy(
    rf"\b(?:est|sont) (?:\w+ment |ainsi |également |aussi |désormais |aujourd['’]hui |chaque \w+ |toujours |tous |toutes"
    rf" )*{_HABITS}"
)
# "est désormais ouverte", "est rendue aux piétons depuis mai": brought about once, and so ever since
_SINCE = (
    r"(?:désormais|maintenant|dorénavant|enfin|à présent|aujourd'hui|à nouveau|de nouveau|déjà|officiellement"
    r"|définitivement|bel et bien)"
)
_BROUGHT_ABOUT = lazy(
    rf"\b(?:est|sont) (?:\w+ment |tous |toutes )?{_SINCE} (?:\w+ment |tous |toutes )?(?:{BRINGS_ABOUT}(?:e|s|es)?\b"
    rf"|(?!{_HABITS})(?:{_PARTICIPLE}|\w{{4,}}(?:el|elle|al|ale|aux|if|ive|able|ible|total|totale|complet|complète)s?)\b)"
    rf"|\b(?:est|sont) (?:\w+ment |tous |toutes )*{BRINGS_ABOUT}(?:e|s|es)?\b(?=[^,;]*\bdepuis (?!toujours|longtemps|plus"
    rf" d|\d+ ans)|[ .]*$)"
    r"|^(?:fait|réalisé|terminé|livré|ouvert|signé|adopté|achevé)(?:e|s|es)? :|: (?:c'est )?(?:réalisé|fait|achevé|terminé"
    r"|fini|livré|signé|adopté|voté|en service|en place|clos|ouvert)(?:e|s|es)? ?[.!]?$"
)
# "Convention signée le 3 juillet", "12 réunions organisées": a participle of doing in a sentence without a verb
_DONE_BARE = lazy(
    r"\b(?:refondu|installé|signé|réalisé|organisé|livré|publié|créé|installé|formé|mené|conduit|inauguré|adopté"
    r"|validé|voté|acquis|acheté|construit|rénové|restauré|ouvert"
    r"|lancé|engagé|attribué|distribué|planté|accompagné|accueilli|équipé|recruté|remis|mis en (?:service|place"
    r"|ligne|œuvre)|élaboré|rédigé|diffusé|tenu"
    r"|obtenu|notifié|terminé|achevé|renouvelé|traité|financé|instruit|aménagé|réuni|effectué|constitué|déployé"
    r"|démarré|finalisé|édité|assuré|conseillé|suivi"
    r"|étendu|raccordé|rouvert|refait|sensibilisé|soutenu|versé|délivré|visité|proposé|testé|relancé|simplifié"
    r"|replanté|réglé|déposé|trouvé|affiché|actualisé|généralisé|numérisé|mis à (?:jour|disposition|niveau)|reçu"
    r"|conçu|accepté|retenu|converti|économisé|consommé|agrandi|posé|peint|livré|repris)(?:e|s|es)?\b"
)
# "Formation suivie par 46 agents": the participle right behind the first noun
_DONE_SECOND = lazy(
    r"^(?!(?:une?|des|les?|la|l') ?)[^,;:]*\b(?:achevé|terminé|finalisé|bouclé|réceptionné|inauguré|signé|livré)(?:e"
    r"|s|es)?\b"
    r"|^(?!(?:une?|des|les?|la|l') ?)[\w'-]+ (?:signé|organisé|livré|publié|créé|installé|mené|conduit|inauguré"
    r"|adopté|validé|voté|acquis|acheté|construit|rénové|restauré"
    r"|lancé|attribué|distribué|planté|remis|élaboré|rédigé|tenu|obtenu|notifié|terminé|achevé|effectué|constitué"
    r"|finalisé|réglé|déposé|suivi|réalisé)(?:e|s|es)?\b"
)
# "26 binômes constitués", "Près de 9 000 m² transformés": a number of things and what was done to them
_COUNTED_DONE = lazy(
    r"^(?:[^:]{2,40} : )?(?:environ |près de |plus de |au total,? |quelque |soit )?(?:\d[\d ,.]*|deux|trois|quatre"
    r"|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|cent)\b"
    r"(?: [\w²'’%-]+){1,7}? (?!concern|dédi|réserv|intéress|situ|âg|isol|limit|destin|adapt|li[ée]|expos|priv|salari"
    r"|retrait|associ|donn|anné|assembl|journ|soir|mat|cit|dot|rattach"
    r"|employ|habilit|agré|marqu|spécialis|qualifi|diversifi|particip|entré)(?:\w+(?:és|ées)|(?:servi|rendu|reçu"
    r"|tenu|vendu|pourvu|construit|produit|ouvert|remi|acqui|suivi|conduit|accueilli|bâti|fourni|établi|inscrit"
    r"|conçu|distribu|mi)e?s)\b"
)
# a noun of action at the head: what follows is its complement, so a participle there decides nothing
_ACTION_NOUN = lazy(
    r"^(?:[^:]{2,40} : )?(?:la |le |l['’]|les |une? )?(?:\w+(?:tion|tions|ment|ments|age|ages|ssion|sion)|mise"
    r"|signature|ouverture|étude|aide|soutien|appui|suivi|achat|accueil|prise"
    r"|pose|relevé|visite|visites|stage|prêt|recherche|vente|démarche|rencontre|reprise|remise|partenariat|accès"
    r"|conception|livraison|dépôt|vote|départ|départs|achat|concours|édition|clôture|fermeture|commande|transfert"
    r"|retour|choix|départ|jury)\b"
)
# a thing that did not come about says neither done nor to come
_FAILED = lazy(
    r"\b(?:a|ont) été (?:\w+ment )?(?:interrompu|suspendu|stoppé|rejeté|refusé|déclarée?s? (?:infructueu|sans suite)|mis"
    r" en pause|gelé)"
    r"|\bn['’](?:est|sont) à (?:déplorer|signaler|noter|relever)"
    r"|\bn['’](?:a|ont|avons) (?:pas|pu|jamais|guère) (?!encore |ménagé|manqué|cessé|faibli|fini|attendu)"
    r"|\bn['’](?:a|ont) (?:[\w']+ ){0,4}(?:d['’])?(?:aucune?|nul|nulle|rien)\b|\baucune? (?!incident|accident|plainte"
    r"|réclamation|retard|suppression|fermeture|perte|coupure|hausse|augmentation)[\w '-]{2,60}? (?:n['’](?:a|ont)|ne"
    r" (?:s'est|se sont))\b"
    r"|\b(?:a|ont) été (?:annulé|abandonné|ajourné|infructueu)|\bne s['’]est pas tenu|\best resté(?:e|s|es)? sans "
    r"suite\b"
)

# "Pour en savoir plus, consulter …", "Voir la fiche 12"
_POINTER = lazy(
    r"^(?:pour (?:en savoir|plus d|tout renseignement|nous)|voir (?:la |le |les |l'|aussi |en |ci|page|fiche|annexe)|se"
    r" reporter|cf\b)"
)
# "ne remplit plus", "n'accueille pas"
_DENIED = lazy(r"\bn(?:e |['’])(?:[\w']+ ){1,3}(?:pas|plus|guère|jamais|aucune?)\b")

# a frame before the main clause: "Afin de mieux informer les locataires, …", "Une fois les travaux achevés, …"
_FRAME = lazy(
    r"^(?:afin (?:de|d['’]|que)|pour\b|une fois|après|suite à|à la suite|si\b|dès (?:que|lors|la|le)|quand|lorsqu"
    r"|ayant|étant|fort(?:e|s|es)? d|au vu|compte tenu|comme\b"
    r"|bien qu|malgré|alors qu|en raison|faute d|grâce|non réalis|dans (?:le cadre|l['’]attente|la perspective)|en "
    r"vue d|initialement|prévue?s? |face à|au regard|\w+ée?s? en )[^,]*,\s*"
)
# an aside between commas that a relative opens: ", qui a été renouvelé,"
_ASIDE = lazy(r",\s*(?:qui|que|qu['’]|dont|où|laquelle|lequel|lesquels|lesquelles|ce qui|et qui)\b[^,]*(?:,|$)|\([^()]*\)")
_CLAUSE_END = lazy(r"^.*?(?:(?:,|;| et| mais)(?= [^,;]*\b(?:a|ont|est|sont|s'est|se sont|sera|seront)\b)|$)")
_MARKER = lazy(
    r"\b(?:qui|que|dont|où|lorsque|quand|si|afin|pour|laquelle|lesquelles|lesquels|auxquels|auxquelles|auquel"
    r"|duquel)\b|\b(?:qu|lorsqu|s)['’](?=il)"
)
_SENTENCE = lazy(r"(?<=[.!?…])\s+(?=[A-ZÀ-ÖØ-Þ0-9«(])|\s;\s|;\s|\n")
_VERB = lazy(r"\b(?:est|sont|a|ont|était|étaient|avait|avaient|sera|seront|peut|peuvent|doit|doivent|fait|font|va|vont)\b")


@dataclass(frozen=True, slots=True)
class RuleStage:
    """What the rules make of a text.

    Attributes:
        stage: "achevé", "en cours", "prévu" or None.
        score: how sure the rule is, 0..1.
        rule: the name of the rule that decided.
        final: True where the model is not to be asked (the text is decided, or known to say nothing).
    """

    stage: str | None
    score: float
    rule: str
    final: bool


# no form of the future or the conditional is without one of these endings, which are quicker to look for
_FUTURE_END, _CONDITIONAL_END = lazy(r"r(?:a|ont|ons)\b"), lazy(r"r(?:ait|aient|ions)\b")
_ENDINGS = ((_FUTURE, _FUTURE_END), (_CONDITIONAL, _CONDITIONAL_END))

_STRONG = (
    ("under way", ONGOING, _UNDER_WAY, 0.98),
    ("not yet", ONGOING, _NOT_YET, 0.95),
    ("goes on", ONGOING, _GOES_ON, 0.95),
    ("half way", ONGOING, _HALFWAY, 0.93),
    ("begun", ONGOING, _BEGUN, 0.9),
    ("future", PLANNED, _FUTURE, 0.98),
    ("conditional", PLANNED, _CONDITIONAL, 0.97),
    ("to do", PLANNED, _TO_DO, 0.97),
    ("is planned", PLANNED, _IS_PLANNED, 0.98),
    ("going to", PLANNED, _GOING_TO, 0.95),
    ("wants", PLANNED, _WANTS, 0.95),
    ("set to", PLANNED, _SET_TO, 0.93),
    ("must", PLANNED, _MUST, 0.9),
    ("just done", ACHIEVED, _JUST_DONE, 0.96),
    ("perfect", ACHIEVED, _PERFECT, 0.98),
    ("perfect with être", ACHIEVED, _PERFECT_BE, 0.96),
    ("is done", ACHIEVED, _IS_DONE, 0.95),
    ("brought about", ACHIEVED, _BROUGHT_ABOUT, 0.9),
)


def clean(text: str) -> str:
    """Lower case, NFC, straight apostrophes, single spaces; lines are kept."""
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


FIRM = 0.92  # beside a sentence as sure as this, one that is less sure has no say


def rule_stage(text: str) -> RuleStage:
    """The stage of ``text`` as the rules see it: sentence by sentence, then what the sentences agree on."""
    sentences = [part.strip(" -–•") for part in _SENTENCE.split(clean(text)) if part and part.strip(" -–•")]
    found = [_sentence_stage(sentence) for sentence in sentences]
    decided = [one for one in found if one.stage is not None]
    if not decided:
        final = bool(found) and all(one.final for one in found)
        return RuleStage(None, 0.0, found[0].rule if found else "empty", final)
    if max(one.score for one in decided) >= FIRM:
        decided = [one for one in decided if one.score >= FIRM - 0.02]
    stages = {one.stage for one in decided}
    if len(stages) == 1:
        return max(decided, key=lambda one: one.score)
    if "failed" in {one.rule for one in found} and PLANNED in stages and ACHIEVED not in stages:
        return next(one for one in decided if one.stage == PLANNED)
    return _mixed(decided)


def _mixed(decided: list[RuleStage]) -> RuleStage:
    """Sentences that disagree: begun and going on is under way; else the stage of two thirds of them, or none."""
    if {one.stage for one in decided} == {ACHIEVED, ONGOING} and decided[-1].stage == ONGOING:
        return RuleStage(ONGOING, 0.85, "begun and going on", True)
    counts: dict[str | None, int] = {}
    for one in decided:
        counts[one.stage] = counts.get(one.stage, 0) + 1
    stage = max(counts, key=lambda key: counts[key])
    share = counts[stage] / len(decided)
    if share >= 2 / 3:
        return RuleStage(stage, round(0.95 * share, 3), "most sentences", True)
    return RuleStage(None, 0.0, "sentences disagree", True)


def _sentence_stage(sentence: str) -> RuleStage:
    lowered = sentence.lower()
    core = _ASIDE.sub(", ", lowered)
    framed = _FRAME.sub("", core, count=1)
    if len(framed.split()) >= 3:
        core = framed
    failed = _FAILED.search(core)
    # "Les tarifs n'ont pas bougé et le service s'est amélioré": the other clause may tell what was done
    told = core if failed is None else core[: failed.start()] + _CLAUSE_END.sub("", core[failed.end() :], count=1)
    cues = _main_cues(told)
    if failed and not cues:
        return RuleStage(None, 0.0, "failed", True)
    if cues:
        return _decide(cues, core)
    if lowered.endswith(":"):
        return RuleStage(None, 0.0, "lead-in", False)
    if _POINTER.match(lowered):
        return RuleStage(None, 0.0, "pointer", True)
    return _without_strong_verb(core)


def _main_cues(core: str) -> list[tuple[str, str, float]]:
    """The cues of the main clause, in the order of the text: (rule, stage, score)."""
    never = [pattern for pattern, ending in _ENDINGS if not ending.search(core)]
    spans = sorted(
        (match.start(), match.end(), rule, stage, score)
        for rule, stage, pattern, score in _STRONG
        if pattern not in never
        for match in pattern.finditer(core)
    )
    if not spans:
        return []
    markers = [match.start() for match in _MARKER.finditer(core)]
    main: list[tuple[str, str, float]] = []
    last = 0
    subordinate: list[tuple[str, str, float]] = []
    for start, end, rule, stage, score in spans:
        behind_marker = any(last <= at < start and "," not in core[at:start] for at in markers)
        if behind_marker:
            subordinate.append((rule, stage, score))
        else:
            main.append((rule, stage, score))
        last = max(last, end) if not behind_marker or not main else last
    return main or [(rule, stage, round(score * 0.9, 3)) for rule, stage, score in subordinate[-1:]]


def _decide(cues: list[tuple[str, str, float]], core: str) -> RuleStage:
    stages = [stage for _, stage, _ in cues]
    if ONGOING not in stages and {cue[0] for cue in cues} == {"going to"} and _EVERY.search(core):
        return RuleStage(ONGOING, 0.85, "habit", True)
    if ONGOING in stages:
        rule, stage, score = next(cue for cue in cues if cue[1] == ONGOING)
        if PLANNED in stages and rule == "goes on" and stages.index(PLANNED) < stages.index(ONGOING):
            rule, stage, score = next(cue for cue in cues if cue[1] == PLANNED)
        return RuleStage(stage, score, rule, True)
    if len(set(stages)) == 1:
        rule, stage, score = max(cues, key=lambda cue: cue[2])
        if stage == ACHIEVED and rule == "is done" and _NOW.search(core):
            return RuleStage(ONGOING, 0.85, "present and habit", True)
        return RuleStage(stage, score, rule, True)
    return RuleStage(None, 0.0, "clauses disagree", True)


def _without_strong_verb(core: str) -> RuleStage:
    """Sentences without a tense that decides: infinitives, noun phrases, the plain present."""
    if _starts_with_infinitive(core):
        return RuleStage(PLANNED, 0.95, "infinitive", True)
    if _ONGOING_NOUN.match(core):
        return RuleStage(ONGOING, 0.92, "noun of going on", True)
    verbless = not _VERB.search(core) and not _has_verb(_PRESENT, core) and not _has_verb(_DESCRIPTION, core)
    if verbless and (_PLANNED_BARE.search(core) or _FUTURE_NOUN.match(core)):
        return RuleStage(PLANNED, 0.93, "planned without a verb", True)
    if verbless and _PLANNED_WORDS.search(core):
        return RuleStage(PLANNED, 0.88, "words of the future", True)
    present = _has_verb(_PRESENT, core) or _PRESENT_PASSIVE.search(core) or _speaks_in_plural(core)
    if present and not _has_verb(_DESCRIPTION, core) and not _DENIED.search(core):
        return RuleStage(ONGOING, 0.9 if _NOW.search(core) else 0.82, "present of doing", True)
    if verbless and _DONE_SECOND.match(core):
        return RuleStage(ACHIEVED, 0.9, "noun and participle", True)
    if verbless and _COUNTED_DONE.match(core):
        return RuleStage(ACHIEVED, 0.86, "counted and done", True)
    if verbless and not _ACTION_NOUN.match(core) and not re.match(r"(?:une?|des|les?|la|l') ?", core) and _done_bare(core):
        return RuleStage(ACHIEVED, 0.88, "done without a verb", True)
    if _NOW.search(core) and len(core.split()) > 4 and not _ACTION_NOUN.match(core) and not _has_verb(_DESCRIPTION, core):
        return RuleStage(ONGOING, 0.84, "habit", True)
    return RuleStage(None, 0.0, "no sign", False)


def _done_bare(core: str) -> bool:
    """True where a participle of doing stands in the phrase; "Ouvert à tous" is none."""
    match = _DONE_BARE.search(core)
    return match is not None and not (match.start() == 0 and match.group().startswith("ouvert"))


# words before which "aide", "visite" or "contrôle" is a noun
_BEFORE_NOUN = lazy(
    r"(?:\b(?:qui|que|dont|une?|la|le|les|des|de|du|cette|sa|son|ses|leurs?|notre|nos|en|par|à|aux?|et|ou|sous|sans"
    r"|avec|comme|pour|chaque|quelques|plusieurs|première|premières|dernières?|prochaines?|autres?|bonnes?|vraies?|toutes?"
    r"|telles?|nouvelles?|grandes?|petites?|simples?|fortes?|même|\d+"
    r"|deux|trois|quatre|cinq|dix)|[ld]['’]) ?$"
)


def _is_verb(match: re.Match[str], core: str) -> bool:
    """True where the form found is a verb: not the first word, nor behind an article or a preposition."""
    return match.start() > 0 and not _BEFORE_NOUN.search(core[: match.start()])


def _has_verb(forms: re.Pattern[str], core: str) -> bool:
    """True where one of the forms stands as a verb: in "le fonds d'aide finance" the second."""
    return any(_is_verb(match, core) for match in forms.finditer(core))


def _speaks_in_plural(core: str) -> bool:
    """True where a plural present stands behind its subject, no article or preposition right before it."""
    return any(match.group().startswith("nous ") or _is_verb(match, core) for match in _PLURAL_PRESENT.finditer(core))


# "Ouvrir un lieu", "Ne plus utiliser", "Mieux faire connaître", "Se doter"
_FIRST = lazy(
    r"^(?:\d+[.)] )?(?:ne (?:pas|plus) )?(?:(?:mieux|davantage|aussi|notamment|toujours) )?(?:se |s'|y |en |les "
    r"|l')?(\w+)\b(?! :)"
)


def _starts_with_infinitive(core: str) -> bool:
    match = _FIRST.match(core)
    if match is None:
        return False
    word = match.group(1)
    if word in _NOT_INFINITIVES or len(core.split()) < 2:
        return False
    return bool(re.fullmatch(_INFINITIVE, word))


# "Signature de la convention en mars 2024": the years of a noun phrase
_YEAR = lazy(r"\b(?:19|20)\d\d\b")
# "initiée en 2024" dates something else; "fin 2024" and "d'ici 2026" may lie on either side of the report
_OTHERS_DATE = lazy(
    r"\w(?:é|ée|és|ées|ie|is|ies|ue|us|ues) (?:\w+ ){0,3}(?:en|depuis|le|de|dès|au) (?:\w+ ){0,3}(?:19|20)\d\d"
    r"|\b(?:fin|d['’]ici|depuis|avant|après|loi|décret|jusqu['’]en|à partir de) (?:\w+ ){0,3}(?:19|20)\d\d"
)


def dated_noun_years(text: str) -> list[int]:
    """The years named in ``text`` where it is one dated noun phrase without a verb; else none."""
    core = clean(text).lower()
    if "\n" in core or _VERB.search(core) or _has_verb(_DESCRIPTION, core) or _has_verb(_PRESENT, core):
        return []
    if _OTHERS_DATE.search(core):
        return []
    return [int(year) for year in _YEAR.findall(core)] if _ACTION_NOUN.match(core) and not core.startswith("un") else []
