"""Settings that a site must not start with, and what it says then."""

import base64
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import environment

KEY = "2026:" + base64.urlsafe_b64encode(bytes(range(32))).decode()
GOOD = {
    "SECRET_KEY": "".join(chr(40 + n) for n in range(60)),
    "PORTAL_KEYS": KEY,
    "ALLOWED_HOSTS": "relais.example, www.relais.example",
    "SITE_URL": "https://relais.example",
    "CONTACT_EMAIL": "stewards@relais.example",
    "DATABASE_URL": "postgresql://relais_portal:one@db.example/relais",
    "OWNER_DATABASE_URL": "postgresql://relais_owner:two@db.example/relais",
    "PUBLIC_DATABASE_URL": "postgresql://relais_public:three@replica.example/relais",
    "EMAIL_URL": "smtps://relais:p%40ss@mail.example:465",
    "SEAL_FOLDER": "/run/relais/seals",
    "AUDIT_ANCHOR_FILE": "/var/lib/relais/anchor",
}
OTHERS = [
    "EXIT_URL",
    "THREADS",
    "WORKERS",
    "CHECK_WEBSITES",
    "ADVISERS_HAVE_DAYS",
    "TRUSTED_PROXIES",
    "RELAIS_DATABASE_ROLE",
]


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An environment from which production starts; the test changes it."""
    for name in (*GOOD, *OTHERS):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    yield monkeypatch
    sys.modules.pop("config.settings.production", None)


def start() -> ModuleType:
    sys.modules.pop("config.settings.production", None)
    return importlib.import_module("config.settings.production")


def refusal() -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        start()
    return str(caught.value)


def test_production_starts_with_good_values(production: pytest.MonkeyPatch) -> None:
    found = start()
    assert found.ALLOWED_HOSTS == ["relais.example", "www.relais.example"]
    assert found.DATABASES["default"]["USER"] == "relais_portal"
    assert found.DATABASES["public"]["USER"] == "relais_public"
    assert (found.EMAIL_HOST, found.EMAIL_PORT, found.EMAIL_USE_SSL) == ("mail.example", 465, True)
    assert (found.EMAIL_HOST_USER, found.EMAIL_HOST_PASSWORD) == ("relais", "p@ss")
    assert found.DEFAULT_FROM_EMAIL == "noreply@relais.example"
    assert found.TRUSTED_PROXIES == 1


def test_production_is_never_a_demonstration_nor_lenient(production: pytest.MonkeyPatch) -> None:
    found = start()
    assert (found.DEBUG, found.ALLOWS_DEMO) == (False, False)
    assert found.SESSION_COOKIE_SECURE
    assert found.CSRF_COOKIE_SECURE
    assert found.SECURE_SSL_REDIRECT
    assert found.SECURE_HSTS_SECONDS >= 31536000


@pytest.mark.parametrize("name", [name for name in GOOD if name != "OWNER_DATABASE_URL"])
@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_missing_value_is_named(production: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    production.delenv(name) if value is None else production.setenv(name, value)
    assert refusal() == f"{name} is missing. Set {name}, or {name}_FILE to a file that holds it."


def test_who_migrates_needs_the_address_of_the_owner(production: pytest.MonkeyPatch) -> None:
    production.setenv("RELAIS_DATABASE_ROLE", "owner")
    assert start().DATABASES["default"]["USER"] == "relais_owner"
    production.delenv("OWNER_DATABASE_URL")
    assert refusal().startswith("OWNER_DATABASE_URL is missing")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", GOOD["SECRET_KEY"][:49]),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + GOOD["SECRET_KEY"]),
        ("PORTAL_KEYS", "2026:short"),
        ("PORTAL_KEYS", "2026:" + base64.urlsafe_b64encode(b"a" * 32).decode()),
        ("PORTAL_KEYS", base64.urlsafe_b64encode(bytes(range(33))).decode()),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "relais.example, *"),
        ("ALLOWED_HOSTS", ".example"),
        ("SITE_URL", "http://relais.example"),
        ("SITE_URL", "https://"),
        ("CONTACT_EMAIL", "stewards"),
        ("CONTACT_EMAIL", "a@relais.example, b@relais.example"),
        ("CONTACT_EMAIL", "stewards@relais.example?cc=others@relais.example"),
        ("EXIT_URL", "http://weather.example"),
        ("EXIT_URL", "javascript:alert(1)"),
        ("DATABASE_URL", "http://db.example"),
        ("PUBLIC_DATABASE_URL", GOOD["DATABASE_URL"]),
        ("EMAIL_URL", "smtp://relais:pass@mail.example"),
        ("EMAIL_URL", "mail.example"),
        ("EMAIL_URL", "smtps://:99999999"),
        ("THREADS", "0"),
        ("THREADS", "many"),
        ("THREADS", "²"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_weak_or_unreadable_value_is_named_and_never_shown(
    production: pytest.MonkeyPatch, name: str, value: str
) -> None:
    production.setenv(name, value)
    said = refusal()
    assert said.startswith(name)
    is_secret = name in {"SECRET_KEY", "PORTAL_KEYS", "DATABASE_URL", "PUBLIC_DATABASE_URL", "EMAIL_URL"}
    assert not (is_secret and value in said)


@pytest.mark.parametrize("url", ["smtp://localhost", "smtp://127.0.0.1:1025", "smtp+tls://mail.example"])
def test_mail_that_is_secured_or_stays_on_this_machine_is_accepted(
    production: pytest.MonkeyPatch, url: str
) -> None:
    production.setenv("EMAIL_URL", url)
    assert start().EMAIL_PORT in {25, 1025, 587}


def test_a_bad_database_address_is_refused_without_its_password(production: pytest.MonkeyPatch) -> None:
    production.setenv("DATABASE_URL", "postgresql://relais_portal:sesame@[db")
    assert "sesame" not in refusal()


def test_each_value_may_stand_in_a_file(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in GOOD.items():
        production.delenv(name)
        (tmp_path / name).write_text(f"{value}\n", encoding="utf-8")
        production.setenv(f"{name}_FILE", str(tmp_path / name))
    found = start()
    assert GOOD["SECRET_KEY"] == found.SECRET_KEY
    assert found.PORTAL_KEYS == KEY


def test_a_value_stands_before_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("from the file")
    monkeypatch.setenv("RELAIS_TRIED_FILE", str(tmp_path / "file"))
    assert environment.read("RELAIS_TRIED") == "from the file"
    monkeypatch.setenv("RELAIS_TRIED", "from the environment")
    assert environment.read("RELAIS_TRIED") == "from the environment"


def test_a_file_that_is_not_there_is_named(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    production.delenv("SECRET_KEY")
    production.setenv("SECRET_KEY_FILE", str(tmp_path / "away"))
    assert refusal() == f"SECRET_KEY_FILE names {tmp_path / 'away'}: No such file or directory."


def test_a_file_that_is_not_text_is_named(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")
    production.delenv("SECRET_KEY")
    production.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert refusal() == f"SECRET_KEY_FILE names {tmp_path / 'key'}: not a text in UTF-8."


def test_local_settings_serve_two_roles_from_this_clones_own_values(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*GOOD, *OTHERS):
        monkeypatch.delenv(name, raising=False)
    sys.modules.pop("config.settings.local", None)
    found = importlib.import_module("config.settings.local")
    assert found.DATABASES["default"]["USER"] == "relais_portal"
    assert found.DATABASES["public"]["USER"] == "relais_public"
    assert found.PUBLIC_DATABASE_ALIAS == "public"
    assert found.ALLOWED_HOSTS == ["localhost", "127.0.0.1", "[::1]"]
    assert found.DEBUG is False


def test_no_setting_of_a_real_site_lets_anybody_frame_it_or_sign_up(production: pytest.MonkeyPatch) -> None:
    found = start()
    assert found.X_FRAME_OPTIONS == "DENY"
    assert found.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-ancestors"] == ["'none'"]


def test_strangers_websites_are_asked_only_where_an_operator_says_yes(production: pytest.MonkeyPatch) -> None:
    assert start().CHECK_WEBSITES is False
    production.setenv("CHECK_WEBSITES", "yes")
    assert start().CHECK_WEBSITES is True
    production.setenv("CHECK_WEBSITES", "true")
    assert "CHECK_WEBSITES" in refusal()


def test_advisers_have_some_working_days_and_never_none(production: pytest.MonkeyPatch) -> None:
    assert start().ADVISERS_HAVE_DAYS == 3
    production.setenv("ADVISERS_HAVE_DAYS", "5")
    assert start().ADVISERS_HAVE_DAYS == 5
    for wrong in ("0", "31", "-1", "x", "³"):
        production.setenv("ADVISERS_HAVE_DAYS", wrong)
        assert "ADVISERS_HAVE_DAYS" in refusal()
