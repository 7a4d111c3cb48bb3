"""The parameters of a request: of the query, a JSON body, a form. Unknown ones are dropped without a word."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qsl

from common.wire import Answer, Request, Stop


def bad(text: str) -> Stop:
    """400 for a parameter: `{"error": "title is missing"}`."""
    return Stop(Answer(400, {"error": text}))


def invalid(field: str, *problems: str) -> Stop:
    """400 of a validation: `{"message": {"title": ["can't be blank"]}}`."""
    return Stop(Answer(400, {"message": {field: list(problems)}}))


class Params:
    """All parameters of a request under one roof."""

    def __init__(self, request: Request) -> None:
        self._values: dict[str, Any] = {}
        for name, value in request.query:
            self._put(name, value)
        self._take_body(request)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, required: bool = False, choices: tuple[str, ...] = ()) -> str | None:
        """A text. "title is missing", "state_event does not have a valid value"."""
        value = self._values.get(name)
        if value is None:
            if required:
                raise bad(f"{name} is missing")
            return None
        if isinstance(value, bool):
            value = "true" if value else "false"
        if not isinstance(value, (str, int, float)):
            raise bad(f"{name} is invalid")
        if choices and str(value) not in choices:
            raise bad(f"{name} does not have a valid value")
        return str(value)

    def integer(self, name: str, required: bool = False) -> int | None:
        """A whole number; "" is none."""
        value = self._values.get(name)
        if value in (None, ""):
            if required:
                raise bad(f"{name} is missing")
            return None
        if isinstance(value, bool) or not re.fullmatch(r"-?\d+", str(value)):
            raise bad(f"{name} is invalid")
        return int(value)

    def boolean(self, name: str) -> bool | None:
        """true, false, 1, 0, and the like."""
        value = self._values.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, bool):
            return value
        if str(value).lower() in ("true", "1", "t", "on"):
            return True
        if str(value).lower() in ("false", "0", "f", "off"):
            return False
        raise bad(f"{name} is invalid")

    def words(self, name: str) -> list[str] | None:
        """A list of texts, or one text with commas: both are taken."""
        value = self._values.get(name)
        if value is None:
            return None
        parts = [str(one) for one in value] if isinstance(value, list) else str(value).split(",")
        return [part.strip() for part in parts if part.strip()]

    def integers(self, name: str) -> list[int] | None:
        """A list of whole numbers; "" is an empty one."""
        words = self.words(name)
        if words is None:
            return None
        if any(not re.fullmatch(r"-?\d+", word) for word in words):
            raise bad(f"{name} is invalid")
        return [int(word) for word in words]

    def time(self, name: str) -> datetime | None:
        """An ISO 8601 time; without a zone it is UTC."""
        value = self.text(name)
        if not value:
            return None
        found = instant(value)
        if found is None:
            raise bad(f"{name} is invalid")
        return found

    def given(self, *names: str) -> bool:
        """Whether one of these was sent."""
        return any(name in self._values for name in names)

    def mapping(self, name: str) -> dict[str, Any]:
        """`not[labels]=x` of a query, or an object of a JSON body."""
        found = self._values.get(name)
        inner = dict(found) if isinstance(found, dict) else {}
        for key, value in self._values.items():
            if match := re.fullmatch(rf"{name}\[(\w+)\]", key):
                inner[match[1]] = value
        return inner

    def raw(self, name: str) -> Any:
        """As it came."""
        return self._values.get(name)

    def _take_body(self, request: Request) -> None:
        kind = request.header("content-type").split(";")[0].strip().lower()
        if not request.body:
            return
        if kind == "application/json":
            try:
                body = request.json()
            except ValueError as problem:
                raise Stop(Answer(400, {"error": "Problems parsing JSON"})) from problem
            for name, value in body.items() if isinstance(body, dict) else ():
                self._values[name] = value
        elif kind == "application/x-www-form-urlencoded":
            for name, value in parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True):
                self._put(name, value)
        elif kind == "multipart/form-data":
            for part in request.parts():
                if part.filename is None:
                    self._put(part.name, part.content.decode("utf-8", "replace"))
        else:
            raise Stop(Answer(415, {"error": f"The provided content-type '{kind}' is not supported."}))

    def _put(self, name: str, value: str) -> None:
        if name.endswith("[]"):
            self._values.setdefault(name[:-2], [])
            if isinstance(self._values[name[:-2]], list):
                self._values[name[:-2]].append(value)
        else:
            self._values[name] = value


def instant(text: str) -> datetime | None:
    """A time or a date as people write it to the API; None when it is neither."""
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace(" UTC", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def number_in_path(name: str, value: str) -> int:
    """Since 2026-08-20 a path parameter that must be a number is 400 when it is not (#605824)."""
    if not value.isdecimal():
        raise bad(f"{name} is invalid")
    return int(value)


def compact(value: Any) -> str:
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
