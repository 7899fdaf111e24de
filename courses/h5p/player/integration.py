"""What H5P's core wants to know before it begins, made here: the browser fetches none of it.

Nobody's name, address or number stands in it: it is the same for everybody who opens the version.
"""

import json
from collections.abc import Sequence
from typing import Any, Literal

from django.core.files.storage import default_storage
from django.urls import reverse

from courses.h5p.package import describe_library, listed_files
from courses.h5p.player.words import core_words
from courses.h5p.results.limits import SAVE_SECONDS
from courses.h5p.store.models import H5PLibrary, H5PVersion

# The page holds one content, whatever it is; libraries use the number to tell contents apart.
CONTENT = 1
CONTENT_FILE = "content.json"


def integration(
    version: H5PVersion, libraries: Sequence[H5PLibrary], *, origin: str, files: str
) -> dict[str, Any]:
    """`window.H5PIntegration` of a version. `files`: the address of its content's files.

    `libraries`: those the version plays with, in load order.
    """
    main = next((one for one in libraries if one.name == version.main_library), None)
    return {
        "baseUrl": origin,
        "url": f"{origin}/h5p",
        "siteUrl": origin,
        "urlLibraries": f"{origin}{library_address('', '')}".rstrip("/"),
        # Libraries ask for each other's files by name and version; here they lie by fingerprint.
        "libraryDirectories": {directory(one): one.sha256 for one in libraries},
        "libraryConfig": {},
        "contents": {
            f"cid-{CONTENT}": {
                "library": version.main_library,
                "jsonContent": json.dumps(_parameters(version), ensure_ascii=False),
                "fullScreen": "1" if _wants_full_screen(main) else "0",
                "title": version.title,
                "metadata": _metadata(version),
                # An identifier of the activity, not an address that opens.
                "url": f"{origin}/h5p/{version.content.public_id}",
                "contentUrl": f"{origin}{files}".rstrip("/"),
                "displayOptions": dict.fromkeys(
                    ("frame", "export", "embed", "copyright", "icon", "copy"), False
                ),
                "contentUserData": {},
                "styles": [],
                "scripts": [],
            }
        },
        "l10n": {"H5P": core_words()},
        "saveFreq": SAVE_SECONDS,
        "postUserStatistics": False,
        # A book hands its answers in on its last page only where somebody is told of them.
        "reportingIsEnabled": True,
        "hubIsEnabled": False,
        "ajax": {},
        # What a page without an origin fetches it must ask for as a stranger, captions too.
        "crossorigin": "anonymous",
        "crossoriginRegex": ".",
    }


def addresses(
    libraries: Sequence[H5PLibrary], kind: Literal["preloadedJs", "preloadedCss"]
) -> list[str]:
    """Of what each library says is to be there first: `preloadedJs` or `preloadedCss`, in order."""
    return [
        library_address(library.sha256, path)
        for library in libraries
        for path in listed_files(library.metadata, kind)
    ]


def library_address(sha256: str, path: str) -> str:
    """Of a library's file; of all of them with nothing said."""
    whole: str = reverse("h5p:library", args=(sha256 or "-", path or "-"))
    return whole if path else whole.removesuffix("-/-")


def directory(library: H5PLibrary) -> str:
    """As H5P names a library's folder: "H5P.Text-1.1"."""
    return f"{library.machine_name}-{library.major}.{library.minor}"


def _parameters(version: H5PVersion) -> Any:
    with default_storage.open(f"{version.tree.address}/{CONTENT_FILE}") as file:
        return json.load(file)


def _wants_full_screen(main: H5PLibrary | None) -> bool:
    return main is not None and describe_library(main.metadata).fullscreen


def _metadata(version: H5PVersion) -> dict[str, Any]:
    """What content types read of it: the title above all, and the language of what is shown."""
    return {
        "title": version.title,
        "license": version.licence or "U",
        "defaultLanguage": version.language,
    }
