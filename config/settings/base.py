"""What every way of running Relais shares. Nothing here is secret, nothing here is an operator's to choose."""

import zoneinfo
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.settings.environment import ROOT

# Provinces stopped changing clocks in 2026 and system copies are stale: the pinned wheel alone is asked.
zoneinfo.reset_tzpath(to=[])
zoneinfo.ZoneInfo.clear_cache()

DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "config",
    "cms",
    "directory",
    "accounts",
    "safety",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # allauth.usersessions, without its middleware, which writes at each request where somebody is: we keep less.
    "accounts.signed_in.SessionsConfig",
    # Simple: directory.apps registers the stewards' pages on a site of its own.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.gis",
    "rest_framework",
    "drf_spectacular",
    "procrastinate.contrib.django",
    # Of Wagtail what writes, reviews and translates pages. Translating asks for snippets, documents and images to be
    # there: their addresses are shut (cms/urls_editing.py, ADR 0059).
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.users",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "safety.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "safety.headers.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safety.surface.PublicTextIsCompressedMiddleware",
    "safety.surface.PublicSurfaceMiddleware",
    "safety.throttle.ThrottleMiddleware",
    "safety.context.TransactionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "directory.viewers.ViewerMiddleware",
    "directory.shown_for.ShownForMiddleware",
    "cms.editing.EditorsSurfaceMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safety.pages.frame",
            ],
            "builtins": ["directory.shown_for"],
        },
    }
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.SignInForm",
    "reset_password": "accounts.sign_in_forms.ForgottenForm",
    "reset_password_from_key": "accounts.forgotten_password.NewPasswordForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.reset_token.ResetToken"  # noqa: S105  # the name of a class
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# Twenty people of a shelter begin their shift behind one address, and each mistypes once. Failures count for an account
# from an address (accounts.adapter): guessing at one account ends after five, at many after forty in a minute.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "40/m/ip,5/300s/key",
    # Not by the address that is asked about: a stranger could keep its person from asking.
    "reset_password": "20/m/ip",
}
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey opens the desk alone, and so each of them has to check its person: fingerprint, face or PIN.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# For each address, and both for asking and answering. There is nothing to guess; a whole shelter shares one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "add_webauthn": "accounts.passkeys.AddForm",
    "edit_webauthn": "accounts.passkeys.RenameForm",
    "authenticate_webauthn": "accounts.passkeys.SecondFactorForm",
    "reauthenticate_webauthn": "accounts.passkeys.ProveAgainForm",
    "login_webauthn": "accounts.passkeys.SignInForm",
}
MFA_TOTP_ISSUER = "Relais"
LOGIN_REDIRECT_URL = "desk"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "start"

# Rate limits and used codes must be seen by every process: a table, not a process's memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        # Django's own limit of 300 would let a flood push out rate limits and the marks of used codes.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser, as the session
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

WAGTAIL_SITE_NAME = "Relais"
WAGTAIL_I18N_ENABLED = True
# Who may do what stands in one place: signing in, passwords and addresses are allauth's.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# Nobody elsewhere is asked for faces or for news.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# What was approved is what is published.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.actions.publish_approved.publish_approved"
WAGTAIL_ALLOW_UNICODE_SLUGS = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static" / "collected"
STATICFILES_DIRS = [
    ("css", ROOT / "static/css"),
    ("js", ROOT / "static/js"),
    ("vendor", ROOT / "static/vendor"),
]
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# What a page says of its origin depends on the surface; safety.headers decides.
SECURE_REFERRER_POLICY = None
# Eight long answers in syllabics, each of whose letters a browser sends as nine.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "directory.api.errors.answer",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Relais",
    "DESCRIPTION": "Search of public listings. No account, no cookie; a search is not stored.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": [],
    # The editors' own programs are none of ours, and not for everybody.
    "PREPROCESSING_HOOKS": ["config.api.ours_alone"],
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"nameless": {"()": "safety.quiet_log.NamelessFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler"},
        "nameless": {"class": "logging.StreamHandler", "formatter": "nameless"},
    },
    # A request's words (query, body, address) and whoever asked never reach a log: what failed, and where in the code.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["nameless"], "level": "ERROR", "propagate": False},
        # What it says of a letter that failed holds its address.
        "wagtail": {"handlers": ["nameless"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

# Roles that serve may read what the alias `public` reads; who composes a search asks safety.db for the alias.
PUBLIC_DATABASE_ALIAS = "public"
# The worker looks whether providers' websites answer, only where an operator says so: it asks strangers' servers.
CHECK_WEBSITES = False
# Working days that survivors' advisers have before a second steward's yes lets an organization in.
ADVISERS_HAVE_DAYS = 3
EXIT_URL = "https://weather.gc.ca/"
EXIT_URL_FR = "https://meteo.gc.ca/"
CSRF_FAILURE_VIEW = "safety.pages.csrf_failure"
FIXTURES = ROOT / "fixtures"
# Debian's GDAL is older than 3.9; no spatial reference that a stranger sends is ever read.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
