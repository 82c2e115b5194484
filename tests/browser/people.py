"""Demo people at a real browser: signing in with what they know and what their telephone shows."""

import email
import hmac
import json
import re
import struct
import time
from base64 import b32decode
from collections.abc import Callable
from email.message import Message
from pathlib import Path

from django.conf import settings

from accounts.demo import demo_password
from tests.browser.serving import Site
from tests.browser.watching import Visit
from tests.browser.wording import SIGN_IN

DESK = {"en": "/en/desk/", "fr": "/fr/bureau/"}
PERIOD, ENOUGH = 30, 5  # seconds: how long a code is good, and how long a test may need to send it
LINK = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+(/\S+)")


def address_of(who: str) -> str:
    """A demo person's e-mail address."""
    return f"{who}@demo.invalid"


def give_password(visit: Visit, language: str, who: str, password: str = "") -> None:
    """Fill the form for signing in, wherever it is shown, and send it."""
    visit.page.locator("input[name=login]").fill(address_of(who))
    visit.page.locator("input[name=password]").fill(password or demo_password())
    visit.page.get_by_role("button", name=SIGN_IN[language]).click()


def give_code(visit: Visit, code: str) -> None:
    """Fill the form for the second factor, and send it with Enter."""
    visit.page.locator("input[name=code]").fill(code)
    visit.page.locator("input[name=code]").press("Enter")


KEYS = """
import json
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
found = Authenticator.objects.filter(type="totp", user__email__endswith="@demo.invalid").select_related("user")
print(json.dumps({one.user.email: decrypt(one.data["secret"]) for one in found}))
"""
SEALED = """SELECT a.data ->> 'secret' FROM mfa_authenticator a JOIN accounts_user u ON u.id = a.user_id
 WHERE u.email = %s AND a.type = 'totp'"""
USED_NO_MORE = "DELETE FROM accounts_cache WHERE cache_key LIKE '%%allauth.mfa.totp.used%%'"
_keys: dict[tuple[str, object], str] = {}
"""By site and sealed secret, what a demo person's telephone knows."""


def sign_in(visit: Visit, site: Site, language: str, who: str, password: str = "") -> None:
    """From the desk's address to the desk. A code is taken once, but here: else the same person waits half a minute."""
    visit.open(DESK[language])
    give_password(visit, language, who, password)
    give_code(visit, code_for(site, who))
    visit.page.wait_for_url(f"**{DESK[language]}")


def code_for(site: Site, who: str) -> str:
    """What this person's telephone shows now, to be taken even if it was before."""
    code = code_of(_key(site, who))
    site.ask(USED_NO_MORE)
    return code


def _key(site: Site, who: str) -> str:
    """The key of a demo person; asked of the site once, for all of them, until somebody has a new one."""
    ((sealed,),) = site.ask(SEALED, address_of(who))
    if (site.origin, sealed) not in _keys:
        told = json.loads(site.manage("shell", "-c", KEYS).splitlines()[-1])
        for address, key in told.items():
            ((of_this,),) = site.ask(SEALED, address)
            _keys[site.origin, of_this] = key
    return _keys[site.origin, sealed]


def _lasting(read_code: Callable[[], str]) -> str:
    """A code that stays good for ENOUGH seconds from now on, so that a slow machine can still send it."""
    while True:
        began = time.time() // PERIOD
        code, now = read_code(), time.time()
        if now // PERIOD == began and PERIOD - now % PERIOD >= ENOUGH:
            return code
        time.sleep(PERIOD - now % PERIOD)


def code_of(key: str) -> str:
    """What an authenticator app shows for the key that a page told (RFC 6238: 30 s, SHA-1, 6 digits)."""
    return _lasting(lambda: _shown(key))


def _shown(key: str) -> str:
    secret = b32decode(key + "=" * (-len(key) % 8))
    mac = hmac.digest(secret, struct.pack(">Q", int(time.time()) // PERIOD), "sha1")
    (number,) = struct.unpack(">I", mac[mac[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


DELIVER = "from datetime import *; from safety.notices import deliver; deliver(datetime.now(UTC))"
"""What the worker does each minute. None runs here: it would anchor this audit trail in the clone's own file."""


class Mailbox:
    """Letters that the site writes into its folder from now on; read, they are removed."""

    def __init__(self) -> None:
        self.folder = Path(settings.EMAIL_FILE_PATH)
        self.old = set(self.folder.glob("*.log"))

    def links(self, *who: str) -> dict[str, str]:
        """By address, the path of the one link in the one new letter to it; `who` names the only ones looked at."""
        new = [path for path in self.folder.glob("*.log") if path not in self.old]
        told = {path: email.message_from_bytes(path.read_bytes()) for path in new}
        mine = {address_of(name) for name in who}
        letters = [letter for letter in told.values() if not mine or letter["To"] in mine]
        for path, letter in told.items():
            if letter in letters:
                path.unlink()
        assert len({letter["To"] for letter in letters}) == len(letters)
        return {str(letter["To"]): _link_in(letter) for letter in letters}

    def link_in_language(self, who: str, language: str) -> str:
        """The path of the link in that language, of the one new letter to `who` in both."""
        new = [path for path in self.folder.glob("*.log") if path not in self.old]
        told = {path: email.message_from_bytes(path.read_bytes()) for path in new}
        (path,) = [path for path, letter in told.items() if letter["To"] == address_of(who)]
        text = told[path].get_payload(decode=True)
        path.unlink()
        assert isinstance(text, bytes)
        (link,) = [link for link in LINK.findall(text.decode()) if link.startswith(f"/{language}/")]
        return str(link)

    def link_for(self, who: str) -> str:
        """The path of the one link in the one new letter to `who`."""
        return self.links(who)[address_of(who)]


def _link_in(letter: Message) -> str:
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    (link,) = LINK.findall(text.decode())
    return str(link)
