"""Addresses of what was learned elsewhere, and of what proves it."""

from django.urls import path

from tracking.evidence.attendance import views as attendance

app_name = "evidence"

urlpatterns = [
    path("medarbetare/narvaro/", attendance.record_page, name="attendance"),
    path("medarbetare/narvaro/<uuid:public_id>/", attendance.made_page, name="attendance_made"),
    path(
        "medarbetare/narvaro/<uuid:public_id>/aterta/",
        attendance.withdraw,
        name="attendance_withdraw",
    ),
]
