"""What may be forgotten at any time: the cache. Sessions are not kept in it (ADR 12)."""

from typing import Any

from config import env

REDIS_URL = env.address("REDIS_URL", schemes=("redis", "rediss", "unix"))
if REDIS_URL and REDIS_URL.rstrip("/") == env.text("BROKER_URL").rstrip("/"):
    # Emptying the cache would empty the queue.
    raise env.wrong("REDIS_URL", "another database than the one of BROKER_URL, such as …/1 and …/0")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "config.caching.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "kompetens",
        # A Redis that does not answer costs one request half a second, not every request.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
SESSION_ENGINE = "config.sign_in.session_store"
