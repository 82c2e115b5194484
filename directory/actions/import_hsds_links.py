"""The same service from two publishers: linked where both gave one id, suggested where name, phone and place agree."""

from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask
from directory.models.same_service import Likeness, SameService, Verdict
from directory.rules.hsds_package_words import name_key, phone_key

# A record whose given id is another publisher's record: that one came first and is kept.
SAME_ID = (
    "INSERT INTO same_service (kept_id, other_id, likeness, verdict)"
    " SELECT k.id, o.id, 'given_id', 'linked' FROM service o JOIN service k ON k.id::text = o.given_id"
    " WHERE o.publisher_id = %s AND k.publisher_id <> o.publisher_id AND o.given_id <> ''"
    " AND NOT EXISTS (SELECT FROM same_service x WHERE (x.kept_id, x.other_id) IN ((k.id, o.id), (o.id, k.id)))"
    " AND NOT EXISTS (SELECT FROM same_service x WHERE x.other_id = o.id AND x.verdict = 'linked')"
    " ON CONFLICT DO NOTHING RETURNING kept_id, other_id"
)
# Candidates: the same letters and the same last seven digits; Python's own folding has the last word.
CANDIDATES = (
    "WITH phones AS ("
    "SELECT p.service_id AS service, p.number FROM phone p WHERE p.service_id IS NOT NULL"
    " UNION SELECT l.service_id, p.number FROM phone p JOIN service_at_location l ON l.id = p.service_at_location_id"
    " UNION SELECT s.id, p.number FROM phone p JOIN service s ON s.organization_id = p.organization_id"
    " WHERE p.service_id IS NULL"
    "), keys AS (SELECT s.id, s.name, s.publisher_id, s.province, p.number,"
    r" regexp_replace(lower(unaccent(s.name)), '\W', '', 'g') AS letters,"
    r" right(regexp_replace(p.number, '\D', '', 'g'), 7) AS digits"
    " FROM service s JOIN phones p ON p.service = s.id),"
    " places AS (SELECT l.service_id, array_agg(DISTINCT g.province::text) AS provinces FROM service_at_location l"
    " JOIN location c ON c.id = l.location_id JOIN place g ON g.id = c.community_id GROUP BY l.service_id)"
    " SELECT DISTINCT a.id, b.id, a.name, b.name, a.number, b.number, b.publisher_id"
    " FROM keys a JOIN import_service i ON i.id = a.id"
    " JOIN keys b ON b.letters = a.letters AND b.digits = a.digits AND b.publisher_id <> a.publisher_id"
    " LEFT JOIN places pa ON pa.service_id = a.id LEFT JOIN places pb ON pb.service_id = b.id"
    " WHERE a.publisher_id = %s AND length(a.digits) = 7"
    " AND (COALESCE(pa.provinces, ARRAY[a.province::text]) && COALESCE(pb.provinces, ARRAY[b.province::text]))"
    " AND NOT EXISTS (SELECT FROM same_service x WHERE (x.kept_id, x.other_id) IN ((a.id, b.id), (b.id, a.id)))"
    " ORDER BY 1, 2"
)


def link_services(cursor: CursorWrapper, publisher: str, report: ImportReport) -> set[UUID]:
    """Link and suggest; verdicts that are there stay. Returns the services whose listing may come or go."""
    others = ask(cursor, "SELECT EXISTS (SELECT FROM service WHERE publisher_id <> %s)", [publisher])
    if not others[0][0]:
        return set()
    linked = ask(cursor, SAME_ID, [publisher])
    report.linked = len(linked)
    report.suggested = _suggest(cursor, publisher)
    return {id_ for pair in linked for id_ in pair}


def _suggest(cursor: CursorWrapper, publisher: str) -> int:
    cursor.execute(CANDIDATES, [publisher])
    pairs: dict[tuple[UUID, UUID], None] = {}
    for ours, theirs, name, their_name, number, their_number, _ in cursor.fetchall():
        is_same_phone = bool(phone_key(number)) and phone_key(number) == phone_key(their_number)
        if is_same_phone and name_key(name) == name_key(their_name):
            pairs.setdefault((theirs, ours))
    SameService.objects.bulk_create(
        [
            SameService(
                kept_id=kept, other_id=other, likeness=Likeness.PHONE_AND_NAME, verdict=Verdict.SUGGESTED
            )
            for kept, other in pairs
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    return len(pairs)
