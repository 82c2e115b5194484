"""Reading the files of a large package in several processes at once; what they read comes as they read it."""

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait

from directory.actions.beside import MOST, processes_with
from directory.actions.import_hsds_reading import Block, Fault, Reading
from directory.actions.without_collecting import without_collecting
from directory.rules.hsds_package import PackageError, Piece, Told

WORTH_IT = 8 * 1024**2
"""Bytes of a package from which on other processes are asked."""


@dataclass(frozen=True, slots=True)
class Done:
    """A file was read to its end: how many records could be taken, and what is told of it."""

    file: int
    records: int
    told: Told


@dataclass(frozen=True, slots=True)
class _Failed:
    """Why a process stopped. `is_package`: because of the package, in a sentence."""

    words: str
    is_package: bool


Read = Block | Fault | Done


def pays(pieces: Sequence[Piece]) -> bool:
    """True if there are several files, each of other records, and enough to read."""
    entities = {piece.entity for piece in pieces}
    is_divided = len(pieces) > 1 and len(entities) == len(pieces)
    return is_divided and sum(piece.size for piece in pieces) >= WORTH_IT and (os.cpu_count() or 1) > 1


def read_apart(pieces: Sequence[Piece], publisher: str) -> Generator[Read, None, None]:
    """What stands in all of them, in the order in which it is read. Raises PackageError."""
    shares = _shares(pieces, min(MOST, os.cpu_count() or 1))
    with processes_with(_read_share, [(publisher, share) for share in shares]) as pipes:
        waiting = list(pipes)
        while waiting:
            for pipe in wait(waiting):
                assert isinstance(pipe, Connection)  # nothing else was waited for
                read = _received(pipe)
                if read is None:
                    waiting.remove(pipe)
                else:
                    yield read


def _received(pipe: Connection) -> Read | None:
    """The next that a process tells; None where it is through. Raises what it met."""
    try:
        read: Read | _Failed | None = pipe.recv()
    except EOFError:
        raise RuntimeError("A process that was reading the package ended before its time.") from None
    if isinstance(read, _Failed):
        raise PackageError(read.words) if read.is_package else RuntimeError(read.words)
    return read


def _shares(pieces: Sequence[Piece], count: int) -> list[list[tuple[int, Piece]]]:
    """Files, by number, for each process: the largest first, to whoever has least to read."""
    shares: list[list[tuple[int, Piece]]] = [[] for _ in range(count)]
    for numbered in sorted(enumerate(pieces), key=lambda each: -each[1].size):
        min(shares, key=lambda share: sum(piece.size for _, piece in share)).append(numbered)
    return [share for share in shares if share]


def _read_share(pipe: Connection, publisher: str, share: list[tuple[int, Piece]]) -> None:
    """In a process of its own: read these files and tell all of it."""
    try:
        with without_collecting():
            for number, piece in share:
                _read_piece(pipe, publisher, number, piece)
        pipe.send(None)
    except PackageError as fault:
        pipe.send(_Failed(str(fault), is_package=True))
    except Exception as fault:  # told to whoever waits, who raises it
        pipe.send(_Failed(f"{type(fault).__name__}: {fault}", is_package=False))
        raise


def _read_piece(pipe: Connection, publisher: str, number: int, piece: Piece) -> None:
    reading, told = Reading(publisher), Told()
    for part in piece.parts(told):
        for found in reading.blocks(part, number):
            pipe.send(found)
    for block in reading.rest():
        pipe.send(block)
    pipe.send(Done(number, reading.read, told))
