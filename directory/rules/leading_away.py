"""Words that lead somebody away without telling a number: a door, somewhere to meet, whom to ask for, "do not call".

Beside directory/rules/redirecting.py: who took over a keeper's account needs no number to bring a survivor to a bar.
"""

import re

from directory.rules.number_words import with_digits
from directory.rules.redirecting import tells_a_new_way
from directory.rules.said_numbers import plain
from directory.rules.text import fold

_VENUES = (
    r"(?:hotel|motel|inn|auberge|bar|cafe|coffee|pub|restaurant|resto|diner|casse croute|mall|station|gare|metro"
    r"|parking|stationnement|terminal|airport|aeroport|plaza|park|parc|library|bibliotheque|church|eglise|store"
    r"|magasin|depanneur|pharmacy|pharmacie|walmart|tim hortons|tims|mcdonalds?|starbucks|canadian tire|gas|lobby|hall)"
)
_AT = r"(?:at|in|to|outside|near|inside|by|au|aux|a|dans|devant|chez|pres)"
_KINDS = (
    r"(?:street|str?|avenue|ave?|boulevard|boul|blvd|road|rd|lane|ln|crescent|cres|highway|hwy|terrace|parkway"
    r"|drive|dr|court|crt|place|pl|square|sq|trail|way|circle|close|gate|grove)"
)
_RUE = r"(?:rue|chemin|ch|avenue|av|boulevard|boul|allee|route|rang|place|ruelle|promenade|impasse|montee|cote|quai)"
_NO_NAMES = (
    r"(?!(?:a|an|any|the|this|that|some|more|help|your|our|my|his|her|their|it|them|him|us|information|support|advice"
    r"|details|proof|papers|money|names?|id|interpreters?|legal|free|une?|des?|du|la|le|les|l|d|vos?|votre|notre|nos"
    r"|aide|s|si|conseil|ce|cette|plus|on|in|at|what|to|first)\b)"
)
_DOORS = (
    re.compile(rf"\b\d+ ?[a-z]?(?: [^\W\d]+){{1,2}} {_KINDS}\b"),
    re.compile(rf"\b\d+(?: ?[a-z])? {_RUE}\b(?: \w+){{0,3}}"),
    re.compile(r"\b[abceghj-nprstvxy]\d[a-z] ?\d[a-z]\d\b"),
    re.compile(r"\b(?:corner of|coin (?:de|des|du)|intersection|p o box|case postale|po box)\b(?: \w+){0,4}"),
    re.compile(
        r"\b\w+ (?:door|porte) (?:red|blue|green|yellow|black|white|rouge|bleue|verte|jaune|noire|blanche)\b"
    ),
    re.compile(r"\b(?:red|blue|green|yellow|black|white|side|back) door\b"),
    re.compile(r"\bporte (?:rouge|bleue|verte|jaune|noire|blanche|arriere|de cote)\b"),
)
_BESIDE = re.compile(
    r"\b(?:behind|across from|next to|beside|in front of|opposite|around the corner from|derriere|en face d[eu]s?"
    r"|a cote d[eu]s?|juste devant|en arriere d[eu]s?)\b(?: \w+){1,4}"
)
_MEET = re.compile(
    r"\b(?:meet (?:me|us|him|her|them|at|in|behind|outside|near|you|with|up)|meeting (?:place|point|spot)"
    r"|we (?:will |ll |can )?meet|point de rencontre|lieu de rendez vous|rejoignez|rejoindre|retrouvez|retrouve"
    r"|rencontrez|rendez vous (?:au|a|aux|devant|derriere|chez)|wait (?:for (?:me|us|him|her|them)|outside)"
    r"|pick(?:s|ed)? you up|pick you|come and get you|viendr\w+ vous chercher|vient vous chercher"
    rf"|{_AT}(?: \w+){{0,3}}? {_VENUES})\b(?: \w+){{0,4}}"
)
_ASK = re.compile(
    rf"\b(?:ask(?:ing)? (?:only )?for|ask to (?:see|speak (?:to|with))|demande[rz]? (?:a (?:voir|parler a) )?"
    rf"|look for|cherchez|speak only (?:to|with)|parlez seulement a) ?{_NO_NAMES}(?:\w+)(?: \w+)?"
)
_SAY_TO_ASK = re.compile(r"\b(?:ask for|ask to|demandez|demander)\b(?: \w+){0,2}")
_NOT_THIS_NUMBER = re.compile(
    r"\b(?:(?:do not|don t|dont|never|no longer|stop|not to|cannot|can t|please do not) (?:call(?:ing)?|phone|phoning"
    r"|dial(?:ling)?|ring|use|using|trust|contact|text|come|go)\b"
    r"|not (?:at|on|to|with|call(?:ing)?) (?:this|the|that|our|these)? ?(?:number|line|phone|call)"
    r"|instead of (?:calling|the|this|our)|rather than (?:calling|the|this|our)|without calling"
    r"|(?:new|old|other|wrong|another|different|changed) (?:phone )?(?:number|line|address|location)"
    r"|(?:number|line|phone|address) (?:\w+ )?(?:has |have |is |was )?"
    r"(?:changed|wrong|moved|compromised|unsafe|tapped|hacked)"
    r"|number (?:below|above|here|on this page)|we (?:have |ve )?moved"
    r"|(?:n |ne )(?:appel\w+|telephon\w+|compos\w+|utilis\w+|fi\w+|contact\w+|venez|allez|text\w+)"
    r"|ne (?:pas|plus|jamais) (?:appeler|telephoner|composer|utiliser|se fier|contacter)"
    r"|(?:nouveau|nouvelle|ancien|ancienne|autre|mauvais) (?:numero|ligne|adresse)"
    r"|pas (?:a|au|sur) (?:ce|cette|le|la|notre) (?:numero|ligne)"
    r"|(?:au lieu|plutot que) d ?(?:e |appeler|utiliser)|numero (?:a change|ci dessous|ci dessus|est)"
    r"|(?:nous avons|on a) demenage)\b"
)


