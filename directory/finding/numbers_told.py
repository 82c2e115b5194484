"""The rule of `directory.rules.telling_numbers` as SQL, for open data: which phones nobody but workers is told.

A document knows one owner of a number, the rule all numbers of a listing: so those that hang on the same service,
place, pair or organization are looked at, and those of a service's places.
"""

from directory.rules.door_traces import TOLL_FREE
from directory.rules.telling_numbers import CRISIS, FOR_PAPER, SEEN, TYPED, WRITTEN

_DIGITS = "regexp_replace({alias}.number, '[^0-9]', '', 'g')"
_FOR_ALL = f"{_DIGITS} ~ '^([0-9]{{{{3,6}}}}|1?({'|'.join(TOLL_FREE)})[0-9]{{{{7}}}})$'"


def _for_all(alias: str) -> str:
    return _FOR_ALL.format(alias=alias)


def _is(alias: str, kinds: frozenset[str]) -> str:
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    return f"lower(btrim({alias}.type, E' \\t\\r\\n')) IN ({listed})"


def _way(alias: str) -> str:
    ways = (("write", WRITTEN), ("see", SEEN), ("type", TYPED), ("paper", FOR_PAPER))
    cases = " ".join(f"WHEN {_is(alias, kinds)} THEN '{way}'" for way, kinds in ways)
    return f"CASE {cases} ELSE 'talk' END"


def _beside(alias: str, other: str) -> list[str]:
    """Ways in which another number belongs to the same listing; each has an index."""
    same = [
        f"{other}.{owner}_id = {alias}.{owner}_id"
        for owner in ("service", "location", "service_at_location", "organization")
    ]
    pairs = f"FROM service_at_location {other}p WHERE {other}p"
    return [
        *same,
        f"{other}.location_id IN (SELECT {other}p.location_id {pairs}.service_id = {alias}.service_id)",
        f"{other}.service_id IN (SELECT {other}p.service_id {pairs}.location_id = {alias}.location_id)",
    ]


def withheld_sql(alias: str, hides: str) -> str:
    """SQL for "this phone is not for everybody"; `hides` is SQL for "it belongs to a protected place"."""
    other = f"{alias}o"
    words = " OR ".join(f"{alias}.{name} ~* '{CRISIS}'" for name in ("type", "description", "description_fr"))
    reached = " OR ".join(
        f"EXISTS (SELECT FROM phone {other} WHERE {same} AND {other}.contact_id IS NULL"
        f" AND {_for_all(other)} AND {_way(other)} = {_way(alias)})"
        for same in _beside(alias, other)
    )
    is_local = f"NOT {_for_all(alias)} AND NOT ({words})"
    return f"({hides} AND {is_local} AND ({_is(alias, FOR_PAPER)} OR {reached}))"
