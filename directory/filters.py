"""What is wrong with a search, in words that say how to mend it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from directory.rules.query import CHOICES, Fault


def _sentences() -> dict[str, str]:
    return {
        "unknown_name": _("There is no search field of this name."),
        "twice": _("Give this only once."),
        "too_long": _("This is too long: at most %(value)s characters."),
        "unreadable": _("This holds characters that can't be read. Type it again."),
        "unknown_need": _("“%(value)s” is not a kind of help that we know."),
        "not_a_language": _(
            "“%(value)s” is not a language that we know. Choose one from the list; a program sends the three letters"
            " of ISO 639-3, such as fra."
        ),
        "not_kilometres": _("The distance is a whole number of kilometres from 1 to %(value)s, such as 25."),
        "unknown_focus": _("“%(value)s” is not a group of people that we know."),
        "not_a_choice": _("“%(value)s” can't be chosen here. What can: %(choices)s."),
        "too_many": _("This is too much at once: at most %(value)s."),
        "desk_only": _("Only a worker who is signed in can ask for this."),
        "status_in_address": _(
            "An address stays in the history of a browser. Tell an immigration status in the form, not in an address."
        ),
        "in_address": _("A search that is posted is read from its body alone. Send this there."),
        "not_an_age": _("The age is a whole number of years from 0 to %(value)s, such as 17."),
        "not_a_child": _(
            "“%(value)s” is not the age of a child. Write whole years from 0 to 18; m for a boy or f for a girl if"
            " it matters: 14m, or 3."
        ),
        "not_a_time": _(
            "“%(value)s” is not a time that we know. Choose one of these: %(choices)s. A program may send an instant"
            " with its offset, such as 2026-11-23T18:00-05:00."
        ),
        "beyond_within": _(
            "Nothing is farther away than this and still within %(value)s km. Change one of the two."
        ),
        "around_nothing": _("A distance needs a place. Say where, or choose “Any distance”."),
        "not_a_page": _("The page is a number from 1 to %(value)s."),
        "blank": _("Type the name of a place or a postal code."),
        "unknown": _(
            "We don't know a place called “%(value)s”. Check the spelling, or try a larger place near by."
        ),
        "bad_postal_code": _("No postal code in Canada begins like “%(value)s”. Check it, or type a place."),
        "outside_canada": _("“%(value)s” is outside Canada."),
        "unsure": _("We don't know exactly where %(value)s is. Type the name of your community instead."),
        "rural": _("%(value)s is a wide rural area. Type the name of your community instead."),
        "unknown_language": _("“%(value)s” is not a language of this site: en or fr."),
        "choose": _("There is more than one place called “%(value)s”. Choose one."),
        "meant": _("We know no place called “%(value)s”. Did you mean one of these?"),
        "meant_one": _("We know no place called “%(value)s”. Did you mean this one?"),
        "province": _(
            "“%(value)s” is a whole province or territory. Choose a community there, or type the name of one."
        ),
    }


def fault_text(fault: Fault) -> str:
    """One sentence in the language of the reader."""
    return _sentences()[fault.code] % {
        "value": fault.value,
        "choices": ", ".join(CHOICES.get(fault.name, ())),
    }


def fault_texts(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """Sentences by the name of the field that they belong to."""
    told: dict[str, list[str]] = {}
    for fault in faults:
        told.setdefault(fault.name, []).append(fault_text(fault))
    return told
