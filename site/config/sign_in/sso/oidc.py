"""OpenID Connect: the code flow with PKCE, state and nonce, and an ID token that is verified.

allauth brings the flow. What it leaves to the caller is added here: it takes the token of the
code flow unverified (as the specification allows), sends no nonce, and asks no issuer of an answer.
"""

import hmac
import secrets
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.sign_in.sso.identity import Bound, Identity, Reason, Refused

# Signatures by a key that only the provider has; never "none", never a shared secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY = 60  # seconds the two clocks may differ
TIMEOUT = 10  # seconds to wait for the provider
KEPT = 600  # seconds its description and keys are believed without asking again
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class OidcAdapter(OpenIDConnectOAuth2Adapter):
    """The provider's addresses and keys."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Its description, which must be its own."""
        issuer = self.get_provider().app.settings["server_url"]
        found = _fetched(self.get_provider().server_url)
        if found.get("issuer") != issuer:
            raise Refused(Reason.UNTRUSTED, "the description is another issuer's")
        return found

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the browser is sent back to: one address for one issuer."""
        return request.build_absolute_uri(reverse("sso_oidc_callback"))

    def key(self, header: dict[str, Any]) -> jwt.PyJWK:
        """The provider's key that signed; asked for again when it is a new one."""
        address = self.openid_config["jwks_uri"]
        for again in (False, True):
            for described in _fetched(address, again=again).get("keys", []):
                if described.get("use", "sig") != "sig" or described.get("kty") == "oct":
                    continue
                if header.get("kid") in {None, described.get("kid")}:
                    return jwt.PyJWK(described, algorithm=header["alg"])
        raise Refused(Reason.UNTRUSTED, "signed by a key that is not the provider's")


class OidcProvider(Bound, OpenIDConnectProvider):
    """The one provider of OIDC_ISSUER."""

    def get_oauth2_adapter(self, request: HttpRequest) -> OidcAdapter:
        """Ours."""
        return OidcAdapter(request, self.app.provider_id)

    def begin(self, *, next_url: str | None) -> HttpResponse:
        """Send the browser to the provider. What the browser asked for adds nothing."""
        nonce = secrets.token_urlsafe(32)
        try:
            answer: HttpResponse = self.redirect(
                self.request,
                AuthProcess.LOGIN,
                next_url=next_url,
                auth_params={"nonce": nonce},
                nonce=nonce,
            )
        except requests.RequestException as error:
            raise Refused(Reason.UNREACHABLE, type(error).__name__) from error
        return answer

    def finish(self) -> SocialLogin:
        """Whom the provider vouches for, from what the browser came back with."""
        asked = self.request.GET
        state = statekit.unstash_state(
            self.request, provider_id=self.sub_id, state_id=asked.get("state", "")
        )
        if state is None:
            raise Refused(Reason.STALE, "no such state in this session")
        adapter = self.get_oauth2_adapter(self.request)
        try:
            self._check_issuer(adapter)
            if asked.get("error"):
                cancelled = asked["error"] == "access_denied"
                raise Refused(Reason.CANCELLED if cancelled else Reason.UNTRUSTED)
            client = adapter.get_client(self.request, self.app)
            answer = client.get_access_token(
                asked.get("code", ""), pkce_code_verifier=state["pkce_code_verifier"]
            )
            claims = self._claims(adapter, str(answer.get("id_token", "")), state["nonce"])
        except OAuth2Error as error:
            raise Refused(Reason.UNTRUSTED, "the code was not accepted") from error
        except requests.RequestException as error:
            raise Refused(Reason.UNREACHABLE, type(error).__name__) from error
        identity = self._identity(claims)
        login: SocialLogin = self.sociallogin_from_response(self.request, identity)
        login.identity, login.state = identity, state
        return login

    def _check_issuer(self, adapter: OidcAdapter) -> None:
        """An answer that says whose it is must be this provider's (RFC 9207: mix-up)."""
        described = adapter.openid_config
        said = self.request.GET.get("iss")
        always = described.get("authorization_response_iss_parameter_supported")
        if (said or always) and said != described["issuer"]:
            raise Refused(Reason.UNTRUSTED, "the answer is another issuer's")

    def _claims(self, adapter: OidcAdapter, token: str, nonce: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in ALGORITHMS:
                raise Refused(Reason.UNTRUSTED, "not signed by a key of the provider")
            claims: dict[str, Any] = jwt.decode(
                token,
                adapter.key(header),
                algorithms=[header["alg"]],
                audience=self.app.client_id,
                issuer=adapter.openid_config["issuer"],
                leeway=LEEWAY,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
            )
        except jwt.PyJWTError as error:
            raise Refused(Reason.UNTRUSTED, type(error).__name__) from error
        if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
            raise Refused(Reason.UNTRUSTED, "the token is not for this log-in")
        if claims.get("azp", self.app.client_id) != self.app.client_id:
            raise Refused(Reason.UNTRUSTED, "the token is for another program")
        return claims

    def _identity(self, claims: dict[str, Any]) -> Identity:
        said = claims.get(self.app.settings["person_id"])
        if not isinstance(said, str | int) or isinstance(said, bool) or not str(said).strip():
            raise Refused(Reason.UNKNOWN, "the claim of the person's key is missing")
        return Identity(uid=str(claims["sub"]), person_id=str(said).strip())


def _fetched(address: str, *, again: bool = False) -> dict[str, Any]:
    """What the provider says at an address of its own, kept for a while."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise Refused(Reason.UNTRUSTED, "an address of the provider is not https")
    kept_as = f"sso:{address}"
    found: dict[str, Any] | None = None if again else cache.get(kept_as)
    if found is None:
        response = requests.get(address, timeout=TIMEOUT)
        response.raise_for_status()
        found = dict(response.json())
        cache.set(kept_as, found, KEPT)
    return found
