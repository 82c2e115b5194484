"""The stewards' vetting desk: what waits, and one organization with its whole history."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.actions.look_at_application import (
    note_of,
    open_vetting_file,
    read_application,
)
from directory.actions.wait_for_advisers import may_agree_from
from directory.finding.orphaned import orphaned_on
from directory.finding.standings import CONTROL, standings
from directory.forms import InviteForm
from directory.forms_vetting import LetInForm, PaperForm, PointForm, ShutOutForm, SponsorForm
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_check import POINT_NAMES, VettingCheck
from directory.models.vetting_hold import VettingHold
from directory.models.vetting_labels import KINDS, OUTCOMES, TOLD
from directory.models.vetting_paper import Paper, VettingPaper
from directory.policies import is_steward, refuse_unless_reviewer
from directory.rules.standing import Kind, Standing, in_force, last_day, standing_on
from directory.rules.vetting import ENDS_SOON, TELLS, Point
from directory.views.for_stewards import for_stewards
from directory.views.profile import viewer_of
from directory.views.vetting_history import happenings
from directory.views.vetting_questions import held

View = Callable[..., HttpResponse]


def on_organization(view: View) -> View:
    """For stewards, with fresh proof; an organization (`key`) that is not there is a 404 for them."""

    @wraps(view)
    def found(request: HttpRequest, key: UUID, **named: Any) -> HttpResponse:
        if not Organization.objects.filter(pk=key).exists():
            raise Http404
        return view(request, key=key, **named)

    return for_stewards("review_organization", about="key")(found)


@require_safe
def vetting(request: HttpRequest) -> HttpResponse:
    """Applications, proposals for a second steward, what others took over, and what ends within 60 days."""
    refuse_unless_reviewer(viewer_of(request))
    day = last_day(timezone.now())
    waiting = VettingApplication.objects.waiting().select_related("organization")
    proposed = VettingDecision.objects.proposed(day).select_related("organization", "decided_by")
    context = {
        "applications": waiting.order_by("sent_at", "pk"),
        "proposals": proposed.order_by("decided_at", "pk"),
        "ending": _ending(day),
        "taken_over": _taken_over(day),
        "orphaned": orphaned_on(day),
        "days": ENDS_SOON.days,
        "holds": VettingHold.objects.open().select_related("organization").order_by("placed_at", "pk"),
        "is_steward": is_steward(viewer_of(request)),
        "leads_to": "review_organization" if is_steward(viewer_of(request)) else "review_holds",
    }
    return render(request, "directory/review_vetting.html", context)


def _taken_over(day: date) -> QuerySet[Organization]:
    """Those that others took control of, and that nobody decided about since."""
    taken = [key for key, one in standings(day).items() if one.slug == CONTROL]
    return Organization.objects.filter(pk__in=taken).order_by("name", "pk")


def _ending(day: date) -> list[dict[str, Any]]:
    """Those that are let in for 60 days more at most, the nearest end first."""
    until = {
        key: one.until
        for key, one in VettingDecision.objects.let_in_on(day).items()
        if one.until is not None and one.until <= day + ENDS_SOON
    }
    found = Organization.objects.filter(pk__in=until).order_by("name")
    rows = [{"organization": one, "until": until[one.pk]} for one in found]
    return sorted(rows, key=lambda row: row["until"])


@require_safe
@on_organization
def organization(request: HttpRequest, key: UUID) -> HttpResponse:
    """One organization: standing, application, checklist, papers, decisions, and what was ever decided."""
    return organization_page(request, key)


def organization_page(request: HttpRequest, key: UUID, status: int = 200, **forms: Any) -> HttpResponse:
    """The same, with forms that were sent and have something wrong, by their names in the template."""
    now = timezone.now()
    found = Organization.objects.get(pk=key)
    open_vetting_file(organization=key, viewer=viewer_of(request))
    application = VettingApplication.objects.waiting().filter(organization=found).last()
    papers = VettingPaper.objects.latest(key)
    proposal = VettingDecision.objects.proposed(last_day(now)).filter(organization=found).last()
    since = may_agree_from(proposal) if proposal else now
    context: dict[str, Any] = {
        "organization": found,
        **_standing(key, last_day(now)),
        "application": application,
        "points": _points(application, key, forms.pop("points", {})) if application else [],
        "proposal": proposal,
        "counts_from": since if since > now else None,
        "papers": [papers[kind] for kind in Paper.values if kind in papers],
        "today": last_day(now),
        "paper_form": PaperForm(auto_id="paper-%s"),
        "sponsor_form": sponsor_form(found, last_day(now)),
        "in_form": LetInForm(initial=_usual(key, papers), auto_id="in-%s"),
        "out_form": ShutOutForm(initial={"appeal": usual_appeal()}, auto_id="out-%s"),
        "ask_form": InviteForm(initial={"role": Role.LEAD, "language": get_language()}, auto_id="ask-%s"),
        "members": Membership.objects.live().filter(organization=found).select_related("user"),
        "roles": Role.choices,
        "happenings": happenings(key),
        "holds": held(key),
    }
    return render(request, "directory/review_organization.html", context | forms, status=status)


def _standing(key: UUID, day: date) -> dict[str, Any]:
    told = VettingDecision.objects.told_of(key)
    latest = in_force(told)
    standing = standing_on(day, told)
    return {
        "standing": OUTCOMES[standing],
        "kind": KINDS[latest.kind] if latest else "",
        "until": latest.until if latest else None,
    }


def _points(application: VettingApplication, key: UUID, sent: dict[Point, PointForm]) -> list[dict[str, Any]]:
    looked = VettingCheck.objects.latest(application.pk)
    rows = []
    for point in Point:
        look = looked.get(point)
        note = note_of(look, key) if look else ""
        told = {"is_done": "no" if look and not look.is_done else "yes", "note": note}
        form = sent.get(point) or point_form(point, initial=told)
        rows.append(
            {"slug": point.value, "name": POINT_NAMES[point], "look": look, "note": note, "form": form}
        )
    return rows


def point_form(point: Point, *given: Any, **more: Any) -> PointForm:
    """The form of one point; eight of them stand on the page."""
    return PointForm(*given, auto_id=f"{point.value}-%s", **more)


def sponsor_form(found: Organization, day: date, *given: Any) -> SponsorForm:
    """The form that names a sponsor, among those that may."""
    let_in = VettingDecision.objects.let_in_on(day)
    may = [key for key, one in let_in.items() if one.outcome is Standing.APPROVED and key != found.pk]
    named = Organization.objects.filter(pk__in=may).order_by("name", "pk").values_list("pk", "name")
    approved = [("", _("Choose"))] + [(str(key), name) for key, name in named]
    return SponsorForm(*given, approved=approved, auto_id="sponsor-%s")


def usual_appeal() -> str:
    """What a steward need not write each time."""
    return _("Write to us that you object. A steward who did not decide this looks at it within 30 days.")


def _usual(key: UUID, papers: dict[str, VettingPaper]) -> dict[str, Any]:
    latest = in_force(VettingDecision.objects.told_of(key))
    mou = papers.get(Paper.MOU)
    return {
        "kind": latest.kind if latest else Kind.COMMUNITY,
        "until": mou.until if mou else None,
        "appeal": usual_appeal(),
    }


@require_safe
@on_organization
def application(request: HttpRequest, key: UUID, application: UUID) -> HttpResponse:
    """What an organization answered; each reading is recorded. 404 for a draft and for another organization's."""
    mine = VettingApplication.objects.filter(pk=application, organization_id=key).first()
    answers = mine and read_application(application=mine.pk, viewer=viewer_of(request))
    if mine is None or answers is None:
        raise Http404
    told = {name: TOLD.get(getattr(answers, name), "") for name in TELLS}
    context = {"organization": mine.organization, "application": mine, "answers": answers, "told": told}
    return render(request, "directory/review_application.html", context)
