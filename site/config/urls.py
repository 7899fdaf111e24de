"""Every address of the project."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from config import views
from courses.pages.media import media

handler500 = "config.failing.server_error"

TO_LOG_IN = login_not_required(
    require_safe(RedirectView.as_view(pattern_name="login", query_string=True))
)

urlpatterns = [
    path("", views.start, name="start"),
    path("", include("config.sign_in.urls")),
    path("logga-ut/", LogoutView.as_view(), name="logout"),
    path("sprak/", views.choose_language, name="language"),
    path("lamna/", views.quick_exit, name="quick_exit"),
    path("", include("courses.learning.urls")),
    path("", include("courses.feedback.urls")),
    path("", include("courses.search.urls")),
    path("", include("courses.local.urls")),
    path("", include("tracking.evidence.urls")),  # before people: its words are no keys of theirs
    path("", include("tracking.reports.urls")),
    path("", include("tracking.publication.urls")),
    path("paminnelser/", include("tracking.reminders.urls")),
    path("", include("tracking.exemptions.urls")),
    path("", include("tracking.delegation.urls")),
    path("styrkort/", include("tracking.scorecards.urls")),
    path("kunskapsmal/", include("tracking.programme.urls")),
    path("", include("courses.accessibility.urls")),
    path("", include("tracking.privacy.urls")),
    path("prov/", include("quizzes.urls")),
    path("", include("foundation.components.urls")),
    path("inlasning/", include("tracking.imports.urls")),
    path("datakvalitet/", include("tracking.quality.urls")),
    path("jobb/", include("foundation.jobs.urls")),
    path("", include("tracking.api.page_urls")),
    path("api/v1/", include("tracking.api.urls")),
    path("h5p/", include("courses.h5p.urls")),
    path("media/<path:path>", media, name="media"),
    # One log-in page: neither of Wagtail's own is ever shown.
    path("admin/login/", TO_LOG_IN, name="admin_login"),
    path("_util/login/", TO_LOG_IN, name="page_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("courses.pages.urls")),
]
