"""The watch itself, on planted faults: what it would not see, no other test here could show."""

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Visiting, launch_arguments
from tests.browser.readable import TOO_WIDE, barriers
from tests.browser.watching import Visit

pytestmark = pytest.mark.browser
STRANGER = "http://stranger.example/pixel.png"
FAULTS = {
    "stranger": f'<img alt="" src="{STRANGER}">',
    "inline style": '<p style="color: red">Hello</p>',
    "inline script": "<script>document.cookie = 'a=1'</script>",
    "missing file": '<img alt="" src="/static/css/not-there.svg">',
    "field without a name": '<input type="text">',
    "too wide": "<pre>" + "wide" * 200 + "</pre>",
}


def _plant(visit: Visit, fault: str, *, policy: bool = True) -> None:
    """Open the safety page with a fault in it; without `policy`, as if no header protected it."""

    def answer(route: Route) -> None:
        real = route.fetch()
        headers = {n: v for n, v in real.headers.items() if policy or n != "content-security-policy"}
        body = real.text().replace("</main>", FAULTS[fault] + "</main>")
        route.fulfill(status=200, headers=headers, body=body)

    visit.page.route("**/en/safety/", answer)
    visit.open("/en/safety/")
    visit.page.wait_for_load_state("networkidle")


def test_a_request_to_a_stranger_is_seen(visiting: Visiting) -> None:
    visit = visiting()
    _plant(visit, "stranger", policy=False)
    assert visit.strangers() == [STRANGER]
    visit.requests.clear()
    visit.complaints.clear()


@pytest.mark.parametrize("fault", ["stranger", "inline style", "inline script", "missing file"])
def test_a_violation_of_the_policy_or_a_missing_file_is_seen(fault: str, visiting: Visiting) -> None:
    visit = visiting()
    _plant(visit, fault)
    assert visit.complaints
    visit.requests.clear()
    visit.complaints.clear()


def test_what_stays_on_the_device_is_seen(visiting: Visiting) -> None:
    visit = visiting()
    _plant(visit, "inline script", policy=False)
    visit.page.evaluate("() => localStorage.setItem('b', '2')")
    assert [visit.left_behind()[0]["name"], visit.left_behind()[1]] == ["a", "b"]


def test_a_barrier_is_seen_and_a_page_that_is_too_wide(visiting: Visiting) -> None:
    visit = visiting()
    _plant(visit, "field without a name")
    assert [(rule, width) for width, rule, _places in barriers(visit.page)] == [
        ("label", 1280),
        ("label", 360),
    ]
    wide = visiting()
    _plant(wide, "too wide")
    wide.page.set_viewport_size({"width": 320, "height": 640})
    assert wide.page.evaluate(TOO_WIDE)


def test_a_missing_chromium_fails_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        launch_arguments()
