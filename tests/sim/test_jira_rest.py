#!/usr/bin/python3
"""The plain endpoints of the Jira simulator, each in the form that the specification has; Cloud and Data Center."""

from __future__ import annotations

import unittest
from typing import Any

from jira_case import KARI, DataCenterCase, JiraCase


class Plain:
    """What both dialects do."""

    def test_what_a_site_has(self) -> None:
        names = {
            "status": "Open", "statuscategory": "To Do", "priority": "Highest", "resolution": "Done", "issuetype": "Task", "project": "Operations",
        }  # fmt: skip
        for path, first in names.items():
            self.assertEqual(self.good("GET", path)[0]["name"], first)
        self.assertEqual(self.good("GET", "status/In%20Progress")["id"], "3")
        self.refused(self.ask("GET", "status/Nowhere"), 404)
        self.assertEqual(self.good("GET", "issueLinkType")["issueLinkTypes"][0]["outward"], "blocks")
        self.assertTrue(self.good("GET", "attachment/meta")["enabled"])
        self.assertEqual(self.good("GET", "groups/picker?query=line")["total"], 2)

    def test_what_a_project_has(self) -> None:
        self.assertEqual(
            [one["name"] for one in self.good("GET", "project/OPS")["issueTypes"]], ["Task", "Bug", "Sub-task"]
        )
        self.assertEqual(self.good("GET", "project/OPS/version?maxResults=2")["isLast"], False)
        self.assertEqual([one["name"] for one in self.good("GET", "project/OPS/components")], ["Portal", "Archive"])
        self.assertEqual(
            [one["name"] for one in self.good("GET", "project/OPS/securitylevel", who="kari")["levels"]], ["Internal"]
        )
        self.assertEqual(
            len(self.good("GET", "issue/createmeta/OPS/issuetypes")["issueTypes" if self.cloud else "values"]), 3
        )
        self.assertEqual(len(self.good("GET", "project/OPS/role", who="admin")), 5)

    def test_a_version_is_made_and_released(self) -> None:
        self.refused(self.ask("POST", "version", {"name": "3.0", "projectId": 10000}), 403)
        made = self.good("POST", "version", {"name": "3.0", "projectId": 10000}, "admin")
        self.refused(self.ask("POST", "version", {"name": "3.0", "projectId": 10000}, "admin"), 400)
        self.good("PUT", f"version/{made['id']}", {"released": True, "releaseDate": "2026-11-30"}, "admin")
        told = self.good("GET", f"version/{made['id']}")
        self.assertEqual((told["released"], told["releaseDate"]), (True, "2026-11-30"))

    def test_watchers(self) -> None:
        key, who = self.issue("admin"), KARI if self.cloud else "kari"
        self.good("POST", f"issue/{key}/watchers", who, "admin")
        self.assertEqual(self.good("GET", f"issue/{key}/watchers")["watchCount"], 2)
        self.good("DELETE", f"issue/{key}/watchers?{'accountId' if self.cloud else 'username'}={who}", who="admin")
        self.assertEqual(self.good("GET", f"issue/{key}/watchers")["watchCount"], 1)
        self.assertEqual(self.good("GET", f"issue/{key}/worklog")["total"], 0)

    def test_properties_of_issues_and_comments(self) -> None:
        key = self.issue()
        number = self.good("POST", f"issue/{key}/comment", {"body": self.text("hello")})["id"]
        for place in (f"issue/{key}", f"comment/{number}"):
            self.assertEqual(self.ask("PUT", f"{place}/properties/bro", {"case": 1}).status, 201)
            self.assertEqual(self.ask("PUT", f"{place}/properties/bro", {"case": 2}).status, 200)
            self.assertEqual([one["key"] for one in self.good("GET", f"{place}/properties")["keys"]], ["bro"])
            self.assertEqual(self.good("GET", f"{place}/properties/bro")["value"], {"case": 2})
            self.assertEqual(self.ask("DELETE", f"{place}/properties/bro").status, 204)
            self.refused(self.ask("GET", f"{place}/properties/bro"), 404)
            self.refused(self.ask("PUT", f"{place}/properties/bro", {"text": "x" * 32768}), 400)

    def test_links_one_by_one(self) -> None:
        first, second = self.issue(), self.issue()
        self.good(
            "POST",
            "issueLink",
            {"type": {"name": "Blocks"}, "inwardIssue": {"key": first}, "outwardIssue": {"key": second}},
        )
        number = self.read(first)["fields"]["issuelinks"][0]["id"]
        self.assertEqual(self.good("GET", f"issueLink/{number}")["outwardIssue"]["key"], second)
        self.good("DELETE", f"issueLink/{number}")
        self.refused(self.ask("GET", f"issueLink/{number}"), 404)
        link: dict[str, Any] = {"globalId": "a", "object": {"url": "https://x.example/1", "title": "INC1"}}
        number = self.good("POST", f"issue/{first}/remotelink", link)["id"]
        self.good(
            "PUT",
            f"issue/{first}/remotelink/{number}",
            link | {"object": {"url": "https://x.example/2", "title": "INC2"}},
        )
        self.assertEqual(self.good("GET", f"issue/{first}/remotelink/{number}")["object"]["title"], "INC2")
        self.good("DELETE", f"issue/{first}/remotelink/{number}")
        self.good("POST", f"issue/{first}/remotelink", link)
        self.good("DELETE", f"issue/{first}/remotelink?globalId=a")
        self.assertEqual(self.good("GET", f"issue/{first}/remotelink"), [])

    def test_files_one_by_one(self) -> None:
        key = self.issue()
        number = self.jira.sim("POST", f"/issues/{key}/attachments", {"name": "a.txt", "text": "hello"})["id"]
        self.assertEqual(self.good("GET", f"attachment/{number}")["size"], 5)
        self.refused(self.ask("DELETE", f"attachment/{number}"), 403)
        self.good("DELETE", f"attachment/{number}", who="admin")
        self.refused(self.ask("GET", f"attachment/{number}"), 404)

    def test_people(self) -> None:
        user = f"user?accountId={KARI}&expand=groups" if self.cloud else "user?username=kari&expand=groups"
        self.assertIn("second-line", [one["name"] for one in self.good("GET", user)["groups"]["items"]])
        can = self.good(
            "GET", "user/assignable/search?project=SEC" + ("&query=kari" if self.cloud else "&username=kari")
        )
        self.assertEqual([one["displayName"] for one in can], ["Kari Nordmann"])
        members = self.good("GET", "group/member?groupname=third-line", who="admin")
        self.assertEqual([one["displayName"] for one in members["values"]], ["Ola Hansen"])

    def test_webhooks_of_the_administrator(self) -> None:
        for path in (
            ("/rest/webhooks/1.0/webhook",)
            if self.cloud
            else ("/rest/webhooks/1.0/webhook", "/rest/jira-webhook/1.0/webhooks")
        ):
            body = {"name": "Saksbro", "url": "http://127.0.0.1:1/", "events": ["jira:issue_created"]}
            made = self.good("POST", path, body, "admin")
            number = made["id"] if "id" in made else made["self"].rsplit("/", 1)[1]
            self.assertEqual(self.good("PUT", f"{path}/{number}", {"name": "Bridge"}, "admin")["name"], "Bridge")
            self.assertEqual(self.good("GET", f"{path}/{number}", who="admin")["events"], ["jira:issue_created"])
            self.assertEqual(len(self.good("GET", path, who="admin")), 1)
            self.good("DELETE", f"{path}/{number}", who="admin")
            self.refused(self.ask("GET", f"{path}/{number}", who="admin"), 404)

    def test_the_rest_of_the_portal(self) -> None:
        body = {"serviceDeskId": "1", "requestTypeId": "1", "requestFieldValues": {"summary": "No mail"}}
        root = "/rest/servicedeskapi"
        key = self.good("POST", f"{root}/request", body, "customer")["issueKey"]
        number = self.good("POST", f"{root}/request/{key}/comment", {"body": "hello", "public": True})["id"]
        self.assertEqual(self.good("GET", f"{root}/request/{key}/comment/{number}", who="customer")["body"], "hello")
        self.assertTrue(self.good("GET", f"{root}/info")["isLicensedForUse"])
        self.assertEqual(self.good("GET", f"{root}/organization/1")["name"], "Oslo kommune")
        self.assertEqual(self.good("GET", f"{root}/servicedesk/1/organization")["size"], 2)
        people = {"accountIds": [KARI]} if self.cloud else {"usernames": ["kari"]}
        self.assertEqual(self.good("POST", f"{root}/request/{key}/participant", people)["size"], 1)
        self.assertEqual(self.good("GET", f"{root}/request/{key}/participant")["size"], 1)
        self.assertEqual(self.good("DELETE", f"{root}/request/{key}/participant", people)["size"], 0)
        self.good("POST", f"{root}/request/{key}/transition", {"id": "71"}, "customer")
        told = self.good("GET", f"{root}/request/{key}/status", who="customer")["values"]
        self.assertEqual([one["status"] for one in told], ["Canceled", "Waiting for support"])

    def test_pages_for_people(self) -> None:
        key = self.jira.sim("POST", "/issues", {"project": "SUP", "fields": {"summary": "<b>No mail</b>"}})["key"]
        self.jira.sim("POST", f"/issues/{key}/comments", {"text": "between us", "internal": True})
        self.jira.sim("POST", f"/issues/{key}/comments", {"text": "to you"})
        pages = [
            self.jira.call("GET", path) for path in ("/", f"/browse/{key}", f"/servicedesk/customer/portal/1/{key}")
        ]
        self.assertTrue(all("&lt;b&gt;No mail" in page.text for page in pages))
        self.assertEqual(["between us" in page.text for page in pages], [False, True, False])
        self.assertIn("<svg", self.jira.call("GET", "/secure/useravatar?ownerId=kari").text)


