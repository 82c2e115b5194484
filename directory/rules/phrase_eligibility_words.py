"""Sentences of eligibility in English and French, as whole patterns, and what each states.

A statement is "dimension:term", with "-" before it for a stated no; terms are those of `eligibility_terms`. A pattern
fits a whole part of a sentence or nothing: "free" says that a service is free, "free"
" parking" says nothing here.
"""

import re

# Things that may be asked for: what asking for them denies, or grants where they are not needed.
THINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"(?:photo |government[- ]issued |valid )*(?:id|i\.d\.|identification|identity (?:documents?|papers))"
        r"|(?:pieces?|cartes?|papiers) d'identite(?: avec photo| valides?)?",
        ("accept:no_id",),
    ),
    (
        r"(?:valid |ontario )?(?:health card|ohip card|ohip|health insurance card)(?: \(ohip\))?"
        r"|carte (?:d'assurance[- ]maladie|de sante|sante|soleil|ramq)",
        ("accept:no_health_card",),
    ),
    (r"police reports?|rapports? de police|plainte a la police", ("accept:no_police_report",)),
    (
        r"(?:professional |doctor's |doctor |physician |medical |agency )?referrals?"
        r"(?: (?:from|by) (?:an?|your) (?:doctor|physician|agency|professional|worker))?"
        r"|references?(?: (?:medicale|professionnelle|d'un medecin|d'un professionnel))?",
        ("accept:self_referral",),
    ),
    (r"appointments?|rendez-vous", ("intake:walk_in",)),
    (r"documents?|documentation", ("accept:no_id", "accept:no_health_card")),
)
UNTOLD_PAPERS = re.compile(r"\bdocument(?:s|ation)?$")
"""Papers that are not named: asking for none asks for no identity either, asking for some says nothing."""
NO_APPOINTMENTS = ("no appointments", "pas de rendez-vous", "aucun rendez-vous", "aucuns rendez-vous")
ARTICLE = r"(?:an? |your |valid |une? |la |le |de |d'|votre |de la )?"
THING = ARTICLE + "(?:" + "|".join(pattern for pattern, _ in THINGS) + ")"
_NEITHER = rf"(?P<things>{THING}(?:(?:, {THING})*,? (?:or|nor|ni|ou)(?: de)? {THING})?)"
_BOTH = rf"(?P<things>{THING}(?:, {THING})*(?:,? (?:and|et) {THING})?)"
_NEEDED = r"(?:needed|required|necessary|mandatory)"
_REQUIS = r"(?:requis(?:e|es)?|exigee?s?|necessaires?|obligatoires?)"

NOT_NEEDED = (
    rf"no {_NEITHER} (?:is |are )?{_NEEDED}",
    rf"{_NEITHER} (?:(?:is |are )?not|isn't|aren't) {_NEEDED}",
    rf"(?:you (?:do not|don't) need|no need for) {_NEITHER}",
    rf"aucun(?:e|s|es)? {_NEITHER} (?:n'est )?(?:{_REQUIS}|demandee?s?)",
    rf"{_NEITHER} (?:non|pas|n'est pas|ne sont pas) {_REQUIS}",
    rf"pas besoin (?:de |d'){_NEITHER}",
    rf"(?:documents? required|documents? requis|referral|reference) ?: ?(?:none(?: required| needed)?"
    rf"|not {_NEEDED}|aucune?)",
    rf"{_NEITHER} (?:{_NEEDED}|{_REQUIS}) ?: ?(?:no|non)",
)
NOT_NEEDED_BARE = (rf"(?:no|without) {_NEITHER}", rf"(?:sans|pas de|aucun(?:e|s|es)?) {_NEITHER}")
NEEDED = (
    rf"{_BOTH} (?:is |are )?(?:{_NEEDED}|must be (?:shown|provided))",
    rf"(?:you |clients )?must (?:have|show|bring|provide|present) {_BOTH}",
    rf"{_BOTH} (?:est |sont )?{_REQUIS}",
    rf"(?:vous devez|il faut) (?:avoir|presenter|fournir|apporter) {_BOTH}",
    rf"documents? (?:required|requis) ?: ?{_BOTH}",
    rf"{_BOTH} (?:{_NEEDED}|{_REQUIS}) ?: ?(?:yes|oui)",
)

