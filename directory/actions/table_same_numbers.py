"""Who else answers at the numbers of a list: rows of it, and stored services of other publishers."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from directory.rules.table_duplicates import MOST, dialled, same_phones
from directory.rules.table_records import Record


def same_numbers(publisher: str, records: Sequence[tuple[int, Record]]) -> dict[int, tuple[str, ...]]:
    """Return, by row number, keys of rows and "publisher: id" of stored services with a number of that row."""
    found = {row: [*keys] for row, keys in same_phones(records).items()}
    numbers = {row: {dialled(phone.number) for phone in record.phones} for row, record in records}
    stored = _stored(publisher, sorted(set().union(*numbers.values()) if numbers else set()))
    for row, dialled_here in numbers.items():
        others = [other for number in sorted(dialled_here) for other in stored.get(number, ())]
        if others:
            found.setdefault(row, []).extend(others)
    return {row: tuple(dict.fromkeys(others)) for row, others in found.items()}


def _stored(publisher: str, numbers: list[str]) -> dict[str, list[str]]:
    """Services of other publishers by the last ten digits of their own numbers; short codes are everybody's."""
    asked = [number for number in numbers if len(number) == 10]
    if not asked:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT right(regexp_replace(p.number, '\\D', '', 'g'), 10), s.publisher_id, s.id"
            " FROM phone p JOIN service s ON s.id = p.service_id WHERE s.publisher_id <> %s"
            " AND right(regexp_replace(p.number, '\\D', '', 'g'), 10) = ANY(%s) ORDER BY 2, 3",
            [publisher, asked],
        )
        rows = cursor.fetchall()
    for number, other, service in rows:
        if len(found[number]) < MOST:
            found[number].append(f"{other}: {service}")
    return dict(found)
