"""Eligibility notes as stated facts, only where a sentence can mean nothing else.

A sentence gives facts if all of it is understood: "No referral needed", not "No referral needed for most programs".
What it hedges ("usually", "may", "souvent") is not understood, and a sentence that is not understood but speaks of the
same thing takes the fact away ("Free. Membership fees may apply."). So does one that lets in, excepts or asks for
something without saying of what ("ID required. Exceptions may be made."). Facts that contradict each other are dropped.
"""

import re
from functools import lru_cache

from directory.rules import phrase_eligibility_doubts as doubts
from directory.rules import phrase_eligibility_people as people
from directory.rules import phrase_eligibility_words as words
from directory.rules.eligibility_terms import Fact
from directory.rules.phrase_ages import read_ages
from directory.rules.phrase_text import phrase

Statement = tuple[str, bool]
LONGEST = 12
"""Parts of one sentence; longer ones are prose."""

_SENTENCES = re.compile(r"[.;!\n|]+(?=\s|$)|[;\n|]+")
_JOINTS = re.compile(r" ?, ?(?:and |et )?| and | et | ?& ?| ?[()] ?")
_HARMLESS = re.compile(r"\((?:please )?(?:refer(?:red)? to|see|voir|dirigee?s? vers)[^()]*\)")
_BRACKET = re.compile(r"\(([^()]*)\)")


# A list says the same few phrases again and again.
@lru_cache(maxsize=2048)
def read_eligibility(text: str) -> tuple[Fact, ...]:
    """Return the facts that `text` states, in order of dimension and term. Never raises."""
    folded = phrase(text).folded.replace("i.d.", "id")
    folded = words.EXCLUSIONS.sub(lambda listed: re.sub("[;|]", ",", listed[0]), folded)
    read: list[Statement] = []
    unread: list[str] = []
    opens: list[str] = []
    for sentence in _SENTENCES.split(folded):
        found = _sentence(sentence.strip())
        if found is None:
            unread.append(sentence)
        else:
            read.extend(found)
            opens.extend([sentence] if doubts.OPEN_TO_OTHERS.search(sentence) else [])
    doubtful = " . ".join(unread)
    not_granted = doubts.turned_round(folded)
    said = {
        (name, stated)
        for name, stated in read
        if not (_is_doubtful(name, doubtful) or doubts.takes_back(name, stated, unread, opens))
        and not (stated and name in not_granted)
    }
    agreed = [(name, stated) for name, stated in said if (name, not stated) not in read]
    return tuple(_fact(name, stated) for name, stated in sorted(agreed))


def _fact(name: str, stated: bool) -> Fact:  # noqa: FBT001
    dimension, _, term = name.partition(":")
    return Fact(dimension, term, stated)


def _is_doubtful(name: str, unread: str) -> bool:
    return any(name.startswith(topic) and re.search(pattern, unread) for topic, pattern in words.TOPICS)


_SAYS_ONLY = re.compile(r"\b(?:only|exclusiv|seulement|uniquement|reserv)")


def _sentence(sentence: str) -> list[Statement] | None:
    """The statements of one sentence, None if any of it is not understood.

    "No men (18+)" refuses a part of them; "women only (18+)" still turns away all men.
    """
    whole = _HARMLESS.sub("", sentence)
    bare = _BRACKET.sub(_without_ages, whole)
    found = _of_words(bare.replace("  ", " ").strip())
    if found and bare != whole and not _SAYS_ONLY.search(bare) and not all(stated for _, stated in found):
        return None
    return found


def _of_words(sentence: str) -> list[Statement] | None:
    if not sentence:
        return []
    if "?" in sentence:
        return None
    if label := words.EXCLUSION.match(sentence):
        return _excluded(sentence, sentence[label.end() :])
    whole = _part(sentence)
    if whole is not None:
        return list(whole)
    if label := words.LABEL.match(sentence):
        sentence = sentence[label.end() :].strip()
    found = _parts(sentence)
    return _of_some_age(sentence) if found is None else found


_BEFORE_AGES = re.compile(
    r"(?P<who>[^\d,]+?)(?: (?:aged?|ages|agees?|of|de|under|moins|from|entre|between))*,? \d.*"
)


