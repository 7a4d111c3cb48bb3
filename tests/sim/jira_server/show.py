"""An issue as the API shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .kinds import show_text
from .rights import is_internal
from .state import Attachment, Change, Comment, Issue, Link
from .view import View

if TYPE_CHECKING:
    from .app import Jira

# Nobody logs work here.
TIMES = (
    "timespent",
    "timeestimate",
    "timeoriginalestimate",
    "aggregatetimespent",
    "aggregatetimeestimate",
    "aggregatetimeoriginalestimate",
)
NOT_NAVIGABLE = {"comment", "attachment", "worklog"}


def wanted_fields(asked: Any, default: str) -> list[str]:
    """`fields` of a request; `-name` leaves one out, `*all` and `*navigable` stand for many."""
    names = [str(one) for one in asked] if asked else [default]
    return names if any(not one.startswith("-") for one in names) else [default, *names]


def _chosen(name: str, asked: list[str]) -> bool:
    if f"-{name}" in asked:
        return False
    return name in asked or "*all" in asked or "*navigable" in asked and name not in NOT_NAVIGABLE


def issue_json(
    app: "Jira", view: View, issue: Issue, asked: list[str], expand: list[str], properties: list[str] | None = None
) -> dict[str, Any]:
    """The whole issue, with the fields asked for."""
    told: dict[str, Any] = {
        "expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields",
        "id": issue.id,
        "self": view.url(f"issue/{issue.id}"),
        "key": issue.key,
    }
    if asked == ["id"]:
        return told
    if not set(asked) <= {"id", "key"}:
        told["fields"] = {name: value() for name, value in _fields(app, view, issue).items() if _chosen(name, asked)}
    if "changelog" in expand:
        histories = [change_json(app, view, one) for one in reversed(issue.changes)]
        told["changelog"] = {
            "startAt": 0,
            "maxResults": len(histories),
            "total": len(histories),
            "histories": histories,
        }
    if "transitions" in expand:
        told["transitions"] = [
            app.workflow.show(view, issue, one, False) for one in app.workflow.open_to(view.who, issue)
        ]
    if "names" in expand:
        told["names"] = {one.id: one.name for one in app.fields.known.values()}
    if properties:
        told["properties"] = {
            key: value for key, value in issue.properties.items() if key in properties or "*all" in properties
        }
    return told


def _fields(app: "Jira", view: View, issue: Issue) -> dict[str, Any]:
    """Each field, made when it is chosen."""
    project = app.state.projects[issue.project]
    state = app.state

    def of(name: str) -> Any:
        field = app.fields.known[name]
        if field.kind.type == "sd-customerrequesttype":
            return lambda: request_type(app, view, issue)
        return lambda: field.kind.show(view, project, field, issue.values.get(name))

    on_project = [
        name for name in app.fields.known if name in project.create_screen or not name.startswith("customfield_")
    ]
    parts: dict[str, Any] = {name: of(name) for name in on_project}
    parts |= {
        "status": lambda: view.status(state.status(issue.status)),
        "project": lambda: view.project(project),
        "creator": lambda: view.author(issue.creator),
        "created": lambda: view.stamp(issue.created),
        "updated": lambda: view.stamp(issue.updated),
        "resolutiondate": lambda: view.stamp(issue.resolved),
        "statuscategorychangedate": lambda: view.stamp(issue.status_changed),
        "lastViewed": lambda: None,
        "workratio": lambda: -1,
        "votes": lambda: {"self": view.url(f"issue/{issue.key}/votes"), "votes": 0, "hasVoted": False},
        "watches": lambda: {
            "self": view.url(f"issue/{issue.key}/watchers"),
            "watchCount": len(issue.watchers),
            "isWatching": view.who.name in issue.watchers,
        },
        **{name: (lambda: None) for name in TIMES},
        "aggregateprogress": lambda: {"progress": 0, "total": 0},
        "progress": lambda: {"progress": 0, "total": 0},
        "issuelinks": lambda: [shown for one in state.links if (shown := link_end(app, view, one, issue))],
        "subtasks": lambda: [
            short(view, one, state) for one in state.issues.values() if one.values.get("parent") == issue.id
        ],
        "attachment": lambda: [attachment_json(view, one) for one in issue.attachments],
        "comment": lambda: comments_field(app, view, issue),
        "worklog": lambda: {"startAt": 0, "maxResults": 20, "total": len(issue.worklogs), "worklogs": issue.worklogs},
        "timetracking": lambda: {},
    }
    parent = state.issues.get(issue.values.get("parent", ""))
    if parent:
        parts["parent"] = lambda: short(view, parent, state)
    return parts


def short(view: View, issue: Issue, state: Any) -> dict[str, Any]:
    """An issue within another: with four fields."""
    kind = next(one for one in state.types if one.id == issue.values["issuetype"])
    priority = next((one for one in state.priorities if one.id == issue.values.get("priority")), None)
    return {
        "id": issue.id,
        "key": issue.key,
        "self": view.url(f"issue/{issue.id}"),
        "fields": {
            "summary": issue.values.get("summary"),
            "status": view.status(state.status(issue.status)),
            **({"priority": view.named("priorities", priority)} if priority else {}),
            "issuetype": view.named("types", kind),
        },
    }


def link_end(app: "Jira", view: View, link: Link, issue: Issue) -> dict[str, Any] | None:
    """A link, seen from one of its issues; None when it is not this one's, or when the other may not be seen."""
    for here, there, name in ((link.inward, link.outward, "outwardIssue"), (link.outward, link.inward, "inwardIssue")):
        other = app.state.issues.get(there)
        if here == issue.id and other and (view.who.name == "" or app.rights.sees(view.who, other)):
            return {
                "id": link.id,
                "self": view.url(f"issueLink/{link.id}"),
                "type": view.link_type(link.type),
                name: short(view, other, app.state),
            }
    return None


