"""What programs that walk through sites are asked for: leave searches alone, and take the whole in one file."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

SEARCHES = ("find", "keep", "count_help", "count_wrong", "tell_us", "desk")
"""Names of pages below which a program finds nothing that stays."""
OTHERS = ("/api/", "/admin/", "/cms/", "/exit/", "/en/accounts/", "/fr/accounts/", "/en/beds/", "/fr/lits/")


def _closed() -> list[str]:
    found = list(OTHERS)
    for language in ("en", "fr"):
        with override(language):
            found += [reverse(name) for name in SEARCHES]
    return found


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The same for every program: none is asked who it is."""
    lines = [
        "# All that organizations agreed to pass on is one download, made anew with each change:",
        f"# {request.build_absolute_uri('/hsds/export.zip')}",
        "# Nobody needs to walk through the pages for it. Neither tells a protected place closer than its area.",
        "User-agent: *",
        *(f"Disallow: {path}" for path in _closed()),
        "Allow: /hsds/export.zip",
        "Crawl-delay: 5",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
