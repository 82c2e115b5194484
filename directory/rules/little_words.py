"""Words that say little of what is asked for: those that PostgreSQL does not read, and those that people ask with."""

from typing import Literal

# Each of PostgreSQL's stop words of both languages has to be here: `little` in one, it is a word like others in the
# other language's column, and would be missed there.
_ENGLISH = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its
itself they them their theirs themselves what which who whom this that these those am is are was were be been being have
has had having do does did doing a an the and but if or because as until while of at by for with about against between
into through during before after above below to from up down in out on off over under again further then once here
there when where why how all any both each few more most other some such no nor not only own same so than too very s t
can will just don should now
"""
_FRENCH = """
au aux avec ce ces dans de des du elle en et eux il je la le leur lui ma mais meme mes moi mon ne nos notre nous ou par
pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous c d j l m n y ete etee etees etes etant
etante etants etantes suis es est sommes sont serai seras sera serons serez seront serais serait serions seriez seraient
etais etait etions etiez etaient fus fut fumes futes furent sois soit soyons soyez soient fusse fusses fussions fussiez
fussent ayant ayante ayantes ayants eu eue eues eus ai avons avez ont aurai auras aura aurons aurez auront aurais aurait
aurions auriez auraient avais avait avions aviez avaient eut eumes eutes eurent aie aies ait ayons ayez aient eusse
eusses eussions eussiez eussent as me on s t
"""
# What people write around the thing itself when they ask for it.
_ASKING = """
asap anybody anyone anything cannot cant could dont everything find finding get getting give got help helping im
immediately ive ll looking might must near nearby need needed needs please re search searching service services shall
somebody someone something somewhere thing things today tomorrow tonight urgent urgently us ve want wanted wants within
without would
aide aider aidez aimerais aujourd ailleurs aussi avoir besoin ca cela cet cette chez comme comment cherche chercher
demain donc dont elles etre fait faut hui ici ils jai les leurs maintenant ni peut peux plait plus pouvez pres proche
quand quel quelle quelqu quelque quelques quoi rapidement sans si soir svp tous tout toute toutes tres trouve trouver
urgente veut veux voudrais voulez
"""
STOP_WORDS = {"en": frozenset(_ENGLISH.split()), "fr": frozenset(_FRENCH.split())}
"""Folded words that PostgreSQL leaves out, by language."""

UNREAD = STOP_WORDS["en"] | STOP_WORDS["fr"]
LITTLE = UNREAD | frozenset(_ASKING.split())
"""Folded words that say nothing of what is asked for. Dropped, unless nothing else remains."""

_ARTICLES = """
the l d qu le la les un une my your his her our their mon ma mes notre nos votre vos leur leurs
"""
ARTICLES = frozenset(_ARTICLES.split())
"""Whose a thing is, or which one: a phrase is the same without. Not `a` (à), nor `son`, which is a child as well."""

NEGATIONS = frozenset(("no", "not", "nor", "ne", "pas"))
"""What a phrase begins with says the opposite of what is left of it."""

_TURNING = NEGATIONS | frozenset(("out", "off", "me", "moi", "without", "sans"))
"""Without this word a phrase means something else: "aging out", "hits me"."""

Language = Literal["en", "fr"]


def is_read(text: str, language: Language) -> bool:
    """False for a folded phrase that PostgreSQL would read, in this language, as something else than it means.

    It leaves little words out: "no papers" would find every paper.
    """
    words = text.split()
    left_out = STOP_WORDS[language].intersection(words)
    if len(words) == 1 or not left_out:
        return True
    if sum(word not in left_out for word in words) == 1:
        return not left_out & _TURNING
    return words[0] not in left_out & NEGATIONS
