#!/usr/bin/python3
"""Issues of the Jira simulator: fields, screens, texts, moves, deletions; Cloud and Data Center."""

from __future__ import annotations

import unittest

from jira_case import DataCenterCase, JiraCase, adf


class Issues:
    """What both dialects do."""

    def test_a_create_answers_id_key_and_self_alone(self) -> None:
        made = self.good(
            "POST", "issue", {"fields": {"project": {"key": "OPS"}, "issuetype": {"id": "10001"}, "summary": "Printer"}}
        )
        self.assertEqual(sorted(made), ["id", "key", "self"])

    def test_label_and_property_are_set_with_the_create(self) -> None:
        key = self.issue(
            labels=["bro-0f3c"], properties=[{"key": "bro", "value": {"case": "S-1"}}] if self.cloud else None
        )
        self.assertEqual(self.read(key)["fields"]["labels"], ["bro-0f3c"])
        if self.cloud:
            self.assertEqual(self.good("GET", f"issue/{key}/properties/bro")["value"], {"case": "S-1"})

    def test_a_label_with_a_blank_is_refused(self) -> None:
        self.refused(
            self.ask(
                "POST",
                "issue",
                {
                    "fields": {
                        "project": {"key": "OPS"},
                        "issuetype": {"name": "Task"},
                        "summary": "x",
                        "labels": ["a b"],
                    }
                },
            ),
            400,
            "labels",
        )

    def test_fields_labels_takes_away_what_others_added_and_update_does_not(self) -> None:
        key = self.issue(labels=["bro-1"])
        self.jira.sim("POST", f"/issues/{key}/edit", {"fields": {"labels": ["bro-1", "theirs"]}})
        self.good("PUT", f"issue/{key}", {"update": {"labels": [{"add": "ours"}]}})
        self.assertEqual(self.read(key)["fields"]["labels"], ["bro-1", "theirs", "ours"])
        self.good("PUT", f"issue/{key}", {"fields": {"labels": ["ours"]}})
        self.assertEqual(self.read(key)["fields"]["labels"], ["ours"])

    def test_a_moved_issue_keeps_its_id_and_answers_at_its_old_key(self) -> None:
        key = self.issue()
        identity = self.read(key)["id"]
        moved = self.jira.sim("POST", f"/issues/{key}/move", {"as": "admin", "project": "SUP"})
        self.assertEqual(moved, {"id": identity, "key": "SUP-1"})
        for name in (key, "SUP-1", identity):
            self.assertEqual((self.read(name)["id"], self.read(name)["key"]), (identity, "SUP-1"))

    def test_a_clone_has_the_labels_of_the_first_one(self) -> None:
        key = self.issue(labels=["bro-1"])
        clone = self.jira.sim("POST", f"/issues/{key}/clone", {"as": "kari"})["key"]
        self.assertEqual(self.search('labels = "bro-1" ORDER BY key ASC'), [key, clone])
        link = self.read(clone)["fields"]["issuelinks"][0]
        self.assertEqual((link["type"]["name"], link["outwardIssue"]["key"]), ("Cloners", key))

    def test_an_archived_project_refuses_changes(self) -> None:
        key = self.issue()
        self.jira.sim("POST", "/projects/OPS", {"archived": True})
        self.assertEqual(self.ask("PUT", f"issue/{key}", {"fields": {"summary": "x"}}).status, 403)
        self.assertEqual(self.good("GET", f"issue/{key}/transitions")["transitions"], [])

    def test_a_deleted_issue_is_not_there_and_is_not_found(self) -> None:
        key = self.issue()
        self.good("DELETE", f"issue/{key}", who="admin")
        self.assertEqual(self.ask("GET", f"issue/{key}").status, 404)
        self.assertEqual(self.search("project = OPS"), [])

    def test_an_edit_that_changes_nothing_leaves_no_entry_in_the_change_log(self) -> None:
        key = self.issue()
        self.good("PUT", f"issue/{key}", {"fields": {"summary": "Printer"}})
        self.good("PUT", f"issue/{key}", {"fields": {"summary": "Scanner"}})
        log = self.read(key, expand="changelog")["changelog"]["histories"]
        self.assertEqual(
            [(one["items"][0]["field"], one["items"][0]["toString"]) for one in log], [("summary", "Scanner")]
        )

    def test_several_issues_are_made_at_once_and_each_refusal_says_which(self) -> None:
        made = {"fields": {"project": {"key": "OPS"}, "issuetype": {"name": "Task"}, "summary": "one"}}
        told = self.good("POST", "issue/bulk", {"issueUpdates": [made, {"fields": {**made["fields"], "summary": ""}}]})
        self.assertEqual(
            ([one["key"] for one in told["issues"]], [one["failedElementNumber"] for one in told["errors"]]),
            (["OPS-1"], [1]),
        )

    def test_a_remote_link_that_is_put_again_loses_what_is_not_in_it(self) -> None:
        key, link = self.issue(), {
            "globalId": "system=bro&id=1",
            "relationship": "is handled in",
            "object": {"url": "https://x.example/1", "title": "INC1", "summary": "smokes"},
        }
        self.assertEqual(self.ask("POST", f"issue/{key}/remotelink", link).status, 201)
        again = {
            "globalId": link["globalId"],
            "object": {"url": "https://x.example/1", "title": "INC1", "status": {"resolved": True, "icon": {}}},
        }
        self.assertEqual(self.ask("POST", f"issue/{key}/remotelink", again).status, 200)
        held = self.good("GET", f"issue/{key}/remotelink")
        self.assertEqual(
            [
                ("relationship" in one, one["object"].get("summary"), one["object"]["status"]["resolved"])
                for one in held
            ],
            [(False, None, True)],
        )

    def test_a_file_without_the_header_against_forgery_is_refused(self) -> None:
        key = self.issue()
        body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n'
        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        self.assertEqual(self.ask("POST", f"issue/{key}/attachments", body, headers=kind).status, 403)
        self.assertEqual(
            self.ask(
                "POST",
                f"issue/{key}/attachments",
                body.replace(b'"file"', b'"upload"'),
                headers=kind | {"X-Atlassian-Token": "no-check"},
            ).status,
            400,
        )
        told = self.ask("POST", f"issue/{key}/attachments", body, headers=kind | {"X-Atlassian-Token": "no-check"}).json
        self.assertEqual([(one["filename"], one["size"]) for one in told], [("a.txt", 5)])


