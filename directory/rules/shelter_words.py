"""Shelters by their words, EN and FR, where nobody said what kind of service it is. Rather one too many.

What it takes for a shelter is guarded like one until a steward says otherwise (docs/adr/0030).
"""

import re

from directory.rules.text import fold

FIRST_SIGHT = (
    "shelter|refuge|safe|transition|halfway|stage|crisis|emergency|women|recovery|youth|sanctuary|overnight|interval"
    "|bergement|maison|logement|lit|halte|foyer|tape"
)
"""For a database that sifts very many names: whatever `sounds_like_shelter` takes, this takes too, any case."""

# Folded words. A house, or beds, where people hide, recover or stay for a while.
_SHELTER = re.compile(
    r"\b(?:"
    r"shelters?|sheltering|safe ?(?:house|home|housing|bed)s?|safehouses?|sanctuary|interval house"
    r"|transition(?:al)? (?:house|home|housing|bed|living)s?"
    r"|(?:second|third|2nd|3rd|first|1st) stage (?:house|home|housing|shelter)s?"
    r"|(?:crisis|emergency|women s|womens|youth|recovery|halfway|refugee)"
    r" (?:house|home|housing|hotel|bed|accommodation)s?"
    r"|overnight (?:bed|stay|accommodation)s?"
    r"|refuges?|hebergements?|foyers?"
    r"|maisons? d (?:hebergement|accueil|urgence|transition)|maisons? de (?:transition|refuge|2e etape|deuxieme etape)"
    r"|logements? (?:de transition|d urgence|transitoires?|de (?:2e|3e|deuxieme|troisieme) etape|supervises?)"
    r"|(?:2e|3e|deuxieme|troisieme) etape|lits? d urgence|haltes? de nuit|haltes? chaleur"
    r")\b"
)
# The same words where nobody sleeps; they are taken out before it is looked again.
_OTHERWISE = re.compile(
    r"\b(?:animal|pet|cat|dog|wildlife|tax|bus|picnic|bike|bicycle|horse)s? shelters?\b"
    r"|\bshelters? for (?:animals|pets|cats|dogs)\b|\brefuges? (?:faunique|animalier|pour animaux|d oiseaux)s?\b"
    r"|\b(?:wildlife|bird|animal) (?:refuge|sanctuary)\b|\bfoyers? (?:culturel|scolaire|d exposition)s?\b"
)


def sounds_like_shelter(*texts: str) -> bool:
    """True if any of these names may be that of a shelter, transition house, safe house or the like."""
    return any(bool(_SHELTER.search(_OTHERWISE.sub(" ", fold(text)))) for text in texts if text)
