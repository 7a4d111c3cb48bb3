"""How GitLab shows people, groups and projects (lib/api/entities)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from .rights import group_level
from .world import Group, Project, Token, User, World

GHOST = 1_000_000


def when(time: datetime | None) -> str | None:
    """2026-11-23T09:00:00.123Z: cut to milliseconds, though the database has more."""
    return None if time is None else time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


class PeopleEntities:
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
            return {
                "id": GHOST,
                "username": "ghost",
                "public_email": None,
                "name": "Ghost User",
                "state": "active",
                "locked": False,
                "avatar_url": self.avatar("ghost"),
                "web_url": f"{self.base}/ghost",
            }
        return {
            "id": user.id,
            "username": user.username,
            "public_email": user.public_email,
            "name": user.name,
            "state": user.state,
            "locked": False,
            "avatar_url": self.avatar(user.email),
            "web_url": f"{self.base}/{user.username}",
        }

    def avatar(self, seed: str) -> str:
        """Gravatar's address, which nobody asks for."""
        return f"https://www.gravatar.com/avatar/{hashlib.sha256(seed.encode()).hexdigest()}?s=80&d=identicon"

    def me(self, user: User) -> dict[str, Any]:
        """`GET /user`."""
        shown = self.user(user.id) or {}
        shown |= {
            "created_at": "2026-01-01T00:00:00.000Z",
            "bio": "",
            "location": None,
            "linkedin": "",
            "twitter": "",
            "website_url": "",
            "organization": "",
            "job_title": "",
            "bot": user.bot,
            "email": user.email,
            "commit_email": user.email,
            "two_factor_enabled": False,
            "external": False,
            "can_create_group": True,
            "can_create_project": True,
            "projects_limit": 100000,
            "identities": [],
        }
        return shown | ({"is_admin": True} if user.admin else {})

    def token(self, token: Token) -> dict[str, Any]:
        """`GET /personal_access_tokens/self`."""
        return {
            "id": token.id,
            "name": token.name,
            "revoked": token.revoked,
            "created_at": "2026-01-01T00:00:00.000Z",
            "description": None,
            "scopes": token.scopes,
            "user_id": token.user,
            "last_used_at": when(self.world.clock.now()),
            "active": not token.revoked,
            "expires_at": token.expires_at,
        }

    def member(self, number: int, access: int) -> dict[str, Any]:
        """A member of a project or a group."""
        return (self.user(number) or {}) | {
            "access_level": access,
            "created_at": "2026-01-01T00:00:00.000Z",
            "expires_at": None,
            "membership_state": "active",
        }

    def group(self, group: Group) -> dict[str, Any]:
        """`GET /groups/:id`."""
        return {
            "id": group.id,
            "web_url": f"{self.base}/groups/{group.full_path}",
            "name": group.name,
            "path": group.path,
            "description": "",
            "visibility": group.visibility,
            "full_name": group.name,
            "full_path": group.full_path,
            "parent_id": group.parent,
            "avatar_url": None,
            "created_at": "2026-01-01T00:00:00.000Z",
        }

    def project(self, project: Project, user: User | None) -> dict[str, Any]:
        """`GET /projects/:id`; `permissions` says by what the caller is a member."""
        group = self.world.groups[project.group]
        path = self.world.full_path(project)
        own = project.members.get(user.id) if user else None
        by_group = group_level(self.world, user, group) if user and not user.admin else 0
        access = {"project_access": _access(own), "group_access": _access(by_group)}
        return {
            "id": project.id,
            "description": project.description,
            "name": project.name,
            "name_with_namespace": f"{group.name} / {project.name}",
            "path": project.path,
            "path_with_namespace": path,
            "created_at": "2026-01-01T00:00:00.000Z",
            "default_branch": "main",
            "tag_list": [],
            "topics": [],
            "ssh_url_to_repo": f"git@gitlab.example:{path}.git",
            "http_url_to_repo": f"{self.base}/{path}.git",
            "web_url": f"{self.base}/{path}",
            "readme_url": None,
            "avatar_url": None,
            "forks_count": 0,
            "star_count": 0,
            "last_activity_at": when(self.world.clock.now()),
            "visibility": project.visibility,
            "archived": project.archived,
            "namespace": {
                "id": group.id,
                "name": group.name,
                "path": group.path,
                "kind": "group",
                "full_path": group.full_path,
                "parent_id": group.parent,
                "avatar_url": None,
                "web_url": f"{self.base}/groups/{group.full_path}",
            },
            "issues_enabled": True,
            "issues_access_level": "enabled",
            "open_issues_count": _open(project),
            "empty_repo": False,
            "permissions": access,
        }


def _access(value: int | None) -> dict[str, int] | None:
    return {"access_level": value, "notification_level": 3} if value else None


def _open(project: Project) -> int:
    return sum(issue.state == "opened" for issue in project.issues.values())
