"""The settings of the tests: this clone's cluster, one connection that plays the three roles."""

import copy

from config.settings.environment import database, read_local
from config.settings.local import *

# One alias plays both: `default` acts as relais_portal, and a public request runs under
# SET LOCAL ROLE relais_public (tests/roles.py), so that the wall stands and uncommitted rows are seen.
_owner = database(read_local("OWNER_DATABASE_URL"), "OWNER_DATABASE_URL")
_owner["OPTIONS"]["options"] = "-c role=relais_portal"
DATABASES = {"default": _owner}
PUBLIC_DATABASE_ALIAS = "default"

TEMPLATES = copy.deepcopy(TEMPLATES)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
THROTTLE_LIMITS: dict[str, int] = {}
