"""Contents of our own types, small ones that can be changed to be wrong."""

import json
from pathlib import Path
from typing import Any

from courses.h5p.own.shelf import FOLDER, own_libraries
from courses.h5p.package import LibraryName

EXAMPLES = FOLDER.parent / "own" / "examples"
CHOICE = LibraryName("Kompetens.MultipleChoice", 1, 0)
CONVERSATION = LibraryName("Kompetens.BranchingConversation", 1, 0)
TYPES = [name for name, about in own_libraries().items() if about.runnable]


def example(name: LibraryName) -> dict[str, Any]:
    """The content that the type is shown with."""
    found: dict[str, Any] = read_json(EXAMPLES / name.machine_name / "content" / "content.json")
    return found


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def content_folder(folder: Path, name: LibraryName, content: Any, **head: Any) -> Path:
    """A content written as a folder."""
    said = {
        "title": "Ett innehåll",
        "language": "sv",
        "mainLibrary": name.machine_name,
        "preloadedDependencies": [
            {
                "machineName": name.machine_name,
                "majorVersion": name.major,
                "minorVersion": name.minor,
            }
        ],
        "embedTypes": ["iframe"],
        "license": "U",
    } | head
    (folder / "content").mkdir(parents=True, exist_ok=True)
    write_json(folder / "h5p.json", said)
    write_json(folder / "content" / "content.json", content)
    return folder


def write_json(path: Path, said: Any) -> None:
    path.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
