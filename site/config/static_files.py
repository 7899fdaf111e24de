"""Static files under names that say their content, as in production."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from foundation.components.stylesheets import EACH, TOGETHER


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Remembers the addresses: a page names thirty files, and no process sees them change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = lru_cache(maxsize=1000)(super().url)

    def url(self, name: str, force: bool = False) -> str:
        """The file's address."""
        return str(self._address(name, force))

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Put the stylesheets of every page into one beside them, before names are given."""
        if not dry_run and all(name in paths for name in EACH):
            parts = []
            for storage, path in (paths[name] for name in EACH):
                with storage.open(path) as file:
                    parts.append(file.read())
            if self.exists(TOGETHER):
                self.delete(TOGETHER)
            self._save(TOGETHER, ContentFile(b"\n".join(parts)))
            paths[TOGETHER] = (self, TOGETHER)
        yield from super().post_process(paths, dry_run, **options)
