"""This clone's own site: values from `.local/` where the environment has none. Never for real people."""

import os

from config.settings.base import *
from config.settings.environment import LOCAL, ROOT, database, read, read_local, read_number

SECRET_KEY = read_local("SECRET_KEY")
PORTAL_KEYS = read_local("PORTAL_KEYS")
ALLOWED_HOSTS = [h for h in read("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
SITE_URL = read("SITE_URL", "http://localhost:8000")
CONTACT_EMAIL = read("CONTACT_EMAIL", "stewards@relais.example")
WAGTAILADMIN_BASE_URL = SITE_URL
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = LOCAL / "mail"
EXIT_URL = read("EXIT_URL", EXIT_URL)
EXIT_URL_FR = read("EXIT_URL", EXIT_URL_FR)

_threads = read_number("THREADS", 4)
_portal = database(read_local("DATABASE_URL"), "DATABASE_URL")
_public = database(read_local("PUBLIC_DATABASE_URL"), "PUBLIC_DATABASE_URL")
# Migrations run with the owner as `default`: third parties' migrations query `default` without naming it.
IS_OWNER = os.environ.get("RELAIS_DATABASE_ROLE") == "owner"
DATABASES = {
    "default": database(read_local("OWNER_DATABASE_URL"), "OWNER_DATABASE_URL") if IS_OWNER else _portal,
    "public": _public,
}
if not IS_OWNER:
    for _settings in DATABASES.values():
        _settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _threads + 1, "timeout": 10}

SEAL_FOLDER = LOCAL / "seals"
AUDIT_ANCHOR_FILE = LOCAL / "audit-anchor"
DEMO_PASSWORD_FILE = LOCAL / "demo-password"
ALLOWS_DEMO = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True  # the administration's own files lie in Django's package
STATIC_ROOT = ROOT / "static"
MEDIA_ROOT = ROOT / ".local" / "media"
