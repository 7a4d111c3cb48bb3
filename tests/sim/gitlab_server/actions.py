"""Quick actions: `/close` and the like, executed with the rights of whoever wrote the text (lib/gitlab/quick_actions).

A command that the user may not give is taken out of the text all the same, and nothing happens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable

from . import rights
from .params import instant
from .statuses import named
from .texts import Command, extract, label_names, references, seconds_of
from .world import Issue, Label, Project, User, World

if TYPE_CHECKING:
    from .acts import Acts


@dataclass
class Outcome:
    """What a text's commands came to: `changes` and `summary` are what the API shows of them."""

    text: str
    count: int = 0
    fields: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    summary: list[str] = field(default_factory=list)
    later: list[Callable[[User, Issue], None]] = field(default_factory=list)

    def only_commands(self) -> bool:
        """Whether there was nothing but commands."""
        return self.count > 0 and not self.text.strip()


class QuickActions:
    """Finds and understands them."""

    def __init__(self, world: World, acts: "Acts") -> None:
        self.world = world
        self.acts = acts
        self.moves: Any = None
        self._later: list[Callable[[User, Issue], None]] = []

    def of_description(self, user: User, issue: Issue, text: str | None) -> tuple[str, dict[str, Any]]:
        """The description without its commands, and the fields that they set."""
        outcome = self.read(user, issue, text or "")
        self._later = outcome.later
        return outcome.text, outcome.fields

    def later(self, user: User, issue: Issue) -> None:
        """Does what must wait until the issue is there: move, relate, duplicate."""
        waiting, self._later = self._later, []
        for do in waiting:
            do(user, issue)

    def read(self, user: User, issue: Issue, text: str) -> Outcome:
        """Understands all commands of a text; does nothing yet."""
        stripped, commands = extract(text)
        outcome = Outcome(stripped, len(commands))
        for command in commands:
            self._one(user, issue, command, outcome)
        return outcome

    def apply(self, user: User, issue: Issue, outcome: Outcome) -> None:
        """Does what a note's commands ask for."""
        if outcome.fields:
            self.acts.update(user, issue, outcome.fields)
        for do in outcome.later:
            do(user, issue)

    def _one(self, user: User, issue: Issue, command: Command, outcome: Outcome) -> None:
        project = self.world.projects[issue.project]
        rule = getattr(self, f"_do_{ALIASES.get(command.name, command.name)}", None)
        if rule is None:
            return
        edits = command.name in ("close", "reopen", "title")
        if command.name not in FREE:
            may = (
                rights.may_edit_issue(self.world, user, project, issue)
                if edits
                else rights.may_set_metadata(self.world, user, project)
            )
            if not may:
                return
        rule(user, project, issue, command.words, outcome)

    def _do_close(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if issue.state == "opened":
            outcome.fields["state_event"] = outcome.changes["state_event"] = "close"
            outcome.summary.append("Closed this issue.")

    def _do_reopen(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if issue.state == "closed":
            outcome.fields["state_event"] = outcome.changes["state_event"] = "reopen"
            outcome.summary.append("Reopened this issue.")

    def _do_title(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if words:
            outcome.fields["title"] = outcome.changes["title"] = words
            outcome.summary.append(f'Changed the title to "{words}".')

    def _do_confidential(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if not issue.confidential:
            outcome.fields["confidential"] = outcome.changes["confidential"] = True
            outcome.summary.append("Made this issue confidential.")

    def _do_label(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        """Only labels that there are: a command makes none."""
        found = self._labels(project, words)
        if found:
            titles = outcome.fields.setdefault("add_labels", [])
            titles += [label.title for label in found]
            outcome.changes["add_label_ids"] = outcome.changes.get("add_label_ids", []) + [label.id for label in found]
            outcome.summary.append(
                f"Added {' '.join(_shown(label) for label in found)} {'labels' if len(found) > 1 else 'label'}."
            )

    def _do_unlabel(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if not words:
            outcome.fields["labels"], outcome.changes["label_ids"] = [], []
            outcome.summary.append("Removed all labels.")
        elif found := self._labels(project, words):
            outcome.fields["remove_labels"] = [label.title for label in found]
            outcome.changes["remove_label_ids"] = [label.id for label in found]
            outcome.summary.append(
                f"Removed {' '.join(_shown(label) for label in found)} {'labels' if len(found) > 1 else 'label'}."
            )

    def _do_relabel(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if found := self._labels(project, words):
            outcome.fields["labels"] = [label.title for label in found]
            outcome.changes["label_ids"] = [label.id for label in found]
            outcome.summary.append(f"Replaced all labels with {' '.join(_shown(label) for label in found)}.")

    def _do_assign(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        found = self._users(user, words)
        if found:
            numbers = [one.id for one in found]
            before = issue.assignees if self.world.paid() else []
            outcome.fields["assignees"] = outcome.changes["assignee_ids"] = list(dict.fromkeys([*before, *numbers]))
            outcome.summary.append(f"Assigned {' and '.join('@' + one.username for one in found)}.")

    def _do_unassign(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        gone = [one.id for one in self._users(user, words)] if words else issue.assignees
        outcome.fields["assignees"] = outcome.changes["assignee_ids"] = [
            one for one in issue.assignees if one not in gone
        ]
        outcome.summary.append("Removed assignees.")

    def _do_milestone(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        title = words.lstrip("%").strip('"')
        found = next((one for one in self.world.milestones_of(project).values() if one.title == title), None)
        if found:
            outcome.fields["milestone"] = outcome.changes["milestone_id"] = found.id
            outcome.summary.append(f"Set the milestone to %{found.title}.")

    def _do_remove_milestone(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if issue.milestone is not None:
            outcome.fields["milestone"] = outcome.changes["milestone_id"] = None
            outcome.summary.append("Removed milestone.")

    def _do_due(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        day = instant(words)
        if day:
            outcome.fields["due_date"] = outcome.changes["due_date"] = day.date().isoformat()
            outcome.summary.append(f"Set the due date to {day.date().isoformat()}.")

    def _do_remove_due_date(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if issue.due_date:
            outcome.fields["due_date"] = outcome.changes["due_date"] = None
            outcome.summary.append("Removed the due date.")

    def _do_lock(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        outcome.fields["locked"] = outcome.changes["discussion_locked"] = True
        outcome.summary.append("Locked the discussion.")

    def _do_unlock(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        outcome.fields["locked"] = outcome.changes["discussion_locked"] = False
        outcome.summary.append("Unlocked the discussion.")

    def _do_estimate(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        seconds = seconds_of(words)
        if seconds and seconds > 0:
            outcome.fields["time_estimate"] = outcome.changes["time_estimate"] = seconds
            outcome.summary.append(f"Set time estimate to {words}.")

    def _do_spend(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        seconds = seconds_of(words)
        if seconds:
            outcome.fields["time_spent"] = seconds
            outcome.changes["spend_time"] = {"duration": seconds, "user_id": user.id}
            outcome.summary.append(f"Added {words} spent time.")

    def _do_weight(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        if self.world.paid() and words.isdecimal():
            outcome.fields["weight"] = outcome.changes["weight"] = int(words)
            outcome.summary.append(f"Set weight to {words}.")

    def _do_status(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        status = named(words)
        if self.world.has_status() and status:
            outcome.fields["status"] = status.id
            outcome.changes["status"] = status.global_id()
            outcome.summary.append(f"Status set to {status.name}.")

    def _do_subscribe(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        outcome.later.append(lambda by, which: which.subscribers.add(by.id))
        outcome.changes["subscription_event"] = "subscribe"
        outcome.summary.append("Subscribed to notifications.")

    def _do_todo(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        outcome.changes["todo_event"] = "add"
        outcome.summary.append("Added a to-do item.")

    def _do_duplicate(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        original = self._issue(user, project, words)
        if original and original is not issue:
            outcome.changes["canonical_issue_id"] = original.id
            outcome.later.append(lambda by, which: self.acts.duplicate(by, which, original))
            outcome.summary.append(f"Marked this issue as a duplicate of {words}.")

    def _do_relate(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        other = self._issue(user, project, words)
        if other:
            outcome.changes["related"] = words
            outcome.later.append(lambda by, which: self.moves.relate(by, which, other, "relates_to"))
            outcome.summary.append(f"Added {words} as a linked item related to this issue.")

    def _do_move(self, user: User, project: Project, issue: Issue, words: str, outcome: Outcome) -> None:
        target = self.world.project_at(words.strip())
        if target and rights.may_move(self.world, user, project, target):
            outcome.changes["target_project"] = words
            outcome.later.append(lambda by, which: self.moves.move(by, which, target))
            outcome.summary.append(f"Moved this issue to {words}.")

    def _labels(self, project: Project, words: str) -> list[Label]:
        wanted = [name.lower() for name in label_names(words)]
        return [label for label in self.world.labels_of(project) if label.title.lower() in wanted]

    def _users(self, user: User, words: str) -> list[User]:
        names = [word.lstrip("@") for word in words.replace(",", " ").split()]
        found = [user if name == "me" else self.world.user_named(name) for name in names]
        return [one for one in found if one is not None]

    def _issue(self, user: User, project: Project, words: str) -> Issue | None:
        for path, iid in references(words)[:1]:
            where = self.world.project_at(path) if path else project
            found = where.issues.get(iid) if where else None
            return found if where and found and rights.sees_issue(self.world, user, where, found) else None
        return None


ALIASES = {
    "labels": "label",
    "remove_label": "unlabel",
    "remove_labels": "unlabel",
    "spent": "spend",
    "link": "relate",
    "mark_as_duplicate": "duplicate",
}
FREE = ("subscribe", "todo", "cc")


def _shown(label: Label) -> str:
    return f'~"{label.title}"' if " " in label.title else f"~{label.title}"
