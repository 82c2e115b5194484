"""Python columns as PostgreSQL's arrays, a thousand values at a time: psycopg's own way takes twenty times as long."""

from collections.abc import Iterable


def array(values: Iterable[object]) -> str:
    """The literal of an array of ids, numbers, days or truths; None is NULL. Not for free text."""
    return f"{{{','.join('NULL' if value is None else str(value) for value in values)}}}"


def lines(values: Iterable[str]) -> str:
    """Texts without line breaks, each ended by one: `lines_sql` reads them. JSON has no raw line breaks."""
    return "".join(f"{value}\n" for value in values)


def lines_sql(parameter: str) -> str:
    """SQL for the array of `lines`, which has one empty text more at its end."""
    return f"string_to_array({parameter}, E'\\n')"
