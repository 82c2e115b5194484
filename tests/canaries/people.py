"""Who reads: all whom the site tells apart, each with a browser that is open since before anything was decided."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.lost_factor import ask_for_renewal, open_door
from accounts.models import FactorRenewal, User
from cms.actions.keep_home import AUTHORS, EDITORS
from directory.models.adviser import Adviser
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.publisher import Publisher
from directory.models.vetting import VettingDecision
from directory.rules.standing import Kind, Standing, last_day
from directory.viewers import tier_of
from tests.canaries.rights import Reader
from tests.canaries.words import Aviary

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PROOFS = "account_authentication_methods"
"""Where a session keeps what it was shown."""


class Browser(Client):
    """Django's, which does not keep a copy of the context of every template that is filled in."""

    def request(self, **request: Any) -> Any:
        """The answer. Raises what the site raised."""
        got_request_exception.connect(self.store_exc_info, dispatch_uid="canaries")
        try:
            answer = self.handler(self._base_environ(**request))
        finally:
            got_request_exception.disconnect(dispatch_uid="canaries")
        self.check_exception(answer)
        self.cookies.update(answer.cookies)
        return answer


class Person(NamedTuple):
    """A reader, and the browser they sit at."""

    reader: Reader
    browser: Browser


class Cast:
    """Makes people and what they belong to; each has an address that is a canary."""

    def __init__(self, aviary: Aviary) -> None:
        self.aviary = aviary
        self.first, self.second = self.user("first", is_staff=True), self.user("second", is_staff=True)

    def user(self, name: str, works_for: Organization | None = None, **more: Any) -> User:
        """Somebody with an account."""
        word = self.aviary.word("user.email")
        made = User.objects.create_user(f"{word}@{name}.example", "correct horse battery", **more)
        whose = works_for.pk if works_for else None
        self.aviary.by_word[word] = replace(self.aviary.by_word[word], of=made.pk, whose=whose)
        return made

    def organization(self, name: str) -> Organization:
        """One that lists nothing."""
        publisher, _ = Publisher.objects.get_or_create(slug="plain", defaults={"name": "Plain"})
        return Organization.objects.create(publisher=publisher, name=name)

    def decide(
        self,
        organization: Organization,
        outcome: Standing,
        kind: Kind = Kind.COMMUNITY,
        *,
        hours_ago: int = 48,
    ) -> VettingDecision:
        """What stewards decided, in force since then. An expired one was let in until the day before yesterday."""
        at = timezone.now() - timedelta(hours=hours_ago)
        is_over = outcome is Standing.EXPIRED
        good = outcome in (Standing.APPROVED, Standing.CONDITIONAL) or is_over
        reason = self.aviary.word("vetting_decision.reason", whose=organization.pk)
        return VettingDecision.objects.create(
            organization=organization,
            outcome=Standing.APPROVED if is_over else outcome,
            kind=kind,
            reason=reason,
            decided_by=self.first,
            decided_at=at,
            until=last_day(at) + timedelta(days=-2 if is_over else 300) if good else None,
            agreed_by=self.second if good else None,
            agreed_at=at if good else None,
        )

    def member(self, name: str, organization: Organization, role: Role) -> Person:
        """Somebody who works there, with both factors shown."""
        user = self.user(name, organization)
        began = timezone.now() - timedelta(days=3)
        Membership.objects.create(user=user, organization=organization, role=role, began_at=began)
        return Person(reader_of(name, user, organization, role), browser_of(user))

    def steward(self, name: str, *, second_factor: bool = True) -> Person:
        """One of the national team. Who gave a password alone is nobody, and knows their own address."""
        user = self.user(name, is_staff=True)
        return Person(
            Reader(name, user=user.pk, is_steward=second_factor),
            browser_of(user, second_factor=second_factor),
        )

    def renewal(self, name: str) -> FactorRenewal:
        """Somebody lost the second factor; a steward asked for a new one, and the letter is on its way."""
        now, reason = timezone.now(), self.aviary.word("factor_renewal.reason")
        with transaction.atomic():
            made = ask_for_renewal(user=self.user(name), reason=reason, by=self.first.pk, now=now)
            open_door(made, now)
        return made

    def adviser(self, name: str) -> Person:
        """A survivors' adviser."""
        user = self.user(name)
        Adviser.objects.create(user=user, named_by=self.first, began_at=timezone.now() - timedelta(days=3))
        return Person(Reader(name, user=user.pk, is_adviser=True), browser_of(user))

    def editor(self, name: str) -> Person:
        """Somebody who writes protocols, and belongs nowhere."""
        user = self.user(name)
        word = user.email.partition("@")[0]
        self.aviary.by_word[word] = replace(self.aviary.by_word[word], what="editor.email")
        user.groups.add(Group.objects.get(name=AUTHORS), Group.objects.get(name=EDITORS))
        return Person(Reader(name, user=user.pk, is_editor=True), browser_of(user))

    def outsider(self, name: str) -> Person:
        """An account that belongs nowhere."""
        user = self.user(name)
        return Person(Reader(name, user=user.pk), browser_of(user))


def reader_of(name: str, user: User, organization: Organization, role: Role) -> Reader:
    """A member at the tier that the organization has now, as the site itself finds it."""
    tier = tier_of(organization.pk, last_day(timezone.now()))
    return Reader(name, user=user.pk, organization=organization.pk, tier=tier, role=role)


def freshen(person: Person) -> None:
    """Who proved lately who they are did so a moment ago, however long other tests take."""
    if settings.SESSION_COOKIE_NAME not in person.browser.cookies:
        return
    session = person.browser.session
    if records := session.get(PROOFS):
        session[PROOFS] = [{**one, "at": time.time()} for one in records]
        session.save()


def browser_of(user: User, *, second_factor: bool = True) -> Browser:
    """A browser in which somebody is signed in and, with a second factor, proved a moment ago who they are."""
    browser = Browser(raise_request_exception=True)
    browser.force_login(user)
    auth.TOTP.activate(user, SECRET)
    factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    records: list[dict[str, Any]] = [{"method": "password", "at": time.time()}]
    if second_factor:
        shown = {"method": "mfa", "at": time.time(), "id": factor.pk, "type": factor.type}
        records += [shown, {"method": "password", "at": time.time(), "reauthenticated": True}]
    session = browser.session
    session[PROOFS] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return browser
