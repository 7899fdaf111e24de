"""Blocks of a lesson as its file says them: what each holds follows from how the editor has it."""

from collections.abc import Callable, Mapping
from typing import Any

from wagtail import blocks

from courses.modules.files import BlockFile
from courses.modules.writing.markdown import markdown_of
from courses.modules.writing.yaml_text import markdown_value, yaml_text
from courses.pages.blocks.screens import ScreenContentBlock

FENCE = ":::"


def block_text(block: BlockFile) -> str:
    """A block between its fences, or the Markdown of a text."""
    if block.kind == "text":
        return _kept_apart(markdown_of(block.value))
    if block.kind == "note":
        head = {name: part for name, part in block.value.items() if name != "text"}
        said = f"{yaml_text(head)}---\n{_kept_apart(markdown_of(block.value['text']))}\n"
    else:
        said = yaml_text(_said(block))
    return f"{FENCE} {block.kind}\n{said}{FENCE}"


def _kept_apart(markdown: str) -> str:
    """A line of text that would be read as a fence or a screen's heading is escaped."""
    return "\n".join(
        f"\\{line}" if line.startswith((FENCE, "## ", "---")) else line
        for line in markdown.split("\n")
    )


def _said(block: BlockFile) -> dict[str, Any]:
    if block.kind in _WRITERS:
        return _WRITERS[block.kind](block.value)
    found: dict[str, Any] = _plain(_CONTENT.child_blocks[block.kind], block.value) or {}
    return found


_CONTENT = ScreenContentBlock()


def _plain(block: blocks.Block, value: Any) -> Any:
    """A stored value as a file says it, what says nothing left out."""
    if isinstance(block, blocks.RichTextBlock):
        return markdown_value(markdown_of(value or ""))
    if isinstance(block, blocks.ListBlock):
        return [_plain(block.child_block, part) for part in value]
    if isinstance(block, blocks.StructBlock):
        return {
            name: said
            for name, child in block.child_blocks.items()
            if (said := _plain(child, value.get(name))) not in ("", [], {}, None, False)
        }
    return value


def _table(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "caption": value["caption"],
        "columns": [column["heading"] for column in value["columns"]],
        "rows": [list(row["values"]) for row in value["rows"]],
    }


def _case(value: Mapping[str, Any]) -> dict[str, Any]:
    """The steps by name; one that ends the case has no choices."""
    said: dict[str, Any] = _plain(_CONTENT.child_blocks["case"], value)
    return said | {"steps": {step.pop("id"): step for step in said["steps"]}}


_WRITERS: dict[str, Callable[[Any], dict[str, Any]]] = {"case": _case, "table": _table}
