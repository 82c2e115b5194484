"""What a service states about whom it takes: replaced whole, or not at all."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from directory.actions.edit_record import tell_anew
from directory.actions.refused import Refused
from directory.actions.table_facts_stored import STATED, one_fact
from directory.models.field_source import FieldSource
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.rules.eligibility_terms import Fact, check_facts
from safety import audit
from safety.viewer import Viewer


@transaction.atomic
def state_facts(*, service_id: UUID, facts: Sequence[Fact], viewer: Viewer) -> int:
    """From now on the service states exactly `facts`; how many. Raises Refused with every problem, one a line.

    A person stands behind them: no list that is imported later changes them.
    The audit row names the dimensions and no answer.
    """
    if problems := check_facts(facts):
        raise Refused("\n".join(problems))
    service = Service.objects.select_for_update().get(pk=service_id)
    ServiceFact.objects.filter(service=service).delete()
    ServiceFact.objects.bulk_create(ServiceFact(service=service, **asdict(fact)) for fact in facts)
    _confirm(service_id, STATED, viewer)
    tell_anew({service_id})
    _record(service_id, facts, viewer)
    return len(facts)


@transaction.atomic
def state_fact(*, service_id: UUID, fact: Fact, viewer: Viewer) -> None:
    """From now on the service states this beside what it stated; a person stands behind this one fact, and no other.

    Raises Refused where it does not go with the others.
    """
    service = Service.objects.select_for_update().get(pk=service_id)
    others = ServiceFact.objects.filter(service=service).exclude(dimension=fact.dimension, term=fact.term)
    rest = [Fact(row.dimension, row.term, row.stated, row.low, row.high) for row in others.order_by("pk")]
    if problems := check_facts([*rest, fact]):
        raise Refused("\n".join(problems))
    told = asdict(fact)
    key = {"dimension": told.pop("dimension"), "term": told.pop("term")}
    ServiceFact.objects.update_or_create(service=service, **key, defaults=told)
    _confirm(service_id, one_fact(fact.dimension, fact.term), viewer)
    tell_anew({service_id})
    _record(service_id, [fact], viewer)


def _confirm(service_id: UUID, field: str, viewer: Viewer) -> None:
    today = timezone.localdate()
    told = {"stated_on": today, "confirmed_on": today, "confirmed_by": viewer.user, "publisher": None}
    FieldSource.objects.update_or_create(entity="service", record_id=service_id, field=field, defaults=told)


def _record(service_id: UUID, facts: Sequence[Fact], viewer: Viewer) -> None:
    dimensions = " ".join(dict.fromkeys(fact.dimension for fact in facts))
    audit.record(
        viewer,
        action="state_facts",
        subject_type="service",
        subject_id=service_id,
        details={"dimensions": dimensions},
    )
