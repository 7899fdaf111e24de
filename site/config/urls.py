"""Every address of the project."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from config import views
from courses.pages.media import media

urlpatterns = [
    path("", views.start, name="start"),
    path("logga-in/", views.LogIn.as_view(), name="login"),
    path("logga-ut/", LogoutView.as_view(), name="logout"),
    path("lamna/", views.quick_exit, name="quick_exit"),
    path("", include("courses.learning.urls")),
    path("", include("tracking.reports.urls")),
    path("prov/", include("quizzes.urls")),
    path("media/<path:path>", media, name="media"),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
