"""The listings that an organization keeps: what is told of each, what is missing, and what can be done about it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.actions.confirm_tells_nothing import hides_a_place
from directory.actions.shut_out import standing_of
from directory.finding.facts import text_in
from directory.finding.profile import profile_of
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.same_service import SameService, Verdict
from directory.models.service import Service, Status
from directory.policies import refuse_unless_keeper
from directory.rules.asking_again import Stage, stage_on
from directory.rules.change_states import State
from directory.rules.new_listings import NEW
from directory.rules.standing import SHUT_OUT
from directory.views import wording
from directory.views.dead_numbers import all_dead_lines
from directory.views.languages import language
from directory.views.whole import whole_told
from directory.views.wording_changes import diff_of, source_words
from directory.views.wrong_counts import said_wrong
from safety.viewer import Viewer

View = Callable[..., HttpResponse]
SHOWN_FOR = timedelta(days=60)
"""How long a listing that was sent back stands on the page, to be written anew."""
OPEN_NEW = (State.DRAFT, State.HELD, State.SENT_BACK)
"""What becomes of a new listing before there is one."""
LATEST = 5
"""Changes told on the page of a listing; all of them stand in its history."""


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks, as the middleware found it."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return found


def for_keepers(view: View) -> View:
    """Raise PermissionDenied for whoever does not keep the listings of the organization acted for."""

    @wraps(view)
    def asked(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        viewer = viewer_of(request)
        refuse_unless_keeper(viewer, viewer.organization)
        return view(request, *given, **named)

    return asked


def name_of(record: Organization | Service) -> str:
    """Its name in the language of the page, else in the other."""
    return text_in(record.name, record.name_fr, language())[0]


class Subject(NamedTuple):
    """What a page is about: a listing, or the organization itself.

    `is_corrected`: a steward corrects it, because nobody here keeps it.
    """

    organization: Organization
    service: Service | None
    is_corrected: bool = False

    @property
    def profile(self) -> dict[str, Any]:
        """All its parts."""
        return profile_of(self.organization, self.service)

    @property
    def name(self) -> str:
        """Of the listing, else of the organization, in the language of the page."""
        return name_of(self.service or self.organization)

    @property
    def shut_out(self) -> str:
        """The standing for which nobody of the organization changes anything now; empty where they may."""
        if self.is_corrected:
            return ""
        standing = standing_of(self.organization.pk, timezone.now())
        return str(standing) if standing in SHUT_OUT else ""

    @property
    def hides_a_place(self) -> bool:
        """True if a protected place is behind it."""
        return hides_a_place(self.organization.pk, self.service.pk if self.service else None)

    @property
    def changes(self) -> Any:
        """What was changed of it, latest first."""
        return ProposedChange.objects.filter(organization=self.organization, service=self.service)

    @property
    def home(self) -> str:
        """The address of its page."""
        if self.is_corrected:
            return reverse("review_correct", args=[(self.service or self._first).pk])
        return reverse("profile_listing", args=[self.service.pk]) if self.service else reverse("profile")

    @property
    def _first(self) -> Service:
        """The listing to whose page a steward goes back from what the organization tells of itself."""
        return Service.objects.filter(organization=self.organization).order_by("name", "pk")[:1].get()

    @property
    def owner_contact(self) -> str:
        """The address of the task where the organization's own numbers are changed."""
        if self.is_corrected:
            return reverse("review_correct_owner", args=[self.organization.pk, "contact"])
        return reverse("organization_contact")

    @property
    def told(self) -> dict[str, Any]:
        """All its parts as its people left them: what waits to be checked stands over what is stored."""
        waiting = [change.after for change in self.changes.held().of_people()]
        return {key: value for said in (self.profile, *waiting) for key, value in said.items()}


def subject_of(request: HttpRequest, service: UUID | None = None) -> Subject:
    """Of the organization acted for. Raises Http404: what is another's is answered as what is not there."""
    organization = get_object_or_404(Organization, pk=viewer_of(request).organization)
    if service is None:
        return Subject(organization, None)
    found = Service.objects.filter(pk=service, organization=organization).first()
    if found is None:
        raise Http404
    return Subject(organization, found)


