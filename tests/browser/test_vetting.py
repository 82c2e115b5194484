"""An organization asks to be let in, two stewards look at it and agree, and a suspension bites in an open session."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.demo import demo_password
from tests import databases
from tests.browser import people
from tests.browser.conftest import Visiting
from tests.browser.readable import assert_readable
from tests.browser.serving import Site, served
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
APPLY = {"en": "/en/desk/organization/vetting/", "fr": "/fr/bureau/organisme/verification/"}
QUEUE = {"en": "/en/desk/review/vetting/", "fr": "/fr/bureau/examen/verification/"}
REVIEW = {"en": "/en/desk/review/", "fr": "/fr/bureau/examen/"}
SEND = {"en": "Send the application", "fr": "Envoyer la demande"}
SAVE = {"en": "Save", "fr": "Enregistrer"}
MISSING = {"en": "This is missing.", "fr": "Il manque une réponse ici."}
WITHDRAW = {"en": "Withdraw the application", "fr": "Retirer la demande"}
AGREE = {"en": "Agree", "fr": "Donner mon accord"}
ORGANIZATION = "Open Road"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECOND = f"""
from accounts.models import User
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
made = User.objects.create_user("second@demo.invalid", {{password!r}}, is_staff=True)
EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
TOTP.activate(made, {KEY!r})
"""
WORDS = {
    "who": "A drop-in for people who leave a farm, a kitchen or a man.",
    "legal_identity": "Society 12, Ontario",
    "services": "Rides, meals, a phone.",
    "references": "Two people who know us.",
    "privacy_lead": "Ruth, at the office",
}
CHOSEN = {
    "way": "legal",
    "tells_police": "with_consent",
    "tells_immigration": "only_if_law_requires",
    "tells_child_protection": "only_if_law_requires",
}
WIDTHS = (360, 1280)
CANARY = "204-555-0188"
CONTACT = f"""
from directory.actions.project_listings import project_services
from directory.models.contact import Contact
from directory.models.phone import Phone
from directory.models.service import Service
service = Service.objects.get(name="Shelter for the North")
told = {{"publisher_id": service.publisher_id}}
contact = Contact.objects.create(service=service, name="Demonstration contact", title="Intake lead", **told)
Phone.objects.create(contact=contact, number={CANARY!r}, **told)
project_services([service.pk])
"""
"""The line of somebody who works there: for vetted organizations alone."""
FIND = {"en": "/en/desk/find/?near=Thompson,+MB", "fr": "/fr/bureau/trouver/?near=Thompson,+MB"}
WORKERS = {"en": "For workers only", "fr": "Réservé aux intervenantes"}


@pytest.fixture(scope="module")
def site(elsewhere: str) -> Iterator[Site]:
    """A site of its own: who is let in and shut out here would be so in other tests."""
    with databases.cloned(with_demo=True) as name, served(name, elsewhere) as running:
        running.manage("shell", "-c", CONTACT)
        yield running


def _sees_what_is_vetted(visit: Visit) -> bool:
    """Looks at what the desk finds in Thompson, in both languages, and at the page of each listing found."""
    found = []
    for language in ("en", "fr"):
        visit.open(FIND[language])
        rows = visit.page.locator(".row a[href*='/listing/'], .row a[href*='/fiche/']")
        ways = {rows.nth(place).get_attribute("href") or "" for place in range(rows.count())}
        assert ways
        found.append(_tells(visit, language))
        for way in sorted(ways)[:12]:
            visit.open(way)
            found.append(_tells(visit, language))
    return any(found)


def _tells(visit: Visit, language: str) -> bool:
    return CANARY in visit.page.content() or WORKERS[language] in visit.page.locator("main").inner_text()


def _pictures(visit: Visit, language: str, name: str) -> None:
    folder = os.environ.get("RELAIS_PICTURES")
    for width in WIDTHS if folder else ():
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.screenshot(path=Path(folder or "") / f"{name}-{language}-{width}.png", full_page=True)


def _seen(visit: Visit, language: str, name: str) -> None:
    """What axe finds with every fold open, and pictures where RELAIS_PICTURES names a folder."""
    visit.page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert_readable(visit.page, language)
    _pictures(visit, language, name)


def _press(visit: Visit, name: str) -> None:
    with visit.page.expect_navigation():
        visit.page.locator("main").get_by_role("button", name=name, exact=True).click()


def _fill(visit: Visit) -> None:
    for name, words in WORDS.items():
        visit.page.locator(f"[name={name}]").fill(words)
    for name, value in CHOSEN.items():
        visit.page.locator(f"select[name={name}]").select_option(value)
    for name in ("conduct", "mou"):
        visit.page.locator(f"[name={name}]").check()


def _apply(visit: Visit, language: str, password: str = "") -> None:
    """Send it with a gap, which is said; close the gap, show who one is (once within minutes), and send it."""
    visit.open(APPLY[language])
    _fill(visit)
    visit.page.locator("[name=services]").fill("")
    _press(visit, SEND[language])
    expect(visit.page.locator("#id_services_error")).to_have_text(MISSING[language])
    expect(visit.page.locator("[name=who]")).to_have_value(WORDS["who"])
    visit.page.locator("[name=services]").fill(WORDS["services"])
    _press(visit, SEND[language])
    if password:
        visit.page.locator("input[name=password]").fill(password)
        visit.page.locator("main button[type=submit]").click()
        expect(visit.page.locator("[name=services]")).to_have_value(WORDS["services"])
        _press(visit, SEND[language])
    expect(visit.page.get_by_role("status")).to_be_visible()
    assert visit.page.locator("[name=who]").count() == 0


def _prove_again(visit: Visit, password: str) -> None:
    visit.page.locator("input[name=password]").fill(password)
    visit.page.locator("main button[type=submit]").click()
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text(ORGANIZATION)


def _to_organization(visit: Visit, language: str, password: str) -> None:
    visit.open(QUEUE[language])
    visit.page.get_by_role("link", name=ORGANIZATION).first.click()
    _prove_again(visit, password)


def _check_everything(visit: Visit) -> None:
    points = [form.get_attribute("action") for form in visit.page.locator("form[action*='/check/']").all()]
    assert len(points) == 8
    for point in points:
        form = visit.page.locator(f"form[action='{point}']")
        form.locator("xpath=..").locator("summary").click()
        form.locator("textarea").fill("Rang them at the number in the register.")
        with visit.page.expect_navigation():
            form.get_by_role("button").click()


@pytest.mark.promise(21)
def test_from_the_application_to_two_stewards_and_out_again(visiting: Visiting, site: Site) -> None:
    outsider = visiting(javascript=False)
    people.sign_in(outsider, site, "fr", "outsider")
    _apply(outsider, "fr", demo_password())
    _pictures(outsider, "fr", "application-waits")
    _press(outsider, WITHDRAW["fr"])
    expect(outsider.page.locator("[name=who]")).to_have_value(WORDS["who"])
    _apply(outsider, "en")
    assert not _sees_what_is_vetted(outsider)

    steward = visiting()
    people.sign_in(steward, site, "en", "steward")
    for language in ("en", "fr"):
        steward.open(REVIEW[language])
        _seen(steward, language, "review")
        steward.open(QUEUE[language])
        _seen(steward, language, "review-vetting")
    _to_organization(steward, "en", demo_password())
    steward.page.get_by_role("link", name="Read it").click()
    expect(steward.page.locator("main")).to_contain_text(WORDS["privacy_lead"])
    _seen(steward, "en", "review-application")
    steward.page.go_back()
    _check_everything(steward)
    steward.page.get_by_text("Propose to let it in").click()
    steward.page.locator("#in-reason").fill("References answered.")
    _press(steward, "Propose it")
    expect(steward.page.locator("main")).to_contain_text("somebody else has to agree")
    for language in ("en", "fr"):
        steward.open(steward.path if language == "en" else _twin(steward))
        _seen(steward, language, "review-organization")

    password = "nine slow herons at dusk"
    site.manage("shell", "-c", SECOND.format(password=password))
    second = visiting(javascript=False)
    second.open("/fr/bureau/")
    people.give_password(second, "fr", "second", password)
    people.give_code(second, people.code_of(KEY))
    _to_organization(second, "fr", password)
    _pictures(second, "fr", "review-waits-for-advisers")
    expect(second.page.get_by_role("button", name=AGREE["fr"], exact=True)).to_have_count(0)
    _ask(visiting, site)
    second.page.reload()
    _press(second, AGREE["fr"])
    expect(second.page.locator("main")).to_contain_text("jusqu’à ce qu’on réponde")
    second.page.locator("textarea[name=answer]").fill("Un conseil de six femmes.")
    _press(second, "Répondre")
    _press(second, AGREE["fr"])
    expect(second.page.get_by_role("status")).to_be_visible()

    outsider.open("/en/desk/")
    expect(outsider.page.locator("main")).to_contain_text("Your organization is vetted.")
    assert _sees_what_is_vetted(outsider)
    outsider.open(FIND["en"])
    still_open = outsider.path
    assert _tells(outsider, "en")
    steward.open(QUEUE["en"])
    assert steward.page.get_by_role("link", name=ORGANIZATION).count() == 0
    second.page.locator("summary").get_by_text("Refuser, suspendre ou mettre fin").click()
    second.page.locator("#out-outcome").select_option("suspended")
    second.page.locator("#out-reason").fill("Un signalement crédible.")
    _press(second, "Confirmer la décision")
    _pictures(second, "fr", "review-suspended")
    outsider.page.reload()
    assert outsider.path == still_open
    assert not _tells(outsider, "en")
    assert not _sees_what_is_vetted(outsider)
    outsider.open("/en/desk/")
    expect(outsider.page.locator("main")).to_contain_text("Your organization is suspended")


def _ask(visiting: Visiting, site: Site) -> None:
    """The survivors' adviser has no objection; then asks all the same, which holds the approval."""
    adviser = visiting()
    people.sign_in(adviser, site, "en", "reviewer")
    adviser.page.get_by_role("link", name="What waits for stewards").click()
    adviser.page.get_by_role("link", name="Applications to vet").click()
    adviser.page.get_by_role("link", name=ORGANIZATION).first.click()
    _pictures(adviser, "en", "adviser-has-time")
    _press(adviser, "I have no objection")
    adviser.page.locator("input[name=password]").fill(demo_password())
    with adviser.page.expect_navigation():
        adviser.page.locator("main button[type=submit]").click()
    _press(adviser, "I have no objection")
    adviser.page.locator("textarea[name=question]").fill("Who runs it?")
    _press(adviser, "Ask, and hold it")
    expect(adviser.page.locator("main")).to_contain_text("This holds the approval.")
    for language in ("en", "fr"):
        adviser.open(adviser.path if language == "en" else _twin(adviser))
        _seen(adviser, language, "review-holds")
    adviser.open(_twin(adviser))
    adviser.page.get_by_role("link", name="What it answered").click()
    expect(adviser.page.locator("main")).to_contain_text(WORDS["services"])
    expect(adviser.page.locator("main")).not_to_contain_text(WORDS["references"])
    _seen(adviser, "en", "review-answered")


