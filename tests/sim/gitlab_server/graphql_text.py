"""Reads GraphQL: operations, fields with aliases and arguments, variables, inline fragments and named ones."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(
    r'\s*(?:#[^\n]*)?\s*(?P<token>"""(?:.|\n)*?"""|"(?:[^"\\]|\\.)*"|\.\.\.|-?\d+(?:\.\d+)?|[A-Za-z_]\w*|[{}()\[\]:=!$@,|]|$)'
)


class Unreadable(Exception):
    """The text is not GraphQL."""


@dataclass
class Node:
    """One field; or a fragment's type when `fragment`."""

    name: str
    alias: str
    arguments: dict[str, Any] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    fragment: bool = False


@dataclass
class Operation:
    """A query or a mutation."""

    kind: str
    name: str
    children: list[Node]


def read(text: str, variables: dict[str, Any], wanted: str | None = None) -> Operation:
    """The operation of this name, or the only one, with the variables filled in."""
    reader = _Reader(text, variables)
    operations = reader.document()
    found = [one for one in operations if wanted in (None, "", one.name)]
    if not found:
        raise Unreadable("No operation found")
    return found[0]


class _Reader:
    def __init__(self, text: str, variables: dict[str, Any]) -> None:
        self._tokens: list[str] = []
        self._variables = variables
        self._fragments: dict[str, list[Node]] = {}
        place = 0
        text = text.rstrip()
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None or (found.end() == place):
                raise Unreadable(f"Parse error on {text[place:place + 10]!r}")
            place = found.end()
            if found["token"] not in (",", ""):
                self._tokens.append(found["token"])
        self._at = 0

    def document(self) -> list[Operation]:
        """All operations; fragments are put in where they are spread."""
        operations = []
        while self._at < len(self._tokens):
            if self._peek() == "fragment":
                self._next(), (name := self._next()), self._next(), self._next()
                self._fragments[name] = self._selection()
            else:
                operations.append(self._operation())
        for operation in operations:
            operation.children = self._spread(operation.children)
        return operations

    def _operation(self) -> Operation:
        kind, name = "query", ""
        if self._peek() in ("query", "mutation", "subscription"):
            kind = self._next()
            if self._peek() not in ("{", "("):
                name = self._next()
            if self._peek() == "(":
                self._declared_variables()
        return Operation(kind, name, self._selection())

    def _declared_variables(self) -> None:
        self._expect("(")
        while self._peek() != ")":
            self._expect("$")
            name = self._next()
            self._expect(":")
            while self._peek() not in ("$", ")", "="):
                self._next()
            if self._peek() == "=":
                self._next()
                self._variables.setdefault(name, self._value())
        self._expect(")")

    def _selection(self) -> list[Node]:
        self._expect("{")
        nodes = []
        while self._peek() != "}":
            nodes.append(self._node())
        self._expect("}")
        return nodes

    def _node(self) -> Node:
        if self._peek() == "...":
            self._next()
            if self._peek() == "on":
                self._next()
                return Node(self._next(), "", children=self._selection(), fragment=True)
            return Node("", "", {"spread": self._next()}, fragment=True)
        name = alias = self._next()
        if self._peek() == ":":
            self._next()
            name = self._next()
        arguments: dict[str, Any] = {}
        if self._peek() == "(":
            self._next()
            while self._peek() != ")":
                key = self._next()
                self._expect(":")
                arguments[key] = self._value()
            self._expect(")")
        children = self._selection() if self._peek() == "{" else []
        return Node(name, alias, arguments, children)

    def _value(self) -> Any:
        token = self._next()
        if token == "$":
            return self._variables.get(self._next())
        if token == "[":
            return self._until("]", self._value)
        if token == "{":
            return dict(self._until("}", self._pair))
        if token.startswith('"'):
            return token[3:-3] if token.startswith('"""') else json.loads(token)
        if token in ("true", "false", "null"):
            return json.loads(token)
        return json.loads(token) if re.fullmatch(r"-?\d+(\.\d+)?", token) else token

    def _pair(self) -> tuple[str, Any]:
        key = self._next()
        self._expect(":")
        return key, self._value()

    def _until(self, end: str, one: Any) -> list[Any]:
        found = []
        while self._peek() != end:
            found.append(one())
        self._next()
        return found

    def _spread(self, nodes: list[Node]) -> list[Node]:
        found = []
        for node in nodes:
            if node.fragment and not node.name:
                found += self._spread(self._fragments.get(node.arguments["spread"], []))
            else:
                node.children = self._spread(node.children)
                found.append(node)
        return found

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise Unreadable("Unexpected end of document")
        self._at += 1
        return token

    def _expect(self, wanted: str) -> None:
        if (token := self._next()) != wanted:
            raise Unreadable(f"Expected {wanted}, actual: {token}")
