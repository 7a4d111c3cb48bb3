"""The vendor's specification (OpenAPI 3.0) as a check of each request and each answer.

Nothing is refused for it: what does not fit is noted, and stands at /_sim/violations.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from .wire import Answer, Request

MOST_KNOWN = 5_000
METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True)
class Violation:
    """One thing that does not fit: in a "request" or an "answer", and where in it."""

    where: str
    method: str
    path: str
    status: int
    place: str
    message: str


class Contract:
    """A specification, ready to check. `waived`: (where, regular expression of "METHOD path place: message")
    of what the specification is known to have wrong, each with the reason beside it where it is declared."""

    def __init__(self, specs: list[str], waived: list[tuple[str, str]] | None = None) -> None:
        import jsonschema  # Debian: python3-jsonschema; only needed for this check

        self._jsonschema = jsonschema
        self.violations: list[Violation] = []
        self._waived = [(where, re.compile(text)) for where, text in waived or []]
        self._operations: list[tuple[re.Pattern[str], str, dict[str, Any], dict[str, Any]]] = []
        self._checkers: dict[int, Any] = {}
        self._known: dict[tuple[int, str], list[tuple[str, str]]] = {}
        for name in specs:
            with open(name, encoding="utf-8") as file:
                self._add(json.load(file))
        self._operations.sort(key=lambda one: one[1].count("{"))

    def check(self, request: Request, answer: Answer) -> None:
        """Notes what does not fit. A request that was refused (4xx) may be wrong: that is what refusing is for."""
        found = self._operation(request)
        if found is None:
            self._note("request", request, answer, "path", "the specification has no such path")
            return
        path, item, spec = found
        operation = item.get(request.method.lower())
        if operation is None:
            self._note("request", request, answer, "method", "the specification has no such method here")
            return
        if answer.status < 400:
            self._check_parameters(request, answer, path, item, operation, spec)
            self._check_body(request, answer, operation, spec)
        self._check_answer(request, answer, operation, spec)

    def _add(self, spec: dict[str, Any]) -> None:
        _to_json_schema(spec)
        base = _base_path(spec)
        for path, item in spec["paths"].items():
            pattern = re.sub(r"\\\{\w+\\\}", lambda _: "([^/]+)", re.escape(base + path))
            self._operations.append((re.compile(pattern + "/?"), base + path, item, spec))

    def _operation(self, request: Request) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
        fallback = None
        for pattern, path, item, spec in self._operations:
            if pattern.fullmatch(request.path):
                if request.method.lower() in item:
                    return path, item, spec
                fallback = fallback or (path, item, spec)
        return fallback

    def _check_parameters(
        self, request: Request, answer: Answer, path: str, item: dict, operation: dict, spec: dict
    ) -> None:
        declared = [_resolve(one, spec) for one in item.get("parameters", []) + operation.get("parameters", [])]
        names = {one["name"] for one in declared if one["in"] == "query"}
        for name, _ in request.query:
            if name not in names and name.removesuffix("[]") not in names and f"{name}[]" not in names:
                self._note("request", request, answer, f"query {name}", "the specification has no such parameter")
        for one in declared:
            if one["in"] != "query":
                continue
            values = request.all(one["name"]) + request.all(one["name"] + "[]")
            if not values and one.get("required"):
                self._note("request", request, answer, f"query {one['name']}", "a required parameter is missing")
            for value in values:
                if problem := _text_problem(value, _resolve(one.get("schema", {}), spec)):
                    self._note("request", request, answer, f"query {one['name']}", problem)

    def _check_body(self, request: Request, answer: Answer, operation: dict, spec: dict) -> None:
        declared = _resolve(operation.get("requestBody") or {}, spec)
        content = declared.get("content", {})
        if not request.body:
            if declared.get("required"):
                self._note("request", request, answer, "body", "a body is required")
            return
        kind = request.header("content-type").split(";")[0].strip().lower()
        if kind == "application/x-www-form-urlencoded" and "application/json" in content:
            return  # a form of the same fields; their types cannot be told
        if kind not in content:
            if content:
                self._note("request", request, answer, "content-type", f"'{kind}' is not one of {', '.join(content)}")
            return
        if kind == "application/json":
            self._check_schema("request", request, answer, content[kind].get("schema"), request.json(), spec)

    def _check_answer(self, request: Request, answer: Answer, operation: dict, spec: dict) -> None:
        answers = operation["responses"]
        declared = answers.get(str(answer.status)) or answers.get("default")
        if declared is None:
            if answer.status < 400:
                self._note("answer", request, answer, "status", f"{answer.status} is not one of {', '.join(answers)}")
            return
        content = _resolve(declared, spec).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema is None or answer.body is None or isinstance(answer.body, (bytes, str)):
            return
        self._check_schema("answer", request, answer, schema, json.loads(answer.payload()), spec)

    def _check_schema(self, where: str, request: Request, answer: Answer, schema: Any, value: Any, spec: dict) -> None:
        if schema is None:
            return
        rows = [("", schema, value)]
        if schema.get("type") == "array" and "items" in schema and isinstance(value, list):
            rows = [(f"{number}/", schema["items"], row) for number, row in enumerate(value)]
        for prefix, part, one in rows:
            for place, message in self._problems(part, one, spec):
                self._note(where, request, answer, (prefix + place).rstrip("/") or "body", message)

    def _problems(self, schema: Any, value: Any, spec: dict) -> list[tuple[str, str]]:
        """What does not fit, and where. Lists give the same rows again and again: each is looked at once."""
        key = (id(schema), json.dumps(value, sort_keys=True))
        known = self._known.get(key)
        if known is not None:
            return known
        checker = self._checkers.get(id(schema))
        if checker is None:
            whole = {"allOf": [schema], "components": spec["components"]}  # so that "#/components/…" is found in it
            checker = self._checkers[id(schema)] = self._jsonschema.Draft4Validator(whole)
        found = [
            ("/".join(str(part) for part in error.absolute_path), _shortened(error.message))
            for error in checker.iter_errors(value)
        ]
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        self._known[key] = found
        return found

    def _note(self, where: str, request: Request, answer: Answer, place: str, message: str) -> None:
        text = f"{request.method} {request.path} {place}: {message}"
        if any(where == known and pattern.search(text) for known, pattern in self._waived):
            return
        violation = Violation(where, request.method, request.path, answer.status, place, message)
        if violation not in self.violations:
            self.violations.append(violation)


def _shortened(message: str) -> str:
    """The beginning is what was found, the end is what was wanted."""
    return message if len(message) <= 300 else f"{message[:200]} … {message[-90:]}"


def _base_path(spec: dict[str, Any]) -> str:
    url = (spec.get("servers") or [{"url": ""}])[0]["url"]
    return urlsplit(re.sub(r"\{\w+\}", "x", url)).path.rstrip("/")


def _resolve(one: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in one:
        found: Any = spec
        for part in one["$ref"].removeprefix("#/").split("/"):
            found = found[unquote(part).replace("~1", "/").replace("~0", "~")]
        one = found
    return one


def _text_problem(value: str, schema: dict[str, Any]) -> str | None:
    """Why a query parameter's text does not fit its schema."""
    kind = schema.get("type")
    if kind == "array":
        return None
    if kind == "integer" and not re.fullmatch(r"-?\d+", value):
        return f"'{value}' is not an integer"
    if kind == "boolean" and value.lower() not in ("true", "false", "1", "0"):
        return f"'{value}' is not a boolean"
    if "enum" in schema and kind != "integer" and value not in schema["enum"]:
        return f"'{value}' is not one of {', '.join(map(str, schema['enum']))}"
    return None


def _to_json_schema(node: Any) -> None:
    """OpenAPI 3.0 says `nullable: true` where JSON Schema says `type: [..., null]`."""
    if isinstance(node, list):
        for one in node:
            _to_json_schema(one)
    if not isinstance(node, dict):
        return
    for one in list(node.values()):
        _to_json_schema(one)
    if node.get("nullable") is True:
        rest = copy.copy(node)
        rest.pop("nullable")
        if isinstance(rest.get("type"), str) and "enum" not in rest:
            node.pop("nullable")
            node["type"] = [rest["type"], "null"]
        else:
            node.clear()
            node["anyOf"] = [rest, {"type": "null"}]
