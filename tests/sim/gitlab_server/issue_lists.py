"""Lists of issues: filters, order, pages (issues_finder.rb). What was written is there at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Callable, Iterable

from common.wire import Answer, Request

from . import rights
from .entities import Entities
from .paging import keyset, no_keyset, page, wants_keyset
from .params import Params, bad
from .world import Issue, Project, User, World

ORDERS = (
    "created_at",
    "due_date",
    "label_priority",
    "milestone_due",
    "popularity",
    "priority",
    "relative_position",
    "title",
    "updated_at",
    "weight",
)
SCOPES = ("created_by_me", "assigned_to_me", "all", "created-by-me", "assigned-to-me")


class IssueLists:
    """Finds issues."""

    def __init__(self, world: World, show: Entities) -> None:
        self.world = world
        self.show = show

    def issues(
        self, request: Request, user: User | None, projects: Iterable[Project], scope: str, elsewhere: bool = True
    ) -> Answer:
        """A page of what the user sees of these projects. Without `scope`: `/issues` has only what the caller made.

        `elsewhere`: not the list of one project. Such lists have no issues of archived projects, unless `non_archived=false`.
        """
        params = Params(request)
        if elsewhere and params.boolean("non_archived") is not False:
            projects = [project for project in projects if not project.archived]
        rows = rights.issues_seen(self.world, user, projects)
        wanted = (params.text("scope", choices=SCOPES) or scope).replace("-", "_")
        if wanted == "created_by_me":
            rows = [issue for issue in rows if user and issue.author == user.id]
        elif wanted == "assigned_to_me":
            rows = [issue for issue in rows if user and user.id in issue.assignees]
        rows = self._filtered(params, rows)
        order = params.text("order_by", choices=ORDERS) or "created_at"
        down = (params.text("sort", choices=("asc", "desc")) or "desc") == "desc"
        rows.sort(key=_key(order), reverse=down)
        details = bool(params.boolean("with_labels_details"))
        if wants_keyset(params) or "cursor" in params:
            if order not in ("created_at", "updated_at", "title"):
                raise no_keyset()
            key = _key(order)
            return keyset(
                request,
                params,
                rows,
                lambda issue: self.show.issue(issue, user, details, near=not elsewhere),
                lambda issue: [str(key(issue)[0]), key(issue)[1]],
                down,
            )
        return page(
            request,
            params,
            rows,
            lambda issue: self.show.issue(issue, user, details, near=not elsewhere),
            self.world.settings["count_limit"],
        )

    def search(self, request: Request, user: User, projects: Iterable[Project]) -> Answer:
        """`GET /search?scope=issues`: another index than that of the lists, which may lag behind (`search_lag`)."""
        params = Params(request)
        params.text("search", required=True)
        if params.text("scope", required=True) != "issues":
            raise bad("scope does not have a valid value")
        lag = timedelta(seconds=self.world.settings["search_lag"])
        until = self.world.now() - lag
        rows = [issue for issue in rights.issues_seen(self.world, user, projects) if issue.updated_at <= until]
        matches = self._words(params)[0]
        rows = sorted((issue for issue in rows if matches(issue)), key=lambda issue: -issue.id)
        return page(
            request, params, rows, lambda issue: self.show.issue(issue, user), self.world.settings["count_limit"]
        )

    def _filtered(self, params: Params, rows: list[Issue]) -> list[Issue]:
        tests: list[Callable[[Issue], bool]] = []
        state = params.text("state", choices=("opened", "closed", "all"))
        if state and state != "all":
            tests.append(lambda issue: issue.state == state)
        if kind := params.text("issue_type"):
            tests.append(lambda issue: issue.kind == kind)
        if iids := params.integers("iids"):
            tests.append(lambda issue: issue.iid in iids)
        if (hidden := params.boolean("confidential")) is not None:
            tests.append(lambda issue: issue.confidential == hidden)
        tests += self._times(params) + self._words(params) + self._people(params)
        for value, wanted in (
            (params.mapping("not"), False),
            ({"labels": params.raw("labels"), "milestone": params.raw("milestone")}, True),
        ):
            tests += self._named(value, wanted)
        return [issue for issue in rows if all(test(issue) for test in tests)]

    def _times(self, params: Params) -> list[Callable[[Issue], bool]]:
        """Both ends are part of it. The database has microseconds: what is shown as .123 may be after .123."""
        tests: list[Callable[[Issue], bool]] = []
        for field in ("created", "updated"):
            after, before = params.time(f"{field}_after"), params.time(f"{field}_before")
            if after:
                tests.append(lambda issue, field=field, after=after: getattr(issue, f"{field}_at") >= after)
            if before:
                tests.append(lambda issue, field=field, before=before: getattr(issue, f"{field}_at") <= before)
        return tests

    def _words(self, params: Params) -> list[Callable[[Issue], bool]]:
        """`search` finds words, or, without full text search, pieces of text; in title and description, or only `in`."""
        text = params.text("search")
        if not text:
            return []
        places = [
            place
            for place in (params.text("in") or "title,description").split(",")
            if place in ("title", "description")
        ]
        if not self.world.settings["full_text_search"]:
            terms = [quoted or plain for quoted, plain in re.findall(r'"([^"]+)"|(\S+)', text.lower())]
            return [
                lambda issue: all(any(term in str(getattr(issue, place)).lower() for place in places) for term in terms)
            ]
        parts = re.findall(r"[^\W_]+", text.lower())
        return [lambda issue: all(any(word.startswith(part) for word in _indexed(issue, places)) for part in parts)]

    def _people(self, params: Params) -> list[Callable[[Issue], bool]]:
        tests: list[Callable[[Issue], bool]] = []
        author = params.integer("author_id")
        if name := params.text("author_username"):
            found = self.world.user_named(name)
            author = found.id if found else -1
        if author is not None:
            tests.append(lambda issue: issue.author == author)
        wanted = params.text("assignee_id")
        if names := params.words("assignee_username"):
            found = self.world.user_named(names[0])
            wanted = str(found.id if found else -1)
        if wanted in ("None", "Any"):
            tests.append(lambda issue: bool(issue.assignees) == (wanted == "Any"))
        elif wanted is not None:
            if not re.fullmatch(r"-?\d+", wanted):
                raise bad("assignee_id is invalid")
            tests.append(lambda issue: int(wanted) in issue.assignees)
        return tests

    def _named(self, given: dict[str, Any], wanted: bool) -> list[Callable[[Issue], bool]]:
        """Labels (all of them; None, Any) and the milestone, by title; `not[...]` the other way round."""
        tests: list[Callable[[Issue], bool]] = []
        labels = given.get("labels")
        titles = [
            str(one).strip()
            for one in (labels if isinstance(labels, list) else str(labels or "").split(","))
            if str(one).strip()
        ]
        if titles in (["None"], ["Any"]):
            tests.append(lambda issue: bool(issue.labels) == (titles == ["Any"]))
        elif titles:
            tests.append(
                lambda issue: (set(titles) <= self._titles(issue))
                if wanted
                else not (set(titles) & self._titles(issue))
            )
        title = str(given.get("milestone") or "")
        if title:
            tests.append(lambda issue: self._in_milestone(issue, title) == wanted)
        return tests

    def _titles(self, issue: Issue) -> set[str]:
        project = self.world.projects[issue.project]
        return {label.title for number in issue.labels if (label := self.world.label(project, number))}

    def _in_milestone(self, issue: Issue, title: str) -> bool:
        milestone = self.world.milestones_of(self.world.projects[issue.project]).get(issue.milestone or 0)
        if title in ("None", "Any"):
            return (milestone is not None) == (title == "Any")
        return milestone is not None and milestone.title == title


def _indexed(issue: Issue, places: list[str]) -> list[str]:
    """The words of an issue, without those of 50 characters and more (pg_full_text_searchable.rb): nothing finds these.

    "bro-0f3c" is the words "bro" and "0f3c"; a search finds words by their beginning, wherever they stand.
    """
    text = " ".join(str(getattr(issue, place) or "") for place in places)
    return re.findall(r"[^\W_]+", re.sub(r"[A-Za-z0-9+/@]{50,}", " ", text).lower())


def _key(order: str) -> Callable[[Issue], Any]:
    if order in ("created_at", "updated_at"):
        return lambda issue: (getattr(issue, order), issue.id)
    if order == "title":
        return lambda issue: (issue.title.lower(), issue.id)
    if order == "due_date":
        return lambda issue: (issue.due_date or "9999", issue.id)
    return lambda issue: (issue.weight or 0, issue.id)
