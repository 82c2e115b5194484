"""Rows that hang on a service or an organization - numbers, languages, hours - made to be as somebody stated them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.actions.edit_record import edit_record
from directory.actions.refuse_telling import refuse_telling
from directory.actions.refused import Refused
from directory.models.publisher import Publisher
from directory.models.record import HsdsRecord
from directory.rules.publishing import RESERVED_PUBLISHERS
from safety.viewer import Viewer

BY_HAND = "relais"
"""The publisher of rows that people wrote here: no import may use its name."""
MOST_ROWS = 40

Row = Mapping[str, Any]


def state_rows(
    model: type[HsdsRecord],
    *,
    stored: Sequence[HsdsRecord],
    wanted: Sequence[Row],
    owner: Row,
    beside: HsdsRecord,
    viewer: Viewer,
    blank: Row | None = None,
) -> list[HsdsRecord]:
    """Make the rows `stored` be those `wanted`, each with the `id` of the one that it was, or none.

    What is new hangs on `owner` (column -> id) beside a record. What a feed wrote and nobody wants is made `blank`
    where that can be: taken away, it would come back with the next feed. Returns the rows wanted, in their order.
    Those who call tell anew. Raises Refused.
    """
    if len(wanted) > MOST_ROWS:
        raise Refused(_("These are too many lines: at most %(most)d.") % {"most": MOST_ROWS})
    known = {str(row.pk): row for row in stored}
    kept = []
    for place, row in enumerate(wanted):
        facts = {name: value for name, value in row.items() if name != "id"}
        found = known.pop(row.get("id") or "", None)
        if found is None:
            found = make_row(model, facts | dict(owner), beside)
        else:
            _change(found, facts, viewer)
        model._default_manager.filter(pk=found.pk).update(position=place)
        kept.append(found)
    for gone in known.values():
        _take_away(gone, blank, viewer)
    return kept


def make_row(model: type[HsdsRecord], facts: Row, beside: HsdsRecord) -> HsdsRecord:
    """Store a record that somebody wrote here, beside another. Raises Refused, also where it tells a protected door."""
    made = model(publisher_id=publisher_beside(beside), **facts)
    names = [name for name, value in facts.items() if isinstance(value, str) and value]
    if any("\x00" in facts[name] for name in names):
        raise Refused(_("The text holds a character that cannot be kept."))
    try:
        made.clean_fields()
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from None
    made.save()
    refuse_telling(made, names)
    return made


def publisher_beside(beside: HsdsRecord) -> str:
    """Of what stands beside a feed's record: no feed may think that it is its own, and take it away."""
    if beside.publisher_id in RESERVED_PUBLISHERS:
        return str(beside.publisher_id)
    return str(Publisher.objects.get_or_create(slug=BY_HAND, defaults={"name": "Relais"})[0].pk)


def _change(record: HsdsRecord, values: Row, viewer: Viewer) -> None:
    edit_record(entity=record._meta.db_table, record_id=UUID(str(record.pk)), values=values, viewer=viewer)


def _take_away(record: HsdsRecord, blank: Row | None, viewer: Viewer) -> None:
    if blank is None or record.publisher_id in RESERVED_PUBLISHERS:
        record.delete()
    else:
        _change(record, blank, viewer)
