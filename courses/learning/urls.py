"""Addresses of learning."""

from django.urls import path

from courses.learning import views

app_name = "learning"

urlpatterns = [
    path("min-utbildning/", views.training, name="my_training"),
    path("larande/<int:page_id>/borja/", views.begin, name="start"),
    path("larande/<int:page_id>/skarm/<int:screen>/", views.reach, name="reach"),
    path("larande/<int:page_id>/prov/", views.quiz, name="quiz"),
    path("intyg/<uuid:certificate_id>/", views.certificate, name="certificate"),
]
