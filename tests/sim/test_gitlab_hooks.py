#!/usr/bin/python3
"""The GitLab simulator's webhooks: shape, signature, what is sent when, what disables a hook, the log."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import unittest
from typing import Any

from gitlab_case import ADMIN, BRIDGE, DESK, KARI, GitlabCase, Sink
from common.testing import HERE, Received

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
# What only issues of another kind, or another edition, have.
NOT_OF_ISSUES = {"escalation_status", "escalation_policy"}


def missing(recorded: Any, sent: Any, path: str = "") -> list[str]:
    """The fields of a recording that a body does not have."""
    found = []
    if isinstance(recorded, dict) and isinstance(sent, dict):
        for name, value in recorded.items():
            if name not in sent:
                found.append(f"{path}{name}")
            else:
                found += missing(value, sent[name], f"{path}{name}.")
    elif isinstance(recorded, list) and isinstance(sent, list) and recorded and sent:
        found += missing(recorded[0], sent[0], path)
    return found


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


class Bodies(HookCase):
    """What is sent."""

    def recorded(self, name: str) -> Any:
        return json.loads((HERE / "recorded" / f"gitlab-{name}.json").read_text(encoding="utf-8"))

    def test_the_body_of_an_issue_has_all_that_a_recorded_one_has(self) -> None:
        self.hook()
        self.issue(labels="bug", assignee_ids=[4])
        self.ask("PUT", f"{DESK}/issues/1", {"labels": "status::to do"})
        body = self.sent()[1].json
        absent = [name for name in missing(self.recorded("clientgo-issue"), body) if not name.startswith("changes.")]
        self.assertEqual([name for name in absent if name.split(".")[-1] not in NOT_OF_ISSUES], [])
        self.assertEqual([label["title"] for label in body["changes"]["labels"]["previous"]], ["bug"])
        self.assertEqual([label["title"] for label in body["changes"]["labels"]["current"]], ["status::to do"])

    def test_the_bodies_of_notes_have_all_that_recorded_ones_have(self) -> None:
        self.hook()
        self.issue()
        self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hello"})
        self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hush", "internal": True})
        public, internal = (one.json for one in self.sent()[1:])
        # `position` and `branch_name` were columns of issues until 2017.
        gone = {"issue.position", "issue.branch_name"}
        self.assertEqual(set(missing(self.recorded("clientgo-note_issue"), public)) - gone, set())
        self.assertEqual(set(missing(self.recorded("gopg-confidential-comment-event"), internal)) - gone, set())
        self.assertEqual((public["event_type"], internal["event_type"]), ("note", "confidential_note"))
        self.assertEqual((internal["object_attributes"]["internal"], internal["issue"]["confidential"]), (True, False))

    def test_the_body_of_a_release_has_all_that_a_recorded_one_has(self) -> None:
        self.hook()
        self.ask("POST", f"{DESK}/releases", {"tag_name": "v1", "description": "First"}, BRIDGE)
        body = self.sent()[0].json
        self.assertEqual(missing(self.recorded("clientgo-release"), body), [])
        self.assertNotIn("user", body)

    def test_an_old_server_leaves_out_who_did_it_and_what_changed(self) -> None:
        self.settings(old_hooks=True)
        self.hook()
        self.issue()
        self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hush", "internal": True})
        issue, note = (one.json for one in self.sent())
        self.assertNotIn("changes", issue)
        self.assertNotIn("id", issue["user"])
        self.assertFalse({"internal", "action"} & set(note["object_attributes"]))
        self.assertEqual(self.sent()[1].headers["x-gitlab-event"], "Confidential Note Hook")

    def test_pictures_have_whole_addresses_in_hooks(self) -> None:
        self.hook()
        secret = "0123456789abcdef" * 2
        issue = self.issue(description=f"![x](/uploads/{secret}/x.png) [y](/uploads/{secret}/y.pdf)")
        sent = self.sent()[0].json["object_attributes"]["description"]
        self.assertEqual(
            sent, f"![x]({self.gitlab.url}/-/project/1/uploads/{secret}/x.png) [y](/uploads/{secret}/y.pdf)"
        )
        self.assertNotEqual(issue["description"], sent)

    def test_who_did_it_is_user_and_not_the_author_of_the_issue(self) -> None:
        self.hook()
        self.issue(BRIDGE)
        self.act("ola", "edit", iid=1, title="By Ola")
        body = self.sent()[1].json
        self.assertEqual((body["user"]["username"], body["object_attributes"]["author_id"]), ("ola", 2))
        self.assertEqual(body["user"]["email"], "[REDACTED]")

    def test_tasks_and_incidents_are_work_items_under_the_same_header(self) -> None:
        self.hook()
        self.issue(issue_type="incident")
        sent = self.sent()[0]
        self.assertEqual(
            (sent.headers["x-gitlab-event"], sent.json["object_kind"], sent.json["object_attributes"]["type"]),
            ("Issue Hook", "work_item", "Incident"),
        )


class Events(HookCase):
    """What is sent when."""

    def test_closing_and_relabelling_in_one_request_is_two_hooks(self) -> None:
        self.hook()
        self.issue()
        self.ask("PUT", f"{DESK}/issues/1", {"state_event": "close", "add_labels": "bug"})
        self.assertEqual(self.told(), [("Issue Hook", "open"), ("Issue Hook", "close"), ("Issue Hook", "update")])

    def test_confidential_ones_have_events_of_their_own(self) -> None:
        self.hook(confidential_issues_events=False, confidential_note_events=False)
        self.issue(confidential=True)
        self.issue()
        self.ask("POST", f"{DESK}/issues/2/notes", {"body": "Hush", "internal": True})
        self.assertEqual(self.told(), [("Issue Hook", "open")])
        self.hook()
        self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hello"})
        self.assertEqual(self.told()[1:], [("Confidential Note Hook", "create")])

    def test_nothing_is_sent_for_what_is_deleted_and_for_what_the_system_says(self) -> None:
        self.hook()
        self.issue()
        note = self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hello"}).json
        self.ask("DELETE", f"{DESK}/issues/1/notes/{note['id']}")
        self.ask("DELETE", f"{DESK}/issues/1", token=ADMIN)
        self.assertEqual(self.told(), [("Issue Hook", "open"), ("Note Hook", "create")])

    def test_a_change_of_nothing_sends_nothing(self) -> None:
        self.hook()
        self.issue(labels="bug")
        self.ask("PUT", f"{DESK}/issues/1", {"title": "Printer", "add_labels": "bug"})
        self.assertEqual(self.told(), [("Issue Hook", "open")])

    def test_a_hook_of_a_group_has_the_events_of_its_projects_in_premium_only(self) -> None:
        made = self.ask("POST", "/api/v4/groups/support/hooks", {"url": self.sink.url, **ALL}, ADMIN)
        self.assertEqual((made.status, made.json["group_id"]), (201, 1))
        self.issue()
        self.assertEqual(len(self.sent()), 1)
        self.settings(edition="free")
        self.issue()
        self.assertEqual(len(self.sent()), 1)

    def test_a_status_stands_in_the_hook(self) -> None:
        self.hook()
        self.issue()
        self.act("kari", "edit", iid=1, status=3)
        body = self.sent()[1].json
        self.assertEqual(body["object_attributes"]["status"], {"id": 3, "name": "Done", "category": "done"})
        self.assertEqual(
            (body["object_attributes"]["state"], body["changes"]["state_id"]), ("closed", {"previous": 1, "current": 2})
        )

    def test_a_chain_through_the_same_hook_is_cut_silently(self) -> None:
        self.hook()
        self.issue()
        cause = self.sent()[0].headers["x-gitlab-event-uuid"]
        headers = {"PRIVATE-TOKEN": KARI, "X-Gitlab-Event-UUID": cause}
        self.assertEqual(self.gitlab.call("POST", f"{DESK}/issues", {"title": "Other"}, headers).status, 201)
        self.assertEqual(len(self.sent()), 1)
        self.assertEqual([one["why"] for one in self.gitlab.sim("GET", "/blocked")["blocked"]], ["recursion"])

    def test_over_the_limit_of_calls_a_minute_events_are_lost(self) -> None:
        self.settings(limits={"hooks": 2})
        self.hook()
        for _ in range(4):
            self.issue()
        self.assertEqual(len(self.sent()), 2)

    def test_they_can_come_twice_lost_and_in_another_order(self) -> None:
        self.hook()
        self.gitlab.sim("POST", "/hooks", {"mode": "hold", "lose": 1})
        for title in ("Lost", "One", "Two"):
            self.issue(title=title)
        self.gitlab.sim("POST", "/hooks/release", {"order": "reverse"})
        self.assertEqual([one.json["object_attributes"]["title"] for one in self.sent()], ["Two", "One"])
        self.gitlab.sim("POST", "/deliveries/2/redeliver")
        again = self.sent()
        self.assertEqual(again[1].headers["webhook-id"], again[2].headers["webhook-id"])


class Signatures(HookCase):
    """How a receiver knows that it is GitLab."""

    def test_the_secret_token_is_sent_as_it_is_and_never_told_again(self) -> None:
        hook = self.hook(token="s3cret")
        self.issue()
        self.assertEqual(self.sent()[0].headers["x-gitlab-token"], "s3cret")
        self.assertEqual((hook["token_present"], hook["signing_token_present"]), (True, False))
        self.assertNotIn("s3cret", json.dumps(hook))

    def test_the_signing_token_signs_id_time_and_body(self) -> None:
        hook = self.hook(signing_token=SIGNING)
        self.assertTrue(hook["signing_token_present"])
        self.issue()
        sent = self.sent()[0]
        text = f"{sent.headers['webhook-id']}.{sent.headers['webhook-timestamp']}.".encode() + sent.body
        digest = hmac.new(base64.b64decode(SIGNING.removeprefix("whsec_")), text, hashlib.sha256).digest()
        self.assertEqual(sent.headers["webhook-signature"], "v1," + base64.b64encode(digest).decode())
        self.assertEqual(sent.headers["webhook-id"], sent.headers["idempotency-key"])
        self.assertNotIn("x-gitlab-token", sent.headers)

    def test_where_the_flag_is_off_the_signing_token_is_dropped_and_the_hook_unsigned(self) -> None:
        self.settings(signing_tokens=False)
        self.assertFalse(self.hook(signing_token=SIGNING)["signing_token_present"])
        self.issue()
        self.assertNotIn("webhook-signature", self.sent()[0].headers)

    def test_a_signing_token_has_32_bytes(self) -> None:
        reply = self.ask("POST", f"{DESK}/hooks", {"url": self.sink.url, "signing_token": "whsec_AAAA"}, BRIDGE)
        self.assertEqual(reply.status, 422)

    def test_every_delivery_has_the_vendors_headers(self) -> None:
        self.hook(custom_headers=[{"key": "X-Ours", "value": "1"}])
        self.issue()
        headers = self.sent()[0].headers
        self.assertEqual(
            (headers["user-agent"], headers["x-gitlab-instance"], headers["x-ours"]),
            ("GitLab/19.1.0", self.gitlab.url, "1"),
        )
        for name in (
            "x-gitlab-webhook-uuid",
            "x-gitlab-event-uuid",
            "webhook-id",
            "webhook-timestamp",
            "idempotency-key",
        ):
            self.assertIn(name, headers)

    def test_hooks_are_for_maintainers_and_not_for_the_local_network_where_that_is_off(self) -> None:
        self.assertEqual(self.ask("POST", f"{DESK}/hooks", {"url": self.sink.url}, "glpat-ola").status, 403)
        self.settings(local_hooks=False)
        reply = self.ask("POST", f"{DESK}/hooks", {"url": self.sink.url}, BRIDGE)
        self.assertEqual((reply.status, reply.json), (422, {"error": "Invalid url given"}))


class Health(HookCase):
    """No retries; four failures in a row disable a hook; the log, and sending again."""

    def lose(self, times: int, status: int = 400) -> None:
        """So many events fail."""
        self.sink.answer = lambda received: status
        for _ in range(times):
            self.issue()
        self.sent()
        self.sink.answer = lambda received: 200

    def test_what_fails_is_not_sent_again(self) -> None:
        self.hook()
        self.lose(1, 503)
        self.assertEqual(len(self.sent()), 1)

    def test_four_failures_in_a_row_disable_a_hook_for_a_minute_and_what_happens_then_is_lost(self) -> None:
        hook = self.hook()
        self.lose(3)
        self.assertEqual(self.status(hook), "executable")
        self.lose(1)
        self.assertEqual(self.status(hook), "temporarily_disabled")
        self.issue()
        self.assertEqual(len(self.sent()), 4)
        self.gitlab.sim("POST", "/clock", {"advance": 61})
        self.assertEqual(self.status(hook), "executable")
        self.issue()
        self.assertEqual(len(self.sent()), 5)

    def test_each_further_failure_doubles_the_time(self) -> None:
        hook = self.hook()
        self.lose(4)
        self.gitlab.sim("POST", "/clock", {"advance": 61})
        self.lose(1)
        self.gitlab.sim("POST", "/clock", {"advance": 61})
        self.assertEqual(self.status(hook), "temporarily_disabled")
        self.gitlab.sim("POST", "/clock", {"advance": 60})
        self.assertEqual(self.status(hook), "executable")

    def test_forty_failures_disable_it_for_good_until_a_test_succeeds(self) -> None:
        hook = self.hook()
        for _ in range(40):
            self.lose(1)
            self.gitlab.sim("POST", "/clock", {"advance": 86_401})
        self.assertEqual(self.status(hook), "disabled")
        reply = self.ask("POST", f"{DESK}/hooks/{hook['id']}/test/issues_events", token=ADMIN)
        self.assertEqual((reply.status, reply.json), (201, {"message": "201 Created"}))
        self.assertEqual(self.status(hook), "executable")

    def test_a_success_counts_from_the_start_again(self) -> None:
        hook = self.hook()
        for _ in range(2):
            self.lose(3)
            self.issue()
            self.sent()
        self.assertEqual(self.status(hook), "executable")

    def test_a_server_without_the_flag_never_disables(self) -> None:
        self.settings(auto_disable_hooks=False)
        hook = self.hook()
        self.lose(6)
        self.assertEqual((self.status(hook), len(self.sent())), ("executable", 6))

    def test_the_body_of_a_test_has_no_action(self) -> None:
        hook = self.hook()
        self.issue()
        self.ask("POST", f"{DESK}/hooks/{hook['id']}/test/issues_events", token=BRIDGE)
        self.assertEqual(self.told(), [("Issue Hook", "open"), ("Issue Hook", None)])
        refused = self.ask("POST", f"{DESK}/hooks/{hook['id']}/test/note_events", token=BRIDGE)
        self.assertEqual((refused.status, refused.json["message"]), (422, "Ensure the project has notes."))

    def test_the_log_finds_what_failed_and_sends_it_again_with_the_same_key(self) -> None:
        hook = self.hook(signing_token=SIGNING)
        self.issue(title="Arrives")
        self.sent()
        self.lose(1, 500)
        log = f"{DESK}/hooks/{hook['id']}/events"
        self.assertEqual(len(self.ask("GET", log, token=BRIDGE).json), 2)
        (row,) = self.ask("GET", f"{log}?status=server_failure", token=BRIDGE).json
        self.assertEqual(
            (row["trigger"], row["response_status"], row["request_data"]["object_attributes"]["iid"]),
            ("issue_hooks", "500", 2),
        )
        reply = self.ask("POST", f"{log}/{row['id']}/resend", token=BRIDGE)
        self.assertEqual((reply.status, reply.json), (201, {"response_status": 200}))
        lost, again = self.sent()[1:]
        self.assertEqual((lost.headers["webhook-id"], lost.body), (again.headers["webhook-id"], again.body))

    def test_a_receiver_may_ask_gitlab_while_it_answers_what_is_sent_again(self) -> None:
        hook = self.hook()
        self.lose(1, 500)
        self.sink.answer = lambda received: self.ask("GET", f"{DESK}/issues/1").status
        row = self.ask("GET", f"{DESK}/hooks/{hook['id']}/events", token=BRIDGE).json[0]
        reply = self.ask("POST", f"{DESK}/hooks/{hook['id']}/events/{row['id']}/resend", token=BRIDGE)
        self.assertEqual(reply.json, {"response_status": 200})

    def test_sending_again_is_limited_and_needs_the_same_address(self) -> None:
        hook = self.hook()
        self.issue()
        self.sent()
        row = self.ask("GET", f"{DESK}/hooks/{hook['id']}/events", token=BRIDGE).json[0]
        resend = f"{DESK}/hooks/{hook['id']}/events/{row['id']}/resend"
        self.gitlab.sim("POST", "/clock", {"stopped": True})
        self.assertEqual([self.ask("POST", resend, token=BRIDGE).status for _ in range(6)], [201] * 5 + [429])
        self.gitlab.sim("POST", "/clock", {"advance": 60})
        self.ask("PUT", f"{DESK}/hooks/{hook['id']}", {"url": f"{self.sink.url}/other"}, BRIDGE)
        self.assertEqual(self.ask("POST", resend, token=BRIDGE).status, 422)

    def test_the_log_forgets_after_a_week(self) -> None:
        hook = self.hook()
        self.issue()
        self.sent()
        self.gitlab.sim("POST", "/clock", {"advance": 8 * 86_400})
        self.assertEqual(self.ask("GET", f"{DESK}/hooks/{hook['id']}/events", token=BRIDGE).json, [])


if __name__ == "__main__":
    unittest.main()
