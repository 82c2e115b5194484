"""What says nothing once its door is cut out goes whole: an empty web address would make open data invalid."""

import uuid
from pathlib import Path

import pytest

from directory.actions.protect_location import protect_location
from directory.models.organization_identifier import OrganizationIdentifier
from directory.models.url import Url
from tests.directory import test_protect_then_import as told
from tests.directory.test_protect_then_import import (
    ORGANIZATION,
    PACKAGE,
    PLACE,
    SERVICE,
    STEWARD,
    import_package,
)

MAP, OWN, NUMBER = (str(uuid.UUID(int=n, version=4)) for n in range(101, 104))
MORE = {
    "url": [
        {"id": MAP, "service_id": SERVICE, "label": "Map", "url": "https://maps.example/12-canary-street"},
        {"id": OWN, "service_id": SERVICE, "label": "Menu", "url": "https://house.example/menu"},
    ],
    "organization_identifiers": [
        {
            "id": NUMBER,
            "organization_id": ORGANIZATION,
            "identifier_type": "map",
            "identifier": "12 Canary Street",
        }
    ],
}


def _left() -> tuple[list[str], int]:
    return list(
        Url.objects.order_by("url").values_list("url", flat=True)
    ), OrganizationIdentifier.objects.count()


@pytest.mark.django_db
def test_a_web_address_that_tells_goes_whole_however_often_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "PACKAGE", {**PACKAGE, **MORE})
    import_package(tmp_path)
    assert _left() == (["https://house.example/menu", "https://maps.example/12-canary-street"], 1)
    protect_location(location_id=uuid.UUID(PLACE), viewer=STEWARD)
    assert _left() == (["https://house.example/menu"], 0)
    import_package(tmp_path)
    assert _left() == (["https://house.example/menu"], 0)
