"""How people, projects, statuses and so on are shown to who is asking, in the dialect and version asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .answers import avatars, stamp
from .state import Named, Person, Project, State

CATEGORIES = {
    "new": (2, "To Do", "blue-gray"),
    "indeterminate": (4, "In Progress", "yellow"),
    "done": (3, "Done", "green"),
}


@dataclass
class View:
    """Who asks, by which address, for which version of the API. `base` has no `/rest`."""

    state: State
    base: str
    version: str
    who: Person
    cloud: bool

    def url(self, path: str) -> str:
        """An address below this version of the API."""
        return f"{self.base}/rest/api/{self.version}/{path}"

    def stamp(self, at: Any) -> str | None:
        """A time, in the zone of who asks."""
        return stamp(at, self.who.zone)

    def known(self, name: str) -> Person:
        """The person; of an account that is not known any more only `accountId: "unknown"` is left [S]."""
        found = self.state.people.get(name)
        return found or Person(
            "unknown" if self.cloud else "JIRAUSER10900", "JIRAUSER10900", "Unknown", deleted=True, kind="unknown"
        )

    def author(self, name: str) -> dict[str, Any]:
        """Who wrote something."""
        return self.person(self.known(name))

    def display(self, person: Person) -> str:
        """The name that people see."""
        return "Former user" if person.deleted else person.display

    def person(self, person: Person, mail: bool | None = None) -> dict[str, Any]:
        """A person. On Cloud the mail address is hidden from others, and gone with a deleted account."""
        if not self.cloud:
            return {
                "self": f"{self.base}/rest/api/2/user?username={person.name}",
                "key": person.key,
                "name": person.name,
                **({"emailAddress": person.email} if not person.deleted else {}),
                "avatarUrls": avatars(self.base, f"useravatar?ownerId={person.key}"),
                "displayName": self.display(person),
                "active": person.active and not person.deleted,
                "timeZone": person.zone,
            }
        told: dict[str, Any] = {"self": self.url(f"user?accountId={person.id}"), "accountId": person.id}
        if person.email and not person.deleted and (person.name == self.who.name if mail is None else mail):
            told["emailAddress"] = person.email
        told |= {
            "avatarUrls": avatars(self.base, f"useravatar?ownerId={person.id}"),
            "displayName": self.display(person),
            "active": person.active and not person.deleted,
        }
        if not person.deleted:
            told["timeZone"] = person.zone
        return told | {"accountType": person.kind}

    def groups(self) -> list[str]:
        """All groups that someone is in."""
        return sorted({group for person in self.state.people.values() for group in person.groups})

    def group(self, name: str) -> dict[str, Any]:
        """A group."""
        told = {"name": name, "self": self.url(f"group?groupname={name}")}
        return told | ({"groupId": group_id(name)} if self.cloud else {})

    def project(self, project: Project) -> dict[str, Any]:
        """A project, as within an issue."""
        told: dict[str, Any] = {
            "self": self.url(f"project/{project.id}"),
            "id": project.id,
            "key": project.key,
            "name": project.name,
            "projectTypeKey": project.kind,
        }
        if self.cloud:
            told["simplified"] = False
        return told | {"avatarUrls": avatars(self.base, f"projectavatar?pid={project.id}")}

    def category(self, key: str) -> dict[str, Any]:
        """A status category."""
        number, name, colour = CATEGORIES[key]
        return {
            "self": self.url(f"statuscategory/{number}"),
            "id": number,
            "key": key,
            "colorName": colour,
            "name": name,
        }

    def status(self, status: Named) -> dict[str, Any]:
        """A status with its category."""
        return {
            "self": self.url(f"status/{status.id}"),
            "description": status.more.get("description", ""),
            "iconUrl": f"{self.base}/images/icons/statuses/generic.png",
            "name": status.name,
            "id": status.id,
            "statusCategory": self.category(status.more["category"]),
        }

    def named(self, what: str, one: Named) -> dict[str, Any]:
        """A priority, resolution, version and so on."""
        return getattr(self, "_" + what)(one)

    def _priorities(self, one: Named) -> dict[str, Any]:
        return {
            "self": self.url(f"priority/{one.id}"),
            "iconUrl": f"{self.base}/images/icons/priorities/{one.name.lower()}.svg",
            "name": one.name,
            "id": one.id,
        }

    def _resolutions(self, one: Named) -> dict[str, Any]:
        return {
            "self": self.url(f"resolution/{one.id}"),
            "id": one.id,
            "description": one.more.get("description", ""),
            "name": one.name,
        }

    def _types(self, one: Named) -> dict[str, Any]:
        told = {
            "self": self.url(f"issuetype/{one.id}"),
            "id": one.id,
            "description": one.more.get("description", ""),
            "iconUrl": f"{self.base}/secure/viewavatar?size=medium&avatarId=10318&avatarType=issuetype",
            "name": one.name,
            "subtask": bool(one.more.get("subtask")),
            "avatarId": 10318,
        }
        return told | ({"hierarchyLevel": -1 if one.more.get("subtask") else 0} if self.cloud else {})

    def _levels(self, one: Named) -> dict[str, Any]:
        return {
            "self": self.url(f"securitylevel/{one.id}"),
            "id": one.id,
            "description": one.more.get("description", ""),
            "name": one.name,
        }

    def _versions(self, one: Named) -> dict[str, Any]:
        told = {
            "self": self.url(f"version/{one.id}"),
            "id": one.id,
            "description": one.more.get("description", ""),
            "name": one.name,
            "archived": bool(one.more.get("archived")),
            "released": bool(one.more.get("released")),
        }
        return told | ({"releaseDate": one.more["releaseDate"]} if one.more.get("releaseDate") else {})

    def _components(self, one: Named) -> dict[str, Any]:
        return {
            "self": self.url(f"component/{one.id}"),
            "id": one.id,
            "name": one.name,
            "description": one.more.get("description", ""),
        }

    def _options(self, one: Named) -> dict[str, Any]:
        return {"self": self.url(f"customFieldOption/{one.id}"), "value": one.name, "id": one.id}

    def link_type(self, one: Named) -> dict[str, Any]:
        """A type of issue link."""
        return {
            "id": one.id,
            "name": one.name,
            "inward": one.more["inward"],
            "outward": one.more["outward"],
            "self": self.url(f"issueLinkType/{one.id}"),
        }


def group_id(name: str) -> str:
    """The groupId of Cloud."""
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"group/{name}"))
