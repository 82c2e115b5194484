"""One page for each task of a keeper: the form, what it would look like, and saving it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.correct_listing import correct_listing
from directory.actions.keep_hours import told_of
from directory.actions.propose_change import keep_draft, propose_change, undo_change
from directory.actions.refused import Refused
from directory.actions.see_published import once_published
from directory.actions.take_back_change import take_back_change
from directory.finding.hours import hours_facts
from directory.models.listing import Listing
from directory.models.proposed_change import ProposedChange
from directory.models.schedule import HoursOf
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.change_states import State
from directory.rules.holding import Hold
from directory.views.profile import Subject, change_told, for_keepers, subject_of, viewer_of
from directory.views.profile_contact_form import ContactForm, OrganizationContactForm
from directory.views.profile_forms import ClosingForm, NameForm, OrganizationNameForm, TaskForm
from directory.views.profile_hours_form import HoursForm
from directory.views.profile_languages_form import LanguagesForm
from directory.views.profile_offer_form import OffersForm
from directory.views.profile_seen import page_to_come
from directory.views.profile_source_form import SourceForm, source_form
from directory.views.profile_telling import (
    CHANGE,
    PAGE,
    Asked,
    asked_about,
    is_confirmed,
    note_confirmed,
    question,
)
from directory.views.profile_who_form import WhoForm
from directory.views.wording_changes import HOURS_OF, diff_of
from directory.views.wording_weeks import own_days, week_tables

MAY = ["GET", "HEAD", "POST"]
FORMS: dict[str, type[TaskForm]] = {
    "who": WhoForm,
    "offers": OffersForm,
    "languages": LanguagesForm,
    "contact": ContactForm,
    "name": NameForm,
    "closing": ClosingForm,
}
ORGANIZATION_FORMS: dict[str, type[TaskForm]] = {
    "contact": OrganizationContactForm,
    "name": OrganizationNameForm,
}
DOOR = "door"
"""In an address, the kind of hours of which nobody said what they are."""

SAID = {
    Hold.NOTHING: gettext_lazy("Saved. It is on the site now."),
    Hold.REVIEW: gettext_lazy("Saved. Somebody reads it before it is on the site."),
    Hold.CALL: gettext_lazy(
        "Saved. Before it is on the site, we call you back on a number that we know already. "
        "Until then the old one is shown."
    ),
}
BY_STEWARD = SAID | {
    Hold.REVIEW: gettext_lazy("Saved. Another steward reads it before it is on the site."),
    Hold.CALL: gettext_lazy(
        "Saved. Before it is on the site, another steward calls back on a number that we know already. "
        "Until then the old one is shown, and the page says that a change is being checked."
    ),
}


def _shown(subject: Subject, task: str) -> tuple[dict[str, Any], ProposedChange | None]:
    """What the fields begin with: what is stored, over it what waits to be checked, and the draft of this task."""
    draft = subject.changes.drafts().filter(task=task).first()
    return subject.told | (draft.after if draft else {}), draft


def handled(
    request: HttpRequest, subject: Subject, task: str, make: Callable[..., TaskForm], more: dict[str, Any]
) -> HttpResponse:
    """The page of a task, whose form `make` makes.

    What is sent is looked at, kept as a draft, or published as far as it may be.
    """
    shut_out = subject.shut_out
    if request.method != "POST" and shut_out:
        return redirect(subject.home)  # where it is said why; a form would be refused
    profile = subject.profile
    shown, draft = _shown(subject, task)
    posted = request.POST if request.method == "POST" else None
    form = make(posted, profile=profile, shown=shown if posted is None else profile | shown)
    waiting = [change_told(change) for change in _waiting(subject, form)]
    context = {"subject": subject, "form": form, "draft": draft, "task": task, "waiting": waiting} | more
    context["source"] = source_form(request, subject) if subject.is_corrected else None
    context["shut_out"] = shut_out
    if posted is None:
        context["preview"] = _preview(subject, form, shown)
        return render(request, "directory/profile_task.html", context)
    return _answered(request, subject, form, context)


def _answered(
    request: HttpRequest, subject: Subject, form: TaskForm, context: dict[str, Any]
) -> HttpResponse:
    """What was sent: looked at, changed once more, seen as a page, or saved; else the form with what is not right."""
    posted = request.POST
    if form.is_valid():
        if "preview" in posted:
            context |= {"preview": _preview(subject, form, form.values()), "diff": _diff(form)}
            return render(request, "directory/profile_task.html", context)
        if CHANGE in posted:
            return render(request, "directory/profile_task.html", context)
        if PAGE in posted:
            listing = subject.service.pk if subject.service else None
            see = partial(once_published, service=listing, values=_changed(subject, form))
            done = page_to_come(request, subject, form, see)
        else:
            done = _asked_and_saved(request, subject, context["task"], form, context["source"])
        if done:
            return done
    return render(request, "directory/profile_task.html", context, status=400)


def _waiting(subject: Subject, form: TaskForm) -> list[ProposedChange]:
    """What waits of the parts that a form is about."""
    keys = set(form.keys())
    return [change for change in subject.changes.held().of_people() if not keys.isdisjoint(change.after)]


def _changed(subject: Subject, form: TaskForm) -> dict[str, Any]:
    """The parts that differ from what the fields showed, but for a draft: what waits beside them goes on waiting."""
    told = subject.told
    return {key: value for key, value in form.values().items() if value != told.get(key)}


def _diff(form: TaskForm) -> list[dict[str, str]]:
    values = form.values()
    return diff_of(
        form.stored(), {key: value for key, value in values.items() if value != form.stored().get(key)}
    )


def _asked_and_saved(
    request: HttpRequest, subject: Subject, task: str, form: TaskForm, source: SourceForm | None
) -> HttpResponse | None:
    """The same as `_saved`; first a question where words may tell a protected place, unless it is a draft."""
    if source and not source.is_valid():
        return None
    asked = asked_about(subject, form) if "draft" not in request.POST else Asked([], "")
    if not is_confirmed(request, asked):
        return question(request, subject, form, asked)
    saved = _saved(request, subject, task, form, source)
    if saved:
        note_confirmed(request, subject, asked)
    return saved


def _saved(
    request: HttpRequest, subject: Subject, task: str, form: TaskForm, source: SourceForm | None
) -> HttpResponse | None:
    """None where it was refused: the form says why, and keeps what was typed."""
    asked = {
        "organization": subject.organization.pk,
        "service": subject.service.pk if subject.service else None,
        "task": task,
        "values": _changed(subject, form),
        "viewer": viewer_of(request),
        "now": timezone.now(),
    }
    try:
        if source:
            told_what_became(request, correct_listing(**asked, source=source.source()), BY_STEWARD)
        elif "draft" in request.POST:
            keep_draft(**asked)
            messages.success(request, _("Kept as a draft. Nobody else sees it yet."))
        else:
            told_what_became(request, propose_change(**asked))
    except Refused as fault:
        form.add_error(None, str(fault))
        return None
    return redirect(subject.home)


def told_what_became(
    request: HttpRequest, made: list[ProposedChange], said: Mapping[Hold, Any] = SAID
) -> None:
    """Say of each change whether it is on the site, or for what it waits."""
    for change in made:
        messages.success(request, str(said[Hold(change.hold)]))
    if not made:
        messages.info(request, _("Nothing was changed."))


def _preview(subject: Subject, form: TaskForm, values: dict[str, Any]) -> dict[str, Any] | None:
    """This week, by the rules of the public page."""
    if not isinstance(form, HoursForm) or subject.service is None:
        return None
    hours = values.get(form.key)
    if not hours:
        return None
    listing = Listing.objects.filter(service_id=subject.service.pk).first()
    facts = hours_facts(told_of(hours), listing.zone if listing else "")
    today = timezone.localdate()
    return {
        "weeks": week_tables(facts, today),
        "own_days": sorted(own_days(facts, today).items()),
        "by_appointment": facts["by_appointment"],
    }


@require_http_methods(MAY)
@for_keepers
def task(request: HttpRequest, service: UUID, name: str) -> HttpResponse:
    """One task of a listing, by its name."""
    return handled(request, subject_of(request, service), name, FORMS[name], {})


@require_http_methods(MAY)
@for_keepers
def organization_task(request: HttpRequest, name: str) -> HttpResponse:
    """The same of the organization itself."""
    return handled(request, subject_of(request), name, ORGANIZATION_FORMS[name], {})


def hours_keys(subject: Subject) -> list[str]:
    """The kinds of hours that are told; where there are none, those that nobody said what they are of."""
    assert subject.service is not None
    return [key for key in subject.profile if key.startswith("hours/")] or [f"hours/{subject.service.pk}/"]


def _hours_address(subject: Subject, key: str) -> str:
    _hours, owner, kind = key.split("/")
    assert subject.service is not None
    page = "review_correct_hours" if subject.is_corrected else "profile_hours_of"
    return reverse(page, args=[subject.service.pk, UUID(owner), kind or DOOR])


@require_http_methods(MAY)
@for_keepers
def hours(request: HttpRequest, service: UUID, owner: UUID | None = None, kind: str = "") -> HttpResponse:
    """The hours of one kind; those of other kinds are a link away."""
    subject = subject_of(request, service)
    keys = hours_keys(subject)
    return hours_handled(request, subject, owner, kind, keys)


def hours_handled(
    request: HttpRequest, subject: Subject, owner: UUID | None, kind: str, keys: list[str]
) -> HttpResponse:
    """The hours of `owner` of one kind; without an owner, the first that are told. Raises Http404."""
    key = f"hours/{owner}/{'' if kind == DOOR else kind}" if owner else keys[0]
    if owner and not _is_owner(subject, owner):
        raise Http404
    if key.rpartition("/")[2] not in HoursOf.values:
        raise Http404

    def make(data: Any, **shown: Any) -> HoursForm:
        return HoursForm(data, key=key, **shown)

    return handled(request, subject, "hours", make, {"others": _other_kinds(subject, key, keys)})


def _other_kinds(subject: Subject, key: str, keys: list[str]) -> list[dict[str, Any]]:
    """Other kinds of hours, of which there are some or might be."""
    possible = [*keys, *(f"{key.rpartition('/')[0]}/{kind}" for kind in HoursOf.values)]
    return [
        {
            "address": _hours_address(subject, other),
            "words": HOURS_OF[HoursOf(other.rpartition("/")[2])],
            "is_told": other in keys,
        }
        for other in dict.fromkeys(possible)
        if other != key
    ]


def _is_owner(subject: Subject, owner: UUID) -> bool:
    assert subject.service is not None
    is_site = ServiceAtLocation.objects.filter(pk=owner, service=subject.service).exists()
    return owner == subject.service.pk or is_site


@require_POST
@for_keepers
def undo(request: HttpRequest, change: UUID) -> HttpResponse:
    """Bring back what was said before, or take back what waits. Another organization's is answered as not there."""
    viewer = viewer_of(request)
    found = ProposedChange.objects.filter(pk=change, organization_id=viewer.organization).first()
    if found is None:
        raise Http404
    try:
        if found.state == State.HELD:
            take_back_change(change=change, viewer=viewer, now=timezone.now())
            messages.success(request, _("It is taken back."))
        else:
            told_what_became(request, undo_change(change=change, viewer=viewer, now=timezone.now()))
    except Refused as fault:
        messages.error(request, str(fault))
    if found.service_id:
        return redirect("profile_listing", found.service_id)
    return redirect("profile")
