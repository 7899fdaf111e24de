"""SAML against an identity provider that runs: who comes in, and every attack that doesn't."""

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from lxml import etree
from signxml.algorithms import SignatureMethod

from config.sign_in.models import SpentAssertion
from tests.config.sign_in.sso.saml_peer import (
    ACS,
    AUDIENCE,
    NS,
    TRANSIENT,
    WRAPPINGS,
    Element,
    Said,
    SamlPeer,
    find,
    key_pair,
    packed,
)
from tracking.organisation.models import Person, User

pytestmark = pytest.mark.django_db
BACK = "/logga-in/saml/svar/"
UNTRUSTED = "gick inte att lita på"
STALE = "tog för lång tid"


@pytest.fixture(autouse=True)
def staff() -> None:
    Person.objects.create(person_id="D1", first_name="Anna", last_name="Ek")
    Person.objects.create(person_id="D2", first_name="Offer", last_name="Ek")


def answered(client: Client, begin: str = "") -> str:
    """The response the provider gives this browser."""
    begun = client.get(f"/logga-in/saml/{begin}")
    answer = requests.get(begun.headers["Location"], timeout=5)
    assert answer.status_code == 200
    return answer.text


def post(client: Client, response: str) -> HttpResponse:
    return client.post(BACK, {"SAMLResponse": response})


def sign_in(client: Client, begin: str = "") -> HttpResponse:
    return post(client, answered(client, begin))


def who(client: Client) -> str:
    """HR's key of who is signed in, or nobody."""
    user = client.session.get("_auth_user_id")
    return Person.objects.get(user=user).person_id if user else ""


def assert_refused(response: HttpResponse, client: Client, words: str = UNTRUSTED) -> None:
    assert response.status_code == 403
    assert words in response.content.decode()
    assert who(client) == ""
    assert not User.objects.exists()


def reasons(caplog: Any) -> str:
    """Why the log says that somebody was refused."""
    said = [one.getMessage() for one in caplog.records if one.name.startswith("config")]
    return " ".join(said)


def test_a_known_person_gets_an_account_at_the_first_log_in(saml: SamlPeer, client: Client) -> None:
    response = sign_in(client, "?next=/min-utbildning/")
    assert response.headers["Location"] == "/min-utbildning/"
    assert who(client) == "D1"
    user = User.objects.get()
    assert user.username.startswith("sso-")
    assert (user.email, user.has_usable_password()) == ("", False)
    assert SocialAccount.objects.get().extra_data == {}


def test_the_second_log_in_is_the_same_account(saml: SamlPeer) -> None:
    for _ in range(2):
        client = Client()
        sign_in(client)
        assert who(client) == "D1"
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_a_signed_response_around_a_signed_assertion_is_fine(
    saml: SamlPeer, client: Client
) -> None:
    saml.changes = {"sign_response": True}
    sign_in(client)
    assert who(client) == "D1"


def test_a_name_that_is_new_each_time_is_no_hindrance(saml: SamlPeer) -> None:
    for name in ("t-1", "t-2"):
        client = Client()
        saml.changes = {"name_id": name, "name_id_format": TRANSIENT}
        sign_in(client)
        assert who(client) == "D1"


def test_a_response_arrives_without_the_session_and_is_passed_on(
    saml: SamlPeer, client: Client
) -> None:
    response = answered(client)
    first = Client(enforce_csrf_checks=True).post(BACK, {"SAMLResponse": response})
    assert first.status_code == 200
    assert f'name="SAMLResponse" value="{response}"' in first.content.decode()
    assert not User.objects.exists()
    client.post(BACK, {"SAMLResponse": response, "again": "1"})
    assert who(client) == "D1"


