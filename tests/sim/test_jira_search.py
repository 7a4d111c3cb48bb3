#!/usr/bin/python3
"""Searches of the Jira simulator: pages, times, the lag, what is not found; Cloud and Data Center."""

from __future__ import annotations

import unittest
from urllib.parse import quote

from jira_case import DataCenterCase, JiraCase


class Searches:
    """What both dialects do."""

    def test_a_label_is_found_whole_and_by_its_case(self) -> None:
        key = self.issue(labels=["bro-0f3c"])
        self.issue(labels=["bro-0f3c9", "BRO-0F3C"])
        self.assertEqual(self.search('project = OPS AND labels = "bro-0f3c"'), [key])

    def test_text_is_found_by_its_words_so_a_hyphen_finds_others_too(self) -> None:
        first = self.issue(customfield_10020="REF 1-2")
        second = self.issue(customfield_10020="REF 2 and 1")
        self.assertEqual(self.search('cf[10020] ~ "1-2" ORDER BY key ASC'), [first, second])

    def test_an_issue_property_that_was_set_by_rest_is_not_searchable(self) -> None:
        key = self.issue()
        self.assertEqual(self.ask("PUT", f"issue/{key}/properties/bro", {"id": "x"}).status, 201)
        self.assertEqual(self.search('issue.property[bro].id = "x"'), [])

    def test_a_time_has_minutes_at_best(self) -> None:
        reply = self.ask("POST", "search/jql" if self.cloud else "search", {"jql": 'updated >= "2026-11-23 10:04:05"'})
        self.refused(reply, 400)
        self.assertIn("Valid formats include: 'yyyy/MM/dd HH:mm'", reply.json["errorMessages"][0])

    def test_a_time_is_read_in_the_zone_of_the_account_that_asks(self) -> None:
        self.jira.sim("POST", "/clock", {"now": "2026-11-23T09:04:30Z", "stopped": True})
        key = self.issue()
        for who, text, found in (
            ("agent", "2026/11/23 10:04", True),
            ("agent", "2026/11/23 10:05", False),
            ("ola", "2026-11-23 04:04", True),
            ("ola", "2026-11-23 04:05", False),
        ):
            self.assertEqual(
                self.search(f'project = OPS AND updated >= "{text}"', who), [key] if found else [], (who, text)
            )

    def test_a_time_before_now_needs_no_zone(self) -> None:
        self.jira.sim("POST", "/clock", {"now": "2026-11-23T09:04:30Z", "stopped": True})
        key = self.issue()
        self.jira.sim("POST", "/clock", {"advance": 14 * 60 + 59})
        self.assertEqual(self.search("project = OPS AND updated >= -15m"), [key])
        self.jira.sim("POST", "/clock", {"advance": 2})
        self.assertEqual(self.search("project = OPS AND updated >= -15m"), [])

    def test_the_times_of_an_issue_have_milliseconds_and_a_zone(self) -> None:
        self.jira.sim("POST", "/clock", {"now": "2026-07-01T09:04:30.123456Z", "stopped": True})
        key = self.issue()
        self.assertEqual(self.read(key)["fields"]["updated"], "2026-07-01T11:04:30.123+0200")
        self.assertEqual(self.read(key, "ola")["fields"]["updated"], "2026-07-01T05:04:30.123-0400")

    def test_a_search_sees_a_change_only_after_the_lag(self) -> None:
        self.jira.sim("POST", "/clock", {"stopped": True})
        self.jira.sim("POST", "/settings", {"search_lag": 90})
        key = self.issue(labels=["bro-1"])
        self.assertEqual(self.read(key)["fields"]["labels"], ["bro-1"])
        self.assertEqual(self.search('labels = "bro-1"'), [])
        self.jira.sim("POST", "/clock", {"advance": 91})
        self.assertEqual(self.search('labels = "bro-1"'), [key])

    def test_a_search_goes_on_seeing_what_was_when_the_lag_began(self) -> None:
        self.jira.sim("POST", "/clock", {"stopped": True})
        key = self.issue(labels=["before"])
        self.jira.sim("POST", "/settings", {"search_lag": 90})
        self.good("PUT", f"issue/{key}", {"fields": {"labels": ["after"]}})
        self.assertEqual((self.search("labels = before"), self.search("labels = after")), ([key], []))
        self.jira.sim("POST", "/clock", {"advance": 91})
        self.assertEqual((self.search("labels = before"), self.search("labels = after")), ([], [key]))

    def test_a_read_may_be_behind_a_write(self) -> None:
        self.jira.sim("POST", "/clock", {"stopped": True})
        key = self.issue()
        self.jira.sim("POST", "/settings", {"read_lag": 5})
        self.good("PUT", f"issue/{key}", {"fields": {"summary": "Scanner"}})
        self.assertEqual(self.read(key)["fields"]["summary"], "Printer")
        self.refused(self.ask("GET", f"issue/{self.issue()}"), 404)
        self.jira.sim("POST", "/clock", {"advance": 6})
        self.assertEqual(self.read(key)["fields"]["summary"], "Scanner")

    def test_what_is_unequal_leaves_out_what_is_empty(self) -> None:
        key = self.issue()
        self.assertEqual(self.search("project = OPS AND resolution != Done"), [])
        self.assertEqual(self.search("project = OPS AND resolution = EMPTY"), [key])

    def test_queries_are_combined_sorted_and_negated(self) -> None:
        one, two, three = self.issue(priority={"name": "High"}), self.issue(kind="Bug"), self.issue(labels=["x"])
        self.assertEqual(self.search("project = OPS AND (priority = High OR type = Bug) ORDER BY key DESC"), [two, one])
        self.assertEqual(self.search("project in (OPS, SUP) AND NOT labels in (x, y) AND key != OPS-1"), [])
        self.assertEqual(
            self.search('project = OPS AND statusCategory = "To Do" AND labels is EMPTY ORDER BY created ASC, key ASC'),
            [one, two],
        )
        self.assertEqual(self.search(f"key in ({one}, {three}) ORDER BY id ASC"), [one, three])
        self.assertEqual(self.search(f"key > {one} AND key < OPS-9 ORDER BY key"), [two, three])
        self.assertEqual(self.search(f"id >= {self.read(three)['id']}"), [three])
        self.assertEqual(self.search("reporter = currentUser() AND project = OPS ORDER BY key"), [one, two, three])

    def test_an_issue_that_one_may_not_see_is_not_found_and_a_project_does_not_exist(self) -> None:
        key = self.issue("admin", security={"id": "10100"})
        self.assertEqual(self.search("project = OPS"), [])
        self.assertEqual(self.search("project = OPS", "kari"), [key])
        reply = self.ask("POST", "search/jql" if self.cloud else "search", {"jql": "project = SEC"})
        self.refused(reply, 400)
        self.assertEqual(reply.json["errorMessages"], ["The value 'SEC' does not exist for the field 'project'."])

    def test_what_is_no_query_is_refused(self) -> None:
        for wrong in (
            "project = ",
            "project OPS",
            "project = OPS AND",
            "nothing = 1",
            "labels > x",
            'summary = "x"',
            "project = OPS )",
            "status = Nowhere",
        ):
            self.refused(self.ask("POST", "search/jql" if self.cloud else "search", {"jql": wrong}), 400)


