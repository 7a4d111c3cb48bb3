#!/usr/bin/python3
"""Fields of the Jira simulator: screens, what is required, each common kind; Cloud and Data Center."""

from __future__ import annotations

import unittest

from jira_case import KARI, DataCenterCase, JiraCase


class Fields:
    """What both dialects do."""

    def test_a_field_that_is_not_on_the_screen_is_refused_not_dropped(self) -> None:
        reply = self.ask(
            "POST",
            "issue",
            {
                "fields": {
                    "project": {"key": "SUP"},
                    "issuetype": {"name": "[System] Incident"},
                    "summary": "x",
                    "fixVersions": [{"name": "1.1"}],
                    "customfield_99999": "?",
                }
            },
        )
        self.refused(reply, 400, "customfield_99999", "fixVersions")
        self.assertEqual(
            reply.json["errors"]["fixVersions"],
            "Field 'fixVersions' cannot be set. It is not on the appropriate screen, or unknown.",
        )

    def test_a_required_field_that_is_missing_is_named(self) -> None:
        self.refused(
            self.ask(
                "POST",
                "issue",
                {"fields": {"project": {"key": "SEC"}, "issuetype": {"name": "Task"}, "summary": "x"}},
                "kari",
            ),
            400,
            "customfield_10020",
        )
        meta = self.good("GET", "issue/createmeta/SEC/issuetypes/10001", who="kari")
        required = [one["fieldId"] for one in meta["fields" if self.cloud else "values"] if one["required"]]
        self.assertEqual(required, ["summary", "project", "customfield_10020"])

    def test_an_empty_summary_and_one_of_two_lines_are_refused(self) -> None:
        for summary in ("", "two\nlines", "x" * 256):
            self.refused(
                self.ask(
                    "POST",
                    "issue",
                    {"fields": {"project": {"key": "OPS"}, "issuetype": {"name": "Task"}, "summary": summary}},
                ),
                400,
                "summary",
            )

    def test_each_common_kind_of_custom_field_is_kept_and_shown(self) -> None:
        person = {"accountId": KARI} if self.cloud else {"name": "kari"}
        key = self.issue(
            customfield_10020="REF 7",
            customfield_10021=self.text("cause"),
            customfield_10022={"value": "Minor"},
            customfield_10023=[{"value": "Portal"}, {"value": "Payroll"}],
            customfield_10024=12,
            customfield_10025="2026-12-24",
            customfield_10026="2026-11-23T10:04:05.000+0000",
            customfield_10027=person,
            customfield_10028="https://x.example/1",
            customfield_10029={"value": "Network", "child": {"value": "DNS"}},
            customfield_10030=["a", "b"],
            customfield_10031={"name": "third-line"},
            customfield_10032={"name": "1.1"},
            customfield_10033=[person],
        )
        fields = self.read(key)["fields"]
        self.assertEqual(
            (fields["customfield_10020"], fields["customfield_10021"], fields["customfield_10024"]),
            ("REF 7", self.text("cause"), 12.0),
        )
        self.assertEqual([one["value"] for one in fields["customfield_10023"]], ["Portal", "Payroll"])
        self.assertEqual(
            (fields["customfield_10025"], fields["customfield_10026"]), ("2026-12-24", "2026-11-23T11:04:05.000+0100")
        )
        self.assertEqual(
            (fields["customfield_10022"]["value"], fields["customfield_10029"]["child"]["value"]), ("Minor", "DNS")
        )
        self.assertEqual(
            (
                fields["customfield_10027"]["displayName"],
                fields["customfield_10031"]["name"],
                fields["customfield_10032"]["name"],
            ),
            ("Kari Nordmann", "third-line", "1.1"),
        )

    def test_a_value_that_a_field_does_not_have_is_refused_by_the_fields_name(self) -> None:
        key = self.issue()
        for name, value in (
            ("customfield_10022", {"value": "Tiny"}),
            ("customfield_10024", "twelve"),
            ("customfield_10025", "24.12.2026"),
            ("priority", {"name": "Urgent"}),
            ("fixVersions", [{"name": "9.9"}]),
            ("assignee", {"accountId": "x"} if self.cloud else {"name": "x"}),
        ):
            self.refused(self.ask("PUT", f"issue/{key}", {"fields": {name: value}}), 400, name)

    def test_the_reporter_is_only_set_by_who_may_modify_it(self) -> None:
        person = {"accountId": KARI} if self.cloud else {"name": "kari"}
        self.refused(
            self.ask(
                "POST",
                "issue",
                {
                    "fields": {
                        "project": {"key": "OPS"},
                        "issuetype": {"name": "Task"},
                        "summary": "x",
                        "reporter": person,
                    }
                },
            ),
            400,
            "reporter",
        )
        key = self.issue("admin", reporter=person)
        self.assertEqual(self.read(key)["fields"]["reporter"]["displayName"], "Kari Nordmann")


class OfCloud(Fields, JiraCase):
    """Cloud."""

    def test_a_field_is_found_by_its_name(self) -> None:
        told = self.good("GET", "field/search?query=impact&type=custom")
        self.assertEqual([(one["id"], one["name"]) for one in told["values"]], [("customfield_10022", "Impact")])

    def test_a_status_is_found_by_its_name(self) -> None:
        told = self.good("GET", "statuses/search?searchString=waiting")
        self.assertEqual([one["name"] for one in told["values"]], ["Waiting for support", "Waiting for customer"])


class OfDataCenter(Fields, DataCenterCase):
    """Data Center."""


if __name__ == "__main__":
    unittest.main()
