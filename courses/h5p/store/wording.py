"""Why a package was refused, for the person who uploaded it: in their language, by its code."""

import re
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.h5p.package import Refused

SIZED: Final = frozenset({"file-too-large", "package-too-large", "false-size"})
PLACED: Final = re.compile(r"line (\d+), column (\d+)")

WORDS: Final = {
    # The archive
    "not-a-zip": gettext_lazy(
        "The file is not an H5P package, or it is damaged: %(found)s. Export it again where it was"
        " made."
    ),
    "too-many-entries": gettext_lazy(
        "The package holds %(found)s files and folders. At most %(expected)s are let in."
    ),
    "package-too-large": gettext_lazy(
        "Unpacked the package is %(found)s. At most %(expected)s is let in: shorten films, or put"
        " them in the lesson beside the H5P content."
    ),
    "file-too-large": gettext_lazy(
        "The file “%(entry)s” in the package is %(found)s unpacked. At most %(expected)s a file is"
        " let in."
    ),
    "ratio": gettext_lazy(
        "The file “%(entry)s” grows %(found)s times when it is unpacked. Files that do so can fill"
        " a disk, and more than %(expected)s times is not let in."
    ),
    "encrypted": gettext_lazy(
        "The file “%(entry)s” is encrypted. Export the package without a password."
    ),
    "compression": gettext_lazy(
        "The file “%(entry)s” is packed in a way that H5P does not use (method %(found)s). Export"
        " the package again where it was made."
    ),
    "bad-crc": gettext_lazy(
        "The file “%(entry)s” is damaged: %(found)s. Download or export the package once more."
    ),
    "false-size": gettext_lazy(
        "The file “%(entry)s” does not have the size that the package says (%(expected)s). The"
        " package is damaged, or made to deceive."
    ),
    "overlap": gettext_lazy(
        "The file “%(entry)s” lies over another one in the package. The package is damaged, or"
        " made to deceive."
    ),
    # Names
    "unsafe-name": gettext_lazy("The name “%(entry)s” in the package is not safe: %(found)s."),
    "symlink": gettext_lazy(
        "“%(entry)s” in the package is a link or a special file. Only files and folders are let in."
    ),
    "duplicate-name": gettext_lazy(
        "The file “%(entry)s” is more than once in the package, and it can't be told which one is"
        " meant."
    ),
    "case-only": gettext_lazy(
        "“%(entry)s” and “%(found)s” in the package have the same name but for small and capital"
        " letters or how accents are written. Rename one of them."
    ),
    "file-type": gettext_lazy("The file “%(entry)s” is of a type that H5P does not let in."),
    # What must be there, and how
    "missing": gettext_lazy(
        "The file “%(entry)s” is missing from the package, so it is not a whole H5P package."
    ),
    "not-json": gettext_lazy("The file “%(entry)s” can't be read as JSON: %(found)s."),
    "json-too-large": gettext_lazy(
        "The file “%(entry)s” holds more text or more parts than can be read."
    ),
    "shape": gettext_lazy(
        "The file “%(entry)s” is not as H5P describes it. Expected: %(expected)s. Found: %(found)s."
    ),
    "library-folder": gettext_lazy(
        "The file “%(entry)s” says that the library is %(found)s, but its folder has another name."
    ),
    "library-twice": gettext_lazy(
        "The library %(found)s is in two folders of the package; one of them is that of"
        " “%(entry)s”."
    ),
    "listed-file-missing": gettext_lazy(
        "“%(entry)s” lists the file %(found)s, which is missing from the package."
    ),
    "language-name": gettext_lazy(
        "“%(entry)s” is not the name of a language file, such as %(expected)s."
    ),
    "too-many-libraries": gettext_lazy(
        "With “%(entry)s” the package names %(found)s libraries. At most %(expected)s are let in."
    ),
    "core-api": gettext_lazy(
        "“%(entry)s” needs version %(found)s of H5P's player. The one here is %(expected)s."
    ),
}

DRAWING: Final = gettext_lazy(
    "The file “%(entry)s” is an SVG image, and such can hold script: save it as PNG in the tool"
    " where the content was made, and export the package again."
)
INSIDE: Final = gettext_lazy(
    "The file “%(entry)s” is missing from the package; “%(found)s” is there. Pack what is in the"
    " folder, not the folder itself."
)

