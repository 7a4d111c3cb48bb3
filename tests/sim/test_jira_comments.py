#!/usr/bin/python3
"""Comments and requests of the Jira simulator: public and internal, limits, the portal; Cloud and Data Center."""

from __future__ import annotations

import unittest
from typing import Any

from jira_case import DataCenterCase, JiraCase

INTERNAL = [{"key": "sd.public.comment", "value": {"internal": True}}]


class Comments:
    """What both dialects do."""

    def comment(self, key: str, words: str, who: str = "agent", **more: Any) -> dict[str, Any]:
        return self.good("POST", f"issue/{key}/comment", {"body": self.text(words), **more}, who)

    def in_portal(self, key: str, who: str = "customer") -> list[tuple[str, bool]]:
        """The comments of a request that someone sees in the portal."""
        told = self.good("GET", f"/rest/servicedeskapi/request/{key}/comment", who=who)
        return [(one["body"], one["public"]) for one in told["values"]]

    def request(self, who: str = "customer") -> str:
        body = {
            "serviceDeskId": "1",
            "requestTypeId": "1",
            "requestFieldValues": {"summary": "No mail", "description": "since noon"},
        }
        return self.good("POST", "/rest/servicedeskapi/request", body, who)["issueKey"]

    def test_a_comment_with_the_property_is_internal_and_no_customer_sees_it(self) -> None:
        key = self.request()
        self.comment(key, "between us", properties=INTERNAL)
        self.comment(key, "to you")
        self.assertEqual(self.in_portal(key), [("to you", True)])
        self.assertEqual(self.in_portal(key, "agent"), [("between us", False), ("to you", True)])

    def test_a_comment_without_the_property_is_public(self) -> None:
        key = self.request()
        self.comment(key, "oops")
        self.assertEqual(self.in_portal(key), [("oops", True)])

    def test_a_comment_for_a_role_is_not_internal(self) -> None:
        key = self.request()
        made = self.comment(key, "for the team", visibility={"type": "role", "value": "Service Desk Team"})
        if self.cloud:
            self.assertTrue(made["jsdPublic"])
        self.assertEqual([one for one in self.in_portal(key, "agent") if one[1]], [("for the team", True)])

    def test_internal_by_the_api_of_the_portal(self) -> None:
        key = self.request()
        self.good("POST", f"/rest/servicedeskapi/request/{key}/comment", {"body": "between us", "public": False})
        told = self.good("GET", f"issue/{key}/comment?expand=properties")["comments"]
        self.assertEqual([one["properties"] for one in told], [INTERNAL])
        self.assertEqual(self.in_portal(key), [])
        self.refused(self.ask("POST", f"/rest/servicedeskapi/request/{key}/comment", {"body": "x"}), 400)
        self.refused(
            self.ask("POST", f"/rest/servicedeskapi/request/{key}/comment", {"body": "x", "public": False}, "customer"),
            403,
        )

    def test_properties_are_only_shown_when_asked_for(self) -> None:
        key = self.request()
        self.comment(key, "between us", properties=INTERNAL)
        self.assertNotIn("properties", self.good("GET", f"issue/{key}/comment")["comments"][0])

    def test_the_property_means_nothing_outside_a_service_project(self) -> None:
        key = self.issue()
        made = self.comment(key, "between us", properties=INTERNAL)
        self.assertTrue(made.get("jsdPublic", True))

    def test_a_comment_for_a_role_is_seen_by_those_in_it_alone(self) -> None:
        key = self.issue()
        self.comment(key, "administrators", "admin", visibility={"type": "role", "value": "Administrators"})
        self.assertEqual(self.good("GET", f"issue/{key}/comment")["comments"], [])
        self.assertEqual(len(self.good("GET", f"issue/{key}/comment", who="admin")["comments"]), 1)
        self.refused(
            self.ask(
                "POST",
                f"issue/{key}/comment",
                {"body": self.text("x"), "visibility": {"type": "role", "value": "Administrators"}},
            ),
            400,
            "commentLevel",
        )

    def test_an_edit_without_visibility_takes_the_limit_away(self) -> None:
        key = self.issue()
        number = self.comment(key, "one", visibility={"type": "role", "value": "Developers"})["id"]
        told = self.good("PUT", f"issue/{key}/comment/{number}", {"body": self.text("two")})
        self.assertNotIn("visibility", told)

    def test_an_edit_leaves_an_internal_comment_internal(self) -> None:
        key = self.request()
        number = self.comment(key, "between us", properties=INTERNAL)["id"]
        self.good("PUT", f"issue/{key}/comment/{number}", {"body": self.text("still between us")})
        self.assertEqual(self.in_portal(key), [])

    def test_own_comments_are_changed_and_others_are_not(self) -> None:
        key = self.issue()
        number = self.jira.sim("POST", f"/issues/{key}/comments", {"as": "kari", "text": "hers"})["id"]
        self.refused(self.ask("PUT", f"issue/{key}/comment/{number}", {"body": self.text("mine")}), 400)
        self.refused(self.ask("DELETE", f"issue/{key}/comment/{number}"), 400)
        self.jira.sim("PUT", f"/issues/{key}/comments/{number}", {"as": "kari", "text": "hers, again"})
        told = self.good("GET", f"issue/{key}/comment/{number}")
        self.assertEqual((told["body"], told["author"]["displayName"]), (self.text("hers, again"), "Kari Nordmann"))

    def test_an_empty_comment_and_one_that_is_too_long_are_refused(self) -> None:
        key = self.issue()
        self.refused(
            self.ask(
                "POST",
                f"issue/{key}/comment",
                {"body": {"type": "doc", "version": 1, "content": []} if self.cloud else "  "},
            ),
            400,
            "comment",
        )
        self.refused(self.ask("POST", f"issue/{key}/comment", {"body": self.text("x" * 32768)}), 400, "comment")
        self.good("POST", f"issue/{key}/comment", {"body": self.text("x" * 32767)})

    def test_comments_are_not_in_the_change_log_and_move_updated(self) -> None:
        self.jira.sim("POST", "/clock", {"stopped": True})
        key = self.issue()
        before = self.read(key)["fields"]["updated"]
        self.jira.sim("POST", "/clock", {"advance": 60})
        self.comment(key, "hello")
        after = self.read(key, expand="changelog")
        self.assertEqual((after["changelog"]["total"], before != after["fields"]["updated"]), (0, True))

    def test_the_newest_comes_first_when_asked_for_so(self) -> None:
        key = self.issue()
        for words in ("one", "two", "three"):
            self.comment(key, words)
        told = self.good("GET", f"issue/{key}/comment?orderBy=-created&maxResults=2")
        self.assertEqual(
            ([one["body"] for one in told["comments"]], told["total"]), ([self.text("three"), self.text("two")], 3)
        )

    def test_a_request_tells_its_page_in_the_portal_its_status_and_its_reporter(self) -> None:
        key = self.request()
        told = self.good("GET", f"/rest/servicedeskapi/request/{key}")
        self.assertEqual(told["_links"]["web"], f"{self.jira.url}/servicedesk/customer/portal/1/{key}")
        self.assertEqual(
            (told["currentStatus"]["status"], told["currentStatus"]["statusCategory"], told["reporter"]["displayName"]),
            ("Waiting for support", "INDETERMINATE", "Petter Dahl"),
        )
        field = self.read(key)["fields"]["customfield_10010"]
        self.assertEqual(
            (field["requestType"]["name"], field["_links"]["web"]), ("Report an incident", told["_links"]["web"])
        )

    def test_a_request_belongs_to_the_reporters_organisation_whose_people_see_it(self) -> None:
        key = self.request()
        self.assertEqual([one["name"] for one in self.read(key)["fields"]["customfield_10002"]], ["Oslo kommune"])
        people = self.good("GET", "/rest/servicedeskapi/organization/1/user")["values"]
        self.assertEqual([one["displayName"] for one in people], ["Petter Dahl"])
        self.jira.sim(
            "POST", f"/issues/{key}/edit", {"as": "admin", "fields": {"customfield_10002": [2], "reporter": "kari"}}
        )
        self.assertEqual(self.ask("GET", f"/rest/servicedeskapi/request/{key}", who="customer").status, 404)

    def test_a_request_on_behalf_of_a_customer(self) -> None:
        who = "qm:8b6f3a0c-1111-4222-8333-944445555666:petter" if self.cloud else "petter"
        body = {
            "serviceDeskId": "1",
            "requestTypeId": "2",
            "requestFieldValues": {"summary": "How?"},
            "raiseOnBehalfOf": who,
        }
        self.assertEqual(
            self.good("POST", "/rest/servicedeskapi/request", body)["reporter"]["displayName"], "Petter Dahl"
        )
        self.refused(self.ask("POST", "/rest/servicedeskapi/request", body, "customer"), 403)

    def test_a_customer_sees_the_transitions_that_are_for_customers(self) -> None:
        key = self.request()
        told = self.good("GET", f"/rest/servicedeskapi/request/{key}/transition", who="customer")["values"]
        self.assertEqual([one["name"] for one in told], ["Cancel request"])

    def test_a_customer_sees_nothing_of_it_in_jira_itself(self) -> None:
        key = self.request()
        self.assertEqual(self.ask("GET", f"issue/{key}", who="customer").status, 404)

    def test_a_secured_request_is_not_shown_in_the_portal(self) -> None:
        key = self.request()
        self.good("PUT", f"issue/{key}", {"fields": {"security": {"id": "10101"}}})
        self.assertEqual(self.ask("GET", f"/rest/servicedeskapi/request/{key}", who="customer").status, 404)

    def test_a_file_of_the_portal_comes_with_a_comment(self) -> None:
        key = self.request()
        body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n'
        kind = {"Content-Type": "multipart/form-data; boundary=b", "X-Atlassian-Token": "no-check"}
        number = self.ask("POST", "/rest/servicedeskapi/servicedesk/1/attachTemporaryFile", body, headers=kind).json[
            "temporaryAttachments"
        ][0]["temporaryAttachmentId"]
        self.good(
            "POST",
            f"/rest/servicedeskapi/request/{key}/attachment",
            {"temporaryAttachmentIds": [number], "public": False},
        )
        self.assertEqual([one["filename"] for one in self.read(key)["fields"]["attachment"]], ["a.txt"])
        self.assertEqual(self.in_portal(key), [])


class OfCloud(Comments, JiraCase):
    """Cloud."""

    def test_a_comment_says_whether_it_is_public(self) -> None:
        key = self.request()
        self.assertFalse(self.comment(key, "between us", properties=INTERNAL)["jsdPublic"])
        self.assertTrue(self.comment(key, "to you")["jsdPublic"])


class OfDataCenter(Comments, DataCenterCase):
    """Data Center."""

    def test_a_comment_does_not_say_whether_it_is_public(self) -> None:
        self.assertNotIn("jsdPublic", self.comment(self.request(), "to you"))


if __name__ == "__main__":
    unittest.main()
