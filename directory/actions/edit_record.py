"""A steward's change of one HSDS record: by hand, field by field, told at once wherever the record shows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.forget_again import forget_again
from directory.actions.project_listings import project_services
from directory.actions.refuse_telling import places_told_by, refuse_telling
from directory.actions.refused import Refused
from directory.actions.services_concerned import concerned_by, model_of, services_concerned
from directory.models.field_source import FieldSource
from directory.models.record import BESIDE_HSDS, HsdsRecord
from directory.rules.hsds_formats import flag_of
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import NEVER_NEGATIVE, Unusable, flags_of_record, read_value, written_form
from directory.rules.schedule_values import fault_in
from safety import audit
from safety.viewer import Viewer

NEVER = BESIDE_HSDS | {"id", "is_protected", "assured_date", "assurer_email", "last_modified"}
"""What this action leaves alone: bookkeeping, and what has an action of its own."""

MOST_AT_ONCE = 20_000
"""Services that one click may tell anew: more would outlast the request, and fail."""


def _record(entity: str, id_: UUID) -> HsdsRecord:
    found = model_of(entity)._default_manager.select_for_update().filter(pk=id_).first()
    if found is None:
        raise Refused(_("This record is gone."))
    return found


def _check_sense(entity: str, name: str, value: Any) -> None:
    if entity == "schedule" and isinstance(value, str) and fault_in(name, value):
        raise Refused(_("This cannot be right, and would not be used: %(field)s.") % {"field": name})
    if isinstance(value, Decimal) and value < 0 and name in NEVER_NEGATIVE.get(entity, ()):
        raise Refused(_("This cannot be less than nothing: %(field)s.") % {"field": name})


def _check_field(record: HsdsRecord, name: str, value: Any) -> None:
    field = record._meta.get_field(name)
    shape = ENTITIES[record._meta.db_table].field(field.attname)
    if isinstance(value, str) and "\x00" in value:
        raise Refused(_("The text holds a character that cannot be kept."))
    if shape and shape.essential and value in (None, ""):
        raise Refused(_("This cannot be left empty: %(field)s.") % {"field": name})
    _check_sense(record._meta.db_table, name, value)
    try:
        if not (value is None and field.null):
            field.clean(value, record)
        if shape:
            read_value(shape, written_form(_plain(value)))
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from None
    except Unusable as fault:
        raise Refused(str(fault)) from None


def _correct(record: HsdsRecord, name: str, value: Any) -> Any:
    """An address as the standard has it, where that is plainly what was meant; any other value as it is."""
    shape = ENTITIES[record._meta.db_table].field(name)
    return read_value(shape, value).value if isinstance(value, str) and shape and flag_of(shape) else value


def _flags(record: HsdsRecord, names: list[str]) -> list[str]:
    """The record's flags, those about `names` found anew."""
    entity = record._meta.db_table
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    found = flags_of_record(entity, values)
    for name in names:
        shape = ENTITIES[entity].field(name)
        if shape:
            found.append(read_value(shape, written_form(_plain(values.get(name)))).flag)
    about = {*names, "available", "count", "minimum_age", "state_province"}
    kept = [flag for flag in record.flags if flag.partition(":")[0] not in about]
    return sorted({*kept, *filter(None, found)})


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str | None) else str(value)


def _save(record: HsdsRecord, names: list[str]) -> None:
    """Raises Refused where the database has a wall, such as that around a protected place."""
    more = ["last_modified"] if record._meta.db_table == "service" else []
    try:
        with transaction.atomic():
            record.save(update_fields=[*names, "written", "flags", *more])
    except IntegrityError as fault:
        raise Refused(_reason(fault)) from None
    except DatabaseError as fault:
        # Our own triggers' words; anything else is a fault of the program and must be seen.
        if getattr(fault.__cause__, "sqlstate", "") not in ("P0001", "22003"):
            raise
        raise Refused(_reason(fault)) from None


