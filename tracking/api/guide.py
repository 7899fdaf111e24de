"""The OpenAPI document as a page shows it: endpoints with their parameters and fields."""

from typing import Any, NamedTuple


class Parameter(NamedTuple):
    """What can be asked for."""

    name: str
    form: str
    text: str


class Field(NamedTuple):
    """What a row holds."""

    name: str
    form: str
    text: str


class Endpoint(NamedTuple):
    """An address, without its `.csv` twin."""

    name: str
    path: str
    summary: str
    parameters: list[Parameter]
    fields: list[Field]
    errors: list[tuple[str, str]]


def endpoints_of(document: dict[str, Any]) -> list[Endpoint]:
    """Every address of the document, in its order."""
    found = []
    for path, methods in document["paths"].items():
        operation = methods["get"]
        content = operation["responses"]["200"]["content"]
        if "application/json" not in content:
            continue
        page = _resolved(document, content["application/json"]["schema"])
        row = _resolved(document, page["properties"]["rows"]["items"])
        found.append(
            Endpoint(
                operation["operationId"],
                path,
                operation["summary"],
                [_parameter(one) for one in operation["parameters"] if one["in"] == "query"],
                [
                    Field(
                        name,
                        _form(document, schema),
                        schema.get("description", "").replace("`", ""),
                    )
                    for name, schema in row["properties"].items()
                ],
                [
                    (status, answer["description"])
                    for status, answer in operation["responses"].items()
                    if status >= "4"
                ],
            )
        )
    return found


def _parameter(said: dict[str, Any]) -> Parameter:
    return Parameter(
        said["name"], _form({}, said["schema"]), said.get("description", "").replace("`", "")
    )


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


def _form(document: dict[str, Any], schema: dict[str, Any]) -> str:
    """The type in a word: `date`, `integer`, `ja | nej`; `–` where a value may be missing."""
    if "anyOf" in schema:
        return " | ".join(_form(document, one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return _form(document, schema["items"])
    return str(schema.get("format") or schema.get("type") or "")
