"""When a search sees a change. Cloud's searches lag: "from a few seconds to minutes" [D search-and-reconcile].

`settings["search_lag"]` seconds of the simulator's clock; 0: at once. `reconcileIssues` looks past the lag, for ids one
knows. The same for `GET /issue/{key}` by `settings["read_lag"]`: a node of Data Center that is behind the others [?].
"""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .state import Issue

if TYPE_CHECKING:
    from .app import Jira


class Index:
    """What is known of each issue: snapshots, each with the time from which it is seen."""

    def __init__(self, app: "Jira", lag: str) -> None:
        self.app = app
        self._lag = lag
        self._seen: dict[str, list[tuple[datetime, Issue | None]]] = {}

    @property
    def lag(self) -> float:
        """Seconds."""
        return float(self.app.settings[self._lag])

    def touch(self, issue: Issue, at_once: bool = False) -> None:
        """An issue has changed."""
        self._note(issue, _snapshot(issue), at_once)

    def removed(self, issue: Issue) -> None:
        """An issue is gone: search may still find it, and shows nothing for it."""
        self._note(issue, None, False)

    def known(self, identity: str) -> Issue | None:
        """An issue as it is seen now; None when it is not seen (yet, or any more)."""
        if self.lag <= 0:
            return self.app.state.issues.get(identity)
        now, snapshots = self.app.clock.now(), self._seen.get(identity, [])
        due = [one for one in snapshots if one[0] <= now]
        if len(due) > 1:
            del snapshots[: len(due) - 1]
        return due[-1][1] if due else None

    def issues(self, reconcile: list[str]) -> list[Issue]:
        """The issues as search knows them; those to reconcile as they are."""
        if self.lag <= 0:
            return list(self.app.state.issues.values())
        live = self.app.state.issues
        found = [live.get(one) if one in reconcile else self.known(one) for one in list(self._seen)]
        return [one for one in found if one is not None]

    def _note(self, issue: Issue, known: Issue | None, at_once: bool) -> None:
        now = self.app.clock.now()
        if self.lag <= 0 or at_once:
            self._seen[issue.id] = [(now, known)]
        else:
            self._seen.setdefault(issue.id, []).append((now + timedelta(seconds=self.lag), known))


def _snapshot(issue: Issue) -> Issue:
    kept = copy.copy(issue)
    kept.values = dict(issue.values)
    kept.comments = list(issue.comments)
    kept.watchers = list(issue.watchers)
    return kept
