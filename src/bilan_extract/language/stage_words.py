"""Verbs that the rules of stages know: what an authority does, what brings something about, what only describes.

Stems are those of the present ("accompagn" + e, ent, ons); participles are masculine singular.
"""

from __future__ import annotations

# first group: what an authority, its agents and its partners do
DOING = """
abond absorb accentu accompagn accord accélèr achemin achèt actionn actualis adapt adhèr administr aid aiguill ajout alert
aliment allou allèg amorc amplifi amélior aménag analys anim anticip apais appliqu apport approfondi approvisionn apprécie
appui arbitr arpent arrêt articul associ assur attribu balay bascul boucl bâch bénéfici capitalis cartographi centralis chang
chemin cherch circul clarifi clôtur cofinanc collabor collect combin communiqu compens concili concrétis condui confi confort
connect consacr conseill conserv consign consolid consult contact contribu contrôl convi coopèr coordonn copilot corrig crois
cré cultiv demand desserr diagnostiqu dialogu diffus digitalis discut dispens dissuad distribu diversifi divis document donn
dop débat débloqu décern dédi défi défrich dégag délivr démarch dématérialis démont dépann dépist déplac déploi dépollu dépos
désherb détach détermin développ dévoil effac effectu embauch emmèn emploi emprunt encadr encaiss encourag endigu engag enlèv
enregistr enseign entraîn entrepos envoi essaim examin exerc expliqu exploit explor expos expériment fabriqu facilit factur
familiaris fauch favoris façonn fiabilis fidélis finalis financ fleuri fluidifi fonctionn forg form formalis formul fusionn
fédèr gagn gard gomm gouvern greff guid gèr harmonis hiss hiérarchis homogénéis héberg identifi illumin imagin immerg implant
implément imprim impuls inaugur incit indemnis individualis inform informatis initi innov inspect inspir install instaur insèr
intensifi interrog intègr invent invit irrigu lanc livr lou lutt légu majoris manifest margin matérialis maîtris milit minimis
mobilis modernis modifi modul moralis multipli municipalis mutualis ménag nettoi notifi nourr numéris négoci oblig observ
offici optimis orchestr ordonn organis orient outill pallie parrain parsèm partag particip patrouill peaufin perfectionn pilot
plaid planifi plant pouss prioris privilégi prodigu profit prohib prolong propos prospect protèg provoqu préfigur prélèv
prépar préserv prêt publi puris pérennis qualifi quantifi questionn raccommod raccompagn raccord racont rajeuni ralli ramass
ramèn ranim rapatri rappel rapproch rassur rationalis ravitaill rebois recal recens recherch reconfigur reconstitu recrut
rectifi recycl redistribu redonn redress redynamis redéploi rejou relai relanc reli remani remerci remobilis remplac remédi
renatur rencontr renforc renou renouvel renouvell renseign rentabilis repens replant repèr repér requalifi restaur restructur
retap retrouv revalid revaloris revisit revitalis revégétalis réactiv réalis réaménag réclam récolt récompens récupèr rédig
régul régularis régénèr réhabilit réintègr réinvent rémunèr rénov réorganis réorient répar répart répertori rétabl réutilis
révis sanctuaris scann scolaris scrut sensibilis sillonn simplifi soign sollicit sond soulag soulign spécialis stabilis
standardis stimul stock structur subventionn suggèr supervis supprim surveill suscit synchronis systématis sécuris sélectionn
séquenc test tiss trait transform transfèr transport travaill travers tri tutor unifi urbanis utilis vaccin valid valoris
veill ventil verrouill vers viabilis visit voyag vulgaris végétalis vérifi échang éclair écout édifi édit éduqu élabor élagu
élimin émancip épaul épong épur érig étoff étudi évalu évit
"""

