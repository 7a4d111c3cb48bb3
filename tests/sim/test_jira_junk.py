#!/usr/bin/python3
"""Junk that is sent to the Jira simulator is refused, and never an exception of its own; Cloud and Data Center."""

from __future__ import annotations

import base64
import copy
import json
import random
import unittest
from typing import Any

from common.simulator import Simulator
from common.wire import Answer, Request
from jira_case import KARI, adf
from jira_server.app import Jira
from jira_server.state import load

JUNK = [
    None,
    0,
    -1,
    1.5,
    True,
    "",
    "x",
    "10001",
    [],
    [None],
    ["x"],
    [{}],
    {},
    {"id": None},
    {"name": 5},
    {"x": [1]},
    "\x00é",
]
WORDS = (
    'project = OPS updated >= "2026/11/23 10:04" -15m AND OR NOT ( ) labels in , is EMPTY ORDER BY DESC ~ != currentUser() startOfDay( '
    'cf[10020] status Done " \\ priority > key OPS-1 issue.property[a].b null was "Impact" Minor id 10001 summary 10.5 cf[10024]'
).split()


class Junk:
    """The same for both dialects, by a random generator that begins at the same place each time."""

    dialect = ""

    def setUp(self) -> None:
        self.random = random.Random(7)
        self.app = Jira(self.dialect, load(None))
        self.sim = Simulator(self.app)
        self.addCleanup(self.sim.server.server_close)
        self.app.settings["per_issue_limit"] = False
        for project, kind in (("OPS", "Task"), ("SUP", "[System] Incident")):
            fields = {"project": {"key": project}, "issuetype": {"name": kind}, "summary": "Printer"}
            self.assertEqual(self.send("POST", "issue", {"fields": fields}).status, 201)

    def send(self, method: str, path: str, body: Any) -> Answer:
        proof = "Basic " + base64.b64encode(b"admin@example.com:admin-token").decode()
        headers = {
            "authorization": proof if self.app.cloud else "Bearer admin-token",
            "content-type": "application/json",
        }
        path = path if path.startswith("/") else f"/rest/api/{3 if self.app.cloud else 2}/{path}"
        answer = self.sim.handle(Request(method, path, [], headers, json.dumps(body).encode(), "http://jira"))
        assert isinstance(answer, Answer)
        return answer

    def spoiled(self, body: Any) -> Any:
        """The body, with junk in one place."""
        body = copy.deepcopy(body)
        places = [(body, key) for key in body]
        for holder, key in places:
            inside = holder[key]
            if isinstance(inside, (dict, list)):
                places += [(inside, one) for one in (inside if isinstance(inside, dict) else range(len(inside)))]
        holder, key = self.random.choice(places)
        holder[key] = copy.deepcopy(self.random.choice(JUNK))
        return body

    def requests(self) -> list[tuple[str, str, Any]]:
        text = adf("hello") if self.app.cloud else "hello"
        person = {"accountId": KARI} if self.app.cloud else {"name": "kari"}
        fields = {
            "summary": "x",
            "description": text,
            "labels": ["a"],
            "assignee": person,
            "components": [{"name": "Portal"}],
            "priority": {"id": "1"},
            "customfield_10022": {"value": "Minor"},
            "customfield_10023": [{"value": "Portal"}],
            "customfield_10024": 1,
            "customfield_10027": person,
            "customfield_10029": {"value": "Network", "child": {"value": "DNS"}},
            "customfield_10033": [person],
        }
        comment = {
            "body": text,
            "visibility": {"type": "role", "value": "Administrators"},
            "properties": [{"key": "sd.public.comment", "value": {"internal": True}}],
        }
        link = {
            "globalId": "g",
            "application": {"name": "x"},
            "relationship": "r",
            "object": {"url": "u", "title": "t", "status": {"resolved": True}},
        }
        found = [
            (
                "POST",
                "issue",
                {
                    "fields": {"project": {"key": "OPS"}, "issuetype": {"name": "Task"}, **fields},
                    "update": {"comment": [{"add": comment}]},
                },
            ),
            (
                "PUT",
                "issue/OPS-1",
                {
                    "fields": fields,
                    "update": {"labels": [{"add": "z"}, {"remove": "q"}]},
                    "properties": [{"key": "a", "value": 1}],
                },
            ),
            (
                "POST",
                "issue/OPS-1/transitions",
                {"transition": {"id": "31"}, "fields": {}, "update": {"comment": [{"add": comment}]}},
            ),
            ("POST", "issue/OPS-1/comment", comment),
            ("PUT", "issue/OPS-1/assignee", person),
            ("POST", "issue/OPS-1/remotelink", link),
            (
                "POST",
                "issueLink",
                {
                    "type": {"name": "Relates"},
                    "inwardIssue": {"key": "OPS-1"},
                    "outwardIssue": {"key": "SUP-1"},
                    "comment": comment,
                },
            ),
            (
                "POST",
                "/rest/servicedeskapi/request",
                {"serviceDeskId": "1", "requestTypeId": "1", "requestFieldValues": {"summary": "x"}},
            ),
            ("POST", "/rest/servicedeskapi/request/SUP-1/comment", {"body": "x", "public": True}),
            (
                "POST",
                "/rest/webhooks/1.0/webhook",
                {
                    "name": "n",
                    "url": "http://x",
                    "events": ["jira:issue_created"],
                    "filters": {"issue-related-events-section": ""},
                },
            ),
            (
                "POST",
                "search",
                {"jql": "project = OPS", "startAt": 0, "maxResults": 5, "fields": ["summary"], "expand": ["changelog"]},
            ),
        ]
        if self.app.cloud:
            found += [
                (
                    "POST",
                    "search/jql",
                    {
                        "jql": "project = OPS",
                        "maxResults": 5,
                        "fields": ["summary"],
                        "expand": "",
                        "nextPageToken": "",
                        "reconcileIssues": [10001],
                    },
                ),
                ("POST", "issue/bulkfetch", {"issueIdsOrKeys": ["OPS-1"], "fields": ["summary"], "expand": ["names"]}),
                ("POST", "changelog/bulkfetch", {"issueIdsOrKeys": ["OPS-1"], "fieldIds": ["status"], "maxResults": 3}),
            ]
        return found

    def test_bodies_with_junk_in_them(self) -> None:
        requests, codes = self.requests(), set()
        for _ in range(1500):
            method, path, body = self.random.choice(requests)
            codes.add(self.send(method, path, self.spoiled(body)).status)
        self.assertEqual(self.sim.failures, [])
        self.assertTrue(codes <= {200, 201, 204, 400, 403, 404, 409, 410}, codes)

    def test_queries_of_random_words(self) -> None:
        for _ in range(1500):
            jql = " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(1, 9)))
            self.assertIn(
                self.send("POST", "search/jql" if self.app.cloud else "search", {"jql": jql}).status, (200, 400), jql
            )
        self.assertEqual(self.sim.failures, [])


class OfCloud(Junk, unittest.TestCase):
    """Cloud."""

    dialect = "cloud"


class OfDataCenter(Junk, unittest.TestCase):
    """Data Center."""

    dialect = "dc"


if __name__ == "__main__":
    unittest.main()
