"""Addresses of what districts write."""

from django.urls import path

from courses.local import views

app_name = "local"

urlpatterns = [
    path("sa-gor-vi-har/", views.notes, name="notes"),
    path("sa-gor-vi-har/<uuid:lesson_key>/<slug:block_key>/", views.write, name="write"),
]
