"""Jira's own answers to what it refuses, and the shapes that many answers share."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from common.clock import zone_of
from common.wire import Answer, Stop

if TYPE_CHECKING:
    from .app import Call


def refused(status: int, *messages: str, **errors: str) -> Stop:
    """`{"errorMessages": […], "errors": {field: text}}`, as each resource refuses."""
    return Stop(Answer(status, {"errorMessages": list(messages), "errors": errors}))


def refused_fields(errors: dict[str, str]) -> Stop:
    """400 for fields."""
    return Stop(Answer(400, {"errorMessages": [], "errors": errors}))


PAYLOAD = "Invalid request payload. Refer to the REST API documentation and try again."


def need_shape(value: Any, shape: Any) -> None:
    """400 for a value that is there and not of a type, or not a list of it."""
    if value is None:
        return
    if isinstance(shape, list):
        if not isinstance(value, list) or not all(isinstance(one, shape[0]) for one in value):
            raise refused(400, PAYLOAD)
    elif not isinstance(value, shape) or isinstance(value, bool) and shape is int:
        raise refused(400, PAYLOAD)


NO_ISSUE = "Issue does not exist or you do not have permission to see it."


def no_issue() -> Stop:
    """404: it does not exist, or you may not see it: the answer does not say which."""
    return refused(404, NO_ISSUE)


def stamp(at: datetime | None, zone: str) -> str | None:
    """A time as Jira writes it: `2026-11-23T10:04:05.123+0100`, in the zone of who asks."""
    if at is None:
        return None
    local = at.astimezone(zone_of(zone))
    return local.strftime("%Y-%m-%dT%H:%M:%S.") + f"{local.microsecond // 1000:03d}" + local.strftime("%z")


def millis(at: datetime) -> int:
    """A time as milliseconds since 1970."""
    return int(at.timestamp() * 1000)


def avatars(base: str, what: str) -> dict[str, str]:
    """The four pictures that each person, project and so on has."""
    return {
        size: f"{base}/secure/{what}&size={name}"
        for size, name in (("48x48", "large"), ("24x24", "small"), ("16x16", "xsmall"), ("32x32", "medium"))
    }


def page(values: list[Any], start: int, limit: int, **more: Any) -> tuple[list[Any], dict[str, Any]]:
    """A page of values, and what is said about it."""
    chosen = values[start : start + limit]
    return chosen, {"startAt": start, "maxResults": limit, "total": len(values), **more}


def number_of(text: str | None, default: int, least: int = 0, most: int | None = None) -> int:
    """A number from the query; 400 for what is none; what is too big is made smaller without a word."""
    if text is None or text == "":
        return default
    try:
        number = int(text)
    except ValueError:
        raise refused(400, f"'{text}' is not a number") from None
    return max(least, min(number, most if most is not None else number))


def paged(call: "Call", values: list[Any], default: int = 50) -> Answer:
    """A page as Cloud's lists have it, by startAt and maxResults."""
    start, limit = number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), default, 1, 100)
    chosen, told = page(values, start, limit, isLast=start + limit >= len(values))
    return Answer(200, {"self": f"{call.request.base}{call.request.path}", **told, "values": chosen})
