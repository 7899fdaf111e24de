"""Identity providers to sign in at."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.config.sign_in.sso.oidc_peer import OidcPeer, oidc_peer
from tests.config.sign_in.sso.saml_peer import SamlPeer, saml_peer


@pytest.fixture(scope="package")
def _oidc() -> Iterator[OidcPeer]:
    with oidc_peer() as peer:
        yield peer


@pytest.fixture
def oidc(_oidc: OidcPeer, settings: Any) -> OidcPeer:
    """An honest provider, switched on."""
    cache.clear()
    fresh = OidcPeer(_oidc.address)
    _oidc.__dict__.update(fresh.__dict__)
    settings.SSO_APPS = [_oidc.app()]
    return _oidc


@pytest.fixture(scope="package")
def _saml() -> Iterator[SamlPeer]:
    with saml_peer() as peer:
        yield peer


@pytest.fixture
def saml(_saml: SamlPeer, settings: Any) -> SamlPeer:
    """An honest provider, switched on."""
    _saml.__dict__.update(SamlPeer(_saml.address).__dict__)
    settings.SSO_APPS = [_saml.app()]
    return _saml
