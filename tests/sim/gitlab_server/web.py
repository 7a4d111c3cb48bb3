"""The page of an issue, for people who follow a link of a demonstration. Not GitLab's: only what is there, as text."""

from __future__ import annotations

from html import escape

from common.wire import Answer, Request

from .entities import when
from .statuses import STATUSES
from .world import Issue, Note, World

STYLE = (
    "body{font:16px sans-serif;max-width:50em;margin:2em auto}pre{white-space:pre-wrap;font:inherit}"
    ".internal{background:#fdf1dd}article,header{border-bottom:1px solid #ccc;padding:.5em}small{color:#555}"
)


class Web:
    """Nobody signs in here: internal notes are shown, and marked."""

    def __init__(self, world: World) -> None:
        self.world = world

    def issue(self, request: Request, path: str, iid: str) -> Answer:
        """`/group/project/-/issues/1`."""
        project = self.world.project_at(path)
        issue = project.issues.get(int(iid)) if project and iid.isdecimal() else None
        if issue is None:
            return _page("404", "<h1>404</h1>", 404)
        notes = "".join(self._note(note) for note in issue.notes)
        return _page(issue.title, f"{self._head(issue, path)}{notes}")

    def index(self, request: Request) -> Answer:
        """`/`: the projects."""
        paths = [escape(self.world.full_path(project)) for project in self.world.projects.values()]
        rows = "".join(f"<li><a href='/{path}/-/issues'>{path}</a></li>" for path in paths)
        return _page(
            "GitLab (simulated)", f"<h1>GitLab (simulated)</h1><ul>{rows}</ul><p><a href='/_sim/'>/_sim/</a></p>"
        )

    def issues(self, request: Request, path: str) -> Answer:
        """`/group/project/-/issues`."""
        project = self.world.project_at(path)
        if project is None:
            return _page("404", "<h1>404</h1>", 404)
        rows = "".join(self._row(issue, path) for issue in reversed(project.issues.values()))
        return _page(path, f"<h1>{escape(path)}</h1><ul>{rows}</ul>")

    def _head(self, issue: Issue, path: str) -> str:
        project = self.world.projects[issue.project]
        labels = ", ".join(label.title for number in issue.labels if (label := self.world.label(project, number)))
        facts = [
            issue.state,
            STATUSES[issue.status].name if self.world.has_status() else "",
            "confidential" if issue.confidential else "",
            labels,
            " ".join(f"@{self._name(number)}" for number in issue.assignees),
            f"due {issue.due_date}" if issue.due_date else "",
        ]
        told = " · ".join(escape(fact) for fact in facts if fact)
        place = f"<small><a href='/{escape(path)}/-/issues'>{escape(path)}</a> #{issue.iid}</small>"
        text = f"<h1>{escape(issue.title)}</h1><p>{told}</p><pre>{escape(issue.description or '')}</pre>"
        return (
            f"<header>{place}{text}<small>@{escape(self._name(issue.author))} {when(issue.created_at)}</small></header>"
        )

    def _row(self, issue: Issue, path: str) -> str:
        address = f"/{escape(path)}/-/issues/{issue.iid}"
        return f"<li><a href='{address}'>#{issue.iid} {escape(issue.title)}</a> <small>{issue.state}</small></li>"

    def _note(self, note: Note) -> str:
        kind = "internal" if note.internal else "system" if note.system else ""
        text = f"<small>{escape(note.body)}</small>" if note.system else f"<pre>{escape(note.body)}</pre>"
        said = f"<small>@{escape(self._name(note.author))} {when(note.created_at)} {kind}</small>"
        return f"<article class='{kind}' id='note_{note.id}'>{said}{text}</article>"

    def _name(self, number: int) -> str:
        user = self.world.users.get(number)
        return user.username if user else "ghost"


def _page(title: str, body: str, status: int = 200) -> Answer:
    text = f"<!doctype html><meta charset=utf-8><title>{escape(title)}</title><style>{STYLE}</style>{body}"
    return Answer(status, text, {"Content-Type": "text/html; charset=utf-8"})
