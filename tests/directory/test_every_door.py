"""A thief of a keeper's session knocks at every door with another number: the page keeps the old one (promise 26).

In the end a steward's recorded call shows it, and nothing else does.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.ask_still_true import ask_still_true, token_of
from directory.actions.assure_listings import assure_listings
from directory.actions.decide_change import publish_change
from directory.actions.refused import Refused
from directory.actions.report_beds import make_night_link
from directory.actions.report_beds import token_of as token_of_link
from directory.models.listing import Listing
from directory.models.membership import Role
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.truth_asked import TruthAsked
from safety.audit import AuditEntry
from safety.notices import deliver
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.hsds_packages import folder, json_file, named, small, taken
from tests.directory.profiles import House, employ, let_in, moment, second
from tests.directory.pushing import make
from tests.directory.sheets import NEW, OLD, confirm, csv_of, download, lines_of, send, with_cells
from tests.directory.test_profile_pages import door, fields_of
from tests.roles import RoleClient

__all__ = ["second"]
pytestmark = pytest.mark.promise(26)
SERVICE = UUID(named("service"))
CHECKED = "A change is being checked"


def feed(path: Path, *phones: dict[str, str], **values: str) -> Any:
    """The feed that the listing came with, told once more."""
    files = small()
    files["services.csv"][0] |= values
    kept = {"id": named("phone-of-keeper"), "service_id": named("service"), "number": OLD}
    files["phones.csv"] = [kept, *({"service_id": named("service")} | phone for phone in phones)]
    return taken(folder(path, files))


class Thief:
    """Who has Kim's open session, her letters, her program's token, and the feed that her listings come with."""

    def __init__(self, house: House, browser: RoleClient, token_maker: Viewer, path: Path) -> None:
        self.house, self.browser, self.path = house, browser, path
        self.lead, self.program = token_maker, make(token_maker)[1]

    def page(self) -> None:
        """The task "contact" of the desk."""
        address = door(self.house, "contact")
        sent = fields_of(self.browser.get(address).text)
        self.browser.post(address, sent | {"number-0": NEW}, follow=True)

    def text(self) -> None:
        """A number in words of the listing."""
        address = door(self.house, "name")
        sent = fields_of(self.browser.get(address).text)
        self.browser.post(address, sent | {"description": f"Call {NEW}."}, follow=True)

    def organization(self) -> None:
        """The numbers of the organization, and its name."""
        address = reverse("organization_contact")
        sent = fields_of(self.browser.get(address).text)
        self.browser.post(address, sent | {"number-0": NEW}, follow=True)

    def draft(self) -> None:
        """Kept as a draft, which nobody else sees."""
        address = door(self.house, "contact")
        sent = fields_of(self.browser.get(address).text)
        self.browser.post(address, sent | {"number-0": NEW, "draft": "1"}, follow=True)

    def undo(self) -> None:
        """What a steward published is not undone either without another call."""
        done = ProposedChange.objects.filter(state="published", hold="call").first()
        if done:
            self.browser.post(reverse("profile_undo", args=[done.pk]), follow=True)

    def letter(self) -> None:
        """The link of a letter."""
        Service.objects.update(assured_date=None)
        ask_still_true(moment())
        path = reverse("still_true", args=[token_of(TruthAsked.objects.get())])
        RoleClient().post(path, {"service": [str(SERVICE)], "number-0": NEW, "phones": NEW}, follow=True)

    def night(self) -> None:
        """The link of a night desk."""
        link = make_night_link(service=SERVICE, viewer=self.lead, now=moment())
        Client().post(reverse("night_beds", args=[token_of_link(link)]), {"band": "few", "phones": NEW})

    def xlsx(self) -> None:
        """A workbook."""
        confirm(self.browser, send(self.browser, with_cells(download(self.browser), [(2, "phones", NEW)])))

    def csv(self) -> None:
        """The same as text."""
        lines = lines_of(download(self.browser, "csv"))
        lines[1][lines[0].index("Telephone")] = NEW
        confirm(self.browser, send(self.browser, csv_of(lines), name="mine.csv"))

    def push(self) -> None:
        """The program's own door."""
        told = self.program.push({"id": str(SERVICE), "phones": [{"number": NEW}]})
        assert told["outcome"] == "waits"

    def api(self) -> None:
        """Open data is for reading, whatever is sent."""
        body = {"id": str(SERVICE), "phones": [{"number": NEW}]}
        for path in ("/hsds/services", f"/hsds/services/{SERVICE}", "/api/search", "/hsds/push"):
            for method in ("post", "put", "patch", "delete"):
                ask: Callable[..., Any] = getattr(self.browser, method)
                assert ask(path, body, content_type="application/json").status_code in (400, 401, 404, 405)

    def feed_changes(self) -> None:
        """The feed tells the confirmed row with another number."""
        files = small()
        files["phones.csv"] = [
            {"id": named("phone-of-keeper"), "service_id": named("service"), "number": NEW}
        ]
        taken(folder(self.path, files))

    def feed_adds(self) -> None:
        """The feed adds a row."""
        feed(self.path, {"id": named("thief"), "number": NEW})

    def feed_adds_at_a_place(self) -> None:
        """At a place that the feed brings for it."""
        files = small()
        files["locations.csv"] = [{"id": named("hut"), "location_type": "virtual", "name": "Hut"}]
        files["service_at_location.csv"] = [
            {"id": named("at-hut"), "service_id": named("service"), "location_id": named("hut")}
        ]
        files["phones.csv"] = [
            {"id": named("thief-2"), "service_at_location_id": named("at-hut"), "number": NEW},
            {"id": named("thief-3"), "location_id": named("hut"), "number": NEW},
        ]
        taken(folder(self.path, files))

    def feed_as_json(self) -> None:
        """The same as a nested item."""
        item = {"id": named("service"), "name": "Legal advice", "status": "active"}
        item |= {"phones": [{"id": named("thief-4"), "number": NEW}]}
        taken(json_file(self.path.parent / "thief.json", item))

    def feed_writes(self) -> None:
        """In a text of the service."""
        feed(self.path, description=f"Call {NEW} now.", application_process=f"Text {NEW}")

    def feed_describes(self) -> None:
        """Beside the confirmed number."""
        files = small()
        files["phones.csv"] = [
            {
                "id": named("phone-of-keeper"),
                "service_id": named("service"),
                "number": OLD,
                "description": f"Old. Call {NEW}",
            }
        ]
        taken(folder(self.path, files))


