"""How each kind of field is taken, kept, shown, and written in the change log.

`parse` raises ValueError with Jira's words. A value is kept as ids (people by name), so that renaming shows everywhere.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from . import adf
from .answers import stamp
from .state import Named, Project, find_named

if TYPE_CHECKING:
    from .fields import Field
    from .view import View

TEXT_LIMIT = 32767


class Kind:
    """A kind of field; this one keeps what it is given."""

    type = "any"
    items: str | None = None
    custom = ""
    operations = ["set"]
    clauses = True

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        return raw

    def show(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return value

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        """(id, text) in the change log."""
        return None, None if value is None else str(value)

    def allowed(self, view: "View", project: Project, field: "Field") -> list[Any] | None:
        """`allowedValues` of the metadata."""
        return None

    def add(self, now: Any, value: Any) -> Any:
        raise ValueError("Field does not support update 'add'")

    def remove(self, now: Any, value: Any) -> Any:
        raise ValueError("Field does not support update 'remove'")


class Many(Kind):
    """A list, which `add` and `remove` change by one. A list put by "set" takes the place of what others added."""

    type = "array"
    operations = ["add", "set", "remove"]

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        if raw is None:
            return []
        if not isinstance(raw, list):
            raise ValueError("data was not an array")
        found = [self.one(view, project, field, each) for each in raw]
        return list(dict.fromkeys(found))

    def one(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        return raw

    def show(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        shown = [self.show_one(view, project, field, each) for each in value or []]
        return shown or (None if field.custom else [])

    def show_one(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return value

    def add(self, now: Any, value: Any) -> Any:
        return list(dict.fromkeys([*(now or []), *value]))

    def remove(self, now: Any, value: Any) -> Any:
        return [one for one in now or [] if one not in value]


class Line(Kind):
    """One line of text, at most 255 characters."""

    type = "string"
    custom = "com.atlassian.jira.plugin.system.customfieldtypes:textfield"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        if raw is None:
            return None
        if not isinstance(raw, str):
            raise ValueError("Operation value must be a string")
        if "\n" in raw or "\r" in raw:
            raise ValueError(f"The {field.name.lower()} is invalid because it contains newline characters.")
        if len(raw) > 255:
            raise ValueError(f"{field.name} must be less than 255 characters.")
        return raw.strip() or None


class Text(Kind):
    """Text of several lines: ADF in REST v3, wiki markup in v2."""

    type = "string"
    custom = "com.atlassian.jira.plugin.system.customfieldtypes:textarea"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        return parse_text(view, raw)

    def show(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return show_text(view, value)

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        return None, None if value is None else adf.plain(value)


def parse_text(view: "View", raw: Any) -> Any:
    """A text as this site keeps it; ValueError in Jira's words."""
    if raw is None or raw == "":
        return None
    if view.version == "3":
        if wrong := adf.problem(raw):
            raise ValueError(wrong)
        kept: Any = adf.normalised(raw)
    else:
        if not isinstance(raw, str):
            raise ValueError("Operation value must be a string")
        kept = (
            adf.from_wiki(raw) if view.cloud else "\n".join(line.rstrip(" \t") for line in raw.split("\n")).rstrip("\n")
        )
    if len(adf.plain(kept)) > TEXT_LIMIT:
        raise ValueError("The entered text is too long. It exceeds the allowed limit of 32,767 characters.")
    return kept


def show_text(view: "View", kept: Any) -> Any:
    """A kept text as this version of the API shows it."""
    return adf.to_wiki(kept) if view.cloud and view.version == "2" else kept


class Number(Kind):
    """A number."""

    type = "number"
    custom = "com.atlassian.jira.plugin.system.customfieldtypes:float"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            raise ValueError("Operation value must be a number")
        return float(raw)


class Day(Kind):
    """A date."""

    type = "date"
    custom = "com.atlassian.jira.plugin.system.customfieldtypes:datepicker"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        if raw in (None, ""):
            return None
        try:
            return date.fromisoformat(raw).isoformat()
        except (ValueError, TypeError):
            raise ValueError(f"Error parsing date string: {raw}") from None

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        return value, None if value is None else f"{value} 00:00:00.0"


