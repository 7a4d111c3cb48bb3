#!/usr/bin/python3
"""The GitLab simulator's traps in what is read: pages, search, limits, lost answers; and GraphQL."""

from __future__ import annotations

import http.client
import unittest
from typing import Any

from gitlab_case import DESK, GUEST, KARI, OLA, THIRD_LINE, GitlabCase


class Pages(GitlabCase):
    """Lists."""

    def test_a_page_tells_the_next_one_and_the_last(self) -> None:
        for _ in range(5):
            self.issue()
        reply = self.ask("GET", f"{DESK}/issues?per_page=2&page=2")
        told = {
            name: reply.headers[name]
            for name in ("x-page", "x-per-page", "x-prev-page", "x-next-page", "x-total", "x-total-pages")
        }
        self.assertEqual(
            told,
            {
                "x-page": "2",
                "x-per-page": "2",
                "x-prev-page": "1",
                "x-next-page": "3",
                "x-total": "5",
                "x-total-pages": "3",
            },
        )
        self.assertEqual(
            [part.split("; ")[1] for part in reply.headers["link"].split(", ")],
            ['rel="prev"', 'rel="next"', 'rel="first"', 'rel="last"'],
        )

    def test_more_than_a_hundred_a_page_is_a_hundred(self) -> None:
        self.assertEqual(self.ask("GET", f"{DESK}/issues?per_page=1000").headers["x-per-page"], "100")

    def test_a_long_list_has_no_total_and_no_last_page(self) -> None:
        self.settings(count_limit=3)
        for _ in range(4):
            self.issue()
        reply = self.ask("GET", f"{DESK}/issues?per_page=2")
        self.assertNotIn("x-total", reply.headers)
        self.assertNotIn('rel="last"', reply.headers["link"])
        self.assertEqual(reply.headers["x-next-page"], "2")

    def test_a_page_of_notes_is_shorter_than_asked_for_and_not_the_last(self) -> None:
        issue = self.issue()
        for number in range(3):
            self.ask("POST", f"{DESK}/issues/1/notes", {"body": f"Hidden {number}", "internal": True})
        self.ask("POST", f"{DESK}/issues/1/notes", {"body": "Seen"})
        page = f"{DESK}/issues/1/notes?sort=asc&per_page=2&page="
        first, second = (self.ask("GET", page + number, token=GUEST) for number in ("1", "2"))
        self.assertEqual((first.json, first.headers["x-next-page"]), ([], "2"))
        self.assertEqual(([note["body"] for note in second.json], second.headers["x-next-page"]), (["Seen"], ""))
        self.assertEqual(len(self.notes(issue)), 4)

    def test_a_reference_from_a_project_that_is_not_seen_is_not_seen(self) -> None:
        issue = self.issue()
        self.act("ola", "create", project="secret/plans", title="Plan", description="As support/desk#1")
        self.assertEqual((len(self.notes(issue, OLA)), len(self.notes(issue, KARI))), (1, 0))

    def test_pages_by_key_have_a_cursor_and_no_numbers(self) -> None:
        for _ in range(3):
            self.issue()
        reply = self.ask("GET", f"{DESK}/issues?pagination=keyset&order_by=created_at&per_page=2")
        self.assertNotIn("x-total", reply.headers)
        self.assertRegex(reply.headers["link"], r'^<http://.*cursor=.*>; rel="next"$')
        last = self.ask("GET", reply.headers["link"].split(">")[0].removeprefix("<" + self.gitlab.url))
        self.assertEqual((len(last.json), "link" in last.headers), (1, False))
        refused = self.ask("GET", f"{DESK}/issues?pagination=keyset&order_by=priority")
        self.assertEqual(
            (refused.status, refused.json["error"]),
            (405, "Keyset pagination is not yet available for this type of request"),
        )

    def test_an_issue_that_changes_between_pages_by_key_comes_again_and_none_is_left_out(self) -> None:
        for number in range(4):
            self.issue(title=str(number))
        query = "pagination=keyset&order_by=updated_at&sort=asc&per_page=2"
        first = self.ask("GET", f"{DESK}/issues?{query}")
        self.act("ola", "edit", iid=2, add_labels=["bug"])
        following = first.headers["link"].split(">")[0].removeprefix("<" + self.gitlab.url)
        second = self.ask("GET", following)
        third = self.ask("GET", second.headers["link"].split(">")[0].removeprefix("<" + self.gitlab.url))
        titles = [issue["title"] for reply in (first, second, third) for issue in reply.json]
        self.assertEqual(titles, ["0", "1", "2", "3", "1"])

    def test_an_issue_that_changes_between_numbered_pages_moves_another_one_out_of_sight(self) -> None:
        for number in range(4):
            self.issue(title=str(number))
        query = f"{DESK}/issues?order_by=updated_at&sort=asc&per_page=2&page="
        first = self.ask("GET", query + "1")
        self.act("ola", "edit", iid=1, add_labels=["bug"])
        second = self.ask("GET", query + "2")
        self.assertEqual([issue["title"] for reply in (first, second) for issue in reply.json], ["0", "1", "3", "0"])

    def test_the_issues_of_an_archived_project_are_in_its_own_list_only(self) -> None:
        self.issue()
        self.act("root", "archive")
        self.assertEqual(len(self.ask("GET", f"{DESK}/issues").json), 1)
        self.assertEqual(self.ask("GET", "/api/v4/groups/support/issues").json, [])
        (issue,) = self.ask("GET", "/api/v4/groups/support/issues?non_archived=false").json
        self.assertEqual(issue["references"]["relative"], "support/desk#1")

    def test_all_issues_are_only_ones_own_unless_asked_for(self) -> None:
        self.issue(OLA)
        self.assertEqual(self.ask("GET", "/api/v4/issues").json, [])
        self.assertEqual(len(self.ask("GET", "/api/v4/issues?scope=all").json), 1)
        self.assertEqual(len(self.ask("GET", f"{DESK}/issues").json), 1)

    def test_a_group_has_the_issues_of_the_projects_below_it(self) -> None:
        self.issue()
        self.issue(OLA, project=THIRD_LINE)
        self.assertEqual(len(self.ask("GET", "/api/v4/groups/support/issues").json), 2)