class OfCloud(Issues, JiraCase):
    """Cloud."""

    def test_a_plain_string_is_no_document(self) -> None:
        for wrong in (
            "words",
            {
                "type": "doc",
                "version": 1,
                "content": [{"type": "paragraph", "content": [{"type": "text", "text": ""}]}],
            },
            {"type": "doc", "content": []},
            {"type": "doc", "version": 1, "content": [{"type": "text", "text": "not in a paragraph"}]},
            {
                "type": "doc",
                "version": 1,
                "content": [{"type": "paragraph", "content": [{"type": "mention", "attrs": {}}]}],
            },
        ):
            self.refused(
                self.ask(
                    "POST",
                    "issue",
                    {
                        "fields": {
                            "project": {"key": "OPS"},
                            "issuetype": {"name": "Task"},
                            "summary": "x",
                            "description": wrong,
                        }
                    },
                ),
                400,
                "description",
            )

    def test_a_document_comes_back_normalised(self) -> None:
        sent = {
            "type": "doc",
            "version": 1,
            "content": [
                {
                    "type": "paragraph",
                    "content": [{"type": "text", "text": "two "}, {"type": "text", "text": "pieces  "}],
                }
            ],
        }
        self.assertEqual(self.read(self.issue(description=sent))["fields"]["description"], adf("two pieces"))

    def test_version_2_of_the_same_site_shows_wiki_markup(self) -> None:
        bold = {
            "type": "doc",
            "version": 1,
            "content": [
                {
                    "type": "paragraph",
                    "content": [
                        {"type": "text", "text": "It "},
                        {"type": "text", "text": "smokes", "marks": [{"type": "strong"}]},
                    ],
                }
            ],
        }
        key = self.issue(description=bold)
        told = self.jira.call("GET", f"/rest/api/2/issue/{key}", None, self.proof("agent")).json
        self.assertEqual(told["fields"]["description"], "It *smokes*")
        self.jira.sim("DELETE", "/violations")  # the subset of the specification has version 3 alone

    def test_bulkfetch_leaves_out_what_is_missing_and_what_may_not_be_seen(self) -> None:
        first, second = self.issue(), self.issue()
        secret = self.jira.sim("POST", "/issues", {"as": "kari", "project": "SEC"})["key"]
        told = self.good(
            "POST", "issue/bulkfetch", {"issueIdsOrKeys": [second, "99999", secret, first], "fields": ["summary"]}
        )
        self.assertEqual((list(told), [one["key"] for one in told["issues"]]), (["issues"], [first, second]))

    def test_the_change_logs_of_many_issues_come_in_one_answer(self) -> None:
        keys = [self.issue(), self.issue()]
        for key in keys:
            self.good("PUT", f"issue/{key}", {"fields": {"summary": "Scanner", "priority": {"name": "High"}}})
        told = self.good(
            "POST", "changelog/bulkfetch", {"issueIdsOrKeys": keys, "fieldIds": ["priority"], "maxResults": 1}
        )
        self.assertEqual((len(told["issueChangeLogs"]), "nextPageToken" in told), (1, True))
        rest = self.good(
            "POST",
            "changelog/bulkfetch",
            {"issueIdsOrKeys": keys, "fieldIds": ["priority"], "nextPageToken": told["nextPageToken"]},
        )
        self.assertEqual((len(rest["issueChangeLogs"]), "nextPageToken" in rest), (1, False))
        self.assertIsInstance(rest["issueChangeLogs"][0]["changeHistories"][0]["created"], int)
        self.jira.sim("POST", "/settings", {"bulk_created": "stamp"})
        told = self.good("POST", "changelog/bulkfetch", {"issueIdsOrKeys": keys})
        self.assertRegex(told["issueChangeLogs"][0]["changeHistories"][0]["created"], r"^\d{4}-\d\d-\d\dT")

    def test_a_file_lies_at_another_host_which_must_not_be_sent_the_token(self) -> None:
        key = self.issue()
        number = self.jira.sim("POST", f"/issues/{key}/attachments", {"name": "a.txt", "text": "hello"})["id"]
        reply = self.ask("GET", f"attachment/content/{number}")
        self.assertEqual((reply.status, reply.headers["location"].split(":")[1]), (303, "//localhost"))
        path = "/" + reply.headers["location"].split("/", 3)[3]
        self.assertEqual(self.jira.call("GET", path).text, "hello")
        self.assertEqual(self.ask("GET", path).status, 400)

    def test_the_log_names_link_items_without_a_field_id(self) -> None:
        first, second = self.issue(), self.issue()
        self.good(
            "POST",
            "issueLink",
            {"type": {"name": "Blocks"}, "inwardIssue": {"key": first}, "outwardIssue": {"key": second}},
        )
        item = self.good("GET", f"issue/{first}/changelog")["values"][0]["items"][0]
        self.assertEqual(
            item,
            {
                "field": "Link",
                "fieldtype": "jira",
                "from": None,
                "fromString": None,
                "to": second,
                "toString": f"This work item blocks {second}",
            },
        )