def _of_some_age(sentence: str) -> list[Statement] | None:
    """ "Women 18+", "femmes de 18 ans et plus": the ages are read elsewhere, the group here."""
    match = _BEFORE_AGES.fullmatch(sentence)
    found = _named(match["who"]) if match and read_ages(sentence).is_sure else None
    return None if found is None else list(found)


def _without_ages(bracket: re.Match[str]) -> str:
    return "" if read_ages(bracket[1]).is_sure else bracket[0]


def _excluded(sentence: str, group: str) -> list[Statement] | None:
    """ "Exclusion: men" states a no; of more than one group nothing is read."""
    if _part(sentence) is not None:
        return []
    group = group.strip(" ,")
    said = None if group.startswith("single") or _is_part(group) else _group(group)
    return [(name, False) for name, _ in said] if said and len(said) == 1 else None


def _parts(sentence: str) -> list[Statement] | None:
    """The statements of parts joined by commas and "and", the longest parts first."""
    joints = [match.span() for match in _JOINTS.finditer(sentence)]
    if len(joints) >= LONGEST:
        return None
    starts = [0, *(end for _, end in joints)]
    ends = [*(start for start, _ in joints), len(sentence)]
    parts: list[str] = []
    at = 0
    while at < len(starts):
        last = next(
            (last for last in range(len(ends) - 1, at - 1, -1) if _reads(sentence[starts[at] : ends[last]])),
            None,
        )
        if last is None:
            return None
        parts.append(sentence[starts[at] : ends[last]].strip())
        at = last + 1
    return None if _reaches_over(parts) else [statement for part in parts for statement in _part(part) or ()]


_NEGATION = re.compile(r"(?:no|not|without|sans|aucune?s?|pas) ")
_HAS_VERB = re.compile(
    r".*\b(?:needed|required|necessary|mandatory|welcomed?|accepted|allowed|permitted|admitted|"
    r"requis\w*|exige\w*|necessaires?|obligatoires?|demande\w*|accepte\w*|admis\w*|autorise\w*|permis\w*|bienvenu\w*)"
)


def _reaches_over(parts: list[str]) -> bool:
    """Whether a "no", an "only" or a refusal of one part may be of another: "No ID, referral required"."""
    bare = [bool(_NEGATION.match(part)) and not _HAS_VERB.fullmatch(part) for part in parts]
    if any(is_bare and not _NEGATION.match(after) for is_bare, after in zip(bare, parts[1:], strict=False)):
        return True
    groups = [said for part in parts if (said := [s for s in _part(part) or () if _is_of_people(s[0])])]
    return len(groups) > 1 and any(
        not stated or name.endswith(":only") for said in groups for name, stated in said
    )


def _is_of_people(name: str) -> bool:
    return name.startswith(("gender:", "indigenous:", "accept:trans"))


def _reads(text: str) -> bool:
    return not text.strip() or _part(text.strip()) is not None


@lru_cache(maxsize=4096)
def _part(text: str) -> tuple[Statement, ...] | None:
    """The statements of a part that a pattern fits as a whole."""
    text = text.strip(" :")
    if text == "":
        return ()
    for pattern, statements in _FIXED:
        if pattern.fullmatch(text):
            return words.statements(statements)
    for read in (_needs, _guest, _only, _group):
        found = read(text)
        if found is not None:
            return found
    return None


_FIXED = tuple((re.compile(pattern), statements) for pattern, statements in words.FIXED)
_NOT_NEEDED = tuple(map(re.compile, (*words.NOT_NEEDED, *words.NOT_NEEDED_BARE)))
_NEEDED = tuple(map(re.compile, words.NEEDED))
_THINGS = tuple((re.compile(words.ARTICLE + f"(?:{pattern})"), names) for pattern, names in words.THINGS)
_WORDS_BETWEEN = re.compile(r",? (?:or|nor|ni|ou|and|et)(?: de)? |, ")


def _is_part(group: str) -> bool:
    """Whether a group is only some of those whose name it bears: "women fleeing violence", "trans women"."""
    tailed = _TAILED.fullmatch(group)
    return bool(people.PARTS_OF_MANY.fullmatch(group) or (tailed and tailed["tail"]))


