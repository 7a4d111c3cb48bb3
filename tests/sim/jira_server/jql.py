"""JQL: read, and asked of an issue. What it does not know it refuses with Jira's 400, never with a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .answers import refused

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<op>>=|<=|!=|!~|=|~|>|<|\(|\)|,)|(?P<word>[^\s"'=~<>!(),]+))"""
)
RESERVED = {"and", "or", "not", "in", "is", "order", "by", "asc", "desc", "empty", "null", "was", "changed"}


@dataclass
class Clause:
    """`field operator value`; `value` is a list of operands for IN, None for EMPTY."""

    field: str
    operator: str
    value: Any


@dataclass
class Function:
    """`currentUser()` and the like."""

    name: str
    arguments: list[str]


@dataclass
class Group:
    """AND, OR or NOT of others."""

    word: str
    parts: list[Any]


@dataclass
class Query:
    """A whole query."""

    where: Clause | Group | None
    order: list[tuple[str, bool]]

    def clauses(self) -> list[Clause]:
        """All clauses, wherever they stand."""

        def walk(node: Any) -> list[Clause]:
            if isinstance(node, Clause):
                return [node]
            return [one for part in node.parts for one in walk(part)] if node else []

        return walk(self.where)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            match = TOKEN.match(text, at)
            if match is None:
                raise self._wrong(
                    f"Error in the JQL Query: The character '{text[at]}' is a reserved JQL character. "
                    f"You must enclose it in a string or use the escape '\\u{ord(text[at]):04x}' instead."
                )
            kind = match.lastgroup or ""
            value = match[kind]
            self.tokens.append((kind, _unquote(value) if kind == "text" else value))
            at = match.end()
        self.at = 0

    def _wrong(self, message: str) -> Exception:
        return refused(400, message)

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def is_word(self, word: str) -> bool:
        kind, value = self.peek()
        return kind == "word" and value.lower() == word

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.at += 1
        return token

    def skip(self, value: str) -> bool:
        kind, found = self.peek()
        if (kind == "op" and found == value) or (kind == "word" and found.lower() == value):
            self.at += 1
            return True
        return False

    def need(self, value: str) -> None:
        if not self.skip(value):
            raise self._wrong(
                f"Error in the JQL Query: Expecting '{value}' but got '{self.peek()[1] or 'the end of the query'}'."
            )

    def either(self) -> Any:
        parts = [self.both()]
        while self.skip("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Group("or", parts)

    def both(self) -> Any:
        parts = [self.single()]
        while self.skip("and"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else Group("and", parts)

    def single(self) -> Any:
        if self.skip("not"):
            return Group("not", [self.single()])
        if self.skip("("):
            inner = self.either()
            self.need(")")
            return inner
        return self.clause()

    def clause(self) -> Clause:
        kind, name = self.take()
        if kind not in ("word", "text") or kind == "word" and name.lower() in RESERVED:
            raise self._wrong(
                f"Error in the JQL Query: Expecting a field name but got '{name or 'the end of the query'}'."
            )
        if self.skip("is"):
            negated = self.skip("not")
            if not (self.skip("empty") or self.skip("null")):
                raise self._wrong("Error in the JQL Query: Expecting EMPTY after 'is'.")
            return Clause(name, "is not" if negated else "is", None)
        negated = self.skip("not")
        if self.skip("in"):
            return Clause(name, "not in" if negated else "in", self.many())
        kind, operator = self.take()
        if kind != "op" or operator in "(),":
            raise self._wrong(
                f"Error in the JQL Query: Expecting operator but got '{operator or 'the end of the query'}'."
            )
        return Clause(name, operator, self.operand())

    def many(self) -> list[Any]:
        self.need("(")
        values = [self.operand()]
        while self.skip(","):
            values.append(self.operand())
        self.need(")")
        return values

    def operand(self) -> Any:
        kind, value = self.take()
        if kind not in ("word", "text"):
            raise self._wrong(
                f"Error in the JQL Query: Expecting either a value, list or function but got '{value or 'the end of the query'}'."
            )
        if kind == "word" and value.lower() in ("empty", "null"):
            return None
        if kind == "word" and self.skip("("):
            arguments = []
            while not self.skip(")"):
                arguments.append(self.take()[1])
                self.skip(",")
                if self.peek()[0] == "end":
                    self.need(")")
            return Function(value, arguments)
        return value

    def order(self) -> list[tuple[str, bool]]:
        found = []
        if self.skip("order"):
            self.need("by")
            while True:
                found.append((self.take()[1], not self.skip("desc")))
                self.skip("asc")
                if not self.skip(","):
                    break
        if self.peek()[0] != "end":
            raise self._wrong(f"Error in the JQL Query: Expecting either 'OR' or 'AND' but got '{self.peek()[1]}'.")
        return found


def _unquote(text: str) -> str:
    return re.sub(
        r"\\(u[0-9a-fA-F]{4}|.)",
        lambda m: chr(int(m[1][1:], 16)) if len(m[1]) == 5 else {"n": "\n", "t": "\t"}.get(m[1], m[1]),
        text[1:-1],
    )


def read(text: str) -> Query:
    """A query; 400 for what is not one."""
    reader = _Reader(text)
    where = None if reader.peek()[0] == "end" or reader.is_word("order") else reader.either()
    return Query(where, reader.order())
