"""GitLab: its parts, who is asking, and which path leads where."""

from __future__ import annotations

import uuid
from typing import Any, Callable
from urllib.parse import quote, urlencode

from common.clock import Clock
from common.hooks import Retries
from common.routes import Router
from common.simulator import Vendor
from common.wire import Answer, Request, Stop

from . import rights
from .acts import Acts
from .control import Control
from .entities import Entities
from .graphql_pages import GraphqlPages
from .hook_pages import HookPages
from .hooks import Hooks
from .issue_lists import IssueLists
from .issue_pages import IssuePages
from .labels import LabelPages
from .limits import Limits, throttled, too_often
from .moves import Moves
from .note_pages import NotePages
from .paging import page
from .params import Params, number_in_path
from .people_pages import PeoplePages
from .routes import declare
from .seeding import made
from .upload_pages import UploadPages
from .version_pages import VersionPages
from .web import Web
from .world import Group, Issue, Project, Token, User


class Gitlab(Vendor):
    """The vendor. All parts are made anew at each reset."""

    software = "nginx"
    title = "GitLab, REST v4: issues"

    def __init__(self, seed: dict[str, Any], base: str = "") -> None:
        super().__init__(Clock(), Retries([], lambda status: False, timeout=10.0))
        self.seed = seed
        self.base = base
        self.vendor_answers = {
            "throttled": lambda order: throttled(self.clock.now()),
            "too_often": lambda order: too_often(),
            "ip_block": lambda order: Answer(403, "Forbidden\n", {"Content-Type": "text/plain"}),
            "bad_gateway": lambda order: Answer(
                502, "<html><body>502: GitLab is not responding</body></html>", {"Content-Type": "text/html"}
            ),
            "maintenance": lambda order: Answer(503, {"message": "GitLab Maintenance"}, {"Retry-After": "60"}),
        }
        self._build()
        declare(self)

    def reset(self) -> None:
        """Back to the seed."""
        self._build()

    def control(self, routes: Router) -> None:
        """Settings, and people who act."""
        Control(self).declare(routes)

    def _build(self) -> None:
        self.world = made(self.clock, self.seed)
        self.hooks = Hooks(self.world, self.sender)
        self.hooks.payloads.base = self.base
        self.show = Entities(self.world, self.base)
        self.limits = Limits(self.world)
        self.acts = Acts(self.world, self.hooks)
        self.talk = self.acts.talk
        self.moves = Moves(self.world, self.acts, self.show)
        self.lists = IssueLists(self.world, self.show)
        self.issues = IssuePages(self.world, self.acts, self.show, self.limits)
        self.notes = NotePages(self.world, self.talk, self.show, self.limits)
        self.labels = LabelPages(self.world, self.show)
        self.versions = VersionPages(self.world, self.hooks, self.show, self.lists)
        self.uploads = UploadPages(self.world, self.show)
        self.people = PeoplePages(self.world, self.show)
        self.hook_pages = HookPages(self.world, self.hooks, self.limits)
        self.web = Web(self.world)
        self.graphql = GraphqlPages(self.world, self.acts, self.base)

    def prepare(self, request: Request) -> None:
        """The token, its scope, the limit of requests; and which chain of hooks the request belongs to."""
        self.settle(request.base)
        self.hooks.cause = request.header("x-gitlab-event-uuid")
        request.user = None
        token = rights.token_of(self.world, request)
        request.headers[" limits"] = ""
        if token is not None:
            rights.check_scope(token, request)
            request.user = token
            for name, value in self.limits.request(str(token.user)).items():
                request.headers[f" {name}"] = value

    def user_name(self, request: Request) -> str:
        """The username of the token."""
        user = self.user(request)
        return user.username if user else ""

    def absent(self, request: Request, allowed: set[str]) -> Answer:
        """Another method, or a path that this GitLab does not have."""
        if allowed:
            return Answer(405, {"error": "405 Not Allowed"}, {"Allow": ", ".join(sorted(allowed))})
        return Answer(404, {"error": "404 Not Found"})

    def broken(self, request: Request, problem: Exception) -> Answer:
        """A mistake of the simulator's own."""
        return Answer(500, {"message": "500 Internal Server Error"})

    def finish(self, request: Request, answer: Answer) -> Answer:
        """The headers that each answer has."""
        answer.headers.setdefault("X-Request-Id", uuid.uuid4().hex[:26].upper())
        answer.headers.setdefault("X-Runtime", "0.010000")
        answer.headers.setdefault("Vary", "Origin")
        answer.headers.setdefault("Cache-Control", "max-age=0, private, must-revalidate")
        if not isinstance(answer.body, (str, bytes)) and answer.body is not None:
            answer.headers.setdefault("Content-Type", "application/json")
        for name, value in request.headers.items():
            if name.startswith(" ") and value:
                answer.headers.setdefault(name.strip(), value)
        return answer

    def settle(self, base: str) -> None:
        """Addresses in answers and hooks begin with what the first request came to."""
        if self.base:
            return
        self.base = base
        self.hooks.payloads.base = self.show.base = self.graphql.base = base
        self.acts.payloads.base = base

    def user(self, request: Request) -> User | None:
        """Who is asking."""
        token = request.user
        return self.world.users.get(token.user) if isinstance(token, Token) else None

    def signed_in(self, request: Request) -> User:
        """Who is asking; 401 when nobody says."""
        user = self.user(request)
        if user is None:
            raise Stop(Answer(401, {"message": "401 Unauthorized"}))
        return user

    def in_project(self, do: Callable[..., Any], least: int = 0, signed: bool = True) -> Callable[..., Any]:
        """A handler for what belongs to a project: 404 for who does not see it, 403 below the access level `least`."""

        def handler(request: Request, id: str, **values: str) -> Any:
            user = self.signed_in(request) if signed or request.method != "GET" else self.user(request)
            project = self.world.project_at(id)
            if project is None:
                self._lead_on(request, user, id)
            if project is None or not rights.sees_project(self.world, user, project):
                raise rights.refuse(404, "Project Not Found")
            if least and rights.level(self.world, user, project) < least:
                raise rights.refuse(403, "Forbidden")
            return do(request, user, project, **values)

        return handler

    def _lead_on(self, request: Request, user: User | None, reference: str) -> None:
        """A path that a project had before: GET is led on (301), all else is 405 (lib/api/helpers.rb)."""
        number = self.world.old_paths.get(reference.lower())
        if number is None or not rights.sees_project(self.world, user, self.world.projects[number]):
            return
        if request.method != "GET":
            raise Stop(Answer(405, {"message": "Non GET methods are not allowed for moved projects"}))
        place = request.path.replace(quote(reference, safe=""), str(number), 1)
        query = f"?{urlencode(request.query)}" if request.query else ""
        address = f"{request.base}{place}{query}"
        raise Stop(Answer(301, f"This resource has been moved permanently to {address}", {"Location": address}))

    def in_group(self, do: Callable[..., Any], least: int = 0) -> Callable[..., Any]:
        """The same for a group."""

        def handler(request: Request, id: str, **values: str) -> Any:
            user = self.signed_in(request)
            group = self.world.group_at(id)
            level = rights.group_level(self.world, user, group) if group else 0
            if group is None or (group.visibility == "private" and level == 0):
                raise rights.refuse(404, "Group Not Found")
            if least and level < least:
                raise rights.refuse(403, "Forbidden")
            return do(request, user, group, **values)

        return handler

    def at_issue(self, do: Callable[..., Any]) -> Callable[..., Any]:
        """A handler for what belongs to an issue: 404 for who does not see it."""

        def handler(request: Request, user: User | None, project: Project, iid: str, **values: str) -> Any:
            issue = project.issues.get(number_in_path("issue_iid", iid))
            if issue is None or not rights.sees_issue(self.world, user, project, issue):
                raise rights.refuse(404, "Issue Not Found" if request.method == "GET" else "Not found")
            return do(request, user, project, issue, **values)

        return self.in_project(handler, signed=False)

    def issue_by_id(self, request: Request, id: str) -> Answer:
        """`GET /issues/:id`: by the id that is unique everywhere; administrators only."""
        user = self.signed_in(request)
        if not user.admin:
            raise rights.refuse(403, "Forbidden")
        issue = self.world.issues.get(number_in_path("id", id))
        if issue is None:
            raise rights.refuse(404, "Issue Not Found")
        return Answer(200, self.show.issue(issue, user, one=True))

    def resource_events(self, kind: str) -> Callable[..., Answer]:
        """`resource_label_events` and the like, oldest first."""

        def handler(request: Request, user: User | None, project: Project, issue: Issue, event_id: str = "") -> Answer:
            rows = [event for event in issue.events if event["kind"] == kind]
            if not event_id:
                return page(request, Params(request), rows, lambda event: self.show.event(event, issue))
            wanted = number_in_path("event_id", event_id)
            found = next((event for event in rows if event["id"] == wanted), None)
            if found is None:
                raise rights.refuse(404, "Not found")
            return Answer(200, self.show.event(found, issue))

        return handler

    def group_projects(self, group: Group) -> list[Project]:
        """The projects of a group and those below it."""
        return [one for one in self.world.projects.values() if group in self.world.ancestors(one.group)]