class OfDataCenter(Issues, DataCenterCase):
    """Data Center."""

    def test_a_document_is_no_wiki_markup(self) -> None:
        self.refused(
            self.ask(
                "POST",
                "issue",
                {
                    "fields": {
                        "project": {"key": "OPS"},
                        "issuetype": {"name": "Task"},
                        "summary": "x",
                        "description": adf("x"),
                    }
                },
            ),
            400,
            "description",
        )
        self.jira.sim("DELETE", "/violations")

    def test_blanks_at_the_ends_of_lines_are_gone(self) -> None:
        self.assertEqual(self.read(self.issue(description="one  \ntwo\n\n"))["fields"]["description"], "one\ntwo")

    def test_people_type_line_ends_of_two_characters(self) -> None:
        key = self.jira.sim("POST", "/issues", {"project": "OPS", "fields": {"description": "one\ntwo"}})["key"]
        self.assertEqual(self.read(key)["fields"]["description"], "one\r\ntwo")

    def test_the_log_has_no_field_ids(self) -> None:
        key = self.issue()
        self.good("PUT", f"issue/{key}", {"fields": {"summary": "Scanner"}})
        item = self.read(key, expand="changelog")["changelog"]["histories"][0]["items"][0]
        self.assertEqual(
            item,
            {
                "field": "summary",
                "fieldtype": "jira",
                "from": None,
                "fromString": "Printer",
                "to": None,
                "toString": "Scanner",
            },
        )

    def test_what_only_cloud_has_is_not_there(self) -> None:
        for method, path in (
            ("POST", "search/jql"),
            ("POST", "issue/bulkfetch"),
            ("POST", "changelog/bulkfetch"),
            ("GET", "webhook"),
        ):
            self.assertIn(self.ask(method, path, {} if method == "POST" else None).status, (404, 405))
        self.jira.sim("DELETE", "/violations")


if __name__ == "__main__":
    unittest.main()
