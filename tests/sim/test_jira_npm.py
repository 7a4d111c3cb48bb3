#!/usr/bin/python3
"""The simulator of Jira Cloud, by jira.js (npm), which others wrote: tests/sim/npm/jira.mjs is what it does."""

from __future__ import annotations

import json
import subprocess
import unittest

from jira_case import HERE, JiraCase

TOOLS = HERE.parent.parent / ".work" / "sim-tools" / "installed-lock.json"


@unittest.skipUnless(TOOLS.exists(), "run tests/sim/install-tools first")
class ByJiraJs(JiraCase):
    """One walk through all of it."""

    maxDiff = None

    def test_jira_js_does_all_that_a_bridge_does_and_each_answer_fits_its_schemas(self) -> None:
        # That jira.js would notice an answer of another shape is shown by one.
        self.jira.fault(do="answer", path="/serverInfo$", status=200, body={"deploymentType": 7})
        ran = subprocess.run(
            ["node", str(HERE / "npm" / "jira.mjs"), self.jira.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(
            json.loads(ran.stdout),
            {
                "noticed": 1,
                "mismatches": [],
                "info": "Cloud",
                "me": "Europe/Oslo",
                "may": [["CREATE_ISSUES", True], ["DELETE_ISSUES", False]],
                "made": "OPS-1",
                "property": {"case": "S-1"},
                "paged": [["OPS-1", "OPS-2", "OPS-3"], ["OPS-4", "OPS-5", "OPS-6"], ["OPS-7"]],
                "found": ["OPS-1"],
                "count": 7,
                "steps": [
                    ["Start Progress", "In Progress", []],
                    ["Resolve Issue", "Resolved", ["resolution"]],
                    ["Close Issue", "Closed", ["resolution", "customfield_10021"]],
                ],
                "refused": 400,
                "comments": [["two", True]],
                "files": [["røyk.txt", 5]],
                "file": "text/plain",
                "issue": ["Resolved", "Done", "Kari Nordmann", ["bro-0f3c", "urgent"], 1, 1],
                "log": [
                    "labels",
                    "Impact",
                    "priority",
                    "assignee",
                    "resolution",
                    "status",
                    "Attachment",
                    "Link",
                    "RemoteWorkItemLink",
                ],
                "logs": 2,
                "bulkLogs": 1,
                "bulk": ["OPS-1", "OPS-2"],
                "creates": ["summary", "project"],
                "edits": True,
                "versions": [["1.0", True], ["1.1", False], ["2.0", False]],
                "roles": ["Administrators", "Developers", "Users", "Service Desk Team", "Service Desk Customers"],
                "members": ["Ola Hansen"],
                "project": "service_desk",
                "projects": ["OPS", "SUP"],
                "request": ["SUP-1", "/servicedesk/customer/portal/1/SUP-1", "Waiting for support"],
                "requestComments": [["between us", False], ["to you", True]],
                "desks": ["SUP"],
                "types": ["Report an incident", "Ask a question"],
                "organizations": ["Oslo kommune", "Skatteetaten"],
                "statuses": ["Waiting for support"],
                "hooks": 403,
                "forbidden": 403,
                "gone": 404,
            },
        )


if __name__ == "__main__":
    unittest.main()
