"""Where something is given: at a place that the organization has already, at a new one, or at a protected one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.profile_places import STREET
from directory.models.location import Location
from directory.models.service import Service
from directory.views.community_field import CommunityField
from directory.views.profile import name_of
from directory.views.profile_forms import TaskForm, Values
from directory.views.wording_places import FIELDS, place_name

OWN = "own-"
MOST_PLACES = 30


class PlaceFields(TaskForm):
    """The choice of a place, and the lines of an address for a new one."""

    def add_place(
        self, organization: UUID, place: Values, *, not_at: UUID | None, more: Mapping[str, str]
    ) -> None:
        """`place` is what was asked for before; `not_at`: a service whose own places are left out; `more`: answers
        that are no place.
        """
        own = Location.objects.filter(organization_id=organization).select_related("community")
        if not_at:
            own = own.exclude(services__service_id=not_at)
        places = [
            (f"{OWN}{one.pk}", _with_service(one)) for one in own.order_by("position", "id")[:MOST_PLACES]
        ]
        named = {
            "new": _("At another place"),
            "protected": _("At a protected place: only its region is told"),
            **more,
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
            self.fields[name] = one_line(str(FIELDS[name]), place.get(name, ""), 200)

    def street(self) -> list[Any]:
        """The lines of an address."""
        return [self[name] for name in ("community", *STREET)]

    def clean(self) -> Values:
        """A place that can be found; of a protected one no street."""
        told = super().clean()
        where = told.get("where")
        if where in ("new", "protected") and not told.get("community") and "community" not in self.errors:
            self.add_error("community", _("Write the community and its province, for example Kingston, ON."))
        if where == "protected" and told.get("address_1"):
            self.add_error("address_1", _("Of a protected place no street is kept. Empty this line."))
        return told

    def place(self) -> Values:
        """As it is asked for."""
        told = self.cleaned_data
        where = told["where"]
        if where.startswith(OWN):
            return {"kind": "own", "location": where.removeprefix(OWN)}
        names = {"new": ("community", *STREET), "protected": ("community",), "province": ("province",)}
        return {"kind": where} | {name: told[name] for name in names.get(where, ())}


class PlaceForm(PlaceFields):
    """Another place of a listing that is there."""

    title = gettext_lazy("Another place")
    lead = gettext_lazy(
        "It is given there too, under the same name. Somebody reads it before it is on the site; if the listing offers "
        "beds, jobs or peer support, we call you back first."
    )
    template = "directory/_task_place.html"

    def __init__(self, data: Any, *, service: Service, place: Values) -> None:
        """Nothing is stored of it; `place` is what was asked for before and is written anew."""
        self.service, self.place_before = service, place
        super().__init__(data, profile={}, shown={})

    def keys(self) -> list[str]:
        """None is stored yet."""
        return []

    def begin(self) -> None:
        """The places that it is not given at yet, and a new one."""
        assert self.service.organization_id is not None
        self.add_place(self.service.organization_id, self.place_before, not_at=self.service.pk, more={})


def _with_service(place: Location) -> str:
    """Where it is, and what is there already: several protected places are told by one region."""
    here = Service.objects.filter(sites__location=place).order_by("name", "pk").first()
    return f"{place_name(place)} ({name_of(here)})" if here else place_name(place)


def one_line(label: str, initial: str, most: int) -> forms.CharField:
    """A field of one line that the browser fills in by nothing that it remembers."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=most, initial=initial, widget=widget)
