"""What can a program ask over HTTP? (the API's own documentation page, written on the server: no script, no network)"""

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.desk import AtDesk

pages = APIRouter(include_in_schema=False)
Json = dict[str, Any]


@pages.get("/api/docs")
def show_manual(request: Request, desk: AtDesk) -> HTMLResponse:
    """Show every question of the API with what it takes and what it gives."""
    described: Json = request.app.openapi()
    return desk.page(request, "manual.html", info=described["info"], questions=questions(described), records=records(described))


def questions(described: Json) -> list[Json]:
    """Give one entry for each path and method of an OpenAPI description, in its order."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "title": operation.get("summary", ""),
            "text": operation.get("description", ""),
            "tag": (operation.get("tags") or [""])[0],
            "takes": [*_parameters(operation), *_body(operation, described)],
            "gives": kind(_schema(operation["responses"].get("200", {}))),
            "safe": method == "get",
        }
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def _parameters(operation: Json) -> list[Json]:
    given = operation.get("parameters", ())
    return [_taken(one["name"], one["schema"], one.get("required", False), one.get("description", "")) for one in given]


def _body(operation: Json, described: Json) -> list[Json]:
    schema = _schema(operation.get("requestBody", {}))
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    record = described.get("components", {}).get("schemas", {}).get(name, {})
    needed = record.get("required", ())
    return [_taken(key, value, key in needed, value.get("description", "")) for key, value in record.get("properties", {}).items()]


def _taken(name: str, schema: Json, needed: bool, text: str) -> Json:
    default = schema.get("default")
    return {"name": name, "kind": kind(schema), "needed": needed, "text": text, "default": "" if default is None else json.dumps(default)}


def _schema(holder: Json) -> Json:
    """Give the schema of the first content type of a body or an answer."""
    for content in holder.get("content", {}).values():
        schema: Json = content.get("schema", {})
        return schema
    return {}


def records(described: Json) -> list[Json]:
    """Give the records that answers are made of: each name with its fields."""
    schemas: Json = described.get("components", {}).get("schemas", {})
    return [
        {
            "name": name,
            "fields": [{"name": key, "kind": kind(value)} for key, value in schema["properties"].items()],
        }
        for name, schema in sorted(schemas.items())
        if "properties" in schema and not name.startswith("Body_")
    ]


def kind(schema: Json) -> str:
    """Write a schema in a few words: `string`, `[DutyLine]`, `date | null`, `"daily" | "archive"`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(kind(member) for member in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f"“{value}”" for value in schema["enum"])
    if schema.get("type") == "array":
        members = schema.get("prefixItems")
        return f"[{', '.join(kind(member) for member in members) if members else kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or schema.get("const") or "")
