"""Which form has the texts of a listing that stand in one language alone, side by side with the other."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from directory.finding.calls import MOST
from directory.finding.quality import Lacking, untranslated
from directory.policies import is_kept
from directory.rules.told_source import Via
from directory.views.profile_forms import NameForm, TextsForm
from directory.views.profile_who_form import WhoForm

FORMS: dict[str, type[TextsForm]] = {"name": NameForm, "who": WhoForm}


class Door(NamedTuple):
    """A form, by its title; or the page that says who keeps the listing, where its people translate it."""

    address: str
    title: str


def doors_of(rows: Sequence[Lacking]) -> dict[UUID, list[Door]]:
    """By service, the forms in which something is missing; none for those that people here keep."""
    kept = {owner for owner in {one.organization for one in rows} if is_kept(owner)}
    asked = urlencode({"via": Via.TRANSLATION})
    return {
        one.service: [
            Door(f"{reverse('review_correct_task', args=[one.service, name])}?{asked}", str(form.title))
            for name, form in FORMS.items()
            if not set(form.pairs).isdisjoint(one.half_told)
        ]
        for one in rows
        if one.organization not in kept
    }


def waiting(tongue: str) -> Callable[[datetime], Iterable[datetime]]:
    """Since when each listing that misses "french" or "english" waits for it; a thousand, and that there are more."""
    return partial(_waiting, tongue)


def _waiting(tongue: str, now: datetime) -> list[datetime]:
    return untranslated(tongue, now, MOST + 1)
