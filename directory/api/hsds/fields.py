"""What values of open data's parameters may look like; their reasons are Django's own sentences or ours."""

import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters import Filter

from directory.filters import fault_text
from directory.finding.places import gazetteer
from directory.rules.places import Found, NotFound, Place, RuralPostalCode
from directory.rules.query import Fault

_YES, _NO = {"true", "1", "yes"}, {"false", "0", "no"}
# In an address `+` means a blank: 2026-01-01T00:00:00 05:00 was meant as +05:00.
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")
_POSTAL_CODE = re.compile(r"[A-Z]\d[A-Z](?:\d[A-Z]\d)?", re.ASCII)
FARTHEST = 20_000_000
"""Metres: half way round the earth."""


class TruthField(forms.CharField):
    """true or false; nothing said: None."""

    def clean(self, value: Any) -> bool | None:
        """Raise ValidationError for any other word."""
        word = str(super().clean(value)).lower()
        if word and word not in _YES | _NO:
            raise ValidationError(_("Say true or false."))
        return word in _YES if word else None


class MomentField(forms.CharField):
    """An ISO 8601 moment; without an offset UTC, a day alone means its beginning."""

    def clean(self, value: Any) -> datetime | None:
        """Raise ValidationError for what is no moment between the years 1900 and 9000."""
        word = _LOST_PLUS.sub("+", str(super().clean(value)))
        if not word:
            return None
        try:
            read = datetime.fromisoformat(word)
        except ValueError:
            read = None
        if read is None or not 1900 <= read.year <= 9000:
            raise ValidationError(_("This is not a moment as in 2026-01-31T12:00:00Z."))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


class PostalCodeField(forms.CharField):
    """A postal code or its first three characters; cleaned, the postal area that it lies in."""

    def clean(self, value: Any) -> Place | None:
        """Raise ValidationError for what is no postal code of Canada that we know."""
        word = re.sub(r"[\s-]", "", str(super().clean(value))).upper()
        if not word:
            return None
        found = gazetteer().resolve(word) if _POSTAL_CODE.fullmatch(word) else NotFound("bad_postal_code")
        match found:
            case Found(place) if place.kind == "postal_area":
                return place
            case RuralPostalCode(_code, Place() as place):
                return place
        known = isinstance(found, NotFound) and found.reason == "bad_postal_code"
        raise ValidationError(
            fault_text(Fault("postcode", "bad_postal_code" if known else "unknown", word[:7]))
        )


class TruthFilter(Filter):
    """Narrows by yes or no."""

    field_class = TruthField


class MomentFilter(Filter):
    """Narrows by a moment."""

    field_class = MomentField


class PostalCodeFilter(Filter):
    """Narrows by where a postal code lies."""

    field_class = PostalCodeField


class MetresFilter(Filter):
    """Narrows by a distance."""

    field_class = forms.FloatField

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, min_value=0, max_value=FARTHEST, **named)
