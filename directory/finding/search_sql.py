"""The two statements of a search, put together: nearest first, by one index scan over the nearest thousand (ADR 0033).

Candidates are found by what they offer; judged by whom they don't take, by clocks, languages and the person's answers;
merged, each service at its best place; counted; and a page of them is read, all in one statement. What has no place but
serves this one is found by the other.
"""

from directory.finding.alike import ALIKE
from directory.finding.asked import Asked
from directory.finding.clocks import clock_sql, open_rank_sql
from directory.finding.windows import SEEN
from directory.rules.radius import STEPS
from directory.rules.tags import FOCUS, INTERPRETER, LOOKED_INTO, NEED, SHUT_PART, SPAN

CANDIDATES = 1000
PER_PAGE = 20
ELSEWHERE = 25

HERE = "ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4326)::geography"
COLUMNS = (
    "id, service_id, tie, has_exact_point, checked_on, fresh_until, tags, stated, zone, province, week, odd_hours,"
    " on_holidays, by_appointment"
)
# The inner order is by distance alone, so that the index gives it; ties are settled by a fixed number afterwards.
# Thousands may stand at the one point of a large city: of those that tie as many again are taken, and not all.
# The index measures on a sphere, up to 0.3 % wrong in this country: what is told is measured on the ellipsoid.
NEAR = """SELECT {columns}, ST_Distance(point, {here}) AS metres FROM (
    SELECT {columns}, point FROM listing e WHERE point IS NOT NULL {conditions}
     ORDER BY point <-> {here} FETCH FIRST {candidates} ROWS WITH TIES) nearest LIMIT 2 * {candidates}"""
FRESH = """SELECT {columns}, NULL::float8 AS metres FROM listing e
     WHERE true {conditions}
     ORDER BY checked_on DESC NULLS LAST, tie LIMIT {candidates}"""
# `within` is cut outside of the scan: inside, it would cost the index its order.
WITHIN = "metres < CASE WHEN has_exact_point THEN %(door_limit)s ELSE %(rough_limit)s::float8 END"
# A language may be rare: it has a second scan, over the nearest thousand that speak it.
SPEAKING = """, speaking AS MATERIALIZED ({speaking}), found AS (
    SELECT * FROM every UNION ALL SELECT * FROM speaking s WHERE NOT EXISTS (SELECT FROM every e WHERE e.id = s.id)
)"""
JUDGED = """, judged AS MATERIALIZED (
    SELECT e.*, {spoken} AS spoken, {match} AS match, {open_now} AS open_now, {opens} AS opens,
           (e.fresh_until IS NULL OR e.fresh_until < %(today)s)::int AS overdue, {within} AS is_within,
           (e.stated @@ '{looked_into}'::query_int)::int AS looked_into
      FROM {found} e {clocks} WHERE {taken}
), near AS (SELECT * FROM judged WHERE is_within AND opens < 2)"""
MERGED = (
    """, merged AS MATERIALIZED (SELECT DISTINCT ON (service_id) * FROM near ORDER BY service_id, {order})"""
)
# Where nothing within fits, the nearest beyond that does is told: a row of its own. Past the end is the last page:
# doors close while somebody reads.
SHOWN = """, ordered AS (SELECT *, row_number() OVER (ORDER BY {order}) AS position FROM merged), shown AS (
    (SELECT *, 'page' AS part FROM ordered ORDER BY position LIMIT {per_page}
        OFFSET least(%(offset)s, (SELECT greatest(count(*) - 1, 0) FROM merged) / {per_page} * {per_page}))
    UNION ALL
    (SELECT *, 1, 'beyond' FROM judged
      WHERE metres IS NOT NULL AND opens < 2 AND looked_into = 0 AND NOT EXISTS (SELECT FROM near)
      ORDER BY metres, tie, id LIMIT 1)
    {nearest_shut} {nearest_speaking}
)"""
# What fits, and is a step nearer than all that may be open then: who has no way to go far waits for its door.
NEAREST_SHUT = """UNION ALL (SELECT *, 1, 'shut' FROM judged j
      WHERE is_within AND opens = 2 AND NOT EXISTS (SELECT FROM merged m WHERE m.service_id = j.service_id)
        AND {band} < (SELECT coalesce(min({band}), {beyond}) FROM merged)
      ORDER BY {band}, {best}, metres, tie, id LIMIT 1)"""
