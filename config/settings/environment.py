"""Reads settings from the environment: NAME, or the file that NAME_FILE names, or this clone's own.

`make run` without a DATABASE_URL makes its own values and keeps them in `.local/environment.json`; only local
settings look there.
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

# Where EMAIL_URL may lead: how the connection is secured, and the usual port.
MAIL_SCHEMES = {"smtps": ("EMAIL_USE_SSL", 465), "smtp+tls": ("EMAIL_USE_TLS", 587), "smtp": ("", 25)}

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"


def _own_values() -> dict[str, str]:
    path = LOCAL / "environment.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def read(name: str, default: str = "") -> str:
    """The value of `name`, or of the file named by `name`_FILE, stripped; else `default`."""
    if os.environ.get(name):
        return os.environ[name].strip()
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text in UTF-8"
        raise ImproperlyConfigured(f"{name}_FILE names {path}: {reason}.") from None


def read_local(name: str) -> str:
    """Like `read`, with this clone's own value where the environment has none."""
    return read(name) or _own_values().get(name, "")


def read_number(name: str, default: int, least: int = 1) -> int:
    """A whole number of at least `least`; a clear refusal otherwise."""
    text = read(name, str(default))
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} up, not {text!r}.")
    return int(text)


def database(url: str, name: str) -> dict[str, Any]:
    """Django's settings for one PostGIS address; `name` stands in the error for a bad one."""
    try:
        parts = conninfo_to_dict(url.replace("postgis://", "postgresql://", 1))
    except Exception as error:  # psycopg's message may quote the password: not shown
        raise ImproperlyConfigured(
            f"{name} is not a PostgreSQL address, like postgresql://role:password@host/name."
        ) from type(error)(name)
    known = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT", "dbname": "NAME"}
    settings: dict[str, Any] = {ours: str(parts.pop(theirs, "")) for theirs, ours in known.items()}
    # A pooled connection that died with a restarted database is noticed before it is used.
    engine = {"ENGINE": "django.contrib.gis.db.backends.postgis", "CONN_HEALTH_CHECKS": True}
    return settings | engine | {"OPTIONS": dict(parts)}


def mail(url: str, name: str) -> dict[str, Any]:
    """Django's settings for one mail server: smtps://, smtp+tls:// (STARTTLS), or smtp:// on this very machine."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if parts.scheme not in MAIL_SCHEMES or not host:
        raise ImproperlyConfigured(f"{name} is not a mail address, like smtps://user:password@host:465.")
    secured, usual = MAIL_SCHEMES[parts.scheme]
    if not secured and host not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured(f"{name} is too weak: mail to {host} needs smtps:// or smtp+tls://.")
    found = {"EMAIL_HOST": host, "EMAIL_PORT": port or usual}
    found |= {"EMAIL_HOST_USER": unquote(parts.username or "")}
    found |= {"EMAIL_HOST_PASSWORD": unquote(parts.password or "")}
    return found | ({secured: True} if secured else {})
