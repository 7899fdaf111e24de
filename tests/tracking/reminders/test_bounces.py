"""Notifications of the mail server: known by their key, whatever else they say."""

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from io import BytesIO, TextIOWrapper

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from foundation.working import run_due
from tests.tracking.reminders.conftest import City, SignIn
from tests.tracking.reminders.test_own import PREVIEW, asked, send
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.reminders.bounces import LARGEST, is_for_good, read_notification
from tracking.reminders.models import Bounce, Reminder, State

pytestmark = pytest.mark.django_db


def notification(
    mail: Reminder, *, status: str = "5.1.1", action: str = "failed", by: str = "message-id"
) -> bytes:
    """As Postfix writes one: words for people, the status, and the mail that came back."""
    to = f"studs+{mail.public_id.hex}@x.se" if by == "envelope" else "kompetens@x.se"
    id_ = "<annat@x.se>" if by == "envelope" else f"<paminnelse-{mail.public_id.hex}@k>"
    returned = f"Message-ID: {id_}\r\nTo: anna@exempel.se\r\nSubject: Din utbildning\r\n\r\n"
    if by == "whole mail":
        kind, last = "message/rfc822", f"{returned}Hej!\r\n"
    else:
        kind, last = "text/rfc822-headers", returned
    return (
        f"From: MAILER-DAEMON@x.se\r\nTo: {to}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: text/plain\r\n\r\nDet gick inte: Anna Efternamn finns inte.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.se\r\n\r\n"
        f"Final-Recipient: rfc822; anna@exempel.se\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no Anna here\r\n\r\n"
        f"--B\r\nContent-Type: {kind}\r\n\r\n{last}\r\n--B--\r\n"
    ).encode()


def hand_over(raw: bytes, monkeypatch: pytest.MonkeyPatch, capsys: object) -> str:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(raw)))
    call_command("record_bounce")
    return str(capsys.readouterr().out).strip()  # type: ignore[attr-defined]


@pytest.fixture
def sent(city: City, signed_in: SignIn) -> Reminder:
    send(signed_in(city["chef"]), city["anna"])
    run_due()
    return Reminder.objects.get()


@pytest.mark.parametrize("by", ["message-id", "whole mail", "envelope"])
def test_a_mail_that_comes_back_is_known_and_stops_the_next(
    sent: Reminder,
    city: City,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    by: str,
) -> None:
    for _again in range(2):
        assert hand_over(notification(sent, by=by), monkeypatch, capsys) == "Uppskrivet."
    [bounce] = Bounce.objects.all()
    assert (bounce.person, bounce.address, bounce.status) == (
        city["anna"],
        "anna@exempel.se",
        "5.1.1",
    )
    sent.refresh_from_db()
    assert sent.state == State.RETURNED
    assert AuditEntry.objects.filter(event=AuditEvent.MAIL_RETURNED).count() == 1
    page = signed_in(city["chef"]).get(PREVIEW, asked(city["anna"]))
    assert page.context["plan"].left_out == {"retur": 1}
    city["anna"].email = "anna.ny@exempel.se"
    city["anna"].save()
    page = signed_in(city["chef"]).get(PREVIEW, asked(city["anna"]))
    assert page.context["plan"].left_out == {"nyligen": 1}


@pytest.mark.parametrize(
    ("status", "action", "state", "bounces"),
    [
        ("5.2.2", "failed", State.RETURNED, 1),
        ("4.4.1", "delayed", State.SENT, 0),
        ("5.0.0", "delayed", State.SENT, 0),
        ("2.0.0", "delivered", State.SENT, 0),
        ("2.1.5", "relayed", State.SENT, 0),
    ],
)
def test_what_is_only_late_or_arrived_changes_nothing(
    sent: Reminder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: str,
    action: str,
    state: State,
    bounces: int,
) -> None:
    hand_over(notification(sent, status=status, action=action), monkeypatch, capsys)
    sent.refresh_from_db()
    assert (sent.state, Bounce.objects.filter(is_hard=False).count()) == (state, bounces)
    assert not Bounce.objects.filter(is_hard=True).exists()


def test_which_codes_are_the_addresss_fault() -> None:
    good = {"5.1.1": True, "5.1.10": True, "5.2.1": True, "5.0.0": True}
    other = ("5.2.2", "5.2.3", "5.3.4", "5.4.4", "5.6.1", "5.7.1", "4.2.2", "2.0.0")
    assert {code: is_for_good(code) for code in good} == good
    assert not any(is_for_good(code) for code in other)


def test_somebody_elses_mail_and_what_is_no_notification_are_left_alone(
    sent: Reminder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = notification(sent).replace(sent.public_id.hex.encode(), b"0" * 32)
    plain = EmailMessage()
    plain["To"] = f"studs+{sent.public_id.hex}@x.se"
    plain.set_content("Status: 5.1.1")
    deep = outermost = MIMEMultipart()
    for _level in range(40):
        inner = MIMEMultipart()
        deep.attach(inner)
        deep = inner
    for raw in (
        other,
        bytes(plain),
        bytes(outermost),
        b"",
        b"\xff\xfe\x00" * 100,
        notification(sent) + b"x" * LARGEST,
    ):
        said = hand_over(raw, monkeypatch, capsys)
        assert said == "Ingen leveransrapport om ett mejl av våra."
    assert not Bounce.objects.exists()


@given(st.binary(max_size=400), st.integers(0, 1200), st.integers(0, 300))
def test_no_notification_can_do_more_than_be_read(noise: bytes, at: int, gone: int) -> None:
    raw = notification(Reminder())
    found = read_notification(raw[:at] + noise + raw[at + gone :])
    assert found is None or (found.status[1] == "." and len(found.status) <= 12)
