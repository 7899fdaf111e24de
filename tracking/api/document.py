"""The OpenAPI 3.1 document: what Ninja makes of the types, and what it can't know."""

from typing import Any

from django.http import HttpRequest

from tracking.api import schemas
from tracking.api.endpoints import api
from tracking.api.problems import CONTENT_TYPE

ERRORS = {
    "400": "A parameter can't be used; `errors` names each, with its value and what was expected.",
    "401": "There is no key, or one that is not known, revoked or expired.",
    "403": "The key's holder has no duty today that opens this, or the key opens figures only.",
    "404": "There is no such unit or target, or it is not yours to see; `errors` names it.",
    "409": "What was known when the cursor was made has changed: begin anew.",
    "429": "Too many requests; wait so many seconds as Retry-After says.",
    "503": "The day is being counted, for it takes longer than an answer may; ask again after so "
    "many seconds as Retry-After says.",
}
TEXT: dict[str, Any] = {"schema": {"type": "string"}}
ANSWER_HEADERS = {
    "ETag": "Send it back as If-None-Match: 304 when nothing has changed.",
    "Stand-As-Of": "The day the rows stand for.",
    "Stand-Known-Through": "When the last batch of facts behind the rows was recorded.",
    "Stand-Batch": "The number of that batch.",
}


def openapi(request: HttpRequest | None = None) -> dict[str, Any]:
    """The whole document; with a request its server is the one that was asked."""
    made: dict[str, Any] = dict(api.get_openapi_schema())
    problem = schemas.ProblemShape.model_json_schema(
        ref_template="#/components/schemas/{model}", mode="serialization"
    )
    made["components"]["schemas"] |= problem.pop("$defs")
    made["components"]["schemas"]["Problem"] = problem
    made["security"] = [{"Bearer": []}]
    for path, methods in made["paths"].items():
        for operation in methods.values():
            _complete(path, operation)
    made["servers"] = [{"url": request.build_absolute_uri("/").rstrip("/")}] if request else []
    return made


def _complete(path: str, operation: dict[str, Any]) -> None:
    answer = operation["responses"].pop(200)
    csv = {"text/csv": {"schema": {"type": "string"}}}
    if path.endswith(".csv"):
        answer["content"] = csv
        operation["summary"] += " (CSV)"
    else:
        answer["content"] |= csv
    answer["headers"] = {
        name: {"description": text, **TEXT} for name, text in ANSWER_HEADERS.items()
    } | {"Link": {"description": "The next page, where there is one.", **TEXT}}
    unchanged = {
        "description": "Nothing has changed since the answer with this ETag.",
        "headers": {"ETag": TEXT},
    }
    operation["responses"] = {"200": answer, "304": unchanged} | {
        status: {
            "description": text,
            "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, text in ERRORS.items()
    }
    for status in ("429", "503"):
        operation["responses"][status]["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    operation["responses"]["401"]["headers"] = {"WWW-Authenticate": TEXT}
    for parameter in operation["parameters"]:
        parameter["schema"].pop("title", None)
        if parameter["schema"].get("default", 0) is None:
            del parameter["schema"]["default"]
        description = parameter["schema"].pop("description", None)
        if description:
            parameter["description"] = description
    operation["parameters"].append(
        {
            "in": "header",
            "name": "If-None-Match",
            "required": False,
            "schema": {"type": "string"},
            "description": "The ETag of an answer you have: 304 when it still holds.",
        }
    )
