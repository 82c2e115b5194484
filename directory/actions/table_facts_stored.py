"""Facts of eligibility that a list states: replaced whole for each service, never where a person stated them."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict

from directory.models.field_source import FieldSource
from directory.models.service_fact import ServiceFact
from directory.rules.eligibility_terms import Fact

STATED = "stated_facts"
"""The name under which a service's facts are confirmed, as one whole."""


def store_facts(wanted: Mapping[uuid.UUID, tuple[Fact, ...]]) -> set[uuid.UUID]:
    """Bring the facts of these services in line; returns the services whose facts changed."""
    theirs = FieldSource.objects.filter(entity="service", field=STATED, confirmed_on__isnull=False)
    kept = set(theirs.filter(record_id__in=[*wanted]).values_list("record_id", flat=True))
    stored: dict[uuid.UUID, set[Fact]] = defaultdict(set)
    for row in ServiceFact.objects.filter(service_id__in=[*wanted]).order_by("pk"):
        stored[row.service_id].add(Fact(row.dimension, row.term, row.stated, row.low, row.high))
    changed = {id_ for id_, facts in wanted.items() if id_ not in kept and stored[id_] != {*facts}}
    ServiceFact.objects.filter(service_id__in=changed).delete()
    ServiceFact.objects.bulk_create(
        [ServiceFact(service_id=id_, **asdict(fact)) for id_ in sorted(changed) for fact in wanted[id_]]
    )
    return changed
