"""Addresses of the reports."""

from django.urls import path

from tracking.exports.views import download
from tracking.reports.comparison import views as comparison
from tracking.reports.equality import views as equality
from tracking.reports.views import account, follow_up, person, staff

app_name = "reports"

urlpatterns = [
    path("medarbetare/", staff.staff, name="staff"),
    path("medarbetare/export/<str:form>/", download, {"report": "staff"}, name="staff_export"),
    path("medarbetare/valda/", staff.choose, name="choose"),
    path("medarbetare/<uuid:public_id>/", person.person, name="person"),
    path("medarbetare/<uuid:public_id>/varfor/", person.why_page, name="why"),
    path("min-utbildning/varfor/", person.why_me, name="why_me"),
    path("uppfoljning/", follow_up.overview_page, name="overview"),
    path(
        "uppfoljning/export/<str:form>/",
        download,
        {"report": "overview"},
        name="overview_export",
    ),
    path(
        "uppfoljning/mal/export/<str:form>/",
        download,
        {"report": "target"},
        name="target_export",
    ),
    path(
        "uppfoljning/redovisning/export/<str:form>/",
        download,
        {"report": "account"},
        name="account_export",
    ),
    path(
        "uppfoljning/likstallighet/export/<str:form>/",
        download,
        {"report": "equality"},
        name="equality_export",
    ),
    path("uppfoljning/mal/", follow_up.target_page, name="target"),
    path("uppfoljning/likstallighet/", equality.equality_page, name="equality"),
    path("uppfoljning/rakna/", follow_up.count, name="count"),
    path("uppfoljning/redovisning/", account.account_page, name="account"),
    path("uppfoljning/jamforelse/", comparison.comparison_page, name="comparison"),
    path(
        "uppfoljning/jamforelse/personer/",
        comparison.comparison_people,
        name="comparison_people",
    ),
]
