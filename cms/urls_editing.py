"""Addresses of the editors' surface, all below /cms/ and behind the second factor (docs/adr/0022)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from rest_framework.parsers import FormParser, MultiPartParser
from wagtail.admin import urls as wagtail_urls
from wagtail.admin.auth import require_admin_access
from wagtail_localize.views.edit_translation import edit_override, edit_string_translation

from cms.views import editors_files


def shut(request: HttpRequest) -> HttpResponse:
    """What Wagtail offers and we don't: 404, as if it weren't there."""
    raise Http404


def of_forms(view: Any) -> Any:
    """A program of the translators' page, which sends forms; our own programs take JSON alone (settings)."""
    return require_admin_access(view.cls.as_view(parser_classes=[MultiPartParser, FormParser]))


TRANSLATION = "localize/translate/<int:translation_id>/"
# People, their groups and passwords are kept elsewhere; files come by a door of ours, and no link leads to where a tier
# would not be asked; pages that fail on purpose help nobody.
SHUT = (
    *(
        "users",
        "groups",
        "account",
        "password_reset",
        "documents",
        "images",
        "snippets",
        "failwhale",
        "test404",
    ),
    *("bulk/(?!wagtailcore/page/)", "choose-external-link", "choose-email-link"),
    *("choose-phone-link", "choose-anchor-link"),
)

urlpatterns = [
    path("login/", RedirectView.as_view(pattern_name="account_login"), name="cms_sign_in"),
    path("logout/", RedirectView.as_view(pattern_name="account_logout"), name="cms_sign_out"),
    path("files/", editors_files.files, name="cms_files"),
    path("files/<uuid:key>/", editors_files.file, name="cms_file"),
    path("files/<uuid:key>/removed/", editors_files.removed, name="cms_file_removed"),
    path(f"{TRANSLATION}strings/<int:string_segment_id>/edit/", of_forms(edit_string_translation)),
    path(f"{TRANSLATION}overrides/<int:overridable_segment_id>/edit/", of_forms(edit_override)),
    *(re_path(f"^{way}", shut, name="cms_shut") for way in SHUT),
    path("", include(wagtail_urls)),
]