# "Residents only" may be those of a house, whose meals these are.
_NO_TOWN = (
    r"(?:our|this|these|those|an?|any|all|the (?!(?:city|town|county|township|municipality|region|district"
    r"|province) of )|la (?!ville de )|le |les |nos|notre|ce|cette)\b"
    r"|\w*(?:hous|home|shelter|cent(?:re|er)|program|building|facilit"
    r"|residence|care\b|unit|apartment|complex|floor|lodge|hotel|hospital|site|women|maison|refuge|logement|immeuble"
    r"|etablissement|hebergement|programme|foyer)"
)
_TOWN = rf"(?:(?!{_NO_TOWN})[a-z][a-z'.-]*(?: |(?= only| seul| uniq|$))){{1,5}}(?<! )"

FIXED: tuple[tuple[str, str], ...] = (
    (
        r"(?:services? (?:is|are|est|sont) )?(?:always |entirely |completely )?free(?: of charge|"
        r" services?)?|no (?:cost|fees?|charge)"
        r"|at no (?:cost|charge)|(?:services? )?gratuite?s?|sans frais|aucuns? frais|c'est gratuit|les"
        r" services sont gratuits"
        r"|(?:fees?|costs?|price|frais|couts?|tarifs?) ?: ?(?:free|none|no (?:cost|fees?|charge)|gratuit"
        r"|aucuns?)",
        "accept:free",
    ),
    (
        r"sliding(?: fee)? scale(?: fees?)?|(?:user )?fees? appl(?:y|ies)|there is a fee|fee for service"
        r"|not free"
        r"|echelle (?:mobile|variable)(?: de tarifs| de frais)?|frais (?:exigibles|applicables)|des"
        r" frais s'appliquent|pas gratuit"
        r"|services? payants?|non gratuit|echelle de tarifs mobile",
        "-accept:free",
    ),
    (
        r"(?:fully )?wheelchair[- ]accessible|(?:wheelchair access|acces en fauteuil)(?: available|"
        r" disponible)?"
        r"|accessible (?:by|to|for) wheelchairs?|accessible (?:en|aux) fauteuils? roulants?"
        r"|wheelchair accessible ?: ?yes|accessible en fauteuil roulant ?: ?oui",
        "access:wheelchair",
    ),
    (
        r"(?:is |are )?not wheelchair[- ]accessible|no wheelchair access|not accessible (?:by|to|for)"
        r" wheelchairs?"
        r"|(?:non|pas|n'est pas) accessible (?:en|aux) fauteuils? roulants?|aucun acces en fauteuil(?:"
        r" roulant)?"
        r"|wheelchair accessible ?: ?no|accessible en fauteuil roulant ?: ?non",
        "-access:wheelchair",
    ),
    (
        r"(?:by )?(?:agency |professional |doctor |physician )?referral only|referrals only|(?:sur|par)"
        r" reference (?:seulement|uniquement)"
        r"|no self-?referrals?",
        "-accept:self_referral",
    ),
    (
        r"self-?referral(?:s)?(?: (?:or|and) (?:by )?(?:an )?(?:agency|professional|agency referral"
        r"|worker))?|you can refer yourself"
        r"|self-refer(?:red)?|auto-?reference|sans reference",
        "accept:self_referral",
    ),
    (
        r"no appointment|walk-?ins? (?:only|anytime)|sans rendez-vous(?: seulement)?|drop[- ]ins? welcome",
        "intake:walk_in",
    ),
    (r"by appointment only|appointments? only|sur rendez-vous (?:seulement|uniquement)", "-intake:walk_in"),
    (
        r"call (?:us )?to self-?refer|you can call (?:us )?yourself|self-?referral by (?:phone|telephone)"
        r"|vous pouvez appeler vous-meme",
        "accept:self_referral intake:self_call",
    ),
    (
        r"(?:we can|we will) pick you up|pick-?up (?:is )?available|(?:nous pouvons|on peut) (?:venir"
        r" )?vous (?:chercher|prendre)",
        "intake:pickup",
    ),
    (
        r"(?:live|online|web|text) ?chat(?: (?:is )?available)?|chat (?:with us |available )?online"
        r"|(?:clavardage|chat)(?: (?:est )?(?:offert|disponible))?(?: en ligne| en direct)(?: (?:offert|disponible))?"
        r"|clavardage(?: (?:est )?(?:offert|disponible))?",
        "way:chat",
    ),
    (r"no (?:live|online|web|text) ?chat|pas de clavardage", "-way:chat"),
    (
        r"(?:clients )?must be (?:clean and )?sober|(?:sobriety|abstinence) (?:is )?(?:required"
        r"|mandatory)|dry (?:shelter|house)"
        r"|must not be under the influence(?: of (?:drugs|alcohol|drugs or alcohol|alcohol or drugs))?"
        r"|(?:sobriete|abstinence) (?:exigee|requise|obligatoire)|(?:il faut|doit|doivent|vous devez)"
        r" etre sobres?",
        "-accept:substance_use",
    ),
    (
        r"(?:sobriety|abstinence) (?:is )?not required|(?:do not|don't|need not) (?:need to |have to"
        r" )?be sober|no sobriety requirement"
        r"|(?:sobriete|abstinence) non (?:exigee|requise|obligatoire)|aucune exigence de sobriete",
        "accept:substance_use",
    ),
    (r"(?:there is )?no curfew|(?:aucun|pas de|sans) couvre-feu", "accept:no_curfew"),
    (
        r"curfew (?:applies|is in effect|in effect|at \d{1,2}(?::\d\d)?(?: ?[ap]\.?m)?)|there is a curfew"
        r"|couvre-feu (?:en vigueur|a \d{1,2} ?h(?: ?\d\d)?)",
        "-accept:no_curfew",
    ),
    (
        r"(?:you )?(?:can )?keep your (?:cell ?)?phone|vous (?:pouvez garder|gardez) votre (?:telephone"
        r"|cellulaire)",
        "accept:keep_phone",
    ),
    (
        r"(?:cell ?)?phones? must be (?:handed in|given up|turned in)|(?:telephones?|cellulaires?)"
        r" (?:remis|confisques) a l'arrivee",
        "-accept:keep_phone",
    ),
    (
        r"must (?:attend|take part in) (?:chapel|church|prayer|religious services?)|participation a la"
        r" priere obligatoire",
        "-accept:no_religion",
    ),
    (
        r"no religious (?:requirements?|duties|obligations?)|(?:aucune|sans) obligation religieuse",
        "accept:no_religion",
    ),
    (
        r"must have (?:left|exited) (?:sex work|the sex trade|prostitution)|must (?:leave|exit) (?:sex"
        r" work|the sex trade)"
        r"|doit avoir quitte (?:le travail du sexe|la prostitution)",
        "-accept:sex_work",
    ),
    (
        r"(?:we )?(?:do not|don't|never) ask (?:about |for )?(?:your )?immigration status|immigration"
        r" status (?:is )?not asked"
        r"|(?:nous ne demandons|on ne demande) pas (?:le|votre) statut(?: d'immigration)?",
        "accept:asks_no_status",
    ),
    (
        r"(?:we )?(?:do not|don't|never) (?:share|give) (?:your )?(?:information|anything) (?:with|to)"
        r" (?:the )?police or immigration"
        r"|aucune information (?:n'est )?transmise a la police ni a l'immigration",
        "accept:no_enforcement_sharing",
    ),
    (
        r"no need to (?:identify|self-identify) as a (?:victim|survivor)|(?:sans avoir a|pas besoin de)"
        r" (?:s'identifier|vous identifier) comme (?:victime|survivante)",
        "accept:no_self_identification",
    ),
    (
        r"(?:local|area) residents only|must (?:live|reside) in (?:the )?(?:area|catchment|catchment"
        r" area)|residents? du territoire seulement"
        rf"|(?:for |only )?residents of {_TOWN} only|only (?:for )?residents of {_TOWN}"
        rf"|residents? (?:de|du|des|d') ?{_TOWN} (?:seulement|uniquement)",
        "-accept:out_of_area",
    ),
    (
        r"(?:trans|transgender)[- ]inclusive|trans[- ]friendly|inclusif pour les personnes trans",
        "accept:trans_welcome",
    ),
    (
        r"asl (?:interpretation|interpreters?) available|interpret(?:ation|ete) (?:en )?(?:lsq|asl)"
        r" disponible",
        "access:deaf",
    ),
    (
        r"no pets,? (?:except|other than) service animals?|pas d'animaux,? sauf (?:les )?(?:animaux"
        r"|chiens) d'assistance",
        "-with:pet access:service_animal",
    ),
    (
        r"anyone|everyone(?: welcome)?|open to (?:all|everyone|anyone|the public)|all welcome|anyone in need"
        r"|ouvert a toute?s?|tout le monde(?: est bienvenu)?|exclusions? ?: ?(?:none(?: stated)?"
        r"|aucune?)|none|confidential|confidentiel",
        "",
    ),
)
"""Whole statements, in any order: the first that fits counts. Without statement: understood, and says"
" nothing here."""

