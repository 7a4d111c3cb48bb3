"""What a site has: fields, statuses, priorities and so on; and what creating and editing takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import number_of, page, paged, refused, stamp
from .issues import edit_screen
from .projects import visible_project
from .state import Project

if TYPE_CHECKING:
    from .app import Call


def server_info(call: "Call") -> Answer:
    """GET /serverInfo, without authentication too. Its time is the server's."""
    site, now = call.state.site, call.app.clock.now()
    kind = (
        {
            "version": "1001.0.0-SNAPSHOT",
            "versionNumbers": [1001, 0, 0],
            "deploymentType": "Cloud",
            "buildNumber": 100300,
        }
        if call.cloud
        else {
            "version": site["version"],
            "versionNumbers": [int(part) for part in site["version"].split(".")],
            "deploymentType": "Server",
            "buildNumber": site["build"],
        }
    )
    return Answer(
        200,
        {
            "baseUrl": call.app.base,
            **kind,
            "buildDate": stamp(now, "UTC"),
            "serverTime": stamp(now, call.app.clock.zone),
            "scmInfo": "0000000",
            "serverTitle": "Jira",
        },
    )


def fields(call: "Call") -> Answer:
    """GET /field: names and ids of all fields, with their types."""
    return Answer(200, call.app.fields.all(call.cloud))


def field_search(call: "Call") -> Answer:
    """GET /field/search (Cloud): by words in the name, in pages."""
    text, kinds = (call.one("query") or "").lower(), call.names("type")
    wanted = call.names("id")
    found = [
        {"id": one["id"], "name": one["name"], "schema": one["schema"]}
        for one in call.app.fields.all(True)
        if text in one["name"].lower()
        and (not wanted or one["id"] in wanted)
        and (not kinds or ("custom" if one["custom"] else "system") in kinds)
    ]
    return paged(call, found)


def status_search(call: "Call") -> Answer:
    """GET /statuses/search (Cloud)."""
    words = {"new": "TODO", "indeterminate": "IN_PROGRESS", "done": "DONE"}
    found = [
        {"id": one.id, "name": one.name, "statusCategory": words[one.more["category"]], "description": ""}
        for one in call.state.statuses
        if (call.one("searchString") or "").lower() in one.name.lower()
    ]
    return paged(call, found, 200)


def statuses(call: "Call") -> Answer:
    return Answer(200, [call.view.status(one) for one in call.state.statuses])


def status(call: "Call", name: str) -> Answer:
    try:
        return Answer(200, call.view.status(call.state.status(name)))
    except KeyError:
        raise refused(404, f"The status with id '{name}' does not exist") from None


def categories(call: "Call") -> Answer:
    return Answer(200, [call.view.category(key) for key in ("new", "indeterminate", "done")])


def listed(what: str) -> Any:
    """GET /priority, /resolution, /issuetype."""
    return lambda call: Answer(200, [call.view.named(what, one) for one in getattr(call.state, what)])


def searched(what: str) -> Any:
    """GET /priority/search, /resolution/search (Cloud)."""
    return lambda call: paged(call, [call.view.named(what, one) for one in getattr(call.state, what)])


def create_types(call: "Call", key: str) -> Answer:
    """GET /issue/createmeta/{project}/issuetypes."""
    owner = _creatable(call, key)
    kinds = [call.view.named("types", one) for one in call.state.types if one.name in owner.types]
    if not call.cloud:
        return paged(call, kinds)
    chosen, told = page(kinds, number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), 50, 1, 200))
    return Answer(200, {**told, "issueTypes": chosen})


def create_fields(call: "Call", key: str, identity: str) -> Answer:
    """GET /issue/createmeta/{project}/issuetypes/{id}: what the create screen takes and requires."""
    owner = _creatable(call, key)
    if not any(one.id == identity and one.name in owner.types for one in call.state.types):
        raise refused(404, "Issue type could not be found")
    described = []
    for name in owner.create_screen:
        one = call.app.fields.metadata(call.view, owner, name, name in owner.required)
        if one is not None:
            described.append(one | {"fieldId": name})
    if not call.cloud:
        return paged(call, described)
    chosen, told = page(described, number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), 50, 1, 200))
    return Answer(200, {**told, "fields": chosen})


def _creatable(call: "Call", key: str) -> Project:
    owner = visible_project(call, key)
    if not call.rights.may(call.who, "CREATE_ISSUES", owner):
        raise refused(404 if call.cloud else 400, "You cannot create issues in this project.")
    return owner


def editmeta(call: "Call", key: str) -> Answer:
    """GET /issue/{key}/editmeta: {} for who may not edit."""
    issue = call.issue(key)
    owner = call.state.projects[issue.project]
    if not call.rights.may(call.who, "EDIT_ISSUES", owner, issue):
        return Answer(200, {"fields": {}})
    told = {
        name: call.app.fields.metadata(call.view, owner, name, name in owner.required)
        for name in edit_screen(call, issue)
    }
    return Answer(200, {"fields": {name: one for name, one in told.items() if one}})


def labels(call: "Call") -> Answer:
    """GET /label (Cloud)."""
    return paged(
        call, sorted({one for issue in call.state.issues.values() for one in issue.values.get("labels") or []}), 1000
    )


def watchers(call: "Call", key: str) -> Answer:
    """GET, POST and DELETE /issue/{key}/watchers."""
    issue = call.issue(key)
    if call.request.method == "GET":
        people = [call.view.person(call.state.people[name]) for name in issue.watchers if name in call.state.people]
        return Answer(
            200,
            {
                "self": call.view.url(f"issue/{issue.key}/watchers"),
                "isWatching": call.who.name in issue.watchers,
                "watchCount": len(people),
                "watchers": people,
            },
        )
    raw = call.request.json() if call.request.method == "POST" else call.one("accountId") or call.one("username")
    person = (
        call.who if raw is None else call.state.person_by_id(raw) if call.cloud else call.state.people.get(str(raw))
    )
    if person is None:
        raise refused(404 if call.request.method == "DELETE" else 400, f"User '{raw}' does not exist.")
    if person is not call.who and not call.rights.may(
        call.who, "MANAGE_WATCHERS", call.state.projects[issue.project], issue
    ):
        raise refused(
            401 if not call.cloud else 403,
            f"User '{person.display}' is not allowed to manage the watchers of '{issue.key}'.",
        )
    issue.watchers = [name for name in issue.watchers if name != person.name] + (
        [person.name] if call.request.method == "POST" else []
    )
    return Answer(204)


def worklog(call: "Call", key: str) -> Answer:
    """GET /issue/{key}/worklog: nobody logs work here."""
    call.issue(key)
    return Answer(200, {"startAt": 0, "maxResults": 20, "total": 0, "worklogs": []})


def picture(call: "Call") -> Answer:
    """A picture of a person, a project, a type: the same for all."""
    return Answer(200, b"<svg xmlns='http://www.w3.org/2000/svg'/>", {"Content-Type": "image/svg+xml"})


def application_links(call: "Call") -> Answer:
    """GET listApplicationlinks (python-jira asks before it makes a remote link): none."""
    return Answer(200, {"list": []})
