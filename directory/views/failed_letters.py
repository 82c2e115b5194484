"""The stewards' queue of letters that could not be delivered: of what kind, of which organization, never to whom."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.forgotten_password import KINDS as FORGOTTEN_PASSWORD
from accounts.lost_factor import KIND as NEW_FACTOR
from directory.actions import announce_renewals, ask_still_true, invite_members, tell_people
from directory.actions.failed_letters import send_letter_again, set_letter_aside
from directory.models.invitation import Invitation
from directory.models.membership import Membership
from directory.models.organization import Organization
from directory.models.truth_asked import TruthAsked
from directory.views.for_stewards import decided, for_stewards
from directory.views.profile import name_of, viewer_of
from safety.notices import Notice

BACK = "review_letters"
MOST = 50
KINDS = {
    invite_members.KIND: gettext_lazy("An invitation to join an organization"),
    ask_still_true.KIND: gettext_lazy("“Is it still true?”"),
    announce_renewals.KIND: gettext_lazy("Vetting ends soon"),
    tell_people.KIND: gettext_lazy("Something waits on somebody’s desk"),
    tell_people.ALARM: gettext_lazy("Something was asked in an organization’s name"),
    NEW_FACTOR: gettext_lazy("A new second factor"),
    **dict.fromkeys(FORGOTTEN_PASSWORD.values(), gettext_lazy("A new password")),
}


def _organizations(notices: Iterable[Notice]) -> dict[UUID, UUID]:
    """By the thing that a letter is about, whose organization it is: one statement for each kind."""
    subjects: dict[str, list[UUID]] = {}
    for notice in notices:
        subjects.setdefault(notice.kind, []).append(notice.subject_id)
    found: dict[UUID, UUID] = {}
    for kind, rows in (
        (invite_members.KIND, Invitation.objects),
        (ask_still_true.KIND, TruthAsked.objects),
        (announce_renewals.KIND, Membership.objects),
    ):
        about = rows.filter(pk__in=subjects.get(kind, [])).order_by("pk")
        found |= dict(about.values_list("pk", "organization_id"))
    told = [*subjects.get(tell_people.KIND, []), *subjects.get(tell_people.ALARM, [])]
    people = Membership.objects.live().filter(user_id__in=told).order_by("pk")
    return found | dict(people.values_list("user_id", "organization_id"))


@require_safe
@for_stewards(BACK)
def queue(request: HttpRequest) -> HttpResponse:
    """Those given up, the oldest first."""
    notices = list(Notice.objects.failed().order_by("failed_at", "pk")[:MOST])
    owners = _organizations(notices)
    names = {row.pk: name_of(row) for row in Organization.objects.filter(pk__in=set(owners.values()))}
    rows: list[dict[str, Any]] = [
        {
            "notice": notice,
            "kind": KINDS.get(notice.kind, notice.kind),
            "organization": names.get(owners.get(notice.subject_id, UUID(int=0)), ""),
        }
        for notice in notices
    ]
    return render(request, "directory/review_letters.html", {"rows": rows})


@require_POST
@for_stewards(BACK)
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Try it again, or set it aside."""
    named = {"notice": key, "viewer": viewer_of(request), "now": timezone.now()}
    match request.POST.get("decision", ""):
        case "again":
            told = _("It is tried again now. If it fails again, it comes back here.")
            return decided(request, partial(send_letter_again, **named), told, BACK)
        case "aside":
            return decided(request, partial(set_letter_aside, **named), _("It is set aside."), BACK)
    return redirect(BACK)
