"""Webhooks: what is sent, signed how, and when a hook is disabled (web_hook_service.rb, web_hooks/auto_disabling.rb).

No retry: what fails stands in the hook's log, from which it can be sent again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from common.hooks import Attempt, Delivery, Sender

from .params import compact
from .payloads import Payloads
from .world import Issue, Milestone, Note, Project, Release, User, World

FLAGS = (
    "push_events",
    "issues_events",
    "confidential_issues_events",
    "merge_requests_events",
    "tag_push_events",
    "note_events",
    "confidential_note_events",
    "job_events",
    "pipeline_events",
    "wiki_page_events",
    "deployment_events",
    "feature_flag_events",
    "releases_events",
    "milestone_events",
    "emoji_events",
    "resource_access_token_events",
    "resource_deploy_token_events",
    "vulnerability_events",
    "repository_update_events",
)
# What X-Gitlab-Event, and `trigger` in the log, say of the events.
NAMES = {
    "issues_events": ("Issue Hook", "issue_hooks"),
    "confidential_issues_events": ("Confidential Issue Hook", "confidential_issue_hooks"),
    "note_events": ("Note Hook", "note_hooks"),
    "confidential_note_events": ("Confidential Note Hook", "confidential_note_hooks"),
    "releases_events": ("Release Hook", "release_hooks"),
    "milestone_events": ("Milestone Hook", "milestone_hooks"),
}
FAILURES_UNTIL_DISABLED = 3
FAILURES_UNTIL_DISABLED_FOR_GOOD = 39
LONGEST_BODY = 25 * 1024 * 1024


@dataclass
class Hook:
    """A hook of a project or of a group (Premium)."""

    id: int
    url: str
    project: int | None
    group: int | None
    created_at: datetime
    events: set[str]
    name: str = ""
    description: str = ""
    token: str = ""
    signing_token: str = ""
    template: str = ""
    ssl: bool = True
    custom_headers: dict[str, str] = field(default_factory=dict)
    url_variables: dict[str, str] = field(default_factory=dict)
    uuid: str = field(default_factory=lambda: str(uuid.uuid4()))
    failures: int = 0
    disabled_until: datetime | None = None
    log: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Sent:
    """What is known of a delivery beside what the sender knows."""

    hook: Hook
    trigger: str
    data: dict[str, Any]
    forced: bool
    done: threading.Event


class Hooks:
    """Sends them. `cause` is the X-Gitlab-Event-UUID of the request that is being answered."""

    def __init__(self, world: World, sender: Sender) -> None:
        self.world = world
        self.sender = sender
        self.payloads = Payloads(world)
        self.cause = ""
        self.blocked: list[dict[str, Any]] = []
        self._chains: dict[str, set[int]] = {}
        self._sent: dict[int, list[_Sent]] = {}
        self._calls: list[datetime] = []
        sender.on_attempt = self._attempted

    def issue(self, issue: Issue, user: User, action: str, before: dict[str, Any] | None) -> None:
        """An issue was opened, changed, closed, reopened. None is sent when one is deleted."""
        event = "confidential_issues_events" if issue.confidential else "issues_events"
        self._trigger(self.world.projects[issue.project], event, self.payloads.issue(issue, user, action, before))

    def note(self, note: Note, issue: Issue, user: User, action: str) -> None:
        """A note was written or edited. None is sent for system notes, nor when one is deleted."""
        event = "confidential_note_events" if note.internal or issue.confidential else "note_events"
        self._trigger(self.world.projects[issue.project], event, self.payloads.note(note, issue, user, action))

    def release(self, release: Release, project: Project, action: str) -> None:
        """A release was created, updated, deleted."""
        self._trigger(project, "releases_events", self.payloads.release(release, project, action))

    def milestone(self, milestone: Milestone, project: Project, action: str) -> None:
        """A milestone was created, closed, reopened, deleted; not: changed."""
        self._trigger(project, "milestone_events", self.payloads.milestone(milestone, project, action))

    def hooks_of(self, project: Project) -> list[Hook]:
        """Its own, and in paid editions those of its groups."""
        found = list(project.hooks.values())
        if self.world.paid():
            for group in self.world.ancestors(project.group):
                found.extend(group.hooks.values())
        return found

    def alert_status(self, hook: Hook) -> str:
        """executable, temporarily_disabled (from the 4th failure in a row), disabled (from the 40th)."""
        if not self.world.settings["auto_disable_hooks"]:
            return "executable"
        if hook.failures > FAILURES_UNTIL_DISABLED_FOR_GOOD:
            return "disabled"
        until = hook.disabled_until
        return "temporarily_disabled" if until and until >= self.world.clock.now() else "executable"

    def send_now(self, hook: Hook, event: str, data: dict[str, Any], key: str = "") -> tuple[Delivery, threading.Event]:
        """A test, or what is sent again (then with its old key): also by a disabled hook; a 2xx enables it."""
        return self._send(hook, event, data, key or str(uuid.uuid4()), True)

    def _trigger(self, project: Project, event: str, data: dict[str, Any]) -> None:
        for hook in self.hooks_of(project):
            if event not in hook.events or self.alert_status(hook) != "executable":
                continue
            chain = self._chains.get(self.cause, set()) if self.cause else set()
            if hook.id in chain:
                self.blocked.append({"hook": hook.id, "event": event, "why": "recursion"})
            elif self._too_many():
                self.blocked.append({"hook": hook.id, "event": event, "why": "rate limit"})
            else:
                self._send(hook, event, data, str(uuid.uuid4()), False)

    def _too_many(self) -> bool:
        """Over the limit of calls a minute events are lost (gitlab.com: 500 on Free)."""
        limit = limit_of(self.world, "hooks")
        if not limit:
            return False
        now = self.world.clock.now()
        self._calls = [call for call in self._calls if call > now - timedelta(minutes=1)]
        if len(self._calls) >= limit:
            return True
        self._calls.append(now)
        return False

    def _send(
        self, hook: Hook, event: str, data: dict[str, Any], key: str, forced: bool
    ) -> tuple[Delivery, threading.Event]:
        name, trigger = NAMES[event]
        cause = self.cause or str(uuid.uuid4())
        self._chains.setdefault(cause, set()).add(hook.id)
        body = compact(_from_template(hook.template, data)).encode()
        sent = _Sent(hook, trigger, data, forced, threading.Event())

        def sign(delivery: Delivery, attempt: int) -> dict[str, str]:
            return self._headers(hook, name, key, cause, body)

        url = hook.url
        for variable, value in hook.url_variables.items():
            url = url.replace("{" + variable + "}", value)
        # The sender may be done before it is known by number: so the number is foretold.
        self._sent.setdefault(len(self.sender.deliveries) + 1, []).append(sent)
        return self.sender.send(hook.id, name, url, body, sign, key), sent.done

    def _headers(self, hook: Hook, name: str, key: str, cause: str, body: bytes) -> dict[str, str]:
        stamp = str(int(self.world.clock.now().timestamp()))
        headers = dict(hook.custom_headers) | {
            "Content-Type": "application/json",
            "User-Agent": f"GitLab/{self.world.settings['version']}",
            "Idempotency-Key": key,
            "X-Gitlab-Event": name,
            "X-Gitlab-Webhook-UUID": hook.uuid,
            "X-Gitlab-Instance": self.payloads.base,
            "X-Gitlab-Event-UUID": cause,
            "webhook-id": key,
            "webhook-timestamp": stamp,
        }
        if hook.token:
            headers["X-Gitlab-Token"] = hook.token
        if hook.signing_token:
            headers["webhook-signature"] = signature(hook.signing_token, key, stamp, body)
        return headers

    def _attempted(self, delivery: Delivery, attempt: Attempt) -> None:
        """Notes what came of it in the hook's log, and counts failures in a row."""
        sent = next(iter(self._sent.get(delivery.number, [])), None)
        if sent is None:
            return
        hook = sent.hook
        works = attempt.status is not None and 200 <= attempt.status < 400
        hook.log.append(
            {
                "id": self.world.next_id("hook_log"),
                "url": hook.url,
                "trigger": sent.trigger,
                "request_headers": attempt.headers | ({"X-Gitlab-Token": "[REDACTED]"} if hook.token else {}),
                "request_data": sent.data,
                "response_headers": {},
                "response_body": attempt.body[:8192],
                "execution_duration": attempt.seconds,
                "response_status": str(attempt.status) if attempt.status else "internal error",
                "at": self.world.clock.now(),
                "key": delivery.identity,
            }
        )
        if works:
            hook.failures, hook.disabled_until = 0, None
        elif self.world.settings["auto_disable_hooks"] and self.alert_status(hook) == "executable":
            hook.failures += 1
            if hook.failures > FAILURES_UNTIL_DISABLED:
                minutes = min(2 ** (hook.failures - 1 - FAILURES_UNTIL_DISABLED), 24 * 60)
                hook.disabled_until = self.world.clock.now() + timedelta(minutes=minutes)
        sent.done.set()


def signature(token: str, key: str, stamp: str, body: bytes) -> str:
    """Standard Webhooks: v1, and HMAC-SHA256 of "id.timestamp.body" in base64 (docs: Verify the signature)."""
    secret = base64.b64decode(token.removeprefix("whsec_"))
    digest = hmac.new(secret, f"{key}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def limit_of(world: World, what: str) -> int:
    """The limit a minute of this, 0 for none. Docs: user/gitlab_com, Rate limits."""
    limits = world.settings["limits"]
    if limits == "gitlab.com":
        limits = {"requests": 2000, "issues": 200, "notes": 60, "hooks": 500, "resend": 5}
    return int(limits.get(what, 0))


def _from_template(template: str, data: dict[str, Any]) -> Any:
    """A custom body: {{object_kind}} and {{project.name}} are filled in."""
    if not template:
        return data

    def fill(found: re.Match[str]) -> str:
        value: Any = data
        for part in found[1].split("."):
            value = value.get(part) if isinstance(value, dict) else None
        shown = json.dumps(value, ensure_ascii=False)
        return shown[1:-1] if isinstance(value, str) else shown

    return json.loads(re.sub(r"\{\{(.+?)\}\}", fill, template))
