"""Addresses of bringing files in."""

from django.urls import path

from tracking.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.page, name="page"),
    path("<uuid:public_id>/", views.apply, name="apply"),
    path("gjorda/<int:batch>/", views.made, name="made"),
    path("gjorda/<int:batch>/prova-angra/", views.try_undoing, name="try-undoing"),
    path("gjorda/<int:batch>/angra/", views.undo, name="undo"),
]
