"""Addresses of delegation."""

from django.urls import path

from tracking.delegation import views

app_name = "delegation"

urlpatterns = [
    path("stallforetradare/", views.page, name="page"),
    path("stallforetradare/<uuid:public_id>/avsluta/", views.end, name="end"),
]
