"""The request id: the same in every log line of a request and of the tasks it caused."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# 32 hexadecimal digits, with or without the dashes of a UUID: nothing a name or a personal number
# could be written as.
WELL_FORMED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Id of the request this runs in or was caused by; "" outside of any."""
    return _current.get()


def well_formed(value: str) -> bool:
    """Whether this can be an id."""
    return WELL_FORMED.fullmatch(value) is not None


@contextmanager
def traced(given: str = "") -> Iterator[str]:
    """Within: `request_id()` is `given`, or one made here when that is not well-formed."""
    value = given if well_formed(given) else uuid.uuid4().hex
    token = _current.set(value)
    try:
        yield value
    finally:
        _current.reset(token)