class OfCloud(Searches, JiraCase):
    """`search/jql`."""

    def test_without_fields_there_is_only_the_id(self) -> None:
        self.issue()
        told = self.good("POST", "search/jql", {"jql": "project = OPS"})
        self.assertEqual((sorted(told), "fields" in told["issues"][0]), (["isLast", "issues"], False))

    def test_pages_go_by_token_without_a_total(self) -> None:
        keys = [self.issue() for _ in range(5)]
        seen, token = [], None
        while True:
            body = {"jql": "project = OPS ORDER BY key ASC", "fields": ["summary"], "maxResults": 2}
            told = self.good("POST", "search/jql", body | ({"nextPageToken": token} if token else {}))
            self.assertNotIn("total", told)
            seen += [one["key"] for one in told["issues"]]
            token = told.get("nextPageToken")
            if told["isLast"]:
                break
        self.assertEqual((seen, token), (keys, None))

    def test_the_same_by_get(self) -> None:
        key = self.issue()
        told = self.good("GET", f"search/jql?jql={quote('project = OPS')}&fields=summary&maxResults=1")
        self.assertEqual([one["key"] for one in told["issues"]], [key])

    def test_a_query_must_be_bounded(self) -> None:
        for jql in ("", "ORDER BY created DESC"):
            reply = self.ask("POST", "search/jql", {"jql": jql})
            self.refused(reply, 400)
            self.assertIn("Unbounded JQL", reply.json["errorMessages"][0])

    def test_an_unknown_key_in_the_body_is_refused(self) -> None:
        self.refused(self.ask("POST", "search/jql", {"jql": "project = OPS", "startAt": 0}), 400)

    def test_a_token_of_another_query_is_refused(self) -> None:
        self.issue(), self.issue()
        token = self.good("POST", "search/jql", {"jql": "project = OPS", "maxResults": 1})["nextPageToken"]
        self.refused(self.ask("POST", "search/jql", {"jql": "project = SUP", "nextPageToken": token}), 400)
        self.refused(self.ask("POST", "search/jql", {"jql": "project = OPS", "nextPageToken": "nonsense"}), 400)

    def test_reconcile_looks_past_the_lag_for_ids_that_one_knows(self) -> None:
        self.jira.sim("POST", "/settings", {"search_lag": 3600})
        key = self.issue(labels=["bro-1"])
        number = int(self.read(key)["id"])
        self.assertEqual(self.search('labels = "bro-1"'), [])
        self.assertEqual(self.search('labels = "bro-1"', reconcileIssues=[number]), [key])
        self.refused(self.ask("POST", "search/jql", {"jql": "project = OPS", "reconcileIssues": list(range(51))}), 400)

    def test_the_last_page_may_have_a_token_and_no_is_last(self) -> None:
        self.issue()
        self.jira.sim("POST", "/settings", {"last_page_has_token": True, "is_last": False})
        told = self.good("POST", "search/jql", {"jql": "project = OPS"})
        self.assertEqual(sorted(told), ["issues", "nextPageToken"])

    def test_a_page_may_be_empty_and_not_be_the_last(self) -> None:
        key = self.issue()
        self.jira.sim("POST", "/settings", {"empty_page_first": True})
        told = self.good("POST", "search/jql", {"jql": "project = OPS", "fields": ["key", "summary"]})
        self.assertEqual((told["issues"], told["isLast"]), ([], False))
        told = self.good(
            "POST",
            "search/jql",
            {"jql": "project = OPS", "fields": ["summary"], "nextPageToken": told["nextPageToken"]},
        )
        self.assertEqual([one["key"] for one in told["issues"]], [key])

    def test_the_old_search_is_gone(self) -> None:
        reply = self.ask("GET", "search?jql=project=OPS")
        self.refused(reply, 410)
        self.assertIn("CHANGE-2046", reply.json["errorMessages"][0])

    def test_a_deleted_issue_is_found_until_the_lag_is_over_but_not_shown(self) -> None:
        key = self.issue()
        self.jira.sim("POST", "/settings", {"search_lag": 60})
        self.good("DELETE", f"issue/{key}", who="admin")
        self.assertEqual(self.search("project = OPS"), [])


