"""The time of a simulator: that of the machine, moved, or standing still."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Clock:
    """Tells the time; the interface below /_sim/ sets, moves and stops it."""

    def __init__(self, zone: str = "UTC") -> None:
        self._first_zone = zone
        self.reset()

    def reset(self) -> None:
        """The time of the machine again."""
        self.zone = self._first_zone
        self._offset = timedelta()
        self._stopped_at: datetime | None = None

    def now(self) -> datetime:
        """The time, in UTC, to the millisecond."""
        now = self._stopped_at or datetime.now(timezone.utc) + self._offset
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def set(self, now: datetime) -> None:
        """From here on it is this late."""
        if self._stopped_at is not None:
            self._stopped_at = now
        else:
            self._offset = now - datetime.now(timezone.utc)

    def advance(self, seconds: float) -> None:
        """Moves the time."""
        self.set(self.now() + timedelta(seconds=seconds))

    def stop(self) -> None:
        """Time stands still until run()."""
        self._stopped_at = self.now()

    def run(self) -> None:
        """Time goes on from where it stands."""
        if self._stopped_at is not None:
            now, self._stopped_at = self._stopped_at, None
            self.set(now)

    def change(self, wanted: dict) -> None:
        """What `POST /_sim/clock` asks for; ValueError when it cannot be."""
        if "zone" in wanted:
            zone_of(wanted["zone"])
            self.zone = wanted["zone"]
        if "now" in wanted:
            now = datetime.fromisoformat(wanted["now"].replace("Z", "+00:00"))
            self.set(now if now.tzinfo else now.replace(tzinfo=zone_of(self.zone)))
        if "advance" in wanted:
            self.advance(float(wanted["advance"]))
        if "stopped" in wanted:
            self.stop() if wanted["stopped"] else self.run()

    def told(self) -> dict:
        """What `GET /_sim/clock` answers."""
        return {"now": self.now().isoformat(), "zone": self.zone, "stopped": self._stopped_at is not None}


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as problem:
        raise ValueError(f"no time zone '{name}'") from problem
