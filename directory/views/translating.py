"""Which form has the texts of a listing that stand in one language alone, side by side with the other."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from directory.models.service import Service
from directory.policies import is_kept
from directory.rules.told_source import Via
from directory.views.profile_forms import NameForm, TextsForm
from directory.views.profile_who_form import WhoForm

FORMS: dict[str, type[TextsForm]] = {"name": NameForm, "who": WhoForm}


class Door(NamedTuple):
    """A form, by its title; or the page that says who keeps the listing, where its people translate it."""

    address: str
    title: str


def doors_of(services: Sequence[UUID]) -> dict[UUID, list[Door]]:
    """By service, the forms in which something is missing; none for those that people here keep."""
    found = Service.objects.in_bulk(list(services))
    owners = {one.organization_id for one in found.values() if one.organization_id}
    kept = {owner for owner in owners if is_kept(owner)}
    asked = urlencode({"via": Via.TRANSLATION})
    return {
        key: [
            Door(f"{reverse('review_correct_task', args=[key, name])}?{asked}", str(form.title))
            for name, form in FORMS.items()
            if _is_half_told(one, form)
        ]
        for key, one in found.items()
        if one.organization_id not in kept
    }


def _is_half_told(service: Service, form: type[TextsForm]) -> bool:
    """True if one of its texts stands in one language and not in the other."""
    pairs = [(getattr(service, name), getattr(service, f"{name}_fr")) for name in form.pairs]
    return any(bool(english) != bool(french) for english, french in pairs)
