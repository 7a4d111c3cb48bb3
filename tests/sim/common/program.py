"""The command line that all simulators have."""

from __future__ import annotations

import argparse
import signal
import sys
from types import FrameType
from typing import Any, Callable

from .contract import Contract
from .simulator import Simulator, Vendor


def arguments(program: str, description: str) -> argparse.ArgumentParser:
    """A parser with the options that all have."""
    parser = argparse.ArgumentParser(
        prog=program, description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=0, help="port to listen at; 0 chooses a free one (default)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default 127.0.0.1)")
    parser.add_argument("--data", metavar="FILE.json", help="what there is at the start, instead of the seed")
    parser.add_argument(
        "--check",
        metavar="SPEC.json",
        action="append",
        default=[],
        help="check requests and answers by this OpenAPI file; what does not fit stands at /_sim/violations",
    )
    parser.add_argument("--verbose", action="store_true", help="tell each request on stderr")
    return parser


def run(
    options: argparse.Namespace, vendor: Vendor, waived: list[tuple[str, str]], ready: Callable[[], None] = lambda: None
) -> int:
    """Serves until SIGINT or SIGTERM; `ready` is called when the vendor stands at its seed."""
    contract = Contract(options.check, waived) if options.check else None
    sim = Simulator(vendor, options.host, options.port, contract, options.verbose)
    ready()

    def end(number: int, frame: FrameType | None) -> Any:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    print(f"listening on {sim.url}", flush=True)
    try:
        sim.serve()
    except KeyboardInterrupt:
        print("ended", file=sys.stderr)
    finally:
        sim.server.server_close()
    return 0
