"""What becomes of a change that somebody proposed: which state may follow which."""

from enum import StrEnum


class State(StrEnum):
    """Where a change stands. `REPLACED`: its author wrote a newer one before anybody decided."""

    DRAFT = "draft"
    HELD = "held"
    PUBLISHED = "published"
    SENT_BACK = "sent_back"
    REPLACED = "replaced"
    UNDONE = "undone"


FOLLOWS = {
    State.DRAFT: frozenset({State.REPLACED}),
    State.HELD: frozenset({State.PUBLISHED, State.SENT_BACK, State.REPLACED}),
    State.PUBLISHED: frozenset({State.UNDONE}),
    State.SENT_BACK: frozenset(),
    State.REPLACED: frozenset(),
    State.UNDONE: frozenset(),
}
"""The whole table. A draft that is published makes rows of its own: it may be held in part."""


def may_become(now: State, then: State) -> bool:
    """True if a change in state `now` may be brought into state `then`."""
    return then in FOLLOWS[now]
