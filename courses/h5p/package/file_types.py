"""Which types of files a package may hold: H5P's own lists, by the end of the name.

https://h5p.org/allowed-file-extensions. SVG is let into libraries, where an administrator approves
them, and never into content: it can hold script.
"""

import re
from typing import Final

CONTENT: Final = frozenset(
    {"json", "txt", "md", "textile", "csv", "diff", "patch", "vtt", "webvtt"}
    | {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "swf", "gltf", "glb"}
    | {"webm", "mp4", "ogg", "mp3", "m4a", "wav"}
    | {"eot", "ttf", "otf", "woff", "woff2"}
    | {"pdf", "rtf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp"}
)
LANGUAGE: Final = re.compile(r"-?[a-z]+(?:-[a-z]+){0,6}\.json", re.IGNORECASE | re.ASCII)
"""The name of a language file: sv.json, nb-no.json."""

LIBRARY: Final = CONTENT | {"css", "js", "svg", "xml"}


def type_of(name: str) -> str:
    """Give what follows the last dot of a file's name, in small letters; empty without a dot."""
    _stem, dot, end = name.rpartition("/")[2].rpartition(".")
    return end.lower() if dot else ""
