"""A question of a file as the bank stores it: with its own ids, and refused where it can't be."""

from collections.abc import Iterator
from typing import Any, cast

from django.core.exceptions import ValidationError

from quizzes.bank.actions import block_id
from quizzes.bank.models import Question
from quizzes.interchange.mapping.canonical import canonical
from quizzes.interchange.source import Refused
from quizzes.types import Content, InvalidContent, type_of
from quizzes.types.authoring import Ids

NAMES = ("id", "gap", "match_id", "group")


def with_ids(content: dict[str, Any], key: str) -> Content:
    """The content with ids that say neither which part is right nor where it stands.

    They are made of what a part says, so that the same file gives the same ids. Steps of a case
    keep their names.
    """
    kept = {step["id"] for step in content["steps"]} if content["type"] == "case" else set()
    ids = Ids(key)
    names: dict[tuple[str, str], str] = {}
    seen: dict[str, int] = {}
    for scope, name, said in _parts(content, ""):
        again = seen[said] = seen.get(said, 0) + 1
        names[scope, name] = name if name in kept else str(ids(said, *[again] * (again > 1)))
    return cast(Content, _renamed(content, "", names))


def _parts(value: Any, scope: str) -> Iterator[tuple[str, str, str]]:
    """Each id, where it counts, and what it stands for."""
    if isinstance(value, list):
        for one in value:
            yield from _parts(one, scope)
    elif isinstance(value, dict):
        if "gap" in value:
            yield scope, value["gap"], f"gap/{value['gap']}"
            scope = value["gap"]
        elif "match_id" in value:
            yield scope, value["id"], f"pair/{value['text']}"
            yield scope, value["match_id"], f"match/{value['match']}"
        elif "id" in value:
            yield scope, value["id"], f"{scope}/part/{value['text']}"
        for one in value.values():
            yield from _parts(one, scope)


def _renamed(value: Any, scope: str, names: dict[tuple[str, str], str]) -> Any:
    if isinstance(value, list):
        return [_renamed(one, scope, names) for one in value]
    if not isinstance(value, dict):
        return value
    inner = value.get("gap", scope)
    return {
        name: names.get((scope, one), one) if name in NAMES else _renamed(one, inner, names)
        for name, one in value.items()
    }


def body_of(content: Content, key: str) -> list[dict[str, Any]]:
    """What `Question.body` holds for it."""
    kind = type_of(content)
    return [{"type": kind.name, "id": block_id(key), "value": kind.to_block(content)}]


def as_stored(content: dict[str, Any]) -> dict[str, Any]:
    """The content as the bank gives it back; raises Refused when the editor's form would."""
    try:
        question = Question(
            key="x",
            text=content["text"],
            explanation=content["explanation"],
            teaches=content["teaches"],
            body=body_of(with_ids(content, "x"), "x"),
        )
        question.check_content()
        block = Question.body.field.stream_block
        block.clean(question.body)
        return canonical(question.content())
    except (ValidationError, InvalidContent) as error:
        said = dict.fromkeys(_messages(error))
        raise Refused(" ".join(said)) from error


def _messages(error: Exception) -> Iterator[str]:
    """What stands in the errors of a form, however deep inside it."""
    inner = [
        *(getattr(error, "block_errors", None) or {}).values(),
        *(getattr(error, "non_block_errors", None) or []),
    ]
    if inner:
        for one in inner:
            yield from _messages(one)
    elif isinstance(error, ValidationError):
        yield from error.messages
    else:
        yield str(error)