def test_what_is_passed_on_is_escaped(saml: SamlPeer) -> None:
    page = Client().post(BACK, {"SAMLResponse": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_our_metadata_says_where_to_send_what_to_whom(saml: SamlPeer, client: Client) -> None:
    root = etree.fromstring(client.get("/logga-in/saml/metadata/").content)
    assert root.get("entityID") == AUDIENCE
    assert root.xpath("//*[local-name()='AssertionConsumerService']/@Location") == [ACS]
    assert root.xpath("//@WantAssertionsSigned") == ["true"]


def test_two_keys_hold_while_the_provider_changes_its_own(
    saml: SamlPeer, settings: Any, client: Client
) -> None:
    settings.SSO_APPS[0]["settings"]["idp"]["certificates"].append(key_pair("new")[1])
    saml.changes = {"key": "new"}
    sign_in(client)
    assert who(client) == "D1"


LIES: dict[str, tuple[dict[str, Any], str]] = {
    "unsigned": ({"sign_assertion": False}, "not signed"),
    "only the envelope signed": (
        {"sign_assertion": False, "sign_response": True},
        "The Assertion of the Response is not signed",
    ),
    "re-signed by another": ({"key": "other"}, "Signature validation failed"),
    "signed by SHA-1": ({"algorithm": SignatureMethod.RSA_SHA1}, "Deprecated signature algorithm"),
    "wrong audience": ({"audience": "https://annan.example"}, "not a valid audience"),
    "no audience": ({"audience": None}, "the assertion is not meant for us"),
    "wrong issuer": ({"issuer": "https://annan.example"}, "Invalid issuer"),
    "wrong destination": ({"destination": "https://annan.example/"}, "was received at"),
    "longer destination": ({"destination": f"{ACS}x/"}, "meant for another address"),
    "no destination": ({"destination": None}, "meant for another address"),
    "wrong recipient": ({"recipient": "https://annan.example/"}, "SubjectConfirmation"),
    "longer recipient": ({"recipient": f"{ACS}x/"}, "not for this log-in"),
    "no recipient": ({"recipient": None}, "not for this log-in"),
    "expired": ({"not_before": -900, "not_after": -600}, "expired"),
    "not yet valid": ({"not_before": 600, "not_after": 900}, "not yet valid"),
    "confirmation expired": ({"confirmed_for": -10}, "SubjectConfirmation"),
    "confirmation for ever": ({"confirmed_for": None}, "not for this log-in"),
    "confirmed for another request": ({"confirmed": "_annan"}, "SubjectConfirmation"),
    "confirmed for no request": ({"confirmed": None}, "not for this log-in"),
    "not a bearer's": (
        {"method": "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"},
        "SubjectConfirmation",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_an_assertion_that_is_not_for_this_log_in_is_refused(
    saml: SamlPeer, client: Client, lie: str, caplog: Any
) -> None:
    saml.changes, reason = LIES[lie]
    assert_refused(sign_in(client), client)
    assert reason in reasons(caplog)


@pytest.mark.parametrize("ids", [(), ("",), ("D1", "D2"), ("OKÄND",)])
def test_a_stranger_is_refused_and_nothing_is_made(
    saml: SamlPeer, client: Client, ids: tuple[str, ...]
) -> None:
    saml.changes = {"person_ids": ids}
    response = sign_in(client)
    assert response.status_code == 403
    assert (who(client), User.objects.count()) == ("", 0)


@pytest.mark.parametrize("wrap", WRAPPINGS, ids=lambda wrap: wrap.__name__)
@pytest.mark.parametrize("sign_response", [False, True], ids=["assertion", "both"])
def test_a_signature_that_wraps_something_else_is_refused(
    saml: SamlPeer, client: Client, wrap: Callable[[Element], Element], sign_response: bool
) -> None:
    if wrap.__name__ in {"xsw1", "xsw2"} and not sign_response:
        # These move the signature of the envelope: there is one only when it is signed.
        saml.changes = {"sign_response": True, "sign_assertion": False}
    else:
        saml.changes = {"sign_response": sign_response}
    saml.answer = lambda said: wrap(said.response())
    response = answered(client)
    assert b">D2<" in base64.b64decode(response)
    assert_refused(post(client, response), client)


@pytest.mark.parametrize("field", ["name_id", "person_ids"])
def test_a_comment_shortens_no_name(saml: SamlPeer, field: str) -> None:
    """`D2<!-- -->x` is D2x, which nobody is, and never D2; likewise a name of the provider."""
    own, other = Client(), Client()
    sign_in(own)
    cut = {"name_id": "n-1<!-- -->x", "person_ids": ("D2<!-- -->x",)}[field]
    saml.changes = {"person_ids": ("D2",)} | {field: cut}
    sign_in(other)
    # Another account's name gives another link; another person's key gives nobody.
    assert who(other) == ("D2" if field == "name_id" else "")
    assert Person.objects.get(person_id="D1").user_id != other.session.get("_auth_user_id")


def test_a_comment_put_in_after_the_signing_changes_nothing(saml: SamlPeer, client: Client) -> None:
    def with_comment(said: Said) -> Element:
        response = replace(said, person_ids=("D21",)).response()
        value = response.xpath(".//saml:AttributeValue[text()='D21']", namespaces=NS)[0]
        value.text = "D2"
        value.append(etree.Comment("x"))
        value[0].tail = "1"
        return response

    saml.answer = with_comment
    response = answered(client)
    assert b"D2<!--x-->1" in base64.b64decode(response)
    assert post(client, response).status_code == 403
    assert who(client) == ""


ENTITIES = {
    "billion laughs": (
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    ),
    "a file": '<!DOCTYPE r [<!ENTITY d SYSTEM "file:///etc/hostname">]>',
    "the network": '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">',
    "an entity of ours": '<!DOCTYPE r [<!ENTITY d "D2">]>',
}


@pytest.mark.parametrize("attack", ENTITIES)
def test_no_entity_is_expanded_and_nothing_is_fetched(
    saml: SamlPeer, client: Client, attack: str, caplog: Any
) -> None:
    saml.answer = lambda said: (
        ENTITIES[attack].encode() + etree.tostring(said.response()).replace(b">D1<", b">&d;<")
    )
    assert_refused(sign_in(client), client)
    assert "DTDForbidden" in reasons(caplog)


def test_a_response_works_once(saml: SamlPeer, client: Client) -> None:
    response = answered(client)
    post(client, response)
    client.post("/logga-ut/")
    assert STALE in post(client, response).content.decode()
    assert who(client) == ""


def test_a_stolen_response_works_in_no_other_browser(saml: SamlPeer, client: Client) -> None:
    stolen = answered(Client())
    client.get("/logga-in/saml/")
    assert_refused(post(client, stolen), client, STALE)


def test_a_stolen_assertion_fits_no_other_request(
    saml: SamlPeer, client: Client, caplog: Any
) -> None:
    """The envelope is not signed: it can be made to answer a request of the thief's."""
    stolen = etree.fromstring(base64.b64decode(answered(Client())))
    own = etree.fromstring(base64.b64decode(answered(client)))
    own.replace(find(own, "saml:Assertion"), find(stolen, "saml:Assertion"))
    assert_refused(post(client, packed(own)), client)
    assert "SubjectConfirmation" in reasons(caplog)


def test_an_assertion_that_was_used_works_in_no_session_that_asked_for_it(
    saml: SamlPeer, client: Client, caplog: Any
) -> None:
    """Even if a session asked the same again: what has let somebody in never does so again."""
    response = answered(client)
    states = client.session["socialaccount_states"]
    post(client, response)
    client.post("/logga-ut/")
    client.cookies.clear()
    session = client.session
    session["socialaccount_states"] = states
    session.save()
    assert STALE in post(client, response).content.decode()
    assert "the assertion was used before" in reasons(caplog)


def test_spent_assertions_are_forgotten_when_they_would_be_too_old_anyway(saml: SamlPeer) -> None:
    sign_in(Client())
    with time_machine.travel("2999-01-01", tick=True):
        sign_in(Client())
    assert SpentAssertion.objects.count() == 1


@pytest.mark.parametrize(
    "sent", ["", "inte base64 !", packed(b"<x/>"), packed(b"<"), "A" * 300_000]
)
def test_rubbish_is_refused_politely(saml: SamlPeer, client: Client, sent: str) -> None:
    client.get("/logga-in/saml/")
    assert post(client, sent).status_code == 403


def test_a_log_in_nobody_began_here_signs_nobody_in(saml: SamlPeer, client: Client) -> None:
    client.get("/logga-in/")
    unasked = packed(Said("_ingen-begäran").response())
    client.cookies["sessionid"] = "x"
    assert_refused(post(client, unasked), client, STALE)
