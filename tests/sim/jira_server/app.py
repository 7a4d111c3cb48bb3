"""The simulator of Jira as the common part drives it: routes, who is asking, what each answer has."""

from __future__ import annotations

import re
from typing import Any, Callable

from common.clock import Clock
from common.hooks import Retries
from common.routes import Router
from common.simulator import Vendor
from common.wire import Answer, Request, Stop

from .answers import PAYLOAD, need_shape, refused
from .auth import Auth
from .automation import Automation
from .fields import Fields
from .limits import Limits, vendor_answers
from .rights import Rights
from .search_index import Index
from .state import Issue, Person, State
from .view import View
from .web import Web
from .webhooks import Webhooks
from .work import Work
from .workflow import Workflow

# On Cloud worth another attempt: 408, 409, 425, 429, 5xx, no connection, no answer in time; five more attempts,
# "spread" over minutes [D developer.atlassian.com/cloud/jira/platform/webhooks]; 20 s for the answer [T hookdeck]. Data
# Center: none.
CLOUD_RETRIES = Retries(
    [300, 420, 540, 660, 780], lambda status: status is None or status in (408, 409, 425, 429) or status >= 500, 20.0
)
DC_RETRIES = Retries([], lambda status: False, 30.0)
SCOPED = re.compile(r"/ex/jira/([^/]+)(/.*)")


class Call:
    """One request, with who asks and how he is answered."""

    def __init__(self, app: "Jira", request: Request, version: str) -> None:
        self.app = app
        self.request = request
        self.who: Person = request.user
        self.state: State = app.state
        self.rights: Rights = app.rights
        self.view: View = app.view(request.base, version, self.who)

    @property
    def cloud(self) -> bool:
        return self.app.cloud

    def one(self, name: str, default: str | None = None) -> str | None:
        """A query parameter."""
        return self.request.one(name, default)

    def names(self, name: str) -> list[str]:
        """A list in the query: `a,b`, or the parameter several times."""
        return [part.strip() for value in self.request.all(name) for part in value.split(",") if part.strip()]

    def body(self, **shapes: Any) -> dict[str, Any]:
        """The body, an object; 400 with the parser's words when it is not, or when a member is not of its shape.

        A shape is a type, or a list of one: `fields=dict, events=[str]`.
        """
        if self.request.header("content-type").split(";")[0].strip() != "application/json":
            raise Stop(Answer(415, {"errorMessages": ["Unsupported Media Type"], "errors": {}}))
        try:
            body = self.request.json()
        except ValueError as problem:
            raise refused(400, f"Unexpected character: {problem}") from None
        if not isinstance(body, dict):
            raise refused(400, PAYLOAD)
        for name, shape in shapes.items():
            need_shape(body.get(name), shape)
        return body

    def issue(self, key: str) -> Issue:
        """The issue, when who asks may see it."""
        return self.rights.issue(self.who, key)


