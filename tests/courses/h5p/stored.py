"""Libraries and versions straight in the store, as they stand once a package is brought in."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from courses.h5p.store.models import (
    Folder,
    H5PContent,
    H5PLibrary,
    H5PTree,
    H5PVersion,
    H5PVersionLibrary,
    LibraryState,
    VersionState,
)


def store_tree(folder: Folder, files: Mapping[str, str | bytes]) -> H5PTree:
    """The files, in the storage, below the fingerprint of all of them."""
    held = {path: one.encode() if isinstance(one, str) else one for path, one in files.items()}
    listed = {path: [len(one), hashlib.sha256(one).hexdigest()] for path, one in held.items()}
    mark = hashlib.sha256(json.dumps(sorted(listed.items())).encode()).hexdigest()
    tree, created = H5PTree.objects.get_or_create(
        folder=folder,
        sha256=mark,
        defaults={"files": listed, "touched_at": timezone.now(), "whole_at": timezone.now()},
    )
    if created:
        for path, one in held.items():
            default_storage.save(f"{tree.address}/{path}", ContentFile(one))
    return tree


def store_library(
    name: str = "Test.Thing",
    files: Mapping[str, str | bytes] | None = None,
    *,
    state: LibraryState = LibraryState.APPROVED,
    needs_eval: bool = False,
    **metadata: object,
) -> H5PLibrary:
    """A library 1.0 of these files: those that end in .js and .css are loaded, in their order."""
    held = dict(files or {"thing.js": "", "thing.css": ""})
    described = {
        "machineName": name,
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 0,
        "runnable": 1,
        "title": name,
        "preloadedJs": [{"path": path} for path in held if path.endswith(".js")],
        "preloadedCss": [{"path": path} for path in held if path.endswith(".css")],
        **metadata,
    }
    tree = store_tree(Folder.LIBRARIES, held | {"library.json": json.dumps(described)})
    return H5PLibrary.objects.create(
        machine_name=name,
        major=1,
        minor=0,
        patch=0,
        sha256=tree.sha256,
        tree=tree,
        title=name,
        state=state,
        needs_eval=needs_eval,
        runnable=True,
        metadata=described,
        size=sum(map(len, held.values())),
        first_seen_at=timezone.now(),
    )


def store_version(
    libraries: Sequence[H5PLibrary],
    parameters: object = None,
    files: Mapping[str, str | bytes] | None = None,
    *,
    title: str = "Ett samtal",
    state: VersionState = VersionState.READY,
) -> H5PVersion:
    """A content whose first version plays with these libraries, the last of them its type."""
    text = json.dumps({} if parameters is None else parameters)
    tree = store_tree(Folder.CONTENT, {"content.json": text, **(files or {})})
    content = H5PContent.objects.create(title=title, created_at=timezone.now())
    version = H5PVersion.objects.create(
        content=content,
        number=1,
        sha256=tree.sha256,
        package_sha256=tree.sha256,
        tree=tree,
        title=title,
        language="sv",
        main_library=libraries[-1].name,
        size=len(text),
        uploaded_at=timezone.now(),
        state=state,
    )
    for position, library in enumerate(libraries):
        H5PVersionLibrary.objects.create(version=version, library=library, position=position)
    content.current = version
    content.save()
    return version
