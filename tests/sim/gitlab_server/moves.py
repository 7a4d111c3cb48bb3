"""Moving, cloning and linking issues (app/services/issues/move_service.rb, issue_links)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from common.wire import Answer, Request, Stop

from . import rights
from .acts import Acts
from .entities import Entities, when
from .params import Params, number_in_path
from .statuses import DEFAULT_DUPLICATE
from .world import Issue, Link, Project, User, World

KINDS = ("relates_to", "blocks", "is_blocked_by")
TURNED = {"relates_to": "relates_to", "blocks": "is_blocked_by", "is_blocked_by": "blocks"}


class Moves:
    """What concerns two issues."""

    def __init__(self, world: World, acts: Acts, show: Entities) -> None:
        self.world = world
        self.acts = acts
        self.show = show
        acts.quick.moves = self

    def move(self, user: User, issue: Issue, target: Project) -> Issue:
        """A NEW issue with another id and iid; the old one is closed. Hooks: "open" there, "close" here."""
        twin = self._copied(user, issue, target, with_notes=True)
        twin.author = issue.author
        self.acts.hooks.issue(twin, user, "open", None)
        self.acts.talk.says(user, twin, f"moved from {self.acts.talk.reference(issue, twin)}")
        self.acts.talk.says(user, issue, f"moved to {self.acts.talk.reference(twin, issue)}")
        issue.moved_to = twin.id
        self.acts.change_state(user, issue, "close", DEFAULT_DUPLICATE)
        return twin

    def clone(self, user: User, issue: Issue, target: Project, with_notes: bool) -> Issue:
        """A new issue by whoever clones; the old one stays."""
        twin = self._copied(user, issue, target, with_notes)
        self.acts.hooks.issue(twin, user, "open", None)
        self.acts.talk.says(user, twin, f"cloned from {self.acts.talk.reference(issue, twin)}")
        self.acts.talk.says(user, issue, f"cloned to {self.acts.talk.reference(twin, issue)}")
        return twin

    def post_move(self, request: Request, user: User, project: Project, issue: Issue) -> Answer:
        """`POST .../move`."""
        target = self._target(request, user, project, "move")
        if issue.moved_to is not None:
            raise Stop(Answer(400, {"message": "Cannot move issue due to insufficient permissions!"}))
        if target is project:
            raise Stop(Answer(400, {"message": "Cannot move issue to project it originates from!"}))
        return Answer(201, self.show.issue(self.move(user, issue, target), user, one=True))

    def post_clone(self, request: Request, user: User, project: Project, issue: Issue) -> Answer:
        """`POST .../clone`."""
        target = self._target(request, user, project, "clone")
        with_notes = bool(Params(request).boolean("with_notes"))
        return Answer(201, self.show.issue(self.clone(user, issue, target, with_notes), user, one=True))

    def relate(self, user: User, source: Issue, target: Issue, kind: str) -> Link:
        """409 when they are linked already, whichever way and as whatever."""
        pair = {source.id, target.id}
        if any({link.source, link.target} == pair for link in self.world.links.values()):
            raise Stop(Answer(409, {"message": "Issue(s) already assigned"}))
        link = Link(self.world.next_id("link"), source.id, target.id, kind, self.world.now())
        self.world.links[link.id] = link
        talk = self.acts.talk
        words = {
            "relates_to": "marked this issue as related to",
            "blocks": "marked this issue as blocking",
            "is_blocked_by": "marked this issue as blocked by",
        }
        talk.says(user, source, f"{words[kind]} {talk.reference(target, source)}", target.project)
        talk.says(user, target, f"{words[TURNED[kind]]} {talk.reference(source, target)}", source.project)
        source.updated_at = target.updated_at = self.world.now()
        return link

    def links(self, request: Request, user: User | None, issue: Issue) -> Answer:
        """GET: the other issues, as seen from this one, all at once (no pages). POST: one more."""
        params = Params(request)
        if request.method == "POST":
            assert user is not None
            return self._post_link(params, user, issue)
        rows = [
            link
            for link in self.world.links.values()
            if issue.id in (link.source, link.target)
            and self._visible(user, link.target if link.source == issue.id else link.source)
        ]
        return Answer(200, [self._related(link, issue, user) for link in rows])

    def link(self, request: Request, user: User | None, project: Project, issue: Issue, link_id: str) -> Answer:
        """GET and DELETE of one; the documents show 200 and the link for both."""
        link = self.world.links.get(number_in_path("issue_link_id", link_id))
        if link is None or issue.id not in (link.source, link.target):
            raise rights.refuse(404, "Not found")
        shown = self.show.link(link, user)
        if request.method == "DELETE":
            if user is None or rights.level(self.world, user, project) < rights.GUEST:
                raise rights.refuse(403, "Forbidden")
            del self.world.links[link.id]
        return Answer(200, shown)

    def _post_link(self, params: Params, user: User, issue: Issue) -> Answer:
        project = self.world.project_at(params.text("target_project_id", required=True) or "")
        iid = params.integer("target_issue_iid", required=True)
        kind = params.text("link_type", choices=KINDS) or "relates_to"
        target = project.issues.get(iid or 0) if project else None
        if project is None or target is None or not rights.sees_issue(self.world, user, project, target):
            raise rights.refuse(404, "Not found")
        if rights.level(self.world, user, self.world.projects[issue.project]) < rights.GUEST:
            raise rights.refuse(403, "Forbidden")
        if kind != "relates_to" and not self.world.paid():
            raise Stop(Answer(403, {"message": "Blocked issues not available for current license"}))
        return Answer(201, self.show.link(self.relate(user, issue, target, kind), user))

    def _related(self, link: Link, seen_from: Issue, user: User | None) -> dict[str, Any]:
        outward = link.source == seen_from.id
        other = self.world.issues[link.target if outward else link.source]
        return self.show.issue(other, user) | {
            "issue_link_id": link.id,
            "link_type": link.kind if outward else TURNED[link.kind],
            "link_created_at": when(link.created_at),
            "link_updated_at": when(link.created_at),
        }

    def _visible(self, user: User | None, number: int) -> bool:
        issue = self.world.issues.get(number)
        return issue is not None and rights.sees_issue(self.world, user, self.world.projects[issue.project], issue)

    def _target(self, request: Request, user: User, project: Project, what: str) -> Project:
        number = Params(request).integer("to_project_id", required=True)
        target = self.world.projects.get(number or 0)
        if target is None:
            raise rights.refuse(404, "Project Not Found")
        if not rights.may_move(self.world, user, project, target):
            raise Stop(Answer(400, {"message": f"Cannot {what} issue due to insufficient permissions!"}))
        return target

    def _copied(self, user: User, issue: Issue, target: Project, with_notes: bool) -> Issue:
        """Labels and milestone only where the target has ones of the same title."""
        source = self.world.projects[issue.project]
        titles = [label.title for number in issue.labels if (label := self.world.label(source, number))]
        known = {label.title for label in self.world.labels_of(target)}
        milestone = self.world.milestones_of(source).get(issue.milestone or 0)
        same = next(
            (one.id for one in self.world.milestones_of(target).values() if milestone and one.title == milestone.title),
            None,
        )
        fields = {
            "title": issue.title,
            "confidential": issue.confidential,
            "labels": [title for title in titles if title in known],
            "assignees": issue.assignees,
            "milestone": same,
            "due_date": issue.due_date,
            "kind": issue.kind,
            "weight": issue.weight,
        }
        twin = self.acts.create(user, target, fields, hook=False)
        twin.description = issue.description
        for note in issue.notes if with_notes else ():
            twin.notes.append(replace(note, id=self.world.next_id("note")))
        return twin
