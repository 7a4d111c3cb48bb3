"""People: who am I, look-ups, groups, and what I may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import number_of, refused
from .rights import NAMES
from .state import Person
from .view import group_id

if TYPE_CHECKING:
    from .app import Call


def myself(call: "Call") -> Answer:
    """GET /myself: the zone in it is the one that JQL reads times in."""
    told = call.view.person(call.who) | {"locale": call.who.locale}
    groups = [
        {
            "name": name,
            "self": call.view.url(f"group?groupname={name}"),
            **({"groupId": group_id(name)} if call.cloud else {}),
        }
        for name in call.who.groups
    ]
    told["groups"] = {"size": len(groups), "items": groups}
    told["applicationRoles"] = {"size": 1, "items": []}
    return Answer(200, told | {"expand": "groups,applicationRoles"})


def user(call: "Call") -> Answer:
    """GET /user: Cloud by accountId; Data Center by username or key."""
    if call.cloud:
        if call.one("username") or call.one("key"):
            raise refused(400, "'accountId' must be the only user identifying query parameter in GDPR strict mode.")
        account = call.one("accountId")
        if not account:
            raise refused(400, "The query parameter 'accountId' is required.")
        found = call.state.person_by_id(account)
        missing = "Specified user does not exist or you do not have required permissions"
    else:
        name = call.one("username") or call.one("key") or ""
        found = call.state.people.get(name)
        missing = f"The user named '{name}' does not exist"
    if found is None:
        raise refused(404, missing)
    told = call.view.person(found)
    expand = call.names("expand")
    if "groups" in expand:
        told["groups"] = {"size": len(found.groups), "items": [call.view.group(name) for name in found.groups]}
    return Answer(200, told)


def search(call: "Call") -> Answer:
    """GET /user/search: Cloud `query`, Data Center `username`. Without Browse Users an empty list, not a refusal."""
    text = call.one("query") if call.cloud else call.one("username")
    account = call.one("accountId")
    if text is None and account is None:
        raise refused(
            400,
            "The query parameter 'query' is required."
            if call.cloud
            else "The username query parameter was not provided",
        )
    if not call.rights.may(call.who, "USER_PICKER"):
        return Answer(200, [])
    return Answer(
        200,
        _page(
            call,
            [
                one
                for one in call.state.people.values()
                if one.id == account or text is not None and _is_meant(one, text)
            ],
        ),
    )


def assignable(call: "Call") -> Answer:
    """GET /user/assignable/search, of a project or an issue."""
    text = call.one("query") or call.one("username") or ""
    issue = call.state.issue_of(call.one("issueKey") or "")
    project = call.state.projects[issue.project] if issue else call.state.project_of(call.one("project") or "")
    if project is None:
        raise refused(404, "No project could be found.")
    return Answer(
        200,
        _page(
            call,
            [
                one
                for one in call.state.people.values()
                if _is_meant(one, text) and call.rights.may(one, "ASSIGNABLE_USER", project)
            ],
        ),
    )


def bulk(call: "Call") -> Answer:
    """GET /user/bulk?accountId=…&accountId=… (Cloud): unknown ones are absent."""
    people = [one for account in call.request.all("accountId") if (one := call.state.person_by_id(account))]
    start, limit = number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), 10, 1, 200)
    chosen = [call.view.person(one) for one in people[start : start + limit]]
    return Answer(
        200,
        {
            "self": f"{call.request.base}{call.request.path}",
            "maxResults": limit,
            "startAt": start,
            "total": len(people),
            "isLast": start + limit >= len(people),
            "values": chosen,
        },
    )


def user_groups(call: "Call") -> Answer:
    """GET /user/groups (Cloud)."""
    found = call.state.person_by_id(call.one("accountId") or "")
    if found is None:
        raise refused(404, "Specified user does not exist or you do not have required permissions")
    return Answer(200, [call.view.group(name) for name in found.groups])


def groups(call: "Call") -> Answer:
    """GET /groups/picker."""
    text = (call.one("query") or "").lower()
    names = [name for name in call.view.groups() if text in name.lower()]
    shown = [
        {"name": name, "html": name, "labels": [], **({"groupId": group_id(name)} if call.cloud else {})}
        for name in names
    ]
    return Answer(
        200, {"header": f"Showing {len(shown)} of {len(names)} matching groups", "total": len(names), "groups": shown}
    )


def group_members(call: "Call") -> Answer:
    """GET /group/member: needs Browse Users on Cloud, Administer Jira on Data Center."""
    if not call.rights.may(call.who, "USER_PICKER" if call.cloud else "ADMINISTER"):
        raise refused(403, "You do not have the permission to browse users and groups.")
    name = call.one("groupname") or next(
        (one for one in call.view.groups() if group_id(one) == call.one("groupId")), None
    )
    if name not in call.view.groups():
        raise refused(404, f"Group '{name}' does not exist.")
    members = [
        one
        for one in call.state.people.values()
        if name in one.groups and (one.active or call.one("includeInactiveUsers") == "true")
    ]
    start, limit = number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), 50, 1, 50)
    told = {
        "self": f"{call.request.base}{call.request.path}?groupname={name}",
        "maxResults": limit,
        "startAt": start,
        "total": len(members),
        "isLast": start + limit >= len(members),
        "values": [call.view.person(one) for one in members[start : start + limit]],
    }
    return Answer(200, told)


def my_permissions(call: "Call") -> Answer:
    """GET /mypermissions: Cloud asks for `permissions` by name, Data Center tells all."""
    asked = call.names("permissions")
    if call.cloud and not asked:
        raise refused(400, "The 'permissions' query parameter is required.")
    if unknown := [one for one in asked if one not in NAMES]:
        raise refused(400, f"Unrecognized permission(s): {', '.join(unknown)}")
    issue = (
        call.issue(call.one("issueKey") or call.one("issueId") or "")
        if call.one("issueKey") or call.one("issueId")
        else None
    )
    key = call.one("projectKey") or call.one("projectId")
    project = call.state.projects[issue.project] if issue else call.state.project_of(key) if key else None
    if key and (project is None or not call.rights.sees_project(call.who, project)):
        raise refused(404, f"No project could be found with key '{key}'.")
    told = {}
    for name in asked or NAMES:
        kind = "GLOBAL" if name in call.state.global_permissions else "PROJECT"
        told[name] = {
            "id": NAMES[name][0],
            "key": name,
            "name": NAMES[name][1],
            "type": kind,
            "description": "",
            "havePermission": call.rights.may(call.who, name, project, issue),
        }
    return Answer(200, {"permissions": told})


def _is_meant(person: Person, text: str) -> bool:
    text = text.lower()
    return (
        not person.deleted
        and person.active
        and any(text in one.lower() for one in (person.display, person.email, person.name))
    )


def _page(call: "Call", people: list[Person]) -> list[dict[str, Any]]:
    start, limit = number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), 50, 1, 1000)
    return [call.view.person(one) for one in people[start : start + limit]]
