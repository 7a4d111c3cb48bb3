"""Which handler answers which method and path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable
from urllib.parse import unquote

from .wire import Answer, Request

Handler = Callable[..., Answer]


@dataclass
class Match:
    """The handler of a request, the values of `{names}` in its path, and the path as it was declared."""

    handler: Handler
    values: dict[str, str]
    declared: str


class Router:
    """Routes by path: `{name}` takes one part, with its percent signs decoded (so `a%2Fb` is one part).

    `{name:rest}` takes what is left of the path. What was declared first is tried first.
    """

    def __init__(self) -> None:
        self._routes: list[tuple[re.Pattern[str], str, dict[str, Handler]]] = []
        self._declared: dict[str, dict[str, Handler]] = {}

    def add(self, methods: str, path: str, handler: Handler) -> None:
        """Declares `handler` for methods (`"GET POST"`) at a path: handler(request, **values)."""
        known = self._declared.get(path)
        if known is None:
            known = self._declared[path] = {}
            self._routes.append((_pattern(path), path, known))
        for method in methods.split():
            known[method] = handler

    def find(self, request: Request) -> Match | set[str]:
        """The match; or the methods that this path has, an empty set when it has none."""
        allowed: set[str] = set()
        for pattern, declared, handlers in self._routes:
            found = pattern.fullmatch(request.path)
            if found is None:
                continue
            handler = handlers.get(request.method) or (handlers.get("GET") if request.method == "HEAD" else None)
            if handler is not None:
                values = {name: unquote(value) for name, value in found.groupdict().items()}
                return Match(handler, values, declared)
            allowed |= handlers.keys()
        return allowed

    def endpoints(self) -> list[tuple[str, str]]:
        """(path, methods) of all that is declared."""
        return [(path, " ".join(handlers)) for path, handlers in self._declared.items()]


def _pattern(path: str) -> re.Pattern[str]:
    text = ""
    for literal, name, rest in re.findall(r"([^{]+)|\{(\w+)(:rest)?\}", path):
        text += re.escape(literal) if literal else f"(?P<{name}>{'.+' if rest else '[^/]+'})"
    return re.compile(text + "/?")
