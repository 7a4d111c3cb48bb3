#!/usr/bin/python3
"""The GitLab simulator, by python-gitlab (Debian: python3-gitlab), which others wrote."""

from __future__ import annotations

import unittest

import gitlab

from gitlab_case import GUEST, KARI, NOBODY, GitlabCase


class ByPythonGitlab(GitlabCase):
    """Everything that a bridge does, by the client that most people use."""

    def setUp(self) -> None:
        super().setUp()
        self.client = self.client_of(KARI)
        self.desk = self.client.projects.get("support/desk")

    def client_of(self, token: str) -> gitlab.Gitlab:
        """A client, closed after the test."""
        client = gitlab.Gitlab(self.gitlab.url, private_token=token)
        self.addCleanup(client.session.close)
        return client

    def test_the_token_tells_who_it_is(self) -> None:
        self.client.auth()
        assert self.client.user is not None
        self.assertEqual(self.client.user.username, "kari")

    def test_a_project_is_found_by_its_path_and_tells_by_what_the_caller_is_a_member(self) -> None:
        self.assertEqual(self.desk.id, 1)
        self.assertEqual(self.desk.permissions["group_access"]["access_level"], 40)

    def test_an_issue_is_created_read_changed_closed_and_reopened(self) -> None:
        issue = self.desk.issues.create(
            {"title": "Printer", "description": "It *smokes*", "labels": ["bug", "status::to do"]}
        )
        self.assertEqual((issue.iid, issue.state, issue.labels), (1, "opened", ["bug", "status::to do"]))
        issue.add_labels = "status::waiting"
        issue.title = "Printer smokes"
        issue.save()
        self.assertEqual(self.desk.issues.get(1).labels, ["bug", "status::waiting"])
        issue.state_event = "close"
        issue.save()
        self.assertEqual(self.desk.issues.get(1).state, "closed")
        issue.state_event = "reopen"
        issue.save()
        self.assertEqual([event.state for event in issue.resourcestateevents.list()], ["closed", "reopened"])

    def test_what_was_created_is_found_at_once(self) -> None:
        self.desk.issues.create({"title": "Other"})
        made = self.desk.issues.create({"title": "Printer", "description": "key brokey12345"})
        found = self.desk.issues.list(search="brokey12345", **{"in": "description"})
        self.assertEqual([issue.iid for issue in found], [made.iid])

    def test_a_list_is_read_over_many_pages(self) -> None:
        for number in range(45):
            self.desk.issues.create({"title": f"Case {number}"})
        titles = [
            issue.title
            for issue in self.desk.issues.list(iterator=True, per_page=10, order_by="created_at", sort="asc")
        ]
        self.assertEqual(titles, [f"Case {number}" for number in range(45)])

    def test_a_list_is_read_by_key(self) -> None:
        for number in range(7):
            self.desk.issues.create({"title": f"Case {number}"})
        found = self.client.http_list(
            "/projects/1/issues",
            {"pagination": "keyset", "per_page": 3, "order_by": "updated_at", "sort": "asc"},
            iterator=True,
        )
        self.assertEqual([row["title"] for row in found], [f"Case {number}" for number in range(7)])

    def test_changes_since_are_both_ends_included(self) -> None:
        first, second = (self.desk.issues.create({"title": title}) for title in ("One", "Two"))
        found = self.desk.issues.list(updated_after=second.updated_at, order_by="updated_at", sort="asc", iterator=True)
        self.assertIn(second.iid, [issue.iid for issue in found])
        self.assertEqual(self.desk.issues.list(updated_after="2099-01-01T00:00:00Z"), [])
        self.assertEqual(first.iid, 1)

    def test_comments_are_public_or_internal_and_are_edited_and_deleted(self) -> None:
        issue = self.desk.issues.create({"title": "Printer"})
        public = issue.notes.create({"body": "Restarted"})
        internal = issue.notes.create({"body": "The caller is cross", "internal": True})
        self.assertEqual((public.internal, internal.internal), (False, True))
        public.body = "Restarted twice"
        public.save()
        self.assertEqual(
            [note.body for note in issue.notes.list(sort="asc")], ["Restarted twice", "The caller is cross"]
        )
        guest = self.client_of(GUEST).projects.get(1).issues.get(1)
        self.assertEqual([note.body for note in guest.notes.list()], ["Restarted twice"])
        internal.delete()
        self.assertEqual(len(issue.notes.list()), 1)

    def test_an_answer_in_a_thread_is_as_internal_as_the_thread(self) -> None:
        issue = self.desk.issues.create({"title": "Printer"})
        thread = issue.discussions.create({"body": "Between us", "internal": True})
        thread.notes.create({"body": "Quite"})
        self.assertEqual(
            [(note.body, note.internal) for note in issue.notes.list(sort="asc")],
            [("Between us", True), ("Quite", True)],
        )

    def test_a_file_is_uploaded_and_put_into_a_comment(self) -> None:
        issue = self.desk.issues.create({"title": "Printer"})
        upload = self.desk.upload("skjerm bilde.png", filedata=b"\x89PNG")
        self.assertRegex(upload["markdown"], r"^!\[skjerm_bilde\]\(/uploads/[0-9a-f]{32}/skjerm_bilde\.png\)$")
        issue.notes.create({"body": f"See {upload['markdown']}"})
        content = self.client.http_get(f"/projects/1{upload['url']}", raw=True)
        self.assertEqual(content.content, b"\x89PNG")

    def test_issues_are_linked_once(self) -> None:
        one, other = (self.desk.issues.create({"title": title}) for title in ("One", "Other"))
        one.links.create({"target_project_id": 1, "target_issue_iid": other.iid})
        self.assertEqual([link.iid for link in other.links.list()], [one.iid])
        with self.assertRaises(gitlab.GitlabCreateError) as refused:
            one.links.create({"target_project_id": 1, "target_issue_iid": other.iid})
        self.assertEqual(refused.exception.response_code, 409)
        other.links.delete(other.links.list()[0].issue_link_id)
        self.assertEqual(one.links.list(), [])

    def test_a_moved_issue_is_another_issue_and_the_old_one_is_closed(self) -> None:
        issue = self.desk.issues.create({"title": "Printer", "labels": ["bug", "status::waiting"]})
        issue.notes.create({"body": "Restarted"})
        client = self.client_of("glpat-bridge")
        client.projects.get(1).issues.get(issue.iid).move(2)
        old = self.desk.issues.get(issue.iid)
        new = client.projects.get(2).issues.get(1)
        self.assertEqual((old.state, old.moved_to_id), ("closed", new.id))
        self.assertEqual(
            (new.state, new.labels, [note.body for note in new.notes.list(sort="asc")][0]),
            ("opened", ["bug"], "Restarted"),
        )

    def test_members_have_access_levels_by_the_project_or_a_group(self) -> None:
        levels = {member.username: member.access_level for member in self.desk.members_all.list()}
        self.assertEqual((levels["kari"], levels["ola"], levels["gjest"]), (40, 30, 10))
        self.assertNotIn("kari", [member.username for member in self.desk.members.list()])
        self.assertEqual(
            [member.username for member in self.client.groups.get("support").members.list()], ["bridge", "kari"]
        )

    def test_users_are_found_by_name(self) -> None:
        self.assertEqual([user.id for user in self.client.users.list(username="ola")], [4])
        self.assertEqual(self.client.users.get(4).name, "Ola Hansen")

    def test_milestones_and_releases_are_versions(self) -> None:
        milestone = self.desk.milestones.create({"title": "2.0", "due_date": "2027-01-01"})
        issue = self.desk.issues.create({"title": "Printer", "milestone_id": milestone.id})
        self.assertEqual(issue.milestone["title"], "2.0")
        milestone.state_event = "close"
        milestone.save()
        self.assertEqual(self.desk.milestones.get(milestone.id).state, "closed")
        release = self.desk.releases.create(
            {"tag_name": "v2.0", "ref": "main", "name": "2.0", "description": "Second", "milestones": ["2.0"]}
        )
        self.assertEqual([one["title"] for one in release.milestones], ["2.0"])
        self.assertEqual([event.action for event in issue.resourcemilestoneevents.list()], ["add"])

    def test_the_milestones_of_a_group_are_the_issues_too_and_are_listed_when_asked_for(self) -> None:
        (spring,) = self.client.groups.get("support").milestones.list()
        issue = self.desk.issues.create({"title": "Printer", "milestone_id": spring.id})
        self.assertEqual((issue.milestone["title"], issue.milestone["group_id"]), ("2027 spring", 1))
        titles = [one.title for one in self.desk.milestones.list(include_ancestors=True)]
        self.assertEqual(sorted(titles), ["1.0", "1.1", "2027 spring"])
        self.assertNotIn("2027 spring", [one.title for one in self.desk.milestones.list()])

    def test_labels_are_made_and_their_coming_and_going_is_told(self) -> None:
        self.desk.labels.create({"name": "new", "color": "#ff0000"})
        issue = self.desk.issues.create({"title": "Printer", "labels": ["new"]})
        issue.labels = []
        issue.save()
        told = [(event.action, event.label["name"]) for event in issue.resourcelabelevents.list()]
        self.assertEqual(told, [("add", "new"), ("remove", "new")])

    def test_an_issue_is_deleted_by_owners_only(self) -> None:
        issue = self.desk.issues.create({"title": "Printer"})
        with self.assertRaises(gitlab.GitlabDeleteError) as refused:
            issue.delete()
        self.assertEqual(refused.exception.response_code, 403)
        self.client_of("glpat-admin").projects.get(1).issues.delete(issue.iid)
        with self.assertRaises(gitlab.GitlabGetError) as gone:
            self.desk.issues.get(issue.iid)
        self.assertEqual(gone.exception.response_code, 404)

    def test_hooks_are_made_read_and_tested(self) -> None:
        hook = self.desk.hooks.create({"url": "http://127.0.0.1:9/x", "issues_events": True, "push_events": False})
        self.assertEqual((hook.alert_status, hook.issues_events, hook.push_events), ("executable", True, False))
        self.assertEqual([one.id for one in self.desk.hooks.list()], [hook.id])

    def test_who_has_no_rights_sees_nothing(self) -> None:
        stranger = self.client_of(NOBODY)
        with self.assertRaises(gitlab.GitlabGetError) as refused:
            stranger.projects.get("support/desk")
        self.assertEqual(
            (refused.exception.response_code, refused.exception.error_message), (404, "404 Project Not Found")
        )
        with self.assertRaises(gitlab.GitlabAuthenticationError):
            self.client_of("wrong").auth()


if __name__ == "__main__":
    unittest.main()
