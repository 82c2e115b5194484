"""Why a file is not taken."""

from enum import StrEnum


class Why(StrEnum):
    """What is wrong with it, for the person who sent it."""

    UNKNOWN = "unknown"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    LOCKED = "locked"
    ACTIVE = "active"


class FileFault(ValueError):
    """A file that is not taken. `why`: its reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
