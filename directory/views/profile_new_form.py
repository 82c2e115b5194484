"""A new listing: what it is called, what it offers, where it is, and its telephone. All else is added afterwards."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.profile import PHONE_FIELDS
from directory.rules.provinces import PROVINCES, province_name
from directory.rules.text import fold
from directory.views.languages import language
from directory.views.profile_contact_form import FEWEST_DIGITS, LONGEST_NUMBER
from directory.views.profile_forms import LONGEST, Pair, Values
from directory.views.profile_offer_form import OfferFields
from directory.views.profile_place_form import PlaceFields, one_line

TEXTS = ("name", "description")


class NewListingForm(OfferFields, PlaceFields):
    """`shown` are the parts of one that was asked for before, or nothing."""

    title = gettext_lazy("A new listing")
    lead = gettext_lazy(
        "It is on the site once somebody has read it. If it offers beds, jobs or peer support, or a number that we do "
        "not know yet, we call you back first."
    )
    template = "directory/_task_new.html"

    def __init__(self, data: Any, *, shown: Values, organization: UUID) -> None:
        """As TaskForm; nothing is stored of it."""
        self.organization = organization
        super().__init__(data, profile={}, shown=shown)

    def keys(self) -> list[str]:
        """None is stored yet."""
        return []

    def begin(self) -> None:
        """Texts in both languages, lists of what is offered, places, a number."""
        for name in TEXTS:
            for end in ("", "_fr"):
                self._add_text(name, end)
        self.add_offers(self.shown.get("needs") or [])
        self._add_where(self.shown.get("place") or {})
        self._add_phone((self.shown.get("phones") or [{}])[0])

    def _add_text(self, name: str, end: str) -> None:
        widget = forms.TextInput() if name == "name" else forms.Textarea(attrs={"rows": 5})
        widget.attrs["lang"] = "fr" if end else "en"
        label = _("Name") if name == "name" else _("What you get")
        initial = self.shown.get(f"service.{name}{end}", "")
        self.fields[f"{name}{end}"] = forms.CharField(
            label=label, required=False, max_length=LONGEST, widget=widget, initial=initial
        )

    def _add_where(self, place: Values) -> None:
        more = {
            "province": _("At no place: by phone, for a whole province"),
            "country": _("At no place: by phone, for the whole country"),
        }
        self.add_place(self.organization, place, not_at=None, more=more)
        named_provinces = sorted(
            ((province_name(c, language()), c) for c in PROVINCES), key=lambda p: fold(p[0])
        )
        self.fields["province"] = forms.ChoiceField(
            label=_("Which province or territory"),
            choices=[("", ""), *((code, name) for name, code in named_provinces)],
            required=False,
            initial=place.get("province", ""),
        )

    def _add_phone(self, row: Values) -> None:
        self.fields["number"] = one_line(_("Number"), row.get("number", ""), LONGEST_NUMBER)
        self.fields["extension"] = one_line(_("Extension"), row.get("extension", ""), LONGEST_NUMBER)
        kinds = [("", _("to call")), ("text", _("for texts"))]
        self.fields["type"] = forms.ChoiceField(
            label=_("What for"), choices=kinds, required=False, initial=row.get("type", "")
        )

    def side_by_side(self) -> list[Pair]:
        """The bilingual texts."""
        return [Pair(self, name) for name in TEXTS]

    def telephone(self) -> list[Any]:
        """The fields of the number."""
        return [self[name] for name in ("number", "extension", "type")]

    def clean(self) -> Values:
        """A name, a place that can be found, a number that is one."""
        told = super().clean()
        if not told.get("name") and not told.get("name_fr"):
            self.add_error("name", _("A listing needs a name, in one language at least."))
        if told.get("where") == "province" and not told.get("province"):
            self.add_error("province", _("Choose the province that it serves."))
        number = told.get("number", "")
        if number and sum(c.isdigit() for c in number) < FEWEST_DIGITS:
            self.add_error("number", _("This is not a telephone number."))
        return told

    def values(self) -> Values:
        """The parts of the listing. A name stands in the first column, in whichever language it is."""
        told = self.cleaned_data
        texts = {
            f"{name}{end}": told[f"{name}{end}"].replace("\r\n", "\n")
            for name in TEXTS
            for end in ("", "_fr")
        }
        texts["name"] = texts["name"] or texts["name_fr"]
        phone = {name: told.get(name, "") for name in PHONE_FIELDS}
        return {
            **{f"service.{name}": text for name, text in texts.items()},
            "needs": self.offers(),
            "phones": [phone] if phone["number"] else [],
            "place": self.place(),
        }
