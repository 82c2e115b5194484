"""Rows as PostgreSQL's COPY takes them: its text format (PostgreSQL's manual, COPY, "Text Format")."""

from collections.abc import Sequence

NULL = "\\N"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_line(values: Sequence[str | None]) -> str:
    """One row with its line end; None is NULL. No value may hold a NUL character."""
    nulls = values.count(None)
    line = "\t".join([NULL if value is None else value for value in values])
    # Hardly any row holds one of the four characters that have to be escaped.
    is_plain = line.count("\\") == nulls and line.count("\t") == len(values) - 1
    if is_plain and "\n" not in line and "\r" not in line:
        return f"{line}\n"
    return "\t".join([NULL if value is None else value.translate(_ESCAPED) for value in values]) + "\n"
