"""Static files under names that say their content, as in production."""

from functools import lru_cache
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Remembers the addresses: a page names thirty files, and no process sees them change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = lru_cache(maxsize=1000)(super().url)

    def url(self, name: str, force: bool = False) -> str:
        """The file's address."""
        return str(self._address(name, force))