class Finding(GitlabCase):
    """Search and filters."""

    def found(self, query: str) -> list[str]:
        return [issue["title"] for issue in self.ask("GET", f"{DESK}/issues?sort=asc&{query}").json]

    def test_full_text_search_finds_the_words_of_a_hyphenated_key_wherever_they_stand(self) -> None:
        self.issue(title="Ours", description="bro-0f3c")
        self.issue(title="Stranger", description="0f3c was written by bro")
        self.assertEqual(self.found("search=bro-0f3c&in=description"), ["Ours", "Stranger"])
        self.settings(full_text_search=False)
        self.assertEqual(self.found("search=bro-0f3c&in=description"), ["Ours"])

    def test_full_text_search_finds_beginnings_of_words_only_and_no_words_of_fifty_characters(self) -> None:
        self.issue(title="Ours", description=f"brokey123 {'a' * 50}")
        self.assertEqual((self.found("search=broke"), self.found("search=key123")), (["Ours"], []))
        self.assertEqual(self.found(f"search={'a' * 50}"), [])

    def test_the_time_that_is_shown_is_cut_off_so_an_upper_bound_misses_the_issue_itself(self) -> None:
        at = self.issue()["updated_at"]
        self.assertEqual(self.found(f"updated_before={at}"), [])
        self.assertEqual(self.found(f"updated_after={at}"), ["Printer"])

    def test_an_offset_of_a_time_is_understood(self) -> None:
        self.issue()
        self.assertEqual(self.found("updated_after=2020-01-01T00:00:00%2B01:00"), ["Printer"])
        self.assertEqual(
            self.ask("GET", f"{DESK}/issues?updated_after=yesterday").json, {"error": "updated_after is invalid"}
        )

    def test_labels_are_all_of_them_or_none_or_any(self) -> None:
        self.issue(title="Both", labels="bug,status::to do")
        self.issue(title="One", labels="bug")
        self.issue(title="Bare")
        self.assertEqual(self.found("labels=bug,status::to%20do"), ["Both"])
        self.assertEqual(self.found("labels=None"), ["Bare"])
        self.assertEqual(self.found("labels=Any&not[labels]=status::to%20do"), ["One"])

    def test_state_kind_assignee_and_numbers_are_filters(self) -> None:
        self.issue(title="Incident", issue_type="incident")
        self.issue(title="Hers", assignee_ids=[4])
        self.assertEqual(self.found("issue_type=incident"), ["Incident"])
        self.assertEqual(self.found("assignee_id=4&state=opened"), ["Hers"])
        self.assertEqual(self.found("iids[]=1"), ["Incident"])

    def test_the_search_of_everything_may_lag_behind_the_lists(self) -> None:
        self.settings(search_lag=60)
        self.issue(description="brokey1")
        self.assertEqual(self.ask("GET", f"{DESK}/search?scope=issues&search=brokey1").json, [])
        self.assertEqual(self.found("search=brokey1"), ["Printer"])
        self.gitlab.sim("POST", "/clock", {"advance": 61})
        self.assertEqual(len(self.ask("GET", "/api/v4/search?scope=issues&search=brokey1").json), 1)

    def test_the_old_path_of_a_project_leads_on_for_reading_only(self) -> None:
        self.issue()
        self.act("root", "rename_project", to="helpdesk")
        reply = self.ask("GET", "/api/v4/projects/support%2Fdesk/issues?state=opened")
        self.assertEqual(
            (reply.status, reply.headers["location"]), (301, f"{self.gitlab.url}{DESK}/issues?state=opened")
        )
        self.assertEqual(self.ask("POST", "/api/v4/projects/support%2Fdesk/issues", {"title": "x"}).status, 405)
        self.assertEqual(self.ask("GET", "/api/v4/projects/support%2Fhelpdesk").json["id"], 1)

    def test_the_address_of_an_issue_opens_in_a_browser(self) -> None:
        issue = self.issue(title="<b>Printer</b>")
        page = self.ask("GET", issue["web_url"].removeprefix(self.gitlab.url))
        self.assertEqual((page.status, page.headers["content-type"]), (200, "text/html; charset=utf-8"))
        self.assertIn("<h1>&lt;b&gt;Printer&lt;/b&gt;</h1>", page.text)
        self.assertIn("/support/desk/-/issues", self.ask("GET", "/").text)
        self.assertIn("/support/desk/-/issues/1", self.ask("GET", "/support/desk/-/issues").text)


