"""What a site has: projects, types, statuses, priorities, versions, components, roles; and what creating and editing
takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import number_of, page, refused, stamp
from .issues import edit_screen
from .state import Named, Project

if TYPE_CHECKING:
    from .app import Call


VERSION = {"name": str, "description": str, "released": bool, "archived": bool, "releaseDate": str}


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


def _page(call: "Call", values: list[Any], default: int = 50) -> Answer:
    start, limit = number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), default, 1, 100)
    chosen, told = page(values, start, limit, isLast=start + limit >= len(values))
    return Answer(200, {"self": f"{call.request.base}{call.request.path}", **told, "values": chosen})


def searched(what: str) -> Any:
    """GET /priority/search, /resolution/search (Cloud)."""
    return lambda call: _page(call, [call.view.named(what, one) for one in getattr(call.state, what)])


def _project(call: "Call", key: str) -> Project:
    found = call.state.project_of(key)
    if found is None or not call.rights.sees_project(call.who, found):
        raise refused(404, f"No project could be found with key '{key}'.")
    return found


def _whole(call: "Call", one: Project) -> dict[str, Any]:
    view = call.view
    told = view.project(one) | {
        "description": "",
        "lead": view.person(call.state.people[one.lead]),
        "assigneeType": "UNASSIGNED",
        "archived": one.archived,
        "issueTypes": [view.named("types", kind) for kind in call.state.types if kind.name in one.types],
        "components": [view.named("components", each) for each in one.components],
        "versions": [version_json(call, one, each) for each in one.versions],
        "roles": {
            role.name: view.url(f"project/{one.id}/role/{role.id}")
            for role in call.state.roles
            if role.name in one.members
        },
    }
    return told | ({"style": "classic", "isPrivate": False} if call.cloud else {})


def projects(call: "Call") -> Answer:
    """GET /project: those that one may browse."""
    seen = [one for one in call.state.projects.values() if call.rights.sees_project(call.who, one) and not one.archived]
    return Answer(200, [call.view.project(one) for one in seen])


def project_search(call: "Call") -> Answer:
    """GET /project/search (Cloud)."""
    return _page(
        call,
        [
            call.view.project(one)
            for one in call.state.projects.values()
            if call.rights.sees_project(call.who, one) and not one.archived
        ],
    )


def project(call: "Call", key: str) -> Answer:
    """GET /project/{key}."""
    return Answer(200, _whole(call, _project(call, key)))


def project_statuses(call: "Call", key: str) -> Answer:
    """GET /project/{key}/statuses: for each type the statuses of its workflow."""
    one = _project(call, key)
    told = []
    for kind in call.state.types:
        if kind.name in one.types:
            names = call.app.workflow.statuses(call.state.workflows[one.types[kind.name]])
            told.append(
                {
                    "self": call.view.url(f"issuetype/{kind.id}"),
                    "id": kind.id,
                    "name": kind.name,
                    "subtask": bool(kind.more.get("subtask")),
                    "statuses": [call.view.status(call.state.status(name)) for name in names],
                }
            )
    return Answer(200, told)


def version_json(call: "Call", owner: Project, one: Named) -> dict[str, Any]:
    """A version, with its project."""
    return call.view.named("versions", one) | {"projectId": int(owner.id)}


def versions(call: "Call", key: str) -> Answer:
    owner = _project(call, key)
    return Answer(200, [version_json(call, owner, one) for one in owner.versions])


def version_page(call: "Call", key: str) -> Answer:
    owner = _project(call, key)
    return _page(call, [version_json(call, owner, one) for one in owner.versions])


def components(call: "Call", key: str) -> Answer:
    owner = _project(call, key)
    return Answer(
        200,
        [
            call.view.named("components", one) | {"project": owner.key, "projectId": int(owner.id)}
            for one in owner.components
        ],
    )


def version(call: "Call", identity: str) -> Answer:
    """GET and PUT /version/{id}: released, archived, renamed. Told by `jira:version_released` and the like."""
    for owner in call.state.projects.values():
        for one in owner.versions:
            if one.id == identity and call.rights.sees_project(call.who, owner):
                if call.request.method == "PUT":
                    _need_project_admin(call, owner)
                    change_version(call, owner, one, call.body(**VERSION))
                return Answer(200, version_json(call, owner, one))
    raise refused(404, f"Could not find version for id '{identity}'")


def change_version(call: "Call", owner: Project, one: Named, body: dict[str, Any]) -> None:
    """Takes name, description, released, releaseDate, archived."""
    released = bool(one.more.get("released"))
    one.name = body.get("name", one.name)
    one.more |= {name: body[name] for name in ("description", "released", "releaseDate", "archived") if name in body}
    event = (
        "jira:version_updated"
        if bool(one.more.get("released")) == released
        else "jira:version_released"
        if not released
        else "jira:version_unreleased"
    )
    call.app.webhooks.version(event, owner, one)


def create_version(call: "Call") -> Answer:
    """POST /version → 201."""
    body = call.body(**VERSION)
    owner = _project(call, str(body.get("projectId") or body.get("project") or ""))
    _need_project_admin(call, owner)
    if not body.get("name") or any(one.name == body["name"] for one in owner.versions):
        raise refused(400, "A version with this name already exists in this project.")
    one = Named(
        call.state.next_id("version"),
        body["name"],
        {name: body[name] for name in ("description", "released", "releaseDate", "archived") if name in body},
    )
    owner.versions.append(one)
    call.app.webhooks.version("jira:version_created", owner, one)
    return Answer(201, version_json(call, owner, one))


def _need_project_admin(call: "Call", owner: Project) -> None:
    if not call.rights.may(call.who, "ADMINISTER_PROJECTS", owner):
        raise refused(403, "You do not have permission to edit versions in this project.")


def roles(call: "Call", key: str) -> Answer:
    """GET /project/{key}/role: name → address. Cloud shows them to whoever browses; Data Center to project
    administrators.
    """
    owner = _project(call, key)
    if not call.cloud and not call.rights.may(call.who, "ADMINISTER_PROJECTS", owner):
        raise refused(403, "You do not have permission to see the roles of this project.")
    return Answer(200, {one.name: call.view.url(f"project/{owner.id}/role/{one.id}") for one in call.state.roles})


def role(call: "Call", key: str, identity: str) -> Answer:
    """GET /project/{key}/role/{id}: its people and groups. For project administrators."""
    owner = _project(call, key)
    if not call.rights.may(call.who, "ADMINISTER_PROJECTS", owner):
        raise refused(403, "You do not have permission to see the members of this role.")
    one = next((each for each in call.state.roles if each.id == identity), None)
    if one is None:
        raise refused(404, f"Can not retrieve a role with id {identity}.")
    actors: list[dict[str, Any]] = []
    for number, who in enumerate(owner.members.get(one.name, [])):
        kind, _, name = who.partition(":")
        if kind == "group":
            actors.append(
                {
                    "id": number,
                    "displayName": name,
                    "type": "atlassian-group-role-actor",
                    "name": name,
                    "actorGroup": {"name": name, "displayName": name}
                    | ({"groupId": call.view.group(name)["groupId"]} if call.cloud else {}),
                }
            )
        else:
            person = call.state.people[name]
            actors.append(
                {
                    "id": number,
                    "displayName": person.display,
                    "type": "atlassian-user-role-actor",
                    **({"actorUser": {"accountId": person.id}} if call.cloud else {"name": person.name}),
                }
            )
    return Answer(
        200,
        {
            "self": call.view.url(f"project/{owner.id}/role/{one.id}"),
            "name": one.name,
            "id": int(one.id),
            "description": "",
            "actors": actors,
        },
    )


def levels(call: "Call", key: str) -> Answer:
    """GET /project/{key}/securitylevel: those that one is in."""
    owner = _project(call, key)
    seen = [one for one in owner.levels if call.rights.is_one_of(call.who, one.more["to"], owner)]
    return Answer(200, {"levels": [call.view.named("levels", one) for one in seen]})


def create_types(call: "Call", key: str) -> Answer:
    """GET /issue/createmeta/{project}/issuetypes."""
    owner = _creatable(call, key)
    kinds = [call.view.named("types", one) for one in call.state.types if one.name in owner.types]
    if not call.cloud:
        return _page(call, kinds)
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
        return _page(call, described)
    chosen, told = page(described, number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), 50, 1, 200))
    return Answer(200, {**told, "fields": chosen})


def _creatable(call: "Call", key: str) -> Project:
    owner = _project(call, key)
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
    return _page(
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
