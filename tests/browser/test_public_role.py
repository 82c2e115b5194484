"""Public pages never touch the database role of the desk: they are served with that role locked out."""

from collections.abc import Iterator

import pytest

from tests import databases
from tests.browser.conftest import Visiting
from tests.browser.public_pages import PAGES, STATUS, address
from tests.browser.serving import Site, served

pytestmark = [pytest.mark.browser, pytest.mark.promise(3)]
CONNECTED = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename = 'relais_portal'"


@pytest.fixture
def public_site(elsewhere: str) -> Iterator[Site]:
    """A site nobody signed in to; readiness is not asked, for it looks at both databases."""
    with (
        databases.cloned(with_demo=True) as name,
        served(name, elsewhere, ready="/healthz", workers=1) as running,
    ):
        yield running


def _desk_connections(site: Site) -> int:
    ((count,),) = site.ask(CONNECTED, site.database)
    return int(str(count))


def test_every_public_page_answers_while_the_desk_has_no_database(
    public_site: Site, visiting: Visiting
) -> None:
    visit = visiting(origin=public_site.origin)
    public_site.ask(f"REVOKE CONNECT ON DATABASE {public_site.database} FROM relais_portal")
    for language in ("en", "fr"):
        for name in PAGES:
            status = visit.open(address(public_site, name, language)).status
            assert (name, status) == (name, STATUS.get(name, 200))
            assert _desk_connections(public_site) == 0
    public_site.ask(f"GRANT CONNECT ON DATABASE {public_site.database} TO relais_portal")
    assert visit.open("/en/accounts/login/").status == 200
    assert _desk_connections(public_site) > 0, "the count would not have shown a connection"
