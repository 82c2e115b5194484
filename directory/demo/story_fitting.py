"""Which sentence fits which service: a name for men isn't given to a women's house, a fish camp isn't held in May.

Tags of a sentence: an audience's key (only for one of those), "@style" (these hours), "#2" (a name that goes with the
third thing the kind does), "named" (only with such a name), "~province" (that reach), "+focus", "remote", "!free".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from directory.demo.story_decks import Decks
from directory.demo.story_words import Kind, Say

MARKS = "@#~+!"
WORDS = {"remote", "named"}


@dataclass(frozen=True, slots=True)
class Fit:
    """What is known of a service when its sentences are chosen."""

    audience: str
    focus: tuple[str, ...]
    reach: str
    is_protected: bool
    is_remote: bool
    style: str = ""
    town: str = ""

    @property
    def tells_town(self) -> bool:
        """True if its texts may name its town."""
        return not self.is_protected and self.reach == "place"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentences of one service, and what they settle: its hours' style, its reach, whether it must be free."""

    name: Say
    does: Say
    more: Say | None
    style: str
    reach: str
    is_free: bool


def marked(say: Say, mark: str) -> str:
    """What a tag of that mark says: "@evening" marked "@" is "evening"."""
    return next((tag[1:] for tag in say.tags if tag[0] == mark), "")


def fits(say: Say, fit: Fit) -> bool:
    """True if nothing about the sentence contradicts the service."""
    audiences = [tag for tag in say.tags if tag[0] not in MARKS and tag not in WORDS]
    focus, style, reach = marked(say, "+"), marked(say, "@"), marked(say, "~")
    return (
        (not audiences or fit.audience in audiences)
        and ("remote" not in say.tags or fit.is_remote)
        and (not focus or focus in fit.focus)
        and (not style or fit.style in ("", style))
        and (not reach or reach == fit.reach or (fit.reach == "place" and not fit.is_protected))
        and (fit.tells_town or "{town}" not in say.en + say.fr)
        and ("{across}" not in say.en or fit.reach != "place" or reach != "")
    )


def _deal(decks: Decks, name: str, says: Sequence[Say], fit: Fit) -> Say | None:
    return decks.deal_fitting(name, says, [fits(say, fit) for say in says])


def choose(decks: Decks, kind: Kind, fit: Fit) -> Chosen:
    """Name, description and what follows from them. Raises LookupError where a kind has no word that fits."""
    name = _deal(decks, f"{kind.slug} names", kind.names, fit)
    if name is None:
        raise LookupError(f"{kind.slug}: no name fits {fit}")
    fit = replace(fit, style=marked(name, "@") or fit.style, reach=marked(name, "~") or fit.reach)
    does = _does(decks, kind, name, fit)
    fit = replace(fit, style=marked(does, "@") or fit.style)
    return Chosen(
        name=name,
        does=does,
        more=_deal(decks, f"{kind.slug} more", kind.more, fit),
        style=fit.style,
        reach=fit.reach,
        is_free=marked(name, "!") == "free",
    )


def _does(decks: Decks, kind: Kind, name: Say, fit: Fit) -> Say:
    if number := marked(name, "#"):
        return kind.does[int(number)]
    open_to_all = [fits(say, fit) and "named" not in say.tags for say in kind.does]
    does = decks.deal_fitting(f"{kind.slug} does", kind.does, open_to_all)
    if does is None:
        raise LookupError(f"{kind.slug}: no sentence fits {fit}")
    return does
