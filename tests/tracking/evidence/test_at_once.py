"""Two who decide on a proof at the very same moment: one decision, and the other is told."""

from collections.abc import Callable
from datetime import date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from foundation.intervals import STOCKHOLM
from tests.databases import needs_several_writers
from tests.factories import batch, employ, person, unit
from tracking.evidence.proof.actions import DecidedAlready, refuse, verify
from tracking.evidence.proof.models import Proof, ProofState
from tracking.ledger.models import Completion, Course, CourseForm
from tracking.organisation.models import User

NOW = datetime(2024, 5, 15, 12, tzinfo=STOCKHOLM)
APRIL = date(2024, 4, 10)


def waiting_proof() -> Proof:
    """Handed in, in a unit of one person."""
    unit("STAD")
    Course.objects.create(code="K1", name="Kursen", form=CourseForm.WEB, batch_in=batch())
    anna = person("anna")
    employ(anna, "STAD")
    return Proof.objects.create(
        person=anna,
        state=ProofState.WAITING,
        course_code="K1",
        on=APRIL,
        begun_at=NOW,
        handed_in_at=NOW,
        sha256_uploaded="u",
        sha256_kept="k",
        place="x",
        pages=1,
    )


@needs_several_writers
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("other", ["verify", "refuse"])
def test_two_who_decide_at_once_are_one_decision(other: str) -> None:
    with transaction.atomic():
        proof = waiting_proof()
        actors = [User.objects.create_user(name) for name in ("en", "annan")]
    ready, ended = Barrier(2), []

    def decide(actor: User, does: Callable[..., Proof], said: dict[str, Any]) -> None:
        ready.wait()
        try:
            does(proof=proof, actor=actor, now=NOW, **said)
            ended.append("decided")
        except DecidedAlready:
            ended.append("already")
        finally:
            connection.close()

    acts = {
        "verify": (verify, {"course_code": "K1", "on": APRIL}),
        "refuse": (refuse, {"reason": "Nej"}),
    }
    threads = [
        Thread(target=decide, args=(actor, *acts[act]))
        for actor, act in zip(actors, ("verify", other), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["already", "decided"]
    proof.refresh_from_db()
    assert Completion.objects.count() == (proof.state == ProofState.VERIFIED)