def _pages(services: list[UUID]) -> dict[UUID, tuple[Listing, dict[str, Any], dict[str, Any]]]:
    """By service, its first listing and what it tells in English and French: two statements for two hundred."""
    listings = list(Listing.objects.filter(service_id__in=services).order_by("service_id", "id"))
    pages = ListingPage.objects.in_bulk([listing.pk for listing in listings])
    found: dict[UUID, tuple[Listing, dict[str, Any], dict[str, Any]]] = {}
    for listing in listings:
        if page := pages.get(listing.pk):
            found.setdefault(listing.service_id, (listing, page.en, page.fr))
    return found


def missing_of(en: dict[str, Any], fr: dict[str, Any]) -> list[str]:
    """What a listing does not tell yet, in words."""
    marks = ("name_lang", "description_lang", "eligibility_lang", "how_lang", "fees_lang")
    has_hours = en["week"]["stated"] or en.get("hours") or en["hours_notes"] or en.get("by_appointment")
    told = [
        (any(fr.get(mark) for mark in marks), _("French")),
        (any(en.get(mark) for mark in marks), _("English")),
        (not has_hours, _("hours")),
        (not en["languages"], _("languages")),
        (not (en.get("stated") or en["eligibility"]), _("who can come")),
    ]
    return [words for is_missing, words in told if is_missing]


def _stage_words(stage: Stage) -> str:
    return {
        Stage.FRESH: "",
        Stage.SOON: _("A new check is due soon."),
        Stage.DUE: _("A new check is due."),
        Stage.CALL: _("A new check is long overdue."),
    }[stage]


def _told(service: Service, pages: dict[UUID, Any], held: dict[UUID, int], today: date) -> dict[str, Any]:
    """One listing as the list shows it. What is not on the site has no page to be found at."""
    facts = {"checked_on": service.assured_date.isoformat() if service.assured_date else None}
    listing, en, fr = pages.get(service.pk, (None, None, None))
    return {
        "service": service,
        "name": name_of(service),
        "checked": wording.checked_line(facts, today) or _("Nobody has checked this yet."),
        "stage": _stage_words(stage_on(today, listing.fresh_until if listing else None)),
        "missing": missing_of(en, fr) if en and fr else [],
        "held": held.get(service.pk, 0),
        "public": listing.pk if listing else None,
        "is_closed": service.status != Status.ACTIVE,
        "status": _status(service),
    }


def _status(service: Service) -> str:
    if service.unlisted_on:
        return _("Not shown: nobody has said for long that it is still true")
    return {
        "active": "",
        "temporarily closed": _("Closed for a while"),
        "inactive": _("Not shown: it is not running"),
        "defunct": _("Not shown: it is over"),
    }[service.status]


def shown_instead(services: list[UUID]) -> dict[UUID, str]:
    """By service that rests behind another, the name of that one."""
    linked = SameService.objects.filter(other_id__in=services, verdict=Verdict.LINKED)
    return {one.other_id: name_of(one.kept) for one in linked.select_related("kept")}


def told_of(services: list[Service]) -> list[dict[str, Any]]:
    """These services as the desk shows them."""
    keys = [service.pk for service in services]
    held: dict[UUID, int] = {}
    waiting = ProposedChange.objects.held().filter(service_id__in=keys)
    for key in waiting.order_by().values_list("service_id", flat=True):
        held[key] = held.get(key, 0) + 1
    pages, today = _pages(keys), timezone.localdate()
    instead = shown_instead(keys)
    said, dead = said_wrong(keys, today), all_dead_lines(services)
    return [
        _told(service, pages, held, today)
        | {
            "said": said.get(service.pk, ""),
            "dead": dead.get(service.pk, []),
            "instead": instead.get(service.pk),
        }
        for service in services
    ]


@require_safe
@for_keepers
def listings(request: HttpRequest) -> HttpResponse:
    """All listings of the organization, those to be checked first."""
    subject = subject_of(request)
    services = list(Service.objects.filter(organization=subject.organization).order_by("name", "pk"))
    told = sorted(told_of(services), key=lambda one: not one["stage"])
    context = {
        "subject": subject,
        "shut_out": subject.shut_out,
        "listings": told,
        "asked_for": asked_for(subject),
        "held": subject.changes.held().count(),
    }
    return render(request, "directory/profile.html", context)


