"""Writes of the second factor. Each is told in the audit log, and none by what was typed."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    validate_totp_code,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

from config.sign_in.actions import end_sessions
from tracking.audit.actions import Actor, record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import User

DIGITS = 6
LAST = "last_counter"


@transaction.atomic
def enrol(*, user: User, secret: str, code: str, actor: Actor) -> bool:
    """Let the phone that holds `secret` be the second factor, if `code` shows that it does.

    A phone that was there is replaced, and the recovery codes are new.
    """
    if not validate_totp_code(secret, code):
        return False
    Authenticator.objects.filter(user_id=user.pk).delete()
    TOTP.activate(user, secret)
    use_code(user=user, code=code)  # so that it opens nothing a second time
    RecoveryCodes.activate(user)
    _tell(user, actor, "enrolled")
    return True


@transaction.atomic
def use_code(*, user: User, code: str) -> bool:
    """Whether this is a code of the person's phone, or a recovery code; each works once.

    Which was last lies in the database, for all processes and machines; a code made before it
    works no more either.
    """
    given = "".join(code.split()).replace("-", "")
    kept = {
        one.type: one
        for one in Authenticator.objects.select_for_update().filter(user_id=user.pk).order_by("pk")
    }
    totp = kept.get(Authenticator.Type.TOTP)
    if totp is None:
        return False
    if len(given) == DIGITS:
        return _use_totp(totp, given)
    recovery = kept.get(Authenticator.Type.RECOVERY_CODES)
    return recovery is not None and RecoveryCodes(recovery).validate_code(given)


def _use_totp(kept: Authenticator, given: str) -> bool:
    secret = decrypt(kept.data["secret"])
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if compare_user_code(actual=given, expected=expected):
            if counter <= kept.data.get(LAST, -1):
                return False
            kept.data[LAST] = counter
            kept.save(update_fields=["data"])
            return True
    return False


@transaction.atomic
def renew_recovery_codes(*, user: User, actor: Actor) -> None:
    """New ones; the old ones work no more."""
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    _tell(user, actor, "recovery_codes_renewed")


def recovery_codes(user: User) -> list[str]:
    """Those that still work, in groups that are easy to write down."""
    kept = Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    codes = RecoveryCodes(kept).get_unused_codes() if kept else []
    return [f"{code[:4]} {code[4:]}" for code in codes]


@transaction.atomic
def reset(*, user: User, actor: Actor) -> bool:
    """Forget the phone and the codes, and sign the person out everywhere; whether there were any.

    Who needs a second factor sets up a new one at the next log-in, with the password.
    """
    kept = Authenticator.objects.filter(user_id=user.pk)
    existed: bool = kept.exists()
    kept.delete()
    end_sessions(user=user)
    _tell(user, actor, "reset")
    return existed


def _tell(user: User, actor: Actor, what: str) -> None:
    person = getattr(user, "person", None)
    detail: dict[str, str | int] = {"second_factor": what, "konto": user.pk}
    about = [person] if person is not None else []
    record(AuditEvent.ACCOUNT_CHANGED, actor=actor, about=about, detail=detail)
