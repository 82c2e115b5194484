"""Who may read what is planted: of a listing's field what safety/tiers.py says, of everything else one line each here.

Nothing here knows of a page: a reader may meet at any address what they may know, and at none what they may not.
Stewards look after every listing, whoever finds it, and see of it what vetted organizations see: the custodian's fields
open by broken glass alone, which nobody holds here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from directory.models.membership import Role
from safety.tiers import TABLE
from safety.viewer import Tier
from tests.canaries.words import Canary


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asks. `tier`: what the organization sees, as directory.viewers says. Who did not prove a second
    factor is nobody. `blocked_by`, `named_by`: whose block lists and whose listings it stands on.
    """

    name: str
    user: UUID | None = None
    organization: UUID | None = None
    tier: Tier = Tier.PUBLIC
    role: Role | None = None
    is_steward: bool = False
    is_adviser: bool = False
    is_editor: bool = False
    blocked_by: frozenset[UUID] = frozenset()
    named_by: frozenset[UUID] = frozenset()

    def owns(self, canary: Canary) -> bool:
        """True for what is this reader's organization's."""
        return self.organization is not None and canary.whose == self.organization

    def sees(self, canary: Canary, needed: Tier) -> bool:
        """True for what its tier reads of that organization's listings: of who blocks it everybody's, of who names it
        what workers read, whatever it is otherwise and whoever else may find them.
        """
        if canary.whose in self.blocked_by:
            return needed <= Tier.PUBLIC
        if canary.whose in self.named_by:
            return canary.alone is None or canary.alone <= Tier.VETTED
        return self.tier >= needed

    def keeps(self, canary: Canary) -> bool:
        """True for its keeper or lead."""
        return self.owns(canary) and self.role in (Role.KEEPER, Role.LEAD)

    def leads(self, canary: Canary) -> bool:
        """True for its lead."""
        return self.owns(canary) and self.role is Role.LEAD


Rule = Callable[[Reader, Canary], bool]


def _nobody(reader: Reader, canary: Canary) -> bool:
    return False


def _steward(reader: Reader, canary: Canary) -> bool:
    return reader.is_steward


def _reviewer(reader: Reader, canary: Canary) -> bool:
    return reader.is_steward or reader.is_adviser


def _keeper(reader: Reader, canary: Canary) -> bool:
    return reader.keeps(canary) or reader.is_steward


def _lead(reader: Reader, canary: Canary) -> bool:
    return reader.leads(canary) or reader.is_steward


def _member(reader: Reader, canary: Canary) -> bool:
    return reader.owns(canary) or reader.is_steward


def _workers(reader: Reader, canary: Canary) -> bool:
    return reader.sees(canary, Tier.VETTED) or reader.owns(canary) or reader.is_steward


def _person(reader: Reader, canary: Canary) -> bool:
    """An address of somebody: themselves, who leads or keeps where they work, and whoever vets."""
    return canary.of == reader.user or reader.keeps(canary) or _reviewer(reader, canary)


def _themselves(reader: Reader, canary: Canary) -> bool:
    return canary.of is not None and canary.of == reader.user


def _vetted_or_editor(reader: Reader, canary: Canary) -> bool:
    return reader.tier >= Tier.VETTED or reader.is_editor


KEPT: dict[str, Rule] = {
    "edition.facts": _vetted_or_editor,
    "edition.file": _vetted_or_editor,
    # By which those who write protocols know each other; people have no names here.
    "editor.email": lambda reader, canary: reader.is_editor or _person(reader, canary),
    "edition.draft": lambda reader, canary: reader.is_editor,
    "vetting_application.answers": lambda reader, canary: _lead(reader, canary) or reader.is_adviser,
    "vetting_application.withheld": _lead,
    "vetting_check.note": _steward,
    "vetting_decision.reason": lambda reader, canary: _reviewer(reader, canary) or reader.owns(canary),
    "vetting_hold.question": _reviewer,
    "vetting_hold.answer": _reviewer,
    "safety_report.told": _steward,
    "safety_report.why": _steward,
    "proposed_change.before": _keeper,
    "proposed_change.after": _keeper,
    "proposed_change.reason": _keeper,
    "proposed_change.told_by": _keeper,
    "proposed_change.called": _steward,
    "proposed_change.spoke_with": _steward,
    "proposed_change.found_at": _steward,
    "import_conflict.offered": _steward,
    "field_source.source_url": _steward,
    "bed_report.band": _workers,
    "sheet_draft.words": _themselves,
    "push_token.name": _lead,
    "push_token.secret": _nobody,
    "invitation.email": _lead,
    "user.email": _person,
    "record.given_id": _steward,
    "break_glass.reason": _lead,
    "factor_renewal.reason": _steward,
    "typed": lambda reader, canary: True,
}
"""By what is planted that is no field of a listing, who reads it."""


SEALED = {
    *(
        "address.address_1",
        "vetting_application.answers",
        "vetting_application.withheld",
        "vetting_check.note",
        "vetting_hold.question",
    ),
    *("vetting_hold.answer", "safety_report.told", "safety_report.why"),
}
"""What is sealed: whoever reads it and is not of its organization leaves a row in the audit trail, once for a page."""

NAMES = {"organization.name", "organization.name_fr"}
"""By which advisers know whom they look at, listed or not."""


def is_sealed(canary: Canary) -> bool:
    """True for what is kept under a key; the street of an open place is not."""
    return canary.what in SEALED and (canary.alone is None or canary.alone > Tier.VETTED)


def needed(what: str, *, is_protected: bool, at_least: Tier = Tier.PUBLIC) -> Tier | None:
    """The tier that reads a field of a listing which as a whole is for `at_least`; None: nobody, it is not kept."""
    disclosure = TABLE[what]
    tier = disclosure.protected if is_protected else disclosure.open
    return None if tier is None else max(tier, at_least)


def may_read(reader: Reader, canary: Canary) -> bool:
    """True if this reader may meet this canary."""
    if canary.what in KEPT:
        return KEPT[canary.what](reader, canary)
    if canary.needed is None:
        return False
    if reader.owns(canary) or (reader.is_adviser and canary.what in NAMES):
        return True
    if reader.is_steward and canary.alone is not None and canary.alone <= Tier.VETTED:
        return True
    return reader.sees(canary, canary.needed)
