"""What the script of a lesson's page sends, by somebody who reads it."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from courses.h5p.store.models import H5PVersion
from tracking.organisation.models import User

WHERE = "prov:här/1"


class Browser:
    """Somebody's lesson page: what its script sends."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def post(self, url: str, data: Any) -> Any:
        return self.client.post(url, json.dumps(data), content_type="application/json")

    def open(self, version: H5PVersion, place: str = WHERE, **more: Any) -> Any:
        asked = {"content": str(version.content.public_id), "place": place, **more}
        return self.client.post(reverse("h5p:open"), asked)

    def launch(self, version: H5PVersion, **more: Any) -> str:
        return str(self.open(version, **more).json()["launch"])

    def say(self, launch: str, *entries: Any) -> Any:
        return self.post(reverse("h5p:statements", args=[launch]), {"statements": list(entries)})

    def save(self, launch: str, data: object, **more: Any) -> Any:
        return self.post(reverse("h5p:state", args=[launch]), {"data": data, **more})
