"""JSON that is written and read whole: kept as the text that it is, since no statement looks into it."""

import json
from typing import Any

from django.db import models


class JsonTextField(models.TextField):  # type: ignore[type-arg]  # generic in its stubs alone
    """A value of JSON. PostgreSQL's own type would take each document apart and put it together again."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """The value that the text stands for."""
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> Any:
        """The text, without a space that nobody needs."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def to_python(self, value: Any) -> Any:
        """Of a fixture, whose values are values already."""
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        """The value itself, for a fixture."""
        return self.value_from_object(obj)
