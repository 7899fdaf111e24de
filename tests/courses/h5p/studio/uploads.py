"""What the tests of the studio do again and again."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.h5p.store.models import H5PContent, H5PLibrary
from tests.courses.h5p.packages import make_package

SCRIPT = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}


def package(folder: Path, name: str = "samtal.h5p", **said: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_package(folder, name=name, **said).read_bytes())


def upload(client: Client, *files: SimpleUploadedFile, **headers: str) -> Any:
    return client.post(reverse("h5p_upload"), {"packages": list(files)}, headers=headers)


def the_content() -> H5PContent:
    return H5PContent.objects.get()


def approve(administrator: Client, one: H5PLibrary, **said: Any) -> Any:
    return administrator.post(reverse("h5p_approve", args=[one.pk]), said)
