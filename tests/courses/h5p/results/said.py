"""Statements as H5P's core words them."""

from typing import Any
from uuid import uuid4

HERE = "https://kompetens.example/h5p/1"
VERBS = "http://adlnet.gov/expapi/verbs/"


def statement(
    verb: str = "answered",
    raw: float | None = None,
    of: float | None = None,
    *,
    sub: str = "",
    parent: bool = False,
    **result: Any,
) -> dict[str, Any]:
    """As a content says it; `sub`: of this part of it, `parent`: of something inside it."""
    address = f"{HERE}?subContentId={sub}" if sub else HERE
    said: dict[str, Any] = {
        "actor": {"account": {"name": "Anna", "homePage": HERE}, "objectType": "Agent"},
        "verb": {"id": f"{VERBS}{verb}", "display": {"en-US": verb}},
        "object": {"id": address, "objectType": "Activity", "definition": {"extensions": {}}},
        "context": {
            "contextActivities": {"category": [{"id": "http://h5p.org/libraries/H5P.MultiChoice"}]}
        },
        "timestamp": "1999-12-31T23:59:59Z",
    }
    if sub:
        extensions = {"http://h5p.org/x-api/h5p-subContentId": sub}
        said["object"]["definition"]["extensions"] = extensions
    if parent:
        said["context"]["contextActivities"]["parent"] = [{"id": HERE, "objectType": "Activity"}]
    if raw is not None:
        result = {"score": {"min": 0, "raw": raw, "max": of, "scaled": 0.12}} | result
    if result:
        said["result"] = result
    return said


def entry(said: dict[str, Any] | None = None, key: str = "") -> dict[str, Any]:
    """One of a batch."""
    return {"id": key or str(uuid4()), "statement": statement() if said is None else said}
