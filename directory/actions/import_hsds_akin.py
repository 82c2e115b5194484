"""Who tells of whose protected places in an import: services that are one or may be, parents, children, programs.

`akin` says it of what is stored; here it is asked of what a package tells as well.
"""

from dataclasses import replace
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.akin import linked_with, owners_of_services, programs_of, services_akin, services_of
from directory.actions.cut_traces import Cut
from directory.actions.forget_again import forget_again, forget_told_by
from directory.actions.import_hsds_tables import ask
from directory.actions.import_hsds_withholding import Hidden, ids_of, in_order
from directory.actions.refuse_telling import protected_akin, protected_around
from directory.actions.scrub_places import these
from directory.models.location import Location
from directory.models.service_at_location import ServiceAtLocation

# Services of this publisher that are one with others, or may be.
PAIRED = (
    "SELECT s.id FROM same_service p JOIN service s ON s.id = p.kept_id"
    "  WHERE p.verdict <> 'apart' AND s.publisher_id = %s"
    " UNION SELECT s.id FROM same_service p JOIN service s ON s.id = p.other_id"
    "  WHERE p.verdict <> 'apart' AND s.publisher_id = %s"
)
# Organizations of others that are a parent, or a child, of one that is told here; services that name a program of it.
RELATED = (
    "WITH tie AS (SELECT id AS child, parent_organization_id AS parent FROM staged_organization"
    "   WHERE parent_organization_id IS NOT NULL"
    "  UNION SELECT id, parent_organization_id FROM organization WHERE parent_organization_id IS NOT NULL),"
    " pair AS (SELECT child AS one, parent AS two FROM tie UNION SELECT parent, child FROM tie)"
    " SELECT o.id FROM pair JOIN organization o ON o.id = pair.one AND o.publisher_id <> %s"
    "  WHERE EXISTS (SELECT FROM staged_organization s WHERE s.id = pair.two)"
    "   OR EXISTS (SELECT FROM organization s WHERE s.id = pair.two AND s.publisher_id = %s)"
)
NAMING = (
    "SELECT s.id FROM service s JOIN program p ON p.id = s.program_id"
    "  WHERE s.publisher_id <> %s AND p.publisher_id = %s"
    " UNION SELECT s.id FROM service s JOIN staged_program p ON p.id = s.program_id WHERE s.publisher_id <> %s"
)
STAGED_OF = "SELECT id FROM staged_service WHERE organization_id = ANY(%s)"
RELATIVES = (
    "SELECT parent_organization_id FROM staged_organization WHERE id = ANY(%s)"
    " UNION SELECT parent_organization_id FROM organization WHERE id = ANY(%s)"
    " UNION SELECT id FROM staged_organization WHERE parent_organization_id = ANY(%s)"
    " UNION SELECT id FROM organization WHERE parent_organization_id = ANY(%s)"
)
STAGED_PROGRAMS = "SELECT program_id FROM staged_service WHERE id = ANY(%s)"
# Ties that weren't there, to something that was: what is told as it was told before isn't looked through by an import.
TIED_ANEW = (
    "SELECT s.id, s.parent_organization_id FROM staged_organization s LEFT JOIN organization m ON m.id = s.id"
    " WHERE s.parent_organization_id IS NOT NULL"
    "  AND s.parent_organization_id IS DISTINCT FROM m.parent_organization_id"
    "  AND (m.id IS NOT NULL OR EXISTS (SELECT FROM organization p WHERE p.id = s.parent_organization_id))"
)
NAMED_ANEW = (
    "SELECT s.id FROM staged_service s LEFT JOIN service m ON m.id = s.id WHERE s.program_id IS NOT NULL"
    " AND s.program_id IS DISTINCT FROM m.program_id AND EXISTS (SELECT FROM program p WHERE p.id = s.program_id)"
)
# Places of which somebody akin was here before this import.
OF_OLDER = (
    "WITH own AS (SELECT id AS place, organization_id AS owner, NULL::uuid AS service FROM location WHERE id = ANY(%s)"
    "  UNION SELECT x.location_id, s.organization_id, s.id FROM service_at_location x"
    "   JOIN service s ON s.id = x.service_id WHERE x.location_id = ANY(%s)),"
    " akin AS (SELECT own.place, o.parent_organization_id AS id FROM own JOIN organization o ON o.id = own.owner"
    "  UNION SELECT own.place, c.id FROM own JOIN organization c ON c.parent_organization_id = own.owner)"
    " SELECT place FROM akin JOIN organization o ON o.id = akin.id"
    "  WHERE NOT EXISTS (SELECT FROM touched_organization t WHERE t.id = o.id AND t.is_new)"
    " UNION SELECT place FROM own JOIN service s ON s.id = own.service JOIN program p ON p.id = s.program_id"
    "  WHERE NOT EXISTS (SELECT FROM touched_program t WHERE t.id = p.id AND t.is_new)"
    " UNION SELECT place FROM own JOIN same_service p ON p.kept_id = own.service AND p.verdict <> 'apart'"
    " UNION SELECT place FROM own JOIN same_service p ON p.other_id = own.service AND p.verdict <> 'apart'"
)
LATEST = "SELECT COALESCE(max(id), 0) FROM same_service"
NEW_PAIRS = (
    "SELECT kept_id FROM same_service WHERE id > %s AND verdict <> 'apart'"
    " UNION SELECT other_id FROM same_service WHERE id > %s AND verdict <> 'apart'"
)


