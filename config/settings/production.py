"""The settings of a site that serves real people. Refuses to start on a missing or weak value and says which."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.environment import database, mail, read, read_number
from safety.crypto import KeyringFault, parse_keyring


def required(name: str, least: int = 1) -> str:
    """The value of `name`; ImproperlyConfigured where it is missing or shorter than `least`."""
    value = read(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is missing. Set {name}, or {name}_FILE to a file that holds it.")
    if len(value) < least:
        raise ImproperlyConfigured(f"{name} is too weak: it needs at least {least} characters.")
    return value


def secure_address(name: str, default: str = "") -> str:
    """The https:// address that `name` holds; ImproperlyConfigured for any other, or none."""
    address = read(name) or default or required(name)
    if urlsplit(address).scheme != "https" or not urlsplit(address).hostname:
        raise ImproperlyConfigured(f"{name} is too weak: it must begin with https://.")
    return address


SECRET_KEY = required("SECRET_KEY", 50)
if len(set(SECRET_KEY)) < 20 or SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured("SECRET_KEY is too weak: it was not made at random.")
PORTAL_KEYS = required("PORTAL_KEYS", 44)
try:
    parse_keyring(PORTAL_KEYS)
except KeyringFault as fault:
    raise ImproperlyConfigured(str(fault)) from None
ALLOWED_HOSTS = [h.strip() for h in required("ALLOWED_HOSTS").split(",") if h.strip()]
if any(host == "*" or host.startswith(".") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS is too weak: name each host, '*' and '.' admit every name.")
SITE_URL = secure_address("SITE_URL")
# Who is shut out has to know where to write: it is shown on public pages.
CONTACT_EMAIL = required("CONTACT_EMAIL")
if not re.fullmatch(r"[^@\s<>?&]+@[^@\s<>?&]+\.[^@\s<>?&]+", CONTACT_EMAIL):
    raise ImproperlyConfigured("CONTACT_EMAIL is too weak: it has to be one e-mail address.")
WAGTAILADMIN_BASE_URL = SITE_URL
EXIT_URL = secure_address("EXIT_URL", EXIT_URL)
EXIT_URL_FR = secure_address("EXIT_URL", EXIT_URL_FR)

if (_wanted := read("CHECK_WEBSITES", "no")) not in ("yes", "no"):
    raise ImproperlyConfigured("CHECK_WEBSITES says neither yes nor no.")
CHECK_WEBSITES = _wanted == "yes"

if (_days := read("ADVISERS_HAVE_DAYS", str(ADVISERS_HAVE_DAYS))) not in map(str, range(1, 31)):
    raise ImproperlyConfigured("ADVISERS_HAVE_DAYS says no number of working days from 1 to 30.")
ADVISERS_HAVE_DAYS = int(_days)

IS_OWNER = read("RELAIS_DATABASE_ROLE") == "owner"
_name = "OWNER_DATABASE_URL" if IS_OWNER else "DATABASE_URL"
DATABASES = {
    "default": database(required(_name), _name),
    "public": database(required("PUBLIC_DATABASE_URL"), "PUBLIC_DATABASE_URL"),
}
if DATABASES["default"]["USER"] == DATABASES["public"]["USER"]:
    raise ImproperlyConfigured(f"PUBLIC_DATABASE_URL is too weak: it names the same role as {_name}.")
for _settings in DATABASES.values():
    _settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": read_number("THREADS", 4) + 1, "timeout": 10}

globals().update(mail(required("EMAIL_URL"), "EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"noreply@{urlsplit(SITE_URL).hostname}"

SEAL_FOLDER = required("SEAL_FOLDER")
AUDIT_ANCHOR_FILE = required("AUDIT_ANCHOR_FILE")
ALLOWS_DEMO = False
DEMO_PASSWORD_FILE = ""

# gunicorn speaks plain HTTP to a proxy that ends TLS, sets X-Forwarded-Proto and adds to X-Forwarded-For.
TRUSTED_PROXIES = read_number("TRUSTED_PROXIES", 1, least=0)
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
