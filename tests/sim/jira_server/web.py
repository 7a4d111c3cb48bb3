"""Pages for people: the issues, and one of them as everybody sees it. No vendor's page: to look around with a browser."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from common.wire import Answer, Request

from . import adf
from .rights import is_internal
from .state import Issue

if TYPE_CHECKING:
    from .app import Jira

STYLE = "body{font:15px sans-serif;margin:2em;max-width:60em}td,th{text-align:left;padding:2px 12px 2px 0;vertical-align:top}"
STYLE += ".internal{background:#fff3c4}pre{white-space:pre-wrap;font:inherit;margin:0}small{color:#666}"


def _page(title: str, body: str) -> Answer:
    text = f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title><style>{STYLE}</style>{body}</html>"
    return Answer(200, text.encode(), {"Content-Type": "text/html;charset=UTF-8"})


class Web:
    """The pages."""

    def __init__(self, app: "Jira") -> None:
        self.app = app

    def declare(self) -> None:
        """At the addresses that links in answers name."""
        self.app.routes.add("GET", "/", self.issues)
        self.app.routes.add("GET", "/browse/{key}", self.issue)
        self.app.routes.add("GET", "/servicedesk/customer/portal/{desk}/{key}", self.request)

    def issues(self, request: Request) -> Answer:
        """All issues."""
        rows = "".join(
            f"<tr><td><a href='/browse/{one.key}'>{one.key}</a><td>{escape(one.status)}<td>{escape(str(one.values.get('summary')))}"
            for one in self.app.state.issues.values()
        )
        head = f"<h1>{escape(self.app.title)}</h1><p>What can be ordered: <a href='/_sim'>/_sim</a>"
        return _page(self.app.title, f"{head}<table>{rows}</table>")

    def issue(self, request: Request, key: str) -> Answer:
        """One issue, with all its comments."""
        return self._one(key, False)

    def request(self, request: Request, desk: str, key: str) -> Answer:
        """One request, as its customer sees it."""
        return self._one(key, True)

    def _one(self, key: str, portal: bool) -> Answer:
        issue = self.app.state.issue_of(key)
        if issue is None:
            return Answer(404, "There is no such issue.")
        view, project = self.app.hook_view(), self.app.state.projects[issue.project]
        rows = [] if portal else [self._row(name, issue) for name in issue.values if name in self.app.fields.known]
        talk = ""
        for one in issue.comments:
            internal = is_internal(project, one)
            if portal and (internal or one.visibility):
                continue
            mark = " internal" if internal else f" for {escape(one.visibility['value'])}" if one.visibility else ""
            head = f"{escape(view.display(view.known(one.author)))} {view.stamp(one.created)}{mark}"
            talk += f"<tr class='{'internal' if internal else ''}'><td><small>{head}</small><pre>{escape(adf.plain(one.body))}</pre>"
        files = "".join(f"<li>{escape(one.filename)} ({len(one.content)} bytes)" for one in issue.attachments)
        links = "".join(
            f"<li><a href='{escape(one['object']['url'])}'>{escape(one['object']['title'])}</a>"
            for one in issue.remote_links
        )
        log = (
            ""
            if portal
            else "".join(
                f"<tr><td><small>{view.stamp(one.created)} {escape(one.author)}</small><td>{escape(item['field'])}"
                f"<td>{escape(str(item['fromString']))} → {escape(str(item['toString']))}"
                for one in issue.changes
                for item in one.items
            )
        )
        title = f"{issue.key} {issue.values.get('summary')}"
        return _page(
            title,
            f"<h1>{escape(title)}</h1><p><b>{escape(issue.status)}</b><table>{''.join(rows)}</table><h2>Comments</h2><table>{talk}</table>"
            f"<h2>Files and links</h2><ul>{files}{links}</ul><h2>History</h2><table>{log}</table>",
        )

    def _row(self, name: str, issue: Issue) -> str:
        field, view = self.app.fields.known[name], self.app.hook_view()
        told = field.kind.told(view, self.app.state.projects[issue.project], field, issue.values[name])[1]
        return f"<tr><th>{escape(field.name)}<td><pre>{escape(str(told))}</pre>"
