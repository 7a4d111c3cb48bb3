"""The fields of a site: which there are, on which screen, and a request's `fields` and `update` made into values."""

from __future__ import annotations

from dataclasses import dataclass, field as dataclass_field
from typing import Any

from .answers import refused, refused_fields
from .kinds import Kind
from .kinds_custom import KINDS
from .state import Issue, Named, Project, State
from .view import View

OFF_SCREEN = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."

# id, name, kind, name in the change log
SYSTEM = [
    ("summary", "Summary", "string", "summary"),
    ("description", "Description", "text", "description"),
    ("environment", "Environment", "text", "environment"),
    ("issuetype", "Issue Type", "issuetype", "issuetype"),
    ("priority", "Priority", "priority", "priority"),
    ("labels", "Labels", "labels", "labels"),
    ("assignee", "Assignee", "user", "assignee"),
    ("reporter", "Reporter", "user", "reporter"),
    ("resolution", "Resolution", "resolution", "resolution"),
    ("components", "Components", "components", "Component"),
    ("fixVersions", "Fix versions", "versions", "Fix Version"),
    ("versions", "Affects versions", "versions", "Version"),
    ("duedate", "Due date", "date", "duedate"),
    ("security", "Security Level", "security", "security"),
]
# Shown, never set by `fields`: (id, name, type)
SHOWN = [
    ("status", "Status", "status"),
    ("project", "Project", "project"),
    ("created", "Created", "datetime"),
    ("updated", "Updated", "datetime"),
    ("creator", "Creator", "user"),
    ("resolutiondate", "Resolved", "datetime"),
    ("comment", "Comment", "comments-page"),
    ("attachment", "Attachment", "array"),
    ("issuelinks", "Linked Issues", "array"),
    ("subtasks", "Sub-tasks", "array"),
    ("parent", "Parent", "issuelink"),
    ("watches", "Watchers", "watches"),
    ("votes", "Votes", "votes"),
    ("worklog", "Log Work", "array"),
    ("statuscategorychangedate", "Status Category Changed", "datetime"),
]
ITEMS = {"attachment": "attachment", "issuelinks": "issuelinks", "subtasks": "issuelinks", "worklog": "worklog"}


@dataclass
class Field:
    """A field that can be set."""

    id: str
    name: str
    kind: Kind
    logged: str
    custom: bool = False
    options: list[Named] = dataclass_field(default_factory=list)
    below: dict[str, list[Named]] = dataclass_field(default_factory=dict)

    def children(self, option: str) -> list[Named]:
        """The options below one."""
        return self.below.get(option, [])

    def schema(self) -> dict[str, Any]:
        """Its type, as the metadata tells it."""
        told: dict[str, Any] = {"type": self.kind.type}
        if self.kind.items:
            told["items"] = self.kind.items
        if self.custom:
            return told | {"custom": self.kind.custom, "customId": int(self.id.removeprefix("customfield_"))}
        return told | {"system": self.id}


