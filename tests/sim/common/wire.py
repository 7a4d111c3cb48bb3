"""Requests, answers and the HTTP server of a simulator.

One thread a connection (keep-alive), one lock for the state: a vendor's code handles one request at a
time and needs no locks of its own. Waiting (the fault "slow") happens outside the lock.
"""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable
from urllib.parse import parse_qsl, urlsplit

from .multipart import Part, parse_parts

MAX_BODY = 64 * 1024 * 1024


@dataclass
class Request:
    """A request as it came. `path` is as sent: percent signs are decoded by the router, per part."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes
    base: str
    number: int = 0
    user: Any = None

    def header(self, name: str, default: str = "") -> str:
        """The value of a header, whatever the case of its name."""
        return self.headers.get(name.lower(), default)

    def one(self, name: str, default: str | None = None) -> str | None:
        """The first query parameter of this name."""
        return next((value for key, value in self.query if key == name), default)

    def all(self, name: str) -> list[str]:
        """Every query parameter of this name."""
        return [value for key, value in self.query if key == name]

    def json(self) -> Any:
        """The body as JSON; ValueError when it is not."""
        return json.loads(self.body.decode("utf-8")) if self.body else None

    def json_object(self) -> dict[str, Any]:
        """The body as a JSON object, {} when there is none; ValueError when it is something else."""
        body = self.json() or {}
        if not isinstance(body, dict):
            raise ValueError("the body must be a JSON object")
        return body

    def parts(self) -> list[Part]:
        """The parts of a multipart body; ValueError when it is not one."""
        return parse_parts(self.header("content-type"), self.body)


@dataclass
class Answer:
    """An answer: `body` is bytes, text, None (no body), or anything that JSON can say."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def payload(self) -> bytes:
        """The bytes to send."""
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        return json.dumps(self.body, ensure_ascii=False).encode()

    def content_type(self) -> str | None:
        """The type to declare, unless `headers` has one."""
        if self.body is None:
            return None
        if isinstance(self.body, bytes):
            return "application/octet-stream"
        return "text/plain;charset=UTF-8" if isinstance(self.body, str) else "application/json;charset=UTF-8"


@dataclass
class Awaited:
    """An answer that a handler cannot know yet: `wait` is called without the lock, so that others are answered meanwhile."""

    wait: Callable[[], Answer]


class Stop(Exception):
    """Raised anywhere in a vendor's code to end the request with this answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass
class Cut:
    """What is sent instead of a whole answer: `after` bytes of it, then the connection is closed."""

    answer: Answer | None = None
    after: int = 0


Handle = Callable[[Request], "Answer | Cut"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    server: "Server"

    def _serve(self) -> None:
        try:
            answer = self.server.handle(self._read())
        except _Unreadable as problem:
            self.close_connection = True
            answer = Answer(problem.status, str(problem))
        if isinstance(answer, Cut):
            self._cut(answer)
        else:
            self._send(answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = _serve

    def _read(self) -> Request:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            body = self._read_chunks()
        else:
            length = int(self.headers.get("Content-Length") or 0)
            if length > MAX_BODY:
                raise _Unreadable(413, "Payload Too Large")
            body = self.rfile.read(length) if length else b""
        target = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host") or f"{self.server.server_address[0]}:{self.server.server_address[1]}"
        query = parse_qsl(target.query, keep_blank_values=True)
        return Request(self.command, target.path, query, headers, body, f"http://{host}")

    def _read_chunks(self) -> bytes:
        body = bytearray()
        while size := int(self.rfile.readline().split(b";")[0].strip() or b"0", 16):
            if len(body) + size > MAX_BODY:
                raise _Unreadable(413, "Payload Too Large")
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return bytes(body)

    def _send(self, answer: Answer) -> None:
        payload = answer.payload()
        self.send_response(answer.status)
        names = {name.lower() for name in answer.headers}
        kind = answer.content_type()
        if kind and "content-type" not in names:
            self.send_header("Content-Type", kind)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        # A 204 has no body and no length (RFC 9110, 8.6).
        if answer.status != 204:
            self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        if answer.status != 204 and self.command != "HEAD":
            self.wfile.write(payload)
        self.wfile.flush()

    def _cut(self, cut: Cut) -> None:
        self.close_connection = True
        if cut.answer is not None:
            payload = cut.answer.payload()
            self.send_response(cut.answer.status)
            self.send_header("Content-Type", cut.answer.content_type() or "text/plain")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload[: cut.after])
            self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, BrokenPipeError, TimeoutError):
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            pass

    def version_string(self) -> str:
        return self.server.software

    def log_message(self, format: str, *args: Any) -> None:
        if self.server.verbose:
            super().log_message(format, *args)


class _Unreadable(Exception):
    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class Server(ThreadingHTTPServer):
    """The socket, and `handle` for each request that was read."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, handle: Handle, software: str, verbose: bool = False) -> None:
        self.handle = handle
        self.software = software
        self.verbose = verbose
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # Not HTTPServer's: that one asks the resolver for the name of this machine.
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]

    def serve_in_background(self) -> threading.Thread:
        """Serves until shutdown() in a thread of its own."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        return thread
