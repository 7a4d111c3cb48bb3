"""What the tests of the GitLab simulator stand on."""

from __future__ import annotations

import unittest
from typing import Any
from urllib.parse import quote

from common.testing import HERE, Received, Reply, Sink, Started

ADMIN, BRIDGE, KARI, OLA, GUEST, NOBODY = (
    "glpat-admin",
    "glpat-bridge",
    "glpat-kari",
    "glpat-ola",
    "glpat-guest",
    "glpat-nobody",
)
DESK, THIRD_LINE = "/api/v4/projects/1", "/api/v4/projects/2"


SIGNING = "whsec_yPiN+S4TATHtFw2pt2tI+M3EAeKZvNvTKMmwbA2Zyls="
ALL = {
    "issues_events": True,
    "confidential_issues_events": True,
    "note_events": True,
    "confidential_note_events": True,
    "releases_events": True,
    "milestone_events": True,
    "push_events": False,
}


class GitlabCase(unittest.TestCase):
    """One GitLab for all tests of a class, as the seed has it before each. Nothing may break the contract."""

    gitlab: Started
    contract = True

    @classmethod
    def setUpClass(cls) -> None:
        options = ["--check", str(HERE / "specs" / "gitlab-bridge.json")] if cls.contract else []
        cls.gitlab = Started("gitlab", *options)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.gitlab.stop()

    def setUp(self) -> None:
        self.gitlab.sim("POST", "/reset")

    def tearDown(self) -> None:
        self.assertEqual(self.gitlab.sim("GET", "/failures")["failures"], [])
        self.assertEqual(self.gitlab.sim("GET", "/violations")["violations"], [])

    def ask(self, method: str, path: str, body: Any = None, token: str = KARI) -> Reply:
        """A request by hand."""
        return self.gitlab.call(method, path, body, {"PRIVATE-TOKEN": token})

    def issue(self, token: str = KARI, project: str = DESK, **fields: Any) -> dict[str, Any]:
        """A new issue."""
        reply = self.ask("POST", f"{project}/issues", {"title": "Printer", **fields}, token)
        self.assertEqual(reply.status, 201, reply.text)
        return reply.json

    def read(self, issue: dict[str, Any], token: str = KARI) -> dict[str, Any]:
        """The issue as it is now."""
        return self.ask("GET", f"/api/v4/projects/{issue['project_id']}/issues/{issue['iid']}", token=token).json

    def notes(self, issue: dict[str, Any], token: str = KARI, **query: Any) -> list[dict[str, Any]]:
        """Its notes, oldest first."""
        query = {"sort": "asc", **query}
        text = "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
        return self.ask(
            "GET", f"/api/v4/projects/{issue['project_id']}/issues/{issue['iid']}/notes?{text}", token=token
        ).json

    def act(self, by: str, do: str, **what: Any) -> dict[str, Any]:
        """Something that a person does."""
        return self.gitlab.sim("POST", "/act", {"as": by, "do": do, "project": "support/desk", **what})

    def settings(self, **wanted: Any) -> None:
        """Changes the server."""
        self.gitlab.sim("PUT", "/settings", wanted)


class HookCase(GitlabCase):
    """A hook for everything, at an address of the test's."""

    def setUp(self) -> None:
        super().setUp()
        self.sink = Sink()
        self.addCleanup(self.sink.stop)

    def hook(self, **fields: Any) -> dict[str, Any]:
        """A new hook."""
        reply = self.ask("POST", f"{DESK}/hooks", {"url": f"{self.sink.url}/gitlab", **ALL, **fields}, BRIDGE)
        self.assertEqual(reply.status, 201, reply.text)
        return reply.json

    def sent(self) -> list[Received]:
        """What has come, when no more is due."""
        self.gitlab.wait_for_hooks()
        return self.sink.received

    def told(self) -> list[tuple[str, str]]:
        """(event, action) of what has come."""
        return [(one.headers["x-gitlab-event"], one.json["object_attributes"].get("action")) for one in self.sent()]

    def status(self, hook: dict[str, Any]) -> str:
        return self.ask("GET", f"{DESK}/hooks/{hook['id']}", token=BRIDGE).json["alert_status"]
