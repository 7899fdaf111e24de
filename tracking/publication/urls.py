"""Addresses of the publications."""

from django.urls import path

from tracking.publication import views

app_name = "publication"

urlpatterns = [
    path("publicerat/", views.overview, name="overview"),
    path("publicerat/<str:code>/", views.page, name="page"),
    path("publicerat/<str:code>/gor/", views.make, name="make"),
    path("publicerat/<str:code>/fil/<str:form>/", views.download, name="download"),
]