@require_safe
@for_keepers
def listing(request: HttpRequest, service: UUID) -> HttpResponse:
    """One listing: what can be done about it, and what was changed lately."""
    subject = subject_of(request, service)
    assert subject.service is not None
    (told,) = told_of([subject.service])
    context = {"subject": subject, "told": told, "changes": changes_told(subject, LATEST)} | _may(subject)
    if not context["shut_out"]:
        context["whole"] = whole_told(subject.service)
    else:
        here = Location.objects.filter(services__service=service, is_protected=True)
        context["sealed"] = list(here.order_by("pk").values_list("pk", flat=True))
    return render(request, "directory/profile_listing.html", context)


def _may(subject: Subject) -> dict[str, Any]:
    """What its people may do: no page shows a form that would be refused."""
    shut_out = subject.shut_out
    return {"shut_out": shut_out, "may_undo": not shut_out}


@require_safe
@for_keepers
def history(request: HttpRequest, service: UUID | None = None) -> HttpResponse:
    """All that was changed, each in words; of the organization what was changed of its listings too."""
    subject = subject_of(request, service)
    found = subject.changes if service else ProposedChange.objects.filter(organization=subject.organization)
    context = {"subject": subject, "changes": changes_in_words(found, 200), "names": service is None}
    return render(request, "directory/profile_changes.html", context | _may(subject))


def asked_for(subject: Subject) -> list[dict[str, Any]]:
    """The new listings of an organization that are not there yet, latest first; each once."""
    found = ProposedChange.objects.filter(organization=subject.organization, task=NEW).select_related(
        "made_by", "organization", "service"
    )
    latest: dict[UUID, ProposedChange] = {}
    for change in found.exclude(state=State.REPLACED).order_by("-made_at", "id"):
        latest.setdefault(change.service_id, change)
    since = timezone.now() - SHOWN_FOR
    open_ones = [change for change in latest.values() if change.state in OPEN_NEW]
    told = [change for change in open_ones if change.state != State.SENT_BACK or change.made_at > since]
    return [change_told(change) | {"can_take_back": change.state != State.SENT_BACK} for change in told]


STATES = {
    "draft": lambda: _("A draft: shown to nobody."),
    "held": lambda: _("Waits to be checked."),
    "published": lambda: _("Published."),
    "sent_back": lambda: _("Sent back."),
    "replaced": lambda: _("Taken back: written anew."),
    "undone": lambda: _("Undone."),
}


def changes_told(subject: Subject, most: int) -> list[dict[str, Any]]:
    """The latest changes of a subject: state, day, what differs."""
    return changes_in_words(subject.changes, most)


def changes_in_words(changes: Any, most: int) -> list[dict[str, Any]]:
    """The same of any changes, without those that were written anew."""
    found = changes.exclude(state="replaced").select_related("made_by", "feed", "organization", "service")
    return [change_told(change) for change in found[:most]]


def change_told(change: ProposedChange) -> dict[str, Any]:
    """One change in words."""
    return {
        "change": change,
        "organization": name_of(change.organization),
        "service": (service := name_of(change.service) if change.service else _name_to_come(change)),
        "name": service or name_of(change.organization),
        "state": STATES[change.state](),
        "why": _why(change),
        "source": source_words(change),
        "day": wording.day_text(timezone.localtime(change.made_at).date()),
        "diff": diff_of(change.before, change.after),
        "can_take_back": change.state == "held" and change.feed_id is None and not change.is_new_listing,
        "can_undo": change.state == "published" and (change.redacted_at is None or change.is_new_listing),
    }


def _name_to_come(change: ProposedChange) -> str:
    """Of a listing that is not there yet."""
    told = change.after if change.is_new_listing else {}
    return text_in(told.get("service.name", ""), told.get("service.name_fr", ""), language())[0]


def _why(change: ProposedChange) -> str:
    if change.state != "held":
        return ""
    if change.is_new_listing and change.hold == "call":
        return _("We call you back on a number that we know already.")
    if change.hold == "call":
        return _("We call you back on a number that we know already. Until then the old one is shown.")
    return _("Somebody reads it first. Until then nothing changes.")
