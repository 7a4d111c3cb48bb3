"""`/projects/:id/issues`, `/groups/:id/issues`, `/issues` (lib/api/issues.rb)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

from common.wire import Answer, Request, Stop

from . import rights
from .acts import Acts
from .entities import Entities
from .limits import Limits
from .params import Params, bad
from .world import Issue, Project, User, World

KINDS = ("issue", "incident", "test_case", "requirement", "task", "ticket")
SEVERITIES = ("unknown", "low", "medium", "high", "critical")
UPDATES = (
    "assignee_id",
    "assignee_ids",
    "confidential",
    "created_at",
    "description",
    "discussion_locked",
    "due_date",
    "start_date",
    "labels",
    "add_labels",
    "remove_labels",
    "milestone_id",
    "milestone",
    "state_event",
    "title",
    "updated_at",
    "issue_type",
    "severity",
    "weight",
    "epic_id",
    "epic_iid",
)


class IssuePages:
    """Create, read, change, delete."""

    def __init__(self, world: World, acts: Acts, show: Entities, limits: Limits) -> None:
        self.world = world
        self.acts = acts
        self.show = show
        self.limits = limits

    def create(self, request: Request, user: User, project: Project) -> Answer:
        """201 and the whole issue. `created_at` and `iid` of others than owners are dropped without a word."""
        self.limits.action("issues", str(user.id))
        params = Params(request)
        params.text("title", required=True)
        fields = self._fields(params, project)
        if not rights.may_create_issue(self.world, user, project):
            raise rights.refuse(403, "Forbidden")
        if rights.level(self.world, user, project) >= rights.OWNER:
            fields |= {"created_at": params.time("created_at"), "iid": params.integer("iid")}
        issue = self.acts.create(user, project, fields)
        return Answer(201, self.show.issue(issue, user, one=True))

    def one(self, request: Request, user: User | None, project: Project, issue: Issue) -> Answer:
        """GET, PUT, DELETE."""
        if request.method == "GET":
            return Answer(200, self.show.issue(issue, user, one=True))
        assert user is not None
        return (
            self._update(request, user, project, issue)
            if request.method == "PUT"
            else self._delete(request, user, project, issue)
        )

    def _update(self, request: Request, user: User, project: Project, issue: Issue) -> Answer:
        """200 and the whole issue, also when some of it was dropped: read it."""
        params = Params(request)
        if not params.given(*UPDATES):
            raise bad(f"{', '.join(UPDATES)} are missing, at least one parameter must be provided")
        fields = self._fields(params, project)
        if not rights.may_edit_issue(self.world, user, project, issue):
            raise rights.refuse(403, "Forbidden")
        if rights.level(self.world, user, project) >= rights.OWNER and "updated_at" in params:
            fields["updated_at"] = params.time("updated_at")
        self.acts.update(user, issue, fields)
        return Answer(200, self.show.issue(issue, user, one=True))

    def _delete(self, request: Request, user: User, project: Project, issue: Issue) -> Answer:
        """Owners. No hook is sent, and nothing in any list tells of it."""
        if not rights.may_delete_issue(self.world, user, project):
            raise rights.refuse(403, "Forbidden")
        unless_modified(request, issue.updated_at)
        forget(self.world, issue)
        return Answer(204)

    def participants(self, request: Request, issue: Issue) -> list[dict[str, Any] | None]:
        """Who wrote, is assigned, or was named."""
        numbers = dict.fromkeys(
            [
                issue.author,
                *issue.assignees,
                *(note.author for note in issue.notes if not note.system),
                *sorted(issue.subscribers),
            ]
        )
        return [self.show.user(number) for number in numbers]

    def _fields(self, params: Params, project: Project) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for name, key in (
            ("title", "title"),
            ("description", "description"),
            ("due_date", "due_date"),
            ("start_date", "start_date"),
        ):
            if name in params:
                fields[key] = params.text(name)
        if state := params.text("state_event", choices=("reopen", "close")):
            fields["state_event"] = state
        if "confidential" in params:
            fields["confidential"] = params.boolean("confidential")
        if "discussion_locked" in params:
            fields["locked"] = params.boolean("discussion_locked")
        for name in ("labels", "add_labels", "remove_labels"):
            if name in params:
                fields[name] = params.words(name) or []
        fields |= self._people(params)
        if "milestone_id" in params:
            fields["milestone"] = params.integer("milestone_id")
        elif title := params.text("milestone"):
            known = self.world.milestones_of(project).values()
            fields["milestone"] = next((one.id for one in known if one.title == title), None)
        if kind := params.text("issue_type", choices=KINDS):
            fields["kind"] = kind
        if severity := params.text("severity", choices=SEVERITIES):
            fields["severity"] = severity
        if "weight" in params:
            fields["weight"] = params.integer("weight")
        return fields

    def _people(self, params: Params) -> dict[str, list[int]]:
        """`assignee_ids`, or the deprecated `assignee_id`; 0 is nobody."""
        wanted = params.integers("assignee_ids")
        if wanted is None and "assignee_id" in params:
            number = params.integer("assignee_id")
            wanted = [number] if number else []
        return {} if wanted is None else {"assignees": [number for number in wanted if number]}


def unless_modified(request: Request, updated_at: Any) -> None:
    """If-Unmodified-Since on DELETE: 412 when it was changed after that (destroy_conditionally!)."""
    text = request.header("if-unmodified-since")
    if not text:
        return
    try:
        since = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return
    if updated_at > since:
        raise Stop(Answer(412, {"message": "412 Precondition Failed"}))


def forget(world: World, issue: Issue) -> None:
    """The issue and its links are gone; its number is not given again."""
    world.projects[issue.project].issues.pop(issue.iid, None)
    world.issues.pop(issue.id, None)
    for link in list(world.links.values()):
        if issue.id in (link.source, link.target):
            del world.links[link.id]
