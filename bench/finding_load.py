"""`python -m bench.finding_load`: asks a server the same questions from several clients at once, for some seconds.

A program of its own, of the standard library alone, so that asking takes as little from answering as can be. Reads
what to ask as JSON from its input and prints the seconds of each answer by question.
"""

import http.client
import json
import random
import sys
import threading
import time
from collections import defaultdict
from typing import Any

PATIENCE = 300
HEADERS = {"Content-Type": "application/json", "Host": "localhost"}


class Load:
    """What is asked, and the seconds of what was answered. `faults` end it."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.port, self.path = int(asked["port"]), str(asked["path"])
        self.bodies = {name: json.dumps(body).encode() for name, body in asked["bodies"].items()}
        self.clients, self.seconds = int(asked["clients"]), float(asked["seconds"])
        self.found: dict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []

    def run(self) -> None:
        """All clients at once, until the time is over and each has asked every question."""
        until = time.perf_counter() + self.seconds
        clients = [threading.Thread(target=self._ask_on, args=(n, until)) for n in range(self.clients)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def _ask_on(self, number: int, until: float) -> None:
        """Decks of all questions, each in an order of its own and on a connection of its own."""
        chance, is_first = random.Random(number), True
        try:
            while is_first or time.perf_counter() < until:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                for name in chance.sample(list(self.bodies), len(self.bodies)):
                    if not is_first and time.perf_counter() >= until:
                        break
                    self.found[name].append(self._seconds(connection, name))
                connection.close()
                is_first = False
        except (OSError, http.client.HTTPException) as fault:
            self.faults.append(f"{self.path}: {fault!r}")

    def _seconds(self, connection: http.client.HTTPConnection, name: str) -> float:
        begun = time.perf_counter()
        connection.request("POST", self.path, self.bodies[name], HEADERS)
        answer = connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - begun
        if answer.status != 200:
            raise OSError(f"{name} answered {answer.status}: {body[:200]!r}")
        return seconds


def main() -> int:
    """Print `{question: [seconds, ...]}` in one line."""
    load = Load(json.load(sys.stdin))
    load.run()
    if load.faults:
        sys.exit("\n".join(load.faults[:3]))
    print(json.dumps(load.found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
