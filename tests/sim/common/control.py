"""The interface below /_sim/ that all simulators have. Vendors add theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .routes import Router
from .wire import Answer, Request

if TYPE_CHECKING:
    from .simulator import Simulator


def control_routes(sim: "Simulator", routes: Router) -> None:
    """Declares them."""
    _whole(sim, routes)
    _faults(sim, routes)
    _records(sim, routes)
    _hooks(sim, routes)


def _whole(sim: "Simulator", routes: Router) -> None:
    def overview(request: Request) -> Answer:
        control = [f"{methods} {path}" for path, methods in sorted(routes.endpoints())]
        vendor = [f"{methods} {path}" for path, methods in sorted(sim.vendor.routes.endpoints())]
        return Answer(200, {"title": sim.vendor.title, "control": control, "endpoints": vendor})

    def reset(request: Request) -> Answer:
        sim.reset()
        return Answer(200, {"reset": True})

    def clock(request: Request) -> Answer:
        if request.method == "POST":
            sim.vendor.clock.change(request.json_object())
        return Answer(200, sim.vendor.clock.told())

    def violations(request: Request) -> Answer:
        checked = sim.contract is not None
        found = sim.contract.violations if sim.contract else []
        if request.method == "DELETE":
            found.clear()
        return Answer(200, {"checked": checked, "violations": [vars(one) for one in found]})

    routes.add("GET", "/_sim", overview)
    routes.add("POST", "/_sim/reset", reset)
    routes.add("GET POST", "/_sim/clock", clock)
    routes.add("GET DELETE", "/_sim/violations", violations)
    routes.add("GET", "/_sim/failures", lambda request: Answer(200, {"failures": sim.failures}))


def _faults(sim: "Simulator", routes: Router) -> None:
    def faults(request: Request) -> Answer:
        if request.method == "POST":
            return Answer(201, vars(sim.faults.order(request.json_object())))
        if request.method == "DELETE":
            sim.faults.clear()
        return Answer(200, sim.faults.told())

    routes.add("GET POST DELETE", "/_sim/faults", faults)


def _records(sim: "Simulator", routes: Router) -> None:
    def requests(request: Request) -> Answer:
        if request.method == "DELETE":
            sim.records.forget()
        chosen = sim.records.chosen(request.one("method"), request.one("path"))
        return Answer(200, {"count": len(chosen), "requests": [vars(record) for record in chosen]})

    routes.add("GET DELETE", "/_sim/requests", requests)
    routes.add("GET", "/_sim/calls", lambda request: Answer(200, sim.records.counts()))


def _hooks(sim: "Simulator", routes: Router) -> None:
    sender = sim.vendor.sender

    def settings(request: Request) -> Answer:
        if request.method == "POST":
            sender.change(request.json_object())
        return Answer(200, sender.settings)

    def deliveries(request: Request) -> Answer:
        state, event = request.one("state"), request.one("event")
        chosen = [one for one in sender.deliveries if state in (None, one.state) and event in (None, one.event)]
        return Answer(200, {"count": len(chosen), "deliveries": [one.told() for one in chosen]})

    def redeliver(request: Request, number: str) -> Answer:
        if not number.isdecimal() or not sender.send_again(int(number)):
            return Answer(404, {"error": f"no delivery {number}"})
        return Answer(202, {"sent": int(number)})

    def release(request: Request) -> Answer:
        return Answer(202, {"sent": sender.release(request.json_object().get("order"))})

    def wait(request: Request) -> Answer:
        seconds = float(request.one("seconds") or "5")
        return Answer(200, {"idle": sender.idle(seconds)})

    routes.add("GET POST", "/_sim/hooks", settings)
    routes.add("POST", "/_sim/hooks/release", release)
    routes.add("POST", "/_sim/hooks/retry-now", lambda request: Answer(202, {"sent": sender.try_now()}))
    routes.add("GET", "/_sim/hooks/wait", wait)
    routes.add("GET", "/_sim/deliveries", deliveries)
    routes.add("POST", "/_sim/deliveries/{number}/redeliver", redeliver)
