"""Where the questions of a GIFT file begin and end: the step before any is read."""

import re
from dataclasses import dataclass

from quizzes.interchange.source import refuse_many

CATEGORY = "$CATEGORY:"
# An escaped sign is kept apart from one that means something, as a character no text may hold.
SIGNS = ":#={}~"
_HIDDEN = {sign: chr(0xFDE0 + at) for at, sign in enumerate(SIGNS)} | {"n": "\ufde8"}
_SHOWN = str.maketrans(
    {hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()} | {"\ufde9": "\\"}
)
_escape = re.compile(r"\\([\\:#={}~n])")
_reserved = re.compile("[\ufdd0-\ufdef]")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, with their comments apart; signs that were escaped are hidden."""

    line: int
    text: str
    comments: tuple[str, ...]
    alone: bool = True  # with an empty line before it


def hidden(text: str) -> str:
    """The text with its escaped signs put out of the way."""

    def hide(match: re.Match[str]) -> str:
        sign = match.group(1)
        return "\ufde9" if sign == "\\" else _HIDDEN[sign]

    return _escape.sub(hide, _reserved.sub("", text))


def shown(text: str) -> str:
    """The text with its escaped signs as they are meant."""
    return text.translate(_SHOWN)


def blocks_of(text: str) -> list[Block]:
    """The blocks of a file, in order, each with its first line that says something."""
    lines = re.split(r"\r\n|\r|\n", text)
    pieces = _joined(_between_empty_lines(lines))
    found = [block for piece in pieces for block in _divided(piece)]
    refuse_many(len(found))
    return found


def _between_empty_lines(lines: list[str]) -> list[list[tuple[int, str]]]:
    """Numbered lines, in runs without an empty one; a category is a run of its own."""
    runs: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(lines, start=1):
        is_category = line.lstrip().startswith(CATEGORY)
        if not line.strip() or is_category:
            runs.append([])
        if line.strip():
            runs[-1].append((number, line))
        if is_category:
            runs.append([])
    return [run for run in runs if run]


def _joined(runs: list[list[tuple[int, str]]]) -> list[list[tuple[int, str]]]:
    """The runs, those put together that an empty line inside an answer had parted.

    Moodle refuses such a question; it is plain what is meant, as long as no other begins before
    the brace is closed.
    """
    ends = [_ends_open(run) for run in runs]
    closes_at: list[int | None] = [None] * (len(runs) + 1)
    for at in range(len(runs) - 1, -1, -1):
        begins = runs[at][0][1].lstrip().startswith(("::", CATEGORY))
        brace = _first_brace(runs[at])
        # Where a brace that is open before this run is closed, if it is.
        if begins or brace == "{":
            closes_at[at] = None
        else:
            closes_at[at] = at if brace == "}" else closes_at[at + 1]
    joined, at = [], 0
    while at < len(runs):
        run, until = list(runs[at]), at
        while ends[until] and (closing := closes_at[until + 1]) is not None:
            for one in runs[until + 1 : closing + 1]:
                run += [(one[0][0] - 1, ""), *one]
            until = closing
        joined.append(run)
        at = until + 1
    return joined


def _braces(run: list[tuple[int, str]]) -> str:
    text = hidden("\n".join(line for _number, line in run if not _is_comment(line)))
    return "".join(sign for sign in text if sign in "{}")


def _ends_open(run: list[tuple[int, str]]) -> bool:
    return _braces(run).endswith("{")


def _first_brace(run: list[tuple[int, str]]) -> str:
    return _braces(run)[:1]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("//")


def _divided(run: list[tuple[int, str]]) -> list[Block]:
    """The run as blocks: several where whole questions stand close together, line by line."""
    signs = [_braces([line]) for line in run]
    # The brace that comes first after each line.
    coming = [""] * len(run)
    for at in range(len(run) - 2, -1, -1):
        coming[at] = signs[at + 1][:1] or coming[at + 1]
    parts: list[list[tuple[int, str]]] = [[]]
    braces = [""]
    for at, (number, line) in enumerate(run):
        parts[-1].append((number, line))
        braces[-1] += signs[at]
        ends = braces[-1] == "{}" and coming[at] == "{" and line.rstrip().endswith("}")
        if ends and not _is_comment(line):
            parts.append([])
            braces.append("")
    if len(parts) > 1 and any(one != "{}" for one in braces):
        parts = [run]
    return [_block(part, alone=at == 0) for at, part in enumerate(parts)]


def _block(run: list[tuple[int, str]], *, alone: bool) -> Block:
    # A comment inside a question leaves a space, as in Moodle.
    text = "\n".join(" " if _is_comment(line) else line for _number, line in run)
    said = [number for number, line in run if line.strip() and not _is_comment(line)]
    comments = tuple(line.strip()[2:].strip() for _number, line in run if _is_comment(line))
    return Block(said[0] if said else run[0][0], hidden(text).strip(), comments, alone)
