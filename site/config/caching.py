"""A Redis cache that may go away: pages are slower then, and still work."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

REST_SECONDS = 5.0


class ForgivingClient(RedisCacheClient):
    """Answers like an empty cache while Redis does not answer.

    After a failure nobody waits for Redis again for REST_SECONDS. What should have been deleted or
    changed meanwhile may still stand there: the process that failed to do so empties the cache
    before it uses it again.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._away_until = 0.0
        self._missed_a_write = False

    def _asked(self, call: Callable[[], Any], otherwise: Any, *, writes: bool = True) -> Any:
        if time.monotonic() < self._away_until:
            self._missed_a_write |= writes
            return otherwise
        try:
            if self._missed_a_write:
                super().clear()
                self._missed_a_write = False
            return call()
        except RedisError as error:
            self._missed_a_write |= writes
            self._away_until = time.monotonic() + REST_SECONDS
            log.warning("The cache does not answer: %s", type(error).__qualname__)
            return otherwise

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """True without Redis, as of a key that was not there."""
        added: bool = self._asked(lambda: RedisCacheClient.add(self, key, value, timeout), True)
        return added

    def get(self, key: Any, default: Any) -> Any:
        return self._asked(lambda: RedisCacheClient.get(self, key, default), default, writes=False)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._asked(lambda: RedisCacheClient.set(self, key, value, timeout), None)

    def touch(self, key: Any, timeout: Any) -> bool:
        touched: bool = self._asked(lambda: RedisCacheClient.touch(self, key, timeout), False)
        return touched

    def delete(self, key: Any) -> bool:
        deleted: bool = self._asked(lambda: RedisCacheClient.delete(self, key), False)
        return deleted

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        found: dict[Any, Any] = self._asked(
            lambda: RedisCacheClient.get_many(self, keys), {}, writes=False
        )
        return found

    def has_key(self, key: Any) -> bool:
        has: bool = self._asked(lambda: RedisCacheClient.has_key(self, key), False, writes=False)
        return has

    def incr(self, key: Any, delta: int) -> int:
        """Raises ValueError without Redis, as of a key that is not there."""
        count: int | None = self._asked(lambda: RedisCacheClient.incr(self, key, delta), None)
        if count is None:
            raise ValueError("The cache does not answer.")
        return count

    def set_many(self, data: Any, timeout: Any) -> None:
        self._asked(lambda: RedisCacheClient.set_many(self, data, timeout), None)

    def delete_many(self, keys: Iterable[Any]) -> None:
        self._asked(lambda: RedisCacheClient.delete_many(self, keys), None)

    def clear(self) -> bool:
        cleared: bool = self._asked(lambda: RedisCacheClient.clear(self), False)
        return cleared

    def answers(self) -> bool:
        """Whether Redis itself answers now; asks it whatever was found before."""
        try:
            return bool(self.get_client().ping())
        except RedisError:
            return False


class ForgivingRedisCache(RedisCache):
    """Django's own Redis cache with the client above."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient

    def answers(self) -> bool:
        """Whether Redis itself answers now."""
        client: ForgivingClient = self._cache  # type: ignore[assignment]
        return client.answers()
