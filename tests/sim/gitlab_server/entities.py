"""How GitLab shows its things in answers (lib/api/entities)."""

from __future__ import annotations

import re
from typing import Any

from .entities_people import PeopleEntities
from .entities_people import when as when
from .world import Issue, Label, Link, Milestone, Note, Project, Release, Upload, User

KINDS = {
    "issue": "Issue",
    "incident": "Incident",
    "task": "Task",
    "test_case": "Test Case",
    "requirement": "Requirement",
    "ticket": "Ticket",
}


# Files whose Markdown shows them (lib/gitlab/file_type_detection.rb): by name, whatever their content.
SHOWN = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tiff",
    ".ico",
    ".webp",
    ".mp4",
    ".m4v",
    ".mov",
    ".webm",
    ".ogv",
    ".mp3",
    ".oga",
    ".ogg",
    ".spx",
    ".wav",
)


class Entities(PeopleEntities):
    """And issues with what belongs to them."""

    def label(self, label: Label, project: Project | None, counts: bool = True) -> dict[str, Any]:
        """A label; with how many issues have it unless `counts` is false."""
        shown = {
            "id": label.id,
            "name": label.title,
            "description": label.description,
            "description_html": label.description or "",
            "text_color": "#FFFFFF",
            "color": label.color,
            "archived": False,
        }
        if counts:
            having = [issue for issue in project.issues.values() if label.id in issue.labels] if project else []
            opened = sum(issue.state == "opened" for issue in having)
            shown |= {
                "open_issues_count": opened,
                "closed_issues_count": len(having) - opened,
                "open_merge_requests_count": 0,
                "subscribed": False,
                "priority": label.priority,
                "is_project_label": label.project is not None,
            }
        return shown

    def milestone(self, milestone: Milestone) -> dict[str, Any]:
        """A milestone: with `project_id`, or with `group_id`."""
        today = self.world.clock.now().date().isoformat()
        if milestone.project is not None:
            owner = {"project_id": milestone.project}
            path = self.world.full_path(self.world.projects[milestone.project])
        else:
            owner = {"group_id": milestone.group or 0}
            path = f"groups/{self.world.groups[milestone.group or 0].full_path}"
        return {
            "id": milestone.id,
            "iid": milestone.iid,
            **owner,
            "title": milestone.title,
            "description": milestone.description,
            "state": milestone.state,
            "created_at": when(milestone.created_at),
            "updated_at": when(milestone.updated_at),
            "due_date": milestone.due_date,
            "start_date": milestone.start_date,
            "expired": bool(milestone.due_date and milestone.due_date < today),
            "web_url": f"{self.base}/{path}/-/milestones/{milestone.iid}",
        }

    def release(self, release: Release, project: Project) -> dict[str, Any]:
        """A release; `upcoming_release` when its day has not come."""
        address = f"{self.base}/{self.world.full_path(project)}/-/releases/{release.tag}"
        known = self.world.milestones_of(project)
        found = [known[number] for number in release.milestones if number in known]
        return {
            "tag_name": release.tag,
            "name": release.name,
            "description": release.description,
            "created_at": when(release.created_at),
            "released_at": when(release.released_at),
            "upcoming_release": release.released_at > self.world.clock.now(),
            "author": self.user(release.author),
            "milestones": [self.milestone(one) for one in found],
            "tag_path": f"/{self.world.full_path(project)}/-/tags/{release.tag}",
            "assets": {"count": 0, "sources": [], "links": []},
            "evidences": [],
            "_links": {"self": address},
        }

    def issue(
        self, issue: Issue, user: User | None, details: bool = False, one: bool = False, near: bool = True
    ) -> dict[str, Any]:
        """An issue; `one` adds what a single one has more than one of a list."""
        project = self.world.projects[issue.project]
        labels = [label for number in issue.labels if (label := self.world.label(project, number))]
        labels.sort(key=lambda label: label.title.lower())
        milestone = self.world.milestones_of(project).get(issue.milestone or 0)
        assignees = [self.user(number) for number in issue.assignees]
        closed = {"closed_at": when(issue.closed_at), "closed_by": self.user(issue.closed_by)}
        shown = {
            "id": issue.id,
            "iid": issue.iid,
            "project_id": issue.project,
            "title": issue.title,
            "description": issue.description,
            "state": issue.state,
            "created_at": when(issue.created_at),
            "updated_at": when(issue.updated_at),
            **closed,
            "labels": [self.label(label, None, counts=False) if details else label.title for label in labels],
            "milestone": self.milestone(milestone) if milestone else None,
            "assignees": assignees,
            "author": self.user(issue.author),
            "type": issue.kind.upper(),
            "assignee": assignees[0] if assignees else None,
            "user_notes_count": sum(not note.system for note in issue.notes),
            "merge_requests_count": 0,
            "upvotes": 0,
            "downvotes": 0,
            "start_date": issue.start_date,
            "due_date": issue.due_date,
            "confidential": issue.confidential,
            "discussion_locked": issue.locked,
            "issue_type": issue.kind,
            "web_url": self.issue_url(issue),
            "time_stats": {
                "time_estimate": issue.time_estimate,
                "total_time_spent": issue.time_spent,
                "human_time_estimate": spoken(issue.time_estimate),
                "human_total_time_spent": spoken(issue.time_spent),
            },
            "task_completion_status": _tasks(issue.description),
            "blocking_issues_count": 0,
            "has_tasks": "- [" in (issue.description or ""),
            "task_status": "",
            "_links": self._links(issue),
            "references": self._references(issue, project, near),
            "severity": issue.severity.upper(),
            "moved_to_id": issue.moved_to,
            "imported": False,
            "imported_from": "none",
            "service_desk_reply_to": None,
        }
        if self.world.paid():
            shown |= {"weight": issue.weight, "epic_iid": None, "epic": None, "iteration": None, "health_status": None}
        if one:
            shown["subscribed"] = user is not None and (user.id in issue.subscribers or user.id == issue.author)
        return shown

    def issue_url(self, issue: Issue) -> str:
        """Where people see it; tasks and tickets are work items."""
        place = "issues" if issue.kind in ("issue", "incident") else "work_items"
        return f"{self.base}/{self.world.full_path(self.world.projects[issue.project])}/-/{place}/{issue.iid}"

    def _links(self, issue: Issue) -> dict[str, Any]:
        project = f"{self.base}/api/v4/projects/{issue.project}"
        own = f"{project}/issues/{issue.iid}"
        twin = self.world.issues.get(issue.duplicated_to or 0)
        links = {
            "self": own,
            "notes": f"{own}/notes",
            "award_emoji": f"{own}/award_emoji",
            "project": project,
            "closed_as_duplicate_of": f"{self.base}/api/v4/projects/{twin.project}/issues/{twin.iid}" if twin else None,
        }
        return links

    def _references(self, issue: Issue, project: Project, near: bool) -> dict[str, str]:
        full = f"{self.world.full_path(project)}#{issue.iid}"
        return {
            "short": f"#{issue.iid}",
            "relative": f"#{issue.iid}" if near else full,
            "full": full,
        }

    def note(self, note: Note, issue: Issue) -> dict[str, Any]:
        """A note; `confidential` is the old name of `internal`."""
        return {
            "id": note.id,
            "type": "DiscussionNote" if note.reply else None,
            "body": note.body,
            "author": self.user(note.author),
            "created_at": when(note.created_at),
            "updated_at": when(note.updated_at),
            "system": note.system,
            "noteable_id": issue.id,
            "noteable_type": "Issue",
            "project_id": issue.project,
            "resolvable": False,
            "confidential": note.internal,
            "internal": note.internal,
            "imported": False,
            "imported_from": "none",
            "noteable_iid": issue.iid,
            "commands_changes": note.commands,
        }

    def link(self, link: Link, user: User | None) -> dict[str, Any]:
        """What creating a link answers."""
        return {
            "id": link.id,
            "source_issue": self.issue(self.world.issues[link.source], user),
            "target_issue": self.issue(self.world.issues[link.target], user),
            "link_type": link.kind,
        }

    def upload(self, upload: Upload, project: Project) -> dict[str, Any]:
        """What an upload answers: `markdown` is what to put into a text."""
        url = f"/uploads/{upload.secret}/{upload.filename}"
        alt = upload.filename.rsplit(".", 1)[0] if upload.filename.lower().endswith(SHOWN) else upload.filename
        mark = "!" if alt != upload.filename else ""
        return {
            "id": upload.id,
            "alt": alt,
            "url": url,
            "full_path": f"/-/project/{project.id}{url}",
            "markdown": f"{mark}[{alt}]({url})",
        }

    def event(self, event: dict[str, Any], issue: Issue) -> dict[str, Any]:
        """A resource event: label (add, remove), state, or milestone (add, remove)."""
        shown = {
            "id": event["id"],
            "user": self.user(event["user"]),
            "created_at": when(event["created_at"]),
            "resource_type": "Issue",
            "resource_id": issue.id,
        }
        project = self.world.projects[issue.project]
        if event["kind"] == "state":
            return shown | {"source_commit": None, "source_merge_request_id": None, "state": event["state"]}
        if event["kind"] == "milestone":
            milestone = self.world.milestones_of(project).get(event["milestone"])
            return shown | {
                "milestone": self.milestone(milestone) if milestone else None,
                "action": event["action"],
                "state": issue.state,
            }
        label = self.world.label(project, event["label"])
        return shown | {"label": self.label(label, None, counts=False) if label else None, "action": event["action"]}


def _tasks(text: str | None) -> dict[str, int]:
    marks = re.findall(r"^\s*[-*] \[([ xX])\]", text or "", re.MULTILINE)
    return {"count": len(marks), "completed_count": sum(mark != " " for mark in marks)}


def spoken(seconds: int) -> str | None:
    """1h 30m; a working day has eight hours."""
    if not seconds:
        return None
    parts = []
    for unit, length in (("d", 28800), ("h", 3600), ("m", 60)):
        count, seconds = divmod(seconds, length)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or None
