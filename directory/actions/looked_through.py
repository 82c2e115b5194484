"""Whether texts tell a protected door, each found out once; many of them by several processes at the same time."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType
from typing import Self

from directory.actions.beside import MOST, processes
from directory.rules.door_traces import Traces, tells

WORTH_HELP = 4_000
"""So many texts take longer to look through than other processes to be reached."""


class LookedThrough:
    """Call it with a text: True if the text tells. The processes that helped end with the block."""

    def __init__(self, traces: Traces) -> None:
        self.traces = traces
        self._known: dict[str, bool] = {}
        self._others: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._others:
            self._others.shutdown(cancel_futures=True)

    def __call__(self, text: str) -> bool:
        if text not in self._known:
            self._known[text] = tells(text, self.traces)
        return self._known[text]

    def in_street(self, text: str) -> bool:
        """True if the text tells more than a street's name: asked of where another place stands."""
        return self(text) and tells(text, self.traces.for_names)

    def look_through(self, texts: Iterable[str]) -> None:
        """Find out at once about all that will be asked."""
        new = [text for text in texts if text not in self._known]
        if len(new) < WORTH_HELP:
            return
        self._others = self._others or processes()
        parts = [new[start::MOST] for start in range(MOST)]
        for part, told in zip(parts, self._others.map(_told, [self.traces] * MOST, parts), strict=True):
            self._known.update(zip(part, told, strict=True))


def _told(traces: Traces, texts: list[str]) -> list[bool]:
    return [tells(text, traces) for text in texts]