class OfDataCenter(Searches, DataCenterCase):
    """`search`."""

    def test_pages_go_by_start_and_shift_when_an_issue_drops_out(self) -> None:
        keys = [self.issue() for _ in range(4)]
        told = self.good(
            "GET",
            f"search?jql={quote('project = OPS AND resolution = EMPTY ORDER BY key ASC')}&maxResults=2&fields=status",
        )
        self.assertEqual(([one["key"] for one in told["issues"]], told["total"], told["startAt"]), (keys[:2], 4, 0))
        self.good("POST", f"issue/{keys[0]}/transitions", {"transition": {"id": "31"}})
        told = self.good(
            "GET", f"search?jql={quote('project = OPS AND resolution = EMPTY ORDER BY key ASC')}&maxResults=2&startAt=2"
        )
        self.assertEqual([one["key"] for one in told["issues"]], [keys[3]])

    def test_more_than_a_thousand_are_made_a_thousand_without_a_word(self) -> None:
        self.assertEqual(self.good("GET", "search?jql=&maxResults=5000")["maxResults"], 1000)

    def test_all_fields_come_without_asking_but_not_the_comments(self) -> None:
        key = self.issue()
        self.good("POST", f"issue/{key}/comment", {"body": "hello"})
        fields = self.good("GET", "search?jql=")["issues"][0]["fields"]
        self.assertEqual(("summary" in fields, "comment" in fields), (True, False))


if __name__ == "__main__":
    unittest.main()
