"""Addresses of signing in and of Mitt konto."""

from django.urls import path

from config.sign_in import account, views
from config.sign_in.second_factor import changes
from config.sign_in.second_factor import views as second_factor
from config.sign_in.sso import views as sso

urlpatterns = [
    path("logga-in/", views.LogIn.as_view(), name="login"),
    path("logga-in/kod/", second_factor.give_code, name="second_factor"),
    path("logga-in/telefon/", second_factor.enrol, name="second_factor_enrol"),
    path("logga-in/oidc/", sso.oidc_begin, name="sso_oidc"),
    path("logga-in/oidc/svar/", sso.oidc_callback, name="sso_oidc_callback"),
    path("logga-in/saml/", sso.saml_begin, name="sso_saml"),
    path("logga-in/saml/svar/", sso.saml_acs, name="sso_saml_acs"),
    path("logga-in/saml/metadata/", sso.saml_metadata, name="sso_saml_metadata"),
    path("konto/", account.account, name="account"),
    path("konto/kvar/", account.stay_signed_in, name="stay_signed_in"),
    path("konto/losenord/", account.ChangePassword.as_view(), name="change_password"),
    path("konto/kod/", changes.change, name="second_factor_change"),
    path("konto/reservkoder/", second_factor.show_recovery_codes, name="recovery_codes"),
    path("konto/logga-ut-overallt/", account.log_out_everywhere, name="log_out_everywhere"),
]