# A language counts within a step of distance alone: who speaks it may stand on a later page.
NEAREST_SPEAKING = """UNION ALL
    (SELECT *, 'speaks' FROM ordered WHERE spoken = 0 AND looked_into = 0 ORDER BY metres, position LIMIT 1)"""
FACETS = """(SELECT json_object_agg(tag, n)::text FROM (
    SELECT tag, count(*) AS n FROM merged m, unnest(m.tags || m.stated) tag WHERE {counted} GROUP BY tag) told)"""
LEFT_OUT = """(SELECT json_build_object({counts})::text FROM {found} e WHERE {within} AND {barred}
    AND NOT EXISTS (SELECT FROM merged m WHERE m.service_id = e.service_id))"""
SHUT = """(SELECT count(DISTINCT j.service_id) FROM judged j WHERE is_within AND opens = 2
    AND NOT EXISTS (SELECT FROM merged m WHERE m.service_id = j.service_id))"""
PAGE = """
SELECT (SELECT count(*) FROM merged), (SELECT count(*) FROM merged WHERE spoken = 0), (SELECT count(*) FROM every),
       (SELECT max(metres) FROM every), {facets}, {left_out}, {shut}, {afar},
       {alike},
       s.part, s.position, s.id, s.metres, s.has_exact_point, s.spoken, s.overdue, p.{language}
  FROM (SELECT 1) one LEFT JOIN shown s ON true LEFT JOIN listing_page p ON p.id = s.id
 ORDER BY s.position
"""
# Of each reach so many are judged, in a fixed order: a province may have ten thousand lines. Where they are many, the
# first few thousand in that order hold enough; where they are few, their tags lead to them. What gave as many as are
# judged may have more: that is told, also where none of them is left to show.
ELSEWHERE_SQL = """WITH {clocks_with} {early}, every AS MATERIALIZED ({reaches}) {judged} {merged}
SELECT (SELECT count(*) FROM merged),
       EXISTS (SELECT FROM every GROUP BY asked_by HAVING count(*) >= {most}),
       s.spoken, s.overdue, p.{language}
  FROM (SELECT 1) one
  LEFT JOIN ((SELECT * FROM merged ORDER BY {order} LIMIT {limit}) s JOIN listing_page p USING (id)) ON true
 ORDER BY {order}
"""
LOOKED_THROUGH, JUDGED_ELSEWHERE = 10_000, 500
# A row read in this order is a page read from anywhere in the table. The order is by chance, so the first of it tell
# how many there are: one in eight of forty thousand cost as much either way.
TRIED, COMMON = 400, 50
EARLY = """is_common_{name} AS MATERIALIZED (SELECT count(*) >= {common} AS told
      FROM (SELECT * FROM listing WHERE point IS NULL AND {ordered} ORDER BY tie LIMIT {tried}) e
     WHERE {reached} {conditions}
), early_{name} AS MATERIALIZED (SELECT {columns}, reach, '{name}' AS asked_by, NULL::float8 AS metres
      FROM (SELECT * FROM listing WHERE point IS NULL AND {ordered} ORDER BY tie LIMIT {through}) e
     WHERE (SELECT told FROM is_common_{name}) AND {reached} {conditions} ORDER BY tie LIMIT {most}
), is_enough_{name} AS MATERIALIZED (
    SELECT (SELECT count(*) FROM early_{name}) = {most} AS told)"""
LATE = """(SELECT * FROM early_{name} WHERE (SELECT told FROM is_enough_{name}))
    UNION ALL
    (SELECT * FROM {tagged} e WHERE NOT (SELECT told FROM is_enough_{name}))"""
