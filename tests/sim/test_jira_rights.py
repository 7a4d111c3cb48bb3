#!/usr/bin/python3
"""Who may what in the Jira simulator, who is asking, limits, and requests that fail; Cloud and Data Center."""

from __future__ import annotations

import http.client
import unittest
from typing import Any

from jira_case import DataCenterCase, JiraCase

SITE = "/ex/jira/11111111-2222-3333-4444-555555555555"


class Rights:
    """What both dialects do."""

    def without(self, permission: str, project: str = "OPS") -> None:
        self.jira.sim("POST", "/permissions", {"project": project, "permission": permission, "take": ["*"]})

    def has(self, permission: str) -> bool:
        query = (
            f"mypermissions?projectKey=OPS&permissions={permission}" if self.cloud else "mypermissions?projectKey=OPS"
        )
        return self.good("GET", query)["permissions"][permission]["havePermission"]

    def test_who_is_unknown_gets_401(self) -> None:
        for proof in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic bm9uc2Vuc2U="}):
            self.assertEqual(self.jira.call("GET", "/rest/api/2/myself", None, proof).status, 401)
        self.jira.sim("DELETE", "/violations")

    def test_a_token_that_has_expired_gets_401(self) -> None:
        self.jira.sim("POST", "/tokens", {"secret": "agent-token", "expires_in": 3600})
        self.good("GET", "myself")
        self.jira.sim("POST", "/clock", {"advance": 3601})
        self.assertEqual(self.ask("GET", "myself").status, 401)

    def test_who_may_see_nothing_gets_404_for_an_issue_and_an_empty_list_of_projects(self) -> None:
        key = self.issue()
        self.refused(self.ask("GET", f"issue/{key}", who="nobody"), 404)
        self.assertEqual(self.good("GET", "project", who="nobody"), [])

    def test_each_right_that_is_missing_is_told_and_felt(self) -> None:
        key = self.issue()
        body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n'
        tries: dict[str, tuple[Any, ...]] = {
            "ADD_COMMENTS": ("POST", f"issue/{key}/comment", {"body": self.text("x")}, 403),
            "EDIT_ISSUES": ("PUT", f"issue/{key}", {"fields": {"summary": "x"}}, 403),
            "CREATE_ATTACHMENTS": ("POST", f"issue/{key}/attachments", body, 403),
            "ASSIGN_ISSUES": (
                "PUT",
                f"issue/{key}/assignee",
                {"accountId": None} if self.cloud else {"name": None},
                403,
            ),
            "LINK_ISSUES": ("POST", f"issue/{key}/remotelink", {"object": {"url": "http://x", "title": "x"}}, 403),
            "CREATE_ISSUES": (
                "POST",
                "issue",
                {"fields": {"project": {"key": "OPS"}, "issuetype": {"name": "Task"}, "summary": "x"}},
                403 if self.cloud else 400,
            ),
            "BROWSE_PROJECTS": ("GET", f"issue/{key}", None, 404),
        }
        for permission, (method, path, sent, status) in tries.items():
            self.assertTrue(self.has(permission))
            self.without(permission)
            headers = (
                {"Content-Type": "multipart/form-data; boundary=b", "X-Atlassian-Token": "no-check"}
                if isinstance(sent, bytes)
                else {}
            )
            self.assertEqual(self.ask(method, path, sent, headers=headers).status, status, permission)
            if permission != "BROWSE_PROJECTS":
                self.assertFalse(self.has(permission))

    def test_a_secured_issue_is_seen_by_those_of_its_level(self) -> None:
        key = self.issue("admin", security={"id": "10100"})
        self.refused(self.ask("GET", f"issue/{key}"), 404)
        self.assertEqual(self.read(key, "kari")["fields"]["security"]["name"], "Internal")
        self.assertIsNone(self.read(self.issue())["fields"]["security"])

    def test_a_level_is_set_by_who_may_set_it(self) -> None:
        self.refused(
            self.ask(
                "POST",
                "issue",
                {
                    "fields": {
                        "project": {"key": "OPS"},
                        "issuetype": {"name": "Task"},
                        "summary": "x",
                        "security": {"id": "10100"},
                    }
                },
            ),
            400,
            "security",
        )

    def test_a_link_to_an_issue_that_one_may_not_see_is_not_shown(self) -> None:
        open_one, secret = self.issue(), self.issue("admin", security={"id": "10100"})
        self.jira.sim("POST", f"/issues/{open_one}/link", {"as": "admin", "to": secret})
        self.assertEqual(self.read(open_one)["fields"]["issuelinks"], [])
        self.assertEqual(len(self.read(open_one, "admin")["fields"]["issuelinks"]), 1)

    def test_the_members_of_a_role_are_shown_to_project_administrators(self) -> None:
        self.assertEqual(self.ask("GET", "project/OPS/role/10003").status, 403)
        told = self.good("GET", "project/OPS/role/10004", who="admin")
        self.assertEqual([one["displayName"] for one in told["actors"]], ["third-line", "Kari Nordmann"])

    def test_without_browse_users_a_search_for_people_finds_nobody(self) -> None:
        query = "user/search?query=kari" if self.cloud else "user/search?username=kari"
        self.assertEqual(len(self.good("GET", query)), 1)
        self.jira.sim("POST", "/permissions", {"permission": "USER_PICKER", "take": ["*"]})
        self.assertEqual(self.good("GET", query), [])

    def test_an_answer_may_be_lost_after_the_issue_was_made(self) -> None:
        self.jira.fault(do="lose_answer", method="POST", path="/issue$")
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            self.issue(labels=["bro-1"])
        self.assertEqual(self.search('labels = "bro-1"'), ["OPS-1"])

    def test_a_request_may_fail_before_anything_was_done(self) -> None:
        self.jira.fault(do="cut", method="POST", path="/issue$")
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            self.issue()
        self.jira.fault(do="answer", method="POST", path="/issue$", status=500, body="<html>oops</html>")
        self.assertEqual(self.ask("POST", "issue", {"fields": {}}).status, 500)
        self.assertEqual(self.search("project = OPS"), [])

    def test_a_503_may_say_when_to_come_again(self) -> None:
        self.jira.fault(do="vendor", name="unavailable", seconds=7)
        reply = self.ask("GET", "myself")
        self.assertEqual((reply.status, reply.headers["retry-after"]), (503, "7"))

    def test_half_an_answer_is_no_answer(self) -> None:
        self.jira.fault(do="half_answer", method="GET", path="/field$")
        with self.assertRaises(http.client.IncompleteRead):
            self.ask("GET", "field")

    def test_a_gateway_may_refuse_with_429_and_not_say_for_how_long(self) -> None:
        self.jira.fault(do="vendor", name="gateway-429")
        reply = self.ask("GET", "myself")
        self.assertEqual((reply.status, "retry-after" in reply.headers), (429, False))

    def test_what_was_received_is_told_without_secrets_and_counted(self) -> None:
        key = self.issue()
        self.read(key)
        told = self.jira.sim("GET", "/requests?method=POST")["requests"]
        self.assertEqual(
            [(one["user"], one["status"], one["headers"]["authorization"]) for one in told],
            [("saksbro", 201, "(hidden)")],
        )
        api = "/rest/api/3" if self.cloud else "/rest/api/2"
        self.assertEqual(self.jira.sim("GET", "/calls"), {f"POST {api}/issue": 1, f"GET {api}/issue/{{key}}": 1})


