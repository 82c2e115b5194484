""" "I was not safe here": the public form, which asks for nothing personal, and its page of thanks."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.invite_members import GOOD_FOR
from directory.actions.report_safety import Told, receive_report
from directory.forms_vetting import TellForm
from directory.rules.vetting import CONDUCT_VERSION, MOU_VERSION
from directory.views.sealed import now
from safety.pages import error_page

_SIGNER = signing.Signer(salt="directory.safety_reports")


def _token(moment: datetime) -> str:
    """The same for everybody on a day, good for that and the next: it shows that the form was read here."""
    return _SIGNER.signature(f"{moment:%Y%m%d}")


def _is_ours(token: str, moment: datetime) -> bool:
    return any(constant_time_compare(token, _token(day)) for day in (moment, moment - timedelta(days=1)))


def _form(request: HttpRequest, form: TellForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "token": _token(now())}
    return render(request, "directory/tell_us.html", context, status=status)


# A public page has no cookie to check: a signed token of the day and the browser's own word stand for it.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def tell_us(request: HttpRequest) -> HttpResponse:
    """The form, or keep what was told and answer 303. 403 for one that another site sent; nothing typed is lost."""
    if request.method != "POST":
        return _form(request, TellForm())
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return error_page(request, 403)
    form = TellForm(request.POST)
    if not form.is_valid():
        return _form(request, form, 400)
    if not _is_ours(request.POST.get("token", ""), now()):
        form.add_error(None, _("This page was open for long. Please send it once more."))
        return _form(request, form, 403)
    told = Told(form.cleaned_data["place"], form.cleaned_data["words"])
    receive_report(told=told, now=now())
    response = HttpResponseRedirect(reverse("told_us"))
    response.status_code = 303
    return response


@require_safe
def told_us(request: HttpRequest) -> HttpResponse:
    """Thanks, and who listens now. The same for everybody."""
    return render(request, "directory/told_us.html")


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """How organizations are checked, and what they promise. The same for everybody."""
    context = {
        "conduct_version": CONDUCT_VERSION,
        "mou_version": MOU_VERSION,
        "link_days": GOOD_FOR.days,
        "adviser_days": settings.ADVISERS_HAVE_DAYS,
    }
    return render(request, "directory/criteria.html", context)
