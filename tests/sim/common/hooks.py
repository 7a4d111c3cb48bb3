"""Webhooks as a vendor sends them: signed, tried again, and on order lost, twice or in another order.

Only to this machine: an address elsewhere is refused, and stands as refused in the list of deliveries.
"""

from __future__ import annotations

import heapq
import http.client
import ipaddress
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Callable
from urllib.parse import urlsplit


@dataclass
class Attempt:
    """One try: `status` is None when no answer came, then `error` says why."""

    at: float
    headers: dict[str, str]
    status: int | None = None
    error: str = ""
    body: str = ""
    seconds: float = 0.0


@dataclass
class Delivery:
    """One event on its way to one address. `sign` makes the headers of the n-th attempt (from 0)."""

    number: int
    hook: Any
    event: str
    url: str
    body: bytes
    sign: Callable[["Delivery", int], dict[str, str]]
    identity: str = ""
    state: str = "waiting"
    attempts: list[Attempt] = field(default_factory=list)

    def told(self) -> dict:
        """How /_sim/deliveries shows it."""
        return {
            "number": self.number,
            "hook": self.hook,
            "event": self.event,
            "url": self.url,
            "id": self.identity,
            "state": self.state,
            "attempts": [vars(attempt) for attempt in self.attempts],
            "body": self.body.decode("utf-8", "replace"),
        }


@dataclass
class Retries:
    """The vendor's promise: seconds to wait before each further attempt, and which answers earn one."""

    delays: list[float]
    worth: Callable[[int | None], bool]
    timeout: float = 10.0