TAGGED = """(SELECT {columns}, reach, '{name}' AS asked_by, NULL::float8 AS metres FROM listing e
      WHERE point IS NULL AND {reached} {conditions} ORDER BY tie LIMIT {most})"""
# Who covers less than the province is asked for by what it covers.
NO_LESS = (
    "AND NOT EXISTS (SELECT FROM coverage c WHERE c.listing_id = e.id AND c.kind IN ('community', 'polygon'))"
)
IN_ORDER = {
    "province": ("province = %(province)s AND reach <> 'country'", "reach = 'province'"),
    "country": ("reach = 'country'", "true"),
}
"""By their names: the rows that are in order, and those of them that are meant."""
IN_PLACE = "tags @@ %(reach_place)s::query_int"
# Told in another province, and serving this one too: what is ruled out is not asked of where it is told.
BESIDE = "tags @@ %(reach_beside)s::query_int AND %(province)s <> ALL(%(not_provinces)s::text[])"
COVERING = (
    "%(province)s <> ALL(%(not_provinces)s::text[]) AND id IN (SELECT c.listing_id FROM coverage c"
    " WHERE c.is_afar AND c.outline IS NOT NULL AND ST_Covers(c.outline, {here})"
    " UNION ALL SELECT c.listing_id FROM coverage c WHERE c.is_afar AND c.place_id = ANY(%(around)s::bigint[]))"
)
TAGS = "AND tags @@ %(tags)s::query_int"
SPEAKS = "AND tags @@ %(speaks)s::query_int"
# Few have reported, and fewer have a bed: they are looked up, and the country is not walked through for them.
BEDS = (
    "AND e.service_id IN (SELECT b.service_id FROM bed_report b"
    " WHERE b.band <> 'none' AND b.reported_at > %(beds_since)s AND b.reported_at <= %(beds_by)s)"
)
TAKES = "e.stated @@ %(no)s::query_int"
BARS = "e.stated @@ %(barred)s::query_int"
# Whether anything bears the words that no place bears: asked before they are given up. All of it is read first: told
# that one will do, the database would look for it row by row.
AFAR = """(NOT EXISTS (SELECT FROM every) AND EXISTS (WITH offered AS MATERIALIZED (
    SELECT id, tags, province, point FROM listing e WHERE point IS NULL {offering}
) SELECT FROM offered WHERE (
    (tags @@ %(reach_place)s::query_int OR tags @@ %(reach_province)s::query_int
     OR tags @@ %(reach_country)s::query_int) {shunning} OR {beside} OR {covering})))"""
# As `within` counts what has no kilometres by its band: it is away if all of its band is.
# The sphere's distance, which costs little, rules most out first.
FAR = "CASE WHEN has_exact_point THEN %(away)s ELSE %(rough_away)s::float8 END"
AWAY = f"AND point <-> {{here}} >= 0.99 * {FAR} AND ST_Distance(point, {{here}}) >= {FAR}"
BAND = f"width_bucket(metres, ARRAY[{', '.join(f'{step * 1000.0}' for step in STEPS)}])"
BEST = "spoken, match, open_now, overdue"


def _shunning(asked: Asked) -> str:
    """SQL that leaves out whole provinces, and what lies around places."""
    parts = ["AND province <> ALL(%(not_provinces)s::text[])"] if asked.not_provinces else []
    for number, _ in enumerate(asked.shunned):
        point = f"ST_SetSRID(ST_MakePoint(%(shun_{number}_lon)s, %(shun_{number}_lat)s), 4326)::geography"
        parts.append(f"AND (point IS NULL OR NOT ST_DWithin(point, {point}, %(shun_{number}_m)s))")
    return " ".join(parts)


def _offering(asked: Asked) -> str:
    words = f"AND {asked.words}" if asked.words else ""
    return f"{TAGS if asked.tags else ''} {words} {BEDS if asked.beds_since else ''} {SEEN}"