class Jira(Vendor):
    """One site, of one dialect."""

    state: State
    rights: Rights
    fields: Fields
    workflow: Workflow
    index: Index
    replica: Index
    auth: Auth
    limits: Limits
    webhooks: Webhooks
    work: Work
    automation: Automation
    settings: dict[str, Any]

    def __init__(self, dialect: str, seed: dict[str, Any], clock: Clock | None = None) -> None:
        self.cloud = dialect == "cloud"
        self.dialect = dialect
        self.software = "AtlassianEdge" if self.cloud else "Apache-Coyote/1.1"
        self.title = f"a simulator of Jira {'Cloud' if self.cloud else 'Data Center'}"
        self.vendor_answers = vendor_answers(self.cloud)
        super().__init__(clock or Clock(), CLOUD_RETRIES if self.cloud else DC_RETRIES)
        self.seed = seed
        self.sender.on_attempt = lambda delivery, attempt: self.webhooks.attempted(delivery)
        self.base = ""
        from .endpoints import declare  # its modules need Call

        declare(self)
        Web(self).declare()

    def reset(self) -> None:
        """Back to the seed. `settings` are the traps that are either on or off (POST /_sim/settings)."""
        import copy

        self.state = State(copy.deepcopy(self.seed))
        self.settings = {
            "search_lag": 0.0,
            "read_lag": 0.0,
            "per_issue_limit": self.cloud,
            "burst_limit": False,
            "limit_seconds": 0,
            "rate_headers": False,
            "links_base": "",
            "last_page_has_token": False,
            "is_last": True,
            "empty_page_first": False,
            "issue_hooks_have_comment": True,
            "old_hooks": False,
            "crlf_from_people": True,
            "attachment_redirect": self.cloud,
            "bulk_created": "millis",
        }
        self.clock.zone = self.state.site["zone"]
        self.rights = Rights(self.state)
        self.fields = Fields(self.state)
        self.workflow = Workflow(self)
        self.index, self.replica = Index(self, "search_lag"), Index(self, "read_lag")
        self.auth = Auth(self)
        self.limits = Limits(self)
        self.webhooks = Webhooks(self)
        self.work = Work(self)
        self.automation = Automation(self)

    def control(self, routes: Router) -> None:
        from .control import control_routes

        control_routes(self, routes)

    def arrive(self, request: Request) -> None:
        """The address for OAuth and scoped tokens, `/ex/jira/{cloudId}/…`, is the same site; links then name it."""
        self.base = request.base
        request.headers.pop("x-sim-token-kind", None)
        found = SCOPED.fullmatch(request.path) if self.cloud else None
        if not self.cloud:
            request.path = request.path.replace("/rest/api/latest/", "/rest/api/2/", 1)
        if found and found[1] == self.state.site["cloudId"]:
            request.base, request.path = f"{request.base}/ex/jira/{found[1]}", found[2]

    def prepare(self, request: Request) -> None:
        scoped = request.base != self.base
        request.user = self.auth.person(request, scoped)
        self.limits.count(request)

    def user_name(self, request: Request) -> str:
        return request.user.name if request.user else ""

    def view(self, base: str, version: str, who: Person) -> View:
        """How someone sees the site. `links_base` stands for the announced change of the host in links."""
        return View(self.state, self.settings["links_base"] or base, version, who, self.cloud)

    def hook_view(self) -> View:
        """How a webhook shows it: REST v2, in the site's own zone, links by the site's address."""
        site = Person("", "", "site", zone=self.clock.zone)
        return self.view(self.base, "2", site)

    def api(self, methods: str, path: str, handler: Callable[..., Answer]) -> None:
        """Declares an endpoint for each version of the API that the dialect has."""
        for version in ("2", "3") if self.cloud else ("2",):
            self.at(methods, f"/rest/api/{version}/{path}", handler, "3" if version == "3" else "2")

    def at(self, methods: str, path: str, handler: Callable[..., Answer], version: str = "2") -> None:
        """Declares an endpoint at a whole path."""
        self.routes.add(methods, path, lambda request, **values: handler(Call(self, request, version), **values))

    def absent(self, request: Request, allowed: set[str]) -> Answer:
        if allowed:
            return Answer(405, "", {"Allow": ",".join(sorted(allowed))})
        return Answer(404, {"message": f"null for uri: {request.base}{request.path}", "status-code": 404})

    def broken(self, request: Request, problem: Exception) -> Answer:
        # A body of a shape that nobody thought of: Jira refuses it as well. It stands in /_sim/failures all the same.
        if request.body and isinstance(problem, (AttributeError, KeyError, TypeError, ValueError)):
            return Answer(400, {"errorMessages": [PAYLOAD], "errors": {}})
        return Answer(
            500, {"errorMessages": [f"Internal server error: {type(problem).__name__}: {problem}"], "errors": {}}
        )

    def finish(self, request: Request, answer: Answer) -> Answer:
        self.automation.run()
        headers = {"X-AREQUESTID": f"{request.number:08x}"} if self.cloud else {"X-AREQUESTID": f"1x{request.number}x1"}
        if request.user is not None:
            headers["X-AACCOUNTID" if self.cloud else "X-AUSERNAME"] = (
                request.user.id.replace(":", "%3A") if self.cloud else request.user.name
            )
        headers |= self.limits.headers(request)
        answer.headers = headers | {"Cache-Control": "no-cache, no-store, no-transform"} | answer.headers
        return answer
