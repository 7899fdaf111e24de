"""`python -m bench.scale.pages`: what the pages over a made-up city take, in one process.

Django's whole answer, from the first middleware to the last, without a server and a network.
"""

from datetime import timedelta
from functools import partial
from http import HTTPStatus

from bench.plan import start
from bench.scale.timing import Figure, Stopwatch, told

TABLE = "pages"
# What the pace looks back over, and a good way more.
PAST_DAYS = 16
REPORT = "40 / 100 ms, 12 queries"


def _pages() -> list[tuple[str, str, str, str]]:
    """What the table calls it, who asks (of `_askers`), the address, the limit."""
    from django.urls import reverse

    from bench.scale.accounts import COMMITTEE, DISTRICT, MATRIX, unit_of
    from foundation.intervals import today

    overview, staff = reverse("reports:overview"), reverse("reports:staff")
    unit, _people = unit_of(MATRIX, today())
    past = (today() - timedelta(days=200)).isoformat()
    target = f"{reverse('reports:target')}?mal={_largest_target()}"
    equality = f"{reverse('reports:equality')}?mal={_largest_target()}"
    return [
        ("Uppföljning, the whole city", "coordinator", overview, REPORT),
        ("A committee", "committee", f"{overview}?enhet={COMMITTEE}", REPORT),
        ("A district", "district", f"{overview}?enhet={DISTRICT}", REPORT),
        ("A department of it", "district", f"{overview}?enhet={DISTRICT}-BU", REPORT),
        ("The city, one business area", "coordinator", f"{overview}?omrade=LSS", REPORT),
        ("The city, a past day that is kept", "coordinator", f"{overview}?datum={past}", REPORT),
        ("A target in the city, with its charts", "coordinator", target, REPORT),
        (
            "A target in a district, with its charts",
            "district",
            f"{target}&enhet={DISTRICT}",
            REPORT,
        ),
        ("Likställighet", "coordinator", equality, REPORT),
        (f"Matrix of {MATRIX} people", unit, f"{staff}?enhet={unit}", "150 ms"),
    ]


def _largest_target() -> str:
    """The target that applies to most people."""
    from foundation.intervals import today
    from tracking.status.figures import figures

    found = figures(as_of=today())
    root = found.tree.root or ""
    return max(found.of([root]).values(), key=lambda counts: counts.audience).target


def keep_past(days: int = PAST_DAYS) -> list[Figure]:
    """Keep the points of the trend that the pages read: so many days, and what each takes."""
    from foundation.intervals import today
    from tracking.forecast.keeping import keep_day, missing_days

    each = Stopwatch()
    for day in missing_days(today())[:days]:
        each.time(partial(keep_day, day, is_thinned=False))
    if not each.clock:  # they are kept already
        return []
    return [Figure("facts", "A day of the trend, kept, ms", each.cell, "", "in the background")]


def _asker(who: str) -> object:
    from bench.scale import accounts
    from tracking.organisation.models import DutyRole

    match who:
        case "coordinator":
            return accounts.with_duty(DutyRole.COORDINATOR, "STHLM")
        case "committee":
            return accounts.with_duty(DutyRole.KEY_CONTACT, accounts.COMMITTEE)
        case "district":
            return accounts.with_duty(DutyRole.KEY_CONTACT, accounts.DISTRICT)
        case unit:
            return accounts.manager_of(unit)


def measure() -> list[Figure]:
    """A figure for each page. Raises RuntimeError when one does not answer as it should."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.scale.accounts import browser

    found = keep_past()
    for what, who, address, limit in _pages():
        client = browser(_asker(who))  # type: ignore[arg-type]

        def ask(address: str = address, client: object = client) -> int:
            response = client.get(address, secure=True)  # type: ignore[attr-defined]
            if response.status_code != HTTPStatus.OK:
                raise RuntimeError(f"{address} answered {response.status_code}.")
            return len(response.content)

        ask()
        with CaptureQueriesContext(connection) as captured:
            size = ask()
        note = f"{len(captured)} queries, {size / 1024:.0f} KB"
        found.append(Figure(TABLE, what, Stopwatch.over(ask).cell, limit, note))
    return found


def api() -> list[Figure]:
    """A first page of each large answer of the API, asked for with a coordinator's key."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from bench.scale.accounts import with_duty
    from foundation.intervals import today
    from tracking.api.actions import make_key
    from tracking.organisation.models import DutyRole
    from tracking.organisation.rules import units_visible_to

    holder = with_duty(DutyRole.COORDINATOR, "STHLM")
    _made, key = make_key(
        holder=holder,
        roles=units_visible_to(holder, today()).roles,
        name="bench",
        opens_people=True,
        expires_on=today() + timedelta(days=30),
        now=timezone.now(),
    )
    client = Client(headers={"host": "127.0.0.1", "authorization": f"Bearer {key}"})
    found = []
    for what, address in (
        ("API: summary, the first page", "/api/v1/summary"),
        ("API: status, the first page", "/api/v1/status"),
    ):

        def ask(address: str = address) -> int:
            response = client.get(address, secure=True)
            if response.status_code != HTTPStatus.OK:
                raise RuntimeError(f"{address} answered {response.status_code}.")
            return len(response.content)

        ask()
        with CaptureQueriesContext(connection) as captured:
            size = ask()
        note = f"{len(captured)} queries, {size / 1024:.0f} KB"
        found.append(Figure(TABLE, what, Stopwatch.over(ask).cell, "", note))
    return found


def main() -> None:
    """Print the figures."""
    start()
    print(told(measure() + api()))


if __name__ == "__main__":
    main()
