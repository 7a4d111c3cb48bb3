"""`/projects/:id/hooks` and `/groups/:id/hooks`: settings, the log, sending again, tests."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import threading
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from common.hooks import Delivery
from common.wire import Answer, Awaited, Request, Stop

from .entities import when
from .hooks import FLAGS, NAMES, Hook, Hooks
from .limits import Limits
from .paging import page
from .params import Params, bad, number_in_path
from .rights import refuse
from .world import Group, Project, User, World

DAYS_OF_LOG = 7
TEXTS = (
    "name",
    "description",
    "token",
    "signing_token",
    "custom_webhook_template",
    "custom_headers",
    "url_variables",
    "enable_ssl_verification",
    "push_events_branch_filter",
    "branch_filter_strategy",
)
MISSING = {
    "issues_events": "issues",
    "confidential_issues_events": "issues",
    "note_events": "notes",
    "confidential_note_events": "notes",
    "releases_events": "releases",
    "milestone_events": "milestones",
}


class HookPages:
    """The endpoints. `owner` is a project or a group."""

    def __init__(self, world: World, hooks: Hooks, limits: Limits) -> None:
        self.world = world
        self.hooks = hooks
        self.limits = limits

    def many(self, request: Request, owner: Project | Group) -> Answer:
        """GET and POST of all."""
        params = Params(request)
        if request.method == "GET":
            return page(request, params, list(owner.hooks.values()), self.shown)
        is_project = isinstance(owner, Project)
        hook = Hook(
            self.world.next_id("hook"),
            "",
            owner.id if is_project else None,
            None if is_project else owner.id,
            self.world.now(),
            {"push_events"},
        )
        params.text("url", required=True)
        self._put(hook, params)
        owner.hooks[hook.id] = hook
        return Answer(201, self.shown(hook))

    def one(self, request: Request, owner: Project | Group, hook_id: str) -> Answer:
        """GET, PUT, DELETE of one."""
        hook = self._found(owner, hook_id)
        if request.method == "DELETE":
            del owner.hooks[hook.id]
            return Answer(204)
        if request.method == "PUT":
            params = Params(request)
            if not params.given("url", *TEXTS, *FLAGS):
                raise Stop(Answer(400, {"error": "No parameters provided"}))
            self._put(hook, params)
        return Answer(200, self.shown(hook))

    def header(self, request: Request, owner: Project | Group, hook_id: str, key: str) -> Answer:
        """PUT and DELETE of a custom header."""
        hook = self._found(owner, hook_id)
        if request.method == "PUT":
            hook.custom_headers[key] = Params(request).text("value", required=True) or ""
            return Answer(204)
        if hook.custom_headers.pop(key, None) is None:
            raise refuse(404, "Custom header Not Found")
        return Answer(204)

    def variable(self, request: Request, owner: Project | Group, hook_id: str, key: str) -> Answer:
        """PUT and DELETE of a part of the address that is kept secret."""
        hook = self._found(owner, hook_id)
        if request.method == "PUT":
            hook.url_variables[key] = Params(request).text("value", required=True) or ""
            return Answer(204)
        if hook.url_variables.pop(key, None) is None:
            raise refuse(404, "URL variable Not Found")
        return Answer(204)

    def events(self, request: Request, owner: Project | Group, hook_id: str) -> Answer:
        """The log, newest first; `status` is a code, successful, client_failure or server_failure. More than 20 a page: 400."""
        params, hook = Params(request), self._found(owner, hook_id)
        if not 1 <= (params.integer("per_page") or 20) <= 20:
            raise bad("per_page does not have a valid value")
        rows = [row for row in reversed(hook.log) if row["at"] > self.world.clock.now() - timedelta(days=DAYS_OF_LOG)]
        if wanted := params.words("status"):
            rows = [row for row in rows if any(_is(row["response_status"], one) for one in wanted)]
        return page(
            request,
            params,
            rows,
            lambda row: {name: value for name, value in row.items() if name not in ("at", "key")},
            longest=20,
        )

    def resend(
        self, request: Request, user: User, owner: Project | Group, hook_id: str, log_id: str
    ) -> Answer | Awaited:
        """The same body and key again; five a minute. 422: the address is another now, or the hook is disabled
        (only a test enables it)."""
        hook = self._found(owner, hook_id)
        self.limits.often("resend", f"{type(owner).__name__} {owner.id} {user.id}", 5)
        row = next((row for row in hook.log if row["id"] == number_in_path("hook_log_id", log_id)), None)
        if row is None:
            raise refuse(404, "Not Found")
        if row["url"] != hook.url:
            raise Stop(Answer(422, {"message": "The hook URL has changed, and this log entry cannot be retried"}))
        if self.hooks.alert_status(hook) != "executable":
            raise Stop(Answer(422, {"message": "Hook disabled"}))
        event = next(event for event, (_, trigger) in NAMES.items() if trigger == row["trigger"])
        delivery, done = self.hooks.send_now(hook, event, row["request_data"], row["key"])
        return Awaited(lambda: _resent(delivery, done))

    def test(
        self, request: Request, user: User, owner: Project | Group, hook_id: str, trigger: str
    ) -> Answer | Awaited:
        """Sends something that is there; a 2xx enables the hook. The body has no `action` (gitlab#20191)."""
        hook = self._found(owner, hook_id)
        if trigger not in NAMES:
            raise bad("trigger does not have a valid value")
        self.limits.often("test", f"{type(owner).__name__} {owner.id} {user.id}", 5)
        project = (
            owner
            if isinstance(owner, Project)
            else next((one for one in self.world.projects.values() if one.group == owner.id), None)
        )
        data = self._sample(project, trigger) if project else None
        if data is None:
            raise Stop(Answer(422, {"message": f"Ensure the project has {MISSING[trigger]}."}))
        delivery, done = self.hooks.send_now(hook, trigger, data)
        return Awaited(lambda: _tested(delivery, done))

    def shown(self, hook: Hook) -> dict[str, Any]:
        """Tokens are never shown, only that there are some."""
        return {
            "id": hook.id,
            "url": hook.url,
            "name": hook.name or None,
            "description": hook.description or None,
            "created_at": when(hook.created_at),
            "enable_ssl_verification": hook.ssl,
            "alert_status": self.hooks.alert_status(hook),
            "disabled_until": when(hook.disabled_until),
            "url_variables": [{"key": key} for key in hook.url_variables],
            "push_events_branch_filter": None,
            "branch_filter_strategy": "wildcard",
            "custom_webhook_template": hook.template or None,
            "custom_headers": [{"key": key} for key in hook.custom_headers],
            "token_present": bool(hook.token),
            **(
                {"signing_token_present": bool(hook.signing_token)}
                if self.world.settings["signing_tokens"]
                else {"signing_token_present": False}
            ),
            **({"project_id": hook.project} if hook.project else {"group_id": hook.group}),
            **{flag: flag in hook.events for flag in FLAGS},
        }

    def _put(self, hook: Hook, params: Params) -> None:
        if "url" in params:
            self._put_url(hook, params.text("url") or "")
        for flag in FLAGS:
            if (wanted := params.boolean(flag)) is not None:
                (hook.events.add if wanted else hook.events.discard)(flag)
        for name, param in (
            ("name", "name"),
            ("description", "description"),
            ("token", "token"),
            ("template", "custom_webhook_template"),
        ):
            if param in params:
                setattr(hook, name, params.text(param) or "")
        if (ssl := params.boolean("enable_ssl_verification")) is not None:
            hook.ssl = ssl
        # Where the flag is off, the parameter is not declared: it is dropped, and the hook is unsigned.
        if "signing_token" in params and self.world.settings["signing_tokens"]:
            hook.signing_token = _signing_token(params.text("signing_token") or "")
        for name in ("custom_headers", "url_variables"):
            rows = params.raw(name)
            if isinstance(rows, list):
                given = [row for row in rows if isinstance(row, dict) and "key" in row]
                getattr(hook, name).update({str(row["key"]): str(row.get("value", "")) for row in given})

    def _put_url(self, hook: Hook, url: str) -> None:
        parts = urlsplit(url)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or (_local(parts.hostname) and not self.world.settings["local_hooks"])
        ):
            raise Stop(Answer(422, {"error": "Invalid url given"}))
        hook.url = url

    def _found(self, owner: Project | Group, hook_id: str) -> Hook:
        hook = owner.hooks.get(number_in_path("hook_id", hook_id))
        if hook is None:
            raise refuse(404, "Not found")
        return hook

    def _sample(self, project: Project, trigger: str) -> dict[str, Any] | None:
        issues = list(project.issues.values())
        made = self.hooks.payloads
        if trigger in ("issues_events", "confidential_issues_events") and issues:
            data = made.issue(issues[-1], self.world.users[min(self.world.users)], "", None)
            data["object_attributes"].pop("action")
            return data
        notes = [(note, issue) for issue in issues for note in issue.notes if not note.system]
        if trigger in ("note_events", "confidential_note_events") and notes:
            note, issue = notes[-1]
            return made.note(note, issue, self.world.users[min(self.world.users)], "create")
        if trigger == "releases_events" and project.releases:
            return made.release(list(project.releases.values())[-1], project, "create")
        if trigger == "milestone_events" and project.milestones:
            return made.milestone(list(project.milestones.values())[-1], project, "create")
        return None


