"""The map of a page of results in a real browser: on demand, light, by keyboard, in step with the list."""

import gzip
import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Response, Route, expect

from tests.browser.conftest import Visiting
from tests.browser.public_pages import search
from tests.browser.readable import assert_readable
from tests.browser.serving import Site
from tests.browser.watching import Visit
from tests.browser.wording import HIDE_MAP, IN_THE_LIST, LEAVE, SHOW_MAP

pytestmark = pytest.mark.browser
in_both_languages = pytest.mark.parametrize("language", ["en", "fr"])
MARK = "#map button.map-mark"
ON_DEMAND, ALWAYS = 150_000, 10_000
"""Bytes, compressed: of everything that comes when the map is opened, and of all scripts of a page without it."""

LARGEST_LIST = 45_000
"""Bytes that a thousand services weigh, instead of the few of this site."""

# Every spot in one group, each group apart from the next, and areas that can be seen as such with their like alone.
GROUPS = """async (address) => {
  const { groupsOf, lookOf, roomFor } = await import(address);
  const spots = Array.from({ length: 300 }, (_, i) =>
    ({ x: (i * 89) % 700, y: (i * 53) % 500, wide: i % 7 ? 0 : i % 2 ? 40 : 200, at: i }));
  const groups = groupsOf(spots);
  const near = groups.filter((g) => groups.some((o) => o !== g && o.isWide === g.isWide && !g.isWide &&
    Math.hypot(o.x - g.x, o.y - g.y) < 46));
  const box = (left) => ({ left, right: left + 10, top: 0, bottom: 10 });
  return {
    members: groups.flatMap((g) => g.members.map((s) => s.at)).sort((a, b) => a - b),
    near: near.length,
    looks: [...new Set(groups.map(lookOf))].sort(),
    mixed: groups.filter((g) => g.isWide && g.members.some((s) => s.wide < 76)).length,
    room: roomFor([box(0), box(5), box(20), box(40)], [box(41)], { width: 60, height: 60 }).map((b) => b.left),
    inside: roomFor([box(-1), box(0), box(50), box(51)], [], { width: 60, height: 60 }).map((b) => b.left),
    high: roomFor([box(0)], [], { width: 60, height: 9 }).length,
  };
}"""


def open_map(visit: Visit, language: str, **asked: str) -> list[Response]:
    """A page of results with its map open; what came for the map."""
    visit.open(search(language, **asked))
    came: list[Response] = []
    visit.page.on("response", lambda answer: came.append(answer))
    visit.page.get_by_role("button", name=SHOW_MAP[language]).click()
    expect(visit.page.locator(MARK).first).to_be_visible()
    expect(visit.page.get_by_role("button", name=HIDE_MAP[language])).to_have_attribute(
        "aria-expanded", "true"
    )
    return came


def pick_rows(visit: Visit, pick: Callable[[list[Any]], dict[int, Any]]) -> None:
    """The map is told these rows of the list alone, at their numbers; of the others it knows no place."""

    def answer(route: Route) -> None:
        told = route.fetch().json()
        kept = pick(told["services"])
        told["services"] = [kept.get(at) for at in range(len(told["services"]))]
        route.fulfill(json=told)

    visit.page.route("**/points/", answer)


def of_one_area(rows: list[Any]) -> dict[int, Any]:
    """All that stand in the area of the first; of several, a mark between them leaves none where one looks closer."""
    in_areas = {at: row for at, row in enumerate(rows) if row and row[-1]}
    first = next(iter(in_areas.values()))
    return {at: row for at, row in in_areas.items() if row[7:] == first[7:]}


def draw_to_the_middle(visit: Visit) -> None:
    """The mark nearest to the middle of the map, by the mouse: coming nearer keeps what stands in the middle alone."""
    middle = centre(visit.page.locator("#map .map-ground").bounding_box())
    boxes = [centre(mark.bounding_box()) for mark in visit.page.locator(MARK).all()]
    x, y = min(boxes, key=lambda point: math.dist(point, middle))
    mouse = visit.page.mouse
    start = (x - (x - middle[0]) / 2, y - (y - middle[1]) / 2)
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + middle[0] - x, start[1] + middle[1] - y, steps=5)
    mouse.up()
    visit.page.wait_for_timeout(50)


