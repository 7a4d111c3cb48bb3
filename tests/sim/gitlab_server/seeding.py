"""Makes the world of a seed (seed.json)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from common.clock import Clock

from .world import LEVELS, Group, Label, Milestone, Project, Token, User, World

SEED = Path(__file__).with_name("seed.json")


def load(name: str | None) -> dict[str, Any]:
    """The seed, or another file of its form."""
    return json.loads(Path(name).read_text(encoding="utf-8") if name else SEED.read_text(encoding="utf-8"))


def made(clock: Clock, seed: dict[str, Any]) -> World:
    """The world that a seed describes."""
    world = World(clock)
    _fill(world, seed)
    return world


def _fill(world: World, seed: dict[str, Any]) -> None:
    world.settings.update(seed.get("settings", {}))
    for number, row in enumerate(seed["users"], 1):
        user = User(
            id=world.took_id("user", row.get("id", number)),
            **{k: v for k, v in row.items() if k not in ("id", "tokens")},
        )
        world.users[user.id] = user
        for token in row.get("tokens", []):
            world.tokens[token["value"]] = Token(id=world.next_id("token"), user=user.id, **token)
    for row in seed["groups"]:
        parent = world.group_at(row["parent"]) if row.get("parent") else None
        full_path = f"{parent.full_path}/{row['path']}" if parent else row["path"]
        group = Group(
            world.took_id("group", row["id"]),
            row["path"],
            row["name"],
            full_path,
            parent.id if parent else None,
            row.get("visibility", "private"),
            _members(world, row),
        )
        world.groups[group.id] = group
        for label in _labels(world, row):
            label.group = group.id
            group.labels[label.id] = label
        _milestones(world, row, group.milestones, group=group.id)
    for row in seed["projects"]:
        _fill_project(world, row)


def _fill_project(world: World, row: dict[str, Any]) -> None:
    group = world.group_at(row["group"])
    if group is None:
        raise ValueError(f"project {row['path']}: no group {row['group']}")
    project = Project(
        world.took_id("project", row["id"]),
        row["path"],
        row["name"],
        group.id,
        row.get("visibility", "private"),
        row.get("description"),
        members=_members(world, row),
    )
    world.projects[project.id] = project
    for label in _labels(world, row):
        label.project = project.id
        project.labels[label.id] = label
    _milestones(world, row, project.milestones, project=project.id)


def _milestones(world: World, row: dict[str, Any], milestones: dict[int, Milestone], **owner: int) -> None:
    for number, title in enumerate(row.get("milestones", []), 1):
        now = world.now()
        made = Milestone(world.next_id("milestone"), number, title, "", "active", now, now, **owner)
        milestones[made.id] = made


def _members(world: World, row: dict[str, Any]) -> dict[int, int]:
    members = {}
    for username, level in row.get("members", {}).items():
        user = world.user_named(username)
        if user is None:
            raise ValueError(f"{row['path']}: no user {username}")
        members[user.id] = LEVELS[level]
    return members


def _labels(world: World, row: dict[str, Any]) -> list[Label]:
    return [Label(world.next_id("label"), title, "#6699cc", None, world.now()) for title in row.get("labels", [])]