def _needs(text: str) -> tuple[Statement, ...] | None:
    """What is asked for, or not."""
    for patterns, stated in ((_NOT_NEEDED, True), (_NEEDED, False)):
        for pattern in patterns:
            if match := pattern.fullmatch(text):
                things = match.groupdict().get("things") or text.partition(":")[0].strip()
                return None if _is_vague(text, things, stated=stated) else _things(things, stated=stated)
    return None


def _is_vague(text: str, things: str, *, stated: bool) -> bool:
    """ "Documents required" does not say which; "no appointments" may say that none are to be had."""
    return bool(not stated and words.UNTOLD_PAPERS.search(things)) or text in words.NO_APPOINTMENTS


def _things(text: str, *, stated: bool) -> tuple[Statement, ...] | None:
    found: list[Statement] = []
    for item in _WORDS_BETWEEN.split(re.sub(r" (?:required|requis)$", "", text)):
        names = next((names for pattern, names in _THINGS if pattern.fullmatch(item)), None)
        if names is None:
            return None
        found.extend((name, stated) for name in names)
    return tuple(found)


def _answers(patterns: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (words.whole(*(part.replace("{}", f"({guest})") for part in patterns)), name)
        for guest, name in people.GUESTS
    )


_WELCOME, _UNWELCOME = _answers(people.WELCOME), _answers(people.UNWELCOME)


def _guest(text: str) -> tuple[Statement, ...] | None:
    """Who or what may come, or may not."""
    for answers, stated in ((_WELCOME, True), (_UNWELCOME, False)):
        for pattern, name in answers:
            if match := pattern.fullmatch(text):
                is_part = not stated and any(_is_part(guest) for guest in match.groups() if guest)
                return None if is_part else ((name, stated),)
    return None


_GROUP = tuple((re.compile(pattern), statements) for pattern, statements in people.GROUPS)
_GROUP_IN_TEXT = re.compile(
    rf"(?P<no>(?:no|pas d'|pas de|aucun) )?{people.LEAD}(?P<group>.+?)"
    r"(?P<yes> (?:are )?(?:welcome|accepted)| (?:sont )?(?:admis|bienvenu|accepte)(?:e|s|es)?)?"
    r"(?P<refused> (?:are )?not (?:welcome|accepted|admitted)| (?:non|pas) (?:admis|accepte|bienvenu)(?:e|s|es)?)?"
)
_TAILED = re.compile(rf"(?P<group>.+?)(?P<tail>{people.TAIL})")
_ONLY = re.compile(rf"{people.LEAD}(?:(?P<after>.+?){people.ONLY_AFTER}|{people.ONLY_BEFORE}(?P<before>.+))")


def _named(text: str) -> tuple[Statement, ...] | None:
    """A group of people, with or without what happened to them."""
    match = _TAILED.fullmatch(text)
    group = match["group"] if match else text
    return next((words.statements(said) for pattern, said in _GROUP if pattern.fullmatch(group)), None)


def _group(text: str) -> tuple[Statement, ...] | None:
    """People who are taken ("women", "Indigenous men are welcome") or not ("no men", "hommes non admis")."""
    match = _GROUP_IN_TEXT.fullmatch(text)
    found = _named(match["group"]) if match else None
    if match is None or found is None:
        return None
    is_refused = bool(match["no"] or match["refused"])
    # "No single men" may still take fathers, "no men fleeing violence" others.
    is_part = match["group"].startswith("single") or _is_part(match["group"])
    if is_refused and (is_part or match["yes"] or len(found) > 1):
        return None
    if is_refused and found[0][0].startswith("indigenous"):
        return None
    return tuple((name, not is_refused) for name, _ in found)


_OTHER = {"gender:woman": "gender:man", "gender:man": "gender:woman"}


def _only(text: str) -> tuple[Statement, ...] | None:
    """ "Women only": also a stated no to men. "Indigenous men only": to all who are not Indigenous."""
    match = _ONLY.fullmatch(text)
    found = _named((match["after"] or match["before"]).strip()) if match else None
    if found is None:
        return None
    names = [name for name, _ in found]
    if not any(name in _OTHER or name.startswith("indigenous") for name in names) or {*_OTHER} <= {*names}:
        return None
    others = tuple((_OTHER[name], False) for name in names if name in _OTHER)
    nations = (("indigenous:only", True),) if any(name.startswith("indigenous") for name in names) else ()
    return (*found, *others, *nations)
