"""What a listing offers: its kinds of help, the main one first."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from directory.actions.edit_record import tell_anew
from directory.actions.keep_rows import publisher_beside
from directory.actions.refused import Refused
from directory.finding.gathered import NEEDS
from directory.finding.profile import needs_of
from directory.finding.vocabulary import read_vocabulary
from directory.models.location import Location
from directory.models.opened_place import OpenedPlace
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.taxonomy import Attribute, TaxonomyTerm
from directory.rules.publishing import RESERVED_PUBLISHERS, is_protected_by_default

MOST_NEEDS = 12


def groups_of(needs: Sequence[str]) -> set[str]:
    """The groups of these needs."""
    known = read_vocabulary("default").needs
    return {known[slug].parent for slug in needs if slug in known}


def _terms(needs: Sequence[str]) -> dict[str, object]:
    """By slug, the id of its term. Raises Refused for what is not on the list, for nothing, and for too many."""
    found = TaxonomyTerm.objects.filter(taxonomy=NEEDS, code__in=needs)
    known = dict(found.values_list("code", "pk"))
    if not needs or len(needs) > MOST_NEEDS or not known.keys() >= set(needs):
        raise Refused(_("Choose what it offers, from the list."))
    return known


def tie_needs(service: Service, needs: Sequence[str], organization: Organization) -> None:
    """A listing that is made offers these. Raises Refused."""
    known, publisher = _terms(needs), publisher_beside(organization)
    for position, slug in enumerate(needs):
        tie = {"link_id": service.pk, "link_entity": "service", "taxonomy_term_id": known[slug]}
        Attribute.objects.create(publisher_id=publisher, position=position, **tie)


def state_needs(*, service: Service, needs: Sequence[str]) -> None:
    """From now on the listing offers just these, and is told so. Raises Refused.

    Where people stay or hide its places have to be protected first: no street may be known of them.
    """
    known = _terms(needs)
    _refuse_open_places(service, needs)
    ties = Attribute.objects.filter(link_id=service.pk, taxonomy_term__taxonomy=NEEDS)
    stored = {tie.taxonomy_term_id: tie for tie in ties.order_by("-position", "-id")}
    for position, slug in enumerate(needs):
        tie = stored.pop(known[slug], None)
        if tie is None:
            tie = Attribute(link_id=service.pk, link_entity="service", taxonomy_term_id=known[slug])
            tie.publisher_id = publisher_beside(service)
        tie.position = position
        tie.save()
    if any(tie.publisher_id not in RESERVED_PUBLISHERS for tie in stored.values()):
        raise Refused(
            _("Some of this came with a feed, and would come back with it: a steward has to take it away.")
        )
    ties.filter(taxonomy_term_id__in=list(stored)).delete()
    tell_anew({service.pk})


def _refuse_open_places(service: Service, needs: Sequence[str]) -> None:
    before = needs_of(service.pk)
    is_new = not is_protected_by_default(before, groups_of(before), ())
    if not is_new or not is_protected_by_default(needs, groups_of(needs), ()):
        return
    here = Location.objects.filter(services__service=service, is_protected=False)
    if here.exclude(pk__in=OpenedPlace.objects.values("location_id")).exists():
        raise Refused(
            _(
                "Where people stay or hide, the place is protected. Protect its place first, then ask for this again."
            )
        )
