"""The stewards' administration: Django's, without its own ways in and out, and without its own log.

The gate of accounts.second_factor stands in front of it by address; whoever passes and is no steward is refused here.
The template "admin/base_site.html" takes away Django's own user links and a choice of colours that the browser keeps.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.second_factor import proved_second_factor
from directory.admin.labels import NOUNS

View = Callable[..., HttpResponse]


def is_steward(request: HttpRequest) -> bool:
    """True for an active person of the national team whose session proved a second factor."""
    user = request.user
    return bool(user.is_active and user.is_staff) and proved_second_factor(request)


class StewardSite(AdminSite):
    """Stewards need no permission of each model: what may be done stands in the actions that are called."""

    site_title = _("Relais: stewards")
    site_header = _("Relais: stewards")
    index_title = _("Records of the directory")
    index_template = "directory/admin/index.html"
    site_url = None
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked once more here, so that a hole in the gate opens nothing."""
        return is_steward(request)

    def get_urls(self) -> list[Any]:
        """Without the way from a record to its public page, which no record has here: it knows every table's ids."""
        return [one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"]

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002  # Django's own signature
        """403 for everybody else; Django would offer its own form for signing in."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **more)

        return update_wrapper(guarded, view)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Nobody signs in here. The gate asked already."""
        if not self.has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signing out is the same everywhere."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """404: a password is changed where the second factor is asked for."""
        raise Http404

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """404."""
        raise Http404

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """In the order of NOUNS, under names that are translated."""
        apps = super().get_app_list(request, app_label)
        places = {noun: place for place, noun in enumerate(NOUNS)}
        for app in apps:
            app["name"] = _("Directory")
            for model in app["models"]:
                if label := NOUNS.get(model["object_name"]):
                    model["name"] = label
            app["models"].sort(key=lambda model: places.get(model["object_name"], len(places)))
        return apps


stewards = StewardSite(name="admin")
