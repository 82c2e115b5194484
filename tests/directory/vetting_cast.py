"""Who is there in tests of vetting: an organization that is not vetted, its member, what he sent, a second steward."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from directory.models.organization import Organization
from directory.models.vetting_application import VettingApplication
from safety.viewer import Viewer
from tests.directory.vetting import employ, made, second_steward, sent


@pytest.fixture
def road(db: None) -> Organization:
    """An organization that is not vetted."""
    return made("Open Road")


@pytest.fixture
def otto(outsider: User, road: Organization) -> Viewer:
    """Otto, its only member."""
    return employ(outsider, road)


@pytest.fixture
def second(db: None) -> User:
    """Tove, another steward."""
    return second_steward()


@pytest.fixture
def application(otto: Viewer) -> VettingApplication:
    """What Otto sent an hour ago."""
    return sent(otto, timezone.now() - timedelta(hours=1))
