"""Pages: by offset (X-Total, X-Next-Page, Link), and by key (Link only). Docs: api/rest, Pagination."""

from __future__ import annotations

import base64
import json
from typing import Any, Callable, Sequence
from urllib.parse import urlencode

from common.wire import Answer, Request, Stop

from .params import Params

Render = Callable[[Any], Any]


def page(
    request: Request,
    params: Params,
    rows: Sequence[Any],
    render: Render,
    count_limit: int = 10_000,
    keep: Callable[[Any], bool] | None = None,
    longest: int = 100,
) -> Answer:
    """One page of rows. `keep` hides rows AFTER paging: such a page is shorter than per_page, and not the last.

    Lists of more than `count_limit` rows have no X-Total and X-Total-Pages and no link to the last page.
    """
    per_page = _per_page(params, longest)
    number = params.integer("page")
    number = 1 if number is None else number
    if number < 1:
        raise Stop(Answer(400, {"error": "page does not have a valid value"}))
    first = (number - 1) * per_page
    shown = [row for row in rows[first : first + per_page] if keep is None or keep(row)]
    more = first + per_page < len(rows)
    last = max(1, -(-len(rows) // per_page))
    headers = {
        "X-Page": str(number),
        "X-Per-Page": str(per_page),
        "X-Prev-Page": str(number - 1) if number > 1 else "",
        "X-Next-Page": str(number + 1) if more else "",
    }
    links = {"prev": number - 1 if number > 1 else 0, "next": number + 1 if more else 0, "first": 1}
    if len(rows) <= count_limit:
        headers |= {"X-Total": str(len(rows)), "X-Total-Pages": str(last)}
        links["last"] = last
    headers["Link"] = ", ".join(
        f'<{_address(request, page=str(target), per_page=str(per_page))}>; rel="{name}"'
        for name, target in links.items()
        if target
    )
    return Answer(200, [render(row) for row in shown], headers)


def keyset(
    request: Request, params: Params, rows: Sequence[Any], render: Render, key: Callable[[Any], list[Any]], down: bool
) -> Answer:
    """One page by key: no totals, no page numbers; `Link: rel="next"` has the cursor, and is absent on the last page.

    `rows` are sorted by `key`, what the cursor remembers of the last row shown; `down` from the highest. A row that has
    changed since is found where it stands now: it comes again, or not at all, as its key says.
    """
    per_page = _per_page(params, 100)
    if cursor := params.text("cursor"):
        try:
            last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))["key"]
            rows = [row for row in rows if (key(row) < last if down else key(row) > last)]
        except (ValueError, KeyError, TypeError) as problem:
            raise Stop(Answer(400, {"error": "cursor is invalid"})) from problem
    shown = rows[:per_page]
    headers = {}
    if len(rows) > per_page:
        cursor = base64.urlsafe_b64encode(json.dumps({"key": key(shown[-1]), "_kd": "n"}).encode()).decode().rstrip("=")
        headers["Link"] = f'<{_address(request, cursor=cursor, per_page=str(per_page))}>; rel="next"'
    return Answer(200, [render(row) for row in shown], headers)


def wants_keyset(params: Params) -> bool:
    """Whether `pagination=keyset` was asked for."""
    return params.text("pagination") == "keyset"


def no_keyset() -> Stop:
    """What lists that cannot do it, or not in this order, answer."""
    return Stop(Answer(405, {"error": "Keyset pagination is not yet available for this type of request"}))


def _per_page(params: Params, longest: int) -> int:
    """20 unless asked for; more than the most is silently the most."""
    wanted = params.integer("per_page")
    return 20 if wanted is None or wanted < 1 else min(wanted, longest)


def _address(request: Request, **changed: str) -> str:
    query = [(name, value) for name, value in request.query if name not in changed and name != "private_token"]
    return f"{request.base}{request.path}?{urlencode(query + list(changed.items()))}"
