"""How values are compared in a JQL query, and what NOT makes of a comparison."""

from __future__ import annotations

import re
from typing import Any

from .jql import Clause, Group

OPPOSITE = {
    "=": "!=",
    "!=": "=",
    "in": "not in",
    "not in": "in",
    "is": "is not",
    "is not": "is",
    "~": "!~",
    "!~": "~",
    ">": "<=",
    "<=": ">",
    "<": ">=",
    ">=": "<",
}


def negated_inside(node: Any, negate: bool) -> Any:
    """NOT makes each operator within its opposite, as Jira does: so `NOT labels = x` leaves out what has no labels, as
    `!=` does.
    """
    if isinstance(node, Clause):
        return Clause(node.field, OPPOSITE[node.operator], node.value) if negate else node
    if node is None:
        return None
    if node.word == "not":
        return negated_inside(node.parts[0], not negate)
    word = node.word if not negate else "or" if node.word == "and" else "and"
    return Group(word, [negated_inside(part, negate) for part in node.parts])


def compare(left: Any, operator: str, right: Any) -> bool:
    if operator in ("=", "in"):
        return left == right
    if operator in ("!=", "not in"):
        return left != right
    return {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[operator]


def has_words(text: str, wanted: str) -> bool:
    """Full text: words, whatever their case; a hyphen parts words, so `~` may find others' [CHEATSHEET 1, marker]."""
    words = re.findall(r"\w+", text.lower())
    for one in re.findall(r"[\w*]+", wanted.lower()):
        if one.endswith("*") and any(word.startswith(one[:-1]) for word in words) or one in words:
            continue
        return False
    return bool(wanted.strip())
