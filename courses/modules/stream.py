"""What files say as stream data: every block with a name of its own that stays the same."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from courses.modules.files import MEDIA_FIELDS, LessonFile

# Its rows and cells have no names of their own.
WHOLE = {"table"}
BLOCK_IDS = uuid.UUID("c0ffee00-5b0c-4f0e-8f6e-3d2f6d9c5a11")


class LoadedFigure(NamedTuple):
    """An image that has been loaded: its row, and the words that stand in it."""

    pk: int
    labels: Sequence[str]


def block_id(place: str) -> str:
    """The name of the block at a place; the same whenever it is loaded."""
    return str(uuid.uuid5(BLOCK_IDS, place))


class Loaded(NamedTuple):
    """What blocks choose, by the names that files have for it: the ids of its rows."""

    images: Mapping[str, LoadedFigure]
    documents: Mapping[str, int]
    contents: Mapping[str, int]
    questions: Mapping[str, int]
    practice: Mapping[str, int]


def body_of(lesson: LessonFile, key: str, loaded: Loaded) -> str:
    """The screens as a StreamField takes them (JSON)."""
    screens = []
    for number, screen in enumerate(lesson.screens, start=1):
        place = f"{key}/{number}"
        content = []
        for position, block in enumerate(screen.blocks, start=1):
            value = block.value
            if block.kind == "figure":
                image = loaded.images[value["image"]]
                labels = value["labels"] or list(image.labels)
                value = {**value, "image": image.pk, "labels": labels}
            elif block.kind == "check":
                value = {"question": loaded.questions[value["question"]]}
            elif block.kind == "quiz":
                value = {"quiz": loaded.practice[value["quiz"]]}
            elif block.kind == "interactive":
                value = {**value, "content": loaded.contents[value["content"]]}
            elif block.kind in MEDIA_FIELDS:
                named = {
                    name: loaded.documents.get(value[name]) for name in MEDIA_FIELDS[block.kind]
                }
                poster = loaded.images[value["poster"]].pk if value.get("poster") else None
                value = {**value, **named} | ({"poster": poster} if "poster" in value else {})
            at = f"{place}/{position}"
            if block.kind not in WHOLE:
                value = _with_ids(value, at)
            content.append({"type": block.kind, "value": value, "id": block_id(at)})
        value = {"heading": screen.heading, "content": content}
        screens.append({"type": "screen", "value": value, "id": block_id(place)})
    return json.dumps(screens)


def stream_of(kind: str, values: list[Any], key: str) -> str:
    """A flat stream of one kind of block (JSON)."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": block_id(f"{key}/{kind}/{number}")}
            for number, value in enumerate(values, start=1)
        ]
    )


def chosen(sources: list[tuple[str, int]], key: str) -> str:
    """Sources as a page names them (JSON): the kind and the row of each."""
    return json.dumps(
        [
            {"type": kind, "value": row, "id": block_id(f"{key}/source/{number}")}
            for number, (kind, row) in enumerate(sources, start=1)
        ]
    )


def _with_ids(value: Any, place: str) -> Any:
    """Lists inside a block are lists of items, each with its name."""
    if isinstance(value, Mapping):
        return {name: _with_ids(part, f"{place}/{name}") for name, part in value.items()}
    if isinstance(value, list):
        return [
            {
                "type": "item",
                "value": _with_ids(part, f"{place}/{n}"),
                "id": block_id(f"{place}/{n}"),
            }
            for n, part in enumerate(value, start=1)
        ]
    return value


def without_ids(value: Any) -> Any:
    """What is stored as the files have it: lists of values."""
    if isinstance(value, Mapping):
        return {name: without_ids(part) for name, part in value.items()}
    if isinstance(value, list):
        return [
            without_ids(part["value"] if isinstance(part, Mapping) and _is_item(part) else part)
            for part in value
        ]
    return value


def _is_item(part: Mapping[str, Any]) -> bool:
    return part.get("type") == "item" and part.keys() <= {"type", "value", "id"}