def _folded(text: str) -> str:
    return " ".join(fold(plain(text)).split())


def _found(patterns: tuple[re.Pattern[str], ...], text: str) -> set[str]:
    told = _folded(text)
    in_digits = " ".join(with_digits(told.split()))
    return {
        found[0] for pattern in patterns for view in (told, in_digits) for found in pattern.finditer(view)
    }


def leads_to(text: str) -> frozenset[str]:
    """The places to go to that a text tells: streets, postal codes, corners, doors, somewhere to meet."""
    return frozenset(_found((*_DOORS, _BESIDE, _MEET), text))


def turns_from(text: str) -> frozenset[str]:
    """What a text says against the ways that are told: another to ask for, not to call."""
    return frozenset(_found((_ASK, _NOT_THIS_NUMBER), text))


def leads_away(before: str, after: str, *, is_notice: bool = False, is_street: bool = False) -> bool:
    """True if `after` leads somewhere, or to somebody, where `before` did not.

    A notice (`is_notice`) may say to ask for nobody; the way to a street (`is_street`) tells where it is.
    """
    if tells_a_new_way(before, after) or not turns_from(after) <= turns_from(before):
        return True
    if not is_street and not leads_to(after) <= leads_to(before):
        return True
    return is_notice and not _found((_SAY_TO_ASK,), after) <= _found((_SAY_TO_ASK,), before)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLOSED = _words("closed full ferme fermes fermee fermees complet complets complete completes")
_TODAY = _words(
    "today tonight tomorrow weekend monday tuesday wednesday thursday friday saturday sunday aujourd hui soir"
    " demain lundi mardi mercredi jeudi vendredi samedi dimanche"
)
_PLAIN = _words(
    "we are re is be will office sorry the this on until and because of a morning afternoon evening snow storm"
    " flood fire power outage inondation incendie panne electricite une weather holiday again open reopen back"
    " nous sommes est serons bureau sera le la les ce cette jusqu a au et en de raison du l d matin midi apres"
    " fin semaine neige tempete meteo conge ferie desoles rouvrons ouvert ouverts"
)
_MOST_WORDS = 16


def is_plain_closing(text: str) -> bool:
    """True for a notice that says nothing but "closed" or "full", for days within a week, in words of a small list.

    A stolen account can say the same with hours and free beds; no words of the list lead anywhere, or say not to call.
    """
    words = _folded(text).split()
    is_said = not _CLOSED.isdisjoint(words) and not _TODAY.isdisjoint(words)
    return is_said and len(words) <= _MOST_WORDS and set(words) <= _CLOSED | _TODAY | _PLAIN


def says_otherwise(before: str, after: str) -> bool:
    """True if the words differ: not for a comma, a capital or an accent."""
    return fold(before).split() != fold(after).split()
