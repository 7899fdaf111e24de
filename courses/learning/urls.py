"""Addresses of learning."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from courses.learning import views


class NumberConverter(IntConverter):
    """A whole number that fits every database's integer: more digits are no address of ours."""

    regex = "[0-9]{1,9}"


register_converter(NumberConverter, "number")

app_name = "learning"

urlpatterns = [
    path("min-utbildning/", views.training, name="my_training"),
    path("larande/<number:page_id>/borja/", views.begin, name="start"),
    path("larande/<number:page_id>/skarm/<number:screen>/", views.reach, name="reach"),
    path("larande/<number:page_id>/prov/", views.quiz, name="quiz"),
    path(
        "larande/<number:page_id>/ovning/<number:quiz_id>/",
        views.lesson_quiz,
        name="lesson_quiz",
    ),
    path("intyg/<uuid:certificate_id>/", views.certificate, name="certificate"),
]
