"""What of Wagtail's editors' pages is ours: what must not be published stays a draft, and what is due is told."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.actions.publish_edition import refuse_unmarked
from cms.finding.reviews import due_reviews
from cms.models.guided import GuidedPage
from cms.models.review_tasks import unpublishable

UNOFFERED = frozenset({"help", "settings", "documents", "images"})


@hooks.register("before_publish_page")
def keep_as_draft(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why, instead of failing."""
    found = page.specific
    if not isinstance(found, GuidedPage):
        return None
    try:
        found.refuse_unpublishable()
        refuse_unmarked(found, {})  # what is published here is a new text, which nobody has approved
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("before_edit_page")
def say_why_not_approved(request: HttpRequest, page: Page) -> None:
    """Whoever reviews what could not be published reads why, where approving would be offered."""
    if request.method == "GET" and page.current_workflow_task_state is not None:
        for why in unpublishable(page):
            messages.warning(request, _("It can't be approved like this: %(why)s") % {"why": why})


@hooks.register("construct_main_menu")
def offer_less(request: HttpRequest, menu_items: list[Any]) -> None:
    """What isn't used here isn't offered."""
    menu_items[:] = [item for item in menu_items if item.name not in UNOFFERED]


@hooks.register("register_admin_menu_item")
def offer_files() -> MenuItem:
    """Files for pages."""
    return MenuItem(_("Files"), reverse("cms_files"), icon_name="doc-full", order=300)


@hooks.register("insert_global_admin_js")
def own_script() -> str:
    """Starts Wagtail's date fields from a file: no page of ours holds a script of its own."""
    return format_html('<script src="{}" defer></script>', static("js/cms.js"))


class DueReviews(Component):
    """On the editors' first page: whose review is due or overdue, the oldest first."""

    order = 50
    template_name = "cms/due_reviews.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The newest versions that are read today."""
        today = timezone.localdate()
        told = due_reviews(today).filter(page__isnull=False)
        return {"editions": list(told), "today": today}


@hooks.register("construct_homepage_panels")
def show_due_reviews(request: HttpRequest, panels: list[Any]) -> None:
    """Before what Wagtail shows there."""
    panels.append(DueReviews())
