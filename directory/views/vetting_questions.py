"""The questions of survivors' advisers about an organization, as pages show them."""

from typing import Any
from uuid import UUID

from directory.actions.hold_approval import answer_of, question_of
from directory.forms_vetting import AnswerForm
from directory.models.vetting_hold import VettingHold


def held(organization: UUID, sent: dict[UUID, AnswerForm] | None = None) -> list[dict[str, Any]]:
    """All questions about an organization with their answers, the open ones first; each with a form to answer it."""
    found = VettingHold.objects.filter(organization_id=organization).select_related(
        "placed_by", "answered_by"
    )
    return [
        {
            "hold": one,
            "question": question_of(one),
            "answer": answer_of(one),
            "form": (sent or {}).get(one.pk) or AnswerForm(auto_id=f"hold-{one.pk.hex[:8]}-%s"),
        }
        for one in sorted(found, key=lambda one: (one.answered_at is not None, one.placed_at))
    ]
