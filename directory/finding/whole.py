"""All that a "yes, this is true" says of a listing: each part at each place, its organization's ways, its contacts.

Each part has a mark, by which it is noticed that it was changed between a page and its yes.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from directory.finding.profile import (
    ORGANIZATION_FIELDS,
    PHONE_FIELDS,
    fields_of,
    organization_phones,
    rows_of,
    service_profile,
)
from directory.finding.search import facts_of, fetch
from directory.finding.seers import vetted_eyes
from directory.finding.windows import SEEN
from directory.models.contact import Contact
from directory.models.phone import Phone
from directory.models.required_document import RequiredDocument
from directory.models.service import Service

Whole = dict[str, Any]
CONTACTS, PAPERS, WAIT, AGES, AT_PLACES, PAGE = "contacts", "papers", "wait", "ages", "place_phones", "page"
"""Keys of what is told beside the parts that keepers change (directory/rules/holding.py)."""
CONTACT_FIELDS = ("name", "title", "department", "email")
PASSING = frozenset({"checked_on", "source", "beds", "being_checked", "looked_into", "signed", "for_vetted"})
"""Of a page, what nobody is asked to confirm."""
PAGES_SQL = f"""SELECT p.en, p.fr FROM listing e JOIN listing_page p ON p.id = e.id
 WHERE e.service_id = %(service)s AND p.en IS NOT NULL {SEEN} ORDER BY e.id"""  # noqa: S608


def whole_of(service: Service) -> Whole:
    """Every part, by its key. `PAGE` is what pages are made of, at each place and in both languages."""
    organization = service.organization
    told = service_profile(service)
    if organization is not None:
        told |= fields_of(organization, ORGANIZATION_FIELDS)
        told["organization.phones"] = rows_of(organization_phones(organization.pk), PHONE_FIELDS)
    papers = RequiredDocument.objects.filter(service=service).order_by("position", "id")
    told |= {
        AT_PLACES: rows_of(_phones_at_places(service), PHONE_FIELDS),
        PAPERS: [[paper.document, paper.document_fr] for paper in papers],
        WAIT: service.wait_time,
        AGES: [str(age) if age is not None else "" for age in (service.minimum_age, service.maximum_age)],
        CONTACTS: _contacts(service),
    }
    return told | {PAGE: _pages(service)}


def _phones_at_places(service: Service) -> Any:
    here = Phone.objects.filter(location__services__service=service, contact=None)
    return here.order_by("position", "id").distinct()


def _contacts(service: Service) -> list[dict[str, Any]]:
    mine = (
        Q(service=service) | Q(service_at_location__service=service) | Q(location__services__service=service)
    )
    if service.organization_id:
        mine |= Q(organization_id=service.organization_id)
    found = Contact.objects.filter(mine).order_by("position", "id").distinct()
    numbers: dict[Any, list[str]] = {}
    for phone in Phone.objects.filter(contact__in=found).order_by("position", "id"):
        numbers.setdefault(phone.contact_id, []).append(phone.number)
    return [
        {name: getattr(one, name) for name in CONTACT_FIELDS} | {"phones": numbers.get(one.pk, [])}
        for one in found
    ]


def _pages(service: Service) -> list[list[dict[str, Any]]]:
    """What workers of vetted organizations read of it; nothing of what no page shows now."""
    found = fetch(PAGES_SQL, {"service": service.pk}, vetted_eyes())
    return [[_lasting(facts_of(page)) for page in pages] for pages in found]


def _lasting(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in PASSING}


def _mark(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def _marks(whole: Whole) -> dict[str, str]:
    said = {key: json.dumps(value, sort_keys=True, default=str) for key, value in whole.items()}
    return {key: _mark(key, 6) + _mark(text, 14) for key, text in said.items()}


def marks_of(whole: Whole) -> str:
    """What a page carries: a mark of each part, which tells nothing of it."""
    return ".".join(sorted(_marks(whole).values()))


def changed_since(seen: str, whole: Whole) -> list[str]:
    """Keys of the parts that are not as a page with these marks showed them.

    The page counts where nothing else was changed, or where a part is gone.
    """
    was, now = set(seen.split(".")), _marks(whole)
    changed = sorted(key for key, mark in now.items() if mark not in was)
    gone = {mark[:6] for mark in was} - {mark[:6] for mark in now.values()}
    parts = [key for key in changed if key != PAGE]
    return parts or changed or ([PAGE] if gone else [])


Seen = Mapping[Any, str]
"""By service, the marks of what somebody saw of it."""
