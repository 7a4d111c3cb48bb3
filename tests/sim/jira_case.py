"""What the tests of the Jira simulator stand on."""

from __future__ import annotations

import base64
import unittest
from typing import Any
from urllib.parse import quote

from common.testing import HERE, Reply, Sink, Started

MAILS = {
    "admin": "admin@example.com",
    "agent": "saksbro@example.com",
    "kari": "kari@example.com",
    "ola": "ola@example.com",
    "nobody": "nobody@example.com",
    "customer": "petter@oslo.example",
}
KARI = "5c5f880629be9642ba529340"


def adf(*paragraphs: str) -> dict[str, Any]:
    """A document of paragraphs."""
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": one}]} for one in paragraphs],
    }


class JiraCase(unittest.TestCase):
    """One Jira for all tests of a class, at the seed before each. After each, nothing may have broken the contract.

    Classes below it choose the dialect.
    """

    dialect = "cloud"
    # What a client that others wrote sends although the specification forbids it: "place: message".
    client_sends: tuple[str, ...] = ()
    jira: Started

    @classmethod
    def setUpClass(cls) -> None:
        specs = [str(HERE / "specs" / f"jira-{cls.dialect}-{name}.json") for name in ("bridge", "more")]
        checks = ["--check", specs[0], "--check", specs[1], "--adf", str(HERE / "specs" / "adf-full.json")]
        cls.jira = Started("jira", "--dialect", cls.dialect, *checks)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.jira.stop()

    def setUp(self) -> None:
        self.jira.sim("POST", "/reset")
        self.jira.sim("POST", "/clock", {"stopped": False})

    def tearDown(self) -> None:
        self.assertEqual(self.jira.sim("GET", "/failures")["failures"], [])
        violations = self.jira.sim("GET", "/violations")["violations"]
        self.assertEqual(
            [
                one
                for one in violations
                if one["where"] == "answer" or f"{one['place']}: {one['message']}" not in self.client_sends
            ],
            [],
        )

    @property
    def cloud(self) -> bool:
        return self.dialect == "cloud"

    def text(self, words: str) -> Any:
        """A text as this dialect takes it."""
        return adf(*words.split("\n\n")) if self.cloud else words

    def proof(self, who: str) -> dict[str, str]:
        """The header that says who asks."""
        if self.cloud:
            return {"Authorization": "Basic " + base64.b64encode(f"{MAILS[who]}:{who}-token".encode()).decode()}
        return {"Authorization": f"Bearer {who}-token"}

    def ask(
        self, method: str, path: str, body: Any = None, who: str = "agent", headers: dict[str, str] | None = None
    ) -> Reply:
        """A request; a path without `/` before it is below /rest/api/N/."""
        if not path.startswith("/"):
            path = f"/rest/api/{3 if self.cloud else 2}/{path}"
        return self.jira.call(method, path, body, self.proof(who) | (headers or {}))

    def good(self, method: str, path: str, body: Any = None, who: str = "agent") -> Any:
        """A request that must succeed; its JSON, None without a body."""
        reply = self.ask(method, path, body, who)
        self.assertLess(reply.status, 300, f"{method} {path}: {reply.text}")
        return reply.json if reply.body else None

    def issue(
        self, who: str = "agent", project: str = "OPS", kind: str = "Task", properties: Any = None, **fields: Any
    ) -> str:
        """The key of a new issue."""
        body: dict[str, Any] = {
            "fields": {"project": {"key": project}, "issuetype": {"name": kind}, "summary": "Printer", **fields}
        }
        if properties:
            body["properties"] = properties
        return self.good("POST", "issue", body, who)["key"]

    def read(self, key: str, who: str = "agent", **query: str) -> dict[str, Any]:
        """The issue as it is now."""
        more = "&".join(f"{name}={quote(value)}" for name, value in query.items())
        return self.good("GET", f"issue/{key}" + (f"?{more}" if more else ""), who=who)

    def search(self, jql: str, who: str = "agent", **more: Any) -> list[str]:
        """The keys that a query finds."""
        if self.cloud:
            found = self.good("POST", "search/jql", {"jql": jql, "fields": ["summary"], "maxResults": 100, **more}, who)
        else:
            found = self.good("POST", "search", {"jql": jql, "fields": ["summary"], "maxResults": 100, **more}, who)
        return [one["key"] for one in found["issues"]]

    def refused(self, reply: Reply, status: int, *fields: str) -> None:
        """It was refused, because of these fields."""
        self.assertEqual(reply.status, status, reply.text)
        if fields:
            self.assertEqual(sorted(reply.json["errors"]), sorted(fields))


class DataCenterCase(JiraCase):
    """The same, of Data Center."""

    dialect = "dc"


__all__ = ["DataCenterCase", "HERE", "JiraCase", "KARI", "Reply", "Sink", "adf"]
