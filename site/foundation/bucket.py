"""Uploads in a bucket. Apart from the disk's storage, because its library is large."""

import mimetypes
from collections.abc import Iterator
from typing import Any, BinaryIO

from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from foundation.storages import CHUNK, Stored

# Parts of a large file are sent one after another: it is never in memory whole.
ONE_AT_A_TIME = TransferConfig(use_threads=False)


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

    def put(self, name: str, source: BinaryIO) -> None:
        """Keep exactly this name, whatever was there; nobody ever sees half of it."""
        kind, _encoding = mimetypes.guess_type(name)
        said = {"ContentType": kind or self.default_content_type}
        self.bucket.Object(self._normalize_name(name)).upload_fileobj(
            source, ExtraArgs=said, Config=ONE_AT_A_TIME
        )

    def drop(self, folder: str) -> None:
        """Take a folder away with everything below it, if it is there."""
        if not folder.strip("/."):
            raise ValueError("that would be everything")
        self.bucket.objects.filter(Prefix=f"{self._normalize_name(folder)}/").delete()

    def free(self) -> None:
        """Nobody has counted them."""
        return

    def url(self, name: str, *_arguments: Any, **_options: Any) -> str:
        """Never the bucket's."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name).lstrip('/')}"
