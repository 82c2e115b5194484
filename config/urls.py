"""Every address of the site. Composes the apps' own; nothing is decided here."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from config.robots import robots
from directory.admin.site import stewards
from directory.api.hsds.about import About
from directory.views.start import languages
from safety.views.health import alive, ready
from safety.views.leaving import leave
from safety.views.safe_browsing import safe_browsing

urlpatterns = [
    path("", languages, name="languages"),
    path("exit/", leave, name="exit"),
    path("healthz", alive, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("readyz", ready, name="readyz"),
    path("api/", include("config.api")),
    path("admin/", stewards.urls),
    path("cms/", include("cms.urls_editing")),
    path("hsds", About.as_view()),
    path("hsds/", include("directory.api.hsds.urls")),
    *i18n_patterns(
        path("", include("directory.urls")),
        path("", include("cms.urls")),
        path(_("safety/"), safe_browsing, name="safe_browsing"),
        path("accounts/", include("accounts.urls")),
    ),
]

handler400 = "safety.pages.bad_request"
handler403 = "safety.pages.forbidden"
handler404 = "safety.pages.not_found"
handler500 = "safety.pages.server_error"