def _conditions(asked: Asked) -> str:
    """What must hold of every candidate. Who is not taken is left out afterwards: it is counted, too."""
    away = AWAY.format(here=HERE) if asked.away and asked.here else ""
    return f"{_offering(asked)} {away} {_shunning(asked)}"


def _taken(asked: Asked) -> str:
    return TAKES if asked.person.no else "true"


def _scan(asked: Asked, conditions: str) -> str:
    start = NEAR if asked.here else FRESH
    return start.format(columns=COLUMNS, here=HERE, conditions=conditions, candidates=asked.candidates)


def _spoken(asked: Asked) -> str:
    """SQL for the number of the first rank that a listing has; for none, the number after the last."""
    cases = "".join(
        f"WHEN e.tags @@ %(rank_{number})s::query_int THEN {number} " for number in range(len(asked.ranks))
    )
    return f"CASE {cases}ELSE {len(asked.ranks)} END" if cases else "0"


def _match(asked: Asked) -> str:
    return "(NOT e.stated @@ %(yes)s::query_int)::int" if asked.person.yes else "0"


def _opens(asked: Asked) -> str:
    """SQL for whether any of the moments and parts asked for is open (0), surely not (2), or one has to ask (1)."""
    if not asked.opens:
        return "0"
    ranks = [open_rank_sql(number) for number in range(1, len(asked.moments))]
    if asked.parts_open:
        ranks.append(
            "CASE WHEN e.stated @@ %(parts_open)s::query_int THEN 0"
            " WHEN e.stated @@ %(parts_shut)s::query_int THEN 2 ELSE 1 END"
        )
    return f"least({', '.join(ranks)})"


def _judged(asked: Asked, found: str, within: str) -> str:
    clocks = " ".join(
        f"LEFT JOIN clock_{number} ON clock_{number}.zone = e.zone" for number in range(len(asked.moments))
    )
    return JUDGED.format(
        spoken=_spoken(asked),
        match=_match(asked),
        open_now=open_rank_sql(0),
        opens=_opens(asked),
        found=found,
        clocks=clocks,
        within=within,
        taken=_taken(asked),
        looked_into=LOOKED_INTO,
    )


def _clocks(asked: Asked) -> str:
    return "".join(f"{clock_sql(number)}, " for number in range(len(asked.moments)))


def _within(asked: Asked) -> str:
    return WITHIN if asked.within and asked.here else "true"


def order_sql(asked: Asked) -> str:
    """SQL of the order of results: what stewards look into comes last, however near it is.

    A language, an answer or an open door counts for more within one band alone.
    """
    return f"looked_into, {_order_sql(asked)}"


def _order_sql(asked: Asked) -> str:
    opens = "opens, " if asked.opens else ""
    if asked.sort == "checked":
        return "checked_on DESC NULLS LAST, metres, tie, id"
    if asked.here is None:
        return f"{opens}{BEST.removesuffix(', overdue')}, checked_on DESC NULLS LAST, tie, id"
    if asked.sort == "distance":
        return "metres, tie, id"
    return f"{BAND}, {opens}{BEST}, metres, tie, id"


def _counted() -> str:
    """SQL for the tags that are facets."""
    spaces = ((NEED, INTERPRETER), (FOCUS, SHUT_PART))
    return " OR ".join(f"(tag >= {first * SPAN} AND tag < {beyond * SPAN})" for first, beyond in spaces)


def afar_sql(asked: Asked) -> str:
    """SQL for whether nothing is in `every`, though something without a place bears what is alike the words."""
    if not (asked.forgives_slips and asked.here and asked.province):
        return "false"
    return AFAR.format(
        offering=_offering(asked),
        shunning=_shunning(asked),
        beside=BESIDE,
        covering=COVERING.format(here=HERE),
    )


def alike_sql(asked: Asked) -> str:
    """SQL for what the typed words may have been meant for, where nothing bears them as typed."""
    is_asked = asked.typed and not asked.forgives_slips and not asked.is_loose
    return f"CASE WHEN NOT EXISTS (SELECT FROM every) THEN {ALIKE} END" if is_asked else "NULL"