# plural presents in "-ent" that describe what is there instead of what is done
STATES = (
    r"(?:concern|appartienn|représent|compt|comport|comprenn|constitu|dépend|provienn|rest|demeur|sembl|paraiss|exist|manqu"
    r"|suffis|viv|habit|résid|permett|figur|relèv|devienn|équival|correspond|contienn|détienn|possèd|mesur|pès|dur|dat|remont"
    r"|repos|s'élèv|s'inscriv|s'adress|se situ|se trouv|se compos|se déclin|vis|port|couvr|regroup|rassembl|totalis|impos"
    r"|nécessit"
    r"|exig|signifi|montr|témoign|révèl|indiqu|souffr|subiss|vieilliss|connaiss|considèr|pens|estim|craign|impliqu|découl"
    r"|résult"
    r"|touch|affect|menac|abrit|occup|dispos|s'étend|s'articul|offr|oscill|vari|culmin|avoisin|dépass|excèd|égal|concentr"
    r"|cumul|vienn|part|jouiss|pâtiss|accus|enregistr|hébèrg|désign|partag|poss|coût|ressembl|veul|peuv|doiv"
    r"|sav|souhait|espèr|envisag|projett|ambitionn|entend|prévoi|prévoy|compt|f|v|s|aur|voul|promett|craign|attend|s'apprêt"
    r"|se prépar|cherch|aspir|tienn|faut|vaill|plais|incomb|vaud)ent"
)
# words in "-ent" that are no verbs
NOT_VERBS = (
    r"(?:\w*ment|présent|représent|récent|patient|impatient|permanent|agent|content|client|parent|grand-parent|talent"
    r"|argent|urgent"
    r"|fréquent|accident|incident|président|résident|équivalent|pertinent|excellent|différent|adhérent|absent|couvent|vent"
    r"|auvent"
    r"|paravent|souvent|cent|lent|dent|trident|occident|orient|continent|évident|cohérent|incohérent|inhérent|compétent"
    r"|efficient"
    r"|quotient|coefficient|ingrédient|contingent|intelligent|négligent|diligent|indigent|émergent|convergent|divergent"
    r"|détergent"
    r"|régent|sergent|précédent|antécédent|prudent|imprudent|violent|innocent|adolescent|décent|docent|effluent|affluent"
    r"|confluent"
    r"|influent|transparent|apparent|référent|concurrent|torrent|récurrent|conscient|inconscient|escient|déficient|succulent"
    r"|turbulent|opulent|virulent|somnolent|polyvalent|ambivalent|prévalent|éminent|imminent|abstinent|contenant|entregent"
    r"|tangent"
    r"|exigent|strident|dissident|confident|ardent|excédent|décadent|jacent|sous-jacent|adjacent|réticent|latent|pénitent"
    r"|intermittent"
    r"|consent|pressent|ressent|latent|omniprésent|convalescent|phosphorescent|évanescent|indécent|insolent|équipollent"
    r"|bivalent"
    r"|relent|dolent|engoulevent|contrevent|event|brevent|argument|élément)"
)
# what brings something about once: where it "is done", it has been done
BRINGS_ABOUT = (
    r"(?:rendu|ramené|porté à|abaissé|doublé|triplé|remplacé|supprimé|transformé|converti|reconverti|réparé|restauré"
    r"|repeint|replanté"
    r"|dépollué|démoli|évacué|libéré|cédé|vendu|acheté|racheté|transféré|fusionné|relié|électrifié|sécurisé|reconstruit"
    r"|agrandi|élargi"
    r"|dématérialisé|numérisé|informatisé|généralisé|actualisé|révisé|refondu|refait|attribué|nommé|élu|désigné|labellisé"
    r"|certifié"
    r"|résorbé|comblé|tranché|ratifié|scellé|entériné|acté|promulgué|enterré|débloqué|réglé|résolu|levé|franchi|obtenu"
    r"|décroché|consommé"
    r"|ouvert|piétonnisé|végétalisé|désimperméabilisé|modernisé|réaménagé|réhabilité|requalifié|rétabli|stabilisé|unifié"
    r"|harmonisé"
    r"|mutualisé|regroupé|uniformisé|simplifié|aboli|gratuit|connecté|éclairé|climatisé|chauffé|bâti|construit|édifié"
    r"|érigé|posé"
    r"|sorti de terre|sur pied|tenu|honoré|arrivé|parvenu|debout)"
)
