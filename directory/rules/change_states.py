"""What becomes of a change that somebody proposed."""

from enum import StrEnum


class State(StrEnum):
    """Where a change stands. `REPLACED`: its author wrote a newer one before anybody decided."""

    DRAFT = "draft"
    HELD = "held"
    PUBLISHED = "published"
    SENT_BACK = "sent_back"
    REPLACED = "replaced"
    UNDONE = "undone"
