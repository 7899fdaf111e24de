"""Addresses below the admin's."""

from django.urls import path

from courses.upkeep import views

urlpatterns = [
    path("reports/kallor/", views.CitingReport.as_view(), name="citing_report"),
    path(
        "reports/kallor/results/",
        views.CitingReport.as_view(results_only=True),
        name="citing_report_results",
    ),
    path("kallor/ersatt/", views.replace, name="replace_law"),
    path("kallor/att-se-over/", views.flags, name="flags"),
    path("kallor/att-se-over/<int:flag_id>/beslut/", views.decide, name="decide_flag"),
]