class Weather(GitlabCase):
    """Limits, and answers that do not come."""

    def test_the_throttle_says_how_long_to_wait_and_the_limit_of_notes_does_not(self) -> None:
        self.gitlab.sim("POST", "/clock", {"stopped": True})
        self.issue()
        self.settings(limits={"notes": 2})
        for status in (201, 201, 429):
            reply = self.ask("POST", f"{DESK}/issues/1/notes", {"body": "x"})
            self.assertEqual(reply.status, status)
        self.assertNotIn("retry-after", reply.headers)
        self.settings(limits={"requests": 1})
        reply = self.ask("GET", DESK)
        self.assertEqual((reply.headers["ratelimit-limit"], reply.headers["ratelimit-remaining"]), ("1", "0"))
        reply = self.ask("GET", DESK)
        self.assertEqual((reply.status, reply.text), (429, "Retry later\n"))
        self.assertGreater(int(reply.headers["retry-after"]), 0)
        self.assertEqual(reply.headers["ratelimit-name"], "throttle_authenticated_api")

    def test_the_vendors_answers_are_given_on_order(self) -> None:
        self.gitlab.fault(do="vendor", name="too_often", times=1)
        self.assertEqual(self.ask("GET", DESK).status, 429)
        self.gitlab.fault(do="vendor", name="maintenance", times=1)
        self.assertEqual(self.ask("GET", DESK).headers["retry-after"], "60")
        self.assertEqual(self.ask("GET", DESK).status, 200)

    def test_an_answer_may_be_lost_after_the_issue_was_made(self) -> None:
        self.gitlab.fault(do="lose_answer", method="POST", path="/issues$")
        with self.assertRaises((http.client.HTTPException, OSError)):
            self.ask("POST", f"{DESK}/issues", {"title": "Once"})
        self.assertEqual([issue["title"] for issue in self.ask("GET", f"{DESK}/issues").json], ["Once"])

    def test_what_is_deleted_is_told_by_nothing(self) -> None:
        self.issue()
        self.act("root", "delete", iid=1)
        self.assertEqual(self.ask("GET", f"{DESK}/issues?updated_after=2020-01-01T00:00:00Z").json, [])
        self.assertEqual(self.ask("GET", f"{DESK}/issues/1").json, {"message": "404 Issue Not Found"})


