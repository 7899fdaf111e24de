"""What a page takes of the CPU alone, in one process: `python -m bench.alone [ADDRESS …]`.

Steadier than the bench on a machine that others use: many short batches, of which the best says
what the page takes when nobody is in the way. Asks the database of DATA_DIR, which must hold the
demo city; `manage.py collectstatic --settings bench.settings` first.
"""

import argparse
import cProfile
import gc
import os
import statistics
import sys
from time import monotonic, thread_time

LESSON = "/kurser/freda/varfor-fraga/"
SCREENS = [f"{LESSON}{number}/" for number in (2, 3, 4, 5)]
WARMING = 30
BATCH = 5


def main() -> None:
    """Print the CPU milliseconds and the Python calls of a request."""
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    given.add_argument("addresses", nargs="*", default=SCREENS, help="asked for in turn")
    given.add_argument("--account", default="medarbetare", help="who asks")
    given.add_argument("--seconds", type=float, default=10)
    chosen = given.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

    import django

    django.setup()
    from django.test import Client

    from config.gunicorn import YOUNG_OBJECTS
    from tracking.organisation.models import User

    client = Client(headers={"Host": "127.0.0.1", "X-Forwarded-Proto": "https"})
    client.force_login(User.objects.get(username=chosen.account))

    def ask() -> None:
        for address in chosen.addresses:
            if client.get(address).status_code != 200:
                sys.exit(f"{address} was not answered as it should be.")

    for _time in range(WARMING):
        ask()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
    took: list[float] = []
    until = monotonic() + chosen.seconds
    while monotonic() < until:
        began = thread_time()
        for _time in range(BATCH):
            ask()
        took.append((thread_time() - began) * 1000 / BATCH / len(chosen.addresses))
    profile = cProfile.Profile()
    profile.runcall(ask)
    calls = sum(one.callcount for one in profile.getstats()) / len(chosen.addresses)
    print(
        f"CPU ms a request: best batch {min(took):.2f}, median {statistics.median(took):.2f} "
        f"({len(took)} batches); Python calls: {calls:.0f}"
    )


if __name__ == "__main__":
    main()
