"""Addresses of one's own data and of the log."""

from django.urls import path

from tracking.privacy import views

app_name = "privacy"

urlpatterns = [
    path("mina-uppgifter/", views.mine, name="mine"),
    path("mina-uppgifter/fil/<str:form>/", views.mine_as_file, name="mine_as_file"),
    path("mina-uppgifter/ta-bort/<slug:code>/", views.erase, name="erase"),
    path("mina-uppgifter/vem-har-sett/", views.concerning_me, name="concerning_me"),
    path("granskningslogg/", views.log, name="log"),
]
