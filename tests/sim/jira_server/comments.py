"""Comments: public and internal, for a role or group, with edits and deletions. They are not in the change log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import need_shape, number_of, page, refused, refused_fields
from .kinds import parse_text
from .show import comment_json
from .state import Comment, Issue, Project
from .view import View

if TYPE_CHECKING:
    from .app import Call, Jira


def make(app: "Jira", view: View, issue: Issue, body: dict[str, Any]) -> Comment:
    """A comment as asked for, not yet on the issue."""
    need_shape(body or 0, dict)
    need_shape(body.get("properties"), [dict])
    text = _text(view, body)
    properties = {}
    for one in body.get("properties") or []:
        if not isinstance(one.get("key"), str) or not one["key"]:
            raise refused(400, "Invalid properties.")
        properties[one["key"]] = one.get("value")
    limit = _visibility(app, view, app.state.projects[issue.project], body.get("visibility"))
    now = app.clock.now()
    return Comment(app.state.next_id("comment"), view.who.name, text, now, now, view.who.name, limit, properties)


def comment_of_update(app: "Jira", view: View, issue: Issue, update: dict[str, Any]) -> Comment | None:
    """The comment in `{"update": {"comment": [{"add": {…}}]}}` of an edit or a transition."""
    need_shape(update.get("comment"), [dict])
    for operation in update.get("comment") or []:
        if "add" in operation:
            app.rights.need(view.who, "ADD_COMMENTS", issue)
            return make(app, view, issue, operation["add"])
    return None


def _text(view: View, body: dict[str, Any]) -> Any:
    try:
        text = parse_text(view, body.get("body"))
    except ValueError as problem:
        raise refused_fields({"comment": str(problem)}) from None
    if not text or isinstance(text, dict) and not text["content"]:
        raise refused_fields({"comment": "Comment body can not be empty!"})
    return text


def _visibility(app: "Jira", view: View, project: Project, raw: Any) -> dict[str, str] | None:
    if not raw:
        return None
    need_shape(raw, dict)
    for name in ("type", "value", "identifier"):
        need_shape(raw.get(name), str)
    kind, value = raw.get("type"), raw.get("value") or raw.get("identifier")
    if kind == "role" and value in project.members and app.rights.is_one_of(view.who, [f"role:{value}"], project):
        return {"type": "role", "value": value}
    if kind == "group" and value in view.who.groups:
        return {"type": "group", "value": value}
    known = "role" if kind == "role" else "group"
    raise refused_fields({"commentLevel": f"You are currently not a member of the project {known}: {value}."})


def add(call: "Call", key: str) -> Answer:
    """POST /issue/{key}/comment → 201. Internal by the property `sd.public.comment`, in service projects only."""
    issue, body = call.issue(key), call.body()
    call.rights.need(call.who, "ADD_COMMENTS", issue)
    return Answer(201, comment_json(call.app, call.view, issue, put(call.app, call.view, issue, body), True))


def put(app: "Jira", view: View, issue: Issue, body: dict[str, Any]) -> Comment:
    """Makes the comment and tells of it."""
    comment = make(app, view, issue, body)
    issue.comments.append(comment)
    app.work.touched(issue)
    app.webhooks.comment("comment_created", view.who, issue, comment)
    return comment


def listed(call: "Call", key: str) -> Answer:
    """GET /issue/{key}/comment?orderBy=-created; the oldest first by default."""
    issue = call.issue(key)
    seen = [one for one in issue.comments if call.rights.sees_comment(call.who, issue, one)]
    if call.one("orderBy") == "-created":
        seen = seen[::-1]
    chosen, told = page(
        seen,
        number_of(call.one("startAt"), 0),
        number_of(call.one("maxResults"), 50 if not call.cloud else 100, 1, 5000),
    )
    with_properties = "properties" in call.names("expand")
    told["comments"] = [comment_json(call.app, call.view, issue, one, with_properties) for one in chosen]
    return Answer(200, told)


def _found(call: "Call", issue: Issue, identity: str) -> Comment:
    for one in issue.comments:
        if one.id == identity and call.rights.sees_comment(call.who, issue, one):
            return one
    raise refused(404, f"Can not find a comment for the id: {identity}.")


def show(call: "Call", key: str, identity: str) -> Answer:
    """GET one."""
    issue = call.issue(key)
    return Answer(
        200,
        comment_json(call.app, call.view, issue, _found(call, issue, identity), "properties" in call.names("expand")),
    )


def _need_mine(call: "Call", issue: Issue, comment: Comment, verb: str) -> None:
    project = call.state.projects[issue.project]
    own = comment.author == call.who.name and call.rights.may(call.who, f"{verb}_OWN_COMMENTS", project, issue)
    if not own and not call.rights.may(call.who, f"{verb}_ALL_COMMENTS", project, issue):
        raise refused(400, f"{call.who.display}, you do not have the permission to {verb.lower()} this comment.")


def edit(call: "Call", key: str, identity: str) -> Answer:
    """PUT one → 200. Without `visibility` in the body the limit is gone; properties that are not named stay."""
    issue, body = call.issue(key), call.body()
    comment = _found(call, issue, identity)
    _need_mine(call, issue, comment, "EDIT")
    change(call.app, call.view, issue, comment, body)
    return Answer(200, comment_json(call.app, call.view, issue, comment, "properties" in call.names("expand")))


def change(app: "Jira", view: View, issue: Issue, comment: Comment, body: dict[str, Any]) -> None:
    """Gives a comment another text, and tells of it."""
    need_shape(body.get("properties"), [dict])
    comment.body = _text(view, body)
    comment.visibility = _visibility(app, view, app.state.projects[issue.project], body.get("visibility"))
    for one in body.get("properties") or []:
        comment.properties[str(one.get("key"))] = one.get("value")
    comment.updated, comment.editor = app.clock.now(), view.who.name
    app.work.touched(issue)
    app.webhooks.comment("comment_updated", view.who, issue, comment)


def delete(call: "Call", key: str, identity: str) -> Answer:
    """DELETE one → 204."""
    issue = call.issue(key)
    comment = _found(call, issue, identity)
    _need_mine(call, issue, comment, "DELETE")
    remove(call.app, call.view, issue, comment)
    return Answer(204)


def remove(app: "Jira", view: View, issue: Issue, comment: Comment) -> None:
    """Takes a comment away, and tells of it."""
    issue.comments.remove(comment)
    app.work.touched(issue)
    app.webhooks.comment("comment_deleted", view.who, issue, comment)


def by_ids(call: "Call") -> Answer:
    """POST /comment/list (Cloud): several comments of any issues, by id."""
    wanted = [str(one) for one in call.body(ids=list).get("ids") or []]
    found = [
        (issue, one)
        for issue in call.state.issues.values()
        if call.rights.sees(call.who, issue)
        for one in issue.comments
        if one.id in wanted and call.rights.sees_comment(call.who, issue, one)
    ]
    chosen, told = page(found, number_of(call.one("startAt"), 0), 1000, isLast=True)
    with_properties = "properties" in call.names("expand")
    return Answer(
        200,
        told | {"values": [comment_json(call.app, call.view, issue, one, with_properties) for issue, one in chosen]},
    )
