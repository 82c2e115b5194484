"""Facts of eligibility that a list states: replaced whole for each service, never what a person stated."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from directory.models.field_source import FieldSource
from directory.models.service_fact import ServiceFact
from directory.rules.eligibility_terms import Fact

STATED = "stated_facts"
"""The name under which a service's facts are confirmed, as one whole."""


def one_fact(dimension: str, term: str) -> str:
    """The name under which a single fact is confirmed."""
    return f"{dimension}:{term}"


def store_facts(wanted: Mapping[uuid.UUID, tuple[Fact, ...]]) -> set[uuid.UUID]:
    """Bring the facts of these services in line; returns the services whose facts changed."""
    theirs = FieldSource.objects.filter(entity="service", field=STATED, confirmed_on__isnull=False)
    kept = set(theirs.filter(record_id__in=[*wanted]).values_list("record_id", flat=True))
    single = _confirmed_alone(wanted)
    stored: dict[uuid.UUID, set[Fact]] = defaultdict(set)
    for row in ServiceFact.objects.filter(service_id__in=[*wanted]).order_by("pk"):
        stored[row.service_id].add(Fact(row.dimension, row.term, row.stated, row.low, row.high))
    wanted = {id_: _with(facts, stored[id_], single[id_]) for id_, facts in wanted.items()}
    changed = {id_ for id_, facts in wanted.items() if id_ not in kept and stored[id_] != {*facts}}
    ServiceFact.objects.filter(service_id__in=changed).delete()
    ServiceFact.objects.bulk_create(
        [ServiceFact(service_id=id_, **asdict(fact)) for id_ in sorted(changed) for fact in wanted[id_]]
    )
    return changed


def _confirmed_alone(services: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """By service, the facts that a person confirmed one by one."""
    rows = FieldSource.objects.filter(
        entity="service", record_id__in=[*services], field__contains=":", confirmed_on__isnull=False
    )
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    for id_, name in rows.order_by("pk").values_list("record_id", "field"):
        found[id_].add(name)
    return found


def _with(facts: tuple[Fact, ...], stored: set[Fact], single: set[str]) -> tuple[Fact, ...]:
    """What a list says, but for what somebody stands behind."""
    kept = {fact for fact in stored if one_fact(fact.dimension, fact.term) in single}
    names = {(fact.dimension, fact.term) for fact in kept}
    rest = [fact for fact in facts if (fact.dimension, fact.term) not in names]
    return (*rest, *sorted(kept, key=lambda fact: (fact.dimension, fact.term)))