def _reason(fault: DatabaseError) -> str:
    diagnosis = getattr(fault.__cause__, "diag", None)
    wall = getattr(diagnosis, "constraint_name", None) or ""
    if "protected" in wall:
        return _("A protected place keeps no street, no coordinates and no directions.")
    if wall == "location_placed_by_coordinates_has_them":
        return _("A place that is placed by coordinates needs a latitude and a longitude that exist.")
    if wall == "location_placed_by_community_names_it":
        return _("A place that is placed by its community needs one.")
    return _("The database refuses this: %(wall)s.") % {"wall": wall or _("it names no reason")}


@transaction.atomic
def edit_record(*, entity: str, record_id: UUID, values: Mapping[str, Any], viewer: Viewer) -> list[str]:
    """Write `values` (field name -> value of the column's type) into one record; the names that changed.

    What was `written` of them before is forgotten, their flags are found anew, the listings concerned are told anew,
    and the fields count as confirmed: the next feed can't undo what a person wrote.
    The audit row names the record and the fields, never what they say. Raises Refused, ValueError for other fields.
    """
    if forbidden := sorted(NEVER & set(values)):
        raise ValueError(f"not edited by hand: {', '.join(forbidden)}")
    record = _record(entity, record_id)
    names = sorted(name for name, value in values.items() if getattr(record, name) != value)
    if not names:
        return []
    before = services_concerned(entity, [record_id])
    for name in names:
        _check_field(record, name, values[name])
        setattr(record, name, _correct(record, name, values[name]))
        for key in {name, record._meta.get_field(name).attname, "last_modified"}:
            record.written.pop(key, None)
    refuse_telling(record, names)
    record.flags = _flags(record, names)
    _save(record, names)
    _confirm(entity, record_id, names, viewer)
    cuts = forget_again(places_told_by(record)) if _ties_anew(record, names) else []
    tell_anew(before | services_concerned(entity, [record_id]) | concerned_by(cut[:2] for cut in cuts))
    details = {"fields": " ".join(names)[:200]}
    audit.record(viewer, action="edit_record", subject_type=entity, subject_id=record_id, details=details)
    return names


def _ties_anew(record: HsdsRecord, names: list[str]) -> bool:
    """True if it belongs to another record now: what either tells was never looked through for the other's door."""
    return any(record._meta.get_field(name).is_relation for name in names)


def _confirm(entity: str, record_id: UUID, names: list[str], viewer: Viewer) -> None:
    """From now on a person stands behind these fields: no feed changes them, it disagrees."""
    today = timezone.localdate()
    facts = {"stated_on": today, "confirmed_on": today, "confirmed_by": viewer.user, "publisher": None}
    FieldSource.objects.bulk_create(
        [FieldSource(entity=entity, record_id=record_id, field=name, **facts) for name in names],
        update_conflicts=True,
        unique_fields=["entity", "record_id", "field"],
        update_fields=[*facts],
    )


_TOGETHER: ContextVar[set[UUID] | None] = ContextVar("told together", default=None)


@contextmanager
def telling_together() -> Iterator[None]:
    """Services that are changed inside are told anew once, at its end: two hundred edits cost little more than one.

    To be used inside a transaction; nothing inside may read the listings.
    """
    if _TOGETHER.get() is not None:
        yield
        return
    collected: set[UUID] = set()
    token = _TOGETHER.set(collected)
    try:
        yield
    finally:
        _TOGETHER.reset(token)
    tell_anew(collected)


def tell_anew(services: set[UUID]) -> None:
    """Project these services now, or with others. Raises Refused where they are more than MOST_AT_ONCE."""
    together = _TOGETHER.get()
    if together is not None:
        together |= services
        return
    if len(services) > MOST_AT_ONCE:
        told = {"count": len(services), "most": MOST_AT_ONCE}
        raise Refused(
            _("This shows in %(count)d services, more than the %(most)d that can be told anew at once.")
            % told
        )
    project_services(sorted(services))
