"""A stranger with a script: asks public addresses, thousands of times, from as many lines as he likes."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.test import Client

from tests.attacker.earth import Point

Json = dict[str, Any]
PAGES = 50
"""How far a list can be turned over."""


class Refused(Exception):
    """The site said no; the words are its own."""


def place(point: Point) -> str:
    """A point as the search reads it: two digits behind the point."""
    return f"{point[0]:.2f},{point[1]:.2f}"


class Stranger:
    """Knows what the public doors answer to `client`, and nothing else. `asked` counts his requests."""

    def __init__(self, client: Client) -> None:
        self._client, self.asked = client, 0

    def get(self, path: str, **values: Any) -> Any:
        """The answer of an address, whatever it is; each time from another line."""
        self.asked += 1
        line = f"10.{self.asked >> 16 & 255}.{self.asked >> 8 & 255}.{self.asked & 255}"
        return self._client.get(path, values, REMOTE_ADDR=line)

    def json(self, path: str, **values: Any) -> Json:
        """The JSON of an address. Raises Refused for an answer that is none."""
        answer = self.get(path, **values)
        if answer.status_code != 200:
            raise Refused(f"{answer.status_code} {answer.content[:200]!r}")
        told: Json = json.loads(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        return told

    def search(self, **asked: Any) -> Json:
        """One page of the search."""
        return self.json("/api/search", **{"lang": "en"} | asked)

    def pages(self, most: int = PAGES, **asked: Any) -> Iterator[Json]:
        """Page after page of a search."""
        first = self.search(**asked)
        yield first
        for number in range(2, min(most, first["pages"]) + 1):
            yield self.search(page=number, **asked)

    def found(self, most: int = PAGES, **asked: Any) -> list[Json]:
        """All results of a search, in their order, across the boundaries of its pages."""
        return [result for page in self.pages(most, **asked) for result in page["results"]]

    def map(self, **asked: Any) -> list[Json]:
        """What the map of a search shows; what has no place on it is left out."""
        sealed = self.get("/en/find/", **asked)
        told = self.json(f"{sealed['Location']}points/")
        return [dict(zip(told["columns"], row, strict=True)) for row in told["services"] if row]

    def page(self, path: str) -> str:
        """The words of a page."""
        return str(self.get(path).content.decode())


def shown(results: Sequence[Json]) -> set[str]:
    """Ids of results."""
    return {result["id"] for result in results}
