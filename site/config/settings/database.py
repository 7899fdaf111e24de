"""Which database, and how its connections are kept."""

from typing import Any

import dj_database_url

from config import env

POSTGRESQL = ("postgresql", "postgres")
_url = env.text("DATABASE_URL")
if not _url:
    _url = f"sqlite:///{env.data_dir() / 'kompetens.sqlite3'}"
elif not _url.startswith("sqlite:"):
    env.address("DATABASE_URL", schemes=(*POSTGRESQL, "sqlite"))

_found: dict[str, Any] = dict(dj_database_url.parse(_url))
if not _found["NAME"]:
    raise env.wrong("DATABASE_URL", "an address that ends with the name of a database")

if _found["ENGINE"].endswith("sqlite3"):
    _found["OPTIONS"] = {
        # Readers never wait for the writer; a writer takes its lock when it begins, so that two
        # of them queue up instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
        ),
    }
    # To open the file costs more than most pages; a minute is short enough to follow a restore.
    _found["CONN_MAX_AGE"] = 60
else:
    _least = env.whole("DATABASE_POOL_MIN", 1, low=0, high=100)
    _found["OPTIONS"] = {
        # A machine that vanishes must not hold a lock for hours: both ends look after each other.
        "connect_timeout": 3,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "options": (
            "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
        ),
        **_found.get("OPTIONS", {}),
        # Each process has a pool of its own. A worker that serves one request at a time needs one
        # connection; what waits longer than `timeout` gets a 503 and is asked to come again.
        "pool": {
            "min_size": _least,
            "max_size": env.whole("DATABASE_POOL_MAX", 4, low=max(_least, 1), high=100),
            "timeout": env.whole("DATABASE_WAIT_SECONDS", 5, low=1, high=60),
            # After a failure the pool waits 1, 2, 4 … seconds and in the end longer than the
            # database was away. Giving up early lets the next request try anew.
            "reconnect_timeout": 2,
            "max_lifetime": 1800,
        },
    }
    # A connection is asked whether it lives before it is handed out: those of before a restart
    # are thrown away instead of failing somebody's request.
    _found["CONN_HEALTH_CHECKS"] = True

DATABASES = {"default": _found}
