"""Issues: create, read, edit, assign, delete, several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer, Stop

from .answers import no_issue, refused, refused_fields
from .comments import comment_of_update
from .show import issue_json, wanted_fields
from .state import Issue, Link, Project, find_named

if TYPE_CHECKING:
    from .app import Call


def create(call: "Call") -> Answer:
    """POST /issue → 201 {id, key, self}. Labels and properties are set with it, at once: the place for a marker."""
    return Answer(201, _created(call, call.body(fields=dict, update=dict, properties=[dict])))


def _created(call: "Call", body: dict[str, Any]) -> dict[str, Any]:
    issue = _make(call, body)
    return {"id": issue.id, "key": issue.key, "self": call.view.url(f"issue/{issue.id}")}


def _make(call: "Call", body: dict[str, Any]) -> Issue:
    fields = body.get("fields")
    if not isinstance(fields, dict):
        raise refused(400, "Field 'fields' is required.")
    project = _project(call, fields.get("project"))
    kind = _type(call, project, fields.get("issuetype"))
    if project.archived or not call.rights.may(call.who, "CREATE_ISSUES", project):
        raise refused(400 if not call.cloud else 403, "You do not have permission to create issues in this project.")
    properties = _properties(body.get("properties") or [])
    rest = {
        "fields": {name: value for name, value in fields.items() if name != "issuetype"},
        "update": body.get("update") or {},
    }
    values = call.app.fields.wanted(call.view, project, None, rest, _create_screen(call, project))
    values["issuetype"] = kind.id
    errors = {name: _needed(call, name) for name in project.required if values.get(name) in (None, [])}
    if kind.more.get("subtask"):
        parent = call.state.issue_of(
            str((fields.get("parent") or {}).get("key") or (fields.get("parent") or {}).get("id") or "")
        )
        if parent is None:
            errors["parent"] = "Issue type is a sub-task but parent issue key or id not specified."
        else:
            values["parent"] = parent.id
    if errors:
        raise refused_fields(errors)
    values.setdefault("reporter", call.who.name)
    values.setdefault("priority", "3")
    issue = call.app.work.create(
        call.view, project, values, properties, call.app.workflow.first_status(project, kind.name)
    )
    _links_of_update(call, issue, body)
    if comment := comment_of_update(call.app, call.view, issue, body.get("update") or {}):
        issue.comments.append(comment)
    return issue


def _needed(call: "Call", name: str) -> str:
    return (
        "You must specify a summary of the issue."
        if name == "summary"
        else f"{call.app.fields.known[name].name} is required."
    )


def _create_screen(call: "Call", project: Project) -> list[str]:
    """The reporter is only on the screen for those who may modify it, the security level for those who may set it."""
    hidden = set()
    for name, permission in (("reporter", "MODIFY_REPORTER"), ("security", "SET_ISSUE_SECURITY")):
        if not call.rights.may(call.who, permission, project):
            hidden.add(name)
    return [name for name in project.create_screen if name not in hidden]


def _project(call: "Call", raw: Any) -> Project:
    named = raw if isinstance(raw, dict) else {}
    project = call.state.project_of(str(named.get("key") or named.get("id") or ""))
    if project is None or not call.rights.sees_project(call.who, project):
        raise refused_fields({"project": "valid project is required" if call.cloud else "project is required"})
    return project


def _type(call: "Call", project: Project, raw: Any) -> Any:
    named = raw if isinstance(raw, dict) else {}
    among = [one for one in call.state.types if one.name in project.types]
    try:
        return find_named(among, named.get("id") or named.get("name") or "")
    except KeyError:
        raise refused_fields(
            {"issuetype": "Specify a valid issue type" if call.cloud else "valid issue type is required"}
        ) from None


def _properties(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, list) or not all(
        isinstance(one, dict) and one.get("key") and isinstance(one["key"], str) for one in raw
    ):
        raise refused(400, "Invalid properties.")
    return {one["key"]: one.get("value") for one in raw}


def create_many(call: "Call") -> Answer:
    """POST /issue/bulk: what can be made is made; the others stand in `errors` with their place in the request."""
    issues, errors = [], []
    for number, one in enumerate(call.body(issueUpdates=[dict]).get("issueUpdates") or []):
        try:
            issues.append(_created(call, one))
        except Stop as stop:
            errors.append(
                {"status": stop.answer.status, "elementErrors": stop.answer.body, "failedElementNumber": number}
            )
    return Answer(201 if issues else 400, {"issues": issues, "errors": errors})


def show(call: "Call", key: str) -> Answer:
    """GET /issue/{key}; by a former key too, and then with the new one in the answer."""
    issue = call.app.replica.known(call.issue(key).id)
    if issue is None:
        raise no_issue()
    properties = call.names("properties") or None
    return Answer(
        200,
        issue_json(
            call.app, call.view, issue, wanted_fields(call.names("fields"), "*all"), call.names("expand"), properties
        ),
    )


def edit(call: "Call", key: str) -> Answer:
    """PUT /issue/{key} → 204, or 200 with the issue when `returnIssue=true` (Cloud)."""
    issue, body = call.issue(key), call.body(fields=dict, update=dict, properties=[dict])
    call.rights.need(call.who, "EDIT_ISSUES", issue)
    project = call.state.projects[issue.project]
    if call.one("notifyUsers") == "false" and not call.rights.may(call.who, "ADMINISTER_PROJECTS", project):
        raise refused(403, "To discard the user notification either admin or project admin permissions are required.")
    if not body.get("fields") and not body.get("update") and not body.get("properties"):
        raise refused(400, "one of 'fields' or 'update' required")
    values = call.app.fields.wanted(call.view, project, issue, body, _edit_screen(call, project, issue))
    errors = {name: _needed(call, name) for name in project.required if name in values and values[name] in (None, [])}
    if errors:
        raise refused_fields(errors)
    comment = comment_of_update(call.app, call.view, issue, body.get("update") or {})
    for name, value in _properties(body.get("properties") or []).items():
        issue.properties[name] = value
    _links_of_update(call, issue, body)
    if comment:
        issue.comments.append(comment)
    change = call.app.work.set(call.view, issue, values, comment=comment)
    if change is None:
        call.app.work.touched(issue)
    if comment:
        call.app.webhooks.comment("comment_created", call.who, issue, comment, alone=change is None)
    if call.cloud and call.one("returnIssue") == "true":
        return Answer(200, issue_json(call.app, call.view, issue, ["*all"], call.names("expand")))
    return Answer(204)


def _edit_screen(call: "Call", project: Project, issue: Issue) -> list[str]:
    hidden = set()
    for name, permission in (
        ("reporter", "MODIFY_REPORTER"),
        ("security", "SET_ISSUE_SECURITY"),
        ("assignee", "ASSIGN_ISSUES"),
        ("duedate", "SCHEDULE_ISSUES"),
    ):
        if not call.rights.may(call.who, permission, project, issue):
            hidden.add(name)
    return [name for name in project.edit_screen if name not in hidden]


def edit_screen(call: "Call", issue: Issue) -> list[str]:
    """What who asks can set on an issue."""
    return _edit_screen(call, call.state.projects[issue.project], issue)


def _links_of_update(call: "Call", issue: Issue, body: dict[str, Any]) -> None:
    for operation in (body.get("update") or {}).get("issuelinks") or []:
        added = operation.get("add") or {}
        kind = find_named(
            call.state.link_types, (added.get("type") or {}).get("name") or (added.get("type") or {}).get("id") or ""
        )
        for name in ("outwardIssue", "inwardIssue"):
            if name in added:
                other = call.issue(str(added[name].get("key") or added[name].get("id")))
                ends = (issue.id, other.id) if name == "outwardIssue" else (other.id, issue.id)
                call.app.work.link(call.who, Link(call.state.next_id("link"), kind, *ends))


def assign(call: "Call", key: str) -> Answer:
    """PUT /issue/{key}/assignee: Cloud `{"accountId": …}`, Data Center `{"name": …}`; null takes the assignee away,
    "-1" is automatic.
    """
    issue, body = call.issue(key), call.body(accountId=str, name=str)
    call.rights.need(call.who, "ASSIGN_ISSUES", issue)
    project = call.state.projects[issue.project]
    chosen = body.get("accountId") if call.cloud else body.get("name")
    if chosen in (None, ""):
        name = None
    elif chosen == "-1":
        name = project.lead
    else:
        person = call.state.person_by_id(str(chosen)) if call.cloud else call.state.people.get(chosen)
        if (
            person is None
            or person.deleted
            or not person.active
            or not call.rights.may(person, "ASSIGNABLE_USER", project)
        ):
            raise refused_fields({"assignee": f"User '{chosen}' cannot be assigned issues."})
        name = person.name
    call.app.work.set(call.view, issue, {"assignee": name})
    return Answer(204)


def delete(call: "Call", key: str) -> Answer:
    """DELETE /issue/{key} → 204; 400 while it has sub-tasks and `deleteSubtasks` is not given."""
    issue = call.issue(key)
    call.rights.need(call.who, "DELETE_ISSUES", issue)
    below = [one for one in call.state.issues.values() if one.values.get("parent") == issue.id]
    if below and call.one("deleteSubtasks") != "true":
        raise refused(
            400,
            f"The issue '{issue.key}' has subtasks.  You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.",
        )
    for one in [*below, issue]:
        call.app.work.delete(call.who, one)
    return Answer(204)
