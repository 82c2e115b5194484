"""Who else may tell of a protected place: records of the same service, parents and children, programs.

A service that was linked with one, or waits for a steward to say whether it is the same, was written by somebody who
knows the house. So was what a parent organization, or one that it runs, or a program says of itself (docs/adr/0042).
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from directory.actions.scrub_places import these
from directory.models.organization import Organization
from directory.models.same_service import SameService, Verdict
from directory.models.service import Service


def _paired(services: set[UUID], verdict: Verdict) -> set[tuple[UUID, UUID]]:
    """The pairs (kept, other) of this verdict in which any of these services is."""
    wanted = these([*services])
    held = SameService.objects.filter(verdict=verdict)
    found: set[tuple[UUID, UUID]] = set()
    # Two questions, each by its own index: one for both would go through all pairs.
    for either in (Q(kept_id__in=wanted), Q(other_id__in=wanted)):
        found |= set(held.filter(either).order_by().values_list("kept_id", "other_id"))
    return found


def _with_linked(services: set[UUID]) -> set[UUID]:
    """These, and all that are linked with them: those that rest behind one listing are linked with each other."""
    found, new = set(services), set(services)
    while new:
        new = {id_ for pair in _paired(new, Verdict.LINKED) for id_ in pair} - found
        found |= new
    return found


def services_akin(services: Iterable[UUID]) -> set[UUID]:
    """Services that are the same as one of these, or may be: linked, or suggested and not decided about."""
    given = set(services)
    if not given or not SameService.objects.exclude(verdict=Verdict.APART).exists():
        return set()
    linked = _with_linked(given)
    suggested = {id_ for pair in _paired(linked, Verdict.SUGGESTED) for id_ in pair}
    return _with_linked(linked | suggested) - given


def same_as(services: Iterable[UUID]) -> set[UUID]:
    """Services that were linked with one of these."""
    given = set(services)
    return _with_linked(given) - given if given else set()


def linked_with(services: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Each of these services that is linked with others, and those."""
    given = set(services)
    golden: dict[UUID, UUID] = {}
    for kept, other in _paired(_with_linked(given), Verdict.LINKED) if given else ():
        golden |= {other: kept, kept: golden.get(kept, kept)}
    families: dict[UUID, set[UUID]] = {}
    for one, kept in golden.items():
        families.setdefault(kept, set()).update((one, kept))
    return {one: families[golden[one]] - {one} for one in given & golden.keys()}


def organizations_akin(owners: Iterable[UUID]) -> set[UUID]:
    """The parents of these organizations and those of which they are the parents."""
    given = set(owners)
    wanted = these([*given])
    parents = Organization.objects.filter(pk__in=wanted, parent_organization_id__isnull=False)
    children = Organization.objects.filter(parent_organization_id__in=wanted)
    found = {
        *parents.order_by().values_list("parent_organization_id", flat=True),
        *children.order_by().values_list("pk", flat=True),
    }
    return {id_ for id_ in found if id_} - given


def owners_of_services(services: Iterable[UUID]) -> set[UUID]:
    """The organizations that offer these services."""
    rows = Service.objects.filter(pk__in=these([*services]), organization_id__isnull=False).order_by()
    return {id_ for id_ in rows.values_list("organization_id", flat=True) if id_}


def programs_of(services: Iterable[UUID]) -> set[UUID]:
    """The programs that these services name, whoever runs them."""
    rows = Service.objects.filter(pk__in=these([*services]), program_id__isnull=False).order_by()
    return {id_ for id_ in rows.values_list("program_id", flat=True) if id_}


def services_of(owners: Iterable[UUID]) -> set[UUID]:
    """The services that these organizations offer."""
    rows = Service.objects.filter(organization_id__in=these([*owners])).order_by()
    return set(rows.values_list("pk", flat=True))
