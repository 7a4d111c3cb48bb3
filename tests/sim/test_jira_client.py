#!/usr/bin/python3
"""The simulator of Jira Data Center, by python-jira (Debian: python3-jira), which others wrote."""

from __future__ import annotations

import io
import unittest

from jira import JIRA
from jira.exceptions import JIRAError

from jira_case import DataCenterCase


class ByPythonJira(DataCenterCase):
    """Everything that a bridge does, by the client that most people use."""

    client_sends = ("comment: None is not of type 'object'", "transition/id: 4 is not of type 'string'")

    def setUp(self) -> None:
        super().setUp()
        self.client = JIRA(self.jira.url, token_auth="agent-token", max_retries=0)

    def tearDown(self) -> None:
        self.client.close()
        super().tearDown()

    def made(self, **fields: object) -> object:
        return self.client.create_issue(
            fields={"project": {"key": "OPS"}, "issuetype": {"name": "Bug"}, "summary": "Printer", **fields}
        )

    def test_the_token_tells_who_it_is_and_in_which_zone(self) -> None:
        me = self.client.myself()
        self.assertEqual((me["name"], me["timeZone"]), ("saksbro", "Europe/Oslo"))
        self.assertEqual(self.client.server_info()["deploymentType"], "Server")

    def test_an_issue_is_created_read_and_changed(self) -> None:
        issue = self.made(description="It *smokes*", labels=["bro-1"])
        self.assertEqual(
            (issue.key, issue.fields.summary, issue.fields.description, issue.fields.labels),
            ("OPS-1", "Printer", "It *smokes*", ["bro-1"]),
        )
        issue.update(summary="Printer smokes", fields={"customfield_10022": {"value": "Minor"}})
        issue.add_field_value("labels", "urgent")
        again = self.client.issue("OPS-1")
        self.assertEqual(
            (again.fields.summary, again.fields.labels, again.fields.customfield_10022.value),
            ("Printer smokes", ["bro-1", "urgent"], "Minor"),
        )

    def test_an_issue_is_found_by_its_label(self) -> None:
        self.made(labels=["bro-1"])
        self.made(labels=["bro-12"])
        self.assertEqual(
            [one.key for one in self.client.search_issues('project = OPS AND labels = "bro-1"')], ["OPS-1"]
        )

    def test_a_search_is_read_over_many_pages(self) -> None:
        for _ in range(25):
            self.made()
        found = self.client.search_issues("project = OPS ORDER BY key ASC", maxResults=False, fields="summary")
        self.assertEqual([one.key for one in found], [f"OPS-{number}" for number in range(1, 26)])

    def test_a_transition_is_done_by_its_name_with_the_field_that_its_screen_requires(self) -> None:
        issue = self.made()
        self.assertEqual(
            [one["name"] for one in self.client.transitions(issue)], ["Start Progress", "Resolve Issue", "Close Issue"]
        )
        with self.assertRaises(JIRAError) as refused:
            self.client.transition_issue(issue, "Resolve Issue")
        self.assertEqual(
            (refused.exception.status_code, refused.exception.response.json()["errors"]),
            (400, {"resolution": "Resolution is required."}),
        )
        self.client.transition_issue(issue, "Resolve Issue", fields={"resolution": {"name": "Done"}}, comment="Fixed")
        again = self.client.issue(issue.key)
        self.assertEqual(
            (again.fields.status.name, again.fields.resolution.name, again.fields.comment.comments[0].body),
            ("Resolved", "Done", "Fixed"),
        )

    def test_comments_are_added_changed_and_deleted(self) -> None:
        issue = self.made()
        comment = self.client.add_comment(issue, "one", visibility={"type": "role", "value": "Developers"})
        self.assertEqual(comment.visibility.value, "Developers")
        comment.update(body="two")
        self.assertEqual([one.body for one in self.client.comments(issue)], ["two"])
        comment.delete()
        self.assertEqual(self.client.comments(issue), [])

    def test_an_internal_comment_of_a_request_has_the_property_that_makes_it_so(self) -> None:
        request = self.client.create_customer_request(
            {"serviceDeskId": "1", "requestTypeId": 1, "requestFieldValues": {"summary": "No mail"}}
        )
        self.client.add_comment(request.key, "between us", is_internal=True)
        told = self.good("GET", f"/rest/servicedeskapi/request/{request.key}/comment")
        self.assertEqual([(one["body"], one["public"]) for one in told["values"]], [("between us", False)])

    def test_a_file_is_attached_and_comes_back_the_same(self) -> None:
        issue = self.made()
        self.client.add_attachment(issue, io.BytesIO(b"\x00\xff line\r\n"), filename="røyk å.bin")
        attachment = self.client.issue(issue.key).fields.attachment[0]
        self.assertEqual(
            (attachment.filename, attachment.size, attachment.get()), ("røyk å.bin", 9, b"\x00\xff line\r\n")
        )
        self.client.delete_attachment(attachment.id)
        self.assertEqual(self.client.issue(issue.key).fields.attachment, [])

    def test_issues_are_linked_and_unlinked(self) -> None:
        first, second = self.made(), self.made()
        self.client.create_issue_link("Blocks", first, second)
        link = self.client.issue(second.key).fields.issuelinks[0]
        self.assertEqual((link.type.inward, link.inwardIssue.key), ("is blocked by", first.key))
        self.client.delete_issue_link(link.id)
        self.assertEqual(self.client.issue(second.key).fields.issuelinks, [])

    def test_a_remote_link_is_one_by_its_global_id(self) -> None:
        issue = self.made()
        for title in ("INC1", "INC1: closed"):
            self.client.add_simple_link(issue, {"url": "https://other.example/1", "title": title})
            self.client.add_remote_link(
                issue, {"url": "https://other.example/2", "title": title}, globalId="system=other&id=2"
            )
        links = self.client.remote_links(issue)
        self.assertEqual(
            [(one.object.title, getattr(one, "globalId", None)) for one in links],
            [("INC1", None), ("INC1: closed", "system=other&id=2"), ("INC1: closed", None)],
        )

    def test_people_are_found_assigned_and_put_on_the_watch_list(self) -> None:
        issue = self.made()
        self.assertEqual([one.name for one in self.client.search_users(user="hansen")], ["ola"])
        self.client.assign_issue(issue.key, "kari")
        self.assertEqual(self.client.issue(issue.key).fields.assignee.displayName, "Kari Nordmann")
        self.assertEqual(self.client.watchers(issue).watchCount, 1)
        self.assertEqual(
            self.client.my_permissions(projectKey="OPS")["permissions"]["DELETE_ISSUES"]["havePermission"], False
        )

    def test_the_change_log_tells_who_changed_what(self) -> None:
        issue = self.made()
        self.client.transition_issue(issue, "4")
        history = self.client.issue(issue.key, expand="changelog").changelog.histories[0]
        self.assertEqual(
            [(history.author.name, one.field, one.fromString, one.toString) for one in history.items],
            [("saksbro", "status", "Open", "In Progress")],
        )

    def test_what_a_site_has_is_listed(self) -> None:
        self.assertEqual([one.key for one in self.client.projects()], ["OPS", "SUP"])
        self.assertEqual([one.name for one in self.client.project_versions("OPS")], ["1.0", "1.1", "2.0"])
        self.assertEqual([one.name for one in self.client.resolutions()][0], "Done")
        self.assertEqual(
            [one.name for one in self.client.issue_link_types()], ["Blocks", "Cloners", "Duplicate", "Relates"]
        )
        self.assertEqual({one["id"] for one in self.client.fields() if one["name"] == "Impact"}, {"customfield_10022"})

    def test_a_version_is_released(self) -> None:
        admin = JIRA(self.jira.url, token_auth="admin-token", max_retries=0)
        version = next(one for one in admin.project_versions("OPS") if one.name == "1.1")
        version.update(released=True, releaseDate="2026-11-30")
        self.assertTrue(admin.version(version.id).released)
        admin.close()

    def test_an_issue_is_deleted_by_who_may_and_is_then_not_there(self) -> None:
        issue = self.made()
        with self.assertRaises(JIRAError) as refused:
            issue.delete()
        self.assertEqual(refused.exception.status_code, 403)
        admin = JIRA(self.jira.url, token_auth="admin-token", max_retries=0)
        admin.issue(issue.key).delete()
        admin.close()
        with self.assertRaises(JIRAError) as gone:
            self.client.issue(issue.key)
        self.assertEqual(gone.exception.status_code, 404)


if __name__ == "__main__":
    unittest.main()
