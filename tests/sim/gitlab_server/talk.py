"""Notes: what people and the system say at an issue; who is told of it (app/services/notes, todos, system notes)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from common.wire import Answer, Stop

from . import rights
from .params import invalid
from .texts import mentions, references
from .world import Issue, Note, Project, User, World

if TYPE_CHECKING:
    from .actions import Outcome, QuickActions

LONGEST = 1_000_000


class Talk:
    """Writes, edits and deletes notes as a user."""

    def __init__(self, world: World, hooks: Any, payloads: Any) -> None:
        self.world = world
        self.hooks = hooks
        self.payloads = payloads
        self.quick: "QuickActions"

    def create(
        self,
        user: User,
        issue: Issue,
        body: str,
        internal: bool = False,
        created_at: Any = None,
        discussion: str | None = None,
    ) -> "tuple[Note | None, Outcome]":
        """A note, or none when the text is commands only: then only those are executed.

        Without the right to, `internal` is dropped and the note is public (notes/build_service.rb).
        """
        project = self.world.projects[issue.project]
        self._check(body)
        internal = (
            internal
            and self.world.settings["internal_notes"]
            and rights.may_write_internally(self.world, user, project)
        )
        outcome = self.quick.read(user, issue, body)
        note = None
        if not outcome.only_commands():
            began = next((one for one in issue.notes if one.discussion == discussion), None) if discussion else None
            internal = began.internal if began else internal
            note = self._add(user, issue, outcome.text if outcome.count else body, created_at)
            note.internal, note.commands = internal, outcome.changes
            if discussion:
                note.discussion, note.reply = discussion, True
            issue.updated_at = self.world.now()
            self.heard(user, issue, note.body, None, note)
            self.hooks.note(note, issue, user, "create")
        self.quick.apply(user, issue, outcome)
        return note, outcome

    def update(self, user: User, issue: Issue, note: Note, body: str) -> "Outcome":
        """Edits a note; one that is edited to commands only is deleted (notes/update_service.rb)."""
        self._check(body)
        outcome = self.quick.read(user, issue, body)
        if outcome.only_commands():
            issue.notes.remove(note)
        else:
            before, note.body = note.body, outcome.text if outcome.count else body
            if note.body != before:
                note.updated_at = issue.updated_at = self.world.now()
                self.heard(user, issue, note.body, before, note)
                self.hooks.note(note, issue, user, "update")
        self.quick.apply(user, issue, outcome)
        return outcome

    def says(self, user: User, issue: Issue, text: str, about: int | None = None) -> Note:
        """A system note. No hook is sent for it."""
        note = self._add(user, issue, text, None)
        note.system, note.about_project = True, about
        return note

    def heard(self, user: User, issue: Issue, text: str, old: str | None, note: Note | None = None) -> None:
        """Tells whom a text names with @ (@all: all members), and leaves a note at each issue that it names.

        Such a note moves `updated_at` of the other issue, and no hook tells of it (note.rb, `after_save :touch_noteable`).
        """
        project = self.world.projects[issue.project]
        known = set(mentions(old or ""))
        for name in mentions(text):
            for reader in self._named(name, project) if name not in known else ():
                if reader.id != user.id and self._reads(reader, project, issue, note):
                    self.world.notified.append(
                        {
                            "user": reader.username,
                            "by": user.username,
                            "project": project.id,
                            "iid": issue.iid,
                            "note": note.id if note else None,
                            "named": name,
                        }
                    )
                    issue.subscribers.add(reader.id)
        for other in self._issues_named(user, text, project):
            if other is not issue and not any(
                f" {self.reference(issue, other)}" in f"{one.body} " for one in other.notes if one.system
            ):
                self.says(user, other, f"mentioned in issue {self.reference(issue, other)}", project.id)
                other.updated_at = self.world.now()

    def reference(self, issue: Issue, seen_from: Issue) -> str:
        """#1, or group/project#1 from elsewhere."""
        path = "" if issue.project == seen_from.project else self.world.full_path(self.world.projects[issue.project])
        return f"{path}#{issue.iid}"

    def _add(self, user: User, issue: Issue, body: str, created_at: Any) -> Note:
        now = created_at or self.world.now()
        number = self.world.next_id("note")
        note = Note(number, user.id, body, now, now, discussion=hashlib.sha1(f"note {number}".encode()).hexdigest())
        issue.notes.append(note)
        return note

    def _check(self, body: str) -> None:
        if not body.strip():
            raise Stop(Answer(400, {"message": '400 Bad request - Note {:note=>["can\'t be blank"]}'}))
        if len(body) > LONGEST:
            raise invalid("note", f"is too long (maximum is {LONGEST} characters)")

    def _named(self, name: str, project: Project) -> list[User]:
        if name == "all":
            return [
                one for one in self.world.users.values() if not one.admin and rights.level(self.world, one, project)
            ]
        group = self.world.group_at(name)
        if group:
            return [self.world.users[number] for number in group.members if number in self.world.users]
        found = self.world.user_named(name)
        return [found] if found else []

    def _reads(self, reader: User, project: Project, issue: Issue, note: Note | None) -> bool:
        if not rights.sees_issue(self.world, reader, project, issue):
            return False
        return note is None or rights.sees_note(self.world, reader, project, note)

    def _issues_named(self, user: User, text: str, project: Project) -> list[Issue]:
        found = []
        for path, iid in references(text):
            where = self.world.project_at(path) if path else project
            other = where.issues.get(iid) if where else None
            if where and other and rights.sees_issue(self.world, user, where, other):
                found.append(other)
        return found
