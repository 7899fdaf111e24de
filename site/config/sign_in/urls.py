"""Addresses of signing in and of Mitt konto."""

from django.urls import path

from config.sign_in import account, views

urlpatterns = [
    path("logga-in/", views.LogIn.as_view(), name="login"),
    path("konto/", account.account, name="account"),
    path("konto/losenord/", account.ChangePassword.as_view(), name="change_password"),
    path("konto/logga-ut-overallt/", account.log_out_everywhere, name="log_out_everywhere"),
]
