"""Half characters in JSON ("\\ud800" without its other half), which the reader would turn into question marks."""

import re
from typing import Any

# In JSON a backslash stands in strings alone: read from its beginning, each is one of these.
_ESCAPES = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_MARKED = re.compile("\x00(d[89a-f][0-9a-f]{2})")
LONGEST_ESCAPE = 12
"""Bytes of a character beyond the first 65,536, written in two halves."""


class Halves:
    """Marks half characters in the bytes of a file, for the reader to leave them alone, and puts them back."""

    def __init__(self) -> None:
        self._are_any = False

    def marked(self, chunk: bytes) -> bytes:
        """The same bytes, which end in no escape, with each half written as a NUL and its four digits."""
        return _ESCAPES.sub(self._mark, chunk) if b"\\ud" in chunk or b"\\uD" in chunk else chunk

    def _mark(self, found: re.Match[bytes]) -> bytes:
        if not (half := found[1]):
            return found[0]
        self._are_any = True
        return b"\\u0000" + half[1:].lower()

    def restored(self, value: Any) -> Any:
        """A value that the reader made, as it was written: whoever takes it sees the half character, and refuses it."""
        if not self._are_any:
            return value
        if isinstance(value, str):
            return _MARKED.sub(_half, value)
        if isinstance(value, list):
            return [self.restored(part) for part in value]
        if isinstance(value, dict):
            return {self.restored(key): self.restored(part) for key, part in value.items()}
        return value


def _half(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
