"""The rule of STATUS.md over tables of facts: everybody's status on any day, as known then or now.

`ground_at` gives what all stand on (`ground_of`, with targets that are no facts yet), `compute` a
partition of people, `count` their units' counts.
It says the same as tracking.status.rules, which reads one person; tests hold the two equal.
"""

from tracking.status.engine.computing import Frames, compute, compute_near, partitions, work_out
from tracking.status.engine.counting import ALL_AREAS, STATUSES, count
from tracking.status.engine.days import day_of
from tracking.status.engine.facts import EVERYBODY, Facts, People, PkRange, read_facts
from tracking.status.engine.ground import Ground, ground_at, ground_of

__all__ = [
    "ALL_AREAS",
    "EVERYBODY",
    "STATUSES",
    "Facts",
    "Frames",
    "Ground",
    "People",
    "PkRange",
    "compute",
    "compute_near",
    "count",
    "day_of",
    "ground_at",
    "ground_of",
    "partitions",
    "read_facts",
    "work_out",
]
