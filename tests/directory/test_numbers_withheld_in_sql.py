"""The rule of which numbers everybody is told is written for Python and for PostgreSQL: both say the same."""

from random import Random

import pytest
from django.db import connection

from directory.finding.numbers_told import withheld_sql
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.rules.telling_numbers import told_to_all

NUMBERS = (
    "613-555-0142",
    "1-204-555-0117",
    "1-866-555-0142",
    "(800) 555-0100",
    "1 888 555 0100",
    "211",
    "",
    "ask",
)
TYPES = ("", "voice", " Voice", "text", "SMS ", "video", "TTY", "fax", "\tFax", "pager", "cell", "hotline")
WORDS = (
    "",
    "",
    "Office",
    "Crisis line",
    "LIGNE D’ÉCOUTE",
    "Ligne de détresse",
    "24-hour",
    "24 h",
    "Réception",
)
HOW_MANY = 400


@pytest.mark.django_db
@pytest.mark.promise(1)
def test_postgresql_withholds_what_python_does() -> None:
    draw = Random(68)  # no secret: the same lists each time
    publisher = Publisher.objects.create(slug="list", name="list")
    house = Organization.objects.create(publisher=publisher, name="House")
    services = Service.objects.bulk_create(
        Service(publisher=publisher, organization=house, name="Haven") for _ in range(HOW_MANY)
    )
    rows = [
        Phone(
            publisher=publisher,
            service=service,
            number=draw.choice(NUMBERS),
            type=draw.choice(TYPES),
            description=draw.choice(WORDS),
            description_fr=draw.choice(WORDS),
        )
        for service in services
        for _ in range(draw.randint(1, 4))
    ]
    Phone.objects.bulk_create(rows)
    expected = set()
    for service in services:
        own = [row for row in rows if row.service_id == service.pk]
        told = {row.pk for row in told_to_all(own)}
        expected |= {row.pk for row in own if row.pk not in told}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT p.id FROM phone p WHERE {withheld_sql('p', 'true')}")
        found = {key for (key,) in cursor.fetchall()}
    assert expected, "the lists hold something to withhold"
    assert found == expected
