"""What every page has around it, the pages for errors, and the way out."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from safety.surface import is_private, is_sign_in

FORM = "application/x-www-form-urlencoded"
LANGUAGES = ("en", "fr")


def other_language(current: str | None) -> str:
    """The other of the two official languages."""
    return "fr" if current == "en" else "en"


def same_page_in(language: str, match: ResolverMatch | None) -> str:
    """The address of the matched page in `language`; that language's start page where it has none."""
    with override(language):
        try:
            if match and match.url_name:
                return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            pass
        return reverse("start")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the page around every template: language switch, how to leave, where to write to stewards."""
    current = get_language() or "en"
    other = other_language(current)
    return {
        "current_language": current,
        "other_language": other,
        "other_language_url": same_page_in(other, getattr(request, "resolver_match", None)),
        "exit_url": reverse("exit"),
        "contact_email": settings.CONTACT_EMAIL,
    }


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The plain page for `status`: what happened and where to go, in the language of the address."""
    return render(request, f"errors/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; a program is told so in the form of its other answers."""
    if request.path_info.startswith("/api/"):
        return JsonResponse(
            {"errors": {"request": [_("This request cannot be read, or is too large.")]}}, status=400
        )
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: at the desk, that it is for others; it was not typed in vain for being late."""
    context = {"is_desk": is_private(request.path_info)}
    return render(request, "errors/403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: says nothing of what was looked for."""
    return error_page(request, 404)


class TooLate(StrEnum):
    """Why what was sent was not taken: signed out meanwhile, signed in anew meanwhile, or proved too long ago.

    Or it was shown to somebody else, or for an organization or a role that its person does not have any more.
    """

    SIGNED_OUT = "signed_out"
    SIGNED_IN_ANEW = "signed_in_anew"
    PROOF = "proof"
    OTHER = "other"


def can_be_given_back(request: HttpRequest) -> bool:
    """True for what somebody typed into a form of the desk or the administration, and nothing else sent.

    Browsers say that a form was our own, and no page of others can. Secrets of signing in, and files, come back to
    nobody.
    """
    is_form = request.method == "POST" and request.content_type == FORM
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return is_form and is_ours and is_private(request.path_info) and not is_sign_in(request.path_info)


def too_late(request: HttpRequest, why: TooLate, way: str = "") -> HttpResponse:
    """403: says why nothing was saved, shows what was typed, and sends it again at a press. `way`: to prove who one is.

    Nothing is kept for it here: the page itself holds what was typed.
    """
    typed = _typed(request)
    typed["sent"] = [(name, value) for name, value in typed["sent"] if name != "csrfmiddlewaretoken"]
    context = {"why": str(why), "way": way} | typed
    return render(request, "errors/too_late.html", context, status=403)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """All that was sent, the sentences among it, and the address to which it goes once more."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    texts = [value for _name, value in sent if len(value.split()) > 1]
    return {"sent": sent, "texts": texts, "action": request.get_full_path()}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 after a form that came from elsewhere, or with cookies off; one that was open over a sign-in comes back."""
    if can_be_given_back(request):
        return too_late(request, TooLate.SIGNED_IN_ANEW)
    return render(request, "errors/403.html", {"was_form": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page of fixed words that needs neither database nor context.

    What somebody typed into a form of the desk stands in it, to be sent once more with the token that it came with: the
    database that is gone would have to tell another.
    """
    typed = _typed(request) if can_be_given_back(request) else None
    return render(None, "errors/500.html", typed, status=500)  # type: ignore[arg-type]  # no request on purpose: no context processors


def exit_target(language: str | None) -> str:
    """Where the exit leads: a page of weather, in the reader's language."""
    return str(settings.EXIT_URL_FR if language == "fr" else settings.EXIT_URL)
