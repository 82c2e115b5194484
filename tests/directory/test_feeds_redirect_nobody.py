"""What people of an organization confirmed, no feed leads elsewhere, and no steward takes its word (promise 26)."""

from pathlib import Path
from uuid import UUID

import pytest

from accounts.models import User
from directory.actions.assure_listings import assure_listings
from directory.actions.decide_conflict import decide_conflict
from directory.actions.refused import Refused
from directory.models.import_conflict import Decision, ImportConflict
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from directory.rules.holding import redirects
from safety.viewer import Viewer
from tests.directory.hsds_packages import folder, named, small, taken
from tests.directory.profiles import employ, let_in, moment, second

__all__ = ["second"]
OLD, NEW = "613-555-0142", "613-555-0199"

pytestmark = pytest.mark.promise(26)


def _tell(path: Path, number: str = OLD, **values: str) -> int:
    """Import the one service with this number; how many conflicts that brought."""
    files = small()
    files["services.csv"][0] |= values
    files["phones.csv"] = [{"id": named("phone-of-keeper"), "service_id": named("service"), "number": number}]
    return int(taken(folder(path, files)).conflicts)


@pytest.fixture
def kept(tmp_path: Path, db: None, keeper: User, steward: User, second: User) -> Viewer:
    """Kim's listings came with a feed; she confirmed them."""
    _tell(tmp_path / "p")
    organization = Organization.objects.get()
    let_in(organization, steward, second)
    viewer = employ(keeper, organization)
    assure_listings(organization=organization.pk, services=None, viewer=viewer, now=moment())
    return viewer


def test_a_confirmed_number_and_address_stay_when_the_feed_tells_others(kept: Viewer, tmp_path: Path) -> None:
    assert _tell(tmp_path / "p", NEW, email="new@elsewhere.example", wait_time="a day") == 2
    assert Phone.objects.get(service_id=UUID(named("service"))).number == OLD
    service = Service.objects.get()
    assert service.email != "new@elsewhere.example"
    assert service.wait_time == "a day"


def test_a_steward_does_not_take_the_feeds_word_for_it(kept: Viewer, steward: User, tmp_path: Path) -> None:
    _tell(tmp_path / "p", NEW)
    conflict = ImportConflict.objects.get()
    with pytest.raises(Refused):
        decide_conflict(conflict_id=conflict.pk, decision=Decision.TAKE, viewer=Viewer(user=steward.pk))
    decide_conflict(conflict_id=conflict.pk, decision=Decision.KEEP, viewer=Viewer(user=steward.pk))
    assert Phone.objects.get(service_id=UUID(named("service"))).number == OLD


@pytest.mark.parametrize(
    ("entity", "field", "after", "is_redirecting"),
    [
        ("phone", "number", NEW, True),
        ("phone", "description", "x", True),
        ("service", "name", "x", True),
        ("service", "email", "", True),
        ("organization", "website", "https://x.example", True),
        ("url", "url", "https://x.example", True),
        ("contact", "email", "x@y.example", True),
        ("service", "description", f"Call {NEW}", True),
        ("service", "description", "Come in.", False),
        ("service", "wait_time", "a day", False),
        ("contact", "name", "Ana", False),
    ],
)
def test_what_could_redirect(entity: str, field: str, after: str, is_redirecting: bool) -> None:
    assert redirects(entity, field, "", after) is is_redirecting