class Fields:
    """All fields, and what a request says about them."""

    def __init__(self, state: State) -> None:
        self.known = {name: Field(name, title, KINDS[kind], logged) for name, title, kind, logged in SYSTEM}
        for one in state.custom_fields:
            added = Field(one["id"], one["name"], KINDS[one["kind"]], one["name"], True)
            for name in one.get("options", []):
                option = Named(state.next_id("option"), name)
                added.options.append(option)
                added.below[option.id] = [
                    Named(state.next_id("option"), child) for child in one.get("children", {}).get(name, [])
                ]
            self.known[added.id] = added

    def all(self, cloud: bool) -> list[dict[str, Any]]:
        """What GET /field answers."""
        told = []
        for one in self.known.values():
            clauses = [f"cf[{one.id.removeprefix('customfield_')}]", one.name] if one.custom else [one.id]
            told.append(
                {
                    "id": one.id,
                    **({"key": one.id} if cloud else {}),
                    "name": one.name,
                    "custom": one.custom,
                    "orderable": True,
                    "navigable": True,
                    "searchable": True,
                    "clauseNames": clauses,
                    "schema": one.schema(),
                }
            )
        for name, title, kind in SHOWN:
            schema = {"type": kind, "system": name, **({"items": ITEMS[name]} if name in ITEMS else {})}
            told.append(
                {
                    "id": name,
                    **({"key": name} if cloud else {}),
                    "name": title,
                    "custom": False,
                    "orderable": False,
                    "navigable": True,
                    "searchable": True,
                    "clauseNames": [name],
                    "schema": schema,
                }
            )
        return told

    def metadata(self, view: View, project: Project, name: str, required: bool) -> dict[str, Any] | None:
        """What createmeta, editmeta and a transition's screen say about one; None for what cannot be described."""
        one = self.known.get(name)
        if one is None:
            return _shown_metadata(view, project, name)
        told = {
            "required": required,
            "schema": one.schema(),
            "name": one.name,
            **({"key": name} if view.cloud else {"fieldId": name}),
            "hasDefaultValue": name in ("priority", "reporter") and not required,
            "operations": one.kind.operations,
        }
        allowed = one.kind.allowed(view, project, one)
        if allowed is not None:
            told["allowedValues"] = allowed
        return told

    def wanted(
        self, view: View, project: Project, issue: Issue | None, body: dict[str, Any], screen: list[str]
    ) -> dict[str, Any]:
        """The new values that `fields` and `update` ask for; 400 for all that is wrong with them, by field."""
        fields, update = body.get("fields") or {}, body.get("update") or {}
        if not isinstance(fields, dict) or not isinstance(update, dict):
            raise refused(400, "Can not deserialize instance of java.util.LinkedHashMap")
        errors: dict[str, str] = {}
        for name in fields:
            if name in update and name not in ("comment", "issuelinks", "worklog"):
                errors[name] = f"Field '{name}' cannot appear in both 'fields' and 'update'"
        values: dict[str, Any] = {}
        for name, raw in fields.items():
            self._take(
                view,
                project,
                name,
                screen,
                errors,
                values,
                lambda one, raw=raw: one.kind.parse(view, project, one, raw),
            )
        for name, operations in update.items():
            if name in ("comment", "issuelinks", "worklog"):
                continue
            before = issue.values.get(name) if issue else None
            self._take(
                view,
                project,
                name,
                screen,
                errors,
                values,
                lambda one, now=before, operations=operations: _operate(view, project, one, now, operations),
            )
        if errors:
            raise refused_fields(errors)
        return values

    def _take(
        self,
        view: View,
        project: Project,
        name: str,
        screen: list[str],
        errors: dict[str, str],
        values: dict[str, Any],
        value: Any,
    ) -> None:
        one = self.known.get(name)
        if name in ("project", "parent") or name in errors:
            return
        if one is None or name not in screen:
            errors[name] = OFF_SCREEN.format(name)
            return
        try:
            values[name] = value(one)
        except ValueError as problem:
            errors[name] = str(problem)


def _operate(view: View, project: Project, field: Field, now: Any, operations: Any) -> Any:
    if not isinstance(operations, list):
        raise ValueError("data was not an array")
    for operation in operations:
        if not isinstance(operation, dict):
            raise ValueError("data was not an object")
        for verb, raw in operation.items():
            if verb == "set":
                now = field.kind.parse(view, project, field, raw)
            elif verb in ("add", "remove") and field.kind.type == "array":
                value = field.kind.parse(view, project, field, [raw])
                now = field.kind.add(now, value) if verb == "add" else field.kind.remove(now, value)
            else:
                raise ValueError(
                    f"Field with id '{field.id}' and name '{field.name}' does not support operation '{verb}' "
                    f"Supported operation(s) are: '{', '.join(field.kind.operations)}'"
                )
    return now


def _shown_metadata(view: View, project: Project, name: str) -> dict[str, Any] | None:
    titles = {
        "project": ("Project", "project", None),
        "attachment": ("Attachment", "array", "attachment"),
        "issuelinks": ("Linked Issues", "array", "issuelinks"),
        "parent": ("Parent", "issuelink", None),
    }
    if name not in titles:
        return None
    title, kind, items = titles[name]
    told = {
        "required": name == "project",
        "schema": {"type": kind, **({"items": items} if items else {}), "system": name},
        "name": title,
        **({"key": name} if view.cloud else {"fieldId": name}),
        "hasDefaultValue": False,
        "operations": ["set"],
    }
    return told | ({"allowedValues": [view.project(project)]} if name == "project" else {})
