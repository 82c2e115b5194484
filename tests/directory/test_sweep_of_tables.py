"""What looks for planted values in all tables finds them, and takes no clock for a place."""

import pytest
from django.db import connection

from directory.models.publisher import Publisher
from tests.directory.sweep import found_in_tables
from tests.roles import role

pytestmark = pytest.mark.django_db
LATITUDE = "44.2600"


def test_a_value_is_found_in_whatever_column_it_stands() -> None:
    Publisher.objects.create(slug="list", name=f"At {LATITUDE}")
    assert found_in_tables([LATITUDE, "44.2701"]) == [("directory_publisher", LATITUDE)]


def test_the_seconds_of_a_moment_are_no_latitude() -> None:
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = '2026-11-24 09:46:44.26001+00'")
    assert found_in_tables([LATITUDE]) == []
