"""Labels of an issue: by title, made when missing, scoped ones exclusive in paid editions; and their endpoints."""

from __future__ import annotations

from typing import Any

from common.wire import Answer, Request, Stop

from . import rights
from .entities import Entities
from .paging import page
from .params import Params, invalid
from .world import Issue, Label, Project, User, World

COLOR = "#6699cc"


def put_labels(world: World, user: User, project: Project, issue: Issue, fields: dict[str, Any]) -> None:
    """`labels` replaces all; `add_labels` and `remove_labels` change some. One event for each that comes or goes."""
    if not any(fields.get(name) is not None for name in ("labels", "add_labels", "remove_labels")):
        return
    wanted = list(issue.labels)
    if fields.get("labels") is not None:
        wanted = _found(world, user, project, fields["labels"])
    wanted += _found(world, user, project, fields.get("add_labels") or [])
    gone = {label.id for label in world.labels_of(project) if label.title in (fields.get("remove_labels") or [])}
    wanted = [number for number in dict.fromkeys(wanted) if number not in gone]
    if world.paid():
        wanted = _exclusive(world, project, wanted, issue.labels)
    for number in issue.labels:
        if number not in wanted:
            world.event(issue, "label", user.id, label=number, action="remove")
    for number in wanted:
        if number not in issue.labels:
            world.event(issue, "label", user.id, label=number, action="add")
    issue.labels = wanted


def _found(world: World, user: User, project: Project, titles: list[str]) -> list[int]:
    """A title that no label has: the label is made when the user may, else dropped (available_labels_service.rb)."""
    found = []
    for title in titles:
        label = next((one for one in world.labels_of(project) if one.title.lower() == title.lower()), None)
        if label is None and rights.may_make_labels(world, user, project):
            label = make_label(world, project, title)
        if label is not None:
            found.append(label.id)
    return found


def make_label(world: World, project: Project, title: str, color: str = COLOR, description: str | None = None) -> Label:
    """A new label of a project."""
    label = Label(world.next_id("label"), title, color, description, world.now(), project=project.id)
    project.labels[label.id] = label
    return label


def _exclusive(world: World, project: Project, wanted: list[int], before: list[int]) -> list[int]:
    """Of each scope the one that came last (docs: user/project/labels, Scoped labels: Premium)."""
    last: dict[str, int] = {}
    ordered = sorted(wanted, key=lambda number: number not in before)
    for number in ordered:
        label = world.label(project, number)
        if label and (scope := label.scope()):
            last[scope] = number
    kept = []
    for number in wanted:
        label = world.label(project, number)
        scope = label.scope() if label else None
        if scope is None or last[scope] == number:
            kept.append(number)
    return kept


class LabelPages:
    """`/projects/:id/labels`."""

    def __init__(self, world: World, show: Entities) -> None:
        self.world = world
        self.show = show

    def labels(self, request: Request, project: Project) -> Answer:
        """All labels, also the groups'."""
        params = Params(request)
        rows = sorted(self.world.labels_of(project), key=lambda label: label.title.lower())
        if text := params.text("search"):
            rows = [label for label in rows if text.lower() in label.title.lower()]
        if params.boolean("include_ancestor_groups") is False:
            rows = [label for label in rows if label.project]
        return page(request, params, rows, lambda label: self.show.label(label, project))

    def create(self, request: Request, user: User, project: Project) -> Answer:
        """409 when there is one of this title."""
        params = Params(request)
        title = params.text("name", required=True) or ""
        color = params.text("color", required=True) or COLOR
        if not rights.may_make_labels(self.world, user, project):
            raise rights.refuse(403, "Forbidden")
        if any(label.title == title for label in self.world.labels_of(project)):
            raise Stop(Answer(409, {"message": "Label already exists"}))
        if not title.strip():
            raise invalid("title", "can't be blank")
        label = make_label(self.world, project, title.strip(), color, params.text("description"))
        label.priority = params.integer("priority")
        return Answer(201, self.show.label(label, project))

    def one(self, request: Request, user: User, project: Project, name: str) -> Answer:
        """GET, PUT (`new_name`, `color`, `description`), DELETE: by id or by title."""
        label = next((one for one in self.world.labels_of(project) if name in (str(one.id), one.title)), None)
        if label is None:
            raise rights.refuse(404, "Label Not Found")
        if request.method == "GET":
            return Answer(200, self.show.label(label, project))
        if not rights.may_make_labels(self.world, user, project):
            raise rights.refuse(403, "Forbidden")
        if request.method == "DELETE":
            project.labels.pop(label.id, None)
            for issue in project.issues.values():
                issue.labels = [number for number in issue.labels if number != label.id]
            return Answer(204)
        params = Params(request)
        label.title = params.text("new_name") or label.title
        label.color = params.text("color") or label.color
        label.description = params.text("description") if "description" in params else label.description
        return Answer(200, self.show.label(label, project))
