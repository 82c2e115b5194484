"""The one projector: writes the read model from the records, in the transaction of whatever changed them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

from directory.finding.facts import Teller
from directory.finding.gathered import Gathered, gather
from directory.finding.vocabulary import Vocabulary, read_vocabulary
from directory.models.listing import Listing, ListingPage
from directory.models.service import Service
from directory.rules.tags import language_tag, need_tag
from directory.rules.text import fold

BATCH = 1000
LANGUAGES = ("en", "fr")


def _tellers(batch: Gathered) -> Iterator[Teller]:
    for service in batch.services:
        sites = batch.sites.get(service.pk) or [None]
        for site in sites:
            yield Teller(batch, service, site)


def _tags(facts: dict[str, Any], words: Vocabulary) -> list[int]:
    """Each need, its group, and each language."""
    kinds = [words.needs[slug] for slug in facts["needs"]]
    groups = [words.needs[k.parent] for k in kinds if k.parent]
    codes = [row["code"] for row in facts["languages"] if len(row["code"]) == 3]
    tags = {need_tag(n.number) for n in chain(kinds, groups)} | {language_tag(c) for c in codes}
    return sorted(tags)


def _vector(facts: dict[str, Any], language: str) -> CombinedExpression | SearchVector:
    """Names weigh most, then kinds, then the description."""
    config = f"relais_{language}"
    names = f"{facts['name']} {facts['organization']}"
    return (
        SearchVector(Value(names), weight="A", config=config)
        + SearchVector(Value(" ".join(facts["kinds"])), weight="B", config=config)
        + SearchVector(Value(f"{facts['description']} {facts['eligibility']}"), weight="C", config=config)
    )


def _words(pages: dict[str, dict[str, Any]]) -> str:
    """Names and kinds in both languages, folded: what a misspelled word is compared with."""
    told = chain.from_iterable(
        (facts["name"], facts["organization"], *facts["kinds"]) for facts in pages.values()
    )
    return fold(" ".join(dict.fromkeys(told)))


def _tie(id_: UUID) -> int:
    """A fixed number for those that are equally near, from the id itself."""
    return int.from_bytes(id_.bytes[-4:], "big", signed=True)


def _listing(teller: Teller, pages: dict[str, dict[str, Any]], words: Vocabulary) -> Listing:
    point, service = teller.point(), teller.service
    id_ = UUID(pages["en"]["id"])
    return Listing(
        id=id_,
        service_id=service.pk,
        organization_id=service.organization_id,
        point=Point(*point, srid=4326) if point else None,
        has_exact_point=teller.has_exact_point(),
        reach=service.reach,
        province=teller.province,
        zone=teller.zone,
        tags=_tags(pages["en"], words),
        search_en=_vector(pages["en"], "en"),
        search_fr=_vector(pages["fr"], "fr"),
        words=_words(pages),
        checked_on=service.assured_date,
        is_demo=service.publisher.is_demo,
        tie=_tie(id_),
    )


def _project_batch(ids: Iterable[UUID]) -> int:
    """Write the listings of these services anew; those that may no longer be listed go."""
    keys = list(ids)
    batch, words = gather(keys), read_vocabulary("default")
    listings, pages = [], []
    for teller in _tellers(batch):
        told = {language: teller.facts(language, words) for language in LANGUAGES}
        listings.append(_listing(teller, told, words))
        pages.append(ListingPage(id=listings[-1].id, **told))
    outdated = list(Listing.objects.filter(service_id__in=keys).values_list("id", flat=True))
    ListingPage.objects.filter(id__in=outdated).delete()
    Listing.objects.filter(id__in=outdated).delete()
    Listing.objects.bulk_create(listings)
    ListingPage.objects.bulk_create(pages)
    return len(listings)


@transaction.atomic
def project_services(service_ids: Iterable[UUID]) -> int:
    """Bring the read model up to date for these services. Returns how many listings they have now."""
    return sum(_project_batch(keys) for keys in _batches(service_ids))


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    kept = list(ids)
    for start in range(0, len(kept), BATCH):
        yield kept[start : start + BATCH]


@transaction.atomic
def rebuild_listings() -> int:
    """Make the whole read model of listings anew. Returns how many there are."""
    ListingPage.objects.all().delete()
    Listing.objects.all().delete()
    return project_services(Service.objects.order_by("pk").values_list("pk", flat=True))
