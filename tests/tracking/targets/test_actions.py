"""Publishing, succeeding and ending a target: once, by the rules of a file, over nobody's work."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foundation.cells import Fault
from foundation.facts import FactBatch
from tests.factories import account, batch, person, target, unit
from tests.tracking.commands import load
from tests.tracking.imports.base_city import BASE, GOOD, load_base, refusal, write
from tests.tracking.status.situations import target as row
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.ledger.models import Course, CourseForm
from tracking.organisation.models import User
from tracking.targets.actions import (
    PublishedMeanwhile,
    end_target,
    publish_target,
    succeed_target,
)
from tracking.targets.models import Target
from tracking.targets.rows import cells_of, read_row
from tracking.targets.rules import TargetRefused

pytestmark = pytest.mark.django_db

CELLS = {
    "kod": "T1",
    "namn": "Fråga om våld",
    "kurser": "KURS",
    "omfattar": "befattning=handläggare",
    "niva": "ska",
    "andel": "90",
    "senast": "2026-12-31",
}


@pytest.fixture
def actor() -> User:
    unit("STAD")
    Course.objects.create(code="KURS", name="Kursen", form=CourseForm.WEB, batch_in=batch())
    return account(person("samordnare"))


def known(code: str = "T1") -> Target:
    found = Target.objects.known_now().get(code=code)
    assert isinstance(found, Target)
    return found


def test_a_new_target_is_one_fact_of_one_batch_and_one_line_of_the_log(actor: User) -> None:
    published = publish_target(cells=CELLS, base=None, actor=actor)
    assert published.is_new
    assert (known().name, known().due_on, known().share) == (
        "Fråga om våld",
        date(2026, 12, 31),
        90,
    )
    assert (known().batch_in.actor, known().batch_in.brought) == (actor, 1)
    [entry] = AuditEntry.objects.filter(event=AuditEvent.TARGET_PUBLISHED)
    assert (entry.actor, entry.detail) == (actor, {"mal": "T1", "hur": "ny"})


def test_a_changed_target_takes_the_old_ones_place(actor: User) -> None:
    old = publish_target(cells=CELLS, base=None, actor=actor).target
    new = publish_target(cells=CELLS | {"andel": "80"}, base=old, actor=actor).target
    old.refresh_from_db()
    assert old.batch_out == new.batch_in
    assert [one.share for one in Target.objects.order_by("pk")] == [90, 80]


def test_published_twice_is_published_once(actor: User) -> None:
    first = publish_target(cells=CELLS, base=None, actor=actor)
    again = publish_target(cells=CELLS, base=None, actor=actor)
    changed = [
        publish_target(cells=CELLS | {"andel": "80"}, base=first.target, actor=actor)
        for _ in range(2)
    ]
    assert (again.target.pk, again.is_new) == (first.target.pk, False)
    assert [one.is_new for one in changed] == [True, False]
    assert Target.objects.count() == 2
    assert AuditEntry.objects.filter(event=AuditEvent.TARGET_PUBLISHED).count() == 2


def test_nothing_is_written_over_what_somebody_else_has_published(actor: User) -> None:
    base = publish_target(cells=CELLS, base=None, actor=actor).target
    theirs = publish_target(cells=CELLS | {"andel": "80"}, base=base, actor=actor).target
    for late in (
        lambda: publish_target(cells=CELLS | {"andel": "70"}, base=base, actor=actor),
        lambda: end_target(base=base, last_day=date(2027, 1, 1), actor=actor),
        lambda: succeed_target(
            cells=CELLS | {"kod": "T2", "fran": "2027-01-01"}, base=base, actor=actor
        ),
    ):
        with pytest.raises(PublishedMeanwhile) as meanwhile:
            late()
        assert meanwhile.value.present == theirs
    assert known() == theirs


def test_a_withdrawn_target_is_not_brought_back_by_a_change_to_it(actor: User) -> None:
    base = publish_target(cells=CELLS, base=None, actor=actor).target
    Target.objects.update(batch_out=FactBatch.objects.latest("id"))
    with pytest.raises(PublishedMeanwhile) as meanwhile:
        publish_target(cells=CELLS | {"andel": "70"}, base=base, actor=actor)
    assert meanwhile.value.present is None


def test_a_new_target_takes_no_other_ones_code(actor: User) -> None:
    publish_target(cells=CELLS, base=None, actor=actor)
    with pytest.raises(TargetRefused) as refused:
        publish_target(cells=CELLS | {"namn": "Ett annat"}, base=None, actor=actor)
    assert [fault.column for fault in refused.value.faults] == ["kod"]


def test_a_correction_keeps_its_code(actor: User) -> None:
    base = publish_target(cells=CELLS, base=None, actor=actor).target
    with pytest.raises(TargetRefused):
        publish_target(cells=CELLS | {"kod": "T9"}, base=base, actor=actor)


def test_a_successor_begins_the_day_after_the_old_one_ends(actor: User) -> None:
    base = publish_target(cells=CELLS, base=None, actor=actor).target
    after = CELLS | {"kod": "T2", "fran": "2027-01-01", "andel": "95"}
    done = [succeed_target(cells=after, base=base, actor=actor) for _ in range(2)]
    assert [one.is_new for one in done] == [True, False]
    assert (known("T1").valid_to, known("T2").valid_from) == (date(2027, 1, 1), date(2027, 1, 1))
    assert known("T1").batch_in == known("T2").batch_in
    assert (known("T1").batch_in.brought, known("T1").batch_in.taken_away) == (2, 1)


def test_a_target_that_has_ended_already_stays_ended_as_it_was(actor: User) -> None:
    base = publish_target(cells=CELLS | {"till": "2026-06-30"}, base=None, actor=actor).target
    succeed_target(cells=CELLS | {"kod": "T2", "fran": "2027-01-01"}, base=base, actor=actor)
    assert known("T1") == base


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ({"kod": "T1", "fran": "2027-01-01"}, ["kod"]),
        ({"kod": "T2"}, ["fran"]),
        ({"kod": "T2", "fran": "2020-01-01"}, ["fran"]),
        ({"kod": "T3", "fran": "2027-01-01"}, ["kod"]),
    ],
)
def test_what_a_successor_may_not_be(
    actor: User, change: dict[str, str], columns: list[str]
) -> None:
    target("T3")
    began = CELLS | {"fran": "2021-01-01"}
    base = publish_target(cells=began, base=None, actor=actor).target
    with pytest.raises(TargetRefused) as refused:
        succeed_target(cells=CELLS | change, base=base, actor=actor)
    assert [fault.column for fault in refused.value.faults] == columns


def test_a_target_ends_after_its_last_day(actor: User) -> None:
    base = publish_target(cells=CELLS, base=None, actor=actor).target
    done = [end_target(base=base, last_day=date(2026, 6, 30), actor=actor) for _ in range(2)]
    assert [one.is_new for one in done] == [True, False]
    assert known().valid_to == date(2026, 7, 1)
    cells = CELLS | {"kod": "T2", "fran": "2026-01-01"}
    began = publish_target(cells=cells, base=None, actor=actor).target
    with pytest.raises(TargetRefused):
        end_target(base=began, last_day=date(2025, 12, 31), actor=actor)


SPOILED: list[dict[str, Any]] = [
    {"namn": ""},
    {"namn": "x" * 301},
    {"namn": "Anna 19800101-1234"},
    {"kod": "a\tb"},
    {"kurser": ""},
    {"kurser": "HEDER+"},
    {"kurser": "OKAND|HEDER"},
    {"omfattar": "lön=1"},
    {"omfattar": 'befattning="öppen'},
    {"niva": "måste"},
    {"andel": "101"},
    {"andel": "-1"},
    {"senast": "2026-02-30"},
    {"dagar_nyanstalld": "många"},
    {"giltighet_manader": "0"},
    {"fran": "2025-01-02", "till": "2025-01-01"},
    {"antagande": "kanske"},
    {"omfattar": "enhet=A\x07"},
]


def test_what_a_file_refuses_is_refused_here_in_the_same_words(tmp_path: Path) -> None:
    load_base(tmp_path)
    rows = [GOOD["targets"] | {"kod": f"T-{at}"} | change for at, change in enumerate(SPOILED)]
    said = (refusal("targets", write(tmp_path, "targets", rows)) or "").splitlines()
    actor = account(person("samordnare"))
    for line, spoiled in enumerate(rows, start=2):
        with pytest.raises(TargetRefused) as refused:
            publish_target(cells=spoiled, base=None, actor=actor)
        theirs = [one for one in said if f"rad {line}," in one]
        ours = refused.value.faults
        assert len(theirs) == len(ours) > 0
        for fault in ours:
            assert any(
                f"kolumn {fault.column}:" in one and one.endswith(fault.expected) for one in theirs
            )
    assert not Target.objects.filter(code__startswith="T-", code__regex="[0-9]").exists()


def test_a_file_and_a_page_make_the_same_fact(tmp_path: Path) -> None:
    load_base(tmp_path)
    cells = GOOD["targets"] | {"omfattar": " enhet=SDN-JARVA", "antagande": "ja"}
    here = publish_target(cells=cells, base=None, actor=account(person("samordnare"))).target
    load(tmp_path, type(BASE[0])("targets", (cells,), FactBatch.objects.latest("id").recorded_at))
    assert known("T-NY") == here  # the same file changed nothing


def test_cells_of_a_target_read_back_as_it(actor: User) -> None:
    cells = CELLS | {"till": "2027-12-31", "antagande": "ja", "giltighet_manader": "24"}
    made = publish_target(cells=cells, base=None, actor=actor).target
    code, fields, faults = read_row(cells_of(made))
    assert (code, faults) == ("T1", [])
    assert fields == {name: getattr(made, name) for name in Target.value_fields}


def test_a_day_that_can_not_be_is_one_fault_among_all() -> None:
    _code, fields, faults = read_row(row(senast="i maj", andel="200"))
    assert fields == {}
    assert [fault.column for fault in faults] == ["andel", "senast"]
    assert all(isinstance(fault, Fault) for fault in faults)
