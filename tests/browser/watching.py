"""A browser window that notes what a visitor can't see: every request, complaint and trace on the device."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# A style or script that the policy stops is told by an event; the console then has it in one form.
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
REFUSED_PAGE = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Visit:
    """One window of a fresh browser profile, and all that it noted."""

    context: BrowserContext
    page: Page
    origin: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    pages: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(TELL_VIOLATIONS)
        self.page.on("request", self._note_request)
        self.page.on("response", self._note_response)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _note_response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.pages.append((response.url, response.status))
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        """A page of ours that answers 404 or 410 is no complaint; a style sheet that does is one."""
        asked = {address for address, _status in self.pages}
        if message.text.startswith(REFUSED_PAGE) and message.location["url"] in asked:
            return
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def open(self, path: str) -> Response:
        """Go to an address of the site; the last answer, after redirects."""
        response = self.page.goto(self.origin + path)
        assert response is not None
        return response

    def texts(self, selector: str) -> list[str]:
        """The words of each such element, in order: of the page as a whole, not of one still arriving after a click."""
        self.page.wait_for_load_state("domcontentloaded")
        return self.page.locator(selector).all_inner_texts()

    @property
    def path(self) -> str:
        """Where the window is now, without the origin."""
        parts = urlsplit(self.page.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def strangers(self, *allowed: str) -> list[str]:
        """Requests that left the site's origin for anywhere but `allowed`."""
        ours = (self.origin + "/", "data:", *allowed)
        return [address for address in self.requests if not address.startswith(ours)]

    def left_behind(self) -> list[Any]:
        """Cookies of the profile, and keys in the page's storage."""
        return [*self.context.cookies(), *self.page.evaluate(STORED)]
