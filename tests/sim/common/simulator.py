"""A simulator: a vendor's state and routes, behind faults, records, the contract and /_sim/."""

from __future__ import annotations

import threading
import traceback
from typing import Callable

from .clock import Clock
from .contract import Contract
from .control import control_routes
from .faults import Fault, Faults, VendorAnswer
from .hooks import Retries, Sender
from .records import Record, Records
from .routes import Match, Router
from .wire import Answer, Awaited, Cut, Request, Server, Stop


class Vendor:
    """What the simulator of one vendor fills in. It is called by one thread at a time."""

    software = "simulator"
    title = "a simulator"
    # Answers of the vendor's that `POST /_sim/faults {"do": "vendor", "name": …}` gives.
    vendor_answers: dict[str, VendorAnswer] = {}

    def __init__(self, clock: Clock, retries: Retries) -> None:
        self.clock = clock
        self.sender = Sender(retries)
        self.routes = Router()

    def reset(self) -> None:
        """Goes back to the seed."""

    def control(self, routes: Router) -> None:
        """Declares the vendor's own part of /_sim/."""

    def arrive(self, request: Request) -> None:
        """Before anything else: may change where a request goes (an address by which the same is reached)."""

    def prepare(self, request: Request) -> None:
        """Before the handler: who is asking (`request.user`), limits; raises Stop to refuse."""

    def user_name(self, request: Request) -> str:
        """How the record of a request names who asked."""
        return str(request.user or "")

    def absent(self, request: Request, allowed: set[str]) -> Answer:
        """The answer for a path, or a method of one (`allowed` are the others), that does not exist."""
        return Answer(405 if allowed else 404)

    def broken(self, request: Request, problem: Exception) -> Answer:
        """The answer when the simulator itself fails."""
        return Answer(500, f"{type(problem).__name__}: {problem}")

    def finish(self, request: Request, answer: Answer) -> Answer:
        """After the handler: headers that each answer has."""
        return answer


class Simulator:
    """Serves a vendor at a port of this machine."""

    def __init__(
        self,
        vendor: Vendor,
        host: str = "127.0.0.1",
        port: int = 0,
        contract: Contract | None = None,
        verbose: bool = False,
    ) -> None:
        self.vendor = vendor
        self.contract = contract
        self.faults = Faults(vendor.vendor_answers)
        self.records = Records()
        self.lock = threading.RLock()
        self.failures: list[str] = []
        self.control = Router()
        control_routes(self, self.control)
        vendor.control(self.control)
        vendor.reset()
        self.server = Server(host, port, self.handle, vendor.software, verbose)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self.server.server_port}"

    def start(self) -> "Simulator":
        """Serves in the background."""
        self.vendor.sender.start()
        self.server.serve_in_background()
        return self

    def serve(self) -> None:
        """Serves until interrupted."""
        self.vendor.sender.start()
        self.server.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        """Ends it."""
        self.server.shutdown()
        self.server.server_close()
        self.vendor.sender.stop()

    def reset(self) -> None:
        """Back to the seed: no faults, no records, no deliveries."""
        self.faults.clear()
        self.records.forget()
        self.failures.clear()
        self.vendor.sender.reset()
        self.vendor.clock.reset()
        if self.contract:
            self.contract.violations.clear()
        self.vendor.reset()

    def handle(self, request: Request) -> Answer | Cut:
        """One request, from whichever thread it came."""
        if request.path == "/_sim" or request.path.startswith("/_sim/"):
            return self._control(request)
        with self.lock:
            record = self.records.add(request, self.vendor.clock.now().isoformat())
            request.number = record.number
            self.vendor.arrive(request)
            fault = self.faults.taking(request)
        do = self._doing(record)
        answer = self.faults.play(fault, request, do) if fault else do(request)
        self.records.answered(record, answer)
        if isinstance(answer, Answer) and self.contract and (fault is None or _really_answered(fault)):
            try:
                self.contract.check(request, answer)
            except Exception:  # the check must not change what is checked
                self.failures.append(traceback.format_exc())
        return answer

    def _doing(self, record: Record) -> Callable[[Request], Answer]:
        def do(request: Request) -> Answer:
            with self.lock:
                answer = self._answer(request, record)
                record.user = self.vendor.user_name(request)
                if isinstance(answer, Answer):
                    return self.vendor.finish(request, answer)
            known = answer.wait()
            with self.lock:
                return self.vendor.finish(request, known)

        return do

    def _answer(self, request: Request, record: Record) -> Answer | Awaited:
        found = self.vendor.routes.find(request)
        try:
            if isinstance(found, Match):
                record.declared = found.declared
                self.vendor.prepare(request)
                return found.handler(request, **found.values)
            self.vendor.prepare(request)
            return self.vendor.absent(request, found)
        except Stop as stop:
            return stop.answer
        except Exception as problem:  # a mistake of the simulator's own must not look like a hang
            self.failures.append(traceback.format_exc())
            return self.vendor.broken(request, problem)

    def _control(self, request: Request) -> Answer:
        found = self.control.find(request)
        if not isinstance(found, Match):
            return Answer(405 if found else 404, {"error": "GET /_sim/ lists what there is"})
        try:
            if found.declared in WAITS:
                return found.handler(request, **found.values)
            with self.lock:
                return found.handler(request, **found.values)
        except Stop as stop:
            return stop.answer
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            return Answer(400, {"error": f"{type(problem).__name__}: {problem}"})


# These wait for something that needs the lock.
WAITS = {"/_sim/hooks/wait"}


def _really_answered(fault: Fault) -> bool:
    return fault.do in ("slow", "slow_answer")
