"""OpenID Connect against a provider that runs: who comes in, and every lie that doesn't."""

import time
from collections.abc import Callable
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client

from tests.config.sign_in.sso.oidc_peer import (
    CLIENT_ID,
    Claims,
    OidcPeer,
    by_another_key,
    by_nobody,
    by_the_client_s_secret,
    come_back,
    with_the_signature_cut_off,
)
from tests.contracts.test_redirects import leads_away
from tests.factories import employ, person, unit
from tests.hostile import ELSEWHERE
from tracking.organisation.models import Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(oidc: OidcPeer) -> Person:
    oidc.knows("s-1", employee_id="D1", email="anna@example.org")
    return Person.objects.create(person_id="D1", first_name="Anna", last_name="Ek")


def sign_in(oidc: OidcPeer, client: Client, sub: str = "s-1", begin: str = "") -> HttpResponse:
    begun = client.get(f"/logga-in/oidc/{begin}")
    return come_back(client, oidc.authorize(begun.headers["Location"], sub))


def is_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def assert_refused(response: HttpResponse, client: Client, words: str) -> None:
    assert response.status_code == 403
    assert words in response.content.decode()
    assert not is_in(client)


UNTRUSTED = "gick inte att lita på"
STALE = "tog för lång tid"


def test_a_known_person_gets_an_account_at_the_first_log_in(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    response = sign_in(oidc, client, begin="?next=/min-utbildning/")
    assert response.headers["Location"] == "/min-utbildning/"
    assert is_in(client)
    anna.refresh_from_db()
    assert anna.user is not None
    assert anna.user.username.startswith("sso-")
    assert (anna.user.email, anna.user.has_usable_password()) == ("", False)
    link = SocialAccount.objects.get()
    assert (link.provider, link.uid, link.user) == (f"oidc@{oidc.address}", "s-1", anna.user)
    assert link.extra_data == {}


def test_the_second_log_in_is_the_same_account(oidc: OidcPeer, anna: Person) -> None:
    for _ in range(2):
        client = Client()
        sign_in(oidc, client)
        assert is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_an_account_that_stands_is_linked_by_the_key_and_never_by_mail(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    User.objects.create_user("bo", email="anna@example.org")
    anna.user = User.objects.create_user("anna", password="fyra ord utan samband")
    anna.save()
    sign_in(oidc, client)
    assert SocialAccount.objects.get().user == anna.user


def test_the_request_carries_state_nonce_and_pkce_and_nothing_a_browser_adds(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    begun = client.get("/logga-in/oidc/?scope=admin&auth_params=prompt%3Dnone&process=connect")
    asked = {name: value[0] for name, value in parse_qs(urlsplit(begun["Location"]).query).items()}
    assert set(asked) == {
        *("client_id", "redirect_uri", "scope", "response_type", "state", "nonce"),
        *("code_challenge", "code_challenge_method"),
    }
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid", "S256")
    assert asked["redirect_uri"] == "http://testserver/logga-in/oidc/svar/"
    come_back(client, oidc.authorize(begun["Location"], "s-1"))
    assert len(oidc.asked[-1]["code_verifier"]) >= 43


def test_where_one_is_sent_afterwards_is_here(oidc: OidcPeer, anna: Person, client: Client) -> None:
    for hint in ("https://nagon.annan.example/", *ELSEWHERE[::6]):
        response = sign_in(oidc, client, begin=f"?{urlencode({'next': hint})}")
        assert not leads_away(response.headers["Location"]), hint
        client.post("/logga-ut/")


@pytest.mark.parametrize("claims", [{"employee_id": "OKÄND"}, {}, {"employee_id": ""}])
def test_a_stranger_is_refused_and_nothing_is_made(
    oidc: OidcPeer, client: Client, claims: Claims
) -> None:
    oidc.knows("s-9", email="anna@example.org", **claims)
    User.objects.create_user("anna", email="anna@example.org")
    assert_refused(sign_in(oidc, client, "s-9"), client, "ingen med ditt anställningsnummer")
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_who_has_left_reads_what_is_theirs_and_nothing_else(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    from datetime import date

    unit("STAD")
    unit("EB", "STAD")
    employ(anna, "EB", is_manager=True, until=date(2023, 1, 1))
    sign_in(oidc, client)
    assert client.get("/min-utbildning/").status_code == 200
    assert client.get("/medarbetare/").status_code == 403


def test_a_closed_account_stays_closed(oidc: OidcPeer, client: Client, anna: Person) -> None:
    anna.user = User.objects.create_user("anna", is_active=False)
    anna.save()
    assert_refused(sign_in(oidc, client), client, "konto här är stängt")


def test_a_log_in_that_comes_with_another_s_key_takes_nothing_over(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    person("D2")
    sign_in(oidc, Client())
    oidc.knows("s-1", employee_id="D2")
    assert_refused(sign_in(oidc, client), client, "hört ihop med andra")
    assert SocialAccount.objects.get().user == User.objects.get(person__person_id="D1")


def test_a_second_log_in_with_the_same_key_takes_nothing_over(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    sign_in(oidc, Client())
    oidc.knows("s-2", employee_id="D1")
    assert_refused(sign_in(oidc, client, "s-2"), client, "hört ihop med andra")


def reasons(caplog: Any) -> list[str]:
    """Why the log says that somebody was refused."""
    said = [one.getMessage() for one in caplog.records if one.name.startswith("config")]
    return [one.removeprefix("A log-in by SSO is refused: untrusted ").strip("'\"") for one in said]


FORGERIES = {
    by_nobody: "not signed by a key of the provider",
    by_the_client_s_secret: "not signed by a key of the provider",
    by_another_key: "InvalidSignatureError",
    with_the_signature_cut_off: "InvalidSignatureError",
}


@pytest.mark.parametrize("sign", FORGERIES, ids=lambda sign: sign.__name__)
def test_a_token_the_provider_has_not_signed_is_refused(
    oidc: OidcPeer, anna: Person, client: Client, sign: Callable[[Claims, str], str], caplog: Any
) -> None:
    oidc.sign = sign
    assert_refused(sign_in(oidc, client), client, UNTRUSTED)
    assert reasons(caplog) == [FORGERIES[sign]]


def now(seconds: int) -> int:
    return int(time.time()) + seconds


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


LIES: dict[str, tuple[str, Callable[[Claims], Claims]]] = {
    "wrong audience": ("InvalidAudienceError", lambda said: said | {"aud": "annan"}),
    "no audience": ("MissingRequiredClaimError", without("aud")),
    "also for another": (
        "the token is for another program",
        lambda said: said | {"aud": [CLIENT_ID, "annan"], "azp": "annan"},
    ),
    "wrong issuer": ("InvalidIssuerError", lambda said: said | {"iss": "https://annan.example"}),
    "no issuer": ("MissingRequiredClaimError", without("iss")),
    "expired": ("ExpiredSignatureError", lambda said: said | {"exp": now(-120)}),
    "no expiry": ("MissingRequiredClaimError", without("exp")),
    "from the future": ("ImmatureSignatureError", lambda said: said | {"iat": now(600)}),
    "not yet": ("ImmatureSignatureError", lambda said: said | {"nbf": now(600)}),
    "wrong nonce": ("the token is not for this log-in", lambda said: said | {"nonce": "annan"}),
    "no nonce": ("MissingRequiredClaimError", without("nonce")),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_for_this_log_in_is_refused(
    oidc: OidcPeer, anna: Person, client: Client, lie: str, caplog: Any
) -> None:
    reason, oidc.claims = LIES[lie]
    assert_refused(sign_in(oidc, client), client, UNTRUSTED)
    assert reasons(caplog) == [reason]


def test_clocks_may_differ_by_a_minute(oidc: OidcPeer, anna: Person, client: Client) -> None:
    oidc.claims = lambda claims: claims | {"exp": now(-30), "iat": now(30)}
    sign_in(oidc, client)
    assert is_in(client)


def test_what_came_back_works_once(oidc: OidcPeer, anna: Person, client: Client) -> None:
    begun = client.get("/logga-in/oidc/")
    back = oidc.authorize(begun.headers["Location"], "s-1")
    come_back(client, back)
    assert is_in(client)
    client.post("/logga-ut/")
    assert_refused(come_back(client, back), client, STALE)


def test_a_code_that_was_used_works_in_no_other_log_in(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    used = oidc.authorize(Client().get("/logga-in/oidc/").headers["Location"], "s-1")
    code = parse_qs(urlsplit(used).query)["code"][0]
    begun = client.get("/logga-in/oidc/")
    state = parse_qs(urlsplit(begun.headers["Location"]).query)["state"][0]
    response = client.get("/logga-in/oidc/svar/", {"code": code, "state": state})
    assert_refused(response, client, UNTRUSTED)  # its nonce is the other log-in's


@pytest.mark.parametrize("state", [None, "påhittad"])
def test_an_answer_nobody_here_asked_for_signs_nobody_in(
    oidc: OidcPeer, anna: Person, client: Client, state: str | None
) -> None:
    back = oidc.authorize(Client().get("/logga-in/oidc/").headers["Location"], "s-1")
    asked = {"code": parse_qs(urlsplit(back).query)["code"][0]}
    response = client.get("/logga-in/oidc/svar/", asked | ({"state": state} if state else {}))
    assert_refused(response, client, STALE)


def test_an_answer_begun_in_another_browser_signs_nobody_in(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    attacker = Client()
    back = oidc.authorize(attacker.get("/logga-in/oidc/").headers["Location"], "s-1")
    client.get("/logga-in/oidc/")
    assert_refused(come_back(client, back), client, STALE)


def test_an_answer_of_another_issuer_is_refused_before_its_code_is_sent_anywhere(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    begun = client.get("/logga-in/oidc/")
    back = oidc.authorize(begun.headers["Location"], "s-1")
    assert_refused(come_back(client, f"{back}&iss=https://annan.example"), client, UNTRUSTED)
    assert oidc.asked == []


def test_a_provider_that_always_names_itself_must_do_so(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    oidc.described = {"authorization_response_iss_parameter_supported": True}
    assert_refused(sign_in(oidc, client), client, UNTRUSTED)
    begun = client.get("/logga-in/oidc/")
    back = oidc.authorize(begun.headers["Location"], "s-1")
    come_back(client, f"{back}&iss={oidc.address}")
    assert is_in(client)


def test_a_description_of_another_issuer_is_refused(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    oidc.described = {"issuer": "https://annan.example"}
    assert_refused(client.get("/logga-in/oidc/"), client, UNTRUSTED)


def test_keys_fetched_in_the_open_are_refused(oidc: OidcPeer, anna: Person, client: Client) -> None:
    oidc.described = {"jwks_uri": "http://nagon.annan.example/jwks"}
    assert_refused(sign_in(oidc, client), client, UNTRUSTED)


def test_who_changes_their_mind_is_told_so(oidc: OidcPeer, client: Client) -> None:
    begun = client.get("/logga-in/oidc/")
    state = parse_qs(urlsplit(begun.headers["Location"]).query)["state"][0]
    response = client.get("/logga-in/oidc/svar/", {"error": "access_denied", "state": state})
    assert_refused(response, client, "avbröts")


def test_a_provider_that_is_down_is_said_to_be_down(oidc: OidcPeer, client: Client) -> None:
    oidc.described = {"token_endpoint": "http://127.0.0.1:9/token"}
    response = sign_in(oidc, client)
    assert (response.status_code, is_in(client)) == (503, False)
    assert "svarar inte" in response.content.decode()


def test_the_log_says_why_and_names_nobody(
    oidc: OidcPeer, anna: Person, client: Client, caplog: Any
) -> None:
    oidc.sign = by_another_key
    sign_in(oidc, client)
    assert reasons(caplog) == ["InvalidSignatureError"]
    assert [one for one in caplog.records if "D1" in one.getMessage()] == []


def test_nothing_of_the_provider_s_claims_lies_in_the_session(
    oidc: OidcPeer, anna: Person, client: Client
) -> None:
    sign_in(oidc, client)
    assert "anna@example.org" not in str(dict(client.session))
    assert "D1" not in str(dict(client.session))


def test_an_administrator_can_forget_a_link(oidc: OidcPeer, anna: Person) -> None:
    before, after = Client(), Client()
    sign_in(oidc, before)
    oidc.knows("s-2", employee_id="D1")
    call_command("unlink_sso", "D1", stdout=StringIO())
    assert not is_in(before)
    sign_in(oidc, after, "s-2")
    assert is_in(after)
    with pytest.raises(CommandError):
        call_command("unlink_sso", "OKÄND")


def test_the_log_in_page_shows_the_way_first_and_passwords_behind_it(
    oidc: OidcPeer, client: Client
) -> None:
    page = client.get("/logga-in/?next=/konto/").content.decode()
    button, fallback = page.index("Logga in med Stadens inloggning"), page.index("<details")
    assert button < fallback < page.index('name="password"')
    assert 'href="/logga-in/oidc/?next=%2Fkonto%2F"' in page


def test_without_sso_the_page_asks_for_name_and_password_at_once(client: Client) -> None:
    page = client.get("/logga-in/").content.decode()
    assert ("<details" in page, 'name="password"' in page) == (False, True)
    assert client.get("/logga-in/oidc/").status_code == 404
