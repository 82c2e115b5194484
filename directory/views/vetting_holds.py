"""Questions of survivors' advisers, which hold an approval: their own page, and the stewards' answers."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.hold_approval import answer_hold, hold_approval
from directory.actions.look_at_application import open_vetting_file, read_as_adviser
from directory.actions.refused import Refused
from directory.actions.wait_for_advisers import may_agree_from, no_objection_to, say_no_objection
from directory.forms_vetting import AnswerForm, QuestionForm
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_check import POINT_NAMES, VettingCheck
from directory.models.vetting_hold import VettingHold
from directory.models.vetting_labels import OUTCOMES, TOLD
from directory.policies import refuse_unless_adviser
from directory.rules.standing import last_day, standing_on
from directory.rules.vetting import TELLS, Point
from directory.views.fresh_proof import proved_anew
from directory.views.profile import viewer_of
from directory.views.vetting_desk import on_organization, organization_page
from directory.views.vetting_questions import held
from directory.views.vetting_sent import was_refused

MAY = ["GET", "HEAD", "POST"]


@sensitive_post_parameters()
@require_http_methods(MAY)
def holds(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an adviser sees of an organization, and asks. 403 for everybody else, stewards included."""
    viewer, now = viewer_of(request), timezone.now()
    refuse_unless_adviser(viewer)
    found = Organization.objects.filter(pk=key).first()
    if found is None:
        raise Http404
    is_asked = request.method == "POST" and request.POST.get("do") != "no_objection"
    if request.method == "POST" and not is_asked:
        return _no_objection(request, key) if proved_anew(request) else _proof_asked(key)
    form = QuestionForm(request.POST if is_asked else None)
    if is_asked:
        question = request.POST.get("question", "")
        if not was_refused(
            form,
            lambda: hold_approval(organization=key, question=question, viewer=viewer, now=now),
            "question",
        ):
            messages.success(request, _("Held. Nobody can agree until a steward answers."))
            return redirect("review_holds", key)
    open_vetting_file(organization=key, viewer=viewer)
    status = 400 if form.is_bound else 200
    return render(request, "directory/review_holds.html", _context(found, form), status=status)


def _proof_asked(key: UUID) -> HttpResponse:
    """What lets an approval go ahead is pressed once more after proving who one is; a question holds it at once."""
    back = urlencode({"next": reverse("review_holds", args=[key])})
    return redirect(f"{reverse('account_reauthenticate')}?{back}")


def _no_objection(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        say_no_objection(organization=key, viewer=viewer_of(request), now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Thank you. A second steward need not wait for advisers any more."))
    return redirect("review_holds", key)


def _context(found: Organization, form: QuestionForm) -> dict[str, Any]:
    """Without stewards' notes; what the organization answered stands on a page of its own."""
    day = last_day(timezone.now())
    application = VettingApplication.objects.waiting().filter(organization=found).last()
    looked = VettingCheck.objects.latest(application.pk) if application else {}
    done = {point for point, look in looked.items() if look.is_done}
    proposal = VettingDecision.objects.proposed(day).filter(organization=found).last()
    return {
        "organization": found,
        "standing": OUTCOMES[standing_on(day, VettingDecision.objects.told_of(found.pk))],
        "application": application,
        "proposal": proposal,
        "counts_from": may_agree_from(proposal) if proposal else None,
        "no_objection": no_objection_to(found.pk),
        "points": [{"name": POINT_NAMES[point], "is_done": point in done} for point in Point],
        "holds": held(found.pk),
        "form": form,
    }


@require_safe
def answered(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the organization answered, for advisers, who prove anew who they are. 404 where nothing waits."""
    viewer = viewer_of(request)
    refuse_unless_adviser(viewer)
    if not proved_anew(request):
        raise ReauthenticationRequired
    answers = read_as_adviser(organization=key, viewer=viewer)
    if answers is None:
        raise Http404
    told = {name: TOLD.get(getattr(answers, name), "") for name in TELLS}
    context = {"organization": Organization.objects.get(pk=key), "answers": answers, "told": told}
    return render(request, "directory/review_answered.html", context)


@require_POST
def take_back(request: HttpRequest, key: UUID, hold: UUID) -> HttpResponse:
    """An adviser takes an own question back. 404 for another adviser's."""
    viewer = viewer_of(request)
    refuse_unless_adviser(viewer)
    if not VettingHold.objects.filter(pk=hold, organization_id=key, placed_by_id=viewer.user).exists():
        raise Http404
    if not proved_anew(request):
        return _proof_asked(key)
    try:
        answer_hold(hold=hold, answer="", viewer=viewer, now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Your question is taken back."))
    return redirect("review_holds", key)


@sensitive_post_parameters()
@require_POST
@on_organization
def answer(request: HttpRequest, key: UUID, hold: UUID) -> HttpResponse:
    """A steward answers, and lets go. 404 for a question about another organization."""
    if not VettingHold.objects.filter(pk=hold, organization_id=key).exists():
        raise Http404
    form, viewer, now = (
        AnswerForm(request.POST, auto_id=f"hold-{hold.hex[:8]}-%s"),
        viewer_of(request),
        timezone.now(),
    )
    words = request.POST.get("answer", "")
    if was_refused(form, lambda: answer_hold(hold=hold, answer=words, viewer=viewer, now=now), "answer"):
        return organization_page(request, key, 400, holds=held(key, {hold: form}))
    messages.success(request, _("Answered. The adviser sees it, and may ask again."))
    return redirect("review_organization", key)
