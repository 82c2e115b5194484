"""Whom a row says that it takes: facts where a sentence can mean nothing else, the words kept in any case.

All columns of words are read as one text, so that a doubt in one ("fees may apply") takes away what another states
("free"), and words that let other ages in take a limit of age back. What two columns state differently is stated by
neither.
"""

from dataclasses import dataclass
from decimal import Decimal

from directory.rules.eligibility_terms import DIMENSIONS, Fact
from directory.rules.phrase_ages import Ages, read_ages, takes_back
from directory.rules.phrase_eligibility import read_eligibility
from directory.rules.table_cells import CellError, as_answer, as_years, cell
from directory.rules.table_mapping import Columns, TableMapping
from directory.rules.table_texts import Row, in_column, shortened, text_of
from directory.rules.text import fold


@dataclass(frozen=True, slots=True)
class Stated:
    """`facts` to store; bounds of age in years; `words` that no other field keeps; `warnings` for the report."""

    facts: tuple[Fact, ...] = ()
    minimum_age: Decimal | None = None
    maximum_age: Decimal | None = None
    words: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_stated(mapping: TableMapping, row: Row) -> Stated:
    """Return what a row states of eligibility. Raises RowError for a bound that is no age."""
    warnings: list[str] = []
    ages = _ages(mapping, row, warnings)
    facts = _facts(mapping, row, warnings)
    if ages and (ages.low is not None or ages.high is not None):
        facts = (Fact("age", "", True, ages.low, ages.high), *facts)  # noqa: FBT003
    return Stated(
        facts=facts,
        minimum_age=ages.low if ages else None,
        maximum_age=ages.high if ages else None,
        words=_words(mapping, row),
        warnings=tuple(warnings),
    )


def _texts(mapping: TableMapping, row: Row, columns: Columns) -> dict[str, str]:
    told = {column: text_of(mapping, row, column) for column in columns}
    return {column: text for column, text in told.items() if text}


def _words(mapping: TableMapping, row: Row) -> tuple[str, ...]:
    """Texts that were read here and that no field of the service keeps."""
    kept = {column for columns in (*mapping.service.values(), mapping.documents) for column in columns}
    stated = mapping.eligibility
    told = _texts(mapping, row, tuple(c for c in (*stated.ages, *stated.notes) if c not in kept))
    return tuple({fold(text): text for text in told.values()}.values())


def _ages(mapping: TableMapping, row: Row, warnings: list[str]) -> Ages | None:
    """The one statement of ages, None where there is none or several that differ."""
    stated, found, unread = mapping.eligibility, dict[str, Ages](), dict[str, str]()
    if bounds := _bounds(mapping, row, warnings):
        found[stated.minimum_age or stated.maximum_age] = bounds
    for column, text in _texts(mapping, row, stated.ages).items():
        read = read_ages(text, is_age_column=True)
        if read.is_sure:
            found[column] = read
        else:
            unread[column] = text
            warnings.append(
                f"column {column}: ages {shortened(text)} are kept as words: {shortened(read.rest)}"
            )
    for column, text in _texts(mapping, row, stated.notes).items():
        if (read := read_ages(text)).is_sure:
            found.setdefault(column, read)
        else:
            unread.setdefault(column, text)
    if len({(read.low, read.high) for read in found.values()}) > 1:
        warnings.append(f"columns {' and '.join(found)} tell different ages: none of them is taken")
        return None
    only = next(iter(found.values()), None)
    if only and (others := [column for column, text in unread.items() if takes_back(text, only)]):
        warnings.append(
            f"columns {' and '.join(found)}: ages are not taken: {' and '.join(others)} may let others in"
        )
        return None
    return only


def _bounds(mapping: TableMapping, row: Row, warnings: list[str]) -> Ages | None:
    names = mapping.eligibility.minimum_age, mapping.eligibility.maximum_age
    low, high = (_years(row, name) if name else None for name in names)
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        warnings.append(
            f"columns {names[0]} and {names[1]}: the lowest age is above the highest: none is taken"
        )
        return None
    return Ages(low, high, is_sure=True)


def _years(row: Row, column: str) -> Decimal | None:
    return in_column(column, lambda: as_years(cell(row, column)))


def _facts(mapping: TableMapping, row: Row, warnings: list[str]) -> tuple[Fact, ...]:
    """What the columns state together, without what they state differently."""
    texts = _texts(mapping, row, mapping.eligibility.notes)
    together = set(read_eligibility("\n".join(texts.values())))
    told = {(fact, column) for column, text in texts.items() for fact in read_eligibility(text)}
    claimed = {(fact, column) for fact, column in _claims(mapping, row, warnings)}
    doubted = {(fact.dimension, fact.term) for fact, _ in told if fact not in together}
    found = together | {fact for fact, _ in claimed}
    doubted |= {(f.dimension, f.term) for f in found if Fact(f.dimension, f.term, not f.stated) in found}
    for dimension, term in sorted(doubted):
        columns = sorted(
            {column for fact, column in told | claimed if (fact.dimension, fact.term) == (dimension, term)}
        )
        warnings.append(
            f"columns {' and '.join(columns)}: another says otherwise of {dimension}:{term}: not taken"
        )
    kept = [fact for fact in found if (fact.dimension, fact.term) not in doubted]
    return tuple(sorted(kept, key=lambda fact: (fact.dimension, fact.term)))


def _claims(mapping: TableMapping, row: Row, warnings: list[str]) -> list[tuple[Fact, str]]:
    """Facts of columns that hold yes or no."""
    found = []
    for name, column in mapping.eligibility.claims.items():
        dimension, _, term = name.partition(":")
        try:
            answer = as_answer(cell(row, column))
        except CellError as fault:
            warnings.append(f"column {column} {fault}: {name} is not stated")
            continue
        if answer is False and DIMENSIONS[dimension].is_one_of_them:
            continue
        if answer is not None:
            found.append((Fact(dimension, term, answer), column))
    return found
