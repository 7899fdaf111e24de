"""A content that plays as its folder: what h5p.json says, and its own files.

Whoever made its libraries, they stay in the store: h5p.json names them.
"""

from django.utils.text import slugify

from courses.h5p.own.folders import CONTENT, HEAD, head_text
from courses.h5p.store.models import H5PContent
from courses.h5p.store.trees import read_file
from courses.pages.blocks.keys import LONGEST


def folder_name(content: H5PContent, slug: str) -> str:
    """What the module calls it; what was uploaded is called after its title."""
    if content.key and content.key.startswith(f"{slug}-"):
        return content.key.removeprefix(f"{slug}-")
    return slugify(content.title)[:LONGEST].strip("-") or f"h5p-{content.pk}"


def folder_files(content: H5PContent) -> dict[str, bytes]:
    """The files of its latest version, by their path in its folder."""
    version = content.current
    if version is None:
        return {}
    found = {HEAD: head_text(version.metadata).encode()}
    return found | {
        f"{CONTENT}/{path}": read_file(version.tree, path) for path in version.tree.files
    }
