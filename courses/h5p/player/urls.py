"""Addresses of the frame and of what it loads."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from courses.h5p.player import views


class TokenConverter(StringConverter):
    """A signed token: nothing that could be taken for a folder."""

    regex = "[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+"


register_converter(TokenConverter, "token")

urlpatterns = [
    path("spel/<token:token>/", views.frame, name="frame"),
    path("spel/<token:token>/<path:path>", views.content, name="content"),
    path("bibliotek/<slug:sha256>/<path:path>", views.library, name="library"),
]
