"""Addresses of bringing files in."""

from django.urls import path

from tracking.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.page, name="page"),
    path("<uuid:public_id>/", views.apply, name="apply"),
]