def comment_json(
    app: "Jira", view: View, issue: Issue, comment: Comment, with_properties: bool = False
) -> dict[str, Any]:
    """A comment. `jsdPublic` is Cloud's; it stays true for a comment that only `visibility` limits [T
    atlassian-mcp-server #139].
    """
    told: dict[str, Any] = {
        "self": view.url(f"issue/{issue.id}/comment/{comment.id}"),
        "id": comment.id,
        "author": view.author(comment.author),
        "body": show_text(view, comment.body),
        "updateAuthor": view.author(comment.editor),
        "created": view.stamp(comment.created),
        "updated": view.stamp(comment.updated),
    }
    if comment.visibility:
        told["visibility"] = comment.visibility | ({"identifier": comment.visibility["value"]} if view.cloud else {})
    if view.cloud:
        told["jsdPublic"] = not is_internal(app.state.projects[issue.project], comment)
    if with_properties:
        told["properties"] = [{"key": key, "value": value} for key, value in comment.properties.items()]
    return told


def comments_field(app: "Jira", view: View, issue: Issue) -> dict[str, Any]:
    """The field `comment` of an issue."""
    shown = [
        comment_json(app, view, issue, one)
        for one in issue.comments
        if view.who.name == "" or app.rights.sees_comment(view.who, issue, one)
    ]
    told: dict[str, Any] = {"comments": shown, "maxResults": len(shown), "total": len(shown), "startAt": 0}
    return told | ({"self": view.url(f"issue/{issue.id}/comment")} if view.cloud else {})


def attachment_json(view: View, one: Attachment, whole: bool = True) -> dict[str, Any]:
    """A file; GET /attachment/{id} shows its id as a number on Cloud [S]."""
    told: dict[str, Any] = {
        "self": view.url(f"attachment/{one.id}"),
        "id": one.id,
        "filename": one.filename,
        "author": view.author(one.author),
        "created": view.stamp(one.created),
        "size": len(one.content),
        "mimeType": one.mime,
    }
    content = (
        view.url(f"attachment/content/{one.id}")
        if view.cloud
        else f"{view.base}/secure/attachment/{one.id}/{quote(one.filename)}"
    )
    told["content"] = content
    if one.mime.startswith("image/"):
        told["thumbnail"] = view.url(f"attachment/thumbnail/{one.id}")
    return told


def change_json(app: "Jira", view: View, change: Change) -> dict[str, Any]:
    """An entry of the change log."""
    return {
        "id": change.id,
        "author": view.author(change.author),
        "created": view.stamp(change.created),
        "items": change.items,
    }


def request_type(app: "Jira", view: View, issue: Issue) -> dict[str, Any] | None:
    """The field "Request Type": with the address of the request in the portal."""
    project = app.state.projects[issue.project]
    wanted = issue.values.get("customfield_10010")
    kind = next((one for one in (project.desk or {}).get("requestTypes", []) if one["id"] == wanted), None)
    if kind is None or project.desk is None:
        return None
    return {
        "_links": {
            "jiraRest": view.url(f"issue/{issue.id}"),
            "web": f"{view.base}/servicedesk/customer/portal/{project.desk['id']}/{issue.key}",
            "self": f"{view.base}/rest/servicedeskapi/request/{issue.id}",
            "agent": f"{view.base}/browse/{issue.key}",
        },
        "requestType": {
            "id": kind["id"],
            "_links": {
                "self": f"{view.base}/rest/servicedeskapi/servicedesk/{project.desk['id']}/requesttype/{kind['id']}"
            },
            "name": kind["name"],
            "description": kind["description"],
            "serviceDeskId": project.desk["id"],
            "groupIds": ["1"],
        },
        "currentStatus": {
            "status": issue.status,
            "statusCategory": view.state.status(issue.status).more["category"].upper(),
            "statusDate": {"jira": view.stamp(issue.status_changed)},
        },
    }
