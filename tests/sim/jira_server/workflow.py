"""Transitions: which there are now, what their screens take and require, and doing one.

A status is never set by a field. Ids differ by workflow and two transitions may have one name (the seed's "Close
Issue").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import refused, refused_fields
from .comments import comment_of_update
from .state import Issue, Person, find_named
from .view import View

if TYPE_CHECKING:
    from .app import Call, Jira


class Workflow:
    """The workflows of a site."""

    def __init__(self, app: "Jira") -> None:
        self.app = app

    def of(self, issue: Issue) -> dict[str, Any]:
        """The workflow of an issue: by its project and type."""
        kind = next(one for one in self.app.state.types if one.id == issue.values["issuetype"])
        return self.app.state.workflows[self.app.state.projects[issue.project].types[kind.name]]

    def first_status(self, project: Any, kind: str) -> str:
        """Where an issue of this type begins."""
        return self.app.state.workflows[project.types[kind]]["initial"]

    def statuses(self, flow: dict[str, Any]) -> list[str]:
        """The statuses of a workflow, as they are mentioned."""
        named = [flow["initial"]]
        for one in flow["transitions"]:
            named += [*one.get("from", []), one["to"]]
        return list(dict.fromkeys(named))

    def open_to(self, who: Person, issue: Issue) -> list[dict[str, Any]]:
        """What someone may do now: none without Transition Issues; one whose condition does not hold is not there."""
        project = self.app.state.projects[issue.project]
        if not self.app.rights.may(who, "TRANSITION_ISSUES", project, issue) or project.archived:
            return []
        return [one for one in self.of(issue)["transitions"] if self._open(who, issue, one)]

    def _open(self, who: Person, issue: Issue, one: dict[str, Any]) -> bool:
        if "from" in one and issue.status not in one["from"]:
            return False
        needs = one.get("needs")
        return needs is None or self.app.rights.is_one_of(who, [needs], self.app.state.projects[issue.project], issue)

    def show(self, view: View, issue: Issue, one: dict[str, Any], with_fields: bool) -> dict[str, Any]:
        """A transition, as GET …/transitions shows it."""
        screen = one.get("screen", [])
        told: dict[str, Any] = {"id": one["id"], "name": one["name"], "to": view.status(view.state.status(one["to"]))}
        if view.cloud:
            told |= {
                "hasScreen": bool(screen),
                "isGlobal": "from" not in one,
                "isInitial": False,
                "isAvailable": True,
                "isConditional": "needs" in one,
                "isLooped": False,
            }
        if with_fields:
            project, required = view.state.projects[issue.project], one.get("required", [])
            fields = {name: self.app.fields.metadata(view, project, name, name in required) for name in screen}
            told["fields"] = {name: field for name, field in fields.items() if field}
        return told

    def do(self, view: View, issue: Issue, one: dict[str, Any], body: dict[str, Any]) -> None:
        """Does it, or refuses all that is wrong with its fields."""
        app, project = self.app, self.app.state.projects[issue.project]
        comment = comment_of_update(app, view, issue, body.get("update") or {})
        values = app.fields.wanted(view, project, issue, body, one.get("screen", []))
        missing = {
            name: f"{app.fields.known[name].name} is required."
            for name in one.get("required", [])
            if (values[name] if name in values else None if name == "resolution" else issue.values.get(name))
            in (None, [])
        }
        if missing:
            raise refused_fields(missing)
        for name in one.get("clear", []):
            values.setdefault(name, None)
        for name, text in one.get("set", {}).items():
            values.setdefault(name, find_named(app.state.resolutions, text).id)
        if comment:
            issue.comments.append(comment)
        change = app.work.move_status(view, issue, one["to"], values, comment)
        if comment:
            app.webhooks.comment("comment_created", view.who, issue, comment, alone=change is None)


def listed(call: "Call", key: str) -> Answer:
    """GET /issue/{key}/transitions."""
    issue, flow = call.issue(key), call.app.workflow
    chosen = call.one("transitionId")
    with_fields = "transitions.fields" in call.names("expand")
    shown = [
        flow.show(call.view, issue, one, with_fields)
        for one in flow.open_to(call.who, issue)
        if chosen in (None, one["id"])
    ]
    return Answer(200, {"expand": "transitions", "transitions": shown})


def done(call: "Call", key: str) -> Answer:
    """POST /issue/{key}/transitions → 204."""
    issue, body = call.issue(key), call.body(transition=dict, fields=dict, update=dict)
    wanted = body.get("transition")
    # The specification lets a transition without id pass; the product does not (specs/PROVENANCE.md, trap 5).
    if not isinstance(wanted, dict) or not wanted.get("id"):
        raise refused(400, "Missing 'transition' identifier")
    for one in call.app.workflow.open_to(call.who, issue):
        if one["id"] == str(wanted["id"]):
            call.app.workflow.do(call.view, issue, one, body)
            return Answer(204)
    known = any(one["id"] == str(wanted["id"]) for one in call.app.workflow.of(issue)["transitions"])
    if known:
        raise refused(
            400,
            f"It seems that you have tried to perform an illegal workflow operation (workflow transition {wanted['id']} is not valid for the current state).",
        )
    raise refused(400, f"Transition id '{wanted['id']}' is not valid for this issue.")
