"""What the database refused an import for, in one sentence: a race that passes, or a fault of the program."""

from django.db import DatabaseError

PASSING = ("08", "40", "53", "55", "57")
"""Classes of what has nothing to do with the package: connection, deadlock, room, locks, an operator's hand."""

UNIQUE = "23505"
"""The only refusal that somebody else's writing at the same moment explains: both brought the same record."""


def sentence_of(fault: DatabaseError) -> str:
    """Names the table and the wall of it that gave way, never a value."""
    cause = fault.__cause__
    if getattr(cause, "sqlstate", "") == UNIQUE:
        return (
            "Somebody changed the same records at the same moment, and nothing was imported: run it again."
            f" ({_wall(cause)})"
        )
    if not getattr(cause, "sqlstate", None) or cause.sqlstate[:2] in PASSING:
        return "Nothing was imported: the database broke off. Run it again when it answers."
    return (
        "Nothing was imported: the database refused what the import made of this package"
        f" ({_wall(cause)}). Running it again won't help. This is a fault of the program: please report it."
    )


def _wall(cause: BaseException | None) -> str:
    told = getattr(cause, "diag", None)
    table = getattr(told, "table_name", None) or "no table"
    return f"{table}: {getattr(told, 'constraint_name', None) or 'no constraint'}"
