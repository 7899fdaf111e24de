"""Every address × every method: what is not offered is refused, and looking never writes.

A new address offers GET and HEAD, until it is said here that it takes something in.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.brake import Brake
from tests.contracts.addresses import Address
from tests.contracts.small_city import small_city
from tests.contracts.test_permission_matrix import OWN, TABLE, path_of
from tracking.audit.models import AuditEntry, AuditSubject
from tracking.organisation.models import User
from tracking.status.models import Generation, Part, TargetStatus, UnitCount

pytestmark = pytest.mark.django_db

LOOKS_FIRST = ("get", "head", "options")
WOULD_WRITE = ("post", "put", "patch", "delete")
SAFE = frozenset(LOOKS_FIRST)
LOOKS, TAKES_IN = frozenset({"get", "head"}), frozenset({"post"})
BOTH = LOOKS | TAKES_IN
# What takes something in; everything else is looked at.
OFFERED = {
    "login": BOTH,
    "logout": TAKES_IN,
    "account": BOTH,
    "change_password": BOTH,
    "log_out_everywhere": TAKES_IN,
    "second_factor": BOTH,
    "second_factor_enrol": BOTH,
    "second_factor_change": BOTH,
    "recovery_codes": BOTH,
    "api_pages:keys": BOTH,
    "api_pages:revoke": TAKES_IN,
    "evidence:match": BOTH,
    "evidence:match_take_up": TAKES_IN,
    "evidence:match_undo": TAKES_IN,
    "delegation:page": BOTH,
    "delegation:end": TAKES_IN,
    "exemptions:record": BOTH,
    "exemptions:change": BOTH,
    "imports:page": BOTH,
    "imports:apply": TAKES_IN,
    "imports:try-undoing": TAKES_IN,
    "imports:undo": TAKES_IN,
    "scorecards:city_file": BOTH,
    "scorecards:file": BOTH,
    "scorecards:close": BOTH,
    "scorecards:period": BOTH,
    "scorecards:load": TAKES_IN,
    "scorecards:go_on": BOTH,
    "scorecards:add": BOTH,
    "scorecards:change": BOTH,
    "scorecards:report": BOTH,
    "scorecards:comment": BOTH,
    "scorecards:copy": TAKES_IN,
    "scorecards:add_own": BOTH,
    "scorecards:sign": BOTH,
    "scorecards:reopen": BOTH,
    "programme:begin": TAKES_IN,
    "programme:draft": BOTH,
    "programme:review": BOTH,
    "programme:end": BOTH,
    "evidence:attendance": BOTH,
    "evidence:attendance_withdraw": TAKES_IN,
    "reports:choose": TAKES_IN,
    "evidence:certificate_revoke": BOTH,
    "evidence:certificate_restore": TAKES_IN,
    "evidence:proof_decide": BOTH,
    "evidence:my_proofs": BOTH,
    "evidence:proof_withdraw": TAKES_IN,
    "publication:make": TAKES_IN,
    "reports:staff_export": BOTH,
    "reports:overview_export": BOTH,
    "reports:target_export": BOTH,
    "reports:account_export": BOTH,
    "reports:equality_export": BOTH,
    "reports:comparison": BOTH,
    "reports:count": TAKES_IN,
    "reminders:preview": BOTH,
    "reminders:send": TAKES_IN,
    "reminders:mine": BOTH,
    "reminders:switch": TAKES_IN,
    "reminders:works": TAKES_IN,
    "quick_exit": BOTH,
    "stay_signed_in": TAKES_IN,
    "language": TAKES_IN,
    "learning:start": BOTH,
    "learning:reach": BOTH,
    "learning:quiz": BOTH,
    "learning:lesson_quiz": BOTH,
    "h5p:open": TAKES_IN,
    "h5p:statements": TAKES_IN,
    "h5p:state": TAKES_IN,
    "local:write": BOTH,
    "feedback:give": BOTH,
    "sso_saml_acs": TAKES_IN,
    "privacy:mine_as_file": TAKES_IN,
    "privacy:erase": BOTH,
    "jobs:cancel": TAKES_IN,
    "accessibility:report": BOTH,
    "search": BOTH,
    "quizzes:extra_time": BOTH,
    "quizzes:trial": TAKES_IN,
    "quizzes:check": BOTH,
    "quizzes:save": TAKES_IN,
    "quizzes:submit": BOTH,
}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|ALTER|DROP|CREATE)\b", re.I)
# Whom a request that is refused is made as: nobody, the owner, a stranger, who sees everybody,
# and who may do everything in the admin.
ASKING = ("anonym", "medarbetare", "nyckelperson", "samordnare", "administrator")


# Says no to who is asking, or to the page that is not there, before it looks at the method.
REFUSES_BEFORE = {
    "api:api-root": 404,
    "api:nothing": 404,
    "login": 302,  # who is signed in is sent on
    "change_password": 403,
    "wagtail_serve": 404,
    "wagtailcore_authenticate_with_password": 404,
}


@contextmanager
def watching_writes() -> Iterator[list[str]]:
    """The statements that changed anything; filled when the block ends.

    Who is signed in is no matter of the view's. That somebody was looked at is written down, and
    that somebody was refused at the API is counted. Figures that nobody has asked for yet are
    counted from the facts and kept: what was looked at is the same before and after.
    """
    written: list[str] = []
    with CaptureQueriesContext(connection) as asked:
        yield written
    kept = (Generation, Part, TargetStatus, UnitCount)
    beside = [one._meta.db_table for one in (Session, AuditEntry, AuditSubject, Brake, *kept)]
    sql = [query["sql"] for query in asked.captured_queries]
    written += [
        one for one in sql if WRITES.match(one) and not any(table in one for table in beside)
    ]


def test_what_is_not_offered_is_refused_and_looking_writes_nothing() -> None:
    city = small_city()
    wrong: list[tuple[str, str, str, int | str]] = []
    for address in OWN:
        Brake.objects.all().delete()  # so many refusals would wait
        path = path_of(address, TABLE[address.name], city)
        offered = OFFERED.get(address.name, LOOKS)
        for role in ASKING:
            said: dict[str, int] = {}
            client = city.signed_in(role)
            for method in (*LOOKS_FIRST, *WOULD_WRITE):
                if method in offered - SAFE:
                    continue  # what it takes in stands in tests of its own
                with watching_writes() as written:
                    said[method] = client.generic(method.upper(), path).status_code
                wrong += [(address.name, role, method, one) for one in written]
            wrong += [
                (address.name, role, method, status)
                for method, status in said.items()
                if not _is_right(address, role, method, status, offered, said)
            ]
    assert not wrong, "\n".join(str(one)[:160] for one in wrong)


def _is_right(
    address: Address,
    role: str,
    method: str,
    status: int,
    offered: frozenset[str],
    said: dict[str, int],
) -> bool:
    """HEAD says what GET says; OPTIONS no more than what there is; the rest is not allowed."""
    if method in offered:
        return status == said.get("get")
    refused = {REFUSES_BEFORE.get(address.name, 405)}
    if role == "anonym":
        refused |= {302, 405}  # to the log-in page
    if method == "options":
        refused |= {200, 302, said.get("get", 405)}
    return status in refused


def test_what_takes_something_in_exists() -> None:
    assert set(OFFERED) | set(REFUSES_BEFORE) <= set(TABLE)


def test_a_write_is_noticed() -> None:
    with watching_writes() as written:
        User.objects.create_user("ny")
    assert len(written) == 1
