"""`/projects/:id/issues/:iid/notes` and `/discussions` (lib/api/notes.rb, discussions.rb)."""

from __future__ import annotations

from typing import Any

from common.wire import Answer, Request, Stop

from . import rights
from .actions import Outcome
from .entities import Entities
from .issue_pages import unless_modified
from .limits import Limits
from .paging import page
from .params import Params, bad, number_in_path
from .talk import Talk
from .world import Issue, Note, Project, User, World

FILTERS = {"all_notes": (False, True), "only_comments": (False,), "only_activity": (True,)}


class NotePages:
    """Notes as the API has them."""

    def __init__(self, world: World, talk: Talk, show: Entities, limits: Limits) -> None:
        self.world = world
        self.talk = talk
        self.show = show
        self.limits = limits

    def notes(self, request: Request, user: User | None, project: Project, issue: Issue) -> Answer:
        """Newest first. What the user may not see is taken out AFTER paging: pages are shorter than per_page."""
        params = Params(request)
        wanted = FILTERS[params.text("activity_filter", choices=tuple(FILTERS)) or "all_notes"]
        order = params.text("order_by", choices=("created_at", "updated_at")) or "created_at"
        rows = [note for note in issue.notes if note.system in wanted]
        rows.sort(
            key=lambda note: (getattr(note, order), note.id),
            reverse=(params.text("sort", choices=("asc", "desc")) or "desc") == "desc",
        )
        return page(
            request,
            params,
            rows,
            lambda note: self._shown(note, issue),
            self.world.settings["count_limit"],
            keep=lambda note: rights.sees_note(self.world, user, project, note),
        )

    def create(
        self, request: Request, user: User, project: Project, issue: Issue, discussion: str | None = None
    ) -> Answer:
        """201 and the note; 202 and what the commands did when there was nothing else in it."""
        self.limits.action("notes", str(user.id))
        params = Params(request)
        body = params.text("body", required=True) or ""
        internal = params.boolean("internal") or params.boolean("confidential") or False
        if project.archived or (issue.locked and rights.level(self.world, user, project) < rights.GUEST):
            raise rights.refuse(403, "Forbidden")
        created = params.time("created_at") if rights.level(self.world, user, project) >= rights.OWNER else None
        note, outcome = self.talk.create(user, issue, body, internal, created, discussion)
        if note is None:
            return commands_only(outcome)
        return Answer(201, self._shown(note, issue))

    def one(self, request: Request, user: User | None, project: Project, issue: Issue, note_id: str) -> Answer:
        """GET, PUT, DELETE. `internal` and `confidential` of a PUT are dropped: that cannot be changed."""
        note = self._found(user, project, issue, note_id)
        if request.method == "GET":
            return Answer(200, self._shown(note, issue))
        assert user is not None
        if not rights.may_edit_note(self.world, user, project, note):
            raise rights.refuse(403, "Forbidden")
        if request.method == "DELETE":
            unless_modified(request, note.updated_at)
            issue.notes.remove(note)
            return Answer(204)
        body = Params(request).text("body")
        if body == "":
            raise bad("body is empty")
        if body is not None:
            outcome = self.talk.update(user, issue, note, body)
            if outcome.only_commands():
                return commands_only(outcome)
        return Answer(200, self._shown(note, issue))

    def discussions(self, request: Request, user: User | None, project: Project, issue: Issue) -> Answer:
        """Notes by thread; POST begins one."""
        if request.method == "POST":
            assert user is not None
            before = len(issue.notes)
            answer = self.create(request, user, project, issue)
            if answer.status != 201:
                return answer
            note = next(one for one in issue.notes[before:] if not one.system)
            return Answer(201, self._thread(note.discussion, [note], issue))
        threads: dict[str, list[Note]] = {}
        for note in issue.notes:
            if rights.sees_note(self.world, user, project, note):
                threads.setdefault(note.discussion, []).append(note)
        return page(request, Params(request), list(threads.items()), lambda row: self._thread(row[0], row[1], issue))

    def discussion(
        self, request: Request, user: User | None, project: Project, issue: Issue, discussion_id: str
    ) -> Answer:
        """One thread; POST .../notes answers in it: as internal as its first note."""
        notes = [
            note
            for note in issue.notes
            if note.discussion == discussion_id and rights.sees_note(self.world, user, project, note)
        ]
        if not notes:
            raise rights.refuse(404, "Discussion Not Found")
        if request.method == "POST":
            assert user is not None
            return self.create(request, user, project, issue, discussion_id)
        return Answer(200, self._thread(discussion_id, notes, issue))

    def _thread(self, number: str, notes: list[Note], issue: Issue) -> dict[str, Any]:
        return {"id": number, "individual_note": len(notes) == 1, "notes": [self._shown(note, issue) for note in notes]}

    def _shown(self, note: Note, issue: Issue) -> dict[str, Any]:
        shown = self.show.note(note, issue)
        if not self.world.settings["internal_notes"]:
            shown.pop("internal")
        return shown

    def _found(self, user: User | None, project: Project, issue: Issue, note_id: str) -> Note:
        number = number_in_path("note_id", note_id)
        note = next((one for one in issue.notes if one.id == number), None)
        if note is None or not rights.sees_note(self.world, user, project, note):
            raise rights.refuse(404, "Note Not Found")
        return note


def commands_only(outcome: Outcome) -> Answer:
    """202 and no id; 400 when no command could be applied."""
    if not outcome.summary:
        raise Stop(Answer(400, {"message": "400 Bad request - Failed to apply commands."}))
    return Answer(202, {"commands_changes": outcome.changes, "summary": outcome.summary})
