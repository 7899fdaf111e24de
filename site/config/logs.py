"""Log lines as JSON that can't hold personal data.

Only what is known to be harmless gets in: the template of a message without what was to be put
into it, numbers, names of our own tasks and of exceptions, and where in the code it happened. What
an exception says is left out, because it quotes the value that caused it. A message that a library
wrote without a template may hold anything: the line then says only where in the code it came from.
"""

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from enum import Enum
from types import TracebackType
from typing import Any

from foundation.failures import Failure, described, place
from foundation.tracing import request_id

OURS = ("config", "foundation", "courses", "quizzes", "tracking")
# What our own lines may say beside their message.
FIELDS = ("method", "route", "status", "ms", "task", "job", "part", "count", "seconds")
TASK = re.compile(rf"(?:{'|'.join(OURS)}|celery)(?:\.[a-z_]+)+")
EXCEPTION = re.compile(r"[A-Z][A-Za-z]+(?:Error|Exception|Exceeded|Expired|Timeout|Lost|Exit)")
PLACEHOLDER = re.compile(r"%(?:\((?P<name>\w+)\))?[-+ #0]*\d*(?:\.\d+)?[sdirfxg]")


class Tracing(logging.Filter):
    """Gives every record the id of the request it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id()
        return True


class JsonFormatter(logging.Formatter):
    """One line of JSON a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            "at": place(record.pathname, record.lineno, record.funcName or ""),
            "pid": record.process,
            "request_id": getattr(record, "request_id", ""),
        }
        if _is_ours(record):
            line |= {name: vars(record)[name] for name in FIELDS if name in vars(record)}
        if error := _error_of(record):
            line["exception"] = described(error)
        return json.dumps(line, ensure_ascii=False)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _error_of(record: logging.LogRecord) -> BaseException | None:
    """What went wrong, whether it was given to the logger or put into the line."""
    if record.exc_info and record.exc_info[1]:
        return record.exc_info[1]
    given = record.args if isinstance(record.args, tuple) else ()
    return next((one.error for one in given if isinstance(one, Failure)), None)


def _message(record: logging.LogRecord) -> str:
    """The template; of our own, with what is harmless put in."""
    if not isinstance(record.msg, str):
        return ""
    if not _is_ours(record):
        return record.msg if record.args else ""
    if not record.args or isinstance(record.args, dict):
        return record.msg
    values = iter(record.args)
    return PLACEHOLDER.sub(lambda _found: _harmless(next(values, None)), record.msg)


def _harmless(value: object) -> str:
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, Failure):
        return type(value.error).__qualname__
    if isinstance(value, BaseException):
        return type(value).__qualname__
    if isinstance(value, Enum) and type(value).__module__.partition(".")[0] in OURS:
        return str(value.value)  # one of a few words that stand in the code
    if isinstance(value, str) and (TASK.fullmatch(value) or EXCEPTION.fullmatch(value)):
        return value
    return "…"


def log_crashes() -> None:
    """Have what nobody caught logged like everything else, instead of printed with its values."""
    log = logging.getLogger("config.crash")

    def crashed(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("Nobody caught it", exc_info=(kind, error, trace))

    sys.excepthook = crashed
    threading.excepthook = lambda thread: crashed(
        thread.exc_type, thread.exc_value or thread.exc_type(), thread.exc_traceback
    )
    logging.captureWarnings(True)
