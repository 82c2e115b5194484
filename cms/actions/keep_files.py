"""Files for pages come and go: clean or not at all; one that an edition carries stays as long as the edition."""

import hashlib
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.permissions import page_permission_policy

from accounts.models import User
from cms.cleaning.files import clean_file
from cms.finding.files import carried_files
from cms.models.attached_file import AttachedFile
from safety import audit
from safety.viewer import Viewer


def may_keep_files(person: Any) -> bool:
    """True for who may write pages."""
    return bool(page_permission_policy.user_has_any_permission(person, {"add"}))


def _refuse_strangers(viewer: Viewer) -> None:
    person = User.objects.filter(pk=viewer.user, is_active=True).first()
    if person is None or not may_keep_files(person):
        raise PermissionDenied


@transaction.atomic
def add_file(*, title: str, raw: bytes, viewer: Viewer) -> AttachedFile:
    """Keep what is left of a file once it was made clean.

    Raises PermissionDenied, cms.cleaning.faults.FileFault, and ValidationError for a title that can't be shown.
    """
    _refuse_strangers(viewer)
    clean = clean_file(raw)
    made = AttachedFile(
        title=title.strip(),
        kind=clean.kind,
        content=clean.content,
        size=len(clean.content),
        digest=hashlib.sha256(clean.content).hexdigest(),
        added_at=timezone.now(),
    )
    made.full_clean()
    made.save(force_insert=True)
    details = {"kind": made.kind, "size": made.size, "digest": made.digest}
    audit.record(
        viewer,
        action="add_protocol_file",
        subject_type="attached_file",
        subject_id=made.pk,
        details=details,
    )
    return made


@transaction.atomic
def remove_file(*, key: UUID, viewer: Viewer) -> None:
    """For good. Raises PermissionDenied, AttachedFile.DoesNotExist, and ValidationError where an edition carries it."""
    _refuse_strangers(viewer)
    found = AttachedFile.objects.defer("content").get(pk=key)
    if key in carried_files():
        raise ValidationError(
            _("A version of a page carries this file: it stays as long as that can be cited.")
        )
    found.delete()
    audit.record(
        viewer,
        action="remove_protocol_file",
        subject_type="attached_file",
        subject_id=key,
        details={"digest": found.digest},
    )
