"""Every address of H5P that learners' pages use."""

from django.urls import path

from courses.h5p.player import urls as player
from courses.h5p.results import urls as results
from courses.h5p.studio.previewing import preview

app_name = "h5p"

urlpatterns = [
    *player.urlpatterns,
    *results.urlpatterns,
    path("prova/<uuid:public_id>/", preview, name="preview"),
]