class OfCloud(Plain, JiraCase):
    """Cloud."""

    def test_what_only_cloud_has(self) -> None:
        key = self.issue(labels=["b", "a"])
        number = int(self.read(key)["id"])
        comment = int(self.good("POST", f"issue/{key}/comment", {"body": self.text("hello")})["id"])
        self.good("PUT", f"issue/{key}", {"fields": {"summary": "Scanner"}})
        change = int(self.good("GET", f"issue/{key}/changelog")["values"][0]["id"])
        self.assertEqual(self.good("POST", f"issue/{key}/changelog/list", {"changelogIds": [change]})["total"], 1)
        self.assertEqual(self.good("POST", "comment/list", {"ids": [comment, 99]})["total"], 1)
        self.assertEqual(
            self.good("POST", "jql/match", {"jqls": ["labels = a", "labels = x"], "issueIds": [number, 5]})["matches"][
                0
            ]["matchedIssues"],
            [number],
        )
        parsed = self.good("POST", "jql/parse?validation=strict", {"queries": ["project = OPS", "project ="]})[
            "queries"
        ]
        self.assertEqual(["errors" in one for one in parsed], [False, True])
        self.assertEqual(self.good("GET", "label")["values"], ["a", "b"])
        self.assertEqual(self.good("GET", "priority/search")["values"][0]["name"], "Highest")
        self.assertEqual(self.good("GET", "resolution/search")["values"][0]["name"], "Done")
        self.assertEqual(self.good("GET", f"user/bulk?accountId={KARI}&accountId=unknown")["total"], 1)
        self.assertIn("second-line", [one["name"] for one in self.good("GET", f"user/groups?accountId={KARI}")])
        self.assertEqual(self.ask("GET", "webhook/failed").status, 403)


class OfDataCenter(Plain, DataCenterCase):
    """Data Center."""


if __name__ == "__main__":
    unittest.main()
