"""Uploads in a bucket. Apart from the disk's storage, because its library is large."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from foundation.storages import CHUNK, Stored


class MediaInBucket(S3Storage):
    """Files in a private bucket of S3 or what speaks like it."""

    def stored(self, name: str) -> Stored:
        """Raises FileNotFoundError for what is not there, SuspiciousOperation for `..`."""
        key = self._normalize_name(name)
        try:
            found = self.bucket.Object(key)
            return Stored(found.content_length, found.last_modified)
        except ClientError as error:
            status: dict[str, Any] = error.response.get("ResponseMetadata", {})
            if status.get("HTTPStatusCode") == 404:
                raise FileNotFoundError(name) from error
            raise

    def part(self, name: str, first: int, last: int) -> Iterator[bytes]:
        """The bytes from `first` to `last`, both of them too; only these leave the bucket."""
        if last < first:
            return
        key = self._normalize_name(name)
        body = self.bucket.Object(key).get(Range=f"bytes={first}-{last}")["Body"]
        yield from body.iter_chunks(CHUNK)

    def url(self, name: str, *_arguments: Any, **_options: Any) -> str:
        """Never the bucket's."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name).lstrip('/')}"