class Moment(Kind):
    """A date with a time, which needs a zone: `2026-11-23T10:04:05.000+0100`."""

    type = "datetime"
    custom = "com.atlassian.jira.plugin.system.customfieldtypes:datetime"

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        if raw in (None, ""):
            return None
        if not isinstance(raw, str) or not re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?([+-]\d\d:?\d\d|Z)", raw
        ):
            raise ValueError(f"Error parsing time: {raw}")
        return datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", raw.replace("Z", "+00:00")))

    def show(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return stamp(value, view.who.zone)


class Labels(Many):
    """Words without blanks. Case counts."""

    items = "string"
    custom = "com.atlassian.jira.plugin.system.customfieldtypes:labels"

    def one(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        if not isinstance(raw, str):
            raise ValueError("string expected at index 0")
        if re.search(r"\s", raw):
            raise ValueError(f"The label '{raw}' contains spaces which is invalid.")
        if len(raw) > 255:
            raise ValueError(f"The label '{raw}' exceeds the maximum length for labels of 255.")
        return raw

    def add(self, now: Any, value: Any) -> Any:
        return super().add(now, value if isinstance(value, list) else [value])

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        return None, " ".join(value or [])


class Choice(Kind):
    """One of a list of named things: priority, resolution, version, level, type."""

    what = ""

    def among(self, view: "View", project: Project, field: "Field") -> list[Named]:
        return getattr(view.state, self.what, [])

    def parse(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        return None if raw is None else pick(self.among(view, project, field), raw, field).id

    def show(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return None if value is None else view.named(self.what, find_named(self.among(view, project, field), value))

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        return (None, None) if value is None else (value, find_named(self.among(view, project, field), value).name)

    def allowed(self, view: "View", project: Project, field: "Field") -> list[Any] | None:
        return [view.named(self.what, one) for one in self.among(view, project, field)]


def pick(among: list[Named], raw: Any, field: "Field") -> Named:
    """The thing that `{"id": …}` or `{"name": …}` (options: `value`) names."""
    if not isinstance(raw, dict) or not any(key in raw for key in ("id", "name", "value")):
        raise ValueError(
            f"Could not find valid 'id' or 'name' in {field.name} object."
            if isinstance(raw, dict)
            else "data was not an object"
        )
    by = next(key for key in ("id", "name", "value") if key in raw)
    for one in among:
        if str(raw[by]) == (one.id if by == "id" else one.name):
            return one
    raise ValueError(
        f"Specify a valid '{by}' for '{field.name}'"
        if by == "id"
        else f"The {field.name.lower()} '{raw[by]}' is not valid."
    )


class Priority(Choice):
    type, what = "priority", "priorities"


class Resolution(Choice):
    type, what = "resolution", "resolutions"


class IssueType(Choice):
    type, what = "issuetype", "types"

    def among(self, view: "View", project: Project, field: "Field") -> list[Named]:
        return [one for one in view.state.types if one.name in project.types]


class Level(Choice):
    """A security level; None is "anyone who may browse the project"."""

    type, what = "securitylevel", "levels"

    def among(self, view: "View", project: Project, field: "Field") -> list[Named]:
        return project.levels


class Version(Choice):
    type, what = "version", "versions"
    custom = "com.atlassian.jira.plugin.system.customfieldtypes:version"

    def among(self, view: "View", project: Project, field: "Field") -> list[Named]:
        return project.versions


class ChoiceMany(Many):
    """Several of a list of named things."""

    what = ""

    def among(self, view: "View", project: Project, field: "Field") -> list[Named]:
        return getattr(project, self.what)

    def one(self, view: "View", project: Project, field: "Field", raw: Any) -> Any:
        return pick(self.among(view, project, field), raw, field).id

    def show_one(self, view: "View", project: Project, field: "Field", value: Any) -> Any:
        return view.named(self.what, find_named(self.among(view, project, field), value))

    def told(self, view: "View", project: Project, field: "Field", value: Any) -> tuple[str | None, str | None]:
        names = [find_named(self.among(view, project, field), one).name for one in value or []]
        return (", ".join(value), ", ".join(names)) if names else (None, None)

    def allowed(self, view: "View", project: Project, field: "Field") -> list[Any] | None:
        return [view.named(self.what, one) for one in self.among(view, project, field)]


class Versions(ChoiceMany):
    items, what = "version", "versions"


class Components(ChoiceMany):
    items, what = "component", "components"
