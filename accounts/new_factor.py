"""Pages for who lost the second factor: what to do, and the door of the letter that lets them set a new one."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.lost_factor import DOOR, go_through, renewal_of
from safety.limits import held_back


@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """What to do: the same words for everybody."""
    return render(request, "account/lost_factor.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing: those who read mail for others open every link. A button goes on to signing in."""
    now = timezone.now()
    found = renewal_of(token, now)
    if found is None:
        held = held_back(request, "new_factor", now)
        return held or render(request, "account/new_factor.html", {"is_over": True}, status=410)
    if request.method == "POST" and go_through(found.pk, now):
        logout(request)
        request.session[DOOR] = str(found.pk)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('mfa_index')})}")
    is_early = found.opens_at is None or found.opens_at > now
    return render(request, "account/new_factor.html", {"renewal": found, "is_early": is_early})
