"""Stewards decide which listings are one service told twice: side by side, with what agrees and what differs."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from directory.actions.decide_change import numbers_to_call
from directory.actions.decide_twins import keep_one, put_off, say_two, take_apart
from directory.actions.suggest_twins import agreements
from directory.models.listing import Listing, ListingPage
from directory.models.same_service import Likeness, SameService, Verdict
from directory.models.service import Service
from directory.rules.likely_twins import Alike, agreeing
from directory.views import wording
from directory.views.for_stewards import decided, for_stewards
from directory.views.languages import language
from directory.views.profile import name_of, viewer_of

BACK = "review_twins"
AT_ONCE, LATELY = 5, 10
AGREES = {
    "phone": gettext_lazy("the same phone number"),
    "name": gettext_lazy("nearly the same name"),
    "place": gettext_lazy("the same place, or a few steps away"),
}
ASKED = {
    Likeness.GIVEN_ID: gettext_lazy("two publishers gave them one identifier"),
    Likeness.LOOKS_ALIKE: gettext_lazy("one is at a protected place, and the other looks like it"),
}


@require_safe
@for_stewards(BACK)
def queue(request: HttpRequest) -> HttpResponse:
    """The pairs that wait longest, and what was decided lately, which can be undone."""
    waiting = SameService.objects.to_decide(timezone.localdate()).order_by("suggested_at", "pk")
    pairs = list(waiting.select_related("kept__organization", "other__organization")[:AT_ONCE])
    linked = SameService.objects.filter(verdict=Verdict.LINKED).exclude(decided_by=None)
    lately = linked.order_by("-decided_at", "pk").select_related("kept", "other")[:LATELY]
    context = {
        "pairs": _told(pairs),
        "count": waiting.count(),
        "lately": [
            {"pair": pair, "kept": name_of(pair.kept), "other": name_of(pair.other)} for pair in lately
        ],
    }
    return render(request, "directory/review_twins.html", context)


def _told(pairs: list[SameService]) -> list[dict[str, Any]]:
    alike = agreements(pairs)
    keys = [key for pair in pairs for key in (pair.kept_id, pair.other_id)]
    facts = _facts(keys)
    return [
        {
            "pair": pair,
            "why": _why(pair, alike[pair.pk]),
            "sides": [_side(service, facts.get(service.pk)) for service in (pair.kept, pair.other)],
        }
        for pair in pairs
    ]


def _why(pair: SameService, alike: Alike) -> list[str]:
    asked = [str(ASKED[Likeness(pair.likeness)])] if pair.likeness in ASKED else []
    return asked + [str(AGREES[name]) for name in agreeing(alike)]


def _facts(services: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """By service, what its first public listing tells in the language of the page."""
    listings = dict(
        Listing.objects.filter(service_id__in=services)
        .order_by("-tie", "-id")
        .values_list("id", "service_id")
    )
    pages = ListingPage.objects.filter(pk__in=list(listings)).order_by("id")
    told = dict(pages.values_list("id", language()))
    return {service: told[id_] for id_, service in listings.items() if id_ in told}


def _side(service: Service, facts: dict[str, Any] | None) -> dict[str, Any]:
    """One of the two, as a steward compares it; what is not public has fewer lines."""
    told = facts or {"place": {"name": ""}, "address": [], "languages": [], "kinds": []}
    owner = service.organization
    lines = [
        (_("Place"), ", ".join(filter(None, [*told["address"], told["place"]["name"]]))),
        (_("Phone"), ", ".join(numbers_to_call(owner.pk, service.pk)) if owner else ""),
        (_("Website"), told.get("website") or service.url),
        (_("Email"), service.email),
        (_("Kind of help"), ", ".join(told["kinds"])),
        (_("Languages"), ", ".join(one["name"] for one in told["languages"])),
        (_("Checked"), wording.day_text(service.assured_date) if service.assured_date else ""),
        (_("From"), service.publisher_id),
    ]
    return {
        "service": service,
        "name": name_of(service),
        "organization": name_of(owner) if owner else "",
        "lines": [(term, text or _("not stated")) for term, text in lines],
        "listing": told.get("id"),
    }


def _pair_of(request: HttpRequest) -> int:
    text = request.POST.get("pair", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@require_POST
@for_stewards(BACK)
def decide(request: HttpRequest) -> HttpResponse:
    """One of the four answers about a pair."""
    pair, viewer = _pair_of(request), viewer_of(request)
    match request.POST.get("decision", ""):
        case "two":
            told = _("They stay two listings. Nobody is asked about them again.")
            return decided(request, partial(say_two, pair=pair, viewer=viewer), told, BACK)
        case "later":
            act = partial(put_off, pair=pair, day=timezone.localdate(), viewer=viewer)
            return decided(request, act, _("You will be asked again in a month."), BACK)
        case "apart":
            told = _("Both are shown again, each at its own address.")
            return decided(request, partial(take_apart, pair=pair, viewer=viewer), told, BACK)
        case "first" | "second" as side:
            act = partial(_keep, pair, is_first=side == "first", request=request)
            told = _("One listing is shown now. The address of the other leads to it.")
            return decided(request, act, told, BACK)
    return redirect(BACK)


def _keep(pair: int, *, is_first: bool, request: HttpRequest) -> None:
    found = SameService.objects.filter(pk=pair).values_list("kept_id", "other_id").first()
    kept = UUID(int=0) if found is None else found[0 if is_first else 1]
    keep_one(pair=pair, kept=kept, viewer=viewer_of(request), now=timezone.now())