def places_akin(cursor: CursorWrapper, publisher: str) -> list[UUID]:
    """Protected places of others of which records of this package may tell."""
    akin = services_akin(ids_of(cursor, PAIRED, publisher, publisher))
    naming = ids_of(cursor, NAMING, publisher, publisher, publisher)
    owners = {*owners_of_services(akin), *ids_of(cursor, RELATED, publisher, publisher)}
    if not (akin or owners or naming):
        return []
    found = Location.objects.filter(pk__in=these(protected_around(owners, {*akin, *naming})))
    return sorted(found.exclude(publisher=publisher).values_list("pk", flat=True))


def with_akin(cursor: CursorWrapper, found: Hidden, theirs: list[UUID]) -> Hidden:
    """`found`, with whoever else may tell of it or of the places `theirs`; programs stand among the organizations."""
    tied = {service for service, _ in _ties(theirs)}
    run_by = Location.objects.filter(pk__in=these(theirs), organization_id__isnull=False)
    owners = {
        *found.organizations,
        *owners_of_services(tied),
        *run_by.values_list("organization_id", flat=True),
    }
    listed = in_order(id_ for id_ in owners if id_)
    services = {*found.services, *tied, *services_of(listed)}
    same = services_akin(services)
    related = {*listed, *owners_of_services(same), *ids_of(cursor, RELATIVES, *[listed] * 4)}
    offered = {*services, *same, *ids_of(cursor, STAGED_OF, in_order(related))}
    programs = {*programs_of(offered), *ids_of(cursor, STAGED_PROGRAMS, in_order(offered))}
    return replace(
        found, services=in_order({*found.services, *same}), organizations=in_order(related | programs)
    )


def linked_ties(places: list[UUID]) -> list[tuple[UUID, UUID]]:
    """Services that were linked with one at these places, with the place: as if they were at it themselves."""
    ties = _ties(places)
    linked = linked_with(service for service, _ in ties)
    return [(other, place) for service, place in ties for other in sorted(linked.get(service, ()))]


def _ties(places: list[UUID]) -> list[tuple[UUID, UUID]]:
    rows = ServiceAtLocation.objects.filter(location_id__in=these(places), service_id__isnull=False)
    ties = rows.order_by("pk").values_list("service_id", "location_id")
    return [(service, place) for service, place in ties if service and place]


def of_older_akin(cursor: CursorWrapper, places: list[UUID]) -> list[UUID]:
    """Those of these places of which somebody akin may tell who was here before this import."""
    return ids_of(cursor, OF_OLDER, places, places)


class NewTies:
    """Ties that an import makes to records which were here: what those tell was never looked through for them.

    Begun before anything is merged. An import passes over what is told as it is stored.
    """

    def __init__(self, cursor: CursorWrapper) -> None:
        self._cursor = cursor
        self._organizations = in_order({id_ for row in ask(cursor, TIED_ANEW) for id_ in row})
        self._services = ids_of(cursor, NAMED_ANEW)
        self._latest = ask(cursor, LATEST)[0][0]

    def cut_relatives(self) -> list[Cut]:
        """Once the rows are in: of parents, children and programs."""
        if not (self._organizations or self._services):
            return []
        return forget_again(protected_akin(self._organizations, self._services))

    def cut_pairs(self) -> list[Cut]:
        """Once services were linked and suggested: of these."""
        return forget_told_by(ids_of(self._cursor, NEW_PAIRS, self._latest, self._latest))
