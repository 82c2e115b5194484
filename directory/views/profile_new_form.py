"""A new listing: what it is called, what it offers, where it is, and its telephone. All else is added afterwards."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.profile import PHONE_FIELDS
from directory.finding.profile_places import STREET
from directory.finding.vocabulary import Vocabulary, read_vocabulary
from directory.models.location import Location
from directory.models.service import Service
from directory.rules.provinces import PROVINCES, province_name
from directory.rules.text import fold
from directory.views.community_field import CommunityField
from directory.views.languages import language
from directory.views.profile import name_of
from directory.views.profile_contact_form import FEWEST_DIGITS, LONGEST_NUMBER
from directory.views.profile_forms import LONGEST, Pair, TaskForm, Values
from directory.views.wording_places import FIELDS, place_name

TEXTS = ("name", "description")
OWN = "own-"
MOST_PLACES = 30


class NewListingForm(TaskForm):
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
        self._add_needs(read_vocabulary("default"))
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

    def _add_needs(self, words: Vocabulary) -> None:
        chosen = self.shown.get("needs") or [""]
        groups = [(words.name(group.slug, language()), _named(words, group.slug)) for group in words.groups]
        self.fields["main"] = forms.ChoiceField(
            label=_("What it is first of all"), choices=[("", ""), *groups], initial=chosen[0]
        )
        for group, (name, kinds) in zip(words.groups, groups, strict=True):
            self.fields[f"also-{group.slug}"] = forms.MultipleChoiceField(
                label=name,
                choices=kinds,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[slug for slug in chosen[1:] if slug in dict(kinds)],
            )

    def _add_where(self, place: Values) -> None:
        own = Location.objects.filter(organization_id=self.organization).select_related("community")
        places = [
            (f"{OWN}{one.pk}", _with_service(one)) for one in own.order_by("position", "id")[:MOST_PLACES]
        ]
        named = {
            "new": _("At another place"),
            "protected": _("At a protected place: only its region is told"),
            "province": _("At no place: by phone, for a whole province"),
            "country": _("At no place: by phone, for the whole country"),
        }
        kind = place.get("kind", "")
        self.fields["where"] = forms.ChoiceField(
            label=_("Where it is"),
            choices=[*places, *named.items()],
            widget=forms.RadioSelect,
            initial=f"{OWN}{place['location']}" if kind == "own" else kind,
        )
        self.fields["community"] = CommunityField(
            label=str(FIELDS["community"]),
            initial=place.get("community", ""),
            help_text=_("Of a protected place we keep its region alone, and forget this."),
        )
        for name in STREET:
            self.fields[name] = _line(str(FIELDS[name]), place.get(name, ""), 200)
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
        self.fields["number"] = _line(_("Number"), row.get("number", ""), LONGEST_NUMBER)
        self.fields["extension"] = _line(_("Extension"), row.get("extension", ""), LONGEST_NUMBER)
        kinds = [("", _("to call")), ("text", _("for texts"))]
        self.fields["type"] = forms.ChoiceField(
            label=_("What for"), choices=kinds, required=False, initial=row.get("type", "")
        )

    def side_by_side(self) -> list[Pair]:
        """The bilingual texts."""
        return [Pair(self, name) for name in TEXTS]

    def also(self) -> list[dict[str, Any]]:
        """The boxes of each group, and whether any is ticked."""
        found = [self[name] for name in self.fields if name.startswith("also-")]
        return [{"field": field, "opens": bool(field.value())} for field in found]

    def street(self) -> list[Any]:
        """The lines of an address."""
        return [self[name] for name in ("community", *STREET)]

    def telephone(self) -> list[Any]:
        """The fields of the number."""
        return [self[name] for name in ("number", "extension", "type")]

    def clean(self) -> Values:
        """A name, a place that can be found, a number that is one."""
        told = super().clean()
        if not told.get("name") and not told.get("name_fr"):
            self.add_error("name", _("A listing needs a name, in one language at least."))
        where = told.get("where")
        if where in ("new", "protected") and not told.get("community") and "community" not in self.errors:
            self.add_error("community", _("Write the community and its province, for example Kingston, ON."))
        if where == "protected" and told.get("address_1"):
            self.add_error("address_1", _("Of a protected place no street is kept. Empty this line."))
        if where == "province" and not told.get("province"):
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
            "needs": list(dict.fromkeys([told["main"], *self._others()])),
            "phones": [phone] if phone["number"] else [],
            "place": self._place(),
        }

    def _others(self) -> list[str]:
        return [slug for name in self.fields if name.startswith("also-") for slug in self.cleaned_data[name]]

    def _place(self) -> Values:
        told = self.cleaned_data
        where = told["where"]
        if where.startswith(OWN):
            return {"kind": "own", "location": where.removeprefix(OWN)}
        names = {"new": ("community", *STREET), "protected": ("community",), "province": ("province",)}
        return {"kind": where} | {name: told[name] for name in names.get(where, ())}


def _with_service(place: Location) -> str:
    """Where it is, and what is there already: several protected places are told by one region."""
    here = Service.objects.filter(sites__location=place).order_by("name", "pk").first()
    return f"{place_name(place)} ({name_of(here)})" if here else place_name(place)


def _named(words: Vocabulary, group: str) -> list[tuple[str, str]]:
    return [(need.slug, words.name(need.slug, language())) for need in words.kinds_of(group)]


def _line(label: str, initial: str, most: int) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=most, initial=initial, widget=widget)
