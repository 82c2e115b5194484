"""Asks a keeper, before it is saved, about words that may tell where a protected place is."""

from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from directory.actions.confirm_tells_nothing import confirm_tells_nothing, hides_a_place
from directory.actions.state_needs import groups_of
from directory.rules.may_tell import Kind, Suspicion, new_suspicions
from directory.rules.new_listings import has_protected_place
from directory.views.profile import Subject, viewer_of
from directory.views.profile_forms import TaskForm, Values, digest

KINDS = {
    Kind.STREET: _("A street or an address"),
    Kind.CODE: _("A postal code"),
    Kind.LANDMARK: _("Something that stands near by"),
    Kind.TRANSIT: _("A bus, a line or a stop"),
    Kind.BUILDING: _("What the building looks like"),
    Kind.VISITS: _("Who comes there, and when"),
}
ANSWER, CHANGE = "telling", "change"
PAGE = "page"
OURS = frozenset({"csrfmiddlewaretoken", ANSWER, CHANGE, PAGE, "draft", "preview"})


class Asked(NamedTuple):
    """What is asked about, and the answer that lets just these words stand."""

    found: list[Suspicion]
    answer: str


def asked_about(subject: Subject, form: TaskForm) -> Asked:
    """What a valid form would say from now on that may tell a protected place; nothing for any other place."""
    if not subject.hides_a_place:
        return Asked([], "")
    stored = form.stored()
    found = [one for key, value in form.values().items() for one in new_suspicions(stored.get(key), value)]
    return Asked(found, digest({"words": found}))


def asked_about_place(subject: Subject, place: Values) -> Asked:
    """The same of another place of a listing, where its organization hides one."""
    if not hides_a_place(subject.organization.pk, None):
        return Asked([], "")
    found = new_suspicions(None, place)
    return Asked(found, digest({"words": found}))


def asked_about_new(organization: UUID, values: Values) -> Asked:
    """The same of a listing that is asked for, whose place is to be protected or whose organization hides one."""
    is_hidden = values["place"]["kind"] == "protected" or has_protected_place(
        values, groups_of(values["needs"])
    )
    if not is_hidden and not hides_a_place(organization, None):
        return Asked([], "")
    told = [value for key, value in values.items() if key == "phones" or key.startswith("service.")]
    found = [one for value in told for one in new_suspicions(None, value)]
    return Asked(found, digest({"words": found}))


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """All that somebody typed into a form, to travel along in a page between it and saving."""
    return [(name, value) for name, values in request.POST.lists() if name not in OURS for value in values]


def question(request: HttpRequest, subject: Subject, form: TaskForm, asked: Asked) -> HttpResponse:
    """The page that asks. All that was typed travels along in it, so that nothing is lost either way."""
    context: dict[str, Any] = {
        "subject": subject,
        "form": form,
        "rows": [{"kind": KINDS[one.kind], "words": one.words} for one in asked.found],
        "answer": asked.answer,
        "sent": typed(request),
    }
    return render(request, "directory/profile_telling.html", context)


def is_confirmed(request: HttpRequest, asked: Asked) -> bool:
    """True if there is nothing to ask, or the keeper said that just these words tell nothing."""
    return not asked.found or request.POST.get(ANSWER) == asked.answer


def note_confirmed(request: HttpRequest, subject: Subject, asked: Asked) -> None:
    """Leave it in the trail once it is saved."""
    if asked.found:
        confirm_tells_nothing(
            organization=subject.organization.pk,
            service=subject.service.pk if subject.service else None,
            kinds=[one.kind for one in asked.found],
            viewer=viewer_of(request),
        )
