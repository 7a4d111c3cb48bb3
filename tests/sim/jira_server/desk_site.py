"""The service desks of Jira Service Management: what there is, and how its API shows pages, times and people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import millis, number_of, refused
from .state import Project

if TYPE_CHECKING:
    from .app import Call

ROOT = "rest/servicedeskapi"


def desk_page(call: "Call", values: list[Any]) -> Answer:
    """Pages of this API: start and limit, and `isLastPage`."""
    start, limit = number_of(call.one("start"), 0), number_of(call.one("limit"), 50, 1, 100)
    chosen = values[start : start + limit]
    last = start + limit >= len(values)
    base = f"{call.request.base}{call.request.path}"
    links = {"self": base, "base": call.request.base, "context": ""} | (
        {} if last else {"next": f"{base}?start={start + limit}&limit={limit}"}
    )
    return Answer(
        200,
        {
            "_expands": [],
            "size": len(chosen),
            "start": start,
            "limit": limit,
            "isLastPage": last,
            "_links": links,
            "values": chosen,
        },
    )


def desk_time(call: "Call", at: datetime) -> dict[str, Any]:
    jira = call.view.stamp(at) or ""
    return {
        "iso8601": f"{jira[:19]}{jira[23:]}",
        "jira": jira,
        "friendly": at.strftime("%d/%b/%y %I:%M %p"),
        "epochMillis": millis(at),
    }


def desk_person(call: "Call", name: str) -> dict[str, Any]:
    person = call.view.known(name)
    told = {"accountId": person.id} if call.cloud else {"name": person.name, "key": person.key}
    return told | {
        "emailAddress": person.email,
        "displayName": call.view.display(person),
        "active": person.active,
        "timeZone": person.zone,
        "_links": {"jiraRest": call.view.person(person)["self"], "self": call.view.person(person)["self"]},
    }


def info(call: "Call") -> Answer:
    """GET /info."""
    return Answer(
        200,
        {
            "version": "5.16.0",
            "platformVersion": "10.3",
            "buildDate": desk_time(call, call.app.clock.now()),
            "isLicensedForUse": True,
            "_links": {"self": f"{call.request.base}/{ROOT}/info"},
        },
    )


def _desks(call: "Call") -> list[Project]:
    return [
        one
        for one in call.state.projects.values()
        if one.desk is not None
        and (
            call.rights.sees_project(call.who, one)
            or call.rights.is_one_of(call.who, ["role:Service Desk Customers"], one)
        )
    ]


def _desk_json(call: "Call", one: Project) -> dict[str, Any]:
    identity = (one.desk or {})["id"]
    return {
        "id": identity,
        "projectId": one.id,
        "projectName": one.name,
        "projectKey": one.key,
        "_links": {"self": f"{call.request.base}/{ROOT}/servicedesk/{identity}"},
    }


def desks(call: "Call") -> Answer:
    """GET /servicedesk."""
    return desk_page(call, [_desk_json(call, one) for one in _desks(call)])


def desk_of(call: "Call", identity: str) -> Project:
    for one in _desks(call):
        if identity in ((one.desk or {})["id"], one.key):
            return one
    raise refused(404, "The Service Desk with the given ID does not exist or you do not have permission to view it.")


def desk(call: "Call", identity: str) -> Answer:
    """GET /servicedesk/{id}."""
    return Answer(200, _desk_json(call, desk_of(call, identity)))


def _type_json(call: "Call", one: Project, kind: dict[str, Any]) -> dict[str, Any]:
    identity = (one.desk or {})["id"]
    number = next(each.id for each in call.state.types if each.name == kind["type"])
    return {
        "id": kind["id"],
        "name": kind["name"],
        "description": kind["description"],
        "helpText": "",
        "issueTypeId": number,
        "serviceDeskId": identity,
        "groupIds": ["1"],
        "_links": {"self": f"{call.request.base}/{ROOT}/servicedesk/{identity}/requesttype/{kind['id']}"},
    }


def types(call: "Call", identity: str) -> Answer:
    """GET /servicedesk/{id}/requesttype."""
    one = desk_of(call, identity)
    return desk_page(call, [_type_json(call, one, kind) for kind in (one.desk or {})["requestTypes"]])


def _organization_json(call: "Call", one: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": one["id"],
        "name": one["name"],
        "_links": {"self": f"{call.request.base}/{ROOT}/organization/{one['id']}"},
    }


def desk_organizations(call: "Call", identity: str) -> Answer:
    """GET /servicedesk/{id}/organization."""
    desk_of(call, identity)
    return organizations(call)


def organizations(call: "Call") -> Answer:
    """GET /organization; for a customer those that he is in."""
    agent = call.rights.may(call.who, "SERVICEDESK_AGENT")
    return desk_page(
        call,
        [
            _organization_json(call, one)
            for one in call.state.organizations.values()
            if agent or call.who.name in one["members"]
        ],
    )


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
    return desk_page(call, [desk_person(call, name) for name in one["members"]])
