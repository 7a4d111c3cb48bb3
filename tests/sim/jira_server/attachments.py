"""Files. Upload is multipart with the part `file` and the header `X-Atlassian-Token: no-check`; the answer is a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from common.wire import Answer, Stop

from .answers import refused
from .show import attachment_json
from .state import Attachment, Issue
from .view import View

if TYPE_CHECKING:
    from .app import Call, Jira

LIMIT = 20 * 1024 * 1024


def upload(call: "Call", key: str) -> Answer:
    """POST /issue/{key}/attachments → 200 with a list."""
    if call.request.header("x-atlassian-token") not in ("no-check", "nocheck"):
        raise Stop(Answer(403, "XSRF check failed", {"Content-Type": "text/plain"}))
    issue = call.issue(key)
    call.rights.need(
        call.who,
        "CREATE_ATTACHMENTS",
        issue,
        message="You do not have permission to create attachments for this issue.",
    )
    try:
        parts = [one for one in call.request.parts() if one.name == "file" and one.filename is not None]
    except ValueError as problem:
        raise Stop(Answer(415, {"errorMessages": [str(problem)], "errors": {}})) from None
    if not parts:
        raise refused(400, "No file was attached: the part must be named 'file'.")
    if any(len(one.content) > LIMIT for one in parts):
        raise refused(413, f"The file is too large: the limit is {LIMIT} bytes.")
    added = [attach(call.app, call.view, issue, one.filename or "", one.content_type, one.content) for one in parts]
    return Answer(200, [attachment_json(call.view, one) for one in added])


def attach(app: "Jira", view: View, issue: Issue, name: str, mime: str, content: bytes) -> Attachment:
    """Puts a file on an issue: an entry in the change log, and a webhook of its own."""
    one = Attachment(app.state.next_id("attachment"), name, mime.split(";")[0], content, view.who.name, app.clock.now())
    issue.attachments.append(one)
    app.work.changed(view.who, issue, [app.work.item("Attachment", "jira", None, None, one.id, name, "attachment")])
    app.webhooks.attachment("attachment_created", one)
    return one


def detach(app: "Jira", view: View, issue: Issue, one: Attachment) -> None:
    """Takes a file away."""
    issue.attachments.remove(one)
    app.work.changed(
        view.who, issue, [app.work.item("Attachment", "jira", one.id, one.filename, None, None, "attachment")]
    )
    app.webhooks.attachment("attachment_deleted", one)


def _found(call: "Call", identity: str) -> tuple[Issue, Attachment]:
    for issue in call.state.issues.values():
        for one in issue.attachments:
            if one.id == identity and (call.who is None or call.rights.sees(call.who, issue)):
                return issue, one
    raise refused(404, f"The attachment with id '{identity}' does not exist")


def show(call: "Call", identity: str) -> Answer:
    """GET /attachment/{id}: on Cloud the id is a number here, and text everywhere else [S]."""
    told = attachment_json(call.view, _found(call, identity)[1])
    return Answer(200, told | ({"id": int(told["id"])} if call.cloud else {}))


def delete(call: "Call", identity: str) -> Answer:
    """DELETE /attachment/{id} → 204."""
    issue, one = _found(call, identity)
    project = call.state.projects[issue.project]
    own = one.author == call.who.name and call.rights.may(call.who, "DELETE_OWN_ATTACHMENTS", project, issue)
    if not own and not call.rights.may(call.who, "DELETE_ALL_ATTACHMENTS", project, issue):
        raise refused(403, f"You do not have permission to delete attachment with id: {identity}")
    detach(call.app, call.view, issue, one)
    return Answer(204)


def content(call: "Call", identity: str) -> Answer:
    """GET /attachment/content/{id} (Cloud): 303 to a host of the media service, which wants no Authorization header."""
    one = _found(call, identity)[1]
    if call.app.settings["attachment_redirect"] and call.one("redirect") != "false":
        # Another host than the one asked: "localhost" for who came by 127.0.0.1.
        host = call.request.base.split("/ex/")[0].replace("127.0.0.1", "localhost")
        return Answer(303, None, {"Location": f"{host}/media/{one.id}/{quote(one.filename)}?token=media-{one.id}"})
    return _file(one)


def media(call: "Call", identity: str, filename: str) -> Answer:
    """What the redirect leads to. An Authorization header here is a leak of the token: refused, so that it shows."""
    if call.request.header("authorization"):
        raise Stop(Answer(400, "the media service was sent an Authorization header", {"Content-Type": "text/plain"}))
    if call.one("token") != f"media-{identity}":
        raise Stop(Answer(403, "Forbidden", {"Content-Type": "text/plain"}))
    return _file(_found(call, identity)[1])


def download(call: "Call", identity: str, filename: str) -> Answer:
    """GET /secure/attachment/{id}/{name} (Data Center)."""
    if call.who is None:
        raise refused(401, "Login Required")
    return _file(_found(call, identity)[1])


def meta(call: "Call") -> Answer:
    """GET /attachment/meta."""
    return Answer(200, {"enabled": True, "uploadLimit": LIMIT})


def _file(one: Attachment) -> Answer:
    return Answer(
        200,
        one.content,
        {
            "Content-Type": one.mime or "application/octet-stream",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(one.filename)}",
        },
    )
