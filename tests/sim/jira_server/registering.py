"""Registering webhooks: by an administrator, or by an OAuth app (dynamic: 30 days, then nothing comes without a word).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from common.wire import Answer, Stop

from .answers import millis, need_shape, number_of, page, refused, stamp
from .jql import read
from .matching import Matcher
from .webhooks import Hook

if TYPE_CHECKING:
    from .app import Call

LIFE = timedelta(days=30)
# Five for an app, a user and a site [T].
MOST = 5
ADMIN = {
    "name": str,
    "url": str,
    "events": [str],
    "filters": dict,
    "configuration": dict,
    "jqlFilter": str,
    "secret": str,
}
# "Only a subset of JQL can be used" [S WebhookDetails].
DYNAMIC_FIELDS = {"issuekey", "project", "issuetype", "status", "assignee", "reporter", "issue.property", "key"}
DYNAMIC_OPERATORS = {"=", "!=", "in", "not in"}


def _administrator(call: "Call") -> None:
    if not call.rights.may(call.who, "ADMINISTER"):
        raise refused(403, "You are not authorized to perform this action. Administrator privileges are required.")


def _checked_jql(call: "Call", jql: str) -> str:
    need_shape(jql, str)
    Matcher(call.app, call.who, read(jql))
    return jql


def admin_hooks(call: "Call") -> Answer:
    """GET, POST /rest/webhooks/1.0/webhook (Cloud), /rest/jira-webhook/1.0/webhooks (Data Center)."""
    _administrator(call)
    if call.request.method == "GET":
        return Answer(200, [_admin_json(call, one) for one in call.app.webhooks.hooks.values() if one.kind == "admin"])
    hook = Hook(call.app.webhooks.next_id(), "admin", "", "", [], "", call.who.name)
    _take(call, hook, call.body(**ADMIN))
    call.app.webhooks.add(hook)
    return Answer(201, _admin_json(call, hook))


def admin_hook(call: "Call", identity: str) -> Answer:
    """GET, PUT, DELETE one."""
    _administrator(call)
    hook = call.app.webhooks.hooks.get(int(identity)) if identity.isdecimal() else None
    if hook is None or hook.kind != "admin":
        raise refused(404, f"Webhook with id {identity} does not exist.")
    if call.request.method == "DELETE":
        del call.app.webhooks.hooks[hook.id]
        return Answer(204)
    if call.request.method == "PUT":
        _take(call, hook, call.body(**ADMIN))
    return Answer(200, _admin_json(call, hook))


def _take(call: "Call", hook: Hook, body: dict[str, Any]) -> None:
    configuration = body.get("configuration") or {}
    hook.name, hook.url = body.get("name") or hook.name, body.get("url") or hook.url
    if not hook.name or not str(hook.url).startswith(("http://", "https://")):
        raise refused(400, "The webhook needs a name and a URL.")
    hook.events = body.get("events") or hook.events
    filters = body.get("filters") or {}
    hook.jql = _checked_jql(
        call,
        filters.get("issue-related-events-section")
        or body.get("jqlFilter")
        or configuration.get("FILTERS")
        or hook.jql,
    )
    hook.secret = body.get("secret") or configuration.get("SECRET") or hook.secret
    exclude = body.get("excludeBody", configuration.get("EXCLUDE_BODY", hook.exclude_body))
    hook.exclude_body = exclude in (True, "true")
    hook.enabled = body.get("enabled", body.get("active", hook.enabled))


def _admin_json(call: "Call", hook: Hook) -> dict[str, Any]:
    """A secret is never shown again."""
    if call.cloud:
        return {
            "name": hook.name,
            "url": hook.url,
            "excludeBody": hook.exclude_body,
            "filters": {"issue-related-events-section": hook.jql},
            "events": hook.events,
            "enabled": hook.enabled,
            "isSigned": bool(hook.secret),
            "self": f"{call.request.base}/rest/webhooks/1.0/webhook/{hook.id}",
            "lastUpdatedUser": call.who.id,
            "lastUpdated": millis(hook.created or call.app.clock.now()),
        }
    return {
        "id": hook.id,
        "name": hook.name,
        "url": hook.url,
        "active": hook.enabled,
        "events": hook.events,
        "scopeType": "global",
        "sslVerificationRequired": True,
        "createdDate": millis(hook.created or call.app.clock.now()),
        "configuration": {"FILTERS": hook.jql, "EXCLUDE_BODY": str(hook.exclude_body).lower()},
        "statistics": {"counts": hook.outcomes},
    }


def _app(call: "Call") -> None:
    if call.request.headers.get("x-sim-token-kind") != "oauth":
        raise refused(403, "Only Connect and OAuth 2.0 apps can use this operation.")


def _mine(call: "Call") -> list[Hook]:
    return [one for one in call.app.webhooks.hooks.values() if one.kind == "dynamic" and one.owner == call.who.name]


def dynamic_hooks(call: "Call") -> Answer:
    """GET, POST, DELETE /rest/api/3/webhook."""
    _app(call)
    if call.request.method == "POST":
        return _register(call)
    if call.request.method == "DELETE":
        for number in call.body(webhookIds=[int]).get("webhookIds") or []:
            if number in call.app.webhooks.hooks and call.app.webhooks.hooks[number].owner == call.who.name:
                del call.app.webhooks.hooks[number]
        return Answer(202)
    chosen, told = page(
        _mine(call), number_of(call.one("startAt"), 0), number_of(call.one("maxResults"), 100, 1, 100), isLast=True
    )
    return Answer(200, told | {"values": [_dynamic_json(one) for one in chosen]})


def _dynamic_json(hook: Hook) -> dict[str, Any]:
    told: dict[str, Any] = {"id": hook.id, "jqlFilter": hook.jql, "events": hook.events, "url": hook.url}
    told |= {"fieldIdsFilter": hook.fields} if hook.fields else {}
    told |= {"issuePropertyKeysFilter": hook.properties} if hook.properties else {}
    # A stamp, as in Atlassian's own example; its schema says a number (specs/PROVENANCE.md, trap 1).
    return told | {"expirationDate": stamp(hook.expires, "UTC")}


def _register(call: "Call") -> Answer:
    body = call.body(url=str, webhooks=[dict])
    told: list[dict[str, Any]] = []
    if not str(body.get("url", "")).startswith("http"):
        raise refused(400, "The url is not valid.")
    if any(one.url != body["url"] for one in _mine(call)):
        raise refused(400, "Only a single URL per app is allowed to be registered.")
    for one in body.get("webhooks") or []:
        errors = _errors(call, one)
        if not errors and len(_mine(call)) >= MOST:
            errors = ["The maximum number of webhooks has been reached."]
        if errors:
            told.append({"errors": errors})
            continue
        hook = Hook(
            call.app.webhooks.next_id(),
            "dynamic",
            "",
            body["url"],
            one["events"],
            one["jqlFilter"],
            call.who.name,
            expires=call.app.clock.now() + LIFE,
            fields=one.get("fieldIdsFilter") or [],
            properties=one.get("issuePropertyKeysFilter") or [],
        )
        told.append({"createdWebhookId": call.app.webhooks.add(hook).id})
    return Answer(200, {"webhookRegistrationResult": told})


def _errors(call: "Call", one: dict[str, Any]) -> list[str]:
    known = {
        "jira:issue_created",
        "jira:issue_updated",
        "jira:issue_deleted",
        "comment_created",
        "comment_updated",
        "comment_deleted",
        "issue_property_set",
        "issue_property_deleted",
    }
    need_shape(one.get("events"), [str])
    need_shape(one.get("jqlFilter"), str)
    errors = [f"The event {event} is unsupported" for event in one.get("events") or [] if event not in known]
    if not one.get("events"):
        errors.append("At least one event is required")
    try:
        query = read(one.get("jqlFilter") or "")
        Matcher(call.app, call.who, query)
    except Stop as stop:
        return errors + stop.answer.body["errorMessages"]
    for clause in query.clauses():
        if clause.field.lower() not in DYNAMIC_FIELDS and not clause.field.lower().startswith(
            ("issue.property", "cf[")
        ):
            errors.append(f"The clause {clause.field} is unsupported")
        elif clause.operator not in DYNAMIC_OPERATORS:
            errors.append(f"The operator {clause.operator} is unsupported")
    return errors


def refresh(call: "Call") -> Answer:
    """PUT /webhook/refresh: 30 days more. An expired one cannot be refreshed."""
    _app(call)
    expires = call.app.clock.now() + LIFE
    numbers = call.body(webhookIds=[int]).get("webhookIds") or []
    for one in _mine(call):
        if one.id in numbers and one.expires and one.expires > call.app.clock.now():
            one.expires = expires
    return Answer(200, {"expirationDate": stamp(expires, "UTC")})


def failed(call: "Call") -> Answer:
    """GET /webhook/failed: for Connect apps only; an OAuth app is refused [S]."""
    raise refused(403, "Only Connect apps can use this operation.")
