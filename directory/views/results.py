"""What the page of results shows: the lines about all of them, their cards, the ways to change the search."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.finding.answer import Answer, Result
from directory.finding.hours import open_state
from directory.finding.places import place_label
from directory.finding.search_sql import PER_PAGE
from directory.finding.vocabulary import vocabulary
from directory.rules.query import Query
from directory.views import wording
from directory.views.cards import card, open_line
from directory.views.chips import chips
from directory.views.journeys import far_line, way_words
from directory.views.kept import Ids, text_with
from directory.views.languages import any_name, language
from directory.views.narrow import narrow_context
from directory.views.not_shown import not_shown_lines
from directory.views.sealed import listing_address, page_address
from directory.views.search_form import form_context, place_choices
from directory.views.slots import guides
from safety.viewer import VISITOR

MOST_GUESSES = 3
"""Words that a typed word may have been taken for and that are named."""


class Addresses(NamedTuple):
    """How a page of results leads on: to a listing (its id, the search, the page), and to another page of the token.

    `find`: name of the address that takes another search; `row`: what a result's place on its page is called, before
    its number.
    """

    listing: Callable[[str, str, int], str]
    page: Callable[[str, int], str]
    find: str
    row: str


PUBLIC = Addresses(listing_address, page_address, find="find", row="r-")


def _place(found: Answer) -> str:
    return place_label(found.place, language()) if found.place else ""


def _count_line(found: Answer) -> str:
    if not found.total:
        return ""
    facts = {
        "total": wording.number(found.total),
        "km": wording.number(found.query.away or 0),
        "place": _place(found),
    }
    if found.place and found.query.away:
        return wording.elided(_away_line(found) % facts, _place(found))
    is_nearest_first = found.place and found.query.sort != "checked"
    if found.is_capped:
        told = (
            _("More than %(total)s services, nearest first.")
            if is_nearest_first
            else _("More than %(total)s services.")
        )
    elif is_nearest_first:
        told = ngettext(
            "%(total)s service, nearest first.", "%(total)s services, nearest first.", found.total
        )
    else:
        told = ngettext("%(total)s service.", "%(total)s services.", found.total)
    return told % facts


def _away_line(found: Answer) -> str:
    """The same for who must leave a place: it is said from where, so that nobody takes the nearest for near."""
    if found.query.sort == "checked":
        return ngettext(
            "%(total)s service at least %(km)s km from %(place)s.",
            "%(total)s services at least %(km)s km from %(place)s.",
            found.total,
        )
    if found.is_capped:
        return _("More than %(total)s services at least %(km)s km from %(place)s, nearest first.")
    return ngettext(
        "%(total)s service at least %(km)s km from %(place)s, nearest first.",
        "%(total)s services at least %(km)s km from %(place)s, nearest first.",
        found.total,
    )


def _speaking_line(found: Answer) -> str:
    """How many speak a language asked for, and what that does to the order; the others stay."""
    if not found.total or not found.query.languages:
        return ""
    facts = {"count": wording.number(found.speaking), "languages": any_name(found.query.languages)}
    if not found.speaking:
        return _("None of them says that it speaks %(languages)s. You can ask.") % facts
    if found.speaking_at > 1:
        told = ngettext(
            "%(count)s of them speaks %(languages)s.",
            "%(count)s of them speak %(languages)s.",
            found.speaking,
        )
        return told % facts
    if found.place is None:
        told = ngettext(
            "%(count)s of them speaks %(languages)s and comes first.",
            "%(count)s of them speak %(languages)s and come first.",
            found.speaking,
        )
        return told % facts
    told = ngettext(
        "%(count)s of them speaks %(languages)s and comes first among those about as near.",
        "%(count)s of them speak %(languages)s and come first among those about as near.",
        found.speaking,
    )
    return told % facts


def _nearest_speaking(found: Answer, text: str, token: str, to: Addresses) -> dict[str, Any]:
    """The nearest that speaks a language asked for, where nearer ones do not: else nobody would find it.

    `page` is that of the list on which it stands, another than this one; 0 if there is none.
    """
    speaking = found.first_speaking
    if speaking is None or found.speaking_at < 2:
        return {}
    page, position = divmod(found.speaking_at - 1, PER_PAGE)
    is_elsewhere = page + 1 != found.query.page and page < found.pages
    return {
        **_link(speaking, text, found, to),
        "page": page + 1 if is_elsewhere else 0,
        "page_url": f"{to.page(token, page + 1)}#{to.row}{position + 1}",
    }


def _link(result: Result, text: str, found: Answer, to: Addresses) -> dict[str, Any]:
    """A result in one line: its name, the way to its listing, and where it is."""
    return {
        "name": result.facts["name"],
        "name_lang": result.facts.get("name_lang", ""),
        "url": to.listing(result.facts["id"], text, found.query.page),
        "where": wording.where(result, way_words(result, found.place)),
        "is_demo": result.facts["source"]["is_demo"],
    }


def _closed_nearer(found: Answer, text: str, now: datetime, to: Addresses) -> dict[str, Any]:
    """What fits and is nearer than all that may be open then, with when it opens, and a search that shows such."""
    if found.shut is None or found.query.page > 1:
        return {}
    return {
        **_link(found.shut, text, found, to),
        "find": to.find,
        "open_line": _when_it_opens(found.shut, found.query, now),
        "fields": _without("open", found.query),
    }


def _when_it_opens(shut: Result, query: Query, now: datetime) -> str:
    """In the words of a card; of one moment that was asked for, what comes after it."""
    if query.open or len(query.open_at) != 1:
        return open_line(shut, now)
    after = open_state(shut.facts, query.open_at[0]).next
    if after is None:
        return ""
    local = after.astimezone(ZoneInfo(shut.facts["zone"]))
    told = {"day": wording.day_text(local.date()), "hour": wording.clock(local.hour, local.minute)}
    return _("Opens on %(day)s at %(hour)s.") % told


def _elsewhere_line(found: Answer) -> str:
    """Says it where not all are shown, or not all were looked at: nothing is cut off in silence."""
    more = found.elsewhere_total - len(found.elsewhere)
    if more <= 0:
        told = _("There may be more that can be reached from anywhere. Choose what would help to see them.")
        return told if found.is_elsewhere_capped else ""
    if found.is_elsewhere_capped:
        told = ngettext(
            "At least %(more)s more can be reached from anywhere. Choose what would help to see it.",
            "At least %(more)s more can be reached from anywhere. Choose what would help to see them.",
            more,
        )
    else:
        told = ngettext(
            "%(more)s more can be reached from anywhere. Choose what would help to see it.",
            "%(more)s more can be reached from anywhere. Choose what would help to see them.",
            more,
        )
    return told % {"more": more}


def _heading(found: Answer) -> str:
    if found.place is None:
        return _("Services")
    told = _("Services far from %(place)s") if found.query.away else _("Services near %(place)s")
    return wording.elided(told % {"place": _place(found)}, _place(found))


def _notice(found: Answer) -> str:
    if found.is_corrected and found.place:
        return _("Nothing is called exactly “%(typed)s”. We took %(place)s.") % {
            "typed": found.query.near,
            "place": _place(found),
        }
    if found.is_also_province and found.place:
        return _("We took the city, %(place)s, and not the whole province.") % {"place": _place(found)}
    return ""


def _words_line(found: Answer) -> str:
    """Says which words were looked for, where nothing bears all that were typed."""
    if not found.words_taken:
        return ""
    told = _("Nothing has all of these words. These have some: %(words)s.")
    return told % {"words": ", ".join(found.words_taken)}


def _guess_lines(found: Answer) -> list[str]:
    """Says what each word was taken for that nothing bears as it was typed."""
    told = _("We read “%(typed)s” as “%(words)s”.")
    shown = ((typed, words[:MOST_GUESSES]) for typed, words in found.words_read)
    return [told % {"typed": typed, "words": ", ".join(words)} for typed, words in shown]


def _without(name: str, query: Query) -> list[tuple[str, str]]:
    return [pair for pair in query.pairs() if pair[0] != name]


def _so_far(told: str, km: int | None, found: Answer) -> str:
    place = _place(found)
    return wording.elided(told % {"km": wording.number(km or 0), "place": place}, place)


def _nothing_there(found: Answer) -> dict[str, Any]:
    """What a distance leaves empty: how far the nearest is, if it is beyond, and the search without that distance."""
    if found.place is None:
        return {}
    if found.nearest:
        told = _("Nothing is listed within %(km)s km of %(place)s.")
        if set(found.not_shown) == {"open"}:
            told = _("Nothing within %(km)s km of %(place)s is open then.")
        elif found.not_shown:
            told = _("Nothing within %(km)s km of %(place)s fits what you asked for.")
        where = wording.where(found.nearest, way_words(found.nearest, found.place))
        return {
            "line": _so_far(told, found.query.within, found),
            "nearest": _("The nearest: %(where)s.") % {"where": where},
            "fields": _without("within", found.query),
            "button": _("Show services at any distance"),
        }
    if found.total or not found.query.away:
        return {}
    told = _("Nothing is listed at least %(km)s km from %(place)s.")
    return {
        "line": _so_far(told, found.query.away, found),
        "nearest": "",
        "fields": _without("away", found.query),
        "button": _("Show nearer services too"),
    }


def results_context(
    found: Answer, token: str, now: datetime, picked: Ids = (), to: Addresses = PUBLIC
) -> dict[str, Any]:
    """Everything that a page of results shows. `picked` is the list that travels with the search."""
    query, text = found.query, text_with(found.query.text(), picked)
    needs = vocabulary().with_kinds(query.needs)

    def shown(results: list[Result]) -> list[dict[str, Any]]:
        links = [to.listing(result.facts["id"], text, query.page) for result in results]
        told = zip(results, links, strict=True)
        return [card(result, now, link, query.languages, found.place, needs) for result, link in told]

    page, words = query.page, vocabulary()
    return form_context(query) | {
        "heading": _heading(found),
        "count_line": _count_line(found),
        "far_line": far_line(found),
        "notices": [line for line in (_notice(found), *_guess_lines(found), _words_line(found)) if line],
        "not_this_one": place_choices(found.others, query),
        "chips": chips(query, words, found.ruled_out, found.place.zone if found.place else ""),
        "narrow": narrow_context(found, words),
        "speaking_line": _speaking_line(found),
        "nearest_speaking": _nearest_speaking(found, text, token, to),
        "nothing_within": _nothing_there(found),
        "closed_nearer": _closed_nearer(found, text, now, to),
        "tells_duty": query.person.is_young,
        "not_shown": not_shown_lines(found.not_shown),
        "cards": shown(found.results),
        "elsewhere": shown(found.elsewhere),
        "elsewhere_line": _elsewhere_line(found),
        "guides": [] if found.results else guides(query.needs, query.q, VISITOR),
        "pages": {
            "page": page,
            "of": found.pages,
            "previous_url": to.page(token, page - 1) if page > 1 else "",
            "next_url": to.page(token, page + 1) if page < found.pages else "",
        },
    }
