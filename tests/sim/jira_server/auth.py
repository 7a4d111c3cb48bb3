"""Who is asking: Basic, personal access tokens, scoped tokens, OAuth 2.0 (3LO) with refresh tokens that change at each
use.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from common.wire import Answer, Request, Stop

from .state import Person, Token

if TYPE_CHECKING:
    from .app import Call, Jira

PUBLIC = (
    "/rest/api/2/serverInfo",
    "/rest/api/3/serverInfo",
    "/oauth/token",
    "/media/",
    "/secure/",
    "/browse/",
    "/servicedesk/",
)
# These are asked by POST and change nothing.
READING = ("/search/jql", "/bulkfetch", "/search", "/approximate-count", "/list", "/jql/match", "/jql/parse")
ACCESS_SECONDS = 3600


class Auth:
    """Tokens of a site."""

    def __init__(self, app: "Jira") -> None:
        self.app = app
        self.used_refresh: set[str] = set()

    def person(self, request: Request, scoped: bool) -> Person | None:
        """The person, or 401. Some paths answer everybody."""
        kind, _, proof = request.header("authorization").partition(" ")
        if not kind:
            if request.path == "/" or request.path.startswith(PUBLIC):
                return None
            raise self._unauthorized("Client must be authenticated to access this resource.")
        token = (
            self._basic(proof) if kind.lower() == "basic" else self._bearer(proof) if kind.lower() == "bearer" else None
        )
        if token is None or (token.expires is not None and token.expires <= self.app.clock.now()):
            raise self._unauthorized(
                "Unauthorized" if scoped else "Client must be authenticated to access this resource.", failed=True
            )
        # A scoped or OAuth token is worth nothing at the site's own address [T sooperset/mcp-atlassian#968].
        if token.kind in ("scoped", "oauth") and not scoped and not request.path.startswith("/oauth/"):
            raise self._unauthorized("Client must be authenticated to access this resource.", failed=True)
        self._need_scope(request, token)
        person = self.app.state.people.get(token.person)
        if person is None or person.deleted or not person.active:
            raise self._unauthorized("Client must be authenticated to access this resource.", failed=True)
        request.headers["x-sim-token-kind"] = token.kind
        return person

    def _basic(self, proof: str) -> Token | None:
        """Cloud: mail address and API token. Data Center: name and password, which here is the same text."""
        try:
            name, _, secret = base64.b64decode(proof, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        token = self._token(secret)
        person = self.app.state.people.get(token.person) if token else None
        if person is None or name not in ((person.email,) if self.app.cloud else (person.name,)):
            return None
        return token

    def _bearer(self, proof: str) -> Token | None:
        """Data Center: a personal access token. Cloud: OAuth, or a scoped token of a service account."""
        token = self._token(proof)
        return token if token and (not self.app.cloud or token.kind != "plain") else None

    def _token(self, secret: str) -> Token | None:
        return next((one for one in self.app.state.tokens if secrets.compare_digest(one.secret, secret)), None)

    def _need_scope(self, request: Request, token: Token) -> None:
        """The classic scopes [S]; what lacks one is told nothing but that."""
        if token.kind == "plain" or request.path.startswith("/oauth/"):
            return
        reads = request.method == "GET" or request.path.endswith(READING)
        if "/servicedeskapi/" in request.path:
            needed = "read:servicedesk-request" if reads else "write:servicedesk-request"
        elif "/webhook" in request.path:
            needed = "manage:jira-webhook"
        elif re.search(r"/rest/api/\d/(user|users|myself|groups?)\b", request.path):
            needed = "read:jira-user"
        else:
            needed = "read:jira-work" if reads else "write:jira-work"
        if needed not in token.scopes:
            raise Stop(Answer(401, {"code": 401, "message": "Unauthorized; scope does not match"}))

    def _unauthorized(self, message: str, failed: bool = False) -> Stop:
        headers = {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"} if failed else {}
        if self.app.cloud:
            return Stop(Answer(401, {"message": message, "status-code": 401}, headers))
        headers["WWW-Authenticate"] = 'OAuth realm="https%3A%2F%2Fjira.example"'
        return Stop(
            Answer(
                401,
                {
                    "errorMessages": ["You do not have the permission to see the specified issue.", "Login Required"],
                    "errors": {},
                },
                headers,
            )
        )

    def token(self, call: "Call") -> Answer:
        """POST auth.atlassian.com/oauth/token with a refresh token: a new access token AND a new refresh token; the old
        one is dead.
        """
        try:
            asked = call.request.json_object()
        except ValueError:
            asked = {}
        oauth = self.app.state.oauth
        if asked.get("client_id") != oauth["client"] or asked.get("client_secret") != oauth["secret"]:
            return Answer(401, {"error": "access_denied", "error_description": "Unauthorized"})
        if asked.get("grant_type") != "refresh_token" or asked.get("refresh_token") != oauth["refresh"]:
            return Answer(403, {"error": "invalid_grant", "error_description": "Unknown or invalid refresh token."})
        self.used_refresh.add(oauth["refresh"])
        oauth["refresh"] = secrets.token_urlsafe(32)
        access = secrets.token_urlsafe(32)
        expires = self.app.clock.now() + timedelta(seconds=ACCESS_SECONDS)
        self.app.state.tokens.append(Token(access, oauth["person"], "oauth", oauth["scopes"], expires))
        return Answer(
            200,
            {
                "access_token": access,
                "refresh_token": oauth["refresh"],
                "expires_in": ACCESS_SECONDS,
                "token_type": "Bearer",
                "scope": " ".join(oauth["scopes"]),
            },
        )

    def resources(self, call: "Call") -> Answer:
        """GET api.atlassian.com/oauth/token/accessible-resources: the sites, with their cloudId."""
        return Answer(
            200,
            [
                {
                    "id": self.app.state.site["cloudId"],
                    "url": self.app.base,
                    "name": "simulator",
                    "scopes": self.app.state.oauth["scopes"],
                    "avatarUrl": "",
                }
            ],
        )
