#!/usr/bin/python3
"""The GitLab simulator's webhooks: no retries, what disables a hook, the log and sending again."""

from __future__ import annotations

import unittest

from gitlab_case import ADMIN, BRIDGE, DESK, SIGNING, HookCase


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

    def test_a_disabled_hook_is_enabled_by_a_test_and_not_by_sending_again(self) -> None:
        hook = self.hook()
        self.lose(4)
        row = self.ask("GET", f"{DESK}/hooks/{hook['id']}/events", token=BRIDGE).json[0]
        resend = f"{DESK}/hooks/{hook['id']}/events/{row['id']}/resend"
        refused = self.ask("POST", resend, token=BRIDGE)
        self.assertEqual((refused.status, refused.json["message"]), (422, "Hook disabled"))
        self.ask("POST", f"{DESK}/hooks/{hook['id']}/test/issues_events", token=BRIDGE)
        self.assertEqual(self.ask("POST", resend, token=BRIDGE).status, 201)

    def test_the_log_has_at_most_twenty_rows_a_page(self) -> None:
        hook = self.hook()
        reply = self.ask("GET", f"{DESK}/hooks/{hook['id']}/events?per_page=100", token=BRIDGE)
        self.assertEqual((reply.status, reply.json), (400, {"error": "per_page does not have a valid value"}))

    def test_the_log_forgets_after_a_week(self) -> None:
        hook = self.hook()
        self.issue()
        self.sent()
        self.gitlab.sim("POST", "/clock", {"advance": 8 * 86_400})
        self.assertEqual(self.ask("GET", f"{DESK}/hooks/{hook['id']}/events", token=BRIDGE).json, [])


if __name__ == "__main__":
    unittest.main()
