"""What was received: for tests that count calls, and for people who look."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from .wire import Answer, Cut, Request

SECRET = {"authorization", "private-token", "job-token", "cookie", "x-gitlab-token", "proxy-authorization"}
SECRET_QUERY = {"private_token", "access_token"}
LONGEST = 20_000


@dataclass
class Record:
    """A request and the status of its answer (0: none was given)."""

    number: int
    at: str
    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: str
    user: str = ""
    declared: str = ""
    status: int = 0
    answer: str = ""


@dataclass
class Records:
    """The requests since the start, or since they were last forgotten."""

    keep: int = 50_000
    records: list[Record] = field(default_factory=list)
    _count: int = 0

    def add(self, request: Request, at: str) -> Record:
        """Notes a request, without the secrets that say who is asking."""
        self._count += 1
        headers = {name: "(hidden)" if name in SECRET else value for name, value in request.headers.items()}
        query = [(name, "(hidden)" if name in SECRET_QUERY else value) for name, value in request.query]
        record = Record(self._count, at, request.method, request.path, query, headers, _text(request.body))
        self.records.append(record)
        if len(self.records) > self.keep:
            del self.records[: self.keep // 10]
        return record

    def answered(self, record: Record, answer: Answer | Cut) -> None:
        """Notes what came of it."""
        if isinstance(answer, Answer):
            record.status, record.answer = answer.status, _text(answer.payload())

    def chosen(self, method: str | None, path: str | None) -> list[Record]:
        """Those of this method whose path has this regular expression in it."""
        return [
            record
            for record in self.records
            if (not method or record.method == method) and (not path or re.search(path, record.path))
        ]

    def counts(self) -> dict[str, int]:
        """How often each endpoint was called: "POST /rest/api/3/issue/{key}/comment": 2."""
        return dict(Counter(f"{record.method} {record.declared or record.path}" for record in self.records))

    def forget(self) -> None:
        """Forgets them; numbers go on."""
        self.records.clear()


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return f"({len(body)} bytes)"
    return text if len(text) <= LONGEST else text[:LONGEST] + f"… ({len(text)} characters)"
