"""Protecting a place and giving it a street at the same moment: one of the two is refused."""

import threading
import uuid

import psycopg
import pytest

from tests.databases import address

PUBLISHER = """
INSERT INTO directory_publisher (slug, name, name_fr, url, identifier, email, licence, licence_url, attribution,
    may_redistribute, cadence, is_demo)
VALUES ('race', 'Race', '', '', '', '', '', '', '', false, 'unknown', false)
"""
PLACE = """
INSERT INTO location (id, position, publisher_id, location_type, url, name, alternate_name, description,
    transportation, external_identifier, external_identifier_type, is_protected, placed_by,
    given_id, written, flags)
VALUES (%s, 0, 'race', 'physical', '', '', '', '', '', '', '', false, 'nothing', '', '{}', '{}')
"""
STREET = """
INSERT INTO address (id, position, publisher_id, location_id, attention, address_1, address_2, city, region,
    state_province, postal_code, country, address_type, given_id, written, flags)
VALUES (%s, 0, 'race', %s, '', '12 Example Street', '', 'Kingston', '', 'ON', '', 'CA', 'physical',
    '', '{}', '{}')
"""


@pytest.mark.promise(1)
def test_a_street_that_comes_while_a_place_is_being_protected_is_refused(cloned_database: str) -> None:
    place, refused = uuid.uuid4(), []
    url = address("DATABASE_URL", cloned_database)

    def add_street() -> None:
        try:
            with psycopg.connect(url) as second:
                second.execute(STREET, [uuid.uuid4(), place])
        except psycopg.errors.CheckViolation as error:
            refused.append(error)

    with psycopg.connect(url) as first:
        first.execute(PUBLISHER)
        first.execute(PLACE, [place])
        first.commit()
        first.execute("UPDATE location SET is_protected = true WHERE id = %s", [place])
        other = threading.Thread(target=add_street)
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()  # it waits for the first to end
        first.commit()
        other.join(timeout=10)
        assert len(refused) == 1
        assert first.execute("SELECT count(*) FROM address WHERE location_id = %s", [place]).fetchone() == (
            0,
        )
