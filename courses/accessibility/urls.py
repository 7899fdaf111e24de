"""The accessibility statement and its reports."""

from django.urls import path

from courses.accessibility import views

app_name = "accessibility"

urlpatterns = [
    path("tillganglighet/", views.statement, name="statement"),
    path("tillganglighet/brist/", views.report, name="report"),
    path("tillganglighet/brist/<uuid:token>/", views.thanks, name="thanks"),
]
