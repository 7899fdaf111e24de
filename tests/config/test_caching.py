"""The cache may go away: it answers as an empty one does, at once, and never with what is stale."""

import time
from collections.abc import Iterator

import pytest
from django.core.cache.backends.base import BaseCache
from django.test import Client
from pytest_django import Settings

import config.caching
from config.caching import ForgivingRedisCache
from tests.courses.makers import make_user, signed_in
from tests.redis_server import RedisServer, throwaway_redis

OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with throwaway_redis(lasting=True) as server:
        yield server


def cache(redis: RedisServer) -> BaseCache:
    return ForgivingRedisCache(redis.url(), {"OPTIONS": OPTIONS})


def test_it_keeps_what_it_is_given(redis: RedisServer) -> None:
    one = cache(redis)
    one.set("a", {"b": 1})
    one.set_many({"c": 2, "d": 3})
    assert one.get("a") == {"b": 1}
    assert one.get_many(["c", "d", "e"]) == {"c": 2, "d": 3}
    assert one.incr("c") == 3
    assert not one.add("a", 0)
    assert one.has_key("a")
    assert one.touch("a")
    assert one.delete("a")
    one.delete_many(["c", "d"])
    assert one.get("c") is None


def test_without_redis_it_is_empty_and_costs_no_time(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = cache(redis)
    one.set("kept", 1)
    redis.kill()
    began = time.monotonic()
    try:
        for _ in range(1000):
            assert one.get("kept", "nothing") == "nothing"
            one.set("new", 1)
        assert one.get_many(["kept"]) == {}
        assert one.add("lock", 1)
        assert not one.has_key("kept")
        assert not one.delete("kept")
        with pytest.raises(ValueError, match="answer"):
            one.incr("kept")
        assert not one.answers()
        assert time.monotonic() - began < 2
    finally:
        redis.start()
    # What should have been deleted meanwhile is not found when Redis is back with its memory.
    assert cache(redis).get("kept") == 1
    monkeypatch.setattr(config.caching, "REST_SECONDS", 0.0)
    one._cache._away_until = 0.0
    assert one.get("kept") is None


@pytest.mark.django_db
def test_pages_work_and_nobody_is_signed_out_without_redis(
    redis: RedisServer, settings: Settings
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "config.caching.ForgivingRedisCache",
            "LOCATION": redis.url(),
            "OPTIONS": OPTIONS,
        }
    }
    client: Client = signed_in(make_user())
    assert client.get("/min-utbildning/").status_code == 200
    redis.kill()
    try:
        assert client.get("/min-utbildning/").status_code == 200
        ready = client.get("/halsa/ready")
        assert (ready.status_code, ready.json()["cache"]) == (200, "down")
        assert client.get("/halsa/ready?alla").status_code == 503
    finally:
        redis.start()
    assert client.get("/halsa/ready?alla").status_code == 200
