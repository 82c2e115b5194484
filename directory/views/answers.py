"""What a service said when somebody asked: passed on at its listing, confirmed by its keeper in one tap."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.actions.refused import Refused
from directory.actions.tell_answer import decide_answer, tell_answer
from directory.finding.stated import facts_from_json
from directory.models.service import Service
from directory.models.told_answer import ToldAnswer
from directory.rules.eligibility_terms import DIMENSIONS
from directory.rules.told import open_terms
from directory.views.desk_tier import viewer, why_public
from directory.views.languages import language

Context = dict[str, Any]


def answer_label(dimension: str, term: str) -> str:
    """ "Who can come along: A pet"."""
    whole, known = DIMENSIONS[dimension], DIMENSIONS[dimension].term(term)
    french = language() == "fr"
    name = (known.name_fr if french else known.name) if known else term
    return _("%(dimension)s: %(term)s") % {
        "dimension": whole.name_fr if french else whole.name,
        "term": name,
    }


def tellable(facts: Context) -> list[tuple[str, str]]:
    """What can be passed on of a listing: the value that is sent, and its words."""
    stated = facts_from_json(facts.get("stated", []))
    return [(f"{dimension}:{term}", answer_label(dimension, term)) for dimension, term in open_terms(stated)]


@require_POST
def tell(request: HttpRequest, service: UUID) -> HttpResponse:
    """Pass on a yes; then back to the listing."""
    dimension, _colon, term = request.POST.get("answer", "").partition(":")
    try:
        tell_answer(
            service=service, dimension=dimension, term=term, viewer=viewer(request), now=timezone.now()
        )
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Thank you. It is stated once their keeper confirms it."))
    try:
        return redirect("desk_listing", id=UUID(request.POST.get("listing", "")))
    except ValueError:
        return redirect("desk_find")


def waiting(organization: UUID) -> list[Context]:
    """What was passed on of an organization's services and waits, the oldest first."""
    own = dict(Service.objects.filter(organization_id=organization).order_by("id").values_list("id", "name"))
    found = ToldAnswer.objects.filter(service_id__in=own, decided_at=None).order_by("told_at", "id")
    return [
        {"id": one.pk, "service": own[one.service_id], "label": answer_label(one.dimension, one.term)}
        for one in found
    ]


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """For who keeps the listings: what was passed on, to confirm or to put aside."""
    organization = viewer(request).organization
    context = {"rows": waiting(organization) if organization else [], "why_public": why_public(request)}
    return render(request, "directory/answers.html", context)


@require_POST
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """One tap."""
    is_right = request.POST.get("is_right") == "yes"
    try:
        decide_answer(answer=key, is_right=is_right, viewer=viewer(request), now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("It is stated now.") if is_right else _("It is put aside."))
    return redirect("answers")
