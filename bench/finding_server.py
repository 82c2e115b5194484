"""The site under gunicorn on a database of the bench: the three real roles, a port of its own."""

from contextlib import AbstractContextManager

from tests.gunicorn_served import gunicorn


def served(database: str) -> AbstractContextManager[int]:
    """The port at which the site answers on `database`.

    It is not asked whether it is ready: a database that is used as it is may wait for a later migration.
    """
    return gunicorn(database, "/healthz", {"DJANGO_SETTINGS_MODULE": "bench.finding_settings"})
