"""The plain view's filters, by django-filter: whom a service takes, what it gives, when it is open, its words."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from directory.finding.languages import spoken_for
from directory.models.language import Language
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from directory.models.taxonomy import Attribute

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CALLED = ("name", "name_fr", "description", "description_fr", "organization__name", "organization__name_fr")

Services = QuerySet[Service]


class _AnyChoice(forms.MultipleChoiceField):
    """Values are checked where the search is read."""

    def valid_value(self, value: object) -> bool:
        return True


class Several(django_filters.Filter):
    """A name that may be given more than once."""

    field_class = _AnyChoice


class PlainFilter(django_filters.FilterSet):
    """A stated no excludes; what is not stated hides nothing."""

    need = Several(method="by_need")
    q = django_filters.CharFilter(method="by_words")
    age = django_filters.NumberFilter(method="by_age")
    gender = Several(method="by_terms")
    accept = Several(method="by_terms")
    access = Several(method="by_terms")

    class Meta:
        model = Service
        fields: tuple[str, ...] = ()

    def by_need(self, services: Services, _name: str, slugs: list[str]) -> Services:
        """Any of these kinds, or of the kinds of these groups."""
        term = Q(taxonomy_term__code__in=slugs) | Q(taxonomy_term__parent__code__in=slugs)
        tied = Attribute.objects.filter(term, taxonomy_term__taxonomy="relais")
        return services.filter(pk__in=tied.values("link_id"))

    def by_words(self, services: Services, _name: str, text: str) -> Services:
        """Each word as it was typed, in either language."""
        for word in text.split():
            found = Q()
            for field in CALLED:
                found |= Q(**{f"{field}__icontains": word})
            services = services.filter(found)
        return services

    def by_age(self, services: Services, _name: str, age: int) -> Services:
        """Leave out those whose bounds leave out this age, in completed years."""
        bounded = ServiceFact.objects.filter(service=OuterRef("pk"), dimension="age", stated=True)
        return services.exclude(Exists(bounded.filter(Q(low__gte=age + 1) | Q(high__lt=age))))

    def by_terms(self, services: Services, name: str, terms: list[str]) -> Services:
        """Leave out those that stated a no on any of them."""
        said_no = ServiceFact.objects.filter(service=OuterRef("pk"), dimension=name, stated=False)
        return services.exclude(Exists(said_no.filter(term__in=terms)))


# "with" is a word of Python's own: it can't be declared in the body of a class.
PlainFilter.base_filters["with"] = Several(field_name="with", method="by_terms")


def speakers(codes: Iterable[str]) -> QuerySet[Language]:
    """Ids of services that answer in any of these languages."""
    found = Language.objects.filter(code__in=spoken_for(codes), service__isnull=False)
    return found.values("service_id")


def scheduled() -> QuerySet[Schedule]:
    """Ids of services that state any hours."""
    return Schedule.objects.exclude(byday="").filter(service__isnull=False).values("service_id")


def open_where(moment: str, zones: Iterable[str], now: datetime) -> Q:
    """Rows with a `service` and a `zone` that are open at that moment; of several zones those of one clock together."""
    if moment != "now":
        return Q(service__in=_in_part(moment))
    clocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for zone in zones:
        local = now.astimezone(ZoneInfo(zone))
        clocks[DAYS[local.weekday()], f"{local:%H:%M}"].append(zone)
    found = Q(pk__in=[])
    for (day, clock), alike in clocks.items():
        found |= Q(zone__in=alike, service__in=_at(day, clock))
    return found


def _of_services(hours: Q) -> QuerySet[Schedule]:
    return Schedule.objects.filter(hours, service__isnull=False).values("service_id")


def _at(day: str, clock: str) -> QuerySet[Schedule]:
    before = DAYS[DAYS.index(day) - 1]
    late = Q(closes_at__lte=F("opens_at"))
    today = Q(byday__contains=day, opens_at__lte=clock) & (Q(closes_at__gt=clock) | late)
    return _of_services(today | late & Q(byday__contains=before, closes_at__gt=clock))


def _in_part(part: str) -> QuerySet[Schedule]:
    late = Q(closes_at__lte=F("opens_at"))
    if part == "weekend":
        return _of_services(Q(byday__regex="SA|SU"))
    if part == "evening":
        ends_in_it = Q(closes_at__gt="18:00") | late
        return _of_services(ends_in_it & Q(byday__regex="MO|TU|WE|TH|FR", opens_at__lt="22:00"))
    return _of_services(
        late & ~Q(byday="") | Q(closes_at__gt="23:00") | Q(opens_at__lt="06:00", byday__gt="")
    )
