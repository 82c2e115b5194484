"""What one would write instead: DRF and django-filter over the normalized tables, nothing prepared for finding.

It answers the same questions in the same shape with what Django offers. It has no synonyms, no seasons and holidays in
`open`, no counts of who is left out, and facets of needs, languages and ways alone: all of that would cost it more.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    FloatField,
    Func,
    IntegerField,
    Min,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from bench.finding_plain_filters import PlainFilter, open_where, scheduled, speakers
from bench.finding_plain_results import PlainResult
from directory.finding.answer import known_values
from directory.finding.places import gazetteer
from directory.finding.places_asked import near_of
from directory.models.language import Language
from directory.models.phone import Phone
from directory.models.service import Reach, Service, Status
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute
from directory.rules.places import Place
from directory.rules.provinces import PROVINCES, zone_of
from directory.rules.query import Query, read
from directory.rules.radius import STEPS

ELSEWHERE = 25
LISTED = (Status.ACTIVE, Status.TEMPORARILY_CLOSED)
TAXONOMIES = {"need": "relais", "focus": "relais_focus"}


def _of_place(column: str, *sources: str) -> Coalesce:
    """What is known of a place: its own, its published area's, its community's."""
    kind = FloatField() if column in ("latitude", "longitude") else TextField()
    return Coalesce(*(F(f"location__{source}{column}") for source in sources), output_field=kind)


def _metres(here: Place) -> Func:
    """Metres from there to a site's public point."""
    sources = ("", "area__", "community__")
    there = (_of_place("longitude", *sources), _of_place("latitude", *sources))
    points = (
        Func(*there, function="ST_MakePoint"),
        Func(here.longitude, here.latitude, function="ST_MakePoint"),
    )
    return Func(*points, function="ST_DistanceSphere", output_field=FloatField())


def _zones() -> list[str]:
    """Every zone of a place."""
    return sorted(gazetteer().zones - {""})


def _first(condition: Q) -> Min:
    """0 for a service of which any row is so, else 1."""
    return Min(Case(When(condition, then=0), default=1, output_field=IntegerField()))


class Plain:
    """The querysets of one search."""

    def __init__(self, query: Query, services: QuerySet[Service]) -> None:
        self.query, self.services, self.now = query, services, timezone.now()
        self.here = near_of(query.near).place

    def sites(self) -> QuerySet[ServiceAtLocation]:
        """Services at places, as far as they are within what was asked."""
        sites = ServiceAtLocation.objects.filter(service__in=self.services).annotate(
            zone=_of_place("zone", "area__", "community__"),
            in_province=_of_place("province", "area__", "community__"),
        )
        sites = sites.exclude(in_province__in=[name for name in self.query.not_in if name in PROVINCES])
        if self.here and self.query.within:
            sites = sites.annotate(far=_metres(self.here)).filter(far__lt=(self.query.within + 0.5) * 1000)
        return sites.filter(self._may_be_open(_zones())) if self.query.open else sites

    def _is_open(self, zones: Iterable[str]) -> Q:
        found = Q(pk__in=[])
        for moment in self.query.open:
            found |= open_where(moment, zones, self.now)
        return found

    def _may_be_open(self, zones: Iterable[str]) -> Q:
        return self._is_open(zones) | ~Q(service__in=scheduled())

    def rows(self) -> QuerySet[Any, dict[str, Any]]:
        """Each service once, at its nearest site, in the order of the page."""
        rows, order = self.sites().order_by().values("service_id"), []
        if self.here:
            rows = rows.annotate(metres=Min(_metres(self.here)))
            bands = [When(metres__lt=step * 1000, then=number) for number, step in enumerate(STEPS)]
            rows = rows.annotate(band=Case(*bands, default=len(STEPS), output_field=IntegerField()))
            order.append("band")
        if self.query.open:
            rows, order = rows.annotate(opens=_first(self._is_open(_zones()))), [*order, "opens"]
        if self.query.languages:
            spoken = _first(Q(service__in=speakers(self.query.languages)))
            rows, order = rows.annotate(spoken=spoken), [*order, "spoken"]
        return rows.order_by(*order, *(["metres"] if self.here else []), "service_id")

    def elsewhere(self) -> QuerySet[Service]:
        """What has no place, and serves the country or this province."""
        reach = Q(reach=Reach.COUNTRY)
        if self.here:
            reach |= Q(reach=Reach.PROVINCE, province=self.here.province)
        found = self.services.filter(reach, sites=None)
        if self.query.open and self.here:
            zone = zone_of(self.here.province)
            # The condition is one on sites: it asks for a `service` and a `zone`.
            found = found.annotate(service=F("pk"), zone=Value(zone)).filter(self._may_be_open([zone]))
        return found.order_by("name", "pk") if self.here else found.none()

    def facets(self) -> dict[str, dict[str, int]]:
        """How many of the found services have each need, focus, language, and way to be reached."""
        found = self.sites().order_by().values("service_id")
        told = {
            name: _counts(
                Attribute.objects.filter(link_id__in=found, taxonomy_term__taxonomy=taxonomy),
                "taxonomy_term__code",
                "link_id",
            )
            for name, taxonomy in TAXONOMIES.items()
        }
        told["language"] = _counts(Language.objects.filter(service__in=found), "code", "service_id")
        return told | {"way": _counts(Phone.objects.filter(service__in=found), "type", "service_id")}


