"""Who may do what: tokens, scopes, access levels (docs: user/permissions)."""

from __future__ import annotations

from typing import Iterable

from common.wire import Answer, Request, Stop

from .world import DEVELOPER as DEVELOPER
from .world import GUEST as GUEST
from .world import MAINTAINER as MAINTAINER
from .world import OWNER as OWNER
from .world import PLANNER as PLANNER
from .world import Group, Issue, Note, Project, Token, User, World


def refuse(status: int, text: str) -> Stop:
    """GitLab's own words for a refusal: `{"message": "404 Issue Not Found"}`."""
    return Stop(Answer(status, {"message": f"{status} {text}"}))


def token_of(world: World, request: Request) -> Token | None:
    """The token of a request: PRIVATE-TOKEN, Bearer, or the parameter private_token; None when it has none.

    Wrong, expired and revoked ones are 401, each with its own words (lib/gitlab/auth/auth_finders.rb).
    """
    value = request.header("private-token")
    scheme, _, rest = request.header("authorization").partition(" ")
    if not value and scheme.lower() == "bearer":
        value = rest.strip()
    value = value or request.one("private_token") or ""
    if not value:
        return None
    token = world.tokens.get(value)
    if token is None or world.users[token.user].state != "active":
        raise Stop(Answer(401, {"message": "401 Unauthorized"}))
    if token.revoked:
        raise _invalid("Token was revoked. You have to re-authorize from the user.")
    if token.expires_at and token.expires_at <= world.clock.now().date().isoformat():
        raise _invalid("Token is expired. You can either do re-authorization or token refresh.")
    return token


def _invalid(text: str) -> Stop:
    return Stop(Answer(401, {"error": "invalid_token", "error_description": text}))


def check_scope(token: Token, request: Request) -> None:
    """A read_api token only reads: 403 insufficient_scope."""
    reads = request.method in ("GET", "HEAD") or request.path == "/api/graphql"
    if "api" in token.scopes or (reads and "read_api" in token.scopes):
        return
    if (
        reads
        and request.path in ("/api/v4/user", "/api/v4/personal_access_tokens/self")
        and "read_user" in token.scopes
    ):
        return
    raise Stop(
        Answer(
            403,
            {
                "error": "insufficient_scope",
                "error_description": "The request requires higher privileges than provided by the access token.",
                "scope": "api read_api" if reads else "api",
            },
        )
    )


def group_level(world: World, user: User | None, group: Group) -> int:
    """The access level of a user in a group, by this or an upper one; 0 for none."""
    if user is None:
        return 0
    if user.admin:
        return OWNER
    return max((one.members.get(user.id, 0) for one in world.ancestors(group.id)), default=0)


def level(world: World, user: User | None, project: Project) -> int:
    """The access level of a user in a project, by itself or by a group; 0 for none."""
    if user is None:
        return 0
    return max(project.members.get(user.id, 0), group_level(world, user, world.groups[project.group]))


def sees_project(world: World, user: User | None, project: Project) -> bool:
    """Public ones everyone, internal ones every user, private ones members."""
    if project.visibility == "public" or (project.visibility == "internal" and user is not None):
        return True
    return level(world, user, project) >= GUEST


def sees_issue(world: World, user: User | None, project: Project, issue: Issue) -> bool:
    """A confidential issue: planners and up, its author, its assignees. Others get 404."""
    if not sees_project(world, user, project):
        return False
    if not issue.confidential:
        return True
    return level(world, user, project) >= PLANNER or (user is not None and user.id in (issue.author, *issue.assignees))


def issues_seen(world: World, user: User | None, projects: Iterable[Project]) -> list[Issue]:
    """All issues of these projects that the user sees."""
    found: list[Issue] = []
    for project in projects:
        if not sees_project(world, user, project):
            continue
        all_of_them = level(world, user, project) >= PLANNER
        own = user.id if user else 0
        found.extend(
            one
            for one in project.issues.values()
            if all_of_them or not one.confidential or own in (one.author, *one.assignees)
        )
    return found


def sees_note(world: World, user: User | None, project: Project, note: Note) -> bool:
    """Internal notes: planners and up. A cross-reference: who sees where it comes from."""
    if note.internal and level(world, user, project) < PLANNER:
        return False
    if note.about_project is not None:
        origin = world.projects.get(note.about_project)
        return origin is not None and sees_project(world, user, origin)
    return True


def may_set_metadata(world: World, user: User, project: Project) -> bool:
    """Labels, assignees, milestone, due date, confidentiality: planners and up. From others they are dropped."""
    return level(world, user, project) >= PLANNER


def may_edit_issue(world: World, user: User, project: Project, issue: Issue) -> bool:
    """Planners and up, the author, an assignee."""
    return not project.archived and (
        level(world, user, project) >= PLANNER or user.id in (issue.author, *issue.assignees)
    )


def may_make_labels(world: World, user: User, project: Project) -> bool:
    """Planners and up."""
    return level(world, user, project) >= PLANNER


def may_write_internally(world: World, user: User, project: Project) -> bool:
    """Planners and up may mark a note as internal. From others `internal` is dropped, and the note is PUBLIC."""
    return level(world, user, project) >= PLANNER


def may_create_issue(world: World, user: User, project: Project) -> bool:
    """Guests and up; in a public project every user."""
    return not project.archived and sees_project(world, user, project)


def may_move(world: World, user: User, source: Project, target: Project) -> bool:
    """Planners and up, in both projects."""
    return level(world, user, source) >= PLANNER and level(world, user, target) >= PLANNER


def may_delete_issue(world: World, user: User, project: Project) -> bool:
    """Owners (and administrators)."""
    return level(world, user, project) >= OWNER


def may_edit_note(world: World, user: User, project: Project, note: Note) -> bool:
    """The author; maintainers and up. Nobody a system note."""
    return not note.system and (note.author == user.id or level(world, user, project) >= MAINTAINER)


def may_see_members(world: World, user: User | None, project: Project) -> bool:
    """Whoever sees the project and is signed in."""
    return user is not None and sees_project(world, user, project)
