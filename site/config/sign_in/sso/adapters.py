"""What allauth asks us: who may come in, and which of its own ways are shut."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.http import HttpRequest

from config.sign_in.sso.actions import account_of
from config.sign_in.sso.identity import Refused
from config.sign_in.sso.refusal import refusal


class SocialAdapter(DefaultSocialAccountAdapter):
    """Providers from the settings alone, people from HR alone."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of the environment: a row in the database opens no way in."""
        apps = [SocialApp(**described) for described in settings.SSO_APPS]
        return [
            app
            for app in apps
            if provider in {None, app.provider, app.provider_id}
            and client_id in {None, app.client_id}
        ]

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> Any:
        """Ours in allauth's place; SocialApp.DoesNotExist when this way in is off."""
        from config.sign_in.sso.oidc import OidcProvider
        from config.sign_in.sso.saml import SamlProvider

        app = self.get_app(request, provider=provider, client_id=client_id)
        kind = {OidcProvider.id: OidcProvider, SamlProvider.id: SamlProvider}[app.provider]
        return kind(request, app=app)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Bind to the person before anything is begun, or answer with the refusal."""
        try:
            link = account_of(provider=sociallogin.account.provider, identity=sociallogin.identity)
        except Refused as refused:
            raise ImmediateHttpResponse(refusal(request, refused)) from refused
        sociallogin.account = link
        sociallogin.user = link.user

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: who is not staff has nothing here."""
        return False

    def send_notification_mail(self, *_args: Any, **_given: Any) -> None:
        """None: there is nothing the person has done themself."""


class AccountAdapter(DefaultAccountAdapter):
    """Nothing of allauth's own pages, mails or messages."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_stages(self) -> list[str]:
        """None: a second factor is the identity provider's, ours is asked for with a password."""
        return []

    def add_message(self, *_args: Any, **_given: Any) -> None:
        """None: the page that follows says enough."""
