"""Where an open place is: community, street, the way there; and the street of a protected one, which is sealed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions.keep_address import Street
from directory.finding.profile_places import STREET, WHERE
from directory.rules.provinces import PROVINCES, province_name
from directory.views.community_field import CommunityField
from directory.views.languages import language
from directory.views.profile_forms import TaskForm, Values
from directory.views.wording_places import FIELDS

LONGEST_LINE, LONGEST_WAY = 200, 1000


def _line(name: str, initial: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=str(FIELDS[name]), required=False, max_length=LONGEST_LINE, initial=initial, widget=widget
    )


class WhereForm(TaskForm):
    """Of an open place. `key` is "where/PLACE"."""

    title = gettext_lazy("Where it is")
    lead = gettext_lazy(
        "A new address is read by somebody before it is on the site. After a move, distances are those of the "
        "community. Without a street, the community alone is told."
    )
    template = "directory/_task_where.html"

    def __init__(self, data: Any, *, profile: Values, shown: Values, place: str) -> None:
        """As TaskForm; of one place."""
        self.key = f"{WHERE}{place}"
        super().__init__(data, profile=profile, shown=shown)

    def keys(self) -> list[str]:
        """The one part."""
        return [self.key]

    def begin(self) -> None:
        """A field for each line."""
        told = self.shown.get(self.key) or {}
        self.fields["community"] = CommunityField(
            label=str(FIELDS["community"]), initial=told.get("community", "")
        )
        for name in STREET:
            self.fields[name] = _line(name, told.get(name, ""))
        self.fields["directions"] = forms.CharField(
            label=str(FIELDS["directions"]),
            required=False,
            max_length=LONGEST_WAY,
            initial=told.get("directions", ""),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def lines(self) -> list[Any]:
        """The fields, in the order of an address."""
        return [self[name] for name in (*STREET, "community", "directions")]

    def clean(self) -> Values:
        """A place is somewhere."""
        told = super().clean()
        if not told.get("community") and "community" not in self.errors:
            self.add_error("community", _("Write the community and its province, for example Kingston, ON."))
        return told

    def values(self) -> Values:
        """The whole address."""
        told = self.cleaned_data
        names = ("community", *STREET, "directions")
        return {self.key: {name: told[name].replace("\r\n", "\n") for name in names}}


class RegionForm(forms.Form):
    """The community of a protected place, from which its region is made."""

    def __init__(self, data: Any = None) -> None:
        """Labels in the language of the page."""
        super().__init__(data)
        field = CommunityField(
            label=str(FIELDS["community"]),
            help_text=_("Of a protected place we keep its region alone, and forget this."),
        )
        field.required = True
        self.fields["community"] = field


class StreetForm(forms.Form):
    """The street of a protected place. What stands here is sealed, and never shown in this form again."""

    def __init__(self, data: Any = None) -> None:
        """Labels in the language of the page."""
        super().__init__(data)
        for name in STREET:
            self.fields[name] = _line(name)
        self.fields["address_1"].required = True
        self.fields["city"] = forms.CharField(
            label=_("Community"),
            max_length=LONGEST_LINE,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        provinces = [("", ""), *((code, province_name(code, language())) for code in PROVINCES)]
        self.fields["state_province"] = forms.ChoiceField(label=_("Province or territory"), choices=provinces)

    def street(self) -> Street:
        """What was typed."""
        return Street(**self.cleaned_data)
