"""A worker passes on what a service said when asked; its keeper confirms it in one tap, and then it is stated."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.refused import Refused
from directory.actions.state_facts import state_fact
from directory.finding.seers import finds
from directory.models.membership import Role
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.models.told_answer import ToldAnswer
from directory.policies import refuse_unless_works_for
from directory.rules.eligibility_terms import Fact
from directory.rules.told import can_be_told
from safety import audit
from safety.viewer import Viewer

DECIDERS = (Role.KEEPER, Role.LEAD)
MOST_WAITING = 50
"""Answers of one organization that wait: a stolen account must not bury keepers in them."""


def facts_of_service(service: UUID) -> list[Fact]:
    """What the service states, as the rules know it."""
    rows = ServiceFact.objects.filter(service_id=service).order_by("dimension", "term")
    return [Fact(row.dimension, row.term, row.stated, row.low, row.high) for row in rows]


def _record(viewer: Viewer, action: str, answer: ToldAnswer) -> None:
    details = {"answer": str(answer.pk), "term": f"{answer.dimension}:{answer.term}"}
    audit.record(viewer, action=action, subject_type="service", subject_id=answer.service_id, details=details)


@transaction.atomic
def tell_answer(*, service: UUID, dimension: str, term: str, viewer: Viewer, now: datetime) -> ToldAnswer:
    """Pass on a yes, as a member of a vetted organization. Raises PermissionDenied and Refused.

    Told twice, it waits once.
    """
    if viewer.organization is None:
        raise PermissionDenied
    refuse_unless_works_for(viewer, viewer.organization, tuple(Role))
    if not finds(viewer, service, now) or not can_be_told(dimension, term, facts_of_service(service)):
        raise Refused(_("This can’t be passed on: the service says it already, or is not there any more."))
    waiting = ToldAnswer.objects.filter(decided_at=None)
    if waiting.filter(told_for_id=viewer.organization).count() >= MOST_WAITING:
        raise Refused(_("Many of your answers still wait to be confirmed. Try again later."))
    answer, is_new = waiting.get_or_create(
        service_id=service,
        dimension=dimension,
        term=term,
        defaults={"told_for_id": viewer.organization, "told_by_id": viewer.user, "told_at": now},
    )
    if is_new:
        _record(viewer, "tell_answer", answer)
    return answer


@transaction.atomic
def decide_answer(*, answer: UUID, is_right: bool, viewer: Viewer, now: datetime) -> ToldAnswer:
    """Confirm what was passed on, which states it from now on, or put it aside. Raises PermissionDenied and Refused.

    By a keeper or lead of the service's own organization; what is another's is answered as what is not there.
    """
    refuse_unless_works_for(viewer, viewer.organization or UUID(int=0), DECIDERS)
    found = ToldAnswer.objects.select_for_update(no_key=True).filter(pk=answer, decided_at=None).first()
    own = Service.objects.filter(organization_id=viewer.organization)
    if found is None or not own.filter(pk=found.service_id).exists():
        raise Refused(_("This is not there any more."))
    found.decided_at, found.is_confirmed = now, is_right
    found.save(update_fields=["decided_at", "is_confirmed"])
    _record(viewer, "decide_answer", found)
    facts = facts_of_service(found.service_id)
    if is_right and can_be_told(found.dimension, found.term, facts):
        state_fact(
            service_id=found.service_id, fact=Fact(found.dimension, found.term, stated=True), viewer=viewer
        )
    return found
