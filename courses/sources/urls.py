"""Addresses below the admin's."""

from django.urls import path

from courses.sources import views

urlpatterns = [path("kallor/citera/", views.cite, name="cite")]
