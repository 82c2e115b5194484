"""`python -m bench.hsds_pages`: page times of /hsds/services on the database of the environment, as JSON.

A program of its own, because the connections of a running Django stay with the database they began with.
"""

import json
import sys
from typing import Any

import django
from django.conf import settings

from bench.timing import seconds_of

PATH = "/hsds/services"
TIMES = 10
"""Requests of each of three pages: the first, the middle one and the last."""


def main() -> int:
    """Print `{"total": services, "seconds": {page: [...]}}` in one line."""
    django.setup()
    from django.test import Client  # after Django knows its settings

    settings.THROTTLE_LIMITS = {}
    client = Client(headers={"host": "localhost"})
    first = _page(client, 1)
    last = int(first["total_pages"])
    seconds: dict[int, list[float]] = {}
    for number in (1, (last + 1) // 2, last):
        _page(client, number)
        seconds[number] = seconds_of(lambda number=number: _page(client, number), TIMES)
    print(json.dumps({"total": first["total_items"], "seconds": seconds}))
    return 0


def _page(client: Any, number: int) -> dict[str, Any]:
    """The envelope of one page, wholly read; anything but a filled page ends the program."""
    answer = client.get(PATH, {"page": number}, follow=True)
    body = answer.getvalue()
    if answer.status_code != 200:
        sys.exit(f"{PATH}?page={number} answered {answer.status_code}: {body[:300]!r}")
    envelope: dict[str, Any] = json.loads(body)
    if not envelope.get("contents"):
        sys.exit(f"{PATH}?page={number} is empty: were the made services published as open data?")
    return envelope


if __name__ == "__main__":
    sys.exit(main())
