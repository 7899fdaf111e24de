"""Addresses of the reports."""

from django.urls import path

from tracking.reports import views

app_name = "reports"

urlpatterns = [
    path("medarbetare/", views.staff, name="staff"),
    path("medarbetare/export/<str:form>/", views.staff_export, name="staff_export"),
    path("medarbetare/<uuid:public_id>/", views.person, name="person"),
    path("uppfoljning/", views.overview_page, name="overview"),
]
