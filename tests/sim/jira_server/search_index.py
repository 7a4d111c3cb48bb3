"""When a search sees a change. Cloud's searches lag: "from a few seconds to minutes" [D search-and-reconcile].

`settings["search_lag"]` seconds of the simulator's clock; 0: at once. `reconcileIssues` looks past the lag, for ids one
knows.
"""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .state import Issue

if TYPE_CHECKING:
    from .app import Jira


class Index:
    """What search knows of each issue: snapshots, each with the time from which it is seen."""

    def __init__(self, app: "Jira") -> None:
        self.app = app
        self._seen: dict[str, list[tuple[datetime, Issue | None]]] = {}

    def touch(self, issue: Issue) -> None:
        """An issue has changed."""
        self._note(issue, _snapshot(issue))

    def removed(self, issue: Issue) -> None:
        """An issue is gone: search may still find it, and shows nothing for it."""
        self._note(issue, None)

    def issues(self, reconcile: list[str]) -> list[Issue]:
        """The issues as search knows them; those to reconcile as they are."""
        now, found = self.app.clock.now(), []
        for identity, snapshots in self._seen.items():
            due = [one for one in snapshots if one[0] <= now]
            if len(due) > 1:
                del snapshots[: len(due) - 1]
            if identity in reconcile:
                known = self.app.state.issues.get(identity)
            else:
                known = due[-1][1] if due else None
            if known is not None:
                found.append(known)
        return found

    def _note(self, issue: Issue, known: Issue | None) -> None:
        lag = float(self.app.settings["search_lag"])
        if lag <= 0:
            self._seen[issue.id] = [(self.app.clock.now(), self.app.state.issues.get(issue.id))]
            if known is None:
                self._seen.pop(issue.id)
            return
        self._seen.setdefault(issue.id, []).append((self.app.clock.now() + timedelta(seconds=lag), known))


def _snapshot(issue: Issue) -> Issue:
    kept = copy.copy(issue)
    kept.values = dict(issue.values)
    kept.comments = list(issue.comments)
    kept.watchers = list(issue.watchers)
    return kept
