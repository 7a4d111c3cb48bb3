"""Searches: `search` with startAt (Data Center), `search/jql` with nextPageToken (Cloud), and issue/bulkfetch."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from common.wire import Answer

from .answers import number_of, refused
from .jql import read
from .limits import vendor_answers
from .matching import Matcher
from .show import issue_json, wanted_fields
from .state import Issue

if TYPE_CHECKING:
    from .app import Call

# The body of search/jql takes these and nothing else [S SearchAndReconcileRequestBean: additionalProperties false].
JQL_KEYS = {"expand", "fields", "fieldsByKeys", "jql", "maxResults", "nextPageToken", "properties", "reconcileIssues"}


def _found(call: "Call", jql: str, reconcile: list[str]) -> list[Issue]:
    matcher = Matcher(call.app, call.who, read(jql))
    hits = [one for one in call.app.index.issues(reconcile) if call.rights.sees(call.who, one) and matcher.matches(one)]
    return [call.state.issues[one.id] for one in matcher.sorted(hits) if one.id in call.state.issues]


def by_start(call: "Call") -> Answer:
    """GET, POST /search: removed from Cloud (410), the one search of Data Center."""
    if call.cloud:
        return vendor_answers(True)["gone"]({})
    if call.request.method == "POST":
        body = call.body(jql=str, startAt=int, maxResults=int, fields=[str], expand=[str])
        jql, start, limit = body.get("jql") or "", int(body.get("startAt") or 0), int(body.get("maxResults") or 50)
        fields, expand = body.get("fields"), body.get("expand") or []
    else:
        jql, start, limit = (
            call.one("jql") or "",
            number_of(call.one("startAt"), 0),
            number_of(call.one("maxResults"), 50),
        )
        fields, expand = call.names("fields") or None, call.names("expand")
    hits = _found(call, jql, [])
    limit = max(0, min(limit, 1000))  # jira.search.views.default.max: what is more is made less without a word
    chosen = wanted_fields(fields, "*navigable")
    shown = [issue_json(call.app, call.view, one, chosen, expand) for one in hits[start : start + limit]]
    return Answer(
        200, {"expand": "schema,names", "startAt": start, "maxResults": limit, "total": len(hits), "issues": shown}
    )


def by_token(call: "Call") -> Answer:
    """GET, POST /search/jql (Cloud): pages by token, no total, `fields` are only ids unless asked for; the query must
    be bounded.
    """
    if call.request.method == "POST":
        asked = call.body(jql=str, maxResults=int, fields=[str], expand=str, reconcileIssues=[int], nextPageToken=str)
        if unknown := set(asked) - JQL_KEYS:
            raise refused(
                400,
                f"Invalid request payload. Refer to the REST API documentation and try again. ({', '.join(sorted(unknown))})",
            )
    else:
        asked = {name: call.one(name) for name in ("jql", "maxResults", "nextPageToken") if call.one(name) is not None}
        asked |= {
            "fields": call.names("fields") or None,
            "expand": call.one("expand") or "",
            "reconcileIssues": call.names("reconcileIssues"),
        }
    jql, reconcile = asked.get("jql") or "", [str(one) for one in asked.get("reconcileIssues") or []]
    if len(reconcile) > 50:
        raise refused(400, "The number of issues to reconcile must not be more than 50.")
    if read(jql).where is None:
        raise refused(400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
    limit = max(1, min(number_of(str(asked.get("maxResults") or ""), 50), 5000))
    fields = asked.get("fields")
    if fields and set(fields) - {"id", "key"}:
        limit = min(limit, 100)  # more only for ids and keys [S]
    start, promised = _opened(asked.get("nextPageToken"), jql)
    hits = _found(call, jql, reconcile)
    return _page(
        call,
        hits,
        start,
        limit,
        fields,
        [part for part in str(asked.get("expand") or "").split(",") if part],
        jql,
        promised,
    )


def _page(
    call: "Call", hits: list[Issue], start: int, limit: int, fields: Any, expand: list[str], jql: str, promised: bool
) -> Answer:
    settings = call.app.settings
    if settings["empty_page_first"] and not promised and hits:
        # A page may be empty and still have a token: it is not the end [SUPPLIERS 3].
        return Answer(200, {"issues": [], "nextPageToken": _token(0, jql, True), "isLast": False})
    chosen = wanted_fields(fields, "id")
    shown = [issue_json(call.app, call.view, one, chosen, expand) for one in hits[start : start + limit]]
    last = start + limit >= len(hits)
    answer: dict[str, Any] = {"issues": shown}
    if not last or settings["last_page_has_token"]:
        answer["nextPageToken"] = _token(start + (0 if last else limit), jql, True)
    if settings["is_last"]:
        answer["isLast"] = last
    return Answer(200, answer)


def _token(start: int, jql: str, promised: bool) -> str:
    return base64.urlsafe_b64encode(json.dumps([start, jql, promised]).encode()).decode().rstrip("=")


def _opened(token: Any, jql: str) -> tuple[int, bool]:
    if not token:
        return 0, False
    try:
        start, made_for, promised = json.loads(base64.urlsafe_b64decode(str(token) + "=" * (-len(str(token)) % 4)))
    except (ValueError, TypeError):
        raise refused(400, "The provided next page token is invalid.") from None
    if made_for != jql:
        raise refused(400, "The provided next page token is invalid.")
    return int(start), bool(promised)


def count(call: "Call") -> Answer:
    """POST /search/approximate-count."""
    jql = call.body(jql=str).get("jql") or ""
    if read(jql).where is None:
        raise refused(400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
    return Answer(200, {"count": len(_found(call, jql, []))})


def bulkfetch(call: "Call") -> Answer:
    """POST /issue/bulkfetch (Cloud): at most 100, by ascending id, moved ones too. What is missing or not visible is
    simply absent [S].
    """
    body = call.body(issueIdsOrKeys=[str], fields=[str], expand=[str])
    asked = body.get("issueIdsOrKeys")
    if not isinstance(asked, list) or not asked or len(asked) > 100:
        raise refused(400, "The number of issues must be between 1 and 100.")
    issues = {
        one.id: one for key in asked if (one := call.state.issue_of(str(key))) and call.rights.sees(call.who, one)
    }
    chosen = wanted_fields(body.get("fields"), "*navigable")
    shown = [
        issue_json(call.app, call.view, issues[key], chosen, body.get("expand") or [])
        for key in sorted(issues, key=int)
    ]
    return Answer(200, {"issues": shown})


def match(call: "Call") -> Answer:
    """POST /jql/match: which of these issues a query finds."""
    body = call.body(jqls=[str], issueIds=[int])
    ids = [str(one) for one in body.get("issueIds") or []]
    found = []
    for jql in body.get("jqls") or []:
        hits = {one.id for one in _found(call, jql, [])}
        found.append({"matchedIssues": [int(one) for one in ids if one in hits], "errors": []})
    return Answer(200, {"matches": found})


def parse(call: "Call") -> Answer:
    """POST /jql/parse: whether queries can be read; an answer per query, errors within."""
    from common.wire import Stop

    told = []
    for query in call.body(queries=[str]).get("queries") or []:
        try:
            Matcher(call.app, call.who, read(query))
            told.append({"query": query, "structure": {}})
        except Stop as stop:
            told.append({"query": query, "errors": stop.answer.body["errorMessages"]})
    return Answer(200, {"queries": told})
