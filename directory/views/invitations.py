"""The door of an invitation: the link of a letter, which works once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from directory.actions.invite_members import accept_invitation, open_invitation
from directory.actions.refused import Refused
from directory.forms import NewPasswordForm
from directory.models.invitation import Invitation
from safety.limits import held_back

MAY = ["GET", "HEAD", "POST"]


def _known(invitation: Invitation) -> User | None:
    return User.objects.get_queryset().with_email(invitation.email).first()


@never_cache
@sensitive_post_parameters()
@require_http_methods(MAY)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who asks; take a password for a new account, or the yes of the person signed in."""
    now = timezone.now()
    found = open_invitation(token, now)
    if found is None:
        held = held_back(request, "invitation", now)
        return held or render(request, "directory/invitation_over.html", status=410)
    known = _known(found)
    posted = request.POST if request.method == "POST" else None
    form = None if known else NewPasswordForm(posted, email=found.email)
    if posted is not None and (form is None or form.is_valid()):
        return _accepted(request, found, form.cleaned_data["password1"] if form else "")
    mine = request.user.is_authenticated and known is not None and known.pk == request.user.pk
    other = request.user.email if isinstance(request.user, User) and not mine else ""
    context = {
        "invitation": found,
        "form": form,
        "is_known": known is not None,
        "is_mine": mine,
        "other": other,
    }
    return render(request, "directory/invitation.html", context, status=400 if posted is not None else 200)


def _accepted(request: HttpRequest, found: Invitation, password: str) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    try:
        accept_invitation(invitation=found.pk, user=user, password=password, now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect(request.path)
    messages.success(
        request, _("Welcome: you belong to it now.") if user else _("Welcome. Sign in to go on.")
    )
    return redirect("desk")
