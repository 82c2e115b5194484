"""A steward says, or takes back, what one code of a foreign taxonomy means."""

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.load_term_mapping import BadMapping, MappingRow, check_mapping, retie_all
from directory.actions.refused import Refused
from directory.models.term_mapping import TermMapping
from safety import audit
from safety.viewer import Viewer


@transaction.atomic
def add_mapping(*, taxonomy: str, code: str, slug: str, viewer: Viewer) -> TermMapping:
    """One more meaning of a code; every service that has it is tied to our term. Raises Refused."""
    try:
        (mapping,) = check_mapping([MappingRow(1, taxonomy, code.strip(), slug)])
    except BadMapping:
        raise Refused(_("A taxonomy, a code of it and a slug of our vocabulary are needed.")) from None
    same = {"taxonomy": mapping.taxonomy, "code": mapping.code, "slug": mapping.slug}
    if TermMapping.objects.filter(**same).exists():
        raise Refused(_("This is said already."))
    mapping.save()
    audit.record(
        viewer,
        action="add_mapping",
        subject_type="term_mapping",
        details={"need": slug, "services": retie_all()},
    )
    return mapping


@transaction.atomic
def remove_mapping(*, mapping_id: int, viewer: Viewer) -> None:
    """A code means this no longer; the ties that came of it go."""
    mapping = TermMapping.objects.get(pk=mapping_id)
    mapping.delete()
    details = {"need": mapping.slug, "services": retie_all()}
    audit.record(viewer, action="remove_mapping", subject_type="term_mapping", details=details)