def _twin(visit: Visit) -> str:
    """The address of the page in the other language."""
    address = visit.page.locator("header.site nav a[hreflang]").get_attribute("href")
    assert address
    return address


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_form_of_an_application_is_readable(language: str, visiting: Visiting, site: Site) -> None:
    visit = visiting()
    people.sign_in(visit, site, language, "intake")
    visit.open(APPLY[language])
    _seen(visit, language, "application")
    _press(visit, SEND[language])
    expect(visit.page.locator(".error").first).to_be_visible()
    _seen(visit, language, "application-missing")


def test_somebody_was_not_safe_and_the_organization_is_suspended(visiting: Visiting, site: Site) -> None:
    told = visiting(javascript=False)
    told.open("/fr/")
    told.page.get_by_role("link", name="Je n’étais pas en sécurité là-bas").click()
    _press(told, "Envoyer")
    expect(told.page.locator("#id_place_error")).to_be_visible()
    told.page.locator("[name=place]").fill("La cuisine du lac, à Thompson")
    told.page.locator("[name=words]").fill("On m’a pris mon téléphone.")
    _press(told, "Envoyer")
    assert told.path == "/fr/nous-dire/merci/"
    assert told.context.cookies() == []
    other = visiting()
    other.open("/en/tell-us/")
    other.page.locator("[name=place]").fill("Doorway East")
    other.page.locator("[name=words]").fill("They wanted me to pray.")
    _press(other, "Send it")
    expect(other.page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    assert other.left_behind() == []

    steward = visiting()
    people.sign_in(steward, site, "en", "steward")
    for language in ("en", "fr"):
        steward.open(f"{REVIEW[language]}{'reports' if language == 'en' else 'signalements'}/")
        expect(steward.page.locator("ul.rows > li")).to_have_count(2)
        _seen(steward, language, "review-reports")
    steward.page.locator("ul.rows a").first.click()
    steward.page.locator("input[name=password]").fill(demo_password())
    steward.page.locator("main button[type=submit]").click()
    expect(steward.page.locator("main")).to_contain_text("On m’a pris mon téléphone.")
    _seen(steward, "fr", "review-report")
    steward.page.locator("[name=judgement]").select_option("credible")
    steward.page.locator("[name=why]").fill("Deux autres le disent.")
    _press(steward, "Évaluer")
    expect(steward.page.locator("main")).to_contain_text("Indiquez de quel organisme il s’agit.")
    ((name,),) = site.ask(
        "SELECT o.name FROM organization o JOIN membership m ON m.organization_id = o.id"
        " JOIN accounts_user u ON u.id = m.user_id WHERE u.email = 'navigator@demo.invalid'"
    )
    steward.page.locator("[name=organization]").fill(str(name))
    _press(steward, "Évaluer")
    expect(steward.page.locator("ul.rows").first.locator("li")).to_have_count(1)
    steward.open("/en/desk/review/reports/new/")
    _seen(steward, "en", "review-write-down")
    navigator = visiting(javascript=False)
    people.sign_in(navigator, site, "en", "navigator")
    expect(navigator.page.locator("main")).to_contain_text("Your organization is suspended")
    assert "téléphone" not in navigator.page.content()
