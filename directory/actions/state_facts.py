"""What a service states about whom it takes: replaced whole, or not at all."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from directory.actions.edit_record import tell_anew
from directory.actions.refused import Refused
from directory.actions.table_facts_stored import STATED
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
    today = timezone.localdate()
    FieldSource.objects.update_or_create(
        entity="service",
        record_id=service_id,
        field=STATED,
        defaults={
            "publisher": None,
            "stated_on": today,
            "confirmed_on": today,
            "confirmed_by": viewer.user,
        },
    )
    tell_anew({service_id})
    dimensions = " ".join(dict.fromkeys(fact.dimension for fact in facts))
    audit.record(
        viewer,
        action="state_facts",
        subject_type="service",
        subject_id=service_id,
        details={"dimensions": dimensions},
    )
    return len(facts)
