"""The role of a short heading or label: rules over set phrases, in plain Python.

Roles: "réalisé" and "à venir" (a block of what was done, of what comes next), "engagement" (the commitment itself),
"focus" (a box that tells one action), "level" (a numbered level of the plan: axe, orientation, priorité …), "none" (any
other heading).
Where no phrase is known the rules say nothing and the trained model is asked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bilan_extract.patterns import lazy

REALISED, UPCOMING, ENGAGEMENT, FOCUS, LEVEL, NONE = "réalisé", "à venir", "engagement", "focus", "level", "none"
LONGEST = 16  # words; a longer text is a sentence, not a label

_NUMBER = r"(?:n ?[°ºo] ?)?(?:\d+(?:[.\-]\d+)*[a-z]?|[ivx]+|[a-h])"
_DONE = (
    r"(?:(?:réalisé|mené|conduit|effectué|accompli|achevé|terminé|abouti|finalisé|livré|engagé|lancé|fait|entrepris"
    r"|déployé"
    r"|exécuté|tenu|concrétisé|appliqué|pris|obtenu|atteint|soldé|apporté|posé|franchi|concrétisé|réussi|adopté"
    r"|signé|créé|développé|tenu|honoré|respecté|rempli|clos|clôturé|bouclé|exécuté)(?:e|s|es)?|mise?s? en (?:œuvre"
    r"|oeuvre|place|service))"
)
_PLANNED = (
    r"(?:prévu|programmé|planifié|projeté|envisagé|futur|prochain|attendu|à venir|prévisionnel|prévisionnelle)(?:e|s"
    r"|es)?"
)
_THING = (
    r"(?:actions?|mesures?|travaux|opérations?|projets?|chantiers?|démarches?|initiatives?|réalisations?|étapes?"
    r"|activités?|interventions?|programmes?|évolutions?|actes?|réponses?|choses|efforts|jalons?|investissements?"
    r"|avancées?|objectifs?|engagements?|promesses?|dispositifs?)"
)
_LEVELS = (
    r"(?:axe|orientation|ambition|priorité|objectif|sous-objectif|défi|enjeu|pilier|volet|chapitre|partie|thème"
    r"|thématique|titre|section|levier|chantier"
    r"|domaine|programme|finalité|cap|politique(?: publique)?|mission|horizon|ligne(?: directrice| d'action| de force)|fil"
    r" (?:rouge|conducteur)"
    r"|brique|bloc|champ(?: d'action)?|registre|étage|dossier|livre|tome|acte|rubrique|famille(?: d'actions)?|cause|pari"
    r"|voie|clé|clef|boussole"
    r"|idée-force|principe|valeur|sous-(?:axe|thème|partie|volet)|grand (?:chantier|projet)|étoile|phare|socle)"
)
_QUALITY = (
    r"(?: (?:stratégique|opérationnel|opérationnelle|général|générale|spécifique|transversal|transversale"
    r"|prioritaire|thématique|d'intervention|majeur|majeure))?"
)
_ORDINAL = (
    r"(?:premi(?:er|ère)|deuxième|second|seconde|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième"
    r"|dixième)"
)
_COMMITMENT = r"(?:engagement|promesse|action|mesure|proposition|disposition|fiche[ -]action|fiche|fiche[ -]mesure)"

# "Ce qui était annoncé", "Nous nous étions engagés à", "Vous l'aviez demandé": what had been said before anything was done
_SAID = (
    r"(?:prévue?s?|promise?s?|annoncée?s?|décidée?s?|convenue?s?|souhaitée?s?|voulue?s?|demandée?s?|dit|écrit|fixée?s?"
    r"|proposée?s?|juré)"
)
_HAD_SAID = (
    rf"\b(?:était|étaient|avait été|avaient été) (?:bien )?{_SAID}\b|\b(?:a|ont) été (?:promis|annoncée?s?|promise?s?)\b"
    rf"|\bn(?:ous )?nous étions (?:engagée?s|fixée?s?)"
    rf"|\b(?:avions|avait|aviez|avaient) (?:tous |bien |déjà )?{_SAID}\b|\bvoulions\b|\bnous (?:nous |vous |en |y"
    rf" )?(?!\w*rions\b)\w{{2,}}ions\b|\bsouhaitiez\b|\bsouhaitions\b|\battendiez\b|\bs'y est engagé"
    rf"|\b(?:l'|l' )?(?:a|ont|avons) (?:bien )?promis\b|\bfigurait au\b|\bs'était engagée?\b|\bs'étaient engagée?s\b"
    rf"|^(?:le|la) \w+ (?:prévoyait|disait|annonçait)\b"
    r"|^ce que (?:disait|prévoyait|annonçait|promettait)\b|^ce à quoi\b.*\bengag"
)
# any participle, for "ce que … a …"
_ANY_PARTICIPLE = r"\w+(?:é|ée|és|ées|i|is|ie|ies|it|its|ite|ites|ise|ises|u|us|ue|ues|ert|ert[es]|int|ints|ait|aite)"
_QUANTITY = r"(?:\d[\d ]*|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|cent|mille)"

# (rule, role, pattern, score), tried in this order; each is searched in the cleaned label
_RULES: tuple[tuple[str, str, re.Pattern[str], float], ...] = (
    # "Action n° 17", "Engagement 2.4 : …", "Fiche action 6"
    ("numbered commitment", ENGAGEMENT, lazy(rf"^(?:l')?{_COMMITMENT} {_NUMBER}(?: ?[-:–—.)].*)?$"), 0.97),
    # "Engagement municipal n° 6", "Mesure phare 2", "Nos 50 engagements"
    (
        "numbered commitment",
        ENGAGEMENT,
        lazy(
            rf"^{_COMMITMENT} (?!en |de |au |pour |du |à )[\w-]+ (?!20\d\d){_NUMBER}(?: ?[-:–—.)].*)?$|^(?:nos|les|vos"
            rf"|ses) \d+ (?:engagements?|promesses|propositions|mesures)$"
        ),
        0.93,
    ),
    # "Axe 2 : habiter autrement", "Défi n° 6", "Objectif stratégique 2", "Axe transversal"
    (
        "numbered level",
        LEVEL,
        lazy(rf"^(?:grande? )?{_LEVELS}{_QUALITY} (?!20\d\d){_NUMBER}(?: ?[-:–—.)].*)?$"),
        0.97,
    ),
    (
        "numbered level",
        LEVEL,
        lazy(
            rf"^{_ORDINAL} (?:grande? )?{_LEVELS}(?: ?[-:–—.)].*)?$|^(?:axe|enjeu|objectif|orientation|volet) "
            r"transversale?$|^(?:axe|ambition|orientation|défi|pilier|volet|priorité|chapitre|chantier)$"
        ),
        0.93,
    ),
    ("said before", ENGAGEMENT, lazy(_HAD_SAID), 0.93),
    # "Focus sur le plan vélo", "Zoom", "Coup de projecteur"
    (
        "focus word",
        FOCUS,
        lazy(
            r"^(?:un |le )?(?:focus|zoom|gros plan|coups? de (?:projecteur|cœur|coeur)|pleins? feux|projecteur|coup "
            r"d'œil|plein cadre)\b"
        ),
        0.97,
    ),
    (
        "focus word",
        FOCUS,
        lazy(
            r"\bà la loupe\b|\bsous la loupe\b|\bcoup de cœur$|\b(?:action|projet|initiative|opération) (?:phare"
            r"|emblématique|en vedette|à la une|à suivre|remarquable|exemplaire)(?:$| d[eu]s? )"
        ),
        0.95,
    ),
    (
        "focus word",
        FOCUS,
        lazy(
            r"^(?:un )?(?:exemples?(?: concret)?$|exemples? parmi|exemples? de terrain|exemples? d['e](?! réalisations)"
            r"|exemple :|témoignages?\b|portraits?$|portraits? d['e](?! ?(?:u|s)? ?territoire)|retours? d'expérience"
            r"|encadré\b|reportage\b|arrêt sur image|éclairage\b|mise en lumière|en lumière|paroles? d['e]|en images?$"
            r"|(?:ils?|elles?|on) (?:en |nous )?(?:parlent?|témoignent?|racontent?|expliquent?)|(?:l')?interview\b"
            r"|entretien avec|regards? (?:croisés?|sur|de|du|d')|(?:\d|deux|trois|quatre|cinq|quelques) questions (?:à|au"
            r"|aux)\b|(?:le |un )?reportage|décryptage"
            r"|immersion\b"
            r"|verbatim|instantané|dans les coulisses|cas (?:pratique|concret)|illustration|la preuve par)"
        ),
        0.93,
    ),
    (
        "focus word",
        FOCUS,
        lazy(
            r"^(?:en |les |dans les )?coulisses\b|\bà l'honneur$|^(?:les )?bonnes? (?:pratiques?|idées?)\b|^(?:le |un"
            r" )?regard (?:de|du|d')\b"
            r"|^(?:le mot|la parole|carte blanche) (?:à|au|aux)\b|^(?:une|vingt-quatre|24) (?:journée|heures) (?:avec|au"
            r"|dans|chez|à)\b"
            r"|^(?:visite (?:guidée|d'une?)|rencontre$|plongée (?:dans|au)|dossier spécial|grand angle|success story|étude"
            r" de cas|cas d'école"
            r"|(?:l')?envers du décor|(?:une|la) (?:belle )?(?:initiative|histoire)|un(?:e)? \w+,? une histoire|dans la"
            r" peau d)\b"
            r"|^(?:le |les )?(?:l')?(?:projet|lauréat|coup|initiative|innovation)s? (?:lauréats?|du mois|de l'année)$|\ben"
            r" (?:vedette|aparté)\b|^(?:une? )?\w+ expliquée?$|^une? \w+ en détail"
            r"|^sous (?:les |le )?projecteurs?"
            r"|^(?:l'exemple|l'expérience|le retour d'expérience|l'histoire|la belle histoire|rencontre avec|la parole à"
            r"|vu sur le terrain|sur le terrain|à la une|en détail)\b"
        ),
        0.88,
    ),
    # "Non réalisé à ce jour", "Reste à faire"
    (
        "still to do",
        UPCOMING,
        lazy(
            r"\b(?:non|pas) (?:encore )?(?:réalisé|fait|engagé|achevé|mis en)|\brest(?:e|ent|ant)s? à\b|\bqu'il "
            r"reste\b|"
            r"\b(?:actions?|mesures?|projets?|travaux) à (?:\w+er|\w+ir|\w+re|venir)\b"
        ),
        0.96,
    ),
    (
        "to come",
        UPCOMING,
        lazy(
            r"\bà venir\b|\bprochain(?:e|s|es|ement)?\b|\bbientôt\b|\bperspectives?\b|\bl'an prochain\b|\b(?:qui|mois "
            r"qui|ce qui) (?:vient|viennent)\b|\bse prépare\b|\bdevant nous\b|\bnous attend\b"
        ),
        0.96,
    ),
    (
        "to come",
        UPCOMING,
        lazy(
            r"^(?:et )?(?:la |les |quelles? |pour la )?suites?\b|^et (?:après|maintenant|demain)\b|^demain\b|\bétapes? "
            r"suivantes?\b|\bpour demain\b|\bde demain\b|^à suivre\b|\bd'avenir\b|\ben préparation$|\ben projet$|^à "
            r"l'étude|^plus tard|^ensuite$|^ce qui arrive|^(?:nos |les )?intentions?\b|^(?:les )?nouve(?:aux|lles) "
            r"(?:chantiers|projets|actions|étapes|perspectives)|^(?:les )?nouveautés (?:de|pour|en) 20|^propositions? "
            r"d'évolution|^étapes? d'après|^l'étape d'après|^vers 20\d\d|^pour 20\d\d|\bd'après$|\bmois à venir"
        ),
        0.94,
    ),
    (
        "to come",
        UPCOMING,
        lazy(
            r"\b(?:va|vont|allons) (?:se |s'|y |en |bientôt |encore )?\w+(?:er|ir|re|oir)\b|\bd'ici (?=\w)|^d'ici\b|^dès"
            r" (?:l'an|la rentrée|le)\b|\bqui (?:s'ouvre|s'annonce|se profile"
            r"|arrive|commence|approche)(?:nt)?\b|\bdans (?:les|nos) (?:tuyaux|cartons|starting)|\ben (?:gestation|germe"
            r"|ligne de mire|vue$|réflexion$|attente"
            r"|suspens)|\bà (?:l'agenda|l'étude|l'ordre du jour|moyen terme|long terme|court terme|plus long terme)\b|^à"
            r" terme$|^ce qu'on (?:va|fera)\b"
            r"|^(?:on|nous) (?:continue|continuons|ne s'arrête|voulons aller)\b|\bn'est (?:pas fini|qu'un début)|^(?:le "
            r"|la )?(?:page|chapitre|épisode|marche|étape) suivante?"
            r"|^(?:nos |les |des )?(?:pistes(?! cyclable)|préconisations|recommandations|projections?|prospective"
            r"|trajectoires?)\b|^(?:nos )?(?:envies|souhaits|vœux|rêves)\b"
            r"|\bplus loin$|\bl'avenir$|^le futur|^futurs?\b|^en route\b|^vivement\b|\bchemin (?:à parcourir|restant)"
            r"|^(?:un )?agenda (?:20\d\d|prévisionnel)|^(?:les )?"
            r"rendez-vous (?:à|en|pour|futurs)|\bsaison prochaine|^nous comptons\b|\bsuites?(?: [àd]|s? ?\?|$)|^et (?:en"
            r"|pour) 20\d\d|^(?:au|à l') ?(?:programme|menu|calendrier|agenda|affiche)\b|^(?:poursuites?|prolongements?)"
            r" (?:de|du|des|en)\b|^(?:continuer|prolonger|amplifier)\b|^(?:développer|faire|renforcer|améliorer) encore\b"
            r"|^pour (?:continuer|poursuivre|avancer|finir|la suite)$"
        ),
        0.9,
    ),
    # "Actions prévues en 2023", "Ce qui est programmé", "Calendrier prévisionnel"
    (
        "planned things",
        UPCOMING,
        lazy(
            rf"^(?:les |nos |autres |nouvelles |nouveaux |principales |principaux )?{_THING}(?: \w+)? {_PLANNED}\b"
            rf"|^{_PLANNED} (?:pour|en|au|à|d'ici)\b|^ce qu(?:i|e) .*\b{_PLANNED}\b|^(?:le )?(?:calendrier|échéancier"
            rf"|planning|programme) (?:prévisionnel|futur|des prochain)"
            rf"|^prévisions?\b|^(?:les )?(?:suites|développements|poursuites|mises? en (?:œuvre|place|service)) {_PLANNED}"
        ),
        0.95,
    ),
    # "À engager", "À développer en 2025"
    (
        "to do",
        UPCOMING,
        lazy(
            r"^à (?:\w+er|\w+ir|faire|\w*(?:mettre|prendre|rendre|duire|truire|suivre|vivre|scrire|voir|joindre"
            r"|tendre))\b(?!.* :)"
        ),
        0.93,
    ),
    # "Ce que nous ferons", "Nous allons", "Actions qui seront menées"
    (
        "future verb",
        UPCOMING,
        lazy(
            r"\bnous (?:\w+ )?\w{3,}rons\b|\b(?:allons|ferons|sera|seront|irons|fera|feront|ira|aura|pourra|devra"
            r"|deviendra|\w{3,}erons|\w{3,}irons|"
            r"\w{2,}(?:drons|vrons|vront|dront|rront|vra|rra)|\w{3,}eront)\b|(?<!ce que )\bprévo(?:yons|it|ient)\b"
            r"|\b(?:envisage|envisageons|envisagent"
            r"|projetons|préparons|souhaitons)\b|\bvoulons encore\b|^(?!axe|objectif)(?:poursuivre|continuer|étendre"
            r"|renforcer|amplifier|finaliser|achever|développer|lancer)(?: \w+){0,4} en 20\d\d|\bvoulons (?:faire|mener"
            r"|engager) en 20"
        ),
        0.93,
    ),
    # "Feuille de route 2025", "Cap sur 2026", "Pistes d'amélioration"
    (
        "road map",
        UPCOMING,
        lazy(
            r"\bfeuilles? de route\b(?! (?:initiale|de départ|d'origine|votée))|^cap (?:sur|vers|pour)\b|\bnotre cap\b"
            r"|^(?:à )?l'horizon\b|^horizon\b|^d'ici (?:à "
            r")?(?:20\d\d|fin)|^(?:les )?pistes? (?:d|de|pour)\b|^pistes? d'|^(?:les )?défis à relever|\b(?:axes?"
            r"|points?|marges?) (?:de progrès|à améliorer|de progression|d'amélioration)|\bpour aller plus loin\b"
        ),
        0.93,
    ),
    # "Objectifs 2026", "Nos projets pour 2026", "Programme d'actions 2025"
    (
        "aims of a year",
        UPCOMING,
        lazy(
            r"^(?:les |nos |notre |le )?(?:objectifs?|projets?|priorités?|orientations?|programmation|programme(?: "
            r"d'actions?)?|plan d'actions?|plan de travail|plan|intentions?|chantiers?|ambitions?) (?:pour |de |en "
            r")?(?:l'année |l'an |la période |le |la )?20\d\d(?:[-–/]20\d\d)?\b|^20\d\d : nos? (?:projets?|objectifs?)"
            r"|^(?:nos |les )?projets$|^projets à l'étude|^chantiers à (?:ouvrir|venir)"
        ),
        0.92,
    ),
    # "Rappel de l'engagement", "Notre promesse", "Le Département s'engage"
    (
        "kept",
        REALISED,
        lazy(
            r"^(?:les |nos |notre |un |des )?(?:promesse|engagement|parole|pari|défi|objectif|mission|contrat|but|étape"
            r"|cap)s? (?:tenu|atteint|rempli|relevé|accompli|gagné|honoré|réussi|respecté|réalisé|franchi|passé)e?s?$"
            r"|^tenus?$|\bc'est (?:fait|lancé|en place|réalisé|parti|acquis|livré|terminé|ouvert|signé|acté|gagné)\b"
            r"|^(?:voilà qui est|chose) faite?\b"
        ),
        0.95,
    ),
    (
        "commitment word",
        ENGAGEMENT,
        lazy(
            r"^(?:rappel (?:de |des |du )?)?(?:l'|notre |nos |les |la |le |texte de l'|libellé de l'|objet de l'"
            r"|contenu "
            r"de l'|énoncé de l'|intitulé de l')?(?:engagements?|promesses?)(?: (?:pris|prise|de départ|initial"
            r"|initiaux"
            r"|majeurs?|forts?|clés?|principal|principaux|pour|envers|aux|en|(?:du|de|de la|de l'|des|d'une) "
            r"?(?:département|commune|ville|métropole|région|collectivité|conseil|mairie|agglomération|communauté"
            r"|intercommunalité|syndicat|mandat|plan|équipe|territoire|élus))\b.*)?$|^rappel\b.*\b(?:engagements?"
            r"|promesses?)\b"
        ),
        0.95,
    ),
    (
        "commitment word",
        ENGAGEMENT,
        lazy(
            r"\b(?:s|m)'engage(?:nt)?\b|\bs'est engagée?\b|\bnous engageons\b|\b(?:avions|avons|a) promis\b|"
            r"\bpromettons\b|\bpris l'engagement\b|^notre parole$|^(?:intitulé|libellé|énoncé|contenu|description|objet"
            r"|texte|rappel) de (?:l'action|la mesure|l'engagement|la promesse)|^ce que (?:dit|prévoit) le (?:plan"
            r"|schéma|projet|programme)\b"
        ),
        0.94,
    ),
    (
        "commitment word",
        ENGAGEMENT,
        lazy(
            r"^(?:l'objectif|objectif visé|l'ambition de départ|notre (?:volonté|intention|ambition|objectif)$|ce que "
            r"nous (?:voulons|visons)$|l'action prévue)"
        ),
        0.86,
    ),
    # "Actions réalisées en 2024", "Travaux achevés", "Ce qui a été fait"
    (
        "done things",
        REALISED,
        lazy(
            rf"^(?:les |nos |autres |principales |principaux |(?:liste|tableau|récapitulatif|inventaire|synthèse|aperçu"
            rf"|résumé|recensement|bilan|carte) (?:des|de nos|de vos) )?{_THING} (?:concrètes? |clés? |\w+ement |déjà |phares? "
            rf"|que nous avons |réalisées? ou )?{_DONE}\b"
        ),
        0.95,
    ),
    (
        "done things",
        REALISED,
        lazy(
            r"\bréalisations\b|^réalisée?s?\b|^faits?(?:$| en | au )|^déjà \w+|\bdéjà (?:en place|fait|réalisé|lancé"
            r"|effectif|mis|prises?)|^mises? en œuvre(?! (?:prévu|envisag|programm|à venir|futur|prochain|en projet))\b"
        ),
        0.93,
    ),
    (
        "has been",
        REALISED,
        lazy(
            rf"\b(?:a|ont|avons|s'est) (?:déjà |bien )?(?:été )?(?:{_DONE}|changé|avancé|bougé|passé|marché|fonctionné"
            r"|évolué|progressé)\b|^ce qui (?:est|existe) (?:fait|réalisé|en place|déjà)|\bnous avons$|^depuis "
            r"(?:20\d\d, nous|le (?:dernier bilan|lancement|début))"
        ),
        0.94,
    ),
    # "Ce que le Département a déjà entrepris", "Douze mois d'action", "Nos victoires", "Coché !"
    (
        "has been",
        REALISED,
        lazy(
            rf"^(?:tout )?ce qu(?:i|e|'\w+|'a)\b.*?\b(?:a|ont|avons|avez|s'est|se sont)\b (?:\w+ment |déjà |bien |ensemble"
            rf" |enfin )*(?:été )?{_ANY_PARTICIPLE}\b"
            rf"|^ce qu'(?:a|ont) (?:\w+ ){{0,4}}{_ANY_PARTICIPLE}\b|^(?:nous|on) (?:l'|les |y )?(?:avons|a)"
            rf" {_ANY_PARTICIPLE}\b|^qu'(?:avons-nous|a-t-on|a)\b"
            rf"|^{_QUANTITY} (?:ans?|mois|jours|années?|semestres?|saisons?) (?:d'(?!avance|attente)|de (?!retard)|après"
            rf"|plus tard|au service)"
        ),
        0.92,
    ),
    (
        "review",
        REALISED,
        lazy(
            r"^(?:nos |les |quelques |de |toutes les )?(?:belles )?(?:victoires|fiertés?|bonnes nouvelles|conquêtes"
            r"|preuves)\b|^(?:cases? )?cochée?s?$|\bderrière nous$|\brétroviseur\b|\b(?:moments|événements) "
            r"(?:forts|marquants)$|^(?:l'année|une année|le mandat|le semestre) (?:en (?:revue|actions?|bref|images|actes"
            r"|dix|quelques)|bien|écoulée?)|^le film de\b"
            r"|^de la parole aux actes|^des actes\b|^parole tenue|^(?:promis|dit), |\bchemin parcouru|^(?:à|dans) (?:notre"
            r"|son) actif|\b(?:an|année|hiver|été|semestre|mois) "
            r"(?:dernier|dernière|passée?|écoulée?)$|^à mi-mandat|^depuis (?!toujours)|^tenue?s?\b|\b(?:a|ont) vu le"
            r" jour\b|\bnées? cette année|^sorti de terre|^passé (?:dans les faits|à l'acte)|^(?:c'est|devenu|déjà) une?"
            r" ?réalité"
            r"|^(?:ça y est|voilà)$|^vu(?:es)? et fait|^état d(?:'exécution|e la mise en œuvre|'avancement)|^(?:exercice"
            r"|activité|exécution) (?:écoulée?|de l|du|20\d\d)"
        ),
        0.9,
    ),
    # "Où en est-on ?", "Point d'étape", "Bilan à mi-parcours"
    # "Livré en 2022", "Terminé"
    ("done word", REALISED, lazy(rf"^(?:enfin )?{_DONE}(?:$| en | au | à ce jour| depuis )"), 0.92),
    (
        "review",
        REALISED,
        lazy(
            r"^où en (?:est|sont|sommes)\b|^points? (?:d'étape|d'avancement|de situation)|^(?:l')?(?:état "
            r"d')?avancement\b|^état de réalisation|^suivi de (?:la )?réalisation|^ce dont nous sommes|^le point sur\b"
            r"|^points forts|^(?:le |notre |quel |un )?bilan(?:$| (?!carbone|social|financier|sanitaire|hydrique"
            r"|comptable|énergétique|thermique|patrimonial|foncier)[\w-]+$| (?:de l'action|des actions|des réalisations"
            r"|de l'année|du (?:mandat|plan|programme|schéma|projet)|de la (?:période|mise en)|à |au |et résultats"
            r"|d'étape|d'activité|quantitatif|qualitatif|chiffré|20\d\d))"
        ),
        0.93,
    ),
    (
        "review",
        REALISED,
        lazy(
            r"^(?:les |nos |quels |principaux |premiers |les premiers )*résultats?\b|^(?:les |nos |principales "
            r"|grandes )*"
            r"avancées?\b|^(?:les )?progrès (?:accomplis|enregistrés|réalisés)|^(?:les )?faits (?:marquants"
            r"|saillants|notables)|^(?:les "
            r")?temps forts|^retour sur (?:l'année|l'exercice|les actions|les réalisations|le mandat|le bilan|20\d\d)"
            r"|^(?:éléments|synthèse|chiffres) (?:de |du )bilan|^(?:nos |les |des )?progrès\b|^synthèse des (?:actions"
            r"|réalisations)|^compte rendu d'(?:exécution|activité)|^récapitulatif des (?:actions|réalisations)"
            r"|^rétrospective|^le chemin parcouru|^le travail accompli|^(?:nos |les )?(?:réussites|acquis|succès)\b|"
            r"\bde "
            r"l'année écoulée$|^au 3[01] (?:décembre|juin)|^situation (?:à|au)\b"
        ),
        0.92,
    ),
    # "Sommaire", "Éléments de contexte", "Budget prévisionnel"
    (
        "known heading",
        NONE,
        lazy(
            r"^(?:le |la |les |l'|quelques |éléments de |données |rappel du )?(?:sommaire|préface|postface|prologue"
            r"|propos|résumé|abréviations|sigles|index|table des|introduction|préambule|édito(?:rial)?|avant-propos"
            r"|contexte|constats?|diagnostic|état des lieux|méthod(?:e|ologie)|pilot(?:e|es|age)|partenaires?|budget"
            r"|moyens|financements?|coûts?|publics?|bénéficiaires|indicateurs?|chiffres(?: clés)?|repères|glossaire"
            r"|annexes?|lexique|bibliographie|contacts?|remerciements|crédits?|conclusion|gouvernance|évaluation"
            r"|calendrier|références|table des matières|notes?|cadre (?:légal|réglementaire|juridique)|présentation"
            r"|territoires?|définitions?|sources?|liste|carte|tableau|figure|article|périmètre|cibles?|maîtr(?:e|ise) "
            r"d'ouvrage|personnes ressources|données|mentions légales|situation géographique|tarifs?|équipes?"
            r"|responsables?|porteurs?|délais?|échéancier|modalités|composition|fonctionnement|statuts|adresses?"
            r"|horaires|inscriptions?|délibération|séance|page|photographies?|direction|service|pôle|conseil|mot (?:du"
            r"|de)|rapport)\b"
        ),
        0.93,
    ),
    (
        "known heading",
        NONE,
        lazy(
            r"^(?:comment|pourquoi|pour qui|avec qui|qui|où|quand|combien|qu'est-ce qu)\b(?!.*\b(?:fait|changé|sommes"
            r"|est-on|suite|après|reste)\b)"
            r"|^(?:organigramme|légende|merci|bienvenue|à propos|visas?|considérants?|dispositif|votes?|votants|excusés"
            r"|présents|absents|quorum|exposé|objet|origine|durée|dates?$"
            r"|localisation|secteur|outils?|livrables?|freins?|difficultés?|obstacles|limites|leviers$|(?:les )?enjeux$"
            r"|risques?|points? de vigilance|besoins?|dette|fiscalité"
            r"|dotations?|effectifs?|recettes?|dépenses?|subventions?|compte administratif|compte de gestion|section d"
            r"|graphique|photos?|crédit photo|citation|proverbe|quiz|jeux?$"
            r"|mots croisés|infos?|informations?|numéros?|urgences|faq|foire aux questions|questions|vos questions|liens?"
            r"|télécharg\w+|clés? de lecture|guide de lecture|fiche d'identité"
            r"|cadre|dépôt légal|conception|rédaction|impression|imprim\w+|réalisation graphique|directeur|directrice"
            r"|tribunes?|expression|droit de réponse|groupe|opposition|majorité"
            r"|adopté à|résultats? du vote|suivez|retrouvez|abonnez|partagez|contactez|écrivez|scannez|rejoignez|consultez"
            r"|nous (?:contacter|rejoindre|écrire|suivre|trouver)|restons"
            r"|ils nous soutiennent|ont (?:participé|contribué|collaboré)|avec la participation|avec le (?:soutien"
            r"|concours)|en partenariat|chef de file|élue? en charge|acteurs|usagers?|fréquence|livret|mandats?$"
            r"|signataires?|chronologie"
            r"|historique|observations?|commentaires?|remarques?|divers|ordre du jour|pièces jointes|pouvoirs|secrétaire)\b"
            r"|^(?:nos|notre|vos|votre|leurs?) (?:valeurs|métiers?|méthode|équipes?|territoire|partenaires?|services?"
            r"|élus?|mairie|agglo|ville|villages?|paysages|écoles|littoral|quartiers?"
            r"|commune|région|département|contacts?|interlocuteurs?|adresses?|organisation|histoire$|identité|vision"
            r"|philosophie|administration|agents|moyens|ressources|finances|budget)\b"
            r"|^à (?:qui|quoi) s'|^le saviez-vous|^maîtrise d'œuvre|^(?:l')?action (?:sociale|culturelle|publique|foncière"
            r"|éducative"
            r"|internationale)|^pour en savoir plus|^mode d'emploi|\br[ée]férente?s?$|^qui (?:sommes|êtes|fait"
            r"|pilote)"
            r"|(?:\bconcerné|\bassocié|\bvisé|\bimpliqué|\bmobilisé|\bcompétent|\bsignataire)e?s?$|\bde référence$|"
            r"\ben "
            r"chiffres$"
        ),
        0.88,
    ),
)

# "II. ", "B – ", "3) ": the mark of an outline; "2.1" is left open, a level here and a commitment there
_OUTLINE = lazy(r"^(?:[ivx]{1,4}|[a-h]|0?\d)(?: ?[.)|:] ?| [-–—] )(?=[^\W\d]{2})")
# what may stand before a label and is not of it: marks, numbering, dashes
_LEADING = lazy(r"^[^\w]+")
_CHECKED = lazy(r"^[\s]*[✓✔✅☑🗸]")
_YEAR = lazy(r"\b20\d\d\b")
# "Plan vélo – Bilan 2024", a document's running title
_TITLED = lazy(r"^\S+\s+\S.*?\s[–—|-]\s(?:bilan|rapport|point d'étape|compte[- ]rendu|revue annuelle)\b")
# "Actions 2023", "En 2025", "L'année 2024": no more than a year
_DATED = lazy(
    r"(?:(?:en|pour|année|l'année|l'an|actions?|les|nos|de|du|mesures?|travaux|exercice|saison|période|depuis|entre|et|à"
    r"|au|dès|20\d\d|programme|[-–/:,. ])+ ?)+"
)
_WORD = lazy(r"[^\W\d_]{3,}")
# words that make a heading more than the name of a subject: there the rules leave the answer to the model
_SPEAKING = lazy(
    r"[?!]|\d|\b(?:nous|nos|notre|vos|votre|ils?|elles?|je|on|ce|ceux|qu[ei]|quoi|dont|déjà|ici|an|année|ans|mois"
    r"|jour|après|avant|depuis|encore|plus|loin|cours|fait|faire|reste|action"
    r"|actions|engagements?|projets?|objectifs?|mesures?|étapes?|avenir|demain|suites?|bilan|réalis\w+|résultats?"
    r"|avancées?|histoire|exemple|zoom|focus|cap|horizon|futur\w*"
    r"|travaux|chantiers?|missions?|promesses?|paroles?|défis?|pari|priorités?|ambitions?|orientations?|axes?"
    r"|enjeux?|prévu\w*|programmes?|pistes?|points?|est|ont|sont|sera|va"
    r"|suivi|actes?|réponses?|intentions?|propositions?|évolutions?|nouveautés?|succès|réussites?|progrès|temps"
    r"|chemin|parcours|regards?|témoin|coup|scène|lumière|vedette|volonté"
    r"|(?:accompli|réussi|fini|abouti|rempli|bâti|franchi|pris|mis|conquis|promis|rendu|tenu|reçu|obtenu|vécu|vu"
    r"|connu|écrit|ouvert|offert|atteint|conduit|construit|produit)e?s?)\b"
    r"|(?<!it)(?<!et)(?<!sant)(?<!libert)(?<!beaut)(?:é|és|ée|ées)\b"
)
# "le patrimoine bâti", "l'emploi partagé": participles that have become adjectives of a subject
_ADJECTIVE = lazy(
    r" (?:bâti|partagé|adapté|associé|aidé|protégé|isolé|privé|intégré|mutualisé|ouvert|construit|spécialisé"
    r"|qualifié|raisonné|maîtrisé|déconcentré|âgé|handicapé|réfugié|connecté|apaisé|équilibré|diversifié)e?s?\b"
)
# subjects of local policy: what a heading of one word may be about
_SUBJECT = lazy(
    r"\b(?:accès|accessibilité|achats?|administration|agriculture|aides?|aînés|air|alimentation|aménagement"
    r"|animation|apprentissage|arbres?|archives|associatif|artisanat|arts?|assainissement"
    r"|associations?|attractivité|autonomie|biodiversité|bocage|bois|bruit|cadre de vie|cantines?|citoyenneté|climat"
    r"|collèges?|commerces?|communication|coopération|culture|cyclisme"
    r"|déchets|déplacements|démocratie|développement|diversité|domanialité|droits?|eau|échanges|écoles?|économie"
    r"|éducation|égalité|emploi|énergies?|enfance|enfants|enseignement|entretien"
    r"|environnement|équipements?|espaces|europe|famille|familles|finances|foncier|forêts?|formation|gens du voyage"
    r"|habitat|handicap|hébergement|hygiène|immobilier|inclusion|industrie"
    r"|informatique|insertion|international|jardins?|jeunes|jeunesse|justice|laïcité|lecture|littoral|logements?"
    r"|loisirs|lycées?|maisons?|médiathèques?|mémoire|mobilités?|montagne|musées?"
    r"|musique|nature|numérique|nuit|parentalité|parcs?|patrimoine|paysages?|pêche|personnel|petite enfance|police"
    r"|ports?|précarité|prévention|propreté|proximité|publics|qualité|quartiers"
    r"|randonnée|recherche|relations|restauration|risques|rivières|routes?|ruralité|rues?|santé|sécurité|seniors"
    r"|services?|social|solidarités?|sols?|sports?|sûreté|technologies|tiers-lieux"
    r"|tourisme|transition|transports?|travail|urbanisme|vélo|vie|victimes|vieillissement|intergénérationnel"
    r"|générations|usagers|habitants|femmes|hommes|écoliers|collégiens|locataires|accueil|lien social|bien-être"
    r"|bâtiments|patrimoines?|fêtes?|festivals?|théâtre|cinéma|danse|livre|langues?|monuments?|fleurissement|agents"
    r"|marchés?|foires?|cimetières?|crèches?|personnes|publique|publics?|rural|urbain|urbaine|maritime|éclairage"
    r"|stationnement|circulation|rénovation|alimentaire|carbone|chaleur|sobriété|réemploi|recyclage|inondations?"
    r"|incendies?|secours|pompiers|apprentis|étudiants?|étudiante|ville|voirie|zones?)\b"
)

# "Tarification", "Ingénierie territoriale", "Cofinanceurs": by their endings nouns of administration, not those of progress
_PLAIN_NOUN = lazy(
    r"(?!(?:programm|project|planific|concrétis|exécut|illustr|anticip|prépar|continu|générali|finalis|avanc|engag|achèv"
    r"|abouti|accompli|lanc"
    r"|prolong|développ|déploi|poursui|ouvert|perspec|échéanc|prospect|traject|amélior|recommand|précon|prévi|immers"
    r"|report|témoign|éclair"
    r"|décrypt|rencontr|portrait|aventur|réussit|livr|inaugur|mise|concréti|gesta|réflex|livraison|nouv|intent|ambit"
    r"|interv|conclus|opérat"
    r"|illustrat|initiat|innov|success|parenth|anecdot)\w*)"
    r"\w*(?:tions?|ments?|eries?|eurs?|trices?|ismes?|ités?|ances?|ences?|ages?|ures?|iques?|graphies?|logies?|aires?"
    r"|iers?|ances?|sions?)"
    r"(?: \w+(?:els?|elles?|aux|ales?|al|iques?|aires?|ives?|ifs?|eurs?|euses?|eux|iers?|ières?|ains?|aines?|iens?|iennes?"
    r"|és?|ées?|ents?|entes?|ables?"
    r"|ibles?)){0,2}"
)
# "Vivre ensemble", "Mieux manger à la cantine": a heading in the infinitive
_INFINITIVE = lazy(
    r"(?:mieux |bien |se |s')?(?!(?:premier|dernier|atelier|chantier|dossier|cahier|avenir|foyer"
    r"|loisir)\b)(?:\w{3,}er|\w{2,}ir|\w*(?:prendre|mettre|faire|vivre|duire|truire))\b"
)


def _names_subject(label: str) -> bool:
    """True for what looks like a subject: a noun with its article, nouns joined by "et" or "de", an infinitive."""
    words = label.split()
    if len(words) > 1 and _INFINITIVE.match(label):
        return True
    article = re.match(r"(?:les? |la |l'|une? |des )", label) is not None
    return (article or len(words) > 2) and bool(
        re.search(r"\b(?:de|du|des|d'|et|en|au|aux|à|entre|pour|par|sur|dans|avec|sans|chez)\b", label)
        or (article and len(words) <= 4)
    )


@dataclass(frozen=True, slots=True)
class RuleRole:
    """What the rules make of a label: the role or None, how sure (0..1), and the rule's name.

    `weak` is True where the rule is only a guess by default, which the model may overrule.
    """

    role: str | None
    score: float
    rule: str
    weak: bool = False


def clean_label(text: str) -> str:
    """The label in lower case, NFC, on one line, without leading marks and closing colon."""
    text = unicodedata.normalize("NFC", text).lower()
    for mark in ("\u2019", "\u02bc"):
        text = text.replace(mark, "'")
    text = _LEADING.sub("", " ".join(text.split()))
    text = re.sub(r"[^\w?!.)»\"]+$", "", text)
    return re.sub(r"\s*[:.…]+$", "", text).strip()


def rule_role(text: str) -> RuleRole:
    """The role of a label as the rules see it; None where they know no phrase of it."""
    label = clean_label(text)
    if not _WORD.search(label):
        return RuleRole(None, 0.0, "year alone" if _YEAR.search(label) else "empty")
    bare = label.rstrip(" !?")
    outlined = _OUTLINE.match(bare)
    for rule, role, pattern, score in _RULES:
        if pattern.search(bare[outlined.end() :] if outlined else bare):
            return RuleRole(role, score, rule)
    if outlined:
        return RuleRole(LEVEL, 0.86, "outline mark")
    if _CHECKED.match(text):
        return RuleRole(REALISED, 0.9, "check mark")
    if _TITLED.match(bare):
        return RuleRole(NONE, 0.9, "title of a review")
    if len(label.split()) > LONGEST:
        return RuleRole(NONE, 0.9, "too long for a label")
    if _YEAR.search(label):
        return RuleRole(None, 0.0, "year alone" if _DATED.fullmatch(bare) else "year and words")
    if not _SPEAKING.search(_ADJECTIVE.sub("", label)) and _SUBJECT.search(label):
        return RuleRole(NONE, 0.88, "subject of policy")
    if not _SPEAKING.search(label) and _names_subject(label):
        return RuleRole(NONE, 0.86, "name of a subject", weak=True)
    if not _SPEAKING.search(label) and _PLAIN_NOUN.fullmatch(label):
        return RuleRole(NONE, 0.8, "plain noun", weak=True)
    return RuleRole(None, 0.0, "no phrase")


def label_years(text: str) -> list[int]:
    """The years that a label names ("En 2025", "Actions 2023-2024")."""
    return [int(year) for year in _YEAR.findall(clean_label(text))]
