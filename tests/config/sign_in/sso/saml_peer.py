"""A SAML identity provider on loopback: real requests, real signatures, and ways to cheat."""

import base64
import copy
import secrets
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from signxml import XMLSigner, methods
from signxml.algorithms import SignatureMethod

NS = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
ENTITY_ID = "https://idp.example/metadata"
ACS = "http://testserver/logga-in/saml/svar/"
AUDIENCE = "http://testserver/logga-in/saml/metadata/"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
Element = Any
RESPONSE = """<samlp:Response xmlns:samlp="{samlp}" xmlns:saml="{saml}" ID="{response_id}"
 Version="2.0" IssueInstant="{now}"{destination} InResponseTo="{in_response_to}">
<saml:Issuer>{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode
 Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:Response>"""
ASSERTION = """<saml:Assertion xmlns:saml="{saml}" xmlns:ds="{ds}" ID="{assertion_id}"
 Version="2.0" IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>
<saml:NameID Format="{name_id_format}">{name_id}</saml:NameID>
<saml:SubjectConfirmation Method="{method}"><saml:SubjectConfirmationData{confirmation}/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{not_before}" NotOnOrAfter="{not_after}">{audience}</saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s"><saml:AuthnContext>
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password
</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""

RESTRICTION = """<saml:AudienceRestriction><saml:Audience>{}</saml:Audience>
</saml:AudienceRestriction>"""
ATTRIBUTE = """<saml:Attribute Name="{}"><saml:AttributeValue>{}</saml:AttributeValue>
</saml:Attribute>"""


@cache
def key_pair(name: str) -> tuple[str, str]:
    """Private key and certificate, as PEM; the same for the same name."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    day = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day)
        .not_valid_after(day + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    return (
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode(),
        certificate.public_bytes(pem).decode(),
    )


class Signer(XMLSigner):
    """Signs as old providers do, too."""

    def check_deprecated_methods(self) -> None:
        """Anything goes here; not at our end."""


@dataclass(frozen=True)
class Said:
    """What a response says; None leaves a condition out."""

    in_response_to: str
    person_ids: tuple[str, ...] = ("D1",)
    name_id: str = "n-1"
    name_id_format: str = PERSISTENT
    issuer: str = ENTITY_ID
    destination: str | None = ACS
    recipient: str | None = ACS
    audience: str | None = AUDIENCE
    confirmed: str | None = "same"  # the request the subject confirmation names
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    not_before: int = -60  # seconds from now
    not_after: int = 300
    confirmed_for: int | None = 300
    key: str = "idp"
    algorithm: SignatureMethod = SignatureMethod.RSA_SHA256
    sign_assertion: bool = True
    sign_response: bool = False
    assertion_id: str = field(default_factory=lambda: f"_a{secrets.token_hex(8)}")
    response_id: str = field(default_factory=lambda: f"_r{secrets.token_hex(8)}")

    def response(self) -> Element:
        """The response, signed as said."""
        root = etree.fromstring(RESPONSE.format(**self._values()))
        assertion = etree.fromstring(ASSERTION.format(**self._values()))
        if self.sign_assertion:
            assertion = self._signed(assertion, self.assertion_id)
        root.append(assertion)
        return self._signed(root, self.response_id) if self.sign_response else root

    def _signed(self, element: Element, name: str) -> Element:
        place = etree.Element(f"{{{NS['ds']}}}Signature", Id="placeholder")
        element.insert(1, place)
        key, certificate = key_pair(self.key)
        signer = Signer(
            method=methods.enveloped,
            signature_algorithm=self.algorithm,
            c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#",
        )
        return signer.sign(element, key=key, cert=certificate, reference_uri=name)

    def _values(self) -> dict[str, str]:
        request = self.in_response_to if self.confirmed == "same" else self.confirmed
        confirmation = {
            "Recipient": self.recipient,
            "InResponseTo": request,
            "NotOnOrAfter": None if self.confirmed_for is None else _moment(self.confirmed_for),
        }
        return NS | {
            "now": _moment(0),
            "in_response_to": self.in_response_to,
            "issuer": self.issuer,
            "response_id": self.response_id,
            "assertion_id": self.assertion_id,
            "destination": "" if self.destination is None else f' Destination="{self.destination}"',
            "name_id": self.name_id,
            "name_id_format": self.name_id_format,
            "method": self.method,
            "not_before": _moment(self.not_before),
            "not_after": _moment(self.not_after),
            "audience": "" if self.audience is None else RESTRICTION.format(self.audience),
            "confirmation": "".join(f' {k}="{v}"' for k, v in confirmation.items() if v),
            "attributes": ATTRIBUTE.format("mail", "anna@example.org")
            + "".join(ATTRIBUTE.format("employeeNumber", one) for one in self.person_ids),
        }


def _moment(seconds: int) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def honest(said: Said) -> Element:
    """What a provider answers when all is well."""
    return said.response()


def find(element: Element, path: str) -> Element:
    """The first element at the path."""
    return element.find(path, namespaces=NS)


def packed(response: Element | bytes) -> str:
    """As a browser posts it."""
    raw = response if isinstance(response, bytes) else etree.tostring(response)
    return base64.b64encode(raw).decode()


def evil(element: Element, name: str) -> Element:
    """A copy that says it is D2, under another ID and without a signature."""
    made = copy.deepcopy(element)
    made.set("ID", name)
    for signature in made.xpath(".//ds:Signature", namespaces=NS):
        signature.getparent().remove(signature)
    for value in made.xpath(".//saml:AttributeValue[text()='D1']", namespaces=NS):
        value.text = "D2"
    return made


def _parts(response: Element) -> tuple[Element, Element]:
    """The signed assertion and its signature."""
    assertion = find(response, "saml:Assertion")
    return assertion, find(assertion, "ds:Signature")


def xsw1(response: Element) -> Element:
    """The signed response inside the signature of a false one."""
    signature = find(response, "ds:Signature")
    outer, inner = evil(response, "_evil"), copy.deepcopy(response)
    inner.remove(find(inner, "ds:Signature"))
    signature = copy.deepcopy(signature)
    signature.append(inner)
    outer.insert(1, signature)
    return outer


def xsw2(response: Element) -> Element:
    """The signed response beside the signature of a false one."""
    signature = copy.deepcopy(find(response, "ds:Signature"))
    outer, inner = evil(response, "_evil"), copy.deepcopy(response)
    inner.remove(find(inner, "ds:Signature"))
    outer.insert(1, signature)
    outer.insert(1, inner)
    return outer


def xsw3(response: Element) -> Element:
    """A false assertion before the signed one."""
    assertion, _signature = _parts(response)
    assertion.addprevious(evil(assertion, "_evil"))
    return response


def xsw4(response: Element) -> Element:
    """A false assertion around the signed one."""
    assertion, _signature = _parts(response)
    false = evil(assertion, "_evil")
    response.replace(assertion, false)
    false.append(assertion)
    return response


def xsw5(response: Element) -> Element:
    """A false assertion with the signature, the true one after it without."""
    assertion, signature = _parts(response)
    false = evil(assertion, "_evil")
    assertion.remove(signature)
    false.insert(1, signature)
    response.replace(assertion, false)
    response.append(assertion)
    return response


def xsw6(response: Element) -> Element:
    """A false assertion with the signature, and the true one inside the signature."""
    assertion, signature = _parts(response)
    false = evil(assertion, "_evil")
    assertion.remove(signature)
    false.insert(1, signature)
    response.replace(assertion, false)
    signature.append(assertion)
    return response


def xsw7(response: Element) -> Element:
    """A false assertion of the same name, among extensions that nobody checks."""
    assertion, _signature = _parts(response)
    extensions = etree.Element(f"{{{NS['samlp']}}}Extensions")
    extensions.append(evil(assertion, assertion.get("ID")))
    response.insert(1, extensions)
    return response


def xsw8(response: Element) -> Element:
    """A false assertion with the signature, and the true one in an Object of it."""
    assertion, signature = _parts(response)
    false = evil(assertion, assertion.get("ID"))
    assertion.remove(signature)
    false.insert(1, signature)
    response.replace(assertion, false)
    etree.SubElement(signature, f"{{{NS['ds']}}}Object").append(assertion)
    return response


def xsw_same_name(response: Element) -> Element:
    """The false one has the true one's name and comes first."""
    assertion, _signature = _parts(response)
    assertion.addprevious(evil(assertion, assertion.get("ID")))
    return response


WRAPPINGS = (xsw1, xsw2, xsw3, xsw4, xsw5, xsw6, xsw7, xsw8, xsw_same_name)


@dataclass
class SamlPeer:
    """`answer` makes the response of what an honest one would say."""

    address: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    answer: Callable[[Said], Element | bytes] = honest

    def app(self) -> dict[str, Any]:
        """What the settings say of it."""
        return {
            "provider": "saml",
            "provider_id": f"saml@{ENTITY_ID}",
            "name": "Stadens inloggning",
            "client_id": "saml",
            "settings": {
                "idp": {
                    "entity_id": ENTITY_ID,
                    "sso_url": f"{self.address}/sso",
                    "certificates": [key_pair("idp")[1]],
                },
                "sp_entity_id": "",
                "person_id": "employeeNumber",
            },
        }

    def respond(self, query: str) -> str:
        """The SAMLResponse for the request in an address' query."""
        said = parse_qs(query)["SAMLRequest"][0]
        request = etree.fromstring(zlib.decompress(base64.b64decode(said), -15))
        assert request.get("AssertionConsumerServiceURL") == ACS
        return packed(self.answer(replace(Said(request.get("ID")), **self.changes)))


@contextmanager
def saml_peer() -> Iterator[SamlPeer]:
    """The provider, listening."""
    peer = SamlPeer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = peer.respond(urlsplit(self.path).query).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    peer.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