REASONS: Final = {
    # Of the archive
    "it has no directory": gettext_lazy("it has no table of contents"),
    "its directory is damaged": gettext_lazy("its table of contents is damaged"),
    "it is a part of several": gettext_lazy("it is one part of several"),
    "it ends too early": gettext_lazy("it ends too early"),
    "its header is not where the directory says": gettext_lazy(
        "it is not where the table of contents says"
    ),
    "its header and the directory disagree": gettext_lazy(
        "it is another file than the table of contents says"
    ),
    "it cannot be unpacked": gettext_lazy("it can't be unpacked"),
    "its checksum is wrong": gettext_lazy("its checksum is wrong"),
    # Of names
    "it is empty": gettext_lazy("it is empty"),
    "it holds a control character": gettext_lazy("it holds a control character"),
    "it holds a sign that turns the writing": gettext_lazy(
        "it holds a sign that turns the writing"
    ),
    "it holds a back-slash": gettext_lazy("it holds a back-slash"),
    "it is an absolute path": gettext_lazy("it is an absolute path"),
    "it holds “..”": gettext_lazy("it leads out of its folder with “..”"),
    "a part of it is empty": gettext_lazy("two slashes follow each other"),
    "it is too long": gettext_lazy("it is too long"),
    "it is not UTF-8": gettext_lazy("it is not written in UTF-8"),
    # Of JSON
    "it is nested too deep": gettext_lazy("it is nested too deep"),
    "a number is too long": gettext_lazy("a number has too many digits"),
    "a number is too large": gettext_lazy("a number is too large"),
    "NaN and Infinity are not numbers": gettext_lazy("NaN and Infinity are not numbers in JSON"),
    "a character that cannot be written": gettext_lazy("it holds half a character, or a NUL"),
}

TYPES: Final = {
    "content": gettext_lazy("pictures (but for SVG), sound, film, text or office documents"),
    "libraries": gettext_lazy(
        "scripts, styles, pictures, fonts and what else H5P has in libraries"
    ),
}

SHAPES: Final = {
    "an object": gettext_lazy("an object"),
    "a list": gettext_lazy("a list"),
    "a value": gettext_lazy("a single value"),
    "nothing": gettext_lazy("nothing"),
    "a list of objects": gettext_lazy("a list of objects"),
    "a list of “div” and “iframe”": gettext_lazy("a list of “div” and “iframe”"),
    "“div” or “iframe”": gettext_lazy("“div” or “iframe”"),
    "1-255 characters": gettext_lazy("one line of 1-255 characters"),
    "a number of 1-5 digits": gettext_lazy("a number of 1-5 digits"),
    "0 or 1": gettext_lazy("0 or 1"),
    "a language code, such as sv": gettext_lazy("a language code, such as sv"),
    "a web address": gettext_lazy("an address that begins with https:// or http://"),
    "the machine name of a library": gettext_lazy("the machine name of a library"),
    "the main library, with its version": gettext_lazy("the main library, with its version"),
    "a path in the library that ends with .js": gettext_lazy(
        "a path in the library that ends with .js"
    ),
    "a path in the library that ends with .css": gettext_lazy(
        "a path in the library that ends with .css"
    ),
}


def refusal_in_words(refused: Refused) -> str:
    """Say why the package was refused, and where it helps what to do."""
    found, expected = values_in_words(refused)
    said = {"entry": refused.entry, "found": found, "expected": expected}
    return _words(refused) % said


def _words(refused: Refused) -> str:
    if refused.code == "missing" and refused.found:
        return str(INSIDE)
    if refused.code == "file-type" and refused.entry.lower().endswith(".svg"):
        return str(DRAWING)
    return str(WORDS[refused.code])


def values_in_words(refused: Refused) -> tuple[str, str]:
    """What stood there, and what should have; empty where there is no more to say."""
    found, expected = refused.found, refused.expected
    if refused.code in SIZED:
        found, expected = _size(found), _size(expected)
    elif refused.code == "file-type":
        expected = str(TYPES.get(expected, expected))
    elif refused.code == "shape":
        key, colon, kind = expected.rpartition(": ")
        expected = f"{key}{colon}{SHAPES.get(kind, kind)}"
        found = _quoted(found) if found.startswith("“") else str(SHAPES.get(found, found))
    elif place := PLACED.match(found):
        found = _("line %(line)s, column %(column)s") % {"line": place[1], "column": place[2]}
    elif found in REASONS:
        found = str(REASONS[found])
    elif refused.code == "not-a-zip":
        found = _("its parts do not agree")
    return found, expected


def _size(written: str) -> str:
    return filesizeformat(int(written)) if written.isdigit() else written


def _quoted(written: str) -> str:
    return _("“%(text)s”") % {"text": written.strip("“”")}
