"""Which concepts the words of listings may tell, worked out by the database from lexemes that it made."""


def _numbers(language: str) -> str:
    """SQL for the numbers that lexemes stand for, as an object: looking one up there is quicker than any join."""
    return f"""(SELECT jsonb_object_agg(lexeme, numbers) FROM (
        SELECT lexeme, string_agg(number::text, ',') AS numbers
          FROM concept, unnest(lexemes_{language}) lexeme GROUP BY lexeme) told)"""  # noqa: S608


def _told(language: str) -> str:
    """SQL for the numbers that a row's words in one language stand for, with commas between."""
    return (
        f"(SELECT string_agg(sieve.{language} ->> word, ',')"  # noqa: S608
        f" FROM unnest(tsvector_to_array(r.search_{language})) word)"
    )


def meant_sql(rows: str) -> str:
    """SQL of two tables to stand after WITH: `meant` has the `id` of each of `rows` and its `concepts`, in order.

    `rows` names a table with `id`, `search_en` and `search_fr`.
    """
    return f"""sieve AS MATERIALIZED (SELECT {_numbers("en")} AS en, {_numbers("fr")} AS fr), meant AS (
    SELECT r.id, uniq(sort(('{{' || concat_ws(',', {_told("en")}, {_told("fr")}) || '}}')::integer[])) AS concepts
      FROM {rows} r, sieve
)"""  # noqa: S608
