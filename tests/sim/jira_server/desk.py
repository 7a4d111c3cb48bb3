"""Jira Service Management: requests, their public and internal comments, organisations, and what customers see."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from common.wire import Answer

from . import adf
from .answers import millis, number_of, refused
from .comments import put
from .rights import is_internal
from .state import Attachment, Comment, Issue, Person, Project

if TYPE_CHECKING:
    from .app import Call

ROOT = "rest/servicedeskapi"


def _page(call: "Call", values: list[Any]) -> Answer:
    """Pages of this API: start and limit, and `isLastPage`."""
    start, limit = number_of(call.one("start"), 0), number_of(call.one("limit"), 50, 1, 100)
    chosen = values[start:start + limit]
    last = start + limit >= len(values)
    base = f"{call.request.base}{call.request.path}"
    links = {"self": base, "base": call.request.base, "context": ""} | ({} if last else {"next": f"{base}?start={start + limit}&limit={limit}"})
    return Answer(200, {"_expands": [], "size": len(chosen), "start": start, "limit": limit, "isLastPage": last, "_links": links, "values": chosen})


def _time(call: "Call", at: datetime) -> dict[str, Any]:
    jira = call.view.stamp(at) or ""
    return {"iso8601": f"{jira[:19]}{jira[23:]}", "jira": jira, "friendly": at.strftime("%d/%b/%y %I:%M %p"), "epochMillis": millis(at)}


def _person(call: "Call", name: str) -> dict[str, Any]:
    person = call.view.known(name)
    told = {"accountId": person.id} if call.cloud else {"name": person.name, "key": person.key}
    return told | {"emailAddress": person.email, "displayName": call.view.display(person), "active": person.active, "timeZone": person.zone,
                   "_links": {"jiraRest": call.view.person(person)["self"], "self": call.view.person(person)["self"]}}


def info(call: "Call") -> Answer:
    """GET /info."""
    return Answer(200, {"version": "5.16.0", "platformVersion": "10.3", "buildDate": _time(call, call.app.clock.now()), "isLicensedForUse": True,
                        "_links": {"self": f"{call.request.base}/{ROOT}/info"}})


def _desks(call: "Call") -> list[Project]:
    return [one for one in call.state.projects.values() if one.desk is not None
            and (call.rights.sees_project(call.who, one) or call.rights.is_one_of(call.who, ["role:Service Desk Customers"], one))]


def _desk_json(call: "Call", one: Project) -> dict[str, Any]:
    identity = (one.desk or {})["id"]
    return {"id": identity, "projectId": one.id, "projectName": one.name, "projectKey": one.key,
            "_links": {"self": f"{call.request.base}/{ROOT}/servicedesk/{identity}"}}


def desks(call: "Call") -> Answer:
    """GET /servicedesk."""
    return _page(call, [_desk_json(call, one) for one in _desks(call)])


def _desk(call: "Call", identity: str) -> Project:
    for one in _desks(call):
        if identity in ((one.desk or {})["id"], one.key):
            return one
    raise refused(404, "The Service Desk with the given ID does not exist or you do not have permission to view it.")


def desk(call: "Call", identity: str) -> Answer:
    """GET /servicedesk/{id}."""
    return Answer(200, _desk_json(call, _desk(call, identity)))


def _type_json(call: "Call", one: Project, kind: dict[str, Any]) -> dict[str, Any]:
    identity = (one.desk or {})["id"]
    number = next(each.id for each in call.state.types if each.name == kind["type"])
    return {"id": kind["id"], "name": kind["name"], "description": kind["description"], "helpText": "", "issueTypeId": number, "serviceDeskId": identity,
            "groupIds": ["1"], "_links": {"self": f"{call.request.base}/{ROOT}/servicedesk/{identity}/requesttype/{kind['id']}"}}


def types(call: "Call", identity: str) -> Answer:
    """GET /servicedesk/{id}/requesttype."""
    one = _desk(call, identity)
    return _page(call, [_type_json(call, one, kind) for kind in (one.desk or {})["requestTypes"]])


def _organization_json(call: "Call", one: dict[str, Any]) -> dict[str, Any]:
    return {"id": one["id"], "name": one["name"], "_links": {"self": f"{call.request.base}/{ROOT}/organization/{one['id']}"}}


def desk_organizations(call: "Call", identity: str) -> Answer:
    """GET /servicedesk/{id}/organization."""
    _desk(call, identity)
    return organizations(call)


def organizations(call: "Call") -> Answer:
    """GET /organization; for a customer those that he is in."""
    agent = call.rights.may(call.who, "SERVICEDESK_AGENT")
    return _page(call, [_organization_json(call, one) for one in call.state.organizations.values() if agent or call.who.name in one["members"]])


def organization(call: "Call", identity: str) -> Answer:
    """GET /organization/{id}."""
    one = call.state.organizations.get(identity)
    if one is None:
        raise refused(404, "The organization does not exist.")
    return Answer(200, _organization_json(call, one))


def organization_people(call: "Call", identity: str) -> Answer:
    """GET /organization/{id}/user."""
    one = call.state.organizations.get(identity)
    if one is None:
        raise refused(404, "The organization does not exist.")
    return _page(call, [_person(call, name) for name in one["members"]])


def _request(call: "Call", key: str) -> Issue:
    found = call.state.issue_of(key)
    if found is None or call.state.projects[found.project].desk is None or not call.rights.sees_request(call.who, found):
        raise refused(404, "The request could not be found or you do not have permission to view it.")
    return found


def _agent(call: "Call", issue: Issue) -> bool:
    return call.rights.may(call.who, "SERVICEDESK_AGENT", call.state.projects[issue.project], issue)


def _request_json(call: "Call", issue: Issue) -> dict[str, Any]:
    project = call.state.projects[issue.project]
    identity = (project.desk or {})["id"]
    base = call.view.base
    status = call.state.status(issue.status)
    values = [{"fieldId": "summary", "label": "Summary", "value": issue.values.get("summary")},
              {"fieldId": "description", "label": "Description", "value": adf.plain(issue.values.get("description")) or None}]
    return {"_expands": ["participant", "status", "sla", "requestType", "serviceDesk", "attachment", "action", "comment"], "issueId": issue.id, "issueKey": issue.key,
            "summary": issue.values.get("summary"), "requestTypeId": issue.values.get("customfield_10010") or "1", "serviceDeskId": identity,
            "createdDate": _time(call, issue.created), "reporter": _person(call, issue.values["reporter"]), "requestFieldValues": values,
            "currentStatus": {"status": status.name, "statusCategory": status.more["category"].upper(), "statusDate": _time(call, issue.status_changed)},
            "_links": {"jiraRest": call.view.url(f"issue/{issue.id}"), "web": f"{base}/servicedesk/customer/portal/{identity}/{issue.key}",
                       "self": f"{base}/{ROOT}/request/{issue.id}", "agent": f"{base}/browse/{issue.key}"}}


def requests(call: "Call") -> Answer:
    """GET (mine, the latest activity first) and POST /request."""
    if call.request.method == "GET":
        seen = [one for one in call.state.issues.values() if call.state.projects[one.project].desk and call.rights.sees_request(call.who, one)]
        return _page(call, [_request_json(call, one) for one in sorted(seen, key=lambda one: one.updated, reverse=True)])
    body = call.body()
    project = _desk(call, str(body.get("serviceDeskId") or ""))
    kind = next((one for one in (project.desk or {})["requestTypes"] if one["id"] == str(body.get("requestTypeId"))), None)
    if kind is None:
        raise refused(400, "The request type is not valid for this service desk.")
    fields = dict(body.get("requestFieldValues") or {})
    fields |= {"customfield_10010": kind["id"]}
    # This API speaks wiki markup, or ADF when the request says `"isAdfRequest": true` [D].
    view = call.app.view(call.request.base, "3" if body.get("isAdfRequest") and call.cloud else "2", call.who)
    values = call.app.fields.wanted(view, project, None, {"fields": fields}, project.create_screen)
    if not values.get("summary"):
        raise refused(400, "Your request could not be created. Please check the fields have been filled in correctly.", summary="Summary is required.")
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
    return {"_expands": ["attachment", "renderedBody"], "id": one.id, "body": adf.plain(one.body), "public": not is_internal(call.state.projects[issue.project], one),
            "author": _person(call, one.author), "created": _time(call, one.created),
            "_links": {"self": f"{call.view.base}/{ROOT}/request/{issue.id}/comment/{one.id}"}}


def comments(call: "Call", key: str) -> Answer:
    """GET and POST /request/{key}/comment. `public` is needed in the body; a customer's is public, and he sees no internal one."""
    issue = _request(call, key)
    project, agent = call.state.projects[issue.project], _agent(call, issue)
    if call.request.method == "POST":
        body = call.body()
        if not isinstance(body.get("public"), bool):
            raise refused(400, "The 'public' property is required.")
        if not body["public"] and not agent:
            raise refused(403, "You do not have permission to add internal comments.")
        properties = [{"key": "sd.public.comment", "value": {"internal": not body["public"]}}]
        view = call.app.view(call.request.base, "2", call.who)
        made = put(call.app, view, issue, {"body": body.get("body"), "properties": properties})
        return Answer(201, _comment_json(call, issue, made))
    seen = [one for one in issue.comments if (agent or not is_internal(project, one)) and (one.visibility is None or agent and call.rights.sees_comment(call.who, issue, one))]
    if call.one("public") == "false":
        seen = [one for one in seen if is_internal(project, one)]
    if call.one("internal") == "false":
        seen = [one for one in seen if not is_internal(project, one)]
    return _page(call, [_comment_json(call, issue, one) for one in seen])


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
        for name in call.body().get("accountIds" if call.cloud else "usernames") or []:
            person = call.state.person_by_id(name) if call.cloud else call.state.people.get(name)
            if person is None:
                raise refused(400, f"The user '{name}' does not exist.")
            if call.request.method == "DELETE" and person.name in held:
                held.remove(person.name)
            elif call.request.method == "POST" and person.name not in held:
                held.append(person.name)
    return _page(call, [_person(call, name) for name in held])


