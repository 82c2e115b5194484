"""The plain texts of protocols: paragraphs apart by a blank line, lists of lines that begin with "- ", nothing else."""

from dataclasses import dataclass

BULLET = "- "


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of one line, or a list of several."""

    lines: tuple[str, ...]
    is_list: bool = False


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _items(lines: list[str]) -> tuple[str, ...]:
    """The items of a list; a line without a bullet goes on with the item before it."""
    items: list[list[str]] = []
    for line in lines:
        if line.startswith(BULLET):
            items.append([line.removeprefix(BULLET)])
        else:
            items[-1].append(line)
    return tuple(_joined(item) for item in items)


def _parted(lines: list[str]) -> list[Passage]:
    """A paragraph, a list, or a paragraph that a list follows without a blank line."""
    first = next((at for at, line in enumerate(lines) if line.startswith(BULLET)), len(lines))
    made = [Passage((_joined(lines[:first]),))] if first else []
    return made + ([Passage(_items(lines[first:]), is_list=True)] if first < len(lines) else [])


def passages(text: str) -> tuple[Passage, ...]:
    """The paragraphs and lists of a text, in order."""
    made: list[Passage] = []
    lines: list[str] = []
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        if line.strip():
            lines.append(line.strip())
        elif lines:
            made += _parted(lines)
            lines = []
    return tuple(made)
