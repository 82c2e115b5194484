"""The hours of one kind: a line for each day, holidays, seasons, days with hours of their own."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models.schedule import HoursOf
from directory.rules.hours_seasons import CLOSED, days_json, season_json, settled
from directory.rules.hours_typed import Day, Stretch, Typed, read_day, stored_clock, written_day
from directory.rules.opening_own import LONGEST_NOTE, MOST_DAYS, StatedDay, check_days
from directory.rules.opening_rows import clock_of
from directory.rules.opening_week import minutes_between
from directory.views.languages import starts_large
from directory.views.profile_forms import TaskForm, Values
from directory.views.profile_seasons_form import SeasonFields
from directory.views.wording_changes import HOURS_OF, ON_HOLIDAYS

BLANKS = 2
STATES = ("times", "always", "appointment", "not_stated")
DAYS = range(7)


def _fault(typed: Typed) -> str:
    """What is wrong with a line, in words that say how to mend it."""
    told = {
        "not_hours": _(
            "“%(value)s” is not understood. Write for example 9:00-17:00, or 9:00-12:00, 13:00-17:00."
        ),
        "two_meanings": _(
            "“%(value)s”: in the morning or in the afternoon? Write am or pm with both, or 17:00."
        ),
        "long_night": _("“%(value)s” would last until the next day. For five in the afternoon write 17:00."),
        "overlap": _("These hours overlap: “%(value)s”."),
        "too_many": _("This is too much for one day."),
    }
    return told[typed.fault] % {"value": typed.value}


class HoursForm(SeasonFields, TaskForm):
    """`key` is "hours/OWNER/KIND"."""

    title = gettext_lazy("Hours")
    template = "directory/_task_hours.html"

    def __init__(self, data: Any, *, profile: Values, shown: Values, key: str) -> None:
        """As TaskForm; of one kind of hours."""
        self.key = key
        self.hours: dict[str, Any] = shown.get(key) or {}
        self.days: dict[int, Day] = {}
        super().__init__(data, profile=profile, shown=shown)

    @property
    def kind(self) -> str:
        """What these are the hours of, in words."""
        return str(HOURS_OF[HoursOf(self.key.rpartition("/")[2])])

    @property
    def keeps(self) -> bool:
        """True where the hours are more than this form can tell: they stay unless other ones are chosen."""
        return bool(self.hours.get("state") == "kept")

    def keys(self) -> list[str]:
        """The one part."""
        return [self.key]

    def begin(self) -> None:
        """A field for each day, and a few for other days."""
        labels = {
            "times": _("On these days"),
            "always": _("Day and night, every day"),
            "appointment": _("Only by appointment"),
            "not_stated": _("Not stated: people are told to ask"),
        }
        state = self.hours.get("state", "times")
        choices = [(name, labels[name]) for name in STATES]
        if self.keeps:
            choices.insert(0, ("kept", _("As they are now, which this page cannot show in lines")))
        self.fields["state"] = forms.ChoiceField(
            label=_("When"),
            choices=choices,
            widget=forms.RadioSelect,
            initial="times" if state == "not_stated" and not self.hours else state,
        )
        days = self.hours.get("days") or [[]] * 7
        for day in DAYS:
            self.fields[f"day-{day}"] = one_line(
                starts_large(str(WEEKDAYS[day])), written_day([(a, b) for a, b in days[day]])
            )
        self._add_notes()
        self.add_seasons(self.hours.get("seasons", []))
        self._add_own_days()

    def _add_notes(self) -> None:
        choices = [(name, words) for name, words in ON_HOLIDAYS.items()]
        self.fields["on_holidays"] = forms.ChoiceField(
            label=_("On public holidays"),
            choices=choices,
            initial=self.hours.get("on_holidays", "not_stated"),
            required=False,
        )
        self.fields["note"] = one_line(
            _("Words about the hours, in English"), self.hours.get("note", ""), 300
        )
        self.fields["note_fr"] = one_line(
            _("Words about the hours, in French"), self.hours.get("note_fr", ""), 300
        )

    def _add_own_days(self) -> None:
        """Stretches of one date stand in one line."""
        by_date: dict[str, dict[str, Any]] = {}
        for day in self.hours.get("own_days", []):
            line = by_date.setdefault(day["on"], {"day": [], "note": day["note"], "note_fr": day["note_fr"]})
            if day["opens_at"]:
                line["day"].append(minutes_between(clock_of(day["opens_at"]), clock_of(day["closes_at"])))
        self.own: list[tuple[str, dict[str, Any]]] = [*sorted(by_date.items()), *[("", {})] * BLANKS]
        for place, (on, line) in enumerate(self.own):
            written = written_day(line["day"]) or _("closed") if line else ""
            self.fields[f"own-{place}-on"] = one_line(_("Day"), on, 10)
            self.fields[f"own-{place}-hours"] = one_line(_("Hours on that day"), written)
            self.fields[f"own-{place}-note"] = one_line(
                _("Why, in English"), line.get("note", ""), LONGEST_NOTE
            )
            self.fields[f"own-{place}-note_fr"] = one_line(
                _("Why, in French"), line.get("note_fr", ""), LONGEST_NOTE
            )

    def week(self) -> list[Any]:
        """The fields of the days."""
        return [self[f"day-{day}"] for day in DAYS]

    def others(self) -> list[list[Any]]:
        """The fields of the other days."""
        names = ("on", "hours", "note", "note_fr")
        return [[self[f"own-{place}-{name}"] for name in names] for place in range(len(self.own))]

    @property
    def opens_others(self) -> bool:
        """True if any other day stands here, or was typed."""
        return any(field.value() for fields in self.others() for field in fields)

    def _known(self) -> set[Stretch]:
        """Stretches that are stored: they are no slips, however long."""
        return {(a, b) for day in self.hours.get("days") or [] for a, b in day}

    def clean(self) -> Values:
        """Each line by itself, the fault beside it."""
        told = super().clean()
        if told.get("state") == "times":
            self.clean_seasons(told)
            self._clean_week(told)
        self._clean_own_days(told)
        return told

    def _clean_week(self, told: Values) -> None:
        for day in DAYS:
            typed = read_day(told.get(f"day-{day}", ""), self._known())
            if typed.fault:
                self.add_error(f"day-{day}", _fault(typed))
            self.days[day] = typed.day
        opens = [*self.days.values(), *(day for season in self.seasons for day in season.days)]
        if not self.errors and not any(opens):
            words = _(
                "No day has hours. If it is closed for a while, say so under “Temporarily closed or closing”."
            )
            self.add_error("state", words)

    def _clean_own_days(self, told: Values) -> None:
        self.stated: list[StatedDay] = []
        for place in range(len(self.own)):
            on, line, note, note_fr = (
                told.get(f"own-{place}-{name}", "") for name in ("on", "hours", "note", "note_fr")
            )
            if on:
                self._clean_own_day(place, on, line, (note, note_fr))
            elif line or note or note_fr:
                self.add_error(f"own-{place}-on", _("Which day? Write year, month and day: 2026-12-24."))
        if len(self.stated) > MOST_DAYS or len({day.on for day in self.stated}) < len(self._dates()):
            self.add_error(None, _("A day stands here twice. Make one line of it."))

    def _dates(self) -> list[str]:
        return [
            self.cleaned_data[name]
            for name in self.fields
            if name.endswith("-on") and self.cleaned_data.get(name)
        ]

    def _clean_own_day(self, place: int, on: str, line: str, notes: tuple[str, str]) -> None:
        try:
            day = date.fromisoformat(on)
        except ValueError:
            self.add_error(f"own-{place}-on", _("This is no day. Write year, month and day: 2026-12-24."))
            return
        typed = read_day(line)
        if typed.fault:
            self.add_error(f"own-{place}-hours", _fault(typed))
        stretches = [(stored_clock(a), stored_clock(b, is_end=True)) for a, b in typed.day] or [("", "")]
        found = [StatedDay(day, opens, closes, *notes) for opens, closes in stretches]
        if not typed.fault and check_days(found):
            self.add_error(f"own-{place}-on", _("This can't be right."))
        self.stated += found

    def values(self) -> Values:
        """The hours as JSON."""
        told = self.cleaned_data
        is_week = told["state"] == "times"
        usual = tuple(self.days[day] for day in DAYS) if is_week else CLOSED
        own = sorted(self.stated)
        hours = {
            "state": told["state"],
            "days": days_json(usual),
            "on_holidays": told["on_holidays"] or "not_stated",
            "note": told["note"],
            "note_fr": told["note_fr"],
            "own_days": [day._asdict() | {"on": day.on.isoformat()} for day in own],
            "is_plain": True,
        }
        if is_week and (seasons := settled(usual, self.seasons)):
            hours |= {"seasons": list(map(season_json, seasons)), "is_plain": False}
        if told["state"] == "kept":
            hours |= {"rows": self.hours["rows"], "is_plain": False}
        return {self.key: hours}


def one_line(label: str, initial: str, most: int = 200) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=most, initial=initial, widget=widget)