def _resent(delivery: Delivery, done: threading.Event) -> Answer:
    if done.wait(12) and delivery.attempts[-1].status:
        return Answer(201, {"response_status": delivery.attempts[-1].status})
    return Answer(422, {"message": delivery.attempts[-1].error if delivery.attempts else "internal error"})


def _tested(delivery: Delivery, done: threading.Event) -> Answer:
    if done.wait(12) and delivery.attempts[-1].status:
        status = delivery.attempts[-1].status or 0
        if 200 <= status < 300:
            return Answer(201, {"message": "201 Created"})
        return Answer(422, {"message": delivery.attempts[-1].body or f"{status}"})
    return Answer(422, {"message": delivery.attempts[-1].error if delivery.attempts else "internal error"})


def _is(status: str, wanted: str) -> bool:
    classes = {"successful": "2", "client_failure": "4", "server_failure": "5"}
    return status.startswith(classes[wanted]) if wanted in classes else status == wanted


def _signing_token(text: str) -> str:
    """whsec_ and the base64 of exactly 32 bytes, or nothing."""
    if not text:
        return ""
    try:
        right = text.startswith("whsec_") and len(base64.b64decode(text.removeprefix("whsec_"), validate=True)) == 32
    except binascii.Error:
        right = False
    if not right:
        raise Stop(Answer(422, {"message": {"signing_token": ["must be in the format whsec_{base64 of 32 bytes}"]}}))
    return text


def _local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private or address.is_link_local
