"""What /_sim/ has beside the common part: settings, and people who act (`/_sim/act`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from common.routes import Router
from common.wire import Answer, Request

from .issue_pages import forget
from .world import LEVELS, SETTINGS, Issue, Project, Token, User

if TYPE_CHECKING:
    from .app import Gitlab


class Control:
    """The endpoints. `act` is done with all rights, by the user that is named, as in the browser."""

    def __init__(self, gitlab: "Gitlab") -> None:
        self.gitlab = gitlab

    def declare(self, routes: Router) -> None:
        """Declares them."""
        routes.add("GET PUT", "/_sim/settings", self.settings)
        routes.add("POST", "/_sim/act", self.act)
        routes.add("GET", "/_sim/notified", lambda request: Answer(200, {"notified": self.gitlab.world.notified}))
        routes.add("GET", "/_sim/blocked", lambda request: Answer(200, {"blocked": self.gitlab.hooks.blocked}))
        routes.add("POST", "/_sim/tokens", self.tokens)

    def settings(self, request: Request) -> Answer:
        """PUT changes some of them, GET shows all (world.SETTINGS says what they are)."""
        wanted = _body(request)
        if unknown := set(wanted) - set(SETTINGS):
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(SETTINGS)}")
        self.gitlab.world.settings.update(wanted)
        return Answer(200, self.gitlab.world.settings)

    def tokens(self, request: Request) -> Answer:
        """`{"user": "kari", "value": "glpat-x", "scopes": ["api"], "expires_at": "2026-12-01", "revoked": false}`."""
        wanted = _body(request)
        world = self.gitlab.world
        user = self._user(wanted.pop("user"))
        token = Token(
            world.next_id("token"),
            user=user.id,
            name=wanted.pop("name", "token"),
            value=wanted.pop("value"),
            scopes=wanted.pop("scopes", ["api"]),
            **wanted,
        )
        world.tokens[token.value] = token
        return Answer(201, {"id": token.id})

    def act(self, request: Request) -> Answer:
        """`{"as": "kari", "do": "comment", "project": "support/desk", "iid": 1, ...}`."""
        wanted = _body(request)
        self.gitlab.settle(request.base)
        do = ACTS.get(str(wanted.get("do")))
        if do is None:
            raise ValueError(f"do: one of {', '.join(ACTS)}")
        user = self._user(str(wanted.get("as", "root")))
        project = self.gitlab.world.project_at(str(wanted["project"])) if "project" in wanted else None
        if project is None and wanted["do"] not in ("block_user", "delete_user"):
            raise ValueError("project: the path or the id of one that there is")
        return Answer(200, do(self, user, project, wanted) or {"done": True})

    def create(self, user: User, project: Project, wanted: dict[str, Any]) -> dict[str, Any]:
        """`title`, `description`, `labels`, `confidential`, `kind`, `assignees` (usernames)."""
        issue = self.gitlab.acts.create(user, project, self._fields(wanted))
        return {"id": issue.id, "iid": issue.iid}

    def edit(self, user: User, project: Project, wanted: dict[str, Any]) -> None:
        """Those of create, `state_event`, `add_labels`, `remove_labels`, `milestone` (a title), `status` (an id)."""
        fields = self._fields(wanted)
        if "milestone" in wanted:
            fields["milestone"] = next(
                (
                    one.id
                    for one in self.gitlab.world.milestones_of(project).values()
                    if one.title == wanted["milestone"]
                ),
                None,
            )
        self.gitlab.acts.update(user, self._issue(project, wanted), fields)

    def comment(self, user: User, project: Project, wanted: dict[str, Any]) -> dict[str, Any]:
        """`body`, `internal`."""
        note, outcome = self.gitlab.talk.create(
            user, self._issue(project, wanted), wanted["body"], bool(wanted.get("internal"))
        )
        return {"id": note.id if note else None, "commands": outcome.changes}

    def edit_comment(self, user: User, project: Project, wanted: dict[str, Any]) -> None:
        """`note`, `body`."""
        issue = self._issue(project, wanted)
        note = next(one for one in issue.notes if one.id == wanted["note"])
        self.gitlab.talk.update(user, issue, note, wanted["body"])

    def delete_comment(self, user: User, project: Project, wanted: dict[str, Any]) -> None:
        """`note`. No hook is sent."""
        issue = self._issue(project, wanted)
        issue.notes = [one for one in issue.notes if one.id != wanted["note"]]

    def delete(self, user: User, project: Project, wanted: dict[str, Any]) -> None:
        """The issue. No hook is sent."""
        forget(self.gitlab.world, self._issue(project, wanted))

    def move(self, user: User, project: Project, wanted: dict[str, Any]) -> dict[str, Any]:
        """`to`: a path."""
        target = self.gitlab.world.project_at(str(wanted["to"]))
        if target is None:
            raise ValueError(f"no project {wanted['to']}")
        twin = self.gitlab.moves.move(user, self._issue(project, wanted), target)
        return {"id": twin.id, "iid": twin.iid, "project": twin.project}

    def archive(self, user: User, project: Project, wanted: dict[str, Any]) -> None:
        """The project; `{"archived": false}` brings it back. Its issues can be read, not changed."""
        project.archived = bool(wanted.get("archived", True))

    def rename_project(self, user: User, project: Project, wanted: dict[str, Any]) -> None:
        """`to`: its new path within the group. The old one leads on for GET, and is 405 for all else."""
        world = self.gitlab.world
        world.old_paths[world.full_path(project).lower()] = project.id
        project.path = project.name = str(wanted["to"])

    def grant(self, user: User, project: Project, wanted: dict[str, Any]) -> None:
        """`user`, `level`: guest … owner, or none."""
        who = self._user(str(wanted["user"]))
        project.members.pop(who.id, None)
        if wanted["level"] != "none":
            project.members[who.id] = LEVELS[wanted["level"]]

    def revoke_everywhere(self, user: User, project: Project, wanted: dict[str, Any]) -> None:
        """`user` is no member any more, neither of the project nor of its groups."""
        who = self._user(str(wanted["user"]))
        project.members.pop(who.id, None)
        for group in self.gitlab.world.ancestors(project.group):
            group.members.pop(who.id, None)

    def block_user(self, user: User, project: Project | None, wanted: dict[str, Any]) -> None:
        """`user` is blocked: its tokens are 401."""
        self._user(str(wanted["user"])).state = "blocked"

    def delete_user(self, user: User, project: Project | None, wanted: dict[str, Any]) -> None:
        """`user` is gone: what it wrote is Ghost User's."""
        who = self._user(str(wanted["user"]))
        world = self.gitlab.world
        del world.users[who.id]
        world.tokens = {value: token for value, token in world.tokens.items() if token.user != who.id}
        for project_left in world.projects.values():
            project_left.members.pop(who.id, None)
        for group_left in world.groups.values():
            group_left.members.pop(who.id, None)

    def _fields(self, wanted: dict[str, Any]) -> dict[str, Any]:
        names = (
            "title",
            "description",
            "labels",
            "add_labels",
            "remove_labels",
            "confidential",
            "kind",
            "state_event",
            "status",
            "due_date",
            "weight",
            "severity",
            "locked",
        )
        fields = {name: wanted[name] for name in names if name in wanted}
        if "assignees" in wanted:
            fields["assignees"] = [self._user(name).id for name in wanted["assignees"]]
        return fields

    def _user(self, name: str) -> User:
        found = self.gitlab.world.user_named(name)
        if found is None:
            raise ValueError(f"no user {name}")
        return found

    def _issue(self, project: Project, wanted: dict[str, Any]) -> Issue:
        found = project.issues.get(int(wanted["iid"]))
        if found is None:
            raise ValueError(f"no issue {wanted['iid']}")
        return found


ACTS: dict[str, Callable[..., Any]] = {
    name: getattr(Control, name)
    for name in (
        "create",
        "edit",
        "comment",
        "edit_comment",
        "delete_comment",
        "delete",
        "move",
        "archive",
        "rename_project",
        "grant",
        "revoke_everywhere",
        "block_user",
        "delete_user",
    )
}


def _body(request: Request) -> dict[str, Any]:
    body = request.json() or {}
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")
    return body
