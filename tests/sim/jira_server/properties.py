"""Entity properties of issues and comments: JSON below a key, at most 32 768 bytes, readable by all who see the issue.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import refused

if TYPE_CHECKING:
    from .app import Call

LONGEST = 32768


def _of_issue(call: "Call", key: str, permission: str | None) -> dict[str, Any]:
    issue = call.issue(key)
    if permission:
        call.rights.need(call.who, permission, issue)
    return issue.properties


def _of_comment(call: "Call", identity: str) -> dict[str, Any]:
    for issue in call.state.issues.values():
        for one in issue.comments:
            if (
                one.id == identity
                and call.rights.sees(call.who, issue)
                and call.rights.sees_comment(call.who, issue, one)
            ):
                return one.properties
    raise refused(404, f"The comment with id '{identity}' does not exist.")


def _keys(call: "Call", held: dict[str, Any], where: str) -> Answer:
    return Answer(200, {"keys": [{"self": call.view.url(f"{where}/properties/{name}"), "key": name} for name in held]})


def _one(call: "Call", held: dict[str, Any], name: str) -> Answer:
    """GET, PUT (201 new, 200 changed) and DELETE of one."""
    if call.request.method == "PUT":
        try:
            value = call.request.json()
        except ValueError:
            raise refused(400, "The property value is not valid JSON.") from None
        if len(call.request.body) > LONGEST or len(json.dumps(value)) > LONGEST:
            raise refused(400, "The property value is too long. It must be at most 32768 bytes.")
        status = 200 if name in held else 201
        held[name] = value
        return Answer(status, None if not call.cloud else {})
    if name not in held:
        raise refused(404, f"The property {name} does not exist.")
    if call.request.method == "DELETE":
        del held[name]
        return Answer(204)
    return Answer(200, {"key": name, "value": held[name]})


def issue_keys(call: "Call", key: str) -> Answer:
    return _keys(call, _of_issue(call, key, None), f"issue/{key}")


def issue_one(call: "Call", key: str, name: str) -> Answer:
    """Setting one tells so by `issue_property_set`, and does not move `updated`."""
    issue = call.issue(key)
    answer = _one(call, _of_issue(call, key, None if call.request.method == "GET" else "EDIT_ISSUES"), name)
    if call.request.method != "GET":
        event = "issue_property_deleted" if call.request.method == "DELETE" else "issue_property_set"
        call.app.webhooks.issue_property(event, call.who, issue, name)
    return answer


def comment_keys(call: "Call", identity: str) -> Answer:
    return _keys(call, _of_comment(call, identity), f"comment/{identity}")


def comment_one(call: "Call", identity: str, name: str) -> Answer:
    return _one(call, _of_comment(call, identity), name)
