"""An OpenID provider on loopback, which can be made to lie."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import jwt
import oidc_provider_mock
import requests
import werkzeug.serving
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

CLIENT_ID = "kompetens"
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
Claims = dict[str, Any]


@dataclass
class OidcPeer:
    """`claims` changes what the token says, `sign` how it is signed; `described` its metadata."""

    address: str = ""
    claims: Callable[[Claims], Claims] | None = None
    sign: Callable[[Claims, str], str] | None = None
    described: Claims = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def app(self) -> dict[str, Any]:
        """What the settings say of it."""
        return {
            "provider": "openid_connect",
            "provider_id": f"oidc@{self.address}",
            "name": "Stadens inloggning",
            "client_id": CLIENT_ID,
            "secret": "hemlig",
            "settings": {
                "server_url": self.address,
                "person_id": "employee_id",
                "scope": ["openid"],
                "oauth_pkce_enabled": True,
            },
        }

    def knows(self, sub: str, **claims: object) -> None:
        """Somebody has an account there."""
        requests.put(f"{self.address}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def authorize(self, address: str, sub: str) -> str:
        """What the person does there; gives the address the browser is sent back to."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def tamper(self, response: flask.Response) -> flask.Response:
        """Change the answers on their way out."""
        if flask.request.path == "/.well-known/openid-configuration":
            response.set_data(json.dumps(response.get_json() | self.described))
        if flask.request.path.endswith("/token"):
            self.asked.append(dict(flask.request.form))
            body = response.get_json()
            if "id_token" in body and (self.sign or self.claims):
                claims = jwt.decode(body["id_token"], options={"verify_signature": False})
                claims = self.claims(claims) if self.claims else claims
                kid = jwt.get_unverified_header(body["id_token"]).get("kid", "")
                sign = self.sign or self.own_key
                response.set_data(json.dumps(body | {"id_token": sign(claims, kid)}))
        return response

    def own_key(self, claims: Claims, kid: str) -> str:
        """Signed as the provider itself would."""
        from oidc_provider_mock._storage import storage

        private = storage.jwk.as_dict(is_private=True)
        return jwt.encode(
            claims, jwt.PyJWK(private, algorithm="RS256").key, "RS256", headers=_named(kid)
        )


def _named(kid: str) -> dict[str, str] | None:
    return {"kid": kid} if kid else None


def by_nobody(claims: Claims, kid: str) -> str:
    """alg none."""
    return jwt.encode(claims, None, "none", headers=_named(kid))


def by_another_key(claims: Claims, kid: str) -> str:
    """A key that is not the provider's, under its name."""
    return jwt.encode(claims, OTHER_KEY, "RS256", headers=_named(kid))


def by_the_client_s_secret(claims: Claims, kid: str) -> str:
    """A shared secret in place of a key."""
    return jwt.encode(claims, "hemlig" * 10, "HS256", headers=_named(kid))


def with_the_signature_cut_off(claims: Claims, kid: str) -> str:
    """A token that looks signed."""
    head, body, _signature = by_another_key(claims, kid).split(".")
    return f"{head}.{body}.{base64.urlsafe_b64encode(b'x' * 256).decode().rstrip('=')}"


@contextmanager
def oidc_peer() -> Iterator[OidcPeer]:
    """The provider, listening."""
    peer = OidcPeer()
    app = oidc_provider_mock.app()
    app.after_request(peer.tamper)
    server = werkzeug.serving.make_server("127.0.0.1", 0, app, threaded=True)
    peer.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def come_back(client: Client, address: str) -> HttpResponse:
    """The browser follows the provider's redirect to us."""
    parts = urlsplit(address)
    return client.get(parts.path, {name: value[0] for name, value in parse_qs(parts.query).items()})
