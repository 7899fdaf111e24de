"""Addresses of the pages about the API: for who is logged in."""

from django.urls import path

from tracking.api import views

app_name = "api_pages"

urlpatterns = [
    path("api-nycklar/", views.keys, name="keys"),
    path("api-nycklar/<uuid:public_id>/aterkalla/", views.revoke, name="revoke"),
    path("api-beskrivning/", views.description, name="description"),
    path("api-beskrivning/openapi.json", views.document, name="document"),
]
