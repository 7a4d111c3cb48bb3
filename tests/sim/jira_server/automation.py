"""Automation for Jira: rules that react to a change as a user of their own, right after it.

To a bridge that looks like a person's change, in answer to its own [CHEATSHEET 1, webhooks].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import comments
from .state import Issue, Person

if TYPE_CHECKING:
    from .app import Jira

KEYS = {"on", "by", "status", "to", "comment", "internal", "labels"}


class Automation:
    """Rules: {on: event, by: who caused it (any), status: of the issue (any), and what to do: to, comment, internal,
    labels}.
    """

    def __init__(self, app: "Jira") -> None:
        self.app = app
        self.rules: list[dict[str, Any]] = []
        self._due: list[tuple[dict[str, Any], Issue]] = []

    def add(self, rule: dict[str, Any]) -> None:
        """One more; ValueError for what it cannot do."""
        if unknown := set(rule) - KEYS:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(KEYS))}")
        self.rules.append(rule)

    def heard(self, event: str, who: Person, issue: Issue) -> None:
        """Something happened; rules do not react to rules."""
        if who.kind == "app":
            return
        for rule in self.rules:
            if (
                rule.get("on", "jira:issue_updated") == event
                and rule.get("by") in (None, who.name)
                and rule.get("status") in (None, issue.status)
            ):
                self._due.append((rule, issue))

    def run(self) -> None:
        """Does what is due, after the request that caused it."""
        due, self._due = self._due, []
        robot = next(one for one in self.app.state.people.values() if one.kind == "app")
        view = self.app.view(self.app.base, "2", robot)
        for rule, issue in due:
            if issue.id not in self.app.state.issues:
                continue
            if "labels" in rule:
                self.app.work.set(
                    view, issue, {"labels": list(dict.fromkeys([*(issue.values.get("labels") or []), *rule["labels"]]))}
                )
            if "to" in rule:
                self.app.work.move_status(view, issue, rule["to"], {})
            if "comment" in rule:
                properties = [{"key": "sd.public.comment", "value": {"internal": True}}] if rule.get("internal") else []
                comments.put(self.app, view, issue, {"body": rule["comment"], "properties": properties})