def _counts(asked: Asked) -> str:
    """SQL of how many services each part of what was told about the person leaves out."""
    counted = "count(DISTINCT e.service_id) FILTER (WHERE e.stated @@ %(no_{0})s::query_int)"
    return ", ".join(f"'{name}', {counted.format(name)}" for name in asked.person.no_by)


def merged_sql(asked: Asked) -> str:
    """The beginning of a statement: every service that is found, once, as `merged`; `every`, `judged` before it."""
    within = _within(asked)
    sql = f"WITH {_clocks(asked)}every AS MATERIALIZED ({_scan(asked, _conditions(asked))})"
    if asked.ranks:
        sql += SPEAKING.format(speaking=_scan(asked, f"{_conditions(asked)} {SPEAKS}"))
    sql += _judged(asked, "found" if asked.ranks else "every", within)
    return sql + MERGED.format(order=order_sql(asked))


def page_sql(asked: Asked) -> str:
    """The statement for one page, its counts and facets."""
    shut = NEAREST_SHUT.format(band=BAND, best=BEST, beyond=len(STEPS) + 1)
    shown = SHOWN.format(
        order=order_sql(asked),
        per_page=PER_PAGE,
        nearest_shut=shut if asked.opens and asked.here else "",
        nearest_speaking=NEAREST_SPEAKING if asked.ranks else "",
    )
    sql = merged_sql(asked) + shown
    found = "found" if asked.ranks else "every"
    left_out = LEFT_OUT.format(counts=_counts(asked), found=found, within=_within(asked), barred=BARS)
    return sql + PAGE.format(
        facets=FACETS.format(counted=_counted()),
        left_out=left_out if asked.person.no else "NULL",
        shut=SHUT if asked.opens else "0",
        afar=afar_sql(asked),
        alike=alike_sql(asked),
        language=asked.language,
    )


def _in_order(conditions: str) -> tuple[str, list[str]]:
    """What looks through the first of each reach, and what takes these or asks for all by their tags."""
    early, late = [], []
    for name, (ordered, reached) in IN_ORDER.items():
        told = {"name": name, "columns": COLUMNS, "conditions": conditions, "most": JUDGED_ELSEWHERE}
        ordered_so = {"ordered": ordered, "through": LOOKED_THROUGH, "tried": TRIED, "common": COMMON}
        early.append(EARLY.format(reached=reached, **ordered_so, **told))
        tagged = TAGGED.format(reached=f"tags @@ %(reach_{name})s::query_int", **told)
        late.append(LATE.format(name=name, tagged=tagged))
    return ", ".join(early), late


def elsewhere_sql(asked: Asked) -> str:
    """The statement for what has no place and serves this one, its province or the country."""
    first = f"looked_into, {'opens, ' if asked.opens else ''}{BEST}"
    order = f"{first}, (reach = 'place') DESC, (reach = 'province') DESC, tie, id"
    offering, shunning = f"{_offering(asked)} AND {_taken(asked)}", _shunning(asked)
    everything = f"{offering} {shunning}"
    early, late = _in_order(everything)
    tagged = {"beside": (BESIDE, offering), "place": (IN_PLACE, f"{NO_LESS} {everything}")}
    tagged |= {"covering": (COVERING.format(here=HERE), offering)} if asked.here else {}
    late += [
        TAGGED.format(name=name, columns=COLUMNS, reached=where, conditions=conditions, most=JUDGED_ELSEWHERE)
        for name, (where, conditions) in tagged.items()
    ]
    return ELSEWHERE_SQL.format(
        clocks_with=_clocks(asked),
        early=early,
        reaches=" UNION ALL ".join(late),
        judged=_judged(asked, "every", "true"),
        merged=MERGED.format(order=order),
        language=asked.language,
        order=order,
        limit=ELSEWHERE,
        most=JUDGED_ELSEWHERE,
    )
