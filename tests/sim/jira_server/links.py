"""Links between issues, and remote links (to other systems), which a `globalId` makes an upsert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import need_shape, refused, refused_fields
from .show import short
from .state import Issue, Link, find_named

if TYPE_CHECKING:
    from .app import Call


def link(call: "Call") -> Answer:
    """POST /issueLink → 201 without a body. The same link twice is not refused [?]."""
    body = call.body(type=dict, inwardIssue=dict, outwardIssue=dict, comment=dict)
    named = body.get("type") or {}
    try:
        kind = find_named(call.state.link_types, named.get("id") or named.get("name") or "")
    except KeyError:
        raise refused(404, f"No issue link type with name '{named.get('name')}' found.") from None
    ends = []
    for name in ("inwardIssue", "outwardIssue"):
        one = body.get(name) or {}
        ends.append(call.issue(str(one.get("key") or one.get("id") or "")))
    call.rights.need(
        call.who,
        "LINK_ISSUES",
        ends[0],
        401 if not call.cloud else 403,
        "No Link Issue Permission for issue '" + ends[0].key + "'",
    )
    made = Link(call.state.next_id("link"), kind, ends[0].id, ends[1].id)
    call.app.work.link(call.who, made)
    if body.get("comment"):
        from .comments import put

        put(call.app, call.view, ends[0], body["comment"])
    return Answer(201, None, {"Location": call.view.url(f"issueLink/{made.id}")})


def _link(call: "Call", identity: str) -> Link:
    for one in call.state.links:
        ends = [call.state.issues.get(one.inward), call.state.issues.get(one.outward)]
        if one.id == identity and all(end and call.rights.sees(call.who, end) for end in ends):
            return one
    raise refused(404, f"No issue link with id '{identity}' exists.")


def show_link(call: "Call", identity: str) -> Answer:
    """GET /issueLink/{id}."""
    one = _link(call, identity)
    return Answer(
        200,
        {
            "id": one.id,
            "self": call.view.url(f"issueLink/{one.id}"),
            "type": call.view.link_type(one.type),
            "inwardIssue": short(call.view, call.state.issues[one.inward], call.state),
            "outwardIssue": short(call.view, call.state.issues[one.outward], call.state),
        },
    )


def unlink(call: "Call", identity: str) -> Answer:
    """DELETE /issueLink/{id} → 204 (Cloud 200 in its specification; 204 in use)."""
    one = _link(call, identity)
    call.rights.need(call.who, "LINK_ISSUES", call.state.issues[one.inward])
    call.app.work.unlink(call.who, one)
    return Answer(200 if call.cloud else 204)


def types(call: "Call") -> Answer:
    """GET /issueLinkType."""
    return Answer(200, {"issueLinkTypes": [call.view.link_type(one) for one in call.state.link_types]})


def remote_links(call: "Call", key: str) -> Answer:
    """GET /issue/{key}/remotelink: a list; with `globalId` one object."""
    issue = call.issue(key)
    wanted = call.one("globalId")
    shown = [_remote(call, issue, one) for one in issue.remote_links if wanted in (None, one.get("globalId"))]
    if wanted is None:
        return Answer(200, shown)
    if not shown:
        raise refused(404, f"No issue link with id '{wanted}' exists on issue '{issue.key}'.")
    return Answer(200, shown[0])


def _remote(call: "Call", issue: Issue, one: dict[str, Any]) -> dict[str, Any]:
    told = {"id": one["id"], "self": call.view.url(f"issue/{issue.key}/remotelink/{one['id']}")}
    told |= {name: one[name] for name in ("globalId", "application", "relationship") if one.get(name)}
    return told | {"object": one["object"]}


def put_remote(call: "Call", key: str) -> Answer:
    """POST /issue/{key}/remotelink: 201 for a new globalId, 200 for a known one; "any fields without values are set to
    null" [S].
    """
    issue, body = call.issue(key), call.body()
    call.rights.need(call.who, "LINK_ISSUES", issue)
    _check(body)
    filled: dict[str, Any] = {}
    _fill(filled, body)
    known = next(
        (one for one in issue.remote_links if body.get("globalId") and one.get("globalId") == body["globalId"]), None
    )
    if known is None:
        known = {"id": int(call.state.next_id("remote"))}
        issue.remote_links.append(known)
        status = 201
        noun = "RemoteWorkItemLink" if call.cloud else "RemoteIssueLink"
        text = f'This {"work item" if call.cloud else "issue"} links to "{body["object"]["title"]} (Web Link)"'
        call.app.work.changed(
            call.who,
            issue,
            [
                {
                    "field": noun,
                    "fieldtype": "jira",
                    "from": None,
                    "fromString": None,
                    "to": str(known["id"]),
                    "toString": text,
                }
            ],
        )
    else:
        status = 200
    known |= filled
    return Answer(status, {"id": known["id"], "self": call.view.url(f"issue/{issue.key}/remotelink/{known['id']}")})


def _check(body: dict[str, Any]) -> None:
    thing = body.get("object")
    for name, shape in (("globalId", str), ("relationship", str), ("application", dict)):
        need_shape(body.get(name), shape)
    if not isinstance(thing, dict):
        raise refused_fields({"object": "'object' is required."})
    for name, shape in (("url", str), ("title", str), ("summary", str), ("icon", dict), ("status", dict)):
        need_shape(thing.get(name), shape)
    errors = {name: f"'{name}' is required." for name in ("title", "url") if not thing.get(name)}
    if len(body.get("globalId") or "") > 255:
        errors["globalId"] = "'globalId' is too long. It must be less than 255 characters."
    if errors:
        raise refused_fields(errors)


def _fill(known: dict[str, Any], body: dict[str, Any]) -> None:
    for name in ("globalId", "application", "relationship"):
        known[name] = body.get(name) or ({} if name == "application" else None)
    thing = body["object"]
    known["object"] = {
        "url": thing["url"],
        "title": thing["title"],
        **({"summary": thing["summary"]} if thing.get("summary") else {}),
        "icon": thing.get("icon") or {},
        "status": thing.get("status") or {"icon": {}},
    }


def drop_remote(call: "Call", key: str) -> Answer:
    """DELETE /issue/{key}/remotelink?globalId=…"""
    issue = call.issue(key)
    call.rights.need(call.who, "LINK_ISSUES", issue)
    return _drop(call, issue, lambda one: one.get("globalId") == call.one("globalId"), call.one("globalId") or "")


def one_remote(call: "Call", key: str, identity: str) -> Answer:
    """GET, PUT and DELETE /issue/{key}/remotelink/{id}."""
    issue = call.issue(key)
    if call.request.method == "DELETE":
        call.rights.need(call.who, "LINK_ISSUES", issue)
        return _drop(call, issue, lambda one: str(one["id"]) == identity, identity)
    found = next((one for one in issue.remote_links if str(one["id"]) == identity), None)
    if found is None:
        raise refused(404, f"No issue link with id '{identity}' exists on issue '{issue.key}'.")
    if call.request.method == "GET":
        return Answer(200, _remote(call, issue, found))
    call.rights.need(call.who, "LINK_ISSUES", issue)
    body = call.body()
    _check(body)
    _fill(found, body)
    return Answer(204)


def _drop(call: "Call", issue: Issue, is_it: Any, name: str) -> Answer:
    found = next((one for one in issue.remote_links if is_it(one)), None)
    if found is None:
        raise refused(404, f"No issue link with id '{name}' exists on issue '{issue.key}'.")
    issue.remote_links.remove(found)
    return Answer(204)
