"""Every text of the sources that is marked for translation."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("site", "courses", "quizzes", "tracking")
# Function name -> which arguments are context, singular and plural.
CALLS = {
    "_": (None, 0),
    "gettext": (None, 0),
    "gettext_lazy": (None, 0),
    "gettext_noop": (None, 0),
    "ngettext": (None, 0),
    "ngettext_lazy": (None, 0),
    "pgettext": (0, 1),
    "pgettext_lazy": (0, 1),
    "npgettext": (0, 1),
    "npgettext_lazy": (0, 1),
}
IN_TEMPLATE = re.compile(r"\bu?(?:_|n?p?gettext)\((?=u?['\"])")

Message = tuple[str | None, str]  # context, text


class Marked(NamedTuple):
    """A text as a source marks it."""

    context: str | None
    text: str
    plural: str | None


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _of_call(node: ast.AST) -> Marked | None:
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name not in CALLS:
        return None
    context_at, text_at = CALLS[name]
    if len(node.args) <= text_at:
        return None
    text = _text(node.args[text_at])
    context = None if context_at is None else _text(node.args[context_at])
    if text is None:
        return None
    counts = name.removesuffix("_lazy").endswith("ngettext")
    plural = _text(node.args[text_at + 1]) if counts else None
    return Marked(context, text, plural)


def _of_python(source: str) -> Iterator[Marked]:
    for node in ast.walk(ast.parse(source)):
        message = _of_call(node)
        if message:
            yield message


def _of_template(source: str) -> Iterator[Marked]:
    marked = templatize(source)
    for found in IN_TEMPLATE.finditer(marked):
        call = _balanced(marked, found.start(), found.end())
        yield from _of_python(call)


def _balanced(text: str, start: int, inside: int) -> str:
    """The call that begins at `start`, to the bracket that closes it."""
    depth, at, quote = 1, inside, ""
    while depth:
        character = text[at]
        if quote:
            if character == "\\":
                at += 1
            elif character == quote:
                quote = ""
        elif character in "'\"":
            quote = character
        else:
            depth += {"(": 1, ")": -1}.get(character, 0)
        at += 1
    return text[start:at]


def marked_messages() -> dict[Message, Path]:
    """Message -> a file that has it."""
    return {(one.context, one.text): path for one, path in reversed(_marked())}


def marked_plurals() -> dict[Message, str]:
    """Message -> its plural, of those that count something."""
    return {(one.context, one.text): one.plural for one, _path in _marked() if one.plural}


@functools.cache
def _marked() -> list[tuple[Marked, Path]]:
    found: list[tuple[Marked, Path]] = []
    for top in SOURCES:
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                messages = _of_python(path.read_text(encoding="utf-8"))
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                messages = _of_template(path.read_text(encoding="utf-8"))
            else:
                continue
            found += [(message, path.relative_to(ROOT)) for message in messages]
    return found
