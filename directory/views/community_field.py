"""A field for the community where a place is: one that is meant for sure, as it is written here."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.finding.community_typed import community_typed
from directory.finding.places import place_words


class CommunityField(forms.CharField):
    """Gives back the words that lead to the community and to no other: "Kingston, ON"."""

    def __init__(self, *, label: str, initial: str = "", help_text: str = "") -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(
            label=label, initial=initial, help_text=help_text, required=False, max_length=120, widget=widget
        )

    def clean(self, value: str | None) -> str:
        """Raises ValidationError, with those that may be meant."""
        text: str = super().clean(value)
        if not text:
            return ""
        found = community_typed(text)
        if found.place:
            return place_words(found.place)
        if found.choices:
            told = "; ".join(found.choices)
            raise ValidationError(_("Which one? Write it as here: %(choices)s") % {"choices": told})
        raise ValidationError(_("Write the community and its province, for example Kingston, ON."))
