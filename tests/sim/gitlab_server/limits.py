"""Rate limits, which `PUT /_sim/settings {"limits": "gitlab.com"}` switches on (docs: user/gitlab_com).

Two kinds. Of all requests: 429 by the throttle, plain text, with Retry-After. Of an action (issues, notes): 429 by the
application, JSON, WITHOUT Retry-After (gitlab#365728).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from common.wire import Answer, Stop

from .hooks import limit_of
from .world import World


class Limits:
    """Counts by the minute."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._counts: dict[tuple[str, str, int], int] = {}

    def request(self, who: str) -> dict[str, str]:
        """Counts a request; the headers that its answer has. Raises 429 when there were too many."""
        limit = limit_of(self.world, "requests")
        if not limit:
            return {}
        used = self._count("requests", who)
        headers = throttle_headers(self.world.clock.now(), limit, used)
        if used > limit:
            raise Stop(throttled(self.world.clock.now(), limit))
        return headers

    def action(self, what: str, who: str) -> None:
        """Counts an issue, a note: {"message": {"error": "This endpoint has been requested too many times..."}}."""
        if limit := limit_of(self.world, what):
            self.often(what, who, limit)

    def often(self, what: str, who: str, limit: int) -> None:
        """So many a minute, whatever the settings."""
        if self._count(what, who) > limit:
            raise Stop(too_often())

    def _count(self, what: str, who: str) -> int:
        key = (what, who, int(self.world.clock.now().timestamp()) // 60)
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]


def too_often() -> Answer:
    """The application's 429: no Retry-After."""
    return Answer(429, {"message": {"error": "This endpoint has been requested too many times. Try again later."}})


def throttled(now: datetime, limit: int = 2000) -> Answer:
    """The throttle's 429."""
    headers = throttle_headers(now, limit, limit + 1)
    reset = int(headers["RateLimit-Reset"])
    return Answer(
        429,
        "Retry later\n",
        headers | {"Retry-After": str(max(1, reset - int(now.timestamp()))), "Content-Type": "text/plain"},
    )


def throttle_headers(now: datetime, limit: int, used: int) -> dict[str, str]:
    """RateLimit-Reset is unix time, RateLimit-ResetTime the same as an HTTP date."""
    reset = (now + timedelta(minutes=1)).astimezone(timezone.utc).replace(second=0, microsecond=0)
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Name": "throttle_authenticated_api",
        "RateLimit-Observed": str(used),
        "RateLimit-Remaining": str(max(0, limit - used)),
        "RateLimit-Reset": str(int(reset.timestamp())),
        "RateLimit-ResetTime": reset.strftime("%a, %d %b %Y %H:%M:%S GMT"),
    }
