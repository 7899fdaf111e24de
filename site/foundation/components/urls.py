"""The catalogue of components."""

from django.urls import path

from foundation.components import views

app_name = "components"

urlpatterns = [
    path("komponenter/", views.catalogue, name="catalogue"),
    path("komponenter/<slug:group>/", views.catalogue, name="group"),
]
