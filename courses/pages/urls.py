"""Addresses of pages: Wagtail's own, with another way to find the page of an address."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_urls

from courses.pages.routing import serve

urlpatterns = [
    *(pattern for pattern in wagtail_urls if pattern.name != "wagtail_serve"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