def _counts(rows: QuerySet[Any], by: str, of: str) -> dict[str, int]:
    counted = rows.order_by().values_list(by).annotate(n=Count(of, distinct=True))
    return {str(value): n for value, n in counted}


def fetched(keys: Iterable[UUID], metres: dict[UUID, float | None], here: Place | None) -> list[Service]:
    """Services in the order of `keys`, with all that a result shows."""
    wanted = list(keys)
    found = Service.objects.select_related("organization", "publisher").prefetch_related(
        "phones",
        "schedules",
        "languages",
        "stated_facts",
        "sites__location__area",
        "sites__location__community",
    )
    kinds: dict[UUID, list[str]] = defaultdict(list)
    ties = Attribute.objects.filter(link_id__in=wanted, taxonomy_term__taxonomy="relais")
    for link, code in ties.values_list("link_id", "taxonomy_term__code"):
        kinds[link].append(code)
    by_key = {service.pk: service for service in found.filter(pk__in=wanted).order_by()}
    for key, service in by_key.items():
        service.kinds, service.metres = kinds[key], metres.get(key)
        service.chosen = _nearest(list(service.sites.all()), here)
    return [by_key[key] for key in wanted]


def _nearest(sites: list[ServiceAtLocation], here: Place | None) -> ServiceAtLocation | None:
    """Few services have more than two places: a flat map will do to tell them apart."""

    def far(site: ServiceAtLocation) -> float:
        point = (
            site.location
            if site.location.latitude is not None
            else site.location.area or site.location.community
        )
        return (
            abs(point.latitude - here.latitude) + abs(point.longitude - here.longitude)
            if here and point
            else 0
        )

    return min(sites, key=far, default=None)


class Pages(PageNumberPagination):
    """As many a page as the API has."""

    page_size = 20


class PlainSearch(GenericAPIView):
    """`POST` as to `/api/search`."""

    queryset = Service.objects.filter(status__in=LISTED)
    serializer_class = PlainResult
    pagination_class = Pages

    def post(self, request: Request) -> Response:
        """Total, a page, what serves from elsewhere, facets."""
        sent = QueryDict(urlencode(request.data, doseq=True))
        pairs = [(name, value) for name, values in sent.lists() for value in values]
        reading = read(pairs, known_values(), also=["lang"], may_tell_status=True)
        filters = PlainFilter(sent, queryset=self.get_queryset())
        if reading.faults or not filters.is_valid():
            raise ValidationError([fault.name for fault in reading.faults])
        plain = Plain(reading.query, filters.qs.order_by())
        context = {"person": reading.query.person, "now": plain.now, "language": sent.get("lang", "en")}
        rows = self.paginate_queryset(plain.rows())
        metres = {row["service_id"]: row.get("metres") for row in rows}
        beyond = plain.elsewhere()
        found = fetched(metres, metres, plain.here)
        far = fetched(beyond.values_list("pk", flat=True)[:ELSEWHERE], {}, None)
        total = self.paginator.page.paginator.count
        return Response(
            {
                "total": total,
                "more": False,
                "page": reading.query.page,
                "pages": self.paginator.page.paginator.num_pages,
                "results": PlainResult(found, many=True, context=context).data,
                "elsewhere": PlainResult(far, many=True, context=context).data,
                "elsewhere_total": beyond.count(),
                "facets": plain.facets(),
            }
        )
