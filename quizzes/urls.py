"""Addresses of quizzes."""

from django.urls import path

from quizzes.attempts import views

app_name = "quizzes"

urlpatterns = [
    path("prova/", views.trial, name="trial"),
    path("fraga/<slug:key>/", views.check, name="check"),
    path("<uuid:attempt_id>/", views.take, name="take"),
    path("<uuid:attempt_id>/svar/", views.save, name="save"),
    path("<uuid:attempt_id>/lamna-in/", views.submit, name="submit"),
    path("<uuid:attempt_id>/resultat/", views.result, name="result"),
]