class Statuses(GitlabCase):
    """Work item status, by GraphQL only."""

    def graphql(self, query: str, variables: dict[str, Any] | None = None, token: str = KARI) -> Any:
        reply = self.ask("POST", "/api/graphql", {"query": query, "variables": variables or {}}, token)
        self.assertEqual(reply.status, 200, reply.text)
        return reply.json

    def status(self) -> Any:
        query = (
            'query($p: ID!) { project(fullPath: $p) { workItems(iid: "1") { nodes { id state widgets { type '
            "... on WorkItemWidgetStatus { status { id name category } } } } } } }"
        )
        node = self.graphql(query, {"p": "support/desk"})["data"]["project"]["workItems"]["nodes"][0]
        widget = next((one for one in node["widgets"] if one["type"] == "STATUS"), None)
        return node["id"], node["state"], widget and widget["status"]["name"]

    def update(self, work_item: str, **given: Any) -> Any:
        mutation = "mutation($i: WorkItemUpdateInput!) { workItemUpdate(input: $i) { errors workItem { id state } } }"
        return self.graphql(mutation, {"i": {"id": work_item, **given}})

    def set_status(self, work_item: str, status: int) -> Any:
        return self.update(
            work_item, statusWidget={"status": f"gid://gitlab/WorkItems::Statuses::SystemDefined::Status/{status}"}
        )

    def test_a_project_tells_its_statuses(self) -> None:
        query = (
            '{ namespace(fullPath: "support/desk") { workItemTypes(name: ISSUE) { nodes { widgetDefinitions { type '
            "... on WorkItemWidgetDefinitionStatus { allowedStatuses { id name } } } } } } }"
        )
        definitions = self.graphql(query)["data"]["namespace"]["workItemTypes"]["nodes"][0]["widgetDefinitions"]
        names = [status["name"] for status in definitions[-1]["allowedStatuses"]]
        self.assertEqual(names, ["To do", "In progress", "Done", "Won't do", "Duplicate"])

    def test_a_status_is_set_and_done_closes_and_reopening_is_to_do(self) -> None:
        issue = self.issue()
        work_item, state, name = self.status()
        self.assertEqual((state, name), ("OPEN", "To do"))
        self.assertEqual(self.set_status(work_item, 2)["data"]["workItemUpdate"]["errors"], [])
        self.assertEqual(self.status()[1:], ("OPEN", "In progress"))
        self.set_status(work_item, 3)
        self.assertEqual((self.status()[1:], self.read(issue)["state"]), (("CLOSED", "Done"), "closed"))
        self.ask("PUT", f"{DESK}/issues/1", {"state_event": "reopen"})
        self.assertEqual(self.status()[1:], ("OPEN", "To do"))

    def test_without_premium_there_is_no_status_and_setting_one_is_an_error(self) -> None:
        self.settings(edition="free")
        self.issue()
        work_item, _, name = self.status()
        self.assertIsNone(name)
        refused = self.set_status(work_item, 2)
        self.assertEqual(refused["data"], {"workItemUpdate": None})
        self.assertEqual(
            refused["errors"][0]["message"], "Following widget keys are not supported by Issue type: [:status_widget]"
        )

    def test_a_value_that_is_refused_stands_in_the_answers_own_errors(self) -> None:
        self.issue()
        payload = self.update(self.status()[0], title="x" * 256)["data"]["workItemUpdate"]
        self.assertEqual(payload, {"errors": ["Title is too long (maximum is 255 characters)"], "workItem": None})

    def test_errors_are_answered_with_200(self) -> None:
        self.assertEqual(
            self.graphql("{ nothing }")["errors"][0]["message"], "Field 'nothing' doesn't exist on type 'Query'"
        )
        self.assertIsNone(self.graphql('{ project(fullPath: "secret/plans") { id } }')["data"]["project"])
        self.assertIn("errors", self.graphql("{ currentUser { "))

    def test_aliases_and_fragments_are_understood(self) -> None:
        query = "query { me: currentUser { ...person } } fragment person on UserCore { username }"
        self.assertEqual(self.graphql(query)["data"], {"me": {"username": "kari"}})


if __name__ == "__main__":
    unittest.main()