def transitions(call: "Call", key: str) -> Answer:
    """GET and POST /request/{key}/transition: those that the workflow shows to customers."""
    issue = _request(call, key)
    flow = call.app.workflow.of(issue)
    shown = [one for one in flow["transitions"] if one.get("customer") and issue.status in one.get("from", [])]
    if call.request.method == "GET":
        return _page(call, [{"id": one["id"], "name": one["name"]} for one in shown])
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
                told.append({"status": item["toString"], "statusCategory": category, "statusDate": _time(call, change.created)})
    first = call.app.workflow.of(issue)["initial"]
    told.append({"status": first, "statusCategory": call.state.status(first).more["category"].upper(), "statusDate": _time(call, issue.created)})
    return _page(call, told)


def temporary_file(call: "Call", identity: str) -> Answer:
    """POST /servicedesk/{id}/attachTemporaryFile → 201; becomes a file of a request by POST /request/{key}/attachment."""
    _desk(call, identity)
    if call.request.header("x-atlassian-token") not in ("no-check", "nocheck"):
        raise refused(403, "XSRF check failed")
    told = []
    for one in call.request.parts():
        if one.name == "file":
            number = f"temp{call.state.next_id('attachment')}"
            call.state.temporary_files[number] = Attachment(number, one.filename or "", one.content_type, one.content, call.who.name, call.app.clock.now())
            told.append({"temporaryAttachmentId": number, "fileName": one.filename})
    return Answer(201, {"temporaryAttachments": told})


def attach(call: "Call", key: str) -> Answer:
    """POST /request/{key}/attachment: puts temporary files on it, with a comment that is public or not."""
    from .attachments import attach as attach_one

    issue, body = _request(call, key), call.body()
    view = call.app.view(call.request.base, "2", call.who)
    names = []
    for number in body.get("temporaryAttachmentIds") or []:
        held = call.state.temporary_files.pop(number, None)
        if held is None:
            raise refused(400, f"The temporary attachment '{number}' does not exist.")
        names.append(attach_one(call.app, view, issue, held.filename, held.mime, held.content).filename)
    text = "\n".join(f"!{name}!" for name in names) + ("\n" + body["additionalComment"]["body"] if body.get("additionalComment") else "")
    properties = [{"key": "sd.public.comment", "value": {"internal": not body.get("public", True)}}]
    made = put(call.app, view, issue, {"body": text, "properties": properties})
    return Answer(201, {"comment": _comment_json(call, issue, made), "attachments": {"size": len(names), "values": [{"filename": name} for name in names]}})
