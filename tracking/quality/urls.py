"""Addresses of the data quality."""

from django.urls import path

from tracking.quality import views

app_name = "quality"

urlpatterns = [
    path("", views.index, name="index"),
    path("inlasningar/", views.import_list, name="imports"),
    path("inlasningar/<int:batch>/", views.import_page, name="import"),
    path("<slug:key>/", views.listed, name="list"),
]
