"""Projects: their types, statuses, versions, components, roles and security levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import paged, refused
from .state import Named, Project

if TYPE_CHECKING:
    from .app import Call


VERSION = {"name": str, "description": str, "released": bool, "archived": bool, "releaseDate": str}


def visible_project(call: "Call", key: str) -> Project:
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
    return paged(
        call,
        [
            call.view.project(one)
            for one in call.state.projects.values()
            if call.rights.sees_project(call.who, one) and not one.archived
        ],
    )


def project(call: "Call", key: str) -> Answer:
    """GET /project/{key}."""
    return Answer(200, _whole(call, visible_project(call, key)))


def project_statuses(call: "Call", key: str) -> Answer:
    """GET /project/{key}/statuses: for each type the statuses of its workflow."""
    one = visible_project(call, key)
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
    owner = visible_project(call, key)
    return Answer(200, [version_json(call, owner, one) for one in owner.versions])


def version_page(call: "Call", key: str) -> Answer:
    owner = visible_project(call, key)
    return paged(call, [version_json(call, owner, one) for one in owner.versions])


def components(call: "Call", key: str) -> Answer:
    owner = visible_project(call, key)
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
    owner = visible_project(call, str(body.get("projectId") or body.get("project") or ""))
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
    owner = visible_project(call, key)
    if not call.cloud and not call.rights.may(call.who, "ADMINISTER_PROJECTS", owner):
        raise refused(403, "You do not have permission to see the roles of this project.")
    return Answer(200, {one.name: call.view.url(f"project/{owner.id}/role/{one.id}") for one in call.state.roles})


def role(call: "Call", key: str, identity: str) -> Answer:
    """GET /project/{key}/role/{id}: its people and groups. For project administrators."""
    owner = visible_project(call, key)
    if not call.rights.may(call.who, "ADMINISTER_PROJECTS", owner):
        raise refused(403, "You do not have permission to see the members of this role.")
    one = next((each for each in call.state.roles if each.id == identity), None)
    if one is None:
        raise refused(404, f"Can not retrieve a role with id {identity}.")
    actors: list[dict[str, Any]] = []
    for number, who in enumerate(owner.members.get(one.name, [])):
        kind, _, name = who.partition(":")
        actor = _group_actor(call, name) if kind == "group" else _person_actor(call, name)
        actors.append(actor | {"id": number})
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


def _group_actor(call: "Call", name: str) -> dict[str, Any]:
    group: dict[str, Any] = {"name": name, "displayName": name}
    if call.cloud:
        group["groupId"] = call.view.group(name)["groupId"]
    return {"displayName": name, "type": "atlassian-group-role-actor", "name": name, "actorGroup": group}


def _person_actor(call: "Call", name: str) -> dict[str, Any]:
    person = call.view.known(name)
    told: dict[str, Any] = {"displayName": person.display, "type": "atlassian-user-role-actor"}
    return told | {"actorUser": {"accountId": person.id}} if call.cloud else told | {"name": person.name}


def levels(call: "Call", key: str) -> Answer:
    """GET /project/{key}/securitylevel: those that one is in."""
    owner = visible_project(call, key)
    seen = [one for one in owner.levels if call.rights.is_one_of(call.who, one.more["to"], owner)]
    return Answer(200, {"levels": [call.view.named("levels", one) for one in seen]})
