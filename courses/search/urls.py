"""Address of search."""

from django.urls import path

from courses.search import views

urlpatterns = [path("sok/", views.results, name="search")]
