"""What is exported is what the tables say: nested as HSDS nests it, at every place where a record stands."""

import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.hsds.export_disclosure import disclosure
from directory.hsds.nested import tell_items
from directory.hsds.nested_view import View
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.record import HsdsRecord
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.hsds_shape import ENTITIES
from safety.viewer import Tier
from tests.hsds_stored import store_items
from tests.hsds_walk import edit, edited, edits_of, items_in, root_of, shape_faults

FIXTURES = Path(__file__).resolve().parents[1] / "hsds_fixtures"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.json"))


@pytest.fixture
def feed(db: None) -> Publisher:
    """A publisher, and no records but those that a test puts in."""
    for model in apps.get_app_config("directory").get_models():
        if issubclass(model, HsdsRecord):
            model.objects.all().delete()
    return Publisher.objects.create(slug="feed", name="Feed")


def told(name: str) -> list[dict[str, Any]]:
    """What the custodian's view of that name tells."""
    view = View(root_of(name), name.endswith("_list"))
    return list(tell_items(view, disclosure(Tier.CUSTODIAN)))


def same(one: object, other: object) -> bool:
    """Equal as JSON: 12 and 12.0 are one number, the order of keys says nothing."""
    return rfc8785.dumps(one) == rfc8785.dumps(other)


def test_the_fixtures_hold_every_entity_that_json_nests() -> None:
    found = {e for name in NAMES for e, _, _ in edits_of(root_of(name), items_in(FIXTURES / f"{name}.json"))}
    assert found == set(ENTITIES) - {"meta_table_description"}


@pytest.mark.parametrize("name", NAMES)
def test_what_was_stored_is_told_again(name: str, feed: Publisher) -> None:
    items = items_in(FIXTURES / f"{name}.json")
    store_items(root_of(name), items, feed)
    assert same(told(name), items)
    assert [fault for item in items for fault in shape_faults(root_of(name), item)] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_edit_is_told_wherever_the_record_stands_and_nowhere_else(name: str, feed: Publisher) -> None:
    root, items = root_of(name), items_in(FIXTURES / f"{name}.json")
    store_items(root, items, feed)
    for entity, ids, field in edits_of(root, items):
        edit(entity, ids, field)
        items = edited(root, items, entity, field)
        assert same(told(name), items), f"{entity}.{field.name}"


def test_one_of_two_phones_is_edited_alone(feed: Publisher) -> None:
    store_items("service", items_in(FIXTURES / "service.json"), feed)
    before = json.dumps(told("service"))
    Phone.objects.filter(number="807-555-0118").update(number="807-555-0119")
    assert json.dumps(told("service")) == before.replace("807-555-0118", "807-555-0119")


def test_children_stand_in_the_publishers_order(feed: Publisher) -> None:
    service = Service.objects.create(publisher=feed, name="Ligne")
    for position in (3, 1, 2):
        Phone.objects.create(
            publisher=feed, service=service, number=f"807-555-010{position}", position=position
        )
    numbers = [phone["number"] for phone in told("service")[0]["phones"]]
    assert numbers == ["807-555-0101", "807-555-0102", "807-555-0103"]


def _services(publisher: Publisher, count: int) -> None:
    for number in range(count):
        organization = Organization.objects.create(publisher=publisher, name=f"O{number}")
        service = Service.objects.create(publisher=publisher, organization=organization, name=f"S{number}")
        place = Location.objects.create(publisher=publisher, organization=organization)
        ServiceAtLocation.objects.create(publisher=publisher, service=service, location=place)
        Phone.objects.create(publisher=publisher, service=service, location=place, number="807-555-0117")


def _statements(root: str) -> int:
    shown = disclosure(Tier.CUSTODIAN)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        assert list(tell_items(View(root), shown))
    return len(statements)


@pytest.mark.parametrize("root", ["service", "organization", "service_at_location", "location"])
def test_a_batch_takes_as_many_statements_for_one_as_for_many(root: str, feed: Publisher) -> None:
    _services(feed, 1)
    for_one = _statements(root)
    _services(feed, 30)
    assert _statements(root) == for_one <= 2 * len(ENTITIES)


def test_items_can_be_asked_for_by_id_in_an_order_of_ones_own(feed: Publisher) -> None:
    _services(feed, 3)
    ids = [*Service.objects.order_by("-name").values_list("id", flat=True)]
    found = tell_items(View("service"), disclosure(Tier.CUSTODIAN), ids)
    assert [item["name"] for item in found] == ["S2", "S1", "S0"]


def test_a_partner_sees_contacts_but_not_what_is_internal(feed: Publisher) -> None:
    store_items("service", items_in(FIXTURES / "service.json"), feed)
    Service.objects.update(assurer_email="assurer@ledetour.example")
    partner = json.dumps(list(tell_items(View("service"), disclosure(Tier.VETTED))), ensure_ascii=False)
    assert "Chantal Exemple" in partner
    assert "assurer@ledetour.example" not in partner
    assert "previous_value" not in partner


def test_what_was_taken_off_the_site_reaches_no_partner(feed: Publisher) -> None:
    store_items("organization", items_in(FIXTURES / "organization.json"), feed)
    Service.objects.filter(name="Ligne de nuit").update(publish_to=["open_data"])
    partner = list(tell_items(View("organization"), disclosure(Tier.VETTED)))
    assert [service["name"] for service in partner[0]["services"]] == ["Le détour"]
    assert len(told("organization")[0]["services"]) == 2


def test_nothing_of_an_organization_that_refused_reaches_a_partner(feed: Publisher, tmp_path: Path) -> None:
    store_items("organization", items_in(FIXTURES / "organization.json"), feed)
    Organization.objects.update(publish_to=[])
    call_command("export_hsds", tmp_path / "out", tier="vetted")
    lines = {path.name: path.read_text().splitlines() for path in (tmp_path / "out").glob("*.csv")}
    alone = {"taxonomies.csv", "taxonomy_terms.csv", "units.csv"}
    assert {name for name, told_lines in lines.items() if len(told_lines) > 1} == alone


def test_a_public_view_of_the_tables_tells_only_what_has_a_document(feed: Publisher) -> None:
    _services(feed, 2)
    assert list(tell_items(View("service"), disclosure(Tier.PUBLIC))) == []


def test_of_one_publisher_only_its_own_records_are_told(feed: Publisher) -> None:
    other = Publisher.objects.create(slug="other", name="Other")
    _services(feed, 1)
    Phone.objects.create(publisher=other, service=Service.objects.get(), number="807-555-0199")
    own = next(tell_items(View("service"), disclosure(Tier.CUSTODIAN, "feed")))
    assert [phone["number"] for phone in own["phones"]] == ["807-555-0117"]
    assert list(tell_items(View("service"), disclosure(Tier.CUSTODIAN, "other"))) == []
