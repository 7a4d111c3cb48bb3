#!/usr/bin/python3
"""Transitions of the Jira simulator: screens, required fields, conditions, what is listed; Cloud and Data Center."""

from __future__ import annotations

import unittest

from jira_case import DataCenterCase, JiraCase


class Transitions:
    """What both dialects do."""

    def step(self, key: str, number: str, who: str = "agent", **fields: object):
        return self.ask(
            "POST",
            f"issue/{key}/transitions",
            {"transition": {"id": number}, **({"fields": fields} if fields else {})},
            who,
        )

    def status_of(self, key: str) -> str:
        return self.read(key)["fields"]["status"]["name"]

    def test_a_status_cannot_be_set_as_a_field(self) -> None:
        key = self.issue()
        self.refused(self.ask("PUT", f"issue/{key}", {"fields": {"status": {"name": "Done"}}}), 400, "status")

    def test_a_transition_without_an_id_is_refused(self) -> None:
        key = self.issue()
        self.refused(self.ask("POST", f"issue/{key}/transitions", {"transition": {"name": "Done"}}), 400)
        self.refused(self.ask("POST", f"issue/{key}/transitions", {}), 400)

    def test_the_list_depends_on_the_status_and_names_where_each_leads(self) -> None:
        key = self.issue(kind="Bug")
        told = self.good("GET", f"issue/{key}/transitions")["transitions"]
        self.assertEqual(
            [(one["id"], one["name"], one["to"]["name"], one["to"]["statusCategory"]["key"]) for one in told],
            [
                ("4", "Start Progress", "In Progress", "indeterminate"),
                ("5", "Resolve Issue", "Resolved", "done"),
                ("2", "Close Issue", "Closed", "done"),
            ],
        )
        self.step(key, "4")
        self.assertEqual(
            [one["id"] for one in self.good("GET", f"issue/{key}/transitions")["transitions"]], ["301", "5", "2"]
        )

    def test_fields_are_told_only_when_asked_for_with_what_is_required_and_what_is_allowed(self) -> None:
        key = self.issue(kind="Bug")
        self.assertNotIn("fields", self.good("GET", f"issue/{key}/transitions")["transitions"][1])
        told = self.good("GET", f"issue/{key}/transitions?expand=transitions.fields")["transitions"][1]["fields"]
        self.assertEqual(
            {name: one["required"] for name, one in told.items()},
            {"resolution": True, "fixVersions": False, "assignee": False},
        )
        self.assertEqual(
            [one["name"] for one in told["resolution"]["allowedValues"]],
            ["Done", "Won't Do", "Duplicate", "Cannot Reproduce"],
        )

    def test_a_required_field_is_named_when_it_is_missing_and_nothing_is_done(self) -> None:
        key = self.issue(kind="Bug")
        self.refused(self.step(key, "2"), 400, "customfield_10021", "resolution")
        self.refused(self.step(key, "2", resolution={"name": "Done"}), 400, "customfield_10021")
        self.assertEqual(self.status_of(key), "Open")
        self.assertEqual(
            self.step(key, "2", resolution={"name": "Done"}, customfield_10021=self.text("A fuse")).status, 204
        )
        fields = self.read(key)["fields"]
        self.assertEqual(
            (fields["status"]["name"], fields["resolution"]["name"], fields["customfield_10021"]),
            ("Closed", "Done", self.text("A fuse")),
        )

    def test_a_field_that_is_not_on_the_transitions_screen_is_refused(self) -> None:
        key = self.issue(kind="Bug")
        self.refused(self.step(key, "4", resolution={"name": "Done"}), 400, "resolution")
        self.assertEqual(self.status_of(key), "Open")

    def test_a_transition_from_another_status_is_refused(self) -> None:
        key = self.issue(kind="Bug")
        self.refused(self.step(key, "3"), 400)
        self.refused(self.step(key, "99"), 400)

    def test_one_whose_condition_does_not_hold_is_not_in_the_list(self) -> None:
        key = self.issue(kind="Bug")
        self.step(key, "5", resolution={"name": "Done"})
        self.assertEqual([one["id"] for one in self.good("GET", f"issue/{key}/transitions")["transitions"]], ["3"])
        self.refused(self.step(key, "701"), 400)
        self.assertEqual(self.step(key, "701", "admin").status, 204)

    def test_the_list_is_empty_for_who_may_not_transition(self) -> None:
        key = self.issue()
        self.jira.sim("POST", "/permissions", {"project": "OPS", "permission": "TRANSITION_ISSUES", "take": ["*"]})
        self.assertEqual(self.good("GET", f"issue/{key}/transitions")["transitions"], [])
        self.refused(self.step(key, "31"), 400)

    def test_resolving_sets_the_date_and_reopening_takes_resolution_and_date_away(self) -> None:
        key = self.issue(kind="Bug")
        self.step(key, "5", resolution={"name": "Done"})
        self.assertIsNotNone(self.read(key)["fields"]["resolutiondate"])
        self.step(key, "3")
        fields = self.read(key)["fields"]
        self.assertEqual(
            (fields["status"]["name"], fields["resolution"], fields["resolutiondate"]), ("Reopened", None, None)
        )

    def test_a_transition_is_one_entry_of_the_change_log(self) -> None:
        key = self.issue(kind="Bug")
        self.step(key, "5", resolution={"name": "Done"})
        log = self.read(key, expand="changelog")["changelog"]["histories"]
        self.assertEqual(
            [[(item["field"], item["fromString"], item["toString"]) for item in one["items"]] for one in log],
            [[("status", "Open", "Resolved"), ("resolution", None, "Done")]],
        )

    def test_a_comment_comes_with_a_transition(self) -> None:
        key = self.issue()
        body = {"transition": {"id": "21"}, "update": {"comment": [{"add": {"body": self.text("On it")}}]}}
        self.assertEqual(self.ask("POST", f"issue/{key}/transitions", body).status, 204)
        self.assertEqual(
            [one["body"] for one in self.good("GET", f"issue/{key}/comment")["comments"]], [self.text("On it")]
        )

    def test_one_status_may_need_several_hops(self) -> None:
        key = self.issue(project="SUP", kind="[System] Incident")
        names = [one["to"]["name"] for one in self.good("GET", f"issue/{key}/transitions")["transitions"]]
        self.assertNotIn("Closed", names)
        for number, fields in (("31", {}), ("61", {"resolution": {"name": "Done"}}), ("91", {})):
            self.assertEqual(self.step(key, number, **fields).status, 204)
        self.assertEqual(self.status_of(key), "Closed")

    def test_an_administrator_may_change_the_workflow_and_rename_a_status(self) -> None:
        key = self.issue()
        self.jira.sim("POST", "/statuses/In%20Progress", {"name": "Under way"})
        self.step(key, "21")
        status = self.read(key)["fields"]["status"]
        self.assertEqual((status["id"], status["name"]), ("3", "Under way"))
        self.jira.sim(
            "POST",
            "/workflows/simple",
            {
                "initial": "To Do",
                "transitions": [
                    {"id": "77", "name": "Finish", "to": "Done", "screen": ["resolution"], "required": ["resolution"]}
                ],
            },
        )
        self.refused(self.step(key, "31"), 400)
        self.assertEqual(self.step(key, "77", resolution={"name": "Done"}).status, 204)

    def test_two_statuses_of_a_project_are_told_by_type(self) -> None:
        told = self.good("GET", "project/OPS/statuses")
        self.assertEqual(
            {one["name"]: [status["name"] for status in one["statuses"]] for one in told},
            {
                "Task": ["To Do", "In Progress", "Done"],
                "Bug": ["Open", "Reopened", "In Progress", "Resolved", "Closed"],
                "Sub-task": ["To Do", "In Progress", "Done"],
            },
        )

    def test_a_concurrent_change_is_a_conflict(self) -> None:
        key = self.issue()
        self.jira.fault(do="vendor", name="conflict", method="POST", path="/transitions$")
        self.assertEqual(self.step(key, "31").status, 409)
        self.assertEqual(self.step(key, "31").status, 204)


class OfCloud(Transitions, JiraCase):
    """Cloud."""

    def test_whether_there_is_a_screen_and_whether_it_is_global_is_told(self) -> None:
        bug, task = self.issue(kind="Bug"), self.issue()
        told = self.good("GET", f"issue/{bug}/transitions")["transitions"][1]
        self.assertEqual((told["hasScreen"], told["isGlobal"]), (True, False))
        self.assertEqual(self.good("GET", f"issue/{task}/transitions")["transitions"][0]["isGlobal"], True)


class OfDataCenter(Transitions, DataCenterCase):
    """Data Center."""


if __name__ == "__main__":
    unittest.main()
