"""Requests that fail on order: what `POST /_sim/faults` sets."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any, Callable

from .wire import Answer, Cut, Request

KINDS = {
    "lose_answer": "does it, then closes the connection without an answer",
    "answer_after": "does it, then gives the answer in `status`, `headers`, `body` instead",
    "half_answer": "does it, then closes the connection in the middle of the answer's body",
    "answer": "does not do it, and gives the answer in `status`, `headers`, `body`",
    "cut": "does not do it, and closes the connection",
    "slow": "waits `seconds`, then does it",
    "slow_answer": "does it, then waits `seconds` before the answer",
    "vendor": "does not do it, and gives the vendor's own answer `name` (GET /_sim/faults lists them)",
}

VendorAnswer = Callable[[dict], Answer]


@dataclass
class Fault:
    """One order: from the `skip`-th request that matches on, `times` requests fail."""

    number: int
    do: str
    method: str = ".*"
    path: str = ".*"
    times: int = 1
    skip: int = 0
    seconds: float = 0
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    name: str = ""
    hits: int = 0

    def takes(self, request: Request) -> bool:
        """Whether it is this request's turn; counts it."""
        if self.times <= 0 or not re.fullmatch(self.method, request.method):
            return False
        if not re.search(self.path, request.path):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        self.hits += 1
        return True

    def answer(self) -> Answer:
        """The answer that was ordered."""
        return Answer(self.status, self.body, dict(self.headers))


class Faults:
    """The orders, in the order in which they came: the first that takes a request has it."""

    def __init__(self, vendor: dict[str, VendorAnswer]) -> None:
        self._vendor = vendor
        self._orders: list[Fault] = []
        self._count = 0

    def order(self, wanted: dict) -> Fault:
        """Adds one; ValueError when it cannot be understood."""
        fields = set(Fault.__dataclass_fields__) - {"number", "hits"}
        if unknown := set(wanted) - fields:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(fields))}")
        if wanted.get("do") not in KINDS:
            raise ValueError(f"do: one of {', '.join(KINDS)}")
        if wanted["do"] == "vendor" and wanted.get("name") not in self._vendor:
            raise ValueError(f"name: one of {', '.join(self._vendor)}")
        self._count += 1
        fault = Fault(self._count, **wanted)
        re.compile(fault.method), re.compile(fault.path)
        self._orders.append(fault)
        return fault

    def taking(self, request: Request) -> Fault | None:
        """The order that has this request, if any; counts it."""
        return next((fault for fault in self._orders if fault.takes(request)), None)

    def clear(self) -> None:
        """Forgets all orders."""
        self._orders.clear()

    def told(self) -> dict:
        """What `GET /_sim/faults` answers."""
        return {"orders": [vars(fault) for fault in self._orders], "kinds": KINDS, "vendor": sorted(self._vendor)}

    def play(self, fault: Fault, request: Request, do: Callable[[Request], Answer]) -> Answer | Cut:
        """The request as the order wants it; `do` does what was asked."""
        if fault.do == "cut":
            return Cut()
        if fault.do == "answer":
            return fault.answer()
        if fault.do == "vendor":
            return self._vendor[fault.name](vars(fault))
        if fault.do == "slow":
            time.sleep(fault.seconds)
        done = do(request)
        if fault.do == "slow_answer":
            time.sleep(fault.seconds)
        if fault.do == "lose_answer":
            return Cut()
        if fault.do == "half_answer":
            return Cut(done, len(done.payload()) // 2)
        return fault.answer() if fault.do == "answer_after" else done
