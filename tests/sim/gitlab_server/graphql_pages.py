"""`POST /api/graphql`: the part about work items and their status. All is 200; what is wrong stands in `errors`."""

from __future__ import annotations

from typing import Any

from common.wire import Answer, Request, Stop

from . import rights
from .acts import Acts
from .entities import KINDS, when
from .graphql_text import Node, Unreadable, read
from .statuses import DEFAULT_CLOSED, DEFAULT_OPEN, STATUSES, Status, of_global_id
from .world import Issue, Project, User, World

NO_ACCESS = (
    "The resource that you are attempting to access does not exist or you don't have permission to perform this action"
)
TYPES = {"issue": 1, "incident": 2, "task": 5}


class GraphqlPages:
    """Answers queries for currentUser, project, namespace, workItem; and the mutation workItemUpdate."""

    def __init__(self, world: World, acts: Acts, base: str) -> None:
        self.world = world
        self.acts = acts
        self.base = base

    def post(self, request: Request, user: User | None) -> Answer:
        """One operation."""
        try:
            body = request.json()
            operation = read(str(body["query"]), dict(body.get("variables") or {}), body.get("operationName"))
        except Unreadable as problem:
            return _errors(str(problem))
        except (ValueError, KeyError, TypeError):
            return _errors("Unexpected end of document")
        try:
            if operation.kind == "mutation":
                data = {node.alias: self._mutation(node, user) for node in operation.children}
            else:
                data = _shaped(operation.children, self._root(user), "Query")
        except _Refused as problem:
            return _errors(str(problem), {node.alias: None for node in operation.children})
        except _Wrong as problem:
            return _errors(str(problem))
        except Stop as stop:
            return stop.answer
        return Answer(200, {"data": data})

    def _root(self, user: User | None) -> dict[str, Any]:
        return {
            "__typename": "Query",
            "currentUser": lambda _: self._user(user.id) if user else None,
            "project": lambda args: self._project(str(args.get("fullPath", "")), user),
            "namespace": lambda args: self._project(str(args.get("fullPath", "")), user),
            "workItem": lambda args: self._by_global_id(str(args.get("id", "")), user),
            "metadata": lambda _: {
                "__typename": "Metadata",
                "version": self.world.settings["version"],
                "enterprise": self.world.paid(),
            },
        }

    def _mutation(self, node: Node, user: User | None) -> Any:
        if node.name != "workItemUpdate":
            raise _Wrong(f"Field '{node.name}' doesn't exist on type 'Mutation'")
        given = node.arguments.get("input") or {}
        issue = self._issue(str(given.get("id", "")), user)
        if (
            user is None
            or issue is None
            or not rights.may_edit_issue(self.world, user, self.world.projects[issue.project], issue)
        ):
            raise _Refused(NO_ACCESS)
        errors: list[str] = []
        fields: dict[str, Any] = {name: given[name] for name in ("title", "confidential") if name in given}
        if "stateEvent" in given:
            fields["state_event"] = {"CLOSE": "close", "REOPEN": "reopen"}.get(given["stateEvent"])
        if "descriptionWidget" in given:
            fields["description"] = given["descriptionWidget"].get("description")
        if "statusWidget" in given:
            fields["status"] = self._status_of(given["statusWidget"].get("status"), issue).id
        try:
            self.acts.update(user, issue, fields)
        except Stop as stop:
            errors = _spoken(stop.answer.body)
        shown = {
            "__typename": "WorkItemUpdatePayload",
            "errors": errors,
            "workItem": None if errors else self._work_item(issue, user),
        }
        return _shaped(node.children, shown, "WorkItemUpdatePayload")

    def _status_of(self, text: Any, issue: Issue) -> Status:
        """Without Premium the widget is not there: an error at the top, not silence."""
        if not self.world.has_status():
            raise _Refused(f"Following widget keys are not supported by {KINDS[issue.kind]} type: [:status_widget]")
        status = of_global_id(str(text))
        if status is None:
            raise _Refused(f'"{text}" is not a valid status')
        return status

    def _project(self, path: str, user: User | None) -> dict[str, Any] | None:
        """null when there is none, or the user does not see it."""
        project = self.world.project_at(path)
        if project is None or not rights.sees_project(self.world, user, project):
            return None
        return {
            "__typename": "Project",
            "id": f"gid://gitlab/Project/{project.id}",
            "name": project.name,
            "fullPath": self.world.full_path(project),
            "webUrl": f"{self.base}/{self.world.full_path(project)}",
            "workItems": lambda args: self._work_items(project, user, args),
            "workItem": lambda args: next(iter(self._work_items(project, user, args)["nodes"]), None),
            "workItemTypes": lambda args: {
                "nodes": [self._type(kind) for kind in TYPES if args.get("name") in (None, kind.upper())]
            },
        }

    def _work_items(self, project: Project, user: User | None, args: dict[str, Any]) -> dict[str, Any]:
        wanted = args.get("iids") or ([args["iid"]] if args.get("iid") else None)
        rows = [
            issue
            for issue in project.issues.values()
            if rights.sees_issue(self.world, user, project, issue)
            and (wanted is None or str(issue.iid) in [str(one) for one in wanted])
        ]
        first = int(args.get("first") or 100)
        rows = rows[int(args.get("after") or 0) :]
        end = int(args.get("after") or 0) + min(first, len(rows))
        return {
            "__typename": "WorkItemConnection",
            "nodes": [self._work_item(issue, user) for issue in rows[:first]],
            "pageInfo": {"hasNextPage": len(rows) > first, "endCursor": str(end)},
            "count": len(rows),
        }

    def _by_global_id(self, text: str, user: User | None) -> dict[str, Any] | None:
        issue = self._issue(text, user)
        return self._work_item(issue, user) if issue else None

    def _issue(self, text: str, user: User | None) -> Issue | None:
        kind, _, number = text.removeprefix("gid://gitlab/").partition("/")
        issue = self.world.issues.get(int(number)) if kind in ("WorkItem", "Issue") and number.isdecimal() else None
        visible = issue is not None and rights.sees_issue(self.world, user, self.world.projects[issue.project], issue)
        return issue if visible else None

    def _work_item(self, issue: Issue, user: User | None) -> dict[str, Any]:
        project = self.world.projects[issue.project]
        return {
            "__typename": "WorkItem",
            "id": f"gid://gitlab/WorkItem/{issue.id}",
            "iid": str(issue.iid),
            "title": issue.title,
            "state": "OPEN" if issue.state == "opened" else "CLOSED",
            "confidential": issue.confidential,
            "createdAt": when(issue.created_at),
            "updatedAt": when(issue.updated_at),
            "closedAt": when(issue.closed_at),
            "webUrl": f"{self.base}/{self.world.full_path(project)}/-/issues/{issue.iid}",
            "author": self._user(issue.author),
            "workItemType": self._type(issue.kind),
            "widgets": self._widgets(issue, project),
        }

    def _widgets(self, issue: Issue, project: Project) -> list[dict[str, Any]]:
        titles = [label for number in issue.labels if (label := self.world.label(project, number))]
        widgets: list[dict[str, Any]] = [
            {"__typename": "WorkItemWidgetDescription", "type": "DESCRIPTION", "description": issue.description},
            {
                "__typename": "WorkItemWidgetLabels",
                "type": "LABELS",
                "labels": {
                    "nodes": [{"id": f"gid://gitlab/ProjectLabel/{label.id}", "title": label.title} for label in titles]
                },
            },
            {
                "__typename": "WorkItemWidgetAssignees",
                "type": "ASSIGNEES",
                "assignees": {"nodes": [self._user(number) for number in issue.assignees]},
            },
        ]
        if self.world.has_status():
            widgets.append(
                {"__typename": "WorkItemWidgetStatus", "type": "STATUS", "status": _status(STATUSES[issue.status])}
            )
        return widgets

    def _type(self, kind: str) -> dict[str, Any]:
        definitions: list[dict[str, Any]] = [{"__typename": "WorkItemWidgetDefinitionGeneric", "type": "DESCRIPTION"}]
        if self.world.has_status() and kind in ("issue", "task"):
            definitions.append(
                {
                    "__typename": "WorkItemWidgetDefinitionStatus",
                    "type": "STATUS",
                    "allowedStatuses": [_status(one) | {"position": one.id} for one in STATUSES.values()],
                    "defaultOpenStatus": _status(STATUSES[DEFAULT_OPEN]),
                    "defaultClosedStatus": _status(STATUSES[DEFAULT_CLOSED]),
                }
            )
        return {
            "__typename": "WorkItemType",
            "id": f"gid://gitlab/WorkItems::Type/{TYPES.get(kind, 1)}",
            "name": KINDS[kind],
            "widgetDefinitions": definitions,
        }

    def _user(self, number: int) -> dict[str, Any]:
        user = self.world.users.get(number)
        return {
            "__typename": "UserCore",
            "id": f"gid://gitlab/User/{number}",
            "username": user.username if user else "ghost",
            "name": user.name if user else "Ghost User",
        }


