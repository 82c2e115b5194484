"""Two listings that are one service: found by what agrees, decided by a steward, reached at either address, undone."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from directory.actions.decide_twins import keep_one, put_off, say_two, take_apart
from directory.actions.link_services import link_services
from directory.actions.project_listings import project_services, rebuild_listings
from directory.actions.refused import Refused
from directory.actions.suggest_twins import agreements, suggest_twins
from directory.models.listing import Listing
from directory.models.moved_listing import MovedListing
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.same_service import Likeness, SameService, Verdict
from directory.models.service import Service
from directory.rules.likely_twins import SWITCHBOARD
from directory.views.kept import text_with
from directory.views.queues import lines
from directory.views.shortlist import shortlist_address
from safety.audit import AuditEntry
from safety.notices import Notice
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import employ
from tests.directory.read_model import read_model
from tests.directory.test_invitations import prove_again
from tests.directory.vetted_cast import for_vetted
from tests.roles import RoleClient

DOOR = {"latitude": 44.2312, "longitude": -76.4860}
NEXT_DOOR = {"latitude": 44.2313, "longitude": -76.4861}


def listing_of(service: Service) -> UUID:
    """The id of its one listing, shown or not."""
    return service.sites.get().pk


@pytest.fixture
def pair(make_service: MakeService) -> SameService:
    """A clinic, and another publisher's record of it: the nightly search finds them."""
    make_service("Harbour legal clinic", place=DOOR)
    make_service("Harbour Legal Clinic Kingston", place=NEXT_DOOR)
    assert suggest_twins() == 1
    return SameService.objects.get()


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, who has just proved anew who that is."""
    browser = sign_in(steward)
    prove_again(browser)
    return browser


def viewer(user: User) -> Viewer:
    return Viewer(user=user.pk)


def test_what_agrees_in_two_things_is_asked_about_once(pair: SameService) -> None:
    assert pair.verdict == Verdict.SUGGESTED
    assert suggest_twins() == 0
    row = AuditEntry.objects.get(action="suggest_twins")
    assert row.details == '{"pairs":1}'


def test_one_number_alone_says_nothing(make_service: MakeService) -> None:
    make_service("Harbour legal clinic", place=DOOR)
    make_service("Night shelter", "Belleville, ON")
    make_service("Food bank", "Thunder Bay, ON")
    assert suggest_twins() == 0


def test_a_switchboard_and_a_common_name_in_town_say_nothing(make_service: MakeService) -> None:
    others = ("Food bank", "Night shelter", "Dental care", "Drumming circle")
    assert len(others) == SWITCHBOARD
    for name in others:
        make_service(name, place=DOOR)
    one = make_service("Legal clinic", place=DOOR, phone="613-555-0101")
    two = make_service("Legal clinic", place=DOOR, phone="613-555-0102")
    Organization.objects.filter(pk=one.organization_id).update(name="University of the lake")
    Organization.objects.filter(pk=two.organization_id).update(name="Saint Mary parish")
    assert suggest_twins() == 0


def test_lines_without_a_place_are_told_by_number_and_name(make_service: MakeService) -> None:
    make_service("Night line", "", reach="country")
    make_service("The Night Line", "", reach="country")
    assert suggest_twins() == 1


def test_demonstration_is_never_a_double_of_what_is_real(make_service: MakeService) -> None:
    make_service("Harbour legal clinic", place=DOOR)
    make_service("Harbour legal clinic", place=DOOR, is_demo=True)
    assert suggest_twins() == 0


def test_services_of_one_body_at_one_door_are_not_doubles(make_service: MakeService) -> None:
    one = make_service("Harbour legal clinic", place=DOOR)
    two = make_service("Food bank", place=DOOR)
    Service.objects.filter(pk=two.pk).update(organization=one.organization)
    Listing.objects.filter(service_id=two.pk).update(organization_id=one.organization_id)
    assert suggest_twins() == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_old_address_leads_to_the_one_that_is_kept_and_undoing_shows_both(
    language: str, pair: SameService, steward: User, visitor: RoleClient
) -> None:
    old, kept = listing_of(pair.other), listing_of(pair.kept)
    keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(steward), now=timezone.now())
    with translation.override(language):
        pages = [reverse("listing", args=[id_]) for id_ in (old, kept)]
    answer = visitor.get(pages[0])
    assert (answer.status_code, answer["Location"]) == (301, pages[1])
    assert answer["Cache-Control"] == "no-store", "or a browser would follow it after it was undone"
    assert visitor.get(pages[1]).status_code == 200
    assert AuditEntry.objects.get(action="link_services").actor == steward.pk
    take_apart(pair=pair.pk, viewer=viewer(steward))
    assert [visitor.get(page).status_code for page in pages] == [200, 200]
    assert not MovedListing.objects.exists()
    assert suggest_twins() == 0, "told apart is not asked again"


def test_the_id_goes_on_resolving_in_open_data(pair: SameService, steward: User, visitor: RoleClient) -> None:
    Publisher.objects.update(may_redistribute=True)
    keep_one(pair=pair.pk, kept=pair.other_id, viewer=viewer(steward), now=timezone.now())
    answer = visitor.get(f"/hsds/services/{pair.kept_id}")
    assert (answer.status_code, answer["Location"]) == (301, f"/hsds/services/{pair.other_id}")
    assert visitor.get(answer["Location"]).json()["id"] == str(pair.other_id)
    assert visitor.get(f"/hsds/services/{UUID(int=7)}").status_code == 404


def test_both_records_stay_whole(pair: SameService, steward: User) -> None:
    before = Service.objects.filter(pk=pair.other_id).values().get(), Phone.objects.count()
    keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(steward), now=timezone.now())
    assert (Service.objects.filter(pk=pair.other_id).values().get(), Phone.objects.count()) == before


def test_the_read_model_made_anew_is_the_same(pair: SameService, steward: User) -> None:
    keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(steward), now=timezone.now())
    before = read_model()
    assert before["moved_listing"]
    MovedListing.objects.update(listing_id=UUID(int=1))
    stray = {"from_id": UUID(int=3), "service_id": UUID(int=4), "listing_id": UUID(int=5)}
    MovedListing.objects.create(id=UUID(int=2), **stray)
    rebuild_listings()
    assert read_model() == before


def test_an_address_leads_nowhere_once_the_kept_one_is_over(
    pair: SameService, steward: User, visitor: RoleClient
) -> None:
    keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(steward), now=timezone.now())
    Service.objects.filter(pk=pair.kept_id).update(status="defunct")
    project_services([pair.kept_id])
    assert visitor.get(reverse("listing", args=[listing_of(pair.other)])).status_code == 404


def test_what_was_never_public_is_not_told_to_have_been(
    pair: SameService, steward: User, visitor: RoleClient
) -> None:
    Service.objects.filter(pk=pair.other_id).update(publish_to=["vetted"])
    keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(steward), now=timezone.now())
    assert visitor.get(reverse("listing", args=[listing_of(pair.other)])).status_code == 404


def test_of_several_places_the_nearest_is_shown(
    make_service: MakeService, steward: User, visitor: RoleClient
) -> None:
    far, near = make_service("Clinic", "Thunder Bay, ON"), make_service("Clinic", "Kingston, ON")
    near.sites.update(service=far)
    old = make_service("Legal clinic", "Belleville, ON")
    link_services(kept_id=far.pk, other_id=old.pk, viewer=viewer(steward))
    kept = far.sites.get(location__community__name="Kingston").pk
    page = visitor.get(reverse("listing", args=[listing_of(old)]))
    assert page["Location"] == reverse("listing", args=[kept])


def test_a_list_that_was_made_before_shows_the_one_that_is_kept(
    pair: SameService, steward: User, visitor: RoleClient
) -> None:
    address = shortlist_address(text_with("", [listing_of(pair.other)]))
    keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(steward), now=timezone.now())
    page = visitor.get(address).text
    assert "Harbour" in page
    assert "no longer listed" not in page


def test_later_is_asked_again_in_a_month(pair: SameService, steward: User) -> None:
    day = timezone.localdate()
    put_off(pair=pair.pk, day=day, viewer=viewer(steward))
    assert not SameService.objects.to_decide(day).exists()
    assert not SameService.objects.to_decide(day + timedelta(days=29)).exists()
    assert SameService.objects.to_decide(day + timedelta(days=30)).exists()
    assert suggest_twins() == 0


def test_what_is_decided_is_decided(pair: SameService, steward: User) -> None:
    say_two(pair=pair.pk, viewer=viewer(steward))
    for act in (say_two, take_apart):
        with pytest.raises(Refused):
            act(pair=pair.pk, viewer=viewer(steward))
    with pytest.raises(Refused):
        keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(steward), now=timezone.now())
    assert Listing.objects.count() == 2


def test_only_stewards_decide(pair: SameService, keeper: User) -> None:
    acts = (
        lambda: keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(keeper), now=timezone.now()),
        lambda: say_two(pair=pair.pk, viewer=viewer(keeper)),
        lambda: take_apart(pair=pair.pk, viewer=viewer(keeper)),
        lambda: put_off(pair=pair.pk, day=timezone.localdate(), viewer=viewer(keeper)),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_the_page_shows_the_two_and_why(pair: SameService, desk: RoleClient) -> None:
    page = desk.get(reverse("review_twins")).text
    assert page.count("613-555-0142") == 2
    for words in ("the same phone number", "nearly the same name", "the same place", "1 pair waits."):
        assert words in page
    line = next(one for one in lines(timezone.now()) if one.queue.address == "review_twins")
    assert line.count == 1
    assert line.since == pair.suggested_at


@pytest.mark.parametrize(
    ("decision", "verdict", "kept"),
    [("first", "linked", 0), ("second", "linked", 1), ("two", "apart", None), ("later", "suggested", None)],
)
def test_each_answer_of_the_page(
    decision: str, verdict: str, kept: int | None, pair: SameService, desk: RoleClient
) -> None:
    ids = pair.kept_id, pair.other_id
    done = desk.post(reverse("review_twins_decide"), {"pair": pair.pk, "decision": decision}, follow=True)
    assert done.status_code == 200
    assert "Nothing waits." in done.text
    pair.refresh_from_db()
    assert pair.verdict == verdict
    if kept is not None:
        assert pair.kept_id == ids[kept]
        assert "stands for" in done.text
        undone = desk.post(
            reverse("review_twins_decide"), {"pair": pair.pk, "decision": "apart"}, follow=True
        )
        assert "Both are shown again" in undone.text


@pytest.mark.parametrize(
    "sent", [{}, {"pair": "x"}, {"pair": "99999999", "decision": "first"}, {"decision": "drop"}]
)
def test_what_is_not_of_the_form_changes_nothing(
    sent: dict[str, str], pair: SameService, desk: RoleClient
) -> None:
    assert desk.post(reverse("review_twins_decide"), sent).status_code == 302
    pair.refresh_from_db()
    assert pair.verdict == Verdict.SUGGESTED


def test_the_door_is_for_stewards_with_fresh_proof(
    pair: SameService, steward: User, keeper: User, outsider: User, navigator: User, sign_in: SignIn
) -> None:
    page, decide = reverse("review_twins"), reverse("review_twins_decide")
    for user in (keeper, outsider, navigator):
        browser = sign_in(user)
        assert browser.get(page).status_code == 403
        assert browser.post(decide, {"pair": pair.pk, "decision": "first"}).status_code == 403
    stale = sign_in(steward)
    assert "/reauthenticate/" in stale.get(page)["Location"]
    stale.post(decide, {"pair": pair.pk, "decision": "first"})
    half = sign_in(steward, second_factor=False)
    assert half.get(page).status_code == 302
    half.post(decide, {"pair": pair.pk, "decision": "first"})
    pair.refresh_from_db()
    assert pair.verdict == Verdict.SUGGESTED


def test_a_pair_with_one_that_rests_already_is_not_asked_about(
    pair: SameService, make_service: MakeService, steward: User
) -> None:
    third = make_service("Harbour legal clinic 3", "Belleville, ON")
    link_services(kept_id=third.pk, other_id=pair.other_id, viewer=viewer(steward))
    assert not SameService.objects.to_decide(timezone.localdate()).exists()


def test_doubles_that_look_like_a_protected_place_are_asked_about_too(
    make_service: MakeService, desk: RoleClient
) -> None:
    kept, other = make_service("House", place={"is_protected": True}), make_service("Home", "Belleville, ON")
    SameService.objects.create(kept=kept, other=other, likeness=Likeness.LOOKS_ALIKE)
    assert "one is at a protected place" in desk.get(reverse("review_twins")).text


def test_who_keeps_the_one_that_rests_is_told_and_reads_why(
    pair: SameService, steward: User, keeper: User, sign_in: SignIn
) -> None:
    assert pair.other.organization is not None
    employ(keeper, pair.other.organization)
    keep_one(pair=pair.pk, kept=pair.kept_id, viewer=viewer(steward), now=timezone.now())
    assert Notice.objects.filter(kind="item", subject_id=keeper.pk).count() == 1
    page = sign_in(keeper).get(reverse("profile_listing", args=[pair.other_id])).text
    assert f"one service with “{pair.kept.name}”" in page
    take_apart(pair=pair.pk, viewer=viewer(steward))
    assert "one service with" not in sign_in(keeper).get(reverse("profile")).text


def test_doubles_among_what_only_vetted_organizations_find_are_asked_about(make_service: MakeService) -> None:
    hidden = [
        for_vetted(make_service("Harbour legal clinic", place=DOOR)),
        for_vetted(make_service("Harbour Legal Clinic Kingston", place=NEXT_DOOR)),
    ]
    assert suggest_twins() == 1
    pair = SameService.objects.get()
    assert {pair.kept_id, pair.other_id} == {one.pk for one in hidden}
    assert agreements([pair])[pair.pk].metres is not None


def test_a_public_listing_is_not_asked_about_with_a_hidden_one(make_service: MakeService) -> None:
    """Resting behind that, it would be gone for everybody."""
    make_service("Harbour legal clinic", place=DOOR)
    for_vetted(make_service("Harbour Legal Clinic Kingston", place=NEXT_DOOR))
    assert suggest_twins() == 0