def centre(box: FloatRect | None) -> tuple[float, float]:
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def compressed(answers: list[Response]) -> int:
    return sum(len(gzip.compress(answer.body(), 6)) for answer in answers)


@pytest.mark.promise(18)
@pytest.mark.promise(19)
@in_both_languages
def test_the_map_comes_when_asked_for_light_from_here_and_for_everybody(
    language: str, visiting: Visiting
) -> None:
    visit = visiting()
    every: list[Response] = []
    visit.page.on("response", lambda answer: every.append(answer))
    came = open_map(visit, language, near="Winnipeg")
    always = [answer for answer in every if answer.request.resource_type == "script" and answer not in came]
    assert 0 < compressed(always) < ALWAYS
    own_sheet = [answer for answer in every if "/css/map." in answer.url]
    assert 90_000 < compressed(came + own_sheet) < ON_DEMAND - LARGEST_LIST
    assert {answer.status for answer in came} == {200}
    assert any(answer.url.endswith("/points/") for answer in came)
    visit.page.locator(MARK).first.focus()
    assert_readable(visit.page, language)
    assert visit.strangers() == []
    assert visit.left_behind() == []


def test_without_javascript_there_is_no_button_and_nothing_is_missing(visiting: Visiting) -> None:
    visit = visiting(javascript=False)
    visit.open(search("en", near="Winnipeg"))
    expect(visit.page.get_by_role("button", name=SHOW_MAP["en"])).to_have_count(0)
    assert not visit.page.locator("[data-map]").is_visible()
    assert len(visit.texts("ol.results > li h2")) == 20


def test_by_keyboard_a_number_opens_until_a_service_leads_to_its_card(visiting: Visiting) -> None:
    visit = visiting()
    open_map(visit, "en", near="Winnipeg")
    keyboard, page = visit.page.keyboard, visit.page
    several = page.get_by_role("button", name=re.compile(r"^\d+ services$")).first
    several.focus()
    for _press in range(6):
        keyboard.press("Enter")
        page.wait_for_timeout(150)
        if page.locator(".leaflet-popup").count():
            break
        assert page.evaluate("() => document.activeElement.matches('.map-mark')")
    told = page.get_by_role("dialog")
    expect(told).to_be_focused()
    keyboard.press("Escape")
    expect(told).to_have_count(0)
    assert page.evaluate("() => document.activeElement.matches('.map-mark')")
    keyboard.press("Space")
    name = told.locator("strong").first.inner_text()
    told.get_by_role("link", name=IN_THE_LIST["en"]).first.press("Enter")
    assert page.evaluate("() => document.activeElement.textContent") == name
    expect(page.locator("li.result.is-lit h2 a")).to_have_text(name)
    assert "#" not in page.url
    expect(page.locator(".map-mark.is-lit")).to_have_count(1)


def test_services_of_one_door_are_told_together_each_with_its_place_in_the_list(visiting: Visiting) -> None:
    visit = visiting()
    pick_rows(visit, lambda rows: {0: rows[0], 24: rows[24][:7] + rows[0][7:]})
    open_map(visit, "fr", near="Winnipeg")
    page = visit.page
    page.locator(MARK).press("Enter")
    told = page.get_by_role("dialog")
    names = told.locator("strong").all_inner_texts()
    assert [link.inner_text() for link in told.locator("li a").all()] == [
        "Dans la liste",
        "Dans la liste, page 2",
    ]
    told.locator("li a").last.click()
    page.wait_for_url(re.compile(r"/2/#r-5$"))
    expect(page.locator("li.result:target h2 a")).to_have_text(names[1])


