"""What happens when a user changes an issue: rights, quick actions, system notes, events, hooks (services/issues)."""

from __future__ import annotations

from typing import Any

from common.wire import Answer, Stop

from . import rights
from .actions import QuickActions
from .labels import put_labels
from .params import invalid
from .payloads import Payloads, snapshot
from .statuses import DEFAULT_CLOSED, DEFAULT_DUPLICATE, DEFAULT_OPEN, STATUSES
from .talk import Talk
from .world import Issue, Project, User, World

LONGEST_TITLE = 255
LONGEST_TEXT = 1_048_576
METADATA = (
    "labels",
    "add_labels",
    "remove_labels",
    "assignees",
    "milestone",
    "due_date",
    "start_date",
    "locked",
    "weight",
    "severity",
    "status",
    "kind",
)
PAID = ("weight", "status")
# Asking for one of these is an update even when it is so already; labels and assignees only when they change.
ASKED = frozenset(
    ("title", "description", "confidential", "milestone", "due_date", "start_date", "locked", "weight", "severity")
)


class Acts:
    """Creates and changes issues as a user."""

    def __init__(self, world: World, hooks: Any) -> None:
        self.world = world
        self.hooks = hooks
        self.payloads = Payloads(world)
        self.talk = Talk(world, hooks, self.payloads)
        self.quick = QuickActions(world, self)
        self.talk.quick = self.quick

    def create(self, user: User, project: Project, fields: dict[str, Any], hook: bool = True) -> Issue:
        """A new issue. Quick actions of the description are executed; what the user may not set is dropped."""
        self._check_texts(fields)
        if not (fields.get("title") or "").strip():
            raise invalid("title", "can't be blank")
        if fields.get("iid") in project.issues:
            raise Stop(Answer(409, {"message": "Duplicated issue"}))
        project.last_iid = max(project.last_iid, fields.get("iid") or 0)
        if not fields.get("iid"):
            project.last_iid += 1
        now = fields.get("created_at") or self.world.now()
        issue = Issue(
            self.world.next_id("issue"),
            fields.get("iid") or project.last_iid,
            project.id,
            fields["title"].strip(),
            "",
            user.id,
            now,
            now,
            kind=fields.get("kind") or "issue",
        )
        issue.confidential = bool(fields.get("confidential"))
        issue.description, found = self.quick.of_description(user, issue, fields.get("description"))
        issue.confidential = issue.confidential or bool(found.get("confidential"))
        project.issues[issue.iid] = self.world.issues[issue.id] = issue
        self._put(
            user,
            project,
            issue,
            self._allowed(user, project, {**fields, **found}, ("title", "description", "confidential")),
        )
        self.talk.heard(user, issue, issue.description, None)
        if hook:
            self.hooks.issue(issue, user, "open", None)
        if found.get("state_event"):
            self.change_state(user, issue, found["state_event"])
        self.quick.later(user, issue)
        return issue

    def update(self, user: User, issue: Issue, fields: dict[str, Any]) -> None:
        """Changes an issue: its state first (a hook "close" or "reopen"), then the rest (one hook "update").

        That hook is sent also when a field was set to what it was: with empty `changes`, or, after somebody else's
        change, with `updated_at` and `updated_by_id` in it (issuable_base_service.rb, `if params.present?`).
        """
        project = self.world.projects[issue.project]
        self._check_texts(fields)
        if "title" in fields and not (fields["title"] or "").strip():
            raise invalid("title", "can't be blank")
        if "description" in fields:
            fields["description"], found = self.quick.of_description(user, issue, fields["description"])
            fields = {**fields, **found}
        fields = self._allowed(user, project, fields)
        if fields.get("state_event"):
            self.change_state(user, issue, fields["state_event"])
        if fields.get("status"):
            self._put_status(user, issue, fields["status"])
        before = snapshot(self.world, issue)
        old_text = issue.description
        self._put(user, project, issue, fields)
        changed = snapshot(self.world, issue) != before
        if changed or issue.updated_by not in (user.id, None) and ASKED.intersection(fields):
            issue.updated_at, issue.updated_by = fields.get("updated_at") or self.world.now(), user.id
        if changed or ASKED.intersection(fields):
            self.hooks.issue(issue, user, "update", before)
        if issue.description != old_text:
            self.talk.heard(user, issue, issue.description, old_text)
        self.quick.later(user, issue)

    def change_state(self, user: User, issue: Issue, event: str, status: int | None = None, hook: bool = True) -> None:
        """Closes or reopens; when it is so already nothing happens, and nothing is said."""
        wanted = "closed" if event == "close" else "opened"
        if issue.state == wanted:
            return
        before = snapshot(self.world, issue)
        now = self.world.now()
        issue.state, issue.updated_at, issue.updated_by = wanted, now, user.id
        issue.closed_at, issue.closed_by = (now, user.id) if wanted == "closed" else (None, None)
        issue.status = status or (DEFAULT_CLOSED if wanted == "closed" else DEFAULT_OPEN)
        self.world.event(issue, "state", user.id, state="closed" if wanted == "closed" else "reopened")
        if hook:
            self.hooks.issue(issue, user, "close" if wanted == "closed" else "reopen", before)

    def duplicate(self, user: User, issue: Issue, original: Issue) -> None:
        """Closes an issue as a duplicate of another."""
        issue.duplicated_to = original.id
        self.talk.says(user, issue, f"marked this issue as a duplicate of {self.talk.reference(original, issue)}")
        self.change_state(user, issue, "close", DEFAULT_DUPLICATE)

    def _allowed(
        self, user: User, project: Project, fields: dict[str, Any], always: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Without what the user may not set, or the edition does not have: dropped without a word."""
        dropped: set[str] = set()
        if not rights.may_set_metadata(self.world, user, project):
            dropped.update(METADATA)
            if not always:
                dropped.add("confidential")
        if not self.world.paid():
            dropped.update(PAID)
        if not self.world.has_status():
            dropped.add("status")
        return {name: value for name, value in fields.items() if name not in dropped and name not in always}

    def _put(self, user: User, project: Project, issue: Issue, fields: dict[str, Any]) -> None:
        self._put_texts(user, issue, fields)
        self._put_people(user, project, issue, fields)
        put_labels(self.world, user, project, issue, fields)
        if "milestone" in fields:
            self._put_milestone(user, project, issue, fields["milestone"])
        if (
            "confidential" in fields
            and fields["confidential"] is not None
            and fields["confidential"] != issue.confidential
        ):
            issue.confidential = fields["confidential"]
            self.talk.says(
                user,
                issue,
                "made the issue confidential" if issue.confidential else "made the issue visible to everyone",
            )
        if "due_date" in fields and (fields["due_date"] or None) != issue.due_date:
            issue.due_date = fields["due_date"] or None
            self.talk.says(
                user, issue, f"changed due date to {issue.due_date}" if issue.due_date else "removed due date"
            )
        for name in ("start_date", "weight", "time_estimate"):
            if name in fields:
                setattr(issue, name, fields[name] or (0 if name == "time_estimate" else None))
        for name in ("severity", "kind", "locked"):
            if fields.get(name) is not None:
                setattr(issue, name, fields[name])
        issue.time_spent = max(0, issue.time_spent + (fields.get("time_spent") or 0))

    def _put_texts(self, user: User, issue: Issue, fields: dict[str, Any]) -> None:
        if "title" in fields and fields["title"].strip() != issue.title:
            self.talk.says(user, issue, f"changed title from **{issue.title}** to **{fields['title'].strip()}**")
            issue.title = fields["title"].strip()
            issue.last_edited_at, issue.last_edited_by = self.world.now(), user.id
        if "description" in fields and (fields["description"] or "") != (issue.description or ""):
            issue.description = fields["description"] or ""
            issue.last_edited_at, issue.last_edited_by = self.world.now(), user.id
            self.talk.says(user, issue, "changed the description")

    def _put_people(self, user: User, project: Project, issue: Issue, fields: dict[str, Any]) -> None:
        """Who does not see the issue is not assigned; without Premium only the first is. Nobody is told."""
        if "assignees" not in fields:
            return
        wanted = [
            number
            for number in dict.fromkeys(fields["assignees"] or [])
            if number in self.world.users
            and rights.level(self.world, self.world.users[number], project) >= rights.GUEST
            and not (
                issue.confidential
                and rights.level(self.world, self.world.users[number], project) < rights.PLANNER
                and number != issue.author
            )
        ]
        wanted = wanted if self.world.paid() else wanted[:1]
        names = {
            number: f"@{self.world.users[number].username}"
            for number in {*wanted, *issue.assignees}
            if number in self.world.users
        }
        added = " ".join(names[number] for number in wanted if number not in issue.assignees)
        gone = " ".join(names.get(number, "@ghost") for number in issue.assignees if number not in wanted)
        issue.assignees = wanted
        said = " and ".join(text for text in (added and f"assigned to {added}", gone and f"unassigned {gone}") if text)
        if said:
            self.talk.says(user, issue, said)

    def _put_milestone(self, user: User, project: Project, issue: Issue, wanted: int | None) -> None:
        """One that the project does not have is none."""
        wanted = wanted if wanted in self.world.milestones_of(project) else None
        if wanted == issue.milestone:
            return
        if issue.milestone is not None:
            self.world.event(issue, "milestone", user.id, milestone=issue.milestone, action="remove")
        if wanted is not None:
            self.world.event(issue, "milestone", user.id, milestone=wanted, action="add")
        issue.milestone = wanted

    def _put_status(self, user: User, issue: Issue, wanted: int) -> None:
        """Done and canceled close, all others open (docs: user/work_items/status)."""
        status = STATUSES[wanted]
        if status.closes() != (issue.state == "closed"):
            self.change_state(user, issue, "close" if status.closes() else "reopen", wanted)
        elif issue.status != wanted:
            before = snapshot(self.world, issue)
            issue.status, issue.updated_at, issue.updated_by = wanted, self.world.now(), user.id
            self.hooks.issue(issue, user, "update", before)

    def _check_texts(self, fields: dict[str, Any]) -> None:
        if len(fields.get("title") or "") > LONGEST_TITLE:
            raise invalid("title", f"is too long (maximum is {LONGEST_TITLE} characters)")
        if len(fields.get("description") or "") > LONGEST_TEXT:
            raise invalid("description", f"is too long (maximum is {LONGEST_TEXT} characters)")
