"""The bodies of webhooks (lib/gitlab/hook_data; docs: user/project/integrations/webhook_events)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .entities import KINDS, spoken, when
from .statuses import STATUSES
from .texts import with_whole_addresses
from .world import Issue, Label, Milestone, Note, Project, Release, User, World

SNAPSHOT = (
    "title",
    "description",
    "milestone",
    "due_date",
    "start_date",
    "confidential",
    "locked",
    "state",
    "closed_at",
    "updated_at",
    "updated_by",
    "last_edited_at",
    "last_edited_by",
    "time_estimate",
    "time_spent",
    "weight",
    "moved_to",
    "severity",
    "status",
    "kind",
)
STATE_IDS = {"opened": 1, "closed": 2}


def snapshot(world: World, issue: Issue) -> dict[str, Any]:
    """What `changes` compares."""
    return {name: getattr(issue, name) for name in SNAPSHOT} | {
        "labels": list(issue.labels),
        "assignees": list(issue.assignees),
    }


def spaced(time: datetime | None) -> str | None:
    """2026-11-23 09:00:00 UTC, as times stand in hooks; in some places they are ISO 8601: never expect one form."""
    return None if time is None else time.strftime("%Y-%m-%d %H:%M:%S UTC")


class Payloads:
    """Makes them. `base` is where this GitLab is reached."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.base = ""

    def issue(self, issue: Issue, user: User, action: str, before: dict[str, Any] | None) -> dict[str, Any]:
        """An issue, incident or task. `object_attributes.author_id` is who made it, `user` who did this."""
        project = self.world.projects[issue.project]
        kind = "issue" if issue.kind == "issue" else "work_item"
        attributes = self._issue_attributes(issue, project) | {"action": action}
        assignees = [self.user(number) for number in issue.assignees]
        body = {
            "object_kind": kind,
            "event_type": f"confidential_{kind}" if issue.confidential else kind,
            "user": self.user(user.id),
            "project": self.project(project),
            "object_attributes": attributes,
            "labels": attributes["labels"],
            "changes": self._changes(issue, project, before),
            "repository": self.repository(project),
        }
        if assignees:
            body |= {"assignees": assignees, "assignee": assignees[0]}
        return self._aged(body)

    def note(self, note: Note, issue: Issue, user: User, action: str) -> dict[str, Any]:
        """A note on an issue. `issue.confidential` may be false although the note is internal."""
        project = self.world.projects[issue.project]
        attributes = {
            "attachment": None,
            "author_id": note.author,
            "change_position": None,
            "commit_id": None,
            "created_at": spaced(note.created_at),
            "discussion_id": note.discussion,
            "id": note.id,
            "internal": note.internal,
            "line_code": None,
            "note": note.body,
            "noteable_id": issue.id,
            "noteable_type": "Issue",
            "original_position": None,
            "position": None,
            "project_id": project.id,
            "resolved_at": None,
            "resolved_by_id": None,
            "resolved_by_push": None,
            "st_diff": None,
            "system": note.system,
            "type": "DiscussionNote" if note.reply else None,
            "updated_at": spaced(note.updated_at),
            "updated_by_id": None,
            "description": with_whole_addresses(note.body, self.base, project.id),
            "url": f"{self._url(issue, project)}#note_{note.id}",
            "action": action,
        }
        hidden = note.internal or issue.confidential
        return self._aged(
            {
                "object_kind": "note",
                "event_type": "confidential_note" if hidden else "note",
                "user": self.user(user.id),
                "project_id": project.id,
                "project": self.project(project),
                "object_attributes": attributes,
                "repository": self.repository(project),
                "issue": self._issue_attributes(issue, project),
            }
        )

    def release(self, release: Release, project: Project, action: str) -> dict[str, Any]:
        """A release; there is no `user` in it."""
        url = f"{self.base}/{self.world.full_path(project)}/-/releases/{release.tag}"
        return {
            "id": release.id,
            "created_at": spaced(release.created_at),
            "description": release.description,
            "name": release.name,
            "released_at": spaced(release.released_at),
            "tag": release.tag,
            "object_kind": "release",
            "project": self.project(project),
            "url": url,
            "action": action,
            "assets": {"count": 0, "links": [], "sources": []},
            "commit": {
                "id": "0" * 40,
                "message": release.name,
                "title": release.name,
                "timestamp": when(release.created_at),
                "url": f"{self.base}/{self.world.full_path(project)}/-/commit/{'0' * 40}",
                "author": {"name": "Administrator", "email": "[REDACTED]"},
            },
        }

    def milestone(self, milestone: Milestone, project: Project, action: str) -> dict[str, Any]:
        """A milestone; there is no `user` in it."""
        return {
            "object_kind": "milestone",
            "event_type": "milestone",
            "project": self.project(project),
            "object_attributes": {
                "id": milestone.id,
                "iid": milestone.iid,
                "title": milestone.title,
                "description": milestone.description,
                "state": milestone.state,
                "created_at": spaced(milestone.created_at),
                "updated_at": spaced(milestone.updated_at),
                "due_date": milestone.due_date,
                "start_date": milestone.start_date,
                "project_id": project.id,
            },
            "action": action,
        }

    def user(self, number: int) -> dict[str, Any]:
        """`email` is "[REDACTED]" unless the user shows one (docs: webhook_events)."""
        user = self.world.users.get(number)
        username, name = (user.username, user.name) if user else ("ghost", "Ghost User")
        shown = {
            "id": number,
            "name": name,
            "username": username,
            "avatar_url": "https://www.gravatar.com/avatar/0?s=80&d=identicon",
            "email": (user and user.public_email) or "[REDACTED]",
        }
        return shown

    def project(self, project: Project) -> dict[str, Any]:
        """A project as it stands in hooks."""
        path, group = self.world.full_path(project), self.world.groups[project.group]
        web, ssh = f"{self.base}/{path}", f"git@gitlab.example:{path}.git"
        return {
            "id": project.id,
            "name": project.name,
            "description": project.description,
            "web_url": web,
            "avatar_url": None,
            "git_ssh_url": ssh,
            "git_http_url": f"{web}.git",
            "namespace": group.name,
            "visibility_level": {"private": 0, "internal": 10, "public": 20}[project.visibility],
            "path_with_namespace": path,
            "default_branch": "main",
            "ci_config_path": None,
            "homepage": web,
            "url": ssh,
            "ssh_url": ssh,
            "http_url": f"{web}.git",
        }

    def repository(self, project: Project) -> dict[str, Any]:
        """Deprecated, and there."""
        whole = self.project(project)
        return {name: whole[name] for name in ("name", "url", "description", "homepage")}

    def label(self, label: Label) -> dict[str, Any]:
        """A label as it stands in hooks: its name is `title`."""
        return {
            "id": label.id,
            "title": label.title,
            "color": label.color,
            "project_id": label.project,
            "created_at": spaced(label.created_at),
            "updated_at": spaced(label.created_at),
            "template": False,
            "description": label.description,
            "type": "ProjectLabel" if label.project else "GroupLabel",
            "group_id": label.group,
        }

    def _url(self, issue: Issue, project: Project) -> str:
        place = "issues" if issue.kind in ("issue", "incident") else "work_items"
        return f"{self.base}/{self.world.full_path(project)}/-/{place}/{issue.iid}"

    def _labels(self, numbers: list[int], project: Project) -> list[dict[str, Any]]:
        return [self.label(label) for number in numbers if (label := self.world.label(project, number))]

    def _issue_attributes(self, issue: Issue, project: Project) -> dict[str, Any]:
        shown = {
            "author_id": issue.author,
            "closed_at": spaced(issue.closed_at),
            "confidential": issue.confidential,
            "created_at": spaced(issue.created_at),
            "description": with_whole_addresses(issue.description, self.base, project.id),
            "discussion_locked": issue.locked,
            "due_date": issue.due_date,
            "start_date": issue.start_date,
            "id": issue.id,
            "iid": issue.iid,
            "last_edited_at": spaced(issue.last_edited_at),
            "last_edited_by_id": issue.last_edited_by,
            "milestone_id": issue.milestone,
            "moved_to_id": issue.moved_to,
            "duplicated_to_id": issue.duplicated_to,
            "project_id": project.id,
            "relative_position": issue.iid * 513,
            "state_id": STATE_IDS[issue.state],
            "time_estimate": issue.time_estimate,
            "title": issue.title,
            "updated_at": spaced(issue.updated_at),
            "updated_by_id": issue.updated_by,
            "type": KINDS[issue.kind],
            "url": self._url(issue, project),
            "total_time_spent": issue.time_spent,
            "time_change": 0,
            "human_total_time_spent": spoken(issue.time_spent),
            "human_time_change": None,
            "human_time_estimate": spoken(issue.time_estimate),
            "assignee_ids": list(issue.assignees),
            "assignee_id": issue.assignees[0] if issue.assignees else None,
            "labels": self._labels(issue.labels, project),
            "state": issue.state,
            "severity": issue.severity,
            "customer_relations_contacts": [],
        }
        if self.world.paid():
            shown |= {"weight": issue.weight, "health_status": None}
        if self.world.has_status():
            shown["status"] = self._status(issue.status)
        return shown

    def _status(self, number: int) -> dict[str, Any]:
        status = STATUSES[number]
        return {"id": status.id, "name": status.name, "category": status.category}

    def _changes(self, issue: Issue, project: Project, before: dict[str, Any] | None) -> dict[str, Any]:
        """`{field: {previous, current}}`; of a new issue, what was set at once."""
        if before is None:
            shown = {
                "author_id": issue.author,
                "created_at": spaced(issue.created_at),
                "description": issue.description,
                "id": issue.id,
                "iid": issue.iid,
                "project_id": project.id,
                "title": issue.title,
                "updated_at": spaced(issue.updated_at),
            }
            return {name: {"previous": None, "current": value} for name, value in shown.items()}
        after = snapshot(self.world, issue)
        changes = {}
        for name, value in after.items():
            if value != before[name] and (name != "status" or self.world.has_status()):
                changes[_NAMES.get(name, name)] = {
                    "previous": self._shown(name, before[name], project),
                    "current": self._shown(name, value, project),
                }
        return changes

    def _shown(self, name: str, value: Any, project: Project) -> Any:
        if name == "labels":
            return self._labels(value, project)
        if name == "assignees":
            return [self.user(number) for number in value]
        if name == "state":
            return STATE_IDS[value]
        if name == "status":
            return self._status(value)
        return spaced(value) if isinstance(value, datetime) else value

    def _aged(self, body: dict[str, Any]) -> dict[str, Any]:
        """As servers before 2017 had it (recorded: gopg-comment-issue-event)."""
        if not self.world.settings["old_hooks"]:
            return body
        body.pop("changes", None), body.pop("event_type", None)
        body["user"].pop("id"), body["user"].pop("email"), body["project"].pop("id")
        if body["object_kind"] == "note":
            for name in ("internal", "action", "discussion_id"):
                body["object_attributes"].pop(name)
            body["issue"].pop("confidential")
        return body


_NAMES = {
    "milestone": "milestone_id",
    "locked": "discussion_locked",
    "state": "state_id",
    "updated_by": "updated_by_id",
    "last_edited_by": "last_edited_by_id",
    "time_spent": "total_time_spent",
    "moved_to": "moved_to_id",
    "kind": "issue_type",
}
