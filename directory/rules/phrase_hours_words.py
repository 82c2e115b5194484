"""The words of opening hours in English and French: what each part of a phrase is, before any grammar.

Everything that is not here is unknown, and a phrase with an unknown word is not read.
"""

import re
from calendar import monthrange

from directory.rules.phrase_clock import CLOCK
from directory.rules.phrase_text import any_of

DAYS: dict[str, int] = {}
for _number, _names in enumerate((
    "monday mondays mon lundi lundis lun", "tuesday tuesdays tuesd tues tue tu mardi mardis mar",
    "wednesday wednesdays weds wed mercredi mercredis merc mer w",
    "thursday thursdays thurs thur thu th jeudi jeudis jeu", "friday fridays fri vendredi vendredis vend ven f",
    "saturday saturdays sat samedi samedis sam", "sunday sundays sun dimanche dimanches dim",
)):  # fmt: skip
    DAYS.update(dict.fromkeys(_names.split(), _number))
# "M" is Monday beside English letters only: in French it may be mardi or mercredi. "T" and "S" are two days each.
DAYS["m"] = 0

EVERY_DAY = any_of(
    "daily", "every day", "everyday", "each day", "(?:7|seven) days(?: ?(?:a|per|/) ?(?:week|wk))?", "all week",
    "tous les jours", "chaque jour", "quotidiennement", "sept jours(?: (?:sur sept|par semaine))?",
    "7 ?j(?:rs?|ours?)?(?: ?(?:/|sur|par) ?(?:7|sept|semaine|sem))?",
)  # fmt: skip
WEEKDAYS = any_of("weekdays?", "en semaine", "jours? de semaine", "l ?- ?v", "l au v")
WEEKEND = any_of("weekends?", "week-ends?", "fins? de semaine", "la fin de semaine")

_24 = r"(?:24|twenty-four|vingt-quatre)"
ALWAYS = any_of(
    "24 ?/ ?7", f"{_24} ?h(?:eures?)? ?/ ?7 ?(?:j(?:ours?)?)?", "jour et nuit", "nuit et jour", "day and night",
    "night and day", "around the clock", "en tout temps",
)  # fmt: skip
ALL_YEAR = any_of("24 ?/ ?7 ?/ ?365", "24 ?/ ?365")
DAY_AND_NIGHT = any_of(
    f"{_24}[ -]?h(?:ours?|rs?|eures?)?\\.? ?(?:/|a|per|par|sur) ?(?:24|vingt-quatre|day|jour|jr)(?: ?h(?:eures?)?)?"
)
# "All day" is no word of it: it may as well be all of the working day.
DAY_LONG = any_of(f"{_24}[ -]?h(?:ours|rs|eures)?")
HOLIDAYS = any_of(
    "(?:(?:statutory|stat|public|civic|federal|provincial|national|legal|all|major statutory) )*holidays?",
    "(?:(?:tous )?les )?(?:jours|conges) feries(?: et (?:conges|chomes))?", "jour ferie",
)  # fmt: skip

_ZONES = {"et": "America/Toronto", "eastern time": "America/Toronto", "eastern": "America/Toronto",
          "he": "America/Toronto", "heure de l'est": "America/Toronto", "pt": "America/Vancouver",
          "pacific time": "America/Vancouver", "hp": "America/Vancouver", "heure du pacifique": "America/Vancouver",
          "atlantic time": "America/Halifax", "heure de l'atlantique": "America/Halifax"}  # fmt: skip

MONTHS: dict[str, int] = {}
for _number, _names in enumerate((
    "january janvier janv jan", "february fevrier fevr feb", "march mars", "april avril apr avr", "may mai",
    "june juin jun", "july juillet juil jul", "august aout aug", "september septembre sept sep",
    "october octobre oct", "november novembre nov", "december decembre dec",
), start=1):  # fmt: skip
    MONTHS.update(dict.fromkeys(_names.split(), _number))
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![^\W_])\.?"
_DAY = r"\d{1,2}(?:er|st|nd|rd|th)?(?![^\W_])"
_NOT_A_TIME = r"(?! ?(?:[:.]\d|h\b|[ap]\.?m\b|-|to\b|a\b|until\b|noon\b))"
SEASON = re.compile(
    rf"(?:from |de |du )?(?:(?P<day1>{_DAY}) )?(?P<month1>{_MONTH})(?: (?P<late1>{_DAY}))?"
    r" ?(?:-|to|through|thru|until|a|au|jusqu'au) ?(?:the |end of )?"
    rf"(?:(?P<day2>{_DAY}) )?(?P<month2>{_MONTH})(?: (?P<late2>{_DAY}){_NOT_A_TIME})?"
)

