"""The settings of a site that serves real people. Refuses to start on a missing or weak value and says which."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.environment import database, read, read_number


def required(name: str, least: int = 1) -> str:
    """The value of `name`; ImproperlyConfigured where it is missing or shorter than `least`."""
    value = read(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is missing. Set {name}, or {name}_FILE to a file that holds it.")
    if len(value) < least:
        raise ImproperlyConfigured(f"{name} is too weak: it needs at least {least} characters.")
    return value


SECRET_KEY = required("SECRET_KEY", 50)
PORTAL_KEYS = required("PORTAL_KEYS", 44)
ALLOWED_HOSTS = [h.strip() for h in required("ALLOWED_HOSTS").split(",") if h.strip()]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is too weak: name the hosts, '*' admits every name.")
SITE_URL = required("SITE_URL")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL is too weak: it must begin with https://.")
EXIT_URL = read("EXIT_URL", EXIT_URL)
EXIT_URL_FR = read("EXIT_URL", EXIT_URL_FR)

IS_OWNER = read("RELAIS_DATABASE_ROLE") == "owner"
_name = "OWNER_DATABASE_URL" if IS_OWNER else "DATABASE_URL"
DATABASES = {
    "default": database(required(_name), _name),
    "public": database(required("PUBLIC_DATABASE_URL"), "PUBLIC_DATABASE_URL"),
}
for _settings in DATABASES.values():
    _settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": read_number("THREADS", 4) + 1, "timeout": 10}

SEAL_FOLDER = required("SEAL_FOLDER")
AUDIT_ANCHOR_FILE = required("AUDIT_ANCHOR_FILE")
ALLOWS_DEMO = False
DEMO_PASSWORD_FILE = ""

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
