"""What a Jira site holds, and how a seed (JSON) becomes it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

SEED = Path(__file__).with_name("seed.json")


@dataclass
class Person:
    """A user. `id` is the accountId of Cloud; `name` and `key` are those of Data Center."""

    id: str
    name: str
    display: str
    email: str = ""
    zone: str = "UTC"
    groups: list[str] = field(default_factory=list)
    kind: str = "atlassian"
    active: bool = True
    deleted: bool = False
    locale: str = "en_US"

    @property
    def key(self) -> str:
        return self.name


@dataclass
class Token:
    """A proof of who is asking. `kind`: "plain" (API token, PAT), "scoped" (only below /ex/jira/{cloudId}), "oauth"."""

    secret: str
    person: str
    kind: str = "plain"
    scopes: list[str] = field(default_factory=list)
    expires: datetime | None = None


@dataclass
class Named:
    """What has an id and a name: a status, priority, resolution, type, component, version, level, option."""

    id: str
    name: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class Project:
    """A project: its types with their workflows, who is in which role, its screens, its service desk."""

    id: str
    key: str
    name: str
    kind: str
    lead: str
    types: dict[str, str]
    components: list[Named]
    versions: list[Named]
    members: dict[str, list[str]]
    levels: list[Named]
    create_screen: list[str]
    edit_screen: list[str]
    required: list[str]
    permissions: dict[str, list[str]]
    desk: dict[str, Any] | None = None
    former_keys: list[str] = field(default_factory=list)
    archived: bool = False
    last_number: int = 0


@dataclass
class Comment:
    """A comment; `body` is ADF on Cloud and wiki markup on Data Center."""

    id: str
    author: str
    body: Any
    created: datetime
    updated: datetime
    editor: str
    visibility: dict[str, str] | None = None
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass
class Attachment:
    """A file."""

    id: str
    filename: str
    mime: str
    content: bytes
    author: str
    created: datetime


@dataclass
class Change:
    """One entry of the change log."""

    id: str
    author: str
    created: datetime
    items: list[dict[str, Any]]


@dataclass
class Link:
    """A link between two issues, of a type, from `inward` (its outward end says "blocks") to `outward`."""

    id: str
    type: Named
    inward: str
    outward: str


@dataclass
class Issue:
    """An issue. `values` holds each field as its kind keeps it (fields.py)."""

    id: str
    key: str
    project: str
    values: dict[str, Any]
    status: str
    creator: str
    created: datetime
    updated: datetime
    status_changed: datetime
    resolved: datetime | None = None
    comments: list[Comment] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    remote_links: list[dict[str, Any]] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)
    watchers: list[str] = field(default_factory=list)
    worklogs: list[dict[str, Any]] = field(default_factory=list)
    former_keys: list[str] = field(default_factory=list)


class State:
    """All of it, and the counters of ids."""

    def __init__(self, seed: dict[str, Any]) -> None:
        self.site = dict(seed["site"])
        self.people = {one["name"]: Person(**one) for one in seed["people"]}
        self.tokens = [Token(**one) for one in seed["tokens"]]
        self.oauth: dict[str, Any] = dict(seed["oauth"])
        self.statuses = [_named(one) for one in seed["statuses"]]
        self.priorities = [_named(one) for one in seed["priorities"]]
        self.resolutions = [_named(one) for one in seed["resolutions"]]
        self.types = [_named(one) for one in seed["types"]]
        self.link_types = [_named(one) for one in seed["linkTypes"]]
        self.roles = [_named({**one, "id": str(one["id"])}) for one in seed["roles"]]
        self.custom_fields: list[dict[str, Any]] = seed["customFields"]
        self.workflows: dict[str, Any] = seed["workflows"]
        self.global_permissions: dict[str, list[str]] = seed["global"]
        self._ids = {
            "issue": 10000,
            "comment": 10000,
            "attachment": 10000,
            "change": 10100,
            "link": 10000,
            "remote": 10000,
            "version": 10000,
            "component": 10000,
            "option": 10030,
            "webhook": 1000,
            "worklog": 10000,
            "organization": 0,
        }
        self.projects = {one["key"]: self._project(one, seed["permissions"]) for one in seed["projects"]}
        self.organizations = self._organizations(seed["projects"])
        self.issues: dict[str, Issue] = {}
        self.links: list[Link] = []
        self.temporary_files: dict[str, Attachment] = {}

    def next_id(self, what: str) -> str:
        """A new id."""
        self._ids[what] += 1
        return str(self._ids[what])

    def person_by_id(self, account: str) -> Person | None:
        """By accountId."""
        return next((one for one in self.people.values() if one.id == account), None)

    def project_of(self, id_or_key: str) -> Project | None:
        """By id, key or former key."""
        for one in self.projects.values():
            if id_or_key in (one.id, one.key) or id_or_key.upper() == one.key or id_or_key in one.former_keys:
                return one
        return None

    def issue_of(self, id_or_key: str) -> Issue | None:
        """By id, key or former key: a moved issue answers at its old key."""
        found = self.issues.get(id_or_key)
        if found is not None:
            return found
        key = id_or_key.upper()
        return next((one for one in self.issues.values() if one.key == key or key in one.former_keys), None)

    def status(self, id_or_name: str) -> Named:
        """A status; KeyError when there is none."""
        return find_named(self.statuses, id_or_name)

    def _project(self, one: dict[str, Any], permissions: dict[str, list[str]]) -> Project:
        components = [Named(self.next_id("component"), name) for name in one["components"]]
        versions = [
            Named(self.next_id("version"), each["name"], {key: value for key, value in each.items() if key != "name"})
            for each in one["versions"]
        ]
        edit = one.get("editScreen") or [
            name for name in one["createScreen"] if name not in ("project", "issuetype", "parent")
        ]
        granted = {name: list(given) for name, given in permissions.items()}
        return Project(
            one["id"],
            one["key"],
            one["name"],
            one["kind"],
            one["lead"],
            dict(one["types"]),
            components,
            versions,
            {role: list(who) for role, who in one["members"].items()},
            [_named(each) for each in one["levels"]],
            list(one["createScreen"]),
            list(edit),
            list(one["required"]),
            granted,
            one.get("desk"),
        )

    def _organizations(self, projects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for one in projects:
            for name in (one.get("desk") or {}).get("organizations", []):
                identity = self.next_id("organization")
                found[identity] = {
                    "id": identity,
                    "name": name,
                    "members": list(one["desk"]["memberships"].get(name, [])),
                }
        return found


def load(path: str | None) -> dict[str, Any]:
    """The seed: of this file, or the one that comes with the simulator."""
    with open(path or SEED, encoding="utf-8") as file:
        return json.load(file)


def _named(one: dict[str, Any]) -> Named:
    return Named(one["id"], one["name"], {key: value for key, value in one.items() if key not in ("id", "name")})


def find_named(among: list[Named], id_or_name: Any) -> Named:
    """By id, or by name whatever its case; KeyError when there is none."""
    wanted = str(id_or_name)
    for one in among:
        if one.id == wanted:
            return one
    for one in among:
        if one.name.lower() == wanted.lower():
            return one
    raise KeyError(wanted)
