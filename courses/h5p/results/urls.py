"""Addresses that a lesson's page sends to while H5P content is played."""

from django.urls import path

from courses.h5p.results import views

urlpatterns = [
    path("oppna/", views.open_at, name="open"),
    path("<uuid:launch_id>/utsagor/", views.statements, name="statements"),
    path("<uuid:launch_id>/lage/", views.state, name="state"),
]
