#!/usr/bin/python3
"""The GitLab simulator's traps in what is written: quick actions, mentions, rights, what is dropped without a word."""

from __future__ import annotations

import unittest

from gitlab_case import ADMIN, BRIDGE, DESK, GUEST, KARI, NOBODY, OLA, THIRD_LINE, GitlabCase


class QuickActions(GitlabCase):
    """A line that begins with / is executed with the rights of whoever wrote it."""

    def test_a_note_of_commands_only_is_202_and_has_no_id(self) -> None:
        issue = self.issue()
        reply = self.ask("POST", f"{DESK}/issues/1/notes", {"body": "/close"})
        self.assertEqual(
            (reply.status, reply.json),
            (202, {"commands_changes": {"state_event": "close"}, "summary": ["Closed this issue."]}),
        )
        self.assertEqual((self.read(issue)["state"], self.notes(issue)), ("closed", []))

    def test_a_command_within_a_text_is_executed_and_taken_out(self) -> None:
        issue = self.issue(labels="bug")
        reply = self.ask(
            "POST", f"{DESK}/issues/1/notes", {"body": 'It is paper.\n/label ~"status::done"\n/close\nBye'}
        )
        self.assertEqual((reply.status, reply.json["body"]), (201, "It is paper.\nBye"))
        read = self.read(issue)
        self.assertEqual((read["state"], read["labels"]), ("closed", ["bug", "status::done"]))

    def test_a_description_is_executed_too(self) -> None:
        issue = self.issue(description="Secret\n/confidential\n/assign @ola\n/due 2027-01-01")
        self.assertEqual(
            (issue["description"], issue["confidential"], issue["due_date"]), ("Secret", True, "2027-01-01")
        )
        self.assertEqual([one["username"] for one in issue["assignees"]], ["ola"])

    def test_code_blocks_escapes_and_unknown_commands_stay_text(self) -> None:
        body = "```\n/close\n```\n\\/close\n /close\n/etc/passwd\n/closed\n`/close`"
        issue = self.issue()
        reply = self.ask("POST", f"{DESK}/issues/1/notes", {"body": body})
        self.assertEqual((reply.status, reply.json["body"]), (201, body))
        self.assertEqual(self.read(issue)["state"], "opened")

    def test_a_command_that_the_writer_may_not_give_vanishes(self) -> None:
        issue = self.issue()
        reply = self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hello\n/close"}, GUEST)
        self.assertEqual((reply.status, reply.json["body"], self.read(issue)["state"]), (201, "Hello", "opened"))
        self.assertEqual(self.ask("POST", f"{DESK}/issues/1/notes", {"body": "/close"}, GUEST).status, 400)

    def test_a_note_edited_to_commands_only_is_deleted(self) -> None:
        issue = self.issue()
        note = self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hello"}).json
        self.assertEqual(self.ask("PUT", f"{DESK}/issues/1/notes/{note['id']}", {"body": "/close"}).status, 202)
        self.assertEqual(self.notes(issue), [])

    def test_a_command_moves_an_issue_out_of_the_project(self) -> None:
        issue = self.issue(BRIDGE)
        self.ask("POST", f"{DESK}/issues/1/notes", {"body": "/move support/drift/third-line"}, BRIDGE)
        self.assertEqual(
            self.ask("GET", f"{THIRD_LINE}/issues/1", token=BRIDGE).json["id"], self.read(issue)["moved_to_id"]
        )

    def test_commands_relate_duplicate_and_count_time(self) -> None:
        self.issue(title="Original")
        self.issue()
        self.ask("POST", f"{DESK}/issues/2/notes", {"body": "/relate #1\n/estimate 2h\n/spend 30m"})
        read = self.ask("GET", f"{DESK}/issues/2").json
        self.assertEqual(read["time_stats"]["human_time_estimate"], "2h")
        self.assertEqual(self.ask("GET", f"{DESK}/issues/1/links").json[0]["iid"], 2)
        self.ask("POST", f"{DESK}/issues/2/notes", {"body": "/duplicate #1"})
        self.assertEqual(self.ask("GET", f"{DESK}/issues/2").json["state"], "closed")


class Mentions(GitlabCase):
    """Names and numbers in a text act."""

    def told(self) -> list[str]:
        return [one["user"] for one in self.gitlab.sim("GET", "/notified")["notified"]]

    def test_who_is_named_is_told_and_takes_part(self) -> None:
        self.issue(description="Ask @ola or `@kari`, not ola@example.com")
        self.assertEqual(self.told(), ["ola"])
        people = self.ask("GET", f"{DESK}/issues/1/participants").json
        self.assertEqual([one["username"] for one in people], ["kari", "ola"])

    def test_at_all_tells_all_members(self) -> None:
        self.issue()
        self.ask("POST", f"{DESK}/issues/1/notes", {"body": "@all: look"})
        self.assertEqual(sorted(self.told()), ["bridge", "gjest", "ola", "project_1_bot_4ffca233d8298ea1"])

    def test_an_internal_note_tells_nobody_who_may_not_read_it(self) -> None:
        self.issue()
        self.ask("POST", f"{DESK}/issues/1/notes", {"body": "@gjest @ola", "internal": True})
        self.assertEqual(self.told(), ["ola"])

    def test_a_number_leaves_a_note_at_the_other_issue(self) -> None:
        other = self.issue(title="Other")
        self.issue(description="As #1, and C#7")
        self.assertEqual([note["body"] for note in self.notes(other)], ["mentioned in issue #2"])
        self.assertTrue(self.notes(other)[0]["system"])


