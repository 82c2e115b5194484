"""A steward's change of what is known of a publisher: its names, licence, and whether that lets us pass records on."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from directory.actions.edit_record import tell_anew
from directory.actions.refused import Refused
from directory.models.publisher import Publisher
from directory.models.service import Service
from safety import audit
from safety.viewer import Viewer

SHOWN = frozenset({"name", "name_fr", "is_demo", "may_redistribute", "licence", "licence_url", "attribution"})
"""Fields of which listings or open data tell something."""


@transaction.atomic
def edit_publisher(*, slug: str, values: Mapping[str, Any], viewer: Viewer) -> list[str]:
    """Write `values` by field name; the names that changed. Raises Refused where too many listings tell of them."""
    publisher = Publisher.objects.select_for_update().get(pk=slug)
    names = sorted(name for name, value in values.items() if getattr(publisher, name) != value)
    if not names:
        return []
    for name in names:
        setattr(publisher, name, values[name])
    try:
        publisher.full_clean()
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from None
    publisher.save(update_fields=names)
    if SHOWN & set(names):
        own = Service.objects.filter(publisher=publisher).order_by("pk")
        tell_anew(set(own.values_list("pk", flat=True)))
    audit.record(
        viewer,
        action="edit_publisher",
        subject_type="publisher",
        details={"publisher": slug, "fields": " ".join(names)},
    )
    return names
