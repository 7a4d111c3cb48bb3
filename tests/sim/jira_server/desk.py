"""Jira Service Management: requests, their public and internal comments, and what customers see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer

from . import adf
from .answers import need_shape, refused
from .comments import put
from .desk_site import ROOT, desk_of, desk_page, desk_person, desk_time
from .rights import is_internal
from .state import Attachment, Comment, Issue, Person, Project

if TYPE_CHECKING:
    from .app import Call


def _request(call: "Call", key: str) -> Issue:
    found = call.state.issue_of(key)
    if (
        found is None
        or call.state.projects[found.project].desk is None
        or not call.rights.sees_request(call.who, found)
    ):
        raise refused(404, "The request could not be found or you do not have permission to view it.")
    return found


def _agent(call: "Call", issue: Issue) -> bool:
    return call.rights.may(call.who, "SERVICEDESK_AGENT", call.state.projects[issue.project], issue)


def _request_json(call: "Call", issue: Issue) -> dict[str, Any]:
    project = call.state.projects[issue.project]
    identity = (project.desk or {})["id"]
    base = call.view.base
    status = call.state.status(issue.status)
    values = [
        {"fieldId": "summary", "label": "Summary", "value": issue.values.get("summary")},
        {"fieldId": "description", "label": "Description", "value": adf.plain(issue.values.get("description")) or None},
    ]
    return {
        "_expands": ["participant", "status", "sla", "requestType", "serviceDesk", "attachment", "action", "comment"],
        "issueId": issue.id,
        "issueKey": issue.key,
        "summary": issue.values.get("summary"),
        "requestTypeId": issue.values.get("customfield_10010") or "1",
        "serviceDeskId": identity,
        "createdDate": desk_time(call, issue.created),
        "reporter": desk_person(call, issue.values["reporter"]),
        "requestFieldValues": values,
        "currentStatus": {
            "status": status.name,
            "statusCategory": status.more["category"].upper(),
            "statusDate": desk_time(call, issue.status_changed),
        },
        "_links": {
            "jiraRest": call.view.url(f"issue/{issue.id}"),
            "web": f"{base}/servicedesk/customer/portal/{identity}/{issue.key}",
            "self": f"{base}/{ROOT}/request/{issue.id}",
            "agent": f"{base}/browse/{issue.key}",
        },
    }


def requests(call: "Call") -> Answer:
    """GET (mine, the latest activity first) and POST /request."""
    if call.request.method == "GET":
        seen = [
            one
            for one in call.state.issues.values()
            if call.state.projects[one.project].desk and call.rights.sees_request(call.who, one)
        ]
        return desk_page(
            call, [_request_json(call, one) for one in sorted(seen, key=lambda one: one.updated, reverse=True)]
        )
    body = call.body(requestFieldValues=dict, raiseOnBehalfOf=str)
    project = desk_of(call, str(body.get("serviceDeskId") or ""))
    kind = next(
        (one for one in (project.desk or {})["requestTypes"] if one["id"] == str(body.get("requestTypeId"))), None
    )
    if kind is None:
        raise refused(400, "The request type is not valid for this service desk.")
    fields = dict(body.get("requestFieldValues") or {})
    fields |= {"customfield_10010": kind["id"]}
    # This API speaks wiki markup, or ADF when the request says `"isAdfRequest": true` [D].
    view = call.app.view(call.request.base, "3" if body.get("isAdfRequest") and call.cloud else "2", call.who)
    values = call.app.fields.wanted(view, project, None, {"fields": fields}, project.create_screen)
    if not values.get("summary"):
        raise refused(
            400,
            "Your request could not be created. Please check the fields have been filled in correctly.",
            summary="Summary is required.",
        )
    values["issuetype"] = next(one.id for one in call.state.types if one.name == kind["type"])
    values["priority"] = values.get("priority") or "3"
    values["reporter"] = _reporter(call, project, body.get("raiseOnBehalfOf"))
    mine = [one["id"] for one in call.state.organizations.values() if values["reporter"] in one["members"]]
    values["customfield_10002"] = values.get("customfield_10002") or mine
    issue = call.app.work.create(call.view, project, values, {}, call.app.workflow.first_status(project, kind["type"]))
    return Answer(201, _request_json(call, issue))


def _reporter(call: "Call", project: Project, wanted: Any) -> str:
    if not wanted:
        return call.who.name
    if not call.rights.may(call.who, "SERVICEDESK_AGENT", project):
        raise refused(403, "You do not have permission to raise requests on behalf of others.")
    found: Person | None = call.state.person_by_id(wanted) if call.cloud else call.state.people.get(wanted)
    if found is None:
        raise refused(400, f"The user '{wanted}' does not exist.")
    return found.name


def request(call: "Call", key: str) -> Answer:
    """GET /request/{key}: `_links.web` is its page in the portal."""
    return Answer(200, _request_json(call, _request(call, key)))


def _comment_json(call: "Call", issue: Issue, one: Comment) -> dict[str, Any]:
    return {
        "_expands": ["attachment", "renderedBody"],
        "id": one.id,
        "body": adf.plain(one.body),
        "public": not is_internal(call.state.projects[issue.project], one),
        "author": desk_person(call, one.author),
        "created": desk_time(call, one.created),
        "_links": {"self": f"{call.view.base}/{ROOT}/request/{issue.id}/comment/{one.id}"},
    }


def comments(call: "Call", key: str) -> Answer:
    """GET and POST /request/{key}/comment. `public` is needed in the body; a customer's is public, and he sees no
    internal one.
    """
    issue = _request(call, key)
    project, agent = call.state.projects[issue.project], _agent(call, issue)
    if call.request.method == "POST":
        body = call.body(body=str)
        if not isinstance(body.get("public"), bool):
            raise refused(400, "The 'public' property is required.")
        if not body["public"] and not agent:
            raise refused(403, "You do not have permission to add internal comments.")
        properties = [{"key": "sd.public.comment", "value": {"internal": not body["public"]}}]
        view = call.app.view(call.request.base, "2", call.who)
        made = put(call.app, view, issue, {"body": body.get("body"), "properties": properties})
        return Answer(201, _comment_json(call, issue, made))
    seen = [
        one
        for one in issue.comments
        if (agent or not is_internal(project, one))
        and (one.visibility is None or agent and call.rights.sees_comment(call.who, issue, one))
    ]
    if call.one("public") == "false":
        seen = [one for one in seen if is_internal(project, one)]
    if call.one("internal") == "false":
        seen = [one for one in seen if not is_internal(project, one)]
    return desk_page(call, [_comment_json(call, issue, one) for one in seen])


def comment(call: "Call", key: str, identity: str) -> Answer:
    """GET /request/{key}/comment/{id}."""
    issue = _request(call, key)
    for one in issue.comments:
        if one.id == identity and (_agent(call, issue) or not is_internal(call.state.projects[issue.project], one)):
            return Answer(200, _comment_json(call, issue, one))
    raise refused(404, "The comment could not be found.")


def participants(call: "Call", key: str) -> Answer:
    """GET, POST, DELETE /request/{key}/participant."""
    issue = _request(call, key)
    held = issue.values.setdefault("requestParticipants", [])
    if call.request.method != "GET":
        for name in call.body(accountIds=[str], usernames=[str]).get("accountIds" if call.cloud else "usernames") or []:
            person = call.state.person_by_id(name) if call.cloud else call.state.people.get(name)
            if person is None:
                raise refused(400, f"The user '{name}' does not exist.")
            if call.request.method == "DELETE" and person.name in held:
                held.remove(person.name)
            elif call.request.method == "POST" and person.name not in held:
                held.append(person.name)
    return desk_page(call, [desk_person(call, name) for name in held])


def transitions(call: "Call", key: str) -> Answer:
    """GET and POST /request/{key}/transition: those that the workflow shows to customers."""
    issue = _request(call, key)
    flow = call.app.workflow.of(issue)
    shown = [one for one in flow["transitions"] if one.get("customer") and issue.status in one.get("from", [])]
    if call.request.method == "GET":
        return desk_page(call, [{"id": one["id"], "name": one["name"]} for one in shown])
    wanted = next((one for one in shown if one["id"] == str(call.body().get("id"))), None)
    if wanted is None:
        raise refused(400, "The transition is not valid for the current state of the request.")
    call.app.workflow.do(call.view, issue, wanted, {})
    return Answer(204)


def statuses(call: "Call", key: str) -> Answer:
    """GET /request/{key}/status: the newest first."""
    issue = _request(call, key)
    told = []
    for change in reversed(issue.changes):
        for item in change.items:
            if item["field"] == "status":
                category = call.state.status(item["to"]).more["category"].upper()
                told.append(
                    {
                        "status": item["toString"],
                        "statusCategory": category,
                        "statusDate": desk_time(call, change.created),
                    }
                )
    first = call.app.workflow.of(issue)["initial"]
    told.append(
        {
            "status": first,
            "statusCategory": call.state.status(first).more["category"].upper(),
            "statusDate": desk_time(call, issue.created),
        }
    )
    return desk_page(call, told)


def temporary_file(call: "Call", identity: str) -> Answer:
    """POST /servicedesk/{id}/attachTemporaryFile → 201; POST /request/{key}/attachment makes it a file of a request."""
    desk_of(call, identity)
    if call.request.header("x-atlassian-token") not in ("no-check", "nocheck"):
        raise refused(403, "XSRF check failed")
    told = []
    for one in call.request.parts():
        if one.name == "file":
            number = f"temp{call.state.next_id('attachment')}"
            call.state.temporary_files[number] = Attachment(
                number, one.filename or "", one.content_type, one.content, call.who.name, call.app.clock.now()
            )
            told.append({"temporaryAttachmentId": number, "fileName": one.filename})
    return Answer(201, {"temporaryAttachments": told})


def attach(call: "Call", key: str) -> Answer:
    """POST /request/{key}/attachment: puts temporary files on it, with a comment that is public or not."""
    from .attachments import attach as attach_one

    issue, body = _request(call, key), call.body(temporaryAttachmentIds=[str], additionalComment=dict)
    need_shape((body.get("additionalComment") or {}).get("body"), str)
    view = call.app.view(call.request.base, "2", call.who)
    names = []
    for number in body.get("temporaryAttachmentIds") or []:
        held = call.state.temporary_files.pop(number, None)
        if held is None:
            raise refused(400, f"The temporary attachment '{number}' does not exist.")
        names.append(attach_one(call.app, view, issue, held.filename, held.mime, held.content).filename)
    text = "\n".join(f"!{name}!" for name in names) + (
        "\n" + (body["additionalComment"].get("body") or "") if body.get("additionalComment") else ""
    )
    properties = [{"key": "sd.public.comment", "value": {"internal": not body.get("public", True)}}]
    made = put(call.app, view, issue, {"body": text, "properties": properties})
    return Answer(
        201,
        {
            "comment": _comment_json(call, issue, made),
            "attachments": {"size": len(names), "values": [{"filename": name} for name in names]},
        },
    )
