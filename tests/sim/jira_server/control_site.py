"""The part of /_sim/ that an administrator of Jira would do: people, rights, tokens, projects, workflows, webhooks,
automations.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from common.wire import Answer, Request

from .answers import refused
from .state import Issue, Named, Person, Project, Token
from .webhooks import Hook

if TYPE_CHECKING:
    from .app import Jira

EVENTS = [
    "jira:issue_created",
    "jira:issue_updated",
    "jira:issue_deleted",
    "comment_created",
    "comment_updated",
    "comment_deleted",
    "attachment_created",
    "attachment_deleted",
    "issuelink_created",
    "issuelink_deleted",
    "jira:version_released",
    "jira:version_updated",
]


class Administration:
    """The handlers."""

    def __init__(self, app: "Jira") -> None:
        self.app = app

    def people(self, request: Request) -> Answer:
        """All; or a new one: {name, display, email, groups, zone, kind}."""
        if request.method == "GET":
            return Answer(200, {name: vars(one) for name, one in self.app.state.people.items()})
        body = request.json_object()
        made = Person(**{"id": f"712020:{body['name']}", "display": body["name"]} | body)
        self.app.state.people[made.name] = made
        return Answer(201, vars(made))

    def person(self, request: Request, name: str) -> Answer:
        """Anything of a person: {active, deleted, groups, zone, display}; {"erased": true}: nothing is left of the
        account.
        """
        body = request.json_object()
        if body.get("erased"):
            del self.app.state.people[name]
            return Answer(204)
        one = self.app.state.people[name]
        for key, value in body.items():
            if not hasattr(one, key) or key == "key":
                raise ValueError(f"a person has no {key}")
            setattr(one, key, value)
        return Answer(200, vars(one))

    def permissions(self, request: Request) -> Answer:
        """{project, permission, give or take: list of "role:…", "group:…", "person:…", "reporter"}; take "*": all."""
        body = request.json_object()
        name = body["permission"]
        project = self.app.state.projects.get(body.get("project", ""))
        held = self.app.state.global_permissions if project is None else project.permissions
        given = held.setdefault(name, [])
        taken = body.get("take", [])
        held[name] = [one for one in given if one not in taken and "*" not in taken] + [
            one for one in body.get("give", []) if one not in given
        ]
        return Answer(200, {name: held[name]})

    def tokens(self, request: Request) -> Answer:
        """{secret, person, kind, scopes, expires_in (seconds), revoke}."""
        tokens = self.app.state.tokens
        if request.method == "POST":
            body = request.json_object()
            one = next((each for each in tokens if each.secret == body["secret"]), None)
            if body.get("revoke"):
                tokens.remove(one)  # type: ignore[arg-type]
                return Answer(204)
            if one is None:
                one = Token(body["secret"], body["person"])
                tokens.append(one)
            one.kind, one.scopes = body.get("kind", one.kind), body.get("scopes", one.scopes)
            if "expires_in" in body:
                one.expires = self.app.clock.now() + timedelta(seconds=float(body["expires_in"]))
        return Answer(
            200,
            {
                "tokens": [
                    {
                        "person": one.person,
                        "kind": one.kind,
                        "scopes": one.scopes,
                        "expires": one.expires.isoformat() if isinstance(one.expires, datetime) else None,
                    }
                    for one in tokens
                ]
            },
        )

    def project(self, request: Request, key: str) -> Answer:
        """{archived, required, create_screen, edit_screen, members, key}."""
        project, body = self.app.state.projects[key], request.json_object()
        for name, value in body.items():
            if name == "key":
                project.former_keys.append(project.key)
                self._rename(project, value)
            elif name in ("archived", "required", "create_screen", "edit_screen", "members", "name"):
                setattr(project, name, value)
            else:
                raise ValueError(f"a project has no {name}")
        return Answer(
            200,
            {
                "key": project.key,
                "archived": project.archived,
                "required": project.required,
                "members": project.members,
            },
        )

    def _rename(self, project: Project, key: str) -> None:
        del self.app.state.projects[project.key]
        for issue in self.app.state.issues.values():
            if issue.project == project.key:
                issue.former_keys.append(issue.key)
                issue.key, issue.project = key + issue.key[len(project.key) :], key
                self._seen_at_once(issue)
        project.key = key
        self.app.state.projects[key] = project

    def _seen_at_once(self, issue: Issue) -> None:
        self.app.index.touch(issue, True)
        self.app.replica.touch(issue, True)

    def version(self, request: Request, key: str, name: str) -> Answer:
        """{released, archived, name}: releases one; made when there is none of this name."""
        project, body = self.app.state.projects[key], request.json_object()
        one = next((each for each in project.versions if each.name == name), None)
        event = "jira:version_updated"
        if one is None:
            one, event = Named(self.app.state.next_id("version"), name), "jira:version_created"
            project.versions.append(one)
        if body.get("released") and not one.more.get("released"):
            event = "jira:version_released"
        one.name = body.pop("name", one.name)
        one.more |= body
        self.app.webhooks.version(event, project, one)
        return Answer(200, {"id": one.id, "name": one.name, **one.more})

    def rename_status(self, request: Request, name: str) -> Answer:
        """{name}: an administrator renames a status; its id stays."""
        one, new = self.app.state.status(name), request.json_object()["name"]
        old = one.name
        for flow in self.app.state.workflows.values():
            flow["initial"] = new if flow["initial"] == old else flow["initial"]
            for step in flow["transitions"]:
                step["to"] = new if step["to"] == old else step["to"]
                if "from" in step:
                    step["from"] = [new if each == old else each for each in step["from"]]
        for issue in self.app.state.issues.values():
            issue.status = new if issue.status == old else issue.status
            self._seen_at_once(issue)
        one.name = new
        return Answer(200, {"id": one.id, "name": one.name})

    def workflow(self, request: Request, name: str) -> Answer:
        """A workflow, or another in its place."""
        if request.method == "POST":
            self.app.state.workflows[name] = request.json_object()
        return Answer(200, self.app.state.workflows[name])

    def webhooks(self, request: Request) -> Answer:
        """All; or one more, as an administrator makes it in the browser: {url, events, jql, secret, as}."""
        hooks = self.app.webhooks
        if request.method == "DELETE":
            hooks.hooks.clear()
        if request.method == "POST":
            body = request.json_object()
            if "url" not in body:
                raise refused(400, "url is needed")
            hooks.add(
                Hook(
                    hooks.next_id(),
                    "admin",
                    body.get("name", "by hand"),
                    body["url"],
                    body.get("events", EVENTS),
                    body.get("jql", ""),
                    body.get("as", "admin"),
                    body.get("secret", ""),
                    bool(body.get("excludeBody")),
                )
            )
        return Answer(
            200,
            {
                "webhooks": [
                    {
                        "id": one.id,
                        "kind": one.kind,
                        "url": one.url,
                        "events": one.events,
                        "jql": one.jql,
                        "signed": bool(one.secret),
                        "expires": one.expires.isoformat() if one.expires else None,
                    }
                    for one in hooks.hooks.values()
                ]
            },
        )

    def automation(self, request: Request) -> Answer:
        """All rules; one more: {on, by, status, to, comment, internal, labels}."""
        rules = self.app.automation.rules
        if request.method == "POST":
            self.app.automation.add(request.json_object())
        if request.method == "DELETE":
            rules.clear()
        return Answer(200, {"rules": rules})
