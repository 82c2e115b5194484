"""Which sentence fits which service: a name for men isn't given to a women's house, a fish camp isn't held in May.

Tags of a sentence: an audience's key (only for one of those), "-audience" (not for it), "@style" (these hours), "#2" (a
name that goes with the third thing the kind does), "named" (only with such a name), "~province" (that reach),
"+focus", "remote", "farm", "=dimension:term" (a fact that it states) and "&text" (it needs a number for texts).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from directory.demo.story_conditions import clash
from directory.demo.story_decks import Decks
from directory.demo.story_hours import TOLD
from directory.demo.story_names import SPELLED, spelled
from directory.demo.story_words import Kind, Say

MARKS = "@#~+=-&"
WORDS = {"remote", "named", "farm"}
NUMBERS = (4, 5, 6, 7, 8, 9, 10, 12, 14)
OF_A_PEOPLE = {"first_nations", "inuit", "metis", "indigenous_women"}


@dataclass(frozen=True, slots=True)
class Fit:
    """What is known of a service when its sentences are chosen. `heard`: English sentences told in its town already."""

    audience: str
    focus: tuple[str, ...]
    reach: str
    is_protected: bool
    is_remote: bool
    style: str = ""
    facts: tuple[str, ...] = ()
    is_farming: bool = False
    heard: frozenset[str] = frozenset()

    @property
    def tells_town(self) -> bool:
        """True if its texts may name its town."""
        return not self.is_protected and self.reach == "place"

    def after(self, say: Say) -> "Fit":
        """What is known when `say` has been said."""
        style = self.style if self.style in all_marked(say, "@") else marked(say, "@")
        return replace(
            self,
            style=style or self.style,
            reach=marked(say, "~") or self.reach,
            facts=(*self.facts, *all_marked(say, "=")),
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentences of one service, and what they settle: its hours' style, its reach, facts, a number for texts."""

    name: Say
    does: Say
    more: Say | None
    style: str
    reach: str
    facts: tuple[str, ...]
    has_texts: bool


def all_marked(say: Say, mark: str) -> tuple[str, ...]:
    """What its tags of that mark say: "@evening" marked "@" is "evening"."""
    return tuple(tag[1:] for tag in say.tags if tag[0] == mark)


def marked(say: Say, mark: str) -> str:
    """The first of them, or nothing."""
    return next(iter(all_marked(say, mark)), "")


def fits(say: Say, fit: Fit) -> bool:
    """True if nothing about the sentence contradicts the service."""
    return (
        _is_for(say, fit)
        and ("remote" not in say.tags or fit.is_remote)
        and ("farm" not in say.tags or fit.is_farming)
        and _is_then_and_there(say, fit)
        and not clash(all_marked(say, "="), fit.facts)
    )


def _is_for(say: Say, fit: Fit) -> bool:
    """True if it speaks to these people."""
    audiences = [tag for tag in say.tags if tag[0] not in MARKS and tag not in WORDS]
    mine = {fit.audience} | ({"indigenous"} if fit.audience in OF_A_PEOPLE else set())
    focus = marked(say, "+")
    return (
        (not audiences or not mine.isdisjoint(audiences))
        and fit.audience not in all_marked(say, "-")
        and (not focus or focus in fit.focus)
    )


def _is_then_and_there(say: Say, fit: Fit) -> bool:
    styles, reach = all_marked(say, "@"), marked(say, "~")
    return (
        (not styles or fit.style in ("", *styles))
        and (not reach or reach == fit.reach or (fit.reach == "place" and not fit.is_protected))
        and (fit.tells_town or "{town}" not in say.en + say.fr)
        and ("{across}" not in say.en or fit.reach != "place" or reach != "")
    )


def numbered(say: Say, number: int) -> Say:
    """The sentence, and the facts it states, with that number where it says {n}."""
    if "{n}" not in say.en:
        return say
    english, french = (
        spelled(text, number, in_french=in_french).replace("{n}", word)
        for text, in_french, word in zip((say.en, say.fr), (False, True), _words_of(number), strict=True)
    )
    return Say(english, french, tuple(tag.replace("{n}", str(number)) for tag in say.tags))


def _words_of(number: int) -> list[str]:
    return SPELLED[number].lower().split()


def choose(decks: Decks, kind: Kind, fit: Fit) -> Chosen:
    """Name, description and what follows from them. Raises LookupError where a kind has no word that fits."""
    number = decks.deal("numbers", NUMBERS)
    does = [numbered(say, number) for say in kind.does]
    name = decks.deal_fitting(f"{kind.slug} names", kind.names, [_may_name(n, does, fit) for n in kind.names])
    if name is None:
        raise LookupError(f"{kind.slug}: no name fits {fit}")
    fit = fit.after(name)
    told = _does(decks, kind, does, name, fit)
    fit = fit.after(told)
    unheard = [fits(say, fit) and say.en not in fit.heard for say in kind.more]
    more = decks.deal_fitting(f"{kind.slug} more", kind.more, unheard)
    if more is not None and not decks.happens(f"more {len(kind.more)}", 70):
        more = None
    says = [say for say in (name, told, more) if say is not None]
    return Chosen(
        name=name,
        does=told,
        more=more,
        style=fit.style,
        reach=fit.reach,
        facts=tuple(dict.fromkeys(fact for say in says for fact in all_marked(say, "="))),
        has_texts=any(marked(say, "&") for say in says),
    )


def has_name(kind: Kind, fit: Fit) -> bool:
    """True if a service of that kind has a name that suits those hours."""
    return any(_may_name(name, [numbered(say, NUMBERS[0]) for say in kind.does], fit) for name in kind.names)


def without_description(chosen: Chosen) -> Chosen:
    """Only its name is told, and states what it states."""
    return replace(chosen, does=Say("", ""), more=None, facts=all_marked(chosen.name, "="), has_texts=False)


def _may_name(name: Say, does: Sequence[Say], fit: Fit) -> bool:
    """True if it fits together with the sentence that goes with it, and tells the season where one must know it."""
    if not fits(name, fit) or (fit.style in TOLD and fit.style not in all_marked(name, "@")):
        return False
    number = marked(name, "#")
    return not number or fits(does[int(number)], fit.after(name))


def _does(decks: Decks, kind: Kind, does: Sequence[Say], name: Say, fit: Fit) -> Say:
    if number := marked(name, "#"):
        return does[int(number)]
    fitting = [fits(say, fit) and "named" not in say.tags for say in does]
    unheard = [is_fit and say.en not in fit.heard for is_fit, say in zip(fitting, does, strict=True)]
    found = decks.deal_fitting(f"{kind.slug} does", does, unheard if any(unheard) else fitting)
    if found is None:
        raise LookupError(f"{kind.slug}: no sentence fits {fit}")
    return found
