#!/usr/bin/python3
"""Webhooks of the Jira simulator: shapes, signatures, retries, order, registering; Cloud and Data Center."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import unittest
from typing import Any

from jira_case import DataCenterCase, JiraCase, Sink

SECRET = "It's a Secret to Everybody"


class Hooks:
    """What both dialects do."""

    def setUp(self) -> None:
        super().setUp()
        self.sink = Sink()

    def tearDown(self) -> None:
        self.sink.stop()
        super().tearDown()

    def listen(self, **more: Any) -> None:
        self.jira.sim("POST", "/webhooks", {"url": f"{self.sink.url}/jira?x=1", "secret": SECRET, **more})

    def told(self) -> list[dict[str, Any]]:
        """The bodies that came, in the order in which they came."""
        self.jira.wait_for_hooks()
        return [one.json for one in self.sink.received]

    def names(self) -> list[str]:
        return [" ".join(filter(None, (one["webhookEvent"], one.get("issue_event_type_name")))) for one in self.told()]

    def comment(self, key: str, words: str = "hello") -> str:
        return self.good("POST", f"issue/{key}/comment", {"body": self.text(words)})["id"]

    def test_the_signature_is_of_the_raw_body(self) -> None:
        self.listen()
        self.issue()
        self.told()
        one = self.sink.received[0]
        self.assertEqual(
            one.headers["x-hub-signature"], "sha256=" + hmac.new(SECRET.encode(), one.body, hashlib.sha256).hexdigest()
        )
        self.assertEqual((one.path, one.headers["content-type"]), ("/jira?x=1", "application/json; charset=UTF-8"))

    def test_without_a_secret_there_is_no_signature(self) -> None:
        self.listen(secret="")
        self.issue()
        self.told()
        self.assertNotIn("x-hub-signature", self.sink.received[0].headers)

    def test_a_create_tells_the_whole_issue_and_who_made_it(self) -> None:
        self.listen()
        key = self.issue(description=self.text("It smokes"), labels=["bro-1"])
        body = self.told()[0]
        self.assertEqual(
            (body["webhookEvent"], body["issue_event_type_name"], body["user"]["displayName"]),
            ("jira:issue_created", "issue_created", "Saksbro"),
        )
        self.assertEqual(
            (body["issue"]["key"], body["issue"]["fields"]["description"], body["issue"]["fields"]["labels"]),
            (key, "It smokes", ["bro-1"]),
        )
        self.assertIsInstance(body["timestamp"], int)

    def test_the_status_has_a_capital_in_a_create_and_none_in_an_update(self) -> None:
        self.listen()
        key = self.issue()
        self.good("POST", f"issue/{key}/transitions", {"transition": {"id": "21"}})
        names = [
            [item["field"] for item in one["changelog"]["items"] if item["field"].lower() == "status"]
            for one in self.told()
        ]
        self.assertEqual(names, [["Status"], ["status"]])

    def test_a_comment_is_told_twice(self) -> None:
        self.listen()
        key = self.issue()
        number = self.comment(key)
        self.good("PUT", f"issue/{key}/comment/{number}", {"body": self.text("hello again")})
        self.good("DELETE", f"issue/{key}/comment/{number}")
        self.assertEqual(
            self.names()[1:],
            [
                "comment_created",
                "jira:issue_updated issue_commented",
                "comment_updated",
                "jira:issue_updated issue_comment_edited",
                "comment_deleted",
                "jira:issue_updated issue_comment_deleted",
            ],
        )
        self.assertEqual(["comment" in one for one in self.told()[1:]], [True, True, True, True, True, False])
        self.assertTrue(all("changelog" not in one for one in self.told()[1:]))

    def test_a_comment_in_a_transition_is_told_with_it_and_once_more(self) -> None:
        self.listen()
        key = self.issue(kind="Bug")
        body = {"transition": {"id": "4"}, "update": {"comment": [{"add": {"body": self.text("On it")}}]}}
        self.ask("POST", f"issue/{key}/transitions", body)
        self.assertEqual(
            self.names()[1:],
            [f"jira:issue_updated {'issue_generic' if self.cloud else 'issue_work_started'}", "comment_created"],
        )
        self.assertEqual(self.told()[1]["comment"]["body"], "On it")

    def test_only_the_assignee_changed_has_an_event_of_its_own(self) -> None:
        self.listen(events=["jira:issue_updated"])
        key = self.issue()
        self.jira.sim("POST", f"/issues/{key}/edit", {"fields": {"assignee": "kari"}})
        self.jira.sim("POST", f"/issues/{key}/edit", {"fields": {"assignee": "ola", "summary": "Other"}})
        self.assertEqual(self.names(), ["jira:issue_updated issue_assigned", "jira:issue_updated issue_updated"])

    def test_a_deletion_tells_what_was_there_and_what_hangs_on_it_comes_after(self) -> None:
        self.listen()
        key = self.issue()
        self.comment(key)
        self.good("DELETE", f"issue/{key}", who="admin")
        self.assertEqual(self.names()[-2:], ["jira:issue_deleted", "comment_deleted"])
        self.assertEqual(len(self.told()[-2]["issue"]["fields"]["comment"]["comments"]), 1)

    def test_a_filter_is_asked_after_the_change_so_what_moves_out_is_not_told(self) -> None:
        self.listen(jql="project = OPS AND status = 'To Do'", events=["jira:issue_created", "jira:issue_updated"])
        key = self.issue()
        self.good("POST", f"issue/{key}/transitions", {"transition": {"id": "31"}})
        self.issue(project="SUP", kind="[System] Incident")
        self.assertEqual(self.names(), ["jira:issue_created issue_created"])

    def test_nothing_comes_for_an_event_that_is_not_subscribed_to(self) -> None:
        self.listen(events=["comment_created"])
        self.comment(self.issue())
        self.assertEqual(self.names(), ["comment_created"])

    def test_an_edit_of_many_says_that_it_was_one(self) -> None:
        keys = [self.issue(), self.issue()]
        self.listen()
        self.jira.sim("POST", "/bulk", {"keys": keys, "fields": {"labels": ["x"]}})
        self.assertEqual([one["bulkOperationMetaData"]["totalChanges"] for one in self.told()], [2, 2])

    def test_a_release_is_told(self) -> None:
        self.listen()
        self.jira.sim("POST", "/projects/OPS/versions/1.1", {"released": True})
        self.assertEqual(
            [(one["webhookEvent"], one["version"]["name"], one["version"]["released"]) for one in self.told()],
            [("jira:version_released", "1.1", True)],
        )

    def test_someone_who_is_gone_has_no_address_and_no_name(self) -> None:
        key = self.jira.sim("POST", "/issues", {"as": "ola", "project": "OPS"})["key"]
        self.jira.sim("POST", "/people/ola", {"deleted": True, "active": False})
        told = self.read(key)["fields"]["reporter"]
        self.assertEqual((told["displayName"], told["active"], "emailAddress" in told), ("Former user", False, False))
        if self.cloud:
            self.jira.sim("POST", "/people/ola", {"erased": True})
            self.assertEqual(self.read(key)["fields"]["creator"]["accountId"], "unknown")

    def test_an_automation_reacts_to_a_change_as_someone_else(self) -> None:
        self.listen(events=["jira:issue_updated"])
        self.jira.sim(
            "POST",
            "/automation",
            {"on": "jira:issue_updated", "by": "saksbro", "status": "Done", "labels": ["checked"], "to": "In Progress"},
        )
        key = self.issue()
        self.good("POST", f"issue/{key}/transitions", {"transition": {"id": "31"}})
        fields = self.read(key)["fields"]
        self.assertEqual((fields["status"]["name"], fields["labels"]), ("In Progress", ["checked"]))
        self.assertEqual(
            [one["user"]["displayName"] for one in self.told()],
            ["Saksbro", "Automation for Jira", "Automation for Jira"],
        )

    def test_webhooks_may_come_twice_in_another_order_or_not_at_all(self) -> None:
        self.listen(events=["jira:issue_created"])
        self.jira.sim("POST", "/hooks", {"mode": "hold", "lose": 1})
        lost, first, second = self.issue(), self.issue(), self.issue()
        self.assertEqual(self.told(), [])
        self.jira.sim("POST", "/hooks/release", {"order": "reverse"})
        self.assertEqual([one["issue"]["key"] for one in self.told()], [second, first])
        number = self.jira.sim("GET", "/deliveries?state=delivered")["deliveries"][0]["number"]
        self.jira.sim("POST", f"/deliveries/{number}/redeliver")
        self.assertEqual([one["issue"]["key"] for one in self.told()], [second, first, first])
        self.assertEqual(
            [one["state"] for one in self.jira.sim("GET", "/deliveries")["deliveries"]],
            ["lost", "delivered", "delivered"],
        )
        self.assertEqual(lost, "OPS-1")

    def test_an_administrator_registers_one_and_the_secret_is_not_shown_again(self) -> None:
        path = "/rest/webhooks/1.0/webhook" if self.cloud else "/rest/jira-webhook/1.0/webhooks"
        wanted = {"name": "Saksbro", "url": self.sink.url, "events": ["jira:issue_created"]}
        wanted |= (
            {"filters": {"issue-related-events-section": "project = OPS"}, "secret": SECRET}
            if self.cloud
            else {"configuration": {"FILTERS": "project = OPS", "SECRET": SECRET}}
        )
        self.refused(self.ask("POST", path, wanted), 403)
        made = self.ask("POST", path, wanted, "admin")
        self.assertEqual((made.status, SECRET in made.text), (201, False))
        self.issue()
        self.told()
        self.assertIn("x-hub-signature", self.sink.received[0].headers)


class OfCloud(Hooks, JiraCase):
    """Cloud: an id for each delivery, five more attempts; apps register by OAuth."""

    def oauth(self) -> dict[str, str]:
        asked = {
            "grant_type": "refresh_token",
            "client_id": "saksbro-app",
            "client_secret": "saksbro-app-secret",
            "refresh_token": "first-refresh-token",
        }
        token = self.jira.call("POST", "/oauth/token", asked).json["access_token"]
        return {"Authorization": f"Bearer {token}"}

    def app(self, method: str, path: str, body: Any, proof: dict[str, str]) -> Any:
        reply = self.jira.call(method, f"/ex/jira/11111111-2222-3333-4444-555555555555/rest/api/3/{path}", body, proof)
        self.assertLess(reply.status, 300, reply.text)
        return reply.json if reply.body else None

    def test_a_comment_has_an_issue_of_six_fields_and_no_user(self) -> None:
        self.listen(events=["comment_created", "comment_deleted"])
        key = self.issue()
        number = self.comment(key)
        self.good("DELETE", f"issue/{key}/comment/{number}")
        for body in self.told():
            self.assertEqual(sorted(body), ["comment", "issue", "timestamp", "webhookEvent"])
            self.assertEqual(
                sorted(body["issue"]["fields"]), ["assignee", "issuetype", "priority", "project", "status", "summary"]
            )
            self.assertEqual((body["comment"]["body"], body["comment"]["jsdPublic"]), ("hello", True))

    def test_issue_webhooks_may_lose_the_comment(self) -> None:
        self.jira.sim("POST", "/settings", {"issue_hooks_have_comment": False})
        self.listen(events=["jira:issue_updated"])
        self.comment(self.issue())
        self.assertEqual(["comment" in one for one in self.told()], [False])

    def test_an_id_is_the_same_on_each_attempt_and_they_are_counted(self) -> None:
        self.listen(events=["jira:issue_created"])
        self.jira.sim("POST", "/hooks", {"delays": [0, 0, 0, 0, 0]})
        answers = [503, 429, 408, 200]
        self.sink.answer = lambda received: answers.pop(0)
        self.issue()
        self.told()
        self.assertEqual(
            [one.headers.get("x-atlassian-webhook-retry") for one in self.sink.received], [None, "1", "2", "3"]
        )
        self.assertEqual(len({one.headers["x-atlassian-webhook-identifier"] for one in self.sink.received}), 1)
        self.assertEqual(len({one.body for one in self.sink.received}), 1)

    def test_it_gives_up_after_the_fifth_attempt_more(self) -> None:
        self.listen(events=["jira:issue_created"])
        self.jira.sim("POST", "/hooks", {"delays": [0, 0, 0, 0, 0]})
        self.sink.answer = lambda received: 500
        self.issue()
        self.told()
        self.assertEqual(
            (len(self.sink.received), self.jira.sim("GET", "/deliveries")["deliveries"][0]["state"]), (6, "failed")
        )

    def test_a_refusal_is_final(self) -> None:
        self.listen(events=["jira:issue_created"])
        for status in (400, 401, 404):
            self.sink.answer = lambda received, status=status: status
            self.issue()
        self.told()
        self.assertEqual(len(self.sink.received), 3)

    def test_what_hangs_on_a_deletion_comes_by_the_slower_way(self) -> None:
        self.listen()
        key = self.issue()
        self.comment(key)
        self.good("DELETE", f"issue/{key}", who="admin")
        self.told()
        self.assertEqual(
            [one.headers["x-atlassian-webhook-flow"] for one in self.sink.received][-2:], ["Primary", "Secondary"]
        )

    def test_only_an_oauth_app_registers_dynamic_ones(self) -> None:
        self.refused(self.ask("GET", "webhook"), 403)

    def test_a_dynamic_one_is_proven_by_a_token_of_the_apps_secret_and_expires_in_thirty_days(self) -> None:
        proof = self.oauth()
        wanted = {
            "url": self.sink.url,
            "webhooks": [
                {"events": ["jira:issue_created"], "jqlFilter": "project = OPS"},
                {"events": ["jira:issue_created"], "jqlFilter": "summary ~ x"},
            ],
        }
        told = self.app("POST", "webhook", wanted, proof)["webhookRegistrationResult"]
        self.assertEqual(
            (list(told[0]), told[1]), (["createdWebhookId"], {"errors": ["The clause summary is unsupported"]})
        )
        self.issue()
        self.assertEqual(self.told()[0]["matchedWebhookIds"], [told[0]["createdWebhookId"]])
        head, claims, signature = self.sink.received[0].headers["authorization"].removeprefix("Bearer ").split(".")
        expected = hmac.new(b"saksbro-app-secret", f"{head}.{claims}".encode(), hashlib.sha256).digest()
        self.assertEqual(signature, base64.urlsafe_b64encode(expected).decode().rstrip("="))
        self.assertEqual(json.loads(base64.urlsafe_b64decode(claims + "=="))["iss"], "saksbro-app")
        self.jira.sim("POST", "/clock", {"advance": 30 * 86400 + 1})
        self.issue()
        self.assertEqual(len(self.told()), 1)

    def test_a_refresh_gives_thirty_days_more(self) -> None:
        proof = self.oauth()
        wanted = {"url": self.sink.url, "webhooks": [{"events": ["jira:issue_created"], "jqlFilter": "project = OPS"}]}
        number = self.app("POST", "webhook", wanted, proof)["webhookRegistrationResult"][0]["createdWebhookId"]
        self.jira.sim(
            "POST", "/tokens", {"secret": proof["Authorization"].removeprefix("Bearer "), "expires_in": 90 * 86400}
        )
        self.jira.sim("POST", "/clock", {"advance": 20 * 86400})
        self.app("PUT", "webhook/refresh", {"webhookIds": [number]}, proof)
        self.jira.sim("POST", "/clock", {"advance": 20 * 86400})
        self.issue()
        self.assertEqual(len(self.told()), 1)
        self.app("DELETE", "webhook", {"webhookIds": [number]}, proof)
        self.assertEqual(self.app("GET", "webhook", None, proof)["values"], [])

    def test_setting_a_property_is_told_to_who_subscribes_to_it(self) -> None:
        self.listen(events=["issue_property_set"])
        key = self.issue()
        self.ask("PUT", f"issue/{key}/properties/bro", {"case": "S-1"})
        self.assertEqual(
            [(one["webhookEvent"], one["property"]["key"]) for one in self.told()], [("issue_property_set", "bro")]
        )


class OfDataCenter(Hooks, DataCenterCase):
    """Data Center: no id, no second attempt."""

    def test_a_created_comment_has_neither_issue_nor_user_and_a_changed_one_has_the_user(self) -> None:
        self.listen(events=["comment_created", "comment_updated"])
        key = self.issue()
        number = self.comment(key)
        self.good("PUT", f"issue/{key}/comment/{number}", {"body": "again"})
        self.assertEqual(
            [sorted(one) for one in self.told()],
            [["comment", "timestamp", "webhookEvent"], ["comment", "timestamp", "user", "webhookEvent"]],
        )
        self.assertIn(f"/issue/{self.read(key)['id']}/comment/{number}", self.told()[0]["comment"]["self"])

    def test_transitions_are_named_by_where_they_lead(self) -> None:
        self.listen(events=["jira:issue_updated"])
        key = self.issue(kind="Bug")
        for number, fields in (("4", None), ("5", {"resolution": {"name": "Done"}}), ("3", None)):
            self.ask(
                "POST",
                f"issue/{key}/transitions",
                {"transition": {"id": number}, **({"fields": fields} if fields else {})},
            )
        self.assertEqual(
            [one["issue_event_type_name"] for one in self.told()],
            ["issue_work_started", "issue_resolved", "issue_reopened"],
        )

    def test_an_old_server_does_not_name_what_an_update_was(self) -> None:
        self.jira.sim("POST", "/settings", {"old_hooks": True})
        self.listen(events=["jira:issue_updated"])
        self.jira.sim("POST", f"/issues/{self.issue()}/edit", {"fields": {"assignee": "kari"}})
        self.assertEqual(["issue_event_type_name" in one for one in self.told()], [False])

    def test_it_is_sent_once_whatever_the_answer_and_has_no_id(self) -> None:
        self.listen(events=["jira:issue_created"])
        self.sink.answer = lambda received: 503
        self.issue()
        self.told()
        self.assertEqual(len(self.sink.received), 1)
        self.assertFalse([name for name in self.sink.received[0].headers if name.startswith("x-atlassian")])


if __name__ == "__main__":
    unittest.main()
