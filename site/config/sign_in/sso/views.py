"""Addresses of SSO: there and back. Where a way in is off, they are not there."""

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from config.sign_in.sso.identity import Refused
from config.sign_in.sso.oidc import OidcProvider
from config.sign_in.sso.refusal import refusal
from config.sign_in.sso.saml import SamlProvider, metadata

Provider = OidcProvider | SamlProvider
View = Callable[[HttpRequest], HttpResponse]
ViewOfProvider = Callable[[HttpRequest, Provider], HttpResponse]


def _way_in(kind: type[Provider]) -> Callable[[ViewOfProvider], View]:
    """A view for this kind of provider: 404 when it is off, a page when somebody is refused."""

    def decorate(view: ViewOfProvider) -> View:
        @login_not_required
        @wraps(view)
        def asked(request: HttpRequest) -> HttpResponse:
            try:
                provider = get_adapter(request).get_provider(request, kind.id)
            except SocialApp.DoesNotExist as error:
                raise Http404 from error
            try:
                return view(request, provider)
            except Refused as refused:
                return refusal(request, refused)

        return asked

    return decorate


def _signed_in(request: HttpRequest, provider: Provider) -> HttpResponse:
    answer: HttpResponse = complete_social_login(request, provider.finish())
    return answer


def _next_url(request: HttpRequest) -> str | None:
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else None


@require_safe
@_way_in(OidcProvider)
def oidc_begin(request: HttpRequest, provider: Provider) -> HttpResponse:
    """To the identity provider."""
    return provider.begin(next_url=_next_url(request))


@require_safe
@_way_in(OidcProvider)
def oidc_callback(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Back from it."""
    return _signed_in(request, provider)


@require_safe
@_way_in(SamlProvider)
def saml_begin(request: HttpRequest, provider: Provider) -> HttpResponse:
    """To the identity provider."""
    return provider.begin(next_url=_next_url(request))


@csrf_exempt
@require_POST
@_way_in(SamlProvider)
def saml_acs(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Back from it.

    The response is posted by a page of somebody else's, and with it the browser sends no session
    (SameSite=Lax). So it is posted once more, from a page of ours. A stranger's form gains
    nothing: a response is taken only in the session that asked for it.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and "again" not in request.POST:
        return render(
            request, "sign_in/saml_again.html", {"response": request.POST.get("SAMLResponse", "")}
        )
    return _signed_in(request, provider)


@require_safe
@_way_in(SamlProvider)
def saml_metadata(_request: HttpRequest, provider: Provider) -> HttpResponse:
    """Who we are, for the identity provider."""
    return HttpResponse(metadata(provider), content_type="application/samlmetadata+xml")
