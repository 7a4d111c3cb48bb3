"""Milestones and releases: the two things that may stand for a version."""

from __future__ import annotations

from typing import Any

from common.wire import Answer, Request, Stop

from . import rights
from .entities import Entities
from .hooks import Hooks
from .issue_lists import IssueLists
from .paging import page
from .params import Params, invalid, number_in_path
from .world import Group, Milestone, Project, Release, User, World


class VersionPages:
    """The endpoints."""

    def __init__(self, world: World, hooks: Hooks, show: Entities, lists: IssueLists) -> None:
        self.world = world
        self.hooks = hooks
        self.show = show
        self.lists = lists

    def milestones(self, request: Request, user: User | None, owner: Project | Group) -> Answer:
        """`state` active or closed, `title`, `search`, `iids[]`; POST makes one (planners and up).

        Those of the groups above only with `include_ancestors`.
        """
        params = Params(request)
        if request.method == "POST":
            return self._new_milestone(params, user, owner)
        known = dict(owner.milestones)
        if params.boolean("include_ancestors") or params.boolean("include_parent_milestones"):
            for group in self.world.ancestors(owner.group if isinstance(owner, Project) else owner.id):
                known.update(group.milestones)
        rows = sorted(known.values(), key=lambda one: -one.id)
        if state := params.text("state", choices=("active", "closed", "all")):
            rows = [one for one in rows if state in ("all", one.state)]
        if title := params.text("title"):
            rows = [one for one in rows if one.title == title]
        if text := params.text("search"):
            rows = [one for one in rows if text.lower() in f"{one.title} {one.description}".lower()]
        if iids := params.integers("iids"):
            rows = [one for one in rows if one.iid in iids]
        return page(request, params, rows, self.show.milestone)

    def milestone(self, request: Request, user: User | None, owner: Project | Group, milestone_id: str) -> Answer:
        """GET, PUT (`state_event` close, activate), DELETE of one. A hook only for closed, reopened, deleted."""
        found = self._milestone(owner, milestone_id)
        if request.method == "GET":
            return Answer(200, self.show.milestone(found))
        self._may(user, owner, rights.PLANNER)
        if request.method == "DELETE":
            del owner.milestones[found.id]
            self._tell(found, owner, "delete")
            return Answer(204)
        params = Params(request)
        for name in ("title", "description", "due_date", "start_date"):
            if name in params:
                setattr(found, name, params.text(name) or ("" if name in ("title", "description") else None))
        event = params.text("state_event", choices=("close", "activate"))
        found.updated_at = self.world.now()
        if event and (found.state == "active") == (event == "close"):
            found.state = "closed" if event == "close" else "active"
            self._tell(found, owner, "close" if event == "close" else "reopen")
        return Answer(200, self.show.milestone(found))

    def milestone_issues(
        self, request: Request, user: User | None, owner: Project | Group, milestone_id: str
    ) -> Answer:
        """The issues of a milestone that the user sees."""
        found = self._milestone(owner, milestone_id)
        seen = rights.issues_seen(self.world, user, self.world.projects.values())
        rows = [issue for issue in seen if issue.milestone == found.id]
        return page(request, Params(request), rows, lambda issue: self.show.issue(issue, user))

    def releases(self, request: Request, user: User | None, project: Project) -> Answer:
        """By `released_at`, newest first; POST makes one (developers and up) at a tag, which it makes too."""
        params = Params(request)
        if request.method == "POST":
            return self._new_release(params, user, project)
        rows = sorted(project.releases.values(), key=lambda one: one.released_at, reverse=params.text("sort") != "asc")
        return page(request, params, rows, lambda one: self.show.release(one, project))

    def release(self, request: Request, user: User | None, project: Project, tag: str) -> Answer:
        """GET, PUT, DELETE of one."""
        found = project.releases.get(tag)
        if found is None:
            raise rights.refuse(404, "Not Found")
        if request.method == "GET":
            return Answer(200, self.show.release(found, project))
        self._may(user, project, rights.DEVELOPER)
        if request.method == "DELETE":
            del project.releases[tag]
            self.hooks.release(found, project, "delete")
            return Answer(200, self.show.release(found, project))
        params = Params(request)
        found.name = params.text("name") or found.name
        found.description = params.text("description") if "description" in params else found.description
        found.released_at = params.time("released_at") or found.released_at
        if "milestones" in params:
            found.milestones = self._by_title(project, params.words("milestones") or [])
        self.hooks.release(found, project, "update")
        return Answer(200, self.show.release(found, project))

    def _new_milestone(self, params: Params, user: User | None, owner: Project | Group) -> Answer:
        self._may(user, owner, rights.PLANNER)
        title = params.text("title", required=True) or ""
        if any(one.title == title for one in owner.milestones.values()):
            raise invalid("title", "already being used for another group or project milestone.")
        now = self.world.now()
        iid = max((one.iid for one in owner.milestones.values()), default=0) + 1
        made = Milestone(
            self.world.next_id("milestone"),
            iid,
            title,
            params.text("description") or "",
            "active",
            now,
            now,
            params.text("due_date") or None,
            params.text("start_date") or None,
            owner.id if isinstance(owner, Project) else None,
            owner.id if isinstance(owner, Group) else None,
        )
        owner.milestones[made.id] = made
        self._tell(made, owner, "create")
        return Answer(201, self.show.milestone(made))

    def _new_release(self, params: Params, user: User | None, project: Project) -> Answer:
        tag = params.text("tag_name", required=True) or ""
        self._may(user, project, rights.DEVELOPER)
        if tag in project.releases:
            raise Stop(Answer(409, {"message": "Release already exists"}))
        now = self.world.now()
        assert user is not None
        made = Release(
            tag,
            params.text("name") or tag,
            params.text("description") or "",
            now,
            params.time("released_at") or now,
            user.id,
            self.world.next_id("release"),
            self._by_title(project, params.words("milestones") or []),
        )
        project.releases[tag] = made
        self.hooks.release(made, project, "create")
        return Answer(201, self.show.release(made, project))

    def _by_title(self, project: Project, titles: list[str]) -> list[int]:
        known: dict[str, Any] = {one.title: one.id for one in self.world.milestones_of(project).values()}
        if missing := [title for title in titles if title not in known]:
            raise Stop(Answer(400, {"message": f"Milestone(s) not found: {', '.join(missing)}"}))
        return [known[title] for title in titles]

    def _milestone(self, owner: Project | Group, milestone_id: str) -> Milestone:
        found = owner.milestones.get(number_in_path("milestone_id", milestone_id))
        if found is None:
            raise rights.refuse(404, "Not found")
        return found

    def _tell(self, milestone: Milestone, owner: Project | Group, action: str) -> None:
        """A hook for those of projects (those of groups would go to the group's hooks: not simulated)."""
        if isinstance(owner, Project):
            self.hooks.milestone(milestone, owner, action)

    def _may(self, user: User | None, owner: Project | Group, least: int) -> None:
        in_project = isinstance(owner, Project)
        level = rights.level(self.world, user, owner) if in_project else rights.group_level(self.world, user, owner)
        if user is None or level < least:
            raise rights.refuse(403, "Forbidden")
