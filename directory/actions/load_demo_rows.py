"""Rows of the demonstration before they are written: ids from keys, one list a model."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model
from psycopg import sql

from directory.models.accessibility import Accessibility
from directory.models.address import Address
from directory.models.cost_option import CostOption
from directory.models.coverage import ServiceCoverage
from directory.models.language import Language
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.place import Place
from directory.models.required_document import RequiredDocument
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_area import ServiceArea
from directory.models.service_at_location import ServiceAtLocation
from directory.models.service_fact import ServiceFact
from directory.models.taxonomy import Attribute

DEMO = "demo"
NAMESPACE = uuid.UUID("0d2f3b52-6d0b-5b0e-8f0a-6a3f5f1f7c01")
"""Of the ids of the demonstration: the same in every clone, so that a link to a demo listing can be shown."""


def demo_id(*path: str) -> uuid.UUID:
    """The id of a demonstration record, from its keys: ("service", organization, service)."""
    return uuid.uuid5(NAMESPACE, "/".join(path))


ORDER: tuple[type[Model], ...] = (
    Organization,
    Location,
    Accessibility,
    Address,
    Service,
    ServiceAtLocation,
    Phone,
    Schedule,
    Language,
    Attribute,
    CostOption,
    RequiredDocument,
    ServiceArea,
    ServiceFact,
    ServiceCoverage,
)
"""Each stands after those that it links to."""


@dataclass(slots=True)
class Rows:
    """Rows to write, one list a model."""

    today: date
    communities: dict[str, Place]
    made: dict[type[Model], list[Any]] = field(default_factory=lambda: {model: [] for model in ORDER})

    def add(self, model: type[Model], *path: str, **facts: Any) -> uuid.UUID:
        """Keep one HSDS row of `model`; its id comes from `path`, its position from those before it."""
        rows = self.made[model]
        key = demo_id(*path)
        rows.append(model(id=key, publisher_id=DEMO, position=len(rows), **facts))
        return key

    def add_beside(self, row: Model) -> None:
        """Keep one row of what stands beside HSDS, which the database numbers."""
        self.made[type(row)].append(row)

    def write(self) -> None:
        """One COPY a model: twenty thousand rows in a second, where INSERT needs six."""
        for model, rows in self.made.items():
            _copy(model, rows)


def _copy(model: type[Model], rows: list[Any]) -> None:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            values = (getattr(row, field.attname) for field in fields)
            copy.write_row([f.get_db_prep_save(v, connection) for f, v in zip(fields, values, strict=True)])
