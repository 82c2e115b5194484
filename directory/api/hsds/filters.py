"""Which records of open data a question is about: one set of filters for each collection, all of them joined by AND."""

from math import cos, radians
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django_filters import CharFilter, FilterSet, UUIDFilter

from directory.api.hsds.fields import MetresFilter, MomentFilter, PostalCodeFilter, TruthFilter
from directory.hsds.composed_rows import documents
from directory.models.coverage import Coverage, CoverageKind
from directory.models.hsds_document import HsdsDocument
from directory.rules.places import Place
from safety.db import public_database

Documents = QuerySet[HsdsDocument]
# A community is one point to us: whoever is this near to it is taken to be of it.
COMMUNITY_REACHES_KM = 25
KM_PER_DEGREE = 111.2


def by_words(queryset: Documents, name: str, value: str) -> Documents:
    """Records that bear the words, in English or French, without accents and by their stems."""
    english, french = (
        SearchQuery(value, config=f"relais_{language}", search_type="websearch") for language in ("en", "fr")
    )
    return queryset.filter(search=english | french)


def by_terms(queryset: Documents, name: str, value: UUID) -> Documents:
    """Records that are tagged with this term, or with any of this taxonomy."""
    column = {"taxonomy_term_id": "term_ids", "taxonomy_id": "taxonomy_ids"}[name]
    return queryset.filter(**{f"{column}__contains": [value]})


class WordsFilters(FilterSet):
    """What every collection can be asked."""

    search = CharFilter(method=by_words, label="Words, in English or French.")


class TaggedFilters(WordsFilters):
    """What is said of records that carry terms."""

    taxonomy_term_id = UUIDFilter(method=by_terms, label="Id of a term that the record is tagged with.")
    taxonomy_id = UUIDFilter(method=by_terms, label="Id of a taxonomy that any of its terms is of.")


class ServiceFilters(TaggedFilters):
    """Services."""

    organization_id = UUIDFilter(field_name="organization_id", label="Id of the organization.")
    modified_after = MomentFilter(
        field_name="modified_at", lookup_expr="gte", label="ISO 8601; changed at that moment or later."
    )


class _NearForm(forms.Form):
    """A distance is from somewhere."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("proximity") is not None and not self.data.get("postcode"):
            self.add_error("proximity", _("A distance needs a postcode as well."))
        return cleaned


def _of_services(services: Documents) -> Any:
    return services.order_by().values("id")


class PlaceFilters(TaggedFilters):
    """Services at their locations. Distances are to public points alone: of what is protected, its area's."""

    search = CharFilter(method="by_words_of_service", label=WordsFilters.base_filters["search"].label)
    taxonomy_term_id = UUIDFilter(
        method="by_terms_of_either", label=TaggedFilters.base_filters["taxonomy_term_id"].label
    )
    taxonomy_id = UUIDFilter(
        method="by_terms_of_either", label=TaggedFilters.base_filters["taxonomy_id"].label
    )

    organization_id = UUIDFilter(method="of_organization", label="Id of the organization that provides it.")
    modified_after = MomentFilter(
        field_name="modified_at", lookup_expr="gte", label="ISO 8601; changed at that moment or later."
    )
    postcode = PostalCodeFilter(
        method="by_place",
        label="Canadian postal code, or its first three characters: what is for people there. Of what states areas"
        " only that is found of which one holds the middle of this postal area; what states none is found always,"
        " unless `proximity` is told: then nearness alone decides.",
    )
    proximity = MetresFilter(method="beside_postcode", label="Metres at most from the middle of `postcode`.")

    class Meta:
        form: ClassVar[type[forms.Form]] = _NearForm

    def by_words_of_service(self, queryset: Documents, name: str, value: str) -> Documents:
        """A place has no words of its own: those of its service find it."""
        return queryset.filter(service_id__in=_of_services(by_words(documents("service"), name, value)))

    def by_terms_of_either(self, queryset: Documents, name: str, value: UUID) -> Documents:
        """Tagged itself, or its service is."""
        own = by_terms(documents("service_at_location"), name, value)
        services = by_terms(documents("service"), name, value)
        return queryset.filter(Q(id__in=_of_services(own)) | Q(service_id__in=_of_services(services)))

    def of_organization(self, queryset: Documents, name: str, value: UUID) -> Documents:
        """Through the service, whose organization it is."""
        services = documents("service").order_by().filter(organization_id=value)
        return queryset.filter(service_id__in=services.values("id"))

    def by_place(self, queryset: Documents, name: str, value: Place) -> Documents:
        """Near the postal area's middle where a distance is given; else what doesn't say that it is for others."""
        here = Point(value.longitude, value.latitude, srid=4326)
        metres = self.form.cleaned_data.get("proximity")
        if metres is not None:
            return queryset.filter(point__dwithin=(here, D(m=metres)))
        stated = Coverage.objects.using(public_database()).filter(listing_id=OuterRef("id")).order_by()
        return queryset.filter(Exists(stated.filter(_covers(value, here))) | ~Exists(stated))

    def beside_postcode(self, queryset: Documents, name: str, value: float) -> Documents:
        """Nothing by itself: `by_place` has used it."""
        return queryset


def _covers(place: Place, here: Point) -> Q:
    high = COMMUNITY_REACHES_KM / KM_PER_DEGREE
    wide = high / cos(radians(place.latitude))
    return (
        Q(kind=CoverageKind.COUNTRY)
        | Q(kind=CoverageKind.PROVINCE, province=place.province)
        | Q(kind=CoverageKind.POLYGON, outline__covers=here)
        | Q(
            kind=CoverageKind.COMMUNITY,
            place__latitude__range=(place.latitude - high, place.latitude + high),
            place__longitude__range=(place.longitude - wide, place.longitude + wide),
        )
    )


class TermFilters(WordsFilters):
    """Terms of taxonomies."""

    taxonomy_id = UUIDFilter(field_name="taxonomy_id", label="Id of the taxonomy that the term is of.")
    parent_id = UUIDFilter(field_name="parent_id", label="Id of the term that stands right above.")
    top_only = TruthFilter(method="without_parent", label="Only terms that stand below no other.")

    def without_parent(self, queryset: Documents, name: str, value: bool) -> Documents:  # noqa: FBT001  # by django-filter
        """The standard's sentence can be read two ways; the name of the parameter decides."""
        return queryset.filter(parent_id=None) if value else queryset
