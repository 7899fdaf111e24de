"""What arrives in the same instant: two tabs, and what is sent again before it is answered."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from courses.h5p.results.actions import keep_statements, open_content
from courses.h5p.results.models import H5PLaunch, H5PResult, H5PState, H5PStatement
from courses.h5p.results.saving import State, keep_state
from courses.h5p.results.statements import read_statement
from courses.h5p.store.models import H5PVersion
from tests.courses.h5p.results.conftest import Place
from tests.courses.h5p.results.said import entry, statement
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_user
from tests.databases import needs_several_writers
from tests.quizzes.attempts.test_at_once import together
from tracking.organisation.models import User

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    needs_several_writers,
]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TIMES = 6


@pytest.fixture
def played() -> H5PVersion:
    return store_version([store_library("H5P.MultiChoice")])


def _open(user: User, version: H5PVersion) -> H5PLaunch:
    return open_content(
        user=user, content=version.content, version=version, place="prov:1", now=NOW
    )


def test_one_statement_sent_many_times_at_once_is_kept_once(
    played: H5PVersion, place: Place
) -> None:
    user = make_user()
    launch = _open(user, played)
    said = read_statement(entry(statement(raw=7, of=10)))
    together(
        *[
            lambda: keep_statements(
                launch_id=launch.public_id, user=user, statements=[said], now=NOW
            )
        ]
        * TIMES
    )
    assert H5PStatement.objects.count() == 1
    assert H5PResult.objects.get().times == 1


def test_several_tabs_at_once_keep_the_best_of_them_all(played: H5PVersion, place: Place) -> None:
    user = make_user()
    together(*[lambda: _open(user, played)] * TIMES)
    assert H5PResult.objects.count() == 1
    launches = list(H5PLaunch.objects.values_list("public_id", flat=True))
    assert len(launches) == TIMES

    def say(launch: UUID, raw: int) -> object:
        said = read_statement(entry(statement(raw=raw, of=10)))
        return keep_statements(launch_id=launch, user=user, statements=[said], now=NOW)

    together(
        *(lambda launch=launch, raw=raw: say(launch, raw) for raw, launch in enumerate(launches))
    )
    result = H5PResult.objects.get()
    assert (result.raw, result.times) == (TIMES - 1, TIMES)


def test_states_that_cross_each_other_leave_the_newest(played: H5PVersion, place: Place) -> None:
    user = make_user()
    launch = _open(user, played)

    def save(counter: int) -> object:
        state = State("0", "state", f'"{counter}"', counter, NOW)
        return keep_state(launch_id=launch.public_id, user=user, state=state)

    together(*(lambda counter=counter: save(counter) for counter in range(1, TIMES + 1)))
    assert H5PState.objects.get().data == f'"{TIMES}"'


def test_two_tabs_that_save_the_same_thing_for_the_first_time_do_not_collide(
    played: H5PVersion, place: Place
) -> None:
    user = make_user()
    launches = [_open(user, played) for _tab in range(TIMES)]

    def save(launch: H5PLaunch) -> object:
        state = State("0", "state", f'"{uuid4()}"', 1, NOW)
        return keep_state(launch_id=launch.public_id, user=user, state=state)

    came = together(*(lambda launch=launch: save(launch) for launch in launches))
    assert all(isinstance(one, bool) for one in came)
    assert H5PState.objects.count() == 1
