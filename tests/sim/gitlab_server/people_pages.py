"""Users, groups, projects, members, tokens: who is who and may do what."""

from __future__ import annotations

from typing import Any

from common.wire import Answer, Request, Stop

from . import rights
from .entities import Entities
from .paging import keyset, no_keyset, page, wants_keyset
from .params import Params, number_in_path
from .world import Group, Project, Token, User, World

LEVELS = (10, 15, 20, 30, 40, 50)


class PeoplePages:
    """The endpoints."""

    def __init__(self, world: World, show: Entities) -> None:
        self.world = world
        self.show = show

    def users(self, request: Request, user: User) -> Answer:
        """`username` is the whole name; `search` part of name, username, or a whole public mail address."""
        params = Params(request)
        rows = sorted(self.world.users.values(), key=lambda one: -one.id)
        if name := params.text("username"):
            rows = [one for one in rows if one.username.lower() == name.lower()]
        if text := (params.text("search") or "").lower():
            mails = (lambda one: one.email) if user.admin else (lambda one: one.public_email or "")
            rows = [
                one
                for one in rows
                if text in one.name.lower() or text in one.username.lower() or text == mails(one).lower()
            ]
        if params.boolean("active"):
            rows = [one for one in rows if one.state == "active"]
        if wants_keyset(params):
            return keyset(request, params, rows, lambda one: self.show.user(one.id), lambda one: [one.id], True)
        return page(request, params, rows, lambda one: self.show.user(one.id))

    def user(self, request: Request, number: str) -> Answer:
        """One user."""
        found = self.world.users.get(number_in_path("id", number))
        if found is None:
            raise rights.refuse(404, "User Not Found")
        shown = self.show.user(found.id) or {}
        return Answer(
            200, shown | {"created_at": "2026-01-01T00:00:00.000Z", "bio": "", "bot": found.bot, "job_title": ""}
        )

    def own_token(self, token: Token | None) -> Answer:
        """`GET /personal_access_tokens/self`: scopes, and when it expires."""
        if token is None:
            raise Stop(Answer(401, {"message": "401 Unauthorized"}))
        return Answer(200, self.show.token(token))

    def projects(self, request: Request, user: User | None) -> Answer:
        """What the user sees; `membership`, `search`, `min_access_level`."""
        params = Params(request)
        rows = [one for one in self.world.projects.values() if rights.sees_project(self.world, user, one)]
        least = params.integer("min_access_level") or (1 if params.boolean("membership") else 0)
        rows = [one for one in rows if rights.level(self.world, user, one) >= least]
        if text := (params.text("search") or "").lower():
            rows = [one for one in rows if text in one.name.lower() or text in one.path.lower()]
        down = params.text("sort") != "asc"
        rows.sort(key=lambda one: one.id, reverse=down)
        if wants_keyset(params):
            if (params.text("order_by") or "created_at") != "id":
                raise no_keyset()
            return keyset(request, params, rows, lambda one: self.show.project(one, user), lambda one: [one.id], down)
        return page(request, params, rows, lambda one: self.show.project(one, user))

    def members(self, request: Request, user: User, owner: Project | Group) -> Answer:
        """Direct members; POST adds one (maintainers and up)."""
        if request.method == "POST":
            return self._add(request, user, owner)
        return self._listed(request, dict(owner.members))

    def all_members(self, request: Request, owner: Project | Group) -> Answer:
        """Also those of the groups above; each once, with the higher level."""
        return self._listed(request, self._everyone(owner))

    def member(
        self, request: Request, user: User, owner: Project | Group, user_id: str, everyone: bool = False
    ) -> Answer:
        """GET, PUT (`access_level`), DELETE of one."""
        number = number_in_path("user_id", user_id)
        found = (self._everyone(owner) if everyone else owner.members).get(number)
        if found is None:
            raise rights.refuse(404, "Not found")
        if request.method != "GET":
            self._check(user, owner)
            if request.method == "DELETE":
                del owner.members[number]
                return Answer(204)
            found = owner.members[number] = _level(Params(request))
        return Answer(200, self.show.member(number, found))

    def _add(self, request: Request, user: User, owner: Project | Group) -> Answer:
        params = Params(request)
        self._check(user, owner)
        access = _level(params)
        number = params.integer("user_id")
        if name := params.text("username"):
            found = self.world.user_named(name)
            number = found.id if found else 0
        if number not in self.world.users:
            raise rights.refuse(404, "User Not Found")
        if number in owner.members:
            raise Stop(Answer(409, {"message": "Member already exists"}))
        owner.members[number] = access
        return Answer(201, self.show.member(number, access))

    def _check(self, user: User, owner: Project | Group) -> None:
        own = (
            rights.level(self.world, user, owner)
            if isinstance(owner, Project)
            else rights.group_level(self.world, user, owner)
        )
        if own < (rights.MAINTAINER if isinstance(owner, Project) else rights.OWNER):
            raise rights.refuse(403, "Forbidden")

    def _everyone(self, owner: Project | Group) -> dict[int, int]:
        group = owner.group if isinstance(owner, Project) else owner.id
        found = dict(owner.members)
        for one in self.world.ancestors(group):
            for number, access in one.members.items():
                found[number] = max(access, found.get(number, 0))
        return found

    def _listed(self, request: Request, members: dict[int, int]) -> Answer:
        params = Params(request)
        text = (params.text("query") or "").lower()
        rows: list[Any] = sorted((number, access) for number, access in members.items() if number in self.world.users)
        if text:
            rows = [
                row
                for row in rows
                if text in self.world.users[row[0]].name.lower() or text in self.world.users[row[0]].username.lower()
            ]
        if chosen := params.integers("user_ids"):
            rows = [row for row in rows if row[0] in chosen]
        return page(request, params, rows, lambda row: self.show.member(*row))


def _level(params: Params) -> int:
    level = params.integer("access_level", required=True) or 0
    if level not in LEVELS:
        raise Stop(Answer(400, {"message": {"access_level": ["is not included in the list"]}}))
    return level
