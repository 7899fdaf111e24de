"""The bench's settings without https, on the clock of another day where one is named."""

import os
from datetime import UTC, datetime, timedelta

import time_machine

from bench.weight_settings import *  # noqa: F403

if HOURS := float(os.environ.get("BENCH_HOURS", "0")):
    time_machine.travel(datetime.now(UTC) + timedelta(hours=HOURS)).start()