class Sender:
    """Sends deliveries one after another from a thread of its own.

    `settings` is what `POST /_sim/hooks` changes:
      mode       "order" as they come; "shuffle" (by `seed`) or "reverse" what came within `gather` seconds;
                 "hold": nothing is sent until POST /_sim/hooks/release
      lose       so many of the next deliveries are never sent
      duplicate  so many of the next deliveries are sent twice
      delays     seconds between attempts, instead of the vendor's; scale  multiplies the vendor's
    """

    def __init__(self, retries: Retries) -> None:
        self.retries = retries
        self.on_attempt: Callable[[Delivery, Attempt], None] = lambda delivery, attempt: None
        self.deliveries: list[Delivery] = []
        self._queue: list[tuple[float, int, Delivery]] = []
        self._held: list[Delivery] = []
        self._gathered: list[Delivery] = []
        self._turn = 0
        self._busy = False
        self._stopped = False
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self.settings: dict[str, Any] = {}
        self.reset()

    def reset(self) -> None:
        """Forgets all deliveries and settings."""
        with self._wake:
            self.settings = {
                "mode": "order",
                "seed": 1,
                "gather": 0.2,
                "lose": 0,
                "duplicate": 0,
                "delays": None,
                "scale": 1.0,
            }
            self.deliveries, self._queue, self._held, self._gathered = [], [], [], []

    def change(self, wanted: dict) -> None:
        """Takes settings; ValueError for an unknown one."""
        if unknown := set(wanted) - set(self.settings):
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(self.settings)}")
        if wanted.get("mode", "order") not in ("order", "shuffle", "reverse", "hold"):
            raise ValueError("mode: order, shuffle, reverse or hold")
        with self._wake:
            self.settings.update(wanted)

    def send(
        self,
        hook: Any,
        event: str,
        url: str,
        body: bytes,
        sign: Callable[[Delivery, int], dict[str, str]],
        identity: str = "",
    ) -> Delivery:
        """Takes a delivery; does not wait for it."""
        with self._wake:
            delivery = Delivery(len(self.deliveries) + 1, hook, event, url, body, sign, identity)
            self.deliveries.append(delivery)
            if self.settings["lose"] > 0:
                self.settings["lose"] -= 1
                delivery.state = "lost"
                return delivery
            twice = self.settings["duplicate"] > 0
            self.settings["duplicate"] -= twice
            for _ in range(1 + twice):
                self._accept(delivery)
            return delivery

    def release(self, order: list[int] | str | None = None) -> int:
        """Sends what was held: as it came, "reverse", or these numbers first and in this order."""
        with self._wake:
            held, self._held = self._held, []
            if order == "reverse":
                held.reverse()
            elif isinstance(order, list):
                turns = {number: turn for turn, number in enumerate(order)}
                held.sort(key=lambda one: turns.get(one.number, len(turns)))
            for delivery in held:
                self._put(delivery, 0)
            return len(held)

    def send_again(self, number: int) -> bool:
        """Sends a delivery once more, whatever became of it."""
        with self._wake:
            if not 1 <= number <= len(self.deliveries):
                return False
            self._put(self.deliveries[number - 1], 0)
            return True

    def try_now(self) -> int:
        """What waits for its next attempt need not wait longer."""
        with self._wake:
            waiting, self._queue = self._queue, []
            for _, _, delivery in waiting:
                self._put(delivery, 0)
            return len(waiting)

    def idle(self, seconds: float) -> bool:
        """Waits until nothing is due or under way; False when that took longer than `seconds`."""
        until = time.monotonic() + seconds
        with self._wake:
            while self._busy or self._gathered or any(due <= time.monotonic() for due, _, _ in self._queue):
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._wake.wait(min(left, 0.05))
            return True

    def start(self) -> None:
        """Starts the thread."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; what waits is not sent."""
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        if self._thread:
            self._thread.join(self.retries.timeout + 1)

    def _accept(self, delivery: Delivery) -> None:
        mode = self.settings["mode"]
        if mode == "hold":
            delivery.state = "held"
            self._held.append(delivery)
        elif mode == "order":
            self._put(delivery, 0)
        else:
            if not self._gathered:
                timer = threading.Timer(self.settings["gather"], self._scatter)
                timer.daemon = True
                timer.start()
            self._gathered.append(delivery)

    def _scatter(self) -> None:
        with self._wake:
            gathered, self._gathered = self._gathered, []
            if self.settings["mode"] == "reverse":
                gathered.reverse()
            else:
                random.Random(self.settings["seed"]).shuffle(gathered)
            for delivery in gathered:
                self._put(delivery, 0)

    def _put(self, delivery: Delivery, seconds: float) -> None:
        self._turn += 1
        heapq.heappush(self._queue, (time.monotonic() + seconds, self._turn, delivery))
        self._wake.notify_all()

    def _next(self) -> Delivery | None:
        with self._wake:
            self._busy = False
            self._wake.notify_all()
            while not self._stopped:
                wait = self._queue[0][0] - time.monotonic() if self._queue else 60.0
                if wait <= 0:
                    self._busy = True
                    return heapq.heappop(self._queue)[2]
                self._wake.wait(wait)
            return None

    def _run(self) -> None:
        while (delivery := self._next()) is not None:
            attempt = self._attempt(delivery)
            delivery.attempts.append(attempt)
            tried = len(delivery.attempts)
            delays = self.settings["delays"]
            if delays is None:
                delays = [delay * self.settings["scale"] for delay in self.retries.delays]
            if attempt.status is not None and 200 <= attempt.status < 300:
                delivery.state = "delivered"
            elif attempt.error.startswith("refused") or not self.retries.worth(attempt.status) or tried > len(delays):
                delivery.state = "failed"
            else:
                delivery.state = "waiting"
                with self._wake:
                    self._put(delivery, delays[tried - 1])
            self.on_attempt(delivery, attempt)

    def _attempt(self, delivery: Delivery) -> Attempt:
        began = time.monotonic()
        headers = delivery.sign(delivery, len(delivery.attempts))
        attempt = Attempt(time.time(), _without_secrets(headers))
        target = urlsplit(delivery.url)
        if not _of_this_machine(target.hostname):
            attempt.error = "refused: not an address of this machine"
            return attempt
        connection = http.client.HTTPConnection(target.hostname or "", target.port or 80, timeout=self.retries.timeout)
        try:
            path = (target.path or "/") + (f"?{target.query}" if target.query else "")
            connection.request("POST", path, delivery.body, headers)
            answer = connection.getresponse()
            attempt.status, attempt.body = answer.status, answer.read(10_000).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as problem:
            attempt.error = f"{type(problem).__name__}: {problem}"
        finally:
            connection.close()
        attempt.seconds = round(time.monotonic() - began, 3)
        return attempt


def _of_this_machine(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _without_secrets(headers: dict[str, str]) -> dict[str, str]:
    return {
        name: "(hidden)" if name.lower() in ("x-gitlab-token", "authorization") else value
        for name, value in headers.items()
    }
