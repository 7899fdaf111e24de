"""Figures for Prometheus: requests as they are answered, the rest read when they are asked for.

The processes of one gunicorn share a folder (PROMETHEUS_MULTIPROC_DIR, which `config/gunicorn.py`
sets before this is imported), so that whichever is asked answers for all of them.
"""

import os
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Max, Min
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config.parts import states
from foundation.facts import FactBatch
from foundation.jobs.models import Job, JobState
from foundation.outbox import OutboxRow, State

OWN = CollectorRegistry()
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
REQUESTS = Counter(
    "kompetens_requests_total",
    "Requests answered, by the pattern of the address, method and status.",
    ("route", "method", "status"),
    registry=OWN,
)
DURATIONS = Histogram(
    "kompetens_request_seconds",
    "How long the program took to answer, by the pattern of the address and method.",
    ("route", "method"),
    buckets=BUCKETS,
    registry=OWN,
)


def request_answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request, where anybody may ask for the figures."""
    if settings.METRICS_TOKEN:
        REQUESTS.labels(route, method, str(status)).inc()
        DURATIONS.labels(route, method).observe(seconds)


def exposition() -> bytes:
    """All figures in Prometheus' text format."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        processes = generate_latest(registry)
    else:
        processes = generate_latest(OWN)
    now = CollectorRegistry()
    now.register(Present())
    return processes + generate_latest(now)


class Present(Collector):
    """What can be read from the database at any moment, the same from every machine."""

    def collect(self) -> Iterator[Metric]:
        """The parts, and what the database says when it answers."""
        found = states()
        up = GaugeMetricFamily("kompetens_part_up", "1 when the part answers.", labels=["part"])
        for name, answers in found.items():
            up.add_metric([name], float(answers))
        yield up
        if found["database"]:
            try:
                yield from [*_facts(), *_outbox(), *_jobs()]
            except DatabaseError:
                return  # gone this very moment; the next time says so


def _facts() -> Iterator[Metric]:
    last = GaugeMetricFamily(
        "kompetens_facts_last_batch_timestamp_seconds",
        "When facts of this origin were last written: status is worked out from them when asked.",
        labels=["origin"],
    )
    batches = FactBatch.objects.order_by().values_list("origin").annotate(Max("recorded_at"))
    for origin, moment in batches:
        last.add_metric([origin], moment.timestamp())
    yield last


def _outbox() -> Iterator[Metric]:
    rows = GaugeMetricFamily("kompetens_outbox_rows", "Rows of the outbox.", labels=["state"])
    found = dict(OutboxRow.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in State:
        rows.add_metric([state.value], found.get(state, 0))
    yield rows
    now = timezone.now()
    since = OutboxRow.objects.due(now).aggregate(since=Min("due_at"))["since"]
    age = (now - since).total_seconds() if since else 0.0
    text = "How long the row that has been due the longest has waited."
    yield GaugeMetricFamily("kompetens_outbox_oldest_due_seconds", text, value=age)


def _jobs() -> Iterator[Metric]:
    jobs = GaugeMetricFamily("kompetens_jobs", "Jobs of the last months.", labels=["state"])
    found = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in JobState:
        jobs.add_metric([state.value], found.get(state, 0))
    yield jobs
