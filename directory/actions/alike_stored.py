"""Open places that are here already and look like one that is protected now, in records of other publishers."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_tables import ask
from directory.actions.look_alikes import Alike, Candidate, Known, LookAlikes, ids_in, known_at, numbers_of
from directory.rules.look_alikes import blocks_of

OTHERS = "SELECT EXISTS (SELECT FROM location WHERE publisher_id <> ALL(%s))"
OWNERS = "SELECT id, name FROM organization WHERE publisher_id <> ALL(%s)"
CALLED = (
    "SELECT service_id, service_at_location_id, location_id FROM phone WHERE publisher_id <> ALL(%s)"
    r" AND left(regexp_replace(regexp_replace(number, '\D', '', 'g'), '^1', ''), 10) = ANY(%s)"
)
# Found by number or owner, or because they tell a point and hardly a street; not what somebody opened or confirmed.
OPEN = (
    "SELECT l.id, x.id, s.id, COALESCE(s.name, ''), COALESCE(o.name, ''), o.id, l.latitude, l.longitude,"
    " ARRAY(SELECT unnest(ARRAY[a.address_1, a.address_2]) FROM address a WHERE a.location_id = l.id), l.publisher_id"
    " FROM location l LEFT JOIN service_at_location x ON x.location_id = l.id"
    " LEFT JOIN service s ON s.id = x.service_id"
    " LEFT JOIN organization o ON o.id = COALESCE(s.organization_id, l.organization_id)"
    " WHERE NOT l.is_protected AND l.publisher_id <> ALL(%s)"
    " AND (s.id = ANY(%s) OR x.id = ANY(%s) OR l.id = ANY(%s) OR o.id = ANY(%s)"
    "  OR (l.latitude IS NOT NULL AND NOT EXISTS (SELECT FROM address a WHERE a.location_id = l.id"
    "   AND a.address_1 ~ '^[0-9]')))"
    " AND (l.latitude IS NOT NULL OR EXISTS (SELECT FROM address a WHERE a.location_id = l.id))"
    " AND NOT EXISTS (SELECT FROM opened_place p WHERE p.location_id = l.id)"
    " AND NOT EXISTS (SELECT FROM field_source f WHERE f.confirmed_on IS NOT NULL AND (f.record_id = l.id"
    "  OR f.record_id IN (SELECT a.id FROM address a WHERE a.location_id = l.id)))"
    " ORDER BY l.id, s.id"
)
NUMBERS = (
    "SELECT id, service_id, service_at_location_id, location_id, number FROM phone"
    " WHERE service_id = ANY(%s) OR service_at_location_id = ANY(%s) OR location_id = ANY(%s)"
)
STANDS = "SELECT l.id, p.area_id, p.province FROM location l JOIN place p ON p.id = l.community_id WHERE l.id = ANY(%s)"


def alike_stored(places: Sequence[UUID]) -> Alike:
    """Open places of other publishers that look like these protected ones."""
    with connection.cursor() as cursor:
        known = known_at(cursor, places) if places else []
        publishers = sorted({one.publisher for one in known})
        if not known or not ask(cursor, OTHERS, [publishers])[0][0]:
            return Alike()
        candidates = _candidates(cursor, known, publishers)
        ids = ids_in(candidates)
        phones = numbers_of(candidates, ask(cursor, NUMBERS, ids))
        return LookAlikes(known).find(cursor, candidates, phones, lambda ids: _stands(cursor, ids))


def _stands(cursor: CursorWrapper, places: list[UUID]) -> dict[UUID, tuple[str | None, str | None]]:
    return {place: (area, province) for place, area, province in ask(cursor, STANDS, [places])}


def _candidates(cursor: CursorWrapper, known: Iterable[Known], publishers: list[str]) -> list[Candidate]:
    numbers = sorted({number for one in known for number in one.phones})
    called = ask(cursor, CALLED, [publishers, numbers])
    blocks = {block for one in known for block in blocks_of(one.owner)}
    owners = [
        id_ for id_, name in ask(cursor, OWNERS, [publishers]) if not blocks.isdisjoint(blocks_of(name))
    ]
    met = [[id_ for row in called if (id_ := row[place])] for place in range(3)]
    return [Candidate(*row) for row in ask(cursor, OPEN, [publishers, *met, owners])]
