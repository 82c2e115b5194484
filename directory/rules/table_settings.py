"""Reading a mapping file's TOML strictly: what is wrong, where it stands, how to mend it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

Value = TypeVar("Value")


class MappingError(ValueError):
    """A mapping file that can't be used. Says where (section and key), what, and how to mend it."""

    def __init__(self, where: str, problem: str, mend: str) -> None:
        super().__init__(f"{where}: {problem}; {mend}")


class Section:
    """One TOML table under its name; each key is asked for once, and `close` complains about the rest."""

    def __init__(self, name: str, values: object) -> None:
        if not isinstance(values, Mapping):
            raise MappingError(name, "is not a table", f"write [{name}] and its keys below it")
        self.name = name
        self._values: dict[str, object] = {str(key): value for key, value in values.items()}
        self._asked: set[str] = set()

    def where(self, key: str) -> str:
        """The name of a key as a reader of the file finds it."""
        return f"[{self.name}] {key}" if self.name else key

    def _take(self, key: str, kind: type[Value], default: Value | None, example: str) -> Value:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is None:
            raise MappingError(self.where(key), "is missing", f"write {key} = {example}")
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise MappingError(self.where(key), f"has the wrong form: {value!r}", f"write {key} = {example}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without default it must be there and not be empty."""
        value = self._take(key, str, default, '"..."').strip()
        if not value and default is None:
            raise MappingError(self.where(key), "is empty", f'write {key} = "..."')
        return value

    def raw(self, key: str) -> str:
        """A text as it stands, blanks and emptiness too: a tab is a delimiter, "" is a value."""
        return self._take(key, str, "", '"..."')

    def number(self, key: str, *, default: int) -> int:
        """A whole number from 1."""
        found = self._take(key, int, default, str(default))
        if found < 1:
            raise MappingError(self.where(key), "is less than 1", f"write {key} = {default}")
        return found

    def claim(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return self._take(key, bool, default, "true or false")

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts; none if the key is missing."""
        value = self._take(key, object, (), '["...", "..."]')
        found = (value,) if isinstance(value, str) else value
        if not isinstance(found, list | tuple):
            raise MappingError(self.where(key), "is no list of texts", f'write {key} = ["...", "..."]')
        texts = [text for text in found if isinstance(text, str)]
        if len(texts) < len(found):
            raise MappingError(self.where(key), "holds more than texts", f'write {key} = ["...", "..."]')
        return tuple(texts)

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Regular expressions, each checked."""
        return tuple(self._pattern(key, text) for text in self.texts(key))

    def _pattern(self, key: str, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as fault:
            raise MappingError(
                self.where(key), f"{text!r} is no regular expression ({fault})", "mend or quote it"
            ) from None

    def section(self, key: str) -> "Section":
        """A table inside this one; empty if it is missing."""
        return Section(f"{self.name}.{key}" if self.name else key, self._take(key, object, {}, "{ }"))

    def sections(self, key: str) -> tuple["Section", ...]:
        """The tables of [[key]], in their order."""
        value = self._take(key, object, [], "[[...]]")
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise MappingError(self.where(key), "is not a list of tables", f"write [[{key}]]")
        return tuple(Section(f"{key} {number}", item) for number, item in enumerate(value, 1))

    def __iter__(self) -> Iterator[str]:
        """All keys, for tables whose keys are fields or words of the list itself."""
        return iter(self._values)

    def close(self) -> None:
        """Raise MappingError for a key that nobody asked for: a typing error would pass unseen."""
        if unknown := [key for key in self._values if key not in self._asked]:
            known = ", ".join(sorted(self._asked)) or "nothing"
            raise MappingError(self.where(unknown[0]), "is an unknown key", f"known here: {known}")
