"""What Jira does against too many requests, and its other answers that a fault can order.

Cloud [D developer.atlassian.com/cloud/jira/platform/rate-limiting]: writes on one issue, 20 in 2 s and 100 in 30 s; a
burst limit for each endpoint; points per hour. Data Center: X-RateLimit headers on each answer, when the administrator
turned it on. Limits run by the machine's clock: a stopped clock must not make them last.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict, deque
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from common.faults import VendorAnswer
from common.wire import Answer, Request, Stop

if TYPE_CHECKING:
    from .app import Jira

ONE_ISSUE = re.compile(r"/rest/(?:api/\w+/issue|servicedeskapi/request)/([A-Za-z0-9_-]+)(?:/.*)?")
NO_ISSUE = {"bulk", "bulkfetch", "createmeta", "picker"}


class Limits:
    """Counts writes per issue, and calls per endpoint."""

    def __init__(self, app: "Jira") -> None:
        self.app = app
        self._writes: dict[str, deque[float]] = defaultdict(deque)
        self._calls: dict[str, deque[float]] = defaultdict(deque)

    def count(self, request: Request) -> None:
        """Refuses with 429 what is too much."""
        # A slow machine does not reach the vendor's figures: `limit_seconds` takes the place of their short intervals.
        now, longer = time.monotonic(), float(self.app.settings["limit_seconds"])
        if self.app.settings["per_issue_limit"] and request.method in ("POST", "PUT", "DELETE"):
            found = ONE_ISSUE.fullmatch(request.path)
            issue = self.app.state.issue_of(found[1]) if found and found[1] not in NO_ISSUE else None
            if issue and _over(self._writes[issue.id], now, ((20, longer or 2.0), (100, longer or 30.0))):
                raise Stop(too_many(5, "jira-per-issue-on-write"))
        if self.app.settings["burst_limit"]:
            limit = 50 if request.method in ("PUT", "DELETE") else 100
            endpoint = f"{request.method} {re.sub(r'/[A-Z]+-[0-9]+|/[0-9]+', '/*', request.path)}"
            if _over(self._calls[endpoint], now, ((limit, longer or 1.0),)):
                raise Stop(too_many(1, "jira-burst-based"))

    def headers(self, request: Request) -> dict[str, str]:
        """What each answer says."""
        if not self.app.settings["rate_headers"]:
            return {}
        if self.app.cloud:
            return {
                "X-RateLimit-Limit": "100",
                "X-RateLimit-Remaining": "97",
                "X-RateLimit-Reset": _hour(),
                "X-RateLimit-NearLimit": "false",
                "RateLimit-Policy": '"global-app-quota";q=65000;w=3600',
                "RateLimit": '"global-app-quota";r=64000;t=600',
            }
        return {
            "X-RateLimit-Limit": "50",
            "X-RateLimit-Remaining": "49",
            "X-RateLimit-Interval-Seconds": "60",
            "X-RateLimit-FillRate": "50",
            "retry-after": "0",
        }


def _over(times: deque[float], now: float, limits: tuple[tuple[int, float], ...]) -> bool:
    """Whether one of (count, seconds) is reached; notes the time when none is."""
    while times and times[0] < now - limits[-1][1]:
        times.popleft()
    for count, seconds in limits:
        if sum(one > now - seconds for one in times) >= count:
            return True
    times.append(now)
    return False


def too_many(seconds: float | None, reason: str, reset: str | None = None) -> Answer:
    """A 429 of Cloud's."""
    headers = {
        "X-RateLimit-Limit": "100",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-NearLimit": "true",
        "RateLimit-Reason": reason,
        "X-RateLimit-Reset": reset or _in(seconds or 1),
    }
    if seconds is not None:
        headers["Retry-After"] = str(int(seconds))
    return Answer(429, {"errorMessages": ["Rate limit exceeded"], "errors": {}}, headers)


def vendor_answers(cloud: bool) -> dict[str, VendorAnswer]:
    """What `{"do": "vendor", "name": …}` may name. `seconds` in the order is the wait that is asked for."""
    both: dict[str, VendorAnswer] = {
        "unavailable": lambda order: Answer(
            503,
            "<html><body>Service Unavailable</body></html>",
            {"Content-Type": "text/html", "Retry-After": str(int(order["seconds"] or 30))},
        ),
        "unavailable-without-retry-after": lambda order: Answer(
            503, "<html><body>Service Unavailable</body></html>", {"Content-Type": "text/html"}
        ),
        "gateway-429": lambda order: Answer(
            429, "<html><body>Too Many Requests</body></html>", {"Content-Type": "text/html"}
        ),
        "conflict": lambda order: Answer(
            409, {"errorMessages": ["Issue was changed by another request. Please try again."], "errors": {}}
        ),
        "html-login": lambda order: Answer(
            200, "<html><head><title>Log in</title></head></html>", {"Content-Type": "text/html;charset=UTF-8"}
        ),
        "not-json": lambda order: Answer(
            200, '{"id": "10001", "key": ', {"Content-Type": "application/json;charset=UTF-8"}
        ),
    }
    return both | (_of_cloud() if cloud else _of_data_center())


def _of_data_center() -> dict[str, VendorAnswer]:
    return {
        "rate-limited": lambda order: Answer(
            429,
            {"message": "Rate limit exceeded."},
            {
                "X-RateLimit-Limit": "50",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Interval-Seconds": "60",
                "X-RateLimit-FillRate": "50",
                "retry-after": str(int(order["seconds"] or 3)),
            },
        ),
        "captcha": lambda order: Answer(
            403,
            "Basic Authentication Failure - Reason : AUTHENTICATION_DENIED",
            {
                "X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=/login.jsp",
                "X-Seraph-LoginReason": "AUTHENTICATION_DENIED",
            },
        ),
    }


def _of_cloud() -> dict[str, VendorAnswer]:
    return {
        "burst": lambda order: too_many(order["seconds"] or 1, "jira-burst-based"),
        "per-issue": lambda order: too_many(order["seconds"] or 5, "jira-per-issue-on-write"),
        "quota": lambda order: _quota(order["seconds"] or 600),
        "cost": lambda order: too_many(order["seconds"] or 10, "jira-cost-based"),
        # The reset without seconds: `2026-03-26T16:00Z` [D].
        "quota-without-retry-after": lambda order: too_many(None, "jira-quota-tenant-based", _hour()),
        "unauthorized": lambda order: Answer(401, {"code": 401, "message": "Unauthorized"}),
        "gone": lambda order: Answer(
            410,
            {
                "errorMessages": [
                    "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. "
                    "A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046"
                ],
                "errors": {},
            },
        ),
    }


def _quota(seconds: float) -> Answer:
    answer = too_many(seconds, "jira-quota-global-based", _hour())
    answer.headers |= {
        "Beta-RateLimit": f'"burst-api";r=40;t=1, "global-app-quota";r=0;t={int(seconds)}',
        "Beta-RateLimit-Policy": '"global-app-quota";q=65000;w=3600, "burst-api";q=100;w=1',
    }
    return answer


def _in(seconds: float) -> str:
    return (datetime.now(timezone.utc) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _hour() -> str:
    return (datetime.now(timezone.utc) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:00Z")
