"""How GitLab shows its things in answers (lib/api/entities)."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Any

from .rights import level, group_level
from .world import Group, Issue, Label, Link, Milestone, Note, Project, Release, Token, Upload, User, World

KINDS = {"issue": "Issue", "incident": "Incident", "task": "Task", "test_case": "Test Case", "requirement": "Requirement",
         "ticket": "Ticket"}


GHOST = 1_000_000
# Files whose Markdown shows them (lib/gitlab/file_type_detection.rb): by name, whatever their content.
SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tiff", ".ico", ".webp", ".mp4", ".m4v", ".mov", ".webm", ".ogv", ".mp3", ".oga", ".ogg",
         ".spx", ".wav")


def when(time: datetime | None) -> str | None:
    """2026-11-23T09:00:00.123Z: cut to milliseconds, though the database has more."""
    return None if time is None else time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


class Entities:
    """Makes them, with links to `base`."""

    def __init__(self, world: World, base: str) -> None:
        self.world = world
        self.base = base

    def user(self, number: int | None) -> dict[str, Any] | None:
        """UserBasic; a deleted user is "Ghost User"."""
        if number is None:
            return None
        user = self.world.users.get(number)
        if user is None:
            return {"id": GHOST, "username": "ghost", "public_email": None, "name": "Ghost User", "state": "active",
                    "locked": False, "avatar_url": self.avatar("ghost"), "web_url": f"{self.base}/ghost"}
        return {"id": user.id, "username": user.username, "public_email": user.public_email, "name": user.name,
                "state": user.state, "locked": False, "avatar_url": self.avatar(user.email), "web_url": f"{self.base}/{user.username}"}

    def avatar(self, seed: str) -> str:
        """Gravatar's address, which nobody asks for."""
        return f"https://www.gravatar.com/avatar/{hashlib.sha256(seed.encode()).hexdigest()}?s=80&d=identicon"

    def me(self, user: User) -> dict[str, Any]:
        """`GET /user`."""
        shown = self.user(user.id) or {}
        shown |= {"created_at": "2026-01-01T00:00:00.000Z", "bio": "", "location": None, "linkedin": "", "twitter": "",
                  "website_url": "", "organization": "", "job_title": "", "bot": user.bot, "email": user.email,
                  "commit_email": user.email, "two_factor_enabled": False, "external": False, "can_create_group": True,
                  "can_create_project": True, "projects_limit": 100000, "identities": []}
        return shown | ({"is_admin": True} if user.admin else {})

    def token(self, token: Token) -> dict[str, Any]:
        """`GET /personal_access_tokens/self`."""
        return {"id": token.id, "name": token.name, "revoked": token.revoked, "created_at": "2026-01-01T00:00:00.000Z",
                "description": None, "scopes": token.scopes, "user_id": token.user, "last_used_at": when(self.world.clock.now()),
                "active": not token.revoked, "expires_at": token.expires_at}

    def member(self, number: int, access: int) -> dict[str, Any]:
        """A member of a project or a group."""
        return (self.user(number) or {}) | {"access_level": access, "created_at": "2026-01-01T00:00:00.000Z", "expires_at": None,
                                            "membership_state": "active"}

    def group(self, group: Group) -> dict[str, Any]:
        """`GET /groups/:id`."""
        return {"id": group.id, "web_url": f"{self.base}/groups/{group.full_path}", "name": group.name, "path": group.path,
                "description": "", "visibility": group.visibility, "full_name": group.name, "full_path": group.full_path,
                "parent_id": group.parent, "avatar_url": None, "created_at": "2026-01-01T00:00:00.000Z"}

    def project(self, project: Project, user: User | None) -> dict[str, Any]:
        """`GET /projects/:id`; `permissions` says by what the caller is a member."""
        group = self.world.groups[project.group]
        path = self.world.full_path(project)
        own = project.members.get(user.id) if user else None
        by_group = group_level(self.world, user, group) if user and not user.admin else 0
        access = {"project_access": _access(own), "group_access": _access(by_group)}
        return {
            "id": project.id, "description": project.description, "name": project.name,
            "name_with_namespace": f"{group.name} / {project.name}", "path": project.path, "path_with_namespace": path,
            "created_at": "2026-01-01T00:00:00.000Z", "default_branch": "main", "tag_list": [], "topics": [],
            "ssh_url_to_repo": f"git@gitlab.example:{path}.git", "http_url_to_repo": f"{self.base}/{path}.git",
            "web_url": f"{self.base}/{path}", "readme_url": None, "avatar_url": None, "forks_count": 0, "star_count": 0,
            "last_activity_at": when(self.world.clock.now()), "visibility": project.visibility, "archived": project.archived,
            "namespace": {"id": group.id, "name": group.name, "path": group.path, "kind": "group", "full_path": group.full_path,
                          "parent_id": group.parent, "avatar_url": None, "web_url": f"{self.base}/groups/{group.full_path}"},
            "issues_enabled": True, "issues_access_level": "enabled", "open_issues_count": _open(project),
            "empty_repo": False, "permissions": access,
        }

    def label(self, label: Label, project: Project | None, counts: bool = True) -> dict[str, Any]:
        """A label; with how many issues have it unless `counts` is false."""
        shown = {"id": label.id, "name": label.title, "description": label.description, "description_html": label.description or "",
                 "text_color": "#FFFFFF", "color": label.color, "archived": False}
        if counts:
            having = [issue for issue in project.issues.values() if label.id in issue.labels] if project else []
            opened = sum(issue.state == "opened" for issue in having)
            shown |= {"open_issues_count": opened, "closed_issues_count": len(having) - opened, "open_merge_requests_count": 0,
                      "subscribed": False, "priority": label.priority, "is_project_label": label.project is not None}
        return shown

    def milestone(self, milestone: Milestone) -> dict[str, Any]:
        """A milestone of a project."""
        project = self.world.projects[milestone.project]
        today = self.world.clock.now().date().isoformat()
        return {"id": milestone.id, "iid": milestone.iid, "project_id": milestone.project, "title": milestone.title,
                "description": milestone.description, "state": milestone.state, "created_at": when(milestone.created_at),
                "updated_at": when(milestone.updated_at), "due_date": milestone.due_date, "start_date": milestone.start_date,
                "expired": bool(milestone.due_date and milestone.due_date < today),
                "web_url": f"{self.base}/{self.world.full_path(project)}/-/milestones/{milestone.iid}"}

    def release(self, release: Release, project: Project) -> dict[str, Any]:
        """A release; `upcoming_release` when its day has not come."""
        address = f"{self.base}/{self.world.full_path(project)}/-/releases/{release.tag}"
        found = [project.milestones[number] for number in release.milestones if number in project.milestones]
        return {"tag_name": release.tag, "name": release.name, "description": release.description,
                "created_at": when(release.created_at), "released_at": when(release.released_at),
                "upcoming_release": release.released_at > self.world.clock.now(), "author": self.user(release.author),
                "milestones": [self.milestone(one) for one in found], "tag_path": f"/{self.world.full_path(project)}/-/tags/{release.tag}",
                "assets": {"count": 0, "sources": [], "links": []}, "evidences": [], "_links": {"self": address}}

    def issue(self, issue: Issue, user: User | None, details: bool = False, one: bool = False) -> dict[str, Any]:
        """An issue; `one` adds what a single one has more than one of a list."""
        project = self.world.projects[issue.project]
        labels = [label for number in issue.labels if (label := self.world.label(project, number))]
        labels.sort(key=lambda label: label.title.lower())
        assignees = [self.user(number) for number in issue.assignees]
        closed = {"closed_at": when(issue.closed_at), "closed_by": self.user(issue.closed_by)}
        shown = {
            "id": issue.id, "iid": issue.iid, "project_id": issue.project, "title": issue.title, "description": issue.description,
            "state": issue.state, "created_at": when(issue.created_at), "updated_at": when(issue.updated_at), **closed,
            "labels": [self.label(label, None, counts=False) if details else label.title for label in labels],
            "milestone": self.milestone(project.milestones[issue.milestone]) if issue.milestone in project.milestones else None,
            "assignees": assignees, "author": self.user(issue.author), "type": issue.kind.upper(),
            "assignee": assignees[0] if assignees else None,
            "user_notes_count": sum(not note.system for note in issue.notes), "merge_requests_count": 0, "upvotes": 0,
            "downvotes": 0, "start_date": issue.start_date, "due_date": issue.due_date, "confidential": issue.confidential,
            "discussion_locked": issue.locked, "issue_type": issue.kind, "web_url": self.issue_url(issue),
            "time_stats": {"time_estimate": issue.time_estimate, "total_time_spent": issue.time_spent,
                           "human_time_estimate": spoken(issue.time_estimate), "human_total_time_spent": spoken(issue.time_spent)},
            "task_completion_status": _tasks(issue.description), "blocking_issues_count": 0, "has_tasks": "- [" in (issue.description or ""),
            "task_status": "", "_links": self._links(issue), "references": self._references(issue, project),
            "severity": issue.severity.upper(), "moved_to_id": issue.moved_to, "imported": False, "imported_from": "none",
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
        links = {"self": own, "notes": f"{own}/notes", "award_emoji": f"{own}/award_emoji", "project": project,
                 "closed_as_duplicate_of": f"{self.base}/api/v4/projects/{twin.project}/issues/{twin.iid}" if twin else None}
        return links

    def _references(self, issue: Issue, project: Project) -> dict[str, str]:
        return {"short": f"#{issue.iid}", "relative": f"#{issue.iid}", "full": f"{self.world.full_path(project)}#{issue.iid}"}

    def note(self, note: Note, issue: Issue) -> dict[str, Any]:
        """A note; `confidential` is the old name of `internal`."""
        return {"id": note.id, "type": "DiscussionNote" if note.reply else None, "body": note.body, "author": self.user(note.author),
                "created_at": when(note.created_at), "updated_at": when(note.updated_at), "system": note.system,
                "noteable_id": issue.id, "noteable_type": "Issue", "project_id": issue.project, "resolvable": False,
                "confidential": note.internal, "internal": note.internal, "imported": False, "imported_from": "none",
                "noteable_iid": issue.iid, "commands_changes": note.commands}

    def link(self, link: Link, user: User | None) -> dict[str, Any]:
        """What creating a link answers."""
        return {"id": link.id, "source_issue": self.issue(self.world.issues[link.source], user),
                "target_issue": self.issue(self.world.issues[link.target], user), "link_type": link.kind}

    def upload(self, upload: Upload, project: Project) -> dict[str, Any]:
        """What an upload answers: `markdown` is what to put into a text."""
        url = f"/uploads/{upload.secret}/{upload.filename}"
        alt = upload.filename.rsplit(".", 1)[0] if upload.filename.lower().endswith(SHOWN) else upload.filename
        mark = "!" if alt != upload.filename else ""
        return {"id": upload.id, "alt": alt, "url": url, "full_path": f"/-/project/{project.id}{url}", "markdown": f"{mark}[{alt}]({url})"}

    def event(self, event: dict[str, Any], issue: Issue) -> dict[str, Any]:
        """A resource event: label (add, remove), state, or milestone (add, remove)."""
        shown = {"id": event["id"], "user": self.user(event["user"]), "created_at": when(event["created_at"]),
                 "resource_type": "Issue", "resource_id": issue.id}
        project = self.world.projects[issue.project]
        if event["kind"] == "state":
            return shown | {"source_commit": None, "source_merge_request_id": None, "state": event["state"]}
        if event["kind"] == "milestone":
            milestone = project.milestones.get(event["milestone"])
            return shown | {"milestone": self.milestone(milestone) if milestone else None, "action": event["action"], "state": issue.state}
        label = self.world.label(project, event["label"])
        return shown | {"label": self.label(label, None, counts=False) if label else None, "action": event["action"]}


def _access(value: int | None) -> dict[str, int] | None:
    return {"access_level": value, "notification_level": 3} if value else None


def _open(project: Project) -> int:
    return sum(issue.state == "opened" for issue in project.issues.values())


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


__all__ = ["Entities", "KINDS", "level", "spoken", "when"]
