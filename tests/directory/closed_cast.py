"""All that somebody at the desk comes to of a listing, so that two answers can be compared to the byte."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from directory.actions.project_listings import project_services
from directory.models.bed_report import BedReport
from directory.models.membership import Membership, Role
from directory.models.named_organization import NamedOrganization
from directory.models.organization import Organization
from directory.models.service import Service
from directory.rules.standing import Kind, Standing
from safety.viewer import Tier, Viewer
from tests.directory.vetted_cast import decided, employed, with_contact
from tests.roles import RoleClient

FORM = {"en": "/en/desk/find/", "fr": "/fr/bureau/trouver/"}
NEAR = {"near": "Kingston, ON"}
SEALED = re.compile(r"[A-Za-z0-9_-]{80,2600}")
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')

Told = dict[str, tuple[int, str]]


def clean(text: str) -> str:
    """Without what differs each time: sealed addresses, and the mark of a form."""
    return CSRF.sub("", SEALED.sub("SEALED", text))


def _searches(client: RoleClient, language: str) -> Iterable[tuple[str, Any]]:
    asked: dict[str, dict[str, Any]] = {
        "near": NEAR,
        "words": NEAR | {"q": "marrowgate"},
        "slip": NEAR | {"q": "marowgate"},
        "beds": NEAR | {"beds": "tonight"},
        "slip with beds": NEAR | {"q": "marowgate", "beds": "tonight"},
        "who": NEAR | {"age": "30", "open": "now", "language": "fra", "sort": "checked"},
        "nowhere": {"need": "legal_advice"},
        "two": NEAR | {"need": ["legal_advice", "food"]},
    }
    for name, sent in asked.items():
        location = client.post(FORM[language], sent)["Location"]
        yield f"{language} {name}", client.get(location)
        sheet = "sheet" if language == "en" else "feuille"
        yield f"{language} {name} on paper", client.get(f"{location}1/{sheet}/")
        if name == "two":
            beside = "side-by-side" if language == "en" else "cote-a-cote"
            yield f"{language} beside", client.get(f"{location}{beside}/")


def told_at_desk(client: RoleClient, services: Iterable[UUID], listings: Iterable[UUID]) -> Told:
    """By what was asked, the status and the page: searches, the listings by their ids, and what is sent about them."""
    found: Told = {}
    for language in FORM:
        for name, answer in _searches(client, language):
            found[name] = (answer.status_code, clean(answer.content.decode()))
    pages = {"en": "/en/desk/listing/{}/", "fr": "/fr/bureau/fiche/{}/"}
    for number, key in enumerate(listings):
        for language, page in pages.items():
            answer = client.get(page.format(key))
            told = clean(answer.content.decode()).replace(str(key), "KEY")
            found[f"{language} listing {number}"] = (answer.status_code, told)
    for number, service in enumerate(services):
        sent = {"answer": "with:pet", "number": "613-555-0142", "heard": "no_answer"}
        for name, address in (
            ("answer", f"/en/desk/answers/tell/{service}/"),
            ("number", f"/en/desk/listing/{service}/unanswered/"),
        ):
            answer = client.post(address, sent, follow=True)
            found[f"{name} {number}"] = (answer.status_code, clean(answer.content.decode()))
    return found


def words(told: Told) -> str:
    """All of it."""
    return "\n".join(text for _status, text in told.values())


def house_of(user: User, name: str, steward: User, kind: Kind = Kind.COMMUNITY) -> Viewer:
    """Somebody works for an organization that is let in."""
    of = Organization.objects.create(publisher_id="list", name=name)
    decided(of, steward, kind=kind)
    employed(user, of)
    tier = Tier.PUBLIC if kind is Kind.ENFORCEMENT else Tier.VETTED
    return Viewer(user=user.pk, organization=of.pk, tier=tier)


def shut_out(viewer: Viewer, steward: User) -> None:
    """From now on."""
    of = Organization.objects.get(pk=viewer.organization)
    decided(of, steward, Standing.SUSPENDED, minutes_ago=0)


def shown(service: Service, *places: str) -> Service:
    """Where the listing may be found from now on."""
    Service.objects.filter(pk=service.pk).update(publish_to=list(places))
    project_services([service.pk])
    return service


def shelter(service: Service) -> Service:
    """With somebody to turn to, and a bed tonight."""
    with_contact(service)
    BedReport.objects.create(service_id=service.pk, band="few", reported_at=timezone.now())
    return service


def named(service: Service, *viewers: Viewer, by: User) -> None:
    """The listing names these organizations, whatever it is for."""
    for viewer in viewers:
        NamedOrganization.objects.create(
            service_id=service.pk,
            owner_id=service.organization_id,
            organization_id=viewer.organization,
            named_by=by,
            named_at=timezone.now(),
        )


def leads(user: User, organization: Organization, role: Role = Role.LEAD) -> Viewer:
    """Somebody leads it from now on, or has another role there."""
    Membership.objects.live().filter(user=user).update(ended_at=timezone.now())
    employed(user, organization, role)
    return Viewer(user=user.pk, organization=organization.pk, tier=Tier.VETTED)
