"""A feed says otherwise than the organization confirmed: a steward keeps the one or takes the other."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.edit_record import NEVER, edit_record
from directory.actions.refused import Refused
from directory.actions.services_concerned import model_of, services_concerned
from directory.models.field_source import FieldSource
from directory.models.import_conflict import Decision, ImportConflict
from directory.models.membership import Membership
from directory.models.service import Service
from directory.rules.holding import redirects
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import Unusable, read_value
from safety import audit
from safety.viewer import Viewer


def _offered(conflict: ImportConflict) -> Any:
    """What the feed offers, as the column holds it."""
    shape = ENTITIES[conflict.entity].field(conflict.field)
    field = model_of(conflict.entity)._meta.get_field(conflict.field)
    if conflict.field in NEVER:
        raise Refused(_("No feed decides this."))
    try:
        if shape is not None and read_value(shape, conflict.offered).flag:
            raise Refused(_("What the feed says of it cannot be right; it is not taken."))
        return field.to_python(conflict.offered or ("" if field.empty_strings_allowed else None))
    except (Unusable, ValidationError):
        raise Refused(_("What the feed says of it cannot be right; it is not taken.")) from None


def _refuse_redirecting(conflict: ImportConflict, offered: Any) -> None:
    """Where people keep their own listings, a feed leads nobody elsewhere: they say it, and are called back."""
    record = model_of(conflict.entity)._default_manager.filter(pk=conflict.record_id).first()
    stands = getattr(record, conflict.field, "") if record else ""
    if not redirects(conflict.entity, conflict.field, str(stands or ""), str(offered or "")):
        return
    services = services_concerned(conflict.entity, [conflict.record_id])
    owners = Service.objects.filter(pk__in=services).values("organization_id")
    if Membership.objects.live().filter(organization_id__in=owners).exists():
        raise Refused(
            _(
                "This could lead people to somebody else. Ask the organization to change it: you then call it back."
            )
        )


def _take(conflict: ImportConflict, viewer: Viewer) -> None:
    _refuse_redirecting(conflict, _offered(conflict))
    values = {conflict.field: _offered(conflict)}
    edit_record(entity=conflict.entity, record_id=conflict.record_id, values=values, viewer=viewer)
    # From now on the feed is where the field comes from: it is confirmed by nobody.
    FieldSource.objects.filter(
        entity=conflict.entity, record_id=conflict.record_id, field=conflict.field
    ).update(
        publisher=conflict.publisher, stated_on=timezone.localdate(), confirmed_on=None, confirmed_by=None
    )


@transaction.atomic
def decide_conflict(*, conflict_id: int, decision: Decision, viewer: Viewer) -> ImportConflict:
    """`TAKE` writes what the feed offers, `KEEP` leaves what was confirmed.

    Raises Refused if it is decided already, ValueError for what nobody decides.
    """
    if decision not in (Decision.KEEP, Decision.TAKE):
        raise ValueError(f"nobody decides {decision!r}")
    conflict = ImportConflict.objects.select_for_update().get(pk=conflict_id)
    if conflict.decision != Decision.OPEN:
        raise Refused(_("This is decided already."))
    if decision == Decision.TAKE:
        _take(conflict, viewer)
    conflict.decision, conflict.decided_by, conflict.decided_at = decision, viewer.user, timezone.now()
    conflict.save(update_fields=["decision", "decided_by", "decided_at"])
    audit.record(
        viewer,
        action="decide_conflict",
        subject_type=conflict.entity,
        subject_id=conflict.record_id,
        details={"field": conflict.field, "decision": str(decision)},
    )
    return conflict