@pytest.mark.promise(1)
def test_an_area_is_never_seen_from_nearer_than_an_area_may_be(visiting: Visiting) -> None:
    visit = visiting()
    pick_rows(visit, of_one_area)
    open_map(visit, "en", near="Winnipeg")
    page = visit.page
    closer = page.locator("#map .leaflet-control-zoom-in")
    for _press in range(8):
        if closer.get_attribute("aria-disabled") == "true":
            break
        draw_to_the_middle(visit)
        closer.click()
        page.wait_for_timeout(50)
    expect(closer).to_have_attribute("aria-disabled", "true")
    looks = page.locator(MARK).evaluate_all("(all) => all.map((b) => [b.offsetWidth, b.className])")
    assert looks
    assert all(width >= 76 and "map-wide" in name for width, name in looks), looks


def test_what_stands_together_is_told_once_and_names_leave_room(visiting: Visiting) -> None:
    visit = visiting()
    visit.open(search("en", near="Winnipeg"))
    page = visit.page
    found = page.evaluate(GROUPS, page.locator("[data-map]").get_attribute("data-groups"))
    assert found["members"] == list(range(300))
    assert (found["near"], found["mixed"], found["room"]) == (0, 0, [0, 20])
    assert (found["inside"], found["high"]) == ([0, 50], 0)
    assert {"door", "many", "wide"} <= set(found["looks"])


# The names that reach over the map's edge, or over one another; how many there are; and the width of the map.
NAMES = """() => {
  const edge = document.querySelector("#map .map-ground").getBoundingClientRect();
  const names = [...document.querySelectorAll("#map .map-name span")];
  const boxes = names.map((name) => ({ name: name.textContent, ...name.getBoundingClientRect().toJSON() }));
  const isCut = (box) =>
    box.left < edge.left || box.right > edge.right || box.top < edge.top || box.bottom > edge.bottom;
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    count: names.length,
    cut: boxes.filter(isCut).map((box) => box.name),
    over: boxes.filter((box, at) => boxes.slice(at + 1).some((other) => meet(box, other))).map((box) => box.name),
  };
}"""


@pytest.mark.parametrize("letters", ["16px", "24px"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_name_of_a_town_is_cut_off(visiting: Visiting, width: int, letters: str) -> None:
    visit = visiting()
    page = visit.page
    page.set_viewport_size({"width": width, "height": 720})
    page.add_init_script(
        f"document.addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '{letters}')"
    )
    open_map(visit, "en", near="Toronto")
    ground = page.locator("#map .map-ground")
    ground.focus()
    seen = 0
    for key in ("", "-", "-", "ArrowRight", "ArrowRight", "ArrowDown", "-", "ArrowLeft"):
        if key:
            page.keyboard.press(key)
            page.wait_for_timeout(600)
        found = page.evaluate(NAMES)
        seen += found["count"]
        assert (found["cut"], found["over"]) == ([], []), key
    assert seen > 10


@pytest.mark.promise(19)
def test_the_exit_works_with_the_map_open_and_hiding_it_gives_the_list_its_place(
    visiting: Visiting, site: Site
) -> None:
    visit = visiting()
    open_map(visit, "en", near="Winnipeg")
    visit.page.get_by_role("button", name=HIDE_MAP["en"]).click()
    expect(visit.page.locator("#map")).to_be_hidden()
    visit.page.get_by_role("button", name=SHOW_MAP["en"]).click()
    expect(visit.page.get_by_role("link", name=LEAVE["en"])).to_be_visible()
    visit.page.locator(MARK).first.focus()
    for _press in range(3):
        visit.page.keyboard.press("Shift")
    visit.page.wait_for_url(site.exit_url)
    visit.requests.clear()


def test_an_address_that_is_over_is_told_and_the_list_stays(visiting: Visiting) -> None:
    visit = visiting()
    visit.page.route(
        "**/points/", lambda route: route.fulfill(status=410, json={"errors": {"request": ["Over."]}})
    )
    visit.open(search("en", near="Winnipeg"))
    visit.page.get_by_role("button", name=SHOW_MAP["en"]).click()
    expect(visit.page.locator("[data-map] [role=status]")).to_have_text("Over.")
    expect(visit.page.get_by_role("button", name=SHOW_MAP["en"])).to_have_attribute("aria-expanded", "false")
    visit.complaints.clear()