class _Wrong(Exception):
    """An error at the top of the answer: nothing was done."""


class _Refused(_Wrong):
    """The same of a mutation that was understood: its part of `data` is null."""


def _errors(text: str, data: dict[str, None] | None = None) -> Answer:
    answer: dict[str, Any] = {
        "errors": [{"message": text, "locations": [{"line": 1, "column": 1}], "path": list(data or ())}]
    }
    return Answer(200, answer | ({"data": data} if data else {}))


def _spoken(body: Any) -> list[str]:
    """{"message": {"title": ["is too long"]}} as sentences: "Title is too long"."""
    told = body["message"] if isinstance(body, dict) and isinstance(body.get("message"), dict) else {}
    return [f"{field.capitalize()} {problem}" for field, problems in told.items() for problem in problems] or [
        str(body)
    ]


def _status(status: Status) -> dict[str, Any]:
    return {
        "__typename": "WorkItemStatus",
        "id": status.global_id(),
        "name": status.name,
        "category": status.category.upper(),
        "color": status.color,
        "iconName": status.icon,
    }


def _shaped(nodes: list[Node], value: Any, kind: str) -> Any:
    """Only what was asked for. A field that this part does not have is an error, as with the vendor's own schema."""
    if isinstance(value, list):
        return [_shaped(nodes, one, kind) for one in value]
    if not isinstance(value, dict) or not nodes:
        return value
    shaped: dict[str, Any] = {}
    for node in nodes:
        if node.fragment:
            if value.get("__typename") == node.name:
                shaped |= _shaped(node.children, value, node.name)
            continue
        if node.name not in value:
            raise _Wrong(f"Field '{node.name}' doesn't exist on type '{value.get('__typename', kind)}'")
        found = value[node.name]
        found = found(node.arguments) if callable(found) else found
        shaped[node.alias] = _shaped(node.children, found, node.name)
    return shaped
