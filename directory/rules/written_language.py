"""In which language a text is written that is stated only once: read from its small words, or left open.

Who writes in one language puts the text where the other was expected, or into both columns; a screen reader would then
read French aloud as if it were English. Guessed only when sure: no mark is better than a wrong one.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Written = Literal["en", "fr", "both", ""]
"""`both`: it is said in the one and then in the other. Empty: nobody can tell."""

SURE = 3
"""How many times as many words of one language must stand there as of the other."""

# Words that both languages have are in neither: on, an, me, as, or, main, pour, son, but, plus, part, sent, service.
# Nor is `mon` ("Mon-Fri"), nor a word all in capitals ("EST").
_ENGLISH = """
a about after all and any are at be before by can do for from get have how if in is it my no not of off only our out
that the their there these they this to up us we what when where who with without you your women youth help helps
appointment call calls food housing support shelter home health legal rights work workers walk woman men children
child family families people phone night day days hours week first next need needs evenings weekends advice safe
time times house proof letters papers worker clothing
"""
_FRENCH = """
à au aux avec ce ces cette chez comme dans du des en et est il ils elle elles je leur leurs lui ma mais même
mes ne nos notre nous où ou par pas qu quand que qui quoi sa sans ses sur ta tes tous tout toute toutes très un une
vers vos votre vous ça sont êtes avez avons peut peuvent être fait faire ainsi aussi entre quelqu quelques
accueil aucun aucune aide aider alimentaire appel appelez autochtone avocat avocate bénévoles besoin cercle cercles
chaque conseils côté courriel début dépannage deuxième droit droits écoute écrire effacer enfance enfant enfants équipe
étape familles femme femmes frais gratuit gratuite groupe halte hébergement heure heures hommes horaire interprètes
jeune jeunes jeunesse jour jours juridique juridiques lettres ligne lire logement logements maison maisons mariages
matériel mères nuit ouvert ouverte papier papiers parler partagée partir permis personne personnes plainte premier
premiers preuve récupérer rencontres rendez rentrer repas salle santé sécurité selon soir soirée soirées soutien statut
suivi téléphone thérapie toujours travail travailler travailleurs travailleuses vêtements blanche grise jaune noire
rouge verte
"""
# Names of people and places begin with these too: they tell something only before a word in small letters.
_ARTICLES = frozenset(("la", "le", "les", "de"))
ENGLISH, FRENCH = frozenset(_ENGLISH.split()), frozenset(_FRENCH.split())

_WORD = re.compile(r"[^\W\d_]+")
_ELIDED = re.compile(r"\b(?:[dljmnst]|qu)['’](?=[^\W\d_]{2})", re.IGNORECASE)
_PARTED = re.compile(r"\s[/|]\s|\n")


def _counts(text: str) -> tuple[int, int]:
    """Words of English and of French."""
    words = _WORD.findall(text)
    english = sum(word.lower() in ENGLISH for word in words)
    french = sum(word.lower() in FRENCH for word in words if not word.isupper() or len(word) == 1) + len(
        _ELIDED.findall(text)
    )
    articles = sum(word.lower() in _ARTICLES and behind.islower() for word, behind in pairwise(words))
    return english, french + articles


def _surely(text: str) -> Written:
    english, french = _counts(text)
    if english and english >= SURE * french:
        return "en"
    return "fr" if french and french >= SURE * english else ""


# The same few sentences are written of many services.
@lru_cache(maxsize=4096)
def written_language(text: str) -> Written:
    """The language of `text`, if its small words leave no doubt."""
    said = {_surely(part) for part in _PARTED.split(text)}
    return "both" if {"en", "fr"} <= said else _surely(text)


def text_in(english: str, french: str, language: str) -> tuple[str, str]:
    """The text in "en" or "fr", else in the other language; and that one's code, to be marked with.

    Nothing is hidden for lack of translation. What stands in one column alone, or alike in both, is believed to be
    what it sounds like; where that is not sure, of its column. A text that says it in both languages bears no mark.
    """
    own, other, code = (french, english, "en") if language == "fr" else (english, french, "fr")
    if own and other and own != other:
        return own, ""
    text = own or other
    told = {"both": "", "": "" if own or not text else code}
    written = written_language(text)
    mark = told.get(written, written)
    return text, "" if mark == language else mark
