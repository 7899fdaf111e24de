"""Addresses of exemptions."""

from django.urls import path

from tracking.exemptions import views

app_name = "exemptions"

urlpatterns = [
    path("medarbetare/undantag/", views.in_force, name="list"),
    path("medarbetare/undantag/nytt/", views.record, name="record"),
    path("medarbetare/undantag/<int:number>/", views.change, name="change"),
]