_PHONE = r"(?:phones?|telephone)(?: ?(?:&|and|et|/|,) ?(?:chat|text|clavardage|texto))*"
_LINE = r"crisis (?:phone|line)|hotline|helpline|ligne (?:d'ecoute|de crise|d'urgence|d'aide)"
_OF = (
    rf"(?P<office>office|bureau|admin(?:istration)?)|(?P<phone>{_PHONE}|{_LINE})"
    r"|(?P<intake>intake|admissions?)|(?P<drop_in>drop-in|halte)"
)
LABEL = re.compile(rf"\s*(?:{_OF})(?: hours?)?(?: ?:|(?<=hours) )\s*|\s*(?P<bureau>heures? de bureau) ?:\s*")
"""What a phrase begins with that says what its hours are of; the group's name is the kind."""
LABEL_BEHIND = re.compile(rf"\s*\((?:{_OF})(?: hours?)?\)\s*$")
"""The same in brackets at the end."""


def _kind(*words: str) -> re.Pattern[str]:
    return re.compile(any_of(*words) + r"\.?")


KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("season", SEASON),
    ("whole_year", re.compile(ALL_YEAR)),
    ("always", re.compile(ALWAYS)),
    ("day_and_night", re.compile(DAY_AND_NIGHT)),
    ("day_long", re.compile(DAY_LONG)),
    ("year", _kind("365 (?:days|jours)(?: ?(?:/|a|per|par|sur) ?(?:year|yr|an|annee|365))?")),
    ("daily", re.compile(EVERY_DAY)),
    ("weekdays", re.compile(WEEKDAYS)),
    ("weekend", re.compile(WEEKEND)),
    ("no_appointment", _kind("no appointments? (?:needed|necessary|required)", "without (?:an )?appointment",
                             "sans rendez-vous", "aucun rendez-vous (?:requis|necessaire)", "walk-?ins welcome")),
    ("appointment", _kind("(?:by|with) appointments?(?: only)?", "appointments? (?:only|required|necessary)",
                          "(?:sur|avec) (?:rendez-vous|rdv)(?: (?:seulement|uniquement|requis|obligatoire))?",
                          "rendez-vous (?:requis|obligatoire)")),
    ("zone", re.compile(r"(?:" + "|".join(sorted(_ZONES, key=len, reverse=True)) + r")(?= *(?:$|[().;,\n]))")),
    ("morning", _kind("mornings?", "le matin", "matins?", "en matinee")),
    ("afternoon", _kind("afternoons?", "l'apres-midi", "apres-midi", "en apres-midi")),
    ("evening", _kind("evenings?", "le soir", "soirs?", "en soiree", "soirees?")),
    ("time", CLOCK),
    ("until", _kind("until", "till", "'?til", "jusqu'a", "up to")),
    ("closed", _kind("closed", "ferme(?:e|es|s)?")),
    ("lunch", _kind("for lunch", "pour (?:le )?(?:diner|lunch|repas du midi)", "(?:a|sur) l'heure du (?:diner|midi)")),
    ("holidays", re.compile(HOLIDAYS)),
    ("except", _kind("except(?: for| on)?", "excluding", "excepte", "sauf", "a l'exception (?:de|des|du)", "hormis")),
    ("include", _kind("including", "incl", "y compris", "compris", "inclus", "included")),
    ("service", _kind("services?", "availability", "available", "disponible")),
    ("", _kind("hours of operation", "hours", "heures d'ouverture", "horaires?", "we are", "we're", "nous sommes",
               "is", "are", "hrs", "(?:est|sont)(?= (?:ouvert|ferme))", "on", "the", "le", "les", "de", "du", "des",
               "from", "every", "each", "chaque", "tous les", "only", "seulement", "uniquement",
               "all year(?: round)?", "year-round", "toute l'annee", "a l'annee")),
    ("open", _kind("open", "ouvert(?:e|es|s)?")),
    ("between", _kind("between", "entre")),
    ("day", _kind(*DAYS)),
    ("range", re.compile(r"-|~|" + any_of("to", "thru", "through", "a", "au"))),
    ("list", re.compile(r"&|\+|/|" + any_of("and", "et"))),
    ("comma", re.compile(",")),
    ("colon", re.compile(":")),
    ("break", re.compile(r"[.;()\n]|\[|\]|\|")),
)  # fmt: skip
"""Kinds in the order in which they are tried; "" is left out because it changes nothing."""


def zone_of(text: str) -> str:
    """Return the IANA zone of a "zone" token."""
    return _ZONES[" ".join(text.split())]


def season_of(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return (month, day) of the first and last day of a "season" token, None for days that no month has.

    A month without a day counts whole; February ends on the 29th.
    """
    match = SEASON.fullmatch(text)
    if match is None:
        return None
    first, last = _date(match, "1"), _date(match, "2")
    return (first, last) if first and last else None


def _date(match: re.Match[str], which: str) -> tuple[int, int] | None:
    month = MONTHS[match[f"month{which}"].rstrip(".")]
    length = monthrange(2024, month)[1]
    days = [int(re.sub(r"\D", "", text)) for text in (match[f"day{which}"], match[f"late{which}"]) if text]
    if len(days) > 1:
        return None
    day = days[0] if days else (1 if which == "1" else length)
    return (month, day) if 1 <= day <= length else None
