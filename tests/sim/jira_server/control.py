"""Jira's part of /_sim/: people at work in the tracker, rights given and taken, tokens that expire, traps."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Callable

from common.routes import Router
from common.wire import Answer, Request, Stop

from . import attachments, comments
from .control_site import Administration
from .show import issue_json
from .state import Issue, Link, Person, Project, find_named
from .view import View

if TYPE_CHECKING:
    from .app import Jira


def control_routes(app: "Jira", routes: Router) -> None:
    """Declares it."""
    control, site = Control(app), Administration(app)

    def at(methods: str, path: str, handler: Callable[..., Answer]) -> None:
        routes.add(
            methods,
            "/_sim/" + path,
            lambda request, **values: control.in_jira(request, lambda: handler(request, **values)),
        )

    at("GET POST", "settings", control.settings)
    at("GET POST", "issues", control.issues)
    at("GET DELETE", "issues/{key}", control.issue)
    at("POST", "issues/{key}/edit", control.edit)
    at("POST", "issues/{key}/status", control.status)
    at("POST", "issues/{key}/comments", control.comment)
    at("PUT DELETE", "issues/{key}/comments/{identity}", control.change_comment)
    at("POST", "issues/{key}/attachments", control.attach)
    at("DELETE", "issues/{key}/attachments/{identity}", control.detach)
    at("POST", "issues/{key}/move", control.move)
    at("POST", "issues/{key}/clone", control.clone)
    at("POST", "issues/{key}/link", control.link)
    at("POST", "bulk", control.bulk)
    at("GET POST", "people", site.people)
    at("POST", "people/{name}", site.person)
    at("POST", "permissions", site.permissions)
    at("GET POST", "tokens", site.tokens)
    at("POST", "projects/{key}", site.project)
    at("POST", "projects/{key}/versions/{name}", site.version)
    at("POST", "statuses/{name}", site.rename_status)
    at("GET POST", "workflows/{name}", site.workflow)
    at("GET POST DELETE", "webhooks", site.webhooks)
    at("GET POST DELETE", "automation", site.automation)


class Control:
    """The handlers. A person's text is wiki markup, as typed; `as` is his name in the seed, `kari` when it is not
    given.
    """

    def __init__(self, app: "Jira") -> None:
        self.app = app

    def in_jira(self, request: Request, do: Callable[[], Answer]) -> Answer:
        """Links in webhooks need the address of the site, even before the first request to it."""
        self.app.base = self.app.base or request.base
        answer = do()
        self.app.automation.run()
        return answer

    def settings(self, request: Request) -> Answer:
        """Traps that are on or off."""
        if request.method == "POST":
            wanted = request.json_object()
            if unknown := set(wanted) - set(self.app.settings):
                raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(self.app.settings)}")
            self.app.settings.update(wanted)
        return Answer(200, self.app.settings)

    def _as(self, body: dict[str, Any]) -> Person:
        return self.app.state.people[body.get("as", "kari")]

    def _view(self, who: Person) -> View:
        return self.app.view(self.app.base, "2", who)

    def _issue(self, key: str) -> Issue:
        found = self.app.state.issue_of(key)
        if found is None:
            raise Stop(Answer(404, {"error": f"no issue {key}"}))
        return found

    def _text(self, text: Any) -> Any:
        """What a browser sends: Data Center keeps its CRLF [?]."""
        if isinstance(text, str) and not self.app.cloud and self.app.settings["crlf_from_people"]:
            return text.replace("\r\n", "\n").replace("\n", "\r\n")
        return text

    def _fields(self, who: Person, project: Project, issue: Issue | None, fields: dict[str, Any]) -> dict[str, Any]:
        """Values from fields as REST v2 takes them, without screens; people and options may be named by a bare name."""
        shaped: dict[str, Any] = {}
        for name, raw in fields.items():
            field = self.app.fields.known[name]
            person = field.kind.type == "user" and isinstance(raw, str)
            if person:
                one = self.app.state.people[raw]
                raw = {"accountId": one.id} if self.app.cloud else {"name": one.name}
            elif isinstance(raw, str) and field.kind.type not in (
                "string",
                "date",
                "datetime",
                "number",
                "sd-customerrequesttype",
            ):
                raw = {"value": raw} if field.options else {"name": raw}
            elif isinstance(raw, list) and field.kind.items in ("version", "component", "option"):
                raw = [{"name": one} if isinstance(one, str) else one for one in raw]
            shaped[name] = self._text(raw) if name in ("description", "environment") else raw
        return self.app.fields.wanted(self._view(who), project, issue, {"fields": shaped}, list(self.app.fields.known))

    def issues(self, request: Request) -> Answer:
        """All of them; or a new one by a person: {as, project, type, fields}."""
        if request.method == "GET":
            told = [
                {
                    "id": one.id,
                    "key": one.key,
                    "status": one.status,
                    "summary": one.values.get("summary"),
                    "comments": len(one.comments),
                }
                for one in self.app.state.issues.values()
            ]
            return Answer(200, {"count": len(told), "issues": told})
        body = request.json_object()
        who, project = self._as(body), self.app.state.projects[body["project"]]
        kind = find_named(self.app.state.types, body.get("type", next(iter(project.types))))
        values = self._fields(who, project, None, body.get("fields") or {})
        values = {"issuetype": kind.id, "reporter": who.name, "priority": "3", "summary": "Untitled"} | values
        issue = self.app.work.create(
            self._view(who), project, values, {}, self.app.workflow.first_status(project, kind.name)
        )
        return Answer(201, {"id": issue.id, "key": issue.key})

    def issue(self, request: Request, key: str) -> Answer:
        """The whole issue, whoever may see it; DELETE by a person."""
        issue = self._issue(key)
        if request.method == "DELETE":
            self.app.work.delete(self.app.state.people[request.one("as") or "admin"], issue)
            return Answer(204)
        told = issue_json(self.app, self.app.hook_view(), issue, ["*all"], ["changelog"], ["*all"])
        internal = {one.id: one.properties for one in issue.comments}
        return Answer(
            200,
            told | {"remoteLinks": issue.remote_links, "commentProperties": internal, "formerKeys": issue.former_keys},
        )

    def edit(self, request: Request, key: str) -> Answer:
        """{as, fields}."""
        body, issue = request.json_object(), self._issue(key)
        who = self._as(body)
        self.app.work.set(
            self._view(who), issue, self._fields(who, self.app.state.projects[issue.project], issue, body["fields"])
        )
        return Answer(204)

    def status(self, request: Request, key: str) -> Answer:
        """{as, to, fields}: by whatever way, also one that the workflow does not have (an automation, a change of
        workflow).
        """
        body, issue = request.json_object(), self._issue(key)
        who = self._as(body)
        values = self._fields(who, self.app.state.projects[issue.project], issue, body.get("fields") or {})
        self.app.work.move_status(self._view(who), issue, body["to"], values)
        return Answer(204)

    def comment(self, request: Request, key: str) -> Answer:
        """{as, text, internal, visibility}."""
        body, issue = request.json_object(), self._issue(key)
        wanted: dict[str, Any] = {"body": self._text(body["text"]), "visibility": body.get("visibility")}
        if "internal" in body:
            wanted["properties"] = [{"key": "sd.public.comment", "value": {"internal": bool(body["internal"])}}]
        made = comments.put(self.app, self._view(self._as(body)), issue, wanted)
        return Answer(201, {"id": made.id})

    def change_comment(self, request: Request, key: str, identity: str) -> Answer:
        """{as, text}; DELETE ?as="""
        body, issue = request.json_object(), self._issue(key)
        one = next(each for each in issue.comments if each.id == identity)
        view = self._view(self._as(body | ({"as": request.one("as")} if request.one("as") else {})))
        if request.method == "DELETE":
            comments.remove(self.app, view, issue, one)
        else:
            comments.change(
                self.app, view, issue, one, {"body": self._text(body["text"]), "visibility": one.visibility}
            )
        return Answer(204)

    def attach(self, request: Request, key: str) -> Answer:
        """{as, name, mime, text or base64}."""
        body, issue = request.json_object(), self._issue(key)
        content = base64.b64decode(body["base64"]) if "base64" in body else body.get("text", "").encode()
        one = attachments.attach(
            self.app, self._view(self._as(body)), issue, body["name"], body.get("mime", "text/plain"), content
        )
        return Answer(201, {"id": one.id})

    def detach(self, request: Request, key: str, identity: str) -> Answer:
        """?as="""
        issue = self._issue(key)
        one = next(each for each in issue.attachments if each.id == identity)
        attachments.detach(self.app, self._view(self._as({"as": request.one("as") or "kari"})), issue, one)
        return Answer(204)

    def move(self, request: Request, key: str) -> Answer:
        """{as, project}: another key; the old one answers with the new."""
        body, issue = request.json_object(), self._issue(key)
        self.app.work.move_project(self._as(body), issue, self.app.state.projects[body["project"]])
        return Answer(200, {"id": issue.id, "key": issue.key})

    def clone(self, request: Request, key: str) -> Answer:
        """{as}: a copy with all its labels and properties, so with the marker too; linked by "Cloners"."""
        body, issue = request.json_object(), self._issue(key)
        who, project = self._as(body), self.app.state.projects[issue.project]
        kind = next(one for one in self.app.state.types if one.id == issue.values["issuetype"])
        values = dict(issue.values) | {"summary": f"CLONE - {issue.values.get('summary')}", "reporter": who.name}
        made = self.app.work.create(
            self._view(who), project, values, dict(issue.properties), self.app.workflow.first_status(project, kind.name)
        )
        cloners = find_named(self.app.state.link_types, "Cloners")
        self.app.work.link(who, Link(self.app.state.next_id("link"), cloners, made.id, issue.id))
        return Answer(201, {"id": made.id, "key": made.key})

    def link(self, request: Request, key: str) -> Answer:
        """{as, to, type}."""
        body, issue = request.json_object(), self._issue(key)
        kind = find_named(self.app.state.link_types, body.get("type", "Relates"))
        one = Link(self.app.state.next_id("link"), kind, issue.id, self._issue(body["to"]).id)
        self.app.work.link(self._as(body), one)
        return Answer(201, {"id": one.id})

    def bulk(self, request: Request) -> Answer:
        """{as, keys, fields}: a bulk change; its webhooks carry `bulkOperationMetaData` [D]."""
        body = request.json_object()
        who = self._as(body)
        for key in body["keys"]:
            issue = self._issue(key)
            self.app.work.set(
                self._view(who),
                issue,
                self._fields(who, self.app.state.projects[issue.project], issue, body["fields"]),
                bulk={"totalChanges": len(body["keys"]), "type": "bulk_edit"},
            )
        return Answer(204)
