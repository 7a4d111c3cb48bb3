#!/usr/bin/python3
"""The GitLab simulator's webhooks: shape, signature, what is sent when, from whom."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import unittest
from typing import Any

from gitlab_case import ADMIN, ALL, BRIDGE, DESK, KARI, SIGNING, HookCase
from common.testing import HERE
from gitlab_server.hooks import signature

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

    def test_setting_what_is_set_sends_an_update_without_changes(self) -> None:
        self.hook()
        issue = self.issue(labels="bug")
        self.ask("PUT", f"{DESK}/issues/1", {"title": "Printer"})
        self.ask("PUT", f"{DESK}/issues/1", {"add_labels": "bug"})
        self.assertEqual(self.told(), [("Issue Hook", "open"), ("Issue Hook", "update")])
        self.assertEqual(self.sent()[1].json["changes"], {})
        self.assertEqual(self.read(issue)["updated_at"], issue["updated_at"])

    def test_after_somebody_elses_change_that_update_says_who_and_when(self) -> None:
        self.hook()
        self.issue()
        self.act("ola", "edit", iid=1, title="By Ola")
        self.ask("PUT", f"{DESK}/issues/1", {"title": "By Ola"})
        self.assertEqual(sorted(self.sent()[2].json["changes"]), ["updated_at", "updated_by_id"])

    def test_a_reference_moves_the_time_of_the_other_issue_and_sends_nothing_for_it(self) -> None:
        self.hook()
        issue = self.issue()
        self.issue(description="As #1")
        self.assertGreater(self.read(issue)["updated_at"], issue["updated_at"])
        self.assertEqual([one.json["object_attributes"]["iid"] for one in self.sent()], [1, 2])

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
        self.assertEqual(self.told()[1:], [("Issue Hook", "close")])
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

    def test_the_signature_is_that_of_the_vector_that_the_standard_webhooks_library_made(self) -> None:
        body = (HERE / "recorded" / "gitlab-clientgo-issue.json").read_bytes()
        made = signature(SIGNING, "f5e5f430-f57b-4e6e-9fac-d9128cd7232f", "1744578123", body)
        self.assertEqual(made, "v1,DbF3S7GK20K7aX6i+VT/pqvqIMUYMiAHNVqszMFRBtM=")

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


if __name__ == "__main__":
    unittest.main()
