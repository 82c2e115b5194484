"""Lines of the audit trail as a person reads them: when, what, about what, by whom."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.vetting_labels import OUTCOMES
from directory.rules.standing import Standing
from directory.views.profile import name_of
from directory.views.wording_changes import label_of
from safety.acts import ACTS
from safety.audit import AuditEntry

Line = dict[str, Any]
WITH_ANOTHER = frozenset(
    {"name_organization", "unname_organization", "block_organization", "unblock_organization"}
)
"""Acts that are about another organization too, whose id stands in the details."""


def told(entries: Collection[AuditEntry], organization: Organization | None = None) -> list[Line]:
    """A line for each. With an organization: for its leads, who read no names but those of their own people."""
    people = User.objects.in_bulk({entry.actor for entry in entries if entry.actor})
    own = _members(organization) if organization else None
    names, others = _names(entries), _others(entries)
    return [
        {
            "at": entry.at,
            "words": ACTS[entry.action].words if entry.action in ACTS else entry.action,
            "about": names.get(entry.subject_id) if entry.subject_id else None,
            "facts": _facts(entry, others),
            "by": _by(entry, people, own),
            "subject": entry.subject_id if own is None else None,
        }
        for entry in entries
    ]


def _members(organization: Organization) -> set[UUID]:
    return set(Membership.objects.filter(organization=organization).values_list("user_id", flat=True))


def _names(entries: Iterable[AuditEntry]) -> dict[UUID, str]:
    """What services and organizations are called. Of other things, what they are is said by the act."""
    found: dict[UUID, str] = {}
    for kind, model in (("service", Service), ("organization", Organization)):
        keys = {entry.subject_id for entry in entries if entry.subject_type == kind and entry.subject_id}
        found |= {key: name_of(record) for key, record in model.objects.in_bulk(keys).items()}
    return found


def _others(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """By id as the details hold it, what the other organization of an act is called."""
    told = (str(entry.facts().get("organization", "")) for entry in entries if entry.action in WITH_ANOTHER)
    found = Organization.objects.in_bulk([UUID(key) for key in told if key])
    return {str(key): name_of(one) for key, one in found.items()}


def _by(entry: AuditEntry, people: dict[UUID, User], own: set[UUID] | None) -> str:
    if entry.actor is None:
        return _("a link, or the site itself")
    person = people.get(entry.actor)
    if own is None or entry.actor in own:
        return person.email if person else _("somebody who is gone")
    return _("a steward of Relais") if person and person.is_staff else _("somebody of another organization")


def _facts(entry: AuditEntry, others: Mapping[str, str]) -> str:
    """The few details that say something to a reader."""
    facts = entry.facts()
    said = [others.get(str(facts["organization"]), "")] if entry.action in WITH_ANOTHER else []
    if "fields" in facts:
        fields = str(facts["fields"]).split()
        said.append(", ".join(label_of(f"{entry.subject_type}.{field}") for field in fields))
    if facts.get("role") in Role.values:
        said.append(str(Role(str(facts["role"])).label))
    if facts.get("outcome") in OUTCOMES:
        said.append(str(OUTCOMES[Standing(str(facts["outcome"]))]))
    return " · ".join(filter(None, said))
