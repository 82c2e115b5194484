"""Hours that hold for a time only, in the form of the hours: from a day to a day, and a line of hours."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from directory.rules.hours_seasons import MOST_SEASONS, Days, Season, overlapping, season_from_json
from directory.rules.season_typed import read_season, write_season
from directory.rules.sheet_text import NotRead
from directory.views.languages import language
from directory.views.sheet_words import fault_words

BLANKS = 1
LONGEST_LINE = 200


class SeasonFields(forms.Form):
    """Three fields for each season, and three empty ones. `seasons` are those of a form that was cleaned."""

    def add_seasons(self, stored: Iterable[Mapping[str, Any]]) -> None:
        """Make the fields; `stored` are seasons as JSON."""
        self.season_count = 0
        self.seasons: list[Season] = []
        found = list(map(season_from_json, stored))
        for season in (*found, *[None] * BLANKS):
            self._add(self.season_count, season)
            self.season_count += 1

    def _add(self, place: int, season: Season | None) -> None:
        first = season.first.isoformat() if season and season.first else ""
        last = season.last.isoformat() if season else ""
        written = write_season(season.days, language()) if season else ""
        self.fields[f"season-{place}-first"] = _text(_("From this day on"), first, 10)
        self.fields[f"season-{place}-last"] = _text(_("Up to and with this day"), last, 10)
        self.fields[f"season-{place}-hours"] = _text(_("Hours in that time"), written, LONGEST_LINE)

    def season_groups(self) -> list[list[Any]]:
        """The fields of each."""
        names = ("first", "last", "hours")
        return [[self[f"season-{place}-{name}"] for name in names] for place in range(self.season_count)]

    @property
    def opens_seasons(self) -> bool:
        """True if any stands here, or was typed."""
        return any(field.value() for fields in self.season_groups() for field in fields)

    def clean_seasons(self, told: Mapping[str, Any]) -> None:
        """Read the lines; what is wrong stands beside the field."""
        self.seasons = []
        for place in range(self.season_count):
            first, last, line = (
                told.get(f"season-{place}-{name}", "") for name in ("first", "last", "hours")
            )
            if first or last or line:
                self._clean_one(place, first, last, line)
        if overlapping(self.seasons):
            self.add_error(
                None, _("Two times of other hours share a day. Let one end before the other begins.")
            )
        if len(self.seasons) > MOST_SEASONS:
            self.add_error(
                None, _("These are too many times of other hours: at most %(most)d.") % {"most": MOST_SEASONS}
            )

    def _clean_one(self, place: int, first: str, last: str, line: str) -> None:
        begins, ends = self._day(place, "first", first), self._day(place, "last", last)
        days = self._days(place, line)
        if not last:
            words = _("When do these hours end? Hours that stay are those of the week above.")
            self.add_error(f"season-{place}-last", words)
        elif begins and ends and ends < begins:
            self.add_error(f"season-{place}-last", _("This day comes before the first one."))
        elif ends and days is not None:
            self.seasons.append(Season(begins, ends, days))

    def _day(self, place: int, name: str, written: str) -> date | None:
        try:
            return date.fromisoformat(written) if written else None
        except ValueError:
            words = _("This is no day. Write year, month and day: 2026-12-24.")
            self.add_error(f"season-{place}-{name}", words)
            return None

    def _days(self, place: int, line: str) -> Days | None:
        try:
            return read_season(line)
        except NotRead as fault:
            self.add_error(f"season-{place}-hours", fault_words(fault))
            return None


def _text(label: str, initial: str, most: int) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=most, initial=initial, widget=widget)
