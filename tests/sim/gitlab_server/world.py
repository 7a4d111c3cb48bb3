"""What this GitLab holds: users, groups, projects, issues, notes. In memory; made from seed.json."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Iterator

from common.clock import Clock

GUEST, PLANNER, REPORTER, DEVELOPER, MAINTAINER, OWNER = 10, 15, 20, 30, 40, 50
LEVELS = {
    "guest": GUEST,
    "planner": PLANNER,
    "reporter": REPORTER,
    "developer": DEVELOPER,
    "maintainer": MAINTAINER,
    "owner": OWNER,
}

# What `PUT /_sim/settings` changes. The comment says what another value stands for.
SETTINGS: dict[str, Any] = {
    "edition": "premium",  # "free": scoped labels do not exclude each other; no status, weight, second assignee
    "version": "19.1.0",
    "internal_notes": True,  # False: a server older than 15.5, which ignores `internal`: the note is public
    "signing_tokens": True,  # False: the flag webhook_signing_token is off: `signing_token` is silently ignored
    "auto_disable_hooks": True,  # False: self-managed with the flag auto_disabling_web_hooks off
    "local_hooks": True,  # False: hooks to addresses of the local network are refused (a self-managed server's default)
    "full_text_search": True,  # False: `search` finds the text as it stands; True: it finds its words
    "search_lag": 0,  # seconds until `GET /search` finds a change (Elasticsearch); lists of issues read the database
    "old_hooks": False,  # True: bodies as before 2017: no `changes`, no ids of user and project, no action of notes
    "count_limit": 10_000,  # more rows than this: no X-Total, no X-Total-Pages, no last page
    "limits": {},  # "gitlab.com", or {"requests": 2000, "issues": 200, "notes": 60, "hooks": 500} a minute
    "status": True,  # False: no work item status although the edition has it (before 18.2)
}


@dataclass
class User:
    """A person, or a bot (of a project or group token)."""

    id: int
    username: str
    name: str
    email: str = ""
    public_email: str | None = None
    state: str = "active"
    bot: bool = False
    admin: bool = False


@dataclass
class Token:
    """A personal, project or group access token."""

    id: int
    value: str
    user: int
    scopes: list[str]
    name: str
    expires_at: str | None = None
    revoked: bool = False


@dataclass
class Group:
    """A group; `members` maps user ids to access levels."""

    id: int
    path: str
    name: str
    full_path: str
    parent: int | None = None
    visibility: str = "private"
    members: dict[int, int] = field(default_factory=dict)
    labels: dict[int, "Label"] = field(default_factory=dict)
    milestones: dict[int, "Milestone"] = field(default_factory=dict)
    hooks: dict[int, Any] = field(default_factory=dict)


@dataclass
class Label:
    """A label of a project, or of a group."""

    id: int
    title: str
    color: str
    description: str | None
    created_at: datetime
    project: int | None = None
    group: int | None = None
    priority: int | None = None

    def scope(self) -> str | None:
        """The scope of a scoped label: "status" of "status::waiting"."""
        scope, mark, _ = self.title.rpartition("::")
        return scope if mark else None


@dataclass
class Milestone:
    """A milestone of a project, or of a group."""

    id: int
    iid: int
    title: str
    description: str
    state: str
    created_at: datetime
    updated_at: datetime
    due_date: str | None = None
    start_date: str | None = None
    project: int | None = None
    group: int | None = None


@dataclass
class Release:
    """A release of a project; `milestones` are ids."""

    tag: str
    name: str
    description: str
    created_at: datetime
    released_at: datetime
    author: int
    id: int = 0
    milestones: list[int] = field(default_factory=list)


@dataclass
class Note:
    """A comment, or what the system says (`system`)."""

    id: int
    author: int
    body: str
    created_at: datetime
    updated_at: datetime
    system: bool = False
    internal: bool = False
    discussion: str = ""
    reply: bool = False
    about_project: int | None = None  # a cross-reference: who may not see that project does not see the note
    commands: dict[str, Any] = field(default_factory=dict)


@dataclass
class Issue:
    """An issue, an incident or a task."""

    id: int
    iid: int
    project: int
    title: str
    description: str
    author: int
    created_at: datetime
    updated_at: datetime
    kind: str = "issue"
    state: str = "opened"
    closed_at: datetime | None = None
    closed_by: int | None = None
    confidential: bool = False
    locked: bool | None = None
    labels: list[int] = field(default_factory=list)
    assignees: list[int] = field(default_factory=list)
    milestone: int | None = None
    due_date: str | None = None
    start_date: str | None = None
    weight: int | None = None
    severity: str = "unknown"
    time_estimate: int = 0
    time_spent: int = 0
    moved_to: int | None = None
    duplicated_to: int | None = None
    updated_by: int | None = None
    last_edited_at: datetime | None = None
    last_edited_by: int | None = None
    status: int = 1
    notes: list[Note] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    subscribers: set[int] = field(default_factory=set)


@dataclass
class Link:
    """Two issues that belong together."""

    id: int
    source: int
    target: int
    kind: str
    created_at: datetime


@dataclass
class Upload:
    """A file of a project. Whoever knows its secret may have it (docs: security of uploaded files)."""

    id: int
    secret: str
    filename: str
    content: bytes
    content_type: str
    user: int
    created_at: datetime


@dataclass
class Project:
    """A project, with its own labels, milestones, issues and hooks."""

    id: int
    path: str
    name: str
    group: int
    visibility: str = "private"
    description: str | None = None
    archived: bool = False
    members: dict[int, int] = field(default_factory=dict)
    labels: dict[int, Label] = field(default_factory=dict)
    milestones: dict[int, Milestone] = field(default_factory=dict)
    releases: dict[str, Release] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    uploads: list[Upload] = field(default_factory=list)
    hooks: dict[int, Any] = field(default_factory=dict)
    last_iid: int = 0


class World:
    """All of it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.settings = dict(SETTINGS)
        self.users: dict[int, User] = {}
        self.tokens: dict[str, Token] = {}
        self.groups: dict[int, Group] = {}
        self.projects: dict[int, Project] = {}
        self.issues: dict[int, Issue] = {}
        self.links: dict[int, Link] = {}
        self.notified: list[dict[str, Any]] = []
        self.old_paths: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._tick = 0

    def next_id(self, kind: str) -> int:
        """Ids count up over all projects."""
        self._last[kind] = self._last.get(kind, 0) + 1
        return self._last[kind]

    def took_id(self, kind: str, number: int) -> int:
        """An id that was asked for."""
        self._last[kind] = max(self._last.get(kind, 0), number)
        return number

    def now(self) -> datetime:
        """The time to the microsecond, as the database has it; answers show milliseconds. No two are the same."""
        self._tick = self._tick % 998 + 1
        return self.clock.now() + timedelta(microseconds=self._tick)

    def paid(self) -> bool:
        """Whether the edition is Premium or better."""
        return self.settings["edition"] != "free"

    def has_status(self) -> bool:
        """Whether work items have a status (Premium, since 18.2)."""
        return self.paid() and self.settings["status"]

    def full_path(self, project: Project) -> str:
        """The path people see: group/project."""
        return f"{self.groups[project.group].full_path}/{project.path}"

    def project_at(self, reference: str) -> Project | None:
        """The project of an id or of a full path."""
        if reference.isdecimal():
            return self.projects.get(int(reference))
        wanted = reference.lower()
        return next((one for one in self.projects.values() if self.full_path(one).lower() == wanted), None)

    def group_at(self, reference: str) -> Group | None:
        """The group of an id or of a full path."""
        if reference.isdecimal():
            return self.groups.get(int(reference))
        return next((one for one in self.groups.values() if one.full_path.lower() == reference.lower()), None)

    def user_named(self, username: str) -> User | None:
        """The user of this name, whatever its case."""
        wanted = username.lower()
        return next((user for user in self.users.values() if user.username.lower() == wanted), None)

    def ancestors(self, group: int | None) -> Iterator[Group]:
        """A group and those above it."""
        while group is not None:
            found = self.groups[group]
            yield found
            group = found.parent

    def labels_of(self, project: Project) -> list[Label]:
        """Its own labels, and those of its groups."""
        found = list(project.labels.values())
        for group in self.ancestors(project.group):
            found.extend(group.labels.values())
        return found

    def label(self, project: Project, number: int) -> Label | None:
        """The label of this id that the project has, its own or a group's."""
        return next((label for label in self.labels_of(project) if label.id == number), None)

    def milestones_of(self, project: Project) -> dict[int, Milestone]:
        """Its own milestones, and those of its groups."""
        found = dict(project.milestones)
        for group in self.ancestors(project.group):
            found.update(group.milestones)
        return found

    def event(self, issue: Issue, kind: str, user: int, **what: Any) -> None:
        """Notes a resource event (`kind` is label, state or milestone)."""
        issue.events.append(
            {"id": self.next_id(f"{kind}_event"), "kind": kind, "user": user, "created_at": self.now(), **what}
        )
