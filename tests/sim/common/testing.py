"""What the simulators' tests stand on: a simulator as a program of its own, and an address for webhooks."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Callable
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent.parent


class Started:
    """`tests/sim/<kind>` as a person starts it, and what is said to it below /_sim/."""

    def __init__(self, kind: str, *options: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", str(HERE / kind), "--port", "0", *options],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith("listening on "):
            raise RuntimeError(f"{kind} did not start: {line!r}")
        self.url = line.removeprefix("listening on ").strip()

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> "Reply":
        """One request, by hand. `body` is bytes, or what JSON can say."""
        target = urlsplit(self.url)
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
        sent = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def sim(self, method: str, path: str, body: Any = None) -> Any:
        """Something below /_sim/; its answer."""
        reply = self.call(method, "/_sim" + path, body)
        if reply.status >= 400:
            raise RuntimeError(f"{method} /_sim{path}: {reply.status} {reply.text}")
        return reply.json if reply.body else None

    def fault(self, **order: Any) -> None:
        """Orders a fault."""
        self.sim("POST", "/faults", order)

    def wait_for_hooks(self) -> None:
        """Until no webhook is due."""
        if not self.sim("GET", "/hooks/wait?seconds=10")["idle"]:
            raise RuntimeError("webhooks are still under way")


@dataclass
class Reply:
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Received:
    """A webhook as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Sink:
    """Takes webhooks at a port of this machine; `answer` says which status the next one gets."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answer: Callable[[Received], int] = lambda received: 200
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                received = Received(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
                sink.received.append(received)
                self.send_response(sink.answer(received))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
