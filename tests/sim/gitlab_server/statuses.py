"""The default statuses of work items (docs: user/work_items/status): Premium, not to be changed."""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "gid://gitlab/WorkItems::Statuses::SystemDefined::Status/"


@dataclass(frozen=True)
class Status:
    """One of them; categories done and canceled close the work item."""

    id: int
    name: str
    category: str
    color: str
    icon: str

    def closes(self) -> bool:
        """Whether a work item in it is closed."""
        return self.category in ("done", "canceled")

    def global_id(self) -> str:
        """How GraphQL names it."""
        return f"{PREFIX}{self.id}"


STATUSES = {
    1: Status(1, "To do", "to_do", "#737278", "status-waiting"),
    2: Status(2, "In progress", "in_progress", "#1f75cb", "status-running"),
    3: Status(3, "Done", "done", "#108548", "status-success"),
    4: Status(4, "Won't do", "canceled", "#DD2B0E", "status-cancelled"),
    5: Status(5, "Duplicate", "canceled", "#DD2B0E", "status-cancelled"),
}
DEFAULT_OPEN, DEFAULT_CLOSED, DEFAULT_DUPLICATE = 1, 3, 5


def of_global_id(text: str) -> Status | None:
    """The status of a global id."""
    number = text.removeprefix(PREFIX)
    return STATUSES.get(int(number)) if number.isdecimal() else None


def named(text: str) -> Status | None:
    """The status of a name, whatever its case."""
    return next(
        (status for status in STATUSES.values() if status.name.lower() == text.strip().strip('"').lower()), None
    )
