"""Webhooks: who hears of what, and the bodies, whose shapes are those of the recordings (payloads/jira, mm-*).

Cloud: `comment_*` has the comment and an issue of six fields, and nobody as `user`. Data Center: `comment_created` has
neither issue nor user. Both tell of a comment a second time, as `jira:issue_updated` (`issue_commented`). The issue is
in the form of REST v2 (wiki markup), also on Cloud. A filter is asked after the change: what moved out of it is not
told.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Callable

from common.hooks import Delivery
from common.wire import Stop

from .answers import millis
from .jql import read
from .matching import Matcher
from .show import attachment_json, comment_json, issue_json
from .state import Attachment, Change, Comment, Issue, Link, Named, Person, Project

if TYPE_CHECKING:
    from .app import Jira

SECOND = {
    "comment_created": "issue_commented",
    "comment_updated": "issue_comment_edited",
    "comment_deleted": "issue_comment_deleted",
}
SIX_FIELDS = ["summary", "issuetype", "project", "assignee", "priority", "status"]


@dataclass
class Hook:
    """A registered webhook. `kind`: "admin" (by an administrator) or "dynamic" (by an OAuth app; it expires)."""

    id: int
    kind: str
    name: str
    url: str
    events: list[str]
    jql: str
    owner: str
    secret: str = ""
    exclude_body: bool = False
    enabled: bool = True
    expires: datetime | None = None
    fields: list[str] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    created: datetime | None = None
    outcomes: dict[str, int] = field(default_factory=lambda: {"successes": 0, "failures": 0})


class Webhooks:
    """The registered ones, and what is sent to them."""

    def __init__(self, app: "Jira") -> None:
        self.app = app
        self.hooks: dict[int, Hook] = {}

    def add(self, hook: Hook) -> Hook:
        """Registers one."""
        hook.created = self.app.clock.now()
        self.hooks[hook.id] = hook
        return hook

    def next_id(self) -> int:
        """A number for a new one."""
        return int(self.app.state.next_id("webhook"))

    def issue(
        self,
        event: str,
        who: Person,
        issue: Issue,
        name: str | None,
        change: Change | None,
        comment: Comment | None = None,
        bulk: dict[str, Any] | None = None,
    ) -> None:
        """`jira:issue_created|updated|deleted`."""
        app, view = self.app, self.app.hook_view()
        asked = ["*all"] if event == "jira:issue_deleted" or not app.cloud else ["*all", "-comment", "-worklog"]
        body: dict[str, Any] = {"timestamp": millis(app.clock.now()), "webhookEvent": event}
        if name and not app.settings["old_hooks"]:
            body["issue_event_type_name"] = name
        body |= {"user": view.person(who), "issue": issue_json(app, view, issue, asked, [])}
        del body["issue"]["expand"]
        if comment and app.settings["issue_hooks_have_comment"]:
            body["comment"] = comment_json(app, view, issue, comment)
        if change:
            body["changelog"] = {"id": change.id, "items": change.items}
        if bulk:
            body["bulkOperationMetaData"] = bulk
        app.automation.heard(event, who, issue)
        names = [str(one.get("fieldId")) for one in change.items] if change else []
        self._tell(
            event,
            body,
            issue,
            lambda hook: not hook.fields or event != "jira:issue_updated" or bool(set(names) & set(hook.fields)),
        )

    def comment(
        self, event: str, who: Person, issue: Issue, comment: Comment, secondary: bool = False, alone: bool = True
    ) -> None:
        """`comment_created|updated|deleted`; and, when it came `alone`, the same again as `jira:issue_updated`."""
        app, view = self.app, self.app.hook_view()
        body: dict[str, Any] = {"timestamp": millis(app.clock.now()), "webhookEvent": event}
        if not app.cloud and event != "comment_created":
            body["user"] = view.person(who)
        body["comment"] = comment_json(app, view, issue, comment)
        if app.cloud:
            body["issue"] = issue_json(app, view, issue, SIX_FIELDS, [])
            del body["issue"]["expand"]
        app.automation.heard(event, who, issue)
        self._tell(event, body, issue, lambda hook: True, secondary)
        if alone and not secondary:
            self.issue(
                "jira:issue_updated", who, issue, SECOND[event], None, comment if event != "comment_deleted" else None
            )

    def attachment(self, event: str, one: Attachment) -> None:
        """`attachment_created|deleted`: without the issue."""
        body = {
            "timestamp": millis(self.app.clock.now()),
            "webhookEvent": event,
            "attachment": attachment_json(self.app.hook_view(), one),
        }
        self._tell(event, body, None, lambda hook: True)

    def link(self, event: str, one: Link, secondary: bool = False) -> None:
        """`issuelink_created|deleted`."""
        kind = {
            "id": int(one.type.id),
            "name": one.type.name,
            "outwardName": one.type.more["outward"],
            "inwardName": one.type.more["inward"],
            "isSubTaskLinkType": False,
            "isSystemLinkType": False,
        }
        body = {
            "timestamp": millis(self.app.clock.now()),
            "webhookEvent": event,
            "issueLink": {
                "id": int(one.id),
                "sourceIssueId": int(one.inward),
                "destinationIssueId": int(one.outward),
                "issueLinkType": kind,
                "systemLink": False,
            },
        }
        self._tell(event, body, None, lambda hook: True, secondary)

    def issue_property(self, event: str, who: Person, issue: Issue, key: str) -> None:
        """`issue_property_set|deleted`."""
        view = self.app.hook_view()
        body = {
            "timestamp": millis(self.app.clock.now()),
            "webhookEvent": event,
            "user": view.person(who),
            "issue": {"id": issue.id, "key": issue.key, "self": view.url(f"issue/{issue.id}")},
            "property": {"key": key, "value": issue.properties.get(key)},
        }
        self._tell(event, body, issue, lambda hook: not hook.properties or key in hook.properties)

    def version(self, event: str, owner: Project, one: Named) -> None:
        """`jira:version_created|updated|released|unreleased`."""
        shown = self.app.hook_view().named("versions", one) | {"overdue": False, "projectId": int(owner.id)}
        self._tell(
            event,
            {"timestamp": millis(self.app.clock.now()), "webhookEvent": event, "version": shown},
            None,
            lambda hook: True,
        )

    def attempted(self, delivery: Delivery) -> None:
        """Keeps count of each hook's outcomes (Data Center shows them)."""
        for number in delivery.hook if isinstance(delivery.hook, list) else [delivery.hook]:
            if number in self.hooks and delivery.state in ("delivered", "failed"):
                self.hooks[number].outcomes["successes" if delivery.state == "delivered" else "failures"] += 1

    def _tell(
        self,
        event: str,
        body: dict[str, Any],
        issue: Issue | None,
        takes: Callable[[Hook], bool],
        secondary: bool = False,
    ) -> None:
        hooks = [one for one in self.hooks.values() if self._hears(one, event, issue) and takes(one)]
        for one in [each for each in hooks if each.kind == "admin"]:
            self._send(one, one.id, event, None if one.exclude_body else body, secondary)
        by_url: dict[str, list[Hook]] = {}
        for one in [each for each in hooks if each.kind == "dynamic"]:
            by_url.setdefault(one.url, []).append(one)
        for same in by_url.values():
            numbers = [one.id for one in same]
            self._send(same[0], numbers, event, body | {"matchedWebhookIds": numbers}, secondary)

    def _hears(self, hook: Hook, event: str, issue: Issue | None) -> bool:
        if (
            not hook.enabled
            or event not in hook.events
            or hook.expires is not None
            and hook.expires <= self.app.clock.now()
        ):
            return False
        owner = self.app.state.people.get(hook.owner)
        if owner is None:
            return False
        if issue is None or not hook.jql.strip():
            return True
        try:
            return Matcher(self.app, owner, read(hook.jql)).matches(issue)
        except Stop:
            return False  # a filter that has become invalid hears nothing

    def _send(self, hook: Hook, numbers: Any, event: str, body: dict[str, Any] | None, secondary: bool) -> None:
        payload = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        identity = str(uuid.uuid4())

        def sign(delivery: Delivery, attempt: int) -> dict[str, str]:
            headers = {"Content-Type": "application/json; charset=UTF-8"}
            if self.app.cloud:
                headers |= {
                    "User-Agent": "Atlassian HttpClient unknown / JIRA-1001.0.0-SNAPSHOT (100300) / Default",
                    "X-Atlassian-Webhook-Identifier": identity,
                    "X-Atlassian-Webhook-Flow": "Secondary" if secondary else "Primary",
                }
                if attempt:
                    headers["X-Atlassian-Webhook-Retry"] = str(attempt)
                if hook.kind == "dynamic":
                    headers["Authorization"] = f"Bearer {self._jwt()}"
            else:
                headers["User-Agent"] = "Atlassian HttpClient 4.1.1 / Jira-10.3.24 (10030024) / Default"
            if hook.secret:
                headers["X-Hub-Signature"] = (
                    "sha256=" + hmac.new(hook.secret.encode(), payload, hashlib.sha256).hexdigest()
                )
            return headers

        self.app.sender.send(numbers, event, hook.url, payload, sign, identity)

    def _jwt(self) -> str:
        """What an OAuth app's webhooks are proven by: a JWT, HS256 with the client's secret [D]; its claims are [T]."""
        oauth, now = self.app.state.oauth, int(self.app.clock.now().timestamp())
        parts = [
            {"typ": "JWT", "alg": "HS256"},
            {
                "iss": oauth["client"],
                "iat": now,
                "exp": now + 180,
                "aud": oauth["client"],
                "context": {"cloudId": self.app.state.site["cloudId"]},
            },
        ]
        text = b".".join(_b64(json.dumps(part).encode()) for part in parts)
        return (text + b"." + _b64(hmac.new(oauth["secret"].encode(), text, hashlib.sha256).digest())).decode()


def _b64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")