class OfCloud(Rights, JiraCase):
    """Cloud."""

    def refreshed(self, token: str) -> Any:
        asked = {
            "grant_type": "refresh_token",
            "client_id": "saksbro-app",
            "client_secret": "saksbro-app-secret",
            "refresh_token": token,
        }
        return self.jira.call("POST", "/oauth/token", asked)

    def test_a_scoped_token_is_worth_nothing_at_the_sites_own_address(self) -> None:
        proof = {"Authorization": "Bearer scoped-token"}
        self.assertEqual(self.jira.call("GET", "/rest/api/3/myself", None, proof).status, 401)
        told = self.jira.call("GET", f"{SITE}/rest/api/3/myself", None, proof).json
        self.assertEqual(
            (told["displayName"], told["self"].startswith(f"{self.jira.url}{SITE}/rest/")), ("Saksbro", True)
        )

    def test_a_scope_that_is_missing_is_401(self) -> None:
        self.jira.sim(
            "POST",
            "/tokens",
            {"secret": "read-token", "person": "saksbro", "kind": "scoped", "scopes": ["read:jira-work"]},
        )
        proof = {"Authorization": "Bearer read-token"}
        self.assertEqual(
            self.jira.call("POST", f"{SITE}/rest/api/3/search/jql", {"jql": "project = OPS"}, proof).status, 200
        )
        for method, path in (
            ("POST", "/rest/api/3/issue"),
            ("GET", "/rest/api/3/user/search?query=kari"),
            ("GET", "/rest/servicedeskapi/request"),
            ("GET", "/rest/api/3/webhook"),
        ):
            reply = self.jira.call(method, SITE + path, {"fields": {}} if method == "POST" else None, proof)
            self.assertEqual((reply.status, reply.json["message"]), (401, "Unauthorized; scope does not match"), path)

    def test_a_refresh_token_works_once(self) -> None:
        first = self.refreshed("first-refresh-token").json
        self.assertEqual(self.refreshed("first-refresh-token").status, 403)
        second = self.refreshed(first["refresh_token"]).json
        for told in (first, second):
            self.assertEqual(
                self.jira.call(
                    "GET", f"{SITE}/rest/api/3/myself", None, {"Authorization": f"Bearer {told['access_token']}"}
                ).status,
                200,
            )
        self.jira.sim("POST", "/clock", {"advance": 3601})
        self.assertEqual(
            self.jira.call(
                "GET", f"{SITE}/rest/api/3/myself", None, {"Authorization": f"Bearer {second['access_token']}"}
            ).status,
            401,
        )

    def test_the_sites_of_a_token_are_told(self) -> None:
        token = self.refreshed("first-refresh-token").json["access_token"]
        told = self.jira.call(
            "GET", "/oauth/token/accessible-resources", None, {"Authorization": f"Bearer {token}"}
        ).json
        self.assertEqual((told[0]["id"], told[0]["url"]), ("11111111-2222-3333-4444-555555555555", self.jira.url))

    def test_links_may_name_another_host(self) -> None:
        key = self.issue()
        self.jira.sim("POST", "/settings", {"links_base": "https://api.atlassian.com/ex/jira/1234"})
        self.assertEqual(
            self.read(key)["self"], f"https://api.atlassian.com/ex/jira/1234/rest/api/3/issue/{self.read(key)['id']}"
        )

    def test_twenty_writes_on_one_issue_in_two_seconds_are_the_most(self) -> None:
        self.jira.sim("POST", "/settings", {"limit_seconds": 600})
        key, other = self.issue(), self.issue()
        replies = [
            self.ask("PUT", f"issue/{key}", {"fields": {"summary": f"Printer {number}"}}) for number in range(21)
        ]
        self.assertEqual([one.status for one in replies[-2:]], [204, 429])
        self.assertEqual(
            (replies[-1].headers["ratelimit-reason"], replies[-1].headers["retry-after"]),
            ("jira-per-issue-on-write", "5"),
        )
        self.assertEqual(self.ask("PUT", f"issue/{other}", {"fields": {"summary": "x"}}).status, 204)
        self.assertEqual(self.read(key)["fields"]["summary"], "Printer 19")

    def test_an_endpoint_takes_fifty_changes_a_second_when_the_burst_limit_is_on(self) -> None:
        self.jira.sim("POST", "/settings", {"burst_limit": True, "per_issue_limit": False, "limit_seconds": 600})
        keys = [self.issue() for _ in range(3)]
        replies = [
            self.ask("PUT", f"issue/{keys[number % 3]}/properties/bro", {"number": number}) for number in range(51)
        ]
        self.assertEqual([one.status for one in replies[-2:]], [200, 429])
        self.assertEqual(replies[-1].headers["ratelimit-reason"], "jira-burst-based")
        self.assertEqual(self.ask("GET", f"issue/{keys[0]}/properties/bro").status, 200)

    def test_each_kind_of_429_has_its_reason_and_a_reset_that_may_lack_its_seconds(self) -> None:
        for name, reason, after in (
            ("burst", "jira-burst-based", "1"),
            ("quota", "jira-quota-global-based", "600"),
            ("cost", "jira-cost-based", "10"),
            ("quota-without-retry-after", "jira-quota-tenant-based", None),
        ):
            self.jira.fault(do="vendor", name=name)
            reply = self.ask("GET", "myself")
            self.assertEqual(
                (reply.status, reply.headers["ratelimit-reason"], reply.headers.get("retry-after")),
                (429, reason, after),
            )
        self.assertRegex(reply.headers["x-ratelimit-reset"], r"^\d{4}-\d\d-\d\dT\d\d:00Z$")

    def test_the_mail_address_of_others_is_hidden(self) -> None:
        self.assertIn("emailAddress", self.good("GET", "myself"))
        self.assertNotIn("emailAddress", self.good("GET", "user/search?query=kari")[0])

    def test_people_are_not_named_by_user_names(self) -> None:
        self.refused(self.ask("GET", "user?username=kari"), 400)
        self.jira.sim("DELETE", "/violations")


