"""The change log: of one issue (oldest first, in pages), and of many at once."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import millis, number_of, page, refused
from .show import change_json
from .state import Change

if TYPE_CHECKING:
    from .app import Call


def listed(call: "Call", key: str) -> Answer:
    """GET /issue/{key}/changelog (Cloud): the oldest first."""
    issue = call.issue(key)
    start, limit = number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), 100, 1, 100)
    chosen, told = page(issue.changes, start, limit)
    told["self"] = f"{call.view.url(f'issue/{issue.key}/changelog')}?maxResults={limit}&startAt={start}"
    told["isLast"] = start + limit >= len(issue.changes)
    if not told["isLast"]:
        told["nextPage"] = f"{call.view.url(f'issue/{issue.key}/changelog')}?maxResults={limit}&startAt={start + limit}"
    return Answer(200, told | {"values": [change_json(call.app, call.view, one) for one in chosen]})


def by_ids(call: "Call", key: str) -> Answer:
    """POST /issue/{key}/changelog/list (Cloud)."""
    issue = call.issue(key)
    wanted = {str(one) for one in call.body(changelogIds=list).get("changelogIds") or []}
    found = [change_json(call.app, call.view, one) for one in issue.changes if one.id in wanted]
    return Answer(200, {"startAt": 0, "maxResults": len(found), "total": len(found), "histories": found})


def bulkfetch(call: "Call") -> Answer:
    """POST /changelog/bulkfetch (Cloud): at most 1000 issues and 10 fields; pages by token."""
    body = call.body(issueIdsOrKeys=list, fieldIds=[str], maxResults=int)
    keys, fields = body.get("issueIdsOrKeys"), body.get("fieldIds") or []
    if not isinstance(keys, list) or not keys or len(keys) > 1000:
        raise refused(400, "The number of issue IDs or keys must be between 1 and 1000.")
    if len(fields) > 10:
        raise refused(400, "The number of field IDs must not be more than 10.")
    issues = {one.id: one for key in keys if (one := call.state.issue_of(str(key))) and call.rights.sees(call.who, one)}
    found = [
        (change.created, int(key), change)
        for key, issue in issues.items()
        for change in issue.changes
        if _touches(change, fields)
    ]
    found.sort(key=lambda one: one[:2])
    limit, start = int(body.get("maxResults") or 1000), _start(body.get("nextPageToken"))
    logs: dict[str, list[dict[str, Any]]] = {}
    for _, key, change in found[start : start + limit]:
        logs.setdefault(str(key), []).append(_entry(call, change))
    told: dict[str, Any] = {
        "issueChangeLogs": [{"issueId": key, "changeHistories": changes} for key, changes in logs.items()]
    }
    if start + limit < len(found):
        told["nextPageToken"] = base64.urlsafe_b64encode(str(start + limit).encode()).decode()
    return Answer(200, told)


def _entry(call: "Call", change: Change) -> dict[str, Any]:
    """`created` is milliseconds in the vendor's example and a text in its schema [S]: `settings["bulk_created"]`
    chooses.
    """
    told = change_json(call.app, call.view, change)
    return told | ({"created": millis(change.created)} if call.app.settings["bulk_created"] == "millis" else {})


def _touches(change: Change, fields: list[str]) -> bool:
    return not fields or any(one.get("fieldId") in fields for one in change.items)


def _start(token: Any) -> int:
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(str(token)))
    except ValueError:
        raise refused(400, "The provided next page token is invalid.") from None