DOORS = [name for name, found in vars(Thief).items() if callable(found) and not name.startswith("_")]


@pytest.fixture
def house(tmp_path: Path, db: None, keeper: User, steward: User, second: User) -> House:
    """Kim's listing came with a feed; her organization is let in, and she confirmed it."""
    feed(tmp_path / "p")
    service = Service.objects.get(pk=SERVICE)
    assert service.organization is not None
    let_in(service.organization, steward, second)
    kept = House(service, employ(keeper, service.organization), Viewer(user=steward.pk))
    assure_listings(organization=service.organization.pk, services=None, viewer=kept.keeper, now=moment())
    return kept


@pytest.fixture
def thief(house: House, keeper: User, intake: User, sign_in: SignIn, tmp_path: Path) -> Thief:
    """With all that was Kim's."""
    lead = employ(intake, house.organization, Role.LEAD)
    maker = Viewer(user=lead.user, organization=lead.organization, tier=Tier.VETTED)
    return Thief(house, sign_in(keeper), maker, tmp_path / "p")


def told(visitor: RoleClient) -> str:
    """All that everybody reads of the listing: its pages in both languages, the search, open data."""
    (listing,) = Listing.objects.filter(service_id=SERVICE).order_by("pk")[:1]
    paths = [
        f"/en/listing/{listing.pk}/",
        f"/fr/fiche/{listing.pk}/",
        "/api/search",
        f"/hsds/services/{SERVICE}",
    ]
    return "\n".join(visitor.get(path).text for path in paths)


@pytest.mark.parametrize("name", DOORS)
def test_no_door_shows_another_number(name: str, thief: Thief, visitor: RoleClient) -> None:
    getattr(thief, name)()
    assert NEW not in told(visitor)
    assert OLD in told(visitor)


def test_after_all_doors_the_old_number_stands_marked_until_a_steward_called(
    thief: Thief, visitor: RoleClient
) -> None:
    """Promise 26: page, signed link, sheet, push, API, import, one after the other, and then the recorded call."""
    for name in DOORS:
        getattr(thief, name)()
        page = told(visitor)
        assert NEW not in page, name
        assert OLD in page, name
    assert CHECKED in told(visitor)
    held = ProposedChange.objects.held().filter(service_id=SERVICE)
    (change,) = [one for one in held if any(row["number"] == NEW for row in one.after.get("phones", ()))][:1]
    steward = thief.house.steward
    with pytest.raises(Refused):
        publish_change(change=change.pk, viewer=steward, now=moment())
    with pytest.raises(Refused):
        publish_change(change=change.pk, viewer=steward, now=moment(), called=NEW, spoke_with="Somebody")
    assert NEW not in told(visitor)
    publish_change(change=change.pk, viewer=steward, now=moment(), called=OLD, spoke_with="The director")
    assert NEW in told(visitor)
    entry = AuditEntry.objects.filter(action="publish_change").get()
    assert entry.actor == steward.user
    deliver(timezone.now())
    assert not any(NEW in letter.body for letter in mail.outbox)
