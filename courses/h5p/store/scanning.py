"""Whether a library's scripts seem to make code of text: a hint to whoever approves it."""

import re

from courses.h5p.store.models import H5PTree
from courses.h5p.store.trees import open_file
from foundation.storages import CHUNK

# Also in comments, and never in what hides it: no proof of anything. What bundlers write to find
# the window is left out: nearly every library has it, and none needs it.
MAKES_CODE = re.compile(
    rb"(?:(?<![\w$.])|(?<=window\.)|(?<=self\.))"
    rb"(?:eval|(?:new\s+)?Function)\s*\((?!\s*[\"']return this[\"'])"
)
LONGEST_HIT = 128  # of what is looked at around one


def scripts_with_eval(tree: H5PTree) -> list[str]:
    """Paths of the scripts that mention it, in order."""
    return [path for path in tree.files if path.lower().endswith(".js") and _mentions(tree, path)]


def _mentions(tree: H5PTree, path: str) -> bool:
    """Read in pieces; a hit too near a piece's end to be judged is judged with the next one."""
    kept = b""
    with open_file(tree, path) as file:
        while chunk := file.read(CHUNK):
            text = kept + chunk
            if any(hit.end() <= len(text) - LONGEST_HIT for hit in MAKES_CODE.finditer(text)):
                return True
            kept = text[-2 * LONGEST_HIT :]
    return MAKES_CODE.search(kept) is not None
