"""Addresses into the sandbox: signed, short-lived, and the same for everybody meanwhile."""

from datetime import UTC, datetime, timedelta

from django.core.signing import Signer
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.player.tokens import PERIOD, Ticket, ticket_of, token_for
from courses.h5p.store.models import H5PVersion

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def token(number: int = 7, *, language: str = "sv", now: datetime = NOON) -> str:
    return token_for(H5PVersion(pk=number), language=language, now=now)


def test_a_token_says_its_version_and_its_language() -> None:
    ticket = ticket_of(token(), now=NOON)
    assert ticket == Ticket(7, "sv", NOON + 2 * PERIOD)


@given(MOMENTS)
def test_a_token_holds_for_more_than_one_period_and_at_most_two(moment: datetime) -> None:
    made = token(now=moment)
    ticket = ticket_of(made, now=moment)
    assert ticket is not None
    assert PERIOD < ticket.ends - moment <= 2 * PERIOD
    assert ticket_of(made, now=ticket.ends - timedelta(seconds=1)) == ticket
    assert ticket_of(made, now=ticket.ends) is None


def test_it_is_the_same_within_a_period_so_that_files_are_asked_for_once() -> None:
    assert token(now=NOON) == token(now=NOON + PERIOD - timedelta(seconds=1))
    assert token(now=NOON) != token(now=NOON + PERIOD)


def test_each_version_and_each_language_has_its_own() -> None:
    assert len({token(7), token(8), token(7, language="en")}) == 3


@given(st.text(max_size=80))
def test_what_nobody_signed_is_no_token(said: str) -> None:
    assert ticket_of(said, now=NOON) is None


@given(st.integers(0), st.sampled_from("0123456789abcXYZ-_."))
def test_a_changed_token_is_none(at: int, letter: str) -> None:
    made = token()
    place = at % len(made)
    changed = made[:place] + letter + made[place + 1 :]
    assert changed == made or ticket_of(changed, now=NOON) is None


def test_what_is_signed_for_something_else_opens_nothing() -> None:
    assert (
        ticket_of(Signer(sep=".", salt="another").sign(token().rpartition(".")[0]), now=NOON)
        is None
    )
    said = token().rpartition(".")[0]
    assert ticket_of(Signer(sep=".", salt="another").sign(said), now=NOON) is None
    assert ticket_of(Signer(sep=".", salt="courses.h5p.player").sign("7-sv"), now=NOON) is None
