"""Changes to issues: what is kept, what the change log says, what webhooks tell, when search sees it.

All changes come through here, whether asked for by a request or made by a person through /_sim/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .state import Change, Issue, Link, Person, Project
from .view import View

if TYPE_CHECKING:
    from .app import Jira

# Data Center names these transitions by where they lead; Cloud calls every transition issue_generic (recordings).
DC_EVENTS = {
    "Resolved": "issue_resolved",
    "Closed": "issue_closed",
    "Reopened": "issue_reopened",
    "In Progress": "issue_work_started",
}


class Work:
    """Does it."""

    def __init__(self, app: "Jira") -> None:
        self.app = app

    def create(
        self, view: View, project: Project, values: dict[str, Any], properties: dict[str, Any], status: str
    ) -> Issue:
        """A new issue in the workflow's first status."""
        app, now = self.app, self.app.clock.now()
        project.last_number += 1
        values = {name: value for name, value in values.items() if value not in (None, [])}
        issue = Issue(
            app.state.next_id("issue"),
            f"{project.key}-{project.last_number}",
            project.key,
            values,
            status,
            view.who.name,
            now,
            now,
            now,
        )
        issue.properties.update(properties)
        issue.watchers.append(view.who.name)
        app.state.issues[issue.id] = issue
        app.index.touch(issue)
        app.replica.touch(issue)
        change = Change(app.state.next_id("change"), view.who.name, now, self._items_of_creation(view, issue))
        app.webhooks.issue("jira:issue_created", view.who, issue, "issue_created", change)
        return issue

    def set(
        self,
        view: View,
        issue: Issue,
        values: dict[str, Any],
        more: list[dict[str, Any]] | None = None,
        event: str | None = None,
        comment: Any = None,
        bulk: dict[str, Any] | None = None,
    ) -> Change | None:
        """Sets values. What changes nothing leaves no trace (no entry, no webhook)."""
        project = self.app.state.projects[issue.project]
        items = list(more or [])
        for name, value in values.items():
            field = self.app.fields.known[name]
            before = issue.values.get(name)
            if (before or None) == (value or None):
                continue
            items.append(self._item(view, project, field, before, value))
            issue.values[name] = value
        if not items:
            return None
        if event is None:
            event = "issue_assigned" if [one["field"] for one in items] == ["assignee"] else "issue_updated"
        return self.changed(view.who, issue, items, event, comment, bulk)

    def changed(
        self,
        who: Person,
        issue: Issue,
        items: list[dict[str, Any]],
        event: str = "issue_updated",
        comment: Any = None,
        bulk: dict[str, Any] | None = None,
    ) -> Change:
        """An entry in the change log, and what follows from it."""
        now = self.app.clock.now()
        change = Change(self.app.state.next_id("change"), who.name, now, items)
        issue.changes.append(change)
        self.touched(issue)
        self.app.webhooks.issue("jira:issue_updated", who, issue, event, change, comment, bulk)
        return change

    def touched(self, issue: Issue) -> None:
        """`updated` moves, and search will see it."""
        issue.updated = self.app.clock.now()
        self.app.index.touch(issue)
        self.app.replica.touch(issue)

    def move_status(
        self, view: View, issue: Issue, to: str, values: dict[str, Any], comment: Any = None
    ) -> Change | None:
        """A transition: the status, and what its screen and its functions set, as one entry."""
        state, now = self.app.state, self.app.clock.now()
        before, after = state.status(issue.status), state.status(to)
        items = (
            [self.item("status", "jira", before.id, before.name, after.id, after.name)] if before.id != after.id else []
        )
        if before.id != after.id:
            issue.status = after.name
            if before.more["category"] != after.more["category"]:
                issue.status_changed = now
        # "resolution" decides "resolved", not the status [D].
        if "resolution" in values:
            issue.resolved = now if values["resolution"] else None
        event = "issue_generic" if self.app.cloud else DC_EVENTS.get(after.name, "issue_generic")
        change = self.set(view, issue, values, items, event, comment)
        if change is None:
            self.touched(issue)
        return change

    def move_project(self, who: Person, issue: Issue, project: Project) -> None:
        """A new key; the old one goes on answering. `id` stays."""
        before = self.app.state.projects[issue.project]
        old_key = issue.key
        project.last_number += 1
        issue.former_keys.append(old_key)
        issue.key, issue.project = f"{project.key}-{project.last_number}", project.key
        items = [
            self.item("project", "jira", before.id, before.name, project.id, project.name),
            self.item("Key", "jira", None, old_key, None, issue.key),
        ]
        first = next(iter(project.types))
        kind = next(one for one in self.app.state.types if one.id == issue.values["issuetype"])
        if kind.name not in project.types:
            new = next(one for one in self.app.state.types if one.name == first)
            items.append(self.item("issuetype", "jira", kind.id, kind.name, new.id, new.name))
            issue.values["issuetype"] = new.id
        flow = self.app.workflow.of(issue)
        if issue.status not in self.app.workflow.statuses(flow):
            new_status, old_status = self.app.state.status(flow["initial"]), self.app.state.status(issue.status)
            items.append(self.item("status", "jira", old_status.id, old_status.name, new_status.id, new_status.name))
            issue.status = new_status.name
        for name in ("components", "fixVersions", "versions", "security"):
            issue.values.pop(name, None)
        self.changed(who, issue, items, "issue_moved")

    def delete(self, who: Person, issue: Issue) -> None:
        """Gone. Its comments, files and links say so by webhooks of their own, later (X-Atlassian-Webhook-Flow:
        Secondary).
        """
        self.app.webhooks.issue("jira:issue_deleted", who, issue, None, None)
        for comment in issue.comments:
            self.app.webhooks.comment("comment_deleted", who, issue, comment, secondary=True)
        for link in [one for one in self.app.state.links if issue.id in (one.inward, one.outward)]:
            self.app.state.links.remove(link)
            self.app.webhooks.link("issuelink_deleted", link, secondary=True)
        del self.app.state.issues[issue.id]
        self.app.index.removed(issue)
        self.app.replica.removed(issue)

    def link(self, who: Person, link: Link) -> None:
        """Links two issues: an entry in both logs, which has no fieldId [P SUPPLIERS.md 3]."""
        self.app.state.links.append(link)
        self._link_items(who, link, True)
        self.app.webhooks.link("issuelink_created", link)

    def unlink(self, who: Person, link: Link) -> None:
        """The link is gone."""
        self.app.state.links.remove(link)
        self._link_items(who, link, False)
        self.app.webhooks.link("issuelink_deleted", link)

    def _link_items(self, who: Person, link: Link, made: bool) -> None:
        ends = ((link.inward, link.outward, "outward"), (link.outward, link.inward, "inward"))
        for here, there, words in ends:
            issue, other = self.app.state.issues.get(here), self.app.state.issues.get(there)
            if issue and other:
                noun = "work item" if self.app.cloud else "issue"
                text = f"This {noun} {link.type.more[words]} {other.key}"
                item = {
                    "field": "Link",
                    "fieldtype": "jira",
                    "from": None if made else other.key,
                    "fromString": None if made else text,
                    "to": other.key if made else None,
                    "toString": text if made else None,
                }
                self.changed(who, issue, [item])

    def item(
        self,
        name: str,
        fieldtype: str,
        old: str | None,
        old_text: str | None,
        new: str | None,
        new_text: str | None,
        field_id: str | None = None,
    ) -> dict[str, Any]:
        """An item of the change log. Data Center's have no fieldId (recordings mm-server-*)."""
        told: dict[str, Any] = {"field": name, "fieldtype": fieldtype}
        if self.app.cloud:
            told["fieldId"] = field_id or name
        return told | {"from": old, "fromString": old_text, "to": new, "toString": new_text}

    def _item(self, view: View, project: Project, field: Any, before: Any, after: Any) -> dict[str, Any]:
        old, old_text = field.kind.told(view, project, field, before)
        new, new_text = field.kind.told(view, project, field, after)
        told = self.item(field.logged, "custom" if field.custom else "jira", old, old_text, new, new_text, field.id)
        if self.app.cloud and field.id in ("assignee", "reporter"):
            told |= {"tmpFromAccountId": old, "tmpToAccountId": new}
        return told

    def _items_of_creation(self, view: View, issue: Issue) -> list[dict[str, Any]]:
        """What a create webhook lists; the status is called "Status" there, and "status" in every later one
        (recordings).
        """
        project = self.app.state.projects[issue.project]
        items = [
            self._item(view, project, self.app.fields.known[name], None, issue.values[name])
            for name in sorted(issue.values)
            if name in self.app.fields.known and name not in ("issuetype", "labels")
        ]
        status = self.app.state.status(issue.status)
        return items + [self.item("Status", "jira", None, None, status.id, status.name, "status")]
