"""Where an organization agreed to appear, as one choice: "never asked" is not the same as "nowhere"."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models.disclosure import PublishTo

SITE, VETTED, OPEN_DATA = PublishTo.SITE.value, PublishTo.VETTED.value, PublishTo.OPEN_DATA.value
NAMED = PublishTo.NAMED.value
CHOICES = (
    ("", _("never asked: the kind of service decides")),
    (SITE, _("this site only")),
    (f"{SITE},{OPEN_DATA}", _("this site and open data")),
    (OPEN_DATA, _("open data only")),
    (VETTED, _("vetted organizations only")),
    (NAMED, _("only organizations that it names")),
    ("nowhere", _("nowhere")),
)


def _places(choice: str) -> list[str] | None:
    if not choice:
        return None
    return [] if choice == "nowhere" else choice.split(",")


class PublishToField(forms.TypedChoiceField):
    """A choice whose value is the column's: None, or a list of places."""

    def __init__(self, **more: Any) -> None:
        label = _("Published where")
        super().__init__(
            choices=CHOICES, coerce=_places, empty_value=None, required=False, label=label, **more
        )

    def prepare_value(self, value: Any) -> Any:
        """The choice that stands for a column's value; what was posted stays as it is."""
        if value is None or isinstance(value, str):
            return value
        return ",".join(sorted(value, reverse=True)) or "nowhere"

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True if the posted choice says something else than the column."""
        return (self.prepare_value(initial) or "") != (data or "")
