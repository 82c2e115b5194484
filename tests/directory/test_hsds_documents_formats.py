"""Open data holds no value that the standard's schemas refuse: what was flagged when it came is left out."""

from pathlib import Path
from typing import Any

import pytest

from directory.models.hsds_document import HsdsDocument
from tests.directory.hsds_packages import folder, taken, whole

pytestmark = pytest.mark.django_db


def document(entity: str) -> dict[str, Any]:
    """The one document of the feed's record."""
    return dict(HsdsDocument.objects.exclude(document__contains="relais.example").get(entity=entity).document)


def test_addresses_that_are_none_are_left_out_and_a_required_one_takes_its_record_along(
    tmp_path: Path,
) -> None:
    files = whole()
    files["organizations.csv"][0] |= {"email": "not an email", "website": "www.x.example", "uri": "u r i"}
    files["services.csv"][0] |= {"email": "x", "url": "https://x.example/é"}
    files["url.csv"].append(files["url.csv"][0] | {"id": "second", "url": "x y"})
    taken(folder(tmp_path / "p", files))
    organization, service = document("organization"), document("service")
    assert not {"email", "uri"} & organization.keys()
    assert organization["website"] == "https://www.x.example"
    assert "email" not in service
    assert service["url"] == "https://x.example/%C3%A9"
    assert [url["url"] for url in service["additional_urls"]] == ["https://lake.example"]
