"""A JQL query asked of issues."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from common.clock import zone_of

from . import adf
from .answers import refused
from .comparing import compare, has_words, negated_inside
from .jql import Clause, Function, Group, Query
from .state import Issue, Person

if TYPE_CHECKING:
    from .app import Jira

TIMES = {
    "created": "created",
    "createddate": "created",
    "updated": "updated",
    "updateddate": "updated",
    "resolved": "resolved",
    "resolutiondate": "resolved",
    "statuscategorychangeddate": "status_changed",
}
NAMED = {
    "status": "statuses",
    "priority": "priorities",
    "resolution": "resolutions",
    "issuetype": "types",
    "type": "types",
}
PEOPLE = {"assignee", "reporter", "creator", "watcher"}
TEXTS = {"summary", "description", "environment", "comment", "text"}
RELATIVE = re.compile(r"([+-]?)((?:\d+[wdhm]\s*)+)")
SECONDS = {"w": 604800, "d": 86400, "h": 3600, "m": 60}
FORMATS = ("%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d")


class Matcher:
    """Asks as one person: his zone reads the times, he sees what he may see."""

    def __init__(self, app: "Jira", who: Person, query: Query) -> None:
        self.app = app
        self.who = who
        self.query = query
        self.now = app.clock.now()
        query.where = negated_inside(query.where, False)
        for clause in query.clauses():
            self._check_operator(clause)
            self._values(clause, None)

    def matches(self, issue: Issue) -> bool:
        """Whether the query is true of an issue."""
        return self.query.where is None or self._true(self.query.where, issue)

    def sorted(self, issues: list[Issue]) -> list[Issue]:
        """In the order asked for; without one, the newest first."""
        found = sorted(issues, key=lambda one: int(one.id), reverse=True)
        for name, ascending in reversed(self.query.order):
            found.sort(key=lambda one: self._order_key(name, one), reverse=not ascending)
        return found

    def _order_key(self, name: str, issue: Issue) -> Any:
        name = name.lower()
        if name in TIMES:
            return getattr(issue, TIMES[name]) or datetime.min.replace(tzinfo=self.now.tzinfo)
        if name in ("key", "issuekey", "issue"):
            project, _, number = issue.key.rpartition("-")
            return project, int(number)
        if name == "id":
            return int(issue.id)
        if name in (
            "status",
            "priority",
            "resolution",
            "summary",
            "duedate",
            "issuetype",
            "assignee",
            "reporter",
            "project",
        ):
            return str(
                issue.status
                if name == "status"
                else issue.project
                if name == "project"
                else issue.values.get(name) or ""
            )
        raise refused(400, f"Field '{name}' does not exist or you do not have permission to view it.")

    def _true(self, node: Any, issue: Issue) -> bool:
        if isinstance(node, Group):
            return (all if node.word == "and" else any)(self._true(part, issue) for part in node.parts)
        return self._clause(node, issue)

    def _clause(self, clause: Clause, issue: Issue) -> bool:
        wanted = self._values(clause, issue)
        name, operator = clause.field.lower(), clause.operator
        here = self._here(name, issue)
        if operator in ("is", "is not") or wanted == [None] and operator in ("=", "!="):
            return (not here) == (operator in ("is", "="))
        if name in TIMES or self._kind(name) in ("date", "datetime"):
            return any(compare(here[0], operator, one) for one in wanted) if here else False
        if operator in ("~", "!~"):
            found = any(has_words(text, one) for text in here for one in wanted)
            return found == (operator == "~") and (operator == "~" or bool(here))
        if operator in ("=", "in"):
            return any(one in here for one in wanted)
        if operator in ("!=", "not in"):
            # An empty field is not "unequal": != leaves it out [alertmanager notify/jira/jira.go, DESIGN].
            return bool(here) and not any(one in here for one in wanted)
        if name in ("id", "issue", "key", "issuekey"):
            return any(_by_number(issue, operator, str(one)) for one in wanted)
        raise refused(400, f"The operator '{operator}' is not supported by the '{clause.field}' field.")

    def _here(self, name: str, issue: Issue) -> list[Any]:
        """What the issue has in a field, as it is compared."""
        state = self.app.state
        if name in TIMES:
            at = getattr(issue, TIMES[name])
            return [at] if at else []
        if name == "project":
            return [issue.project]
        if name in ("key", "issuekey", "id", "issue"):
            return [issue.id]
        if name == "status":
            return [state.status(issue.status).id]
        if name == "statuscategory":
            return [state.status(issue.status).more["category"]]
        if name in ("text", "comment"):
            texts = [
                adf.plain(one.body) for one in issue.comments if self.app.rights.sees_comment(self.who, issue, one)
            ]
            return (
                texts
                if name == "comment"
                else texts + [adf.plain(issue.values.get(key)) for key in ("summary", "description", "environment")]
            )
        if name == "creator":
            return [issue.creator]
        if name == "watcher":
            return issue.watchers
        if name.startswith("issue.property"):
            return []  # set by plain REST it is stored, and not searchable [D]
        value = issue.values.get(self._field(name))
        return (
            []
            if value is None
            else [adf.plain(value)]
            if isinstance(value, dict)
            else list(value)
            if isinstance(value, (list, tuple))
            else [value]
        )

    def _field(self, name: str) -> str:
        """The id of a field that JQL may call by another name."""
        alias = {
            "type": "issuetype",
            "component": "components",
            "fixversion": "fixVersions",
            "affectedversion": "versions",
            "due": "duedate",
            "level": "security",
        }
        name = alias.get(name.lower(), name)
        found = re.fullmatch(r"cf\[(\d+)\]", name)
        wanted = f"customfield_{found[1]}" if found else name
        for one in self.app.fields.known.values():
            if wanted.lower() in (one.id.lower(), one.name.lower()):
                return one.id
        raise refused(400, f"Field '{name}' does not exist or you do not have permission to view it.")

    def _kind(self, name: str) -> str:
        if (
            name in TIMES
            or name
            in (
                "project",
                "key",
                "issuekey",
                "id",
                "issue",
                "status",
                "statuscategory",
                "watcher",
                "creator",
                "text",
                "comment",
            )
            or name.startswith("issue.property")
        ):
            return ""
        return self.app.fields.known[self._field(name)].kind.type

    def _check_operator(self, clause: Clause) -> None:
        """Order is for times, numbers and keys; `~` for text; 400 for others."""
        name, operator = clause.field.lower(), clause.operator
        kind = self._kind(name)
        ordered = (
            name in TIMES
            or kind in ("date", "datetime", "number")
            or name in ("key", "issuekey", "issue", "id", "priority")
        )
        text = (
            name in TEXTS
            or kind in ("string", "version")
            or self._field_id(name) in ("fixVersions", "versions", "components")
        )
        if operator in (">", ">=", "<", "<=") and not ordered or operator in ("~", "!~") and not text:
            raise refused(400, f"The operator '{operator}' is not supported by the '{clause.field}' field.")

    def _field_id(self, name: str) -> str:
        return "" if self._kind(name) == "" else self._field(name)

    def _values(self, clause: Clause, issue: Issue | None) -> list[Any]:
        raw = clause.value if isinstance(clause.value, list) else [clause.value]
        found: list[Any] = []
        for one in raw:
            value = self._value(clause, one)
            found.extend(value if isinstance(value, list) else [value])
        return found

    def _value(self, clause: Clause, raw: Any) -> Any:
        name = clause.field.lower()
        kind = self._kind(name)
        if raw is None:
            return None
        if isinstance(raw, Function):
            return self._function(raw)
        if name in TIMES or kind in ("date", "datetime"):
            return (
                self._time(clause.field, raw)
                if kind != "date"
                else self._time(clause.field, raw).astimezone(zone_of(self.who.zone)).date().isoformat()
            )
        if name == "project":
            project = self.app.state.project_of(raw) or next(
                (one for one in self.app.state.projects.values() if one.name.lower() == raw.lower()), None
            )
            if project is None or not self.app.rights.sees_project(self.who, project):
                raise refused(400, f"The value '{raw}' does not exist for the field 'project'.")
            return project.key
        if name in ("key", "issuekey", "id", "issue"):
            issue = self.app.state.issue_of(raw)
            if clause.operator in (">", ">=", "<", "<="):
                return raw
            if issue is None or not self.app.rights.sees(self.who, issue):
                raise refused(400, f"An issue with key '{raw}' does not exist for field '{clause.field}'.")
            return issue.id
        if name == "statuscategory":
            return {
                "to do": "new",
                "new": "new",
                "2": "new",
                "in progress": "indeterminate",
                "indeterminate": "indeterminate",
                "4": "indeterminate",
                "done": "done",
                "complete": "done",
                "3": "done",
            }.get(raw.lower(), raw)
        if clause.operator in ("~", "!~") or name.startswith("issue.property"):
            return raw
        if name in NAMED:
            return self._named(clause.field, getattr(self.app.state, NAMED[name]), raw)
        if name in PEOPLE or kind == "user":
            return self._person(raw)
        return self._of_field(clause, raw)

    def _of_field(self, clause: Clause, raw: str) -> Any:
        field = self.app.fields.known[self._field(clause.field)]
        if field.options:
            return self._named(clause.field, field.options, raw)
        if field.id in ("components", "fixVersions", "versions") or field.kind.type == "version":
            attribute = "components" if field.id == "components" else "versions"
            return [
                one.id
                for project in self.app.state.projects.values()
                for one in getattr(project, attribute)
                if raw.lower() in (one.id, one.name.lower())
            ] or [raw]
        if field.id == "security":
            return [
                one.id
                for project in self.app.state.projects.values()
                for one in project.levels
                if raw.lower() in (one.id, one.name.lower())
            ] or [raw]
        if field.kind.type == "number":
            try:
                return float(raw)
            except ValueError:
                raise refused(400, f"Value '{raw}' for the field '{clause.field}' is not a number.") from None
        # Text is asked by "~"; "=" on a text field is refused.
        if field.kind.type == "string" and clause.operator in ("=", "!=", "in", "not in"):
            raise refused(400, f"The operator '{clause.operator}' is not supported by the '{clause.field}' field.")
        return raw

    def _named(self, field: str, among: list[Any], raw: str) -> str:
        for one in among:
            if raw == one.id or raw.lower() == one.name.lower():
                return one.id
        raise refused(400, f"The value '{raw}' does not exist for the field '{field}'.")

    def _person(self, raw: str) -> str:
        for one in self.app.state.people.values():
            if raw in ((one.id,) if self.app.cloud else (one.name, one.key, one.email)):
                return one.name
        return raw  # an unknown account finds nothing; Cloud does not refuse it

    def _function(self, one: Function) -> Any:
        name = one.name.lower()
        if name == "currentuser":
            return self.who.name
        if name == "now":
            return self.now
        if name == "membersof":
            return [
                person.name
                for person in self.app.state.people.values()
                if one.arguments and one.arguments[0] in person.groups
            ]
        if name == "startofday":
            local = self.now.astimezone(zone_of(self.who.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
            return self._shifted(local, one.arguments[0]) if one.arguments else local
        raise refused(400, f"Unable to find JQL function '{one.name}({', '.join(one.arguments)})'.")

    def _time(self, field: str, raw: str) -> datetime:
        """Minutes at best, no zone: read in the zone of the account that asks [T JRACLOUD-74279]."""
        if RELATIVE.fullmatch(raw.strip()):
            return self._shifted(self.now, raw)
        for form in FORMATS:
            try:
                return datetime.strptime(raw, form).replace(tzinfo=zone_of(self.who.zone))
            except ValueError:
                continue
        raise refused(
            400,
            f"Date value '{raw}' for field '{field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', "
            "'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
        )

    def _shifted(self, at: datetime, raw: str) -> datetime:
        match = RELATIVE.fullmatch(raw.strip())
        if match is None:
            raise refused(400, f"'{raw}' is not a valid offset.")
        seconds = sum(
            int(part[:-1]) * SECONDS[part[-1]] for part in match[2].split() for part in re.findall(r"\d+[wdhm]", part)
        )
        return at + timedelta(seconds=-seconds if match[1] == "-" else seconds)


def _by_number(issue: Issue, operator: str, wanted: str) -> bool:
    """Order by id, or by key within one project."""
    if wanted.isdecimal():
        return compare(int(issue.id), operator, int(wanted))
    project, _, number = wanted.upper().rpartition("-")
    return (
        number.isdecimal()
        and project == issue.project
        and compare(int(issue.key.rpartition("-")[2]), operator, int(number))
    )
