"""Who looks: a frozen triple of plain ids and a tier. `directory` builds it; nothing below asks for more."""

from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID


class Tier(IntEnum):
    """How much of a listing one may see; each tier sees what stands below it too."""

    PUBLIC = 0
    VETTED = 1
    PARTY = 2
    CUSTODIAN = 3


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (or nobody) acting for an organization (or none), at a tier."""

    user: UUID | None = None
    organization: UUID | None = None
    tier: Tier = Tier.PUBLIC


VISITOR = Viewer()
