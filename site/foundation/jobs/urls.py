"""Addresses of one's own jobs."""

from django.urls import path

from foundation.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:public_id>/", views.page, name="page"),
    path("<uuid:public_id>/lage/", views.state, name="state"),
    path("<uuid:public_id>/avbryt/", views.cancel, name="cancel"),
    path("<uuid:public_id>/fil/", views.result, name="result"),
    path("<uuid:public_id>/fel/", views.errors, name="errors"),
]
