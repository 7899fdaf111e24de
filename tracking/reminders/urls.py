"""Addresses of reminders."""

from django.urls import path

from tracking.reminders.views import log, own, rule

app_name = "reminders"

urlpatterns = [
    path("forhandsgranska/", own.preview, name="preview"),
    path("skicka/", own.send, name="send"),
    path("skickade/", log.log, name="log"),
    path("kommande/", rule.coming, name="coming"),
    path("regler/", rule.rules, name="rules"),
    path("regler/mal/", rule.switch, name="switch"),
    path("returer/", rule.bounces, name="bounces"),
    path("returer/<uuid:public_id>/fungerar/", rule.works, name="works"),
    path("mina/", log.mine, name="mine"),
    path("utskick/<uuid:public_id>/", own.batch, name="batch"),
]
