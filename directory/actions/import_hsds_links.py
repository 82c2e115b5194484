"""The same service from two publishers: linked where both gave one id and agree otherwise, else only suggested."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask
from directory.actions.import_hsds_withholding import ids_of
from directory.models.same_service import Likeness, SameService, Verdict
from directory.rules.hsds_package_words import name_key, phone_key
from directory.rules.same_services import Likely, clearly_same, shows_rather

# Records of two publishers who gave one id, whoever of them has it, and if a third one took it: the same service, or
# somebody who took its id. What rests behind another record of that id is compared by way of that one.
SAME_ID = (
    "WITH keyed AS (SELECT id, publisher_id, given_id, COALESCE(NULLIF(given_id, ''), id::text) AS key FROM service"
    "  WHERE given_id = '' OR given_id ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$')"
    " SELECT k.id, o.id FROM keyed o JOIN keyed k ON k.key = o.key AND k.publisher_id <> o.publisher_id"
    " WHERE o.publisher_id = %s AND (o.given_id <> '' OR k.given_id <> '')"
    " AND NOT EXISTS (SELECT FROM same_service x WHERE (x.kept_id, x.other_id) IN ((k.id, o.id), (o.id, k.id)))"
    " AND NOT EXISTS (SELECT FROM same_service x WHERE x.other_id = o.id AND x.verdict = 'linked')"
    " AND NOT EXISTS (SELECT FROM same_service x JOIN keyed g ON g.id = x.kept_id"
    "  WHERE x.other_id = k.id AND x.verdict = 'linked' AND g.key = k.key)"
    " ORDER BY 1, 2"
)
LINKED = "SELECT {} FROM same_service WHERE verdict = 'linked'"
LINKED_BY_ITSELF = (
    "SELECT x.id, x.kept_id, x.other_id FROM same_service x JOIN service k ON k.id = x.kept_id"
    " JOIN service o ON o.id = x.other_id WHERE x.verdict = 'linked' AND x.likeness = 'given_id'"
    " AND x.decided_at IS NULL AND (k.publisher_id = %s OR o.publisher_id = %s)"
    " AND (k.id IN (SELECT id FROM import_service) OR o.id IN (SELECT id FROM import_service))"
)
FACTS = (
    "SELECT s.id, s.name, s.url, s.email, p.is_demo, s.assured_date IS NOT NULL OR EXISTS (SELECT FROM field_source f"
    "  WHERE f.entity = 'service' AND f.record_id = s.id AND f.confirmed_on IS NOT NULL),"
    " ARRAY(SELECT number FROM phone WHERE service_id = s.id"
    "  UNION SELECT n.number FROM phone n JOIN service_at_location l ON l.id = n.service_at_location_id"
    "   WHERE l.service_id = s.id"
    "  UNION SELECT number FROM phone WHERE organization_id = s.organization_id AND service_id IS NULL)"
    " FROM service s JOIN directory_publisher p ON p.slug = s.publisher_id WHERE s.id = ANY(%s)"
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
    " places AS (SELECT l.service_id, array_agg(DISTINCT COALESCE(g.province, r.province)::text) AS provinces"
    " FROM service_at_location l JOIN location c ON c.id = l.location_id"
    # Of a protected place only the area is known.
    " LEFT JOIN place g ON g.id = c.community_id LEFT JOIN area r ON r.slug = c.area_id"
    " WHERE COALESCE(g.province, r.province) IS NOT NULL GROUP BY l.service_id)"
    " SELECT DISTINCT a.id, b.id, a.name, b.name, a.number, b.number, b.publisher_id"
    " FROM keys a JOIN import_service i ON i.id = a.id"
    " JOIN keys b ON b.letters = a.letters AND b.digits = a.digits AND b.publisher_id <> a.publisher_id"
    " LEFT JOIN places pa ON pa.service_id = a.id LEFT JOIN places pb ON pb.service_id = b.id"
    " WHERE a.publisher_id = %s AND length(a.digits) = 7"
    " AND (COALESCE(pa.provinces, ARRAY[a.province::text]) && COALESCE(pb.provinces, ARRAY[b.province::text]))"
    " AND NOT EXISTS (SELECT FROM same_service x WHERE (x.kept_id, x.other_id) IN ((a.id, b.id), (b.id, a.id)))"
    # Both rest behind a third one: nobody needs to say more.
    " AND NOT EXISTS (SELECT FROM same_service x JOIN same_service y ON y.kept_id = x.kept_id"
    "  WHERE x.other_id = a.id AND y.other_id = b.id AND x.verdict = 'linked' AND y.verdict = 'linked')"
    " ORDER BY 1, 2"
)


def link_services(cursor: CursorWrapper, publisher: str, report: ImportReport) -> set[UUID]:
    """Link and suggest; verdicts that are there stay. Returns the services whose listing may come or go."""
    others = ask(cursor, "SELECT EXISTS (SELECT FROM service WHERE publisher_id <> %s)", [publisher])
    if not others[0][0]:
        return set()
    parted = _part(cursor, publisher)
    linked = _link_same_ids(cursor, publisher, report)
    report.suggested += len(parted) + _suggest(cursor, publisher)
    return {id_ for pair in (*parted, *linked) for id_ in pair}


def _part(cursor: CursorWrapper, publisher: str) -> list[tuple[UUID, UUID]]:
    """What nobody but an import linked, and what this one made unlike: both show again, and a steward may decide."""
    pairs = ask(cursor, LINKED_BY_ITSELF, [publisher, publisher])
    facts = _facts(cursor, pairs)
    unlike = [
        (link, kept, other) for link, kept, other in pairs if not clearly_same(facts[kept], facts[other])
    ]
    SameService.objects.filter(pk__in=[link for link, _, _ in unlike]).update(verdict=Verdict.SUGGESTED)
    return [(kept, other) for _, kept, other in unlike]


def _facts(cursor: CursorWrapper, pairs: Sequence[tuple[Any, ...]]) -> dict[UUID, Likely]:
    ids = sorted({id_ for pair in pairs for id_ in pair[-2:]})
    return {row[0]: Likely(*row[1:]) for row in ask(cursor, FACTS, [ids])} if ids else {}


def _link_same_ids(cursor: CursorWrapper, publisher: str, report: ImportReport) -> list[tuple[UUID, UUID]]:
    """Link what is clearly one service; the rest is suggested, since an id alone can be taken by anybody."""
    pairs = ask(cursor, SAME_ID, [publisher])
    facts = _facts(cursor, pairs)
    made: list[SameService] = []
    taken = set(ids_of(cursor, LINKED.format("other_id"))) if pairs else set()
    golden = set(ids_of(cursor, LINKED.format("kept_id"))) if pairs else set()
    for first, second in pairs:
        is_same = clearly_same(facts[first], facts[second])
        kept, other = (second, first) if shows_rather(facts[second], facts[first]) else (first, second)
        # No chains: what rests already shows nothing, and what others rest behind goes on showing.
        is_free = kept not in taken and other not in golden and other not in taken
        verdict = Verdict.LINKED if is_same and is_free else Verdict.SUGGESTED
        if verdict == Verdict.LINKED:
            taken.add(other)
            golden.add(kept)
        made.append(SameService(kept_id=kept, other_id=other, likeness=Likeness.GIVEN_ID, verdict=verdict))
    SameService.objects.bulk_create(made, batch_size=1000)
    linked = [(pair.kept_id, pair.other_id) for pair in made if pair.verdict == Verdict.LINKED]
    report.linked = len(linked)
    report.suggested = len(made) - len(linked)
    return linked


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
