"""Where uploads and results lie: below DATA_DIR, or in a bucket when one is named."""

from typing import Any

from config import env

MEDIA_URL = "/media/"
MEDIA_ROOT = env.data_dir() / "media"
S3_BUCKET = env.text("S3_BUCKET")

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "foundation.storages.MediaOnDisk"},
    # What only its owner may have: results of jobs, files on their way in. Never served by address.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.data_dir() / "private",
            "base_url": None,
            "allow_overwrite": True,
        },
    },
    "staticfiles": {"BACKEND": "config.static_files.HashedFiles"},
}
if S3_BUCKET:
    _bucket = {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.address("S3_ENDPOINT", schemes=("https", "http")) or None,
        "region_name": env.text("S3_REGION") or None,
        "access_key": env.required("S3_ACCESS_KEY"),
        "secret_key": env.required("S3_SECRET_KEY"),
        "addressing_style": env.choice("S3_ADDRESSING", "path", ("path", "virtual")),
        "signature_version": "s3v4",
        "default_acl": None,  # the bucket's own: private
    }
    STORAGES["default"] = {
        "BACKEND": "foundation.bucket.MediaInBucket",
        "OPTIONS": _bucket | {"location": "media", "file_overwrite": False},
    }
    STORAGES["private"] = {
        "BACKEND": "foundation.bucket.MediaInBucket",
        "OPTIONS": _bucket | {"location": "private", "file_overwrite": True},
    }
