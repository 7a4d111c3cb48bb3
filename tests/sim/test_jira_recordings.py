#!/usr/bin/python3
"""The webhooks of the Jira simulator have all that recorded ones have (recorded/jira-mm-*, from
mattermost-plugin-jira).
"""

from __future__ import annotations

import json
import unittest
from typing import Any

from jira_case import DataCenterCase, HERE, JiraCase, Sink

# What recordings have and the simulator does not: people had names, keys and shown addresses on Cloud until 2019;
# pictures; logged work.
PERSON = {"user", "author", "updateAuthor", "creator", "reporter", "assignee"}
OF_PERSON = {"name", "key", "emailAddress"}
NOT_HERE = {
    "percent",
    "avatarId",
    "iconUrl",
    "remainingEstimate",
    "remainingEstimateSeconds",
    "timeSpent",
    "timeSpentSeconds",
}


def missing(recorded: Any, sent: Any, path: str = "") -> list[str]:
    """The keys of the recorded body that the sent one does not have. Custom fields are each site's own."""
    found: list[str] = []
    if isinstance(recorded, dict) and isinstance(sent, dict):
        for name, value in recorded.items():
            if name.startswith("customfield_"):
                continue
            here = f"{path}.{name}".lstrip(".")
            if name not in sent:
                found.append(here)
            else:
                found += missing(value, sent[name], here)
    elif isinstance(recorded, list) and isinstance(sent, list) and recorded and sent:
        found += missing(recorded[0], sent[0], path)
    return found


class Recordings:
    """Each recording, and what made it."""

    def setUp(self) -> None:
        super().setUp()
        self.sink = Sink()
        self.jira.sim("POST", "/webhooks", {"url": self.sink.url})

    def tearDown(self) -> None:
        self.sink.stop()
        super().tearDown()

    def issue_with_all(self) -> str:
        fields = {
            "description": "The good description",
            "labels": ["Label1", "Label2"],
            "fixVersions": ["1.1", "2.0"],
            "components": ["Portal"],
            "assignee": "kari",
            "customfield_10024": 23,
        }
        return self.jira.sim("POST", "/issues", {"project": "OPS", "type": "Bug", "fields": fields})["key"]

    def last(self, event: str, name: str | None = None) -> dict[str, Any]:
        self.jira.wait_for_hooks()
        bodies = [one.json for one in self.sink.received]
        return [one for one in bodies if one["webhookEvent"] == event and one.get("issue_event_type_name") == name][-1]

    def compare(self, recording: str, sent: dict[str, Any]) -> None:
        recorded = json.loads((HERE / "recorded" / f"jira-{recording}.json").read_text(encoding="utf-8"))
        lacking = [one.split(".") for one in missing(recorded, sent) if one.split(".")[-1] not in NOT_HERE]
        if self.cloud:
            lacking = [one for one in lacking if one[-1] not in OF_PERSON or one[-2] not in PERSON]
        self.assertEqual(lacking, [], recording)
        for name in ("webhookEvent", "issue_event_type_name"):
            self.assertEqual(sent.get(name), recorded.get(name), recording)

    def comment(self, key: str) -> str:
        return self.jira.sim("POST", f"/issues/{key}/comments", {"text": "Added a comment"})["id"]


class OfCloud(Recordings, JiraCase):
    """Cloud."""

    def test_a_created_issue(self) -> None:
        self.issue_with_all()
        self.compare("mm-cloud-issue-created-many-fields", self.last("jira:issue_created", "issue_created"))

    def test_comments(self) -> None:
        key = self.issue_with_all()
        number = self.comment(key)
        self.compare("mm-cloud-comment-created", self.last("comment_created"))
        self.jira.sim("PUT", f"/issues/{key}/comments/{number}", {"text": "again"})
        self.compare("mm-cloud-comment-updated", self.last("comment_updated"))

    def test_changed_fields(self) -> None:
        key = self.issue_with_all()
        self.jira.sim("POST", f"/issues/{key}/edit", {"fields": {"customfield_10024": 5}})
        self.compare("mm-cloud-issue-updated-custom-field", self.last("jira:issue_updated", "issue_updated"))
        self.jira.sim("POST", f"/issues/{key}/edit", {"fields": {"assignee": "ola"}})
        self.compare("mm-issue-updated-assigned", self.last("jira:issue_updated", "issue_assigned"))

    def test_a_transition(self) -> None:
        key = self.issue_with_all()
        self.jira.sim("POST", f"/issues/{key}/status", {"to": "Resolved", "fields": {"resolution": "Done"}})
        self.compare("mm-issue-updated-resolved", self.last("jira:issue_updated", "issue_generic"))

    def test_a_deletion(self) -> None:
        key = self.issue_with_all()
        self.jira.sim("DELETE", f"/issues/{key}")
        self.compare("mm-issue-deleted", self.last("jira:issue_deleted"))


class OfDataCenter(Recordings, DataCenterCase):
    """Data Center."""

    def test_comments(self) -> None:
        key = self.issue_with_all()
        number = self.comment(key)
        self.compare("mm-issue-comment-created-indentation", self.last("jira:issue_updated", "issue_commented"))
        self.compare("mm-server-issue-updated-commented-2", self.last("jira:issue_updated", "issue_commented"))
        self.jira.sim("PUT", f"/issues/{key}/comments/{number}", {"text": "again"})
        self.compare("mm-server-comment-updated", self.last("comment_updated"))
        self.jira.sim("DELETE", f"/issues/{key}/comments/{number}")
        self.compare("mm-server-comment-deleted", self.last("comment_deleted"))
        self.compare(
            "mm-server-issue-updated-comment-deleted", self.last("jira:issue_updated", "issue_comment_deleted")
        )

    def test_transitions(self) -> None:
        key = self.issue_with_all()
        for to, name, recording in (
            ("In Progress", "issue_work_started", "in-progress"),
            ("Resolved", "issue_resolved", "resolved"),
            ("Closed", "issue_closed", "closed"),
            ("Reopened", "issue_reopened", "reopened"),
        ):
            fields = {"resolution": "Done"} if to == "Resolved" else {"resolution": None} if to == "Reopened" else {}
            self.jira.sim("POST", f"/issues/{key}/status", {"to": to, "fields": fields})
            self.compare(f"mm-server-issue-updated-{recording}", self.last("jira:issue_updated", name))


if __name__ == "__main__":
    unittest.main()
