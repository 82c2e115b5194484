"""What of Wagtail's editors' pages is ours: a page that must not be published stays a draft, with its reason."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.models import Page

from cms.models.guided import GuidedPage

UNOFFERED = frozenset({"help", "settings", "documents", "images"})


@hooks.register("before_publish_page")
def keep_as_draft(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why, instead of failing."""
    found = page.specific
    if not isinstance(found, GuidedPage):
        return None
    try:
        found.refuse_unpublishable()
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("construct_main_menu")
def offer_less(request: HttpRequest, menu_items: list[Any]) -> None:
    """What isn't used here isn't offered."""
    menu_items[:] = [item for item in menu_items if item.name not in UNOFFERED]


@hooks.register("insert_global_admin_js")
def own_script() -> str:
    """Starts Wagtail's date fields from a file: no page of ours holds a script of its own."""
    return format_html('<script src="{}" defer></script>', static("js/cms.js"))
