"""What may tell where a protected place is, in a text that somebody writes of it: to be asked about, not refused.

Streets, codes, landmarks, buses, what the building looks like, and who visits it when; in English and French. It looks
for how such things are said and knows no door: what is known of one is looked for by `door_traces`, and refused.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """What the words may tell."""

    STREET = "street"
    CODE = "code"
    LANDMARK = "landmark"
    TRANSIT = "transit"
    BUILDING = "building"
    VISITS = "visits"


class Suspicion(NamedTuple):
    """Words of a text as they were typed, and what they may tell."""

    kind: Kind
    words: str


LONGEST = 120
"""Characters of the words that are shown of one suspicion."""

# Letters without accents; patterns are written so, and looked for in a text of the same length.
STREETS = (
    r"(?:street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|crescent|cres|court|lane|ln|terrace|parkway|pkwy"
    r"|highway|hwy|sideroad|concession)"
)
RUES = r"(?:rue|avenue|av|boulevard|boul|chemin|ch|rang|route|autoroute|montee|cote|ruelle|promenade|impasse)"
PLACES = (
    r"(?:church|school|mall|park|hospital|bridge|station|library|courthouse|store|shop|pharmacy|market|university"
    r"|college|arena|cemetery|mosque|temple|synagogue|airport|harbour|harbor|river|lake|creek|mountain|bank|hotel"
    r"|restaurant|cafe|bakery|post office|city hall|town hall|police|fire hall|plaza|tower|monument|water tower"
    r"|rink|pool|beach|farm|mill|corner store|gas station|liquor store|highway|tracks|intersection|downtown core"
    r"|eglise|ecole|centre commercial|parc|hopital|pont|gare|bibliotheque|palais de justice|magasin|depanneur"
    r"|pharmacie|marche|universite|cegep|arena|cimetiere|mosquee|temple|synagogue|aeroport|port|riviere|fleuve|lac"
    r"|ruisseau|montagne|banque|hotel|restaurant|boulangerie|bureau de poste|hotel de ville|mairie|poste de police"
    r"|caserne|tour|monument|chateau d'eau|patinoire|piscine|plage|ferme|moulin|station-service|autoroute"
    r"|voie ferree|chemin de fer|intersection)"
)
NEAR = (
    r"(?:near|nearby|next (?:door )?to|beside|across (?:the street )?from|opposite|behind|in front of|close to|facing"
    r"|right by|around the corner from|(?:a |two |three |\d+ )?blocks? (?:from|away from|north of|south of|east of"
    r"|west of)|(?:minutes?|steps?|walk|drive|metres?|meters?|km|kilometres?) (?:away )?(?:from|to)"
    r"|walking distance (?:of|from|to)|pres d[eu]s?|pres de l[a']|a cote d[eu]s?|en face d[eu]s?|face a[u]?x?"
    r"|derriere|devant|a proximite d[eu]s?|voisine? d[eu]s?|a deux pas d[eu]s?|a quelques pas d[eu]s?"
    r"|minutes? (?:a pied |en voiture )?d[eu]s?|rues? d[eu]s?|coin d[eu]s?|non loin d[eu]s?)"
)
COLOURS = (
    r"(?:red|blue|green|yellow|white|black|brown|grey|gray|pink|purple|orange|beige|brick|stone|wooden|glass|old"
    r"|rouge|bleue?|verte?|jaune|blanche?|noire?|brune?|grise?|rose|mauve|orange|en brique|en pierre|en bois)"
)
PARTS = (
    r"(?:door|house|building|roof|fence|gate|bungalow|duplex|facade|siding|awning|porch|sign|shutters"
    r"|porte|maison|immeuble|batiment|toit|cloture|barriere|facade|enseigne|galerie|volets)"
)
ORDINALS = (
    r"(?:first|second|third|fourth|fifth|sixth|top|ground|main|upper|lower|\d{1,2}(?:st|nd|rd|th)"
    r"|premier|deuxieme|troisieme|quatrieme|cinquieme|sixieme|dernier|\d{1,2}e)"
)
VISITORS = (
    r"(?:nurses?|doctors?|physicians?|police|officers?|lawyers?|teachers?|counsell?ors?|chaplains?|priests?|elders?"
    r"|volunteers?|vans?|trucks?|buses|bus|clinic|social workers?|public health|vets?|dentists?"
    r"|infirmi(?:er|ere)s?|medecins?|policiers?|agents?|avocat(?:e)?s?|enseignant(?:e)?s?|aumoniers?|pretres?"
    r"|aine(?:e)?s?|benevoles?|camions?|fourgonnettes?|autobus|clinique|travailleu(?:r|se)s? socia(?:l|le|les|ux)"
    r"|intervenant(?:e)?s?|dentistes?)"
)
COMES = (
    r"(?:visits?|comes?|come by|comes by|drops? (?:by|in)|stops? by|attends?|arrives?|is here|are here|is on site"
    r"|are on site|on site|passe(?:nt)?|vien(?:t|nent)|visite(?:nt)?|arrive(?:nt)?|est sur place|sont sur place"
    r"|sur place|se presente(?:nt)?)"
)
DAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?"
    r"|dimanches?)"
)
REGULARLY = (
    rf"(?:every|each|weekly|biweekly|monthly|daily|twice a (?:week|month)|once a (?:week|month)|on {DAYS}|chaque"
    rf"|tous les|toutes les|une fois par|deux fois par|le {DAYS}|les {DAYS}|hebdomadaire(?:ment)?)"
)

PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.CODE, r"\b[abceghj-nprstvxy]\d[abceghj-nprstv-z][ -]?\d[abceghj-nprstv-z]\d\b"),
    (Kind.STREET, rf"\b\d{{1,5}}[a-z]?,? (?:[\w'.-]+ ){{1,3}}{STREETS}\b"),
    (Kind.STREET, rf"\b\d{{1,5}}[a-z]?,? {RUES} [\w'.-]+"),
    (Kind.STREET, r"\b(?:corner|intersection) of [\w'.-]+(?: [\w'.-]+)? (?:and|&) [\w'.-]+"),
    (Kind.STREET, r"\b(?:angle|coin|intersection) (?:de la |de l'|des? |du )?[\w'.-]+(?: [\w'.-]+){0,3} et [\w'.-]+"),
    (Kind.LANDMARK, rf"\b{NEAR} ?(?:the |a |an |our |your |l'|la |le |les |un |une |d'un |d'une |de l'|de la )*"
                    rf"(?:[\w'.-]+ ){{0,2}}{PLACES}\b"),
    (Kind.TRANSIT, r"\b(?:bus|autobus|streetcar|tramway|tram|metro|subway|train|o-train|skytrain|lrt|rem|ctrain)"
                   r" (?:route |line |stop |number |no\.? ?|#|ligne |arret |numero |station |circuit )*"
                   r"\d{1,3}[a-z]?\b"),
    (Kind.TRANSIT, r"\b(?:route|line|ligne|circuit|exit|sortie|#) ?\d{1,3}[a-z]?\b"),
    (Kind.TRANSIT, r"\b(?:bus|streetcar|tram|transit|subway|metro|train) (?:stops?|station|terminal|loop)\b"),
    (Kind.TRANSIT, r"\b(?:arrets?|stations?|terminus|gare) (?:d'autobus|de bus|de metro|de tramway|de train|du rem)\b"),
    (Kind.TRANSIT, r"\b(?:get off|change|transfer|descend(?:ez|re)|prene?z|correspondance) (?:at|a|au|le|la|the)\b"
                   r" ?(?:[\w'.-]+ ){0,3}(?:bus|autobus|metro|subway|station|train|arret|stop)\b"),
    (Kind.BUILDING, rf"\b{COLOURS}(?:[ -]{COLOURS})? {PARTS}\b"),
    (Kind.BUILDING, rf"\b(?:porte|maison|immeuble|batiment|toit|cloture|facade|volets) {COLOURS}s?\b"),
    (Kind.BUILDING, r"\b(?:red|white|yellow|brown)[ -]brick\b|\bbriques? (?:rouges?|blanches?|brunes?|jaunes?)\b"),
    (Kind.BUILDING, rf"\b(?:on|in|at|au|a) (?:the |l'|le |la )?{ORDINALS}[ -](?:floor|storey|story|level|etage)\b"),
    (Kind.BUILDING, r"\b(?:\w+|\d)[ -](?:storey|story|storeyed)\b|\b(?:de|a) (?:\w+|\d+) etages\b"),
    (Kind.BUILDING, r"\b(?:basement|ground floor|attic|back|upstairs) of (?:the|a|an|our)\b"),
    (Kind.BUILDING, r"\b(?:sous-sol|rez-de-chaussee) (?:de|d'|du)"),
    (Kind.BUILDING, r"\b(?:side|back|rear|alley|front) (?:door|entrance|entry)\b"),
    (Kind.BUILDING, r"\bentrance (?:on|at|from|off|behind)\b"),
    (Kind.BUILDING, r"\b(?:porte|entree) (?:arriere|laterale|de cote|avant|de service)\b"),
    (Kind.BUILDING, r"\bentree (?:par|sur|derriere)\b"),
    (Kind.BUILDING, r"\b(?:ring|press|buzz|sonnez|appuyez|code)\b(?: \w+){0,3}"
                    r" (?:buzzer|bell|doorbell|sonnette|interphone)\b"),
    (Kind.BUILDING, r"\b(?:above|below|over|upstairs from|au-dessus|en dessous|sous)"
                    r" (?:the |a |an |du |de la |d'une? |un |une )"
                    rf"(?:[\w'.-]+ ){{0,2}}{PLACES}\b"),
    (Kind.VISITS, rf"\b{VISITORS}\b[^.!?\n]{{0,60}}?\b{COMES}\b[^.!?\n]{{0,60}}?\b{REGULARLY}\b(?: {DAYS})?"),
    (Kind.VISITS, rf"\b{REGULARLY}\b[^.!?\n]{{0,40}}?\b{VISITORS}\b[^.!?\n]{{0,40}}?\b{COMES}\b"),
)  # fmt: skip
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
# A street without a number, and what stands beside a name: told by their capitals, in the text as it was typed.
NAMED_STREET = re.compile(
    r"\b(?:[A-ZÀ-Þ][\w’'.-]+ ){1,3}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Drive|Boulevard|Blvd\.?|Crescent|Lane)\b"
    r"|\b(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]hemin|[Rr]ang|[Mm]ontée|[Cc]ôte)"
    r" (?:de la |de l[’']|des |du |de |d[’'])?[A-ZÀ-Þ][\w’'-]+"
)
NAMED_NEAR = re.compile(
    rf"(?i:\b{NEAR}) (?:(?:the|la|le|les) |[LlDd]')?"
    r"(?=[A-Z])(?!(?:I|You|We|She|He|It|They|Canada|Ontario|Quebec)\b)"
    r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)*"
)


def plain(text: str) -> str:
    """The text in small letters without accents, of the same length: what stands where stays."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if character in "’ʼ`´":
        return "'"
    if character in "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\t\r\n":
        return "\n" if character == "\n" else " "
    if character in "\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}":
        return "-"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def _unaccented(text: str) -> str:
    """Without accents and of the same length, capitals kept."""
    return "".join(
        small.upper() if typed.isupper() and len(small.upper()) == 1 else small
        for typed, small in zip(text, plain(text), strict=True)
    )


def suspicions(text: str) -> list[Suspicion]:
    """What in `text` may tell where it is, in the order of the text; each stretch once, at its longest."""
    looked_at = unicodedata.normalize("NFC", text)
    small, capitals = plain(looked_at), _unaccented(looked_at)
    found = [(*one.span(), kind) for kind, pattern in COMPILED for one in pattern.finditer(small)]
    found += [(*one.span(), Kind.STREET) for one in NAMED_STREET.finditer(looked_at)]
    found += [(*one.span(), Kind.LANDMARK) for one in NAMED_NEAR.finditer(capitals)]
    return [
        Suspicion(kind, " ".join(looked_at[start:end].split())[:LONGEST])
        for start, end, kind in _apart(found)
    ]


def _apart(found: Iterable[tuple[int, int, Kind]]) -> list[tuple[int, int, Kind]]:
    """Without those that stand in another one."""
    ordered = sorted(found, key=lambda one: (one[0], -one[1]))
    kept: list[tuple[int, int, Kind]] = []
    for one in ordered:
        if not kept or one[1] > kept[-1][1]:
            kept.append(one)
    return kept


def texts_of(value: Any) -> list[str]:
    """All texts in a part of a listing, however deep: of numbers and hours their notes too."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return [text for one in inner for text in texts_of(one)]


def new_suspicions(before: Any, after: Any) -> list[Suspicion]:
    """What a part of a listing may tell from now on and did not say before."""
    said = {one for text in texts_of(before) for one in suspicions(text)}
    told = dict.fromkeys(one for text in texts_of(after) for one in suspicions(text))
    return [one for one in told if one not in said]
