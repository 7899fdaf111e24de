"""The address of the questions after a course."""

from django.urls import path

from courses.feedback import views

app_name = "feedback"

urlpatterns = [path("kursvardering/<number:page_id>/", views.give, name="give")]