class Dropped(GitlabCase):
    """200 or 201, and not all of it was done."""

    def test_created_at_and_iid_are_dropped_for_all_but_owners(self) -> None:
        self.assertNotEqual(self.issue(created_at="2020-01-01T00:00:00Z")["created_at"][:4], "2020")
        owned = self.issue(ADMIN, created_at="2020-01-01T00:00:00Z", iid=77)
        self.assertEqual((owned["created_at"], owned["iid"]), ("2020-01-01T00:00:00.000Z", 77))
        self.assertEqual(self.issue()["iid"], 78)

    def test_labels_assignees_and_milestone_of_a_guest_are_dropped(self) -> None:
        issue = self.issue(GUEST, labels="bug", assignee_ids=[4], milestone_id=1)
        self.assertEqual((issue["labels"], issue["assignees"], issue["milestone"]), ([], [], None))

    def test_an_unknown_label_is_made_by_who_may_and_dropped_for_others(self) -> None:
        self.assertEqual(self.issue(labels=["brand new"])["labels"], ["brand new"])
        self.assertIn("brand new", [label["name"] for label in self.ask("GET", f"{DESK}/labels").json])

    def test_an_internal_note_of_a_guest_is_public(self) -> None:
        issue = self.issue()
        note = self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hush", "internal": True}, GUEST).json
        self.assertEqual((note["internal"], note["confidential"]), (False, False))
        self.assertEqual(len(self.notes(issue, GUEST)), 1)

    def test_an_internal_answer_in_a_public_thread_is_public(self) -> None:
        self.issue()
        thread = self.ask("POST", f"{DESK}/issues/1/discussions", {"body": "Hello"}).json
        answer = self.ask(
            "POST", f"{DESK}/issues/1/discussions/{thread['id']}/notes", {"body": "Hush", "internal": True}
        )
        self.assertEqual((answer.status, answer.json["internal"]), (201, False))

    def test_on_an_old_server_an_internal_note_is_public(self) -> None:
        self.settings(internal_notes=False)
        self.issue()
        note = self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hush", "internal": True}).json
        self.assertNotIn("internal", note)
        self.assertFalse(note["confidential"])

    def test_a_note_cannot_become_internal_later(self) -> None:
        self.issue()
        note = self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Hello"}).json
        again = self.ask("PUT", f"{DESK}/issues/1/notes/{note['id']}", {"body": "Hello!", "confidential": True}).json
        self.assertEqual((again["body"], again["internal"]), ("Hello!", False))

    def test_whoever_does_not_see_the_project_is_not_assigned(self) -> None:
        self.assertEqual(self.issue(assignee_ids=[6])["assignees"], [])

    def test_without_premium_one_assignee_is_kept_and_no_weight(self) -> None:
        self.assertEqual(len(self.issue(assignee_ids=[3, 4], weight=3)["assignees"]), 2)
        self.settings(edition="free")
        issue = self.issue(assignee_ids=[3, 4], weight=3)
        self.assertEqual([one["id"] for one in issue["assignees"]], [3])
        self.assertNotIn("weight", issue)

    def test_an_unknown_field_is_dropped_and_nothing_known_is_400(self) -> None:
        self.issue()
        self.assertEqual(self.ask("PUT", f"{DESK}/issues/1", {"title": "New", "status": "Done"}).json["title"], "New")
        refused = self.ask("PUT", f"{DESK}/issues/1", {"status": "Done"})
        self.assertEqual(refused.status, 400)
        self.assertRegex(refused.json["error"], "are missing, at least one parameter must be provided$")


