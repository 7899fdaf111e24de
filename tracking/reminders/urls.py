"""Addresses of reminders."""

from django.urls import path

from tracking.reminders.views import log, own

app_name = "reminders"

urlpatterns = [
    path("forhandsgranska/", own.preview, name="preview"),
    path("skicka/", own.send, name="send"),
    path("skickade/", log.log, name="log"),
    path("mina/", log.mine, name="mine"),
    path("utskick/<uuid:public_id>/", own.batch, name="batch"),
]
