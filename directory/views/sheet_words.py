"""What is wrong with an uploaded sheet, in words that say how to mend it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from directory.rules.sheet_cells import AT_THE_DESK
from directory.rules.sheet_columns import BY_SLUG
from directory.rules.sheet_rows import RowFault
from directory.rules.sheet_text import NotRead
from directory.views.languages import language

Say = Callable[[str], str]
SHOWN = 200
"""Characters of a cell that a message repeats."""

FILE: dict[str, Say] = {
    "too_large": lambda told: (
        _(
            "This file is too large: at most %(most)s MB. Send the sheet that you downloaded here, without pictures."
        )
        % {"most": told}
    ),
    "no_rows": lambda _told: _("This file is empty."),
    "old_excel": lambda _told: _(
        "This is an old Excel file (.xls). Save it as .xlsx or .csv, and send that."
    ),
    "damaged": lambda _told: _(
        "This file cannot be read: it is no sheet, it is damaged, or it is far larger inside than it looks. "
        "Download the sheet anew, and save it as .xlsx or .csv."
    ),
    "encoding": lambda _told: _(
        "The letters of this file cannot be read. Save it as “CSV UTF-8”, or as .xlsx, and send that."
    ),
    "too_many_rows": lambda told: (
        _("These are too many rows: at most %(most)s. Take out those that you did not change.")
        % {"most": told}
    ),
    "column_twice": lambda _told: _("A column stands here twice. Take one of them out."),
    "no_column": lambda told: (
        _(
            "The column “%(column)s” is missing: nobody knows which listing a row is about. Download the sheet anew."
        )
        % {"column": column_name(told)}
    ),
}

ROW: dict[str, Say] = {
    "refused": lambda told: told,
    "new_listing": lambda _told: _(
        "This row is no listing of yours. New listings cannot be made by a sheet."
    ),
    "no_such_listing": lambda told: (
        _(
            "“%(value)s”: your organization has no listing of this number. Copy the number from a fresh download."
        )
        % {"value": told}
    ),
    "twice": lambda told: (
        _("This listing stands in row %(rows)s too: which one counts? Keep one of them.") % {"rows": told}
    ),
    "no_mark": lambda _told: _(
        "The mark of the download is missing or changed: nobody knows what you saw. Use a fresh download for this row."
    ),
    "conflict": lambda told: (
        _(
            "Somebody changed this after you downloaded the sheet. It says now: “%(value)s”. Use a fresh download."
        )
        % {"value": told or _("nothing")}
    ),
    "too_many_wait": lambda told: (
        _(
            "At most %(most)s of your changes may wait to be checked. Send this row again when some are decided."
        )
        % {"most": told}
    ),
    "cells": lambda _told: _(
        "This row has more or fewer cells than the first row. Put texts with commas into quotes."
    ),
    "a_date": lambda told: (
        _(
            "A spreadsheet program made a date or a time of this: “%(value)s”. Make the cell text, and write it anew."
        )
        % {"value": told}
    ),
    "formula": lambda _told: _("This cell has a formula or an error. Write its text instead."),
    "merged": lambda _told: _("This cell is merged with another. Part them, and write each."),
    "no_such_answer": lambda told: (
        _("“%(value)s” is none of the answers. They stand in the second sheet of the download.")
        % {"value": told}
    ),
    "yes_or_no": lambda told: _("“%(value)s”: write yes or no after the colon.") % {"value": told},
    "no_bounds": lambda told: (
        _("“%(value)s” is not understood. Write for example 16 to 29, 16+ or up to 29.") % {"value": told}
    ),
    "said_twice": lambda told: _("“%(value)s” says the same thing twice.") % {"value": told},
    "contradicts": lambda told: _("“%(value)s” contradicts itself.") % {"value": told},
    "no_days": lambda told: (
        _("“%(value)s”: which days? Write for example Mon-Thu 9:00-17:00; Fri 9:00-12:00.") % {"value": told}
    ),
    "day_twice": lambda told: _("“%(value)s”: this day stands here twice.") % {"value": told},
    "no_day": lambda _told: _(
        "No day has hours. If it is closed for a while, say so under “Open or closed”."
    ),
    "not_hours": lambda told: (
        _("“%(value)s” is not understood. Write for example 9:00-17:00, or 9:00-12:00, 13:00-17:00.")
        % {"value": told}
    ),
    "two_meanings": lambda told: (
        _("“%(value)s”: in the morning or in the afternoon? Write am or pm with both, or 17:00.")
        % {"value": told}
    ),
    "long_night": lambda told: (
        _("“%(value)s” would last until the next day. For five in the afternoon write 17:00.")
        % {"value": told}
    ),
    "overlap": lambda told: _("These hours overlap: “%(value)s”.") % {"value": told},
    "too_many": lambda _told: _("This is too much for one day."),
    "phone_part": lambda told: (
        _("“%(value)s” is not understood. Write for example 613-555-0142, extension 3, for texts (Nurse).")
        % {"value": told}
    ),
    "no_number": lambda told: _("“%(value)s” is not a telephone number.") % {"value": told},
    "no_language": lambda told: (
        _("“%(value)s” is no language that we know. Part several with semicolons.") % {"value": told}
    ),
    "language_twice": lambda told: _("“%(value)s” stands here twice.") % {"value": told},
    "at_the_desk": lambda _told: _(
        "These hours are more than a week, or stand at several places. Change them at your desk."
    ),
    "no_status": lambda told: (
        _("“%(value)s” is none of the values: open, closed for a while, not running, over.") % {"value": told}
    ),
    "too_long": lambda told: _("This is too long: at most %(most)s characters.") % {"most": told},
    "one_line": lambda _told: _("This must be one line."),
    "no_email": lambda told: _("“%(value)s” is not an e-mail address.") % {"value": told},
    "no_site": lambda told: _("“%(value)s” is not a web address.") % {"value": told},
    "no_name": lambda _told: _("A listing needs a name, in one language at least."),
}


PUSHED: dict[str, Say] = {
    "not_a_service": lambda _told: _("This is no service: send an object with an id."),
    "not_yours": lambda _told: _(
        "Your organization has no listing of this id. New listings cannot be pushed."
    ),
    "pushed_twice": lambda _told: _("This listing stands here twice: which one counts?"),
    "no_version": lambda _told: _(
        "The version is missing. GET /hsds/push tells it: send the one that you saw, so that nobody is written over."
    ),
    "changed_since": lambda _told: _(
        "Somebody changed this listing since you saw it. Look at it, then send it with its version of now."
    ),
    "not_text": lambda _told: _("This must be a text."),
    "not_facts": lambda _told: _("This must be an object with a text for each question, as in the sheet."),
    "no_dimension": lambda told: (
        _("“%(value)s” is no question that we know. They stand in the second sheet of the download.")
        % {"value": told}
    ),
    "not_rows": lambda _told: _("This must be a list of objects."),
    "too_many_lines": lambda told: _("These are too many lines: at most %(most)d.") % {"most": int(told)},
    "schedules": lambda _told: _(
        "Only a plain week can be pushed: FREQ WEEKLY with byday, opens_at and closes_at. Change the rest at the desk."
    ),
}


def column_name(slug: str) -> str:
    """The header of a column in the language of the page."""
    return BY_SLUG[slug].header.in_(language())


def file_words(fault: NotRead) -> str:
    """Why a file was not read."""
    return FILE[fault.code](fault.value)


def row_words(fault: RowFault) -> str:
    """What is wrong with a cell or a row."""
    value = AT_THE_DESK[language()] if fault.value in AT_THE_DESK.values() else fault.value
    return fault_words(NotRead(fault.code, value))


def fault_words(fault: NotRead) -> str:
    """What is wrong with a cell, or with a field that was pushed."""
    value = fault.value if len(fault.value) <= SHOWN else f"{fault.value[:SHOWN]}…"
    return (ROW | PUSHED)[fault.code](value)


def place_words(fault: RowFault, letters: Mapping[str, str]) -> str:
    """ "Row 14, column F (Telephone)"."""
    if fault.slug not in letters:
        return _("Row %(row)s") % {"row": fault.row}
    told = {"row": fault.row, "letter": letters[fault.slug], "column": column_name(fault.slug)}
    return _("Row %(row)s, column %(letter)s (%(column)s)") % told