class ScopedLabels(GitlabCase):
    """status::waiting instead of status::to do."""

    def test_in_premium_labels_of_one_scope_exclude_each_other(self) -> None:
        issue = self.issue(labels="status::to do,bug")
        self.ask("PUT", f"{DESK}/issues/1", {"add_labels": "status::waiting"})
        self.assertEqual(self.read(issue)["labels"], ["bug", "status::waiting"])

    def test_without_premium_they_do_not(self) -> None:
        self.settings(edition="free")
        issue = self.issue(labels="status::to do")
        self.ask("PUT", f"{DESK}/issues/1", {"add_labels": "status::waiting"})
        self.assertEqual(self.read(issue)["labels"], ["status::to do", "status::waiting"])

    def test_labels_replaces_what_others_have_set(self) -> None:
        issue = self.issue(labels="bug")
        self.ask("PUT", f"{DESK}/issues/1", {"labels": "status::waiting"})
        self.assertEqual(self.read(issue)["labels"], ["status::waiting"])
        self.ask("PUT", f"{DESK}/issues/1", {"labels": ""})
        self.assertEqual(self.read(issue)["labels"], [])

    def test_the_labels_of_a_group_are_the_projects_too(self) -> None:
        self.assertEqual(self.issue(labels="priority::high")["labels"], ["priority::high"])


class Refused(GitlabCase):
    """What GitLab says no to, in its words."""

    def test_a_title_is_needed_and_has_a_longest_length(self) -> None:
        self.assertEqual(self.ask("POST", f"{DESK}/issues", {}).json, {"error": "title is missing"})
        self.assertEqual(
            self.ask("POST", f"{DESK}/issues", {"title": ""}).json, {"message": {"title": ["can't be blank"]}}
        )
        self.assertEqual(
            self.ask("POST", f"{DESK}/issues", {"title": "x" * 256}).json,
            {"message": {"title": ["is too long (maximum is 255 characters)"]}},
        )

    def test_closed_is_no_state_event(self) -> None:
        self.issue()
        reply = self.ask("PUT", f"{DESK}/issues/1", {"state_event": "closed"})
        self.assertEqual((reply.status, reply.json), (400, {"error": "state_event does not have a valid value"}))

    def test_a_number_that_is_none_is_400(self) -> None:
        self.assertEqual(self.ask("GET", f"{DESK}/issues/abc").json, {"error": "issue_iid is invalid"})

    def test_a_confidential_issue_is_404_for_guests_and_in_no_list_of_theirs(self) -> None:
        self.issue(confidential=True)
        self.assertEqual(self.ask("GET", f"{DESK}/issues/1", token=GUEST).json, {"message": "404 Issue Not Found"})
        self.assertEqual(self.ask("GET", f"{DESK}/issues", token=GUEST).json, [])
        self.assertEqual(self.ask("GET", f"{DESK}/issues/1", token=OLA).status, 200)

    def test_no_token_stands_in_the_record_of_requests(self) -> None:
        self.ask("GET", f"{DESK}?private_token={KARI}")
        told = self.gitlab.sim("GET", "/requests")
        self.assertEqual((told["count"], told["requests"][0]["user"]), (1, "kari"))
        self.assertNotIn(KARI, str(told))

    def test_a_reading_token_is_told_that_its_scope_is_too_small(self) -> None:
        self.assertEqual(self.ask("GET", f"{DESK}/issues", token="glpat-bridge-read").status, 200)
        refused = self.ask("POST", f"{DESK}/issues", {"title": "x"}, "glpat-bridge-read")
        self.assertEqual(
            (refused.status, refused.json["error"], refused.json["scope"]), (403, "insufficient_scope", "api")
        )

    def test_an_expired_token_is_told_so_and_a_token_tells_its_day(self) -> None:
        self.assertEqual(
            self.ask("GET", "/api/v4/user", token="glpat-bridge-expired").json["error_description"],
            "Token is expired. You can either do re-authorization or token refresh.",
        )
        own = self.ask("GET", "/api/v4/personal_access_tokens/self", token=BRIDGE).json
        self.assertEqual((own["scopes"], own["expires_at"]), (["api"], "2027-11-01"))
        self.gitlab.sim("POST", "/clock", {"now": "2027-11-02T00:00:00Z"})
        self.assertEqual(self.ask("GET", "/api/v4/user", token=BRIDGE).status, 401)

    def test_an_archived_project_is_read_only(self) -> None:
        issue = self.issue()
        self.act("root", "archive")
        self.assertEqual(self.read(issue)["title"], "Printer")
        self.assertEqual(self.ask("POST", f"{DESK}/issues", {"title": "x"}).status, 403)
        self.assertEqual(self.ask("POST", f"{DESK}/issues/1/notes", {"body": "x"}).status, 403)

    def test_who_is_deleted_is_ghost_user(self) -> None:
        issue = self.issue(OLA)
        self.act("root", "delete_user", user="ola")
        self.assertEqual(self.read(issue)["author"]["username"], "ghost")

    def test_a_move_needs_rights_in_both_projects(self) -> None:
        self.issue()
        refused = self.ask("POST", f"{DESK}/issues/1/move", {"to_project_id": 3})
        self.assertEqual(
            (refused.status, refused.json["message"]), (400, "Cannot move issue due to insufficient permissions!")
        )
        self.assertEqual(self.ask("GET", DESK, token=NOBODY).status, 404)
        self.assertEqual(self.ask("GET", DESK, token=KARI).status, 200)


if __name__ == "__main__":
    unittest.main()