class OfDataCenter(Rights, DataCenterCase):
    """Data Center."""

    def test_name_and_password_will_do(self) -> None:
        self.assertEqual(
            self.jira.call(
                "GET", "/rest/api/2/myself", None, {"Authorization": "Basic c2Frc2JybzphZ2VudC10b2tlbg=="}
            ).json["name"],
            "saksbro",
        )

    def test_limits_are_told_on_each_answer_when_the_administrator_turned_them_on(self) -> None:
        self.assertNotIn("x-ratelimit-limit", self.ask("GET", "myself").headers)
        self.jira.sim("POST", "/settings", {"rate_headers": True})
        headers = self.ask("GET", "myself").headers
        self.assertEqual(
            (headers["x-ratelimit-limit"], headers["x-ratelimit-interval-seconds"], headers["retry-after"]),
            ("50", "60", "0"),
        )
        self.jira.fault(do="vendor", name="rate-limited", seconds=3)
        reply = self.ask("GET", "myself")
        self.assertEqual((reply.status, reply.headers["retry-after"]), (429, "3"))

    def test_too_many_wrong_passwords_ask_for_a_captcha(self) -> None:
        self.jira.fault(do="vendor", name="captcha")
        reply = self.ask("GET", "myself")
        self.assertEqual(
            (reply.status, reply.headers["x-authentication-denied-reason"].split(";")[0]), (403, "CAPTCHA_CHALLENGE")
        )


if __name__ == "__main__":
    unittest.main()
