"""The texts of Moodle XML: a format, the text, and the files inside it."""

from quizzes.interchange.moodle.tree import Node
from quizzes.interchange.source import EMPTY, Text, TextFormat

FORMATS = {
    "html": TextFormat.HTML,
    "plain_text": TextFormat.PLAIN,
    "markdown": TextFormat.MARKDOWN,
    "moodle_auto_format": TextFormat.AUTO,
    "wiki_like": TextFormat.AUTO,
}


def text_at(node: Node, name: str, *, default: TextFormat = TextFormat.HTML) -> Text:
    """The text of a child, if there is one."""
    child = node.first(name)
    return text_of(child, default=default) if child else EMPTY


def text_of(node: Node, *, default: TextFormat = TextFormat.HTML) -> Text:
    """The text that stands in a node; people who write by hand leave the inner element out."""
    inner = node.first("text")
    said = (inner if inner else node).text
    kind = FORMATS.get(node.attributes.get("format", "").strip(), default)
    files = tuple(one.attributes.get("name", "")[:200] for one in node.all("file"))
    return Text(said.strip(), kind, files)


def plain_of(node: Node) -> Text:
    """A text that is never marked up."""
    said = text_of(node)
    return Text(said.text, TextFormat.PLAIN, said.files)
