"""Whatever dies: what somebody was told is saved is there, once; what was begun comes to an end."""

import pytest

from tests.faults.drill import SHORT, Report, drill_embedded, drill_production

pytestmark = pytest.mark.faults


def nothing_lost(report: Report, *, kills: int) -> None:
    assert report.wrong == {}
    assert report.trouble == []
    assert len(report.kills) == kills
    assert report.counts["answers told"] > 20
    assert report.counts["completions"] > 0
    assert report.counts["jobs done"] > 0


def test_production_loses_nothing_when_everything_dies_once() -> None:
    nothing_lost(drill_production(SHORT, seed=1), kills=9)


def test_a_laptop_loses_nothing_when_everything_dies() -> None:
    nothing_lost(drill_embedded(SHORT, seed=1), kills=4)
