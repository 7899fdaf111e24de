"""Brings the answers to a quiz out of the database, as columns: a million of them in seconds.

Rows go straight from the cursor into columns: as objects a million answers would be a gigabyte.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.db import connections
from django.db.models import BooleanField, ExpressionWrapper, F, FloatField, Func, Q, TextField
from django.db.models.functions import Cast
from django.db.models.query import QuerySet

from quizzes.analysis.sums import codes, groups, seconds_taken, thresholds
from quizzes.attempts.models import Attempt, AttemptItem
from quizzes.bank.models import Quiz

AT_ONCE = 4_000
ItemKey = tuple[str, str]  # a question's key and version


class Seconds(Func):
    """A moment as seconds since 1970, to about a ten-thousandth of one."""

    arity = 1
    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        template = "((julianday(%(expressions)s) - 2440587.5) * 86400.0)"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        template = "(EXTRACT(EPOCH FROM %(expressions)s)::double precision)"
        return self.as_sql(compiler, connection, template=template)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Attempts that were handed in, and what was answered in people's first ones.

    `attempts`, by attempt: `number` (which try of the person at that place it is), `passed`,
    `share` of the points, `group`. `responses`, and what the items and answers are that it numbers:
    see quizzes.analysis.sums. `examples` are rows of AttemptItem that show how each item was asked.
    """

    attempts: pd.DataFrame
    responses: pd.DataFrame
    items: list[ItemKey]
    answers: list[str]
    examples: list[int]


def load(
    quiz: Quiz, kept_shares: Mapping[float, int], only: Collection[int] | None = None
) -> Loaded:
    """What is not yet in the kept sums; of the attempts `only`, if said. Two queries.

    First tries alone: whoever tries again has seen what was right, and counted twice a person
    would weigh twice. The groups of the best and weakest are among everybody's first tries:
    `kept_shares` says how many of those in the kept sums got what.
    """
    everybody = _attempts(quiz, kept_shares)
    wanted = everybody["uncounted"].to_numpy(dtype=bool).copy()
    if only is not None:
        wanted &= everybody.index.isin(list(only))
    items = AttemptItem.objects.filter(
        attempt__quiz=quiz, attempt__counted=None, score__isnull=False
    ).exclude(attempt__submitted_at=None)
    if only is not None:
        items = items.filter(attempt__in=list(only))
    attempts = everybody[wanted]
    first = attempts[attempts["number"] == 1]
    responses, keys, answers, examples = _responses(items, first.index)
    responses["seconds"] = seconds_taken(responses, first["started"])
    del responses["saved"]
    by_attempt = responses.groupby("attempt")["score"].agg(["size", "sum"])
    counted = by_attempt.reindex(attempts.index)
    attempts = attempts.assign(count=counted["size"].fillna(0), points=counted["sum"].fillna(0.0))
    return Loaded(attempts, responses, keys, answers, examples)


def _attempts(quiz: Quiz, kept_shares: Mapping[float, int]) -> pd.DataFrame:
    """Every attempt that was handed in, by its key."""
    rows = (
        Attempt.objects.filter(quiz=quiz)
        .annotate(
            started=Seconds("started_at"),
            got=Cast("points", FloatField()),
            handed_in=ExpressionWrapper(Q(submitted_at__isnull=False), BooleanField()),
            uncounted=ExpressionWrapper(Q(counted__isnull=True), BooleanField()),
        )
        .values_list(
            "pk", "user_id", "context", "started", "got", "max_points", "passed", "handed_in",
            "uncounted",
        )
    )  # fmt: skip
    names = ["pk", "user", "context", "started", "points", "of", "passed", "handed_in", "uncounted"]
    columns = _columns(rows, len(names))
    table = pd.DataFrame(dict(zip(names, columns, strict=True))).set_index("pk")
    in_time = table.sort_values("started", kind="stable")
    table["number"] = in_time.groupby(["user", "context"], sort=False).cumcount() + 1
    table = table[table["handed_in"].astype(bool)].drop(columns=["user", "context", "handed_in"])
    table.index = table.index.astype("int64")
    table["started"] = table["started"].astype(float)
    of = table["of"].astype(float)
    share = np.where(of > 0, table["points"].astype(float) / of.where(of > 0, 1.0), 0.0).round(6)
    first = ((table["number"] == 1) & table["uncounted"].astype(bool)).to_numpy()
    kept = np.repeat(list(kept_shares.keys()), list(kept_shares.values()))
    low, high = thresholds(np.concatenate([share[first], kept]))
    return table.assign(share=share, group=groups(share, low, high))


def _columns(rows: "QuerySet[Any, Any]", count: int) -> list[list[Any]]:
    columns: list[list[Any]] = [[] for _ in range(count)]
    for some in _chunks(rows):
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(values)
    return columns


def _chunks(rows: "QuerySet[Any, Any]") -> Any:
    """The rows as the database gives them, some thousand at a time."""
    sql, params = rows.query.sql_with_params()
    with connections[rows.db].chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while some := cursor.fetchmany(AT_ONCE):
            yield some


def _responses(
    items: "QuerySet[AttemptItem]", first: pd.Index
) -> tuple[pd.DataFrame, list[ItemKey], list[str], list[int]]:
    rows = items.order_by().values_list(
        "pk",
        "attempt_id",
        "question_key",
        "question_version",
        Cast("score", FloatField()),
        Cast(F("answer__chosen"), TextField()),
        Seconds("answer__saved_at"),
    )
    keys: dict[object, int] = {}
    answers: dict[object, int] = {}
    examples: list[int] = []
    parts: list[list[np.ndarray]] = [[one] for one in _NOTHING]
    for some in _chunks(rows):
        pks, attempts, questions, versions, scores, given, saved = zip(*some, strict=True)
        item = codes(list(zip(questions, versions, strict=True)), keys)
        for new in range(len(examples), len(keys)):
            examples.append(pks[int(np.argmax(item == new))])
        part: tuple[np.ndarray, ...] = (
            np.array(attempts, dtype=np.int64),
            item.astype(np.int32),
            np.array(scores, dtype=float),
            codes(given, answers).astype(np.int32),
            np.array(saved, dtype=float),
        )
        for column, values in zip(parts, part, strict=True):
            column.append(values)
    names = ["attempt", "item", "score", "answer", "saved"]
    whole = {name: np.concatenate(column) for name, column in zip(names, parts, strict=True)}
    table = pd.DataFrame(whole)
    table = table[table["attempt"].isin(first)].reset_index(drop=True)
    # No answer is not an answer.
    if None in answers:
        table.loc[table["answer"] == answers[None], "answer"] = -1
    texts = [str(one) for one in answers]
    return table, list(keys), texts, examples  # type: ignore[arg-type]


_NOTHING = (
    np.array([], dtype=np.int64),
    np.array([], dtype=np.int32),
    np.array([], dtype=float),
    np.array([], dtype=np.int32),
    np.array([], dtype=float),
)
