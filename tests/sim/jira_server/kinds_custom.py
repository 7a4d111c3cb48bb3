"""The kinds that only custom fields have, and people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .kinds import (
    Choice,
    ChoiceMany,
    Components,
    Day,
    IssueType,
    Kind,
    Labels,
    Level,
    Line,
    Many,
    Moment,
    Number,
    Priority,
    Resolution,
    Text,
    Version,
    Versions,
)
from .state import Named, Person, Project

if TYPE_CHECKING:
    from .fields import Field
    from .view import View

TYPES = "com.atlassian.jira.plugin.system.customfieldtypes:"


class Url(Line):
    """An address."""

    custom = TYPES + "url"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        value = super().parse(view, project, field, raw)
        if value and "://" not in value:
            raise ValueError("Not a valid URL")
        return value


class Option(Choice):
    """One of a select list: `{"value": "Minor"}`."""

    type, what = "option", "options"
    custom = TYPES + "select"

    def among(self, view: "View", project: Project, field: "Field") -> list[Named]:
        return field.options


class Options(ChoiceMany):
    """Several of a list."""

    items, what = "option", "options"
    custom = TYPES + "multiselect"

    def among(self, view: "View", project: Project, field: "Field") -> list[Named]:
        return field.options


class Cascading(Choice):
    """A choice, and one below it: `{"value": "Network", "child": {"value": "DNS"}}`. Kept as (id, child's id)."""

    type, what = "option-with-child", "options"
    custom = TYPES + "cascadingselect"

    def among(self, view: "View", project: Project, field: "Field") -> list[Named]:
        return field.options

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        if raw is None:
            return None
        parent = super().parse(view, project, field, raw)
        child = raw.get("child")
        below = field.children(parent)
        return parent, None if child is None else _one(below, child, field).id

    def show(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        if value is None:
            return None
        shown = super().show(view, project, field, value[0])
        child = next((one for one in field.children(value[0]) if one.id == value[1]), None)
        return shown | ({"child": view.named("options", child)} if child else {})

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        if value is None:
            return None, None
        parent = next(one for one in field.options if one.id == value[0])
        child = next((one for one in field.children(value[0]) if one.id == value[1]), None)
        words = f"Parent values: {parent.name}({parent.id})" + (
            f"Level 1 values: {child.name}({child.id})" if child else ""
        )
        return words, words


def _one(among: list[Named], raw: Any, field: "Field") -> Named:
    for one in among:
        if isinstance(raw, dict) and (raw.get("id") == one.id or raw.get("value") == one.name):
            return one
    raise ValueError(f"Option '{raw}' is not valid for '{field.name}'")


class User(Kind):
    """A person: `{"accountId": …}` on Cloud, `{"name": …}` on Data Center."""

    type = "user"
    custom = TYPES + "userpicker"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        return None if raw is None else person_of(view, raw, field).name

    def show(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return None if value is None else view.author(value)

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        if value is None:
            return None, None
        person = view.known(value)
        return (person.id if view.cloud else person.key), view.display(person)


def person_of(view: "View", raw: Any, field: "Field") -> Person:
    """The person whom a value names; one who is gone cannot be set."""
    if not isinstance(raw, dict):
        raise ValueError("data was not an object")
    if view.cloud:
        account = raw.get("accountId", raw.get("id"))
        found = view.state.person_by_id(account) if account else None
        if found is None or found.deleted or not found.active:
            raise ValueError(
                f"Account ID '{account}' does not exist for the field '{field.id}'."
                if account
                else "'accountId' must be the only user identifying query parameter in GDPR strict mode."
            )
        return found
    name = raw.get("name", raw.get("key"))
    found = view.state.people.get(str(name))
    if found is None or found.deleted or not found.active:
        raise ValueError(f"User '{name}' does not exist.")
    return found


class Users(Many):
    """People."""

    items = "user"
    custom = TYPES + "multiuserpicker"

    def one(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        return person_of(view, raw, field).name

    def show_one(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return view.author(value)

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        people = [view.known(one) for one in value or []]
        ids = [one.id if view.cloud else one.name for one in people]
        return (f"[{', '.join(ids)}]", f"[{', '.join(ids)}]") if ids else (None, None)


class Group(Kind):
    """A group: `{"name": …}`."""

    type = "group"
    custom = TYPES + "grouppicker"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        if raw is None:
            return None
        name = raw.get("name") if isinstance(raw, dict) else None
        if name not in view.groups():
            raise ValueError(f"Group '{name}' does not exist.")
        return name

    def show(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return None if value is None else view.group(value)


class Organizations(Many):
    """The customers' organisations that a request is shared with. Set by numbers (`[1, 2]`), shown as objects."""

    items = "sd-customerorganization"
    custom = "com.atlassian.servicedesk:sd-customer-organizations"

    def one(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        identity = str(raw.get("id") if isinstance(raw, dict) else raw)
        if identity not in view.state.organizations:
            raise ValueError(f"Organization {identity} does not exist.")
        return identity

    def show_one(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        one = view.state.organizations[value]
        return {
            "id": one["id"],
            "name": one["name"],
            "_links": {"self": f"{view.base}/rest/servicedeskapi/organization/{one['id']}"},
        }

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        names = [view.state.organizations[one]["name"] for one in value or []]
        return ", ".join(value or []) or None, ", ".join(names) or None


class RequestType(Kind):
    """The customer request type, shown with the address in the portal (`_links.web`); set by its id as text."""

    type = "sd-customerrequesttype"
    custom = "com.atlassian.servicedesk:vp-origin"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        types = (project.desk or {}).get("requestTypes", [])
        if raw is not None and not any(one["id"] == str(raw) for one in types):
            raise ValueError(f"Request type '{raw}' is not valid.")
        return None if raw is None else str(raw)

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        types = (project.desk or {}).get("requestTypes", [])
        return value, next((one["name"] for one in types if one["id"] == value), None)


KINDS: dict[str, Kind] = {
    "string": Line(),
    "text": Text(),
    "number": Number(),
    "date": Day(),
    "datetime": Moment(),
    "labels": Labels(),
    "priority": Priority(),
    "resolution": Resolution(),
    "issuetype": IssueType(),
    "security": Level(),
    "version": Version(),
    "versions": Versions(),
    "components": Components(),
    "url": Url(),
    "option": Option(),
    "options": Options(),
    "cascading": Cascading(),
    "user": User(),
    "users": Users(),
    "group": Group(),
    "organizations": Organizations(),
    "requesttype": RequestType(),
    "any": Kind(),
}
