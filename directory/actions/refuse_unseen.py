"""Nobody confirms what they did not see: a yes carries the marks of its page, and holds for just that."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.refused import Refused
from directory.finding.whole import Seen, changed_since, whole_of
from directory.models.service import Service


class Unseen(Refused):
    """Something was changed between the page and its yes. `changed`: by service, the keys of those parts."""

    def __init__(self, changed: dict[UUID, list[str]]) -> None:
        super().__init__(
            _(
                "Nothing was confirmed: something was changed while you had the page open. Look at it once more."
            )
        )
        self.changed = changed


def refuse_unseen(services: Iterable[Service], seen: Seen) -> None:
    """Raise Unseen unless each of these listings, which the caller holds, still says what was seen of it."""
    changed = {service.pk: changed_since(seen.get(service.pk, ""), whole_of(service)) for service in services}
    if found := {key: parts for key, parts in changed.items() if parts}:
        raise Unseen(found)
