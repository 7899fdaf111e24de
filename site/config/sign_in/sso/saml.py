"""SAML 2.0: a signed assertion, for us, for this request, once.

python3-saml verifies the signature and what was signed. Where it takes a missing condition for a
fulfilled one, this file does not: audience, recipient, request and expiry must all be there.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Saml
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from config.sign_in.sso.actions import spend
from config.sign_in.sso.identity import Bound, Identity, Reason, Refused

LARGEST = 256 * 1024  # characters of a response
CONFIRMATION = "/saml:Subject/saml:SubjectConfirmation"
# python3-saml allows the clocks to differ by so much: an assertion is remembered that much longer.
DRIFT = timedelta(seconds=Saml.ALLOWED_CLOCK_DRIFT)
STRICT = {
    "wantAssertionsSigned": True,
    "wantAttributeStatement": True,
    "wantNameId": True,
    "rejectDeprecatedAlgorithm": True,
    "allowRepeatAttributeName": False,
    "requestedAuthnContext": False,
    "allowSingleLabelDomains": True,  # as hosts on an intranet may be called
    "signatureAlgorithm": Saml.RSA_SHA256,
    "digestAlgorithm": Saml.SHA256,
}


class SamlProvider(Bound, SAMLProvider):
    """The one provider of SAML_IDP_ENTITY_ID."""

    def begin(self, *, next_url: str | None) -> HttpResponse:
        """Send the browser to the provider, with a request whose name the session keeps."""
        auth = OneLogin_Saml2_Auth(_asked(self.request), self.configuration())
        address = auth.login(return_to="")
        self.stash_redirect_state(
            self.request, AuthProcess.LOGIN, next_url, state_id=auth.get_last_request_id()
        )
        return redirect(address)

    def finish(self) -> SocialLogin:
        """Whom the provider vouches for, from the response the browser posted."""
        response = self._response()
        request_id = response.get_in_response_to() or ""
        state = statekit.unstash_state(self.request, provider_id=self.sub_id, state_id=request_id)
        if state is None:
            raise Refused(Reason.STALE, "no such request in this session")
        if not response.is_valid(_asked(self.request), request_id=request_id):
            raise Refused(Reason.UNTRUSTED, str(response.get_error()))
        identity = self._identity(response)
        spend(
            issuer=self.app.settings["idp"]["entity_id"],
            assertion=response.get_assertion_id(),
            until=self._confirmed_until(response, request_id) + DRIFT,
            now=timezone.now(),
        )
        login: SocialLogin = self.sociallogin_from_response(self.request, identity)
        login.identity, login.state = identity, state
        return login

    def configuration(self) -> dict[str, Any]:
        """What python3-saml is told of the provider and of us."""
        idp = self.app.settings["idp"]
        return {
            "strict": True,
            "security": STRICT,
            "sp": {
                "entityId": self.app.settings["sp_entity_id"] or self._address("sso_saml_metadata"),
                "assertionConsumerService": {
                    "url": self._address("sso_saml_acs"),
                    "binding": Saml.BINDING_HTTP_POST,
                },
                "NameIDFormat": Saml.NAMEID_UNSPECIFIED,
            },
            "idp": {
                "entityId": idp["entity_id"],
                "singleSignOnService": {
                    "url": idp["sso_url"],
                    "binding": Saml.BINDING_HTTP_REDIRECT,
                },
                "x509certMulti": {"signing": idp["certificates"]},
            },
        }

    def _address(self, name: str) -> str:
        return str(self.request.build_absolute_uri(reverse(name)))

    def _response(self) -> OneLogin_Saml2_Response:
        said = self.request.POST.get("SAMLResponse", "")
        if not said or len(said) > LARGEST:
            raise Refused(Reason.UNTRUSTED, "no response, or one of no sensible size")
        settings = OneLogin_Saml2_Settings(self.configuration())
        try:
            return OneLogin_Saml2_Response(settings, said)
        except Exception as error:  # whatever a parser makes of whatever was sent
            raise Refused(Reason.UNTRUSTED, type(error).__name__) from error

    def _confirmed_until(self, response: OneLogin_Saml2_Response, request_id: str) -> datetime:
        """Until when the signed assertion holds for us and this request. Raises Refused."""
        here, us = self._address("sso_saml_acs"), self.configuration()["sp"]["entityId"]
        if response.document.get("Destination") != here:
            raise Refused(Reason.UNTRUSTED, "the response was meant for another address")
        if us not in response.get_audiences():
            raise Refused(Reason.UNTRUSTED, "the assertion is not meant for us")
        ends = [
            end
            for data in _bearer_confirmations(response)
            if data.get("Recipient") == here
            and data.get("InResponseTo") == request_id
            and (end := _moment(data.get("NotOnOrAfter"))) is not None
        ]
        if not ends or max(ends) <= timezone.now():
            raise Refused(Reason.UNTRUSTED, "the assertion is not for this log-in")
        return max(ends)

    def _identity(self, response: OneLogin_Saml2_Response) -> Identity:
        try:
            attributes = response.get_attributes()
            name_id = response.get_nameid_data()
        except Exception as error:  # python3-saml's own, and those of the parser
            raise Refused(Reason.UNTRUSTED, type(error).__name__) from error
        said = [str(one).strip() for one in attributes.get(self.app.settings["person_id"], [])]
        if len(said) != 1 or not said[0]:
            raise Refused(Reason.UNKNOWN, "the attribute of the person's key is not there once")
        # Only a persistent name is the account's own; any other may be new at every log-in.
        lasting = name_id.get("Format") == Saml.NAMEID_PERSISTENT
        uid = str(name_id["Value"]) if lasting else said[0]
        return Identity(uid=hashlib.sha256(uid.encode()).hexdigest(), person_id=said[0])


def metadata(provider: SamlProvider) -> bytes:
    """What the identity provider's administrator is given to read in."""
    settings = OneLogin_Saml2_Settings(provider.configuration(), sp_validation_only=True)
    said: str | bytes = settings.get_sp_metadata()
    return said if isinstance(said, bytes) else said.encode()


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": request.path_info,
        "get_data": {},
        "post_data": {},
    }


def _bearer_confirmations(response: OneLogin_Saml2_Response) -> Iterator[Any]:
    # Asked of what was signed: the library follows the signature's reference.
    for one in response._query_assertion(CONFIRMATION):
        if one.get("Method") == Saml.CM_BEARER:
            yield from one.findall("saml:SubjectConfirmationData", namespaces=Saml.NSMAP)


def _moment(said: str | None) -> datetime | None:
    if not said:
        return None
    return datetime.fromtimestamp(OneLogin_Saml2_Utils.parse_SAML_to_time(said), tz=UTC)
