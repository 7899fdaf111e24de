"""Addresses of the knowledge targets."""

from django.urls import path

from tracking.programme import draft_views, views

app_name = "programme"

urlpatterns = [
    path("", views.listing, name="list"),
    path("utkast/", views.begin, name="begin"),
    path("utkast/<uuid:public_id>/", draft_views.draft, name="draft"),
    path("utkast/<uuid:public_id>/granska/", draft_views.review, name="review"),
    path("utkast/<uuid:public_id>/vilka/", draft_views.people, name="people"),
    path("andra/<path:code>/", views.change, name="change"),
    path("avsluta/<path:code>/", views.end, name="end"),
    path("mal/<path:code>/", views.target, name="target"),
]
