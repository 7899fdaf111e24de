"""Addresses of quizzes."""

from django.urls import path

from quizzes.attempts import views
from quizzes.extra_time.views import extra_time

app_name = "quizzes"

urlpatterns = [
    path("mer-tid/", extra_time, name="extra_time"),
    path("prova/", views.trial, name="trial"),
    path("fraga/<slug:key>/", views.check, name="check"),
    path("<uuid:attempt_id>/", views.take, name="take"),
    path("<uuid:attempt_id>/svar/", views.save, name="save"),
    path("<uuid:attempt_id>/lamna-in/", views.submit, name="submit"),
    path("<uuid:attempt_id>/resultat/", views.result, name="result"),
]