LABEL = re.compile(
    r"(?:inclusions?|eligib(?:ility|le)|who can use (?:it|this)|admissibilite|clientele|cost|couts?"
    r"|accessibility|accessibilite"
    r"|intake|admission|conditions?) ?: ?"
)
EXCLUSION = re.compile(r"exclusions? ?: ?")
EXCLUSIONS = re.compile(r"exclusions? ?:[^.!?\n;|:]*(?:[;|](?![^.!?\n;|]*:)[^.!?\n;|]*)+")
"""A list of those who are left out: its second part has the label no more."""

TOPICS: tuple[tuple[str, str], ...] = (
    ("accept:no_id", r"\bids?\b|identi|document"),
    ("accept:no_health_card", r"health card|ohip|sante|assurance|document"),
    ("accept:no_police_report", r"police"),
    (
        "accept:self_referral",
        r"refer|recommand|medecin|doctor|\bworkers?\b|intervenant|travailleu|agenc|organisme|hospital|hopital|through",
    ),
    (
        "accept:substance_use",
        r"sober|sobr|drug|alcohol|substance|abstin|\bdry\b|influence|drogue|alcool|consomm|detox",
    ),
    ("accept:prescribed_opioids", r"methadone|opio|suboxone|\boat\b|medication|medicament"),
    (
        "accept:free",
        r"(?<!toll-)(?<!toll )\bfree\b|\bfees?\b|cost|charge|(?<!small-)scale|\$"
        r"|gratui|frais|tarif|cout|pay|subsid|price|prix|afford",
    ),
    ("accept:criminal_record", r"record|judiciaire|justice"),
    ("accept:keep_phone", r"phone|cell"),
    (
        "accept:no_curfew",
        r"curfew|couvre|\block|\bdoors?\b|\bportes?\b|\bgates?\b|\bback (?:by|before|in)\b|\bin by\b|\breturn|\brentr"
        r"|\bretour|midnight|minuit|\bnight|\bnuit|\d ?p\.?m\b|\b2[0-4] ?h",
    ),
    ("accept:no_religion", r"relig|faith|church|chapel|pri[eè]re|prayer|christ"),
    ("accept:trans_welcome", r"trans|\bcis"),
    ("accept:sex_work", r"sex|prostitut"),
    ("accept:out_of_area", r"residen|\barea|catchment|\blive|territo|kingston|local|region"),
    ("accept:asks_no_status", r"status|statut|immigra"),
    ("accept:no_enforcement", r"police|immigra|report|signal"),
    ("accept:no_self", r"identif|victim"),
    ("with:pet", r"\bpets?\b|anima|\bdogs?\b|\bcats?\b|chien|\bchat"),
    ("with:children", r"child|kid|enfant|famil|\bsons?\b|boys|garcon|mother"),
    ("with:companion", r"companion|accompa|support person"),
    (
        "access:wheelchair",
        r"wheel|accessib|fauteuil|stair|ramp|elevator|steps|escalier|ascenseur|\blift|\bdoors?\b|\bportes?\b"
        r"|washroom|toilet|\bfloors?\b|etage|upstairs|downstairs|basement|sous-sol|bathroom|salles? de bain|shower"
        r"|douche"
        r"|storey|main level|rez-de|narrow|etroit|(?:^|\.) *(?:but |mais |and |et )?(?:not|pas|no)\b"
        r"|(?:\bnot|n't|l'est pas|(?:n'est|sont) pas) ?(?:\.|$)",
    ),
    ("access:service_animal", r"anima|\bdogs?\b|chien"),
    ("access:deaf", r"\basl\b|\blsq\b|deaf|sourd|sign|interpr"),
    ("intake:walk_in", r"walk|drop|appointment|rendez|\bcall\b|appel|telephon|\bphone"),
    ("intake:self_call", r"\bcall|appel"),
    ("intake:pickup", r"pick|cherch|transport"),
    (
        "way:chat",
        r"\bchat|clavard|unavailable|offline|suspen|no longer|not (?:offered|available)|\bnon (?:offert|disponible)"
        r"|n'est (?:pas|plus)|staff only|professional|reserve|intervenant|\bclosed\b|\bferme",
    ),
    (
        "gender",
        r"\bwom[ae]n|\bm[ae]n\b|gender|femme|homme|genre|\bmale|female|boys|girls|garcon|filles|trans"
        r"|\bcis|everyone|anyone|identif",
    ),
    ("indigenous", r"indigen|autocht|nation|inuit|metis|aborig|native"),
)
"""Which words in a sentence that was not understood make a statement of another sentence doubtful."""


def statements(text: str, *, negated: bool = False) -> tuple[tuple[str, bool], ...]:
    """Return (name, stated yes or no) of "gender:woman -gender:man"."""
    return tuple((name.removeprefix("-"), name.startswith("-") is negated) for name in text.split())


def whole(*alternatives: str) -> re.Pattern[str]:
    """One pattern of many."""
    return re.compile("|".join(f"(?:{part})" for part in alternatives))
